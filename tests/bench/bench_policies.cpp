// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Nanoseconds per protected call: ask for a permit, report the outcome, through the virtual functions, time passed in.
// A call of a peer library with its own clock reads costs 20 to 50 ns more for each read; compare like with like.
#include "core/policies/adaptive_concurrency.h"
#include "core/policies/adaptive_throttle.h"
#include "core/policies/bulkhead.h"
#include "core/policies/cache.h"
#include "core/policies/circuit_breaker.h"
#include "core/policies/dialects/aws_retry.h"
#include "core/policies/dialects/envoy_retry.h"
#include "core/policies/dialects/failsafe_circuit_breaker.h"
#include "core/policies/dialects/finagle_retry.h"
#include "core/policies/dialects/gobreaker_circuit_breaker.h"
#include "core/policies/dialects/grpc_retry.h"
#include "core/policies/dialects/hystrix_circuit_breaker.h"
#include "core/policies/dialects/microprofile_circuit_breaker.h"
#include "core/policies/dialects/polly_circuit_breaker.h"
#include "core/policies/dialects/polly_retry.h"
#include "core/policies/dialects/resilience4j_circuit_breaker.h"
#include "core/policies/dialects/sentinel_circuit_breaker.h"
#include "core/policies/fallback.h"
#include "core/policies/health_check.h"
#include "core/policies/hedge.h"
#include "core/policies/outlier_ejection.h"
#include "core/policies/rate_limiter.h"
#include "core/policies/retry.h"
#include "core/policies/retry_budget.h"
#include "core/policies/timeout.h"

#include <array>
#include <benchmark/benchmark.h>
#include <cstring>
#include <memory>

using namespace halfopen;
using namespace std::chrono_literals;

namespace {

/// One call after the other, 1 us apart; every \a failEvery-th fails (0 = none).
void protect(benchmark::State &state, Policy &policy, std::uint64_t failEvery = 0)
{
    alignas(8) std::array<std::byte, 32> bytes{};
    PolicyCall call{.state = bytes.data(), .key = 0, .random = RandomStream(1, "bench")};
    Policy *p = &policy;
    benchmark::DoNotOptimize(p); // through the vtable, as in a driver
    std::int64_t ns = 0;
    std::uint64_t untilFailure = failEvery;
    for (auto _ : state) {
        bytes.fill(std::byte{0}); // a driver zeroes the call state before admit()
        ++call.key;
        const Admission a = p->admit(Instant::fromNs(ns), call);
        ns += 1000;
        Outcome outcome;
        if (failEvery && --untilFailure == 0) {
            outcome.kind = OutcomeKind::Error;
            untilFailure = failEvery;
        }
        const Verdict v = p->onOutcome(Instant::fromNs(ns), call, outcome);
        benchmark::DoNotOptimize(a);
        benchmark::DoNotOptimize(v);
    }
}

CircuitBreakerConfig breakerConfig()
{
    CircuitBreakerConfig c;
    c.failureRateThreshold = 0.5;
    return c;
}

void breakerCount100(benchmark::State &state)
{
    CircuitBreaker breaker(breakerConfig());
    protect(state, breaker);
}
BENCHMARK(breakerCount100);

void breakerCount100With10PercentFailures(benchmark::State &state)
{
    CircuitBreaker breaker(breakerConfig());
    protect(state, breaker, 10);
}
BENCHMARK(breakerCount100With10PercentFailures);

void breakerTime60s(benchmark::State &state)
{
    CircuitBreakerConfig c = breakerConfig();
    c.window.kind = WindowKind::Time;
    CircuitBreaker breaker(c);
    protect(state, breaker);
}
BENCHMARK(breakerTime60s);

void breakerRefusing(benchmark::State &state)
{
    CircuitBreakerConfig c = breakerConfig();
    c.mode = BreakerMode::ForcedOpen;
    CircuitBreaker breaker(c);
    alignas(8) std::array<std::byte, 32> bytes{};
    PolicyCall call{.state = bytes.data(), .key = 0, .random = RandomStream(1, "bench")};
    Policy *p = &breaker;
    benchmark::DoNotOptimize(p);
    for (auto _ : state)
        benchmark::DoNotOptimize(p->admit(Instant::fromNs(1), call));
}
BENCHMARK(breakerRefusing);

void resilience4jCount100(benchmark::State &state)
{
    Resilience4jCircuitBreaker breaker({});
    protect(state, breaker);
}
BENCHMARK(resilience4jCount100);

void resilience4jTime60s(benchmark::State &state)
{
    Resilience4jBreakerConfig c;
    c.slidingWindowType = Resilience4jWindowType::TimeBased;
    c.slidingWindowSize = 60;
    Resilience4jCircuitBreaker breaker(c);
    protect(state, breaker);
}
BENCHMARK(resilience4jTime60s);

void gobreakerFixedWindow(benchmark::State &state)
{
    GobreakerConfig c;
    c.interval = 60s;
    GobreakerCircuitBreaker breaker(c);
    protect(state, breaker);
}
BENCHMARK(gobreakerFixedWindow);

void gobreakerRolling60(benchmark::State &state)
{
    GobreakerConfig c;
    c.interval = 60s;
    c.bucketPeriod = 1s;
    GobreakerCircuitBreaker breaker(c);
    protect(state, breaker);
}
BENCHMARK(gobreakerRolling60);

/// With the library's default settings: what a process pays that changes nothing.
template <typename Breaker, typename Config> void withDefaults(benchmark::State &state)
{
    Breaker breaker{Config{}};
    protect(state, breaker);
}
BENCHMARK(withDefaults<PollyCircuitBreaker, PollyBreakerConfig>)->Name("polly");
BENCHMARK(withDefaults<FailsafeCircuitBreaker, FailsafeBreakerConfig>)->Name("failsafeInARow");
BENCHMARK(withDefaults<HystrixCircuitBreaker, HystrixConfig>)->Name("hystrix");
BENCHMARK(withDefaults<SentinelCircuitBreaker, SentinelConfig>)->Name("sentinel");
BENCHMARK(withDefaults<MicroprofileCircuitBreaker, MicroprofileConfig>)->Name("microprofile");

void failsafeTime10s(benchmark::State &state)
{
    FailsafeBreakerConfig c;
    c.failureThresholdingPeriod = 10s;
    c.failureRateThreshold = 0.5;
    FailsafeCircuitBreaker breaker(c);
    protect(state, breaker);
}
BENCHMARK(failsafeTime10s);

void retryWithoutFailure(benchmark::State &state)
{
    Retry retry({});
    protect(state, retry);
}
BENCHMARK(retryWithoutFailure);

void retryWithBudgetWithoutFailure(benchmark::State &state)
{
    RetryConfig c;
    c.budget.ratio = 0.1;
    Retry retry(c);
    protect(state, retry);
}
BENCHMARK(retryWithBudgetWithoutFailure);

/// Every call fails, and most are not retried for want of attempts or tokens: what a decision costs.
template <typename Retry, typename Config> void decision(benchmark::State &state)
{
    Retry retry{Config{}};
    protect(state, retry, 1);
}
BENCHMARK(decision<PollyRetry, PollyRetryConfig>)->Name("pollyRetryDecision");
BENCHMARK(decision<GrpcRetry, GrpcRetryConfig>)->Name("grpcRetryDecision");
BENCHMARK(decision<AwsRetry, AwsRetryConfig>)->Name("awsRetryDecision");
BENCHMARK(decision<EnvoyRetry, EnvoyRetryConfig>)->Name("envoyRetryDecision");
BENCHMARK(decision<FinagleRetry, FinagleRetryConfig>)->Name("finagleRetryDecision");

void retryDecision(benchmark::State &state)
{
    Retry retry({});
    protect(state, retry, 1);
}
BENCHMARK(retryDecision);

void timeoutInTime(benchmark::State &state)
{
    Timeout timeout({});
    protect(state, timeout);
}
BENCHMARK(timeoutInTime);

void fallbackCached(benchmark::State &state)
{
    Fallback fallback({.cachedMaxAge = 30s});
    protect(state, fallback);
}
BENCHMARK(fallbackCached);

void rateLimiter(benchmark::State &state)
{
    RateLimiterConfig c;
    c.kind = static_cast<RateLimiterKind>(state.range(0));
    if (c.kind != RateLimiterKind::Cycle)
        c.rate = 1e7;
    RateLimiter limiter(c);
    protect(state, limiter);
}
BENCHMARK(rateLimiter)->ArgName("kind")->DenseRange(0, 2);

void bulkheadWithRoom(benchmark::State &state)
{
    Bulkhead bulkhead({});
    protect(state, bulkhead);
}
BENCHMARK(bulkheadWithRoom);

void retryBudget(benchmark::State &state)
{
    RetryBudgetLayerConfig c;
    c.kind = static_cast<RetryBudgetKind>(state.range(0));
    RetryBudgetLayer budget(c);
    protect(state, budget, 10);
}
BENCHMARK(retryBudget)->ArgName("kind")->DenseRange(0, 4);

void adaptiveThrottle(benchmark::State &state)
{
    AdaptiveThrottle throttle({});
    protect(state, throttle, 10);
}
BENCHMARK(adaptiveThrottle);

void adaptiveConcurrency(benchmark::State &state)
{
    AdaptiveConcurrencyConfig c;
    c.kind = static_cast<ConcurrencyLimitKind>(state.range(0));
    AdaptiveConcurrency limit(c);
    protect(state, limit);
}
BENCHMARK(adaptiveConcurrency)->ArgName("kind")->DenseRange(0, 3);

void cacheMostlyHits(benchmark::State &state)
{
    Cache cache({});
    protect(state, cache);
}
BENCHMARK(cacheMostlyHits);

void healthCheck(benchmark::State &state)
{
    HealthCheck check({});
    protect(state, check);
}
BENCHMARK(healthCheck);

void hedgeByPercentile(benchmark::State &state)
{
    Hedge hedge({});
    protect(state, hedge);
}
BENCHMARK(hedgeByPercentile);

void outlierResult(benchmark::State &state)
{
    OutlierEjection ejection({}, 100);
    std::uint32_t host = 0;
    for (auto _ : state) {
        ejection.onResult(Instant(), host, HostResult::Success);
        host = host == 99 ? 0 : host + 1;
    }
    benchmark::DoNotOptimize(ejection.ejectedHosts());
}
BENCHMARK(outlierResult);

void countWindowAlone(benchmark::State &state)
{
    CountWindow window(100);
    std::uint32_t i = 0;
    for (auto _ : state) {
        window.record((++i & 15) == 0, false);
        benchmark::DoNotOptimize(window.counts().failures);
    }
}
BENCHMARK(countWindowAlone);

} // namespace
