// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/expectations.h"
#include "core/scenario/loader.h"
#include "simulators/simulation.h"
#include "simulators/vocabulary.h"

#include "tests/support/scenario_text.h"

#include <QObject>
#include <QTest>

using namespace halfopen;
using namespace halfopen::test;

namespace {

/// What \a expectation measures in a run of scenarios/patterns/\a file with \a overrides.
double measured(const std::string &file, const std::vector<Override> &overrides, const std::string &expectation)
{
    const std::string path = HALFOPEN_SOURCE_DIR "/scenarios/patterns/" + file + ".yaml";
    const LoadResult result = loadScenarioFile(path, standardVocabulary(), overrides);
    if (!result.ok())
        qFatal("%s", result.diagnostics.at(0).text().c_str());
    Simulation simulation(result.scenario);
    simulation.runToEnd();
    RunRecord record = simulation.snapshot();
    const std::string &text = result.scenario->text;
    const LoadResult asked = loadScenarioText(
        text.substr(0, text.find("\nexpect:")) + "\nexpect: [ " + expectation + " ]\n", path, standardVocabulary());
    if (!asked.ok())
        qFatal("%s", asked.diagnostics.at(0).text().c_str());
    auto scenario = std::make_shared<Scenario>(*record.scenario);
    scenario->expectations = asked.scenario->expectations;
    record.scenario = scenario;
    return evaluateExpectations(record).at(0).got;
}

} // namespace

/// What a pattern's scenario teaches turns round when its cause is taken away: so it is the cause.
class TestPatternLessons : public QObject {
    Q_OBJECT
private slots:
    void layersThatNeedCompanySaySo()
    {
        const auto problemsOf = [](const std::string &stack) {
            return QString::fromStdString(diagnosticsOf("halfopen: 1\nname: x\nduration: 1s\nservices:\n  db: { service_time: 1ms }\n"
                                                        "clients:\n  web: { arrivals: { poisson: 1/s }, calls: [ { to: db, policies: p } ] }\n"
                                                        "policies:\n  p: [ " + stack + " ]\n"));
        };
        QCOMPARE(problemsOf("hedge, { retry: 3 }, { retry_budget: 10% }"), QString());
        QVERIFY(problemsOf("{ hedge: 10ms }, { retry: 3 }, hedge").contains("s.yaml:9:39: error: a second 'hedge' in one stack: each copy"));
        QCOMPARE(problemsOf("hedge, outlier_ejection"), QString());
        QVERIFY(problemsOf("outlier_ejection, hedge").contains("s.yaml:9:26: warning: a 'hedge' inside 'outlier_ejection'"));
        QVERIFY(problemsOf("{ retry_budget: 10% }, { retry: 3 }").contains("s.yaml:9:8: warning: 'retry_budget' without a 'retry' outside"));
    }

    void withoutAnAgreementTheBatchJobTakesTheShopsPlaces()
    {
        QVERIFY(measured("rate_limiter_keeps_the_peace", {{"policies.limited.0.rate", "5000/s"}},
                         "{ goodput: \">= 0%\", of: shop-b, from: 5s }") < 0.4);
    }

    void aThirdOfTheRatePerProcessLimitsTheLargerFleet()
    {
        QVERIFY(measured("rate_limiter_grows_with_the_fleet", {{"policies.limited.0.rate", "25/s"}},
                         "{ arrivals_per_s: \">= 0/s\", of: for-forty, from: 5s }") <= 1010);
    }

    void withoutAWallThePageHangs()
    {
        QVERIFY(measured("bulkhead_keeps_the_page", {{"policies.walled.1.max_concurrent", "1000"}},
                         "{ goodput: \">= 0%\", of: web-b, from: 40s, to: 90s }") < 0.02);
    }

    void theSameLineWithLifoServesTheFirstClientToo()
    {
        QVERIFY(measured("bulkhead_line_order", {{"policies.first_come.1.order", "lifo"}},
                         "{ goodput: \">= 0%\", of: fifo, from: 40s, to: 90s }") > 0.6);
    }

    void aReserveAsLargeAsTheLoadIsNoBudget()
    {
        QVERIFY(measured("retry_budget_stops_the_storm", {{"policies.few_retries.1.min_retries_per_second", "1000/s"}},
                         "{ goodput: \">= 0%\", of: budgeted, from: 75s }") < 0.01);
    }

    void withoutAReserveTheFleetKeepsToTheRatio()
    {
        const double got = measured("retry_budget_per_process", {{"policies.retries.1.min_retries_per_second", "0/s"}},
                                    "{ amplification: \">= 0\", of: fleet, from: 42s, to: 60s }");
        QVERIFY2(got > 1.1 && got < 1.25, qPrintable(QString::number(got))); // 20 %
    }

    void aPatientThrottleLeavesChanceAlone()
    {
        const double got = measured("adaptive_throttle_meets_chance", {{"policies.throttle.0.multiplier", "4"}},
                                    "{ goodput: \">= 0%\", of: throttled, from: 60s, to: 2m }");
        QVERIFY2(got > 0.28, qPrintable(QString::number(got))); // 30 % is more than 1/4
    }

    void aLowFloorSavesTheLargerFleet()
    {
        QVERIFY(measured("adaptive_concurrency_floor_of_the_fleet", {{"policies.floor_20.0.min_limit", "1"}},
                         "{ goodput: \">= 0%\", of: high, from: 40s, to: 70s }") > 0.6);
    }

    void moreProbesInARowDoNotMeetTheSameInstanceByChance()
    {
        QVERIFY(measured("health_check_asks_one_instance", {{"policies.check.0.unhealthy_threshold", "10"}},
                         "{ unhealthy: \">= 0%\", of: checked, from: 60s }") < 0.01);
    }

    void staleAnswersAreWhatHidesTheOutage()
    {
        QVERIFY(measured("cache_hides_the_outage", {{"policies.cache.0.stale_while_error", "none"}},
                         "{ goodput: \">= 0%\", of: cached, from: 91s, to: 2m }") < 0.01);
    }

    void aBudgetKeepsHedgingFromDoublingTheLoad()
    {
        QVERIFY(measured("hedge_doubles_the_load", {{"policies.hedge.1.budget", "5%"}},
                         "{ goodput: \">= 0%\", of: hedged, from: 35s }") > 0.99);
    }

    // The calls that time out are slow calls: within seconds the delay has followed, and the copies stop.
    void aPercentileFollowsTheSlownessAfterAWhile()
    {
        const auto goodput = [](const std::string &when) {
            return measured("hedge_doubles_the_load",
                            {{"policies.hedge.1.delay", "none"}, {"policies.hedge.1.percentile", "95%"}},
                            "{ goodput: \">= 0%\", of: hedged, " + when + " }");
        };
        QVERIFY(goodput("from: 32s, to: 36s") < 0.2);
        QVERIFY(goodput("from: 80s") > 0.99);
    }
};

QTEST_GUILESS_MAIN(TestPatternLessons)
#include "tst_pattern_lessons.moc"
