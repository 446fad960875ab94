// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/policies/hedge.h"
#include "tests/support/policy_probe.h"
#include "tests/support/property_runs.h"

#include <QObject>
#include <QTest>
#include <algorithm>
#include <cmath>
#include <rapidcheck.h>

using namespace halfopen;
using namespace halfopen::test;
using namespace std::chrono_literals;

namespace {

constexpr Outcome kOk{.kind = OutcomeKind::Success};
constexpr Outcome kBad{.kind = OutcomeKind::Error};

HedgeConfig after(Duration delay)
{
    HedgeConfig c;
    c.delay = delay;
    return c;
}

/// 400 000 calls whose copies draw their latency from \a latencyOf(uniform), no queueing.
struct Experiment {
    double extra = 0;
    std::vector<double> seconds; ///< sorted
    double at(double p) const { return seconds[static_cast<std::size_t>(std::ceil(p * static_cast<double>(seconds.size()))) - 1]; }
};
template <typename LatencyOf> Experiment experiment(const HedgeConfig &config, LatencyOf latencyOf)
{
    constexpr std::uint64_t kCalls = 400'000;
    Hedge hedge(config);
    const RandomStream stream(4, "latency");
    Experiment result;
    std::uint64_t copies = 0;
    for (std::uint64_t i = 0; i < kCalls; ++i) {
        const auto draw = [&](std::uint32_t copy) {
            return Duration(std::llround(1e9 * latencyOf((static_cast<double>(stream.draw(i, copy) >> 11) + 0.5) * 0x1p-53)));
        };
        const Instant begin = Instant(std::chrono::seconds(i));
        ProbeCall call(i);
        const Admission a = call.admit(hedge, begin);
        Duration answer = draw(0);
        if (a.kind == Admission::Kind::AdmitWithDeadline && begin + answer > Instant::fromNs(a.atNs)) {
            const Instant hedged = Instant::fromNs(a.atNs);
            if (call.deadline(hedge, hedged).kind != Verdict::Kind::StartAnother)
                qFatal("a copy was due");
            ++copies;
            answer = std::min(answer, hedged - begin + draw(1));
        }
        if (call.end(hedge, begin + answer, kOk).kind != Verdict::Kind::Keep)
            qFatal("a good answer ends the race");
        result.seconds.push_back(toSeconds(answer));
    }
    std::sort(result.seconds.begin(), result.seconds.end());
    result.extra = static_cast<double>(copies) / kCalls;
    return result;
}

double exponential(double u)
{
    return -0.01 * std::log(u);
}
double pareto(double u)
{
    return 0.002 * std::pow(u, -1 / 1.5);
}

} // namespace

class TestHedge : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() { runProperties(500); }

    void aCopyLeavesAfterTheDelayAndAGoodAnswerEndsTheRace()
    {
        Hedge hedge(after(50ms));
        ProbeCall call;
        const Admission a = call.admit(hedge, at(0));
        QCOMPARE(a.kind, Admission::Kind::AdmitWithDeadline);
        QCOMPARE(a.atNs, at(50).ns());
        const Verdict copy = call.deadline(hedge, at(50));
        QCOMPARE(copy.kind, Verdict::Kind::StartAnother);
        QCOMPARE(copy.atNs, Instant::never().ns()); // max_hedges 1
        QCOMPARE(call.end(hedge, at(60), kOk).kind, Verdict::Kind::Keep);
    }

    void copiesLeaveOneAfterTheOther()
    {
        HedgeConfig c = after(50ms);
        c.maxHedges = 3;
        Hedge hedge(c);
        ProbeCall call;
        static_cast<void>(call.admit(hedge, at(0)));
        QCOMPARE(call.deadline(hedge, at(50)).atNs, at(100).ns());
        QCOMPARE(call.deadline(hedge, at(100)).atNs, at(150).ns());
        QCOMPARE(call.deadline(hedge, at(150)).atNs, Instant::never().ns());
    }

    void aFailureWaitsForTheOthersAndTheLastOneGoesOut()
    {
        Hedge hedge(after(50ms));
        ProbeCall call;
        static_cast<void>(call.admit(hedge, at(0)));
        static_cast<void>(call.deadline(hedge, at(50)));
        QCOMPARE(call.end(hedge, at(60), kBad).kind, Verdict::Kind::AwaitOthers);
        QCOMPARE(call.end(hedge, at(70), kBad).kind, Verdict::Kind::Keep);
        ProbeCall early(1); // fails before any copy left: that is for a retry
        static_cast<void>(early.admit(hedge, at(100)));
        QCOMPARE(early.end(hedge, at(110), kBad).kind, Verdict::Kind::Keep);
        HedgeConfig c = after(50ms);
        c.waitOn = {"timeout"};
        hedge.reconfigure(at(200), &c);
        ProbeCall answered(2); // an error is an answer now
        static_cast<void>(answered.admit(hedge, at(200)));
        static_cast<void>(answered.deadline(hedge, at(250)));
        QCOMPARE(answered.end(hedge, at(260), kBad).kind, Verdict::Kind::Keep);
    }

    // HG-EXP-1, HG-PAR-1: survival with a hedge at d is S(t) S(t - d) from d on.
    void theTailIsCutAsTheFormulaSays()
    {
        const Experiment e = experiment(after(Duration(29'957'323)), exponential);
        QVERIFY2(std::abs(e.extra - 0.05) <= 0.0014, qPrintable(QString::number(e.extra)));
        QVERIFY(std::abs(e.at(0.5) - 0.006931471806) <= 6.4e-5);
        QVERIFY2(std::abs(e.at(0.99) - 0.0380045123) <= 0.00032, qPrintable(QString::number(e.at(0.99))));
        QVERIFY(std::abs(e.at(0.999) - 0.04951743776) <= 0.001);
        const Experiment p = experiment(after(Duration(14'736'126)), pareto);
        QVERIFY(std::abs(p.extra - 0.05) <= 0.0014);
        QVERIFY(std::abs(p.at(0.99) - 0.01921988733) <= 0.00016);
        QVERIFY(std::abs(p.at(0.999) - 0.0286821042) <= 0.0013);
    }

    // Hedging at the p95 it measures itself copies about one call in twenty: a little more, because a delay that was measured too
    // low cuts the latencies above it, and so keeps itself low. (p99 between that of a delay at p94 and of one at p95.)
    void aMeasuredPercentileCopiesItsShare()
    {
        HedgeConfig c;
        c.percentile = 0.95;
        const Experiment e = experiment(c, exponential);
        QVERIFY2(e.extra > 0.05 && e.extra < 0.055, qPrintable(QString::number(e.extra)));
        QVERIFY2(std::abs(e.at(0.99) - 0.0380045123) < 0.001, qPrintable(QString::number(e.at(0.99))));
    }

    void thePercentileIsBelievedAfterEnoughCalls()
    {
        HedgeConfig c;
        c.minimumCalls = 10;
        Hedge hedge(c);
        for (int i = 0; i < 10; ++i) {
            QVERIFY(!hedge.delay());
            ProbeCall call;
            QCOMPARE(call.admit(hedge, at(i * 100)).kind, Admission::Kind::Admit);
            static_cast<void>(call.end(hedge, at(i * 100 + 20), kOk));
        }
        QVERIFY(hedge.delay());
        QVERIFY(std::abs(toMilliseconds(*hedge.delay()) - 20) <= 0.16);
        c.minDelay = 30ms;
        hedge.reconfigure(at(2000), &c);
        QCOMPARE(*hedge.delay(), Duration(30ms));
    }

    void aCallerWhoLeftLateCountsAsASlowCall()
    {
        HedgeConfig c;
        c.minimumCalls = 10;
        Hedge hedge(c);
        const auto callOf = [&](std::int64_t ms, bool isCancelled) {
            ProbeCall call;
            static_cast<void>(call.admit(hedge, at(0)));
            if (isCancelled)
                call.cancel(hedge, at(ms));
            else
                static_cast<void>(call.end(hedge, at(ms), kOk));
        };
        for (int i = 0; i < 1000; ++i)
            callOf(20, false);
        QVERIFY(toMilliseconds(*hedge.delay()) < 21);
        for (int i = 0; i < 1000; ++i)
            callOf(5, true); // left before the delay: says nothing
        for (int i = 0; i < 1000; ++i)
            callOf(500, true);
        QVERIFY(toMilliseconds(*hedge.delay()) >= 500);
    }

    void theBudgetLimitsTheCopies()
    {
        HedgeConfig c = after(10ms);
        c.budget = 0.1;
        Hedge hedge(c);
        int copies = 0;
        for (int i = 0; i < 1000; ++i) { // every call is slow
            ProbeCall call(static_cast<std::uint64_t>(i));
            const Instant begin = at(i);
            if (call.admit(hedge, begin).kind == Admission::Kind::AdmitWithDeadline) {
                ++copies;
                static_cast<void>(call.deadline(hedge, begin));
            }
            static_cast<void>(call.end(hedge, begin, kOk));
        }
        QCOMPARE(copies, 103); // a tenth, and the reserve of 3
    }

    void theRaceAlwaysEnds()
    {
        QVERIFY(rc::check("every copy but the last may be awaited, never more", [] {
            HedgeConfig c = after(10ms);
            c.maxHedges = *rc::gen::inRange(0, 5);
            Hedge hedge(c);
            ProbeCall call;
            std::int64_t due = call.admit(hedge, at(0)).kind == Admission::Kind::AdmitWithDeadline ? 10 : -1;
            int running = 1;
            int started = 1;
            for (std::int64_t ms = 0; running > 0; ++ms) {
                if (ms == due) {
                    const Verdict v = call.deadline(hedge, at(ms));
                    RC_ASSERT(v.kind == Verdict::Kind::StartAnother);
                    ++running;
                    ++started;
                    due = v.atNs == Instant::never().ns() ? -1 : v.atNs / 1'000'000;
                } else if (*rc::gen::inRange(0, 8) == 0) {
                    const bool good = *rc::gen::inRange(0, 4) == 0;
                    const Verdict v = call.end(hedge, at(ms), good ? kOk : kBad);
                    --running;
                    if (good || running == 0) {
                        RC_ASSERT(v.kind == Verdict::Kind::Keep);
                        break;
                    }
                    RC_ASSERT(v.kind == Verdict::Kind::AwaitOthers);
                }
            }
            RC_ASSERT(started <= 1 + c.maxHedges);
        }));
    }
};

QTEST_GUILESS_MAIN(TestHedge)
#include "tst_hedge.moc"
