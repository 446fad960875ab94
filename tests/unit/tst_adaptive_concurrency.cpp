// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/policies/adaptive_concurrency.h"
#include "tests/support/policy_probe.h"
#include "tests/support/property_runs.h"

#include <QObject>
#include <QTest>
#include <cmath>
#include <deque>
#include <rapidcheck.h>

using namespace halfopen;
using namespace halfopen::test;
using namespace std::chrono_literals;

namespace {

LatencySample sample(double ms, std::int64_t inside, bool dropped = false)
{
    return {.latencyNs = std::llround(ms * 1e6), .inside = inside, .dropped = dropped, .bits = 0};
}

AdaptiveConcurrencyConfig startingAt(ConcurrencyLimitKind kind, std::int64_t limit)
{
    AdaptiveConcurrencyConfig c;
    c.kind = kind;
    c.initialLimit = limit;
    return c;
}

bool isNear(double got, double expected)
{
    return std::abs(got - expected) <= 1e-6 * expected;
}

} // namespace

class TestAdaptiveConcurrency : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() { runProperties(500); }

    // OV-AIMD-1: the unit tests of Netflix concurrency-limits.
    void aimdGrowsByOneAndFallsByATenth()
    {
        AimdLimit grows;
        grows.apply(startingAt(ConcurrencyLimitKind::Aimd, 20));
        grows.update(sample(1, 10));
        QCOMPARE(grows.limit(), 21);
        AimdLimit falls;
        falls.apply(startingAt(ConcurrencyLimitKind::Aimd, 30));
        falls.update(sample(1, 0, true));
        QCOMPARE(falls.limit(), 27);
        AdaptiveConcurrencyConfig c = startingAt(ConcurrencyLimitKind::Aimd, 21);
        c.maxLimit = 21;
        AimdLimit full;
        full.apply(c);
        full.update(sample(1, 10));
        QCOMPARE(full.limit(), 21);
    }

    void aimdTakesASlowCallForADropAndLearnsNothingFromAnIdleLimit()
    {
        AimdLimit limit;
        limit.apply(startingAt(ConcurrencyLimitKind::Aimd, 100));
        limit.update(sample(5000, 100));
        QCOMPARE(limit.limit(), 101);
        limit.update(sample(5001, 100));
        QCOMPARE(limit.limit(), 90);
        limit.update(sample(1, 44));
        QCOMPARE(limit.limit(), 90);
    }

    // OV-GR2-1 and OV-GR2-2: trajectories computed from the published recursion.
    void gradient2FollowsThePublishedTrajectory()
    {
        Gradient2Limit limit;
        limit.apply({});
        const auto run = [&](int samples, double ms) {
            for (int i = 0; i < samples; ++i)
                limit.update(sample(ms, 1000));
            return limit.estimate();
        };
        QVERIFY(isNear(run(1, 10), 20.8));
        QVERIFY(isNear(run(9, 10), 28));
        QVERIFY(isNear(run(40, 10), 60));
        QVERIFY(isNear(run(50, 10), 100));
        QVERIFY(isNear(run(100, 10), 180));
        QVERIFY(isNear(run(1, 40), 162.8));
        QVERIFY(isNear(run(9, 40), 67.9726917));
        QVERIFY(isNear(run(40, 40), 20));
        QVERIFY(isNear(run(50, 40), 20));
        QVERIFY(isNear(run(100, 40), 30.36745293)); // the bad latency has become the usual one
    }

    // policies.md, section 6: L = 100, long average 10 ms.
    void gradient2OneStep_data()
    {
        QTest::addColumn<double>("ms");
        QTest::addColumn<double>("expected");
        QTest::newRow("as usual") << 10.0 << 100.8;
        QTest::newRow("twice") << 20.0 << 95.8;
        QTest::newRow("four times") << 40.0 << 90.8;
    }
    void gradient2OneStep()
    {
        QFETCH(double, ms);
        QFETCH(double, expected);
        Gradient2Limit limit;
        AdaptiveConcurrencyConfig c = startingAt(ConcurrencyLimitKind::Gradient2, 100);
        c.longWindow = 1'000'000; // one sample hardly moves the average
        limit.apply(c);
        for (int i = 0; i < 10; ++i)
            limit.update(sample(10, 0)); // not enough inside to move the limit
        limit.update(sample(ms, 100));
        QVERIFY2(std::abs(limit.estimate() - expected) < 1e-3, qPrintable(QString::number(limit.estimate(), 'g', 9)));
    }

    // policies.md, section 6: L = 100, least latency 10 ms: log10 2, alpha 6, beta 12.
    void vegasOneStep_data()
    {
        QTest::addColumn<double>("ms");
        QTest::addColumn<int>("expected");
        QTest::newRow("no queue") << 10.0 << 112;
        QTest::newRow("queue 2") << 10.2 << 112;
        QTest::newRow("queue 5") << 10.5 << 102;
        QTest::newRow("queue 10") << 11.0 << 100;
        QTest::newRow("queue 17") << 12.0 << 98;
        QTest::newRow("queue 50") << 20.0 << 98;
    }
    void vegasOneStep()
    {
        QFETCH(double, ms);
        QFETCH(int, expected);
        VegasLimit limit;
        limit.apply(startingAt(ConcurrencyLimitKind::Vegas, 100));
        limit.update(sample(10, 100)); // the first only sets the least latency
        QCOMPARE(limit.limit(), 100);
        limit.update(sample(ms, 100));
        QCOMPARE(limit.limit(), expected);
    }

    void vegasForgetsTheLeastLatency()
    {
        VegasLimit limit;
        limit.apply(startingAt(ConcurrencyLimitKind::Vegas, 100));
        limit.update(sample(10, 100));
        int samples = 1;
        while (limit.leastLatencyNs() == 10'000'000 && samples < 100'000) {
            limit.update(sample(30, 100)); // the limit falls by 2, later by 1, down to where 30 ms is no queue
            ++samples;
        }
        QCOMPARE(limit.leastLatencyNs(), 30'000'000);
        QVERIFY(samples > 100);
    }

    // policies.md, section 6: L = 100, least latency 10 ms, buffer 25 %.
    void gradientOneStep_data()
    {
        QTest::addColumn<double>("ms");
        QTest::addColumn<int>("expected");
        QTest::newRow("half") << 5.0 << 214;
        QTest::newRow("as least") << 10.0 << 136;
        QTest::newRow("at the buffer") << 12.5 << 110;
        QTest::newRow("1.5") << 15.0 << 92;
        QTest::newRow("2.5") << 25.0 << 57;
        QTest::newRow("5") << 50.0 << 57;
    }
    void gradientOneStep()
    {
        QFETCH(double, ms);
        QFETCH(int, expected);
        AdaptiveConcurrencyConfig c = startingAt(ConcurrencyLimitKind::Gradient, 100);
        GradientLimit limit;
        limit.apply(c);
        QVERIFY(limit.isMeasuring());
        QCOMPARE(limit.limit(), 3);
        for (int i = 0; i < 50; ++i)
            limit.update(at(20 + i), sample(10, 3));
        QVERIFY(!limit.isMeasuring());
        QCOMPARE(limit.leastLatencyNs(), 10'000'000);
        QCOMPARE(limit.limit(), 100);
        for (int i = 0; i < 3; ++i)
            limit.update(at(130 + i), sample(ms, 100));
        limit.advance(at(168));
        QCOMPARE(limit.limit(), 100); // the window is 100 ms: not over yet
        limit.advance(at(169));
        QCOMPARE(limit.limit(), expected);
    }

    void gradientMeasuresAnewAfterAWhileAndAfterFiveUpdatesAtItsMinimum()
    {
        AdaptiveConcurrencyConfig c = startingAt(ConcurrencyLimitKind::Gradient, 10);
        c.measureRequests = 1;
        GradientLimit limit;
        limit.apply(c);
        limit.update(at(20), sample(10, 3));
        QVERIFY(!limit.isMeasuring());
        limit.advance(at(60'019));
        QVERIFY(!limit.isMeasuring());
        limit.advance(at(60'020)); // bits 0: no jitter
        QVERIFY(limit.isMeasuring());
        limit.update(at(60'025), sample(10, 3)); // began before the window: no sample
        QVERIFY(limit.isMeasuring());
        limit.update(at(60'040), sample(10, 3));
        QVERIFY(!limit.isMeasuring());
        int updates = 0;
        for (std::int64_t ms = 60'140; !limit.isMeasuring() && updates < 20; ms += 100) {
            limit.update(at(ms - 10), sample(80, 3));
            limit.advance(at(ms));
            ++updates;
        }
        // 10 -> 7, 5, 4 (2.5 + 1.58 = 4.08), 3 (2 + 1.41), then four more at 3; the slow latency becomes the least one.
        QCOMPARE(updates, 8);
        limit.update(at(70'000), sample(80, 3));
        QCOMPARE(limit.leastLatencyNs(), 80'000'000);
    }

    void aCallAboveTheLimitIsRefused()
    {
        AdaptiveConcurrency policy({});
        std::deque<ProbeCall> calls;
        for (std::uint64_t i = 0; i < 20; ++i)
            QVERIFY(isAdmitted(calls.emplace_back(i).admit(policy, at(0))));
        QCOMPARE(ProbeCall(20).admit(policy, at(0)).outcome.kind, OutcomeKind::BulkheadFull);
        static_cast<void>(calls[0].end(policy, at(10), {})); // was alone inside when it came: teaches nothing
        QCOMPARE(policy.limit(), 20);
        for (std::size_t i = 1; i < 20; ++i)
            static_cast<void>(calls[i].end(policy, at(10), {}));
        QCOMPARE(policy.inside(), 0);
        QVERIFY(policy.limit() > 20);
    }

    void placesNeverLeakAndTheLimitStaysInItsBounds()
    {
        QVERIFY(rc::check("inside is what is inside; min <= limit <= max", [] {
            AdaptiveConcurrencyConfig c;
            const auto anyKind = [] { return static_cast<ConcurrencyLimitKind>(*rc::gen::inRange(0, 4)); };
            c.kind = anyKind();
            c.minLimit = *rc::gen::inRange(1, 5);
            c.initialLimit = *c.minLimit + *rc::gen::inRange(0, 5);
            c.maxLimit = c.initialLimit + *rc::gen::inRange(0, 10);
            AdaptiveConcurrency policy(c);
            std::deque<ProbeCall> running;
            std::int64_t ms = 0;
            const int steps = *rc::gen::inRange(0, 300);
            for (int i = 0; i < steps; ++i) {
                const int kind = *rc::gen::weightedElement<int>({{6, 0}, {5, 1}, {1, 2}, {3, 3}, {1, 4}});
                if (kind == 0) {
                    ProbeCall call(static_cast<std::uint64_t>(i));
                    const bool fits = policy.inside() < policy.limit();
                    const bool admitted = isAdmitted(call.admit(policy, at(ms)));
                    RC_ASSERT(admitted == fits);
                    if (admitted)
                        running.push_back(call);
                } else if (kind == 3) {
                    ms += *rc::gen::inRange(0, 200);
                } else if (kind == 4) {
                    c.kind = anyKind();
                    policy.reconfigure(at(ms), &c);
                } else if (!running.empty()) {
                    const auto outcome = *rc::gen::element(OutcomeKind::Success, OutcomeKind::Error, OutcomeKind::Timeout,
                                                           OutcomeKind::CircuitBreakerOpen);
                    if (kind == 1)
                        static_cast<void>(running.front().end(policy, at(ms), {.kind = outcome}));
                    running.front().cancel(policy, at(ms)); // after an outcome it changes nothing
                    running.pop_front();
                }
                RC_ASSERT(policy.inside() == static_cast<std::int64_t>(running.size()));
                RC_ASSERT(policy.limit() >= *c.minLimit && policy.limit() <= *c.maxLimit);
            }
        }));
    }

    void rulesBetweenFieldsAreSaid()
    {
        AdaptiveConcurrencyConfig c;
        c.initialLimit = 5;
        QCOMPARE(adaptiveConcurrencySchema().conflict(&c),
                 std::string("initial_limit is not between min_limit and max_limit (20 to 200)"));
        c = {};
        c.backoffRatio = 0.5;
        QCOMPARE(adaptiveConcurrencySchema().conflict(&c),
                 std::string("backoff_ratio has no meaning with kind: gradient2; it belongs to kind: aimd"));
    }
};

QTEST_GUILESS_MAIN(TestAdaptiveConcurrency)
#include "tst_adaptive_concurrency.moc"
