// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/policies/dialects/polly_retry.h"

#include "core/base/portable_math.h"
#include "core/policies/dialects/dialect_field.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>

namespace halfopen {

using namespace std::chrono_literals;

std::span<const std::string_view> enumNames(PollyBackoffType)
{
    static constexpr std::array<std::string_view, 3> kNames = {"constant", "linear", "exponential"};
    return kNames;
}

namespace {

/// 2^t * tanh(sqrt(4 t)), from functions that give the same bits everywhere.
double decorrelated(double t)
{
    const double shrinks = portableExp(-2 * std::sqrt(4 * t)); // the root is exact by IEEE
    return portablePow(2, t) * ((1 - shrinks) / (1 + shrinks));
}

} // namespace

double pollyDelayNs(const PollyRetryConfig &config, std::uint32_t attempt, double unit, double &previous)
{
    const auto base = static_cast<double>(config.delay.count());
    if (config.backoffType == PollyBackoffType::Exponential && config.useJitter) {
        const double next = decorrelated(std::min(attempt + unit, 1000.0));
        const double rise = next - previous;
        previous = next;
        return std::max(0.0, rise * (1 / 1.4) * base);
    }
    double delay = base;
    if (config.backoffType == PollyBackoffType::Linear)
        delay = (attempt + 1.0) * base;
    else if (config.backoffType == PollyBackoffType::Exponential)
        delay = grown(base, 2, attempt, kLongestWaitNs);
    return config.useJitter ? delay * (0.75 + 0.5 * unit) : delay;
}

void PollyRetry::apply(const PollyRetryConfig &config)
{
    m_config = config;
    const std::vector<std::string> all = outcomeNames(kEveryFailure);
    setRetryOn(RetryOn::fromNames(config.shouldHandle.empty() ? all : config.shouldHandle));
}

std::optional<Duration> PollyRetry::waitAfter(Instant, Try &made, Outcome outcome, std::uint64_t bits)
{
    if (made.retries >= m_config.maxRetryAttempts)
        return std::nullopt;
    double previous = std::bit_cast<double>(made.memory);
    const double delay = pollyDelayNs(m_config, made.retries, unitOf(bits), previous);
    made.memory = std::bit_cast<std::int64_t>(previous);
    if (m_config.shouldRetryAfterHeader && outcome.retryAfterMs > 0)
        return std::chrono::milliseconds(outcome.retryAfterMs); // not cut by max_delay
    const Duration wait = waitOf(delay);
    return m_config.maxDelay ? std::min(wait, *m_config.maxDelay) : wait;
}

namespace {

using C = PollyRetryConfig;

std::string conflict(const void *config)
{
    return static_cast<const C *>(config)->dialect != C().dialect ? kOtherDialect : std::string();
}

std::vector<Field> fields()
{
    return {
        schema::field<&C::maxRetryAttempts>(
            {.key = "max_retry_attempts",
             .type = ValueType::Count,
             .help = "Retries per call; the first try does not count, so 3 can send four requests.",
             .min = std::int64_t{1},
             .max = std::int64_t{1'000}}),
        schema::field<&C::delay>(
            {.key = "delay",
             .type = ValueType::Duration,
             .help = "Wait before each retry, or the base from which the waits grow. 0s: every retry comes at once, whatever the rest says.",
             .min = Duration(0),
             .max = Duration(24h)}),
        schema::field<&C::backoffType>(
            {.key = "backoff_type",
             .type = ValueType::Choice,
             .help = "constant: delay. linear: delay times the number of the retry. exponential: delay, then twice as long each time.",
             .choices = {"constant", "linear", "exponential"}}),
        schema::field<&C::useJitter>(
            {.key = "use_jitter",
             .type = ValueType::Flag,
             .help = "Spreads constant and linear waits by a quarter up and down; exponential ones by a formula whose first wait lies "
                     "between 0 and 1.38 times delay. false: everybody who failed together returns together."}),
        schema::field<&C::maxDelay>(
            {.key = "max_delay",
             .type = ValueType::Duration,
             .help = "No computed wait is longer; applied after the draw, so at the cap most waits are equal. A Retry-After is not cut.",
             .min = Duration(0),
             .max = Duration(24h),
             .optional = true}),
        schema::field<&C::shouldRetryAfterHeader>(
            {.key = "should_retry_after_header",
             .type = ValueType::Flag,
             .help = "Wait exactly what a failure asks for (Retry-After), where it asks: as the HTTP options of the .NET extensions do; the "
                     "core retry does not."}),
        schema::field<&C::shouldHandle>(
            {.key = "should_handle",
             .type = ValueType::TextList,
             .help = "Outcomes that are retried: kinds, HTTP statuses, classes of them. Empty: every failure, also refusals of a breaker "
                     "further in.",
             .choices = retryOnNames()}),
        dialectField<C>(retryDialectNames()),
    };
}

} // namespace

const Schema &pollyRetrySchema()
{
    static const Schema schema = {
        .key = "retry",
        .title = "Retry (Polly)",
        .summary = "The retry of Polly v8: three retries, constant waits of 2 s unless told otherwise.",
        .shorthand = "max_retry_attempts",
        .fields = fields(),
        .create = &schema::create<C>,
        .clone = &schema::clone<C>,
        .conflict = &conflict,
    };
    return schema;
}

} // namespace halfopen
