// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/policies/retry.h"
#include "tests/support/goodness_of_fit.h"
#include "tests/support/policy_probe.h"

#include <QObject>
#include <QTest>

using namespace halfopen;
using namespace halfopen::test;
using namespace std::chrono_literals;

namespace {

constexpr Outcome kOk{.kind = OutcomeKind::Success};
constexpr Outcome kBad{.kind = OutcomeKind::Error};

RetryConfig exact()
{
    RetryConfig c;
    c.jitter = Jitter::None;
    return c;
}

/// The waits that a call meets whose every attempt fails at once.
std::vector<Duration> waits(Retry &retry, ProbeCall call, Outcome outcome = kBad)
{
    std::vector<Duration> result;
    Instant now = at(0);
    static_cast<void>(call.admit(retry, now));
    for (Verdict v = call.end(retry, now, outcome); v.kind == Verdict::Kind::RetryAt; v = call.end(retry, now, outcome)) {
        result.push_back(Instant::fromNs(v.atNs) - now);
        now = Instant::fromNs(v.atNs);
    }
    return result;
}

/// The \a index-th wait of 20 000 calls, in seconds.
std::vector<double> sample(const RetryConfig &config, std::size_t index)
{
    Retry retry(config);
    std::vector<double> result;
    for (std::uint64_t key = 0; key < 20'000; ++key)
        result.push_back(toSeconds(waits(retry, ProbeCall(key)).at(index)));
    return result;
}

double mean(const std::vector<double> &values)
{
    double sum = 0;
    for (const double v : values)
        sum += v;
    return sum / static_cast<double>(values.size());
}

} // namespace

class TestRetry : public QObject {
    Q_OBJECT
private slots:
    void theFirstTryCounts()
    {
        Retry retry(exact());
        QCOMPARE(waits(retry, ProbeCall(1)), (std::vector<Duration>{1s, 2s}));
    }

    void oneAttemptMeansNoRetry()
    {
        RetryConfig c = exact();
        c.maxAttempts = 1;
        Retry retry(c);
        QVERIFY(waits(retry, ProbeCall(1)).empty());
    }

    void waitsGrowAndStayBelowTheCap()
    {
        RetryConfig c = exact();
        c.maxAttempts = 8;
        QCOMPARE(backoffSchedule(c), (std::vector<Duration>{1s, 2s, 4s, 8s, 16s, 30s, 30s}));
        c.initialDelay = 50ms;
        c.maxDelay = 2s;
        c.backoffMultiplier = 1.5; // exact in binary, so the products are exact
        QCOMPARE(backoffSchedule(c), (std::vector<Duration>{50ms, 75ms, 112'500us, 168'750us, 253'125us, 379'687'500ns,
                                                            569'531'250ns}));
        c.backoffMultiplier = 1;
        QCOMPARE(backoffSchedule(c), std::vector<Duration>(7, 50ms));
    }

    void waitsCanGrowInOtherWays()
    {
        RetryConfig c = exact();
        c.maxAttempts = 5;
        c.maxDelay = 3s;
        c.backoff = Backoff::Linear;
        QCOMPARE(backoffSchedule(c), (std::vector<Duration>{1s, 2s, 3s, 3s}));
        c.backoff = Backoff::Constant;
        QCOMPARE(backoffSchedule(c), (std::vector<Duration>{1s, 1s, 1s, 1s}));
    }

    void statusesCanBeListed_data()
    {
        QTest::addColumn<QStringList>("retryOn");
        QTest::addColumn<int>("status");
        QTest::addColumn<bool>("retried");
        QTest::newRow("the status") << QStringList{"503"} << 503 << true;
        QTest::newRow("another") << QStringList{"503"} << 500 << false;
        QTest::newRow("its class") << QStringList{"5xx"} << 599 << true;
        QTest::newRow("the other class") << QStringList{"5xx"} << 429 << false;
        QTest::newRow("no status") << QStringList{"5xx"} << 0 << false;
        QTest::newRow("the kind is enough") << QStringList{"error", "503"} << 404 << true;
    }
    void statusesCanBeListed()
    {
        QFETCH(QStringList, retryOn);
        QFETCH(int, status);
        QFETCH(bool, retried);
        RetryConfig c = exact();
        c.retryOn.clear();
        for (const QString &word : retryOn)
            c.retryOn.push_back(word.toStdString());
        Retry retry(c);
        const Outcome outcome{.kind = OutcomeKind::Error, .status = static_cast<std::uint16_t>(status)};
        QCOMPARE(!waits(retry, ProbeCall(1), outcome).empty(), retried);
        QVERIFY(waits(retry, ProbeCall(1), {.kind = OutcomeKind::Success, .status = 503}).empty());
    }

    void noRetryBeginsAfterMaxElapsed()
    {
        RetryConfig c = exact();
        c.maxAttempts = 10;
        c.maxElapsed = 7s; // waits of 1, 2, 4 s reach it exactly
        Retry retry(c);
        QCOMPARE(waits(retry, ProbeCall(1)), (std::vector<Duration>{1s, 2s, 4s}));
        c.maxElapsed = 6'999ms;
        Retry shorter(c);
        QCOMPARE(waits(shorter, ProbeCall(1)), (std::vector<Duration>{1s, 2s}));
    }

    void aRetryThatMaxElapsedForbidsTakesNothingFromTheBudget()
    {
        RetryConfig c = exact();
        c.maxElapsed = 500ms;
        c.budget.ratio = 0.0;
        Retry retry(c);
        QVERIFY(waits(retry, ProbeCall(1)).empty());
        QCOMPARE(retry.budgetBalance(at(0)), std::int64_t{3});
    }

    void aSuccessEndsIt()
    {
        Retry retry(exact());
        ProbeCall call(1);
        static_cast<void>(call.admit(retry, at(0)));
        QCOMPARE(call.end(retry, at(5), kBad).kind, Verdict::Kind::RetryAt);
        QCOMPARE(call.end(retry, at(1005), kOk).kind, Verdict::Kind::Keep);
    }

    void onlyListedOutcomesAreRetried_data()
    {
        QTest::addColumn<int>("kind");
        QTest::addColumn<bool>("retried");
        for (std::size_t i = 0; i < kOutcomeKinds; ++i) {
            const auto kind = static_cast<OutcomeKind>(i);
            const bool retried = kind == OutcomeKind::Error || kind == OutcomeKind::Timeout
                || kind == OutcomeKind::Rejected || kind == OutcomeKind::ConnectionRefused
                || kind == OutcomeKind::ConnectionReset;
            QTest::addRow("%s", std::string(outcomeName(kind)).c_str()) << static_cast<int>(i) << retried;
        }
    }
    void onlyListedOutcomesAreRetried()
    {
        QFETCH(int, kind);
        QFETCH(bool, retried);
        Retry retry(exact());
        QCOMPARE(!waits(retry, ProbeCall(1), {.kind = static_cast<OutcomeKind>(kind)}).empty(), retried);
    }

    // ---- jitter ----

    void fullJitterIsUniformFromZeroToTheWait()
    {
        RetryConfig c;
        c.maxAttempts = 4;
        QVERIFY(ksUniform(sample(c, 0), 0, 1) < 1.95);
        QVERIFY(ksUniform(sample(c, 2), 0, 4) < 1.95);
        QVERIFY(ksUniform(sample(c, 2), 0, 4.2) > 1.95); // the test has the power to tell
    }

    void equalJitterIsUniformFromHalfOfTheWait()
    {
        RetryConfig c;
        c.jitter = Jitter::Equal;
        QVERIFY(ksUniform(sample(c, 0), 0.5, 1) < 1.95);
        QVERIFY(ksUniform(sample(c, 1), 1, 2) < 1.95);
    }

    void decorrelatedJitterDrawsUpToThreeTimesTheWaitBefore()
    {
        RetryConfig c;
        c.jitter = Jitter::Decorrelated;
        c.maxAttempts = 4;
        c.maxDelay = 5s;
        QVERIFY(ksUniform(sample(c, 0), 1, 3) < 1.95);
        // The second given the first: (s2 - B) / (3 s1 - B) is uniform on [0, 1).
        Retry retry(c);
        std::vector<double> shares;
        double longest = 0;
        for (std::uint64_t key = 0; key < 20'000; ++key) {
            const auto w = waits(retry, ProbeCall(key));
            for (const Duration wait : w) {
                QVERIFY(wait >= 1s && wait <= 5s);
                longest = std::max(longest, toSeconds(wait));
            }
            if (toSeconds(w[0]) * 3 < 5) // the cap cannot have cut it
                shares.push_back((toSeconds(w[1]) - 1) / (3 * toSeconds(w[0]) - 1));
        }
        QCOMPARE(longest, 5.0);
        QVERIFY(shares.size() > 5'000);
        QVERIFY(ksUniform(shares, 0, 1) < 1.95);
        // Without a cap E[s1] = (B + 3B)/2 = 2B and E[s2] = (B + 3 E[s1])/2 = 3.5B.
        c.maxDelay = 1h;
        QVERIFY(std::abs(mean(sample(c, 0)) - 2.0) < 0.02);
        QVERIFY(std::abs(mean(sample(c, 1)) - 3.5) < 0.05);
    }

    void theSameCallWaitsTheSameShareInAnotherWorld()
    {
        RetryConfig c;
        Retry one(c);
        c.initialDelay = 2s;
        c.maxAttempts = 5;
        Retry other(c);
        const auto a = waits(one, ProbeCall(77));
        const auto b = waits(other, ProbeCall(77));
        QVERIFY(std::abs((b[0] - 2 * a[0]).count()) <= 1);
        QVERIFY(std::abs((b[1] - 2 * a[1]).count()) <= 1);
        QVERIFY(waits(one, ProbeCall(78)) != a);
    }

    // ---- Retry-After ----

    void aRetryIsNeverEarlierThanAskedFor()
    {
        Retry retry(exact());
        QCOMPARE(waits(retry, ProbeCall(1), {.kind = OutcomeKind::Rejected, .retryAfterMs = 1500}),
                 (std::vector<Duration>{1500ms, 2s}));
    }

    void aWaitBeyondTheCapEndsTheCall()
    {
        Retry retry(exact());
        QVERIFY(waits(retry, ProbeCall(1), {.kind = OutcomeKind::Rejected, .retryAfterMs = 30'001}).empty());
        QVERIFY(!waits(retry, ProbeCall(1), {.kind = OutcomeKind::Rejected, .retryAfterMs = 30'000}).empty());
        RetryConfig c = exact();
        c.honourRetryAfter = false;
        Retry deaf(c);
        QCOMPARE(waits(deaf, ProbeCall(1), {.kind = OutcomeKind::Rejected, .retryAfterMs = 30'001}),
                 (std::vector<Duration>{1s, 2s}));
    }

    // ---- budget ----

    void theBudgetAllowsItsShareAndItsReserve()
    {
        RetryConfig c = exact();
        c.initialDelay = 0ms;
        c.maxDelay = 0ms;
        c.budget = {.ratio = 0.1, .window = 10s, .reserve = 3};
        Retry retry(c);
        std::size_t retries = 0;
        for (std::uint64_t key = 0; key < 100; ++key)
            retries += waits(retry, ProbeCall(key)).size(); // all at time 0
        QCOMPARE(retries, std::size_t{13}); // 10 % of 100, and 3
        QCOMPARE(retry.budgetBalance(at(0)), std::int64_t{0});
        QCOMPARE(retry.budgetBalance(at(9'999)), std::int64_t{0});
        QCOMPARE(retry.budgetBalance(at(10'000)), std::int64_t{3}); // both have left the window
    }

    void withoutABudgetEveryCallMayRetry()
    {
        Retry retry(exact());
        for (std::uint64_t key = 0; key < 1000; ++key)
            QCOMPARE(waits(retry, ProbeCall(key)).size(), std::size_t{2});
    }

    void healthyTrafficEarnsRetriesButNotForLongerThanTheWindow()
    {
        RetryConfig c = exact();
        c.budget = {.ratio = 0.1, .window = 10s, .reserve = 0};
        Retry retry(c);
        for (int i = 0; i < 200'000; ++i) { // 1000 calls per second for 200 s, all good
            ProbeCall call(static_cast<std::uint64_t>(i));
            static_cast<void>(call.admit(retry, at(i)));
            static_cast<void>(call.end(retry, at(i), kOk));
        }
        QCOMPARE(retry.budgetBalance(at(199'999)), std::int64_t{1000}); // 10 % of the last 10 s, not of 200 s
    }

    void newSettingsActFromTheNextFailure()
    {
        RetryConfig c = exact();
        Retry retry(c);
        ProbeCall call(1);
        static_cast<void>(call.admit(retry, at(0)));
        QCOMPARE(call.end(retry, at(0), kBad).atNs, at(1000).ns());
        c.maxAttempts = 2;
        retry.reconfigure(at(500), &c);
        QCOMPARE(call.end(retry, at(1000), kBad).kind, Verdict::Kind::Keep);
        c.maxAttempts = 5;
        c.initialDelay = 10ms;
        retry.reconfigure(at(1500), &c);
        QCOMPARE(call.end(retry, at(2000), kBad).atNs, at(2020).ns()); // its second retry: 10 ms * 2
    }
};

QTEST_GUILESS_MAIN(TestRetry)
#include "tst_retry.moc"
