// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/policies/rate_limiter.h"
#include "core/policies/retry.h"
#include "core/policies/retry_budget.h"
#include "simulators/verify/families/families.h"
#include "simulators/verify/families/policy_parts.h"
#include "simulators/verify/law.h"
#include "simulators/verify/policy_world.h"
#include "simulators/verify/run_bounds.h"
#include "simulators/verify/sentence.h"
#include "simulators/verify/world.h"

#include <cmath>

namespace halfopen::verify {

namespace {

// ---- a bucket of retry tokens ----

Answers measureBudget(CaseInput &input)
{
    ModelReader &model = input.model;
    sentence(model, "failure", {"independent per attempt"});
    const double p = chanceOf(model, "p");
    ModelReader bucket = model.child("budget");
    const RetryBudgetLayerConfig budget =
        tokenBucketBudget(bucket, "deposit_per_first_attempt", "cost_per_retry", "bucket_capacity");
    RetryConfig retry = retryAtOnce(countOf(model, "max_attempts", 1000));
    retry.initialDelay = retry.maxDelay = model.maybeDuration("backoff_s").value_or(Duration(0));
    const std::int64_t clients = model.has("clients") ? countOf(model, "clients", 10'000) : 1;
    const std::int64_t requests = requestsOf(input);
    input.finish();

    constexpr double kPerSecond = 1000;
    PolicyWorld world("retry-budget", input.seed);
    world.service("server", Distribution::constant(Duration(0))).errorRate = p;
    world.layer<RetryConfig>("budgeted", "retry") = retry;
    world.layer<RetryBudgetLayerConfig>("budgeted", "retry_budget") = budget;
    world.client("caller", requestsAtRate(requests, kPerSecond), "server", "budgeted").processes = clients;
    const PolicyRun result(world, Duration(0),
                           secondsToDuration(static_cast<double>(requests) / kPerSecond + 1
                                             + toSeconds(retry.maxDelay) * static_cast<double>(retry.maxAttempts)));
    const auto offered = static_cast<double>(result.offered(0));
    return tableOf({{"load_amplification", static_cast<double>(result.attempts(0)) / offered},
                    {"success_fraction", static_cast<double>(result.good(0)) / offered}});
}

// ---- four retry policies side by side ----

struct FourPolicies {
    std::int64_t clients = 1;
    double ratePerClient = 0;
    Duration calls{};
    Distribution network;
    double p = 0;
};

constexpr std::int64_t kNoLimit = 1000; ///< tries of a call that only its tokens limit

/// Puts the stack that \a sentence describes into \a world.
void addRetryPolicy(PolicyWorld &world, ModelReader &policies, const std::string &name)
{
    std::vector<double> n;
    RetryBudgetLayerConfig budget;
    switch (whichSentence(policies, name,
                          {"# attempt", "up to # attempts",
                           "per client token bucket: capacity #, starts full, +# (capped) at every call start (the "
                           "blog text says per success; "
                           "the code says per call), retry only while tokens are strictly > #, each retry -#, no limit "
                           "on retries per call",
                           "per client, never reset: calls = calls started, failures = failed attempts; after a failed "
                           "attempt: failures+=#, if "
                           "failures/calls > # give up, else up to # retries"},
                          &n)) {
    case 2:
        world.layer<RetryConfig>(name, "retry") = retryAtOnce(kNoLimit);
        if (n[2] != 1 || n[3] != 1 || n[0] != std::floor(n[0]))
            policies.refuse(name, "has a threshold or price that is not 1, or a capacity that is no whole number");
        budget.kind = RetryBudgetKind::TokenBucket;
        budget.maxTokens = static_cast<std::int64_t>(n[0]);
        budget.ratio = n[1];
        budget.neverEmpties = true;
        break;
    case 3:
        world.layer<RetryConfig>(name, "retry") = retryAtOnce(static_cast<std::int64_t>(n[2]) + 1);
        budget.kind = RetryBudgetKind::FailureShare;
        budget.ratio = n[1];
        break;
    default:
        world.layer<RetryConfig>(name, "retry") = retryAtOnce(static_cast<std::int64_t>(n[0]));
        return;
    }
    world.layer<RetryBudgetLayerConfig>(name, "retry_budget") = budget;
}

FourPolicies readFourPolicies(ModelReader &model)
{
    FourPolicies four;
    four.clients = countOf(model, "clients", 10'000);
    four.ratePerClient = rateOf(model, "rate_per_client_per_s");
    four.calls = secondsToDuration(
        sentence(model, "arrivals", {"per client: exponential gaps, open loop, for # s then drain"}).front());
    const std::vector<double> network =
        sentence(model, "network", {"request and response each exponential mean # ms; backoff #"});
    if (network[1] != 0)
        model.refuse("network", "has a backoff other than 0");
    four.network = Distribution::gamma(2, workTime(2e-3 * network[0])); // there and back
    sentence(model, "server", {"fails each attempt independently with probability p, no capacity limit"});
    four.p = chanceOf(model, "p");
    return four;
}

Answers measureFourPolicies(CaseInput &input)
{
    const FourPolicies four = readFourPolicies(input.model);
    ModelReader policies = input.model.child("policies");
    const std::int64_t replications = input.shortened(input.replications());
    if (input.run.has("duration_s") && input.run.duration("duration_s") != four.calls)
        input.run.refuse("duration_s", "differs from the one in 'arrivals'");
    std::vector<std::string> names;
    for (const auto &[name, unused] : policies.json().items()) {
        PolicyWorld reads("reads the sentence", 1);
        addRetryPolicy(reads, policies, name);
        names.push_back(name);
    }
    needRunnable(four.ratePerClient * static_cast<double>(four.clients * replications) * toSeconds(four.calls));
    input.finish();

    std::map<std::string, Json> answers;
    for (const std::string &name : names) {
        if (!input.asksFor(name + "."))
            continue;
        double offered = 0;
        double good = 0;
        double attempts = 0;
        for (std::int64_t i = 0; i < replications; ++i) {
            PolicyWorld world("retry-policies", input.seed + static_cast<std::uint64_t>(i));
            world.service("server", four.network).errorRate = four.p;
            addRetryPolicy(world, policies, name);
            ArrivalSpec arrivals = poisson(four.ratePerClient * static_cast<double>(four.clients));
            arrivals.points.push_back({four.calls, 0});
            world.client("callers", arrivals, "server", name).processes = four.clients;
            const PolicyRun result(world, Duration(0), four.calls + std::chrono::seconds(20));
            offered += static_cast<double>(result.offered(0));
            good += static_cast<double>(result.good(0));
            attempts += static_cast<double>(result.attempts(0));
        }
        answers[name + ".success_fraction"] = good / offered;
        answers[name + ".load_amplification"] = attempts / offered;
    }
    return tableOf(std::move(answers));
}

// ---- retries against a server with a fixed rate ----

/// "uniform 0.5..1.0" s or a number, as a wait and its jitter. What is returned comes on top of each wait: a range that no jitter
/// gives is full jitter and a constant.
Duration uniformDelay(ModelReader &retry, RetryConfig &config)
{
    std::vector<double> range;
    if (retry.isNumber("delay_s"))
        range = {retry.number("delay_s"), retry.number("delay_s")};
    else
        range = sentence(retry, "delay_s", {"uniform #..#"});
    const Duration least = secondsToDuration(range[0]);
    const Duration most = secondsToDuration(range[1]);
    if (least > most)
        retry.refuse("delay_s", "ends before it begins");
    config.initialDelay = config.maxDelay = most;
    if (least == most) {
        config.jitter = Jitter::None;
        return Duration(0);
    }
    if (least == most / 2) {
        config.jitter = Jitter::Equal;
        return Duration(0);
    }
    config.jitter = Jitter::Full;
    config.initialDelay = config.maxDelay = most - least;
    return least;
}

Answers measureFixedPoint(CaseInput &input)
{
    ModelReader &model = input.model;
    ModelReader arrivals = model.child("arrivals");
    arrivals.oneOf("process", {"poisson"});
    const double rate = rateOf(arrivals, "rate_per_s");
    const double capacity = rateOf(model, "capacity_per_s");
    const std::vector<double> depth =
        sentence(model, "server", {"accepts exactly c per second (token bucket, depth #), rejects the rest instantly"});
    ModelReader policy = model.child("retry");
    RetryConfig retry = retryAtOnce(countOf(policy, "max_attempts", 1000));
    const Duration onTop = uniformDelay(policy, retry);
    const double seconds = model.number("run_s");
    sentence(model, "measure", {"second half"});
    if (input.run.has("seconds") && input.run.number("seconds") != seconds)
        input.run.refuse("seconds", "differs from 'run_s'");
    const std::int64_t replications = input.replications();
    needRunnable(rate * seconds * static_cast<double>(replications));
    input.finish();

    return meanOfWindows(replications, input.seed, [&](std::uint64_t seed) -> std::map<std::string, double> {
        PolicyWorld world("overload-fixed-point", seed);
        world.service("server", Distribution::constant(Duration(0)));
        const bool hasDoor = onTop > Duration(0);
        if (!hasDoor)
            retry.retryOn = {"rate_limited"};
        world.layer<RetryConfig>("storm", "retry") = retry;
        auto &limiter = world.layer<RateLimiterConfig>(hasDoor ? "admission" : "storm", "rate_limiter");
        limiter = bucketOf(model, "server", capacity, depth.front());
        // What comes on top of each wait passes at a door, before every try: the first tries are as many, only later.
        if (hasDoor)
            world.service("door", Distribution::constant(onTop)).calls.push_back({"server", "admission"});
        world.client("users", poisson(rate), hasDoor ? "door" : "server", "storm");
        const PolicyRun result(world, secondsToDuration(seconds / 2), secondsToDuration(seconds));
        // A try that the server rejects is refused by its rate limiter and sends nothing: all tries are first tries and retries.
        const std::size_t edge = hasDoor ? 1 : 0; // the clients' calls come first
        const auto tries = static_cast<double>(result.offered(edge) + result.retries(edge));
        const auto good = static_cast<double>(result.good(edge));
        return {{"backend_arrival_rate_per_s", tries / result.seconds()},
                {"goodput_per_s", good / result.seconds()},
                {"attempt_failure_fraction", 1 - good / tries},
                {"success_fraction", static_cast<double>(result.good(0)) / static_cast<double>(result.endedAll(0))}};
    });
}

Answers measureBuildUp(CaseInput &input)
{
    ModelReader &model = input.model;
    ModelReader arrivals = model.child("arrivals");
    arrivals.oneOf("process", {"constant", "constant interval"});
    const double rate = rateOf(arrivals, "rate_per_s");
    const std::vector<double> permits = sentence(
        model, "server", {"accepts the first # attempts of each one-second tick, rejects the rest instantly (fluid)"});
    ModelReader policy = model.child("retry");
    RetryConfig retry = retryAtOnce(countOf(policy, "max_attempts", 1000));
    retry.initialDelay = retry.maxDelay = policy.duration("delay_s");
    const std::int64_t seconds = countOf(input.run, "seconds", 100'000);
    input.finish();

    PolicyWorld world("retry-storm-builds-up", input.seed);
    world.service("door", Distribution::constant(Duration(0))).calls.push_back({"server", "admission"});
    world.service("server", Distribution::constant(Duration(0)));
    auto &limiter = world.layer<RateLimiterConfig>("admission", "rate_limiter");
    limiter.kind = RateLimiterKind::Cycle;
    limiter.limitForPeriod = static_cast<std::int64_t>(permits.front());
    limiter.limitRefreshPeriod = std::chrono::seconds(1);
    world.layer<RetryConfig>("storm", "retry") = retry;
    ArrivalSpec steady = constantRate(rate);
    steady.startsAt = Duration(0);
    world.client("users", steady, "door", "storm");
    const RunRecord record = runWithBuckets(world, std::chrono::seconds(seconds), std::chrono::seconds(1));
    std::vector<std::uint64_t> ticks;
    for (std::size_t b = 0; b < record.bucketCount() && ticks.size() < static_cast<std::size_t>(seconds); ++b)
        ticks.push_back(record.bucket(b).edges[0].attempts);
    return tableOf({{"backend_arrivals_per_second_tick", ticks}});
}

// ---- threads held until a deadline ----

Answers measureThreads(CaseInput &input)
{
    ModelReader &model = input.model;
    ModelReader arrivals = model.child("arrivals");
    arrivals.oneOf("process", {"poisson"});
    const double rate = rateOf(arrivals, "rate_per_s");
    std::vector<std::pair<double, Distribution>> mix;
    double offered = 0;
    double succeeds = 0; // of those that get a thread
    double shares = 0;
    for (ModelReader &part : model.list("request_mix")) {
        const Distribution held = Distribution::constant(part.duration("holds_thread_s"));
        if (chanceOf(part, "p") > 0)
            mix.emplace_back(part.number("p"), held);
        offered += rate * part.number("p") * part.number("holds_thread_s");
        shares += part.number("p");
        if (part.textOr("outcome", "success") == "success") // how it ends changes nothing for the threads
            succeeds += part.number("p");
    }
    if (std::abs(shares - 1) > 1e-9)
        model.refuse("request_mix", "has shares that are not 1 together");
    ServiceSpec threads;
    threads.name = "threads";
    threads.workers = countOf(model, "threads", ServiceSpec::kUnlimitedWorkers);
    threads.queue = countOf(model, "queue_capacity", ServiceSpec::kUnlimitedQueue, 0);
    threads.serviceTime = Distribution::mixture(mix);
    threads.serviceTimeText = threads.serviceTime.describe();
    model.oneOf("when_full", {"reject immediately"});
    const RunLength length = readRunLength(input);
    const auto warmUp = static_cast<double>(length.warmup);
    const auto measured = static_cast<double>(length.measured * length.replications);
    input.finish();

    PolicyWorld world("held-threads", input.seed);
    world.service(threads);
    world.client("users", poisson(rate), "threads");
    const PolicyRun result(world, timeOfCalls(warmUp, rate), timeOfCalls(warmUp + measured, rate));
    const double rejected = static_cast<double>(result.ended(0, OutcomeKind::Rejected)) / static_cast<double>(result.offered(0));
    const double arrivalRate = static_cast<double>(result.offered(0)) / result.seconds();
    return tableOf({{"rejected_fraction", rejected},
                    {"rejected_rate_per_s", rejected * arrivalRate},
                    {"goodput_per_s", (1 - rejected) * succeeds * arrivalRate},
                    {"success_fraction", (1 - rejected) * succeeds},
                    {"carried_concurrency", result.meanWorking(0)},
                    {"utilisation", result.meanWorking(0) / static_cast<double>(threads.workers)},
                    {"offered_threads", offered}});
}

} // namespace

std::span<const Family> retryPolicyFamilies()
{
    static constexpr Family kRows[] = {
        {"retry budget",
         [](const Json &model) {
             return hasKeys(model, {"budget", "p", "max_attempts"});
         },
         &measureBudget},
        {"retry policies",
         [](const Json &model) {
             return hasKeys(model, {"policies", "rate_per_client_per_s"});
         },
         &measureFourPolicies},
        {"overload fixed point",
         [](const Json &model) {
             return hasKeys(model, {"retry", "capacity_per_s", "server"});
         },
         &measureFixedPoint},
        {"retry storm builds up",
         [](const Json &model) {
             return hasKeys(model, {"retry", "server", "arrivals"});
         },
         &measureBuildUp},
        {"held threads",
         [](const Json &model) {
             return hasKeys(model, {"threads", "request_mix"});
         },
         &measureThreads},
    };
    return kRows;
}

} // namespace halfopen::verify
