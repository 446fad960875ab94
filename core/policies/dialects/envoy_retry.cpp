// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/policies/dialects/envoy_retry.h"

#include "core/policies/dialects/dialect_field.h"

#include <algorithm>
#include <array>
#include <utility>

namespace halfopen {

using namespace std::chrono_literals;

std::span<const std::string_view> enumNames(EnvoyFormula)
{
    static constexpr std::array<std::string_view, 2> kNames = {"source", "documented"};
    return kNames;
}

namespace {

/// What Envoy's words mean in outcomes of the lab. No answer at all (`reset`) is a reset, a refused connection or a timeout of the try.
std::vector<std::string> outcomesOf(const EnvoyRetryConfig &config)
{
    std::vector<std::string> names = config.retriableStatusCodes;
    const auto add = [&names](std::initializer_list<const char *> more) { names.insert(names.end(), more.begin(), more.end()); };
    for (const std::string &word : config.retryOn) {
        if (word == "5xx")
            add({"5xx", "error", "rejected", "timeout", "connection_refused", "connection_reset"});
        else if (word == "gateway-error")
            add({"502", "503", "504", "timeout", "connection_refused", "connection_reset"});
        else if (word == "reset")
            add({"timeout", "connection_refused", "connection_reset"});
        else if (word == "connect-failure")
            add({"connection_refused"});
        else if (word == "refused-stream")
            add({"rejected"});
        else if (word == "retriable-4xx")
            add({"409"});
        else if (word == "envoy-ratelimited")
            add({"rate_limited"});
    }
    return names;
}

} // namespace

void EnvoyRetry::apply(const EnvoyRetryConfig &config)
{
    m_config = config;
    m_share.apply(config.retryBudget.budgetPercent.value_or(0), config.retryBudget.minRetryConcurrency);
    setRetryOn(RetryOn::byStatus(outcomesOf(config)));
}

// What a call has in the share of active requests (Try::holds).
static constexpr int kRetry = 1;
static constexpr int kFirstTry = 2;

void EnvoyRetry::onBegun(Instant, Try &made)
{
    m_share.enter(false);
    made.holds = kFirstTry;
}

/// Moves the retries whose backoff is over from waiting to in flight: nobody says so when it happens.
void EnvoyRetry::settle(Instant now)
{
    const auto begun = m_waiting.upper_bound(now.ns());
    for (auto waits = m_waiting.begin(); waits != begun; ++waits) {
        m_share.release();
        m_share.enter(true);
    }
    m_waiting.erase(m_waiting.begin(), begun);
}

/// Also the end of a call whose caller left while it waited for its backoff.
void EnvoyRetry::onTryEnded(Instant now, Try &made)
{
    settle(now);
    const auto holds = std::exchange(made.holds, 0);
    if (holds == 0)
        return; // it has ended before
    const bool isRetry = holds == kRetry;
    if (!isRetry || made.retryNs <= now.ns())
        return m_share.leave(isRetry);
    m_waiting.erase(m_waiting.find(made.retryNs));
    m_share.release();
}

/// A budget is a share of the requests that are at the dependency now.
bool EnvoyRetry::mayRetry() const
{
    return m_config.retryBudget.budgetPercent ? m_share.mayRetry() : m_share.activeRetries() < m_config.maxRetries;
}

/// What the wait is drawn below, after so many retries of the call.
double EnvoyRetry::range(std::uint32_t retries) const
{
    const auto base = static_cast<double>(m_config.baseInterval.count());
    const auto most = static_cast<double>(m_config.maxInterval.value_or(10 * m_config.baseInterval).count());
    if (m_config.formula == EnvoyFormula::Documented)
        return std::min(2 * grown(base, 2, retries, kLongestWaitNs) - base, most);
    return grown(base, 2, retries, most);
}

std::optional<Duration> EnvoyRetry::waitAfter(Instant now, Try &made, Outcome outcome, std::uint64_t bits)
{
    if (made.retries >= m_config.numRetries || !mayRetry())
        return std::nullopt;
    Duration wait = waitOf(unitOf(bits) * range(made.retries));
    const Duration asked = std::chrono::milliseconds(outcome.retryAfterMs);
    if (m_config.rateLimitedMaxInterval && outcome.retryAfterMs > 0 && asked <= *m_config.rateLimitedMaxInterval)
        wait = uniform(bits, asked, asked + asked / 2);
    made.holds = kRetry;
    m_share.reserve();
    m_waiting.insert((now + wait).ns());
    settle(now); // without a wait it is in flight at once
    return wait;
}

namespace {

using C = EnvoyRetryConfig;
using B = EnvoyRetryBudgetConfig;

std::vector<std::string_view> statusNames()
{
    std::vector<std::string_view> names;
    for (const std::string_view name : retryOnNames())
        if (name[0] >= '1' && name[0] <= '9')
            names.push_back(name);
    return names;
}

std::string conflict(const void *config)
{
    const auto &c = *static_cast<const C *>(config);
    if (c.dialect != C().dialect)
        return kOtherDialect;
    if (c.maxInterval && *c.maxInterval < c.baseInterval)
        return "retry_back_off.max_interval is shorter than retry_back_off.base_interval";
    return {};
}

std::vector<Field> fields()
{
    return {
        schema::field<&C::numRetries>(
            {.key = "num_retries",
             .type = ValueType::Count,
             .help = "Retries per call; the first try does not count.",
             .min = std::int64_t{0},
             .max = std::int64_t{100}}),
        schema::field<&C::retryOn>(
            {.key = "retry_on",
             .type = ValueType::TextList,
             .help = "What is retried, in Envoy's words. Its own default is nothing; 5xx (any 5xx status, or no answer at all) is ours. "
                     "Refusals of a breaker or bulkhead further in are never retried.",
             .choices = {"5xx", "gateway-error", "reset", "connect-failure", "refused-stream", "retriable-4xx", "envoy-ratelimited"}}),
        schema::field<&C::retriableStatusCodes>(
            {.key = "retriable_status_codes",
             .type = ValueType::TextList,
             .help = "HTTP statuses that are retried beside retry_on.",
             .choices = statusNames()}),
        schema::field<&C::baseInterval>(
            {.key = "retry_back_off.base_interval",
             .type = ValueType::Duration,
             .help = "The first wait is drawn from 0 to this.",
             .min = Duration(1ms),
             .max = Duration(1h)}),
        schema::field<&C::maxInterval>(
            {.key = "retry_back_off.max_interval",
             .type = ValueType::Duration,
             .help = "No range of a wait is longer. none: ten times the base.",
             .min = Duration(1ms),
             .max = Duration(24h),
             .optional = true}),
        schema::field<&C::formula>(
            {.key = "retry_back_off.formula",
             .type = ValueType::Choice,
             .help = "Ranges of the waits. source: base, 2, 4, 8 times base. documented: 1, 3, 7 times base. The documentation describes older "
                     "code; which one a version has must be looked up.",
             .choices = {"source", "documented"}}),
        schema::field<&C::rateLimitedMaxInterval>(
            {.key = "rate_limited_retry_back_off.max_interval",
             .type = ValueType::Duration,
             .help = "Given: a failure that names a wait (Retry-After) up to this is retried after that wait or up to half as long again. none: "
                     "Retry-After is not looked at. 300s when it is configured without a number.",
             .min = Duration(1ms),
             .max = Duration(24h),
             .optional = true}),
        schema::field<&C::maxRetries>(
            {.key = "max_retries",
             .type = ValueType::Count,
             .help = "Retries under way at once in this process, those that wait for their backoff included; a failure beyond is not retried. 3 "
                     "is little for a busy process. Not used with a budget.",
             .min = std::int64_t{0},
             .max = std::int64_t{1'000'000}}),
        schema::field<&C::retryBudget, &B::budgetPercent>(
            {.key = "retry_budget.budget_percent",
             .type = ValueType::Probability,
             .help = "Retries under way at once as a share of the requests under way, instead of max_retries. Envoy's default when a budget is "
                     "configured is 20%.",
             .min = 0.0,
             .max = 1.0,
             .optional = true}),
        schema::field<&C::retryBudget, &B::minRetryConcurrency>(
            {.key = "retry_budget.min_retry_concurrency",
             .type = ValueType::Count,
             .help = "So many retries at once are allowed whatever the share says.",
             .min = std::int64_t{0},
             .max = std::int64_t{1'000'000}}),
        dialectField<C>(retryDialectNames()),
    };
}

} // namespace

const Schema &envoyRetrySchema()
{
    static const Schema schema = {
        .key = "retry",
        .title = "Retry (Envoy)",
        .summary = "The retry of Envoy's router with its limits on retries at once.",
        .shorthand = "num_retries",
        .fields = fields(),
        .create = &schema::create<C>,
        .clone = &schema::clone<C>,
        .conflict = &conflict,
    };
    return schema;
}

} // namespace halfopen
