// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/policies/dialects/library_retry.h"
#include "core/policies/retry_budget.h"
#include "core/scenario/schema.h"

#include <string>
#include <vector>

namespace halfopen {

/// `retryThrottling` of a service configuration.
struct GrpcThrottlingConfig {
    std::optional<std::int64_t> maxTokens; ///< none = no throttling
    double tokenRatio = 0.1;
};

/// `retryPolicy` of a service configuration under its own names (in snake case). Such a policy has no defaults; these are the numbers
/// of the proposal's example.
struct GrpcRetryConfig {
    std::string dialect = "grpc";
    std::int64_t maxAttempts = 4; ///< the first try counts; more than 5 are taken as 5
    Duration initialBackoff = std::chrono::milliseconds(100);
    Duration maxBackoff = std::chrono::seconds(1);
    double backoffMultiplier = 2.0;
    std::vector<std::string> retryableStatusCodes = outcomeNames(kDependencyFailures);
    GrpcThrottlingConfig retryThrottling;
};

const Schema &grpcRetrySchema();

/// The retry of gRPC clients. The dialect `grpc`.
///
/// What differs from the dialect `halfopen`: at most five attempts; every wait is spread by a fifth up and down, also at the cap, which it
/// may exceed; a pushback (Retry-After) is waited for exactly and begins the growth anew; throttling counts tokens: a failure of a
/// retryable kind takes one, a success gives token_ratio back, and there is no retry while half of the tokens or less are left.
/// Not modelled: transparent retries, a pushback that forbids the retry, commitment by early headers.
/// Source: gRPC proposal A6 and grpc-go; the text in grpc-proto, which draws from 0, is older.
class GrpcRetry final : public LibraryRetry {
public:
    static constexpr std::int64_t kMostAttempts = 5;

    explicit GrpcRetry(const GrpcRetryConfig &config);
    /// Tokens are kept, up to the new maximum.
    void reconfigure(Instant now, const void *config) override;

    /// In thousandths; 0 without throttling.
    std::int64_t tokens() const { return m_throttle ? m_throttle->thousandths() : 0; }

private:
    void apply(const GrpcRetryConfig &config);
    std::optional<Duration> waitAfter(Instant now, Try &made, Outcome outcome, std::uint64_t bits) override;
    std::int64_t triesAtMost() const override;
    WaitRange waitRange(std::uint32_t number) const override;
    std::string showLimits(Instant now, Explanation &e) const override;
    void onSuccess(Instant now, Try &made) override;

    std::optional<GrpcRetryThrottle> m_throttle;
    GrpcRetryConfig m_config;
};

} // namespace halfopen
