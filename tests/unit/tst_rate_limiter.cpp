// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/wide.h"
#include "core/policies/rate_limiter.h"
#include "core/policies/registry.h"
#include "tests/support/policy_probe.h"
#include "tests/support/property_runs.h"

#include <QObject>
#include <QTest>
#include <cmath>
#include <rapidcheck.h>

using namespace halfopen;
using namespace halfopen::test;
using namespace std::chrono_literals;

namespace {

/// When each of \a count calls that come at once may go, in hundredths of a second after the one before, as Guava prints it.
std::vector<int> gaps(RateLimiter &limiter, std::int64_t &ms, int count)
{
    std::vector<int> result;
    for (int i = 0; i < count; ++i) {
        const Admission a = ProbeCall().admit(limiter, at(ms));
        const std::int64_t waitNs = a.kind == Admission::Kind::AdmitAt ? a.atNs - at(ms).ns() : 0;
        result.push_back(static_cast<int>(std::lround(static_cast<double>(waitNs) / 1e7 + 1e-6)));
        ms += waitNs / 1'000'000; // the caller sleeps until it may go
    }
    return result;
}

/// Share of Poisson arrivals that a token bucket refuses.
double refusedShare(double callsPerSecond, std::int64_t depth, int calls)
{
    RateLimiterConfig c;
    c.rate = 100;
    c.burst = depth;
    RateLimiter limiter(c);
    const RandomStream arrivals(7, "arrivals");
    double seconds = 0;
    int refused = 0;
    for (int i = 0; i < calls; ++i) {
        const double u = (static_cast<double>(arrivals.draw(static_cast<std::uint64_t>(i), 0) >> 11) + 0.5) * 0x1p-53;
        seconds -= std::log(u) / callsPerSecond;
        refused += !isAdmitted(ProbeCall().admit(limiter, Instant::fromNs(std::llround(seconds * 1e9))));
    }
    return static_cast<double>(refused) / calls;
}

} // namespace

class TestRateLimiter : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() { runProperties(500); }

    void aFullBucketPassesItsBurstAndThenTheRate()
    {
        RateLimiterConfig c;
        c.rate = 10;
        c.burst = 3;
        RateLimiter limiter(c);
        for (int i = 0; i < 3; ++i)
            QVERIFY(isAdmitted(ProbeCall().admit(limiter, at(0))));
        const Admission refused = ProbeCall().admit(limiter, at(0));
        QCOMPARE(refused.outcome.kind, OutcomeKind::RateLimited);
        QCOMPARE(refused.outcome.retryAfterMs, 100u);
        QCOMPARE(ProbeCall().admit(limiter, at(99)).outcome.retryAfterMs, 1u);
        QVERIFY(isAdmitted(ProbeCall().admit(limiter, at(100))));
        QVERIFY(!isAdmitted(ProbeCall().admit(limiter, at(100))));
        // Idle for an hour: no more than the burst was saved up.
        for (int i = 0; i < 3; ++i)
            QVERIFY(isAdmitted(ProbeCall().admit(limiter, at(3'600'000))));
        QVERIFY(!isAdmitted(ProbeCall().admit(limiter, at(3'600'000))));
    }

    // A third of a second is no whole number of nanoseconds: the errors must not add up.
    void anUnevenRateIsExactAfterADay()
    {
        TokenBucket bucket(3, 2, Instant());
        std::int64_t lastNs = 0;
        for (int i = 0; i < 3 * 86'400; ++i) {
            lastNs += bucket.waitFor(Instant::fromNs(lastNs)).count();
            bucket.take(Instant::fromNs(lastNs));
        }
        // 259 200 calls, the first two at once: the last goes two thirds of a second before the day is over, rounded up once.
        QCOMPARE(lastNs, std::int64_t{86'400'000'000'000 - 666'666'666});
    }

    void waitingCallsGoInTurn()
    {
        RateLimiterConfig c;
        c.rate = 10;
        c.burst = 1;
        c.maxWait = 250ms;
        RateLimiter limiter(c);
        QCOMPARE(ProbeCall().admit(limiter, at(0)).kind, Admission::Kind::Admit);
        for (const int due : {100, 200}) {
            const Admission a = ProbeCall().admit(limiter, at(0));
            QCOMPARE(a.kind, Admission::Kind::AdmitAt);
            QCOMPARE(a.atNs, at(due).ns());
        }
        const Admission refused = ProbeCall().admit(limiter, at(0)); // its turn would come at 300 ms
        QCOMPARE(refused.kind, Admission::Kind::Refuse);
        QCOMPARE(refused.outcome.retryAfterMs, 50u); // then the wait is 250 ms
        QCOMPARE(ProbeCall().admit(limiter, at(50)).atNs, at(300).ns());
    }

    // Guava, RateLimiterTest.testSimple, testSimpleEarliestAvailable and testTryAcquire_someWaitAllowed: 5 per second.
    void aSmoothLimiterHasNoBurst()
    {
        RateLimiterConfig c;
        c.kind = RateLimiterKind::Smooth;
        c.rate = 5;
        c.maxWait = 10s;
        RateLimiter limiter(c);
        std::int64_t ms = 0;
        QCOMPARE(gaps(limiter, ms, 3), (std::vector<int>{0, 20, 20}));
        ms += 60'000;
        QCOMPARE(gaps(limiter, ms, 3), (std::vector<int>{0, 20, 20}));
    }

    // Guava, RateLimiterTest.testWarmUp: 2 per second, warm-up 4 s, cold factor 3.
    void aColdLimiterWarmsUpAsGuavaDoes()
    {
        RateLimiterConfig c;
        c.kind = RateLimiterKind::Smooth;
        c.rate = 2;
        c.warmUp = 4s;
        c.maxWait = 1h;
        RateLimiter limiter(c);
        const std::vector<int> cold = {0, 138, 113, 88, 63, 50, 50, 50};
        std::int64_t ms = 0;
        QCOMPARE(gaps(limiter, ms, 8), cold);
        ms += 500 + 4000; // repays the last call, then goes cold again
        QCOMPARE(gaps(limiter, ms, 8), cold);
        ms += 500 + 2000; // not cold: that would take two seconds more
        QCOMPARE(gaps(limiter, ms, 8), (std::vector<int>{0, 50, 50, 50, 50, 50, 50, 50}));
    }

    void aCycleGivesItsPermitsAtItsStart()
    {
        RateLimiterConfig c;
        c.kind = RateLimiterKind::Cycle;
        c.limitForPeriod = 2;
        c.limitRefreshPeriod = 1s;
        RateLimiter limiter(c);
        // Two sets pass within a millisecond around the edge.
        QVERIFY(isAdmitted(ProbeCall().admit(limiter, at(999))));
        QVERIFY(isAdmitted(ProbeCall().admit(limiter, at(999))));
        QCOMPARE(ProbeCall().admit(limiter, at(999)).outcome.retryAfterMs, 1u);
        QVERIFY(isAdmitted(ProbeCall().admit(limiter, at(1000))));
        QVERIFY(isAdmitted(ProbeCall().admit(limiter, at(1000))));
        QVERIFY(!isAdmitted(ProbeCall().admit(limiter, at(1001))));
    }

    // The deficit of the bucket is an M/D/1 workload with limited room: exact values, four standard errors.
    void poissonCallsAreRefusedAsTheQueueingFormulaSays_data()
    {
        QTest::addColumn<double>("rate");
        QTest::addColumn<int>("depth");
        QTest::addColumn<int>("calls");
        QTest::addColumn<double>("expected");
        QTest::addColumn<double>("tolerance");
        QTest::newRow("OV-TB-1") << 90.0 << 5 << 2'000'000 << 0.06436189719 << 0.0013;
        QTest::newRow("OV-TB-2") << 120.0 << 5 << 1'000'000 << 0.1991466933 << 0.0025;
        QTest::newRow("OV-TB-3") << 100.0 << 1 << 1'000'000 << 0.5 << 0.0012;
    }
    void poissonCallsAreRefusedAsTheQueueingFormulaSays()
    {
        QFETCH(double, rate);
        QFETCH(int, depth);
        QFETCH(int, calls);
        QFETCH(double, expected);
        QFETCH(double, tolerance);
        const double share = refusedShare(rate, depth, calls);
        QVERIFY2(std::abs(share - expected) <= tolerance, qPrintable(QString::number(share)));
    }

    // OV-TB-DET-1, exact rational arithmetic: 40 tokens/s, depth 20, a call every 10 ms.
    void evenCallsAreRefusedAsArithmeticSays()
    {
        RateLimiterConfig c;
        c.rate = 40;
        c.burst = 20;
        RateLimiter limiter(c);
        int admitted = 0;
        int firstRefused = -1;
        for (int i = 0; i < 1000; ++i) {
            if (isAdmitted(ProbeCall().admit(limiter, at(10 * i))))
                ++admitted;
            else if (firstRefused < 0)
                firstRefused = i;
        }
        QCOMPARE(admitted, 419);
        QCOMPARE(firstRefused, 32);
    }

    void neverMoreThanTheBurstAndTheRate()
    {
        QVERIFY(rc::check("calls that go in any span are at most burst + rate * span, and each wait is as short as can be", [] {
            RateLimiterConfig c;
            const int rate = *rc::gen::inRange(1, 2000);
            c.rate = rate;
            c.burst = *rc::gen::inRange(1, 20);
            c.maxWait = std::chrono::milliseconds(*rc::gen::element(0, 1, 50, 1000));
            RateLimiter limiter(c);
            std::vector<std::int64_t> gone;
            std::int64_t ns = 0;
            for (const int stepUs : *rc::gen::container<std::vector<int>>(*rc::gen::inRange(0, 200), rc::gen::inRange(0, 5000))) {
                ns += std::int64_t{stepUs} * 1000;
                const Admission a = ProbeCall().admit(limiter, Instant::fromNs(ns));
                if (a.kind == Admission::Kind::Refuse) {
                    RC_ASSERT(a.outcome.retryAfterMs > 0);
                    continue;
                }
                const std::int64_t when = a.kind == Admission::Kind::AdmitAt ? a.atNs : ns;
                RC_ASSERT(when - ns <= c.maxWait.count());
                RC_ASSERT((gone.empty() || when >= gone.back())); // the macro alone would evaluate both sides
                gone.push_back(when);
            }
            for (std::size_t i = 0; i < gone.size(); ++i)
                for (std::size_t j = i; j < gone.size(); ++j) {
                    const auto calls = static_cast<Wide>(j - i + 1);
                    // Turns are rounded up to whole nanoseconds, so that a span can be short by one.
                    const Wide span = gone[j] - gone[i] + 1;
                    const Wide allowed = static_cast<Wide>(*c.burst) * 1'000'000'000 + span * rate;
                    RC_ASSERT(calls * 1'000'000'000 <= allowed);
                }
        }));
    }

    void newSettingsKeepTheTokens()
    {
        RateLimiterConfig c;
        c.rate = 10;
        c.burst = 5;
        RateLimiter limiter(c);
        for (int i = 0; i < 5; ++i)
            QVERIFY(isAdmitted(ProbeCall().admit(limiter, at(0))));
        c.rate = 1000;
        limiter.reconfigure(at(50), &c); // half a token has come in
        QVERIFY(!isAdmitted(ProbeCall().admit(limiter, at(50))));
        QVERIFY(isAdmitted(ProbeCall().admit(limiter, Instant(50'500us))));
        c.kind = RateLimiterKind::Cycle;
        limiter.reconfigure(at(60), &c);
        QVERIFY(isAdmitted(ProbeCall().admit(limiter, at(60))));
    }

    void aSettingOfAnotherKindIsAConflict()
    {
        RateLimiterConfig c;
        c.limitForPeriod = 5;
        QCOMPARE(rateLimiterSchema().conflict(&c),
                 std::string("limit_for_period has no meaning with kind: token_bucket; it belongs to kind: cycle"));
        c = {.kind = RateLimiterKind::Cycle, .rate = 5.0};
        QCOMPARE(rateLimiterSchema().conflict(&c),
                 std::string("rate has no meaning with kind: cycle; it belongs to kind: token_bucket or smooth"));
    }
};

QTEST_GUILESS_MAIN(TestRateLimiter)
#include "tst_rate_limiter.moc"
