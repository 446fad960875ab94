// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/policies/dialects/gobreaker_circuit_breaker.h"

#include "core/policies/not_counted.h"

namespace halfopen {

GobreakerCircuitBreaker::GobreakerCircuitBreaker(const GobreakerConfig &config)
{
    apply(config);
    beginGeneration(Instant());
}

void GobreakerCircuitBreaker::apply(const GobreakerConfig &config)
{
    m_config = config;
    m_excluded = OutcomeSet::fromNames(config.isExcluded);
    m_interval = config.interval.value_or(Duration(0));
    std::int64_t buckets = 1;
    if (config.bucketPeriod && m_interval > Duration(0)) {
        buckets = (m_interval.count() - 1) / config.bucketPeriod->count() + 1;
        m_interval = buckets * *config.bucketPeriod; // rounded up to whole buckets
    }
    m_rolling = buckets > 1;
    m_counts = GobreakerRollingCounts(static_cast<std::uint32_t>(buckets));
}

/// Every input does this first: a fixed window that is over begins anew, buckets roll off, OPEN ends.
void GobreakerCircuitBreaker::lookAtClock(Instant now, const PolicyCall *call)
{
    if (m_state == BreakerState::Closed && now > m_expiry)
        beginGeneration(now);
    else if (m_state == BreakerState::Closed && m_rolling)
        m_counts.grow(static_cast<std::uint64_t>((now - m_begin) / *m_config.bucketPeriod));
    else if (m_state == BreakerState::Open && now > m_expiry) {
        TransitionReason reason = reasonNow(Kind::RecoveryTimeoutElapsed);
        reason.observed = toSeconds(now - m_begin);
        reason.threshold = toSeconds(m_config.timeout);
        reason.hasDecidingCall = call != nullptr;
        reason.decidingCall = call ? call->key : 0;
        moveTo(now, BreakerState::HalfOpen, reason);
    }
}

/// Clears the counts and makes the outcomes of all calls under way void.
void GobreakerCircuitBreaker::beginGeneration(Instant now)
{
    if (++m_generation == 0)
        m_generation = 1;
    m_begin = now;
    m_counts.clear();
    m_expiry = Instant::never();
    if (m_state == BreakerState::Open)
        m_expiry = now + m_config.timeout;
    else if (m_state == BreakerState::Closed && m_interval > Duration(0) && !m_rolling)
        m_expiry = now + m_interval;
}

void GobreakerCircuitBreaker::moveTo(Instant now, BreakerState state, const TransitionReason &reason)
{
    m_events.push_back({.at = now, .from = m_state, .to = state, .reason = reason});
    m_state = state;
    beginGeneration(now);
}

// ---- calls ----

Admission GobreakerCircuitBreaker::admit(Instant now, PolicyCall &call)
{
    const std::size_t before = m_events.size();
    lookAtClock(now, &call);
    const bool hasEvents = m_events.size() > before;
    Outcome refusal{.kind = OutcomeKind::CircuitBreakerOpen};
    if (m_state == BreakerState::Open)
        return Admission::refuse(refusal);
    const GobreakerCounts &seen = m_counts.counts();
    if (m_state == BreakerState::HalfOpen
        && static_cast<std::int64_t>(seen.requests) - seen.totalExclusions >= m_config.maxRequests)
        return Admission::refuse(refusal).withEvents(hasEvents);
    m_counts.onRequest();
    call.as<CallState>() = {.age = m_counts.age(), .generation = m_generation};
    return Admission::admit().withEvents(hasEvents);
}

Verdict GobreakerCircuitBreaker::onOutcome(Instant now, PolicyCall &call, Outcome outcome)
{
    CallState &state = call.as<CallState>();
    const CallState admitted = state;
    state.generation = 0;
    const std::size_t before = m_events.size();
    lookAtClock(now, nullptr);
    if (admitted.generation == m_generation) {
        TransitionReason end;
        end.windowSlow = kNotCounted;
        end.decidingOutcome = outcome.kind;
        end.hasDecidingCall = true;
        end.decidingCall = call.key;
        if (m_excluded.contains(outcome.kind))
            m_counts.onExclusion(admitted.age);
        else if (isGood(outcome.kind))
            onSuccess(now, admitted.age, end);
        else
            onFailure(now, admitted.age, end);
    }
    return Verdict::keep().withEvents(m_events.size() > before);
}

void GobreakerCircuitBreaker::onCancelled(Instant now, PolicyCall &call)
{
    static_cast<void>(onOutcome(now, call, {.kind = OutcomeKind::Cancelled}));
}

void GobreakerCircuitBreaker::onSuccess(Instant now, std::uint64_t age, TransitionReason end)
{
    m_counts.onSuccess(age);
    const std::uint32_t inARow = m_counts.counts().consecutiveSuccesses;
    if (m_state != BreakerState::HalfOpen || inARow < m_config.maxRequests)
        return;
    end.kind = Kind::TrialsSucceeded;
    end.observed = inARow;
    end.threshold = static_cast<double>(m_config.maxRequests);
    end.windowCalls = m_counts.counts().requests;
    moveTo(now, BreakerState::Closed, end);
}

void GobreakerCircuitBreaker::onFailure(Instant now, std::uint64_t age, const TransitionReason &end)
{
    if (m_state == BreakerState::HalfOpen) {
        TransitionReason reason = end;
        reason.kind = Kind::TrialFailed;
        reason.observed = reason.threshold = 1;
        reason.windowCalls = m_counts.counts().requests;
        reason.windowFailures = 1;
        moveTo(now, BreakerState::Open, reason);
        return;
    }
    m_counts.onFailure(age);
    if (isReadyToTrip())
        moveTo(now, BreakerState::Open, tripReason(end));
}

bool GobreakerCircuitBreaker::isReadyToTrip() const
{
    const GobreakerReadyToTrip &rule = m_config.readyToTrip;
    const GobreakerCounts &seen = m_counts.counts();
    switch (rule.kind) {
    case GobreakerTrip::Consecutive:
        return seen.consecutiveFailures >= rule.threshold;
    case GobreakerTrip::Total:
        return seen.totalFailures >= rule.threshold;
    case GobreakerTrip::Ratio:
        return seen.requests >= rule.minRequests
            && static_cast<double>(seen.totalFailures) / static_cast<double>(seen.requests) >= rule.ratio;
    }
    return false;
}

TransitionReason GobreakerCircuitBreaker::tripReason(TransitionReason reason) const
{
    const GobreakerReadyToTrip &rule = m_config.readyToTrip;
    const GobreakerCounts &seen = m_counts.counts();
    reason.windowCalls = seen.requests;
    reason.windowFailures = seen.totalFailures;
    reason.consecutiveFailures = seen.consecutiveFailures;
    reason.threshold = static_cast<double>(rule.threshold);
    switch (rule.kind) {
    case GobreakerTrip::Consecutive:
        reason.kind = Kind::ConsecutiveFailures;
        reason.observed = seen.consecutiveFailures;
        break;
    case GobreakerTrip::Total:
        reason.kind = Kind::TotalFailures;
        reason.observed = seen.totalFailures;
        break;
    case GobreakerTrip::Ratio:
        reason.kind = Kind::FailureRate;
        reason.observed = static_cast<double>(seen.totalFailures) / static_cast<double>(seen.requests);
        reason.threshold = rule.ratio;
        break;
    }
    return reason;
}

TransitionReason GobreakerCircuitBreaker::reasonNow(Kind kind) const
{
    const GobreakerCounts &seen = m_counts.counts();
    TransitionReason reason;
    reason.windowSlow = kNotCounted;
    reason.kind = kind;
    reason.windowCalls = seen.requests;
    reason.windowFailures = seen.totalFailures;
    reason.consecutiveFailures = seen.consecutiveFailures;
    return reason;
}

// ---- beyond calls ----

BreakerState GobreakerCircuitBreaker::askState(Instant now)
{
    lookAtClock(now, nullptr);
    return m_state;
}

bool GobreakerCircuitBreaker::force(Instant now, BreakerState state)
{
    if (state != BreakerState::Closed && state != BreakerState::Open && state != BreakerState::HalfOpen)
        return false;
    moveTo(now, state, reasonNow(Kind::Manual));
    return true;
}

void GobreakerCircuitBreaker::reconfigure(Instant now, const void *config)
{
    apply(*static_cast<const GobreakerConfig *>(config));
    beginGeneration(now);
}

BreakerSnapshot GobreakerCircuitBreaker::snapshot(Instant) const
{
    const GobreakerCounts &seen = m_counts.counts();
    BreakerSnapshot s;
    s.state = m_state;
    s.window = {.calls = seen.requests, .failures = seen.totalFailures};
    s.consecutiveFailures = seen.consecutiveFailures;
    s.generation = m_generation;
    if (m_state == BreakerState::HalfOpen) {
        s.trialsSucceeded = seen.consecutiveSuccesses;
        s.trialsInFlight = seen.requests - seen.totalExclusions - seen.totalSuccesses;
    }
    if (m_state == BreakerState::Open)
        s.nextTrialAt = m_expiry + Duration(1); // strictly after the timeout
    return s;
}

} // namespace halfopen
