// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/policies/adaptive_throttle.h"
#include "core/policies/rate_limiter.h"
#include "simulators/verify/families/families.h"
#include "simulators/verify/families/policy_parts.h"
#include "simulators/verify/law.h"
#include "simulators/verify/policy_world.h"
#include "simulators/verify/run_bounds.h"
#include "simulators/verify/sentence.h"
#include "simulators/verify/world.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace halfopen::verify {

namespace {

// ---- a token bucket ----

Answers measureLimiter(CaseInput &input)
{
    ModelReader arrivals = input.model.child("arrivals");
    ClientSpec client = readArrivals(arrivals, "server", "limit");
    const double rate = client.arrivals.points.front().perSecond;
    ModelReader bucket = input.model.child("limiter");
    const RateLimiterConfig limiter = tokenBucketLimiter(bucket);
    const RunLength length = readRunLength(input);
    const auto warmUp = static_cast<double>(length.warmup);
    const auto measured = static_cast<double>(length.measured * length.replications);
    input.finish();

    PolicyWorld world("token-bucket", input.seed);
    world.service("server", Distribution::constant(Duration(0)));
    world.layer<RateLimiterConfig>("limit", "rate_limiter") = limiter;
    world.client("caller", client.arrivals, "server", "limit");
    const PolicyRun result(world, timeOfCalls(warmUp, rate), timeOfCalls(warmUp + measured, rate));
    const auto rejected = static_cast<double>(result.ended(0, OutcomeKind::RateLimited));
    const auto offered = static_cast<double>(result.offered(0));
    return tableOf({{"rejected_fraction", rejected / offered},
                    {"admitted_fraction", 1 - rejected / offered},
                    {"rejected_rate_per_s", rejected / result.seconds()},
                    {"admitted_rate_per_s", (offered - rejected) / result.seconds()}});
}

/// Calls at known instants: the policy itself is asked, one after the other.
Answers measureRegularLimiter(CaseInput &input)
{
    ModelReader arrivals = input.model.child("arrivals");
    arrivals.oneOf("process", {"constant interval"});
    const double interval =
        arrivals.has("interval_s") ? arrivals.number("interval_s") : 1 / rateOf(arrivals, "rate_per_s");
    const double first = arrivals.numberOr("first_at_s", interval);
    const std::int64_t count = countOf(arrivals, "count", kManyRequests);
    ModelReader bucket = input.model.child("limiter");
    RateLimiter limiter(tokenBucketLimiter(bucket));
    input.run.notes({"deterministic"});
    input.finish();

    std::int64_t admitted = 0;
    std::int64_t firstRejected = -1;
    for (std::int64_t i = 0; i < count; ++i) {
        alignas(8) std::byte state[32] = {};
        PolicyCall call{state, static_cast<std::uint64_t>(i), RandomStream(input.seed, "token bucket")};
        const Instant now(secondsToDuration(first + static_cast<double>(i) * interval));
        if (limiter.admit(now, call).kind != Admission::Kind::Refuse) {
            ++admitted;
            (void)limiter.onOutcome(now, call, Outcome{});
        } else if (firstRejected < 0) {
            firstRejected = i;
        }
    }
    return tableOf({{"admitted", admitted},
                    {"rejected", count - admitted},
                    {"rejected_fraction", static_cast<double>(count - admitted) / static_cast<double>(count)},
                    {"first_rejected_index", firstRejected}});
}

// ---- a client that throttles itself ----

struct ThrottleModel {
    double demand = 0;
    AdaptiveThrottleConfig throttle;
    std::int64_t clients = 1;
    RateLimiterConfig limiter;
    bool limited = false;
    double accepts = 1; ///< chance, where nothing limits the rate
    Duration from{};
    Duration to{};
};

ThrottleModel readThrottle(CaseInput &input)
{
    ModelReader &model = input.model;
    ThrottleModel throttle;
    ModelReader demand = model.child("demand");
    demand.oneOf("process", {"poisson"});
    throttle.demand = rateOf(demand, "rate_per_s");
    throttle.clients = model.has("clients") ? countOf(model, "clients", 10'000) : 1;
    throttle.throttle.window = windowOf(model, "window_s");
    throttle.throttle.multiplier = model.number("K");
    if (!(throttle.throttle.multiplier >= 1 && throttle.throttle.multiplier <= 1000))
        model.refuse("K", "is out of range, expected 1 to 1000");
    if (model.has("counters"))
        sentence(model, "counters",
                 {"requests counts every application request (also locally rejected ones); accepts counts "
                  "backend accepts"});
    std::vector<double> n;
    throttle.limited = whichSentence(model, "backend",
                                     {"admits by token bucket: rate # per s, depth #; rejects instantly",
                                      "accepts each request independently with probability #, no capacity limit"},
                                     &n)
                       == 0;
    if (throttle.limited) {
        throttle.limiter = bucketOf(model, "backend", n[0], n[1]);
    } else {
        throttle.accepts = n[0];
        if (throttle.accepts > 1)
            model.refuse("backend", "accepts with a probability above 1");
    }
    throttle.to = model.duration("run_s");
    throttle.from = model.duration("measure_from_s");
    if (input.run.has("seconds") && secondsToDuration(input.run.number("seconds")) != throttle.to)
        input.run.refuse("seconds", "differs from 'run_s'");
    if (input.run.has("warmup_seconds") && secondsToDuration(input.run.number("warmup_seconds")) != throttle.from)
        input.run.refuse("warmup_seconds", "differs from 'measure_from_s'");
    return throttle;
}

Answers measureThrottle(CaseInput &input)
{
    const ThrottleModel throttle = readThrottle(input);
    const std::int64_t replications = input.replications();
    needRunnable(throttle.demand * toSeconds(throttle.to) * static_cast<double>(replications));
    input.finish();

    return meanOfWindows(replications, input.seed, [&](std::uint64_t seed) -> std::map<std::string, double> {
        PolicyWorld world("adaptive-throttle", seed);
        ServiceSpec &door = world.service("door", Distribution::constant(Duration(0)));
        door.errorRate = 1 - throttle.accepts;
        if (throttle.limited) {
            door.calls.push_back({"server", "admission"});
            world.service("server", Distribution::constant(Duration(0)));
            world.layer<RateLimiterConfig>("admission", "rate_limiter") = throttle.limiter;
        }
        world.layer<AdaptiveThrottleConfig>("polite", "adaptive_throttle") = throttle.throttle;
        world.client("callers", poisson(throttle.demand), "door", "polite").processes = throttle.clients;
        const PolicyRun result(world, throttle.from, throttle.to);
        const auto offered = static_cast<double>(result.offered(0));
        const auto local = static_cast<double>(result.ended(0, OutcomeKind::Throttled));
        const auto good = static_cast<double>(result.good(0));
        return {{"sent_rate_per_s", (offered - local) / result.seconds()},
                {"backend_rejects_per_accept", (offered - local - good) / good},
                {"accepted_rate_per_s", good / result.seconds()},
                {"success_fraction", good / offered},
                {"local_reject_fraction", local / offered}};
    });
}

// ---- queues that shed ----

/// A queue that never empties, worked off in small pieces: when are requests dropped?
Answers measureCodel(CaseInput &input)
{
    ModelReader &model = input.model;
    ServiceSpec server = unlimitedService("server");
    server.discipline = ServiceSpec::Discipline::Codel;
    server.queueTarget = model.duration("target_s");
    server.queueInterval = model.duration("interval_s");
    sentence(model, "queue",
             {"sojourn time of every dequeued request stays above target; dequeues are arbitrarily frequent"});
    if (model.countOr("count_starts_at", 1) != 1)
        model.refuse("count_starts_at", "is not 1");
    input.run.notes({"deterministic"});
    input.finish();

    // Pieces of a 2000th of the interval and twice as many arrivals as the server can take: the wait only grows.
    const Duration piece = std::max(server.queueInterval / 2000, Duration(1));
    server.workers = 1;
    server.queue = ServiceSpec::kUnlimitedQueue;
    server.serviceTime = Distribution::constant(piece);
    server.serviceTimeText = server.serviceTime.describe();
    Scenario scenario;
    scenario.name = "codel";
    ClientSpec client = poissonClient(2e9 / static_cast<double>(piece.count()), "server");
    client.arrivals.kind = ArrivalSpec::Kind::Constant;
    const std::size_t wanted = input.listSizes.contains("drop_times_s") ? input.listSizes.at("drop_times_s") : 8;
    if (wanted > 1000)
        throw NotUnderstood("'drop_times_s' has more than 1000 times");
    // The n-th drop comes 2 sqrt(n) intervals after the first at the latest.
    scenario.duration = server.queueTarget * 4
        + server.queueInterval * (3 + static_cast<std::int64_t>(2 * std::sqrt(static_cast<double>(wanted))));
    scenario.services = {server};
    scenario.clients = {client};
    const WorldRun run = runWorld(std::move(scenario), {.seed = input.seed, .logWork = true});

    std::vector<std::int64_t> dequeues;
    std::vector<std::int64_t> drops;
    std::int64_t firstLate = -1;
    for (const LoggedWork &work : run.work.front()) {
        const std::int64_t at = work.arrivedNs + work.waitNs;
        if (work.waitNs > server.queueTarget.count() && (firstLate < 0 || at < firstLate))
            firstLate = at;
        if (work.dropped)
            drops.push_back(at);
    }
    std::sort(drops.begin(), drops.end());
    std::vector<double> times;
    for (std::size_t i = 0; i < drops.size() && i < wanted; ++i)
        times.push_back(static_cast<double>(drops[i] - firstLate) * 1e-9);
    return tableOf({{"drop_times_s", times}});
}

Answers measureControlledDelay(CaseInput &input)
{
    ModelReader &model = input.model;
    sentence(
        model, "rule",
        {"on enqueue: timeout = m if last_empty < now - n, else n; a request is dropped at dequeue when its wait "
         "exceeds its "
         "timeout; last_empty is set whenever the waiting line is empty (at an arrival that finds it empty and after a "
         "dequeue that leaves it empty)"});
    ServiceSpec server;
    server.name = "server";
    server.discipline = ServiceSpec::Discipline::ControlledDelay;
    server.queueTarget = model.duration("M_s");
    server.queueInterval = model.duration("N_s");
    server.queue = readQueueCapacity(model);
    server.workers = countOf(model, "servers", ServiceSpec::kUnlimitedWorkers);
    model.oneOf("discipline", {"fifo"});
    ModelReader law = model.child("service");
    server.serviceTime = readLaw(law);
    server.serviceTimeText = server.serviceTime.describe();
    ModelReader arrivals = model.child("arrivals");
    ClientSpec client = readArrivals(arrivals, "server");
    const double rate = client.arrivals.points.front().perSecond;
    const RunLength length = readRunLength(input);
    input.finish();

    Scenario scenario;
    scenario.name = "controlled-delay";
    client.stopAfter = length.all();
    scenario.duration = secondsToDuration(1.1 * toSeconds(timeOfCalls(static_cast<double>(length.all()), rate)) + 10);
    scenario.services = {server};
    scenario.clients = {client};
    struct Run {
        Measured calls;
        MeasuredWork work;
        void add(const Run &other) { calls.add(other.calls), work.add(other.work); }
    };
    auto all = std::make_shared<Run>(pooledReplications(length.replications, input.seed, [&](std::uint64_t seed) {
        const WorldRun run = runWorld(scenario, {.seed = seed, .logWork = true});
        Run one{measuredCalls(run.calls.front(), length), {}};
        one.work = measuredWork(run.work.front(), one.calls.from, one.calls.to);
        return one;
    }));
    return [all](const std::string &metric) -> Json {
        if (metric == "dropped_fraction" || metric == "rejected_fraction")
            return all->calls.share(all->calls.rejected);
        std::string name = metric;
        if (const std::size_t served = name.find("_served"); served != std::string::npos)
            name.erase(served, 7);
        return answerOf(all->calls, all->work, name);
    };
}

} // namespace

std::span<const Family> overloadFamilies()
{
    static constexpr Family kRows[] = {
        {"token bucket, regular calls",
         [](const Json &model) {
             return hasKeys(model, {"limiter", "arrivals"}) && model.contains("arrivals") && model["arrivals"].contains("count");
         },
         &measureRegularLimiter},
        {"token bucket",
         [](const Json &model) {
             return hasKeys(model, {"limiter", "arrivals"});
         },
         &measureLimiter},
        {"adaptive throttle",
         [](const Json &model) {
             return hasKeys(model, {"demand", "K"});
         },
         &measureThrottle},
        {"codel",
         [](const Json &model) {
             return hasKeys(model, {"target_s", "interval_s", "queue"});
         },
         &measureCodel},
        {"controlled delay",
         [](const Json &model) {
             return hasKeys(model, {"M_s", "N_s"});
         },
         &measureControlledDelay},
    };
    return kRows;
}

} // namespace halfopen::verify
