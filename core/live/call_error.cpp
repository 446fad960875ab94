// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/live/call_error.h"

#include "core/live/coroutine_kit.h"

namespace halfopen::live {

namespace {

std::string describe(Outcome outcome)
{
    std::string text = "the call ended as " + std::string(outcomeName(outcome.kind));
    if (outcome.status != 0)
        text += " (status " + std::to_string(outcome.status) + ")";
    if (outcome.retryAfterMs != 0)
        text += ", to be asked again in " + std::to_string(outcome.retryAfterMs) + " ms";
    return text;
}

} // namespace

CallError::CallError(Outcome outcome, const std::string &message)
    : std::runtime_error(message.empty() ? describe(outcome) : message), m_outcome(outcome)
{
}

CircuitBreakerError::CircuitBreakerError(std::string_view breaker, BreakerState state, Outcome outcome)
    : CallError(outcome, "the circuit breaker '" + std::string(breaker) + "' refused the call, its state is "
                    + std::string(breakerStateName(state))),
      m_state(state), m_breaker(breaker)
{
}

Outcome outcomeOf(const std::exception_ptr &error)
{
    try {
        std::rethrow_exception(error);
    } catch (const CallError &callError) {
        return callError.outcome();
    } catch (const Cancelled &) {
        return {.kind = OutcomeKind::Cancelled};
    } catch (...) {
        return {.kind = OutcomeKind::Error};
    }
}

} // namespace halfopen::live
