// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/policies/dialects/library_retry.h"
#include "core/policies/retry_budget.h"
#include "core/scenario/schema.h"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace halfopen {

/// The three retry behaviours of the SDKs.
enum class AwsRetryMode : std::uint8_t {
    Standard2026, ///< AWS_NEW_RETRIES_2026=true: shorter waits, dearer retries
    Standard,     ///< before
    Legacy,       ///< boto's old one: no quota, no cap of the wait
};
std::span<const std::string_view> enumNames(AwsRetryMode);

/// Settings under the SDKs' own names where they have one, with their defaults.
struct AwsRetryConfig {
    std::string dialect = "aws";
    AwsRetryMode mode = AwsRetryMode::Standard;
    std::int64_t maxAttempts = 3; ///< the first try counts
    std::optional<Duration> baseDelay; ///< none = 50 ms in 2026, 1 s before
    Duration maxBackoff = std::chrono::seconds(20);
    std::int64_t retryQuota = 500; ///< tokens per process; 0 = no quota
    std::vector<std::string> transient = {"error", "timeout", "rejected", "connection_refused", "connection_reset", "500", "502", "503", "504"};
    std::vector<std::string> throttling = {"429"};

    Duration base() const
    {
        return baseDelay.value_or(mode == AwsRetryMode::Standard2026 ? std::chrono::milliseconds(50) : std::chrono::seconds(1));
    }
};

const Schema &awsRetrySchema();

/// The retry of the AWS SDKs. The dialect `aws`.
///
/// What differs from the dialect `halfopen`: waits are U[0, min(base * 2^(n-1), max_backoff)); a quota of tokens per process pays for
/// retries. A retry costs 5 tokens, 10 after a timeout; since 2026 it costs 14, 5 after throttling. A success without a retry gives 1
/// back, one with retries what its last retry took; a failure gives nothing back. Since 2026 a Retry-After moves the wait, by at
/// most 5 s, and throttling waits from 1 s on.
/// Source: botocore (retries/standard.py, retries/quota.py), smithy-rs 2.1 for the costs of 2026. New and opt-in: defaults may change.
class AwsRetry final : public LibraryRetry {
public:
    explicit AwsRetry(const AwsRetryConfig &config);
    /// The tokens are kept, up to the new quota.
    void reconfigure(Instant now, const void *config) override;

    std::int64_t tokens() const { return m_quota.tokens(); }

private:
    void apply(const AwsRetryConfig &config);
    std::optional<Duration> waitAfter(Instant now, Try &made, Outcome outcome, std::uint64_t bits) override;
    std::int64_t triesAtMost() const override;
    WaitRange waitRange(std::uint32_t number) const override;
    std::string showLimits(Instant now, Explanation &e) const override;
    void onSuccess(Instant now, Try &made) override;
    std::int64_t costOf(Outcome outcome) const;
    double range(Duration base, std::uint32_t retries) const;

    AwsRetryQuota m_quota;
    RetryOn m_throttling;
    AwsRetryConfig m_config;
};

} // namespace halfopen
