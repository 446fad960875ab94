// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/policies/dialects/library_breaker.h"

#include "core/policies/not_counted.h"

#include <algorithm>
#include <array>
#include <limits>

namespace halfopen {

std::span<const std::string_view> enumNames(CancelledAs)
{
    static constexpr std::array<std::string_view, 3> kNames = {"failure", "success", "nothing"};
    return kNames;
}

void LibraryBreaker::Rules::sortCancelled(CancelledAs as)
{
    constexpr OutcomeSet kCancelled = {OutcomeKind::Cancelled};
    failures = as == CancelledAs::Failure ? failures.with(kCancelled) : failures.without(kCancelled);
    uncounted = as == CancelledAs::Nothing ? uncounted.with(kCancelled) : uncounted.without(kCancelled);
}

// ---- asking for a permit ----

Admission LibraryBreaker::admit(Instant now, PolicyCall &call)
{
    if (m_state == BreakerState::Closed && !m_rules.looksAtClock) [[likely]]
        return letThrough(now, call);
    const std::size_t before = m_events.size();
    if (m_rules.looksAtClock)
        lookAtClock(now);
    const Admission answer = admitByState(now, call);
    return answer.withEvents(m_events.size() > before);
}

Admission LibraryBreaker::admitByState(Instant now, PolicyCall &call)
{
    switch (m_state) {
    case BreakerState::Closed:
    case BreakerState::Disabled:
    case BreakerState::MetricsOnly:
        return letThrough(now, call);
    case BreakerState::Open: {
        if (now < m_trialFrom)
            return refuse(now);
        TransitionReason why =
            reason(now, Kind::RecoveryTimeoutElapsed, toSeconds(now - m_openedAt), toSeconds(m_trialFrom - m_openedAt));
        why.hasDecidingCall = true;
        why.decidingCall = call.key;
        moveTo(now, BreakerState::HalfOpen, why);
        break;
    }
    case BreakerState::HalfOpen:
        break;
    case BreakerState::ForcedOpen:
        return refuse(now);
    }
    if (m_permits <= 0 && !letsAnotherTry(now))
        return refuse(now);
    m_permits = std::max<std::int64_t>(m_permits - 1, 0);
    ++m_trialsInFlight;
    return letThrough(now, call);
}

inline Admission LibraryBreaker::letThrough(Instant now, PolicyCall &call) const
{
    call.as<CallState>() = {.admittedNs = now.ns(), .generation = m_generation};
    return m_rules.deadline ? Admission::admitUntil(now + *m_rules.deadline) : Admission::admit();
}

Admission LibraryBreaker::refuse(Instant now) const
{
    Outcome outcome{.kind = OutcomeKind::CircuitBreakerOpen};
    if (m_state == BreakerState::Open && m_rules.tellsRetryAfter) {
        const std::int64_t leftMs = ((m_trialFrom - now).count() + 999'999) / 1'000'000; // who comes back then is let through
        outcome.retryAfterMs = static_cast<std::uint32_t>(
            std::min<std::int64_t>(leftMs, std::numeric_limits<std::uint32_t>::max()));
    }
    return Admission::refuse(outcome);
}

bool LibraryBreaker::letsAnotherTry(Instant)
{
    return false;
}

// ---- the end of a call ----

Verdict LibraryBreaker::onOutcome(Instant now, PolicyCall &call, Outcome outcome)
{
    return Verdict::keep().withEvents(end(now, call, outcome));
}

Verdict LibraryBreaker::onDeadline(Instant now, PolicyCall &call)
{
    constexpr Outcome kTimedOut{.kind = OutcomeKind::Timeout};
    return Verdict::replace(kTimedOut).withEvents(end(now, call, kTimedOut));
}

void LibraryBreaker::onCancelled(Instant now, PolicyCall &call)
{
    end(now, call, {.kind = OutcomeKind::Cancelled});
}

/// Any end in any state. True if it made events.
bool LibraryBreaker::end(Instant now, PolicyCall &call, Outcome outcome)
{
    const std::size_t before = m_events.size();
    if (m_rules.looksAtClock)
        lookAtClock(now);
    CallState &state = call.as<CallState>();
    const std::uint32_t admittedIn = state.generation;
    state.generation = 0; // a second end of the same call finds nothing
    if (admittedIn == 0)
        return m_events.size() > before;
    const bool isLate = admittedIn != m_generation;
    if (!isLate && m_state == BreakerState::HalfOpen)
        --m_trialsInFlight;
    const bool isCounted = m_state != BreakerState::Disabled && m_state != BreakerState::MetricsOnly;
    if (isCounted && (!isLate || m_rules.countsLateResults)) {
        const bool failed = m_rules.failures.contains(outcome.kind);
        const End how{.call = call.key, .outcome = outcome, .admittedAt = Instant::fromNs(state.admittedNs), .failed = failed,
                      .isLate = isLate};
        if (!failed && m_rules.uncounted.contains(outcome.kind)) {
            onUncounted(now, how);
        } else if (m_state == BreakerState::HalfOpen) {
            m_trials.add(WindowCounts::one(failed && m_rules.countsFailures, m_rules.countsSlow && isSlow(now, how)));
            if (m_rules.resultsReturnPermits)
                giveBackPermit(); // whatever state it was admitted in
            onResult(now, how);
        } else {
            onResult(now, how);
        }
    }
    return m_events.size() > before;
}

void LibraryBreaker::onUncounted(Instant, const End &end)
{
    if (m_state == BreakerState::HalfOpen && !end.isLate)
        giveBackPermit();
}

void LibraryBreaker::lookAtClock(Instant) {}

bool LibraryBreaker::isSlow(Instant, const End &) const
{
    return false;
}

// ---- transitions ----

TransitionReason LibraryBreaker::reason(Instant now, Kind kind, double observed, double threshold, const End *end) const
{
    const WindowCounts counts = m_state == BreakerState::HalfOpen ? m_trials : windowAt(now);
    TransitionReason why;
    why.kind = kind;
    why.windowCalls = counts.calls;
    why.windowFailures = m_rules.countsFailures ? counts.failures : kNotCounted;
    why.windowSlow = m_rules.countsSlow ? counts.slow : kNotCounted;
    why.observed = observed;
    why.threshold = threshold;
    if (end) {
        why.hasDecidingCall = true;
        why.decidingCall = end->call;
        why.decidingOutcome = end->outcome.kind;
    }
    return why;
}

void LibraryBreaker::enter(Instant now, BreakerState to)
{
    if (m_state != BreakerState::Open && m_state != BreakerState::HalfOpen)
        m_leftClosedAt = now;
    m_state = to;
    if (++m_generation == 0)
        m_generation = 1; // 0 stands for "nothing is owed"
    m_trialsInFlight = 0;
    m_trials = {};
    m_permits = to == BreakerState::HalfOpen ? m_rules.permits : 0;
}

/// The only place, with moveBackToOpen(), where the state changes in a run.
void LibraryBreaker::moveTo(Instant now, BreakerState to, const TransitionReason &why)
{
    m_events.push_back({.at = now, .from = m_state, .to = to, .reason = why});
    enter(now, to);
    if (to == BreakerState::Open) {
        m_openedAt = now;
        m_trialFrom = trialFrom(now);
    }
    onEntered(now);
}

void LibraryBreaker::moveBackToOpen(Instant now, const TransitionReason &why)
{
    m_events.push_back({.at = now, .from = m_state, .to = BreakerState::Open, .reason = why});
    enter(now, BreakerState::Open);
}

void LibraryBreaker::begin()
{
    m_state = m_rules.begins;
}

void LibraryBreaker::beginAnew(Instant now)
{
    moveTo(now, m_rules.begins, reason(now, Kind::SettingsChanged, 0, 0));
}

bool LibraryBreaker::force(Instant now, BreakerState to)
{
    if (to == BreakerState::MetricsOnly)
        return false;
    moveTo(now, to, reason(now, Kind::Manual, 0, 0));
    return true;
}

std::uint32_t LibraryBreaker::refutedTrials() const
{
    return m_rules.countsFailures ? m_trials.failures : m_trials.slow;
}

BreakerSnapshot LibraryBreaker::snapshot(Instant now) const
{
    BreakerSnapshot s;
    s.state = m_state;
    s.generation = m_generation;
    s.window = m_state == BreakerState::HalfOpen ? m_trials : windowAt(now);
    s.trialsInFlight = m_trialsInFlight;
    s.trialsSucceeded = m_trials.calls - refutedTrials();
    if (m_state == BreakerState::Open)
        s.nextTrialAt = m_trialFrom;
    return s;
}

} // namespace halfopen
