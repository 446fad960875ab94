// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/policies/dialects/dialect_field.h"
#include "core/policies/dialects/resilience4j_circuit_breaker.h"

#include <array>

namespace halfopen {

using namespace std::chrono_literals;

std::span<const std::string_view> enumNames(Resilience4jWindowType)
{
    static constexpr std::array<std::string_view, 2> kNames = {"count_based", "time_based"};
    return kNames;
}

std::span<const std::string_view> enumNames(Resilience4jAfterWait)
{
    static constexpr std::array<std::string_view, 2> kNames = {"open", "closed"};
    return kNames;
}

namespace {

using C = Resilience4jBreakerConfig;

std::string conflict(const void *config)
{
    const auto &c = *static_cast<const C *>(config);
    if (c.dialect != C().dialect)
        return kOtherDialect;
    if (c.exponentialMaxWaitDurationInOpenState && !c.enableExponentialBackoff)
        return "exponential_max_wait_duration_in_open_state needs enable_exponential_backoff: true";
    if (c.slidingWindowType == Resilience4jWindowType::TimeBased && c.slidingWindowSize > 86'400)
        return "sliding_window_size of a time_based window is in seconds, at most 86400";
    return {};
}

std::vector<Field> whenItTrips()
{
    return {
        schema::field<&C::failureRateThreshold>(
            {.key = "failure_rate_threshold",
             .type = ValueType::Probability,
             .help = "Share of failed calls at or over which it opens. Judged after every recorded call, so a success can be the "
                     "one that opens it.",
             .min = 0.000001,
             .max = 1.0}),
        schema::field<&C::slowCallRateThreshold>(
            {.key = "slow_call_rate_threshold",
             .type = ValueType::Probability,
             .help = "Share of slow calls at or over which it opens. 100% with calls slower than 60s: in effect off.",
             .min = 0.000001,
             .max = 1.0}),
        schema::field<&C::slowCallDurationThreshold>(
            {.key = "slow_call_duration_threshold",
             .type = ValueType::Duration,
             .help = "A call that takes longer than this is slow, failed or not.",
             .min = Duration(1),
             .max = Duration(24h)}),
        schema::field<&C::slidingWindowType>(
            {.key = "sliding_window_type",
             .type = ValueType::Choice,
             .help = "count_based: the last N calls. time_based: the current whole second of the clock and the N - 1 before it.",
             .choices = {"count_based", "time_based"}}),
        schema::field<&C::slidingWindowSize>(
            {.key = "sliding_window_size",
             .type = ValueType::Count,
             .help = "N of the window: calls or seconds, as sliding_window_type says. Large: sees small rises, reacts late.",
             .min = std::int64_t{1},
             .max = std::int64_t{100'000}}),
        schema::field<&C::minimumNumberOfCalls>(
            {.key = "minimum_number_of_calls",
             .type = ValueType::Count,
             .help = "No rate is judged before the window holds this many calls. A count_based window judges when it is full even "
                     "if the minimum is larger; a time_based one then never does.",
             .min = std::int64_t{1},
             .max = std::int64_t{1'000'000}}),
        schema::field<&C::recordExceptions>(
            {.key = "record_exceptions",
             .type = ValueType::TextList,
             .help = "Outcomes that count as failures. Empty: all that are not ignored, also refusals of policies further in. What "
                     "is neither recorded nor ignored counts as a success.",
             .choices = failureNames()}),
        schema::field<&C::ignoreExceptions>(
            {.key = "ignore_exceptions",
             .type = ValueType::TextList,
             .help = "Outcomes that count as nothing. In HALF_OPEN each gives a permission back, whatever state its call was let "
                     "through in.",
             .choices = failureNames()}),
    };
}

std::vector<Field> whileOpen()
{
    return {
        schema::field<&C::waitDurationInOpenState>(
            {.key = "wait_duration_in_open_state",
             .type = ValueType::Duration,
             .help = "How long it stays open; the next call strictly after that is let through on trial.",
             .min = Duration(1ms),
             .max = Duration(24h)}),
        schema::field<&C::enableExponentialBackoff>(
            {.key = "enable_exponential_backoff",
             .type = ValueType::Flag,
             .help = "Each opening since the last CLOSED waits exponential_backoff_multiplier times as long as the one before."}),
        schema::field<&C::exponentialBackoffMultiplier>(
            {.key = "exponential_backoff_multiplier",
             .type = ValueType::Number,
             .help = "Growth of the wait from opening to opening. Each step is cut to whole milliseconds: 7ms * 1.1 stays 7ms.",
             .min = 1.0,
             .max = 100.0}),
        schema::field<&C::exponentialMaxWaitDurationInOpenState>(
            {.key = "exponential_max_wait_duration_in_open_state",
             .type = ValueType::Duration,
             .help = "Longest wait that the growth may reach; none = no limit, so a long outage waits for hours.",
             .min = Duration(1ms),
             .max = Duration(24h),
             .optional = true}),
        schema::field<&C::automaticTransitionFromOpenToHalfOpenEnabled>(
            {.key = "automatic_transition_from_open_to_half_open_enabled",
             .type = ValueType::Flag,
             .help = "A timer moves it to HALF_OPEN at the end of the wait, instead of the next call after it."}),
    };
}

std::vector<Field> onTrial()
{
    return {
        schema::field<&C::permittedNumberOfCallsInHalfOpenState>(
            {.key = "permitted_number_of_calls_in_half_open_state",
             .type = ValueType::Count,
             .help = "Trial calls granted in all, not at once: a finished one frees nothing. The verdict comes after "
                     "min(minimum_number_of_calls, this) results, by the same rates.",
             .min = std::int64_t{1},
             .max = std::int64_t{100'000}}),
        schema::field<&C::maxWaitDurationInHalfOpenState>(
            {.key = "max_wait_duration_in_half_open_state",
             .type = ValueType::Duration,
             .help = "HALF_OPEN ends after this without a verdict. none: it waits for ever, so trials that hang or are lost keep "
                     "the breaker refusing everything.",
             .min = Duration(1ms),
             .max = Duration(24h),
             .optional = true}),
        schema::field<&C::transitionToStateAfterWaitDuration>(
            {.key = "transition_to_state_after_wait_duration",
             .type = ValueType::Choice,
             .help = "Where HALF_OPEN goes when max_wait_duration_in_half_open_state is over.",
             .choices = {"open", "closed"}}),
    };
}

} // namespace

const Schema &resilience4jBreakerSchema()
{
    static const Schema schema = [] {
        Schema s;
        s.key = "circuit_breaker";
        s.title = "Circuit breaker (resilience4j)";
        s.summary = "The circuit breaker of resilience4j 2.4, rule by rule.";
        for (auto part : {whenItTrips, whileOpen, onTrial})
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
