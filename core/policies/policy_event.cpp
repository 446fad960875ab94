// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/policies/policy_event.h"

#include "core/base/check.h"
#include "core/base/grouped_digits.h"

#include <array>
#include <cmath>
#include <cstdio>

namespace halfopen {

namespace {

constexpr std::array<std::string_view, 6> kStateNames = {
    "CLOSED", "OPEN", "HALF_OPEN", "FORCED_OPEN", "DISABLED", "METRICS_ONLY",
};

/// At most one decimal, none when it would be 0: "52.4", "50", "1,394".
std::string decimal(double value)
{
    char text[32];
    const double rounded = std::round(value * 10) / 10;
    std::snprintf(text, sizeof text, rounded == std::floor(rounded) ? "%.0f" : "%.1f", rounded);
    return groupedDigits(text);
}

/// A share 0..1 as "52.4 %".
std::string percent(double share)
{
    return decimal(share * 100) + " %";
}

/// A time in seconds as "5 s" or "250 ms".
std::string seconds(double value)
{
    return value < 1 ? decimal(value * 1000) + " ms" : decimal(value) + " s";
}

std::string calls(double count)
{
    return decimal(count) + (count == 1 ? " call" : " calls");
}

/// "; decided by call 8812 (timeout)", or nothing.
std::string decidingCall(const TransitionReason &reason)
{
    if (!reason.hasDecidingCall)
        return {};
    return "; decided by call " + std::to_string(reason.decidingCall) + " ("
        + std::string(outcomeName(reason.decidingOutcome)) + ")";
}

std::string rate(const char *what, const TransitionReason &reason)
{
    return std::string(what) + " " + percent(reason.observed) + " of " + calls(reason.windowCalls)
        + " reached the threshold of " + percent(reason.threshold) + decidingCall(reason);
}

} // namespace

std::string_view breakerStateName(BreakerState state)
{
    const auto index = static_cast<std::size_t>(state);
    HALFOPEN_CHECK(index < kStateNames.size());
    return kStateNames[index];
}

std::string describe(const TransitionReason &reason)
{
    switch (reason.kind) {
    case TransitionReason::Kind::ConsecutiveFailures:
        return decimal(reason.observed) + (reason.observed == 1 ? " failure" : " failures")
            + " in a row reached the threshold of " + decimal(reason.threshold) + decidingCall(reason);
    case TransitionReason::Kind::FailureRate:
        return rate("failure rate", reason);
    case TransitionReason::Kind::SlowCallRate:
        return rate("slow-call rate", reason);
    case TransitionReason::Kind::RecoveryTimeoutElapsed: {
        const std::string text = "open for " + seconds(reason.observed) + ", the recovery timeout of "
            + seconds(reason.threshold) + " is over";
        if (!reason.hasDecidingCall)
            return text;
        return text + "; call " + std::to_string(reason.decidingCall) + " is the first trial";
    }
    case TransitionReason::Kind::TrialsSucceeded:
        return decimal(reason.observed) + " trial " + (reason.observed == 1 ? "call" : "calls")
            + " went well, " + decimal(reason.threshold) + " wanted" + decidingCall(reason);
    case TransitionReason::Kind::TrialFailed: {
        const bool wasSlow = isGood(reason.decidingOutcome);
        return std::string(wasSlow ? "a trial call was too slow" : "a trial call failed") + decidingCall(reason);
    }
    case TransitionReason::Kind::Manual:
        return "set by hand";
    case TransitionReason::Kind::SettingsChanged:
        return "new settings, already met by what was counted (" + decimal(reason.observed) + " against "
            + decimal(reason.threshold) + ")";
    case TransitionReason::Kind::RateBelowThreshold:
        return std::string("failure rate ") + percent(reason.observed) + " of " + calls(reason.windowCalls)
            + " on trial is below the threshold of " + percent(reason.threshold) + decidingCall(reason);
    case TransitionReason::Kind::HalfOpenTooLong:
        return std::string("half-open for ") + seconds(reason.threshold) + " without a verdict";
    case TransitionReason::Kind::TotalFailures:
        return decimal(reason.observed) + (reason.observed == 1 ? " failure" : " failures") + " in all reached the threshold of " + decimal(reason.threshold)
            + decidingCall(reason);
    case TransitionReason::Kind::GatewayFailuresInARow:
        return decimal(reason.observed) + " gateway failures in a row reached the threshold of " + decimal(reason.threshold)
            + decidingCall(reason);
    case TransitionReason::Kind::LocalFailuresInARow:
        return decimal(reason.observed) + (reason.observed == 1 ? " failure" : " failures") + " in a row without an answer reached the threshold of "
            + decimal(reason.threshold) + decidingCall(reason);
    case TransitionReason::Kind::SuccessRateOutlier:
        return "success rate " + percent(reason.observed) + " of " + calls(reason.windowCalls) + " is below "
            + percent(reason.threshold) + ", which the other instances set";
    case TransitionReason::Kind::EjectionOver:
        return "ejected for " + seconds(reason.observed) + ", the ejection time of " + seconds(reason.threshold) + " is over";
    }
    return {};
}

} // namespace halfopen
