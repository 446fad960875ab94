// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/policies/dialects/library_breaker.h"
#include "core/policies/sliding_window.h"
#include "core/scenario/schema.h"

#include <string>
#include <vector>

namespace halfopen {

/// What a DegradeRule looks at: its `grade` 0, 1 and 2.
enum class SentinelGrade : std::uint8_t { SlowRequestRatio, ErrorRatio, ErrorCount };
std::span<const std::string_view> enumNames(SentinelGrade);

/// Settings under the library's own names (in snake case). `count` and `timeWindow` have no default in the library; these are ours.
struct SentinelConfig {
    std::string dialect = "sentinel";
    SentinelGrade grade = SentinelGrade::ErrorRatio;
    double count = 0.5; ///< ms for SlowRequestRatio, share for ErrorRatio, a number for ErrorCount
    double slowRatioThreshold = 1.0; ///< share, 0 to 1
    Duration timeWindow = std::chrono::seconds(10);
    std::int64_t minRequestAmount = 5;
    Duration statInterval = std::chrono::seconds(1);
    std::vector<std::string> exceptions = outcomeNames(kDependencyFailures);
    CancelledAs cancelled = CancelledAs::Failure;
    friend bool operator==(const SentinelConfig &, const SentinelConfig &) = default;
};

const Schema &sentinelSchema();

/// The circuit breaker of Sentinel 1.8 (one DegradeRule), rule by rule. The dialect `sentinel`.
///
/// What differs from the dialect `halfopen`:
/// - The window is one tumbling bucket, cut at whole multiples of the interval: an outage that begins just before the edge is seen only
///   in the next bucket.
/// - Compared with > after every completed call: an error ratio of 100 % as threshold is never exceeded. Only a slow ratio of exactly
///   100 % counts as reached.
/// - Slow is a time in whole milliseconds > the limit. A rule looks at one thing: a rule for slow calls takes no notice of errors, also
///   on trial.
/// - HALF_OPEN is one trial; the first call that completes decides. A trial that a policy further in refuses moves it back to OPEN
///   without a new wait.
/// - Refusals of policies further in are not counted. Errors are those that are traced (`exceptions`); all else completed well.
/// - OPEN ends at exactly the time window, on a clock of whole milliseconds, at the next call.
///
/// Several rules for one resource are several of these layers.
/// Source: Sentinel 1.8 (AbstractCircuitBreaker, ExceptionCircuitBreaker, ResponseTimeCircuitBreaker, DegradeSlot).
class SentinelCircuitBreaker final : public LibraryBreaker {
public:
    explicit SentinelCircuitBreaker(const SentinelConfig &config);
    /// As the library does: a rule that did not change keeps its breaker, another begins anew.
    void reconfigure(Instant now, const void *config) override;

private:
    void apply(const SentinelConfig &config);
    void onResult(Instant now, const End &end) override;
    void onUncounted(Instant now, const End &end) override;
    void onEntered(Instant now) override;
    void judge(Instant now, const End &end);
    bool isSlow(Instant now, const End &end) const override;
    WindowCounts windowAt(Instant now) const override { return m_window.countsAt(now); }
    void showWindow(Instant now, Explanation &e) const override;
    void showRules(Instant now, Explanation &e) const override;
    Instant trialFrom(Instant now) const override { return wholeMs(now) + m_config.timeWindow; }

    TimeWindow m_window;
    std::int64_t m_slowAfterMs = 0;
    SentinelConfig m_config;
};

} // namespace halfopen
