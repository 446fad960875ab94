// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulators/faults/crash.h"

#include "core/scenario/schema_fields.h"

#include <array>

namespace halfopen {

std::span<const std::string_view> enumNames(CrashFaultConfig::Connections)
{
    static constexpr std::array<std::string_view, 2> names = {"reset", "silent"};
    return names;
}

const Schema &crashFaultSchema()
{
    using C = CrashFaultConfig;
    static const Schema schema = {
        .key = "crash",
        .title = "Crash and restart",
        .summary = "Instances stop, lose what waits and what is worked on, and start again when the fault ends.",
        .shorthand = "connections",
        .fields = {
            schema::field<&C::connections>(
                {.key = "connections", .type = ValueType::Choice,
                 .help = "reset: a process died. Its callers hear at once that their connections are gone, and new ones are "
                         "refused. silent: the machine is gone. Callers hear nothing, and new requests vanish.",
                 .choices = {"reset", "silent"}}),
        },
        .create = &schema::create<C>,
        .clone = &schema::clone<C>,
    };
    return schema;
}

unsigned crashFaultStages(const void *)
{
    return kAtArrival | kOnInstances;
}

void applyCrashFault(const void *config, const FaultDraw &, FaultDecision &decision)
{
    const auto &c = *static_cast<const CrashFaultConfig *>(config);
    decision.crashes = true;
    if (c.connections == CrashFaultConfig::Connections::Silent) {
        decision.crashesSilently = true;
        decision.blackHole = true;
        return;
    }
    decision.refuse = true;
    decision.outcome = {.kind = OutcomeKind::ConnectionRefused};
}

} // namespace halfopen
