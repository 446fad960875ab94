// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/policies/outcome_set.h"
#include "core/policies/policy.h"
#include "core/policies/sliding_window.h"
#include "core/scenario/schema.h"

#include <cstdint>
#include <string>
#include <vector>

namespace halfopen {

struct AdaptiveThrottleConfig {
    double multiplier = 2.0;                             ///< K, >= 1
    Duration window = std::chrono::minutes(2);           ///< > 0
    std::int64_t minimumCalls = 0;                       ///< below it nothing is refused
    double maxRejection = 1.0;                           ///< 0..1, cap of the probability
    std::vector<std::string> rejectOn = outcomeNames(kDependencyFailures); ///< outcomes that are no acceptance
};

const Schema &adaptiveThrottleSchema();

/// The chance to refuse as a whole number of parts: refuse if uniformIndex(bits, whole) < part.
struct RejectionOdds {
    std::int64_t part = 0;
    std::int64_t whole = 1;
    double probability() const { return static_cast<double>(part) / static_cast<double>(whole); } ///< for reports
};
/// max(0, (requests - K * accepts) / (requests + 1)), at most \a maxMillionths, with K in millionths: exact integers.
RejectionOdds rejectionOdds(std::int64_t requests, std::int64_t accepts, std::int64_t multiplierMillionths,
                            std::int64_t maxMillionths = 1'000'000);

/// Refuses by chance, in proportion to how much more is asked than the dependency accepts, before anything is sent.
///
/// - requests: every call that came here in the window, also those refused here. accepts: those that ended in an outcome that
///   is not in reject_on. Calls under way are requests already; K leaves the room for them.
/// - In the steady state K requests leave for each one that is accepted: K = 2 sends the dependency one request in vain for each
///   that it serves, K = 1.1 one in eleven. A higher K finds out sooner that the dependency is well again.
/// - Failures that do not depend on the load are all or nothing: with a share of accepts below 1/K everything ends up
///   refused.
/// - The draw is call.draw(retries). The window is cut into 60 slices.
/// Source: "Site Reliability Engineering", chapter 21, "Client-Side Throttling". Envoy's admission control with aggression 1 is
/// multiplier 1 / sr_threshold, window 30 s, max_rejection 80 %.
class AdaptiveThrottle final : public Policy {
public:
    static constexpr std::size_t kStateBytes = 0;

    explicit AdaptiveThrottle(const AdaptiveThrottleConfig &config) { apply(config); }

    [[nodiscard]] Admission admit(Instant now, PolicyCall &call) override;
    [[nodiscard]] Verdict onOutcome(Instant now, PolicyCall &call, Outcome outcome) override;
    /// What was counted stays, as far as the window still holds it.
    void reconfigure(Instant now, const void *config) override;
    [[nodiscard]] Explanation explain(Instant now) const override;

    std::int64_t requests(Instant now) const;
    std::int64_t accepts(Instant now) const;

private:
    void apply(const AdaptiveThrottleConfig &config);

    OutcomeSet m_rejections;
    std::int64_t m_multiplier = 0;   ///< millionths
    std::int64_t m_maxRejection = 0; ///< millionths
    std::int64_t m_minimumCalls = 0;
    TimeWindow m_window; ///< calls = requests and accepts together, failures = accepts
};

} // namespace halfopen
