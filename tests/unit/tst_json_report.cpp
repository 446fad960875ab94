// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/json_report.h"
#include "tests/support/json_schema_check.h"
#include "tests/support/record_fixture.h"

#include <QObject>
#include <QTest>
#include <fstream>
#include <nlohmann/json.hpp>

using namespace halfopen;
using namespace halfopen::report;
using namespace halfopen::test;
using Json = nlohmann::json;

namespace {

Json schemaFile()
{
    std::ifstream file(HALFOPEN_SOURCE_DIR "/resources/schema/run.schema.json");
    return Json::parse(file);
}

std::string listing(const std::vector<std::string> &problems)
{
    std::string text;
    for (const std::string &problem : problems)
        text += problem + "\n";
    return text;
}

Json reportOf(const RunRecord &record)
{
    return Json::parse(jsonReport(record, makeExpectations()));
}

} // namespace

class TestJsonReport : public QObject {
    Q_OBJECT
private slots:
    void keepsItsSchema()
    {
        const auto problems = JsonSchemaCheck(schemaFile()).problems(reportOf(makeRecord()));
        QVERIFY2(problems.empty(), listing(problems).c_str());
    }

    void keepsItsSchemaWithoutAnyCall()
    {
        RunRecord record = makeRecord();
        record.edgeTotals.assign(2, EdgeTotals{});
        record.serviceTotals.assign(2, ServiceTotals{});
        record.now = Instant();
        record.end = RunEnd::LimitReached;
        record.endMessage = "too many calls in flight";
        const auto problems = JsonSchemaCheck(schemaFile()).problems(reportOf(record));
        QVERIFY2(problems.empty(), listing(problems).c_str());
    }

    // The judge itself must be able to say no.
    void theSchemaRejectsAWrongReport_data()
    {
        QTest::addColumn<QString>("pointer");
        QTest::addColumn<QString>("value");
        QTest::newRow("count below zero") << "/clients/web/offered"
                                          << "-1";
        QTest::newRow("count with a fraction") << "/clients/web/attempts"
                                               << "1.5";
        QTest::newRow("share above one") << "/edges/shop->db/goodput_share"
                                         << "1.1";
        QTest::newRow("unknown key") << "/services/db/cost"
                                     << "1";
        QTest::newRow("unknown state") << "/breakers/1/transitions/0/to"
                                       << "\"AJAR\"";
        QTest::newRow("text for a number") << "/breakers/1/transitions/0/t_ms"
                                           << "\"20500\"";
        QTest::newRow("fingerprint without 0x") << "/fingerprint"
                                                << "\"00c0ffee12345678\"";
        QTest::newRow("another format") << "/format"
                                        << "2";
    }
    void theSchemaRejectsAWrongReport()
    {
        QFETCH(QString, pointer);
        QFETCH(QString, value);
        Json report = reportOf(makeRecord());
        report[Json::json_pointer(pointer.toStdString())] = Json::parse(value.toStdString());
        QCOMPARE(JsonSchemaCheck(schemaFile()).problems(report).size(), 1u);
    }

    void figuresAreThoseOfTheRecord()
    {
        const Json report = reportOf(makeRecord());
        const Json &web = report["clients"]["web"];
        COMPARE_JSON(web["offered"], 1200);
        COMPARE_JSON(web["succeeded"], 1080);
        COMPARE_JSON(web["failed"], 120);
        COMPARE_JSON(web["outcomes"]["timeout"], 80);
        COMPARE_JSON(web["goodput_per_s"], 18.0);
        COMPARE_JSON(web["latency_ms"]["count"], 1200);
        COMPARE_JSON(web["latency_ms"]["max"], 250.0);
        // 1040 * 10 ms + 40 * 1 ms + 80 * 250 ms + 40 * 0 over 1200 calls
        QVERIFY(std::abs(web["latency_ms"]["mean"].get<double>() - (10400 + 40 + 20000) / 1200.0) <
                1e-9);
        COMPARE_JSON(report["edges"]["shop->db"]["attempts"], 1520);
        COMPARE_JSON(report["services"]["db"]["workers"], 4);
        COMPARE_JSON(report["fingerprint"], "0x00c0ffee12345678");
        COMPARE_JSON(report["end"], "finished");
    }

    void everyTransitionIsThereWithItsReason()
    {
        const Json report = reportOf(makeRecord());
        QCOMPARE(report["breakers"].size(), 3u);
        const Json &breaker = report["breakers"][1];
        COMPARE_JSON(breaker["name"], "db_client.1[1]");
        COMPARE_JSON(breaker["trips"], 1);
        COMPARE_JSON(breaker["time_in_state_ms"]["OPEN"], 5000.0);
        QCOMPARE(breaker["transitions"].size(), 3u);
        const Json &first = breaker["transitions"][0];
        COMPARE_JSON(first["t_ms"], 20500.0);
        COMPARE_JSON(first["to"], "OPEN");
        COMPARE_JSON(first["reason"]["kind"], "failure_rate");
        COMPARE_JSON(first["reason"]["deciding_call"], 8812);
        COMPARE_JSON(first["reason"]["deciding_outcome"], "timeout");
        QVERIFY(breaker["transitions"][1]["reason"]["deciding_call"].is_null());
    }

    void theSameRunGivesTheSameText()
    {
        QCOMPARE(jsonReport(makeRecord(), makeExpectations()),
                 jsonReport(makeRecord(), makeExpectations()));
    }

    void bytesThatAreNotTextDoNotBreakTheReport()
    {
        COMPARE_JSON(reportOf(makeRecord("bad \xff name"))["scenario"], "bad \ufffd name");
    }

    void secondEdgeBetweenTheSameTwoKeepsItsOwnEntry()
    {
        RunRecord record = makeRecord();
        record.edges.push_back(record.edges[1]);
        record.edgeTotals.push_back({});
        const Json report = reportOf(record);
        COMPARE_JSON(report["edges"]["shop->db"]["offered"], 1200);
        COMPARE_JSON(report["edges"]["shop->db#2"]["offered"], 0);
    }

    void checkedScenariosSayWhatWasWrong()
    {
        const Json report = Json::parse(jsonReport(
            std::vector<CheckedScenario>{{.name = "good",
                                          .path = "good.yaml",
                                          .seed = 7,
                                          .fingerprint = 1,
                                          .results = makeExpectations(),
                                          .error = ""},
                                         {.name = "bad",
                                          .path = "bad.yaml",
                                          .results = {},
                                          .error = "bad.yaml:3:1: error: unknown key"}}));
        QCOMPARE(report.size(), 2u);
        COMPARE_JSON(report[0]["expectations"][1]["met"], false);
        COMPARE_JSON(report[0]["expectations"][1]["got_text"], "250 ms");
        COMPARE_JSON(report[1]["error"], "bad.yaml:3:1: error: unknown key");
        QVERIFY(report[1]["fingerprint"].is_null());
    }
};

QTEST_GUILESS_MAIN(TestJsonReport)
#include "tst_json_report.moc"
