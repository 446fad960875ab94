// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/policies/dialects/library_retry.h"
#include "core/scenario/schema.h"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace halfopen {

enum class PollyBackoffType : std::uint8_t { Constant, Linear, Exponential };
std::span<const std::string_view> enumNames(PollyBackoffType);

/// Settings under the library's own names (in snake case), with the library's defaults.
struct PollyRetryConfig {
    std::string dialect = "polly";
    std::int64_t maxRetryAttempts = 3; ///< the first try does not count
    Duration delay = std::chrono::seconds(2);
    PollyBackoffType backoffType = PollyBackoffType::Constant;
    bool useJitter = false;
    std::optional<Duration> maxDelay;
    std::vector<std::string> shouldHandle; ///< empty = every failure
    bool shouldRetryAfterHeader = false;
};

const Schema &pollyRetrySchema();

/// The wait before retry attempt + 1 (\a attempt from 0) as Polly computes it, without the cap, in ns. \a previous carries the state of
/// the decorrelated formula from one retry to the next, 0 at first; \a unit is the draw in [0, 1).
/// Exponential with jitter: (f(t) - f(t before)) / 1.4 * delay, f(t) = 2^t * tanh(sqrt(4 t)), t = attempt + unit.
double pollyDelayNs(const PollyRetryConfig &config, std::uint32_t attempt, double unit, double &previous);

/// The retry of Polly v8. The dialect `polly`.
///
/// What differs from the dialect `halfopen`: max_retry_attempts does not count the first try; constant and linear waits with jitter are
/// spread by a quarter up and down, exponential ones by a formula of its own that is not monotone; max_delay cuts after the
/// draw; a Retry-After, where it is looked at, is not cut. Every failure is retried unless should_handle says otherwise, also refusals of
/// a breaker further in. No budget, no limit of time.
/// Source: Polly 8.7, Polly.Retry (RetryHelper, RetryResilienceStrategy).
class PollyRetry final : public LibraryRetry {
public:
    explicit PollyRetry(const PollyRetryConfig &config) { apply(config); }
    void reconfigure(Instant, const void *config) override { apply(*static_cast<const PollyRetryConfig *>(config)); }

private:
    void apply(const PollyRetryConfig &config);
    std::optional<Duration> waitAfter(Instant now, Try &made, Outcome outcome, std::uint64_t bits) override;
    std::int64_t triesAtMost() const override;
    WaitRange waitRange(std::uint32_t number) const override;

    PollyRetryConfig m_config;
};

} // namespace halfopen
