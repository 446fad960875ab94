// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/policies/circuit_breaker.h"

#include "core/policies/not_counted.h"

#include <algorithm>
#include <limits>

namespace halfopen {

namespace {

constexpr std::int64_t kNever = std::numeric_limits<std::int64_t>::max();
constexpr std::uint32_t kUnreachable = std::numeric_limits<std::uint32_t>::max();
/// A time window is cut in ten: a call counts for 90 to 100 % of the window's length.
constexpr std::uint32_t kTimeBuckets = 10;

/// What says something about the dependency: its failures, and what is good.
constexpr OutcomeSet kCounted = kDependencyFailures.with({OutcomeKind::Success, OutcomeKind::Fallback});

constexpr Duration bucketLength(Duration window)
{
    return (window + Duration(kTimeBuckets - 1)) / kTimeBuckets;
}

/// Calls are counted in the window; in OPEN and HALF_OPEN it is frozen.
constexpr bool isCounting(BreakerState state)
{
    return state == BreakerState::Closed || state == BreakerState::MetricsOnly;
}

BreakerState stateOf(BreakerMode mode)
{
    switch (mode) {
    case BreakerMode::MetricsOnly:
        return BreakerState::MetricsOnly;
    case BreakerMode::Disabled:
        return BreakerState::Disabled;
    case BreakerMode::ForcedOpen:
        return BreakerState::ForcedOpen;
    case BreakerMode::Active:
        break;
    }
    return BreakerState::Closed;
}

} // namespace

CircuitBreaker::CircuitBreaker(const CircuitBreakerConfig &config)
    : m_state(stateOf(config.mode)),
      m_countWindow(config.window.calls()),
      m_timeWindow(bucketLength(config.window.length()), kTimeBuckets)
{
    apply(config);
}

void CircuitBreaker::apply(const CircuitBreakerConfig &config)
{
    m_config = config;
    m_byTime = config.window.kind == WindowKind::Time;
    m_minimumCalls = static_cast<std::uint32_t>(config.window.minimumCalls);
    const auto consecutive = config.consecutiveRule();
    m_consecutiveRule = consecutive ? static_cast<std::uint32_t>(*consecutive) : kUnreachable;
    m_failureRate = config.failureRateThreshold ? RateThreshold(*config.failureRateThreshold) : RateThreshold();
    m_slowRate = config.slowCall.rateThreshold ? RateThreshold(*config.slowCall.rateThreshold) : RateThreshold();
    m_slowTrialFails = config.slowCall.rateThreshold.has_value();
    m_slowAfterNs = config.slowCall.duration ? config.slowCall.duration->count() : kNever;
    m_timeoutNs = config.timeout ? config.timeout->count() : kNever;
    m_counted = kCounted.without(OutcomeSet::fromNames(config.exceptionWhitelist));
}

// ---- asking for a permit ----

Admission CircuitBreaker::admit(Instant now, PolicyCall &call)
{
    if (m_state == BreakerState::Closed) [[likely]]
        return letThrough(now, call);
    return admitByState(now, call);
}

Admission CircuitBreaker::admitByState(Instant now, PolicyCall &call)
{
    switch (m_state) {
    case BreakerState::Closed:
    case BreakerState::Disabled:
    case BreakerState::MetricsOnly:
        return letThrough(now, call);
    case BreakerState::Open: {
        if (now < m_openedAt + m_config.recoveryTimeout)
            return refuse(now);
        TransitionReason reason = reasonNow(Kind::RecoveryTimeoutElapsed);
        reason.observed = toSeconds(now - m_openedAt);
        reason.threshold = toSeconds(m_config.recoveryTimeout);
        reason.hasDecidingCall = true;
        reason.decidingCall = call.key;
        moveTo(now, BreakerState::HalfOpen, reason);
        ++m_trialsInFlight;
        return letThrough(now, call).withEvents(true);
    }
    case BreakerState::HalfOpen:
        if (!hasRoomForTrial())
            return refuse(now);
        ++m_trialsInFlight;
        return letThrough(now, call);
    case BreakerState::ForcedOpen:
        break;
    }
    return refuse(now);
}

inline Admission CircuitBreaker::letThrough(Instant now, PolicyCall &call)
{
    call.as<CallState>() = {.admittedNs = now.ns(), .generation = m_generation};
    return m_timeoutNs == kNever ? Admission::admit() : Admission::admitUntil(now + Duration(m_timeoutNs));
}

Admission CircuitBreaker::refuse(Instant now) const
{
    Outcome outcome{.kind = OutcomeKind::CircuitBreakerOpen};
    if (m_state == BreakerState::Open) {
        // Rounded up: who comes back then is let through. In HALF_OPEN nobody knows when a place gets free.
        const std::int64_t leftNs = (m_openedAt + m_config.recoveryTimeout - now).count();
        const std::int64_t leftMs = (leftNs + 999'999) / 1'000'000;
        outcome.retryAfterMs = static_cast<std::uint32_t>(
            std::min<std::int64_t>(leftMs, std::numeric_limits<std::uint32_t>::max()));
    }
    return Admission::refuse(outcome);
}

bool CircuitBreaker::hasRoomForTrial() const
{
    const auto mayFly = static_cast<std::uint32_t>(m_config.maxTrials());
    const auto wanted = static_cast<std::uint32_t>(m_config.successThreshold);
    return m_trialsInFlight < mayFly && m_trialsInFlight + m_trials.calls < std::max(wanted, mayFly);
}

// ---- the end of a call ----

Verdict CircuitBreaker::onOutcome(Instant now, PolicyCall &call, Outcome outcome)
{
    CallState &state = call.as<CallState>();
    if (m_state == BreakerState::Closed && state.generation == m_generation && m_counted.contains(outcome.kind)) [[likely]] {
        const bool wasSlow = now.ns() - state.admittedNs > m_slowAfterNs;
        state.generation = 0; // as in end()
        // Most calls of most runs: nothing bad in the window, and nothing bad comes in.
        if (isGood(outcome.kind) && !wasSlow && !m_byTime && m_countWindow.isClean()) [[likely]] {
            m_consecutiveFailures = 0;
            m_countWindow.recordCleanly();
            return Verdict::keep();
        }
        return recordInClosed(now, call, outcome, wasSlow);
    }
    return endByState(now, call, outcome);
}

Verdict CircuitBreaker::recordInClosed(Instant now, const PolicyCall &call, Outcome outcome, bool wasSlow)
{
    record(now, !isGood(outcome.kind), wasSlow);
    if (!isOver()) [[likely]]
        return Verdict::keep();
    return tripNow(now, call, outcome);
}

Verdict CircuitBreaker::tripNow(Instant now, const PolicyCall &call, Outcome outcome)
{
    return Verdict::keep().withEvents(trip(now, call, outcome));
}

Verdict CircuitBreaker::endByState(Instant now, PolicyCall &call, Outcome outcome)
{
    return Verdict::keep().withEvents(end(now, call, outcome));
}

Verdict CircuitBreaker::onDeadline(Instant now, PolicyCall &call)
{
    constexpr Outcome kTimedOut{.kind = OutcomeKind::Timeout};
    return Verdict::replace(kTimedOut).withEvents(end(now, call, kTimedOut));
}

void CircuitBreaker::onCancelled(Instant now, PolicyCall &call)
{
    end(now, call, {.kind = OutcomeKind::Cancelled});
}

/// Any end in any state. True if it made events.
bool CircuitBreaker::end(Instant now, PolicyCall &call, Outcome outcome)
{
    CallState &state = call.as<CallState>();
    const bool belongsHere = state.generation == m_generation;
    state.generation = 0; // a second end of the same call finds nothing
    if (!belongsHere)
        return false;

    if (m_state == BreakerState::HalfOpen)
        --m_trialsInFlight;
    if (!m_counted.contains(outcome.kind))
        return false;
    const bool wasSlow = now.ns() - state.admittedNs > m_slowAfterNs;
    switch (m_state) {
    case BreakerState::Closed:
        record(now, !isGood(outcome.kind), wasSlow);
        return isOver() && trip(now, call, outcome);
    case BreakerState::HalfOpen:
        return endOfTrial(now, call, outcome, wasSlow);
    case BreakerState::MetricsOnly:
        return endInShadow(now, call, outcome, wasSlow);
    case BreakerState::Open: // nothing is admitted in these, and nothing is counted in DISABLED
    case BreakerState::ForcedOpen:
    case BreakerState::Disabled:
        break;
    }
    return false;
}

inline void CircuitBreaker::record(Instant now, bool failed, bool wasSlow)
{
    m_consecutiveFailures = failed ? m_consecutiveFailures + 1 : 0;
    if (m_byTime)
        m_timeWindow.record(now, failed, wasSlow);
    else
        m_countWindow.record(failed, wasSlow);
}

/// True if a rule is met by what is counted now. Integers only; reasonOver() then says which rule.
inline bool CircuitBreaker::isOver() const
{
    if (m_consecutiveFailures >= m_consecutiveRule) [[unlikely]]
        return true;
    const WindowCounts &window = counts();
    if ((window.failures | window.slow) == 0) [[likely]]
        return false; // no rate is reached by nothing
    return window.calls >= m_minimumCalls
        && (m_failureRate.isReachedBy(window.failures, window.calls)
            || m_slowRate.isReachedBy(window.slow, window.calls));
}

TransitionReason CircuitBreaker::reasonOver() const
{
    const WindowCounts &window = counts();
    TransitionReason reason = reasonNow(Kind::ConsecutiveFailures);
    reason.observed = m_consecutiveFailures;
    reason.threshold = m_consecutiveRule;
    if (m_consecutiveFailures >= m_consecutiveRule)
        return reason;
    const bool failed = m_failureRate.isReachedBy(window.failures, window.calls);
    reason.kind = failed ? Kind::FailureRate : Kind::SlowCallRate;
    reason.observed = double(failed ? window.failures : window.slow) / window.calls;
    reason.threshold = failed ? m_failureRate.share() : m_slowRate.share();
    return reason;
}

bool CircuitBreaker::trip(Instant now, const PolicyCall &call, Outcome outcome)
{
    TransitionReason reason = reasonOver();
    reason.decidingOutcome = outcome.kind;
    reason.hasDecidingCall = true;
    reason.decidingCall = call.key;
    moveTo(now, BreakerState::Open, reason);
    return true;
}

bool CircuitBreaker::endInShadow(Instant now, const PolicyCall &call, Outcome outcome, bool wasSlow)
{
    record(now, !isGood(outcome.kind), wasSlow);
    const bool over = isOver();
    const bool news = over && !m_overInShadow;
    m_overInShadow = over;
    if (!news)
        return false;
    TransitionReason reason = reasonOver();
    reason.decidingOutcome = outcome.kind;
    reason.hasDecidingCall = true;
    reason.decidingCall = call.key;
    m_events.push_back({.at = now, .from = m_state, .to = m_state, .reason = reason});
    return true;
}

bool CircuitBreaker::endOfTrial(Instant now, const PolicyCall &call, Outcome outcome, bool wasSlow)
{
    const bool failed = !isGood(outcome.kind);
    m_trials.add(WindowCounts::one(failed, wasSlow));
    const bool refutes = failed || (wasSlow && m_slowTrialFails);
    const bool proves = m_trials.calls >= m_config.successThreshold;
    if (!refutes && !proves)
        return false;

    TransitionReason reason = reasonNow(refutes ? Kind::TrialFailed : Kind::TrialsSucceeded);
    reason.observed = refutes ? 1 : m_trials.calls;
    reason.threshold = refutes ? 1 : double(m_config.successThreshold);
    reason.decidingOutcome = outcome.kind;
    reason.hasDecidingCall = true;
    reason.decidingCall = call.key;
    moveTo(now, refutes ? BreakerState::Open : BreakerState::Closed, reason);
    return true;
}

// ---- transitions ----

TransitionReason CircuitBreaker::reasonNow(Kind kind) const
{
    const WindowCounts &window = m_state == BreakerState::HalfOpen ? m_trials : counts();
    TransitionReason reason;
    reason.kind = kind;
    reason.windowCalls = window.calls;
    reason.windowFailures = window.failures;
    // Slow calls of before stay in the window when new settings count no more of them.
    reason.windowSlow = m_slowAfterNs == kNever && window.slow == 0 ? kNotCounted : window.slow;
    reason.consecutiveFailures = m_consecutiveFailures;
    return reason;
}

/// The only place where the state changes. Calls admitted before belong to an older generation from here on.
void CircuitBreaker::moveTo(Instant now, BreakerState state, const TransitionReason &reason)
{
    m_events.push_back({.at = now, .from = m_state, .to = state, .reason = reason});
    if (m_state != BreakerState::Open && m_state != BreakerState::HalfOpen)
        m_leftClosedAt = now;
    m_state = state;
    if (++m_generation == 0)
        m_generation = 1; // 0 stands for "nothing owed"
    m_trialsInFlight = 0;
    m_trials = {};
    m_overInShadow = false;
    if (state == BreakerState::Open) {
        m_openedAt = now;
    } else if (state != BreakerState::HalfOpen) {
        m_consecutiveFailures = 0;
        m_countWindow.clear();
        m_timeWindow.clear();
    }
}

bool CircuitBreaker::force(Instant now, BreakerState state)
{
    if (m_byTime && isCounting(m_state))
        m_timeWindow.advance(now); // the reason tells of the window as it is now
    moveTo(now, state, reasonNow(Kind::Manual));
    return true;
}

void CircuitBreaker::reconfigure(Instant now, const void *config)
{
    const auto &next = *static_cast<const CircuitBreakerConfig *>(config);
    const BreakerMode oldMode = m_config.mode;
    const bool newKind = next.window.kind != m_config.window.kind;
    if (m_byTime && isCounting(m_state))
        m_timeWindow.advance(now); // what has left the window decides nothing
    apply(next);
    if (next.window.calls() != m_countWindow.size())
        m_countWindow.resize(next.window.calls());
    if (bucketLength(next.window.length()) != m_timeWindow.bucketLength())
        m_timeWindow.resize(bucketLength(next.window.length()), kTimeBuckets);
    if (newKind) {
        m_countWindow.clear();
        m_timeWindow.clear();
    }
    if (next.mode != oldMode) {
        moveTo(now, stateOf(next.mode), reasonNow(Kind::SettingsChanged));
        return;
    }
    if (isCounting(m_state) && m_byTime)
        m_timeWindow.advance(now);
    if (m_state == BreakerState::Closed) {
        if (isOver()) {
            TransitionReason reason = reasonOver();
            reason.kind = Kind::SettingsChanged;
            moveTo(now, BreakerState::Open, reason);
        }
    } else if (m_state == BreakerState::MetricsOnly) {
        const bool news = isOver() && !m_overInShadow;
        m_overInShadow = isOver();
        if (news)
            m_events.push_back({.at = now, .from = m_state, .to = m_state, .reason = reasonOver()});
    } else if (m_state == BreakerState::HalfOpen && m_trials.calls >= m_config.successThreshold) {
        TransitionReason reason = reasonNow(Kind::SettingsChanged);
        reason.observed = m_trials.calls;
        reason.threshold = double(m_config.successThreshold);
        moveTo(now, BreakerState::Closed, reason);
    }
}

BreakerSnapshot CircuitBreaker::snapshot(Instant now) const
{
    BreakerSnapshot s;
    s.state = m_state;
    s.generation = m_generation;
    s.consecutiveFailures = m_consecutiveFailures;
    s.trialsInFlight = m_trialsInFlight;
    s.trialsSucceeded = m_trials.calls;
    if (m_state == BreakerState::HalfOpen)
        s.window = m_trials;
    else if (m_byTime && m_state != BreakerState::Open)
        s.window = m_timeWindow.countsAt(now);
    else
        s.window = counts(); // while OPEN: what it was opened with
    if (m_state == BreakerState::Open)
        s.nextTrialAt = m_openedAt + m_config.recoveryTimeout;
    return s;
}

} // namespace halfopen
