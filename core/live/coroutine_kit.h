// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/instant.h"

#include <QCoroTask>
#include <QObject>
#include <coroutine>
#include <exception>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

/// Cancellable waiting for coroutines on Qt's event loop. All live code waits through this kit.
///
/// QCoro's own awaiters cannot be cancelled, leave a coroutine suspended for ever when the awaited
/// object dies, resume it inside the emitting signal (where deleting the sender corrupts the heap),
/// and drop exceptions that nobody awaits. Here every wait
/// - belongs to a CoroutineScope, whose end wakes it with Cancelled;
/// - ends when the signal comes, the time is up or the sender dies, and says which;
/// - resumes from the event loop, never from inside the signal.
///
/// Use: name the wait, then await it.
///     auto answer = untilSignal(m_scope, socket, &QTcpSocket::readyRead, 500ms);
///     switch (co_await answer) { ... }
///
/// Rules for the code that waits: one coroutine stays on one thread; the scope is its owner's last
/// member, so that it is destroyed first, while all that the coroutine uses is alive; coroutines
/// start through spawn(); a statement with co_await holds no braces, no lambda that captures and no
/// `?:` (GCC 12.2 destroys such objects twice; tst_coroutine_rule finds them).
namespace halfopen::live {

class CoroutineScope;

/// Thrown out of co_await once the scope has been cancelled. Let it pass: spawn() ends the
/// coroutine.
class Cancelled final : public std::exception {
public:
    const char *what() const noexcept override { return "cancelled"; }
};

/// Why a wait ended. If several causes come together, the first one counts.
enum class Woke {
    Signal,          ///< the signal was emitted
    Timeout,         ///< the time was up
    SenderDestroyed, ///< the object that would have emitted it is gone: do not touch it
};

/// The longest timeout that a single wait can have.
inline constexpr Duration kTimeoutMax = std::chrono::hours(24 * 24);

namespace detail {

/// The shared state of one wait: the coroutine to resume, and why.
class Suspension final : public QObject, public std::enable_shared_from_this<Suspension> {
public:
    Suspension(CoroutineScope &scope, std::optional<Duration> timeout);
    ~Suspension() override;

    /// The first cause decides; the coroutine resumes on the next turn of the event loop.
    void wake(Woke why);
    /// Outranks every cause, and resumes before it returns: the owner is about to die.
    void cancel();

    bool isDecided() const { return m_cancelled || m_woke.has_value(); }
    void suspend(std::coroutine_handle<> coroutine);
    /// Throws Cancelled if that is the cause.
    Woke result() const;

protected:
    void timerEvent(QTimerEvent *event) override;

private:
    void resume();

    CoroutineScope *m_scope; ///< null once this wait no longer needs to hear of its end
    std::coroutine_handle<> m_coroutine;
    std::optional<Woke> m_woke;
    bool m_cancelled = false;
    bool m_isPosted = false; ///< resume() waits in the event loop
    int m_timer = 0;
};

} // namespace detail

/// Coroutines of this thread that have been woken and wait for their turn of the event loop.
std::size_t resumptionsPosted();

/// The owner of waits. Its end, or cancel(), wakes all of them with Cancelled.
class CoroutineScope {
public:
    CoroutineScope() = default;
    CoroutineScope(const CoroutineScope &) = delete;
    CoroutineScope &operator=(const CoroutineScope &) = delete;
    ~CoroutineScope() { cancel(); }

    /// Wakes every wait with Cancelled, oldest first, before it returns. Later waits throw at once.
    /// A woken coroutine must not destroy the scope.
    void cancel();
    bool isCancelled() const { return m_isCancelled; }
    /// Waits that exist and that nobody has resumed from yet.
    std::size_t waitCount() const { return m_waits.size(); }

private:
    friend class detail::Suspension;
    std::vector<detail::Suspension *> m_waits;
    bool m_isCancelled = false;
};

/// One wait, made by untilSignal() or untilTimeout(). It listens from the moment it is made, so a
/// signal that comes before co_await is not lost. Await it once; an unawaited wait may be dropped.
/// Copies are the same wait (GCC 12 copies what it awaits).
class [[nodiscard]] Wait {
public:
    Wait(CoroutineScope &scope, std::optional<Duration> timeout);

    /// The same wait, already ended by its signal if \a alreadyHappened:
    /// `untilSignal(scope, reply, &QNetworkReply::finished).unless(reply->isFinished())`.
    Wait unless(bool alreadyHappened) const;

    detail::Suspension *suspension() const { return m_suspension.get(); }

    bool await_ready() const { return m_suspension->isDecided(); }
    void await_suspend(std::coroutine_handle<> coroutine) const
    {
        m_suspension->suspend(coroutine);
    }
    Woke await_resume() const { return m_suspension->result(); }

private:
    std::shared_ptr<detail::Suspension> m_suspension;
};

/// Waits for \a signal of \a sender, for \a timeout at most (0 to kTimeoutMax, rounded up to whole
/// milliseconds; none waits without limit), counted from now. A null \a sender counts as destroyed.
template <typename Sender, typename Signal>
Wait untilSignal(CoroutineScope &scope, Sender *sender, Signal signal,
                 std::optional<Duration> timeout = std::nullopt)
{
    Wait wait(scope, timeout);
    detail::Suspension *suspension = wait.suspension();
    if (sender == nullptr) {
        suspension->wake(Woke::SenderDestroyed);
        return wait;
    }
    QObject::connect(sender, signal, suspension, [suspension] { suspension->wake(Woke::Signal); });
    QObject::connect(sender, &QObject::destroyed, suspension,
                     [suspension] { suspension->wake(Woke::SenderDestroyed); });
    return wait;
}

/// Waits for \a timeout (0 to kTimeoutMax), counted from now. 0 is one turn of the event loop.
/// Qt's timers may be early by a part of a millisecond; sleepFor() is not.
Wait untilTimeout(CoroutineScope &scope, Duration timeout);

/// Ends when at least \a duration has passed on the steady clock, whatever the timers say.
QCoro::Task<> sleepFor(CoroutineScope &scope, Duration duration);

/// Told of what ended a coroutine that nobody awaits. It must not throw: that ends the program.
using ErrorHandler = std::function<void(const std::exception &)>;

/// Lets \a task run to its end with nobody awaiting it. Cancelled ends it in silence; any other
/// exception goes to \a onError.
void spawn(QCoro::Task<> task, ErrorHandler onError);

} // namespace halfopen::live
