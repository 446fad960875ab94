// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/units.h"
#include "core/policies/adaptive_throttle.h"
#include "core/policies/token_bucket.h"
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

struct SteadyState {
    double sentPerSecond;
    double rejectsPerAccept;
    double refusedShare;
};

/// The published experiment: Poisson 1000/s, a backend that accepts \a accept(now, call), 900 s, measured from 400 s.
template <typename Accept> SteadyState run(double k, Accept accept)
{
    AdaptiveThrottleConfig c;
    c.multiplier = k;
    AdaptiveThrottle throttle(c);
    const RandomStream arrivals(5, "arrivals");
    double seconds = 0;
    double calls = 0, sent = 0, accepted = 0;
    for (std::uint64_t i = 0; seconds < 900; ++i) {
        const double u = (static_cast<double>(arrivals.draw(i, 0) >> 11) + 0.5) * 0x1p-53;
        seconds -= std::log(u) / 1000;
        const Instant now = Instant::fromNs(std::llround(seconds * 1e9));
        ProbeCall call(i);
        const bool isMeasured = seconds >= 400;
        calls += isMeasured;
        if (!isAdmitted(call.admit(throttle, now)))
            continue;
        const bool isAccepted = accept(now, i);
        static_cast<void>(call.end(throttle, now, {.kind = isAccepted ? OutcomeKind::Success : OutcomeKind::Rejected}));
        sent += isMeasured;
        accepted += isMeasured && isAccepted;
    }
    return {sent / 500, (sent - accepted) / accepted, 1 - sent / calls};
}

} // namespace

class TestAdaptiveThrottle : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() { runProperties(500); }

    // policies.md, section 6: 100 requests, the formula by hand.
    void theOddsAreThoseOfTheFormula_data()
    {
        QTest::addColumn<double>("k");
        QTest::addColumn<int>("accepts");
        QTest::addColumn<double>("expected");
        QTest::newRow("K 2, 50") << 2.0 << 50 << 0.0;
        QTest::newRow("K 2, 40") << 2.0 << 40 << 0.198020;
        QTest::newRow("K 2, 20") << 2.0 << 20 << 0.594059;
        QTest::newRow("K 2, 0") << 2.0 << 0 << 0.990099;
        QTest::newRow("K 1.1, 60") << 1.1 << 60 << 0.336634;
        QTest::newRow("K 1.1, 50") << 1.1 << 50 << 0.445545;
        QTest::newRow("Envoy 95 %, 95") << 1 / 0.95 << 95 << 0.0;
        QTest::newRow("Envoy 95 %, 90") << 1 / 0.95 << 90 << 0.052110;
        QTest::newRow("Envoy 95 %, 80") << 1 / 0.95 << 80 << 0.156331;
        QTest::newRow("Envoy 95 %, 50") << 1 / 0.95 << 50 << 0.468994;
    }
    void theOddsAreThoseOfTheFormula()
    {
        QFETCH(double, k);
        QFETCH(int, accepts);
        QFETCH(double, expected);
        const double got = rejectionOdds(100, accepts, std::llround(k * 1e6)).probability();
        QVERIFY2(std::abs(got - expected) < 1e-6, qPrintable(QString::number(got, 'g', 9)));
    }

    void aCapIsACap()
    {
        QCOMPARE(rejectionOdds(100, 0, 2'000'000, 800'000).probability(), 0.8); // Envoy's max_rejection_probability
        QCOMPARE(rejectionOdds(0, 0, 2'000'000).part, 0);
    }

    void theSteadyStateSendsKForEachAccepted_data()
    {
        QTest::addColumn<double>("k");
        QTest::addColumn<double>("sent");
        QTest::addColumn<double>("sentTolerance");
        QTest::addColumn<double>("rejects");
        QTest::addColumn<double>("rejectsTolerance");
        QTest::addColumn<double>("refused");
        QTest::addColumn<double>("refusedTolerance");
        QTest::newRow("OV-THR-1") << 2.0 << 400.0 << 3.1 << 1.0 << 0.016 << 0.6 << 0.0041;
        QTest::newRow("OV-THR-2") << 1.1 << 220.0 << 2.7 << 0.1 << 0.015 << 0.78 << 0.0094;
        QTest::newRow("OV-THR-3") << 3.0 << 600.0 << 2.5 << 2.0 << 0.013 << 0.4 << 0.0048;
    }
    void theSteadyStateSendsKForEachAccepted()
    {
        QFETCH(double, k);
        QFETCH(double, sent);
        QFETCH(double, sentTolerance);
        QFETCH(double, rejects);
        QFETCH(double, rejectsTolerance);
        QFETCH(double, refused);
        QFETCH(double, refusedTolerance);
        TokenBucket backend(200, 20, Instant());
        const SteadyState s = run(k, [&](Instant now, std::uint64_t) {
            if (backend.waitFor(now) > Duration(0))
                return false;
            backend.take(now);
            return true;
        });
        QVERIFY2(std::abs(s.sentPerSecond - sent) <= sentTolerance, qPrintable(QString::number(s.sentPerSecond)));
        QVERIFY2(std::abs(s.rejectsPerAccept - rejects) <= rejectsTolerance, qPrintable(QString::number(s.rejectsPerAccept)));
        QVERIFY2(std::abs(s.refusedShare - refused) <= refusedTolerance, qPrintable(QString::number(s.refusedShare)));
    }

    // OV-THR-IID-1 and its other half: failures that do not depend on the load are all or nothing around 1 / K.
    void chanceFailuresAreAllOrNothing()
    {
        const RandomStream chances(9, "accepts");
        const auto accepts = [&](double share) {
            return run(2, [&, threshold = Probability(share).threshold()](Instant, std::uint64_t i) {
                return chance(chances.draw(i, 0), threshold);
            });
        };
        QVERIFY(accepts(0.6).refusedShare < 0.01);
        QVERIFY(accepts(0.3).refusedShare > 0.95);
    }

    void aQuietProcessIsLeftAlone()
    {
        AdaptiveThrottleConfig c;
        c.minimumCalls = 20;
        AdaptiveThrottle throttle(c);
        for (std::uint64_t i = 0; i < 20; ++i) {
            ProbeCall call(i);
            QVERIFY(isAdmitted(call.admit(throttle, at(1))));
            static_cast<void>(call.end(throttle, at(1), {.kind = OutcomeKind::Error}));
        }
        int refused = 0;
        for (std::uint64_t i = 20; i < 120; ++i)
            refused += !isAdmitted(ProbeCall(i).admit(throttle, at(1)));
        QVERIFY(refused > 90);
    }

    void countsStaySound()
    {
        QVERIFY(rc::check("accepts never exceed requests while calls end within the window; nothing is refused when all is well", [] {
            AdaptiveThrottleConfig c;
            c.window = 60s;
            AdaptiveThrottle throttle(c);
            std::deque<ProbeCall> running;
            std::int64_t ms = 0;
            const bool allGood = *rc::gen::arbitrary<bool>();
            const int steps = *rc::gen::inRange(0, 300);
            std::int64_t begun = 0;
            for (int i = 0; i < steps; ++i) {
                ms += *rc::gen::inRange(0, 100);
                ProbeCall call(static_cast<std::uint64_t>(i));
                ++begun;
                if (isAdmitted(call.admit(throttle, at(ms))))
                    running.push_back(call);
                else
                    RC_ASSERT(!allGood);
                if (!running.empty() && (allGood || *rc::gen::arbitrary<bool>())) {
                    const auto kind = allGood ? OutcomeKind::Success
                                              : *rc::gen::element(OutcomeKind::Success, OutcomeKind::Rejected, OutcomeKind::Cancelled);
                    static_cast<void>(running.front().end(throttle, at(ms), {.kind = kind}));
                    running.pop_front();
                }
                RC_ASSERT(throttle.accepts(at(ms)) <= throttle.requests(at(ms)));
                RC_ASSERT(throttle.requests(at(ms)) == begun);
            }
        }));
    }
};

QTEST_GUILESS_MAIN(TestAdaptiveThrottle)
#include "tst_adaptive_throttle.moc"
