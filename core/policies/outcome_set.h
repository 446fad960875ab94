// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/policies/outcome.h"

#include <initializer_list>
#include <string>
#include <vector>

namespace halfopen {

/// Some of the outcome kinds, as one bit each: the compiled form of lists such as `retry_on`.
class OutcomeSet {
public:
    constexpr OutcomeSet() = default;
    constexpr OutcomeSet(std::initializer_list<OutcomeKind> kinds)
    {
        for (const OutcomeKind kind : kinds)
            m_bits |= bit(kind);
    }
    /// The kinds with these names; unknown names are skipped (the schema's choices refuse them earlier).
    static OutcomeSet fromNames(const std::vector<std::string> &names);

    constexpr bool contains(OutcomeKind kind) const { return (m_bits & bit(kind)) != 0; }
    constexpr OutcomeSet with(OutcomeSet other) const
    {
        OutcomeSet all;
        all.m_bits = m_bits | other.m_bits;
        return all;
    }
    constexpr OutcomeSet without(OutcomeSet other) const
    {
        OutcomeSet rest;
        rest.m_bits = m_bits & ~other.m_bits;
        return rest;
    }
    friend constexpr bool operator==(OutcomeSet, OutcomeSet) = default;

private:
    static constexpr std::uint32_t bit(OutcomeKind kind) { return 1u << static_cast<unsigned>(kind); }
    std::uint32_t m_bits = 0;
};

/// What says that the dependency is in trouble. Refusals of the caller's own policies say nothing about
/// it, a cancelled call says nothing at all.
inline constexpr OutcomeSet kDependencyFailures = {
    OutcomeKind::Error,
    OutcomeKind::Timeout,
    OutcomeKind::Rejected,
    OutcomeKind::ConnectionRefused,
    OutcomeKind::ConnectionReset,
};

/// Everything that is not good, except a cancelled call.
inline constexpr OutcomeSet kEveryFailure = kDependencyFailures.with({
    OutcomeKind::CircuitBreakerOpen,
    OutcomeKind::BulkheadFull,
    OutcomeKind::RateLimited,
    OutcomeKind::Throttled,
    OutcomeKind::Unhealthy,
});

/// The names of \a set in the order of OutcomeKind.
std::vector<std::string> outcomeNames(OutcomeSet set);
/// The names of every kind that is not good and not `cancelled`, for the choices of a schema field.
std::vector<std::string_view> failureNames();

} // namespace halfopen
