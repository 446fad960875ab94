// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/fake_engine.h"
#include "ui/run_controller.h"

#include <QElapsedTimer>
#include <QObject>
#include <QSignalSpy>
#include <QTest>
#include <QTimer>

#include <algorithm>
#include <memory>
#include <thread>

using namespace halfopen;
using namespace halfopen::test;
using namespace std::chrono_literals;
using State = RunController::State;

namespace {

/// Another engine, but for the last 2 s of its 100 s: 100 ms for each 200 ms of them.
class SlowAtTheEnd final : public RunEngine {
public:
    explicit SlowAtTheEnd(std::unique_ptr<RunEngine> engine) : m_engine(std::move(engine)) {}

    Instant now() const override { return m_engine->now(); }
    Instant endTime() const override { return m_engine->endTime(); }
    bool finished() const override { return m_engine->finished(); }
    std::uint64_t runUntil(Instant until, std::uint64_t maxEvents) override
    {
        if (now() > Instant(98s))
            std::this_thread::sleep_for(100ms);
        return m_engine->runUntil(until, std::min<std::uint64_t>(maxEvents, 200)); // one each millisecond
    }
    bool step() override { return m_engine->step(); }
    bool runToNextTransition(std::uint64_t maxEvents) override { return m_engine->runToNextTransition(maxEvents); }
    void cancel() override { m_engine->cancel(); }
    Result<void> change(std::string_view path, std::string_view valueText) override { return m_engine->change(path, valueText); }
    RunRecord snapshot() const override { return m_engine->snapshot(); }

private:
    std::unique_ptr<RunEngine> m_engine;
};

} // namespace

class TestRunController : public QObject {
    Q_OBJECT
private:
    static std::shared_ptr<const Scenario> someScenario() { return std::make_shared<const Scenario>(); }

private slots:
    void playsToTheEndAndTellsTheWindow()
    {
        auto world = std::make_shared<FakeWorld>();
        RunController controller(fakeEngines(world));
        QSignalSpy states(&controller, &RunController::stateChanged);
        controller.setSpeed(Speed::unlimited());
        controller.start(someScenario(), {}, true);
        QTRY_COMPARE(controller.state(), State::Finished);
        QTRY_VERIFY(controller.record() && controller.record()->end == RunEnd::Finished);
        QCOMPARE(controller.record()->now.ns(), Instant(100s).ns());
        QVERIFY(states.size() >= 1);
    }

    void aNewRunDropsTheOldOnesResults()
    {
        auto world = std::make_shared<FakeWorld>();
        world->length = 1000h;
        RunController controller(fakeEngines(world));
        controller.setSpeed(Speed::unlimited());
        const auto first = someScenario();
        const auto second = someScenario();
        controller.start(first, {}, true);
        QTRY_VERIFY(controller.record());
        controller.start(second, {}, false);
        QVERIFY(!controller.record());
        bool late = false;
        connect(&controller, &RunController::recordChanged, this,
                [&](const RecordPtr &record) { late = late || record->scenario != second; });
        QTRY_VERIFY(controller.record());
        QTest::qWait(50);
        QVERIFY(!late);
        QCOMPARE(controller.state(), State::Paused);
        QCOMPARE(controller.record()->now.ns(), 0);
    }

    void aRefusedChangeComesBack()
    {
        auto world = std::make_shared<FakeWorld>();
        world->refuse = "policies.a.0.x";
        RunController controller(fakeEngines(world));
        QSignalSpy refused(&controller, &RunController::changeRefused);
        controller.start(someScenario(), {}, false);
        controller.change("policies.a.0.x", "7");
        QTRY_COMPARE(refused.size(), 1);
        QCOMPARE(refused[0][0].toString(), QString("policies.a.0.x"));
        QCOMPARE(refused[0][1].toString(), QString("7"));
        QCOMPARE(refused[0][2].toString(), QString("'policies.a.0.x' is not liked"));
    }

    void aRunThatCannotBeginSaysWhy()
    {
        auto world = std::make_shared<FakeWorld>();
        world->failToStart = true;
        RunController controller(fakeEngines(world));
        QSignalSpy failed(&controller, &RunController::runFailed);
        controller.start(someScenario(), {}, true);
        QTRY_COMPARE(failed.size(), 1);
        QCOMPARE(failed[0][0].toString(), QString("no memory for 10 000 processes"));
        QVERIFY(!controller.hasRun());
    }

    void restsWhenNothingMoves()
    {
        auto world = std::make_shared<FakeWorld>();
        RunController controller(fakeEngines(world));
        controller.start(someScenario(), {}, false);
        QTRY_VERIFY(controller.record());
        QTest::qWait(60);
        QSignalSpy looked(&controller, &RunController::progressed);
        QTest::qWait(200);
        QCOMPARE(looked.size(), 0);
        controller.step();
        QTRY_COMPARE(controller.now().ns(), Instant(1ms).ns());
    }

    /// The run works without a pause in single events of 2 ms, as fast as it can. If any of that were done by, or
    /// waited for by, the thread of the window, a timer of 5 ms would stand still for as long as the run lasts.
    /// 98 s of the run take milliseconds, the last two about a second: by the pace so far it always ends at once.
    void aSeekThatSlowsDownNearItsEndIsShownOnItsWay()
    {
        auto world = std::make_shared<FakeWorld>();
        RunController controller([make = fakeEngines(world)](std::shared_ptr<const Scenario> scenario, const RunOptions &options) {
            return std::unique_ptr<RunEngine>(std::make_unique<SlowAtTheEnd>(make(std::move(scenario), options)));
        });
        controller.start(someScenario(), {}, false);
        QTRY_VERIFY(controller.record());
        bool isShown = false;
        connect(&controller, &RunController::recordChanged, this, [&](const RecordPtr &record) {
            isShown = isShown || (record && record->now > Instant(98s) && record->now < Instant(99800ms));
        });
        controller.seekTime(Instant(100s));
        QTRY_VERIFY_WITH_TIMEOUT(controller.record()->end == RunEnd::Finished, 20000);
        QVERIFY(isShown);
    }

    void theEventLoopGoesOnWhileTheRunIsBusy()
    {
        auto world = std::make_shared<FakeWorld>();
        world->length = 1000h;
        world->eventCost = 2ms;
        RunController controller(fakeEngines(world));
        controller.setSpeed(Speed::unlimited());
        controller.start(someScenario(), {}, true);
        QElapsedTimer clock;
        std::vector<double> gaps;
        QTimer beat;
        beat.setTimerType(Qt::PreciseTimer);
        connect(&beat, &QTimer::timeout, this, [&] {
            if (clock.isValid())
                gaps.push_back(double(clock.nsecsElapsed()) * 1e-6);
            clock.start();
        });
        beat.start(5);
        QTest::qWait(1500);
        beat.stop();
        QVERIFY(controller.now() > Instant());
        std::sort(gaps.begin(), gaps.end());
        QVERIFY(gaps.size() > 20);
        qInfo("event loop: %zu beats of 5 ms, gap p50 %.1f ms, p99 %.1f ms, longest %.1f ms", gaps.size(),
              gaps[gaps.size() / 2], gaps[gaps.size() * 99 / 100], gaps.back());
        QVERIFY2(gaps[gaps.size() / 2] < 20, "the loop is held up all the time");
        QVERIFY2(gaps.back() < 500, "the loop stood still"); // generous: other programs share the machine
    }

    void deletingItWhileItPlaysStopsTheThread()
    {
        auto world = std::make_shared<FakeWorld>();
        world->length = 1000h;
        {
            RunController controller(fakeEngines(world));
            controller.setSpeed(Speed::unlimited());
            controller.start(someScenario(), {}, true);
            QTRY_VERIFY(controller.now() > Instant());
        }
        QCOMPARE(world->alive.load(), 0);
    }
};

QTEST_MAIN(TestRunController)
#include "tst_run_controller.moc"
