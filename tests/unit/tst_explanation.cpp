// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What a breaker says about itself, against a second count of the calls that were fed to it.
#include "core/policies/bulkhead.h"
#include "core/policies/circuit_breaker.h"
#include "core/policies/dialects/aws_retry.h"
#include "core/policies/dialects/gobreaker_circuit_breaker.h"
#include "core/policies/dialects/resilience4j_circuit_breaker.h"
#include "core/policies/dialects/sentinel_circuit_breaker.h"
#include "core/policies/explanation.h"
#include "core/policies/registry.h"
#include "core/policies/retry_budget.h"
#include "core/policies/timeout.h"
#include "core/policies/watched_policy.h"
#include "tests/support/policy_probe.h"

#include <QObject>
#include <QTest>
#include <algorithm>
#include <memory>
#include <vector>

using namespace halfopen;
using namespace halfopen::test;
using namespace std::chrono_literals;

namespace {

constexpr Outcome kGood{.kind = OutcomeKind::Success};
constexpr Outcome kBad{.kind = OutcomeKind::Error, .status = 500};

struct Fed {
    std::int64_t endMs;
    bool failed;
    bool slow;
};

/// Calls of fixed length, one after the other, that fail and are slow by a fixed pattern; stops when refused.
std::vector<Fed> feed(Policy &policy, int calls, std::int64_t gapMs, int failEvery, int slowEvery, std::int64_t slowMs)
{
    std::vector<Fed> fed;
    std::int64_t nowMs = 0;
    for (int i = 1; i <= calls; ++i) {
        ProbeCall call(static_cast<std::uint64_t>(i));
        if (!isAdmitted(call.admit(policy, at(nowMs))))
            break;
        const bool failed = i % failEvery == 0;
        const bool slow = i % slowEvery == 0;
        nowMs += slow ? slowMs : 1;
        static_cast<void>(call.end(policy, at(nowMs), failed ? kBad : kGood));
        fed.push_back({nowMs, failed, slow});
        nowMs += gapMs;
    }
    return fed;
}

/// The calls that ended at or after \a fromMs, or the last \a last of them.
WindowCounts recount(const std::vector<Fed> &fed, std::int64_t fromMs, std::size_t last = 1'000'000)
{
    WindowCounts counts;
    for (std::size_t i = fed.size() > last ? fed.size() - last : 0; i < fed.size(); ++i)
        if (fed[i].endMs >= fromMs)
            counts.add(WindowCounts::one(fed[i].failed, fed[i].slow));
    return counts;
}

} // namespace

class TestExplanation : public QObject {
    Q_OBJECT
private slots:
    void countWindowIsTheLastCalls()
    {
        CircuitBreakerConfig config;
        config.failureRateThreshold = 0.9;
        config.window = {.kind = WindowKind::Count, .size = std::int64_t{20}, .minimumCalls = 10};
        config.slowCall = {.duration = 50ms, .rateThreshold = 0.95};
        CircuitBreaker breaker(config);
        const std::vector<Fed> fed = feed(breaker, 33, 5, 3, 4, 60);
        const Explanation e = breaker.explain(at(10'000));
        QVERIFY(e.isBreaker && e.state == BreakerState::Closed);
        QVERIFY(e.window == recount(fed, 0, 20));
        QCOMPARE(e.calls.size(), std::size_t{20});
        for (std::size_t i = 0; i < 20; ++i) { // oldest first, call by call
            const Fed &one = fed[fed.size() - 20 + i];
            QCOMPARE(static_cast<int>(e.calls[i]), (one.failed ? 1 : 0) + (one.slow ? 2 : 0));
        }
        QCOMPARE(e.rules.size(), std::size_t{2}); // a failure rate switches the rule of failures in a row off
        QVERIFY(!e.rules[0].isMet() && !e.rules[1].isMet());
        QCOMPARE(e.rules[0].observed, double(e.window.failures) / 20);
    }

    void aFailedTrialLeavesTheWindowThatOpened()
    {
        CircuitBreakerConfig config;
        config.failureRateThreshold = 0.5;
        config.window = {.kind = WindowKind::Time, .size = Duration(5s), .minimumCalls = 10};
        config.recoveryTimeout = Duration(20s);
        CircuitBreaker breaker(config);
        for (int i = 0; i < 10; ++i) { // six of ten fail within a second
            ProbeCall call(static_cast<std::uint64_t>(i));
            QVERIFY(isAdmitted(call.admit(breaker, at(100 * i))));
            static_cast<void>(call.end(breaker, at(100 * i + 1), {.kind = i < 4 ? OutcomeKind::Success : OutcomeKind::Error}));
        }
        const Explanation opened = breaker.explain(at(1'000));
        QVERIFY(opened.state == BreakerState::Open && opened.window.calls == 10 && opened.window.failures == 6);
        ProbeCall trial(10);
        QVERIFY(isAdmitted(trial.admit(breaker, at(30'000))));
        static_cast<void>(trial.end(breaker, at(30'001), {.kind = OutcomeKind::Error}));
        const Explanation again = breaker.explain(at(31'000));
        QCOMPARE(again.state, BreakerState::Open);
        QVERIFY(again.window == opened.window);
    }

    void timeWindowHoldsItsBuckets()
    {
        Resilience4jBreakerConfig config;
        config.slidingWindowType = Resilience4jWindowType::TimeBased;
        config.slidingWindowSize = 4;
        config.minimumNumberOfCalls = 50;
        config.slowCallDurationThreshold = 50ms;
        Resilience4jCircuitBreaker breaker(config);
        const std::vector<Fed> fed = feed(breaker, 40, 200, 3, 5, 60);
        const std::int64_t now = fed.back().endMs;
        const Explanation e = breaker.explain(at(now));
        const std::int64_t oldest = (now / 1000 - 3) * 1000; // the current second and the three before it
        QVERIFY(e.window == recount(fed, oldest));
        QCOMPARE(e.buckets.size(), std::size_t{4});
        WindowCounts sum;
        for (std::size_t i = 0; i < 4; ++i) {
            QCOMPARE(e.buckets[i].from, at(oldest + 1000 * static_cast<std::int64_t>(i)));
            WindowCounts one = recount(fed, oldest + 1000 * static_cast<std::int64_t>(i));
            one.subtract(recount(fed, oldest + 1000 * static_cast<std::int64_t>(i + 1)));
            QVERIFY(e.buckets[i].counts == one);
            sum.add(e.buckets[i].counts);
        }
        QVERIFY(sum == e.window);
        QVERIFY(!e.rules[0].isAsked());
        QCOMPARE(QString::fromStdString(describe(e.rules[0])),
                 QString("failure rate is not asked yet: minimum calls not reached, %1 of 50").arg(e.window.calls));
        // Two seconds later, without a call in between, the two oldest are gone and two are empty.
        const Explanation later = breaker.explain(at(now + 2000));
        QVERIFY(later.window == recount(fed, oldest + 2000));
        QVERIFY(later.buckets[3].counts == WindowCounts{} && later.buckets[2].counts == WindowCounts{});
        QCOMPARE(later.buckets[0].from, at(oldest + 2000));
        QVERIFY(later.buckets[0].counts == e.buckets[2].counts);
    }

    void openSaysWhenATrialMayPass()
    {
        CircuitBreakerConfig config; // 5 failures in a row, 60 s
        CircuitBreaker breaker(config);
        const std::vector<Fed> fed = feed(breaker, 9, 5, 1, 100, 60);
        QCOMPARE(fed.size(), std::size_t{5});
        const Explanation e = breaker.explain(at(1000));
        QVERIFY(e.state == BreakerState::Open);
        QCOMPARE(*e.nextAt, at(fed.back().endMs + 60'000));
        // It is true: refused a nanosecond before, let through then.
        ProbeCall early, due;
        QVERIFY(!isAdmitted(early.admit(breaker, *e.nextAt - Duration(1))));
        QVERIFY(isAdmitted(due.admit(breaker, *e.nextAt)));
        const Explanation trial = breaker.explain(*e.nextAt);
        QVERIFY(trial.state == BreakerState::HalfOpen);
        QCOMPARE(QString::fromStdString(describe(trial.rules[0])), QString("trials that went well: 0 of 3"));
    }

    void strictDialectsLetThroughOneNanosecondLater()
    {
        Resilience4jBreakerConfig r4j;
        r4j.slidingWindowSize = 4;
        r4j.minimumNumberOfCalls = 4;
        Resilience4jCircuitBreaker first(r4j);
        GobreakerCircuitBreaker second{GobreakerConfig{}};
        for (Policy *policy : {static_cast<Policy *>(&first), static_cast<Policy *>(&second)}) {
            feed(*policy, 9, 5, 1, 100, 60);
            const Explanation e = policy->explain(at(500));
            QVERIFY(e.state == BreakerState::Open && e.nextAt);
            ProbeCall early, due;
            QVERIFY(!isAdmitted(early.admit(*policy, *e.nextAt - Duration(1))));
            QVERIFY(isAdmitted(due.admit(*policy, *e.nextAt)));
            QVERIFY(policy->explain(*e.nextAt).state == BreakerState::HalfOpen);
        }
    }

    void gobreakerForgetsWhatItsIntervalForgets()
    {
        GobreakerConfig config;
        config.interval = 1s;
        config.readyToTrip = {.kind = GobreakerTrip::Ratio, .minRequests = 10, .ratio = 0.5};
        GobreakerCircuitBreaker breaker(config);
        const std::vector<Fed> fed = feed(breaker, 7, 10, 3, 100, 1);
        const Explanation e = breaker.explain(at(200));
        QVERIFY(e.window == recount(fed, 0));
        QCOMPARE(QString::fromStdString(describe(e.rules[0])),
                 QString("failures per request is not asked yet: minimum calls not reached, 7 of 10 (asked only after a failure)"));
        QCOMPARE(breaker.explain(at(5000)).window.calls, 0u); // the next input would find an empty window
        QCOMPARE(breaker.counts().requests, 7u);              // and asking did not change it
    }

    void slowIsSaidToTheMicrosecond()
    {
        CircuitBreakerConfig config;
        config.slowCall = {.duration = 1500us, .rateThreshold = 0.5};
        const Explanation e = CircuitBreaker(config).explain(at(0));
        QCOMPARE(e.facts.at(0).what, std::string("slow"));
        QCOMPARE(e.facts.at(0).value, std::string("longer than 1.5ms"));
    }

    /// What decides on trial is what is named: where slowness alone counts, failures are not even known.
    void trialsAreNamedByWhatDecides_data()
    {
        QTest::addColumn<SentinelGrade>("grade");
        QTest::addColumn<QString>("against");
        QTest::newRow("slowness") << SentinelGrade::SlowRequestRatio << "trials that were too slow: 0 of 1";
        QTest::newRow("errors") << SentinelGrade::ErrorCount << "trials that failed: 0 of 1";
    }
    void trialsAreNamedByWhatDecides()
    {
        QFETCH(SentinelGrade, grade);
        QFETCH(QString, against);
        SentinelConfig config;
        config.grade = grade;
        config.count = grade == SentinelGrade::SlowRequestRatio ? 50 : 0; // ms, or errors
        config.slowRatioThreshold = 0.5;
        config.minRequestAmount = 1;
        config.timeWindow = 5s;
        SentinelCircuitBreaker breaker(config);
        ProbeCall bad(1), trial(2);
        static_cast<void>(bad.admit(breaker, at(0)));
        static_cast<void>(bad.end(breaker, at(60), kBad));
        QVERIFY(isAdmitted(trial.admit(breaker, at(6'000))));
        const Explanation e = breaker.explain(at(6'010));
        QCOMPARE(e.state, BreakerState::HalfOpen);
        QCOMPARE(QString::fromStdString(describe(e.rules.at(0))), QString("trials that went well: 0 of 1"));
        QCOMPARE(QString::fromStdString(describe(e.rules.at(1))), against);
    }

    /// Refusals have a log of their own: a breaker that refuses a lot keeps the calls that opened it.
    void refusalsDoNotPushTheEndsOut()
    {
        const CircuitBreakerConfig config; // five failures in a row, 60 s
        const std::unique_ptr<Policy> policy = watchedType(*findPolicyType("circuit_breaker")).create(&config);
        const auto &watched = dynamic_cast<const WatchedPolicy &>(*policy);
        QCOMPARE(feed(*policy, 9, 5, 1, 100, 60).size(), std::size_t{5});
        for (std::uint64_t i = 0; i < WatchedPolicy::kCallsKept + 7; ++i) {
            ProbeCall call(100 + i);
            QVERIFY(!isAdmitted(call.admit(*policy, at(1000))));
        }
        QCOMPARE(watched.ended().kept.size(), std::size_t{5});
        QCOMPARE(watched.ended().forgotten, std::uint64_t{0});
        QCOMPARE(watched.refused().kept.size(), WatchedPolicy::kCallsKept);
        QCOMPARE(watched.refused().all(), std::uint64_t{WatchedPolicy::kCallsKept + 8}); // one of feed()'s
        QCOMPARE(watched.stays().size(), std::size_t{2});
        QCOMPARE(watched.ended().kept.back().stay, 0u); // the call that opened it came in CLOSED
        // One that was admitted before and ends now is of the first stay, and comes in the second.
        const std::unique_ptr<Policy> other = watchedType(*findPolicyType("circuit_breaker")).create(&config);
        ProbeCall late(1);
        QVERIFY(isAdmitted(late.admit(*other, at(0))));
        feed(*other, 9, 5, 1, 100, 60);
        static_cast<void>(late.end(*other, at(500), kGood));
        const WatchedCall &last = dynamic_cast<const WatchedPolicy &>(*other).ended().kept.back();
        QCOMPARE(last.took, Duration(500ms));
        QCOMPARE(last.stay, 1u);
        QCOMPARE(last.admittedIn, 0u);
    }

    void consecutiveFailuresCountUp()
    {
        CircuitBreakerConfig config;
        CircuitBreaker breaker(config);
        feed(breaker, 3, 5, 1, 100, 60);
        QCOMPARE(QString::fromStdString(describe(breaker.explain(at(100)).rules[0])), QString("failures in a row: 3 of 5"));
        QCOMPARE(QString::fromStdString(whyNotYet(breaker.explain(at(100))).front()),
                 QString("not OPEN: failures in a row: 3 of 5"));
    }

    void budgetsAndLimitsSayWhatIsLeft()
    {
        Bulkhead bulkhead({.maxConcurrent = 2});
        ProbeCall first(1), second(2), third(3);
        QVERIFY(isAdmitted(first.admit(bulkhead, at(0))));
        QCOMPARE(bulkhead.explain(at(0)).facts[0].value, std::string("1 of at most 2"));
        QCOMPARE(bulkhead.explain(at(0)).next, std::string("the next call goes on at once"));
        QVERIFY(isAdmitted(second.admit(bulkhead, at(0))));
        QCOMPARE(bulkhead.explain(at(0)).next, std::string("the next call is refused as bulkhead_full"));
        QVERIFY(!isAdmitted(third.admit(bulkhead, at(0)))); // as it said

        // gRPC, 10 tokens: four failures leave 6, more than half; the fifth leaves 5, and retries stop (proposal A6).
        RetryBudgetLayer budget({.kind = RetryBudgetKind::Grpc});
        for (int i = 1; i <= 5; ++i) {
            ProbeCall call(static_cast<std::uint64_t>(i));
            static_cast<void>(call.admit(budget, at(i)));
            static_cast<void>(call.end(budget, at(i), kBad));
            const Explanation e = budget.explain(at(i));
            QCOMPARE(e.facts[0].value, std::to_string(10 - i) + " of 10");
            QCOMPARE(e.facts[1].value.starts_with("allowed"), i <= 4);
        }
    }

    void everyPolicySaysSomethingAboutItself()
    {
        for (const PolicyType &type : policyTypes()) {
            std::vector<const PolicyType *> all{&type};
            if (type.otherDialects)
                for (const PolicyType &other : type.otherDialects())
                    all.push_back(&other);
            for (const PolicyType *one : all) {
                const Settings settings(one->schema());
                const Explanation e = one->create(settings.config())->explain(at(0));
                QCOMPARE(e.isBreaker, one->isBreaker);
                QVERIFY2(e.isBreaker || !e.facts.empty() || !e.next.empty(), std::string(one->key()).c_str());
            }
        }
    }

    /// Ranges by the libraries' formulas, with numbers from their documents.
    void retriesSayBetweenWhichWaitsTheyDraw_data()
    {
        QTest::addColumn<QString>("dialect");
        QTest::addColumn<QStringList>("settings");
        QTest::addColumn<QString>("tries");
        QTest::addColumn<QStringList>("waits");
        const auto row = [](const char *name, const char *dialect, const QStringList &settings, const char *tries, const QStringList &waits) {
            QTest::newRow(name) << QString(dialect) << settings << QString(tries) << waits;
        };
        row("full jitter", "halfopen", {"max_attempts=4", "initial_delay=100ms", "max_delay=250ms", "jitter=full"}, "at most 4",
            {"0s to 100ms", "0s to 200ms", "0s to 250ms"});
        row("equal jitter", "halfopen", {"initial_delay=100ms", "max_delay=1s", "jitter=equal"}, "at most 3", {"50ms to 100ms", "100ms to 200ms"});
        row("no jitter", "halfopen", {"initial_delay=100ms", "max_delay=1s", "jitter=none"}, "at most 3", {"100ms", "200ms"});
        row("decorrelated", "halfopen", {"initial_delay=100ms", "max_delay=1s", "jitter=decorrelated"}, "at most 3",
            {"100ms to 300ms", "100ms to 900ms"});
        row("aws", "aws", {}, "at most 3", {"0s to 1s", "0s to 2s"});
        row("aws 2026", "aws", {"mode=standard_2026"}, "at most 3", {"0s to 50ms", "0s to 100ms"});
        row("grpc", "grpc", {"max_attempts=9"}, "at most 5", {"80ms to 120ms", "160ms to 240ms", "320ms to 480ms", "640ms to 960ms"});
        row("envoy", "envoy", {"num_retries=4"}, "at most 5", {"0s to 25ms", "0s to 50ms", "0s to 100ms", "0s to 200ms"});
        row("envoy as documented", "envoy", {"num_retries=3", "retry_back_off.formula=documented"}, "at most 4",
            {"0s to 25ms", "0s to 75ms", "0s to 175ms"});
        row("finagle", "finagle", {"tries=4"}, "at most 4", {"5ms", "5ms to 15ms", "5ms to 45ms"});
        row("polly, linear", "polly", {"backoff_type=linear", "delay=1s"}, "at most 4", {"1s", "2s", "3s"});
        row("polly, with jitter", "polly", {"delay=2s", "use_jitter=true"}, "at most 4", {"1.5s to 2.5s", "1.5s to 2.5s", "1.5s to 2.5s"});
        row("resilience4j", "resilience4j", {}, "at most 3", {"500ms", "500ms"});
    }
    void retriesSayBetweenWhichWaitsTheyDraw()
    {
        QFETCH(QString, dialect);
        QFETCH(QStringList, settings);
        QFETCH(QString, tries);
        QFETCH(QStringList, waits);
        const PolicyType *type = findPolicyType("retry")->findDialect(dialect.toStdString());
        QVERIFY(type);
        Settings with(type->schema());
        for (const QString &setting : settings) {
            const Field *field = type->schema().find(setting.section('=', 0, 0).toStdString());
            QVERIFY2(field, qPrintable(setting));
            const Result<Value> value = parseValue(*field, setting.section('=', 1).toStdString());
            QVERIFY(value.has_value());
            with.set(*field, *value);
        }
        const Explanation e = type->create(with.config())->explain(at(0));
        QCOMPARE(QString::fromStdString(e.facts.at(0).value), tries + ", the first included");
        for (qsizetype i = 0; i < waits.size(); ++i) {
            const Explanation::Fact &fact = e.facts.at(static_cast<std::size_t>(i) + 1);
            QCOMPARE(QString::fromStdString(fact.what), QString("after try %1 fails").arg(i + 1));
            QCOMPARE(QString::fromStdString(fact.value), "the next follows " + waits[i] + " later");
        }
        QCOMPARE(e.next, std::string("a call whose first try fails now is tried again"));
    }

    void aUsedUpQuotaIsNamedAsTheReason()
    {
        AwsRetryConfig c;
        c.retryQuota = 12; // two retries at 5
        AwsRetry retry(c);
        for (std::uint64_t i = 1; i <= 3; ++i) {
            ProbeCall call(i);
            QVERIFY(isAdmitted(call.admit(retry, at(0))));
            const bool again = retry.explain(at(0)).next.ends_with("is tried again");
            QCOMPARE(call.end(retry, at(0), kBad).kind == Verdict::Kind::RetryAt, again); // as it said
        }
        const Explanation e = retry.explain(at(0));
        QCOMPARE(e.next, std::string("a call whose first try fails now is not retried: the quota does not pay for it"));
        QVERIFY(std::any_of(e.facts.begin(), e.facts.end(), [](const Explanation::Fact &f) {
            return f.value == "2 retried, 0 were the last allowed, 1 found no quota or budget, 0 are not retried by their kind";
        }));
    }
};

QTEST_GUILESS_MAIN(TestExplanation)
#include "tst_explanation.moc"
