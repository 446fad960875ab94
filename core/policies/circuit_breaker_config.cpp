// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/policies/circuit_breaker_config.h"

#include "core/policies/dialects/dialect_field.h"
#include "core/policies/outcome_set.h"
#include "core/scenario/schema_fields.h"

#include <array>

namespace halfopen {

using namespace std::chrono_literals;

std::span<const std::string_view> enumNames(WindowKind)
{
    static constexpr std::array<std::string_view, 2> kNames = {"count", "time"};
    return kNames;
}

std::span<const std::string_view> enumNames(BreakerMode)
{
    static constexpr std::array<std::string_view, 4> kNames = {"active", "metrics_only", "disabled", "forced_open"};
    return kNames;
}

std::uint32_t WindowConfig::calls() const
{
    if (kind == WindowKind::Count && size)
        if (const auto *count = std::get_if<std::int64_t>(&*size))
            return static_cast<std::uint32_t>(*count);
    return kCalls;
}

Duration WindowConfig::length() const
{
    if (kind == WindowKind::Time && size)
        if (const auto *time = std::get_if<Duration>(&*size))
            return *time;
    return kLength;
}

std::optional<std::int64_t> CircuitBreakerConfig::consecutiveRule() const
{
    if (failureThreshold || failureRateThreshold)
        return failureThreshold;
    return kFailureThreshold;
}

namespace {

constexpr std::int64_t kMaxWindowCalls = 100'000;
constexpr Duration kMinWindowTime = 10ms;
constexpr Duration kMaxWindowTime = 24h;

std::string conflictOfWindow(const CircuitBreakerConfig &c)
{
    const auto &size = c.window.size;
    if (size && c.window.kind == WindowKind::Count) {
        const auto *calls = std::get_if<std::int64_t>(&*size);
        if (!calls)
            return "window.size is a time, but window.kind is count; write kind: time, or a number of calls";
        if (*calls < 1 || *calls > kMaxWindowCalls)
            return "window.size must be 1 to 100000 calls";
    }
    if (size && c.window.kind == WindowKind::Time) {
        const auto *time = std::get_if<Duration>(&*size);
        if (!time)
            return "window.size is a number of calls, but window.kind is time; write a time such as 60s, or kind: count";
        if (*time < kMinWindowTime || *time > kMaxWindowTime)
            return "window.size must be 10ms to 24h";
    }
    const bool judgesRates = c.failureRateThreshold || c.slowCall.rateThreshold;
    if (judgesRates && c.window.kind == WindowKind::Count && c.window.minimumCalls > c.window.calls())
        return "window.minimum_calls is " + std::to_string(c.window.minimumCalls) + ", but the window holds only "
            + std::to_string(c.window.calls()) + " calls, so that the rate could never be judged";
    return {};
}

std::string conflict(const void *config)
{
    const auto &c = *static_cast<const CircuitBreakerConfig *>(config);
    if (c.dialect != CircuitBreakerConfig().dialect)
        return kOtherDialect;
    if (c.slowCall.rateThreshold && !c.slowCall.duration)
        return "slow_call.rate_threshold needs slow_call.duration: how long a call may take before it is slow";
    return conflictOfWindow(c);
}

std::vector<Field> whenItTrips()
{
    using C = CircuitBreakerConfig;
    return {
        schema::field<&C::failureThreshold>(
            {.key = "failure_threshold",
             .type = ValueType::Count,
             .help = "Failures in a row that open the breaker. 5 unless given; off when failure_rate_threshold is given and "
                     "this is not. Low: one burst of bad luck stops all calls. High under mixed traffic: one success in "
                     "between resets the count, so that a half-broken dependency never trips it.",
             .min = std::int64_t{1},
             .max = std::int64_t{1'000'000},
             .optional = true}),
        schema::field<&C::failureRateThreshold>(
            {.key = "failure_rate_threshold",
             .type = ValueType::Probability,
             .help = "Share of failed calls in the window that opens the breaker (reached means >=). Must lie well above "
                     "the dependency's everyday error rate, or the breaker opens for no reason.",
             .min = 0.000001,
             .max = 1.0,
             .optional = true}),
        schema::field<&C::window, &WindowConfig::kind>(
            {.key = "window.kind",
             .type = ValueType::Choice,
             .help = "What the rates look at: the last calls (count) or the last while (time). A count window of a quiet "
                     "process remembers failures of hours ago; a time window forgets them.",
             .choices = {"count", "time"}}),
        schema::field<&C::window, &WindowConfig::size>(
            {.key = "window.size",
             .type = ValueType::CountOrDuration,
             .help = "Size of the window: calls (1 to 100000) or a time (10ms to 24h). 100 calls or 60s unless given. "
                     "Large: sees small rises, but reacts late. Small: reacts fast, and to noise.",
             .optional = true}),
        schema::field<&C::window, &WindowConfig::minimumCalls>(
            {.key = "window.minimum_calls",
             .type = ValueType::Count,
             .help = "No rate is judged before the window holds this many calls. One process of a large fleet may never "
                     "see that many within the window: then it never trips, whatever fails.",
             .min = std::int64_t{1},
             .max = kMaxWindowCalls}),
        schema::field<&C::slowCall, &SlowCallConfig::duration>(
            {.key = "slow_call.duration",
             .type = ValueType::Duration,
             .help = "A call that takes longer than this is slow. Slow calls are counted apart from failures; one call can "
                     "be both.",
             .min = Duration(1ms),
             .max = Duration(1h),
             .optional = true}),
        schema::field<&C::slowCall, &SlowCallConfig::rateThreshold>(
            {.key = "slow_call.rate_threshold",
             .type = ValueType::Probability,
             .help = "Share of slow calls in the window that opens the breaker, failed or not. Catches a brownout before "
                     "it turns into timeouts; set too near to the usual latency it cuts off a healthy dependency.",
             .min = 0.000001,
             .max = 1.0,
             .optional = true}),
    };
}

std::vector<Field> howItRecovers()
{
    using C = CircuitBreakerConfig;
    return {
        schema::field<&C::recoveryTimeout>(
            {.key = "recovery_timeout",
             .type = ValueType::Duration,
             .help = "How long the breaker stays open; the first call after that is a trial. Short: trials hit a "
                     "dependency that is still down. Long: calls are refused although it works again.",
             .min = Duration(1ms),
             .max = Duration(24h)}),
        schema::field<&C::successThreshold>(
            {.key = "success_threshold",
             .type = ValueType::Count,
             .help = "Trial calls that must go well in a row before the breaker closes; one failure opens it again. 1 "
                     "closes on luck; many keep most traffic away while the dependency is well.",
             .min = std::int64_t{1},
             .max = std::int64_t{10'000}}),
        schema::field<&C::halfOpenMaxCalls>(
            {.key = "half_open_max_calls",
             .type = ValueType::Count,
             .help = "Trial calls in flight at once; the others are refused. As many as success_threshold unless given. "
                     "More than success_threshold gives spares against trials that hang.",
             .min = std::int64_t{1},
             .max = std::int64_t{10'000},
             .optional = true}),
    };
}

std::vector<Field> whatItCounts()
{
    using C = CircuitBreakerConfig;
    return {
        schema::field<&C::timeout>(
            {.key = "timeout",
             .type = ValueType::Duration,
             .help = "The protected operation may take this long; then it ends as `timeout` and counts as a failure. none: "
                     "a call that hangs is never counted, and a hanging trial holds its place for ever.",
             .min = Duration(1ms),
             .max = Duration(1h),
             .optional = true}),
        schema::field<&C::exceptionWhitelist>(
            {.key = "exception_whitelist",
             .type = ValueType::TextList,
             .help = "Outcomes that never count, neither as success nor as failure: those that say nothing about the "
                     "dependency's health.",
             .choices = failureNames()}),
        schema::field<&C::mode>(
            {.key = "mode",
             .type = ValueType::Choice,
             .help = "active: works. metrics_only: lets everything through and reports when it would have opened, to learn "
                     "thresholds without risk. disabled: lets everything through and counts nothing. forced_open: refuses "
                     "everything.",
             .choices = {"active", "metrics_only", "disabled", "forced_open"}}),
    };
}

} // namespace

const Schema &circuitBreakerSchema()
{
    static const Schema schema = [] {
        Schema s;
        s.key = "circuit_breaker";
        s.title = "Circuit breaker";
        s.summary = "Stops calls to a dependency that is failing, then lets a few trial calls through.";
        for (auto part : {whenItTrips, howItRecovers, whatItCounts})
            for (Field &field : part())
                s.fields.push_back(std::move(field));
        s.fields.push_back(dialectField<CircuitBreakerConfig>(breakerDialectNames()));
        s.create = &schema::create<CircuitBreakerConfig>;
        s.clone = &schema::clone<CircuitBreakerConfig>;
        s.conflict = &conflict;
        return s;
    }();
    return schema;
}

} // namespace halfopen
