// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/policies/dialects/library_retry.h"
#include "core/policies/retry.h"
#include "core/scenario/schema.h"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace halfopen {

enum class FinagleBackoff : std::uint8_t { DecorrelatedJittered, EqualJittered, ExponentialJittered, Exponential, Constant };
std::span<const std::string_view> enumNames(FinagleBackoff);

struct FinagleBudgetConfig {
    double percentCanRetry = 0.2; ///< share
    std::int64_t minRetriesPerSec = 10;
    Duration ttl = std::chrono::seconds(10);
};

/// Settings under the library's own names (in snake case), with the defaults of RetryPolicy.tries and of RetryBudget.
struct FinagleRetryConfig {
    std::string dialect = "finagle";
    std::int64_t tries = 3; ///< the first one counts
    FinagleBackoff backoff = FinagleBackoff::DecorrelatedJittered;
    Duration start = std::chrono::milliseconds(5);
    Duration maximum = std::chrono::milliseconds(200);
    bool chained = true;
    std::vector<std::string> retryOn = outcomeNames(kDependencyFailures);
    FinagleBudgetConfig budget;
};

const Schema &finagleRetrySchema();

/// The wait after \a previous (the one before, 0 before the first) for retry \a number from 1.
Duration finagleWait(const FinagleRetryConfig &config, std::uint32_t number, Duration previous, std::uint64_t bits);

/// The retry of Finagle with its budget. The dialect `finagle`.
///
/// What differs from the dialect `halfopen`: the first wait is exactly `start`. Then, as the source reads, each range begins at the wait
/// that was drawn before: decorrelated U[s, 3 s), so that waits never fall; exponential U[0, s * 2^n), and exactly `maximum` once that is reached. The budget is a share of the
/// requests of the last `ttl` plus a reserve of min_retries_per_sec * ttl: 100 retries at the start by default.
/// Source: Finagle, com.twitter.finagle.Backoff, com.twitter.finagle.service.RetryBudget.
class FinagleRetry final : public LibraryRetry {
public:
    explicit FinagleRetry(const FinagleRetryConfig &config);
    /// What the budget has counted stays where the new ttl allows it.
    void reconfigure(Instant now, const void *config) override;

    /// Retries the budget allows right now.
    std::int64_t balance(Instant now) const { return m_budget.balance(now); }

private:
    void apply(const FinagleRetryConfig &config);
    std::optional<Duration> waitAfter(Instant now, Try &made, Outcome outcome, std::uint64_t bits) override;
    std::int64_t triesAtMost() const override;
    WaitRange waitRange(std::uint32_t number) const override;
    std::string showLimits(Instant now, Explanation &e) const override;
    void onBegun(Instant now, Try &made) override;

    RetryBudget m_budget;
    FinagleRetryConfig m_config;
};

} // namespace halfopen
