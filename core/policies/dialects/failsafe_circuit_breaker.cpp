// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/policies/dialects/failsafe_circuit_breaker.h"

#include "core/policies/dialects/dialect_field.h"

#include <array>
#include <cmath>

namespace halfopen {

using namespace std::chrono_literals;

std::span<const std::string_view> enumNames(FailsafeImplementation)
{
    static constexpr std::array<std::string_view, 2> kNames = {"go", "java"};
    return kNames;
}

std::int64_t FailsafeBreakerConfig::executionsNeeded() const
{
    if (failureExecutionThreshold > 0 || !failureThresholdingPeriod)
        return failureExecutionThreshold;
    return failureRateThreshold ? 0 : failureThreshold;
}

std::int64_t FailsafeBreakerConfig::trialCapacity() const
{
    if (successThreshold)
        return successThresholdingCapacity.value_or(*successThreshold);
    const std::int64_t executions = executionsNeeded();
    return executions > 0 ? executions : failureCapacity();
}

namespace {

constexpr std::uint32_t kBuckets = 10;

/// Whole percents, as both libraries round a rate.
double wholePercent(std::uint32_t part, std::uint32_t whole)
{
    return whole == 0 ? 0 : std::round(static_cast<double>(part) / static_cast<double>(whole) * 100);
}

} // namespace

FailsafeCircuitBreaker::FailsafeCircuitBreaker(const FailsafeBreakerConfig &config)
{
    apply(config);
    begin();
}

void FailsafeCircuitBreaker::apply(const FailsafeBreakerConfig &config)
{
    m_config = config;
    m_byTime = config.failureThresholdingPeriod.has_value();
    m_looksAtTrials = false;
    const std::int64_t calls = config.failureExecutionThreshold > 0 ? config.failureExecutionThreshold : config.failureCapacity();
    m_calls = CountWindow(static_cast<std::uint32_t>(m_byTime ? 1 : calls));
    m_period = m_byTime ? TimeWindow(*config.failureThresholdingPeriod / kBuckets, kBuckets) : TimeWindow();
    m_trialCalls = CountWindow(static_cast<std::uint32_t>(config.trialCapacity()));
    Rules rules{.resultsReturnPermits = true, .permits = config.trialCapacity()};
    if (!config.handle.empty())
        rules.failures = OutcomeSet::fromNames(config.handle);
    rules.sortCancelled(config.cancelled);
    setRules(rules);
}

void FailsafeCircuitBreaker::reconfigure(Instant now, const void *config)
{
    const auto &next = *static_cast<const FailsafeBreakerConfig *>(config);
    if (next == m_config)
        return;
    apply(next);
    beginAnew(now);
}

const WindowCounts &FailsafeCircuitBreaker::counts() const
{
    return m_looksAtTrials ? m_trialCalls.counts() : m_byTime ? m_period.counts() : m_calls.counts();
}

void FailsafeCircuitBreaker::record(Instant now, bool failed)
{
    if (m_looksAtTrials)
        m_trialCalls.record(failed, false);
    else if (m_byTime)
        m_period.record(now, failed, false);
    else
        m_calls.record(failed, false);
}

void FailsafeCircuitBreaker::onResult(Instant now, const End &end)
{
    record(now, end.failed);
    if (state() == BreakerState::Closed)
        judgeClosed(now, end);
    else if (state() == BreakerState::HalfOpen)
        judgeTrials(now, end);
}

bool FailsafeCircuitBreaker::isRateReached(std::uint32_t part, std::uint32_t whole) const
{
    const double percent = wholePercent(part, whole);
    if (m_config.implementation == FailsafeImplementation::Java)
        return percent >= std::round(*m_config.failureRateThreshold * 100);
    return percent / 100 >= *m_config.failureRateThreshold;
}

void FailsafeCircuitBreaker::judgeClosed(Instant now, const End &end)
{
    const WindowCounts &seen = counts();
    if (seen.calls < m_config.executionsNeeded())
        return;
    if (m_config.failureRateThreshold) {
        if (isRateReached(seen.failures, seen.calls))
            moveTo(now, BreakerState::Open,
                   reason(now, Kind::FailureRate, static_cast<double>(seen.failures) / seen.calls,
                          *m_config.failureRateThreshold, &end));
    } else if (seen.failures >= m_config.failureThreshold) {
        moveTo(now, BreakerState::Open,
               reason(now, Kind::TotalFailures, seen.failures, static_cast<double>(m_config.failureThreshold), &end));
    }
}

/// Success is looked at first.
void FailsafeCircuitBreaker::judgeTrials(Instant now, const End &end)
{
    const WindowCounts &seen = counts();
    const std::int64_t failures = seen.failures;
    const std::int64_t successes = seen.calls - seen.failures;
    std::int64_t wanted = 0;    // successes that close
    std::int64_t tolerated = 0; // more failures than this open
    if (m_config.successThreshold) {
        wanted = *m_config.successThreshold;
        tolerated = m_config.trialCapacity() - wanted;
    } else if (m_config.failureRateThreshold) {
        if (seen.calls < m_config.executionsNeeded())
            return;
        const double rate = *m_config.failureRateThreshold;
        const double succeeded = wholePercent(static_cast<std::uint32_t>(successes), seen.calls);
        const bool closes = m_config.implementation == FailsafeImplementation::Java
            ? succeeded > 100 - std::round(rate * 100)
            : succeeded / 100 > 1 - rate;
        const double observed = static_cast<double>(seen.failures) / seen.calls;
        if (closes)
            moveTo(now, BreakerState::Closed, reason(now, Kind::RateBelowThreshold, observed, rate, &end));
        else if (isRateReached(seen.failures, seen.calls))
            moveTo(now, BreakerState::Open, reason(now, Kind::FailureRate, observed, rate, &end));
        return;
    } else {
        wanted = m_config.failureCapacity() - m_config.failureThreshold + 1;
        tolerated = m_config.failureThreshold - 1;
    }
    if (successes >= wanted)
        moveTo(now, BreakerState::Closed,
               reason(now, Kind::TrialsSucceeded, static_cast<double>(successes), static_cast<double>(wanted), &end));
    else if (failures > tolerated)
        moveTo(now, BreakerState::Open,
               reason(now, Kind::TotalFailures, static_cast<double>(failures), static_cast<double>(tolerated + 1), &end));
}

void FailsafeCircuitBreaker::onEntered(Instant now)
{
    if (state() == BreakerState::Open)
        return; // goes on with the calls of the state before
    m_looksAtTrials = state() == BreakerState::HalfOpen;
    m_trialCalls.clear();
    m_calls.clear();
    m_period.clear();
    if (m_byTime && m_config.implementation == FailsafeImplementation::Java) { // its buckets begin with CLOSED
        const std::int64_t length = m_period.bucketLength().count();
        const std::int64_t past = now.ns() % length;
        m_period = TimeWindow(Duration(length), kBuckets, Duration(past == 0 ? 0 : length - past));
    }
}

// ---- what it says about itself ----

void FailsafeCircuitBreaker::showWindow(Instant, Explanation &e) const
{
    if (m_looksAtTrials) {
        e.show(m_trialCalls);
        e.windowText = "the trial calls, at most " + std::to_string(m_trialCalls.size());
        e.intake.since = Explanation::Intake::Since::Trials;
    } else if (!m_byTime) {
        e.show(m_calls);
    } else {
        e.show(m_period, Instant()); // as of the last result
        e.windowText = "ten buckets over " + std::to_string(*m_config.failureThresholdingPeriod / 1ms)
            + " ms as of the last result; they are dropped only when a result is recorded";
    }
}

void FailsafeCircuitBreaker::showRules(Instant, Explanation &e) const
{
    using Unit = Explanation::Unit;
    const WindowCounts &seen = counts();
    const bool onTrial = state() == BreakerState::HalfOpen;
    const auto successes = static_cast<double>(seen.calls - seen.failures);
    Explanation::Rule opens{.what = "failures"};
    Explanation::Rule closes{.what = "trials that went well", .leadsTo = BreakerState::Closed};
    opens.calls = closes.calls = seen.calls;
    const bool byRate = m_config.failureRateThreshold && !(onTrial && m_config.successThreshold);
    if (byRate) {
        opens.what = "failure rate in whole percents";
        closes.what = "success rate in whole percents";
        opens.unit = closes.unit = Unit::Share;
        opens.observed = wholePercent(seen.failures, seen.calls) / 100;
        opens.threshold = *m_config.failureRateThreshold;
        opens.isReached = seen.calls > 0 && isRateReached(seen.failures, seen.calls);
        closes.observed = wholePercent(seen.calls - seen.failures, seen.calls) / 100;
        closes.threshold = 1 - *m_config.failureRateThreshold;
        closes.strictly = true;
        closes.isReached = closes.observed > closes.threshold;
    } else {
        const auto wanted = m_config.successThreshold.value_or(m_config.failureCapacity() - m_config.failureThreshold + 1);
        closes.observed = successes;
        closes.threshold = static_cast<double>(wanted);
        closes.isReached = closes.observed >= closes.threshold;
        opens.observed = seen.failures;
        opens.threshold = static_cast<double>(onTrial && m_config.successThreshold ? m_config.trialCapacity() - wanted + 1
                                                                                   : m_config.failureThreshold);
        opens.isReached = opens.observed >= opens.threshold;
    }
    if (!onTrial || byRate)
        opens.callsNeeded = closes.callsNeeded = static_cast<std::uint32_t>(m_config.executionsNeeded());
    if (onTrial)
        e.rules.push_back(closes);
    e.rules.push_back(opens);
}

namespace {

using C = FailsafeBreakerConfig;

std::string conflict(const void *config)
{
    const auto &c = *static_cast<const C *>(config);
    if (c.dialect != C().dialect)
        return kOtherDialect;
    if (c.failureRateThreshold && !c.failureThresholdingPeriod)
        return "failure_rate_threshold needs failure_thresholding_period: the library judges rates over time only";
    if (c.failureThresholdingCapacity && c.failureThresholdingPeriod)
        return "failure_thresholding_capacity counts calls, failure_thresholding_period counts over time; give one of them";
    if (c.failureExecutionThreshold > 0 && !c.failureThresholdingPeriod && c.failureExecutionThreshold < c.failureCapacity())
        return "failure_execution_threshold is smaller than the calls that the failure rule counts, so that trials could be left "
               "without a verdict";
    if (c.failureThresholdingCapacity && *c.failureThresholdingCapacity < c.failureThreshold)
        return "failure_thresholding_capacity is smaller than failure_threshold, so that it could never open";
    if (c.successThresholdingCapacity && !c.successThreshold)
        return "success_thresholding_capacity needs success_threshold";
    if (c.successThresholdingCapacity && *c.successThresholdingCapacity < *c.successThreshold)
        return "success_thresholding_capacity is smaller than success_threshold, so that it could never close";
    return {};
}

std::vector<Field> whenItTrips()
{
    return {
        schema::field<&C::failureThreshold>(
            {.key = "failure_threshold",
             .type = ValueType::Count,
             .help = "Failures that open it: in a row, or among the last failure_thresholding_capacity calls, or within "
                     "failure_thresholding_period. The library's default opens at the first failure. Not looked at when "
                     "failure_rate_threshold is given.",
             .min = std::int64_t{1},
             .max = std::int64_t{100'000}}),
        schema::field<&C::failureThresholdingCapacity>(
            {.key = "failure_thresholding_capacity",
             .type = ValueType::Count,
             .help = "The last calls among which failure_threshold failures open it. It does not wait for so many calls. none: as many "
                     "as failure_threshold, that is failures in a row.",
             .min = std::int64_t{1},
             .max = std::int64_t{100'000},
             .optional = true}),
        schema::field<&C::failureThresholdingPeriod>(
            {.key = "failure_thresholding_period",
             .type = ValueType::Duration,
             .help = "Counts over this last while (ten buckets) instead of over the last calls.",
             .min = Duration(1ms),
             .max = Duration(24h),
             .optional = true}),
        schema::field<&C::failureRateThreshold>(
            {.key = "failure_rate_threshold",
             .type = ValueType::Probability,
             .help = "Share of failures within failure_thresholding_period at or over which it opens. Rounded to whole percents before it "
                     "is compared: 49.5 % of failures reach 50%.",
             .min = 0.01,
             .max = 1.0,
             .optional = true}),
        schema::field<&C::failureExecutionThreshold>(
            {.key = "failure_execution_threshold",
             .type = ValueType::Count,
             .help = "No verdict before so many calls. Without a period it is also the number of last calls that are looked at, and without "
                     "success_threshold the number of trials in flight. 0: none; with a period and no rate, failure_threshold.",
             .min = std::int64_t{0},
             .max = std::int64_t{100'000}}),
    };
}

std::vector<Field> howItRecovers()
{
    return {
        schema::field<&C::delay>(
            {.key = "delay",
             .type = ValueType::Duration,
             .help = "How long it stays open; the next call at or after that is let through on trial.",
             .min = Duration(1ms),
             .max = Duration(24h)}),
        schema::field<&C::successThreshold>(
            {.key = "success_threshold",
             .type = ValueType::Count,
             .help = "Trials that must go well to close. It opens again as soon as they can no longer be reached. none: trials are "
                     "judged by the failure rule.",
             .min = std::int64_t{1},
             .max = std::int64_t{100'000},
             .optional = true}),
        schema::field<&C::successThresholdingCapacity>(
            {.key = "success_thresholding_capacity",
             .type = ValueType::Count,
             .help = "The last trials among which success_threshold must go well, and the number of trials in flight. none: as many as "
                     "success_threshold, so one failure opens it again.",
             .min = std::int64_t{1},
             .max = std::int64_t{100'000},
             .optional = true}),
        schema::field<&C::handle>(
            {.key = "handle",
             .type = ValueType::TextList,
             .help = "Outcomes that are failures. Empty: all of them, also refusals of policies further in. What is not handled is a "
                     "success.",
             .choices = failureNames()}),
        schema::field<&C::cancelled>(
            {.key = "cancelled",
             .type = ValueType::Choice,
             .help = "What a cancelled call counts as. failure follows from the library's rule that an error is a failure; it was read in "
                     "the source, not tried out. Under hedging every cancelled copy is then a failure. nothing: it only gives its permit "
                     "back.",
             .choices = {"failure", "success", "nothing"}}),
        schema::field<&C::implementation>(
            {.key = "implementation",
             .type = ValueType::Choice,
             .help = "go compares rates as shares with two decimals, java as whole percents: 33 % of failures do not reach 33.3% in go, "
                     "but do in java. The buckets of a period are cut at whole multiples of their length in go, from the last CLOSED on in "
                     "java.",
             .choices = {"go", "java"}}),
    };
}

} // namespace

const Schema &failsafeBreakerSchema()
{
    static const Schema schema = [] {
        Schema s;
        s.key = "circuit_breaker";
        s.title = "Circuit breaker (failsafe-go, Failsafe)";
        s.summary = "The circuit breaker of failsafe-go 0.9.7 and of Failsafe 3 for Java, rule by rule.";
        for (auto part : {whenItTrips, howItRecovers})
            for (Field &field : part())
                s.fields.push_back(std::move(field));
        s.fields.push_back(dialectField<C>(breakerDialectNames()));
        s.create = &schema::create<C>;
        s.clone = &schema::clone<C>;
        s.conflict = &conflict;
        return s;
    }();
    return schema;
}

} // namespace halfopen
