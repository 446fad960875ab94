// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What the policies that are no breakers say about themselves: their budgets, limits and lines as facts.
#include "core/base/units.h"
#include "core/policies/adaptive_concurrency.h"
#include "core/policies/adaptive_throttle.h"
#include "core/policies/bulkhead.h"
#include "core/policies/cache.h"
#include "core/policies/explanation.h"
#include "core/policies/health_check.h"
#include "core/policies/hedge.h"
#include "core/policies/rate_limiter.h"
#include "core/policies/retry.h"
#include "core/policies/retry_budget.h"

#include <cstdio>

namespace halfopen {

namespace {

std::string parts(std::int64_t value, std::int64_t unit)
{
    return formatNumber(static_cast<double>(value) / static_cast<double>(unit));
}

std::string ofMost(std::int64_t value, std::int64_t most)
{
    return std::to_string(value) + " of at most " + std::to_string(most);
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
    std::string waits;
    for (const Duration wait : m_schedule)
        waits += (waits.empty() ? "" : ", ") + formatDuration(wait);
    e.addFact("attempts", "at most " + std::to_string(m_config.maxAttempts) + ", the first included");
    if (!waits.empty())
        e.addFact("waits before jitter", waits);
    e.addFact("retries that the budget allows now",
              m_budget.isLimited() ? std::to_string(m_budget.balance(now)) : std::string("no budget is set"));
    return e;
}

Explanation RetryBudgetLayer::explain(Instant now) const
{
    Explanation e;
    switch (m_config.kind) {
    case RetryBudgetKind::Ratio:
        e.addFact("retries allowed now", std::to_string(m_ratio.balance(now)));
        break;
    case RetryBudgetKind::TokenBucket:
        e.addFact("tokens", parts(m_bucket.millionths(), 1'000'000) + " of " + std::to_string(m_config.tokens())
                                + "; a retry takes 1");
        break;
    case RetryBudgetKind::Grpc:
        e.addFact("tokens", parts(m_grpc.thousandths(), 1000) + " of " + std::to_string(m_config.tokens()));
        e.addFact("retries", m_grpc.mayRetry() ? "allowed: more than half of the tokens are there"
                                               : "stopped until more than half of the tokens are there");
        break;
    case RetryBudgetKind::Aws:
        e.addFact("tokens", std::to_string(m_aws.tokens()) + " of " + std::to_string(m_config.tokens()));
        break;
    case RetryBudgetKind::Envoy:
        e.addFact("calls in flight", std::to_string(m_envoy.active()));
        e.addFact("retries in flight", std::to_string(m_envoy.activeRetries()));
        e.addFact("retries", m_envoy.mayRetry() ? "allowed" : "stopped until one of them ends");
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
        e.addFact("whole tokens", std::to_string(m_bucket.tokens(now)) + " of " + std::to_string(m_config.burstSize()));
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
    e.addFact("requests in the window", std::to_string(asked));
    e.addFact("accepted of them", std::to_string(accepted));
    const bool isJudged = asked >= m_minimumCalls;
    const RejectionOdds odds = rejectionOdds(asked, accepted, m_multiplier, m_maxRejection);
    e.addFact("chance that the next call is refused",
              isJudged ? percent(odds.probability())
                       : "0: minimum calls not reached, " + std::to_string(asked) + " of " + std::to_string(m_minimumCalls));
    return e;
}

Explanation HealthCheck::explain(Instant) const
{
    Explanation e;
    e.addFact("the dependency is taken for", m_isHealthy ? "healthy" : "unhealthy: calls are refused");
    const std::int64_t needed = m_isHealthy ? m_config.unhealthyThreshold : m_config.healthyThreshold;
    e.addFact(m_isHealthy ? "bad probes in a row" : "good probes in a row",
              std::to_string(m_inARow) + " of " + std::to_string(needed));
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
    e.addFact("answers held", std::to_string(entries()));
    return e;
}

} // namespace halfopen
