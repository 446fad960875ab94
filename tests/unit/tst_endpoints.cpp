// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/json_report.h"
#include "core/report/summary.h"
#include "core/run/expectations.h"
#include "simulators/simulation.h"
#include "tests/support/json_schema_check.h"
#include "tests/support/logged_run.h"
#include "tests/support/scenario_text.h"

#include <QObject>
#include <QTest>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

using namespace halfopen;
using namespace std::chrono_literals;
using Json = nlohmann::json;

namespace {

using test::latenciesMs;
using Ran = test::LoggedRun;

Ran run(const std::string &text)
{
    return test::loggedRun(text);
}

/// `web` and `batch` call a service of two endpoints, each the one that it names.
std::string shop(const std::string &more = {})
{
    return "halfopen: 1\n"
           "duration: 10s\n"
           "services:\n"
           "  shop: { workers: 100, service_time: 5ms, endpoints: { browse: {}, checkout: { service_time: 20ms } } }\n"
           "clients:\n"
           "  web: { arrivals: { constant: 100/s }, calls: [ { to: shop, endpoint: browse, policies: careful } ] }\n"
           "  batch: { arrivals: { constant: 10/s }, calls: [ { to: shop, endpoint: checkout, policies: careful } ] }\n"
           "policies: { careful: [ { timeout: 1s } ] }\n"
        + more;
}

double metric(const RunRecord &record, const char *key, const char *of)
{
    ExpectationSpec where;
    where.of = of;
    return measure(record, *findMetric(key), where);
}

} // namespace

/// Endpoints of services, each in a world small enough to know by hand what must come out. The random worlds of the naive
/// engine have some, and M/G/1 with two is in tst_queueing_theory.
class TestEndpoints : public QObject {
    Q_OBJECT
private slots:
    /// 20 requests of each endpoint are at work when the instance crashes; the answers of the other endpoint are lost.
    void aCrashIsToldByTheEndpointThatTheRequestWasFor()
    {
        const Ran ran = run("halfopen: 1\n"
                            "duration: 20s\n"
                            "services:\n"
                            "  db: { workers: 40, service_time: 400ms, endpoints: { a: {}, b: {} } }\n"
                            "clients:\n"
                            "  cb: { arrivals: { constant: 50/s }, calls: [ { to: db, endpoint: b, policies: p } ] }\n"
                            "  ca: { arrivals: { constant: 50/s }, calls: [ { to: db, endpoint: a, policies: p } ] }\n"
                            "policies:\n"
                            "  p: [ { timeout: 2s } ]\n"
                            "faults:\n"
                            "  - { on: db, endpoint: a, from: 4s, for: 8s, partition: answers }\n"
                            "  - { on: db, from: 5s, for: 5s, crash: {} }\n");
        const auto reset = std::count_if(ran.calls.begin(), ran.calls.end(), [](const LoggedCall &call) {
            return call.outcome == OutcomeKind::ConnectionReset;
        });
        QCOMPARE(reset, 20); // 50/s * 0.4 s
    }

    void readsWhatTheyHaveAndWhatTheyLeaveToTheService()
    {
        const auto s = test::loaded("halfopen: 1\n"
                                    "services:\n"
                                    "  shop: { service_time: { exponential: 5ms }, error_rate: 2%, endpoints: { browse: ,\n"
                                    "          search: { weight: 0.5, error_rate: 0% }, checkout: { service_time: 40ms } } }\n"
                                    "clients:\n"
                                    "  web: { arrivals: { poisson: 1/s }, calls: [ { to: shop, endpoint: checkout } ] }\n"
                                    "  any: { arrivals: { poisson: 1/s }, calls: [ shop ] }\n"
                                    "faults: [ { on: shop, endpoint: search, latency: 1s } ]\n");
        const std::vector<EndpointSpec> &all = s->services[0].endpoints;
        QCOMPARE(all.size(), std::size_t(3));
        QCOMPARE(all[0].name, std::string("browse"));
        QCOMPARE(all[0].weight, 1.0);
        QCOMPARE(all[0].serviceTime.mean(), Duration(5ms));
        QCOMPARE(all[0].serviceTimeText, s->services[0].serviceTimeText);
        QCOMPARE(all[0].errorRate, 0.02);
        QCOMPARE(all[1].weight, 0.5);
        QCOMPARE(all[1].errorRate, 0.0);
        QCOMPARE(all[2].serviceTime.mean(), Duration(40ms));
        QCOMPARE(all[2].serviceTimeText, std::string("40ms"));
        QCOMPARE(s->clients[0].calls[0].endpoint, std::string("checkout"));
        QCOMPARE(s->clients[1].calls[0].endpoint, std::string());
        QCOMPARE(s->faults[0].endpoint, std::string("search"));
        QCOMPARE(edgeName("web", s->clients[0].calls[0]), std::string("web -> shop/checkout"));
        QCOMPARE(edgeName("any", s->clients[1].calls[0]), std::string("any -> shop"));
    }

    void refusesWhatDoesNotFit_data()
    {
        QTest::addColumn<QString>("more");
        QTest::addColumn<QString>("message");
        const auto row = [](const char *name, const char *more, const char *message) { QTest::newRow(name) << more << message; };
        row("a fault on a wrong name", "faults: [ { on: shop, endpoint: chekout, latency: 1s } ]",
            "s.yaml:9:33: error: 'shop' has no endpoint 'chekout'");
        row("a hint for it", "faults: [ { on: shop, endpoint: chekout, latency: 1s } ]", "did you mean 'checkout'?");
        row("a kind that meets instances", "faults: [ { on: shop, endpoint: checkout, crash: reset } ]",
            "'endpoint' does not fit 'crash', which happens to whole instances and not to requests");
        row("to measure", "expect: [ { goodput: \">= 1%\", of: shop/chekout } ]",
            "there is no client, service or edge 'shop/chekout' to measure 'goodput' of");
    }
    void refusesWhatDoesNotFit()
    {
        QFETCH(QString, more);
        QFETCH(QString, message);
        const std::string said = test::diagnosticsOf(shop(more.toStdString() + "\n"));
        QVERIFY2(said.find(message.toStdString()) != std::string::npos, said.c_str());
    }

    void refusesAWrongService_data()
    {
        QTest::addColumn<QString>("service");
        QTest::addColumn<QString>("call");
        QTest::addColumn<QString>("message");
        const auto row = [](const char *name, const char *service, const char *call, const char *message) {
            QTest::newRow(name) << service << call << message;
        };
        row("a call of none", "{}", "{ to: shop, endpoint: pay }", "'shop' has no endpoint 'pay'");
        row("its hint", "{}", "{ to: shop, endpoint: pay }", "it has none: name them in its 'endpoints'");
        row("a wrong name", "{ endpoints: { pay: {} } }", "{ to: shop, endpoint: play }", "did you mean 'pay'?");
        row("no weight", "{ endpoints: { pay: { weight: 0 }, browse: { weight: 0 } } }", "shop",
            "all endpoints of 'shop' have the weight 0");
        row("a list", "{ endpoints: [ pay ] }", "shop", "expected a map of endpoints");
        row("a wrong key", "{ endpoints: { pay: { workers: 3 } } }", "shop", "unknown key 'workers'");
        row("a wrong share", "{ endpoints: { pay: { error_rate: 200% } } }", "shop", "'error_rate' is 200%");
        row("a blank name", "{ endpoints: { 'a b': {} } }", "shop", "'a b' is not a name");
        row("nobody calls it", "{ endpoints: { pay: {}, browse: {} } }", "{ to: shop, endpoint: pay }",
            "warning: nobody calls the endpoint 'browse' of 'shop'");
        row("nobody names it", "{ endpoints: { pay: {}, browse: { weight: 0 } } }", "shop",
            "warning: nobody calls the endpoint 'browse' of 'shop'");
    }
    void refusesAWrongService()
    {
        QFETCH(QString, service);
        QFETCH(QString, call);
        QFETCH(QString, message);
        const std::string said = test::diagnosticsOf("halfopen: 1\nservices: { shop: " + service.toStdString()
                                                     + " }\nclients: { web: { arrivals: { poisson: 1/s }, calls: [ "
                                                     + call.toStdString() + " ] } }\n");
        QVERIFY2(said.find(message.toStdString()) != std::string::npos, said.c_str());
    }

    void anOverrideReachesAnEndpoint()
    {
        const auto s = test::loaded(shop(), {{"services.shop.endpoints.checkout.service_time", "{ exponential: 3ms }"},
                                             {"services.shop.endpoints.browse.weight", "7"}});
        QCOMPARE(s->services[0].endpoints[1].serviceTime.mean(), Duration(3ms));
        QCOMPARE(s->services[0].endpoints[0].weight, 7.0);
    }

    // One worker. The slow request comes at 10 ms and takes 30; fast ones come at 15 and 25 ms and take 5: 40-45, 45-50.
    void aSlowEndpointHoldsTheWorkerThatAFastOneWaitsFor()
    {
        const Ran ran = run("halfopen: 1\nduration: 1s\n"
                            "services: { shop: { workers: 1, service_time: 5ms, endpoints: { slow: { service_time: 30ms }, fast: {} } } }\n"
                            "clients:\n"
                            "  quick: { starts_at: 15ms, stop_after: 2, calls: [ { to: shop, endpoint: fast } ], arrivals: { constant: 100/s } }\n"
                            "  long: { stop_after: 1, calls: [ { to: shop, endpoint: slow } ], arrivals: { constant: 100/s } }\n");
        QCOMPARE(latenciesMs(ran.calls), (std::vector<std::int64_t>{30, 25}));
        QCOMPARE(ran.record.endpoints.size(), std::size_t(2));
        QCOMPARE(ran.record.endpoints[1].name, std::string("fast"));
        QCOMPARE(ran.record.endpoints[1].service, 0u);
        const EndpointTotals &slow = ran.record.endpointTotals[0];
        const EndpointTotals &fast = ran.record.endpointTotals[1];
        QCOMPARE(slow.arrivals, std::uint64_t(1));
        QCOMPARE(slow.wait.max(), std::int64_t(0));
        QCOMPARE(slow.latency.max(), std::int64_t(30'000'000));
        QCOMPARE(fast.arrivals, std::uint64_t(2));
        QCOMPARE(fast.completed, std::uint64_t(2));
        QCOMPARE(static_cast<std::int64_t>(fast.wait.sumNs()), std::int64_t(45'000'000));
        QCOMPARE(static_cast<std::int64_t>(fast.service.sumNs()), std::int64_t(10'000'000));
        QCOMPARE(fast.latency.max(), std::int64_t(30'000'000));
        QCOMPARE(ran.record.edges[0].name, std::string("quick -> shop/fast"));
        QCOMPARE(ran.record.edges[0].endpoint, std::string("fast"));
    }

    // Without a queue the second request of each endpoint is turned away while the first is worked on.
    void whatIsTurnedAwayIsCountedWhereItBelongs()
    {
        const Ran ran = run("halfopen: 1\nduration: 1s\n"
                            "services: { shop: { workers: 1, queue: 0, endpoints: { a: { service_time: 15ms }, b: { service_time: 15ms } } } }\n"
                            "clients:\n"
                            "  one: { stop_after: 4, calls: [ { to: shop, endpoint: a } ], arrivals: { constant: 100/s } }\n"
                            "  two: { starts_at: 12ms, stop_after: 1, calls: [ { to: shop, endpoint: b } ], arrivals: { constant: 100/s } }\n");
        // a: 10-25, 20 rejected, 30-45, 40 rejected; b: 12 rejected.
        QCOMPARE(ran.record.endpointTotals[0].arrivals, std::uint64_t(4));
        QCOMPARE(ran.record.endpointTotals[0].rejected, std::uint64_t(2));
        QCOMPARE(ran.record.endpointTotals[0].completed, std::uint64_t(2));
        QCOMPARE(ran.record.endpointTotals[1].rejected, std::uint64_t(1));
        QCOMPARE(ran.record.endpointTotals[1].completed, std::uint64_t(0));
        QVERIFY(ran.record.endpointTotals[1].latency.isEmpty());
    }

    // A quarter of the calls is for an endpoint that always fails. Were the endpoint drawn for each attempt, a retry would
    // mostly find the good one.
    void aCallKeepsItsEndpointOverItsRetries()
    {
        const Ran ran = run("halfopen: 1\nduration: 40s\n"
                            "services: { shop: { workers: 100, service_time: 1ms, endpoints: { good: { weight: 3 }, bad: { error_rate: 100% } } } }\n"
                            "clients: { web: { arrivals: { constant: 100/s }, calls: [ { to: shop, policies: again } ] } }\n"
                            "policies: { again: [ { retry: { max_attempts: 5, initial_delay: 1ms } } ] }\n");
        double failed = 0;
        for (const LoggedCall &call : ran.calls) {
            QCOMPARE(call.attempts, call.outcome == OutcomeKind::Error ? 5u : 1u);
            failed += call.outcome == OutcomeKind::Error ? 1 : 0;
        }
        const double calls = static_cast<double>(ran.calls.size());
        QVERIFY(calls > 3900);
        QVERIFY(std::abs(failed / calls - 0.25) < 4 * std::sqrt(0.25 * 0.75 / calls)); // four deviations of a binomial share
        QCOMPARE(ran.record.endpointTotals[0].failed, std::uint64_t(0));
        QVERIFY(ran.record.endpointTotals[1].failed > 4 * static_cast<std::uint64_t>(failed));
        QCOMPARE(ran.record.endpointTotals[1].failed, ran.record.endpointTotals[1].completed);
    }

    void aFaultMeetsItsEndpointOnly()
    {
        const Ran ran = run(shop("faults: [ { on: shop, endpoint: checkout, from: 2s, for: 3s, error: 100% } ]\n"));
        QCOMPARE(metric(ran.record, "error", "web"), 0.0);
        // Calls every 100 ms that end 20 ms later, of 2.0 s to 4.9 s: 30 of 100 (the last ends after the run at most).
        QCOMPARE(ran.record.endpointTotals[1].failed, std::uint64_t(30));
        QCOMPARE(ran.record.endpointTotals[0].failed, std::uint64_t(0));
        QCOMPARE(ran.record.faultWindows[0].label, std::string("shop/checkout: error"));
    }

    void anEndpointAndACallerTogetherAreOneEdge()
    {
        const Ran ran = run(shop("faults: [ { on: shop, endpoint: checkout, callers: [ web ], error: 100% } ]\n"));
        QCOMPARE(ran.record.endpointTotals[0].failed + ran.record.endpointTotals[1].failed, std::uint64_t(0));
    }

    // A health check asks the service and not an endpoint: it stays green while checkout is down.
    void aHealthCheckDoesNotSeeTheFaultOfAnEndpoint()
    {
        const auto unhealthy = [](const std::string &where) {
            std::string text = shop("faults: [ { on: shop, " + where + "from: 1s, refuse: 100% } ]\n");
            text.replace(text.find("{ timeout: 1s }"), 15, "{ health_check: { interval: 100ms } }");
            return metric(run(text).record, "unhealthy", "batch");
        };
        QCOMPARE(unhealthy("endpoint: checkout, "), 0.0);
        QVERIFY(unhealthy("") > 0.5);
    }

    // Nothing else of the world moves: no draw, no order.
    void aServiceWithOneEndpointRunsAsIfItHadNone()
    {
        const auto fingerprint = [](const std::string &endpoints) {
            return run("halfopen: 1\nduration: 20s\n"
                       "services:\n"
                       "  shop: { instances: 3, workers: 2, queue: 5, load_balancing: random, service_time: { exponential: 15ms }, error_rate: 5%,\n"
                       "          calls: [ db ]" + endpoints + " }\n"
                       "  db: { workers: 4, service_time: { exponential: 5ms }" + endpoints + " }\n"
                       "clients: { web: { arrivals: { poisson: 300/s }, calls: [ { to: shop, policies: p } ] } }\n"
                       "policies: { p: [ { retry: { max_attempts: 3, initial_delay: 5ms } }, { timeout: 100ms } ] }\n"
                       "faults: [ { on: db, from: 5s, for: 5s, error: 20% }, { on: shop, from: 8s, for: 2s, outage: hold } ]\n")
                .record.fingerprint;
        };
        QCOMPARE(fingerprint(", endpoints: { only: {} }"), fingerprint(""));
        QCOMPARE(fingerprint(", endpoints: { unused: { weight: 0, service_time: 1s, error_rate: 100% }, only: {} }"), fingerprint(""));
    }

    void expectationsMeasureTheCallsThatNameAnEndpoint()
    {
        const Ran ran = run(shop("faults: [ { on: shop, endpoint: checkout, error: 100% } ]\n"
                                 "expect:\n"
                                 "  - { goodput: \"== 0%\", of: shop/checkout }\n"
                                 "  - { goodput: \"== 100%\", of: shop/browse }\n"
                                 "  - { goodput: \"== 100%\", of: web -> shop/browse }\n"
                                 "  - { mean: \"== 5ms\", of: shop/browse }\n"));
        const std::vector<ExpectationResult> results = evaluateExpectations(ran.record);
        QCOMPARE(results.size(), std::size_t(4));
        for (const ExpectationResult &result : results)
            QVERIFY2(result.met, result.sentence.c_str());
    }

    void reportsTellEachEndpoint()
    {
        const RunRecord record = run(shop("faults: [ { on: shop, endpoint: checkout, error: 100% } ]\n")).record;
        const Json report = Json::parse(report::jsonReport(record, {}));
        std::ifstream file(HALFOPEN_SOURCE_DIR "/resources/schema/run.schema.json");
        const auto problems = test::JsonSchemaCheck(Json::parse(file)).problems(report);
        QVERIFY2(problems.empty(), problems.empty() ? "" : problems.front().c_str());
        const Json &all = report["services"]["shop"]["endpoints"];
        COMPARE_JSON(all["browse"]["failed"], 0);
        COMPARE_JSON(all["browse"]["latency_ms"]["max"], 5.0);
        COMPARE_JSON(all["checkout"]["failed"], record.serviceTotals[0].failed);
        QVERIFY(report["edges"].contains("web->shop/browse"));
        report::TextStyle style;
        style.width = 140;
        const std::string text = report::summary(record, {}, style);
        QVERIFY2(text.find("shop/checkout") != std::string::npos, text.c_str());
        QVERIFY2(text.find("endpoints") != std::string::npos, text.c_str());
    }

    void reportsOfAServiceWithoutEndpointsSaySo()
    {
        const RunRecord record = run(test::smallWorld()).record;
        QVERIFY(record.endpoints.empty());
        QVERIFY(Json::parse(report::jsonReport(record, {}))["services"]["db"]["endpoints"].is_null());
    }
};

QTEST_GUILESS_MAIN(TestEndpoints)
#include "tst_endpoints.moc"
