// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulators/faults/latency.h"

#include "core/base/units.h"
#include "core/scenario/schema_fields.h"

namespace halfopen {

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

void applyLatencyFault(const void *config, std::uint64_t bits, FaultDecision &decision)
{
    const auto &c = *static_cast<const LatencyFaultConfig *>(config);
    if (!chance(bits, Probability(c.probability).threshold()))
        return;
    decision.delay += c.add;
    decision.delayPerRequest += c.perRequest;
    decision.slowdownPermille =
        decision.slowdownPermille * static_cast<std::int64_t>(c.factor * 1000 + 0.5) / 1000;
}

} // namespace halfopen
