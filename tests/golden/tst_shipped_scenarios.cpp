// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/expectations.h"
#include "core/scenario/loader.h"
#include "simulators/simulation.h"
#include "simulators/vocabulary.h"
#include "tests/support/scenario_text.h"
#include "tests/support/shipped_files.h"

#include <QObject>
#include <QString>
#include <QTest>

#include <cmath>

using namespace halfopen;
using namespace halfopen::test;

namespace {

constexpr const char *kFolder = HALFOPEN_SOURCE_DIR "/scenarios/";

RunRecord run(const std::string &file, const std::vector<Override> &overrides = {})
{
    const LoadResult result = loadScenarioFile(kFolder + file, standardVocabulary(), overrides);
    if (!result.ok())
        qFatal("%s", result.diagnostics.at(0).text().c_str());
    Simulation simulation(result.scenario);
    simulation.runToEnd();
    return simulation.snapshot();
}

/// What does not hold, one sentence a line.
QString notMet(const RunRecord &record)
{
    QString sentences;
    for (const ExpectationResult &result : evaluateExpectations(record))
        if (!result.met)
            sentences += QString::fromStdString(result.sentence) + "\n";
    return sentences;
}

/// Without the measures of speed, which are no lessons: they expect nothing.
QStringList lessons()
{
    QStringList files = shippedFiles();
    files.removeIf([](const QString &file) { return file.startsWith("bench/"); });
    return files;
}

/// One measured number of a record.
double measured(RunRecord record, const std::string &expectation)
{
    auto scenario = std::make_shared<Scenario>(*record.scenario);
    const std::string text = scenario->text.substr(0, scenario->text.find("\nexpect:")) +
                             "\nexpect: [ " + expectation + " ]\n";
    scenario->expectations =
        loadScenarioText(text, scenario->path, standardVocabulary()).scenario->expectations;
    record.scenario = scenario;
    return evaluateExpectations(record).at(0).got;
}

} // namespace

/// Every shipped scenario holds what it says, and what it teaches turns round when its cause is
/// taken away.
class TestShippedScenarios : public QObject {
    Q_OBJECT
private slots:
    void eachHoldsItsExpectations_data()
    {
        QTest::addColumn<QString>("file");
        for (const QString &file : lessons())
            QTest::newRow(qPrintable(file)) << file;
    }
    void eachHoldsItsExpectations()
    {
        QFETCH(QString, file);
        const LoadResult result =
            loadScenarioFile(kFolder + file.toStdString(), standardVocabulary());
        QVERIFY2(result.ok(), file.toUtf8());
        QVERIFY2(result.diagnostics.empty(), "warnings");
        QVERIFY2(result.scenario->question.starts_with("Question: "),
                 "the first line asks a question");
        QVERIFY2(result.scenario->question.find("\nWatch: ") != std::string::npos,
                 "the question says what to watch");
        QVERIFY2(result.scenario->text.find("\n# Source: ") != std::string::npos,
                 "the source is named");
        QVERIFY(result.scenario->expectations.size() >= 3);
        const RunRecord record = run(file.toStdString());
        QVERIFY(record.end == RunEnd::Finished);
        QCOMPARE(notMet(record), QString());
    }

    void withoutItsBreakersTheStormNeverEnds()
    {
        const RunRecord record =
            run("retry_storm.yaml", {{"policies.db_client.1.mode", "metrics_only"}});
        QVERIFY(measured(record, "{ goodput: \">= 0%\", from: 70s }") < 0.01);
        QVERIFY(measured(record, "{ amplification: \">= 0\", of: orders-db, from: 70s }") > 2.9);
        QVERIFY(measured(record, "{ wasted: \">= 0%\", of: orders-db, from: 70s }") > 0.99);
    }

    void aShortTimeoutGivesTheOtherNineSearchesTheirWorkersBack()
    {
        const RunRecord record =
            run("timeouts_too_long.yaml", {{"policies.search_client.0.after", "1s"}});
        QVERIFY(measured(record, "{ goodput: \">= 0%\", of: web, from: 40s, to: 90s }") > 0.85);
        QVERIFY(measured(record, "{ rejected: \">= 0%\", of: web }") == 0);
    }

    void withJitterTheBurstInStepIsServed()
    {
        const RunRecord record =
            run("jitter_matters.yaml", {{"policies.no_jitter.0.jitter", "full"}});
        QVERIFY(measured(record, "{ goodput: \">= 0%\", of: in-step }") > 0.999);
        QVERIFY(measured(record,
                         "{ attempts_peak_per_s: \">= 0/s\", of: in-step, from: 20500ms }") < 2000);
    }

    void fewerCallsInTheWindowLetTheLargeFleetSeeTheOutage()
    {
        const RunRecord record = run("fleet_of_breakers_never_trips.yaml",
                                     {{"policies.of_many.0.window.minimum_calls", "3"}});
        QVERIFY(measured(record, "{ breakers_tripped: \">= 0\", of: of_many }") > 200);
    }

    void countingSlowCallsMakesThePatientClientNotice()
    {
        const RunRecord record = run(
            "slow_calls_trip.yaml",
            {{"policies.counts_failures.0.slow_call", "{ duration: 200ms, rate_threshold: 50% }"}});
        QVERIFY(measured(record, "{ breakers_tripped: \">= 0\", of: counts_failures }") == 4);
    }

    // The recorded caller got 1 800 of 2 386 calls through while it was slow (59 s to 79 s of the
    // recording) and 1 532 of 2 383 while it was failing (79 s to 99 s), by the outcome of each
    // call's last attempt. Replayed with the recorded policy (two attempts, no breaker) the same
    // must come out but for the drawn answers of the retries.
    void theReplayOfTheRecordedPolicyMeetsTheRecording()
    {
        const RunRecord record = run("incidents/recorded-brownout.yaml",
                                     {{"policies.api_client.1.mode", "metrics_only"}});
        const double slow = measured(record, "{ goodput: \">= 0%\", from: 61s, to: 79s }");
        const double failing = measured(record, "{ goodput: \">= 0%\", from: 81s, to: 99s }");
        QVERIFY2(std::abs(slow - 0.754) < 0.04, qPrintable(QString::number(slow)));
        QVERIFY2(std::abs(failing - 0.643) < 0.04, qPrintable(QString::number(failing)));
        QVERIFY(measured(record, "{ unknown: \">= 0%\", of: api }") < 0.01);
    }
};

QTEST_GUILESS_MAIN(TestShippedScenarios)
#include "tst_shipped_scenarios.moc"
