// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulators/faults/capacity_loss.h"

#include "core/scenario/schema_fields.h"

namespace halfopen {

const Schema &capacityLossFaultSchema()
{
    using C = CapacityLossFaultConfig;
    static const Schema schema = {
        .key = "capacity_loss",
        .title = "Capacity loss",
        .summary = "Workers begin no new work; what they work on is finished. 100% freezes the service: requests wait.",
        .shorthand = "share",
        .fields = {
            schema::field<&C::share>({.key = "share", .type = ValueType::Probability,
                                      .help = "Share of the workers of each instance that are away. What is left is rounded "
                                              "down: half of one worker is none.",
                                      .min = 0.0, .max = 1.0}),
        },
        .create = &schema::create<C>,
        .clone = &schema::clone<C>,
    };
    return schema;
}

void applyCapacityLossFault(const void *config, const FaultDraw &draw, FaultDecision &decision)
{
    const auto &c = *static_cast<const CapacityLossFaultConfig *>(config);
    const auto left = static_cast<std::int64_t>((1 - c.share * draw.strength) * 1000 + 0.5);
    decision.workersPermille = decision.workersPermille * left / 1000;
}

} // namespace halfopen
