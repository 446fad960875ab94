// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What the retries of the libraries would do next, and why.
#include "core/base/units.h"
#include "core/policies/dialects/aws_retry.h"
#include "core/policies/dialects/envoy_retry.h"
#include "core/policies/dialects/finagle_retry.h"
#include "core/policies/dialects/grpc_retry.h"
#include "core/policies/dialects/library_retry.h"
#include "core/policies/dialects/polly_retry.h"
#include "core/policies/dialects/resilience4j_retry.h"
#include "core/policies/explanation.h"

#include <algorithm>

namespace halfopen {

namespace {

constexpr std::uint64_t kLeastDraw = 0;
constexpr std::uint64_t kGreatestDraw = ~std::uint64_t{0};

/// For people: to three digits behind the point of a millisecond.
std::string waitText(Duration wait)
{
    constexpr Duration kMicrosecond = std::chrono::microseconds(1);
    return formatDuration((wait + kMicrosecond / 2) / kMicrosecond * kMicrosecond);
}

std::string tokensText(std::int64_t thousandths)
{
    return formatNumber(static_cast<double>(thousandths) / 1000);
}

} // namespace

void addWaits(Explanation &e, std::int64_t triesAtMost, const std::function<WaitRange(std::uint32_t)> &range)
{
    constexpr std::int64_t kShown = 4;
    e.addFact("tries per call", "at most " + std::to_string(triesAtMost) + ", the first included");
    for (std::int64_t retry = 1; retry < std::min(triesAtMost, kShown + 1); ++retry) {
        const WaitRange wait = range(static_cast<std::uint32_t>(retry));
        e.addFact("after try " + std::to_string(retry) + " fails",
                  "the next follows " + waitText(wait.from)
                      + (wait.to > wait.from ? " to " + waitText(wait.to) : std::string()) + " later");
    }
    if (triesAtMost > kShown + 1)
        e.addFact("and so on", "up to try " + std::to_string(triesAtMost));
}

Explanation LibraryRetry::explain(Instant now) const
{
    Explanation e;
    addWaits(e, triesAtMost(), [this](std::uint32_t number) { return waitRange(number); });
    const std::string refusal = showLimits(now, e);
    e.addFact("failed tries so far", std::to_string(m_retried) + " retried, " + std::to_string(m_usedUp) + " were the last allowed, "
                                         + std::to_string(m_limited) + " found no quota or budget, " + std::to_string(m_notRetriable)
                                         + " are not retried by their kind");
    if (triesAtMost() <= 1)
        e.next = "a call whose first try fails now is not retried: one try is all it has";
    else if (!refusal.empty())
        e.next = "a call whose first try fails now is not retried: " + refusal;
    else
        e.next = "a call whose first try fails now is tried again";
    return e;
}

std::string LibraryRetry::showLimits(Instant, Explanation &) const
{
    return {};
}

// --- AWS

std::int64_t AwsRetry::triesAtMost() const
{
    return m_config.maxAttempts;
}

WaitRange AwsRetry::waitRange(std::uint32_t number) const
{
    return {Duration(0), waitOf(range(m_config.base(), number - 1))};
}

std::string AwsRetry::showLimits(Instant, Explanation &e) const
{
    if (m_config.mode == AwsRetryMode::Legacy || m_config.retryQuota == 0) {
        e.addFact("quota", "none");
        return {};
    }
    const std::int64_t usual = costOf({.kind = OutcomeKind::Error});
    e.addFact("quota", std::to_string(m_quota.tokens()) + " of " + std::to_string(m_config.retryQuota) + " tokens; a retry takes "
                           + std::to_string(usual) + ", so they pay for " + std::to_string(m_quota.tokens() / usual));
    return m_quota.tokens() >= usual ? std::string() : "the quota does not pay for it";
}

// --- gRPC

std::int64_t GrpcRetry::triesAtMost() const
{
    return std::min(m_config.maxAttempts, kMostAttempts);
}

WaitRange GrpcRetry::waitRange(std::uint32_t number) const
{
    const double backoff = grown(static_cast<double>(m_config.initialBackoff.count()), m_config.backoffMultiplier, number - 1,
                                 static_cast<double>(m_config.maxBackoff.count()));
    return {waitOf(backoff * 0.8), waitOf(backoff * 1.2)};
}

std::string GrpcRetry::showLimits(Instant, Explanation &e) const
{
    if (!m_throttle) {
        e.addFact("throttling", "none");
        return {};
    }
    e.addFact("throttling", tokensText(m_throttle->thousandths()) + " of " + std::to_string(*m_config.retryThrottling.maxTokens)
                                + " tokens; a failure takes 1, and more than half must be left");
    GrpcRetryThrottle after = *m_throttle; // the failure that asks takes its token first
    after.onFailure();
    return after.mayRetry() ? std::string() : "with its failure no more than half of the tokens would be left";
}

// --- Envoy

std::int64_t EnvoyRetry::triesAtMost() const
{
    return m_config.numRetries + 1;
}

WaitRange EnvoyRetry::waitRange(std::uint32_t number) const
{
    return {Duration(0), waitOf(range(number - 1))};
}

std::string EnvoyRetry::showLimits(Instant now, Explanation &e) const
{
    EnvoyRetry as = *this; // retries whose backoff is over are in flight by now
    as.settle(now);
    const std::string retries = std::to_string(m_share.activeRetries()) + " waiting or in flight";
    if (m_config.retryBudget.budgetPercent)
        e.addFact("retries at once", retries + "; allowed are " + formatNumber(*m_config.retryBudget.budgetPercent * 100) + " % of "
                                         + std::to_string(as.m_share.active()) + " requests in flight, at least "
                                         + std::to_string(m_config.retryBudget.minRetryConcurrency));
    else
        e.addFact("retries at once", retries + " of at most " + std::to_string(m_config.maxRetries));
    return as.mayRetry() ? std::string() : "so many are under way at once";
}

// --- Finagle

std::int64_t FinagleRetry::triesAtMost() const
{
    return m_config.tries;
}

WaitRange FinagleRetry::waitRange(std::uint32_t number) const
{
    WaitRange wait;
    for (std::uint32_t n = 1; n <= number; ++n)
        wait = {finagleWait(m_config, n, wait.from, kLeastDraw), finagleWait(m_config, n, wait.to, kGreatestDraw)};
    return wait;
}

std::string FinagleRetry::showLimits(Instant now, Explanation &e) const
{
    const std::int64_t left = m_budget.balance(now);
    e.addFact("budget", std::to_string(left) + (left == 1 ? " retry" : " retries") + " allowed now: "
                            + formatNumber(m_config.budget.percentCanRetry * 100) + " % of the requests of the last "
                            + formatDuration(m_config.budget.ttl) + ", and " + std::to_string(m_config.budget.minRetriesPerSec)
                            + " per second");
    return left > 0 ? std::string() : "the budget is used up";
}

// --- Polly

std::int64_t PollyRetry::triesAtMost() const
{
    return m_config.maxRetryAttempts + 1;
}

/// The exponential formula with jitter subtracts what was drawn before: the least wait follows the greatest draw.
WaitRange PollyRetry::waitRange(std::uint32_t number) const
{
    const std::uint32_t attempt = number - 1;
    double greatBefore = 0, smallBefore = 0;
    if (attempt > 0) {
        static_cast<void>(pollyDelayNs(m_config, attempt - 1, 1, greatBefore));
        static_cast<void>(pollyDelayNs(m_config, attempt - 1, 0, smallBefore));
    }
    const Duration most = m_config.maxDelay.value_or(Duration::max());
    return {std::min(waitOf(pollyDelayNs(m_config, attempt, 0, greatBefore)), most),
            std::min(waitOf(pollyDelayNs(m_config, attempt, 1, smallBefore)), most)};
}

// --- resilience4j

Explanation Resilience4jRetry::explain(Instant) const
{
    Explanation e;
    const Resilience4jRetryRules &rules = m_core.rules();
    addWaits(e, rules.maxAttempts, [&](std::uint32_t number) {
        return WaitRange{std::chrono::milliseconds(rules.interval.waitMs(number, kLeastDraw)),
                         std::chrono::milliseconds(rules.interval.waitMs(number, kGreatestDraw))};
    });
    const Resilience4jRetryCore::Counters &c = m_core.counters();
    e.addFact("calls so far", std::to_string(c.succeededWithoutRetry) + " went well at once, " + std::to_string(c.succeededWithRetry)
                                  + " after retries, " + std::to_string(c.failedWithRetry) + " failed after all tries, "
                                  + std::to_string(c.failedWithoutRetry) + " with a failure that is not retried");
    e.addFact("budget", "it has none");
    e.next = rules.maxAttempts > 1 ? "a call whose first try fails now is tried again"
                                   : "a call whose first try fails now is not retried: one try is all it has";
    return e;
}

} // namespace halfopen
