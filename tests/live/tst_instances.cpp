// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later

// A live stack in front of a dependency with instances: who is asked, who is judged, who is passed over.
#include "core/live/policy_stack.h"
#include "core/live/stack_spec.h"
#include "core/policies/outlier_ejection_layer.h"
#include "core/policies/retry.h"
#include "core/policies/timeout.h"

#include <QObject>
#include <QTest>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

using namespace halfopen;
using namespace halfopen::live;
using namespace std::chrono_literals;

namespace {

using Numbers = std::vector<std::uint32_t>;

PolicyStackSpec stackOf(std::vector<PolicySpec> layers)
{
    PolicyStackSpec spec;
    spec.name = "test";
    spec.layers = std::move(layers);
    return spec;
}

/// Some instances answer 503, the others are fine.
struct Replicas {
    std::vector<bool> isBad;
    Numbers asked;
    Numbers tries;

    auto operation()
    {
        return [this](const Attempt &attempt) {
            asked.push_back(attempt.instance);
            tries.push_back(attempt.number);
            if (isBad[attempt.instance])
                throw CallError({.kind = OutcomeKind::Error, .status = 503});
            return 1;
        };
    }
};

OutlierEjectionLayerConfig judgeOfRows(std::uint32_t row, double share)
{
    OutlierEjectionLayerConfig c;
    c.consecutive5xx = row;
    c.maxEjectionPercent = share;
    c.successRate = false;
    return c;
}

/// What the constructor says against the options; empty if nothing.
std::string complaint(const PolicyStackSpec &spec, const StackOptions &options)
{
    try {
        PolicyStack stack(spec, options);
    } catch (const std::invalid_argument &error) {
        return error.what();
    }
    return {};
}

/// Awaits \a task and writes down what it gives.
QCoro::Task<> watch(QCoro::Task<int> task, std::shared_ptr<std::string> got)
{
    try {
        const int value = co_await task;
        *got = std::to_string(value);
    } catch (const std::exception &error) {
        *got = error.what();
    }
}

} // namespace

class TestInstances : public QObject {
    Q_OBJECT

    /// One call every 100 ms, from now on.
    static void callOften(PolicyStack &stack, ManualClock &clock, Replicas &replicas, int calls)
    {
        for (int i = 0; i < calls; ++i) {
            auto task = stack.call(replicas.operation());
            clock.advance(100ms);
        }
    }

private slots:
    void anAttemptIsToldWhomToAskAndWhichOneItIs()
    {
        ManualClock clock;
        StackOptions options;
        options.clock = &clock;
        options.instances = 3;
        RetryConfig retry;
        retry.maxAttempts = 4;
        retry.initialDelay = 0ms;
        PolicyStack stack(stackOf({layerOf(retry)}), options);
        Replicas replicas{.isBad = {true, true, false}, .asked = {}, .tries = {}};
        callOften(stack, clock, replicas, 2);
        QCOMPARE(replicas.asked, (Numbers{0, 1, 2, 0, 1, 2}));
        QCOMPARE(replicas.tries, (Numbers{1, 2, 3, 1, 2, 3}));
        QCOMPARE(stack.metrics().good(), std::uint64_t(2));
    }

    void withoutInstancesItIsNumberZero()
    {
        ManualClock clock;
        StackOptions options;
        options.clock = &clock;
        PolicyStack stack(stackOf({}), options);
        Replicas replicas{.isBad = {false}, .asked = {}, .tries = {}};
        callOften(stack, clock, replicas, 2);
        QCOMPARE(replicas.asked, (Numbers{0, 0}));
    }

    void aBadInstanceIsAskedNoMoreUntilASweepAfterItsTime()
    {
        ManualClock clock;
        std::vector<StackAction> ejections;
        StackOptions options;
        options.clock = &clock;
        options.instances = 4;
        options.observer = [&](Instant, const StackAction &action) {
            if (action.kind == StackAction::Kind::PolicyEvent)
                ejections.push_back(action);
        };
        PolicyStack stack(stackOf({layerOf(judgeOfRows(3, 0.5))}), options);
        Replicas replicas{.isBad = {false, false, true, false}, .asked = {}, .tries = {}};
        callOften(stack, clock, replicas, 12); // each of the four is asked three times, the bad one at 1 s the third time
        QCOMPARE(ejections.size(), std::size_t(1));
        QCOMPARE(ejections[0].event.part, std::uint16_t(2));
        QCOMPARE(ejections[0].event.at, Instant(1s));
        QCOMPARE(stack.usableInstances(), (Numbers{0, 1, 3}));
        QCOMPARE(stack.metrics().trips[0], std::uint64_t(1));
        replicas.asked.clear();
        replicas.isBad[2] = false;
        callOften(stack, clock, replicas, 6);
        QCOMPARE(replicas.asked, (Numbers{0, 1, 3, 0, 1, 3}));
        clock.advanceTo(Instant(40s) - 1ns); // sweeps every 10 s; away for 30 s: not yet at the one at 30 s
        QCOMPARE(stack.usableInstances(), (Numbers{0, 1, 3}));
        clock.advanceTo(Instant(40s));
        QCOMPARE(stack.usableInstances(), (Numbers{0, 1, 2, 3}));
        QCOMPARE(ejections.size(), std::size_t(2));
        QCOMPARE(ejections[1].event.to, BreakerState::Closed);
    }

    void whenAllAreEjectedPanicDecides_data()
    {
        QTest::addColumn<double>("panic");
        QTest::addColumn<int>("refused");
        QTest::newRow("in panic all are asked") << 0.5 << 0;
        QTest::newRow("without it calls are refused") << 0.0 << 6;
    }
    void whenAllAreEjectedPanicDecides()
    {
        QFETCH(double, panic);
        QFETCH(int, refused);
        ManualClock clock;
        StackOptions options;
        options.clock = &clock;
        options.instances = 2;
        OutlierEjectionLayerConfig config = judgeOfRows(1, 1.0);
        config.panicThreshold = panic;
        PolicyStack stack(stackOf({layerOf(config)}), options);
        Replicas replicas{.isBad = {true, true}, .asked = {}, .tries = {}};
        callOften(stack, clock, replicas, 8);
        QCOMPARE(stack.metrics().ended[static_cast<std::size_t>(OutcomeKind::Unhealthy)], static_cast<std::uint64_t>(refused));
        QCOMPARE(replicas.asked.size(), static_cast<std::size_t>(8 - refused));
        QCOMPARE(stack.usableInstances(), (Numbers{0, 1})); // somebody must be named
    }

    void theProgramMayChooseItself()
    {
        ManualClock clock;
        std::vector<Numbers> offered;
        StackOptions options;
        options.clock = &clock;
        options.instances = 3;
        options.chooseInstance = [&](const InstanceChoice &choice) {
            offered.emplace_back(choice.usable.begin(), choice.usable.end());
            return choice.usable.back();
        };
        PolicyStack stack(stackOf({layerOf(judgeOfRows(2, 0.7))}), options);
        Replicas replicas{.isBad = {false, false, true}, .asked = {}, .tries = {}};
        callOften(stack, clock, replicas, 3);
        QCOMPARE(replicas.asked, (Numbers{2, 2, 1}));
        QCOMPARE(offered, (std::vector<Numbers>{{0, 1, 2}, {0, 1, 2}, {0, 1}}));
    }

    void theLeastBusyOneIsAskedAndEqualsTakeTurns()
    {
        const InstanceChooser choose = leastBusy();
        const Numbers all = {0, 1, 2};
        const auto ask = [&](const Numbers &usable, const Numbers &underWay) {
            return choose({.usable = usable, .underWay = underWay, .key = 0, .attempt = 0});
        };
        QCOMPARE(ask(all, {0, 0, 0}), 0u);
        QCOMPARE(ask(all, {1, 0, 0}), 1u);
        QCOMPARE(ask(all, {1, 1, 0}), 2u);
        QCOMPARE(ask(all, {1, 1, 1}), 0u);
        QCOMPARE(ask(all, {0, 0, 0}), 1u); // in turn, not always the first
        QCOMPARE(ask(all, {3, 2, 3}), 1u);
        QCOMPARE(ask({0, 2}, {3, 2, 3}), 2u);
    }

    void attemptsUnderWayAreCountedUntilTheyAreLeft()
    {
        ManualClock clock;
        CoroutineScope scope;
        Numbers busy;
        StackOptions options;
        options.clock = &clock;
        options.instances = 2;
        options.chooseInstance = [&](const InstanceChoice &choice) {
            busy.assign(choice.underWay.begin(), choice.underWay.end());
            return choice.key < 3 ? 0u : 1u;
        };
        TimeoutConfig timeout;
        timeout.after = 50ms;
        PolicyStack stack(stackOf({layerOf(timeout)}), options);
        auto operation = [&](const Attempt &) { return sleepOn(clock, scope, 10s); }; // runs on for nobody
        auto first = stack.call(operation);
        auto second = stack.call(operation);
        QCOMPARE(busy, (Numbers{1, 0}));
        clock.advance(20ms);
        auto third = stack.call(operation);
        QCOMPARE(busy, (Numbers{2, 0}));
        clock.advance(40ms); // two have timed out
        auto fourth = stack.call(operation);
        QCOMPARE(busy, (Numbers{1, 0}));
    }

    /// A rule of the program that fails now and then: the attempt is not sent, and nothing is lost by it.
    void aChooserThatThrowsEndsTheAttemptAndGivesEverythingBack()
    {
        ManualClock clock;
        int asked = 0, chosen = 0;
        bool fails = true;
        StackOptions options;
        options.clock = &clock;
        options.instances = 2;
        options.chooseInstance = [&](const InstanceChoice &choice) {
            ++chosen;
            if (fails)
                throw std::runtime_error("no map of the replicas");
            return choice.usable.front();
        };
        PolicySpec bulkhead = *makeLayer("bulkhead");
        QVERIFY(setField(bulkhead.settings, "max_concurrent", "1"));
        TimeoutConfig timeout;
        timeout.after = 50ms;
        RetryConfig retry;
        retry.maxAttempts = 2;
        retry.initialDelay = 10ms;
        retry.jitter = Jitter::None;
        PolicyStack stack(stackOf({bulkhead, layerOf(retry), layerOf(timeout)}), options);
        auto operation = [&asked](const Attempt &) { return ++asked; };
        const auto resultOf = [&clock](QCoro::Task<int> task) {
            clock.advance(1s); // longer than every deadline: a stale one would ring here
            auto got = std::make_shared<std::string>("nothing");
            auto watching = watch(std::move(task), got);
            ManualClock::settle();
            return *got;
        };
        QCOMPARE(resultOf(stack.call(operation)), std::string("no map of the replicas"));
        QCOMPARE(chosen, 2); // the retry tried again
        QCOMPARE(asked, 0);
        const StackMetrics metrics = stack.metrics();
        QCOMPARE(metrics.inFlight, std::size_t(0));
        QCOMPARE(metrics.attempts, std::uint64_t(0));
        QCOMPARE(metrics.ended[static_cast<std::size_t>(OutcomeKind::Error)], std::uint64_t(1));
        // The one permit of the bulkhead is there again, and one failure is made good by the retry.
        int number = 0;
        fails = false;
        QCOMPARE(resultOf(stack.call(operation)), std::string("1"));
        auto once = [&](const Attempt &) {
            fails = ++number == 1; // the second try finds no instance
            if (fails)
                throw std::runtime_error("bad");
            return 7;
        };
        QCOMPARE(resultOf(stack.call(once)), std::string("no map of the replicas"));
        fails = false;
        QCOMPARE(resultOf(stack.call(operation)), std::string("2"));
        QCOMPARE(stack.metrics().inFlight, std::size_t(0));
    }

    void aChooserNeedsInstances()
    {
        StackOptions options;
        options.name = "db";
        options.chooseInstance = leastBusy();
        QCOMPARE(complaint(stackOf({}), options), std::string("the policy stack 'db' has a StackOptions::chooseInstance but no instances: "
                                                              "give StackOptions::instances"));
    }

    void missingOrTooManyInstancesAreSaid()
    {
        StackOptions options;
        options.name = "db";
        const PolicyStackSpec judged = stackOf({layerOf(judgeOfRows(3, 0.5))});
        QCOMPARE(complaint(judged, options),
                 std::string("the policy stack 'db' has a layer that judges instances: give StackOptions::instances"));
        options.instances = 4097;
        QCOMPARE(complaint(judged, options), std::string("the policy stack 'db' has 4097 instances; at most 4096 are possible"));
        options.instances = 4096;
        QCOMPARE(complaint(judged, options), std::string());
    }
};

QTEST_GUILESS_MAIN(TestInstances)
#include "tst_instances.moc"
