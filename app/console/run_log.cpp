// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/run_log.h"

#include "app/console/terminal.h"
#include "core/report/figures.h"
#include "core/report/format.h"
#include "core/report/json_report.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <spdlog/logger.h>
#include <spdlog/sinks/basic_file_sink.h>
#include <spdlog/sinks/stdout_color_sinks.h>
#include <spdlog/sinks/stdout_sinks.h>

namespace halfopen {

namespace {

using Json = nlohmann::ordered_json;
using Level = spdlog::level::level_enum;

std::optional<Level> levelNamed(std::string_view name)
{
    if (name == "trace")
        return Level::trace;
    if (name == "debug")
        return Level::debug;
    if (name == "info")
        return Level::info;
    if (name == "warn")
        return Level::warn;
    if (name == "error")
        return Level::err;
    if (name == "off")
        return Level::off;
    return std::nullopt;
}

std::string_view levelName(Level level)
{
    return level == Level::debug ? "debug" : level == Level::warn ? "warn" : "info";
}

std::uint64_t attemptsOf(const CallTrace &call)
{
    return static_cast<std::uint64_t>(
        std::count_if(call.steps.begin(), call.steps.end(), [](const CallStep &step) {
            return step.kind == CallStep::Kind::AttemptSent;
        }));
}

} // namespace

struct RunLog::Private {
    std::shared_ptr<spdlog::logger> json; ///< null when no file is asked for
    std::shared_ptr<spdlog::logger> human;
    std::string jsonFile;
    std::string writeError;                              ///< the first one
    std::size_t transitions = 0, changes = 0, calls = 0; ///< entries already written

    /// \a fields follow the common ones.
    void write(const RunRecord &record, Instant at, Level level, std::string_view event,
               const Json &fields, const std::string &text)
    {
        if (json) {
            Json line;
            line["t_ms"] = report::inMilliseconds(at.ns());
            line["level"] = levelName(level);
            line["event"] = event;
            line["run"] = record.runId;
            line.update(fields);
            json->log(level, line.dump(-1, ' ', false, Json::error_handler_t::replace));
        }
        if (human->should_log(level))
            human->log(level, "{} {}", report::formatInstant(at), report::printable(text));
    }

    void writeTransition(const RunRecord &record, const BreakerTransition &transition)
    {
        const BreakerInfo &breaker = record.breakers[transition.breaker];
        const EdgeInfo &edge = record.edges[breaker.edge];
        const TransitionReason &reason = transition.reason;
        Json fields = {{"client", edge.from},
                       {"edge", edge.name},
                       {"process", breaker.process},
                       {"breaker", breaker.name},
                       {"from", breakerStateName(transition.from)},
                       {"to", breakerStateName(transition.to)},
                       {"reason", report::reasonKindName(reason.kind)},
                       {"text", describe(reason)}};
        if (reason.hasDecidingCall)
            fields["call"] = reason.decidingCall;
        write(record, transition.at, Level::info, "breaker_transition", fields,
              breaker.name + " on " + edge.name + ": " +
                  std::string(breakerStateName(transition.from)) + " to " +
                  std::string(breakerStateName(transition.to)) + ", " + describe(reason));
    }

    void writeChange(const RunRecord &record, const ParameterChange &change)
    {
        write(record, change.at, Level::info, "setting_changed",
              {{"path", change.path}, {"before", change.before}, {"after", change.after}},
              change.path + ": " + change.before + " to " + change.after);
    }

    void writeCall(const RunRecord &record, const CallTrace &call)
    {
        const EdgeInfo &edge = record.edges[call.edge];
        const double latency = report::inMilliseconds((call.end - call.start).count());
        Json fields = {{"client", edge.from},
                       {"edge", edge.name},
                       {"process", call.process},
                       {"call", call.call},
                       {"outcome", outcomeName(call.outcome.kind)},
                       {"status", call.outcome.status},
                       {"start_ms", report::inMilliseconds(call.start.ns())},
                       {"latency_ms", latency},
                       {"attempts", attemptsOf(call)}};
        write(record, call.end, Level::debug, "call_ended", fields,
              "call " + std::to_string(call.call) + " on " + edge.name + ": " +
                  std::string(outcomeName(call.outcome.kind)) + " after " +
                  report::formatSeconds(latency * 1e-3));
    }
};

RunLog::RunLog(std::unique_ptr<Private> own) : d(std::move(own)) {}
RunLog::~RunLog() = default;
RunLog::RunLog(RunLog &&) noexcept = default;
RunLog &RunLog::operator=(RunLog &&) noexcept = default;

Result<RunLog> RunLog::open(const LogOptions &options)
{
    auto own = std::make_unique<Private>();
    const std::optional<Level> level = levelNamed(options.level);
    if (!level)
        return failure("--log-level is '" + options.level +
                       "', expected trace, debug, info, warn, error or off");
    spdlog::sink_ptr sink;
    if (errorStyle().colour)
        sink = std::make_shared<spdlog::sinks::stderr_color_sink_st>();
    else
        sink = std::make_shared<spdlog::sinks::stderr_sink_st>();
    own->human = std::make_shared<spdlog::logger>("halfopen", sink);
    own->human->set_level(*level);
    own->human->set_pattern("%^%l%$ %v");
    own->jsonFile = options.jsonFile;
    if (!options.jsonFile.empty()) {
        try {
            own->json = std::make_shared<spdlog::logger>(
                "json",
                std::make_shared<spdlog::sinks::basic_file_sink_st>(options.jsonFile, true));
        } catch (const spdlog::spdlog_ex &error) {
            return failure(error.what());
        }
        own->json->set_level(Level::trace);
        own->json->set_pattern("%v");
        own->json->set_error_handler([state = own.get()](const std::string &message) {
            if (state->writeError.empty())
                state->writeError = message;
        });
    }
    return RunLog(std::move(own));
}

bool RunLog::isWanted() const
{
    return d->json != nullptr || d->human->should_log(Level::info);
}

void RunLog::begin(const RunRecord &record)
{
    d->write(record, Instant(), Level::info, "run_started",
             {{"scenario", record.scenario->name},
              {"file", record.scenario->path},
              {"seed", record.seed},
              {"version", record.version},
              {"duration_s", report::inSeconds(record.duration.count())}},
             "run " + record.runId + " of " + record.scenario->name + " starts, seed " +
                 std::to_string(record.seed));
}

void RunLog::update(const RunRecord &record)
{
    // Three lists, each in order of time, merged; at the same instant settings come first, calls
    // last.
    while (true) {
        const Instant change =
            d->changes < record.changes.size() ? record.changes[d->changes].at : Instant::never();
        const Instant transition = d->transitions < record.transitions.size()
                                       ? record.transitions[d->transitions].at
                                       : Instant::never();
        const Instant call =
            d->calls < record.calls.size() ? record.calls[d->calls].end : Instant::never();
        const Instant next = std::min({change, transition, call});
        if (next == Instant::never())
            return;
        if (next == change)
            d->writeChange(record, record.changes[d->changes++]);
        else if (next == transition)
            d->writeTransition(record, record.transitions[d->transitions++]);
        else
            d->writeCall(record, record.calls[d->calls++]);
    }
}

Result<void> RunLog::end(const RunRecord &record)
{
    update(record);
    d->write(record, record.now, record.end == RunEnd::LimitReached ? Level::warn : Level::info,
             "run_ended",
             {{"end", report::runEndName(record.end)},
              {"message", record.endMessage},
              {"events", record.events},
              {"fingerprint", report::formatFingerprint(record.fingerprint)}},
             "run ended (" + std::string(report::runEndName(record.end)) + ") " +
                 record.endMessage);
    d->human->flush();
    if (d->json)
        d->json->flush();
    if (!d->writeError.empty())
        return failure("cannot write " + d->jsonFile + ": " + d->writeError);
    return {};
}

} // namespace halfopen
