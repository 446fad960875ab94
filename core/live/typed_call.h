// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/live/call_error.h"
#include "core/live/coroutine_kit.h"
#include "core/live/stack_driver.h"

#include <QCoroTask>
#include <any>
#include <cstdint>
#include <exception>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <stop_token>
#include <type_traits>
#include <typeindex>
#include <utility>

namespace halfopen::live {

class PolicyStack;

/// What an operation may be told about the attempt it is run for.
struct Attempt {
    std::stop_token stop;       ///< told when nobody waits for this attempt any longer
    std::uint32_t number = 1;   ///< of its call, from 1; copies count, too
    std::uint32_t instance = 0; ///< whom to ask: 0 to StackOptions::instances - 1; 0 where the stack knows none
};

namespace detail {

/// How an operation wants to be called.
template <typename F> constexpr bool kTakesToken = std::is_invocable_v<F &, std::stop_token>;
template <typename F> constexpr bool kTakesAttempt = !kTakesToken<F> && std::is_invocable_v<F &, Attempt>;

template <typename R> struct TaskValue {
    using Type = R;
    static constexpr bool isTask = false;
};
template <typename T> struct TaskValue<QCoro::Task<T>> {
    using Type = T;
    static constexpr bool isTask = true;
};

template <typename F> auto invoke(F &operation, Attempt attempt)
{
    if constexpr (kTakesToken<F>)
        return operation(std::move(attempt.stop));
    else if constexpr (kTakesAttempt<F>)
        return operation(std::move(attempt));
    else
        return operation();
}

template <typename T, typename F> QCoro::Task<T> runPlain(F &operation, Attempt attempt)
{
    if constexpr (std::is_void_v<T>) {
        invoke(operation, std::move(attempt));
        co_return;
    } else {
        co_return invoke(operation, std::move(attempt));
    }
}

template <typename F> using OperationResult = decltype(invoke(std::declval<F &>(), std::declval<Attempt>()));

} // namespace detail

/// What the calls of an operation give: T of a function that gives QCoro::Task<T> or T.
template <typename Operation>
using OperationValue = typename detail::TaskValue<detail::OperationResult<Operation>>::Type;

/// Every kind of operation as one: called with its attempt, gives a task.
template <typename Operation>
std::function<QCoro::Task<OperationValue<Operation>>(Attempt)> runnable(Operation operation)
{
    using T = OperationValue<Operation>;
    return [operation = std::move(operation)](Attempt attempt) mutable -> QCoro::Task<T> {
        if constexpr (detail::TaskValue<detail::OperationResult<Operation>>::isTask)
            return detail::invoke(operation, std::move(attempt));
        else
            return detail::runPlain<T>(operation, std::move(attempt));
    };
}

template <typename T> struct CallOptions {
    /// What a value means to the policies; `success` without it. A bad value is handed out like a good one when no policy
    /// puts something else in its place.
    std::function<Outcome(const T &)> judge{};
    /// What an exception means to the policies; outcomeOf() without it.
    std::function<Outcome(const std::exception_ptr &)> judgeError{};
    /// Gives the value of a call that a policy answered instead of the operation (outcome `fallback`).
    std::function<T(Outcome)> substitute{};
    /// Told when the caller leaves. Must be told on the stack's thread.
    std::stop_token stop{};
    /// The caller leaves when this ends. Must outlive the call.
    CoroutineScope *scope = nullptr;
    /// What the call's draws depend on; counted by the stack unless given.
    std::optional<std::uint64_t> key{};
};

template <> struct CallOptions<void> {
    std::function<Outcome(const std::exception_ptr &)> judgeError{};
    std::function<void(Outcome)> substitute{}; ///< called when a policy answered instead of the operation
    std::stop_token stop{};
    CoroutineScope *scope = nullptr;
    std::optional<std::uint64_t> key{};
};

/// Shared by a stack and what runs for it; the stack empties it when it ends.
struct StackLink {
    PolicyStack *stack = nullptr;
};

/// One call of a stack, whatever it gives. Lives as long as its stack, its caller or one of its attempts needs it.
class CallBase : public std::enable_shared_from_this<CallBase> {
public:
    CallBase(CoroutineScope &scope, std::stop_token stop, std::optional<std::uint64_t> key)
        : m_wait(scope, std::nullopt), m_stop(std::move(stop)), m_key(key)
    {
    }
    CallBase(const CallBase &) = delete;
    CallBase &operator=(const CallBase &) = delete;
    virtual ~CallBase() = default;

protected:
    friend class PolicyStack;

    virtual void run(AttemptId id, Attempt attempt) = 0;
    /// The call is over. \a error is what its caller gets; null = what the attempt or a substitute gives.
    virtual void finished(const CallEnd &end, std::exception_ptr error) = 0;

    void startAttempt(const StackAction &action);
    void leaveAttempt(AttemptId attempt);
    void leaveAll();
    /// The caller leaves.
    void leave();
    bool isAwaited(AttemptId attempt) const;
    void reportEnd(AttemptId attempt, Outcome outcome);
    void remember(std::type_index type, std::any value);
    const std::any *remembered(std::type_index type) const;

    std::shared_ptr<StackLink> m_link;
    CallId m_id = 0;
    Instant m_start;
    Wait m_wait; ///< of the caller
    std::stop_token m_stop;
    std::optional<std::uint64_t> m_key;
    std::optional<std::stop_callback<std::function<void()>>> m_onStop;
    std::map<AttemptId, std::stop_source> m_running;
};

template <typename T> class TypedCall final : public CallBase {
public:
    using Operation = std::function<QCoro::Task<T>(Attempt)>;
    /// void has no values; std::monostate stands for them inside.
    using Stored = std::conditional_t<std::is_void_v<T>, std::monostate, T>;

    TypedCall(Operation operation, CallOptions<T> options, CoroutineScope &stackScope)
        : CallBase(options.scope ? *options.scope : stackScope, options.stop, options.key),
          m_operation(std::move(operation)), m_options(std::move(options))
    {
    }

    /// Waits for the end of \a call and gives what it gives.
    static QCoro::Task<T> finish(std::shared_ptr<TypedCall> call)
    {
        try {
            Wait wait = call->m_wait;
            co_await wait;
        } catch (const Cancelled &) {
            call->leave();
            throw;
        }
        if constexpr (std::is_void_v<T>)
            call->take();
        else
            co_return call->take();
    }

private:
    struct Last {
        AttemptId attempt = 0;
        std::exception_ptr error;
        std::optional<Stored> value;
    };

    void run(AttemptId id, Attempt attempt) override
    {
        auto self = std::static_pointer_cast<TypedCall>(shared_from_this());
        spawn(runAttempt(std::move(self), id, std::move(attempt)), [](const std::exception &) {}); // it throws nothing
    }

    static QCoro::Task<> runAttempt(std::shared_ptr<TypedCall> self, AttemptId id, Attempt attempt)
    {
        Last result;
        result.attempt = id;
        Outcome outcome;
        try {
            auto task = self->m_operation(std::move(attempt));
            if constexpr (std::is_void_v<T>) {
                co_await task;
                result.value.emplace();
            } else {
                T value = co_await task;
                outcome = self->m_options.judge ? self->m_options.judge(value) : Outcome();
                result.value.emplace(std::move(value));
            }
        } catch (...) {
            result.value.reset();
            result.error = std::current_exception();
        }
        if (result.error) {
            try {
                outcome = self->m_options.judgeError ? self->m_options.judgeError(result.error) : outcomeOf(result.error);
            } catch (...) { // a judge that fails must not leave the call waiting
                outcome = {.kind = OutcomeKind::Error};
            }
        }
        if (self->isAwaited(id)) {
            self->m_last = std::move(result);
            self->reportEnd(id, outcome);
        }
    }

    void finished(const CallEnd &end, std::exception_ptr error) override
    {
        m_end = end;
        m_error = std::move(error);
        if constexpr (std::is_copy_constructible_v<Stored>)
            if (!m_error && end.by == EndedBy::Attempt && isGood(end.outcome.kind) && m_last.value)
                remember(typeid(Stored), *m_last.value);
        if (!m_error && end.by != EndedBy::Attempt)
            substitute();
    }

    /// A policy answered: with something better than an error, so that there must be a value.
    void substitute()
    {
        try {
            if constexpr (std::is_void_v<T>) {
                if (m_options.substitute)
                    m_options.substitute(m_end.outcome);
                m_last.value.emplace();
            } else {
                m_last.value.reset();
                if (m_options.substitute)
                    m_last.value.emplace(m_options.substitute(m_end.outcome));
                else if constexpr (std::is_copy_constructible_v<T>)
                    if (const std::any *kept = remembered(typeid(T)))
                        m_last.value.emplace(std::any_cast<const T &>(*kept));
                if (!m_last.value)
                    throw CallError(m_end.outcome, "a policy serves a substitute, but there is none: give "
                                                   "CallOptions::substitute");
            }
            m_last.error = nullptr;
        } catch (...) {
            m_error = std::current_exception();
        }
    }

    T take()
    {
        if (m_error)
            std::rethrow_exception(m_error);
        if (m_last.error)
            std::rethrow_exception(m_last.error);
        if constexpr (!std::is_void_v<T>)
            return std::move(*m_last.value);
    }

    Operation m_operation;
    CallOptions<T> m_options;
    Last m_last; ///< of the attempt that ended last while it was awaited
    CallEnd m_end;
    std::exception_ptr m_error;
};

} // namespace halfopen::live
