// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/json_report.h"

#include "core/policies/deciding_call.h"
#include "core/policies/not_counted.h"
#include "core/report/figures.h"
#include "core/report/format.h"
#include "core/report/world_json.h"

#include <nlohmann/json.hpp>

namespace halfopen::report {

namespace {

// Keeps the order of insertion, which is the order of the schema and of reading.
using Json = nlohmann::ordered_json;

/// The number of the format, raised when a reader of the old one would break.
constexpr int kFormat = 1;

Json calls(const CallFigures &figures, double elapsed)
{
    const std::uint64_t good = figures.good();
    Json outcomes;
    for (std::size_t kind = 0; kind < kOutcomeKinds; ++kind)
        outcomes[std::string(outcomeName(static_cast<OutcomeKind>(kind)))] = figures.ended[kind];
    Json json;
    json["processes"] = figures.processes;
    json["offered"] = figures.offered;
    json["succeeded"] = good;
    json["failed"] = figures.endedAll() - good;
    json["outcomes"] = std::move(outcomes);
    json["attempts"] = figures.attempts;
    json["retries"] = figures.retries;
    json["late_answers"] = figures.late;
    json["amplification"] = figures.amplification();
    json["goodput_share"] = figures.goodputShare();
    json["goodput_per_s"] = elapsed > 0 ? Json(static_cast<double>(good) / elapsed) : Json();
    json["latency_ms"] = millisecondsJson(figures.latency);
    json["retry_delay_ms"] = millisecondsJson(figures.retryDelay);
    return json;
}

Json service(const ServiceFigures &figures)
{
    const ServiceTotals &totals = *figures.totals;
    Json json;
    json["workers"] = figures.isRecording ? Json() : Json(figures.workers);
    addRequestCounts(json, totals);
    json["stopped_by_deadline"] = totals.stoppedByDeadline;
    json["utilisation"] = figures.utilisation;
    json["mean_queue_length"] = figures.meanQueue;
    json["max_queue_length"] = totals.queueMax;
    json["wait_ms"] = millisecondsJson(totals.wait);
    json["service_ms"] = millisecondsJson(totals.service);
    json["sojourn_ms"] = totals.sojourn.isEmpty() ? Json() : millisecondsJson(totals.sojourn);
    return json;
}

Json reason(const TransitionReason &why)
{
    Json json;
    json["kind"] = reasonKindName(why.kind);
    json["text"] = describe(why);
    json["observed"] = why.observed;
    json["threshold"] = why.threshold;
    json["window_calls"] = why.windowCalls;
    const auto number = [](std::optional<std::uint32_t> count) { return count ? Json(*count) : Json(); };
    json["window_failures"] = number(counted(why.windowFailures));
    json["window_slow"] = number(counted(why.windowSlow));
    json["consecutive_failures"] = why.consecutiveFailures;
    json["deciding_call"] = why.hasDecidingCall ? Json(why.decidingCall) : Json();
    const std::optional<OutcomeKind> ended = decidingOutcomeOf(why);
    json["deciding_outcome"] = ended ? Json(outcomeName(*ended)) : Json();
    return json;
}

Json breakers(const RunRecord &record)
{
    const std::vector<Disturbance> all = disturbances(record);
    std::vector<std::vector<const BreakerTransition *>> own(record.breakers.size());
    std::vector<Json> transitions(record.breakers.size(), Json::array());
    for (const BreakerTransition &transition : record.transitions) {
        Json json;
        json["t_ms"] = inMilliseconds(transition.at.ns());
        json["from"] = breakerStateName(transition.from);
        json["to"] = breakerStateName(transition.to);
        json["reason"] = reason(transition.reason);
        transitions[transition.breaker].push_back(std::move(json));
        own[transition.breaker].push_back(&transition);
    }
    const std::vector<std::uint64_t> trips = tripsPerBreaker(record);
    Json list = Json::array();
    for (std::size_t breaker = 0; breaker < record.breakers.size(); ++breaker) {
        const BreakerInfo &info = record.breakers[breaker];
        Json inState;
        for (std::size_t state = 0; state < 6; ++state)
            inState[std::string(breakerStateName(static_cast<BreakerState>(state)))] =
                inMilliseconds(record.breakerNsInState[breaker][state]);
        Json json;
        json["name"] = info.name;
        json["edge"] = record.edges[info.edge].name;
        json["layer"] = info.layer;
        json["process"] = info.process;
        if (info.instance)
            json["instance"] = *info.instance;
        json["trips"] = trips[breaker];
        json["time_in_state_ms"] = std::move(inState);
        json["incidents"] = incidentsJson(record, all, own[breaker]);
        json["transitions"] = std::move(transitions[breaker]);
        list.push_back(std::move(json));
    }
    return list;
}

Json expectation(const ExpectationResult &result)
{
    const ExpectationSpec &wanted = result.expectation;
    const auto place = [](const std::optional<Duration> &at) {
        return at ? Json(report::inSeconds(at->count())) : Json();
    };
    Json json;
    json["metric"] = wanted.metric;
    json["of"] = wanted.of.empty() ? Json() : Json(wanted.of);
    json["expected"] = wanted.valueText;
    json["from_s"] = place(wanted.from);
    json["to_s"] = place(wanted.to);
    json["why"] = wanted.why;
    json["met"] = result.met;
    json["reached"] = result.reached;
    json["verdict"] = report::verdictWord(result);
    json["got"] = result.got;
    json["got_text"] = result.gotText;
    json["sentence"] = result.sentence;
    return json;
}

/// What was done to the world and when: the faults' windows and the changed settings.
/// Settings that came from neither the scenario nor the program.
Json defaults(const std::vector<AppliedDefault> &applied)
{
    Json list = Json::array();
    for (const AppliedDefault &one : applied)
        list.push_back({{"path", one.path}, {"value", one.value}, {"built_in", one.builtIn}, {"from", one.from}});
    return list;
}

void addInputs(Json &root, const RunRecord &record)
{
    root["faults"] = Json::array();
    for (const FaultWindow &window : record.faultWindows)
        root["faults"].push_back({{"from_ms", inMilliseconds(window.from.ns())},
                                  {"to_ms", inMilliseconds(window.to.ns())},
                                  {"label", window.label}});
    root["settings"] = defaults(record.scenario->defaults);
    root["changes"] = Json::array();
    for (const ParameterChange &change : record.changes)
        root["changes"].push_back({{"t_ms", inMilliseconds(change.at.ns())},
                                   {"path", change.path},
                                   {"before", change.before},
                                   {"after", change.after}});
}

} // namespace

std::string_view reasonKindName(TransitionReason::Kind kind)
{
    switch (kind) {
    case TransitionReason::Kind::ConsecutiveFailures:
        return "consecutive_failures";
    case TransitionReason::Kind::FailureRate:
        return "failure_rate";
    case TransitionReason::Kind::SlowCallRate:
        return "slow_call_rate";
    case TransitionReason::Kind::RecoveryTimeoutElapsed:
        return "recovery_timeout_elapsed";
    case TransitionReason::Kind::TrialsSucceeded:
        return "trials_succeeded";
    case TransitionReason::Kind::TrialFailed:
        return "trial_failed";
    case TransitionReason::Kind::Manual:
        return "manual";
    case TransitionReason::Kind::SettingsChanged:
        return "settings_changed";
    case TransitionReason::Kind::RateBelowThreshold:
        return "rate_below_threshold";
    case TransitionReason::Kind::HalfOpenTooLong:
        return "half_open_too_long";
    case TransitionReason::Kind::TotalFailures:
        return "total_failures";
    case TransitionReason::Kind::GatewayFailuresInARow:
        return "gateway_failures_in_a_row";
    case TransitionReason::Kind::LocalFailuresInARow:
        return "local_failures_in_a_row";
    case TransitionReason::Kind::SuccessRateOutlier:
        return "success_rate_outlier";
    case TransitionReason::Kind::EjectionOver:
        return "ejection_over";
    }
    return "";
}

std::string jsonReport(const RunRecord &record, const std::vector<ExpectationResult> &expectations)
{
    const double elapsed = seconds(record);
    Json root;
    root["format"] = kFormat;
    root["version"] = record.version;
    root["scenario"] = record.scenario->name;
    root["scenario_file"] = record.scenario->path.empty() ? Json() : Json(record.scenario->path);
    root["seed"] = record.seed;
    root["run_id"] = record.runId;
    root["fingerprint"] = formatFingerprint(record.fingerprint);
    root["duration_s"] = inSeconds(record.duration.count());
    root["simulated_s"] = elapsed;
    root["end"] = runEndName(record.end);
    root["end_message"] = record.endMessage.empty() ? Json() : Json(record.endMessage);
    root["events"] = record.events;
    root["calls_in_flight"] = record.callsInFlight;

    root["clients"] = Json::object();
    const std::vector<CallFigures> clients = clientFigures(record);
    for (std::size_t i = 0; i < clients.size(); ++i) {
        Json &client = root["clients"][clients[i].name] = calls(clients[i], elapsed);
        client["from_intended_start"] = intendedJson(record, i);
        client["queue"] = queueJson(record, i);
    }
    root["edges"] = Json::object();
    const std::vector<CallFigures> edges = edgeFigures(record);
    for (std::size_t i = 0; i < edges.size(); ++i) {
        std::string name = record.edges[i].from + "->" + record.edges[i].to;
        if (!record.edges[i].endpoint.empty())
            name += "/" + record.edges[i].endpoint;
        std::string key = name; // a service may call another one twice
        for (int number = 2; root["edges"].contains(key); ++number)
            key = name + "#" + std::to_string(number);
        root["edges"][key] = calls(edges[i], elapsed);
        root["edges"][key]["pool"] = poolJson(record, i);
    }
    root["services"] = Json::object();
    const std::vector<ServiceFigures> services = serviceFigures(record);
    for (std::size_t i = 0; i < services.size(); ++i) {
        Json &one = root["services"][services[i].name] = service(services[i]);
        one["endpoints"] = endpointsJson(record, i);
    }
    root["breakers"] = breakers(record);
    root["transitions_dropped"] = record.transitionsDropped;
    root["incidents"] = incidentsJson(record);
    root["notes"] = record.scenario->notes;
    root["expectations"] = Json::array();
    for (const ExpectationResult &result : expectations)
        root["expectations"].push_back(expectation(result));
    addInputs(root, record);
    // A name from a file may hold bytes that are not UTF-8; a report is no place to fail on them.
    return root.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

std::string jsonReport(const std::vector<CheckedScenario> &checked)
{
    Json root = Json::array();
    for (const CheckedScenario &scenario : checked) {
        const bool ran = scenario.error.empty();
        Json json;
        json["scenario"] = scenario.name;
        json["scenario_file"] = scenario.path;
        json["error"] = ran ? Json() : Json(scenario.error);
        json["seed"] = ran ? Json(scenario.seed) : Json();
        json["fingerprint"] = ran ? Json(formatFingerprint(scenario.fingerprint)) : Json();
        json["settings"] = defaults(scenario.defaults);
        json["expectations"] = Json::array();
        for (const ExpectationResult &result : scenario.results)
            json["expectations"].push_back(expectation(result));
        root.push_back(std::move(json));
    }
    return root.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

} // namespace halfopen::report
