// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/policies/rate_limiter.h"

#include "core/policies/kind_rules.h"
#include "core/scenario/schema_fields.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace halfopen {

using namespace std::chrono_literals;

std::span<const std::string_view> enumNames(RateLimiterKind)
{
    static constexpr std::array<std::string_view, 3> kNames = {"token_bucket", "cycle", "smooth"};
    return kNames;
}

std::int64_t RateLimiterConfig::burstSize() const
{
    if (kind == RateLimiterKind::Smooth)
        return 1;
    return burst.value_or(std::max<std::int64_t>(1, static_cast<std::int64_t>(callsPerSecond())));
}

std::uint32_t retryAfterMs(Duration wait)
{
    constexpr std::int64_t kMost = std::numeric_limits<std::uint32_t>::max();
    const std::int64_t ms = wait.count() / 1'000'000 + (wait.count() % 1'000'000 != 0);
    return static_cast<std::uint32_t>(std::clamp<std::int64_t>(ms, 0, kMost));
}

// ---- warm-up ----

WarmUpPacer::WarmUpPacer(double ratePerSecond, Duration warmUp, Instant now) : m_interval(1e9 / ratePerSecond), m_nextFree(now)
{
    // Areas of the cost curve: half of the warm-up is spent below the threshold, all of it between threshold and cold.
    const auto warmUpNs = static_cast<double>(warmUp.count());
    const double coldInterval = m_interval * kColdFactor;
    m_threshold = 0.5 * warmUpNs / m_interval;
    m_maxStored = m_threshold + 2.0 * warmUpNs / (m_interval + coldInterval);
    m_slope = (coldInterval - m_interval) / (m_maxStored - m_threshold);
    m_coolNs = warmUpNs / m_maxStored;
    m_stored = m_maxStored;
}

/// Stored permits at \a now.
double WarmUpPacer::coldness(Instant now) const
{
    if (now <= m_nextFree)
        return m_stored;
    return std::min(m_maxStored, m_stored + static_cast<double>((now - m_nextFree).count()) / m_coolNs);
}

/// ns that one permit costs at the level \a stored.
double WarmUpPacer::costAt(double stored) const
{
    return m_interval + std::max(0.0, stored - m_threshold) * m_slope;
}

void WarmUpPacer::take(Instant now)
{
    m_stored = coldness(now);
    m_nextFree = std::max(m_nextFree, now);
    const double spent = std::min(1.0, m_stored);
    const double after = m_stored - spent;
    // The mean of both ends over the part above the threshold, the plain interval for the rest.
    const double above = std::max(0.0, std::min(spent, m_stored - m_threshold));
    const double cost = above * (costAt(m_stored) + costAt(m_stored - above)) / 2.0 + (1.0 - above) * m_interval;
    m_stored = after;
    m_nextFree = m_nextFree + Duration(std::llround(cost));
}

// ---- the policy ----

namespace {

Resilience4jRateLimiterConfig cycleOf(const RateLimiterConfig &config)
{
    return {.limitForPeriod = config.limitForPeriod.value_or(50),
            .limitRefreshPeriod = config.limitRefreshPeriod.value_or(1s),
            .timeoutDuration = config.maxWait};
}

} // namespace

RateLimiter::RateLimiter(const RateLimiterConfig &config)
    : m_config(config), m_bucket(config.callsPerSecond(), config.burstSize(), Instant()), m_cycle(cycleOf(config), Instant())
{
    startKind(Instant());
}

void RateLimiter::fillBucket()
{
    if (!m_config.exactBurst && !m_config.startTokens)
        return;
    const double most = m_config.exactBurst.value_or(static_cast<double>(m_config.burstSize()));
    m_bucket.fill(most, m_config.startTokens.value_or(most));
}

void RateLimiter::startKind(Instant now)
{
    m_bucket = TokenBucket(m_config.callsPerSecond(), m_config.burstSize(), now);
    fillBucket();
    m_cycle = Resilience4jRateLimiter(cycleOf(m_config), now);
    m_pacer.reset();
    if (m_config.kind == RateLimiterKind::Smooth && m_config.warmUp)
        m_pacer.emplace(m_config.callsPerSecond(), *m_config.warmUp, now);
}

Duration RateLimiter::waitFor(Instant now) const
{
    if (m_config.kind == RateLimiterKind::Cycle)
        return m_cycle.waitFor(now);
    return m_pacer ? m_pacer->waitFor(now) : m_bucket.waitFor(now);
}

void RateLimiter::take(Instant now)
{
    if (m_config.kind == RateLimiterKind::Cycle)
        static_cast<void>(m_cycle.reserve(now));
    else if (m_pacer)
        m_pacer->take(now);
    else
        m_bucket.take(now);
}

Admission RateLimiter::admit(Instant now, PolicyCall &)
{
    const Duration wait = waitFor(now);
    if (wait > m_config.maxWait)
        return Admission::refuse({.kind = OutcomeKind::RateLimited, .retryAfterMs = retryAfterMs(wait - m_config.maxWait)});
    take(now);
    return wait == Duration(0) ? Admission::admit() : Admission::admitAt(now + wait);
}

Verdict RateLimiter::onOutcome(Instant, PolicyCall &, Outcome)
{
    return Verdict::keep();
}

void RateLimiter::reconfigure(Instant now, const void *config)
{
    const RateLimiterConfig before = m_config;
    m_config = *static_cast<const RateLimiterConfig *>(config);
    const bool sameKind = before.kind == m_config.kind && before.warmUp == m_config.warmUp
        && before.limitRefreshPeriod == m_config.limitRefreshPeriod;
    if (!sameKind || m_pacer) {
        startKind(now);
        return;
    }
    m_bucket.reconfigure(now, m_config.callsPerSecond(), m_config.burstSize());
    m_cycle.setLimit(cycleOf(m_config).limitForPeriod);
    m_cycle.setTimeout(m_config.maxWait);
}

// ---- schema ----

namespace {

std::string conflict(const void *config)
{
    const auto &c = *static_cast<const RateLimiterConfig *>(config);
    return settingOfAnotherKind(static_cast<std::size_t>(c.kind), enumNames(c.kind),
                                {{"rate", c.rate.has_value(), {0, 2}},
                                 {"burst", c.burst.has_value(), {0}},
                                 {"warm_up", c.warmUp.has_value(), {2}},
                                 {"limit_for_period", c.limitForPeriod.has_value(), {1}},
                                 {"limit_refresh_period", c.limitRefreshPeriod.has_value(), {1}}});
}

std::vector<Field> fields()
{
    using C = RateLimiterConfig;
    return {
        schema::field<&C::kind>(
            {.key = "kind",
             .type = ValueType::Choice,
             .help = "token_bucket: an even rate with room for a burst. cycle: a full set of permits at the start of each "
                     "period, as resilience4j does; around an edge two sets pass at once. smooth: one call per interval, no "
                     "bursts at all.",
             .choices = {"token_bucket", "cycle", "smooth"}}),
        schema::field<&C::rate>(
            {.key = "rate",
             .type = ValueType::Rate,
             .help = "Calls per second that pass in the long run, for each process of the caller: 100/s in 40 processes is "
                     "4000/s at the dependency. 100/s unless given (token_bucket, smooth).",
             .min = 0.001,
             .max = 1e7,
             .optional = true}),
        schema::field<&C::burst>(
            {.key = "burst",
             .type = ValueType::Count,
             .help = "Calls that may pass at one moment after a quiet while. One second of the rate unless given "
                     "(token_bucket). Large: the dependency must bear the burst. Small: honest peaks are cut.",
             .min = std::int64_t{1},
             .max = std::int64_t{10'000'000},
             .optional = true}),
        schema::field<&C::warmUp>(
            {.key = "warm_up",
             .type = ValueType::Duration,
             .help = "After a pause calls start at a third of the rate and reach it after this long, for a dependency whose caches "
                     "must warm up. none: always at the rate (smooth).",
             .min = Duration(1ms),
             .max = Duration(1h),
             .optional = true}),
        schema::field<&C::limitForPeriod>(
            {.key = "limit_for_period",
             .type = ValueType::Count,
             .help = "Permits in each period; what is left over is lost at its end. 50 unless given (cycle).",
             .min = std::int64_t{1},
             .max = std::int64_t{10'000'000},
             .optional = true}),
        schema::field<&C::limitRefreshPeriod>(
            {.key = "limit_refresh_period",
             .type = ValueType::Duration,
             .help = "Length of a period. 1s unless given (cycle). The default of resilience4j, 500 ns, limits nothing.",
             .min = Duration(1ns),
             .max = Duration(1h),
             .optional = true}),
        schema::field<&C::maxWait>(
            {.key = "max_wait",
             .type = ValueType::Duration,
             .help = "A call whose turn comes within this time waits for it; otherwise it is refused at once. 0s: nobody waits. "
                     "Long: a queue builds up in the caller and every call is late.",
             .min = Duration(0),
             .max = Duration(1h)}),
    };
}

} // namespace

const Schema &rateLimiterSchema()
{
    static const Schema schema = {
        .key = "rate_limiter",
        .title = "Rate limiter",
        .summary = "Lets so many calls per second through; the others wait their turn or are refused with a time to come back.",
        .shorthand = "rate",
        .fields = fields(),
        .create = &schema::create<RateLimiterConfig>,
        .clone = &schema::clone<RateLimiterConfig>,
        .conflict = &conflict,
    };
    return schema;
}

} // namespace halfopen
