// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulators/faults/partition.h"

#include "core/scenario/schema_fields.h"
#include "simulators/faults/fault_math.h"

#include <array>

namespace halfopen {

std::span<const std::string_view> enumNames(PartitionFaultConfig::Direction)
{
    static constexpr std::array<std::string_view, 3> names = {"both", "requests", "answers"};
    return names;
}

const Schema &partitionFaultSchema()
{
    using C = PartitionFaultConfig;
    static const Schema schema = {
        .key = "partition",
        .title = "Partition",
        .summary = "The network loses what goes between callers and service, both ways or one way.",
        .shorthand = "loses",
        .fields = {
            schema::field<&C::loses>({.key = "loses", .type = ValueType::Choice,
                                      .help = "requests: they never arrive. answers: the work is done and nobody hears of it, and "
                                              "nobody hears of a refusal, a rejection or a crash either. "
                                              "both: also the answers to what arrived before. Lost is lost: only a timeout "
                                              "frees the caller.",
                                      .choices = {"both", "requests", "answers"}}),
            schema::field<&C::probability>({.key = "probability", .type = ValueType::Probability,
                                            .help = "Share of the requests that are affected.",
                                            .min = 0.0, .max = 1.0}),
        },
        .create = &schema::create<C>,
        .clone = &schema::clone<C>,
    };
    return schema;
}

unsigned partitionFaultStages(const void *config)
{
    switch (static_cast<const PartitionFaultConfig *>(config)->loses) {
    case PartitionFaultConfig::Direction::Requests:
        return kAtArrival;
    case PartitionFaultConfig::Direction::Answers:
        return kAtAnswer;
    case PartitionFaultConfig::Direction::Both:
        break;
    }
    return kAtArrival | kAtAnswer;
}

void applyPartitionFault(const void *config, const FaultDraw &draw, FaultDecision &decision)
{
    const auto &c = *static_cast<const PartitionFaultConfig *>(config);
    if (!isHit(c.probability, draw))
        return;
    using Direction = PartitionFaultConfig::Direction;
    decision.blackHole = decision.blackHole || c.loses != Direction::Answers;
    decision.losesAnswer = decision.losesAnswer || c.loses != Direction::Requests;
}

} // namespace halfopen
