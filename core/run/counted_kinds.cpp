// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/counted_kinds.h"

#include "core/policies/circuit_breaker_config.h"
#include "core/policies/dialects/sentinel_circuit_breaker.h"
#include "core/policies/registry.h"

#include <string>
#include <string_view>

namespace halfopen {

CountedKinds countedKinds(const RunRecord &record, std::uint32_t edge, std::uint32_t layer)
{
    if (!record.scenario || edge >= record.edges.size())
        return {};
    const std::string &name = record.edges[edge].stack;
    const PolicyStackSpec *stack = record.scenario->findStack(name);
    if (!stack || layer >= stack->layers.size() || !stack->layers[layer].type->isBreaker)
        return {};
    const PolicySpec &spec = stack->layers[layer];
    const std::string path = "policies." + name + "." + std::to_string(layer) + ".";
    for (std::size_t i = 0; i < record.changes.size(); ++i)
        for (const std::string_view key : {"slow_call.duration", "grade"})
            if (record.changes[i].path == path + std::string(key))
                return {};
    const std::string_view dialect = spec.type->dialect;
    if (dialect == "halfopen")
        return {.slow = static_cast<const CircuitBreakerConfig *>(spec.settings.config())->slowCall.duration.has_value()};
    if (dialect == "resilience4j")
        return {};
    const bool isBySlowness =
        dialect == "sentinel" && static_cast<const SentinelConfig *>(spec.settings.config())->grade == SentinelGrade::SlowRequestRatio;
    return {.failures = !isBySlowness, .slow = isBySlowness};
}

} // namespace halfopen
