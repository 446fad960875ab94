// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulators/faults/reset.h"

#include "core/scenario/schema_fields.h"
#include "simulators/faults/fault_math.h"

#include <algorithm>

namespace halfopen {

const Schema &resetFaultSchema()
{
    using C = ResetFaultConfig;
    static const Schema schema = {
        .key = "reset",
        .title = "Reset",
        .summary = "Connections break while their request is worked on.",
        .shorthand = "after",
        .fields = {
            schema::field<&C::after>({.key = "after", .type = ValueType::Probability,
                                      .help = "Share of the work that is done when the connection breaks: the worker was busy "
                                              "for as long, and stops. 0% breaks when the work begins.",
                                      .min = 0.0, .max = 1.0}),
            schema::field<&C::probability>({.key = "probability", .type = ValueType::Probability,
                                            .help = "Share of the requests that are affected.",
                                            .min = 0.0, .max = 1.0}),
        },
        .create = &schema::create<C>,
        .clone = &schema::clone<C>,
    };
    return schema;
}

void applyResetFault(const void *config, const FaultDraw &draw, FaultDecision &decision)
{
    const auto &c = *static_cast<const ResetFaultConfig *>(config);
    if (!isHit(c.probability, draw))
        return;
    decision.fail = true;
    decision.outcome = {.kind = OutcomeKind::ConnectionReset};
    decision.workPermille = std::min(decision.workPermille, static_cast<std::int64_t>(c.after * 1000 + 0.5));
}

} // namespace halfopen
