// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/policies/retry.h"
#include "core/policies/timeout.h"
#include "simulators/verify/families/families.h"
#include "simulators/verify/families/policy_parts.h"
#include "simulators/verify/law.h"
#include "simulators/verify/policy_world.h"
#include "simulators/verify/run_bounds.h"
#include "simulators/verify/sentence.h"
#include "simulators/verify/world.h"

#include <algorithm>
#include <cmath>
#include <memory>
#include <string_view>
#include <utility>

namespace halfopen::verify {

namespace {

constexpr double kPerSecond = 1000; ///< requests that do not touch each other may come at any rate

// ---- layers of retries ----

/// How many calls of the bottom, whose calls fail with chance \a p, a request makes on average: what each layer gives up on is what
/// fails for the one above.
double callsThrough(std::size_t layers, std::int64_t attempts, double p)
{
    double calls = 1;
    for (std::size_t layer = 0; layer < layers; ++layer) {
        const double givesUp = std::pow(p, static_cast<double>(attempts));
        calls *= p < 1 ? (1 - givesUp) / (1 - p) : static_cast<double>(attempts);
        p = givesUp;
    }
    return calls;
}

/// How many layers "user -> layer 1 -> ... -> layer 3 -> bottom service" has, with every one named or only the first and the last.
std::size_t layersOf(ModelReader &model)
{
    const std::string text = model.text("chain");
    constexpr std::string_view kArrow = " -> ";
    const Sentence said(text);
    std::vector<std::string> parts;
    for (std::size_t from = 0; from <= said.words.size();) {
        const std::size_t to = std::min(said.words.find(kArrow, from), said.words.size());
        parts.push_back(said.words.substr(from, to - from));
        from = to + kArrow.size();
    }
    bool isChain = parts.size() >= 3 && parts.front() == "user" && parts.back() == "bottom service" && !said.numbers.empty();
    double next = 1; // number of the layer that must come, or a later one behind "..."
    std::size_t number = 0;
    for (std::size_t i = 1; isChain && i + 1 < parts.size(); ++i) {
        if (parts[i] == "..." && i > 1 && i + 2 < parts.size()) {
            next = number < said.numbers.size() ? std::max(next - 1, said.numbers[number]) : 0; // of one layer it is named twice
            continue;
        }
        isChain = parts[i] == "layer #" && number < said.numbers.size() && said.numbers[number++] == next++;
    }
    if (!isChain || number != said.numbers.size())
        model.refuse("chain", "says something else: \"" + text + "\"");
    return static_cast<std::size_t>(said.numbers.back());
}

Answers measureLayers(CaseInput &input)
{
    ModelReader &model = input.model;
    ModelReader &run = input.run;
    const auto layers = static_cast<std::size_t>(countOf(model, "layers_that_retry", 20));
    const std::int64_t attempts = countOf(model, "attempts_per_layer", 100);
    const double p = chanceOf(model, "bottom_failure_probability");
    if (layersOf(model) != layers)
        model.refuse("layers_that_retry", "is not the number of layers of 'chain'");
    sentence(model, "other_failures",
             {"none; a layer fails its caller only when all its attempts failed; zero latency, no backoff"});
    const std::int64_t requests = requestsOf(input);
    run.notes({"deterministic"});
    input.finish();

    PolicyWorld world("retry-layers", input.seed);
    for (std::size_t layer = 1; layer <= layers; ++layer) {
        const std::string below = layer == layers ? "bottom" : "layer-" + std::to_string(layer + 1);
        world.service("layer-" + std::to_string(layer), Distribution::constant(Duration(0)))
            .calls.push_back({below, "retries"});
    }
    world.service("bottom", Distribution::constant(Duration(0))).errorRate = p;
    world.layer<RetryConfig>("retries", "retry") = retryAtOnce(attempts);
    // Where nothing is left to chance every request is like the first: as many as make ten million calls are enough.
    const double perRequest = callsThrough(layers, attempts, p);
    std::int64_t counted = requests;
    if (p == 0 || p == 1)
        counted = std::min(requests, std::max<std::int64_t>(1, static_cast<std::int64_t>(1e7 / perRequest)));
    needRunnable(perRequest * static_cast<double>(counted));
    world.client("user", requestsAtRate(counted, kPerSecond), "layer-1");
    const PolicyRun result(world, Duration(0), secondsToDuration(static_cast<double>(counted) / kPerSecond + 1));
    const auto offered = static_cast<double>(result.offered(0));
    return tableOf({{"bottom_calls_per_request", static_cast<double>(result.attempts(layers)) / offered},
                    {"success_fraction", static_cast<double>(result.good(0)) / offered}});
}

// ---- timeout and retry ----

/// Waits that the policy computes: each a constant multiple of the one before.
void fixedBackoff(ModelReader &model, RetryConfig &config)
{
    std::vector<double> waits =
        model.isList("backoff_s") ? model.numbers("backoff_s") : std::vector<double>{model.numberOr("backoff_s", 0)};
    if (waits.empty())
        waits.push_back(0);
    config.initialDelay = secondsToDuration(waits.front());
    config.maxDelay = secondsToDuration(*std::max_element(waits.begin(), waits.end()));
    config.backoffMultiplier = waits.size() > 1 && waits[0] > 0 ? std::max(1.0, waits[1] / waits[0]) : 1.0;
    config.jitter = Jitter::None;
    const std::vector<Duration> schedule = backoffSchedule(config);
    for (std::size_t i = 0; i < schedule.size() && waits.size() > 1; ++i)
        if (i >= waits.size() || std::abs(toSeconds(schedule[i]) - waits[i]) > 2e-9)
            model.refuse("backoff_s", "is no series that grows by a constant factor up to a limit");
}

Answers measureTimeouts(CaseInput &input)
{
    ModelReader &model = input.model;
    const bool isExponential = whichSentence(model, "backend",
                                             {"unlimited concurrency; latency of each attempt independent exponential",
                                              "unlimited concurrency; latency of each attempt independent"})
        == 0;
    Distribution latency;
    if (isExponential) {
        latency = Distribution::exponential(model.duration("latency_mean_s"));
    } else {
        ModelReader law = model.child("latency");
        latency = readLaw(law);
    }
    const Duration limit = model.duration("timeout_s");
    RetryConfig retry = retryAtOnce(countOf(model, "max_attempts", 1000));
    fixedBackoff(model, retry);
    model.oneOf("arrivals", {"any"});
    const std::int64_t requests = requestsOf(input);
    input.finish();

    PolicyWorld world("timeout-and-retry", input.seed);
    world.service("backend", std::move(latency));
    world.layer<RetryConfig>("patience", "retry") = retry;
    world.layer<TimeoutConfig>("patience", "timeout").after = limit;
    world.client("caller", requestsAtRate(requests, kPerSecond), "backend", "patience");
    const double longest = toSeconds(limit + retry.maxDelay) * static_cast<double>(retry.maxAttempts);
    world.scenario().duration = secondsToDuration(static_cast<double>(requests) / kPerSecond + 1 + longest);
    const WorldRun run = runWorld(world.scenario(), {.seed = input.seed});
    auto calls = std::make_shared<Measured>(measuredCalls(run.calls.front(), {0, requests}));
    return [calls](const std::string &metric) -> Json {
        if (metric == "attempts_per_request")
            return calls->share(calls->attempts);
        if (metric == "success_fraction")
            return calls->share(calls->good.count());
        if (metric == "timed_out_fraction") // every try of them was
            return calls->share(calls->ended[static_cast<std::size_t>(OutcomeKind::Timeout)]);
        constexpr std::string_view kGood = "success_latency_";
        if (metric.starts_with(kGood))
            if (const auto value = calls->good.statistic(std::string_view(metric).substr(kGood.size())))
                return *value;
        return answerOf(*calls, {}, metric);
    };
}

} // namespace

std::span<const Family> retryStackFamilies()
{
    static constexpr Family kRows[] = {
        {"retry layers", [](const Json &model) { return model.contains("layers_that_retry"); }, &measureLayers},
        {"timeout and retry",
         [](const Json &model) {
             return hasKeys(model, {"backend", "timeout_s", "max_attempts"});
         },
         &measureTimeouts},
    };
    return kRows;
}

} // namespace halfopen::verify
