// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/policies/policy.h"
#include "core/policies/sliding_window.h"

#include <optional>

namespace halfopen {

/// A breaker at one moment, for views and tests. A value.
struct BreakerSnapshot {
    BreakerState state = BreakerState::Closed;
    WindowCounts window;                   ///< the calls it judges by; in HALF_OPEN the finished trials
    std::uint32_t consecutiveFailures = 0; ///< up to now, in CLOSED
    std::uint32_t trialsInFlight = 0;      ///< in HALF_OPEN
    std::uint32_t trialsSucceeded = 0;     ///< in HALF_OPEN
    std::uint32_t generation = 0;          ///< +1 with each change of state
    std::optional<Instant> nextTrialAt;    ///< in OPEN: the first instant at which a call may go through

    double failureRate() const { return window.calls ? double(window.failures) / window.calls : 0.0; }
    double slowCallRate() const { return window.calls ? double(window.slow) / window.calls : 0.0; }
};

/// What every dialect of a circuit breaker can do beyond being a policy.
class Breaker : public Policy {
public:
    [[nodiscard]] virtual BreakerSnapshot snapshot(Instant now) const = 0;
    /// By hand, with a Manual event. Counters begin anew. OPEN starts a whole recovery timeout. DISABLED and FORCED_OPEN are the lab's own where
    /// a library lacks them (gobreaker has neither). False if the dialect has no such state, or no way to it: then nothing has changed.
    virtual bool force(Instant now, BreakerState state) = 0;
};

} // namespace halfopen
