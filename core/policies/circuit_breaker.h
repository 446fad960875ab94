// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/policies/breaker.h"
#include "core/policies/circuit_breaker_config.h"
#include "core/policies/outcome_set.h"
#include "core/policies/sliding_window.h"

namespace halfopen {

/// Stops calls to a dependency that is failing, then lets a few trial calls through. The dialect `halfopen`.
///
///   CLOSED ──(failures in a row | failure rate | slow-call rate)──> OPEN
///   OPEN ──(first call at or after openedAt + recovery_timeout)──> HALF_OPEN
///   HALF_OPEN ──(success_threshold trials went well)──> CLOSED
///   HALF_OPEN ──(one trial failed or was too slow)──> OPEN
///
/// The rules, where libraries differ:
/// - Rates are compared with >= after every counted call of CLOSED, also after a success: a closed breaker's window
///   is never over its threshold once it holds window.minimum_calls.
/// - Slow is duration > slow_call.duration (strict), from admit() to the end. With slow_call.rate_threshold set, a slow
///   trial is a failed trial.
/// - HALF_OPEN: at most half_open_max_calls trials are in flight; a finished trial frees its place. Trials in flight
///   and trials that went well together never exceed the larger of success_threshold and half_open_max_calls, so no more are
///   let through than can be needed; a larger half_open_max_calls buys spares against trials that hang.
/// - A call counts only in the stay (generation) it was admitted in. One that ends after a transition is dropped.
/// - Cancelled, whitelisted and refused-further-in outcomes give the place back and count nothing.
/// - `timeout` ends the call with outcome `timeout`, which counts as a failure (unless whitelisted).
/// - The window is frozen while OPEN and empty again on closing.
/// - METRICS_ONLY admits everything and reports each crossing of a threshold as a METRICS_ONLY -> METRICS_ONLY event.
///
/// Cost of a call in CLOSED: no allocation, no division; see tests/bench/bench_policies.cpp.
/// Source: M. Nygard, "Release It!", 2nd ed., chapter 5; the numbers of trials are ours.
class CircuitBreaker final : public Breaker {
public:
    /// Bytes of call state.
    static constexpr std::size_t kStateBytes = 16;

    /// \a config is already valid (see the schema).
    explicit CircuitBreaker(const CircuitBreakerConfig &config);

    [[nodiscard]] Admission admit(Instant now, PolicyCall &call) override;
    [[nodiscard]] Verdict onOutcome(Instant now, PolicyCall &call, Outcome outcome) override;
    [[nodiscard]] Verdict onDeadline(Instant now, PolicyCall &call) override;
    void onCancelled(Instant now, PolicyCall &call) override;

    /// The state, the counts and the start of OPEN stay; new thresholds judge them at once (in METRICS_ONLY a crossing is reported at
    /// once). A window that changes its kind begins empty; one that shrinks keeps its newest calls.
    void reconfigure(Instant now, const void *config) override;

    [[nodiscard]] BreakerSnapshot snapshot(Instant now) const override;
    [[nodiscard]] Explanation explain(Instant now) const override;
    bool force(Instant now, BreakerState state) override;

private:
    using Kind = TransitionReason::Kind;
    /// What a call carries: 16 bytes. `generation` 0 means that nothing is owed (never admitted, or ended).
    struct CallState {
        std::int64_t admittedNs;
        std::uint32_t generation;
    };
    static_assert(sizeof(CallState) <= kStateBytes);

    void apply(const CircuitBreakerConfig &config);
    [[gnu::noinline]] Admission admitByState(Instant now, PolicyCall &call);
    Admission letThrough(Instant now, PolicyCall &call);
    Admission refuse(Instant now) const;
    bool hasRoomForTrial() const;

    void record(Instant now, bool failed, bool wasSlow);
    bool isOver() const;
    TransitionReason reasonOver() const;
    [[gnu::noinline]] bool end(Instant now, PolicyCall &call, Outcome outcome);
    // What onOutcome() does seldom, apart from it so that it needs no registers saved.
    [[gnu::noinline]] Verdict endByState(Instant now, PolicyCall &call, Outcome outcome);
    [[gnu::noinline]] Verdict recordInClosed(Instant now, const PolicyCall &call, Outcome outcome, bool wasSlow);
    [[gnu::cold, gnu::noinline]] Verdict tripNow(Instant now, const PolicyCall &call, Outcome outcome);
    [[gnu::cold, gnu::noinline]] bool trip(Instant now, const PolicyCall &call, Outcome outcome);
    bool endOfTrial(Instant now, const PolicyCall &call, Outcome outcome, bool wasSlow);
    bool endInShadow(Instant now, const PolicyCall &call, Outcome outcome, bool wasSlow);

    const WindowCounts &counts() const { return m_byTime ? m_timeWindow.counts() : m_countWindow.counts(); }
    TransitionReason reasonNow(Kind kind) const;
    void moveTo(Instant now, BreakerState state, const TransitionReason &reason);

    // Ordered by use: the first 64 bytes serve a call in CLOSED.
    BreakerState m_state = BreakerState::Closed;
    bool m_byTime = false;
    bool m_slowTrialFails = false;
    bool m_overInShadow = false; ///< METRICS_ONLY: the crossing was reported already
    std::uint32_t m_generation = 1;
    std::uint32_t m_consecutiveFailures = 0;
    std::uint32_t m_consecutiveRule = 0;
    std::uint32_t m_minimumCalls = 0;
    OutcomeSet m_counted; ///< kinds that count, as success or failure
    std::int64_t m_slowAfterNs = 0;
    std::int64_t m_timeoutNs = 0; ///< kNever = no deadline
    RateThreshold m_failureRate;
    RateThreshold m_slowRate;
    CountWindow m_countWindow;
    TimeWindow m_timeWindow;

    std::uint32_t m_trialsInFlight = 0;
    WindowCounts m_trials; ///< finished trials of this HALF_OPEN
    Instant m_openedAt;
    Instant m_leftClosedAt; ///< since when the window is frozen; a failed trial opens anew and leaves it as it is
    CircuitBreakerConfig m_config;
};

} // namespace halfopen
