// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/units.h"
#include "core/policies/circuit_breaker.h"
#include "core/policies/explanation.h"

namespace halfopen {

namespace {

using Rule = Explanation::Rule;
using Unit = Explanation::Unit;

Rule rateRule(const char *what, std::uint32_t part, const WindowCounts &window, const RateThreshold &threshold,
              std::uint32_t minimum)
{
    Rule rule{.what = what, .unit = Unit::Share, .threshold = threshold.share()};
    rule.observed = window.calls ? double(part) / window.calls : 0.0;
    rule.calls = window.calls;
    rule.callsNeeded = minimum;
    rule.isReached = window.calls > 0 && threshold.isReachedBy(part, window.calls);
    return rule;
}

} // namespace

Explanation CircuitBreaker::explain(Instant now) const
{
    Explanation e;
    e.isBreaker = true;
    e.state = m_state;
    // While OPEN (and on trial) the window is frozen: the calls it was opened with.
    const bool isFrozen = m_state == BreakerState::Open || m_state == BreakerState::HalfOpen;
    if (m_byTime)
        e.show(m_timeWindow, isFrozen ? m_leftClosedAt : now);
    else
        e.show(m_countWindow);
    if (isFrozen) {
        e.windowText += " before it opened";
        e.frozenAt = m_leftClosedAt;
    }
    e.intake.kinds = m_counted;

    switch (m_state) {
    case BreakerState::Closed:
    case BreakerState::MetricsOnly: {
        if (m_config.consecutiveRule()) {
            Rule rule{.what = "failures in a row"};
            rule.observed = m_consecutiveFailures;
            rule.threshold = m_consecutiveRule;
            rule.isReached = m_consecutiveFailures >= m_consecutiveRule;
            e.rules.push_back(rule);
        }
        if (m_config.failureRateThreshold)
            e.rules.push_back(rateRule("failure rate", e.window.failures, e.window, m_failureRate, m_minimumCalls));
        if (m_config.slowCall.rateThreshold)
            e.rules.push_back(rateRule("slow-call rate", e.window.slow, e.window, m_slowRate, m_minimumCalls));
        if (m_state == BreakerState::MetricsOnly)
            e.next = "the mode metrics_only reports what would trip and refuses nothing";
        break;
    }
    case BreakerState::Open:
        e.nextAt = m_openedAt + m_config.recoveryTimeout;
        e.next = "the first call at or after that instant is let through as a trial";
        break;
    case BreakerState::HalfOpen: {
        Rule closes{.what = "trials that went well", .leadsTo = BreakerState::Closed};
        closes.observed = m_trials.calls;
        closes.threshold = double(m_config.successThreshold);
        closes.isReached = m_trials.calls >= m_config.successThreshold;
        Rule opens{.what = m_slowTrialFails ? "trials that failed or were too slow" : "trials that failed"};
        opens.threshold = 1;
        e.rules = {closes, opens};
        e.addFact("trials in flight",
                  std::to_string(m_trialsInFlight) + " of at most " + std::to_string(m_config.maxTrials()));
        e.next = hasRoomForTrial() ? "the next call is let through as a trial"
                                   : "calls are refused until a trial ends";
        break;
    }
    case BreakerState::ForcedOpen:
        e.next = "forced open: it stays so until it is set by hand or by new settings";
        break;
    case BreakerState::Disabled:
        e.next = "disabled: it lets everything through and counts nothing";
        break;
    }
    if (m_config.slowCall.duration)
        e.addFact("slow", "longer than " + formatDuration(*m_config.slowCall.duration));
    if (m_state == BreakerState::Closed)
        e.addFact("failures in a row now", std::to_string(m_consecutiveFailures));
    return e;
}

} // namespace halfopen
