// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulators/faults/flap.h"

#include "core/scenario/schema_fields.h"
#include "simulators/faults/crash.h"
#include "simulators/faults/outage.h"

#include <algorithm>
#include <array>

namespace halfopen {

std::span<const std::string_view> enumNames(FlapFaultConfig::Mode)
{
    static constexpr std::array<std::string_view, 4> names = {"refuse", "reset", "black_hole", "crash"};
    return names;
}

const Schema &flapFaultSchema()
{
    using C = FlapFaultConfig;
    using namespace std::chrono_literals;
    static const Schema schema = {
        .key = "flap",
        .title = "Flap",
        .summary = "Goes down and comes back, again and again.",
        .shorthand = "period",
        .fields = {
            schema::field<&C::period>({.key = "period", .type = ValueType::Duration,
                                       .help = "From one going down to the next. Each period begins with being down.",
                                       .min = Duration(1ms), .max = Duration(720h)}),
            schema::field<&C::down>({.key = "down", .type = ValueType::Probability,
                                     .help = "Share of each period that it is down.",
                                     .min = 0.001, .max = 0.999}),
            schema::field<&C::mode>({.key = "mode", .type = ValueType::Choice,
                                     .help = "What being down means. refuse: connections are refused. reset: they break at once. "
                                             "black_hole: requests vanish. crash: refused, and what waits or is worked on is "
                                             "lost each time.",
                                     .choices = {"refuse", "reset", "black_hole", "crash"}}),
        },
        .create = &schema::create<C>,
        .clone = &schema::clone<C>,
    };
    return schema;
}

unsigned flapFaultStages(const void *config)
{
    const bool crashes = static_cast<const FlapFaultConfig *>(config)->mode == FlapFaultConfig::Mode::Crash;
    return crashes ? crashFaultStages(nullptr) : static_cast<unsigned>(kAtArrival);
}

FaultCycle flapFaultCycle(const void *config)
{
    const auto &c = *static_cast<const FlapFaultConfig *>(config);
    const auto down = static_cast<std::int64_t>(static_cast<double>(c.period.count()) * c.down + 0.5);
    return {c.period, Duration(std::clamp<std::int64_t>(down, 1, c.period.count() - 1))};
}

void applyFlapFault(const void *config, const FaultDraw &draw, FaultDecision &decision)
{
    const auto mode = static_cast<const FlapFaultConfig *>(config)->mode;
    if (mode == FlapFaultConfig::Mode::Crash) {
        const CrashFaultConfig crash;
        applyCrashFault(&crash, draw, decision);
        return;
    }
    OutageFaultConfig outage;
    outage.mode = mode == FlapFaultConfig::Mode::Refuse  ? OutageFaultConfig::Mode::Refuse
                  : mode == FlapFaultConfig::Mode::Reset ? OutageFaultConfig::Mode::Reset
                                                         : OutageFaultConfig::Mode::BlackHole;
    applyOutageFault(&outage, draw, decision);
}

} // namespace halfopen
