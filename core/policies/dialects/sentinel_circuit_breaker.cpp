// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/policies/dialects/sentinel_circuit_breaker.h"

#include "core/policies/dialects/dialect_field.h"

#include <array>
#include <cmath>

namespace halfopen {

using namespace std::chrono_literals;

std::span<const std::string_view> enumNames(SentinelGrade)
{
    static constexpr std::array<std::string_view, 3> kNames = {"slow_request_ratio", "error_ratio", "error_count"};
    return kNames;
}

SentinelCircuitBreaker::SentinelCircuitBreaker(const SentinelConfig &config)
{
    apply(config);
    begin();
}

void SentinelCircuitBreaker::apply(const SentinelConfig &config)
{
    m_config = config;
    m_window = TimeWindow(config.statInterval, 1);
    m_slowAfterMs = std::llround(config.count);
    Rules rules;
    rules.failures = OutcomeSet::fromNames(config.exceptions);
    OutcomeSet refusals;
    for (std::size_t i = 0; i < kOutcomeKinds; ++i)
        if (const auto kind = static_cast<OutcomeKind>(i); isRefusal(kind))
            refusals = refusals.with({kind});
    rules.uncounted = refusals; // looked at after `failures`
    rules.sortCancelled(config.cancelled);
    rules.countsSlow = config.grade == SentinelGrade::SlowRequestRatio;
    rules.countsFailures = !rules.countsSlow;
    setRules(rules);
}

void SentinelCircuitBreaker::reconfigure(Instant now, const void *config)
{
    const auto &next = *static_cast<const SentinelConfig *>(config);
    if (next == m_config)
        return;
    apply(next);
    beginAnew(now);
}

bool SentinelCircuitBreaker::isSlow(Instant now, const End &end) const
{
    return now.ns() / 1'000'000 - end.admittedAt.ns() / 1'000'000 > m_slowAfterMs;
}

void SentinelCircuitBreaker::onResult(Instant now, const End &end)
{
    const bool judgesTime = m_config.grade == SentinelGrade::SlowRequestRatio;
    const bool wasSlow = judgesTime && isSlow(now, end);
    m_window.record(now, !judgesTime && end.failed, wasSlow);
    if (state() == BreakerState::Closed)
        judge(now, end);
    if (state() != BreakerState::HalfOpen)
        return;
    const bool wentWell = judgesTime ? !wasSlow : !end.failed;
    moveTo(now, wentWell ? BreakerState::Closed : BreakerState::Open,
           reason(now, wentWell ? Kind::TrialsSucceeded : Kind::TrialFailed, 1, 1, &end));
}

void SentinelCircuitBreaker::judge(Instant now, const End &end)
{
    const WindowCounts &seen = m_window.counts();
    if (seen.calls < m_config.minRequestAmount)
        return;
    const auto ratioOf = [&seen](std::uint32_t part) { return static_cast<double>(part) / static_cast<double>(seen.calls); };
    bool opens = false;
    TransitionReason why;
    switch (m_config.grade) {
    case SentinelGrade::SlowRequestRatio: {
        const double most = m_config.slowRatioThreshold;
        const double ratio = ratioOf(seen.slow);
        opens = ratio > most || (ratio == 1.0 && most == 1.0);
        why = reason(now, Kind::SlowCallRate, ratio, most, &end);
        break;
    }
    case SentinelGrade::ErrorRatio: {
        const double ratio = ratioOf(seen.failures);
        opens = ratio > m_config.count;
        why = reason(now, Kind::FailureRate, ratio, m_config.count, &end);
        break;
    }
    case SentinelGrade::ErrorCount:
        opens = static_cast<double>(seen.failures) > m_config.count;
        why = reason(now, Kind::TotalFailures, seen.failures, std::floor(m_config.count) + 1, &end);
        break;
    }
    if (opens)
        moveTo(now, BreakerState::Open, why);
}

/// A trial that never reached the dependency: OPEN again, and the next call may be let through at once.
void SentinelCircuitBreaker::onUncounted(Instant now, const End &end)
{
    if (state() == BreakerState::HalfOpen && !end.isLate)
        moveBackToOpen(now, reason(now, Kind::TrialFailed, 1, 1, &end));
}

void SentinelCircuitBreaker::onEntered(Instant)
{
    if (state() == BreakerState::Closed)
        m_window.clear();
}

// ---- what it says about itself ----

void SentinelCircuitBreaker::showWindow(Instant now, Explanation &e) const
{
    e.show(m_window, now);
}

void SentinelCircuitBreaker::showRules(Instant now, Explanation &e) const
{
    if (state() == BreakerState::HalfOpen) {
        showTrialRules(1, e);
        return;
    }
    const WindowCounts seen = windowAt(now);
    const auto calls = static_cast<double>(seen.calls);
    Explanation::Rule rule{.unit = Explanation::Unit::Share, .threshold = m_config.count, .strictly = true};
    rule.calls = seen.calls;
    rule.callsNeeded = static_cast<std::uint32_t>(m_config.minRequestAmount);
    switch (m_config.grade) {
    case SentinelGrade::SlowRequestRatio:
        rule.what = "slow ratio";
        rule.threshold = m_config.slowRatioThreshold;
        rule.strictly = m_config.slowRatioThreshold < 1;
        rule.observed = seen.calls ? static_cast<double>(seen.slow) / calls : 0.0;
        break;
    case SentinelGrade::ErrorRatio:
        rule.what = "error ratio";
        rule.observed = seen.calls ? static_cast<double>(seen.failures) / calls : 0.0;
        break;
    case SentinelGrade::ErrorCount:
        rule.what = "errors";
        rule.unit = Explanation::Unit::Count;
        rule.observed = seen.failures;
        break;
    }
    rule.isReached = rule.observed > rule.threshold || (!rule.strictly && rule.observed >= rule.threshold);
    e.rules.push_back(rule);
}

namespace {

using C = SentinelConfig;

std::string conflict(const void *config)
{
    const auto &c = *static_cast<const C *>(config);
    if (c.dialect != C().dialect)
        return kOtherDialect;
    if (c.grade == SentinelGrade::ErrorRatio && c.count > 1)
        return "count is a share from 0 to 1 with grade: error_ratio; the library ignores such a rule";
    return {};
}

std::vector<Field> fields()
{
    return {
        schema::field<&C::grade>(
            {.key = "grade",
             .type = ValueType::Choice,
             .help = "What the rule looks at: slow_request_ratio (0, the library's default), error_ratio (1, ours) or error_count (2).",
             .choices = {"slow_request_ratio", "error_ratio", "error_count"}}),
        schema::field<&C::count>(
            {.key = "count",
             .type = ValueType::Number,
             .help = "The limit, compared with >. error_ratio: a share from 0 to 1; 1 is never exceeded, so it never opens. error_count: "
                     "a number of errors. slow_request_ratio: milliseconds after which a call is slow, rounded. The library has no "
                     "default; 0.5 is ours.",
             .min = 0.0,
             .max = 1'000'000'000.0}),
        schema::field<&C::slowRatioThreshold>(
            {.key = "slow_ratio_threshold",
             .type = ValueType::Probability,
             .help = "For slow_request_ratio: share of slow calls over which it opens. Exactly 100% is the exception: it opens when all "
                     "calls are slow.",
             .min = 0.0,
             .max = 1.0}),
        schema::field<&C::timeWindow>(
            {.key = "time_window",
             .type = ValueType::Duration,
             .help = "How long it stays open, in the library a number of seconds; the next call at or after that is the one trial. The "
                     "library has no default; 10s is ours.",
             .min = Duration(1s),
             .max = Duration(24h)}),
        schema::field<&C::minRequestAmount>(
            {.key = "min_request_amount",
             .type = ValueType::Count,
             .help = "No verdict before the bucket holds this many calls: 5 per second keeps a quiet process closed whatever fails.",
             .min = std::int64_t{1},
             .max = std::int64_t{1'000'000}}),
        schema::field<&C::statInterval>(
            {.key = "stat_interval",
             .type = ValueType::Duration,
             .help = "Length of the one bucket that is counted in (statIntervalMs). It begins empty at each whole multiple of this.",
             .min = Duration(1ms),
             .max = Duration(24h)}),
        schema::field<&C::exceptions>(
            {.key = "exceptions",
             .type = ValueType::TextList,
             .help = "Outcomes that are traced as errors. Other failures count as completed calls; refusals of policies further in are "
                     "not counted unless listed.",
             .choices = failureNames()}),
        schema::field<&C::cancelled>(
            {.key = "cancelled",
             .type = ValueType::Choice,
             .help = "What a cancelled call counts as; the library leaves it to the adapter. failure: its exception is traced, as that of "
                     "an interrupted thread is. nothing: as if a policy further in had refused it.",
             .choices = {"failure", "success", "nothing"}}),
        dialectField<C>(breakerDialectNames()),
    };
}

} // namespace

const Schema &sentinelSchema()
{
    static const Schema schema = {
        .key = "circuit_breaker",
        .title = "Circuit breaker (Sentinel)",
        .summary = "The circuit breaker of Sentinel 1.8, one DegradeRule, rule by rule.",
        .fields = fields(),
        .create = &schema::create<C>,
        .clone = &schema::clone<C>,
        .conflict = &conflict,
    };
    return schema;
}

} // namespace halfopen
