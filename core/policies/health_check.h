// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/policies/policy.h"
#include "core/scenario/schema.h"

#include <cstdint>

namespace halfopen {

struct HealthCheckConfig {
    Duration interval = std::chrono::seconds(30); ///< > 0, from probe to probe
    std::int64_t unhealthyThreshold = 3;          ///< bad probes in a row, >= 1
    std::int64_t healthyThreshold = 2;            ///< good probes in a row, >= 1
};

const Schema &healthCheckSchema();

/// Asks the dependency now and then whether it is well, and refuses calls while it is not: it can stop them before the first
/// has failed, and start them again without a trial call.
///
/// - The first probe leaves at the start; until the thresholds are met the state stays as it is. It starts healthy.
/// - A probe is good when its answer is. What it asks is the driver's: in virtual time any one instance, which answers without a
///   place in its queue. A probe says nothing about load, and nothing about the other instances.
/// - A refusal is `unhealthy` and asks for a wait (Retry-After) until the next probe.
/// Source: the thresholds of Envoy's health checks (core.v3.HealthCheck) and HAProxy's `rise` and `fall`.
class HealthCheck final : public Policy {
public:
    static constexpr std::size_t kStateBytes = 0;

    explicit HealthCheck(const HealthCheckConfig &config) : m_config(config) {}

    [[nodiscard]] Admission admit(Instant now, PolicyCall &call) override;
    [[nodiscard]] Verdict onOutcome(Instant now, PolicyCall &call, Outcome outcome) override;
    [[nodiscard]] Instant nextTimer() const override { return m_next; }
    void onProbe(Instant now, Outcome answer) override;
    /// The state stays; the next probe comes no later than one new interval from now.
    void reconfigure(Instant now, const void *config) override;
    [[nodiscard]] Explanation explain(Instant now) const override;

    bool isHealthy() const { return m_isHealthy; }

private:
    HealthCheckConfig m_config;
    bool m_isHealthy = true;
    std::int64_t m_inARow = 0; ///< probes in a row that speak against the state
    Instant m_next;
};

} // namespace halfopen
