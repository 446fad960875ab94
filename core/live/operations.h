// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/live/policy_stack.h"
#include "core/live/stack_spec.h"
#include "core/policies/retry.h"

#include <exception>
#include <functional>
#include <utility>

/// One pattern around one operation, without a stack to keep. Each call has policy objects of its own: what is shared between
/// calls (a breaker's counts, a retry budget, a cache) needs a PolicyStack that lives on.
///
/// Operations, values, exceptions and threads: see PolicyStack. \a clock must outlive the call; none = the machine's.
namespace halfopen::live {

/// The waits of a retry, for code that does its own waiting: the numbers that the policy `retry` would take.
class ExponentialBackoff {
public:
    /// Throws std::invalid_argument if \a config is out of range. \a seed decides what jitter draws; none = another one in
    /// each object.
    explicit ExponentialBackoff(const RetryConfig &config = {}, std::optional<std::uint64_t> seed = std::nullopt);
    /// The wait after attempt number \a attempt (>= 1) failed. The same number always gives the same wait. After
    /// max_attempts the waits go on at the last one's size.
    Duration nextDelay(std::int64_t attempt) const;

private:
    RetryConfig m_config;
    std::vector<Duration> m_schedule;
    RandomStream m_random;
};

/// Says whether an exception is worth another try.
using RetryPredicate = std::function<bool(const std::exception &)>;

namespace detail {

/// A stack of one layer.
PolicyStackSpec stackOf(PolicySpec layer);
/// Makes the predicate's word the outcome that the policy decides by.
std::function<Outcome(const std::exception_ptr &)> judgeBy(RetryPredicate isWorthIt);
/// \a config as it must be so that the predicate alone decides.
RetryConfig decidedBy(const RetryPredicate &isWorthIt, RetryConfig config);

template <typename Operation>
QCoro::Task<OperationValue<Operation>> callOnce(PolicySpec layer, Operation operation,
                                                CallOptions<OperationValue<Operation>> options, Clock *clock)
{
    StackOptions stackOptions;
    stackOptions.clock = clock;
    PolicyStack stack(stackOf(std::move(layer)), std::move(stackOptions));
    auto task = stack.call(std::move(operation), std::move(options));
    if constexpr (std::is_void_v<OperationValue<Operation>>)
        co_await task;
    else
        co_return co_await task;
}

} // namespace detail

/// Runs \a operation until it works, at most config.maxAttempts times, with growing waits between. Tries again only what
/// \a isWorthIt likes; without one, what config.retryOn names. Gives or throws what the last try did.
template <typename Operation>
QCoro::Task<OperationValue<Operation>> retryWithBackoff(RetryConfig config, RetryPredicate isWorthIt, Operation operation,
                                                        Clock *clock = nullptr)
{
    CallOptions<OperationValue<Operation>> options;
    if (isWorthIt)
        options.judgeError = detail::judgeBy(isWorthIt);
    PolicySpec layer = layerOf(detail::decidedBy(isWorthIt, std::move(config)));
    return detail::callOnce(std::move(layer), std::move(operation), std::move(options), clock);
}

/// Gives what \a operation gives within \a duration (1 ms to 1 h), else throws TimeoutError. The operation's stop token is told.
template <typename Operation>
QCoro::Task<OperationValue<Operation>> timeoutOperation(Duration duration, Operation operation, Clock *clock = nullptr)
{
    TimeoutConfig config;
    config.after = duration;
    CallOptions<OperationValue<Operation>> options;
    return detail::callOnce(layerOf(config), std::move(operation), std::move(options), clock);
}

/// Gives \a value when \a operation throws.
template <typename T, typename Operation>
QCoro::Task<OperationValue<Operation>> withFallback(T value, Operation operation, Clock *clock = nullptr)
{
    using Value = OperationValue<Operation>;
    CallOptions<Value> options;
    options.substitute = [value = Value(std::move(value))](Outcome) { return value; };
    return detail::callOnce(layerOf(FallbackConfig()), std::move(operation), std::move(options), clock);
}

} // namespace halfopen::live
