// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace halfopen {

/// How an attempt or a whole call ended. One word for one thing, from record to chart and report.
enum class OutcomeKind : std::uint8_t {
    Success,
    Fallback,           ///< a substitute was served: a degraded success
    Error,              ///< the dependency answered with an error
    Timeout,            ///< nobody waited any longer
    Rejected,           ///< the dependency's queue was full, or it shed the request
    ConnectionRefused,  ///< nothing listened: crash, outage, partition
    ConnectionReset,    ///< the connection broke in the middle
    CircuitBreakerOpen, ///< refused by a breaker before it left the caller
    BulkheadFull,       ///< refused by a concurrency limit
    RateLimited,        ///< refused by a rate limiter
    Cancelled,          ///< the caller left first; says nothing about the dependency
    Throttled,          ///< refused by an adaptive throttle or for want of retry budget
    Unhealthy,          ///< refused because the last health check failed
};
inline constexpr std::size_t kOutcomeKinds = 13;

/// The YAML, JSON and chart word, for example "circuit_breaker_open".
std::string_view outcomeName(OutcomeKind kind);

/// Success or a substitute: what a user of the caller would call "it worked".
constexpr bool isGood(OutcomeKind kind)
{
    return kind <= OutcomeKind::Fallback;
}

/// Refused by a policy of the caller, so that nothing was sent.
constexpr bool isRefusal(OutcomeKind kind)
{
    return kind == OutcomeKind::CircuitBreakerOpen || kind == OutcomeKind::BulkheadFull
        || kind == OutcomeKind::RateLimited || kind == OutcomeKind::Throttled || kind == OutcomeKind::Unhealthy;
}

/// The end of an attempt or call: 8 bytes, passed by value.
struct Outcome {
    OutcomeKind kind = OutcomeKind::Success;
    std::uint8_t unused = 0;
    std::uint16_t status = 0;       ///< HTTP-like status, 0 when there was none
    std::uint32_t retryAfterMs = 0; ///< what the dependency or a refusing policy asks for, 0 = nothing

    friend constexpr bool operator==(Outcome, Outcome) = default;
};
static_assert(sizeof(Outcome) == 8);

} // namespace halfopen
