// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/policies/dialects/gobreaker_circuit_breaker.h"
#include "core/policies/explanation.h"

#include <algorithm>
#include <cstdio>

namespace halfopen {

namespace {

std::string secondsText(Duration d)
{
    char text[40];
    std::snprintf(text, sizeof text, "%.3f s", toSeconds(d));
    return text;
}

} // namespace

Explanation GobreakerCircuitBreaker::explain(Instant now) const
{
    using Rule = Explanation::Rule;
    // The library looks at the clock at the next input; what that input will find is what there is.
    GobreakerRollingCounts seenNow = m_counts;
    const bool isOver = m_state == BreakerState::Closed && now > m_expiry;
    if (isOver)
        seenNow.clear();
    else if (m_state == BreakerState::Closed && m_rolling)
        seenNow.grow(static_cast<std::uint64_t>((now - m_begin) / *m_config.bucketPeriod));
    const GobreakerCounts &seen = seenNow.counts();
    // What began before the oldest bucket that is left is not in the counts.
    Instant countedFrom = isOver ? now : m_begin;
    if (m_state == BreakerState::Closed && m_rolling && seenNow.age() >= seenNow.buckets())
        countedFrom = m_begin + *m_config.bucketPeriod * static_cast<std::int64_t>(seenNow.age() - seenNow.buckets() + 1);

    Explanation e;
    e.isBreaker = true;
    e.state = m_state;
    e.window = {.calls = seen.requests, .failures = seen.totalFailures};
    e.windowText = "since " + secondsText(countedFrom.sinceStart());
    e.intake.since = Explanation::Intake::Since::State;
    e.intake.inOpen = e.intake.inHalfOpen = true;
    e.intake.kinds = e.intake.kinds.with({OutcomeKind::Cancelled});
    e.intake.from = countedFrom;
    if (m_state == BreakerState::Open)
        e.windowText += "; nothing is counted while OPEN";
    else if (m_state == BreakerState::HalfOpen)
        e.windowText += ", the calls let through on trial";
    else if (m_rolling)
        e.windowText = "rolling buckets over " + secondsText(m_interval) + ", counted " + e.windowText;
    else if (m_interval > Duration(0))
        e.windowText += ", cleared by the first call more than " + secondsText(m_interval) + " later";
    else
        e.windowText += ", never cleared while CLOSED";

    switch (m_state) {
    case BreakerState::Closed: {
        const GobreakerReadyToTrip &trip = m_config.readyToTrip;
        Rule rule;
        rule.note = "asked only after a failure";
        switch (trip.kind) {
        case GobreakerTrip::Consecutive:
            rule.what = "failures in a row";
            rule.observed = seen.consecutiveFailures;
            rule.threshold = static_cast<double>(trip.threshold);
            break;
        case GobreakerTrip::Total:
            rule.what = "failures in all";
            rule.observed = seen.totalFailures;
            rule.threshold = static_cast<double>(trip.threshold);
            break;
        case GobreakerTrip::Ratio:
            rule.what = "failures per request";
            rule.unit = Explanation::Unit::Share;
            rule.observed = seen.requests ? static_cast<double>(seen.totalFailures) / seen.requests : 0.0;
            rule.threshold = trip.ratio;
            rule.calls = seen.requests;
            rule.callsNeeded = static_cast<std::uint32_t>(trip.minRequests);
            break;
        }
        rule.isReached = rule.observed >= rule.threshold;
        e.rules.push_back(rule);
        break;
    }
    case BreakerState::Open:
        e.nextAt = m_expiry + Duration(1);
        e.next = "the first call, or late end of a call, strictly after the timeout makes it HALF_OPEN";
        break;
    default: { // HALF_OPEN
        Rule closes{.what = "successes in a row", .leadsTo = BreakerState::Closed};
        closes.observed = seen.consecutiveSuccesses;
        closes.threshold = static_cast<double>(m_config.maxRequests);
        closes.isReached = closes.observed >= closes.threshold;
        Rule opens{.what = "trials that failed"};
        opens.threshold = 1;
        e.rules = {closes, opens};
        const std::int64_t taken = static_cast<std::int64_t>(seen.requests) - seen.totalExclusions;
        e.addFact("trials let through", std::to_string(taken) + " of at most " + std::to_string(m_config.maxRequests));
        e.next = taken >= m_config.maxRequests ? "calls are refused until a trial ends; a trial that never ends keeps it here"
                                               : "the next call is let through as a trial";
        break;
    }
    }
    const std::uint32_t ended = seen.totalSuccesses + seen.totalFailures + seen.totalExclusions;
    e.addFact("requests not ended yet", std::to_string(seen.requests - std::min(seen.requests, ended)));
    e.addFact("failures in a row now", std::to_string(seen.consecutiveFailures));
    if (seen.totalExclusions > 0)
        e.addFact("excluded calls", std::to_string(seen.totalExclusions));
    return e;
}

} // namespace halfopen
