// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The waits, limits and budgets of other libraries' retries, with the numbers of their formulas.
#include "core/policies/dialects/aws_retry.h"
#include "core/policies/dialects/envoy_retry.h"
#include "core/policies/dialects/finagle_retry.h"
#include "core/policies/dialects/grpc_retry.h"
#include "core/policies/dialects/polly_retry.h"
#include "tests/support/goodness_of_fit.h"
#include "tests/support/policy_probe.h"

#include <QObject>
#include <QTest>
#include <cmath>

using namespace halfopen;
using namespace halfopen::test;
using namespace std::chrono_literals;

namespace {

constexpr Outcome kOk{.kind = OutcomeKind::Success};
constexpr Outcome kBad{.kind = OutcomeKind::Error};
constexpr Outcome kTimeout{.kind = OutcomeKind::Timeout};
constexpr Outcome kThrottled{.kind = OutcomeKind::Error, .status = 429};

/// The waits of a call whose every try fails at once.
std::vector<Duration> waits(Policy &retry, std::uint64_t key = 1, Outcome outcome = kBad)
{
    ProbeCall call(key);
    std::vector<Duration> result;
    Instant now = at(0);
    static_cast<void>(call.admit(retry, now));
    for (Verdict v = call.end(retry, now, outcome); v.kind == Verdict::Kind::RetryAt; v = call.end(retry, now, outcome)) {
        result.push_back(Instant::fromNs(v.atNs) - now);
        now = Instant::fromNs(v.atNs);
    }
    return result;
}

/// The \a index-th wait of 4000 calls, each at a retry of its own, in seconds.
template <typename Retry, typename Config> std::vector<double> sample(const Config &config, std::size_t index)
{
    std::vector<double> result;
    for (std::uint64_t key = 0; key < 4'000; ++key) {
        Retry retry(config);
        result.push_back(toSeconds(waits(retry, key).at(index)));
    }
    return result;
}

/// True if \a values look like U[lo, hi): the 0.1 % point of the Kolmogorov-Smirnov statistic.
bool isUniform(const std::vector<double> &values, double lo, double hi)
{
    return ksUniform(values, lo, hi) < 1.95;
}

/// How many calls in a row are retried once when every try fails with \a outcome.
template <typename Retry> int retriesUntilRefused(Retry &retry, Outcome outcome)
{
    for (int n = 0; n < 10'000; ++n) {
        ProbeCall call(static_cast<std::uint64_t>(n));
        static_cast<void>(call.admit(retry, at(0)));
        if (call.end(retry, at(0), outcome).kind != Verdict::Kind::RetryAt)
            return n;
        static_cast<void>(call.end(retry, at(0), {.kind = OutcomeKind::Cancelled})); // an end that is not retried
    }
    return -1;
}

} // namespace

class TestRetryDialects : public QObject {
    Q_OBJECT
private slots:
    // ---- Polly ----

    /// Recomputed from the formula by an independent program; base 1 s.
    void pollysDecorrelatedJitter_data()
    {
        QTest::addColumn<QVector<double>>("draws");
        QTest::addColumn<QVector<double>>("seconds");
        const auto constant = [](double r) { return QVector<double>(6, r); };
        QTest::newRow("0") << constant(0) << QVector<double>{0, 1.377182, 1.460067, 2.865850, 5.717807, 11.430272};
        QTest::newRow("0.25") << constant(0.25) << QVector<double>{.646924, 1.013570, 1.720438, 3.404510, 6.798370, 13.592378};
        QTest::newRow("0.5") << constant(0.5) << QVector<double>{.897405, 1.093004, 2.035748, 4.045979, 8.083632, 16.163663};
        QTest::newRow("0.75") << constant(0.75) << QVector<double>{1.128360, 1.250132, 2.414001, 4.809443, 9.612264, 19.221529};
        QTest::newRow("mixed") << QVector<double>{.9, .1, .9, .1} << QVector<double>{1.274272, .211379, 3.834241, .793834};
    }
    void pollysDecorrelatedJitter()
    {
        QFETCH(QVector<double>, draws);
        QFETCH(QVector<double>, seconds);
        PollyRetryConfig c;
        c.delay = 1s;
        c.backoffType = PollyBackoffType::Exponential;
        c.useJitter = true;
        double previous = 0;
        for (int i = 0; i < draws.size(); ++i) {
            const double ns = pollyDelayNs(c, static_cast<std::uint32_t>(i), draws[i], previous);
            QVERIFY2(std::abs(ns / 1e9 - seconds[i]) < 6e-7, qPrintable(QString::number(ns / 1e9, 'f', 7)));
        }
    }

    void pollysWaitsWithoutJitter_data()
    {
        QTest::addColumn<int>("type");
        QTest::addColumn<QVector<int>>("seconds");
        QTest::newRow("constant") << int(PollyBackoffType::Constant) << QVector<int>{2, 2, 2};
        QTest::newRow("linear") << int(PollyBackoffType::Linear) << QVector<int>{2, 4, 6};
        QTest::newRow("exponential") << int(PollyBackoffType::Exponential) << QVector<int>{2, 4, 8};
    }
    void pollysWaitsWithoutJitter()
    {
        QFETCH(int, type);
        QFETCH(QVector<int>, seconds);
        PollyRetryConfig c;
        c.backoffType = static_cast<PollyBackoffType>(type);
        PollyRetry retry(c);
        const auto seen = waits(retry);
        QCOMPARE(seen.size(), std::size_t{3}); // three retries, four tries
        for (int i = 0; i < 3; ++i)
            QCOMPARE(seen[static_cast<std::size_t>(i)], Duration(std::chrono::seconds(seconds[i])));
        c.maxDelay = 3s;
        PollyRetry capped(c);
        QCOMPARE(waits(capped).back(), std::min<Duration>(3s, std::chrono::seconds(seconds[2])));
    }

    void pollySpreadsOtherWaitsByAQuarter()
    {
        PollyRetryConfig c;
        c.useJitter = true;
        QVERIFY(isUniform(sample<PollyRetry>(c, 0), 1.5, 2.5));
        c.backoffType = PollyBackoffType::Linear;
        QVERIFY(isUniform(sample<PollyRetry>(c, 1), 3, 5));
        QVERIFY(!isUniform(sample<PollyRetry>(c, 1), 3, 5.5)); // the test can tell
    }

    void pollyLooksAtRetryAfterOnlyWhenTold()
    {
        PollyRetryConfig c;
        c.maxDelay = 3s;
        const Outcome asks{.kind = OutcomeKind::Error, .status = 503, .retryAfterMs = 10'000};
        PollyRetry core(c);
        QCOMPARE(waits(core, 1, asks)[0], Duration(2s));
        c.shouldRetryAfterHeader = true;
        PollyRetry http(c);
        QCOMPARE(waits(http, 1, asks)[0], Duration(10s)); // not cut by max_delay
    }

    void pollySelectsByStatus()
    {
        PollyRetryConfig c;
        c.shouldHandle = {"503", "timeout"};
        PollyRetry retry(c);
        QVERIFY(waits(retry, 1, {.kind = OutcomeKind::Error, .status = 500}).empty());
        QVERIFY(!waits(retry, 1, {.kind = OutcomeKind::Error, .status = 503}).empty());
        QVERIFY(!waits(retry, 1, kTimeout).empty());
    }

    // ---- gRPC ----

    void grpcSpreadsEveryWaitByAFifth()
    {
        GrpcRetryConfig c;
        c.maxAttempts = 50; // taken as 5
        GrpcRetry retry(c);
        QCOMPARE(waits(retry).size(), std::size_t{4});
        QVERIFY(isUniform(sample<GrpcRetry>(c, 0), .08, .12));
        QVERIFY(isUniform(sample<GrpcRetry>(c, 1), .16, .24));
        QVERIFY(isUniform(sample<GrpcRetry>(c, 2), .32, .48));
        QVERIFY(isUniform(sample<GrpcRetry>(c, 3), .64, .96));
        c.maxBackoff = 200ms;
        QVERIFY(isUniform(sample<GrpcRetry>(c, 3), .16, .24)); // 20 % over the cap
    }

    void grpcThrottlesAtHalfOfItsTokens()
    {
        GrpcRetryConfig c;
        c.maxAttempts = 2;
        c.retryThrottling = {.maxTokens = 10, .tokenRatio = 0.1};
        GrpcRetry retry(c);
        for (int i = 1; i <= 4; ++i) {
            ProbeCall call;
            static_cast<void>(call.admit(retry, at(0)));
            QCOMPARE(call.end(retry, at(0), kBad).kind, Verdict::Kind::RetryAt);
            call.cancel(retry, at(0));
        }
        ProbeCall fifth;
        static_cast<void>(fifth.admit(retry, at(0)));
        QCOMPARE(fifth.end(retry, at(0), kBad).kind, Verdict::Kind::Keep); // 5 tokens are not more than 5
        QCOMPARE(retry.tokens(), std::int64_t{5'000});
        for (int i = 0; i < 10; ++i) {
            ProbeCall call;
            static_cast<void>(call.admit(retry, at(0)));
            static_cast<void>(call.end(retry, at(0), kOk));
        }
        QCOMPARE(retry.tokens(), std::int64_t{6'000}); // ten successes for one token
    }

    void grpcWaitsExactlyForAPushbackAndBeginsAnew()
    {
        GrpcRetryConfig c;
        GrpcRetry retry(c);
        ProbeCall call;
        static_cast<void>(call.admit(retry, at(0)));
        static_cast<void>(call.end(retry, at(0), kBad));
        Outcome asks = kBad;
        asks.retryAfterMs = 777;
        QCOMPARE(Instant::fromNs(call.end(retry, at(0), asks).atNs), at(777));
        const Verdict after = call.end(retry, at(0), kBad);
        QVERIFY(after.kind == Verdict::Kind::RetryAt && after.atNs >= 80'000'000 && after.atNs < 120'000'000);
    }

    // ---- AWS ----

    void awsQuotaPaysForRetries_data()
    {
        QTest::addColumn<int>("mode");
        QTest::addColumn<int>("outcome");
        QTest::addColumn<int>("retries");
        const auto row = [](const char *name, AwsRetryMode mode, int outcome, int retries) {
            QTest::newRow(name) << int(mode) << outcome << retries;
        };
        row("errors, before", AwsRetryMode::Standard, 0, 100);
        row("timeouts, before", AwsRetryMode::Standard, 1, 50);
        row("errors, 2026", AwsRetryMode::Standard2026, 0, 35);
        row("throttling, 2026", AwsRetryMode::Standard2026, 2, 100);
        row("legacy has none", AwsRetryMode::Legacy, 0, -1);
    }
    void awsQuotaPaysForRetries()
    {
        QFETCH(int, mode);
        QFETCH(int, outcome);
        QFETCH(int, retries);
        AwsRetryConfig c;
        c.mode = static_cast<AwsRetryMode>(mode);
        AwsRetry retry(c);
        constexpr Outcome kAnswer500{.kind = OutcomeKind::Error, .status = 500};
        QCOMPARE(retriesUntilRefused(retry, outcome == 0 ? kAnswer500 : outcome == 1 ? kTimeout : kThrottled), retries);
    }

    void awsGivesBackWhatTheLastRetryTook()
    {
        AwsRetryConfig c;
        AwsRetry retry(c);
        ProbeCall call;
        static_cast<void>(call.admit(retry, at(0)));
        static_cast<void>(call.end(retry, at(0), kTimeout)); // 10
        static_cast<void>(call.end(retry, at(0), {.kind = OutcomeKind::ConnectionReset})); // 5
        QCOMPARE(retry.tokens(), std::int64_t{485});
        static_cast<void>(call.end(retry, at(0), kOk));
        QCOMPARE(retry.tokens(), std::int64_t{490}); // only the last
        ProbeCall plain;
        static_cast<void>(plain.admit(retry, at(0)));
        static_cast<void>(plain.end(retry, at(0), kOk));
        QCOMPARE(retry.tokens(), std::int64_t{491});
    }

    void awsWaits()
    {
        AwsRetryConfig c;
        c.maxAttempts = 8;
        c.transient = {"error"};
        QVERIFY(isUniform(sample<AwsRetry>(c, 0), 0, 1));
        QVERIFY(isUniform(sample<AwsRetry>(c, 3), 0, 8));
        QVERIFY(isUniform(sample<AwsRetry>(c, 6), 0, 20)); // capped
        c.mode = AwsRetryMode::Legacy;
        QVERIFY(isUniform(sample<AwsRetry>(c, 6), 0, 64)); // not capped
        c.mode = AwsRetryMode::Standard2026;
        QVERIFY(isUniform(sample<AwsRetry>(c, 0), 0, .05));
        QVERIFY(isUniform(sample<AwsRetry>(c, 2), 0, .2));
        AwsRetry retry(c);
        Outcome asks = kBad;
        asks.retryAfterMs = 60'000;
        const Duration wait = waits(retry, 1, asks)[0];
        QVERIFY(wait >= 5s && wait < 5s + 50ms); // moved by at most 5 s
    }

    // ---- Envoy ----

    void envoysRanges_data()
    {
        QTest::addColumn<int>("formula");
        QTest::addColumn<QVector<int>>("upperMs");
        QTest::newRow("source") << int(EnvoyFormula::Source) << QVector<int>{25, 50, 100, 200, 250, 250};
        QTest::newRow("documented") << int(EnvoyFormula::Documented) << QVector<int>{25, 75, 175, 250, 250, 250};
    }
    void envoysRanges()
    {
        QFETCH(int, formula);
        QFETCH(QVector<int>, upperMs);
        EnvoyRetryConfig c;
        c.numRetries = 6;
        c.formula = static_cast<EnvoyFormula>(formula);
        for (int i = 0; i < upperMs.size(); ++i)
            QVERIFY(isUniform(sample<EnvoyRetry>(c, static_cast<std::size_t>(i)), 0, upperMs[i] / 1000.0));
    }

    void envoyLimitsRetriesAtOnce()
    {
        EnvoyRetry retry({});
        std::vector<ProbeCall> calls;
        for (std::uint64_t key = 0; key < 5; ++key)
            calls.emplace_back(key);
        for (ProbeCall &call : calls)
            static_cast<void>(call.admit(retry, at(0)));
        for (int i = 0; i < 3; ++i)
            QCOMPARE(calls[static_cast<std::size_t>(i)].end(retry, at(0), kBad).kind, Verdict::Kind::RetryAt);
        QCOMPARE(calls[3].end(retry, at(0), kBad).kind, Verdict::Kind::Keep); // three wait for their backoff: full
        calls[0].cancel(retry, at(0)); // its caller left while it waited
        QCOMPARE(retry.retriesUnderWay(), std::int64_t{2});
        QCOMPARE(calls[4].end(retry, at(0), kBad).kind, Verdict::Kind::RetryAt);
        for (const std::size_t i : {1u, 2u, 4u})
            static_cast<void>(calls[i].end(retry, at(1'000), i == 1 ? kOk : kBad));
        QCOMPARE(retry.retriesUnderWay(), std::int64_t{0});
    }

    void envoysBudgetIsAShareOfWhatIsUnderWay()
    {
        EnvoyRetryConfig c;
        c.retryBudget = {.budgetPercent = 0.2, .minRetryConcurrency = 3};
        EnvoyRetry retry(c);
        std::vector<ProbeCall> calls;
        for (std::uint64_t key = 0; key < 100; ++key) {
            calls.emplace_back(key);
            static_cast<void>(calls.back().admit(retry, at(0)));
        }
        int retried = 0;
        for (ProbeCall &call : calls)
            retried += call.end(retry, at(0), kBad).kind == Verdict::Kind::RetryAt;
        // With k retries waiting, failure k + 1 finds 99 - k calls at the dependency: 20 % of 84 is 16, so k = 15 is the last.
        QCOMPARE(retried, 16);
        QCOMPARE(retry.retriesUnderWay(), std::int64_t{16});
    }

    void envoySpreadsARateLimitedWait()
    {
        EnvoyRetryConfig c;
        c.rateLimitedMaxInterval = 300s;
        EnvoyRetry retry(c);
        Outcome asks = kBad;
        asks.retryAfterMs = 2'000;
        const Duration wait = waits(retry, 1, asks).at(0);
        QVERIFY(wait >= 2s && wait < 3s);
        asks.retryAfterMs = 400'000; // longer than the limit: the usual wait
        QVERIFY(waits(retry, 1, asks).at(0) < 25ms);
    }

    void envoyLeavesOtherPoliciesRefusalsAlone()
    {
        EnvoyRetry retry({});
        QVERIFY(waits(retry, 1, {.kind = OutcomeKind::CircuitBreakerOpen}).empty());
        QVERIFY(waits(retry, 1, {.kind = OutcomeKind::Error, .status = 404}).empty()); // not a 5xx
        QVERIFY(!waits(retry, 1, {.kind = OutcomeKind::Error, .status = 502}).empty());
        QVERIFY(!waits(retry, 1, kBad).empty()); // no status: no answer at all
    }

    // ---- Finagle ----

    void finaglesBudgetBeginsWithAHundredRetries()
    {
        FinagleRetryConfig c;
        FinagleRetry retry(c);
        QCOMPARE(retry.balance(at(0)), std::int64_t{100});
        for (std::uint64_t key = 0; key < 10; ++key) {
            ProbeCall call(key);
            static_cast<void>(call.admit(retry, at(0)));
            static_cast<void>(call.end(retry, at(0), kOk));
        }
        QCOMPARE(retry.balance(at(0)), std::int64_t{102}); // 0.2 per request
        QCOMPARE(retriesUntilRefused(retry, kBad), 127);   // n retries need n <= 102 + n / 5 + 1 / 5
    }

    void finaglesWaitsBeginAtTheStart()
    {
        FinagleRetryConfig c;
        c.tries = 4;
        FinagleRetry retry(c);
        const auto seen = waits(retry);
        QCOMPARE(seen.at(0), Duration(5ms));
        QVERIFY(isUniform(sample<FinagleRetry>(c, 1), .005, .015));
        QVERIFY(seen.at(2) >= seen.at(1) && seen.at(2) < 3 * seen.at(1));
        c.backoff = FinagleBackoff::ExponentialJittered;
        QVERIFY(isUniform(sample<FinagleRetry>(c, 1), 0, .010));
        c.backoff = FinagleBackoff::EqualJittered;
        QVERIFY(isUniform(sample<FinagleRetry>(c, 2), .010, .020));
        c.chained = false;
        c.backoff = FinagleBackoff::ExponentialJittered;
        QVERIFY(isUniform(sample<FinagleRetry>(c, 2), 0, .020));
        c.maximum = 10ms;
        QCOMPARE(finagleWait(c, 2, 5ms, 1), Duration(10ms)); // the range reaches the cap: no chance any more
        c.backoff = FinagleBackoff::DecorrelatedJittered;
        QVERIFY(finagleWait(c, 2, 5ms, ~0ull) < 10ms); // here the range is cut
        c.maximum = 200ms;
        c.backoff = FinagleBackoff::Exponential;
        FinagleRetry plain(c);
        QCOMPARE(waits(plain), (std::vector<Duration>{5ms, 10ms, 20ms}));
    }
};

QTEST_GUILESS_MAIN(TestRetryDialects)
#include "tst_retry_dialects.moc"
