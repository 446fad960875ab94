// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulators/faults/lost_rejections.h"

#include "core/scenario/schema_fields.h"
#include "simulators/faults/fault_math.h"

namespace halfopen {

const Schema &lostRejectionsFaultSchema()
{
    using C = LostRejectionsFaultConfig;
    static const Schema schema = {
        .key = "lost_rejections",
        .title = "Lost rejections",
        .summary = "Who finds the queue full hears nothing, so that only a timeout frees the caller.",
        .shorthand = "probability",
        .fields = {
            schema::field<&C::probability>({.key = "probability", .type = ValueType::Probability,
                                            .help = "Share of the requests that are affected: a full queue drops these in "
                                                    "silence, as packets are, and answers the others as rejected.",
                                            .min = 0.0, .max = 1.0}),
        },
        .create = &schema::create<C>,
        .clone = &schema::clone<C>,
    };
    return schema;
}

void applyLostRejectionsFault(const void *config, const FaultDraw &draw, FaultDecision &decision)
{
    const auto &c = *static_cast<const LostRejectionsFaultConfig *>(config);
    decision.losesRejection = decision.losesRejection || isHit(c.probability, draw);
}

} // namespace halfopen
