// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/policies/breaker.h"
#include "core/policies/explanation.h"
#include "core/policies/outcome_set.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace halfopen {

/// What a call counts as whose caller left before its end. Most libraries do not say; where one does, there is no choice.
enum class CancelledAs : std::uint8_t { Failure, Success, Nothing };
std::span<const std::string_view> enumNames(CancelledAs);

/// What the circuit breakers of several libraries have in common: three states and what moves between them, permits on trial, the
/// sorting of ends, and the bytes of a call. A dialect adds its window, its judgement (onResult()) and its numbers (Rules).
///
/// What differs between libraries and is decided by Rules:
/// - which ends are failures and which count as nothing; everything else is a success;
/// - whether the end of a call that was admitted in an earlier stay counts where it arrives, or is dropped;
/// - how many trials HALF_OPEN grants, and whether each result that arrives there gives one back (then it is a limit on trials in
///   flight) or not (then it is a total).
/// A second end of the same call finds nothing and changes nothing.
class LibraryBreaker : public Breaker {
public:
    static constexpr std::size_t kStateBytes = 16;

    [[nodiscard]] Admission admit(Instant now, PolicyCall &call) final;
    [[nodiscard]] Verdict onOutcome(Instant now, PolicyCall &call, Outcome outcome) final;
    /// Only with Rules::deadline: the call ends as `timeout`.
    [[nodiscard]] Verdict onDeadline(Instant now, PolicyCall &call) final;
    void onCancelled(Instant now, PolicyCall &call) final;
    [[nodiscard]] BreakerSnapshot snapshot(Instant now) const final;
    [[nodiscard]] Explanation explain(Instant now) const final;
    /// These libraries have no METRICS_ONLY.
    bool force(Instant now, BreakerState state) final;

protected:
    using Kind = TransitionReason::Kind;

    struct Rules {
        OutcomeSet failures = kEveryFailure; ///< ends that are failures
        OutcomeSet uncounted;                ///< ends that count as nothing; looked at after `failures`
        bool countsLateResults = true;
        bool resultsReturnPermits = false;
        bool tellsRetryAfter = false; ///< a refusal in OPEN says how long it will stay so
        bool looksAtClock = false;    ///< lookAtClock() is wanted before every input
        bool recordsInOpen = true;    ///< windowAt() goes on with what ends in OPEN; false: it is frozen
        bool recordsTrials = true;    ///< and with what ends in HALF_OPEN
        bool countsFailures = true;   ///< in windows and on trial
        bool countsSlow = false;      ///< the same; then isSlow() says which calls are
        std::int64_t permits = 1;     ///< trials granted in HALF_OPEN
        std::optional<Duration> deadline; ///< of the protected call
        BreakerState begins = BreakerState::Closed;

        /// Puts `cancelled` among the failures, the successes or what counts as nothing.
        void sortCancelled(CancelledAs as);
    };
    /// How a call ended.
    struct End {
        std::uint64_t call; ///< its key
        Outcome outcome;
        Instant admittedAt;
        bool failed;
        bool isLate; ///< it was admitted in an earlier stay
    };

    /// Takes new rules; the state stays.
    void setRules(const Rules &rules) { m_rules = rules; }
    /// The state that Rules say, with empty counts: the beginning, and what follows new settings (with an event).
    void begin();
    void beginAnew(Instant now);

    BreakerState state() const { return m_state; }
    /// Results that arrived in this HALF_OPEN.
    const WindowCounts &trials() const { return m_trials; }
    Instant openedAt() const { return m_openedAt; }

    /// The end of a call that counts, as the library's own rules see it. In HALF_OPEN it is in trials() already.
    virtual void onResult(Instant now, const End &end) = 0;
    /// The end of a call that counts as nothing. Usually a trial of this stay gives its permit back.
    virtual void onUncounted(Instant now, const End &end);
    /// HALF_OPEN has no permit left. True: this one is let through nevertheless.
    virtual bool letsAnotherTry(Instant now);
    /// The state has changed: to clear windows.
    virtual void onEntered(Instant now) = 0;
    /// The calls that the library looks at outside HALF_OPEN.
    virtual WindowCounts windowAt(Instant now) const = 0;
    /// From when on OPEN lets a call through, if it was entered at \a now.
    virtual Instant trialFrom(Instant now) const = 0;
    /// The window, and what leads out of CLOSED and HALF_OPEN. A window that is that of the trials says so in Explanation::intake.
    virtual void showWindow(Instant now, Explanation &e) const = 0;
    virtual void showRules(Instant now, Explanation &e) const = 0;
    /// The rules of HALF_OPEN in most libraries: \a wanted trials must go well, one that failed opens it again; where slowness
    /// alone is counted, one that was slow.
    void showTrialRules(std::int64_t wanted, Explanation &e) const;
    /// Whether a call that ends now was slow; only with Rules::countsSlow.
    virtual bool isSlow(Instant now, const End &end) const;
    /// What happens by the passing of time alone.
    virtual void lookAtClock(Instant now);

    void moveTo(Instant now, BreakerState to, const TransitionReason &reason);
    /// OPEN again without a new wait: the next call may be let through at once.
    void moveBackToOpen(Instant now, const TransitionReason &reason);
    TransitionReason reason(Instant now, Kind kind, double observed, double threshold, const End *end = nullptr) const;
    /// One more trial may be let through in this HALF_OPEN.
    void giveBackPermit() { ++m_permits; }

private:
    struct CallState {
        std::int64_t admittedNs;
        std::uint32_t generation; ///< 0 = nothing is owed
    };
    static_assert(sizeof(CallState) <= kStateBytes);

    Admission admitByState(Instant now, PolicyCall &call);
    Admission letThrough(Instant now, PolicyCall &call) const;
    Admission refuse(Instant now) const;
    bool end(Instant now, PolicyCall &call, Outcome outcome);
    void enter(Instant now, BreakerState to);
    void showCalls(Instant now, Explanation &e) const;
    /// Trials that went against closing, by what is counted.
    std::uint32_t refutedTrials() const;

    BreakerState m_state = BreakerState::Closed;
    std::uint32_t m_generation = 1;
    Rules m_rules;
    std::int64_t m_permits = 0;
    std::uint32_t m_trialsInFlight = 0;
    WindowCounts m_trials;
    Instant m_openedAt;
    Instant m_trialFrom;
    Instant m_leftClosedAt; ///< CLOSED, or a state set by hand or settings: since when a window that records there only is frozen
};

/// A time as a clock of whole milliseconds shows it.
constexpr Instant wholeMs(Instant t)
{
    return Instant::fromNs(t.ns() - t.ns() % 1'000'000);
}

} // namespace halfopen
