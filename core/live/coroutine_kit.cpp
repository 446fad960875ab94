// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/live/coroutine_kit.h"

#include "core/base/check.h"

#include <QDeadlineTimer>
#include <QMetaObject>
#include <QThread>
#include <algorithm>
#include <stdexcept>
#include <utility>

namespace halfopen::live {

namespace {

thread_local std::size_t t_resumptionsPosted = 0;

} // namespace

std::size_t resumptionsPosted()
{
    return t_resumptionsPosted;
}

namespace detail {

Suspension::Suspension(CoroutineScope &scope, std::optional<Duration> timeout) : m_scope(&scope)
{
    if (scope.isCancelled()) {
        m_scope = nullptr;
        m_cancelled = true;
        return;
    }
    scope.m_waits.push_back(this);
    if (timeout) {
        HALFOPEN_CHECK(*timeout >= Duration::zero());
        HALFOPEN_CHECK(*timeout <= kTimeoutMax);
        // Rounded up, so that a wait of 0.4 ms is not a busy loop.
        m_timer =
            startTimer(std::chrono::ceil<std::chrono::milliseconds>(*timeout), Qt::PreciseTimer);
    }
}

Suspension::~Suspension()
{
    if (m_scope != nullptr)
        std::erase(m_scope->m_waits, this);
    if (m_isPosted)
        --t_resumptionsPosted;
}

void Suspension::wake(Woke why)
{
    if (isDecided())
        return;
    m_woke = why;
    // Not from here: the signal's emitter is still on the stack, and the coroutine may delete it.
    // A cancel() that comes before that turn of the event loop finds the coroutine still suspended.
    if (m_coroutine) {
        m_isPosted = true;
        ++t_resumptionsPosted;
        QMetaObject::invokeMethod(
            this, [this] { resume(); }, Qt::QueuedConnection);
    }
}

void Suspension::cancel()
{
    m_cancelled = true;
    resume();
}

void Suspension::suspend(std::coroutine_handle<> coroutine)
{
    HALFOPEN_CHECK(QThread::currentThread() == thread());
    HALFOPEN_CHECK(!m_coroutine); // a wait has one waiter
    m_coroutine = coroutine;
}

Woke Suspension::result() const
{
    if (m_cancelled)
        throw Cancelled();
    HALFOPEN_CHECK(m_woke.has_value());
    return *m_woke;
}

void Suspension::timerEvent(QTimerEvent *)
{
    killTimer(std::exchange(m_timer, 0));
    if (isDecided())
        return; // woken already, and about to be resumed
    m_woke = Woke::Timeout;
    resume(); // the event loop is all that is on the stack
}

void Suspension::resume()
{
    if (m_timer != 0)
        killTimer(std::exchange(m_timer, 0));
    if (std::exchange(m_isPosted, false))
        --t_resumptionsPosted;
    if (m_scope != nullptr)
        std::erase(std::exchange(m_scope, nullptr)->m_waits, this);
    // The coroutine may end and drop the last copy of its wait, which owns us.
    const auto keepAlive = shared_from_this();
    if (const auto coroutine = std::exchange(m_coroutine, {}))
        coroutine.resume();
}

} // namespace detail

void CoroutineScope::cancel()
{
    m_isCancelled = true;
    while (!m_waits.empty())
        m_waits.front()->cancel(); // takes itself off the list
}

Wait::Wait(CoroutineScope &scope, std::optional<Duration> timeout)
    : m_suspension(std::make_shared<detail::Suspension>(scope, timeout))
{}

Wait Wait::unless(bool alreadyHappened) const
{
    if (alreadyHappened)
        m_suspension->wake(Woke::Signal);
    return *this;
}

Wait untilTimeout(CoroutineScope &scope, Duration timeout)
{
    return Wait(scope, timeout);
}

QCoro::Task<> sleepFor(CoroutineScope &scope, Duration duration)
{
    const QDeadlineTimer deadline(duration, Qt::PreciseTimer);
    do {
        const Duration left = std::max(Duration(deadline.remainingTimeNSecs()), Duration::zero());
        auto pause = untilTimeout(scope, std::min(left, kTimeoutMax));
        co_await pause;
    } while (!deadline.hasExpired());
}

namespace {

QCoro::Task<> supervise(QCoro::Task<> task, ErrorHandler onError)
{
    // noexcept: an exception from the handler would vanish into this coroutine, which nobody
    // awaits.
    const auto report = [&onError](const std::exception &error) noexcept { onError(error); };
    try {
        co_await task;
    } catch (const Cancelled &) {
        // The scope's owner asked for it.
    } catch (const std::exception &error) {
        report(error);
    } catch (...) {
        report(std::runtime_error("an exception that is no std::exception"));
    }
}

} // namespace

void spawn(QCoro::Task<> task, ErrorHandler onError)
{
    supervise(std::move(task), std::move(onError));
}

} // namespace halfopen::live
