// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/live/circuit_breaker.h"

#include "core/base/check.h"
#include "core/base/units.h"
#include "core/live/stack_spec.h"

#include <array>
#include <utility>

namespace halfopen::live {

namespace {

PolicyStackSpec oneLayer(const CircuitBreakerConfig &config)
{
    PolicyStackSpec spec;
    spec.layers.push_back(layerOf(config));
    return spec;
}

StackOptions named(StackOptions options, std::string name)
{
    options.name = std::move(name);
    return options;
}

PolicyStackSpec healthAware(const HealthCheckConfig &health, const CircuitBreakerConfig &config)
{
    PolicyStackSpec spec;
    spec.layers.push_back(layerOf(health));
    spec.layers.push_back(layerOf(config));
    return spec;
}

StackOptions withProbe(StackOptions options, HealthAwareCircuitBreaker::Probe probe)
{
    options.probe = std::move(probe);
    return options;
}

/// A label's value between quotes: backslash, quote and line break are escaped.
std::string quoted(const std::string &text)
{
    std::string result = "\"";
    for (const char c : text) {
        if (c == '\\' || c == '"')
            result += '\\';
        result += c == '\n' ? std::string("\\n") : std::string(1, c);
    }
    return result + "\"";
}

} // namespace

CircuitBreaker::CircuitBreaker(std::string name, const CircuitBreakerConfig &config, StackOptions options)
    : CircuitBreaker(oneLayer(config), named(std::move(options), std::move(name)))
{
}

CircuitBreaker::CircuitBreaker(const PolicyStackSpec &spec, StackOptions options)
    : m_stack(spec, std::move(options)), m_layer(0)
{
    const std::optional<std::size_t> layer = m_stack.breakerLayer();
    HALFOPEN_CHECK(layer.has_value());
    m_layer = *layer;
}

HealthAwareCircuitBreaker::HealthAwareCircuitBreaker(std::string name, Probe probe, const CircuitBreakerConfig &config,
                                                     const HealthCheckConfig &health, StackOptions options)
    : CircuitBreaker(healthAware(health, config), withProbe(named(std::move(options), std::move(name)), std::move(probe)))
{
}

bool HealthAwareCircuitBreaker::isHealthy() const
{
    return static_cast<const HealthCheck &>(m_stack.policy(0)).isHealthy();
}

CircuitBreakerMetrics CircuitBreaker::metrics() const
{
    CircuitBreakerMetrics metrics;
    metrics.name = name();
    metrics.breaker = snapshot();
    metrics.calls = m_stack.metrics();
    metrics.trips = metrics.calls.trips[m_layer];
    return metrics;
}

void CircuitBreaker::reset()
{
    m_stack.forceBreaker(m_layer, BreakerState::Closed);
    m_stack.resetMetrics();
}

Result<void> CircuitBreaker::reconfigure(const CircuitBreakerConfig &config)
{
    return m_stack.reconfigure(m_layer, layerOf(config).settings);
}

std::string CircuitBreakerMetrics::prometheusText(const std::string &service) const
{
    const std::string who = "service=" + quoted(service);
    const std::string breakerLabels = "{" + who + ",breaker_name=" + quoted(name) + "} ";
    std::string text = "# HELP circuit_breaker_state 0 closed, 1 open, 2 half-open, 3 forced open, 4 disabled, 5 metrics only.\n"
                       "# TYPE circuit_breaker_state gauge\n"
                       "circuit_breaker_state"
        + breakerLabels + std::to_string(static_cast<int>(breaker.state)) + "\n"
        + "# HELP circuit_breaker_trips_total How often the breaker opened.\n"
          "# TYPE circuit_breaker_trips_total counter\n"
          "circuit_breaker_trips_total"
        + breakerLabels + std::to_string(trips) + "\n"
        + "# HELP circuit_breaker_calls_total Calls that ended, by outcome.\n"
          "# TYPE circuit_breaker_calls_total counter\n";
    for (std::size_t kind = 0; kind < kOutcomeKinds; ++kind)
        if (calls.ended[kind] > 0)
            text += "circuit_breaker_calls_total{" + who + ",breaker_name=" + quoted(name) + ",outcome=\""
                + std::string(outcomeName(static_cast<OutcomeKind>(kind))) + "\"} " + std::to_string(calls.ended[kind]) + "\n";
    text += "# HELP resilient_operation_duration_seconds From the start of a call to its end, by outcome.\n"
            "# TYPE resilient_operation_duration_seconds summary\n";
    const std::string base = "resilient_operation_duration_seconds";
    constexpr std::array<std::pair<double, const char *>, 3> kQuantiles = {{{0.5, "0.5"}, {0.95, "0.95"}, {0.99, "0.99"}}};
    for (const auto &[kind, duration] : calls.durations) {
        const std::string labels = who + ",operation=" + quoted(name) + ",outcome=\"" + std::string(outcomeName(kind)) + "\"";
        for (const auto &[q, label] : kQuantiles)
            text += base + "{" + labels + ",quantile=\"" + label + "\"} "
                + formatNumber(static_cast<double>(duration.quantile(q)) * 1e-9) + "\n";
        const double sum = duration.meanNs() * static_cast<double>(duration.count()) * 1e-9;
        text += base + "_sum{" + labels + "} " + formatNumber(sum) + "\n" + base + "_count{" + labels + "} "
            + std::to_string(duration.count()) + "\n";
    }
    return text;
}

} // namespace halfopen::live
