// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/policies/dialects/grpc_retry.h"

#include "core/policies/dialects/dialect_field.h"

#include <algorithm>

namespace halfopen {

using namespace std::chrono_literals;

GrpcRetry::GrpcRetry(const GrpcRetryConfig &config)
{
    apply(config);
}

void GrpcRetry::apply(const GrpcRetryConfig &config)
{
    m_config = config;
    const GrpcThrottlingConfig &throttling = config.retryThrottling;
    if (!throttling.maxTokens)
        m_throttle.reset();
    else if (!m_throttle)
        m_throttle.emplace();
    if (m_throttle)
        m_throttle->apply(throttling.tokenRatio, *throttling.maxTokens);
    setRetryOn(RetryOn::fromNames(config.retryableStatusCodes));
}

void GrpcRetry::reconfigure(Instant, const void *config)
{
    apply(*static_cast<const GrpcRetryConfig *>(config));
}

std::optional<Duration> GrpcRetry::waitAfter(Instant, Try &made, Outcome outcome, std::uint64_t bits)
{
    if (m_throttle) {
        m_throttle->onFailure(); // also for a failure that is the last
        if (!m_throttle->mayRetry())
            return std::nullopt;
    }
    if (made.retries + 1 >= triesAtMost())
        return std::nullopt;
    if (outcome.retryAfterMs > 0) {
        made.memory = 0;
        return std::chrono::milliseconds(outcome.retryAfterMs);
    }
    const auto sincePushback = static_cast<std::uint32_t>(made.memory++);
    const double backoff = grown(static_cast<double>(m_config.initialBackoff.count()), m_config.backoffMultiplier, sincePushback,
                                 static_cast<double>(m_config.maxBackoff.count()));
    return waitOf(backoff * (0.8 + 0.4 * unitOf(bits)));
}

void GrpcRetry::onSuccess(Instant, Try &)
{
    if (m_throttle)
        m_throttle->onSuccess();
}

namespace {

using C = GrpcRetryConfig;
using T = GrpcThrottlingConfig;

std::string conflict(const void *config)
{
    return static_cast<const C *>(config)->dialect != C().dialect ? kOtherDialect : std::string();
}

std::vector<Field> fields()
{
    return {
        schema::field<&C::maxAttempts>(
            {.key = "max_attempts",
             .type = ValueType::Count,
             .help = "Tries per call, the first included. gRPC takes more than 5 as 5.",
             .min = std::int64_t{2},
             .max = std::int64_t{100}}),
        schema::field<&C::initialBackoff>(
            {.key = "initial_backoff",
             .type = ValueType::Duration,
             .help = "Wait before the first retry; spread by a fifth up and down like all of them.",
             .min = Duration(1),
             .max = Duration(1h)}),
        schema::field<&C::maxBackoff>(
            {.key = "max_backoff",
             .type = ValueType::Duration,
             .help = "Cap of the growth. The spread comes after it, so a wait may be 20 % longer.",
             .min = Duration(1),
             .max = Duration(1h)}),
        schema::field<&C::backoffMultiplier>(
            {.key = "backoff_multiplier",
             .type = ValueType::Number,
             .help = "Each wait is this many times the one before, up to max_backoff.",
             .min = 0.001,
             .max = 100.0}),
        schema::field<&C::retryableStatusCodes>(
            {.key = "retryable_status_codes",
             .type = ValueType::TextList,
             .help = "Outcomes that are retried, in the lab's words: kinds, HTTP statuses, classes of them. Others neither retry nor take a "
                     "token.",
             .choices = retryOnNames()}),
        schema::field<&C::retryThrottling, &T::maxTokens>(
            {.key = "retry_throttling.max_tokens",
             .type = ValueType::Count,
             .help = "Tokens of this process for the server, full at first. Each retryable failure takes one; no retry while half of them or "
                     "less are left. none: no throttling.",
             .min = std::int64_t{1},
             .max = std::int64_t{1'000},
             .optional = true}),
        schema::field<&C::retryThrottling, &T::tokenRatio>(
            {.key = "retry_throttling.token_ratio",
             .type = ValueType::Number,
             .help = "What a success gives back, in tokens (three decimals). 0.1: ten successes pay for one failure.",
             .min = 0.001,
             .max = 1'000.0}),
        dialectField<C>(retryDialectNames()),
    };
}

} // namespace

const Schema &grpcRetrySchema()
{
    static const Schema schema = {
        .key = "retry",
        .title = "Retry (gRPC)",
        .summary = "The retry of gRPC clients as a service configuration sets it, with retry throttling.",
        .shorthand = "max_attempts",
        .fields = fields(),
        .create = &schema::create<C>,
        .clone = &schema::clone<C>,
        .conflict = &conflict,
    };
    return schema;
}

} // namespace halfopen
