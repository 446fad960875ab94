// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/policies/dialects/library_breaker.h"

namespace halfopen {

namespace {

OutcomeSet everyKind()
{
    OutcomeSet all;
    for (std::size_t i = 0; i < kOutcomeKinds; ++i)
        all = all.with({static_cast<OutcomeKind>(i)});
    return all;
}

void hideWindow(Explanation &e)
{
    e.window = {};
    e.windowText.clear();
    e.calls.clear();
    e.buckets.clear();
}

} // namespace

/// The window of CLOSED, or that of the trials where there are any.
void LibraryBreaker::showCalls(Instant now, Explanation &e) const
{
    using Since = Explanation::Intake::Since;
    showWindow(now, e);
    e.intake.inOpen = m_rules.recordsInOpen;
    e.intake.inHalfOpen = m_rules.recordsTrials;
    e.intake.late = m_rules.countsLateResults;
    e.intake.kinds = everyKind().without(m_rules.uncounted.without(m_rules.failures));
    switch (m_state) {
    case BreakerState::HalfOpen:
        e.intake.inHalfOpen = true;
        if (e.intake.since == Since::Trials)
            break; // a window of its own
        hideWindow(e);
        e.intake.since = Since::Trials;
        e.window = m_trials;
        e.windowText = "the trial calls";
        break;
    case BreakerState::Open:
        if (e.intake.since == Since::Trials)
            e.intake.inHalfOpen = true;
        if (m_rules.recordsInOpen)
            break;
        e.windowText += " before it opened";
        e.frozenAt = m_leftClosedAt;
        break;
    case BreakerState::ForcedOpen:
    case BreakerState::Disabled:
    case BreakerState::MetricsOnly:
        hideWindow(e); // it decides nothing
        e.intake.since = Since::State;
        break;
    case BreakerState::Closed:
        break;
    }
}

Explanation LibraryBreaker::explain(Instant now) const
{
    Explanation e;
    e.isBreaker = true;
    e.state = m_state;
    showCalls(now, e);
    switch (m_state) {
    case BreakerState::Closed:
        showRules(now, e);
        break;
    case BreakerState::HalfOpen:
        showRules(now, e);
        e.addFact("trials in flight", std::to_string(m_trialsInFlight));
        e.addFact("permits left", std::to_string(m_permits));
        e.next = m_permits > 0 ? "the next call is let through as a trial"
            : m_rules.resultsReturnPermits ? "calls are refused until a call ends"
                                           : "calls are refused until the trials decide; a trial that never ends keeps it here";
        break;
    case BreakerState::Open:
        e.nextAt = m_trialFrom;
        e.next = "the first call at or after that instant is let through as a trial";
        break;
    case BreakerState::ForcedOpen:
        e.next = "forced open: it stays so until it is set by hand or by new settings";
        break;
    case BreakerState::Disabled:
    case BreakerState::MetricsOnly:
        e.next = "disabled: it lets everything through and counts nothing";
        break;
    }
    return e;
}

void LibraryBreaker::showTrialRules(std::int64_t wanted, Explanation &e) const
{
    // Where slowness alone decides, it is not known which of them failed.
    const bool bySlowness = m_rules.countsSlow && !m_rules.countsFailures;
    const std::uint32_t refuted = refutedTrials();
    Explanation::Rule closes{.what = "trials that went well", .leadsTo = BreakerState::Closed};
    closes.observed = m_trials.calls - refuted;
    closes.threshold = static_cast<double>(wanted);
    closes.isReached = closes.observed >= closes.threshold;
    Explanation::Rule opens{.what = bySlowness ? "trials that were too slow" : "trials that failed"};
    opens.observed = refuted;
    opens.threshold = 1;
    opens.isReached = refuted > 0;
    e.rules = {closes, opens};
}

} // namespace halfopen
