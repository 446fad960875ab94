// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/policies/registry.h"

#include "core/policies/adaptive_concurrency.h"
#include "core/policies/adaptive_throttle.h"
#include "core/policies/bulkhead.h"
#include "core/policies/cache.h"
#include "core/policies/circuit_breaker.h"
#include "core/policies/dialects/aws_retry.h"
#include "core/policies/dialects/cooperative_timeout.h"
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
#include "core/policies/dialects/resilience4j_retry.h"
#include "core/policies/dialects/sentinel_circuit_breaker.h"
#include "core/policies/fallback.h"
#include "core/policies/health_check.h"
#include "core/policies/hedge.h"
#include "core/policies/outlier_ejection_layer.h"
#include "core/policies/rate_limiter.h"
#include "core/policies/retry.h"
#include "core/policies/retry_budget.h"
#include "core/policies/timeout.h"

#include <array>

namespace halfopen {

namespace {

template <typename P, typename Config> std::unique_ptr<Policy> make(const void *config)
{
    return std::make_unique<P>(*static_cast<const Config *>(config));
}

std::span<const PolicyType> breakerDialects()
{
    static const std::array<PolicyType, 7> types = {{
        {.schema = &resilience4jBreakerSchema,
         .create = &make<Resilience4jCircuitBreaker, Resilience4jBreakerConfig>,
         .stateBytes = Resilience4jCircuitBreaker::kStateBytes,
         .isBreaker = true,
         .hasTimers = true,
         .dialect = "resilience4j"},
        {.schema = &gobreakerSchema,
         .create = &make<GobreakerCircuitBreaker, GobreakerConfig>,
         .stateBytes = GobreakerCircuitBreaker::kStateBytes,
         .isBreaker = true,
         .dialect = "gobreaker"},
        {.schema = &pollyBreakerSchema,
         .create = &make<PollyCircuitBreaker, PollyBreakerConfig>,
         .stateBytes = LibraryBreaker::kStateBytes,
         .isBreaker = true,
         .dialect = "polly"},
        {.schema = &failsafeBreakerSchema,
         .create = &make<FailsafeCircuitBreaker, FailsafeBreakerConfig>,
         .stateBytes = LibraryBreaker::kStateBytes,
         .isBreaker = true,
         .dialect = "failsafe"},
        {.schema = &hystrixSchema,
         .create = &make<HystrixCircuitBreaker, HystrixConfig>,
         .stateBytes = LibraryBreaker::kStateBytes,
         .isBreaker = true,
         .givesDeadlines = true, // execution.timeout
         .hasTimers = true,      // the health stream
         .dialect = "hystrix"},
        {.schema = &sentinelSchema,
         .create = &make<SentinelCircuitBreaker, SentinelConfig>,
         .stateBytes = LibraryBreaker::kStateBytes,
         .isBreaker = true,
         .dialect = "sentinel"},
        {.schema = &microprofileSchema,
         .create = &make<MicroprofileCircuitBreaker, MicroprofileConfig>,
         .stateBytes = LibraryBreaker::kStateBytes,
         .isBreaker = true,
         .dialect = "microprofile"},
    }};
    return types;
}

std::span<const PolicyType> retryDialects()
{
    static const std::array<PolicyType, 6> types = {{
        {.schema = &resilience4jRetrySchema,
         .create = &make<Resilience4jRetry, Resilience4jRetryConfig>,
         .stateBytes = Resilience4jRetry::kStateBytes,
         .dialect = "resilience4j"},
        {.schema = &pollyRetrySchema,
         .create = &make<PollyRetry, PollyRetryConfig>,
         .stateBytes = LibraryRetry::kStateBytes,
         .dialect = "polly"},
        {.schema = &grpcRetrySchema,
         .create = &make<GrpcRetry, GrpcRetryConfig>,
         .stateBytes = LibraryRetry::kStateBytes,
         .dialect = "grpc"},
        {.schema = &awsRetrySchema,
         .create = &make<AwsRetry, AwsRetryConfig>,
         .stateBytes = LibraryRetry::kStateBytes,
         .dialect = "aws"},
        {.schema = &envoyRetrySchema,
         .create = &make<EnvoyRetry, EnvoyRetryConfig>,
         .stateBytes = LibraryRetry::kStateBytes,
         .dialect = "envoy"},
        {.schema = &finagleRetrySchema,
         .create = &make<FinagleRetry, FinagleRetryConfig>,
         .stateBytes = LibraryRetry::kStateBytes,
         .dialect = "finagle"},
    }};
    return types;
}

std::span<const PolicyType> timeoutDialects()
{
    static const std::array<PolicyType, 1> types = {{
        {.schema = &cooperativeTimeoutSchema,
         .create = &make<CooperativeTimeout, CooperativeTimeoutConfig>,
         .stateBytes = CooperativeTimeout::kStateBytes,
         .perProcess = false,
         .dialect = "cooperative"},
    }};
    return types;
}

} // namespace

const PolicyType *PolicyType::findDialect(std::string_view name) const
{
    if (name == dialect)
        return this;
    if (otherDialects)
        for (const PolicyType &other : otherDialects())
            if (other.dialect == name)
                return &other;
    return nullptr;
}

std::span<const PolicyType> policyTypes()
{
    static const std::array<PolicyType, 13> types = {{
        {.schema = &circuitBreakerSchema,
         .create = &make<CircuitBreaker, CircuitBreakerConfig>,
         .stateBytes = CircuitBreaker::kStateBytes,
         .beginsBytes = true,
         .isBreaker = true,
         .givesDeadlines = true,
         .otherDialects = &breakerDialects},
        {.schema = &retrySchema,
         .create = &make<Retry, RetryConfig>,
         .stateBytes = Retry::kStateBytes,
         .otherDialects = &retryDialects},
        {.schema = &timeoutSchema, .create = &make<Timeout, TimeoutConfig>, .perProcess = false, .givesDeadlines = true,
         .keepsOutcomes = true, .otherDialects = &timeoutDialects},
        {.schema = &fallbackSchema, .create = &make<Fallback, FallbackConfig>, .otherCall = &otherCallOfFallback},
        {.schema = &bulkheadSchema,
         .create = &make<Bulkhead, BulkheadConfig>,
         .stateBytes = Bulkhead::kStateBytes,
         .givesDeadlines = true,
         .looksAtCalls = true,
         .queuesCalls = true},
        {.schema = &rateLimiterSchema, .create = &make<RateLimiter, RateLimiterConfig>, .keepsOutcomes = true},
        {.schema = &retryBudgetSchema,
         .create = &make<RetryBudgetLayer, RetryBudgetLayerConfig>,
         .stateBytes = RetryBudgetLayer::kStateBytes,
         .keepsBytes = true,
         .looksAtCalls = true},
        {.schema = &adaptiveThrottleSchema, .create = &make<AdaptiveThrottle, AdaptiveThrottleConfig>, .looksAtCalls = true},
        {.schema = &adaptiveConcurrencySchema,
         .create = &make<AdaptiveConcurrency, AdaptiveConcurrencyConfig>,
         .stateBytes = AdaptiveConcurrency::kStateBytes,
         .looksAtCalls = true},
        {.schema = &healthCheckSchema,
         .create = &make<HealthCheck, HealthCheckConfig>,
         .hasTimers = true,
         .probes = true,
         .keepsOutcomes = true},
        {.schema = &cacheSchema, .create = &make<Cache, CacheConfig>, .stateBytes = Cache::kStateBytes},
        {.schema = &hedgeSchema,
         .create = &make<Hedge, HedgeConfig>,
         .stateBytes = Hedge::kStateBytes,
         .givesDeadlines = true,
         .startsCopies = true},
        {.schema = &outlierEjectionSchema,
         .create = &make<OutlierEjectionLayer, OutlierEjectionLayerConfig>,
         .stateBytes = OutlierEjectionLayer::kStateBytes,
         .hasTimers = true,
         .judgesInstances = true},
    }};
    return types;
}

const PolicyType *findPolicyType(std::string_view key)
{
    for (const PolicyType &type : policyTypes())
        if (type.key() == key)
            return &type;
    return nullptr;
}

} // namespace halfopen
