// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/policies/outcome.h"
#include "core/policies/policy_event.h"

#include <chrono>
#include <exception>
#include <stdexcept>
#include <string>
#include <string_view>

namespace halfopen::live {

/// A call that did not work, with its outcome as the policies saw it.
///
/// An operation may throw one to say more than "it failed": `throw CallError({.kind = OutcomeKind::Error, .status = 503,
/// .retryAfterMs = 2000}, "the shop is closed")`. Any other exception counts as OutcomeKind::Error and comes out of the call
/// unchanged when no policy puts something else in its place.
class CallError : public std::runtime_error {
public:
    explicit CallError(Outcome outcome, const std::string &message = {});
    Outcome outcome() const { return m_outcome; }
    /// How long the dependency or the refusing policy asks to wait before another call; 0 = nothing said.
    std::chrono::milliseconds retryAfter() const { return std::chrono::milliseconds(m_outcome.retryAfterMs); }

private:
    Outcome m_outcome;
};

/// Refused by a circuit breaker: this attempt was not sent. Others may have been before it, where a retry stands around the breaker.
class CircuitBreakerError final : public CallError {
public:
    CircuitBreakerError(std::string_view breaker, BreakerState state, Outcome outcome);
    BreakerState state() const { return m_state; } ///< at the refusal
    const std::string &breaker() const { return m_breaker; } ///< its name

private:
    BreakerState m_state;
    std::string m_breaker;
};

/// Nobody waited any longer. The operation was told to stop, and may still be running. A stack's message names the stack, the layer and
/// its limit: "layer 1 ('timeout') of the policy stack 'db': no answer within 50ms".
class TimeoutError final : public CallError {
public:
    explicit TimeoutError(const std::string &message = {}) : CallError({.kind = OutcomeKind::Timeout}, message) {}
};

/// What an operation's exception means to the policies: the outcome of a CallError, `cancelled` for a cancelled scope, else
/// `error`.
Outcome outcomeOf(const std::exception_ptr &error);

} // namespace halfopen::live
