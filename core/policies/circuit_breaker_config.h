// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/instant.h"
#include "core/scenario/schema.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace halfopen {

enum class WindowKind : std::uint8_t { Count, Time };
std::span<const std::string_view> enumNames(WindowKind);

/// What the breaker does with its verdicts.
enum class BreakerMode : std::uint8_t { Active, MetricsOnly, Disabled, ForcedOpen };
std::span<const std::string_view> enumNames(BreakerMode);

struct WindowConfig {
    WindowKind kind = WindowKind::Count;
    /// Calls (1 to 100 000) or a time (10 ms to 24 h), as `kind` says; none = 100 calls or 60 s.
    std::optional<std::variant<std::int64_t, Duration>> size;
    std::int64_t minimumCalls = 10;

    static constexpr std::uint32_t kCalls = 100;
    static constexpr std::chrono::seconds kLength{60};
    std::uint32_t calls() const; ///< the size of a count window
    Duration length() const;     ///< the size of a time window
};

struct SlowCallConfig {
    std::optional<Duration> duration;    ///< a call is slow if it took longer than this
    std::optional<double> rateThreshold; ///< 0..1
};

/// Settings of the `halfopen` dialect. Defaults and names: the schema in circuit_breaker_config.cpp.
struct CircuitBreakerConfig {
    std::string dialect = "halfopen";
    BreakerMode mode = BreakerMode::Active;
    std::optional<std::int64_t> failureThreshold; ///< see consecutiveRule()
    std::optional<double> failureRateThreshold;   ///< 0..1
    WindowConfig window;
    SlowCallConfig slowCall;
    Duration recoveryTimeout = std::chrono::seconds(60);
    std::int64_t successThreshold = 3;
    std::optional<std::int64_t> halfOpenMaxCalls; ///< none = successThreshold
    std::optional<Duration> timeout = std::chrono::seconds(30);
    std::vector<std::string> exceptionWhitelist;

    static constexpr std::int64_t kFailureThreshold = 5;
    /// Failures in a row that trip, if that rule is on: as given, else 5, else (with a failure rate) off.
    std::optional<std::int64_t> consecutiveRule() const;
    std::int64_t maxTrials() const { return halfOpenMaxCalls.value_or(successThreshold); }
};

const Schema &circuitBreakerSchema();

} // namespace halfopen
