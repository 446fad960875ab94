// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/policies/dialects/resilience4j_retry.h"

#include "core/policies/dialects/dialect_field.h"

namespace halfopen {

Resilience4jRetryCore::Decision Resilience4jRetryCore::onEnd(Call &call, Resilience4jEnd end, std::uint64_t bits)
{
    switch (end) {
    case Resilience4jEnd::RetriedError:
        return onError(call, true, bits);
    case Resilience4jEnd::UnretriedError:
        return onError(call, false, bits);
    case Resilience4jEnd::BadResult:
        ++m_counters.total;
        if (++call.failures < m_rules.maxAttempts)
            return {.again = true, .waitMs = m_rules.interval.waitMs(call.failures, bits)};
        return onComplete(call);
    case Resilience4jEnd::Good:
        break;
    }
    return onComplete(call);
}

Resilience4jRetryCore::Decision Resilience4jRetryCore::onError(Call &call, bool retried, std::uint64_t bits)
{
    ++m_counters.total;
    if (!retried) {
        ++m_counters.failedWithoutRetry;
        return {};
    }
    if (++call.failures < m_rules.maxAttempts)
        return {.again = true, .waitMs = m_rules.interval.waitMs(call.failures, bits)};
    ++m_counters.failedWithRetry;
    return {};
}

/// The function returned a result that is not retried (any more).
Resilience4jRetryCore::Decision Resilience4jRetryCore::onComplete(Call &call)
{
    ++m_counters.total;
    if (call.failures == 0) {
        ++m_counters.succeededWithoutRetry;
        return {};
    }
    if (call.failures < m_rules.maxAttempts) {
        ++m_counters.succeededWithRetry;
        return {};
    }
    ++m_counters.failedWithRetry;
    if (!m_rules.failAfterMaxAttempts)
        return {};
    static_cast<void>(onError(call, m_rules.retriesItsOwnException, 0)); // its own exception, caught by itself
    return {.maxRetriesExceeded = true};
}

// ---- the policy ----

Resilience4jRetryRules Resilience4jRetryConfig::rules() const
{
    constexpr Duration kMs = std::chrono::milliseconds(1);
    Resilience4jRetryRules rules{.maxAttempts = maxAttempts, .interval = {.initialMs = waitDuration / kMs}};
    if (enableExponentialBackoff) {
        rules.interval.multiplier = exponentialBackoffMultiplier;
        if (exponentialMaxWaitDuration)
            rules.interval.maxMs = *exponentialMaxWaitDuration / kMs;
    }
    if (enableRandomizedWait)
        rules.interval.randomizationFactor = randomizedWaitFactor;
    return rules;
}

Resilience4jRetry::Resilience4jRetry(const Resilience4jRetryConfig &config) : m_core(config.rules())
{
    apply(config);
}

void Resilience4jRetry::apply(const Resilience4jRetryConfig &config)
{
    m_core.setRules(config.rules());
    m_retried = config.retryExceptions.empty() ? kEveryFailure : OutcomeSet::fromNames(config.retryExceptions);
    m_retried = m_retried.without(OutcomeSet::fromNames(config.ignoreExceptions)); // ignoring wins
}

void Resilience4jRetry::reconfigure(Instant, const void *config)
{
    apply(*static_cast<const Resilience4jRetryConfig *>(config));
}

Admission Resilience4jRetry::admit(Instant, PolicyCall &call)
{
    call.as<Resilience4jRetryCore::Call>() = {};
    return Admission::admit();
}

Verdict Resilience4jRetry::onOutcome(Instant now, PolicyCall &call, Outcome outcome)
{
    auto &state = call.as<Resilience4jRetryCore::Call>();
    const Resilience4jEnd end = isGood(outcome.kind) ? Resilience4jEnd::Good
        : m_retried.contains(outcome.kind)           ? Resilience4jEnd::RetriedError
                                                     : Resilience4jEnd::UnretriedError;
    const std::uint64_t bits = call.draw(static_cast<std::uint32_t>(state.failures + 1));
    const auto decision = m_core.onEnd(state, end, bits);
    return decision.again ? Verdict::retryAt(now + std::chrono::milliseconds(decision.waitMs)) : Verdict::keep();
}

namespace {

using C = Resilience4jRetryConfig;
using namespace std::chrono_literals;

std::string conflict(const void *config)
{
    const auto &c = *static_cast<const C *>(config);
    if (c.dialect != C().dialect)
        return kOtherDialect;
    if (c.exponentialMaxWaitDuration && !c.enableExponentialBackoff)
        return "exponential_max_wait_duration needs enable_exponential_backoff: true";
    return {};
}

std::vector<Field> fields()
{
    return {
        schema::field<&C::maxAttempts>(
            {.key = "max_attempts",
             .type = ValueType::Count,
             .help = "Tries per call, the first included.",
             .min = std::int64_t{1},
             .max = std::int64_t{100}}),
        schema::field<&C::waitDuration>(
            {.key = "wait_duration",
             .type = ValueType::Duration,
             .help = "Wait before each retry, or before the first when it grows. Constant and without chance unless switched on: "
                     "everybody who failed together returns together.",
             .min = Duration(1ms),
             .max = Duration(1h)}),
        schema::field<&C::enableExponentialBackoff>(
            {.key = "enable_exponential_backoff",
             .type = ValueType::Flag,
             .help = "Each wait is exponential_backoff_multiplier times the one before, cut to whole milliseconds at each step."}),
        schema::field<&C::exponentialBackoffMultiplier>(
            {.key = "exponential_backoff_multiplier",
             .type = ValueType::Number,
             .help = "Growth of the wait from retry to retry, when exponential backoff is on.",
             .min = 1.0,
             .max = 100.0}),
        schema::field<&C::exponentialMaxWaitDuration>(
            {.key = "exponential_max_wait_duration",
             .type = ValueType::Duration,
             .help = "Longest wait that the growth may reach. Applied after the draw of chance: at the cap most waits are equal.",
             .min = Duration(1ms),
             .max = Duration(1h),
             .optional = true}),
        schema::field<&C::enableRandomizedWait>(
            {.key = "enable_randomized_wait",
             .type = ValueType::Flag,
             .help = "Spreads each wait by randomized_wait_factor of itself, up and down."}),
        schema::field<&C::randomizedWaitFactor>(
            {.key = "randomized_wait_factor",
             .type = ValueType::Probability,
             .help = "50% draws from half the wait to one and a half times the wait.",
             .min = 0.0,
             .max = 1.0}),
        schema::field<&C::retryExceptions>(
            {.key = "retry_exceptions",
             .type = ValueType::TextList,
             .help = "Outcomes that are retried. Empty: all that are not ignored, also the refusals of a breaker further in.",
             .choices = failureNames()}),
        schema::field<&C::ignoreExceptions>(
            {.key = "ignore_exceptions",
             .type = ValueType::TextList,
             .help = "Outcomes that are never retried; wins over retry_exceptions.",
             .choices = failureNames()}),
        dialectField<C>(retryDialectNames()),
    };
}

} // namespace

const Schema &resilience4jRetrySchema()
{
    static const Schema schema = {
        .key = "retry",
        .title = "Retry (resilience4j)",
        .summary = "The retry of resilience4j 2.4: constant waits of 500 ms unless told otherwise.",
        .shorthand = "max_attempts",
        .fields = fields(),
        .create = &schema::create<C>,
        .clone = &schema::clone<C>,
        .conflict = &conflict,
    };
    return schema;
}

} // namespace halfopen
