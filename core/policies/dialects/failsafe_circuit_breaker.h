// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/policies/dialects/library_breaker.h"
#include "core/policies/sliding_window.h"
#include "core/scenario/schema.h"

#include <string>
#include <vector>

namespace halfopen {

/// The two libraries of one design; they round a rate differently.
enum class FailsafeImplementation : std::uint8_t { Go, Java };
std::span<const std::string_view> enumNames(FailsafeImplementation);

/// Settings under the library's own names (in snake case), with the library's defaults.
struct FailsafeBreakerConfig {
    std::string dialect = "failsafe";
    FailsafeImplementation implementation = FailsafeImplementation::Go;
    std::int64_t failureThreshold = 1;
    std::optional<std::int64_t> failureThresholdingCapacity; ///< none = failureThreshold: failures in a row
    std::optional<Duration> failureThresholdingPeriod;       ///< given: counted over time instead of over calls
    std::optional<double> failureRateThreshold;              ///< share; needs the period
    std::int64_t failureExecutionThreshold = 0;              ///< calls needed; 0 = failureThreshold with a period, else none
    Duration delay = std::chrono::minutes(1);
    std::optional<std::int64_t> successThreshold;            ///< none: HALF_OPEN judges by the failure rule
    std::optional<std::int64_t> successThresholdingCapacity; ///< none = successThreshold
    std::vector<std::string> handle;                         ///< empty = every failure
    CancelledAs cancelled = CancelledAs::Failure;

    std::int64_t failureCapacity() const { return failureThresholdingCapacity.value_or(failureThreshold); }
    std::int64_t executionsNeeded() const;
    /// Trials in flight in HALF_OPEN, and the calls it looks at.
    std::int64_t trialCapacity() const;
    friend bool operator==(const FailsafeBreakerConfig &, const FailsafeBreakerConfig &) = default;
};

const Schema &failsafeBreakerSchema();

/// The circuit breaker of failsafe-go and of Failsafe for Java, rule by rule. The dialect `failsafe`.
///
/// What differs from the dialect `halfopen`:
/// - Judged after every result. "n of the last m" does not wait for m calls: n failures among the first n trip it.
/// - A window of time is ten buckets, which are dropped only when a result is recorded; cut at whole multiples of their length (go)
///   or from the beginning of CLOSED on (Java).
/// - HALF_OPEN judges early: with a success threshold of n of m it opens as soon as n can no longer be reached; without one it uses the
///   failure rule. Its permits limit the trials in flight: each result gives one back, also a late one of a call admitted before.
/// - A result counts in the state it arrives in. In OPEN it goes to the calls that opened it and moves nothing.
/// - OPEN ends at exactly the delay, at the next call.
///
/// Source: failsafe-go 0.9.7 (circuitbreaker/circuitstates.go, internal/util/stats.go), Failsafe 3 (ClosedState, HalfOpenState).
class FailsafeCircuitBreaker final : public LibraryBreaker {
public:
    explicit FailsafeCircuitBreaker(const FailsafeBreakerConfig &config);
    /// The same settings change nothing; others begin a new CLOSED with empty counts.
    void reconfigure(Instant now, const void *config) override;

private:
    /// What the library compares: in shares (go) or whole percents (Java), both from whole percents.
    bool isRateReached(std::uint32_t part, std::uint32_t whole) const;
    void apply(const FailsafeBreakerConfig &config);
    void onResult(Instant now, const End &end) override;
    void judgeClosed(Instant now, const End &end);
    void judgeTrials(Instant now, const End &end);
    void onEntered(Instant now) override;
    WindowCounts windowAt(Instant) const override { return counts(); }
    void showWindow(Instant now, Explanation &e) const override;
    void showRules(Instant now, Explanation &e) const override;
    Instant trialFrom(Instant now) const override { return now + m_config.delay; }

    const WindowCounts &counts() const;
    void record(Instant now, bool failed);

    bool m_byTime = false;      ///< CLOSED counts over time
    bool m_looksAtTrials = false; ///< the calls of HALF_OPEN are the ones at hand (also in the OPEN that follows)
    CountWindow m_calls;
    TimeWindow m_period;
    CountWindow m_trialCalls;
    FailsafeBreakerConfig m_config;
};

} // namespace halfopen
