// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/policies/circuit_breaker.h"
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
};

QTEST_GUILESS_MAIN(TestCircuitBreaker)
#include "tst_circuit_breaker.moc"
