// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/policies/health_check.h"

#include "core/policies/rate_limiter.h"
#include "core/scenario/schema_fields.h"

#include <algorithm>

namespace halfopen {

using namespace std::chrono_literals;

Admission HealthCheck::admit(Instant now, PolicyCall &)
{
    if (m_isHealthy) [[likely]]
        return Admission::admit();
    return Admission::refuse({.kind = OutcomeKind::Unhealthy, .retryAfterMs = retryAfterMs(m_next - now)});
}

Verdict HealthCheck::onOutcome(Instant, PolicyCall &, Outcome)
{
    return Verdict::keep();
}

void HealthCheck::onProbe(Instant now, Outcome answer)
{
    m_next = now + m_config.interval;
    if (isGood(answer.kind) == m_isHealthy) {
        m_inARow = 0;
        return;
    }
    if (++m_inARow < (m_isHealthy ? m_config.unhealthyThreshold : m_config.healthyThreshold))
        return;
    m_isHealthy = !m_isHealthy;
    m_inARow = 0;
}

void HealthCheck::reconfigure(Instant now, const void *config)
{
    m_config = *static_cast<const HealthCheckConfig *>(config);
    m_next = std::min(m_next, now + m_config.interval);
}

const Schema &healthCheckSchema()
{
    using C = HealthCheckConfig;
    static const Schema schema = {
        .key = "health_check",
        .title = "Health check",
        .summary = "Asks the dependency now and then whether it is well, and refuses calls while it is not.",
        .shorthand = "interval",
        .fields =
            {
                schema::field<&C::interval>(
                    {.key = "interval",
                     .type = ValueType::Duration,
                     .help = "From probe to probe, in each process. Times the threshold it is how long an outage goes unseen; short, "
                             "and the probes of a large fleet are a load of their own.",
                     .min = Duration(1ms),
                     .max = Duration(1h)}),
                schema::field<&C::unhealthyThreshold>(
                    {.key = "unhealthy_threshold",
                     .type = ValueType::Count,
                     .help = "Bad probes in a row after which calls are refused. 1: one lost packet stops everything.",
                     .min = std::int64_t{1},
                     .max = std::int64_t{1000}}),
                schema::field<&C::healthyThreshold>(
                    {.key = "healthy_threshold",
                     .type = ValueType::Count,
                     .help = "Good probes in a row after which calls go on. More keep calls away longer from a dependency that is "
                             "well again.",
                     .min = std::int64_t{1},
                     .max = std::int64_t{1000}}),
            },
        .create = &schema::create<HealthCheckConfig>,
        .clone = &schema::clone<HealthCheckConfig>,
    };
    return schema;
}

} // namespace halfopen
