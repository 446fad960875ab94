// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/policies/breaker.h"
#include "core/policies/dialects/resilience4j_interval.h"
#include "core/policies/outcome_set.h"
#include "core/policies/sliding_window.h"
#include "core/scenario/schema.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace halfopen {

enum class Resilience4jWindowType : std::uint8_t { CountBased, TimeBased };
std::span<const std::string_view> enumNames(Resilience4jWindowType);
/// Where the longest stay in HALF_OPEN leads.
enum class Resilience4jAfterWait : std::uint8_t { Open, Closed };
std::span<const std::string_view> enumNames(Resilience4jAfterWait);

/// Settings under the library's own names (in snake case), with the library's defaults.
struct Resilience4jBreakerConfig {
    std::string dialect = "resilience4j";
    double failureRateThreshold = 0.5;  ///< share, (0, 1]
    double slowCallRateThreshold = 1.0; ///< share, (0, 1]
    Duration slowCallDurationThreshold = std::chrono::seconds(60);
    Resilience4jWindowType slidingWindowType = Resilience4jWindowType::CountBased;
    std::int64_t slidingWindowSize = 100; ///< calls or seconds
    std::int64_t minimumNumberOfCalls = 100;
    std::int64_t permittedNumberOfCallsInHalfOpenState = 10;
    std::optional<Duration> maxWaitDurationInHalfOpenState; ///< none = for ever
    Resilience4jAfterWait transitionToStateAfterWaitDuration = Resilience4jAfterWait::Open;
    Duration waitDurationInOpenState = std::chrono::seconds(60);
    bool enableExponentialBackoff = false;
    double exponentialBackoffMultiplier = 1.5;
    std::optional<Duration> exponentialMaxWaitDurationInOpenState;
    bool automaticTransitionFromOpenToHalfOpenEnabled = false;
    std::vector<std::string> recordExceptions; ///< empty = all that are not ignored
    std::vector<std::string> ignoreExceptions;
    /// How far into a Unix second the run begins, 0 to 1 s: time windows are cut at whole Unix seconds.
    Duration epochPhase{};

    Resilience4jInterval openWait() const;
    friend bool operator==(const Resilience4jBreakerConfig &, const Resilience4jBreakerConfig &) = default;
};

const Schema &resilience4jBreakerSchema();

/// The circuit breaker of resilience4j 2.4, rule by rule. The dialect `resilience4j`.
///
/// What differs from the dialect `halfopen`:
/// - Both rates are judged after every recorded call, from min(minimum, window) calls on (time window: minimum as given).
/// - OPEN ends strictly after the wait, at the next call; with the automatic transition a timer ends it exactly at the wait.
/// - HALF_OPEN grants `permitted` calls in all. A finished one gives nothing back, an ignored or cancelled one gives one
///   back, whatever state it was granted in, so more than `permitted` can be let through.
/// - HALF_OPEN judges by the same rates as soon as min(minimum, permitted) calls have ended.
/// - A result counts in the state it arrives in, also one of a call that was admitted in an earlier state. In OPEN it still
///   moves the rate that is shown.
/// - A time window is the current Unix second and the N - 1 before it.
/// - An outcome that is neither recorded nor ignored counts as a success. By default everything that is not good is recorded,
///   also refusals of policies further in.
/// - Slow is duration > threshold; slow and failed are counted apart.
///
/// Reproduced by recordings of the real library: see core/conform. Not copied are its bugs: a reset() that leaves the
/// timer of HALF_OPEN armed, and OPEN set by hand from FORCED_OPEN or DISABLED, where the next result throws.
/// Source: resilience4j 2.4, io.github.resilience4j.circuitbreaker.internal.CircuitBreakerStateMachine.
class Resilience4jCircuitBreaker final : public Breaker {
public:
    static constexpr std::size_t kStateBytes = 8;

    explicit Resilience4jCircuitBreaker(const Resilience4jBreakerConfig &config);

    [[nodiscard]] Admission admit(Instant now, PolicyCall &call) override;
    [[nodiscard]] Verdict onOutcome(Instant now, PolicyCall &call, Outcome outcome) override;
    /// Gives the permission back.
    void onCancelled(Instant now, PolicyCall &call) override;
    [[nodiscard]] Instant nextTimer() const override { return m_timer; }
    void handleTimer(Instant now) override;
    /// The library cannot be reconfigured: this swaps the settings and begins a new CLOSED with empty counts, unless they
    /// are the same as before.
    void reconfigure(Instant now, const void *config) override;

    [[nodiscard]] BreakerSnapshot snapshot(Instant now) const override;
    [[nodiscard]] Explanation explain(Instant now) const override;
    bool force(Instant now, BreakerState state) override { return transition(now, state); }

    // ---- what the library offers beyond calls ----
    /// A transition by hand. False: the library refuses it and nothing has changed.
    [[nodiscard]] bool transition(Instant now, BreakerState state);
    /// OPEN for \a wait; does not count as an opening for exponential waits.
    [[nodiscard]] bool openFor(Instant now, Duration wait);
    /// CLOSED, whatever the state is.
    void reset(Instant now);
    /// A permission is given back though no call is pending.
    void releasePermission();
    /// Calls refused by the current metrics.
    std::uint32_t notPermittedCalls() const { return m_notPermitted; }
    /// In percent as the library computes it (32-bit float); -1 below the minimum.
    float failureRatePercent(Instant now) const;
    float slowCallRatePercent(Instant now) const;

private:
    using Kind = TransitionReason::Kind;
    /// Which calls the present state looks at. OPEN goes on with those it was opened with.
    enum class Book : std::uint8_t { Window, Trials, None };
    struct CallState {
        std::int64_t admittedNs;
    };
    static_assert(sizeof(CallState) <= kStateBytes);

    void apply(const Resilience4jBreakerConfig &config);
    void record(Instant now, const PolicyCall &call, Outcome outcome, bool failed, bool wasSlow);
    WindowCounts counts(Instant now) const;
    std::uint32_t minimum() const;
    float percent(std::uint32_t part, std::uint32_t whole) const;
    void judge(Instant now, const PolicyCall &call, Outcome outcome);
    void open(Instant now, Duration wait, const TransitionReason &reason);
    void openAgain(Instant now, const TransitionReason &reason);
    void enter(Instant now, BreakerState state, Book book, const TransitionReason &reason);
    TransitionReason reasonNow(Kind kind, Instant now) const;

    BreakerState m_state = BreakerState::Closed;
    Book m_book = Book::Window;
    bool m_overInShadow = false;
    OutcomeSet m_recorded;
    OutcomeSet m_ignored;
    float m_failurePercent = 0;
    float m_slowPercent = 0;
    CountWindow m_countWindow;
    TimeWindow m_timeWindow;
    CountWindow m_trials;

    std::uint32_t m_notPermitted = 0;
    std::int64_t m_permissions = 0; ///< in HALF_OPEN
    std::int64_t m_openings = 0;    ///< since the last CLOSED
    std::uint32_t m_generation = 1;
    Instant m_openedAt;
    Duration m_openFor{};
    Instant m_timer = Instant::never();
    Resilience4jBreakerConfig m_config;
};

} // namespace halfopen
