// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/initial_state.h"

#include "core/policies/breaker.h"
#include "core/policies/registry.h"

#include <memory>

namespace halfopen {

BreakerState initialState(const RunRecord &record, std::uint32_t breaker)
{
    if (!record.scenario || breaker >= record.breakers.size())
        return BreakerState::Closed;
    const BreakerInfo &info = record.breakers[breaker];
    if (info.edge >= record.edges.size())
        return BreakerState::Closed;
    const PolicyStackSpec *stack = record.scenario->findStack(record.edges[info.edge].stack);
    if (!stack || info.layer >= stack->layers.size() || !stack->layers[info.layer].type->isBreaker)
        return BreakerState::Closed; // an instance that is judged is never away from the beginning
    const PolicySpec &layer = stack->layers[info.layer];
    // What a breaker of any dialect makes of its settings only it knows itself.
    const std::unique_ptr<Policy> policy = layer.type->create(layer.settings.config());
    return static_cast<const Breaker &>(*policy).snapshot(Instant()).state;
}

} // namespace halfopen
