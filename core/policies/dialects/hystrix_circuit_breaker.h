// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/policies/dialects/library_breaker.h"
#include "core/policies/sliding_window.h"
#include "core/scenario/schema.h"

#include <string>
#include <vector>

namespace halfopen {

/// Settings under the library's own names (in snake case), with the library's defaults.
struct HystrixConfig {
    std::string dialect = "hystrix";
    std::int64_t requestVolumeThreshold = 20;
    double errorThresholdPercentage = 0.5; ///< share, whole percents
    Duration sleepWindow = std::chrono::seconds(5);
    Duration rollingStatsTime = std::chrono::seconds(10);
    Duration healthSnapshotInterval = std::chrono::milliseconds(500);
    std::optional<Duration> executionTimeout = std::chrono::seconds(1);
    bool forceOpen = false;
    bool forceClosed = false;
    bool lateResultsDecide = true;
    std::vector<std::string> badRequest; ///< outcomes that are not counted
    friend bool operator==(const HystrixConfig &, const HystrixConfig &) = default;
};

const Schema &hystrixSchema();

/// The circuit breaker of Hystrix 1.5 with the timeout of its commands, rule by rule. The dialect `hystrix`.
///
/// What differs from the dialect `halfopen`:
/// - Judged by a timer, not by a call: at every health snapshot (500 ms) over the whole buckets of the last 10 s. So it opens up to
///   500 ms after the data says so, and calls of the bucket under way do not count yet.
/// - The error percentage is cut to a whole number: 199 errors of 400 are 49 %.
/// - Every failure is an error, also refusals of bulkheads and limiters further in: a full pool trips the breaker. Cancelled calls
///   are not counted.
/// - HALF_OPEN is one trial. A success closes it and clears the window; anything else, also a cancelled trial, opens it for another
///   sleep window. The first call that ends decides, also one admitted before.
/// - OPEN ends strictly after the sleep window on a clock of whole milliseconds.
///
/// The timer is asked for while the window holds calls. A driver without timers gets the same decisions at the next input.
/// Source: Hystrix 1.5 (HystrixCircuitBreaker, HystrixCommandMetrics.HealthCounts, AbstractCommand).
class HystrixCircuitBreaker final : public LibraryBreaker {
public:
    explicit HystrixCircuitBreaker(const HystrixConfig &config);
    [[nodiscard]] Instant nextTimer() const override;
    void handleTimer(Instant now) override;
    /// The same settings change nothing; others begin a new CLOSED with empty counts.
    void reconfigure(Instant now, const void *config) override;

private:
    void apply(const HystrixConfig &config);
    void startStream(Instant now);
    void onResult(Instant now, const End &end) override;
    void onUncounted(Instant now, const End &end) override;
    void onEntered(Instant now) override;
    void lookAtClock(Instant now) override;
    void judge(Instant now, Instant tick);
    WindowCounts windowAt(Instant now) const override { return m_window.countsAt(now); }
    void showWindow(Instant now, Explanation &e) const override;
    void showRules(Instant now, Explanation &e) const override;
    Instant trialFrom(Instant now) const override;

    TimeWindow m_window; ///< the whole buckets and the one under way
    Instant m_tick;      ///< the next health snapshot
    std::optional<Instant> m_openedAtTick; ///< while judging: the snapshot that opens it
    std::int64_t m_thresholdPercent = 50;
    HystrixConfig m_config;
};

} // namespace halfopen
