// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/policies/dialects/library_retry.h"
#include "core/policies/retry_budget.h"
#include "core/scenario/schema.h"

#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace halfopen {

/// The documentation and the source of Envoy give two formulas for the range of a wait.
enum class EnvoyFormula : std::uint8_t {
    Source,     ///< B, 2 B, 4 B, ... up to the cap
    Documented, ///< (2^n - 1) B: B, 3 B, 7 B, ... up to the cap
};
std::span<const std::string_view> enumNames(EnvoyFormula);

struct EnvoyRetryBudgetConfig {
    std::optional<double> budgetPercent; ///< share; none = max_retries is the limit
    std::int64_t minRetryConcurrency = 3;
};

/// Settings under Envoy's own names (in snake case) with its defaults; a list `retry_on` of its own has no default there.
struct EnvoyRetryConfig {
    std::string dialect = "envoy";
    std::int64_t numRetries = 1; ///< the first try does not count
    std::vector<std::string> retryOn = {"5xx"};
    std::vector<std::string> retriableStatusCodes;
    Duration baseInterval = std::chrono::milliseconds(25);
    std::optional<Duration> maxInterval; ///< none = ten times baseInterval
    EnvoyFormula formula = EnvoyFormula::Source;
    std::optional<Duration> rateLimitedMaxInterval; ///< none = Retry-After is not looked at
    std::int64_t maxRetries = 3;                    ///< at once
    EnvoyRetryBudgetConfig retryBudget;
};

const Schema &envoyRetrySchema();

/// The retry of Envoy's router. The dialect `envoy`.
///
/// What differs from the dialect `halfopen`: waits are U[0, range) with ranges from 25 ms to 250 ms by default; what limits retries is how
/// many are under way at once in this process: max_retries, or a share of the requests under way. A retry counts from its
/// scheduling until its try has ended, so a backoff uses the budget up. A Retry-After is used only when asked for, and then
/// spread: U[i, 1.5 i).
/// A timeout per try is a layer `timeout` inside this one, the route's timeout one outside. Not modelled: hedging, the choice of another
/// host, `x-envoy-*` headers.
/// Source: Envoy (retry_state_impl.cc, backoff_strategy.cc, resource_manager_impl.h), read at several commits.
class EnvoyRetry final : public LibraryRetry {
public:
    explicit EnvoyRetry(const EnvoyRetryConfig &config) { apply(config); }
    void reconfigure(Instant, const void *config) override { apply(*static_cast<const EnvoyRetryConfig *>(config)); }

    /// Retries scheduled or under way.
    std::int64_t retriesUnderWay() const { return m_share.activeRetries(); }

private:
    void apply(const EnvoyRetryConfig &config);
    std::optional<Duration> waitAfter(Instant now, Try &made, Outcome outcome, std::uint64_t bits) override;
    std::int64_t triesAtMost() const override;
    WaitRange waitRange(std::uint32_t number) const override;
    std::string showLimits(Instant now, Explanation &e) const override;
    void onBegun(Instant now, Try &made) override;
    void onTryEnded(Instant now, Try &made) override;
    void settle(Instant now);
    bool mayRetry() const;
    double range(std::uint32_t retries) const;

    EnvoyRetryShare m_share;
    std::multiset<std::int64_t> m_waiting; ///< when the retries that wait begin, in ns; see settle()
    EnvoyRetryConfig m_config;
};

} // namespace halfopen
