// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/policies/dialects/gobreaker_circuit_breaker.h"
#include "core/policies/dialects/resilience4j_circuit_breaker.h"
#include "core/policies/dialects/resilience4j_retry.h"
#include "core/policies/registry.h"
#include "core/scenario/loader.h"
#include "simulators/vocabulary.h"
#include "tests/support/breaker_calls.h"

#include <QObject>
#include <QTest>

#include <filesystem>
#include <string>

using namespace halfopen;
using namespace halfopen::test;
using namespace std::chrono_literals;

namespace {

const char *const kScenario = R"(
halfopen: 1
name: dialects
duration: 1s
services: { db: { service_time: 1ms } }
clients: { web: { arrivals: { poisson: 1/s }, calls: [ { to: db, policies: stack } ] } }
policies:
  stack:
    - retry: { dialect: resilience4j, wait_duration: 20ms, enable_exponential_backoff: true }
    - circuit_breaker: %1
)";

LoadResult load(const QString &breaker)
{
    return loadScenarioText(QString(kScenario).arg(breaker).toStdString(), "dialects.yaml", standardVocabulary());
}

} // namespace

class TestDialects : public QObject {
    Q_OBJECT
private slots:
    // ---- resilience4j: the worked examples of its documentation and issues ----

    void resilience4jCanOpenOnASuccess()
    {
        Resilience4jBreakerConfig c;
        c.slidingWindowSize = 10;
        c.minimumNumberOfCalls = 5;
        Resilience4jCircuitBreaker breaker(c);
        QCOMPARE(callsUntilChange(breaker, "FFFFS"), 5); // no verdict before the minimum, then 80 %
        QCOMPARE(describe(eventsOf(breaker).at(0).reason),
                 std::string("failure rate 80 % of 5 calls reached the threshold of 50 %; decided by call 4 (success)"));
    }

    void resilience4jJudgesTrialsAfterTheSmallerOfMinimumAndPermitted_data()
    {
        QTest::addColumn<QString>("trials");
        QTest::addColumn<bool>("closes");
        QTest::newRow("one of three failed") << "SSF" << true;
        QTest::newRow("two of three failed") << "FFS" << false;
    }
    void resilience4jJudgesTrialsAfterTheSmallerOfMinimumAndPermitted()
    {
        QFETCH(QString, trials);
        QFETCH(bool, closes);
        Resilience4jBreakerConfig c;
        c.minimumNumberOfCalls = 3;
        c.permittedNumberOfCallsInHalfOpenState = 7;
        Resilience4jCircuitBreaker breaker(c);
        QCOMPARE(callsUntilChange(breaker, "FFF"), 3);
        const int decidedAt = callsUntilChange(breaker, trials.toStdString(), 60'003);
        QCOMPARE(decidedAt, 3);
        QCOMPARE(breaker.snapshot(at(60'010)).state, closes ? BreakerState::Closed : BreakerState::Open);
        const auto events = eventsOf(breaker);
        QCOMPARE(events.back().reason.kind,
                 closes ? TransitionReason::Kind::RateBelowThreshold : TransitionReason::Kind::FailureRate);
    }

    void resilience4jIsStillOpenAtExactlyTheWait()
    {
        Resilience4jBreakerConfig c;
        c.minimumNumberOfCalls = 1;
        Resilience4jCircuitBreaker breaker(c);
        QCOMPARE(callsUntilChange(breaker, "F"), 1);
        QCOMPARE(*breaker.snapshot(at(1)).nextTrialAt, Instant(60s + 1ns));
        QVERIFY(!isAdmitted(ProbeCall().admit(breaker, Instant(60s))));
        QVERIFY(isAdmitted(ProbeCall().admit(breaker, Instant(60s + 1ns))));
    }

    void resilience4jCountsALateResultWhereItArrives()
    {
        Resilience4jBreakerConfig c;
        c.minimumNumberOfCalls = 2;
        c.permittedNumberOfCallsInHalfOpenState = 2;
        c.waitDurationInOpenState = 1s;
        Resilience4jCircuitBreaker breaker(c);
        ProbeCall early[2];
        for (ProbeCall &call : early)
            QVERIFY(isAdmitted(call.admit(breaker, at(0))));
        QCOMPARE(callsUntilChange(breaker, "FF"), 2);
        QVERIFY(isAdmitted(ProbeCall().admit(breaker, at(1'100)))); // on trial, never ends
        for (ProbeCall &call : early)
            static_cast<void>(call.end(breaker, at(1'101), {}));
        QCOMPARE(breaker.snapshot(at(1'101)).state, BreakerState::Closed); // closed without one trial finished
    }

    void resilience4jTimersAreOfferedToTheDriver()
    {
        Resilience4jBreakerConfig c;
        c.minimumNumberOfCalls = 1;
        c.automaticTransitionFromOpenToHalfOpenEnabled = true;
        c.maxWaitDurationInHalfOpenState = 5s;
        Resilience4jCircuitBreaker breaker(c);
        QCOMPARE(breaker.nextTimer(), Instant::never());
        QCOMPARE(callsUntilChange(breaker, "F"), 1);
        QCOMPARE(breaker.nextTimer(), at(60'000));
        breaker.handleTimer(at(59'999)); // early: changes nothing
        QCOMPARE(breaker.snapshot(at(59'999)).state, BreakerState::Open);
        breaker.handleTimer(at(60'000));
        QCOMPARE(breaker.snapshot(at(60'000)).state, BreakerState::HalfOpen);
        QCOMPARE(breaker.nextTimer(), at(65'000));
        breaker.handleTimer(at(65'000));
        QCOMPARE(breaker.snapshot(at(65'000)).state, BreakerState::Open);
        QCOMPARE(describe(eventsOf(breaker).back().reason), std::string("half-open for 5 s without a verdict"));
    }

    void resilience4jKeepsTheSameSettingsWithoutALoss()
    {
        Resilience4jBreakerConfig c;
        Resilience4jCircuitBreaker breaker(c);
        QCOMPARE(callsUntilChange(breaker, "FFF"), 0);
        breaker.reconfigure(at(5), &c);
        QCOMPARE(breaker.snapshot(at(5)).window.calls, 3u);
        c.minimumNumberOfCalls = 3;
        breaker.reconfigure(at(6), &c);
        QCOMPARE(breaker.snapshot(at(6)).window.calls, 0u);
    }

    // ---- gobreaker ----

    void gobreakerOpensAtTheSixthFailureInARow()
    {
        GobreakerCircuitBreaker breaker({});
        QCOMPARE(callsUntilChange(breaker, "FFFFFSFFFFFF"), 12);
        QCOMPARE(describe(eventsOf(breaker).at(0).reason),
                 std::string("6 failures in a row reached the threshold of 6; decided by call 11 (error)"));
    }

    void gobreakerDropsACallThatOutlivesItsInterval()
    {
        GobreakerConfig c;
        c.interval = 1s;
        c.readyToTrip.threshold = 1;
        GobreakerCircuitBreaker breaker(c);
        ProbeCall slow;
        QVERIFY(isAdmitted(slow.admit(breaker, at(500))));
        static_cast<void>(slow.end(breaker, at(1001), {.kind = OutcomeKind::Timeout}));
        QCOMPARE(breaker.state(), BreakerState::Closed); // the outage is not seen
    }

    // ---- retry ----

    void resilience4jRetryWaitsWholeMilliseconds()
    {
        Resilience4jRetryConfig c;
        c.maxAttempts = 7;
        c.enableExponentialBackoff = true;
        Resilience4jRetry retry(c);
        ProbeCall call;
        static_cast<void>(call.admit(retry, at(0)));
        std::vector<std::int64_t> waits;
        for (Verdict v = call.end(retry, at(0), {.kind = OutcomeKind::Error}); v.kind == Verdict::Kind::RetryAt;
             v = call.end(retry, at(0), {.kind = OutcomeKind::Error}))
            waits.push_back(v.atNs / 1'000'000);
        QCOMPARE(waits, (std::vector<std::int64_t>{500, 750, 1125, 1687, 2530, 3795}));
    }

    void resilience4jRetriesABreakersRefusalUnlessIgnored()
    {
        Resilience4jRetryConfig c;
        const auto retries = [](const Resilience4jRetryConfig &config) {
            Resilience4jRetry retry(config);
            ProbeCall call;
            static_cast<void>(call.admit(retry, at(0)));
            return call.end(retry, at(0), {.kind = OutcomeKind::CircuitBreakerOpen}).kind == Verdict::Kind::RetryAt;
        };
        QVERIFY(retries(c));
        c.ignoreExceptions = {"circuit_breaker_open"};
        QVERIFY(!retries(c));
    }

    // ---- choosing one ----

    void everyDialectCanBeMadeFromItsSchema()
    {
        int rows = 0;
        for (const PolicyType &type : policyTypes()) {
            QCOMPARE(type.findDialect(type.dialect), &type);
            QVERIFY(!type.findDialect("no_such_library"));
            if (!type.otherDialects)
                continue;
            for (const PolicyType &other : type.otherDialects()) {
                ++rows;
                QCOMPARE(other.key(), type.key());
                QCOMPARE(type.findDialect(other.dialect), &other);
                QCOMPARE(other.isBreaker, type.isBreaker);
                Settings settings(other.schema());
                QCOMPARE(other.schema().conflict(settings.config()), std::string());
                for (const Field &field : other.schema().fields) {
                    QVERIFY2(field.help.size() > 30, std::string(field.key).c_str());
                }
                const std::string help = "/resources/help/" + std::string(other.key()) + "."
                    + std::string(other.dialect) + ".md";
                QVERIFY2(std::filesystem::exists(HALFOPEN_SOURCE_DIR + help), help.c_str());
                const Field *dialect = other.schema().find("dialect");
                QVERIFY(dialect);
                QCOMPARE(std::get<std::string>(dialect->standard), std::string(other.dialect));
                settings.set(*dialect, std::string("halfopen"));
                QVERIFY(!other.schema().conflict(settings.config()).empty());
                const auto policy = other.create(other.schema().create().get());
                ProbeCall call;
                QVERIFY(isAdmitted(call.admit(*policy, at(0))));
                QCOMPARE(call.end(*policy, at(1), {}).kind, Verdict::Kind::Keep);
            }
        }
        QCOMPARE(rows, 14);
    }

    void aScenarioChoosesTheDialect()
    {
        const LoadResult result = load("{ dialect: gobreaker, max_requests: 2, ready_to_trip: { kind: ratio, ratio: 50% } }");
        for (const Diagnostic &d : result.diagnostics)
            qWarning("%s", d.text().c_str());
        QVERIFY(result.ok());
        const auto &layers = result.scenario->stacks.at(0).layers;
        QCOMPARE(layers[0].type->dialect, std::string_view("resilience4j"));
        QCOMPARE(layers[0].settings.as<Resilience4jRetryConfig>().waitDuration, Duration(20ms));
        QCOMPARE(layers[1].type->dialect, std::string_view("gobreaker"));
        QCOMPARE(layers[1].settings.as<GobreakerConfig>().readyToTrip.ratio, 0.5);
    }

    void theOwnDialectMayBeNamed()
    {
        QVERIFY(load("{ dialect: halfopen, failure_threshold: 2 }").ok());
    }

    void anUnknownDialectIsAnErrorThatNamesTheKnownOnes()
    {
        const LoadResult result = load("{ dialect: polyglot }");
        QVERIFY(!result.ok());
        QCOMPARE(result.diagnostics.size(), std::size_t{1});
        QVERIFY2(result.diagnostics[0].message.find("halfopen, resilience4j, gobreaker, polly, failsafe, "
                                                       "hystrix, sentinel or microprofile") != std::string::npos,
                 result.diagnostics[0].text().c_str());
    }

    void aSettingOfAnotherDialectIsUnknown()
    {
        const LoadResult result = load("{ dialect: gobreaker, recovery_timeout: 5s }");
        QVERIFY(!result.ok());
        QVERIFY(result.diagnostics[0].message.find("unknown key 'recovery_timeout'") != std::string::npos);
    }
};

QTEST_GUILESS_MAIN(TestDialects)
#include "tst_dialects.moc"
