// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/html_report.h"
#include "tests/support/json_schema_check.h"
#include "tests/support/record_fixture.h"

#include <QObject>
#include <QRegularExpression>
#include <QString>
#include <QTest>
#include <nlohmann/json.hpp>

using namespace halfopen;
using namespace halfopen::report;
using namespace halfopen::test;
using namespace std::chrono_literals;

namespace {

QString html(const RunRecord &record)
{
    return QString::fromStdString(
        htmlReport(record, makeExpectations(), {.date = "2026-01-02 03:04 UTC"}));
}

/// The x and width of every rectangle of \a cssClass, in order.
std::vector<std::pair<double, double>> bars(const QString &page, const QString &cssClass)
{
    std::vector<std::pair<double, double>> found;
    const QRegularExpression bar(
        "<rect x=\"([0-9.]+)\" y=\"[0-9.]+\" width=\"([0-9.]+)\" height=\"[0-9.]+\" class=\"" +
        cssClass + "\"");
    for (auto match = bar.globalMatch(page); match.hasNext();) {
        const auto one = match.next();
        found.emplace_back(one.captured(1).toDouble(), one.captured(2).toDouble());
    }
    return found;
}

} // namespace

class TestHtmlReport : public QObject {
    Q_OBJECT
private slots:
    void needsNoOtherFile()
    {
        const QString page = html(makeRecord());
        QVERIFY(!page.contains(QRegularExpression("(src|href|srcset|action)\\s*=")));
        QVERIFY(!page.contains("@import"));
        // url() only of patterns in this very page; the one address is the name of the SVG
        // language.
        QVERIFY(!page.contains(QRegularExpression("url\\((?!#)")));
        QCOMPARE(page.count("http://"), page.count("http://www.w3.org/2000/svg"));
        QVERIFY(!page.contains("https://"));
        QVERIFY(page.contains("default-src 'none'"));
    }

    void everyNameIsEscaped()
    {
        const std::string evil =
            "</title><script>alert(1)</script><img src=x onerror=alert(2)>\"'&";
        RunRecord record = makeRecord(evil);
        record.services[0] = evil;
        record.edges[0].name = record.edges[0].from = evil;
        record.edges[1].name = evil;
        for (BreakerInfo &breaker : record.breakers)
            breaker.name = evil;
        record.faultWindows[0].label = evil;
        record.changes.append({.at = Instant(10s), .path = evil, .before = evil, .after = evil});
        record.runId = record.version = evil;
        auto expectations = makeExpectations();
        expectations[0].sentence = expectations[0].gotText = expectations[0].expectation.why = evil;
        const QString page =
            QString::fromStdString(htmlReport(record, expectations, {.date = evil}));
        QVERIFY(!page.contains("<script>alert"));
        QVERIFY(!page.contains("<img"));
        QCOMPARE(page.count("</script>"), 2); // the data and our own script
        QCOMPARE(page.count("</title>"), page.count("<title>"));
    }

    void everySeriesHasAValuePerColumn()
    {
        const QString page = html(makeRecord());
        const QString start = "<script type=\"application/json\" id=\"data\">";
        const auto from = page.indexOf(start) + start.size();
        const auto data = nlohmann::json::parse(
            page.mid(from, page.indexOf("</script>", from) - from).toStdString());
        QCOMPARE(data["t"].size(), 12u);
        QVERIFY(data["charts"].size() >= 5);
        for (const auto &chart : data["charts"])
            for (const auto &series : chart)
                QCOMPARE(series["v"].size(), 12u);
        // Outcomes: on top of the stack are the refused calls, 10 in 5 s of the fault, none before.
        const auto &refused = data["charts"]["c1"][0];
        COMPARE_JSON(refused["n"], "circuit_breaker_open");
        COMPARE_JSON(refused["v"][3], 0);
        COMPARE_JSON(refused["v"][4], 2);
    }

    void breakerBandsHaveExactEdges()
    {
        // The plot is 890 wide from x = 58 for 60 s; the breaker is OPEN from 20.5 s to 25.5 s.
        const auto open = bars(html(makeRecord()), "s-open");
        QCOMPARE(open.size(), 1u);
        QVERIFY(std::abs(open[0].first - (58 + 890 * 20.5 / 60)) < 0.06);
        QVERIFY(std::abs(open[0].second - 890 * 5.0 / 60) < 0.06);
    }

    void anOpeningOfFiveMillisecondsIsSeen()
    {
        RunRecord record = makeRecord();
        record.transitions.append({Instant(50s), 0, BreakerState::Closed, BreakerState::Open, {}});
        record.transitions.append(
            {Instant(50'005ms), 0, BreakerState::Open, BreakerState::Closed, {}});
        const auto open = bars(html(record), "s-open");
        QCOMPARE(open.size(), 2u);
        QCOMPARE(open[0].second, 1.0); // process 0 is the first band
    }

    void everyTransitionIsListedWithItsReason()
    {
        const QString page = html(makeRecord());
        QVERIFY(page.contains(
            "<td>20.500 s</td><td class=\"left\">db_client.1[1]</td><td class=\"left\">CLOSED</td>"
            "<td class=\"left\">OPEN</td><td class=\"wrap\">failure rate 52.4 % of 21 calls "
            "reached the "
            "threshold of 50 %; decided by call 8812 (timeout)</td>"));
    }

    void holdsWhatIsNeededToRepeatTheRun()
    {
        const QString page = html(makeRecord());
        QVERIFY(page.contains("halfopen run &#39;fixture.yaml&#39; --seed 42"));
        QVERIFY(page.contains("0x00c0ffee12345678"));
        QVERIFY(page.contains("2026-01-02 03:04 UTC"));
        QVERIFY(page.contains("# Question: Does the breaker save the database?\n"));
    }

    void aFleetOfThousandsStaysSmall()
    {
        RunRecord record = makeRecord();
        record.breakers.clear();
        record.breakerNsInState.clear();
        for (std::uint32_t process = 0; process < 5000; ++process) {
            record.breakers.push_back({.name = "db_client.1[" + std::to_string(process) + "]",
                                       .edge = 1,
                                       .layer = 1,
                                       .process = process});
            record.breakerNsInState.push_back({60'000'000'000, 0, 0, 0, 0, 0});
        }
        for (int i = 0; i < 200'000; ++i)
            record.transitions.append(
                {Instant(27s + 100us * i), static_cast<std::uint32_t>(i % 5000),
                 i / 5000 % 2 == 0 ? BreakerState::Closed : BreakerState::Open,
                 i / 5000 % 2 == 0 ? BreakerState::Open : BreakerState::Closed,
                 TransitionReason{}});
        const QString page = html(record);
        QVERIFY2(page.size() < 2'000'000, qPrintable(QString::number(page.size())));
        QVERIFY(page.contains("and 199,003 more; halfopen run --json lists them"));
    }

    void anEmptyRunIsAPageToo()
    {
        RunRecord record = makeRecord();
        record.buckets = {};
        record.transitions = {};
        record.retryPoints = {};
        record.breakers.clear();
        record.breakerNsInState.clear();
        record.edgeTotals.assign(2, EdgeTotals{});
        record.serviceTotals.assign(2, ServiceTotals{});
        record.now = Instant();
        record.end = RunEnd::Cancelled;
        const QString page = html(record);
        QVERIFY(page.contains("Interrupted after 0.000 s of 1 min"));
        QVERIFY(!page.contains("nan"));
        QVERIFY(!page.contains("inf\""));
    }
};

QTEST_GUILESS_MAIN(TestHtmlReport)
#include "tst_html_report.moc"
