// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/policies/dialects/polly_circuit_breaker.h"

#include "core/base/units.h"
#include "core/policies/dialects/dialect_field.h"

#include <algorithm>
#include <array>

namespace halfopen {

using namespace std::chrono_literals;

std::span<const std::string_view> enumNames(PollyVersion)
{
    static constexpr std::array<std::string_view, 3> kNames = {"8.4", "8.0", "7"};
    return kNames;
}

namespace {
} // namespace

PollyCircuitBreaker::PollyCircuitBreaker(const PollyBreakerConfig &config)
{
    apply(config);
    begin();
}

void PollyCircuitBreaker::apply(const PollyBreakerConfig &config)
{
    m_config = config;
    m_window = LazyWindow(config.samplingDuration, 10);
    m_attempts = 0;
    Rules rules{.tellsRetryAfter = true, .recordsTrials = false};
    if (!config.shouldHandle.empty())
        rules.failures = OutcomeSet::fromNames(config.shouldHandle);
    if (config.version != PollyVersion::V8_4)
        rules.uncounted = kEveryFailure.with({OutcomeKind::Cancelled}); // looked at after `failures`
    setRules(rules);
}

void PollyCircuitBreaker::reconfigure(Instant now, const void *config)
{
    const auto &next = *static_cast<const PollyBreakerConfig *>(config);
    if (next == m_config)
        return;
    apply(next);
    beginAnew(now);
}

void PollyCircuitBreaker::onResult(Instant now, const End &end)
{
    if (state() == BreakerState::HalfOpen) {
        // A failure on trial is not added to the window, a success would be cleared at once.
        if (end.failed)
            moveTo(now, BreakerState::Open, reason(now, Kind::TrialFailed, 1, 1, &end));
        else
            moveTo(now, BreakerState::Closed, reason(now, Kind::TrialsSucceeded, 1, 1, &end));
        return;
    }
    m_window.record(now, end.failed);
    if (!end.failed || state() != BreakerState::Closed)
        return;
    const WindowCounts &seen = m_window.counts();
    const double ratio = static_cast<double>(seen.failures) / static_cast<double>(seen.calls);
    if (seen.calls >= m_config.minimumThroughput && ratio >= m_config.failureRatio)
        moveTo(now, BreakerState::Open, reason(now, Kind::FailureRate, ratio, m_config.failureRatio, &end));
}

/// Before 8.4: nothing moves, and the permit of the trial is not given back.
void PollyCircuitBreaker::onUncounted(Instant, const End &) {}

bool PollyCircuitBreaker::letsAnotherTry(Instant now)
{
    if (m_config.version != PollyVersion::V7 || now < m_nextTry)
        return false;
    m_nextTry = now + m_config.breakDuration;
    return true;
}

void PollyCircuitBreaker::onEntered(Instant now)
{
    if (state() == BreakerState::Closed) {
        m_window.clear();
        m_attempts = 0;
    } else if (state() == BreakerState::HalfOpen) {
        ++m_attempts;
        m_nextTry = now + m_config.breakDuration;
    }
}

Instant PollyCircuitBreaker::trialFrom(Instant now) const
{
    const auto cap = static_cast<double>(m_config.generator.max.value_or(PollyBreakGrowth::kLongest).count());
    const double growth = m_config.generator.multiplier;
    auto wait = static_cast<double>(m_config.breakDuration.count());
    for (std::int64_t i = 0; i < m_attempts && growth > 1 && wait < cap; ++i)
        wait = std::min(wait * growth, cap);
    return now + Duration(static_cast<std::int64_t>(wait));
}

// ---- what it says about itself ----

void PollyCircuitBreaker::showWindow(Instant now, Explanation &e) const
{
    e.window = windowAt(now);
    e.windowText = "parts of a tenth of " + formatDuration(m_window.length()) + " that begin when a call ends";
    m_window.forEachPart(now, [&](Instant began, const WindowCounts &counts) {
        e.buckets.push_back({.from = began, .length = m_window.length() / 10, .counts = counts});
    });
}

void PollyCircuitBreaker::showRules(Instant now, Explanation &e) const
{
    if (state() == BreakerState::HalfOpen) {
        showTrialRules(1, e);
        return;
    }
    const WindowCounts seen = windowAt(now);
    Explanation::Rule rule{.what = "failure ratio", .unit = Explanation::Unit::Share, .threshold = m_config.failureRatio};
    rule.observed = seen.calls ? static_cast<double>(seen.failures) / static_cast<double>(seen.calls) : 0.0;
    rule.calls = seen.calls;
    rule.callsNeeded = static_cast<std::uint32_t>(m_config.minimumThroughput);
    rule.note = "asked only after a failure";
    rule.isReached = seen.calls > 0 && rule.observed >= rule.threshold;
    e.rules.push_back(rule);
}

namespace {

using C = PollyBreakerConfig;

std::string conflict(const void *config)
{
    const auto &c = *static_cast<const C *>(config);
    if (c.dialect != C().dialect)
        return kOtherDialect;
    if (c.generator.max && *c.generator.max < c.breakDuration)
        return "break_duration_generator.max is shorter than break_duration";
    return {};
}

std::vector<Field> fields()
{
    return {
        schema::field<&C::failureRatio>(
            {.key = "failure_ratio",
             .type = ValueType::Probability,
             .help = "Share of failed calls at or over which it opens, looked at only when a failure arrives. 0%: any failure opens it "
                     "once minimum_throughput is reached.",
             .min = 0.0,
             .max = 1.0}),
        schema::field<&C::minimumThroughput>(
            {.key = "minimum_throughput",
             .type = ValueType::Count,
             .help = "No verdict before the window holds this many calls. 100 calls in 30 s is more than most processes of a fleet "
                     "send: such a breaker never opens.",
             .min = std::int64_t{2},
             .max = std::int64_t{1'000'000}}),
        schema::field<&C::samplingDuration>(
            {.key = "sampling_duration",
             .type = ValueType::Duration,
             .help = "Length of the window. It is ten parts that begin at the first call after the one before is over, so a call counts "
                     "for 90 to 100 % of it.",
             .min = Duration(500ms),
             .max = Duration(24h)}),
        schema::field<&C::breakDuration>(
            {.key = "break_duration",
             .type = ValueType::Duration,
             .help = "How long it stays open; the next call at or after that is the one trial.",
             .min = Duration(500ms),
             .max = Duration(24h)}),
        schema::field<&C::generator, &PollyBreakGrowth::multiplier>(
            {.key = "break_duration_generator.multiplier",
             .type = ValueType::Number,
             .help = "Stands for a BreakDurationGenerator: each trial since the last CLOSED makes the next break this many times as "
                     "long. 1: every break is break_duration.",
             .min = 1.0,
             .max = 100.0}),
        schema::field<&C::generator, &PollyBreakGrowth::max>(
            {.key = "break_duration_generator.max",
             .type = ValueType::Duration,
             .help = "Longest break that the growth may reach; none = 24h, the longest break that the library takes.",
             .min = Duration(500ms),
             .max = Duration(24h),
             .optional = true}),
        schema::field<&C::shouldHandle>(
            {.key = "should_handle",
             .type = ValueType::TextList,
             .help = "Outcomes that are failures. Empty: all of them, also refusals of policies further in. What is not handled is a "
                     "success, and closes a half-open circuit (see version).",
             .choices = failureNames()}),
        schema::field<&C::version>(
            {.key = "version",
             .type = ValueType::Choice,
             .help = "What an outcome that is not handled (also a cancelled call) does. 8.4 and later: it is a success. 8.0: it is not "
                     "counted and leaves a half-open circuit half-open for ever. 7: not counted, but one more trial is let through per "
                     "break_duration; 7 is known from its maintainers' words, not from its source.",
             .choices = {"8.4", "8.0", "7"}}),
        dialectField<C>(breakerDialectNames()),
    };
}

} // namespace

const Schema &pollyBreakerSchema()
{
    static const Schema schema = {
        .key = "circuit_breaker",
        .title = "Circuit breaker (Polly)",
        .summary = "The circuit breaker of Polly v8, rule by rule.",
        .fields = fields(),
        .create = &schema::create<C>,
        .clone = &schema::clone<C>,
        .conflict = &conflict,
    };
    return schema;
}

} // namespace halfopen
