// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/policies/dialects/resilience4j_circuit_breaker.h"

#include <algorithm>
#include <limits>

namespace halfopen {

namespace {

constexpr Duration kSecond = std::chrono::seconds(1);

std::uint32_t windowCalls(const Resilience4jBreakerConfig &config)
{
    const bool counts = config.slidingWindowType == Resilience4jWindowType::CountBased;
    return counts ? static_cast<std::uint32_t>(config.slidingWindowSize) : 1;
}

std::uint32_t windowSeconds(const Resilience4jBreakerConfig &config)
{
    const bool counts = config.slidingWindowType == Resilience4jWindowType::CountBased;
    return counts ? 1 : static_cast<std::uint32_t>(config.slidingWindowSize);
}

std::int64_t wholeMs(Duration d)
{
    return d / std::chrono::milliseconds(1);
}

} // namespace

Resilience4jInterval Resilience4jBreakerConfig::openWait() const
{
    Resilience4jInterval interval{.initialMs = wholeMs(waitDurationInOpenState)};
    if (enableExponentialBackoff) {
        interval.multiplier = exponentialBackoffMultiplier;
        if (exponentialMaxWaitDurationInOpenState)
            interval.maxMs = wholeMs(*exponentialMaxWaitDurationInOpenState);
    }
    return interval;
}

Resilience4jCircuitBreaker::Resilience4jCircuitBreaker(const Resilience4jBreakerConfig &config)
{
    apply(config);
}

void Resilience4jCircuitBreaker::apply(const Resilience4jBreakerConfig &config)
{
    m_config = config;
    m_ignored = OutcomeSet::fromNames(config.ignoreExceptions);
    const OutcomeSet recorded =
        config.recordExceptions.empty() ? kEveryFailure : OutcomeSet::fromNames(config.recordExceptions);
    m_recorded = recorded.without(m_ignored); // ignoring wins
    // Percent as 32-bit floats, like the library: 33.3 must be the float that it was typed as.
    m_failurePercent = static_cast<float>(config.failureRateThreshold * 100);
    m_slowPercent = static_cast<float>(config.slowCallRateThreshold * 100);
    m_countWindow = CountWindow(windowCalls(config));
    m_timeWindow = TimeWindow(kSecond, windowSeconds(config), config.epochPhase);
    m_trials = CountWindow(static_cast<std::uint32_t>(config.permittedNumberOfCallsInHalfOpenState));
}

// ---- asking for a permission ----

Admission Resilience4jCircuitBreaker::admit(Instant now, PolicyCall &call)
{
    call.as<CallState>().admittedNs = now.ns();
    switch (m_state) {
    case BreakerState::Closed:
    case BreakerState::Disabled:
    case BreakerState::MetricsOnly:
        return Admission::admit();
    case BreakerState::Open:
        if (now > m_openedAt + m_openFor) {
            TransitionReason reason = reasonNow(Kind::RecoveryTimeoutElapsed, now);
            reason.observed = toSeconds(now - m_openedAt);
            reason.threshold = toSeconds(m_openFor);
            reason.hasDecidingCall = true;
            reason.decidingCall = call.key;
            enter(now, BreakerState::HalfOpen, Book::Trials, reason);
            if (m_permissions > 0) {
                --m_permissions;
                return Admission::admit().withEvents(true);
            }
            ++m_notPermitted;
            return Admission::refuse({.kind = OutcomeKind::CircuitBreakerOpen}).withEvents(true);
        }
        break;
    case BreakerState::HalfOpen:
        if (m_permissions > 0) {
            --m_permissions;
            return Admission::admit();
        }
        break;
    case BreakerState::ForcedOpen:
        break;
    }
    ++m_notPermitted;
    return Admission::refuse({.kind = OutcomeKind::CircuitBreakerOpen});
}

// ---- the end of a call ----

Verdict Resilience4jCircuitBreaker::onOutcome(Instant now, PolicyCall &call, Outcome outcome)
{
    if (m_ignored.contains(outcome.kind)) {
        releasePermission();
        return Verdict::keep();
    }
    const bool wasSlow = now.ns() - call.as<CallState>().admittedNs > m_config.slowCallDurationThreshold.count();
    const std::size_t before = m_events.size();
    record(now, call, outcome, m_recorded.contains(outcome.kind), wasSlow);
    return Verdict::keep().withEvents(m_events.size() > before);
}

void Resilience4jCircuitBreaker::onCancelled(Instant, PolicyCall &)
{
    releasePermission();
}

void Resilience4jCircuitBreaker::releasePermission()
{
    if (m_state == BreakerState::HalfOpen)
        ++m_permissions;
}

void Resilience4jCircuitBreaker::record(Instant now, const PolicyCall &call, Outcome outcome, bool failed, bool wasSlow)
{
    if (m_book == Book::None)
        return;
    if (m_book == Book::Trials)
        m_trials.record(failed, wasSlow);
    else if (m_config.slidingWindowType == Resilience4jWindowType::TimeBased)
        m_timeWindow.record(now, failed, wasSlow);
    else
        m_countWindow.record(failed, wasSlow);

    if (m_state != BreakerState::Open)
        judge(now, call, outcome);
}

/// Both rates against their thresholds, once the minimum is there.
void Resilience4jCircuitBreaker::judge(Instant now, const PolicyCall &call, Outcome outcome)
{
    const WindowCounts c = counts(now);
    const float failed = percent(c.failures, c.calls);
    const float slow = percent(c.slow, c.calls);
    const bool hasVerdict = failed >= 0;
    const bool tooManyFailed = failed >= m_failurePercent;
    const bool over = hasVerdict && (tooManyFailed || slow >= m_slowPercent);
    const bool wasOver = m_overInShadow;
    m_overInShadow = over && m_state == BreakerState::MetricsOnly;
    const bool closes = hasVerdict && !over && m_state == BreakerState::HalfOpen;
    if ((!over && !closes) || wasOver) [[likely]]
        return;

    const bool slowDecides = over && !tooManyFailed;
    TransitionReason reason = reasonNow(slowDecides ? Kind::SlowCallRate : Kind::FailureRate, now);
    reason.observed = static_cast<double>(slowDecides ? slow : failed) / 100;
    reason.threshold = static_cast<double>(slowDecides ? m_slowPercent : m_failurePercent) / 100;
    reason.decidingOutcome = outcome.kind;
    reason.hasDecidingCall = true;
    reason.decidingCall = call.key;
    if (closes) {
        reason.kind = Kind::RateBelowThreshold;
        enter(now, BreakerState::Closed, Book::Window, reason);
    } else if (m_state == BreakerState::MetricsOnly) {
        m_events.push_back({.at = now, .from = m_state, .to = m_state, .reason = reason});
    } else {
        openAgain(now, reason);
    }
}

// ---- transitions ----

void Resilience4jCircuitBreaker::openAgain(Instant now, const TransitionReason &reason)
{
    ++m_openings;
    // Without a cap the growth saturates at 2^63 - 1 ms; beyond a century it makes no difference to a run.
    constexpr std::int64_t kCenturyMs = 3'155'760'000'000;
    const std::int64_t waitMs = std::min(m_config.openWait().waitMs(m_openings), kCenturyMs);
    open(now, std::chrono::milliseconds(waitMs), reason);
}

/// OPEN goes on with the calls (and refusals) of the state before it.
void Resilience4jCircuitBreaker::open(Instant now, Duration wait, const TransitionReason &reason)
{
    const std::uint32_t notPermitted = m_notPermitted;
    m_openedAt = now;
    m_openFor = wait;
    enter(now, BreakerState::Open, m_book, reason);
    m_notPermitted = notPermitted;
    if (m_config.automaticTransitionFromOpenToHalfOpenEnabled)
        m_timer = m_openedAt + m_openFor;
}

/// The only place where the state changes. Any state but OPEN begins with empty counts.
void Resilience4jCircuitBreaker::enter(Instant now, BreakerState state, Book book, const TransitionReason &reason)
{
    m_events.push_back({.at = now, .from = m_state, .to = state, .reason = reason});
    m_state = state;
    m_book = book;
    m_timer = Instant::never();
    m_notPermitted = 0;
    m_overInShadow = false;
    ++m_generation;
    switch (state) {
    case BreakerState::Closed:
    case BreakerState::MetricsOnly:
    case BreakerState::Disabled:
        m_openings = 0;
        m_countWindow.clear();
        m_timeWindow.clear();
        break;
    case BreakerState::HalfOpen:
        m_trials.clear();
        m_permissions = m_config.permittedNumberOfCallsInHalfOpenState;
        if (m_config.maxWaitDurationInHalfOpenState)
            m_timer = now + *m_config.maxWaitDurationInHalfOpenState;
        break;
    case BreakerState::ForcedOpen:
        ++m_openings;
        break;
    case BreakerState::Open:
        break;
    }
}

void Resilience4jCircuitBreaker::handleTimer(Instant now)
{
    if (now < m_timer)
        return;
    if (m_state == BreakerState::Open) {
        TransitionReason reason = reasonNow(Kind::RecoveryTimeoutElapsed, now);
        reason.observed = toSeconds(now - m_openedAt);
        reason.threshold = toSeconds(m_openFor);
        enter(now, BreakerState::HalfOpen, Book::Trials, reason);
        return;
    }
    TransitionReason reason = reasonNow(Kind::HalfOpenTooLong, now);
    reason.observed = reason.threshold = toSeconds(*m_config.maxWaitDurationInHalfOpenState);
    if (m_config.transitionToStateAfterWaitDuration == Resilience4jAfterWait::Open)
        openAgain(now, reason);
    else
        enter(now, BreakerState::Closed, Book::Window, reason);
}

bool Resilience4jCircuitBreaker::transition(Instant now, BreakerState state)
{
    const bool toTrial = state == BreakerState::HalfOpen;
    if (m_state == BreakerState::Closed && toTrial)
        return false;
    if (m_state == BreakerState::MetricsOnly && (toTrial || state == BreakerState::Open))
        return false;
    const TransitionReason reason = reasonNow(Kind::Manual, now);
    switch (state) {
    case BreakerState::Open:
        openAgain(now, reason);
        break;
    case BreakerState::HalfOpen:
        enter(now, state, Book::Trials, reason);
        break;
    case BreakerState::Closed:
    case BreakerState::MetricsOnly:
        enter(now, state, Book::Window, reason);
        break;
    case BreakerState::Disabled:
    case BreakerState::ForcedOpen:
        enter(now, state, Book::None, reason);
        break;
    }
    return true;
}

bool Resilience4jCircuitBreaker::openFor(Instant now, Duration wait)
{
    if (m_state == BreakerState::MetricsOnly)
        return false;
    open(now, wait, reasonNow(Kind::Manual, now));
    return true;
}

void Resilience4jCircuitBreaker::reset(Instant now)
{
    enter(now, BreakerState::Closed, Book::Window, reasonNow(Kind::Manual, now));
}

void Resilience4jCircuitBreaker::reconfigure(Instant now, const void *config)
{
    const auto &next = *static_cast<const Resilience4jBreakerConfig *>(config);
    if (next == m_config)
        return;
    apply(next);
    enter(now, BreakerState::Closed, Book::Window, reasonNow(Kind::SettingsChanged, now));
}

// ---- what it shows ----

WindowCounts Resilience4jCircuitBreaker::counts(Instant now) const
{
    switch (m_book) {
    case Book::Trials:
        return m_trials.counts();
    case Book::Window:
        return m_config.slidingWindowType == Resilience4jWindowType::TimeBased ? m_timeWindow.countsAt(now)
                                                                               : m_countWindow.counts();
    case Book::None:
        break;
    }
    return {};
}

/// Calls needed before a rate means anything.
std::uint32_t Resilience4jCircuitBreaker::minimum() const
{
    std::int64_t least = m_config.minimumNumberOfCalls;
    if (m_book == Book::Trials)
        least = std::min(least, m_config.permittedNumberOfCallsInHalfOpenState);
    else if (m_config.slidingWindowType == Resilience4jWindowType::CountBased)
        least = std::min(least, m_config.slidingWindowSize);
    return static_cast<std::uint32_t>(least);
}

float Resilience4jCircuitBreaker::percent(std::uint32_t part, std::uint32_t whole) const
{
    if (whole == 0 || whole < minimum())
        return -1;
    if (part == 0) // the usual case, without a division
        return 0;
    return static_cast<float>(part) * 100.0f / static_cast<float>(whole);
}

float Resilience4jCircuitBreaker::failureRatePercent(Instant now) const
{
    const WindowCounts c = counts(now);
    return percent(c.failures, c.calls);
}

float Resilience4jCircuitBreaker::slowCallRatePercent(Instant now) const
{
    const WindowCounts c = counts(now);
    return percent(c.slow, c.calls);
}

TransitionReason Resilience4jCircuitBreaker::reasonNow(Kind kind, Instant now) const
{
    const WindowCounts c = counts(now);
    TransitionReason reason;
    reason.kind = kind;
    reason.windowCalls = c.calls;
    reason.windowFailures = c.failures;
    reason.windowSlow = c.slow;
    return reason;
}

BreakerSnapshot Resilience4jCircuitBreaker::snapshot(Instant now) const
{
    BreakerSnapshot s;
    s.state = m_state;
    s.window = counts(now);
    s.generation = m_generation;
    if (m_state == BreakerState::HalfOpen)
        s.trialsSucceeded = s.window.calls - s.window.failures;
    if (m_state == BreakerState::Open) // a call is let through strictly after the wait
        s.nextTrialAt = m_openedAt + m_openFor
            + Duration(m_config.automaticTransitionFromOpenToHalfOpenEnabled ? 0 : 1);
    return s;
}

} // namespace halfopen
