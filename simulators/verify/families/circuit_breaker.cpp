// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/policies/circuit_breaker.h"
#include "simulators/faults/error.h"
#include "simulators/verify/families/families.h"
#include "simulators/verify/families/policy_parts.h"
#include "simulators/verify/policy_world.h"
#include "simulators/verify/sentence.h"
#include "simulators/verify/world.h"

#include <charconv>
#include <cmath>
#include <cstddef>
#include <optional>

namespace halfopen::verify {

namespace {

constexpr std::uint32_t kCallsMax = 100'000'000;
constexpr double kJustAbove = 2e-9; ///< a rate threshold is kept in thousand-millionths

/// The rule that trips, from the keys of "breaker".
CircuitBreakerConfig tripRule(ModelReader &breaker)
{
    CircuitBreakerConfig config;
    config.timeout = std::nullopt;
    const std::size_t rule = whichSentence(breaker, "rule", {"consecutive failures", "count-based sliding window"});
    if (rule == 0)
        config.failureThreshold = countOf(breaker, "threshold", 1000);
    if (rule != 1)
        return config;
    config.window.kind = WindowKind::Count;
    const std::int64_t size = countOf(breaker, "window", 100'000);
    config.window.size = size;
    config.window.minimumCalls = breaker.has("minimum_calls") ? countOf(breaker, "minimum_calls", 100'000) : size;
    config.failureRateThreshold = chanceOf(breaker, "failure_rate_threshold");
    if (breaker.has("comparison") && whichSentence(breaker, "comparison", {">=", ">"}) == 1)
        *config.failureRateThreshold += kJustAbove;
    if (breaker.has("denominator"))
        sentence(breaker, "denominator", {"calls currently in the window"});
    return config;
}

/// How it recovers, from the same keys.
void recovery(ModelReader &breaker, CircuitBreakerConfig &config)
{
    config.recoveryTimeout = breaker.duration("open_duration_s");
    const std::vector<double> numbers =
        clauses(breaker, "half_open",
                {"first arrival at or after expiry is a probe", "arrival at or after expiry is a probe",
                 "every arrival while half-open is a probe", "any probe failure re-opens for the full duration",
                 "any probe failure re-opens", "# consecutive probe successes close with fresh counters",
                 "# consecutive probe successes close", "# consecutive probe success closes",
                 "# consecutive probe success closes with fresh counters", "# consecutive probe success(es) close it",
                 "# consecutive probe success(es) close", "# consecutive probe success(es) close with fresh counters"});
    if (numbers.size() != 1 || numbers.front() < 1 || numbers.front() > 1000)
        breaker.refuse("half_open", "does not say how many successes close");
    config.successThreshold = static_cast<std::int64_t>(numbers.front());
}

/// Calls until a fresh breaker opens, the tripping one included.
std::uint64_t callsToTrip(const CircuitBreakerConfig &config, RandomStream world, std::uint64_t failBelow,
                          std::uint64_t key)
{
    CircuitBreaker breaker(config);
    const Instant now;
    for (std::uint32_t calls = 1;; ++calls) {
        alignas(8) std::byte state[CircuitBreaker::kStateBytes] = {};
        PolicyCall call{state, calls, world};
        if (breaker.admit(now, call).kind == Admission::Kind::Refuse)
            return calls - 1;
        Outcome outcome;
        if (chance(world.draw(key, calls), failBelow))
            outcome.kind = OutcomeKind::Error;
        (void)breaker.onOutcome(now, call, outcome);
        if (breaker.snapshot(now).state == BreakerState::Open)
            return calls;
        if (calls == kCallsMax)
            throw NotUnderstood("the breaker does not trip within " + std::to_string(kCallsMax) + " calls");
    }
}

Answers measureTrips(CaseInput &input)
{
    ModelReader &model = input.model;
    ModelReader &run = input.run;
    sentence(model, "calls", {"independent, each fails with probability p"});
    model.notes({"service_time_s"}); // calls are counted, not timed
    const double p = chanceOf(model, "p");
    ModelReader breaker = model.child("breaker");
    const CircuitBreakerConfig config = tripRule(breaker);
    const std::int64_t trips = input.shortened(countOf(run, "trips", 100'000'000));
    if (p == 0)
        model.refuse("p", "is 0: it never trips");
    input.finish();

    const RandomStream world(input.seed, "breaker trips");
    const auto failBelow = p < 1 ? static_cast<std::uint64_t>(p * 0x1p64) : kAlways;
    std::vector<std::uint64_t> lengths;
    std::uint64_t all = 0;
    for (std::int64_t trip = 0; trip < trips; ++trip) {
        lengths.push_back(callsToTrip(config, world, failBelow, static_cast<std::uint64_t>(trip)));
        all += lengths.back();
    }
    const double mean = static_cast<double>(all) / static_cast<double>(trips);
    double variance = 0;
    for (const std::uint64_t length : lengths)
        variance += (static_cast<double>(length) - mean) * (static_cast<double>(length) - mean);
    variance /= static_cast<double>(trips);
    std::map<std::string, Json> measures{{"calls_to_trip_mean", mean},
                                         {"calls_to_trip_variance", variance},
                                         {"calls_to_trip_sd", std::sqrt(variance)}};
    constexpr std::string_view kWithin = "trip_probability_within_";
    for (const std::string &metric : input.metrics) {
        std::uint64_t limit = 0;
        if (!metric.starts_with(kWithin)
            || std::from_chars(metric.data() + kWithin.size(), metric.data() + metric.size(), limit).ec != std::errc())
            continue;
        std::uint64_t within = 0;
        for (const std::uint64_t length : lengths)
            within += length <= limit ? 1 : 0;
        measures[metric] = static_cast<double>(within) / static_cast<double>(trips);
    }
    return tableOf(std::move(measures));
}

struct TransitionsBetween {
    std::uint64_t trips = 0; ///< CLOSED to OPEN
    std::uint64_t opens = 0; ///< anything to OPEN
    double firstOpen = -1;   ///< s
    double lastClose = -1;   ///< s
};

TransitionsBetween transitions(const RunRecord &record, Instant from)
{
    TransitionsBetween t;
    for (std::size_t i = 0; i < record.transitions.size(); ++i) {
        const BreakerTransition &one = record.transitions[i];
        if (one.at < from)
            continue;
        if (one.to == BreakerState::Open) {
            t.trips += one.from == BreakerState::Closed ? 1 : 0;
            ++t.opens;
            if (t.firstOpen < 0)
                t.firstOpen = one.at.seconds();
        } else if (one.to == BreakerState::Closed) {
            t.lastClose = one.at.seconds();
        }
    }
    return t;
}

struct CycleCounts {
    double calls = 0;
    double good = 0;
    double rejected = 0;
    double trips = 0;
};

/// \a measured calls in so many \a pieces; nothing if a piece makes more transitions than a record holds.
std::optional<CycleCounts> runCycles(const CircuitBreakerConfig &config, double p, double rate, const RunLength &length,
                                     double measured, int pieces, std::uint64_t seed)
{
    CycleCounts counts;
    const double warmUp = static_cast<double>(length.warmup) / rate;
    for (int piece = 0; piece < pieces; ++piece) {
        PolicyWorld world("breaker-cycle", seed + static_cast<std::uint64_t>(piece));
        world.service("backend", Distribution::constant(Duration(0))).errorRate = p;
        world.client("caller", poisson(rate), "backend", "breaker");
        world.layer<CircuitBreakerConfig>("breaker", "circuit_breaker") = config;
        const PolicyRun result(world, secondsToDuration(warmUp), secondsToDuration(warmUp + measured / pieces / rate));
        if (result.after.transitionsDropped > 0)
            return std::nullopt;
        counts.calls += static_cast<double>(result.offered(0));
        counts.good += static_cast<double>(result.good(0));
        counts.rejected += static_cast<double>(result.ended(0, OutcomeKind::CircuitBreakerOpen));
        counts.trips += static_cast<double>(transitions(result.after, result.before.now).trips);
    }
    return counts;
}

Answers measureCycle(CaseInput &input)
{
    ModelReader &model = input.model;
    ModelReader &run = input.run;
    sentence(model, "calls", {"independent, each fails with probability p, zero service time"});
    const double p = chanceOf(model, "p");
    ModelReader arrivals = model.child("arrivals");
    sentence(arrivals, "process", {"poisson"});
    const double rate = rateOf(arrivals, "rate_per_s");
    ModelReader breaker = model.child("breaker");
    CircuitBreakerConfig config = tripRule(breaker);
    recovery(breaker, config);
    const RunLength length = readRunLength(input);
    input.finish();

    // A record holds a million transitions. A run that makes more is cut into several, each with a warm-up and chance of its own.
    const auto measured = static_cast<double>(length.measured * length.replications);
    for (int pieces = 1; pieces <= 1024; pieces *= 4)
        if (const auto counts = runCycles(config, p, rate, {length.warmup, length.measured}, measured, pieces, input.seed))
            return tableOf({{"success_fraction", counts->good / counts->calls},
                            {"rejected_fraction", counts->rejected / counts->calls},
                            {"failed_fraction", 1 - (counts->good + counts->rejected) / counts->calls},
                            {"trips_per_call", counts->trips / counts->calls}});
    run.refuse("measured_calls", "makes more transitions than a record holds");
}

/// The instants of "constant interval" arrivals.
std::vector<Duration> regularStarts(ModelReader &arrivals)
{
    sentence(arrivals, "process", {"constant interval"});
    const double interval = arrivals.number("interval_s");
    const double first = arrivals.number("first_at_s");
    const double last = arrivals.number("last_at_or_before_s");
    if (interval <= 0 || last < first || (last - first) / interval > 1e8)
        arrivals.refuse("interval_s", "makes no arrivals or too many");
    std::vector<Duration> starts;
    for (double k = 0;; ++k) {
        starts.push_back(secondsToDuration(first + k * interval));
        if (starts.back() > secondsToDuration(last))
            break;
    }
    starts.pop_back();
    return starts;
}

Answers measureTimeline(CaseInput &input)
{
    ModelReader &model = input.model;
    ModelReader &run = input.run;
    ModelReader arrivals = model.child("arrivals");
    const std::vector<Duration> starts = regularStarts(arrivals);
    const std::vector<double> outage =
        sentence(model, "backend", {"instant; every call at time t with # <= t < # fails, all others succeed"});
    ModelReader breaker = model.child("breaker");
    CircuitBreakerConfig config = tripRule(breaker);
    recovery(breaker, config);
    run.notes({"deterministic"});
    input.finish();

    PolicyWorld world("breaker-timeline", input.seed);
    world.service("backend", Distribution::constant(Duration(0)));
    world.client("caller", arrivalsAt(starts), "backend", "breaker");
    world.layer<CircuitBreakerConfig>("breaker", "circuit_breaker") = config;
    world
        .fault<ErrorFaultConfig>("error", "backend", secondsToDuration(outage[0]),
                                 secondsToDuration(outage[1] - outage[0]))
        .atOnce = true;
    const PolicyRun result(world, Duration(0), starts.back() + std::chrono::seconds(1));
    const TransitionsBetween t = transitions(result.after, Instant());
    return tableOf({{"backend_calls", result.after.edgeTotals[0].attempts},
                    {"rejected_calls", result.ended(0, OutcomeKind::CircuitBreakerOpen)},
                    {"failed_backend_calls", result.ended(0, OutcomeKind::Error)},
                    {"successful_calls", result.good(0)},
                    {"first_open_s", t.firstOpen},
                    {"final_close_s", t.lastClose},
                    {"open_transitions", t.opens}});
}

} // namespace

std::span<const Family> breakerFamilies()
{
    static constexpr Family kRows[] = {
        {"breaker trips",
         [](const Json &model) {
             return hasKeys(model, {"breaker", "p"}) && !model.contains("arrivals");
         },
         &measureTrips},
        {"breaker cycle",
         [](const Json &model) {
             return hasKeys(model, {"breaker", "p", "arrivals"});
         },
         &measureCycle},
        {"breaker timeline",
         [](const Json &model) {
             return hasKeys(model, {"breaker", "backend", "arrivals"});
         },
         &measureTimeline},
    };
    return kRows;
}

} // namespace halfopen::verify
