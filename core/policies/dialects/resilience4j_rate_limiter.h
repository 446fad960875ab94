// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/instant.h"

#include <cstdint>
#include <optional>

namespace halfopen {

struct Resilience4jRateLimiterConfig {
    std::int64_t limitForPeriod = 50;                      ///< permissions per cycle, at least 1
    Duration limitRefreshPeriod = std::chrono::nanoseconds(500); ///< length of a cycle, > 0
    Duration timeoutDuration = std::chrono::seconds(5);    ///< longest wait a caller accepts
};

/// resilience4j's rate limiter: whole cycles counted from its creation, a full set of permissions at the start of each.
///
/// Permissions do not add up over idle cycles, but two full sets can be used around the edge of a cycle. Callers may
/// reserve permissions of later cycles (the count then falls below 0) if they accept the wait.
/// It copies the quirk of drain(): it takes the count that the last writing call left, not the refreshed one, so after
/// idle cycles something remains, and from a count below zero it adds.
/// Source: resilience4j 2.4, io.github.resilience4j.ratelimiter.internal.AtomicRateLimiter.
class Resilience4jRateLimiter {
public:
    /// \a now is the beginning of cycle 0.
    Resilience4jRateLimiter(const Resilience4jRateLimiterConfig &config, Instant now) : m_config(config), m_start(now) {}

    /// Reserves \a permits: the wait until they may be used (0 = now), or empty if it would exceed the timeout; then
    /// nothing is taken.
    [[nodiscard]] std::optional<Duration> reserve(Instant now, std::int64_t permits = 1);
    void drain(Instant now);
    /// Acts on the count from the next cycle on.
    void setLimit(std::int64_t limitForPeriod) { m_config.limitForPeriod = limitForPeriod; }
    void setTimeout(Duration timeout) { m_config.timeoutDuration = timeout; }

    /// What a caller would find; changes nothing.
    std::int64_t cycle(Instant now) const { return (now - m_start) / m_config.limitRefreshPeriod; }
    std::int64_t available(Instant now) const;
    Duration waitFor(Instant now, std::int64_t permits = 1) const;

private:
    Resilience4jRateLimiterConfig m_config;
    Instant m_start;
    std::int64_t m_cycle = 0;
    std::int64_t m_permissions = m_config.limitForPeriod;
};

} // namespace halfopen
