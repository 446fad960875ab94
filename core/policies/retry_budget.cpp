// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/policies/retry_budget.h"

#include "core/base/check.h"
#include "core/policies/kind_rules.h"
#include "core/scenario/schema_fields.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace halfopen {

using namespace std::chrono_literals;

namespace {

constexpr std::int64_t kMillion = 1'000'000;
constexpr std::int64_t kThousand = 1'000;
constexpr Duration kWindow = 10s;
constexpr double kMinRetriesPerSecond = 10;

/// A level that was never set becomes full; another stays as far as it fits.
std::int64_t kept(std::int64_t level, std::int64_t capacity)
{
    return level < 0 ? capacity : std::min(level, capacity);
}

} // namespace

std::span<const std::string_view> enumNames(RetryBudgetKind)
{
    static constexpr std::array<std::string_view, 6> kNames = {"ratio", "token_bucket", "grpc",
                                                               "aws",   "envoy",        "failure_share"};
    return kNames;
}

double RetryBudgetLayerConfig::share() const
{
    const bool isTenth = kind == RetryBudgetKind::TokenBucket || kind == RetryBudgetKind::Grpc
        || kind == RetryBudgetKind::FailureShare;
    return ratio.value_or(isTenth ? 0.1 : 0.2);
}

std::int64_t RetryBudgetLayerConfig::tokens() const
{
    return maxTokens.value_or(kind == RetryBudgetKind::Aws ? 500 : 10);
}

// ---- the arithmetic of each kind ----

void RetryTokenBucket::apply(double deposit, double capacity, bool neverEmpties, std::optional<double> start)
{
    m_needed = kMillion + (neverEmpties ? 1 : 0);
    m_deposit = std::llround(deposit * kMillion);
    m_capacity = std::llround(capacity * kMillion);
    if (m_level < 0 && start)
        m_level = std::llround(*start * kMillion);
    m_level = kept(m_level, m_capacity);
}

void RetryTokenBucket::onFirstTry()
{
    m_level = std::min(m_capacity, m_level + m_deposit);
}

bool RetryTokenBucket::tryRetry()
{
    if (m_level < m_needed)
        return false;
    m_level -= kMillion;
    return true;
}

void RetryFailureShare::apply(double share)
{
    m_share = std::llround(share * kUnit);
}

void GrpcRetryThrottle::apply(double tokenRatio, std::int64_t maxTokens)
{
    m_ratio = std::llround(tokenRatio * kThousand);
    m_capacity = maxTokens * kThousand;
    m_level = kept(m_level, m_capacity);
}

void GrpcRetryThrottle::onSuccess()
{
    m_level = std::min(m_capacity, m_level + m_ratio);
}

void GrpcRetryThrottle::onFailure()
{
    m_level = std::max<std::int64_t>(0, m_level - kThousand);
}

void AwsRetryQuota::apply(std::int64_t capacity)
{
    m_capacity = capacity;
    m_level = kept(m_level, capacity);
}

bool AwsRetryQuota::tryAcquire(std::int64_t cost)
{
    if (m_level < cost)
        return false;
    m_level -= cost;
    return true;
}

void AwsRetryQuota::onSuccess(std::int64_t acquired)
{
    m_level = std::min(m_capacity, m_level + std::max(acquired, kRefundOfFirstTry));
}

void EnvoyRetryShare::apply(double share, std::int64_t minConcurrency)
{
    m_millionths = std::llround(share * kMillion);
    m_least = minConcurrency;
}

bool EnvoyRetryShare::mayRetry() const
{
    return activeRetries() < std::max(m_millionths * m_active / kMillion, m_least);
}

void EnvoyRetryShare::release()
{
    --m_reserved;
    HALFOPEN_CHECK(m_reserved >= 0);
}

void EnvoyRetryShare::enter(bool isRetry)
{
    ++m_active;
    m_retries += isRetry;
}

void EnvoyRetryShare::leave(bool isRetry)
{
    --m_active;
    m_retries -= isRetry;
    HALFOPEN_CHECK(m_retries >= 0);
    HALFOPEN_CHECK(m_active >= m_retries);
}

// ---- the policy ----

void RetryBudgetLayer::apply(const RetryBudgetLayerConfig &config)
{
    m_config = config;
    m_failures = OutcomeSet::fromNames(config.failureOn);
    const Duration window = config.window.value_or(kWindow);
    const double perSecond = config.minRetriesPerSecond.value_or(kMinRetriesPerSecond);
    // All kinds are kept ready: setting them costs little, and another kind starts with a full bucket.
    m_ratio.apply({.ratio = config.share(),
                   .window = window,
                   .reserve = std::llround(perSecond * static_cast<double>(window.count()) / 1e9)});
    m_bucket.apply(config.share(), config.exactTokens.value_or(static_cast<double>(config.tokens())), config.neverEmpties,
                   config.startTokens);
    m_failureShare.apply(config.share());
    m_grpc.apply(config.share(), config.tokens());
    m_aws.apply(config.tokens());
    m_envoy.apply(config.share(), config.minConcurrency.value_or(3));
}

void RetryBudgetLayer::reconfigure(Instant, const void *config)
{
    const auto &next = *static_cast<const RetryBudgetLayerConfig *>(config);
    if (next.kind != m_config.kind) {
        m_bucket = {};
        m_grpc = {};
        m_aws = {};
        m_failureShare = {};
    }
    apply(next);
}

void RetryBudgetLayer::onFirstTry(Instant now)
{
    switch (m_config.kind) {
    case RetryBudgetKind::Ratio:
        m_ratio.onFirstTry(now);
        break;
    case RetryBudgetKind::TokenBucket:
        m_bucket.onFirstTry();
        break;
    case RetryBudgetKind::FailureShare:
        m_failureShare.onFirstTry();
        break;
    case RetryBudgetKind::Aws:
    case RetryBudgetKind::Grpc:
    case RetryBudgetKind::Envoy:
        break;
    }
}

std::int64_t RetryBudgetLayer::costAfter(Before before) const
{
    const std::int64_t usual = m_config.retryCost.value_or(5);
    if (before == Before::Timeout)
        return m_config.timeoutRetryCost.value_or(10);
    return before == Before::Rejected ? m_config.rejectedRetryCost.value_or(usual) : usual;
}

bool RetryBudgetLayer::tryRetry(Instant now, CallState &state)
{
    switch (m_config.kind) {
    case RetryBudgetKind::Ratio:
        return m_ratio.tryRetry(now);
    case RetryBudgetKind::TokenBucket:
        return m_bucket.tryRetry();
    case RetryBudgetKind::Grpc:
        return m_grpc.mayRetry();
    case RetryBudgetKind::Aws: {
        const std::int64_t cost = costAfter(state.before);
        if (!m_aws.tryAcquire(cost))
            return false;
        state.acquired = cost;
        return true;
    }
    case RetryBudgetKind::Envoy:
        return m_envoy.mayRetry();
    case RetryBudgetKind::FailureShare:
        return m_failureShare.mayRetry();
    }
    return true;
}

Admission RetryBudgetLayer::admit(Instant now, PolicyCall &call)
{
    const bool isRetry = call.retries > 0;
    CallState &state = call.as<CallState>();
    if (!isRetry) {
        state = {}; // a call before this one left its bytes
        onFirstTry(now);
    } else if (!tryRetry(now, state)) {
        return Admission::refuse({.kind = OutcomeKind::Throttled});
    }
    state.isInside = 1;
    state.isRetry = isRetry;
    m_envoy.enter(isRetry);
    return Admission::admit();
}

void RetryBudgetLayer::leave(CallState &state)
{
    if (state.isInside)
        m_envoy.leave(state.isRetry);
    state.isInside = 0;
}

Verdict RetryBudgetLayer::onOutcome(Instant, PolicyCall &call, Outcome outcome)
{
    CallState &state = call.as<CallState>();
    if (!state.isInside)
        return Verdict::keep();
    leave(state);
    if (m_config.kind == RetryBudgetKind::Grpc) {
        if (isGood(outcome.kind))
            m_grpc.onSuccess();
        else if (m_failures.contains(outcome.kind))
            m_grpc.onFailure();
    } else if (m_config.kind == RetryBudgetKind::FailureShare) {
        if (m_failures.contains(outcome.kind))
            m_failureShare.onFailure();
    } else if (m_config.kind == RetryBudgetKind::Aws) {
        if (isGood(outcome.kind))
            m_aws.onSuccess(state.acquired);
        state.before = outcome.kind == OutcomeKind::Timeout ? Before::Timeout
            : outcome.kind == OutcomeKind::Rejected         ? Before::Rejected
                                                            : Before::Other;
    }
    return Verdict::keep();
}

void RetryBudgetLayer::onCancelled(Instant, PolicyCall &call)
{
    CallState &state = call.as<CallState>();
    if (!state.isInside)
        return;
    leave(state);
    // A timeout between the retry and this layer: the retry will see `timeout`, this layer only that the call went.
    if (m_config.kind == RetryBudgetKind::Aws)
        state.before = Before::Timeout;
    else if (m_config.kind == RetryBudgetKind::FailureShare)
        m_failureShare.onFailure();
}

// ---- schema ----

namespace {

std::string conflict(const void *config)
{
    const auto &c = *static_cast<const RetryBudgetLayerConfig *>(config);
    return settingOfAnotherKind(static_cast<std::size_t>(c.kind), enumNames(c.kind),
                                {{"ratio", c.ratio.has_value(), {0, 1, 2, 4, 5}},
                                 {"window", c.window.has_value(), {0}},
                                 {"min_retries_per_second", c.minRetriesPerSecond.has_value(), {0}},
                                 {"max_tokens", c.maxTokens.has_value(), {1, 2, 3}},
                                 {"never_empties", c.neverEmpties, {1}},
                                 {"retry_cost", c.retryCost.has_value(), {3}},
                                 {"timeout_retry_cost", c.timeoutRetryCost.has_value(), {3}},
                                 {"rejected_retry_cost", c.rejectedRetryCost.has_value(), {3}},
                                 {"min_concurrency", c.minConcurrency.has_value(), {4}}});
}

std::vector<Field> shares()
{
    using C = RetryBudgetLayerConfig;
    return {
        schema::field<&C::kind>(
            {.key = "kind",
             .type = ValueType::Choice,
             .help = "Whose arithmetic. ratio: share of recent calls (Finagle, Linkerd). token_bucket: first tries earn, retries "
                     "spend. grpc: stops at half of its tokens. aws: a quota that successes refund. envoy: share of what is in "
                     "flight. failure_share: none while failed tries are more than a share of all calls since the start.",
             .choices = {"ratio", "token_bucket", "grpc", "aws", "envoy", "failure_share"}}),
        schema::field<&C::ratio>(
            {.key = "ratio",
             .type = ValueType::Probability,
             .help = "What a call earns: retries per first try (ratio 20%, token_bucket 10%), tokens per success (grpc 10%), or "
                     "retries in flight per call in flight (envoy 20%), failed tries per call (failure_share 10%). It is the extra load of a full outage.",
             .min = 0.0,
             .max = 1.0,
             .optional = true}),
        schema::field<&C::window>(
            {.key = "window",
             .type = ValueType::Duration,
             .help = "What is earned expires after this long. 10s unless given (ratio). Long: a quiet hour pays for a storm.",
             .min = Duration(100ms),
             .max = Duration(1h),
             .optional = true}),
        schema::field<&C::minRetriesPerSecond>(
            {.key = "min_retries_per_second",
             .type = ValueType::Rate,
             .help = "Retries that are allowed whatever the ratio says, for each process. 10/s unless given (ratio): over a window "
                     "of 10s a burst of 100 retries at once.",
             .min = 0.0,
             .max = 1e6,
             .optional = true}),
        schema::field<&C::minConcurrency>(
            {.key = "min_concurrency",
             .type = ValueType::Count,
             .help = "Retries in flight that are allowed whatever the ratio says. 3 unless given (envoy).",
             .min = std::int64_t{0},
             .max = std::int64_t{1'000'000},
             .optional = true}),
    };
}

std::vector<Field> tokens()
{
    using C = RetryBudgetLayerConfig;
    return {
        schema::field<&C::maxTokens>(
            {.key = "max_tokens",
             .type = ValueType::Count,
             .help = "Size of the bucket, full at the start. 10 (token_bucket, grpc) or 500 (aws) unless given. It is the burst of "
                     "retries that an outage begins with, in each process.",
             .min = std::int64_t{1},
             .max = std::int64_t{1'000'000},
             .optional = true}),
        schema::field<&C::neverEmpties>(
            {.key = "never_empties",
             .type = ValueType::Flag,
             .help = "true: a retry needs more than one token, so that it never takes the last (token_bucket)."}),
        schema::field<&C::retryCost>(
            {.key = "retry_cost",
             .type = ValueType::Count,
             .help = "Tokens that a retry takes. 5 unless given (aws): 500 tokens are 100 retries. 14 in the mode of 2026.",
             .min = std::int64_t{1},
             .max = std::int64_t{1'000'000},
             .optional = true}),
        schema::field<&C::timeoutRetryCost>(
            {.key = "timeout_retry_cost",
             .type = ValueType::Count,
             .help = "Tokens that a retry after a timeout takes, because it cost the caller more. 10 unless given (aws).",
             .min = std::int64_t{1},
             .max = std::int64_t{1'000'000},
             .optional = true}),
        schema::field<&C::rejectedRetryCost>(
            {.key = "rejected_retry_cost",
             .type = ValueType::Count,
             .help = "Tokens that a retry after a full queue takes. As retry_cost unless given (aws). 5 in the mode of 2026.",
             .min = std::int64_t{1},
             .max = std::int64_t{1'000'000},
             .optional = true}),
        schema::field<&C::failureOn>(
            {.key = "failure_on",
             .type = ValueType::TextList,
             .help = "Outcomes that take a token (grpc) or count as failed (failure_share): those that the retry around it would repeat.",
             .choices = failureNames()}),
    };
}

} // namespace

const Schema &retryBudgetSchema()
{
    static const Schema schema = [] {
        Schema s;
        s.key = "retry_budget";
        s.title = "Retry budget";
        s.summary = "Inside a retry: lets retries through only as a share of the calls, so that an outage is not made worse.";
        s.shorthand = "ratio";
        for (auto part : {shares, tokens})
            for (Field &field : part())
                s.fields.push_back(std::move(field));
        s.create = &schema::create<RetryBudgetLayerConfig>;
        s.clone = &schema::clone<RetryBudgetLayerConfig>;
        s.conflict = &conflict;
        return s;
    }();
    return schema;
}

} // namespace halfopen
