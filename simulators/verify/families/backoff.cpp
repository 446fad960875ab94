// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/policies/retry.h"
#include "simulators/verify/families/families.h"
#include "simulators/verify/families/policy_parts.h"
#include "simulators/verify/run_bounds.h"
#include "simulators/verify/samples.h"
#include "simulators/verify/sentence.h"
#include "simulators/verify/versioned_row.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <memory>
#include <string_view>

namespace halfopen::verify {

namespace {

/// The wait before each retry of a request that always fails, summed. The policy is the one every run uses.
Duration totalDelay(Retry &retry, std::int64_t retries, RandomStream stream, std::uint64_t key)
{
    alignas(8) std::byte state[Retry::kStateBytes] = {};
    PolicyCall call{state, key, stream};
    Instant now;
    (void)retry.admit(now, call);
    for (std::int64_t i = 0; i < retries; ++i) {
        const Verdict verdict = retry.onOutcome(now, call, Outcome{.kind = OutcomeKind::Error});
        if (verdict.kind != Verdict::Kind::RetryAt)
            break;
        now = Instant::fromNs(verdict.atNs);
    }
    return now - Instant();
}

Answers measureSums(CaseInput &input)
{
    ModelReader &model = input.model;
    const Duration base = model.duration("base_s");
    const Duration cap = model.duration("cap_s");
    const std::int64_t retries = countOf(model, "retries", 1000);
    const std::vector<double> numbers =
        sentence(model, "exponential",
                 {"delay before retry i (i=#,#,...) = min(cap, base*#^i)",
                  "delay before retry i (i=#,#,...) = min(cap, base*#^i) [note: the aws simulator starts at #^#]"});
    // Only the strategies that the case describes are measured.
    std::vector<Jitter> strategies{Jitter::None};
    if (model.has("full") && sentence(model, "full", {"u(#, that)"})[0] == 0)
        strategies.push_back(Jitter::Full);
    if (model.has("equal") && sentence(model, "equal", {"half of that + u(#, half of that)"})[0] == 0)
        strategies.push_back(Jitter::Equal);
    if (model.has("decorrelated")) {
        if (sentence(model, "decorrelated", {"s_i=min(cap, u(base, # s_{i-#})), s_{-#}=base"})[0] != 3)
            model.refuse("decorrelated", "grows by another factor than 3");
        strategies.push_back(Jitter::Decorrelated);
    }
    const std::int64_t requests = requestsOf(input);
    needRunnable(static_cast<double>(requests) * static_cast<double>(retries) * static_cast<double>(strategies.size()));
    if (numbers[2] < 1 || numbers[0] > 10)
        model.refuse("exponential", "shrinks, or begins too high");
    input.finish();

    auto strategySums = std::make_shared<std::map<std::string, Samples>>();
    for (const Jitter jitter : strategies) {
        RetryConfig config;
        config.maxAttempts = retries + 1;
        // Numbered from 0 or from 1; decorrelated waits begin at the base in any case.
        config.initialDelay = base;
        for (double first = jitter == Jitter::Decorrelated ? 0 : numbers[0]; first > 0; --first)
            config.initialDelay = Duration(std::llround(
                std::min(static_cast<double>(config.initialDelay.count()) * numbers[2], static_cast<double>(cap.count()))));
        config.initialDelay = std::min(config.initialDelay, cap);
        config.maxDelay = cap;
        config.backoffMultiplier = numbers[2];
        config.jitter = jitter;
        Retry retry(config);
        const RandomStream stream(input.seed, "backoff sums");
        Samples sums;
        const std::int64_t runs = jitter == Jitter::None ? 1 : requests;
        for (std::int64_t i = 0; i < runs; ++i)
            sums.add(totalDelay(retry, retries, stream, static_cast<std::uint64_t>(i)).count());
        strategySums->emplace(jitter == Jitter::None ? "exponential" : enumNames(jitter)[static_cast<std::size_t>(jitter)],
                              std::move(sums));
    }
    return [strategySums](const std::string &metric) -> Json {
        for (const auto &[name, sums] : *strategySums) {
            const std::string total = name + ".total_delay_";
            if (name == "exponential" && metric == "exponential.total_delay_s")
                return sums.meanSeconds();
            if (metric.starts_with(total))
                if (const auto value = sums.statistic(std::string_view(metric).substr(total.size())))
                    return *value;
        }
        throw NotUnderstood("unknown metric '" + metric + "'");
    };
}

// ---- clients that contend for one row ----

/// The retry policy of one of the five strategies of the case. \a numbers are those of its sentence.
RetryConfig strategyConfig(const std::string &strategy, ModelReader &backoff, std::int64_t clients)
{
    RetryConfig config;
    config.maxAttempts = clients; // enough: each conflict is another client's success
    config.initialDelay = config.maxDelay = Duration(0);
    config.jitter = Jitter::None;
    if (strategy == "none") {
        sentence(backoff, strategy, {"#"});
        return config;
    }
    const Duration base = backoff.duration("base_ms");
    config.maxDelay = backoff.duration("cap_ms");
    if (strategy == "decorrelated") {
        if (sentence(backoff, strategy, {"s = min(cap, u(base, #*s)), s starts at base, kept per client"})[0] != 3)
            backoff.refuse(strategy, "grows by another factor than 3");
        config.initialDelay = base;
        config.jitter = Jitter::Decorrelated;
        return config;
    }
    // The first conflict is attempt 1, so the first wait is drawn from base times the factor.
    const std::vector<double> factor =
        sentence(backoff, "exponential", {"min(cap, base*#^attempt) (#, #, # ...)", "min(cap, base*#^attempt)"});
    config.backoffMultiplier = factor.front();
    config.initialDelay = Duration(static_cast<std::int64_t>(static_cast<double>(base.count()) * factor.front()));
    if (strategy == "full") {
        sentence(backoff, strategy, {"u(#, v), v as exponential"});
        config.jitter = Jitter::Full;
    } else if (strategy == "equal") {
        sentence(backoff, strategy, {"v/# + u(#, v/#), v as exponential"});
        config.jitter = Jitter::Equal;
    }
    config.initialDelay = std::min(config.initialDelay, config.maxDelay);
    return config;
}

/// What the replications of one strategy gave. Calls are kept as seconds, for the same statistics.
struct StrategyResult {
    std::string name;
    std::uint64_t oddCalls = 0; ///< of the first run that differs from the first one, else of the first
    Samples calls;
    Samples completions;
};

StrategyResult contend(const std::string &strategy, const VersionedRowWorld &row, const RetryConfig &config,
                       std::int64_t replications, std::uint64_t seed)
{
    constexpr std::uint64_t kSecond = 1'000'000'000;
    StrategyResult result;
    result.name = strategy;
    std::uint64_t first = 0;
    for (std::int64_t run = 0; run < replications; ++run) {
        const VersionedRowResult one = runVersionedRow(row, config, seed + static_cast<std::uint64_t>(run));
        result.calls.add(static_cast<std::int64_t>(one.writes * kSecond));
        result.completions.add(one.lastSuccess.ns());
        if (run == 0)
            first = result.oddCalls = one.writes;
        else if (one.writes != first && result.oddCalls == first)
            result.oddCalls = one.writes;
    }
    return result;
}

/// "none.calls_mean", "full.completion_time_p95_s", "full_over_exponential_calls", "fewest_calls", ...
Json contentionMetric(const std::vector<StrategyResult> &results, const std::string &metric)
{
    for (const StrategyResult &r : results) {
        if (metric == r.name + ".calls")
            return r.oddCalls;
        const std::string time = r.name + ".completion_time_";
        const std::string calls = r.name + ".calls_";
        if (metric.starts_with(time))
            if (const auto value = r.completions.statistic(std::string_view(metric).substr(time.size())))
                return *value;
        if (metric.starts_with(calls))
            if (const auto value = r.calls.statistic(metric.substr(calls.size()) + (metric.ends_with("variance") ? "_s2" : "_s")))
                return *value;
        for (const StrategyResult &other : results) {
            if (metric == r.name + "_over_" + other.name + "_calls")
                return r.calls.meanSeconds() / other.calls.meanSeconds();
            if (metric == r.name + "_over_" + other.name + "_completion_time")
                return r.completions.meanSeconds() / other.completions.meanSeconds();
        }
    }
    const auto byCalls = [](const StrategyResult &a, const StrategyResult &b) { return a.calls.meanSeconds() < b.calls.meanSeconds(); };
    const auto byTime = [](const StrategyResult &a, const StrategyResult &b) {
        return a.completions.meanSeconds() < b.completions.meanSeconds();
    };
    if (metric == "fewest_calls")
        return std::min_element(results.begin(), results.end(), byCalls)->name;
    if (metric == "most_calls")
        return std::max_element(results.begin(), results.end(), byCalls)->name;
    if (metric == "fastest_completion")
        return std::min_element(results.begin(), results.end(), byTime)->name;
    if (metric == "slowest_completion")
        return std::max_element(results.begin(), results.end(), byTime)->name;
    throw NotUnderstood("unknown metric '" + metric + "'");
}

VersionedRowWorld readRow(ModelReader &model)
{
    VersionedRowWorld row;
    row.clients = static_cast<std::uint32_t>(countOf(model, "clients", 10'000));
    sentence(
        model, "server",
        {"one row with a version number, infinite capacity, zero processing time; read returns the current "
         "version; write(v) succeeds and increments the version iff v equals the current version, otherwise fails"});
    sentence(model, "client",
             {"all clients start at t=# and each must write once: send read -> response -> send write(version read) -> "
              "response; on failure attempt+=# (first failure: attempt=#), wait backoff(attempt), start again with "
              "read; on success stop"});
    const std::vector<double> delay = sentence(
        model, "network", {"every one of the four messages has an independent delay |normal(mean # ms, sd # ms)|"});
    row.delayMean = secondsToDuration(delay[0] * 1e-3);
    row.delayDeviation = secondsToDuration(delay[1] * 1e-3);
    if (model.has("metrics")) {
        ModelReader metrics = model.child("metrics");
        sentence(metrics, "calls",
                 {"number of write messages processed by the server (successes + conflicts; reads not counted)"});
        sentence(metrics, "completion_time", {"time at which the last client receives its success"});
    }
    return row;
}

Answers measureContention(CaseInput &input)
{
    ModelReader &model = input.model;
    ModelReader &run = input.run;
    const VersionedRowWorld row = readRow(model);
    const std::int64_t replications = input.shortened(countOf(run, "replications", 100'000));
    ModelReader backoff = model.child("backoff");
    std::vector<std::pair<std::string, RetryConfig>> strategies;
    for (const char *strategy : {"none", "exponential", "equal", "full", "decorrelated"})
        if (backoff.has(strategy))
            strategies.emplace_back(strategy, strategyConfig(strategy, backoff, row.clients));
    if (strategies.empty())
        backoff.refuse("none", "is missing, and so is every other strategy");
    const auto clients = static_cast<double>(row.clients);
    needRunnable(clients * clients * static_cast<double>(replications) / 4 * static_cast<double>(strategies.size())); // without a wait
    input.finish();

    auto results = std::make_shared<std::vector<StrategyResult>>();
    for (const auto &[name, config] : strategies)
        results->push_back(contend(name, row, config, replications, input.seed));
    return [results](const std::string &metric) -> Json { return contentionMetric(*results, metric); };
}

} // namespace

std::span<const Family> backoffFamilies()
{
    static constexpr Family kRows[] = {
        {"backoff sums",
         [](const Json &model) {
             return hasKeys(model, {"base_s", "cap_s", "retries"});
         },
         &measureSums},
        {"contention",
         [](const Json &model) {
             return hasKeys(model, {"backoff", "network", "clients"});
         },
         &measureContention},
    };
    return kRows;
}

} // namespace halfopen::verify
