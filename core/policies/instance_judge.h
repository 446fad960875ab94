// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/instant.h"

#include <cstdint>
#include <vector>

namespace halfopen {

struct PolicyCall; // core/policies/policy.h

/// The side of a policy that looks at the instances behind a dependency: it hears where each request went, and the balancer asks it
/// whom to pass over. The driver finds it by Policy::instanceJudge().
///
/// A driver that knows no instances never calls it; such a policy then judges nothing and passes over nobody.
class InstanceJudge {
public:
    virtual ~InstanceJudge() = default;

    /// The dependency has instances 0 to \a count - 1. Called once, before the first call.
    virtual void setInstances(std::uint32_t count) = 0;
    /// The latest request of \a call has gone to \a instance, so that the outcome that comes is that instance's. May be called
    /// several times within one call: the last one holds.
    virtual void onSent(PolicyCall &call, std::uint32_t instance) = 0;

    /// Whether the balancer passes over \a instance.
    bool passesOver(std::uint32_t instance) const { return m_passesOverAny && m_passedOver[instance] != 0; }
    bool passesOverAny() const { return m_passesOverAny; }

protected:
    std::vector<std::uint8_t> m_passedOver; ///< by instance
    bool m_passesOverAny = false;           ///< one of m_passedOver is set
};

} // namespace halfopen
