// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulators/faults/black_hole.h"

#include "core/scenario/schema_fields.h"
#include "simulators/faults/fault_math.h"

namespace halfopen {

const Schema &blackHoleFaultSchema()
{
    using C = BlackHoleFaultConfig;
    static const Schema schema = {
        .key = "black_hole",
        .title = "Black hole",
        .summary = "Requests vanish: no answer ever comes, so that only a timeout frees the caller.",
        .shorthand = "probability",
        .fields = {
            schema::field<&C::probability>({.key = "probability", .type = ValueType::Probability,
                                            .help = "Share of the requests that vanish.",
                                            .min = 0.0, .max = 1.0}),
        },
        .create = &schema::create<C>,
        .clone = &schema::clone<C>,
    };
    return schema;
}

void applyBlackHoleFault(const void *config, const FaultDraw &draw, FaultDecision &decision)
{
    const auto &c = *static_cast<const BlackHoleFaultConfig *>(config);
    if (!isHit(c.probability, draw))
        return;
    decision.blackHole = true;
}

} // namespace halfopen
