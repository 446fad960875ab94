// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/policies/dialects/library_breaker.h"
#include "core/policies/sliding_window.h"
#include "core/scenario/schema.h"

#include <string>
#include <vector>

namespace halfopen {

/// Settings under the specification's own names (in snake case), with its defaults.
struct MicroprofileConfig {
    std::string dialect = "microprofile";
    std::int64_t requestVolumeThreshold = 20;
    double failureRatio = 0.5; ///< share, 0 to 1
    Duration delay = std::chrono::seconds(5);
    std::int64_t successThreshold = 1;
    std::vector<std::string> failOn; ///< empty = every failure
    std::vector<std::string> skipOn;
    bool countsLateResults = false;
    CancelledAs cancelled = CancelledAs::Failure;
    friend bool operator==(const MicroprofileConfig &, const MicroprofileConfig &) = default;
};

const Schema &microprofileSchema();

/// The circuit breaker of MicroProfile Fault Tolerance 4, as its specification has it. The dialect `microprofile`.
///
/// What differs from the dialect `halfopen`:
/// - The window is the last requestVolumeThreshold calls, and judged after each call, but only once it is full.
/// - HALF_OPEN lets success_threshold calls through in all; all of them must go well, the first failure opens it again.
/// - What is not a failure (not in failOn, or in skipOn, which wins) is a success, also on trial.
/// - OPEN ends at exactly the delay, at the next call.
/// - Left to the implementation, so a setting here: what late results and cancelled calls do.
///
/// Source: MicroProfile Fault Tolerance 4.1, chapter "Circuit Breaker" and the annotation's documentation.
class MicroprofileCircuitBreaker final : public LibraryBreaker {
public:
    explicit MicroprofileCircuitBreaker(const MicroprofileConfig &config);
    /// The same settings change nothing; others begin a new CLOSED with empty counts.
    void reconfigure(Instant now, const void *config) override;

private:
    void apply(const MicroprofileConfig &config);
    void onResult(Instant now, const End &end) override;
    void onEntered(Instant now) override;
    WindowCounts windowAt(Instant) const override { return m_window.counts(); }
    void showWindow(Instant now, Explanation &e) const override;
    void showRules(Instant now, Explanation &e) const override;
    Instant trialFrom(Instant now) const override { return now + m_config.delay; }

    CountWindow m_window;
    MicroprofileConfig m_config;
};

} // namespace halfopen
