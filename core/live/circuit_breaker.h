// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/live/policy_stack.h"
#include "core/policies/circuit_breaker_config.h"
#include "core/policies/health_check.h"

#include <functional>
#include <string>

namespace halfopen::live {

/// A breaker at one moment with what it has counted. A value.
struct CircuitBreakerMetrics {
    std::string name;
    BreakerSnapshot breaker;     ///< state, window, trials
    StackMetrics calls;          ///< outcomes and durations
    std::uint64_t trips = 0;     ///< how often it opened

    /// Text of the Prometheus exposition format: the gauge circuit_breaker_state (0 CLOSED, 1 OPEN, 2 HALF_OPEN, then 3 FORCED_OPEN,
    /// 4 DISABLED, 5 METRICS_ONLY), the counters circuit_breaker_trips_total and circuit_breaker_calls_total by outcome, and
    /// the summary resilient_operation_duration_seconds by outcome. \a service is a label.
    std::string prometheusText(const std::string &service) const;
};

/// A circuit breaker of its own around operations: a PolicyStack of one layer with a breaker's words.
///
///     CircuitBreaker breaker("orders-db", config);
///     try {
///         auto reading = breaker.call(readOrder);
///         order = co_await reading;
///     } catch (const CircuitBreakerError &refused) { ... refused.state() ... }
///
/// Operations, values, exceptions and threads: see PolicyStack.
class CircuitBreaker {
public:
    /// Throws std::invalid_argument if \a config is out of range. \a options.name is not used.
    explicit CircuitBreaker(std::string name, const CircuitBreakerConfig &config = {}, StackOptions options = {});

    template <typename Operation>
    QCoro::Task<OperationValue<Operation>> call(Operation operation, CallOptions<OperationValue<Operation>> options = {})
    {
        return m_stack.call(std::move(operation), std::move(options));
    }

    const std::string &name() const { return m_stack.name(); }
    /// OPEN until a call comes after recovery_timeout: the first trial makes it HALF_OPEN.
    BreakerState state() const { return snapshot().state; }
    BreakerSnapshot snapshot() const { return *m_stack.breaker(m_layer); }
    CircuitBreakerMetrics metrics() const;

    /// OPEN from now on for a whole recovery_timeout.
    void open() { m_stack.forceBreaker(m_layer, BreakerState::Open); }
    /// OPEN until one of the others is called, however long that takes.
    void forceOpen() { m_stack.forceBreaker(m_layer, BreakerState::ForcedOpen); }
    void close() { m_stack.forceBreaker(m_layer, BreakerState::Closed); }
    /// Lets everything through and counts nothing.
    void disable() { m_stack.forceBreaker(m_layer, BreakerState::Disabled); }
    /// CLOSED, and every count is zero.
    void reset();
    /// New settings act from now on.
    Result<void> reconfigure(const CircuitBreakerConfig &config);

protected:
    CircuitBreaker(const PolicyStackSpec &spec, StackOptions options);

    PolicyStack m_stack;
    std::size_t m_layer; ///< the breaker's
};

/// A circuit breaker that also asks the dependency itself, every HealthCheckConfig::interval: while it says that it is not
/// well, calls end as CallError with outcome `unhealthy` before the first of them has failed, and they go on when it is
/// well again. The layers are health_check around circuit_breaker.
class HealthAwareCircuitBreaker final : public CircuitBreaker {
public:
    /// Gives the dependency's answer: any outcome that is not good counts as ill, and so does an exception. A probe that takes
    /// longer than an interval puts off the next one.
    using Probe = std::function<QCoro::Task<Outcome>()>;

    /// The first probe leaves at once. Throws std::invalid_argument if a setting is out of range or \a probe is empty.
    HealthAwareCircuitBreaker(std::string name, Probe probe, const CircuitBreakerConfig &config = {},
                              const HealthCheckConfig &health = {}, StackOptions options = {});

    /// What the last probes said. Healthy until they say otherwise.
    bool isHealthy() const;
};

} // namespace halfopen::live
