// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/policies/adaptive_concurrency.h"
#include "simulators/verify/families/families.h"
#include "simulators/verify/families/policy_parts.h"
#include "simulators/verify/sentence.h"

#include <algorithm>
#include <charconv>
#include <utility>

namespace halfopen::verify {

namespace {

using Stretches = std::vector<std::pair<double, std::int64_t>>; ///< latency in ms, number of samples

/// Latencies as a list of { "value", "count" } or as "200 samples of 10 ms then 200 of 40 ms".
Stretches readLatencies(ModelReader &model)
{
    Stretches stretches;
    if (model.isList("rtt_samples_ms")) {
        for (ModelReader &part : model.list("rtt_samples_ms"))
            stretches.emplace_back(part.number("value"), part.count("count"));
        return stretches;
    }
    const Sentence said(model.text("rtt_samples_ms"));
    const std::vector<double> &n = said.numbers;
    std::string known = "# samples of # ms";
    while (known.size() < said.words.size())
        known += " then # of # ms";
    if (said.words != known)
        model.refuse("rtt_samples_ms", "says something else: \"" + model.text("rtt_samples_ms") + "\"");
    for (std::size_t i = 0; i + 1 < n.size(); i += 2)
        stretches.emplace_back(n[i + 1], static_cast<std::int64_t>(n[i]));
    return stretches;
}

AdaptiveConcurrencyConfig readConstants(ModelReader constants)
{
    AdaptiveConcurrencyConfig config;
    config.kind = ConcurrencyLimitKind::Gradient2;
    config.initialLimit = countOf(constants, "initial_limit", 1'000'000);
    config.minLimit = countOf(constants, "min_limit", 1'000'000);
    config.maxLimit = countOf(constants, "max_limit", 1'000'000);
    config.smoothing = constants.number("smoothing");
    config.queueSize = countOf(constants, "queue_size", 1'000'000, 0);
    config.tolerance = constants.number("rtt_tolerance");
    config.longWindow = countOf(constants, "long_window", 1'000'000);
    if (constants.has("warmup_samples"))
        config.warmUpSamples = countOf(constants, "warmup_samples", 1'000'000, 0);
    return config;
}

Answers measureGradient(CaseInput &input)
{
    ModelReader &model = input.model;
    const Stretches stretches = readLatencies(model);
    sentence(model, "inflight", {"always >= limit/# (never app-limited)"});
    const AdaptiveConcurrencyConfig config = readConstants(model.child("constants"));
    input.run.notes({"deterministic"});
    input.finish();

    Gradient2Limit limit;
    limit.apply(config);
    std::vector<double> after{limit.estimate()};
    for (const auto &[milliseconds, count] : stretches) {
        for (std::int64_t i = 0; i < count; ++i) {
            limit.update({.latencyNs = secondsToDuration(milliseconds * 1e-3).count(), .inside = *config.maxLimit});
            after.push_back(limit.estimate());
        }
    }
    return [after = std::move(after)](const std::string &metric) -> Json {
        constexpr std::string_view kAfter = "limit_after_";
        std::size_t samples = 0;
        if (metric.starts_with(kAfter) && metric.ends_with("_samples")) {
            std::from_chars(metric.data() + kAfter.size(), metric.data() + metric.size(), samples);
            if (samples < after.size())
                return after[samples];
        }
        throw NotUnderstood("unknown metric '" + metric + "'");
    };
}

Answers measureAimd(CaseInput &input)
{
    const double ratio = input.model.number("backoff_ratio");
    std::vector<std::int64_t> limits;
    for (ModelReader &vector : input.model.list("vectors")) {
        AdaptiveConcurrencyConfig config;
        config.kind = ConcurrencyLimitKind::Aimd;
        config.backoffRatio = ratio;
        config.initialLimit = countOf(vector, "limit", 1'000'000);
        config.minLimit = vector.countOr("min_limit", 1); // a vector without one is plain arithmetic
        config.maxLimit = vector.countOr("max_limit", std::max(config.initialLimit, config.most()));
        AimdLimit limit;
        limit.apply(config);
        limit.update({.latencyNs = 0, .inside = vector.count("inflight"), .dropped = vector.flag("dropped")});
        limits.push_back(limit.limit());
    }
    input.run.notes({"deterministic"});
    input.finish();
    return tableOf({{"new_limits", limits}});
}

} // namespace

std::span<const Family> limitFamilies()
{
    static constexpr Family kRows[] = {
        {"gradient2 limit",
         [](const Json &model) {
             return hasKeys(model, {"rtt_samples_ms", "constants"});
         },
         &measureGradient},
        {"aimd limit",
         [](const Json &model) {
             return hasKeys(model, {"backoff_ratio", "vectors"});
         },
         &measureAimd},
    };
    return kRows;
}

} // namespace halfopen::verify
