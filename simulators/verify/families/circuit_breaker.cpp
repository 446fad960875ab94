// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/policies/circuit_breaker.h"
#include "simulators/faults/error.h"
#include "simulators/simulation.h"
#include "simulators/verify/families/families.h"
#include "simulators/verify/families/policy_parts.h"
#include "simulators/verify/policy_world.h"
#include "simulators/verify/run_bounds.h"
#include "simulators/verify/samples.h"
#include "simulators/verify/sentence.h"
#include "simulators/verify/world.h"

#include <charconv>
#include <cstddef>
#include <memory>
#include <string_view>

namespace halfopen::verify {

namespace {

constexpr std::uint32_t kCallsMax = 100'000'000;
constexpr double kJustAbove = 2e-9; ///< a rate threshold is kept in thousand-millionths

/// The rule that trips, from the keys of "breaker".
CircuitBreakerConfig tripRule(ModelReader &breaker)
{
    CircuitBreakerConfig config;
    config.timeout = std::nullopt;
    const std::size_t rule = whichSentence(
        breaker, "rule", {"consecutive failures", "count-based sliding window", "time-based sliding window"});
    if (rule == 0) {
        config.failureThreshold = countOf(breaker, "threshold", 100'000);
        return config;
    }
    config.window.kind = rule == 1 ? WindowKind::Count : WindowKind::Time;
    std::int64_t size = 0;
    if (rule == 1)
        config.window.size = size = countOf(breaker, "window", 100'000);
    else
        config.window.size = windowOf(breaker, "window_s");
    config.window.minimumCalls = breaker.has("minimum_calls") || rule == 2 ? countOf(breaker, "minimum_calls", 100'000) : size;
    config.failureRateThreshold = chanceOf(breaker, "failure_rate_threshold");
    const bool isExceeded = breaker.has("comparison") && whichSentence(breaker, "comparison", {">=", ">"}) == 1;
    if (*config.failureRateThreshold < kJustAbove || (isExceeded && *config.failureRateThreshold > 1 - kJustAbove))
        breaker.refuse("failure_rate_threshold", "is reached by every call or by none");
    if (isExceeded)
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
    if (model.has("note_on_run")) // says which calls count
        clauses(model, "note_on_run",
                {"after each trip restart from a fresh closed breaker", "only the closed phase is measured",
                 "after each trip restart from a fresh closed breaker with an empty window"});
    const double p = chanceOf(model, "p");
    ModelReader breaker = model.child("breaker");
    const CircuitBreakerConfig config = tripRule(breaker);
    const std::int64_t trips = input.shortened(countOf(run, "trips", 100'000'000) * input.replications());
    if (p == 0)
        model.refuse("p", "is 0: it never trips");
    input.finish();

    const RandomStream world(input.seed, "breaker trips");
    const auto failBelow = p < 1 ? static_cast<std::uint64_t>(p * 0x1p64) : kAlways;
    auto lengths = std::make_shared<Samples>(); // a call is kept as a second, for the same statistics
    constexpr std::uint64_t kSecond = 1'000'000'000;
    double calls = 0;
    for (std::int64_t trip = 0; trip < trips; ++trip) {
        const std::uint64_t one = callsToTrip(config, world, failBelow, static_cast<std::uint64_t>(trip));
        lengths->add(static_cast<std::int64_t>(one * kSecond));
        calls += static_cast<double>(one);
        if (calls > kMostCalls)
            throw NotUnderstood("the breaker tripped only " + std::to_string(trip + 1) + " of " + std::to_string(trips)
                                + " times in a billion calls: take fewer with --length");
    }
    return [lengths](const std::string &metric) -> Json {
        constexpr std::string_view kWithin = "trip_probability_within_";
        constexpr std::string_view kCalls = "calls_to_trip_";
        std::uint64_t limit = 0;
        const std::string_view text(metric);
        if (text.starts_with(kWithin) && text.ends_with("_calls")
            && std::from_chars(text.data() + kWithin.size(), text.data() + text.size(), limit).ec == std::errc() && limit <= kCallsMax)
            return 1 - lengths->shareAbove(static_cast<std::int64_t>(limit * kSecond));
        if (text.starts_with(kCalls))
            if (const auto value = lengths->statistic(metric.substr(kCalls.size()) + (text.ends_with("variance") ? "_s2" : "_s")))
                return *value;
        throw NotUnderstood("unknown metric '" + metric + "'");
    };
}

struct Transitions {
    std::uint64_t opens = 0; ///< anything to OPEN
    double firstOpen = -1;   ///< s
    double lastClose = -1;   ///< s
};

Transitions transitionsOf(const RunRecord &record)
{
    Transitions t;
    for (std::size_t i = 0; i < record.transitions.size(); ++i) {
        const BreakerTransition &one = record.transitions[i];
        if (one.to == BreakerState::Open) {
            ++t.opens;
            if (t.firstOpen < 0)
                t.firstOpen = one.at.seconds();
        } else if (one.to == BreakerState::Closed) {
            t.lastClose = one.at.seconds();
        }
    }
    return t;
}

/// Runs on to the end and counts how often the breaker goes from CLOSED to OPEN.
PolicyRun::Measure countTripsInto(double &trips)
{
    return [&trips](Simulation &simulation) {
        const auto stateNow = [&] {
            return dynamic_cast<const CircuitBreaker &>(simulation.policy(0, 0, 0)).snapshot(simulation.now()).state;
        };
        BreakerState before = stateNow();
        while (simulation.runToNextTransition()) {
            const BreakerState after = stateNow();
            trips += before == BreakerState::Closed && after == BreakerState::Open ? 1 : 0;
            before = after;
        }
    };
}

Answers measureCycle(CaseInput &input)
{
    ModelReader &model = input.model;
    sentence(model, "calls", {"independent, each fails with probability p, zero service time"});
    const double p = chanceOf(model, "p");
    ModelReader arrivals = model.child("arrivals");
    const ClientSpec client = readArrivals(arrivals, "backend", "breaker");
    const double rate = client.arrivals.points.front().perSecond;
    ModelReader breaker = model.child("breaker");
    CircuitBreakerConfig config = tripRule(breaker);
    recovery(breaker, config);
    const RunLength length = readRunLength(input);
    input.finish();

    PolicyWorld world("breaker-cycle", input.seed);
    world.service("backend", Distribution::constant(Duration(0))).errorRate = p;
    world.client("caller", client.arrivals, "backend", "breaker");
    world.layer<CircuitBreakerConfig>("breaker", "circuit_breaker") = config;
    const auto warmUp = static_cast<double>(length.warmup);
    const auto measured = static_cast<double>(length.measured * length.replications);
    // One long run with one warm-up. Trips are counted as they come: a record stops listing them after a million.
    double trips = 0;
    const PolicyRun result(world, timeOfCalls(warmUp, rate), timeOfCalls(warmUp + measured, rate), countTripsInto(trips));
    const auto calls = static_cast<double>(result.offered(0));
    const auto good = static_cast<double>(result.good(0));
    const auto rejected = static_cast<double>(result.ended(0, OutcomeKind::CircuitBreakerOpen));
    return tableOf({{"success_fraction", good / calls},
                    {"rejected_fraction", rejected / calls},
                    {"failed_fraction", 1 - (good + rejected) / calls},
                    {"trips_per_call", trips / calls},
                    {"trips_per_s", trips / result.seconds()},
                    {"goodput_per_s", good / result.seconds()},
                    {"rejected_rate_per_s", rejected / result.seconds()}});
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
    const Transitions t = transitionsOf(result.after);
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
