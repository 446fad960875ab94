// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/instant.h"
#include "core/policies/outcome.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace halfopen {

enum class BreakerState : std::uint8_t { Closed, Open, HalfOpen, ForcedOpen, Disabled, MetricsOnly };

/// "CLOSED", "OPEN", "HALF_OPEN", "FORCED_OPEN", "DISABLED", "METRICS_ONLY".
std::string_view breakerStateName(BreakerState state);

/// Why a breaker changed its state: everything needed to explain it without the breaker.
struct TransitionReason {
    enum class Kind : std::uint8_t {
        ConsecutiveFailures,    ///< `observed` failures in a row reached `threshold`
        FailureRate,            ///< `observed` (0..1) of the window's calls failed, >= `threshold`
        SlowCallRate,           ///< `observed` (0..1) of the window's calls were slow, >= `threshold`
        RecoveryTimeoutElapsed, ///< OPEN lasted `threshold` seconds
        TrialsSucceeded,        ///< `observed` trial calls in a row went well, of `threshold` wanted
        TrialFailed,            ///< one trial call failed
        Manual,                 ///< set by hand
        SettingsChanged,        ///< new settings were already exceeded, or ended the wait
        RateBelowThreshold,     ///< `observed` (0..1) of the trial calls failed, < `threshold` (other dialects)
        HalfOpenTooLong,        ///< HALF_OPEN lasted `threshold` seconds without a verdict (other dialects)
        TotalFailures,          ///< `observed` failures in all reached `threshold` (other dialects)
        GatewayFailuresInARow,  ///< `observed` of them in a row reached `threshold` (of an instance)
        LocalFailuresInARow,    ///< `observed` failures without an answer in a row reached `threshold` (of an instance)
        SuccessRateOutlier,     ///< `observed` (0..1) of the instance's calls went well, < `threshold` that the others set
        EjectionOver,           ///< the instance was away for `observed` seconds, of `threshold` wanted
    };
    Kind kind = Kind::Manual;
    OutcomeKind decidingOutcome = OutcomeKind::Success; ///< of the deciding call
    bool hasDecidingCall = false;
    std::uint32_t windowCalls = 0;    ///< calls in the window at that moment
    std::uint32_t windowFailures = 0; ///< failed ones of them
    std::uint32_t windowSlow = 0;     ///< slow ones of them
    std::uint32_t consecutiveFailures = 0;
    double observed = 0;              ///< see Kind
    double threshold = 0;             ///< see Kind
    std::uint64_t decidingCall = 0;   ///< key of the call whose end (or arrival) decided
};

/// One sentence for a person, for example
/// "failure rate 52.4 % of 21 calls reached the threshold of 50 %; decided by call 8812 (timeout)".
std::string describe(const TransitionReason &reason);

/// What a policy did that a record must keep. A value: nothing refers back into the policy.
struct PolicyEvent {
    Instant at;
    BreakerState from = BreakerState::Closed;
    BreakerState to = BreakerState::Closed;
    std::uint16_t part = 0; ///< of a policy that judges instances: which; OPEN = ejected
    TransitionReason reason;
};

} // namespace halfopen
