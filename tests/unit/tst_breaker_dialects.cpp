// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The worked examples of the libraries' documentation, source and issues. Those of resilience4j and gobreaker are in tst_dialects.
#include "core/policies/circuit_breaker.h"
#include "core/policies/dialects/failsafe_circuit_breaker.h"
#include "core/policies/dialects/gobreaker_circuit_breaker.h"
#include "core/policies/dialects/hystrix_circuit_breaker.h"
#include "core/policies/dialects/microprofile_circuit_breaker.h"
#include "core/policies/dialects/polly_circuit_breaker.h"
#include "core/policies/dialects/resilience4j_circuit_breaker.h"
#include "core/policies/dialects/sentinel_circuit_breaker.h"
#include "core/policies/lazy_window.h"
#include "tests/support/breaker_calls.h"

#include <QObject>
#include <QTest>
#include <memory>
#include <utility>
#include <vector>

using namespace halfopen;
using namespace halfopen::test;
using namespace std::chrono_literals;

namespace {

constexpr Outcome kOk{.kind = OutcomeKind::Success};
constexpr Outcome kBad{.kind = OutcomeKind::Error};

BreakerState stateAt(const Breaker &breaker, std::int64_t ms)
{
    return breaker.snapshot(at(ms)).state;
}

PollyBreakerConfig smallPolly()
{
    PollyBreakerConfig c;
    c.failureRatio = 0.5;
    c.minimumThroughput = 4;
    return c;
}

/// \a calls calls at 0 ms, of which the first \a failures fail.
void send(Breaker &breaker, int calls, int failures, std::int64_t ms = 0)
{
    for (int i = 0; i < calls; ++i) {
        ProbeCall call(static_cast<std::uint64_t>(i));
        static_cast<void>(call.admit(breaker, at(ms)));
        static_cast<void>(call.end(breaker, at(ms), i < failures ? kBad : kOk));
    }
}

} // namespace

class TestBreakerDialects : public QObject {
    Q_OBJECT
private slots:
    // ---- Polly ----

    void pollyIsJudgedByFailuresOnly()
    {
        PollyCircuitBreaker first(smallPolly());
        QCOMPARE(callsUntilChange(first, "SSFF"), 4);
        PollyCircuitBreaker second(smallPolly());
        QCOMPARE(callsUntilChange(second, "FFSS"), 0); // half failed, but the fourth is a success
        QCOMPARE(callsUntilChange(second, "F", 10), 1);
        QCOMPARE(describe(eventsOf(second).at(0).reason),
                 std::string("failure rate 60 % of 5 calls reached the threshold of 50 %; decided by call 0 (error)"));
    }

    void pollyEndsTheBreakAtExactlyItsEndAndSaysWhen()
    {
        PollyCircuitBreaker breaker(smallPolly());
        QCOMPARE(callsUntilChange(breaker, "FFFF"), 4); // opens at 3 ms
        const Admission refused = ProbeCall().admit(breaker, at(1'000));
        QCOMPARE(refused.kind, Admission::Kind::Refuse);
        QCOMPARE(refused.outcome.retryAfterMs, 4'003u);
        QVERIFY(!letsThrough(breaker, 5'002));
        QVERIFY(letsThrough(breaker, 5'003));
        QVERIFY(!letsThrough(breaker, 1'000'000)); // a trial that hangs
        QCOMPARE(stateAt(breaker, 1'000'000), BreakerState::HalfOpen);
    }

    void pollyVersionsDifferInAnUnhandledOutcome_data()
    {
        QTest::addColumn<int>("version");
        QTest::addColumn<int>("state");
        QTest::addColumn<bool>("oneMoreAfterABreak");
        QTest::newRow("8.4") << int(PollyVersion::V8_4) << int(BreakerState::Closed) << true;
        QTest::newRow("8.0") << int(PollyVersion::V8_0) << int(BreakerState::HalfOpen) << false;
        QTest::newRow("7") << int(PollyVersion::V7) << int(BreakerState::HalfOpen) << true;
    }
    void pollyVersionsDifferInAnUnhandledOutcome()
    {
        QFETCH(int, version);
        QFETCH(int, state);
        QFETCH(bool, oneMoreAfterABreak);
        PollyBreakerConfig c = smallPolly();
        c.version = static_cast<PollyVersion>(version);
        c.shouldHandle = {"error"};
        PollyCircuitBreaker breaker(c);
        QCOMPARE(callsUntilChange(breaker, "FFFF"), 4);
        ProbeCall trial;
        QVERIFY(isAdmitted(trial.admit(breaker, at(6'000))));
        static_cast<void>(trial.end(breaker, at(6'001), {.kind = OutcomeKind::Timeout}));
        QCOMPARE(int(stateAt(breaker, 6'001)), state);
        if (state == int(BreakerState::HalfOpen))
            QVERIFY(!letsThrough(breaker, 10'999));
        QCOMPARE(letsThrough(breaker, 11'000), oneMoreAfterABreak);
    }

    void pollyLetsALateResultDecide_data()
    {
        QTest::addColumn<bool>("good");
        QTest::newRow("success") << true;
        QTest::newRow("failure") << false;
    }
    void pollyLetsALateResultDecide()
    {
        QFETCH(bool, good);
        PollyCircuitBreaker breaker(smallPolly());
        ProbeCall early(100);
        static_cast<void>(early.admit(breaker, at(0)));
        QCOMPARE(callsUntilChange(breaker, "FFFF"), 4);
        QVERIFY(letsThrough(breaker, 6'000)); // the trial, still under way
        static_cast<void>(early.end(breaker, at(6'100), good ? kOk : kBad));
        QCOMPARE(stateAt(breaker, 6'100), good ? BreakerState::Closed : BreakerState::Open);
    }

    void pollyBreaksCanGrow()
    {
        PollyBreakerConfig c = smallPolly();
        c.generator = {.multiplier = 2, .max = 15s};
        PollyCircuitBreaker breaker(c);
        std::int64_t ms = 3;
        QCOMPARE(callsUntilChange(breaker, "FFFF"), 4);
        for (const std::int64_t breakMs : {5'000, 10'000, 15'000, 15'000}) {
            QCOMPARE(*breaker.snapshot(at(ms)).nextTrialAt, at(ms + breakMs));
            ms += breakMs;
            QCOMPARE(callsUntilChange(breaker, "F", ms), 1);
        }
    }

    void pollysWindowBeginsItsPartsLazily()
    {
        LazyWindow window(1s, 10);
        window.record(at(5), true);     // a part from 5 to 105
        window.record(at(104), false);  // in it
        window.record(at(150), true);   // a part from 150
        QCOMPARE(window.counts(), (WindowCounts{3, 2, 0}));
        QCOMPARE(window.countsAt(at(1'004)), (WindowCounts{3, 2, 0}));
        QCOMPARE(window.countsAt(at(1'005)), (WindowCounts{1, 1, 0})); // the first part is a second old
        window.advance(at(1'149));
        QCOMPARE(window.counts(), (WindowCounts{1, 1, 0}));
        window.record(at(1'150), true);
        QCOMPARE(window.counts(), (WindowCounts{1, 1, 0}));
    }

    // ---- failsafe ----

    void failsafeDoesNotWaitForTheWholeCapacity()
    {
        FailsafeBreakerConfig c;
        c.failureThreshold = 3;
        c.failureThresholdingCapacity = 10;
        FailsafeCircuitBreaker breaker(c);
        QCOMPARE(callsUntilChange(breaker, "FFF"), 3);
    }

    void failsafeLooksAtTheLastCalls_data()
    {
        QTest::addColumn<QString>("calls");
        QTest::addColumn<int>("opensAt");
        QTest::newRow("three of five") << "FSFSF" << 5;
        QTest::newRow("the oldest is gone") << "FSSSFF" << 0;
    }
    void failsafeLooksAtTheLastCalls()
    {
        QFETCH(QString, calls);
        QFETCH(int, opensAt);
        FailsafeBreakerConfig c;
        c.failureThreshold = 3;
        c.failureThresholdingCapacity = 5;
        FailsafeCircuitBreaker breaker(c);
        QCOMPARE(callsUntilChange(breaker, calls.toStdString()), opensAt);
    }

    void failsafeDefaultsOpenAndCloseAtOnce()
    {
        FailsafeCircuitBreaker breaker({});
        QCOMPARE(callsUntilChange(breaker, "F"), 1);
        QVERIFY(!letsThrough(breaker, 59'999));
        QCOMPARE(callsUntilChange(breaker, "S", 60'000), -1 + 2); // HALF_OPEN by the call, then CLOSED by its end
        QCOMPARE(stateAt(breaker, 60'000), BreakerState::Closed);
    }

    /// 1 of 3 is 33 % after rounding: 0.33 in go, 33 in java.
    void failsafeRoundsRates_data()
    {
        QTest::addColumn<double>("threshold");
        QTest::addColumn<int>("implementation");
        QTest::addColumn<bool>("opens");
        QTest::newRow("go 33%") << 0.33 << int(FailsafeImplementation::Go) << true;
        QTest::newRow("go 33.3%") << 0.333 << int(FailsafeImplementation::Go) << false;
        QTest::newRow("java 33.3%") << 0.333 << int(FailsafeImplementation::Java) << true;
        QTest::newRow("java 34%") << 0.34 << int(FailsafeImplementation::Java) << false;
    }
    void failsafeRoundsRates()
    {
        QFETCH(double, threshold);
        QFETCH(int, implementation);
        QFETCH(bool, opens);
        FailsafeBreakerConfig c;
        c.failureThresholdingPeriod = 10s;
        c.failureExecutionThreshold = 3;
        c.failureRateThreshold = threshold;
        c.implementation = static_cast<FailsafeImplementation>(implementation);
        FailsafeCircuitBreaker breaker(c);
        QCOMPARE(callsUntilChange(breaker, "SSF"), opens ? 3 : 0);
    }

    void failsafeDecidesTrialsEarly_data()
    {
        QTest::addColumn<QString>("trials");
        QTest::addColumn<int>("decidedAt");
        QTest::addColumn<bool>("closes");
        QTest::newRow("two of three well") << "FSS" << 3 << true;
        QTest::newRow("two in a row") << "SS" << 2 << true;
        QTest::newRow("can no longer be reached") << "FF" << 2 << false;
        QTest::newRow("late failure") << "FSF" << 3 << false;
    }
    void failsafeDecidesTrialsEarly()
    {
        QFETCH(QString, trials);
        QFETCH(int, decidedAt);
        QFETCH(bool, closes);
        FailsafeBreakerConfig c;
        c.successThreshold = 2;
        c.successThresholdingCapacity = 3;
        FailsafeCircuitBreaker breaker(c);
        QCOMPARE(callsUntilChange(breaker, "F"), 1);
        ProbeCall first(1);
        QVERIFY(isAdmitted(first.admit(breaker, at(60'000)))); // moves to HALF_OPEN
        first.cancel(breaker, at(60'000));                     // a cancelled call is a failure, so begin anew
        breaker.force(at(60'000), BreakerState::HalfOpen);
        QCOMPARE(callsUntilChange(breaker, trials.toStdString(), 60'000), decidedAt);
        QCOMPARE(stateAt(breaker, 60'010), closes ? BreakerState::Closed : BreakerState::Open);
    }

    /// As Breaker::force() promises. Each step is one that resilience4j takes; it refuses others, as from CLOSED to HALF_OPEN.
    void everyDialectCanBeSetByHand()
    {
        std::vector<std::pair<std::string, std::unique_ptr<Breaker>>> breakers;
        breakers.emplace_back("halfopen", std::make_unique<CircuitBreaker>(CircuitBreakerConfig{}));
        breakers.emplace_back("failsafe", std::make_unique<FailsafeCircuitBreaker>(FailsafeBreakerConfig{}));
        breakers.emplace_back("gobreaker", std::make_unique<GobreakerCircuitBreaker>(GobreakerConfig{}));
        breakers.emplace_back("hystrix", std::make_unique<HystrixCircuitBreaker>(HystrixConfig{}));
        breakers.emplace_back("microprofile", std::make_unique<MicroprofileCircuitBreaker>(MicroprofileConfig{}));
        breakers.emplace_back("polly", std::make_unique<PollyCircuitBreaker>(PollyBreakerConfig{}));
        breakers.emplace_back("resilience4j", std::make_unique<Resilience4jCircuitBreaker>(Resilience4jBreakerConfig{}));
        breakers.emplace_back("sentinel", std::make_unique<SentinelCircuitBreaker>(SentinelConfig{}));
        for (const auto &[name, breaker] : breakers)
            for (const BreakerState state : {BreakerState::Open, BreakerState::HalfOpen, BreakerState::Disabled, BreakerState::ForcedOpen,
                                             BreakerState::MetricsOnly, BreakerState::Closed}) {
                const bool isOfAll = state == BreakerState::Closed || state == BreakerState::Open || state == BreakerState::HalfOpen;
                const bool isTaken = isOfAll || name == "halfopen" || name == "resilience4j" || (name != "gobreaker" && state != BreakerState::MetricsOnly);
                const BreakerState before = stateAt(*breaker, 1000);
                QVERIFY2(breaker->force(at(1000), state) == isTaken, name.c_str());
                QVERIFY2(stateAt(*breaker, 1000) == (isTaken ? state : before), name.c_str());
                ProbeCall call(1);
                if (isTaken && (state == BreakerState::Disabled || state == BreakerState::ForcedOpen)) // at any time
                    QVERIFY2(isAdmitted(call.admit(*breaker, at(1'000'000))) == (state == BreakerState::Disabled), name.c_str());
            }
    }

    void failsafeLimitsTrialsInFlightAndALateResultAddsOne()
    {
        FailsafeBreakerConfig c;
        c.successThreshold = 5;
        FailsafeCircuitBreaker breaker(c);
        ProbeCall early(9);
        static_cast<void>(early.admit(breaker, at(0)));
        QCOMPARE(callsUntilChange(breaker, "F"), 1);
        std::vector<ProbeCall> trials(5);
        for (ProbeCall &trial : trials)
            QVERIFY(isAdmitted(trial.admit(breaker, at(60'000))));
        QVERIFY(!letsThrough(breaker, 60'000));
        static_cast<void>(trials[0].end(breaker, at(60'001), kOk));
        QVERIFY(letsThrough(breaker, 60'001)); // a result gives one back
        QVERIFY(!letsThrough(breaker, 60'001));
        static_cast<void>(early.end(breaker, at(60'002), kOk));
        QVERIFY(letsThrough(breaker, 60'002)); // also a late one: six in flight
        QCOMPARE(breaker.snapshot(at(60'002)).trialsInFlight, 6u);
    }

    // ---- Hystrix ----

    void hystrixIsJudgedByItsTimer()
    {
        HystrixCircuitBreaker breaker({});
        QCOMPARE(breaker.nextTimer(), Instant::never());
        send(breaker, 20, 10, 100);
        QCOMPARE(stateAt(breaker, 499), BreakerState::Closed);
        QCOMPARE(breaker.nextTimer(), at(500));
        breaker.handleTimer(at(499)); // early: changes nothing
        QCOMPARE(stateAt(breaker, 499), BreakerState::Closed);
        breaker.handleTimer(at(500));
        QCOMPARE(stateAt(breaker, 500), BreakerState::Open);
        QCOMPARE(breaker.nextTimer(), Instant::never());
        QCOMPARE(describe(eventsOf(breaker).at(0).reason),
                 std::string("failure rate 50 % of 20 calls reached the threshold of 50 %"));
    }

    void hystrixCutsThePercentage_data()
    {
        QTest::addColumn<int>("calls");
        QTest::addColumn<int>("failures");
        QTest::addColumn<bool>("opens");
        QTest::newRow("9 of 20: 45 %") << 20 << 9 << false;
        QTest::newRow("199 of 400: 49.75 %, cut to 49") << 400 << 199 << false;
        QTest::newRow("200 of 400") << 400 << 200 << true;
        QTest::newRow("19 calls are too few") << 19 << 19 << false;
    }
    void hystrixCutsThePercentage()
    {
        QFETCH(int, calls);
        QFETCH(int, failures);
        QFETCH(bool, opens);
        HystrixCircuitBreaker breaker({});
        send(breaker, calls, failures);
        breaker.handleTimer(at(500));
        QCOMPARE(stateAt(breaker, 500), opens ? BreakerState::Open : BreakerState::Closed);
    }

    void hystrixForgetsAfterItsWindow()
    {
        HystrixCircuitBreaker breaker({});
        send(breaker, 19, 19, 100);
        breaker.handleTimer(at(500));
        send(breaker, 1, 1, 10'400); // the 19 count until the snapshot at 10.0 s
        breaker.handleTimer(at(10'500));
        QCOMPARE(stateAt(breaker, 10'500), BreakerState::Closed);
        QCOMPARE(breaker.snapshot(at(10'500)).window.calls, 1u);
    }

    void hystrixSleepsStrictlyLongerThanItsWindow()
    {
        HystrixCircuitBreaker breaker({});
        send(breaker, 20, 20);
        breaker.handleTimer(at(500));
        QVERIFY(!letsThrough(breaker, 5'500));
        ProbeCall trial;
        QVERIFY(isAdmitted(trial.admit(breaker, at(5'501))));
        QVERIFY(!letsThrough(breaker, 5'501));
        trial.cancel(breaker, at(5'600)); // a trial that is cancelled opens it again, for a new sleep window
        QCOMPARE(stateAt(breaker, 5'600), BreakerState::Open);
        QVERIFY(!letsThrough(breaker, 10'600));
        QCOMPARE(callsUntilChange(breaker, "S", 10'601), 1);
        QCOMPARE(breaker.snapshot(at(10'601)).window.calls, 0u); // closed with an empty window
    }

    void hystrixWithoutATimerDecidesTheSameAtTheNextCall()
    {
        HystrixCircuitBreaker breaker({});
        send(breaker, 20, 20, 100);
        QVERIFY(!letsThrough(breaker, 700));
        QCOMPARE(*breaker.snapshot(at(700)).nextTrialAt, at(5'501)); // from the snapshot at 500 ms on
    }

    void hystrixCountsRefusalsFurtherInAndItsTimeout()
    {
        HystrixCircuitBreaker breaker({});
        for (int i = 0; i < 20; ++i) {
            ProbeCall call;
            const Admission a = call.admit(breaker, at(0));
            QCOMPARE(a.kind, Admission::Kind::AdmitWithDeadline);
            QCOMPARE(Instant::fromNs(a.atNs), at(1'000));
            if (i % 2 == 0)
                static_cast<void>(call.end(breaker, at(0), {.kind = OutcomeKind::BulkheadFull}));
            else
                QCOMPARE(call.deadline(breaker, at(1'000)).outcome.kind, OutcomeKind::Timeout);
        }
        breaker.handleTimer(at(1'500));
        QCOMPARE(stateAt(breaker, 1'500), BreakerState::Open);
    }

    void hystrixCanLeaveTheVerdictToTheTrial_data()
    {
        QTest::addColumn<bool>("lateResultsDecide");
        QTest::newRow("first to end") << true;
        QTest::newRow("the trial") << false;
    }
    void hystrixCanLeaveTheVerdictToTheTrial()
    {
        QFETCH(bool, lateResultsDecide);
        HystrixConfig c;
        c.lateResultsDecide = lateResultsDecide;
        HystrixCircuitBreaker breaker(c);
        ProbeCall early(7);
        static_cast<void>(early.admit(breaker, at(0)));
        send(breaker, 20, 20);
        breaker.handleTimer(at(500));
        QVERIFY(letsThrough(breaker, 5'501));
        static_cast<void>(early.end(breaker, at(5'502), kOk));
        QCOMPARE(stateAt(breaker, 5'502), lateResultsDecide ? BreakerState::Closed : BreakerState::HalfOpen);
    }

    // ---- Sentinel ----

    void sentinelComparesStrictly_data()
    {
        QTest::addColumn<double>("count");
        QTest::addColumn<QString>("calls");
        QTest::addColumn<int>("opensAt");
        QTest::newRow("half is not more than half") << 0.5 << "FFSS" << 0;
        QTest::newRow("three of four") << 0.5 << "FFFS" << 4;
        QTest::newRow("1 is never exceeded") << 1.0 << "FFFFFFFFFFFF" << 0;
    }
    void sentinelComparesStrictly()
    {
        QFETCH(double, count);
        QFETCH(QString, calls);
        QFETCH(int, opensAt);
        SentinelConfig c;
        c.count = count;
        c.minRequestAmount = 4;
        SentinelCircuitBreaker breaker(c);
        QCOMPARE(callsUntilChange(breaker, calls.toStdString()), opensAt);
    }

    void sentinelCountsErrors()
    {
        SentinelConfig c;
        c.grade = SentinelGrade::ErrorCount;
        c.count = 2;
        c.minRequestAmount = 1;
        SentinelCircuitBreaker breaker(c);
        QCOMPARE(callsUntilChange(breaker, "FFF"), 3); // more than 2
    }

    void sentinelForgetsAtTheEdgeOfItsBucket()
    {
        SentinelConfig c;
        c.minRequestAmount = 4;
        SentinelCircuitBreaker breaker(c);
        QCOMPARE(callsUntilChange(breaker, "FFFFFF", 997), 0); // three in this second, three in the next
        QCOMPARE(breaker.snapshot(at(1'002)).window.calls, 3u);
        QCOMPARE(callsUntilChange(breaker, "F", 1'003), 1);
    }

    void sentinelSlowRatioOfOneIsReached()
    {
        SentinelConfig c;
        c.grade = SentinelGrade::SlowRequestRatio;
        c.count = 50; // ms
        c.minRequestAmount = 2;
        const auto opensAfter = [&c](std::int64_t firstMs, std::int64_t secondMs) {
            SentinelCircuitBreaker breaker(c);
            ProbeCall first(1);
            ProbeCall second(2);
            static_cast<void>(first.admit(breaker, at(0)));
            static_cast<void>(second.admit(breaker, at(0)));
            static_cast<void>(first.end(breaker, at(firstMs), kBad)); // errors are not looked at
            static_cast<void>(second.end(breaker, at(secondMs), kOk));
            return stateAt(breaker, secondMs) == BreakerState::Open;
        };
        QVERIFY(opensAfter(51, 60));
        QVERIFY(!opensAfter(50, 60)); // 50 ms is not more than 50 ms
        c.slowRatioThreshold = 0.5;
        QVERIFY(!opensAfter(50, 60)); // one half is not more than one half
        c.slowRatioThreshold = 0.4;
        QVERIFY(opensAfter(50, 60));
    }

    void sentinelTriesAgainAtOnceWhenATrialWasRefusedFurtherIn()
    {
        SentinelConfig c;
        c.minRequestAmount = 1;
        SentinelCircuitBreaker breaker(c);
        QCOMPARE(callsUntilChange(breaker, "F"), 1);
        QVERIFY(!letsThrough(breaker, 9'999));
        ProbeCall trial(1);
        QVERIFY(isAdmitted(trial.admit(breaker, at(10'000))));
        QVERIFY(!letsThrough(breaker, 10'000));
        static_cast<void>(trial.end(breaker, at(10'000), {.kind = OutcomeKind::BulkheadFull}));
        QCOMPARE(stateAt(breaker, 10'000), BreakerState::Open);
        QCOMPARE(callsUntilChange(breaker, "S", 10'000), 1);
        QCOMPARE(stateAt(breaker, 10'000), BreakerState::Closed);
    }

    // ---- MicroProfile ----

    void microprofileWaitsForAFullWindow_data()
    {
        QTest::addColumn<QString>("calls");
        QTest::addColumn<int>("opensAt");
        QTest::newRow("the specification's first") << "SFSSF" << 5;
        QTest::newRow("the specification's second") << "SFFS" << 4;
        QTest::newRow("three are too few") << "FFF" << 0;
    }
    void microprofileWaitsForAFullWindow()
    {
        QFETCH(QString, calls);
        QFETCH(int, opensAt);
        MicroprofileConfig c;
        c.requestVolumeThreshold = 4;
        MicroprofileCircuitBreaker breaker(c);
        QCOMPARE(callsUntilChange(breaker, calls.toStdString()), opensAt);
    }

    void microprofileGrantsTrialsInAll()
    {
        MicroprofileConfig c;
        c.requestVolumeThreshold = 1;
        c.successThreshold = 2;
        MicroprofileCircuitBreaker breaker(c);
        ProbeCall early(9);
        static_cast<void>(early.admit(breaker, at(0)));
        QCOMPARE(callsUntilChange(breaker, "F"), 1);
        QVERIFY(!letsThrough(breaker, 4'999));
        ProbeCall trials[2];
        for (ProbeCall &trial : trials)
            QVERIFY(isAdmitted(trial.admit(breaker, at(5'000))));
        static_cast<void>(trials[0].end(breaker, at(5'001), kOk));
        QVERIFY(!letsThrough(breaker, 5'001)); // a finished one frees nothing
        static_cast<void>(early.end(breaker, at(5'002), kBad));
        QCOMPARE(stateAt(breaker, 5'002), BreakerState::HalfOpen); // a late result is dropped
        static_cast<void>(trials[1].end(breaker, at(5'003), kOk));
        QCOMPARE(stateAt(breaker, 5'003), BreakerState::Closed);
    }

    void microprofileSkippedFailuresAreSuccesses()
    {
        MicroprofileConfig c;
        c.requestVolumeThreshold = 2;
        c.skipOn = {"error"};
        MicroprofileCircuitBreaker breaker(c);
        QCOMPARE(callsUntilChange(breaker, "FFFF"), 0);
        QCOMPARE(breaker.snapshot(at(5)).window, (WindowCounts{2, 0, 0}));
    }
};

QTEST_GUILESS_MAIN(TestBreakerDialects)
#include "tst_breaker_dialects.moc"
