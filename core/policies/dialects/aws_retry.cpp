// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/policies/dialects/aws_retry.h"

#include "core/policies/dialects/dialect_field.h"

#include <algorithm>
#include <array>

namespace halfopen {

using namespace std::chrono_literals;

std::span<const std::string_view> enumNames(AwsRetryMode)
{
    static constexpr std::array<std::string_view, 3> kNames = {"standard_2026", "standard", "legacy"};
    return kNames;
}

AwsRetry::AwsRetry(const AwsRetryConfig &config)
{
    apply(config);
}

void AwsRetry::apply(const AwsRetryConfig &config)
{
    m_config = config;
    m_quota.apply(config.retryQuota);
    m_throttling = RetryOn::fromNames(config.throttling);
    std::vector<std::string> all = config.transient;
    all.insert(all.end(), config.throttling.begin(), config.throttling.end());
    setRetryOn(RetryOn::byStatus(all));
}

void AwsRetry::reconfigure(Instant, const void *config)
{
    apply(*static_cast<const AwsRetryConfig *>(config));
}

std::int64_t AwsRetry::costOf(Outcome outcome) const
{
    if (m_config.mode == AwsRetryMode::Standard2026)
        return m_throttling.contains(outcome) ? 5 : 14;
    return outcome.kind == OutcomeKind::Timeout ? 10 : 5;
}

/// What the wait is drawn below, after so many retries of the call.
double AwsRetry::range(Duration base, std::uint32_t retries) const
{
    const double most = m_config.mode == AwsRetryMode::Legacy ? kLongestWaitNs : static_cast<double>(m_config.maxBackoff.count());
    return grown(static_cast<double>(base.count()), 2, retries, most);
}

std::optional<Duration> AwsRetry::waitAfter(Instant, Try &made, Outcome outcome, std::uint64_t bits)
{
    if (made.retries + 1 >= m_config.maxAttempts)
        return std::nullopt;
    const bool isLegacy = m_config.mode == AwsRetryMode::Legacy;
    if (!isLegacy && m_config.retryQuota > 0) {
        const std::int64_t cost = costOf(outcome);
        if (!m_quota.tryAcquire(cost))
            return std::nullopt;
        made.holds = static_cast<std::uint32_t>(cost);
    }
    const bool is2026 = m_config.mode == AwsRetryMode::Standard2026;
    const Duration base = is2026 && m_throttling.contains(outcome) ? Duration(1s) : m_config.base();
    const Duration wait = waitOf(unitOf(bits) * range(base, made.retries));
    if (!is2026 || outcome.retryAfterMs == 0)
        return wait;
    return std::clamp<Duration>(std::chrono::milliseconds(outcome.retryAfterMs), wait, wait + 5s);
}

void AwsRetry::onSuccess(Instant, Try &made)
{
    m_quota.onSuccess(made.holds);
}

namespace {

using C = AwsRetryConfig;

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
             .help = "Tries per call, the first included (AWS_MAX_ATTEMPTS). DynamoDB clients use 4 in the mode of 2026.",
             .min = std::int64_t{1},
             .max = std::int64_t{100}}),
        schema::field<&C::mode>(
            {.key = "mode",
             .type = ValueType::Choice,
             .help = "standard: as before 2026. standard_2026 (AWS_NEW_RETRIES_2026=true): waits from 50 ms instead of 1 s, and retries cost "
                     "almost three times as much of the quota; new and opt-in, so its numbers may change. legacy: boto's old one, without "
                     "quota and without a cap of the wait.",
             .choices = {"standard_2026", "standard", "legacy"}}),
        schema::field<&C::baseDelay>(
            {.key = "base_delay",
             .type = ValueType::Duration,
             .help = "The first wait is drawn from 0 to this, the next from 0 to twice this. none: 50ms in the mode of 2026 (25ms is "
                     "DynamoDB's), 1s before. After throttling it is 1s in the mode of 2026.",
             .min = Duration(1),
             .max = Duration(1h),
             .optional = true}),
        schema::field<&C::maxBackoff>(
            {.key = "max_backoff",
             .type = ValueType::Duration,
             .help = "No range of a wait is longer. Not used by legacy.",
             .min = Duration(1ms),
             .max = Duration(1h)}),
        schema::field<&C::retryQuota>(
            {.key = "retry_quota",
             .type = ValueType::Count,
             .help = "Tokens of this process that pay for retries. 500 pay for 100 retries before 2026 (50 after timeouts), for 35 since. 0: "
                     "no quota. Not used by legacy.",
             .min = std::int64_t{0},
             .max = std::int64_t{1'000'000}}),
        schema::field<&C::transient>(
            {.key = "transient",
             .type = ValueType::TextList,
             .help = "Outcomes that are retried as transient: kinds, HTTP statuses, classes of them. `error` is an error without a status.",
             .choices = retryOnNames()}),
        schema::field<&C::throttling>(
            {.key = "throttling",
             .type = ValueType::TextList,
             .help = "Outcomes that are retried as throttling, which costs less and waits longer in the mode of 2026.",
             .choices = retryOnNames()}),
        dialectField<C>(retryDialectNames()),
    };
}

} // namespace

const Schema &awsRetrySchema()
{
    static const Schema schema = {
        .key = "retry",
        .title = "Retry (AWS SDK)",
        .summary = "The retry of the AWS SDKs with its quota, before and since 2026.",
        .shorthand = "max_attempts",
        .fields = fields(),
        .create = &schema::create<C>,
        .clone = &schema::clone<C>,
        .conflict = &conflict,
    };
    return schema;
}

} // namespace halfopen
