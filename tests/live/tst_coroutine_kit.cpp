// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/live/coroutine_kit.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QEvent>
#include <QObject>
#include <QRegularExpression>
#include <QTest>
#include <QThread>
#include <memory>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

using namespace halfopen;
using namespace halfopen::live;
using namespace std::chrono_literals;

namespace {

constexpr int kLimitMs = 5000; // how long a test waits for a condition before it fails

/// Counts the coroutine frames that hold one, so that a leaked frame shows.
class FrameCounter {
public:
    FrameCounter() { ++s_alive; }
    FrameCounter(const FrameCounter &) = delete;
    ~FrameCounter() { --s_alive; }
    static int alive() { return s_alive; }

private:
    static inline int s_alive = 0;
};

void failOnError(const std::exception &error)
{
    QFAIL(error.what());
}

} // namespace

/// Emits what the tests wait for.
class Bell : public QObject {
    Q_OBJECT
public:
    void ring()
    {
        isRinging = true;
        emit rang(++count);
        isRinging = false;
    }
    bool isRinging = false;
    int count = 0;
signals:
    void rang(int count);
};

/// Has a coroutine, and the scope as its last member, as the kit asks.
class Owner : public QObject {
    Q_OBJECT
public:
    explicit Owner(std::vector<std::string> &log) : m_log(log) {}

    QCoro::Task<> listen(Bell *bell)
    {
        const FrameCounter frame;
        try {
            for (;;) {
                auto ringing = untilSignal(m_scope, bell, &Bell::rang);
                co_await ringing;
                m_log.push_back("rang");
            }
        } catch (const Cancelled &) {
            m_log.push_back("cancelled with " + *m_used); // m_used must still be alive here
            throw;
        }
    }

private:
    std::vector<std::string> &m_log;
    std::unique_ptr<std::string> m_used = std::make_unique<std::string>("its members alive");
    CoroutineScope m_scope;
};

class TestCoroutineKit : public QObject {
    Q_OBJECT

    QCoro::Task<> waitOnce(CoroutineScope &scope, Bell *bell, std::optional<Duration> timeout)
    {
        const FrameCounter frame;
        auto ringing = untilSignal(scope, bell, &Bell::rang, timeout);
        m_woke = co_await ringing;
        m_resumedInsideSignal = m_woke == Woke::Signal && bell->isRinging;
    }

    std::optional<Woke> m_woke;
    bool m_resumedInsideSignal = false;

private slots:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(".?"));
        m_woke.reset();
        m_resumedInsideSignal = false;
        QCOMPARE(FrameCounter::alive(), 0);
    }

    void resumesAfterTheSignalAndNotInsideIt()
    {
        CoroutineScope scope;
        Bell bell;
        spawn(waitOnce(scope, &bell, std::nullopt), failOnError);
        QVERIFY(!m_woke);
        bell.ring();
        QVERIFY(!m_woke);
        QTRY_VERIFY_WITH_TIMEOUT(m_woke, kLimitMs);
        QVERIFY(*m_woke == Woke::Signal);
        QVERIFY(!m_resumedInsideSignal);
        QCOMPARE(FrameCounter::alive(), 0);
        QCOMPARE(scope.waitCount(), std::size_t(0));
    }

    void theCoroutineMayDeleteTheSender()
    {
        CoroutineScope scope;
        auto *bell = new Bell;
        const auto deleteIt = [](CoroutineScope &in, Bell *sender, bool &done) -> QCoro::Task<> {
            auto ringing = untilSignal(in, sender, &Bell::rang);
            co_await ringing;
            delete sender;
            done = true;
        };
        bool done = false;
        spawn(deleteIt(scope, bell, done), failOnError);
        bell->ring();
        QTRY_VERIFY_WITH_TIMEOUT(done, kLimitMs);
    }

    void aSignalBetweenMakingAndAwaitingIsNotLost()
    {
        CoroutineScope scope;
        Bell bell;
        const auto ringFirst = [](CoroutineScope &in, Bell *sender, int &seen) -> QCoro::Task<> {
            auto ringing = untilSignal(in, sender, &Bell::rang);
            sender->ring();
            co_await ringing;
            seen = sender->count;
        };
        int seen = 0;
        spawn(ringFirst(scope, &bell, seen), failOnError);
        QTRY_COMPARE_WITH_TIMEOUT(seen, 1, kLimitMs);
    }

    void unlessSkipsTheWaitForWhatHasHappened()
    {
        CoroutineScope scope;
        Bell bell;
        const auto run = [](CoroutineScope &in, Bell *sender, bool happened,
                            std::optional<Woke> &woke) -> QCoro::Task<> {
            auto ringing = untilSignal(in, sender, &Bell::rang).unless(happened);
            woke = co_await ringing;
        };
        std::optional<Woke> happened;
        std::optional<Woke> notYet;
        spawn(run(scope, &bell, true, happened), failOnError);
        spawn(run(scope, &bell, false, notYet), failOnError);
        QVERIFY(happened && *happened == Woke::Signal);
        QVERIFY(!notYet);
    }

    void wakesWhenTheTimeIsUp()
    {
        CoroutineScope scope;
        Bell bell;
        QElapsedTimer clock;
        clock.start();
        spawn(waitOnce(scope, &bell, 20ms), failOnError);
        QTRY_VERIFY_WITH_TIMEOUT(m_woke, kLimitMs);
        QVERIFY(*m_woke == Woke::Timeout);
        QVERIFY2(clock.elapsed() >= 19, qPrintable(QString::number(clock.elapsed())));
        QCOMPARE(FrameCounter::alive(), 0);
    }

    void theFirstCauseCounts()
    {
        CoroutineScope scope;
        auto *bell = new Bell;
        // The signal and the sender's end both come before the event loop turns, and so does the
        // timeout.
        const auto run = [](CoroutineScope &in, Bell *sender,
                            std::optional<Woke> &woke) -> QCoro::Task<> {
            auto ringing = untilSignal(in, sender, &Bell::rang, 1ms);
            woke = co_await ringing;
        };
        std::optional<Woke> woke;
        spawn(run(scope, bell, woke), failOnError);
        bell->ring();
        delete bell;
        QThread::msleep(5);
        QTRY_VERIFY_WITH_TIMEOUT(woke, kLimitMs);
        QVERIFY(*woke == Woke::Signal);
    }

    void wakesWhenTheSenderIsDestroyed()
    {
        CoroutineScope scope;
        auto bell = std::make_unique<Bell>();
        spawn(waitOnce(scope, bell.get(), std::nullopt), failOnError);
        QCOMPARE(FrameCounter::alive(), 1);
        bell.reset();
        QTRY_VERIFY_WITH_TIMEOUT(m_woke, kLimitMs);
        QVERIFY(*m_woke == Woke::SenderDestroyed);
        QCOMPARE(FrameCounter::alive(), 0);
    }

    void aMissingSenderCountsAsDestroyed()
    {
        CoroutineScope scope;
        spawn(waitOnce(scope, nullptr, std::nullopt), failOnError);
        QVERIFY(m_woke && *m_woke == Woke::SenderDestroyed);
    }

    void cancelEndsEveryWaitBeforeItReturns()
    {
        CoroutineScope scope;
        Bell bell;
        for (int i = 0; i < 3; ++i)
            spawn(waitOnce(scope, &bell, std::nullopt), failOnError);
        QCOMPARE(scope.waitCount(), std::size_t(3));
        QCOMPARE(FrameCounter::alive(), 3);
        scope.cancel();
        QCOMPARE(FrameCounter::alive(), 0);
        QCOMPARE(scope.waitCount(), std::size_t(0));
        QVERIFY(!m_woke);
    }

    void cancelOutranksASignalThatIsOnItsWay()
    {
        CoroutineScope scope;
        Bell bell;
        spawn(waitOnce(scope, &bell, std::nullopt), failOnError);
        bell.ring();
        scope.cancel();
        QCOMPARE(FrameCounter::alive(), 0);
        QCoreApplication::processEvents();
        QVERIFY(!m_woke);
    }

    void aCancelledScopeLetsNobodyWait()
    {
        CoroutineScope scope;
        Bell bell;
        scope.cancel();
        spawn(waitOnce(scope, &bell, std::nullopt), failOnError);
        QCOMPARE(FrameCounter::alive(), 0);
        QVERIFY(!m_woke);
    }

    void theOwnersEndUnwindsItsCoroutineWhileItsMembersLive()
    {
        std::vector<std::string> log;
        Bell bell;
        auto owner = std::make_unique<Owner>(log);
        spawn(owner->listen(&bell), failOnError);
        bell.ring();
        QTRY_COMPARE_WITH_TIMEOUT(log.size(), std::size_t(1), kLimitMs);
        owner.reset();
        QCOMPARE(FrameCounter::alive(), 0);
        const std::vector<std::string> expected = {"rang", "cancelled with its members alive"};
        QCOMPARE(log, expected);
        bell.ring(); // nobody listens
        QCoreApplication::processEvents();
        QCOMPARE(log, expected);
    }

    void aWaitMayOutliveItsScope()
    {
        Bell bell;
        auto scope = std::make_unique<CoroutineScope>();
        const Wait wait = untilSignal(*scope, &bell, &Bell::rang);
        scope.reset();
        QVERIFY(wait.await_ready());
        QVERIFY_EXCEPTION_THROWN((void)wait.await_resume(), Cancelled);
    }

    void aDroppedWaitLeavesNothingBehind()
    {
        CoroutineScope scope;
        Bell bell;
        {
            const Wait wait = untilSignal(scope, &bell, &Bell::rang, 1ms);
            QCOMPARE(scope.waitCount(), std::size_t(1));
        }
        QCOMPARE(scope.waitCount(), std::size_t(0));
        bell.ring();
        QTest::qWait(3);
    }

    void aSignalFromAnotherThreadResumesOnThisOne()
    {
        CoroutineScope scope;
        Bell bell;
        const auto run = [](CoroutineScope &in, Bell *sender, QThread *&thread) -> QCoro::Task<> {
            auto ringing = untilSignal(in, sender, &Bell::rang);
            co_await ringing;
            thread = QThread::currentThread();
        };
        QThread *thread = nullptr;
        spawn(run(scope, &bell, thread), failOnError);
        std::thread([&bell] { bell.ring(); }).join();
        QVERIFY(thread == nullptr);
        QTRY_COMPARE_WITH_TIMEOUT(thread, QThread::currentThread(), kLimitMs);
    }

    void sleepIsNeverShorterThanAsked_data()
    {
        QTest::addColumn<qint64>("us");
        for (const qint64 us : {qint64(0), qint64(300), qint64(1000), qint64(7700), qint64(20'000)})
            QTest::addRow("%lld us", static_cast<long long>(us)) << us;
    }
    void sleepIsNeverShorterThanAsked()
    {
        QFETCH(qint64, us);
        CoroutineScope scope;
        const auto run = [](CoroutineScope &in, Duration duration, qint64 &ns) -> QCoro::Task<> {
            const FrameCounter frame;
            QElapsedTimer clock;
            clock.start();
            co_await sleepFor(in, duration);
            ns = clock.nsecsElapsed();
        };
        qint64 ns = -1;
        spawn(run(scope, std::chrono::microseconds(us), ns), failOnError);
        QCOMPARE(ns, qint64(-1)); // even no time is one turn of the event loop
        QTRY_VERIFY_WITH_TIMEOUT(ns >= 0, kLimitMs);
        QVERIFY2(ns >= us * 1000, qPrintable(QString::number(ns)));
        QCOMPARE(FrameCounter::alive(), 0);
    }

    void sleepEndsWithItsScope()
    {
        const auto run = [](CoroutineScope &in) -> QCoro::Task<> {
            const FrameCounter frame;
            co_await sleepFor(in, 1h);
        };
        {
            CoroutineScope scope;
            spawn(run(scope), failOnError);
            QCOMPARE(FrameCounter::alive(), 1);
        }
        QCOMPARE(FrameCounter::alive(), 0);
    }

    void theErrorOfASpawnedCoroutineIsReported()
    {
        const auto fail = [](CoroutineScope &in, bool standard) -> QCoro::Task<> {
            co_await sleepFor(in, 0ms);
            if (standard)
                throw std::runtime_error("the port is in use");
            throw 7;
        };
        CoroutineScope scope;
        std::vector<std::string> errors;
        const auto note = [&errors](const std::exception &e) { errors.emplace_back(e.what()); };
        spawn(fail(scope, true), note);
        QTRY_COMPARE_WITH_TIMEOUT(errors.size(), std::size_t(1), kLimitMs);
        spawn(fail(scope, false), note);
        QTRY_COMPARE_WITH_TIMEOUT(errors.size(), std::size_t(2), kLimitMs);
        const std::vector<std::string> expected = {"the port is in use",
                                                   "an exception that is no std::exception"};
        QCOMPARE(errors, expected);
    }

    void cancellationIsNotAnError()
    {
        int errors = 0;
        const auto outer = [](CoroutineScope &in) -> QCoro::Task<> {
            const FrameCounter frame;
            co_await sleepFor(in, 1h);
        };
        const auto outermost = [](QCoro::Task<> inner) -> QCoro::Task<> { co_await inner; };
        CoroutineScope scope;
        spawn(outermost(outer(scope)), [&errors](const std::exception &) { ++errors; });
        scope.cancel();
        QCOMPARE(errors, 0);
        QCOMPARE(FrameCounter::alive(), 0);
    }

    void oneCoroutineMayCancelAnotherOfItsScope()
    {
        CoroutineScope scope;
        Bell bell;
        const auto stop = [](CoroutineScope &in, bool &stopped) -> QCoro::Task<> {
            co_await sleepFor(in, 1ms);
            in.cancel();
            stopped = true;
            co_await sleepFor(in, 1ms); // throws
            stopped = false;
        };
        bool stopped = false;
        spawn(waitOnce(scope, &bell, std::nullopt), failOnError);
        spawn(stop(scope, stopped), failOnError);
        QTRY_VERIFY_WITH_TIMEOUT(stopped, kLimitMs);
        QCOMPARE(FrameCounter::alive(), 0);
        QCoreApplication::processEvents();
        QVERIFY(stopped);
    }
};

QTEST_GUILESS_MAIN(TestCoroutineKit)
#include "tst_coroutine_kit.moc"
