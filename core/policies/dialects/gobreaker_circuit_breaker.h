// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/policies/breaker.h"
#include "core/policies/dialects/gobreaker_counts.h"
#include "core/policies/outcome_set.h"
#include "core/scenario/schema.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace halfopen {

/// What is asked after a failure in CLOSED: gobreaker takes any function; these are the ones people write.
enum class GobreakerTrip : std::uint8_t {
    Consecutive, ///< failures in a row >= `threshold`; the library's default is 6 ("more than 5")
    Total,       ///< failures of the interval >= `threshold`
    Ratio,       ///< requests >= `minRequests` and failures / requests >= `ratio`
};
std::span<const std::string_view> enumNames(GobreakerTrip);

struct GobreakerReadyToTrip {
    GobreakerTrip kind = GobreakerTrip::Consecutive;
    std::int64_t threshold = 6;
    std::int64_t minRequests = 3;
    double ratio = 0.6;
};

/// Settings under the library's own names (in snake case), with the library's defaults.
struct GobreakerConfig {
    std::string dialect = "gobreaker";
    std::int64_t maxRequests = 1;
    std::optional<Duration> interval;     ///< none = counts are never cleared while CLOSED
    std::optional<Duration> bucketPeriod; ///< none = one fixed window of `interval`
    Duration timeout = std::chrono::seconds(60);
    GobreakerReadyToTrip readyToTrip;
    std::vector<std::string> isExcluded; ///< outcomes that are neither success nor failure
};

const Schema &gobreakerSchema();

/// The circuit breaker of gobreaker 2.4 (two-step API), rule by rule. The dialect `gobreaker`.
///
/// What differs from the dialect `halfopen`:
/// - The trip rule is asked only after a failure in CLOSED.
/// - A fixed window: the counts are cleared when the first call (or end of a call) comes strictly after `interval`; the next
///   window begins at that moment, not on a grid, and every call that was under way is void. A long call under a short
///   interval is never counted: an outage of timeouts can stay unseen.
/// - A rolling window (`bucket_period`, at least two buckets): buckets counted from the beginning of the generation roll off; an
///   outcome is booked where its call began.
/// - OPEN ends strictly after `timeout`, at the next call, and also at a late end of a call.
/// - HALF_OPEN admits while requests - excluded < max_requests, closes after max_requests successes in a row and opens at the
///   first failure. A trial that never ends keeps it there for ever.
/// - Results of earlier generations are dropped; every change of state, and every new fixed window, is a new one.
/// - Everything that is not good is a failure unless excluded, also refusals of policies further in. A cancelled call ends as an
///   error, as Execute() would have it.
///
/// Reproduced by recordings of the real library: see core/conform.
/// Source: gobreaker 2.4, v2/gobreaker.go.
class GobreakerCircuitBreaker final : public Breaker {
public:
    static constexpr std::size_t kStateBytes = 16;

    explicit GobreakerCircuitBreaker(const GobreakerConfig &config);

    [[nodiscard]] Admission admit(Instant now, PolicyCall &call) override;
    [[nodiscard]] Verdict onOutcome(Instant now, PolicyCall &call, Outcome outcome) override;
    void onCancelled(Instant now, PolicyCall &call) override;
    /// The library cannot be reconfigured: this swaps the settings and begins a new generation in the same state.
    void reconfigure(Instant now, const void *config) override;

    [[nodiscard]] BreakerSnapshot snapshot(Instant now) const override;
    [[nodiscard]] Explanation explain(Instant now) const override;
    /// The library cannot be set by hand; it has no states but CLOSED, OPEN and HALF_OPEN.
    bool force(Instant now, BreakerState state) override;

    /// The library's State(): looks at the clock first, so asking can move OPEN to HALF_OPEN or begin a new window.
    BreakerState askState(Instant now);
    /// The insides as they are, without a look at the clock.
    const GobreakerCounts &counts() const { return m_counts.counts(); }
    std::uint64_t generation() const { return m_generation; }
    BreakerState state() const { return m_state; }

private:
    using Kind = TransitionReason::Kind;
    struct CallState {
        std::uint64_t age;        ///< bucket it was admitted in
        std::uint32_t generation; ///< 0 = nothing owed
    };
    static_assert(sizeof(CallState) <= kStateBytes);

    void apply(const GobreakerConfig &config);
    void lookAtClock(Instant now, const PolicyCall *call);
    void beginGeneration(Instant now);
    bool isReadyToTrip() const;
    TransitionReason tripReason(TransitionReason reason) const;
    TransitionReason reasonNow(Kind kind) const;
    void moveTo(Instant now, BreakerState state, const TransitionReason &reason);
    void onFailure(Instant now, std::uint64_t age, const TransitionReason &end);
    void onSuccess(Instant now, std::uint64_t age, TransitionReason end);

    BreakerState m_state = BreakerState::Closed;
    bool m_rolling = false;
    OutcomeSet m_excluded;
    std::uint32_t m_generation = 0;
    Instant m_begin;                     ///< of the generation
    Instant m_expiry = Instant::never(); ///< strictly after it the fixed window, or OPEN, is over
    Duration m_interval{};               ///< 0 = never cleared
    GobreakerRollingCounts m_counts;
    GobreakerConfig m_config;
};

} // namespace halfopen
