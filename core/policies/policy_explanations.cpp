// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What the policies that are no breakers say about themselves: their budgets, limits and lines as facts.
#include "core/base/grouped_digits.h"
#include "core/base/units.h"
#include "core/policies/adaptive_concurrency.h"
#include "core/policies/adaptive_throttle.h"
#include "core/policies/bulkhead.h"
#include "core/policies/cache.h"
#include "core/policies/dialects/cooperative_timeout.h"
#include "core/policies/dialects/library_retry.h"
#include "core/policies/explanation.h"
#include "core/policies/fallback.h"
#include "core/policies/health_check.h"
#include "core/policies/hedge.h"
#include "core/policies/rate_limiter.h"
#include "core/policies/retry.h"
#include "core/policies/retry_budget.h"
#include "core/policies/timeout.h"

#include <cstdio>

namespace halfopen {

namespace {

std::string parts(std::int64_t value, std::int64_t unit)
{
    return groupedDigits(formatNumber(static_cast<double>(value) / static_cast<double>(unit)));
}

template <typename Whole> std::string count(Whole number)
{
    return groupedDigits(std::to_string(number));
}

std::string ofMost(std::int64_t value, std::int64_t most)
{
    return count(value) + " of at most " + count(most);
}

std::string percent(double share)
{
    char text[32];
    std::snprintf(text, sizeof text, "%.1f %%", share * 100);
    return text;
}

} // namespace

Explanation Retry::explain(Instant now) const
{
    Explanation e;
    addWaits(e, m_config.maxAttempts, [this](std::uint32_t number) {
        WaitRange wait{m_config.initialDelay, m_config.initialDelay};
        for (std::uint32_t n = 1; n <= number; ++n)
            wait = {jitteredDelay(m_config, m_schedule[n - 1], wait.from, 0),
                    jitteredDelay(m_config, m_schedule[n - 1], wait.to, ~std::uint64_t{0})};
        return wait;
    });
    if (m_config.maxElapsed)
        e.addFact("no retry begins later than", formatDuration(*m_config.maxElapsed) + " after the call began");
    e.addFact("retries that the budget allows now",
              m_budget.isLimited() ? count(m_budget.balance(now)) : std::string("no budget is set"));
    if (m_config.maxAttempts <= 1)
        e.next = "a call whose first try fails now is not retried: one try is all it has";
    else if (m_budget.isLimited() && m_budget.balance(now) == 0)
        e.next = "a call whose first try fails now is not retried: the budget is used up";
    else
        e.next = "a call whose first try fails now is tried again";
    return e;
}

Explanation Timeout::explain(Instant) const
{
    Explanation e;
    e.addFact("the caller is released", formatDuration(m_after) + " after it enters this layer");
    e.addFact("what lies inside", "is cancelled then: permits are given back, the request is left");
    e.next = "a call that enters now ends as timeout unless it has ended by itself before that";
    return e;
}

Explanation CooperativeTimeout::explain(Instant) const
{
    Explanation e;
    e.addFact("limit", formatDuration(m_config.after) + ", which nobody is stopped by: the caller waits for the answer");
    e.addFact("an answer after the limit", m_config.lateResult == LateResult::Kept      ? "is handed on as it is"
                                           : m_config.lateResult == LateResult::Timeout ? "becomes timeout"
                                                                                        : "is handed on if it is good, else it becomes timeout");
    return e;
}

Explanation Fallback::explain(Instant now) const
{
    Explanation e;
    switch (m_source) {
    case FallbackSource::Static:
        e.next = "a failure now becomes the fixed answer";
        break;
    case FallbackSource::Other:
        e.next = "a failure now is followed by a call to the other service";
        break;
    case FallbackSource::Work:
        e.next = "a failure now is followed by " + formatDuration(m_work) + " of the caller's own work";
        break;
    case FallbackSource::Cached:
        e.addFact("last good answer", m_cachedAt ? formatDuration(now - *m_cachedAt) + " old" : std::string("none yet"));
        e.addFact("oldest that is served", m_maxAge == Duration::max() ? std::string("any age") : formatDuration(m_maxAge));
        if (m_staleMaxAge > Duration(0))
            e.addFact("oldest that is served when nobody could be reached", formatDuration(m_staleMaxAge));
        e.next = hasSubstitute(now, OutcomeKind::Error)     ? "a failure now becomes a substitute"
            : hasSubstitute(now, OutcomeKind::Timeout)      ? "only where nobody could be reached a failure now becomes a substitute"
                                                            : "a failure now goes outwards: there is nothing to serve";
        break;
    }
    return e;
}

Explanation RetryBudgetLayer::explain(Instant now) const
{
    Explanation e;
    switch (m_config.kind) {
    case RetryBudgetKind::Ratio:
        e.addFact("retries allowed now", count(m_ratio.balance(now)));
        break;
    case RetryBudgetKind::TokenBucket:
        e.addFact("tokens", parts(m_bucket.millionths(), 1'000'000) + " of " + count(m_config.tokens())
                                + "; a retry takes 1");
        break;
    case RetryBudgetKind::Grpc:
        e.addFact("tokens", parts(m_grpc.thousandths(), 1000) + " of " + count(m_config.tokens()));
        e.addFact("retries", m_grpc.mayRetry() ? "allowed: more than half of the tokens are there"
                                               : "stopped until more than half of the tokens are there");
        break;
    case RetryBudgetKind::Aws:
        e.addFact("tokens", count(m_aws.tokens()) + " of " + count(m_config.tokens()));
        break;
    case RetryBudgetKind::Envoy:
        e.addFact("calls in flight", count(m_envoy.active()));
        e.addFact("retries in flight", count(m_envoy.activeRetries()));
        e.addFact("retries", m_envoy.mayRetry() ? "allowed" : "stopped until one of them ends");
        break;
    case RetryBudgetKind::FailureShare:
        e.addFact("failed tries", count(m_failureShare.failures()) + " of " + count(m_failureShare.calls())
                                      + " calls since the start");
        e.addFact("retries", m_failureShare.mayRetry() ? "allowed" : "stopped until " + percent(m_config.share())
                                                             + " of all calls are more than the failed tries");
        break;
    }
    return e;
}

Explanation RateLimiter::explain(Instant now) const
{
    Explanation e;
    const Duration wait = waitFor(now);
    e.addFact("wait of a call that came now", formatDuration(wait));
    e.addFact("longest wait that is accepted", formatDuration(m_config.maxWait));
    if (m_config.kind == RateLimiterKind::TokenBucket)
        e.addFact("whole tokens", count(m_bucket.tokens(now)) + " of " + count(m_config.burstSize()));
    if (wait > m_config.maxWait) {
        e.nextAt = now + (wait - m_config.maxWait);
        e.next = "calls are refused as rate_limited until then";
    } else {
        e.next = wait > Duration(0) ? "the next call waits its turn" : "the next call goes on at once";
    }
    return e;
}

Explanation Bulkhead::explain(Instant) const
{
    Explanation e;
    e.addFact("calls inside", ofMost(m_inside, m_config.maxConcurrent));
    e.addFact("calls waiting", ofMost(waiting(), m_config.queue));
    const bool isFull = m_inside >= m_config.maxConcurrent;
    e.next = !isFull                              ? "the next call goes on at once"
             : waiting() < m_config.queue         ? "the next call waits for a place"
                                                  : "the next call is refused as bulkhead_full";
    return e;
}

Explanation AdaptiveConcurrency::explain(Instant) const
{
    Explanation e;
    e.addFact("calls inside", ofMost(m_inside, limit()));
    if (m_kind == ConcurrencyLimitKind::Vegas)
        e.addFact("least latency seen", formatDuration(Duration(m_vegas.leastLatencyNs())));
    if (m_kind == ConcurrencyLimitKind::Gradient2)
        e.addFact("long average of the latency", formatDuration(Duration(static_cast<std::int64_t>(m_gradient2.longLatencyNs()))));
    if (m_kind == ConcurrencyLimitKind::Gradient) {
        e.addFact("least latency measured", formatDuration(Duration(m_gradient.leastLatencyNs())));
        e.addFact("measuring the least latency now", m_gradient.isMeasuring() ? "yes" : "no");
    }
    e.next = m_inside < limit() ? "the next call goes on at once" : "the next call is refused as bulkhead_full";
    return e;
}

Explanation AdaptiveThrottle::explain(Instant now) const
{
    Explanation e;
    const std::int64_t asked = requests(now), accepted = accepts(now);
    e.addFact("requests in the window", count(asked));
    e.addFact("accepted of them", count(accepted));
    const bool isJudged = asked >= m_minimumCalls;
    const RejectionOdds odds = rejectionOdds(asked, accepted, m_multiplier, m_maxRejection);
    e.addFact("chance that the next call is refused",
              isJudged ? percent(odds.probability())
                       : "0: minimum calls not reached, " + count(asked) + " of " + count(m_minimumCalls));
    return e;
}

Explanation HealthCheck::explain(Instant) const
{
    Explanation e;
    e.addFact("the dependency is taken for", m_isHealthy ? "healthy" : "unhealthy: calls are refused");
    const std::int64_t needed = m_isHealthy ? m_config.unhealthyThreshold : m_config.healthyThreshold;
    e.addFact(m_isHealthy ? "bad probes in a row" : "good probes in a row",
              count(m_inARow) + " of " + count(needed));
    e.nextAt = m_next;
    e.next = "the next probe";
    return e;
}

Explanation Hedge::explain(Instant) const
{
    Explanation e;
    const std::optional<Duration> after = delay();
    e.addFact("a copy leaves after", after ? formatDuration(*after) : std::string("never: too few latencies were seen"));
    return e;
}

Explanation Cache::explain(Instant) const
{
    Explanation e;
    e.addFact("answers held", count(entries()));
    return e;
}

} // namespace halfopen
