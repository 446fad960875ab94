// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/policies/outcome_set.h"
#include "core/policies/policy.h"
#include "core/policies/retry.h"
#include "core/scenario/schema.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace halfopen {

/// Whose arithmetic decides. The units differ (share of calls, tokens, share of what is in flight), so the kinds cannot be converted
/// into each other: only a run compares them.
enum class RetryBudgetKind : std::uint8_t {
    Ratio,       ///< share of the calls of the last while, and some per second (Finagle, Linkerd)
    TokenBucket, ///< each first try puts in a share of a token, each retry takes one
    Grpc,        ///< failures take a token, successes give a share back; retries stop at half
    Aws,         ///< a quota of tokens that successes refund
    Envoy,       ///< retries in flight as a share of all calls in flight
    FailureShare, ///< none while failed tries are more than a share of the calls since the start
};
std::span<const std::string_view> enumNames(RetryBudgetKind);

/// Optional settings have a default for each kind, see the schema's help.
struct RetryBudgetLayerConfig {
    RetryBudgetKind kind = RetryBudgetKind::Ratio;
    std::optional<double> ratio;                   ///< 20 % (ratio, envoy), 10 % (token_bucket, grpc, failure_share)
    std::optional<Duration> window;                ///< 10 s (ratio)
    std::optional<double> minRetriesPerSecond;     ///< 10/s (ratio)
    std::optional<std::int64_t> maxTokens;         ///< 10 (token_bucket, grpc), 500 (aws)
    bool neverEmpties = false;                     ///< a retry needs more than one token (token_bucket)
    std::optional<std::int64_t> retryCost;         ///< 5 (aws)
    std::optional<std::int64_t> timeoutRetryCost;  ///< 10 (aws)
    std::optional<std::int64_t> rejectedRetryCost; ///< as retry_cost (aws)
    std::optional<std::int64_t> minConcurrency;    ///< 3 (envoy)
    std::vector<std::string> failureOn = outcomeNames(kDependencyFailures); ///< (grpc, failure_share)
    /// No settings: a bucket that holds a fraction of a token, and one that does not start full (token_bucket).
    std::optional<double> exactTokens;
    std::optional<double> startTokens;

    double share() const;
    std::int64_t tokens() const;
};

const Schema &retryBudgetSchema();

/// A bucket that first tries fill and retries empty: tokens in millionths, starts full.
/// Source: M. Brooker, "Fixing retries with token buckets and circuit breakers", 2022.
class RetryTokenBucket {
public:
    /// \a deposit tokens per first try, at most \a capacity. With \a neverEmpties a retry needs more than its one token. The first
    /// apply() fills it, or puts \a start tokens in.
    void apply(double deposit, double capacity, bool neverEmpties = false, std::optional<double> start = std::nullopt);
    void onFirstTry();
    [[nodiscard]] bool tryRetry();
    std::int64_t millionths() const { return m_level; }

private:
    std::int64_t m_deposit = 0;
    std::int64_t m_capacity = 0;
    std::int64_t m_needed = 0;
    std::int64_t m_level = -1; ///< before the first apply()
};

/// A breaker for retries alone: no more of them while failed tries are more than a share of the calls. It counts from the
/// beginning and never forgets, so that a long outage silences it for as long again.
/// Source: M. Brooker, "Fixing retries with token buckets and circuit breakers", 2022, and its published simulator.
class RetryFailureShare {
public:
    void apply(double share);
    void onFirstTry() { ++m_calls; }
    void onFailure() { ++m_failures; }
    [[nodiscard]] bool mayRetry() const { return m_failures * kUnit <= m_share * m_calls; }
    std::int64_t calls() const { return m_calls; }
    std::int64_t failures() const { return m_failures; }

private:
    static constexpr std::int64_t kUnit = 1'000'000;
    std::int64_t m_share = 0; ///< millionths
    std::int64_t m_calls = 0;
    std::int64_t m_failures = 0;
};

/// Retries while more than half of the tokens are there. Tokens in thousandths, as the proposal limits the ratio to three decimals.
/// Source: gRPC proposal A6, "Throttling Retry Attempts and Hedged RPCs".
class GrpcRetryThrottle {
public:
    void apply(double tokenRatio, std::int64_t maxTokens);
    void onSuccess();
    void onFailure();
    [[nodiscard]] bool mayRetry() const { return 2 * m_level > m_capacity; }
    std::int64_t thousandths() const { return m_level; }

private:
    std::int64_t m_ratio = 0;
    std::int64_t m_capacity = 0;
    std::int64_t m_level = -1; ///< before the first apply()
};

/// Tokens that a retry acquires and only a success returns: what its last retry paid, or one when the first try succeeded.
/// Source: botocore's standard retry mode (RetryQuotaChecker): 500 tokens, 5 a retry, 10 after a timeout. The 2026 mode is
/// retry_cost 14, rejected_retry_cost 5.
class AwsRetryQuota {
public:
    void apply(std::int64_t capacity);
    [[nodiscard]] bool tryAcquire(std::int64_t cost);
    /// \a acquired by the try that succeeded, 0 for a first try.
    void onSuccess(std::int64_t acquired);
    std::int64_t tokens() const { return m_level; }

private:
    static constexpr std::int64_t kRefundOfFirstTry = 1;
    std::int64_t m_capacity = 0;
    std::int64_t m_level = -1; ///< before the first apply()
};

/// Retries in flight as a share of the calls in flight, with a least number that is always allowed.
/// Source: Envoy, cluster.v3.CircuitBreakers.Thresholds.RetryBudget and resource_manager_impl.h.
class EnvoyRetryShare {
public:
    void apply(double share, std::int64_t minConcurrency);
    [[nodiscard]] bool mayRetry() const;
    void enter(bool isRetry);
    void leave(bool isRetry);
    /// A retry that waits for its backoff: it takes a place among the retries, but is not in flight yet.
    void reserve() { ++m_reserved; }
    void release();
    std::int64_t active() const { return m_active; }
    /// In flight or waiting.
    std::int64_t activeRetries() const { return m_retries + m_reserved; }

private:
    std::int64_t m_millionths = 0;
    std::int64_t m_least = 0;
    std::int64_t m_active = 0;
    std::int64_t m_retries = 0;
    std::int64_t m_reserved = 0;
};

/// Placed inside a retry: first tries pass, retries pass while the budget lasts, the others end as `throttled`.
///
/// The retry outside sees `throttled`, which its retry_on leaves out, and gives up. What decides is the moment at which the retry
/// is about to leave, after its wait; gRPC and AWS ask when the try before it failed, which is the same unless the wait is long.
/// A first try is one that no layer further out has tried before (PolicyCall::retries == 0).
class RetryBudgetLayer final : public Policy {
public:
    static constexpr std::size_t kStateBytes = 16; ///< kept from one try to the next (PolicyType::keepsBytes)

    explicit RetryBudgetLayer(const RetryBudgetLayerConfig &config) { apply(config); }

    [[nodiscard]] Admission admit(Instant now, PolicyCall &call) override;
    [[nodiscard]] Verdict onOutcome(Instant now, PolicyCall &call, Outcome outcome) override;
    void onCancelled(Instant now, PolicyCall &call) override;
    /// Tokens stay, as far as they fit.
    void reconfigure(Instant now, const void *config) override;
    [[nodiscard]] Explanation explain(Instant now) const override;

    const RetryTokenBucket &bucket() const { return m_bucket; }
    const GrpcRetryThrottle &grpc() const { return m_grpc; }
    const AwsRetryQuota &aws() const { return m_aws; }
    const EnvoyRetryShare &envoy() const { return m_envoy; }

private:
    /// How the try before a retry ended, as far as the price of the retry depends on it.
    enum class Before : std::uint8_t { Other, Timeout, Rejected };
    struct CallState {
        std::int64_t acquired;  ///< tokens this try paid (aws)
        std::uint8_t isInside;  ///< admitted and not yet ended
        std::uint8_t isRetry;
        Before before;          ///< of the latest try that ended (aws)
    };
    static_assert(sizeof(CallState) <= kStateBytes);

    void apply(const RetryBudgetLayerConfig &config);
    void onFirstTry(Instant now);
    bool tryRetry(Instant now, CallState &state);
    std::int64_t costAfter(Before before) const;
    void leave(CallState &state);

    RetryBudgetLayerConfig m_config;
    OutcomeSet m_failures;
    RetryBudget m_ratio{{}};
    RetryTokenBucket m_bucket;
    GrpcRetryThrottle m_grpc;
    AwsRetryQuota m_aws;
    EnvoyRetryShare m_envoy;
    RetryFailureShare m_failureShare;
};

} // namespace halfopen
