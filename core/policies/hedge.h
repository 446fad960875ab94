// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/histogram.h"
#include "core/policies/outcome_set.h"
#include "core/policies/policy.h"
#include "core/policies/retry.h"
#include "core/scenario/schema.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace halfopen {

struct HedgeConfig {
    std::optional<Duration> delay;    ///< fixed; with a percentile it serves until enough calls were seen
    std::optional<double> percentile; ///< of recent latencies, in (0, 1); 95 % when neither is given
    Duration minDelay = std::chrono::milliseconds(1); ///< no hedge earlier than this (percentile)
    std::int64_t minimumCalls = 100;  ///< latencies seen before the percentile is believed
    std::int64_t maxHedges = 1;       ///< copies beside the first request
    std::optional<double> budget;     ///< copies per call over 10 s; none = no limit
    std::vector<std::string> waitOn = outcomeNames(kDependencyFailures); ///< outcomes that do not end the race

    std::optional<double> effectivePercentile() const
    {
        return percentile || delay ? percentile : std::optional<double>(0.95);
    }
};

const Schema &hedgeSchema();

/// A percentile of recent latencies: of each thousand calls in a row, and of what there is before the first thousand are over.
/// It changes in steps, not with each call. The answer is at most 0.8 % above the true one.
class RecentLatency {
public:
    static constexpr std::uint64_t kCallsPerTurn = 1000;

    /// No answer before \a minimumCalls were recorded.
    RecentLatency(double percentile, std::int64_t minimumCalls)
        : m_percentile(percentile), m_nextUpdate(static_cast<std::uint64_t>(minimumCalls))
    {
    }
    void record(Duration latency);
    std::optional<Duration> value() const { return m_value; }

private:
    double m_percentile;
    std::uint64_t m_nextUpdate; ///< calls in all at which the value is taken anew
    std::uint64_t m_total = 0;
    Histogram m_now;
    std::optional<Duration> m_value;
};

/// Sends a second request when the first takes longer than usual, and uses whichever answers first.
///
/// - The copy leaves `delay` after the call, the next one as much later, up to max_hedges. What still runs when an answer
///   is used is cancelled; whether the server stops working on it is the server's business.
/// - A good answer, or a failure that is not in wait_on, ends the race. A failure in wait_on is kept back while other copies
///   run; the last one goes outwards. Failing early is no reason for a copy: that is the business of a retry.
/// - With a percentile the delay is that of this process's recent successes and timeouts. Copies disturb it a little: they cut
///   the latencies above the delay, so that a delay measured too low stays low for a while. At 95 % of exponential latencies
///   5.3 % of the calls are copied.
/// - The budget is asked when the call begins and pays when the copy leaves: calls under way at once can overdraw it.
/// Source: J. Dean and L. A. Barroso, "The Tail at Scale", CACM 56(2), 2013; gRPC proposal A6; Finagle's BackupRequestFilter.
class Hedge final : public Policy {
public:
    static constexpr std::size_t kStateBytes = 24;

    explicit Hedge(const HedgeConfig &config) { apply(config); }

    [[nodiscard]] Admission admit(Instant now, PolicyCall &call) override;
    [[nodiscard]] Verdict onOutcome(Instant now, PolicyCall &call, Outcome outcome) override;
    [[nodiscard]] Verdict onDeadline(Instant now, PolicyCall &call) override;
    /// A call whose caller left after the delay counts as one that took that long: without it, the percentile of a dependency that
    /// answers nobody in time would stay what it was.
    void onCancelled(Instant now, PolicyCall &call) override;
    /// The latencies seen stay while percentile and minimum_calls do. Calls under way keep their delay.
    void reconfigure(Instant now, const void *config) override;
    [[nodiscard]] Explanation explain(Instant now) const override;

    /// After how long a call that begins now would be copied; empty = not at all.
    std::optional<Duration> delay() const;

private:
    struct CallState {
        std::int64_t beganNs;
        std::int64_t delayNs;
        std::int32_t started; ///< copies, the first request included
        std::int32_t ended;
    };
    static_assert(sizeof(CallState) <= kStateBytes);

    void apply(const HedgeConfig &config);
    void record(Instant now, const CallState &state);

    HedgeConfig m_config;
    OutcomeSet m_waitOn;
    RetryBudget m_budget{{}};
    std::unique_ptr<RecentLatency> m_recent; ///< only with a percentile
};

} // namespace halfopen
