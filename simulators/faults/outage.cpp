// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulators/faults/outage.h"

#include "core/scenario/schema_fields.h"
#include "simulators/faults/fault_math.h"

#include <array>

namespace halfopen {

std::span<const std::string_view> enumNames(OutageFaultConfig::Mode)
{
    static constexpr std::array<std::string_view, 4> names = {"refuse", "reset", "black_hole", "hold"};
    return names;
}

const Schema &outageFaultSchema()
{
    using C = OutageFaultConfig;
    static const Schema schema = {
        .key = "outage",
        .title = "Outage",
        .summary = "New requests are refused, reset, never answered or held back.",
        .shorthand = "mode",
        .fields = {
            schema::field<&C::mode>({.key = "mode", .type = ValueType::Choice,
                                     .help = "refuse: the connection is refused at once. reset: the connection breaks at once. "
                                             "black_hole: no answer ever comes, so that only a timeout frees the caller. "
                                             "hold: the network keeps them and delivers all of them, in the order of sending, "
                                             "when the outage ends.",
                                     .choices = {"refuse", "reset", "black_hole", "hold"}}),
            schema::field<&C::probability>({.key = "probability", .type = ValueType::Probability,
                                            .help = "Share of the requests that are affected.",
                                            .min = 0.0, .max = 1.0}),
        },
        .create = &schema::create<C>,
        .clone = &schema::clone<C>,
    };
    return schema;
}

void applyOutageFault(const void *config, const FaultDraw &draw, FaultDecision &decision)
{
    const auto &c = *static_cast<const OutageFaultConfig *>(config);
    if (!isHit(c.probability, draw))
        return;
    switch (c.mode) {
    case OutageFaultConfig::Mode::Refuse:
        decision.refuse = true;
        decision.outcome = {.kind = OutcomeKind::ConnectionRefused};
        break;
    case OutageFaultConfig::Mode::Reset:
        decision.refuse = true;
        decision.outcome = {.kind = OutcomeKind::ConnectionReset};
        break;
    case OutageFaultConfig::Mode::BlackHole:
        decision.blackHole = true;
        break;
    case OutageFaultConfig::Mode::Hold:
        decision.hold = true;
        break;
    }
}

} // namespace halfopen
