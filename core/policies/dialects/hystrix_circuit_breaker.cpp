// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/policies/dialects/hystrix_circuit_breaker.h"

#include "core/policies/dialects/dialect_field.h"

#include <cmath>

namespace halfopen {

using namespace std::chrono_literals;

HystrixCircuitBreaker::HystrixCircuitBreaker(const HystrixConfig &config)
{
    apply(config);
    begin();
    startStream(Instant());
}

void HystrixCircuitBreaker::apply(const HystrixConfig &config)
{
    m_config = config;
    m_thresholdPercent = std::llround(config.errorThresholdPercentage * 100);
    Rules rules{.countsLateResults = true, .looksAtClock = true, .deadline = config.executionTimeout};
    rules.uncounted = OutcomeSet::fromNames(config.badRequest).with({OutcomeKind::Cancelled});
    rules.failures = kEveryFailure.without(rules.uncounted);
    // The library goes on counting while it is forced closed; nobody can see that, so nothing is counted here.
    rules.begins = config.forceOpen ? BreakerState::ForcedOpen
        : config.forceClosed        ? BreakerState::Disabled
                                    : BreakerState::Closed;
    setRules(rules);
}

/// An empty window whose buckets begin at \a now.
void HystrixCircuitBreaker::startStream(Instant now)
{
    const Duration interval = m_config.healthSnapshotInterval;
    const auto buckets = static_cast<std::uint32_t>(m_config.rollingStatsTime / interval);
    const std::int64_t past = now.ns() % interval.count();
    m_window = TimeWindow(interval, buckets + 1, Duration(past == 0 ? 0 : interval.count() - past));
    m_window.advance(now);
    m_tick = now + interval;
}

void HystrixCircuitBreaker::reconfigure(Instant now, const void *config)
{
    const auto &next = *static_cast<const HystrixConfig *>(config);
    if (next == m_config)
        return;
    apply(next);
    startStream(now);
    beginAnew(now);
}

// ---- the health stream ----

Instant HystrixCircuitBreaker::nextTimer() const
{
    const bool canOpen = state() == BreakerState::Closed && m_window.counts().calls > 0;
    return canOpen ? m_tick : Instant::never();
}

void HystrixCircuitBreaker::handleTimer(Instant now)
{
    lookAtClock(now);
}

/// Goes through the snapshots that are due.
void HystrixCircuitBreaker::lookAtClock(Instant now)
{
    while (m_tick <= now) {
        m_window.advance(m_tick);
        if (m_window.counts().calls == 0) { // nothing to see until the bucket that now is in
            m_window.advance(now);
            m_tick = m_tick + ((now - m_tick) / m_config.healthSnapshotInterval + 1) * m_config.healthSnapshotInterval;
            return;
        }
        if (state() == BreakerState::Closed)
            judge(now, m_tick);
        m_tick = m_tick + m_config.healthSnapshotInterval;
    }
}

void HystrixCircuitBreaker::judge(Instant now, Instant tick)
{
    const WindowCounts &seen = m_window.counts(); // the bucket that begins at the tick is empty
    if (seen.calls < m_config.requestVolumeThreshold || seen.calls == 0)
        return;
    const double share = static_cast<double>(seen.failures) / static_cast<double>(seen.calls);
    if (static_cast<std::int64_t>(share * 100) < m_thresholdPercent) // cut, as an int in Java
        return;
    m_openedAtTick = tick;
    moveTo(now, BreakerState::Open, reason(now, Kind::FailureRate, share, m_config.errorThresholdPercentage));
    m_openedAtTick.reset();
}

Instant HystrixCircuitBreaker::trialFrom(Instant now) const
{
    return wholeMs(m_openedAtTick.value_or(now)) + m_config.sleepWindow + 1ms;
}

// ---- ends of calls ----

void HystrixCircuitBreaker::onResult(Instant now, const End &end)
{
    m_window.record(now, end.failed, false);
    if (state() != BreakerState::HalfOpen || (end.isLate && !m_config.lateResultsDecide))
        return;
    if (end.failed)
        moveTo(now, BreakerState::Open, reason(now, Kind::TrialFailed, 1, 1, &end));
    else
        moveTo(now, BreakerState::Closed, reason(now, Kind::TrialsSucceeded, 1, 1, &end));
}

/// Not counted, but no success either: a trial that ends so opens it again.
void HystrixCircuitBreaker::onUncounted(Instant now, const End &end)
{
    if (state() == BreakerState::HalfOpen && (!end.isLate || m_config.lateResultsDecide))
        moveTo(now, BreakerState::Open, reason(now, Kind::TrialFailed, 1, 1, &end));
}

void HystrixCircuitBreaker::onEntered(Instant now)
{
    if (state() == BreakerState::Closed)
        startStream(now);
}

// ---- what it says about itself ----

void HystrixCircuitBreaker::showWindow(Instant now, Explanation &e) const
{
    e.show(m_window, now);
    e.windowText += "; the newest is under way and not judged yet";
}

void HystrixCircuitBreaker::showRules(Instant now, Explanation &e) const
{
    if (state() == BreakerState::HalfOpen) {
        showTrialRules(1, e);
        return;
    }
    const WindowCounts seen = windowAt(now);
    const double share = seen.calls ? static_cast<double>(seen.failures) / static_cast<double>(seen.calls) : 0.0;
    Explanation::Rule rule{.what = "error percentage, cut to a whole number", .unit = Explanation::Unit::Share};
    rule.observed = static_cast<double>(static_cast<std::int64_t>(share * 100)) / 100;
    rule.threshold = m_config.errorThresholdPercentage;
    rule.calls = seen.calls;
    rule.callsNeeded = static_cast<std::uint32_t>(m_config.requestVolumeThreshold);
    rule.note = "asked by a timer at " + std::to_string(m_tick.ns() / 1'000'000) + " ms";
    rule.isReached = seen.calls > 0 && static_cast<std::int64_t>(share * 100) >= m_thresholdPercent;
    e.rules.push_back(rule);
}

namespace {

using C = HystrixConfig;

std::string conflict(const void *config)
{
    const auto &c = *static_cast<const C *>(config);
    if (c.dialect != C().dialect)
        return kOtherDialect;
    if (c.healthSnapshotInterval > c.rollingStatsTime)
        return "metrics.health_snapshot.interval is longer than metrics.rolling_stats.time";
    if (c.rollingStatsTime / c.healthSnapshotInterval > 10'000)
        return "metrics.rolling_stats.time holds more than 10000 times metrics.health_snapshot.interval";
    return {};
}

std::vector<Field> fields()
{
    return {
        schema::field<&C::requestVolumeThreshold>(
            {.key = "request_volume_threshold",
             .type = ValueType::Count,
             .help = "No verdict before the window holds this many calls. 20 in 10 s is more than a quiet process sends: it never opens.",
             .min = std::int64_t{0},
             .max = std::int64_t{1'000'000}}),
        schema::field<&C::errorThresholdPercentage>(
            {.key = "error_threshold_percentage",
             .type = ValueType::Probability,
             .help = "Share of errors at or over which it opens, in whole percents. The share of errors is cut to whole percents "
                     "before it is compared: 49.9 % is 49.",
             .min = 0.0,
             .max = 1.0}),
        schema::field<&C::sleepWindow>(
            {.key = "sleep_window",
             .type = ValueType::Duration,
             .help = "How long it stays open; the next call strictly after that (in whole milliseconds) is the one trial.",
             .min = Duration(1ms),
             .max = Duration(24h)}),
        schema::field<&C::rollingStatsTime>(
            {.key = "metrics.rolling_stats.time",
             .type = ValueType::Duration,
             .help = "Length of the window, cut into buckets of metrics.health_snapshot.interval.",
             .min = Duration(1ms),
             .max = Duration(24h)}),
        schema::field<&C::healthSnapshotInterval>(
            {.key = "metrics.health_snapshot.interval",
             .type = ValueType::Duration,
             .help = "How often the window is judged, by a timer. The bucket under way does not count yet: it opens up to this much "
                     "late.",
             .min = Duration(1ms),
             .max = Duration(1h)}),
        schema::field<&C::executionTimeout>(
            {.key = "execution.timeout",
             .type = ValueType::Duration,
             .help = "The protected call may take this long; then its caller is released and it counts as an error. The thread behind it "
                     "is not modelled. none: execution.timeout.enabled is false.",
             .min = Duration(1ms),
             .max = Duration(1h),
             .optional = true}),
        schema::field<&C::badRequest>(
            {.key = "bad_request",
             .type = ValueType::TextList,
             .help = "Outcomes that are thrown as HystrixBadRequestException: not counted in the window. A trial that ends so opens the "
                     "breaker again all the same.",
             .choices = failureNames()}),
        schema::field<&C::lateResultsDecide>(
            {.key = "late_results_decide",
             .type = ValueType::Flag,
             .help = "Whether a call that was admitted before may end HALF_OPEN, in either direction. true is how the source reads (who "
                     "comes first wins); it was not tried out. false: only the trial decides."}),
        schema::field<&C::forceOpen>(
            {.key = "force_open",
             .type = ValueType::Flag,
             .help = "Refuses everything, whatever the window says. Wins over force_closed when both are set."}),
        schema::field<&C::forceClosed>(
            {.key = "force_closed",
             .type = ValueType::Flag,
             .help = "Lets everything through, whatever the window says; shown as DISABLED."}),
        dialectField<C>(breakerDialectNames()),
    };
}

} // namespace

const Schema &hystrixSchema()
{
    static const Schema schema = {
        .key = "circuit_breaker",
        .title = "Circuit breaker (Hystrix)",
        .summary = "The circuit breaker of Hystrix 1.5 with the timeout of its commands, rule by rule.",
        .fields = fields(),
        .create = &schema::create<C>,
        .clone = &schema::clone<C>,
        .conflict = &conflict,
    };
    return schema;
}

} // namespace halfopen
