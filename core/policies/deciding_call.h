// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/policies/policy_event.h"

#include <optional>

namespace halfopen {

/// How the call ended that decided a transition. Empty if none decided, or if it decided by arriving: the first call after the wait
/// of OPEN is let through as a trial, and nobody knows yet how it will end.
inline std::optional<OutcomeKind> decidingOutcomeOf(const TransitionReason &reason)
{
    if (!reason.hasDecidingCall || reason.kind == TransitionReason::Kind::RecoveryTimeoutElapsed)
        return std::nullopt;
    return reason.decidingOutcome;
}

} // namespace halfopen
