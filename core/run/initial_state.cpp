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
    // What a breaker of any dialect makes of its settings only it knows itself. A policy that stands in for one, to look
    // at it, need not be one.
    const std::unique_ptr<Policy> policy = layer.type->create(layer.settings.config());
    const auto *known = dynamic_cast<const Breaker *>(policy.get());
    return known ? known->snapshot(Instant()).state : BreakerState::Closed;
}

std::vector<BreakerState> initialStates(const RunRecord &record)
{
    std::vector<BreakerState> states;
    states.reserve(record.breakers.size());
    for (std::uint32_t i = 0; i < record.breakers.size(); ++i) {
        const BreakerInfo &info = record.breakers[i];
        const bool isOfTheSame = i > 0 && info.edge == record.breakers[i - 1].edge && info.layer == record.breakers[i - 1].layer;
        states.push_back(isOfTheSame ? states.back() : initialState(record, i));
    }
    return states;
}

} // namespace halfopen
