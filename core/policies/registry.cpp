// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/policies/registry.h"

#include "core/policies/circuit_breaker.h"
#include "core/policies/fallback.h"
#include "core/policies/retry.h"
#include "core/policies/timeout.h"

#include <array>

namespace halfopen {

namespace {

template <typename P, typename Config> std::unique_ptr<Policy> make(const void *config)
{
    return std::make_unique<P>(*static_cast<const Config *>(config));
}

} // namespace

std::span<const PolicyType> policyTypes()
{
    static const std::array<PolicyType, 4> types = {{
        {.schema = &circuitBreakerSchema,
         .create = &make<CircuitBreaker, CircuitBreakerConfig>,
         .stateBytes = CircuitBreaker::kStateBytes,
         .isBreaker = true,
         .givesDeadlines = true},
        {.schema = &retrySchema, .create = &make<Retry, RetryConfig>, .stateBytes = Retry::kStateBytes},
        {.schema = &timeoutSchema, .create = &make<Timeout, TimeoutConfig>, .perProcess = false, .givesDeadlines = true,
         .keepsOutcomes = true},
        {.schema = &fallbackSchema, .create = &make<Fallback, FallbackConfig>},
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
