// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/policies/dialects/resilience4j_rate_limiter.h"
#include "core/policies/policy.h"
#include "core/policies/token_bucket.h"
#include "core/scenario/schema.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace halfopen {

enum class RateLimiterKind : std::uint8_t {
    TokenBucket, ///< fills evenly, holds at most `burst`
    Cycle,       ///< a fresh set of permits at the start of each cycle
    Smooth,      ///< one call per interval, slower after a pause if there is a warm-up
};
std::span<const std::string_view> enumNames(RateLimiterKind);

struct RateLimiterConfig {
    RateLimiterKind kind = RateLimiterKind::TokenBucket;
    std::optional<double> rate;                 ///< calls per second; 100 (token_bucket, smooth)
    std::optional<std::int64_t> burst;          ///< one second of `rate` (token_bucket)
    std::optional<Duration> warmUp;             ///< none (smooth)
    std::optional<std::int64_t> limitForPeriod; ///< 50 (cycle)
    std::optional<Duration> limitRefreshPeriod; ///< 1 s (cycle)
    Duration maxWait{};                         ///< longest wait a call accepts; 0 = refuse at once
    /// No settings: a bucket that holds a fraction of a call, and one that does not start full (token_bucket).
    std::optional<double> exactBurst;
    std::optional<double> startTokens;

    double callsPerSecond() const { return rate.value_or(100.0); }
    std::int64_t burstSize() const;
};

const Schema &rateLimiterSchema();

/// Spaces calls ever wider the longer nobody called, as for a dependency whose caches go cold.
///
/// A call costs the interval 1/rate when warm and up to three times that when cold; in between the cost grows in a straight line. From
/// cold to warm at full demand takes \a warmUp. A call pays for the next one: it goes at once if nobody is ahead of it.
/// Source: Guava's RateLimiter with a warm-up period (its class comment derives the areas); cold factor 3.
class WarmUpPacer {
public:
    static constexpr double kColdFactor = 3.0;

    /// Starts cold. \a ratePerSecond > 0, \a warmUp > 0.
    WarmUpPacer(double ratePerSecond, Duration warmUp, Instant now);
    Duration waitFor(Instant now) const { return m_nextFree > now ? m_nextFree - now : Duration(0); }
    void take(Instant now);

private:
    double coldness(Instant now) const;
    double costAt(double stored) const;

    double m_interval;  ///< ns between calls when warm
    double m_threshold; ///< stored permits above which it is not warm
    double m_maxStored; ///< stored permits when cold
    double m_slope;     ///< ns per stored permit above the threshold
    double m_coolNs;    ///< ns of idling that store one permit
    double m_stored;
    Instant m_nextFree;
};

/// Lets so many calls per second through and no more: those above it wait their turn, or are refused with the time to come back.
///
/// - Refusals are `rate_limited` and ask for a wait (Retry-After) after which a call would be let through.
/// - A call that waits has its permit already: it is spent also if the caller leaves before its turn, as in resilience4j
///   and Guava.
/// - Kinds: see RateLimiterKind, TokenBucket, Resilience4jRateLimiter, WarmUpPacer. Integer nanoseconds; the warm-up uses single
///   IEEE operations.
/// Sources: RFC 2697 (token bucket); resilience4j's AtomicRateLimiter (cycle); Guava's RateLimiter (smooth with warm-up).
class RateLimiter final : public Policy {
public:
    static constexpr std::size_t kStateBytes = 0;

    explicit RateLimiter(const RateLimiterConfig &config);

    [[nodiscard]] Admission admit(Instant now, PolicyCall &call) override;
    [[nodiscard]] Verdict onOutcome(Instant now, PolicyCall &call, Outcome outcome) override;
    /// The tokens that are there stay; another kind, cycle length or warm-up starts anew.
    void reconfigure(Instant now, const void *config) override;
    [[nodiscard]] Explanation explain(Instant now) const override;

    /// What a call would have to wait now.
    Duration waitFor(Instant now) const;

private:
    void startKind(Instant now);
    void fillBucket();
    void take(Instant now);

    RateLimiterConfig m_config;
    TokenBucket m_bucket;
    Resilience4jRateLimiter m_cycle;
    std::optional<WarmUpPacer> m_pacer; ///< smooth with a warm-up
};

/// \a wait in whole milliseconds, rounded up, for Outcome::retryAfterMs.
std::uint32_t retryAfterMs(Duration wait);

} // namespace halfopen
