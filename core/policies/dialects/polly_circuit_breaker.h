// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/policies/dialects/library_breaker.h"
#include "core/policies/lazy_window.h"
#include "core/scenario/schema.h"

#include <string>
#include <vector>

namespace halfopen {

/// Polly changed what an unhandled outcome does twice.
enum class PollyVersion : std::uint8_t { V8_4, V8_0, V7 };
std::span<const std::string_view> enumNames(PollyVersion);

/// What a BreakDurationGenerator can be here: growth with the number of trials since the last CLOSED.
struct PollyBreakGrowth {
    double multiplier = 1.0; ///< 1 = every break is as long
    std::optional<Duration> max; ///< none = kLongest, the longest break that the library takes
    static constexpr std::chrono::hours kLongest{24};
    friend bool operator==(const PollyBreakGrowth &, const PollyBreakGrowth &) = default;
};

/// Settings under the library's own names (in snake case), with the library's defaults.
struct PollyBreakerConfig {
    std::string dialect = "polly";
    PollyVersion version = PollyVersion::V8_4;
    double failureRatio = 0.1; ///< share, 0 to 1
    std::int64_t minimumThroughput = 100;
    Duration samplingDuration = std::chrono::seconds(30);
    Duration breakDuration = std::chrono::seconds(5);
    PollyBreakGrowth generator;
    std::vector<std::string> shouldHandle; ///< empty = every failure but a cancelled call
    friend bool operator==(const PollyBreakerConfig &, const PollyBreakerConfig &) = default;
};

const Schema &pollyBreakerSchema();

/// The circuit breaker of Polly v8, rule by rule. The dialect `polly`.
///
/// What differs from the dialect `halfopen`:
/// - The ratio is judged only when a handled failure arrives in CLOSED: many failures, then successes, leave it closed until one
///   more failure.
/// - The window is ten parts that begin lazily (LazyWindow); it is cleared on closing only, so that OPEN and HALF_OPEN keep the
///   old calls.
/// - HALF_OPEN lets one call through. The first result that arrives decides, also that of a call admitted before; in OPEN a late
///   result only moves the ratio. A trial that hangs keeps it half-open for ever.
/// - What is not handled (also a cancelled call) counts as a success and closes a half-open circuit. Version 8.0 to 8.3: it is not
///   counted, and leaves the circuit half-open for ever. Version 7: not counted, and one more trial is let through per break.
/// - OPEN ends at exactly the break's end, at the next call. A refusal names the time that is left.
///
/// Source: Polly 8.7 (CircuitStateController, AdvancedCircuitBehavior, RollingHealthMetrics); versions before 8.4 from the
/// maintainers' words in issues 1979, 311 and 717.
class PollyCircuitBreaker final : public LibraryBreaker {
public:
    explicit PollyCircuitBreaker(const PollyBreakerConfig &config);
    /// The same settings change nothing; others begin a new CLOSED with empty counts.
    void reconfigure(Instant now, const void *config) override;

private:
    void apply(const PollyBreakerConfig &config);
    void onResult(Instant now, const End &end) override;
    void onUncounted(Instant now, const End &end) override;
    bool letsAnotherTry(Instant now) override;
    void onEntered(Instant now) override;
    WindowCounts windowAt(Instant now) const override { return m_window.countsAt(now); }
    void showWindow(Instant now, Explanation &e) const override;
    void showRules(Instant now, Explanation &e) const override;
    Instant trialFrom(Instant now) const override;

    LazyWindow m_window;
    std::int64_t m_attempts = 0; ///< HALF_OPEN entered since the last CLOSED
    Instant m_nextTry;           ///< version 7, in HALF_OPEN
    PollyBreakerConfig m_config;
};

} // namespace halfopen
