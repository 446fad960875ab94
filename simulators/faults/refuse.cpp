// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulators/faults/refuse.h"

#include "core/scenario/schema_fields.h"
#include "simulators/faults/fault_math.h"

namespace halfopen {

const Schema &refuseFaultSchema()
{
    using C = RefuseFaultConfig;
    static const Schema schema = {
        .key = "refuse",
        .title = "Refuse",
        .summary = "Connections are refused at once: nothing listens there.",
        .shorthand = "probability",
        .fields = {
            schema::field<&C::probability>({.key = "probability", .type = ValueType::Probability,
                                            .help = "Share of the requests that are refused.",
                                            .min = 0.0, .max = 1.0}),
        },
        .create = &schema::create<C>,
        .clone = &schema::clone<C>,
    };
    return schema;
}

void applyRefuseFault(const void *config, const FaultDraw &draw, FaultDecision &decision)
{
    const auto &c = *static_cast<const RefuseFaultConfig *>(config);
    if (!isHit(c.probability, draw))
        return;
    decision.refuse = true;
    decision.outcome = {.kind = OutcomeKind::ConnectionRefused};
}

} // namespace halfopen
