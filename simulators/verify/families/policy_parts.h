// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/policies/rate_limiter.h"
#include "core/policies/retry.h"
#include "core/policies/retry_budget.h"
#include "simulators/verify/family.h"

#include <cstdint>
#include <string_view>

namespace halfopen::verify {

// Parameters that must lie in a range; otherwise NotUnderstood with the range.
double chanceOf(ModelReader &reader, std::string_view key); ///< 0 to 1
double rateOf(ModelReader &reader, std::string_view key);   ///< per second, a millionth to a million
std::int64_t countOf(ModelReader &reader, std::string_view key, std::int64_t most, std::int64_t least = 1);
/// "requests" of the run, or else of the model, in all its replications; shortened as the input says. Throws where they are too many.
std::int64_t requestsOf(CaseInput &input);

inline constexpr std::int64_t kManyRequests = 1'000'000'000;

/// Up to \a attempts tries, the next one at once.
RetryConfig retryAtOnce(std::int64_t attempts);
/// A bucket of retry tokens that starts full, from the three keys with these names and "initial".
RetryBudgetLayerConfig tokenBucketBudget(ModelReader &bucket, std::string_view depositKey, std::string_view costKey,
                                         std::string_view capacityKey);
/// A bucket that \a key of \a reader describes in words. Throws NotUnderstood where no limiter holds its numbers.
RateLimiterConfig bucketOf(const ModelReader &reader, std::string_view key, double perSecond, double depth);
/// A window of time from \a key, long enough to be divided.
Duration windowOf(ModelReader &reader, std::string_view key);
/// { "refill_per_s": 100, "depth_tokens": 5, "initial": "full", "cost": 1, ... } as a limiter that refuses at once.
RateLimiterConfig tokenBucketLimiter(ModelReader &limiter);

} // namespace halfopen::verify
