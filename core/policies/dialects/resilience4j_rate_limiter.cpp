// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/policies/dialects/resilience4j_rate_limiter.h"

#include <algorithm>

namespace halfopen {

std::int64_t Resilience4jRateLimiter::available(Instant now) const
{
    const std::int64_t passed = cycle(now) - m_cycle;
    if (passed == 0)
        return m_permissions;
    // Enough cycles fill any deficit; stop before the product could overflow.
    const std::int64_t limit = m_config.limitForPeriod;
    const std::int64_t missing = limit - m_permissions;
    return passed >= missing / limit + 1 ? limit : std::min(m_permissions + passed * limit, limit);
}

Duration Resilience4jRateLimiter::waitFor(Instant now, std::int64_t permits) const
{
    const std::int64_t there = available(now);
    if (there >= permits)
        return Duration(0);
    const Duration period = m_config.limitRefreshPeriod;
    const std::int64_t limit = m_config.limitForPeriod;
    const Duration toNextCycle = m_start + (cycle(now) + 1) * period - now;
    const std::int64_t missingThen = permits - (there + limit);
    return (missingThen + limit - 1) / limit * period + toNextCycle;
}

std::optional<Duration> Resilience4jRateLimiter::reserve(Instant now, std::int64_t permits)
{
    const Duration wait = waitFor(now, permits);
    m_permissions = available(now); // a refusal, too, writes the refreshed count
    m_cycle = cycle(now);
    if (wait > m_config.timeoutDuration)
        return std::nullopt;
    m_permissions -= permits;
    return wait;
}

void Resilience4jRateLimiter::drain(Instant now)
{
    static_cast<void>(reserve(now, m_permissions)); // the stored count on purpose, see the class
}

} // namespace halfopen
