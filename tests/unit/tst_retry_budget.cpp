// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/units.h"
#include "core/policies/retry_budget.h"
#include "tests/support/policy_probe.h"
#include "tests/support/property_runs.h"

#include <QObject>
#include <QTest>
#include <cmath>
#include <deque>
#include <optional>
#include <rapidcheck.h>

using namespace halfopen;
using namespace halfopen::test;
using namespace std::chrono_literals;

namespace {

constexpr Outcome kOk{.kind = OutcomeKind::Success};
constexpr Outcome kBad{.kind = OutcomeKind::Error};

/// One try of \a call that ends at once with \a outcome. Says whether it was let through.
bool tryOnce(ProbeCall &call, Policy &policy, Instant now, std::uint32_t retries, Outcome outcome)
{
    call.keepsBytes = true;
    call.retries = retries;
    const Admission a = call.admit(policy, now);
    if (a.kind == Admission::Kind::Refuse) {
        if (a.outcome.kind != OutcomeKind::Throttled || retries == 0)
            qFatal("only retries are refused, as throttled");
        return false;
    }
    static_cast<void>(call.end(policy, now, outcome));
    return true;
}

/// One try of a call of its own.
bool tryOnce(Policy &policy, Instant now, std::uint32_t retries, Outcome outcome)
{
    ProbeCall call(1);
    return tryOnce(call, policy, now, retries, outcome);
}

/// Retries of one call let through in a row at one moment, after a first try that ended like them.
int retriesInARow(Policy &policy, Instant now, Outcome outcome = kBad, std::optional<ProbeCall> call = {})
{
    ProbeCall own = call.value_or(ProbeCall(1));
    int count = 0;
    while (count < 10'000 && tryOnce(own, policy, now, 1, outcome))
        ++count;
    return count;
}

struct Load {
    double amplification;
    double success;
};
/// Calls of at most \a maxAttempts attempts, each of which fails with chance \a p; one call a millisecond.
Load load(const RetryBudgetLayerConfig &config, double p, std::uint32_t maxAttempts, int calls)
{
    RetryBudgetLayer budget(config);
    const RandomStream chances(3, "failures");
    const std::uint64_t threshold = Probability(p).threshold();
    int attempts = 0;
    int good = 0;
    for (int i = 0; i < calls; ++i) {
        for (std::uint32_t a = 0; a < maxAttempts; ++a) {
            const bool fails = chance(chances.draw(static_cast<std::uint64_t>(i), a), threshold);
            if (!tryOnce(budget, at(i), a, fails ? kBad : kOk))
                break;
            ++attempts;
            if (!fails) {
                ++good;
                break;
            }
        }
    }
    return {static_cast<double>(attempts) / calls, static_cast<double>(good) / calls};
}

RetryBudgetLayerConfig of(RetryBudgetKind kind)
{
    RetryBudgetLayerConfig c;
    c.kind = kind;
    return c;
}

} // namespace

class TestRetryBudget : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() { runProperties(1000); }

    // Finagle's defaults: 20 %, 10 per second, 10 s: a reserve of 500 000 and withdrawals of 5 000.
    void ratioStartsWithAHundredRetriesAndEarnsAFifth()
    {
        RetryBudgetLayer budget(of(RetryBudgetKind::Ratio));
        QCOMPARE(retriesInARow(budget, at(0)), 100);
        for (int i = 0; i < 4; ++i)
            QVERIFY(tryOnce(budget, at(1), 0, kBad));
        QCOMPARE(retriesInARow(budget, at(1)), 0);
        QVERIFY(tryOnce(budget, at(1), 0, kBad));
        QCOMPARE(retriesInARow(budget, at(1)), 1);
        // What was spent and earned expires after the window: 100 again.
        QCOMPARE(retriesInARow(budget, at(12'000)), 100);
    }

    void aBucketThatNeverEmptiesKeepsItsLastToken()
    {
        RetryBudgetLayerConfig config = of(RetryBudgetKind::TokenBucket);
        config.maxTokens = 5;
        RetryBudgetLayer usual(config);
        config.neverEmpties = true;
        RetryBudgetLayer careful(config);
        QCOMPARE(retriesInARow(usual, at(0)), 5);
        QCOMPARE(retriesInARow(careful, at(0)), 4);
        // At 1 token exactly there is none to take; the next tenth makes it more than one.
        QVERIFY(tryOnce(careful, at(1), 0, kBad));
        QCOMPARE(retriesInARow(careful, at(1)), 1);
    }

    // Half a share: two calls may fail once each time two others went well before.
    void aFailureShareSilencesRetriesAndNeverForgets()
    {
        RetryBudgetLayerConfig config = of(RetryBudgetKind::FailureShare);
        config.ratio = 0.5;
        RetryBudgetLayer budget(config);
        QVERIFY(tryOnce(budget, at(0), 0, kOk));
        QVERIFY(tryOnce(budget, at(0), 0, kBad));          // 1 of 2: not more than half
        QVERIFY(tryOnce(budget, at(0), 1, kBad));          // its retry fails too: 2 of 2
        QVERIFY(!tryOnce(budget, at(0), 2, kBad));
        QVERIFY(tryOnce(budget, at(1), 0, kOk));
        QVERIFY(!tryOnce(budget, at(1), 1, kBad));         // 2 of 3
        QVERIFY(tryOnce(budget, at(3'600'000), 0, kOk));   // 2 of 4, however late
        QVERIFY(tryOnce(budget, at(3'600'000), 1, kBad));
    }

    void aTokenBucketKeepsTheLoadAtItsRatio_data()
    {
        QTest::addColumn<double>("failure");
        QTest::addColumn<int>("attempts");
        QTest::addColumn<double>("amplification");
        QTest::addColumn<double>("ampTolerance");
        QTest::addColumn<double>("success");
        QTest::addColumn<double>("successTolerance");
        QTest::newRow("RT-BUD-1") << 1.0 << 3 << 1.1 << 0.0005 << 0.0 << 0.0;
        QTest::newRow("RT-BUD-2") << 0.5 << 4 << 1.1 << 0.0014 << 0.55 << 0.006;
        QTest::newRow("RT-BUD-3") << 0.02 << 4 << 1.020408 << 0.0019 << 0.99999984 << 0.00021;
    }
    void aTokenBucketKeepsTheLoadAtItsRatio()
    {
        QFETCH(double, failure);
        QFETCH(int, attempts);
        QFETCH(double, amplification);
        QFETCH(double, ampTolerance);
        QFETCH(double, success);
        QFETCH(double, successTolerance);
        const Load l = load(of(RetryBudgetKind::TokenBucket), failure, static_cast<std::uint32_t>(attempts), 200'000);
        QVERIFY2(std::abs(l.amplification - amplification) <= ampTolerance, qPrintable(QString::number(l.amplification, 'g', 9)));
        QVERIFY2(std::abs(l.success - success) <= successTolerance, qPrintable(QString::number(l.success, 'g', 9)));
    }

    // max_tokens 10, ratio 0.1: failures 1 to 4 may be retried, the fifth leaves 5 tokens and 5 > 5 is false.
    void grpcStopsAtHalfOfItsTokens()
    {
        RetryBudgetLayer budget(of(RetryBudgetKind::Grpc));
        for (int failure = 1; failure <= 5; ++failure) {
            QVERIFY(tryOnce(budget, at(failure), 0, kBad));
            QCOMPARE(budget.grpc().mayRetry(), failure < 5);
        }
        QCOMPARE(budget.grpc().thousandths(), 5000);
        QVERIFY(!tryOnce(budget, at(6), 1, kOk)); // refused: changes nothing
        for (int success = 1; success <= 10; ++success) { // ten successes are one token; the first takes it over half
            QVERIFY(tryOnce(budget, at(7), 0, kOk));
            QVERIFY(budget.grpc().mayRetry());
        }
        QCOMPARE(budget.grpc().thousandths(), 6000);
        for (int i = 0; i < 100; ++i)
            QVERIFY(tryOnce(budget, at(8), 0, kBad));
        QCOMPARE(budget.grpc().thousandths(), 0);
        for (int i = 0; i < 1000; ++i)
            QVERIFY(tryOnce(budget, at(9), 0, kOk));
        QCOMPARE(budget.grpc().thousandths(), 10'000);
    }

    void grpcFailuresOutsideTheListCostNothing()
    {
        RetryBudgetLayerConfig c = of(RetryBudgetKind::Grpc);
        c.failureOn = {"timeout"};
        RetryBudgetLayer budget(c);
        QVERIFY(tryOnce(budget, at(0), 0, kBad));
        QCOMPARE(budget.grpc().thousandths(), 10'000);
        QVERIFY(tryOnce(budget, at(0), 0, {.kind = OutcomeKind::Timeout}));
        QCOMPARE(budget.grpc().thousandths(), 9000);
    }

    // 500 tokens: 100 retries at 5, 50 after timeouts at 10; in the mode of 2026 35 at 14 and 100 after rejections at 5.
    void awsPaysByTheFailureBefore_data()
    {
        QTest::addColumn<int>("before");
        QTest::addColumn<bool>("mode2026");
        QTest::addColumn<int>("retries");
        QTest::newRow("error") << int(OutcomeKind::Error) << false << 100;
        QTest::newRow("timeout") << int(OutcomeKind::Timeout) << false << 50;
        QTest::newRow("rejected") << int(OutcomeKind::Rejected) << false << 100;
        QTest::newRow("error, 2026") << int(OutcomeKind::Error) << true << 35;
        QTest::newRow("rejected, 2026") << int(OutcomeKind::Rejected) << true << 100;
    }
    void awsPaysByTheFailureBefore()
    {
        QFETCH(int, before);
        QFETCH(bool, mode2026);
        QFETCH(int, retries);
        RetryBudgetLayerConfig c = of(RetryBudgetKind::Aws);
        if (mode2026) {
            c.retryCost = 14;
            c.rejectedRetryCost = 5;
        }
        RetryBudgetLayer budget(c);
        const Outcome failure{.kind = static_cast<OutcomeKind>(before)};
        ProbeCall call(3);
        QVERIFY(tryOnce(call, budget, at(0), 0, failure));
        QCOMPARE(retriesInARow(budget, at(1), failure, call), retries);
    }

    void awsRefundsOnlyWhatTheLastTryPaid()
    {
        RetryBudgetLayer budget(of(RetryBudgetKind::Aws));
        QVERIFY(tryOnce(budget, at(0), 0, kOk));
        QCOMPARE(budget.aws().tokens(), 500); // full is full
        ProbeCall call(2);
        QVERIFY(tryOnce(call, budget, at(0), 0, kBad));
        QVERIFY(tryOnce(call, budget, at(0), 1, kBad));
        QVERIFY(tryOnce(call, budget, at(0), 2, kOk));
        QCOMPARE(budget.aws().tokens(), 495);
        QVERIFY(tryOnce(budget, at(0), 0, kOk));
        QCOMPARE(budget.aws().tokens(), 496);
    }

    void awsTakesACancelledTryForATimeout()
    {
        RetryBudgetLayer budget(of(RetryBudgetKind::Aws));
        ProbeCall call(1);
        call.keepsBytes = true;
        static_cast<void>(call.admit(budget, at(0)));
        call.cancel(budget, at(100)); // a timeout between the retry and the budget
        QVERIFY(tryOnce(call, budget, at(200), 1, kBad));
        QCOMPARE(budget.aws().tokens(), 490);
        call.cancel(budget, at(250)); // it has ended: this changes nothing
        QVERIFY(tryOnce(call, budget, at(300), 0, kBad)); // the bytes have a new owner
        QVERIFY(tryOnce(call, budget, at(400), 1, kBad));
        QCOMPARE(budget.aws().tokens(), 485);
    }

    // Envoy's defaults: 20 % of what is in flight, at least 3.
    void envoyLimitsRetriesInFlight()
    {
        RetryBudgetLayer budget(of(RetryBudgetKind::Envoy));
        std::deque<ProbeCall> calls;
        const auto enter = [&](std::uint32_t retries) {
            calls.emplace_back(calls.size());
            calls.back().retries = retries;
            return isAdmitted(calls.back().admit(budget, at(0)));
        };
        for (int i = 0; i < 20; ++i)
            QVERIFY(enter(0));
        QVERIFY(enter(1));
        QVERIFY(enter(1));
        QVERIFY(enter(1)); // now 23 in flight: floor(4.6) = 4 may be retries
        QVERIFY(enter(1)); // 24: still 4
        QVERIFY(!enter(1));
        QVERIFY(enter(0)); // 25: 5
        QVERIFY(enter(1));
        QCOMPARE(budget.envoy().activeRetries(), 5);
        for (ProbeCall &call : calls)
            call.cancel(budget, at(1));
        QCOMPARE(budget.envoy().active(), 0);
        QCOMPARE(budget.envoy().activeRetries(), 0);
    }

    void nothingLeaksInAnyOrderOfCalls()
    {
        QVERIFY(rc::check("tokens stay within the bucket, what is in flight is what is in flight", [] {
            RetryBudgetLayerConfig c = of(static_cast<RetryBudgetKind>(*rc::gen::inRange(0, 5)));
            RetryBudgetLayer budget(c);
            std::deque<ProbeCall> running;
            std::int64_t ms = 0;
            std::int64_t firstTries = 0;
            std::int64_t retries = 0;
            const int steps = *rc::gen::inRange(0, 300);
            for (int i = 0; i < steps; ++i) {
                const int kind = *rc::gen::weightedElement<int>({{5, 0}, {5, 1}, {4, 2}, {1, 3}, {2, 4}, {1, 5}});
                if (kind <= 1) {
                    ProbeCall call(static_cast<std::uint64_t>(i));
                    call.ticket = static_cast<std::uint32_t>(*rc::gen::inRange(0, 5));
                    call.retries = static_cast<std::uint32_t>(kind);
                    const Admission a = call.admit(budget, at(ms));
                    RC_ASSERT(kind == 1 || a.kind == Admission::Kind::Admit);
                    if (isAdmitted(a)) {
                        (kind ? retries : firstTries)++;
                        running.push_back(call);
                    }
                } else if (kind == 4) {
                    ms += *rc::gen::inRange(0, 3000);
                } else if (kind == 5) {
                    c.ratio = *rc::gen::inRange(0, 101) / 100.0;
                    budget.reconfigure(at(ms), &c);
                } else if (!running.empty()) {
                    const OutcomeKind outcome = *rc::gen::element(OutcomeKind::Success, OutcomeKind::Error, OutcomeKind::Timeout);
                    if (kind == 2)
                        static_cast<void>(running.front().end(budget, at(ms), {.kind = outcome}));
                    else
                        running.front().cancel(budget, at(ms));
                    running.front().cancel(budget, at(ms)); // again: changes nothing
                    running.pop_front();
                }
                RC_ASSERT(budget.envoy().active() == static_cast<std::int64_t>(running.size()));
                RC_ASSERT(budget.bucket().millionths() >= 0 && budget.bucket().millionths() <= c.tokens() * 1'000'000);
                RC_ASSERT(budget.grpc().thousandths() >= 0 && budget.grpc().thousandths() <= c.tokens() * 1000);
                RC_ASSERT(budget.aws().tokens() >= 0 && budget.aws().tokens() <= c.tokens());
            }
            if (c.kind == RetryBudgetKind::TokenBucket) // never more than was there and was put in, at the highest ratio
                RC_ASSERT(retries <= 10 + firstTries);
        }));
    }

    void aSettingOfAnotherKindIsAConflict()
    {
        RetryBudgetLayerConfig c = of(RetryBudgetKind::Grpc);
        c.window = 10s;
        QCOMPARE(retryBudgetSchema().conflict(&c), std::string("window has no meaning with kind: grpc; it belongs to kind: ratio"));
    }
};

QTEST_GUILESS_MAIN(TestRetryBudget)
#include "tst_retry_budget.moc"
