// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scenario/loader.h"

#include "core/base/units.h"
#include "core/policies/circuit_breaker_config.h"
#include "core/policies/retry.h"
#include "core/policies/timeout.h"
#include "core/traces/recording.h"
#include "simulators/vocabulary.h"
#include "tests/support/scenario_text.h"
#include "tests/support/small_worlds.h"

#include <QFile>
#include <QObject>
#include <QString>
#include <QTemporaryDir>
#include <QTest>

#include <string>

using namespace halfopen;
using namespace halfopen::test;
using namespace std::chrono_literals;

/// What a text loads as; what is said of a wrong one is tst_scenario_problems.
class TestScenarioLoader : public QObject {
    Q_OBJECT
private slots:
    void theDesignExampleLoadsWithItsValues()
    {
        const auto scenario = loaded(designExample());
        QCOMPARE(scenario->name, std::string("retry-storm-after-a-brownout"));
        QCOMPARE(scenario->question,
                 std::string("Question: does the breaker save the database, or only hide it?   "
                             "Watch: goodput after t = 80 s."));
        QCOMPARE(scenario->seed, std::uint64_t(42));
        QVERIFY(scenario->duration == Duration(3min));
        QCOMPARE(scenario->services.size(), std::size_t(2));
        const ServiceSpec &db = scenario->services[0];
        QCOMPARE(db.instances, std::int64_t(3));
        QCOMPARE(db.workers, std::int64_t(20));
        QCOMPARE(db.queue, std::int64_t(100));
        QVERIFY(db.serviceTime == Distribution::lognormal(12ms, 60ms));
        QCOMPARE(db.serviceTimeText, std::string("{ lognormal: { p50: 12ms, p99: 60ms } }"));
        QVERIFY(db.keepsWorkingForDepartedCallers);
        QVERIFY(scenario->services[1].serviceTime == Distribution::constant(2ms));
        QCOMPARE(scenario->services[1].calls[0].policies, std::string("db_client"));
        QCOMPARE(scenario->clients[0].processes, std::int64_t(40));
        QCOMPARE(scenario->clients[0].arrivals.points[0].perSecond, 900.0);
        const PolicyStackSpec *stack = scenario->findStack("db_client");
        QCOMPARE(stack->layers.size(), std::size_t(4));
        QCOMPARE(stack->layers[1].settings.as<RetryConfig>().budget.ratio.value(), 0.1);
        const auto &breaker = stack->layers[2].settings.as<CircuitBreakerConfig>();
        QCOMPARE(breaker.failureRateThreshold.value(), 0.5);
        QVERIFY(breaker.recoveryTimeout == Duration(5s));
        QVERIFY(stack->layers[3].settings.as<TimeoutConfig>().after == Duration(250ms));
        QCOMPARE(scenario->faults[0].on, std::string("orders-db"));
        QVERIFY(scenario->faults[0].from == Duration(60s));
        QVERIFY(scenario->faults[0].length == Duration(20s));
        QCOMPARE(std::string(scenario->faults[0].type->key()), std::string("latency"));
        const ExpectationSpec &goodput = scenario->expectations[0];
        QCOMPARE(goodput.metric, std::string("goodput"));
        QCOMPARE(goodput.value, 0.95);
        QVERIFY(goodput.comparison == ExpectationSpec::Comparison::GreaterOrEqual);
        QVERIFY(goodput.from == Duration(100s));
        QCOMPARE(goodput.place.line, 21);
        QCOMPARE(scenario->expectations[1].value, 0.8);
        QCOMPARE(scenario->expectations[1].of, std::string("web"));
    }

    void blockAndFlowStyleSayTheSame()
    {
        const std::string block = "halfopen: 1\n"
                                  "services:\n"
                                  "  db:\n"
                                  "    workers: 4\n"
                                  "    service_time:\n"
                                  "      lognormal:\n"
                                  "        p50: 5ms\n"
                                  "        p99: 50ms\n"
                                  "clients:\n"
                                  "  web:\n"
                                  "    arrivals:\n"
                                  "      poisson: 10/s\n"
                                  "    calls:\n"
                                  "    - to: db\n"
                                  "      policies: client\n"
                                  "policies:\n"
                                  "  client:\n"
                                  "    - retry:\n"
                                  "        max_attempts: 5\n"
                                  "        budget:\n"
                                  "          ratio: 0.1\n"
                                  "    - timeout:\n"
                                  "        after: 1s\n"
                                  "    - circuit_breaker\n";
        const std::string flow = "{ halfopen: 1, services: { db: { workers: 4, service_time: { "
                                 "lognormal: { p50: 5ms, p99: 50ms } } } },\n"
                                 "  clients: { web: { arrivals: { poisson: 10/s }, calls: [ { to: "
                                 "db, policies: client } ] } },\n"
                                 "  policies: { client: [ { retry: { max_attempts: 5, budget: { "
                                 "ratio: 10% } } }, { timeout: 1s }, circuit_breaker ] } }\n";
        QCOMPARE(QString::fromStdString(listing(*loaded(block))),
                 QString::fromStdString(listing(*loaded(flow))));
    }

    void everyFormOfServiceTimeIsRead_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("described");
        const auto row = [](const char *text, const Distribution &distribution) {
            QTest::newRow(text) << QString(text) << QString::fromStdString(distribution.describe());
        };
        row("7ms", Distribution::constant(7ms));
        row("0", Distribution::constant(0ms));
        row("{ constant: 5ms }", Distribution::constant(5ms));
        row("{ exponential: 10ms }", Distribution::exponential(10ms));
        row("{ exponential: { mean: 10ms } }", Distribution::exponential(10ms));
        row("{ uniform: { min: 1ms, max: 3ms } }", Distribution::uniform(1ms, 3ms));
        row("{ lognormal: { p50: 12ms, p99: 60ms } }", Distribution::lognormal(12ms, 60ms));
        row("{ lognormal: { median: 12ms, sigma: 0.5 } }",
            Distribution::lognormalMedianSigma(12ms, 0.5));
        row("{ lognormal: { mean: 12ms, cv: 2 } }", Distribution::lognormalMeanCv(12ms, 2));
        row("{ gamma: { mean: 10ms, shape: 0.5 } }", Distribution::gamma(0.5, 10ms));
        row("{ erlang: { mean: 10ms, shape: 3 } }", Distribution::gamma(3, 10ms));
        row("{ weibull: { mean: 10ms, shape: 0.7 } }", Distribution::weibull(0.7, 10ms));
        row("{ pareto: { min: 1ms, alpha: 1.5 } }", Distribution::pareto(1.5, 1ms));
        row("{ pareto: { min: 1ms, alpha: 1.5, max: 1s } }", Distribution::pareto(1.5, 1ms, 1s));
        row("{ hyperexponential: { mean: 10ms, cv: 3 } }", Distribution::hyperexponential(10ms, 3));
        row("{ quantiles: { p50: 5ms, p95: 20ms, p99: 80ms } }",
            Distribution::quantiles({{0.5, 5ms}, {0.95, 20ms}, {0.99, 80ms}}));
        row("{ mixture: [ { weight: 9, of: 5ms }, { weight: 1, of: { exponential: 80ms } } ] }",
            Distribution::mixture(
                {{9, Distribution::constant(5ms)}, {1, Distribution::exponential(80ms)}}));
        row("{ empirical: [ 5ms, 6ms, 90ms ] }", Distribution::empirical({5ms, 6ms, 90ms}));
    }
    void everyFormOfServiceTimeIsRead()
    {
        QFETCH(QString, text);
        QFETCH(QString, described);
        const auto scenario = loaded(withService("{ service_time: " + text.toStdString() + " }"));
        QCOMPARE(QString::fromStdString(scenario->services[0].serviceTime.describe()), described);
    }

    void arrivalsAreRatesStepsOrRamps()
    {
        const auto steps = loaded(withArrivals(
            "{ poisson: { steps: [ { from: 0s, rate: 100/s }, { from: 10s, rate: 6/m } ] } }"));
        const ArrivalSpec &arrivals = steps->clients[0].arrivals;
        QVERIFY(arrivals.kind == ArrivalSpec::Kind::Poisson && !arrivals.ramp);
        QCOMPARE(arrivals.points.size(), std::size_t(2));
        QVERIFY(arrivals.points[1].from == Duration(10s));
        QCOMPARE(arrivals.points[1].perSecond, 0.1);
        const auto ramp = loaded(
            withArrivals("{ constant: { ramp: [ { rate: 1/s }, { from: 10s, rate: 5/s } ] } }"));
        QVERIFY(ramp->clients[0].arrivals.kind == ArrivalSpec::Kind::Constant);
        QVERIFY(ramp->clients[0].arrivals.ramp);
    }

    void aFaultWithoutAnEndLastsToTheEndOfTheRun()
    {
        const auto scenario =
            loaded(smallWorld("duration: 100s\nfaults: [ { on: db, from: 30s, error: 50% } ]\n"));
        QVERIFY(scenario->faults[0].length == Duration(70s));
        QVERIFY(!scenario->faults[0].every && !scenario->faults[0].instance);
    }

    void whatIsLeftOutHasItsDefault()
    {
        const auto scenario = loaded(smallWorld());
        QCOMPARE(scenario->name, std::string("s"));
        QCOMPARE(scenario->seed, std::uint64_t(1));
        QVERIFY(scenario->duration == Duration(60s));
        QCOMPARE(scenario->services[0].instances, std::int64_t(1));
        QVERIFY(scenario->services[0].serviceTime == Distribution::constant(10ms));
        QVERIFY(scenario->services[0].keepsWorkingForDepartedCallers);
        QVERIFY(scenario->question.empty());
    }

    void theQuestionEndsBeforeItsSource()
    {
        const auto scenario = loaded("# SPDX-License: x\n# Question: does it\n#   hold?\n# Watch: "
                                     "p99.\n# Source: a book.\n" +
                                     smallWorld());
        QCOMPARE(scenario->question, std::string("Question: does it hold?\nWatch: p99."));
    }

    void aByteOrderMarkAndWindowsLineEndsAreNoProblem()
    {
        QString text = QString::fromStdString(designExample());
        text.replace("\n", "\r\n");
        const std::string windows = "\xEF\xBB\xBF" + text.toStdString();
        QCOMPARE(QString::fromStdString(listing(*loaded(windows))),
                 QString::fromStdString(listing(*loaded(designExample()))));
        QCOMPARE(said("\xEF\xBB\xBFnme: x\r\n" + smallWorld()),
                 "s.yaml:1:1: error: unknown key 'nme' in the scenario\n  nme: x\n  ^\n  hint: did "
                 "you mean 'name'?\n");
    }

    void overridesActBeforeTheTextIsInterpreted()
    {
        const auto scenario =
            loaded(designExample(),
                   {{"policies.db_client.1.max_attempts", "5"},
                    {"policies.db_client.2.window.size", "20s"},
                    {"policies.db_client.2.slow_call", "{ duration: 1s, rate_threshold: 50% }"},
                    {"policies.db_client.3.after", "300ms"},
                    {"policies.edge.0", "{ timeout: 2s }"},
                    {"services.orders-db.workers", "7"},
                    {"services.orders.service_time.exponential", "4ms"},
                    {"clients.web.arrivals.constant", "10/s"},
                    {"faults.0.latency.add", "1s"},
                    {"faults.0.for", "5s"},
                    {"duration", "5m"},
                    {"seed", "7"}});
        const PolicyStackSpec *stack = scenario->findStack("db_client");
        QCOMPARE(stack->layers[1].settings.as<RetryConfig>().maxAttempts, std::int64_t(5));
        const auto &breaker = stack->layers[2].settings.as<CircuitBreakerConfig>();
        QVERIFY(breaker.slowCall.duration == Duration(1s));
        QVERIFY(stack->layers[3].settings.as<TimeoutConfig>().after == Duration(300ms));
        QVERIFY(scenario->findStack("edge")->layers[0].settings.as<TimeoutConfig>().after ==
                Duration(2s));
        QCOMPARE(scenario->services[0].workers, std::int64_t(7));
        QVERIFY(scenario->services[1].serviceTime == Distribution::exponential(4ms));
        QVERIFY(scenario->clients[0].arrivals.kind == ArrivalSpec::Kind::Constant);
        QVERIFY(scenario->faults[0].length == Duration(5s));
        QVERIFY(scenario->duration == Duration(5min));
        QCOMPARE(scenario->seed, std::uint64_t(7));
    }

    void filesAreReadOrTheirTroubleIsNamed()
    {
        QTemporaryDir folder;
        const std::string path = folder.filePath("a.yaml").toStdString();
        const auto messageOf = [](const std::string &name) {
            const LoadResult result = loadScenarioFile(name, standardVocabulary());
            return result.ok() ? QString("ok")
                               : QString::fromStdString(result.diagnostics[0].message);
        };
        QCOMPARE(messageOf(path), "there is no such file");
        QCOMPARE(messageOf(folder.path().toStdString()),
                 "this is a directory, expected a scenario file");
        QFile file(QString::fromStdString(path));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(smallWorld().c_str());
        file.close();
        QCOMPARE(messageOf(path), "ok");
        QCOMPARE(loadScenarioFile(path, standardVocabulary()).scenario->name, std::string("a"));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(QByteArray(1'000'001, '\n'));
        file.close();
        QCOMPARE(messageOf(path), "the scenario is larger than 1 MB");
    }

    void recordedServicesAndArrivalsShareOneRecording()
    {
        const auto result =
            loadScenarioFile(HALFOPEN_SOURCE_DIR "/scenarios/incidents/recorded-brownout.yaml",
                             standardVocabulary());
        QVERIFY(result.ok());
        const Scenario &scenario = *result.scenario;
        QVERIFY(scenario.services[0].recording);
        QVERIFY(scenario.services[0].recording == scenario.clients[0].arrivals.recording);
        QCOMPARE(scenario.services[0].recording->attempts.size(), std::size_t(19503));
    }
};

QTEST_GUILESS_MAIN(TestScenarioLoader)
#include "tst_scenario_loader.moc"
