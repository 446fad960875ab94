// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/policies/dialects/resilience4j_circuit_breaker.h"
#include "core/policies/explanation.h"

#include <algorithm>

namespace halfopen {

Explanation Resilience4jCircuitBreaker::explain(Instant now) const
{
    using Rule = Explanation::Rule;
    Explanation e;
    e.isBreaker = true;
    e.state = m_state;
    if (m_book == Book::Trials) {
        e.show(m_trials);
        e.windowText = "the trial calls, at most " + std::to_string(m_trials.size());
    } else if (m_book == Book::Window) {
        if (m_config.slidingWindowType == Resilience4jWindowType::TimeBased)
            e.show(m_timeWindow, now);
        else
            e.show(m_countWindow);
    }
    e.intake.since = m_book == Book::Trials ? Explanation::Intake::Since::Trials : Explanation::Intake::Since::Normal;
    e.intake.inOpen = e.intake.inHalfOpen = e.intake.late = true;
    e.intake.kinds = e.intake.kinds.without(m_ignored);
    const std::uint32_t least = minimum();
    const auto rate = [&](const char *what, std::uint32_t part, float threshold, BreakerState to) {
        Rule rule{.what = what, .leadsTo = to, .unit = Explanation::Unit::Share};
        const float observed =
            e.window.calls ? static_cast<float>(part) * 100.0f / static_cast<float>(e.window.calls) : 0.0f;
        rule.observed = static_cast<double>(observed) / 100;
        rule.threshold = static_cast<double>(threshold) / 100;
        rule.calls = e.window.calls;
        rule.callsNeeded = least;
        rule.isReached = observed >= threshold;
        return rule;
    };
    switch (m_state) {
    case BreakerState::Closed:
    case BreakerState::MetricsOnly:
    case BreakerState::HalfOpen: {
        const Rule failed = rate("failure rate", e.window.failures, m_failurePercent, BreakerState::Open);
        const Rule slow = rate("slow-call rate", e.window.slow, m_slowPercent, BreakerState::Open);
        e.rules = {failed, slow};
        if (m_state != BreakerState::HalfOpen)
            break;
        Rule closes = failed;
        closes.what = "failure and slow-call rate below their thresholds; failure rate";
        closes.leadsTo = BreakerState::Closed;
        closes.below = true;
        closes.isReached = !failed.isReached && !slow.isReached;
        e.rules.push_back(closes);
        e.addFact("permissions left", std::to_string(m_permissions));
        if (m_config.maxWaitDurationInHalfOpenState) {
            e.nextAt = m_timer;
            e.next = "the longest stay in HALF_OPEN is over: it goes to "
                + std::string(m_config.transitionToStateAfterWaitDuration == Resilience4jAfterWait::Open ? "OPEN" : "CLOSED");
        } else if (m_permissions <= 0) {
            e.next = "no permission is left: calls are refused until enough of the trials have ended";
        }
        break;
    }
    case BreakerState::Open:
        if (m_config.automaticTransitionFromOpenToHalfOpenEnabled) {
            e.nextAt = m_timer;
            e.next = "a timer ends OPEN at that instant, without a call";
        } else {
            e.nextAt = m_openedAt + m_openFor + Duration(1);
            e.next = "the first call strictly after the wait ends OPEN and is let through as a trial";
        }
        break;
    case BreakerState::ForcedOpen:
        e.next = "forced open: it stays so until it is set by hand";
        break;
    case BreakerState::Disabled:
        e.next = "disabled: it lets everything through and counts nothing";
        break;
    }
    e.addFact("calls refused in this state", std::to_string(m_notPermitted));
    if (m_openings > 0)
        e.addFact("openings since the last CLOSED", std::to_string(m_openings));
    return e;
}

} // namespace halfopen
