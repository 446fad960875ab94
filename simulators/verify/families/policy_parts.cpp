// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulators/verify/families/policy_parts.h"

#include "simulators/verify/run_bounds.h"
#include "simulators/verify/sentence.h"

#include <algorithm>
#include <cmath>

namespace halfopen::verify {

namespace {

/// What a bucket of \a key tokens holds, in units of \a cost.
double tokensIn(ModelReader &reader, std::string_view key, double cost)
{
    const double inCosts = reader.number(key) / cost;
    if (!(cost > 0) || !(inCosts >= 1) || inCosts > 1e9)
        reader.refuse(key, "does not hold one retry or call");
    return inCosts;
}

/// "initial": "full", "empty" or a number of tokens, in units of \a cost. Nothing if it is full.
std::optional<double> initialTokens(ModelReader &reader, double capacity, double cost)
{
    if (!reader.has("initial"))
        return std::nullopt;
    if (reader.isText("initial"))
        return reader.oneOf("initial", {"full", "empty"}) == "full" ? std::nullopt : std::optional(0.0);
    const double tokens = reader.number("initial") / cost;
    if (!(tokens >= 0 && tokens <= capacity * (1 + 1e-12)))
        reader.refuse("initial", "is not between nothing and the capacity");
    return tokens < capacity ? std::optional(tokens) : std::nullopt;
}

} // namespace

double chanceOf(ModelReader &reader, std::string_view key)
{
    const double value = reader.number(key);
    if (!(value >= 0 && value <= 1))
        reader.refuse(key, "is out of range, expected 0 to 1");
    return value;
}

double rateOf(ModelReader &reader, std::string_view key)
{
    const double value = reader.number(key);
    if (!(value >= 1e-6 && value <= 1e6))
        reader.refuse(key, "is out of range, expected 1e-6 to 1e6 per second");
    return value;
}

std::int64_t countOf(ModelReader &reader, std::string_view key, std::int64_t most, std::int64_t least)
{
    const std::int64_t value = reader.count(key);
    if (value < least || value > most)
        reader.refuse(key, "is out of range, expected " + std::to_string(least) + " to " + std::to_string(most));
    return value;
}

std::int64_t requestsOf(CaseInput &input)
{
    input.model.notes({"requests"});
    const std::int64_t each = countOf(input.run.has("requests") ? input.run : input.model, "requests", kManyRequests);
    const std::int64_t all = input.shortened(each * input.replications());
    needRunnable(static_cast<double>(all));
    return all;
}

RetryConfig retryAtOnce(std::int64_t attempts)
{
    RetryConfig config;
    config.maxAttempts = attempts;
    config.initialDelay = config.maxDelay = Duration(0);
    config.backoffMultiplier = 1;
    config.jitter = Jitter::None;
    config.honourRetryAfter = false;
    return config;
}

RetryBudgetLayerConfig tokenBucketBudget(ModelReader &bucket, std::string_view depositKey, std::string_view costKey,
                                         std::string_view capacityKey)
{
    const double cost = bucket.numberOr(costKey, 1);
    RetryBudgetLayerConfig config;
    if (bucket.has("retry_allowed_when")) {
        std::vector<double> tokens;
        config.neverEmpties = whichSentence(bucket, "retry_allowed_when", {"tokens >= #", "tokens > #"}, &tokens) == 1;
        if (tokens.front() != cost)
            bucket.refuse("retry_allowed_when", "asks for other than the price of a retry");
    }
    config.kind = RetryBudgetKind::TokenBucket;
    const double most = tokensIn(bucket, capacityKey, cost);
    config.maxTokens = static_cast<std::int64_t>(most);
    config.exactTokens = most;
    config.startTokens = initialTokens(bucket, most, cost);
    config.ratio = bucket.number(depositKey) / cost;
    if (!(*config.ratio >= 0 && *config.ratio <= 1))
        bucket.refuse(depositKey, "is not between nothing and the price of a retry");
    return config;
}

RateLimiterConfig bucketOf(const ModelReader &reader, std::string_view key, double perSecond, double depth)
{
    if (!(perSecond >= 1e-6 && perSecond <= 1e6))
        reader.refuse(key, "fills a bucket at a rate that is out of range, expected 1e-6 to 1e6 per second");
    if (!(depth >= 1 && depth <= 1e9))
        reader.refuse(key, "has a bucket that is out of range, expected 1 to 1e9 calls");
    RateLimiterConfig config;
    config.kind = RateLimiterKind::TokenBucket;
    config.rate = perSecond;
    config.burst = static_cast<std::int64_t>(depth);
    return config;
}

Duration windowOf(ModelReader &reader, std::string_view key)
{
    const Duration window = reader.duration(key);
    if (window < std::chrono::microseconds(1))
        reader.refuse(key, "is out of range, expected at least 1 us");
    return window;
}

RateLimiterConfig tokenBucketLimiter(ModelReader &limiter)
{
    const double cost = limiter.numberOr("cost", 1);
    const double most = tokensIn(limiter, "depth_tokens", cost);
    RateLimiterConfig config = bucketOf(limiter, "refill_per_s", rateOf(limiter, "refill_per_s") / cost, most);
    config.exactBurst = most;
    config.startTokens = initialTokens(limiter, most, cost);
    limiter.oneOf("refill", {"continuous (fractional tokens)", "continuous"});
    if (limiter.has("admit_when") && sentence(limiter, "admit_when", {"tokens >= #"}).front() != cost)
        limiter.refuse("admit_when", "asks for other than the cost of a call");
    limiter.oneOf("otherwise", {"reject, no queue"});
    return config;
}

} // namespace halfopen::verify
