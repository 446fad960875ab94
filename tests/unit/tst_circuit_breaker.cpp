// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/policies/circuit_breaker.h"
#include "core/policies/not_counted.h"
#include "tests/support/policy_probe.h"

#include <QObject>
#include <QTest>

#include <deque>
#include <string>

using namespace halfopen;
using namespace halfopen::test;
using namespace std::chrono_literals;

namespace {

constexpr Outcome kOk{.kind = OutcomeKind::Success};
constexpr Outcome kBad{.kind = OutcomeKind::Error};

/// A breaker with a timetable: calls that begin and end at exact milliseconds.
class Table {
public:
    explicit Table(const CircuitBreakerConfig &config) : breaker(config) {}

    /// A call that takes no time. False: refused.
    bool call(std::int64_t ms, Outcome outcome) { return call(ms, ms, outcome); }
    bool call(std::int64_t fromMs, std::int64_t toMs, Outcome outcome)
    {
        ProbeCall c(nextKey++);
        if (!isAdmitted(last = c.admit(breaker, at(fromMs))))
            return false;
        static_cast<void>(c.end(breaker, at(toMs), outcome));
        return true;
    }
    /// A call that stays open until the test ends it; null if refused.
    ProbeCall *begin(std::int64_t ms)
    {
        pending.emplace_back(nextKey++);
        last = pending.back().admit(breaker, at(ms));
        return isAdmitted(last) ? &pending.back() : nullptr;
    }
    void calls(int n, std::int64_t ms, Outcome outcome)
    {
        for (int i = 0; i < n; ++i)
            call(ms, outcome);
    }
    BreakerState state(std::int64_t ms = 0) const { return breaker.snapshot(at(ms)).state; }

    CircuitBreaker breaker;
    Admission last;
    std::uint64_t nextKey = 1;
    std::deque<ProbeCall> pending; // addresses stay
};

CircuitBreakerConfig rateConfig()
{
    CircuitBreakerConfig c;
    c.failureRateThreshold = 0.5;
    c.window.minimumCalls = 10;
    return c;
}

} // namespace

class TestCircuitBreaker : public QObject {
    Q_OBJECT
private slots:
    void opensAtTheFifthFailureInARow()
    {
        Table t({});
        t.calls(4, 10, kBad);
        t.call(11, kOk);
        t.calls(4, 12, kBad);
        QCOMPARE(t.state(), BreakerState::Closed);
        t.call(13, kBad);
        QCOMPARE(t.state(), BreakerState::Open);

        const auto events = eventsOf(t.breaker);
        QCOMPARE(events.size(), std::size_t{1});
        QCOMPARE(events[0].at, at(13));
        QCOMPARE(events[0].from, BreakerState::Closed);
        QCOMPARE(events[0].to, BreakerState::Open);
        const TransitionReason &r = events[0].reason;
        QCOMPARE(r.kind, TransitionReason::Kind::ConsecutiveFailures);
        QCOMPARE(r.consecutiveFailures, 5u);
        QCOMPARE(r.observed, 5.0);
        QCOMPARE(r.threshold, 5.0);
        QCOMPARE(r.windowCalls, 10u);
        QCOMPARE(r.windowFailures, 9u);
        QVERIFY(r.hasDecidingCall);
        QCOMPARE(r.decidingCall, 10u);
        QCOMPARE(r.decidingOutcome, OutcomeKind::Error);
        QCOMPARE(describe(r),
                 std::string("5 failures in a row reached the threshold of 5; decided by call 10 (error)"));
    }

    void refusesUntilExactlyTheRecoveryTimeoutAndSaysWhen()
    {
        Table t({});
        t.calls(5, 1000, kBad);
        QVERIFY(!t.call(1000, kOk));
        QCOMPARE(t.last.outcome.kind, OutcomeKind::CircuitBreakerOpen);
        QCOMPARE(t.last.outcome.retryAfterMs, 60'000u);
        QVERIFY(!t.call(60'999, kOk));
        QCOMPARE(t.last.outcome.retryAfterMs, 1u);
        QVERIFY(t.call(61'000, kOk));
        QVERIFY(t.last.hasEvents);
        QCOMPARE(t.state(), BreakerState::HalfOpen);
        const auto events = eventsOf(t.breaker);
        QCOMPARE(events.size(), std::size_t{2});
        QCOMPARE(describe(events[1].reason),
                 std::string("open for 60 s, the recovery timeout of 60 s is over; call 8 is the first trial"));
    }

    void closesAfterThreeGoodTrialsAndForgets()
    {
        Table t({});
        t.calls(5, 0, kBad);
        t.call(60'000, kOk);
        t.call(60'001, kOk);
        QCOMPARE(t.state(), BreakerState::HalfOpen);
        t.call(60'002, kOk);
        QCOMPARE(t.state(), BreakerState::Closed);
        QCOMPARE(t.breaker.snapshot(at(60'002)).window.calls, 0u);
        t.calls(4, 60'003, kBad);
        QCOMPARE(t.state(), BreakerState::Closed); // the five of before are forgotten
    }

    void oneFailedTrialReopensForAWholeRecoveryTimeout()
    {
        Table t({});
        t.calls(5, 0, kBad);
        t.call(60'000, kOk);
        t.call(60'500, kBad);
        QCOMPARE(t.state(), BreakerState::Open);
        QVERIFY(!t.call(120'499, kOk));
        QVERIFY(t.call(120'500, kOk));
    }

    void tripsOnTheRateOnlyFromTheMinimumOnAndAtExactlyTheThreshold()
    {
        Table t(rateConfig());
        t.calls(5, 0, kOk);
        t.calls(4, 1, kBad);
        QCOMPARE(t.state(), BreakerState::Closed);
        t.call(2, kBad); // 5 of 10
        QCOMPARE(t.state(), BreakerState::Open);
        const auto events = eventsOf(t.breaker);
        QCOMPARE(describe(events.at(0).reason),
                 std::string("failure rate 50 % of 10 calls reached the threshold of 50 %; decided by call 10 (error)"));
    }

    void aSuccessThatCompletesTheMinimumCanTrip()
    {
        Table t(rateConfig());
        t.calls(9, 0, kBad);
        QCOMPARE(t.state(), BreakerState::Closed); // also: no consecutive rule beside the rate rule
        t.call(1, kOk);
        QCOMPARE(t.state(), BreakerState::Open);
    }

    void ratesAreNotJudgedBelowTheMinimum()
    {
        CircuitBreakerConfig c = rateConfig();
        c.window.minimumCalls = 100;
        Table t(c);
        t.calls(99, 0, kBad);
        QCOMPARE(t.state(), BreakerState::Closed);
        t.call(1, kBad);
        QCOMPARE(t.state(), BreakerState::Open);
    }

    void bothRulesAreActiveWhenBothAreGiven()
    {
        CircuitBreakerConfig c = rateConfig();
        c.failureThreshold = 3;
        Table t(c);
        t.calls(50, 0, kOk);
        t.calls(3, 1, kBad);
        QCOMPARE(t.state(), BreakerState::Open);
        QCOMPARE(eventsOf(t.breaker).at(0).reason.kind, TransitionReason::Kind::ConsecutiveFailures);
    }

    void slowMeansLongerThanTheThresholdAndCountsWithoutFailing()
    {
        CircuitBreakerConfig c;
        c.slowCall = {.duration = 100ms, .rateThreshold = 0.5};
        c.window.minimumCalls = 4;
        Table t(c);
        for (int i = 0; i < 4; ++i)
            t.call(0, 100, kOk); // exactly the threshold is not slow
        QCOMPARE(t.breaker.snapshot(at(100)).window, (WindowCounts{4, 0, 0}));
        for (int i = 0; i < 3; ++i)
            t.call(100, 201, kOk);
        QCOMPARE(t.state(), BreakerState::Closed); // 3 of 7
        t.call(100, 202, kOk);
        QCOMPARE(t.state(), BreakerState::Open);
        const TransitionReason r = eventsOf(t.breaker).at(0).reason;
        QCOMPARE(describe(r), std::string("slow-call rate 50 % of 8 calls reached the threshold of 50 %; "
                                          "decided by call 8 (success)"));
        QCOMPARE(r.windowSlow, 4u);
        QCOMPARE(r.windowFailures, 0u);
    }

    void aSlowTrialReopensWhenSlownessIsARule()
    {
        CircuitBreakerConfig c;
        c.slowCall = {.duration = 100ms, .rateThreshold = 0.5};
        Table t(c);
        t.calls(5, 0, kBad);
        t.call(60'000, 60'101, kOk);
        QCOMPARE(t.state(), BreakerState::Open);
        QCOMPARE(describe(eventsOf(t.breaker).back().reason),
                 std::string("a trial call was too slow; decided by call 6 (success)"));
    }

    void aSlowTrialIsAGoodTrialWhenSlownessIsOnlyShown()
    {
        CircuitBreakerConfig c;
        c.slowCall.duration = 100ms;
        c.successThreshold = 1;
        Table t(c);
        t.calls(5, 0, kBad);
        t.call(60'000, 60'101, kOk);
        QCOMPARE(t.state(), BreakerState::Closed);
    }

    void atMostThreeTrialsAtOnceAndThreeInAll()
    {
        Table t({});
        t.calls(5, 0, kBad);
        ProbeCall *a = t.begin(60'000);
        ProbeCall *b = t.begin(60'001);
        ProbeCall *c = t.begin(60'002);
        QVERIFY(a && b && c);
        QVERIFY(!t.begin(60'003));
        QCOMPARE(t.last.outcome.retryAfterMs, 0u); // nobody knows when a place gets free
        static_cast<void>(a->end(t.breaker, at(60'010), kOk));
        QVERIFY(!t.begin(60'011)); // the two in flight can still give the three successes
        b->cancel(t.breaker, at(60'012));
        QVERIFY(t.begin(60'013)); // now one is missing
        QVERIFY(!t.begin(60'014));
    }

    void fewerTrialsAtOnceThanNeededFreeTheirPlace()
    {
        CircuitBreakerConfig config;
        config.halfOpenMaxCalls = 1;
        Table t(config);
        t.calls(5, 0, kBad);
        for (int trial = 0; trial < 3; ++trial) {
            ProbeCall *a = t.begin(60'000 + 10 * trial);
            QVERIFY(a);
            QVERIFY(!t.begin(60'001 + 10 * trial));
            static_cast<void>(a->end(t.breaker, at(60'002 + 10 * trial), kOk));
        }
        QCOMPARE(t.state(), BreakerState::Closed);
    }

    void moreTrialsThanNeededAreSparesForOnesThatHang()
    {
        CircuitBreakerConfig config;
        config.successThreshold = 1;
        config.halfOpenMaxCalls = 3;
        config.timeout = {};
        Table t(config);
        t.calls(5, 0, kBad);
        QVERIFY(t.begin(60'000)); // hangs
        QVERIFY(t.begin(60'001)); // hangs
        QVERIFY(t.call(60'002, kOk));
        QCOMPARE(t.state(), BreakerState::Closed);
    }

    void aResultOfAnEarlierStayIsDropped()
    {
        Table t({});
        ProbeCall *early = t.begin(0);
        t.calls(5, 10, kBad);
        QCOMPARE(t.state(), BreakerState::Open);
        static_cast<void>(early->end(t.breaker, at(20), kBad));
        QCOMPARE(t.breaker.snapshot(at(20)).window, (WindowCounts{5, 5, 0}));

        ProbeCall *trial = t.begin(60'010);
        ProbeCall *other = t.begin(60'011);
        QVERIFY(trial && other);
        static_cast<void>(trial->end(t.breaker, at(60'020), kBad));
        QCOMPARE(t.state(), BreakerState::Open);
        QVERIFY(t.begin(120'020)); // the next HALF_OPEN
        static_cast<void>(other->end(t.breaker, at(120'030), kBad)); // a trial of the one before
        QCOMPARE(t.state(), BreakerState::HalfOpen);
        QCOMPARE(t.breaker.snapshot(at(120'030)).trialsInFlight, 1u);
    }

    void endingACallTwiceChangesNothing()
    {
        Table t({});
        ProbeCall *call = t.begin(0);
        static_cast<void>(call->end(t.breaker, at(1), kBad));
        static_cast<void>(call->end(t.breaker, at(2), kBad));
        call->cancel(t.breaker, at(3));
        QCOMPARE(t.breaker.snapshot(at(3)).window, (WindowCounts{1, 1, 0}));
    }

    void whatSaysNothingAboutTheDependencyIsNotCounted_data()
    {
        QTest::addColumn<int>("kind");
        for (const OutcomeKind kind : {OutcomeKind::Cancelled, OutcomeKind::BulkheadFull, OutcomeKind::RateLimited,
                                       OutcomeKind::CircuitBreakerOpen, OutcomeKind::Rejected})
            QTest::addRow("%s", std::string(outcomeName(kind)).c_str()) << static_cast<int>(kind);
    }
    void whatSaysNothingAboutTheDependencyIsNotCounted()
    {
        QFETCH(int, kind);
        const Outcome outcome{.kind = static_cast<OutcomeKind>(kind)};
        CircuitBreakerConfig config;
        config.exceptionWhitelist = {"rejected"};
        Table t(config);
        t.calls(4, 0, kBad);
        t.calls(10, 1, outcome);
        QCOMPARE(t.breaker.snapshot(at(1)).window, (WindowCounts{4, 4, 0}));
        QCOMPARE(t.breaker.snapshot(at(1)).consecutiveFailures, 4u); // nor does it break the row
        t.call(2, kBad);
        QCOMPARE(t.state(), BreakerState::Open);
        ProbeCall *trial = t.begin(60'002);
        static_cast<void>(trial->end(t.breaker, at(60'003), outcome));
        QCOMPARE(t.state(), BreakerState::HalfOpen);
        QCOMPARE(t.breaker.snapshot(at(60'003)).trialsInFlight, 0u);
    }

    void theTimeoutOfTheOperationIsAFailure()
    {
        CircuitBreakerConfig config;
        config.timeout = 250ms;
        config.failureThreshold = 1;
        Table t(config);
        ProbeCall *call = t.begin(1000);
        QCOMPARE(t.last.kind, Admission::Kind::AdmitWithDeadline);
        QCOMPARE(t.last.atNs, at(1250).ns());
        const Verdict v = call->deadline(t.breaker, at(1250));
        QCOMPARE(v.kind, Verdict::Kind::Replace);
        QCOMPARE(v.outcome.kind, OutcomeKind::Timeout);
        QVERIFY(v.hasEvents);
        QCOMPARE(t.state(), BreakerState::Open);
    }

    void withoutATimeoutThereIsNoDeadline()
    {
        CircuitBreakerConfig config;
        config.timeout = {};
        Table t(config);
        QVERIFY(t.begin(0));
        QCOMPARE(t.last.kind, Admission::Kind::Admit);
    }

    void aTimeWindowForgetsByTime()
    {
        CircuitBreakerConfig c = rateConfig();
        c.window = {.kind = WindowKind::Time, .size = Duration(10s), .minimumCalls = 4};
        Table t(c);
        t.calls(3, 500, kBad);
        t.calls(1, 10'000, kBad); // the three were in second 0, the window now holds seconds 1 to 10
        QCOMPARE(t.state(), BreakerState::Closed);
        QCOMPARE(t.breaker.snapshot(at(10'000)).window.calls, 1u);
        t.calls(3, 10'999, kBad);
        QCOMPARE(t.state(), BreakerState::Open);
        // What it was opened with stays to be seen while it is open.
        QCOMPARE(t.breaker.snapshot(at(50'000)).window, (WindowCounts{4, 4, 0}));
    }

    // ---- new settings ----

    void aShorterRecoveryTimeoutActsOnABreakerThatIsOpen()
    {
        CircuitBreakerConfig c;
        Table t(c);
        t.calls(5, 0, kBad);
        c.recoveryTimeout = 5s;
        t.breaker.reconfigure(at(10'000), &c);
        QCOMPARE(t.state(), BreakerState::Open); // still the next call that flips it
        QVERIFY(t.call(10'000, kOk));
        QCOMPARE(t.state(), BreakerState::HalfOpen);
    }

    void aLowerSuccessThresholdClosesAtOnce()
    {
        CircuitBreakerConfig c;
        Table t(c);
        t.calls(5, 0, kBad);
        t.call(60'000, kOk);
        t.call(60'001, kOk);
        c.successThreshold = 2;
        t.breaker.reconfigure(at(60'002), &c);
        QCOMPARE(t.state(), BreakerState::Closed);
        QCOMPARE(eventsOf(t.breaker).back().reason.kind, TransitionReason::Kind::SettingsChanged);
    }

    void aLowerThresholdThatIsAlreadyMetOpensAtOnce()
    {
        CircuitBreakerConfig c = rateConfig();
        Table t(c);
        t.calls(7, 0, kOk);
        t.calls(3, 1, kBad);
        c.failureRateThreshold = 0.3;
        t.breaker.reconfigure(at(2), &c);
        QCOMPARE(t.state(), BreakerState::Open);
        const TransitionReason r = eventsOf(t.breaker).at(0).reason;
        QCOMPARE(describe(r), std::string("new settings, already met by what was counted (0.3 against 0.3)"));
    }

    void aShrunkWindowKeepsItsNewestCalls()
    {
        CircuitBreakerConfig c = rateConfig();
        c.window.minimumCalls = 4;
        c.failureRateThreshold = 0.9;
        Table t(c);
        t.calls(60, 0, kOk);
        t.calls(3, 1, kBad);
        c.window.size = std::int64_t{4};
        t.breaker.reconfigure(at(2), &c);
        QCOMPARE(t.state(), BreakerState::Closed); // 3 of the last 4
        QCOMPARE(t.breaker.snapshot(at(2)).window, (WindowCounts{4, 3, 0}));
        t.call(3, kBad);
        QCOMPARE(t.state(), BreakerState::Open);
    }

    void aWindowOfAnotherKindBeginsEmpty()
    {
        CircuitBreakerConfig c = rateConfig();
        Table t(c);
        t.calls(9, 0, kBad);
        c.window.kind = WindowKind::Time;
        t.breaker.reconfigure(at(1), &c);
        QCOMPARE(t.breaker.snapshot(at(1)).window.calls, 0u);
    }

    // ---- by hand, and shadow ----

    void metricsOnlyReportsEachCrossingAndRefusesNothing()
    {
        CircuitBreakerConfig c;
        c.mode = BreakerMode::MetricsOnly;
        Table t(c);
        t.calls(20, 0, kBad);
        t.call(1, kOk);
        t.calls(5, 2, kBad);
        const auto events = eventsOf(t.breaker);
        QCOMPARE(events.size(), std::size_t{2});
        QCOMPARE(events[0].from, BreakerState::MetricsOnly);
        QCOMPARE(events[0].to, BreakerState::MetricsOnly);
        QCOMPARE(events[0].reason.decidingCall, 5u);
        QCOMPARE(events[1].reason.decidingCall, 26u);
    }

    /// A reason tells of the window as it is at that instant: a minute later nothing is left of ten seconds.
    void byHandAndBySettingsTheWindowIsThatOfTheInstant()
    {
        CircuitBreakerConfig c;
        c.failureRateThreshold = 0.9;
        c.window = {.kind = WindowKind::Time, .size = Duration(10s), .minimumCalls = 10};
        for (const bool byHand : {true, false}) {
            Table t(c);
            t.calls(10, 1'000, kOk);
            QCOMPARE(t.breaker.snapshot(at(1'000)).window.calls, 10u);
            CircuitBreakerConfig off = c;
            off.mode = BreakerMode::Disabled;
            if (byHand)
                QVERIFY(t.breaker.force(at(60'000), BreakerState::Open));
            else
                t.breaker.reconfigure(at(60'000), &off);
            const auto events = eventsOf(t.breaker);
            QCOMPARE(events.size(), std::size_t{1});
            QCOMPARE(events[0].reason.windowCalls, 0u);
        }
    }

    /// New settings count no slow calls any more; those of before are in the window nevertheless, and are told.
    void slowCallsOfBeforeAreToldAsLongAsTheyAreInTheWindow()
    {
        CircuitBreakerConfig c = rateConfig();
        c.window.size = std::int64_t{10};
        c.slowCall.duration = Duration(50ms);
        Table t(c);
        t.call(0, 60, kOk);
        t.call(0, 60, kOk);
        t.calls(4, 61, kOk);
        c.slowCall.duration.reset();
        t.breaker.reconfigure(at(62), &c);
        t.call(63, 163, kOk); // not counted as slow
        QVERIFY(t.breaker.force(at(164), BreakerState::Open));
        auto events = eventsOf(t.breaker);
        QCOMPARE(events.size(), std::size_t{1});
        QCOMPARE(events[0].reason.windowCalls, 7u);
        QCOMPARE(counted(events[0].reason.windowSlow), std::optional(2u));
        QVERIFY(t.breaker.force(at(165), BreakerState::Closed)); // with an empty window
        t.calls(10, 166, kBad);
        events = eventsOf(t.breaker);
        QCOMPARE(events.size(), std::size_t{2});
        QVERIFY(!counted(events[1].reason.windowSlow));
    }

    void newSettingsReportACrossingInMetricsOnlyAtOnce()
    {
        CircuitBreakerConfig c;
        c.mode = BreakerMode::MetricsOnly;
        c.failureRateThreshold = 0.9;
        c.window.minimumCalls = 10;
        Table t(c);
        t.calls(6, 0, kOk);
        t.calls(6, 1, kBad);
        QVERIFY(eventsOf(t.breaker).empty());
        c.failureRateThreshold = 0.5; // 6 of 12
        t.breaker.reconfigure(at(2), &c);
        const auto events = eventsOf(t.breaker);
        QCOMPARE(events.size(), std::size_t{1});
        QCOMPARE(events[0].from, BreakerState::MetricsOnly);
        QCOMPARE(events[0].to, BreakerState::MetricsOnly);
        QCOMPARE(events[0].reason.kind, TransitionReason::Kind::FailureRate);
        QCOMPARE(events[0].reason.observed, 0.5);
        t.call(3, kBad); // reported already
        QVERIFY(eventsOf(t.breaker).empty());
    }

    void disabledLetsThroughAndForcedOpenRefuses()
    {
        CircuitBreakerConfig c;
        c.mode = BreakerMode::Disabled;
        Table t(c);
        t.calls(20, 0, kBad);
        QVERIFY(t.call(1, kOk));
        QCOMPARE(t.breaker.snapshot(at(1)).window.calls, 0u);
        t.breaker.force(at(2), BreakerState::ForcedOpen);
        QVERIFY(!t.call(1'000'000, kOk));
        t.breaker.force(at(1'000'001), BreakerState::Closed);
        QVERIFY(t.call(1'000'002, kOk));
    }

    void theDefaultsAreThePublicOnes()
    {
        const CircuitBreakerConfig c;
        QCOMPARE(*c.consecutiveRule(), std::int64_t{5});
        QVERIFY(!c.failureRateThreshold);
        QCOMPARE(c.window.calls(), 100u);
        QCOMPARE(c.window.minimumCalls, std::int64_t{10});
        QCOMPARE(c.recoveryTimeout, Duration(60s));
        QCOMPARE(c.successThreshold, std::int64_t{3});
        QCOMPARE(c.maxTrials(), std::int64_t{3});
        QCOMPARE(*c.timeout, Duration(30s));
        QVERIFY(c.exceptionWhitelist.empty());
        WindowConfig time{.kind = WindowKind::Time};
        QCOMPARE(time.length(), Duration(60s));
    }
};

QTEST_GUILESS_MAIN(TestCircuitBreaker)
#include "tst_circuit_breaker.moc"
