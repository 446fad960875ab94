// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulators/faults/latency.h"

#include "core/base/distributions.h"
#include "core/base/portable_math.h"
#include "core/base/wide.h"
#include "core/scenario/schema_fields.h"
#include "simulators/faults/fault_math.h"

#include <algorithm>
#include <array>

namespace halfopen {

std::span<const std::string_view> enumNames(LatencyFaultConfig::Spread)
{
    static constexpr std::array<std::string_view, 3> names = {"uniform", "normal", "exponential"};
    return names;
}

const Schema &latencyFaultSchema()
{
    using C = LatencyFaultConfig;
    using namespace std::chrono_literals;
    static const Schema schema = {
        .key = "latency",
        .title = "Latency",
        .summary = "Requests take longer while their worker is held: a brown-out.",
        .shorthand = "add",
        .fields = {
            schema::field<&C::add>({.key = "add", .type = ValueType::Duration,
                                    .help = "Time added to the work of every affected request.",
                                    .min = Duration(0), .max = Duration(1h)}),
            schema::field<&C::jitter>({.key = "jitter", .type = ValueType::Duration,
                                       .help = "How far the added time scatters around 'add', by request; never below 0.",
                                       .min = Duration(0), .max = Duration(1h)}),
            schema::field<&C::spread>({.key = "spread", .type = ValueType::Choice,
                                       .help = "uniform: from add - jitter to add + jitter. normal: jitter is the standard "
                                               "deviation. exponential: add, and jitter more on average: a long tail.",
                                       .choices = {"uniform", "normal", "exponential"}}),
            schema::field<&C::perRequest>({.key = "per_request", .type = ValueType::Duration,
                                           .help = "Time added for each request that the instance is working on when the work "
                                                   "begins, itself included: locks and caches that many share.",
                                           .min = Duration(0), .max = Duration(1h)}),
            schema::field<&C::factor>({.key = "factor", .type = ValueType::Number,
                                       .help = "The work's own time is multiplied by this: 4 makes a 10 ms request take 40 ms.",
                                       .min = 0.001, .max = 10000.0}),
            schema::field<&C::probability>({.key = "probability", .type = ValueType::Probability,
                                            .help = "Share of the requests that are affected.",
                                            .min = 0.0, .max = 1.0}),
        },
        .create = &schema::create<C>,
        .clone = &schema::clone<C>,
    };
    return schema;
}

/// How far the added time of one request lies from `add`.
static Duration scattered(const LatencyFaultConfig &c, std::uint64_t bits)
{
    const std::int64_t jitter = c.jitter.count();
    switch (c.spread) {
    case LatencyFaultConfig::Spread::Uniform:
        return uniform(bits, -c.jitter, c.jitter + Duration(1));
    case LatencyFaultConfig::Spread::Normal: {
        const double p = (static_cast<double>(bits >> 12) + 0.5) * 0x1p-52;
        return Duration(static_cast<std::int64_t>(normalQuantile(p) * static_cast<double>(jitter)));
    }
    case LatencyFaultConfig::Spread::Exponential:
        return Duration(exponentialNs(bits, jitter));
    }
    return {};
}

void applyLatencyFault(const void *config, const FaultDraw &draw, FaultDecision &decision)
{
    const auto &c = *static_cast<const LatencyFaultConfig *>(config);
    if (!isHit(c.probability, {draw.bits}))
        return;
    Duration added = c.add;
    if (c.jitter.count() > 0)
        added = std::max(added + scattered(c, otherBits(draw)), Duration(0));
    decision.delay += atStrength(added, draw.strength);
    decision.delayPerRequest += atStrength(c.perRequest, draw.strength);
    const double factor = draw.strength >= 1 ? c.factor : 1 + (c.factor - 1) * draw.strength;
    constexpr std::int64_t kPermilleMax = 1'000'000'000'000; // whatever overlaps: far beyond the longest work
    decision.slowdownPermille = static_cast<std::int64_t>(std::min<Wide>(
        static_cast<Wide>(decision.slowdownPermille) * static_cast<std::int64_t>(factor * 1000 + 0.5) / 1000, kPermilleMax));
}

} // namespace halfopen
