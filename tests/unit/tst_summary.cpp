// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/figures.h"
#include "core/report/format.h"
#include "core/report/summary.h"
#include "tests/support/record_fixture.h"

#include <QObject>
#include <QRegularExpression>
#include <QString>
#include <QStringList>
#include <QTest>
#include <algorithm>

using namespace halfopen;
using namespace halfopen::report;
using namespace halfopen::test;
using namespace std::chrono_literals;

namespace {

constexpr TextStyle kPlain{.width = 110, .colour = false, .unicode = true};

QString summaryOf(const RunRecord &record, const TextStyle &style = kPlain)
{
    return QString::fromStdString(summary(record, makeExpectations(), style));
}

/// The words of the line that begins with \a start, joined by single spaces; empty if there is
/// none.
QString lineOf(const QString &text, const QString &start)
{
    for (const QString &line : text.split('\n'))
        if (line.simplified().startsWith(start))
            return line.simplified();
    return {};
}

} // namespace

class TestSummary : public QObject {
    Q_OBJECT
private slots:
    void onlyRefusedCallsHaveNoLatency()
    {
        CallFigures calls;
        QCOMPARE(calls.latencyText(0.5), std::string("-"));
        calls.ended[static_cast<std::size_t>(OutcomeKind::CircuitBreakerOpen)] = 3;
        for (int i = 0; i < 3; ++i)
            calls.latency.record(0);
        QCOMPARE(calls.latencyText(0.5), std::string("-"));
        calls.ended[static_cast<std::size_t>(OutcomeKind::Success)] = 1; // from a cache, in no time
        calls.latency.record(0);
        QCOMPARE(calls.latencyText(0.5), std::string("0 s"));
        CallFigures late; // nothing good, but time went by
        late.ended[static_cast<std::size_t>(OutcomeKind::Timeout)] = 1;
        late.latency.record(1'000'000'000);
        QVERIFY(late.latencyText(0.5).starts_with("1"));
    }

    // The numbers below follow from the fixture's own description.
    void figuresAreThoseOfTheRecord()
    {
        const RunRecord record = makeRecord();
        const CallFigures web = clientFigures(record).at(0);
        QCOMPARE(web.offered, 1200u);
        QCOMPARE(web.good(), 1080u);
        QCOMPARE(web.goodputShare(), 0.9);
        QCOMPARE(edgeFigures(record).at(1).amplification(), 1520.0 / 1200);
        const ServiceFigures db = serviceFigures(record).at(1);
        QCOMPARE(db.utilisation, 1520 * 0.010 / (60 * 4));
        QCOMPARE(db.meanQueue, 6.0 * 20 / 60);
        QCOMPARE(db.wastedShare, 80.0 / 1520);
        const BreakerGroup group = breakerGroups(record).at(0);
        QCOMPARE(group.name, std::string("db_client.1"));
        QCOMPARE(group.members.size(), 3u);
        QCOMPARE(group.trips, 1u);
        QCOMPARE(group.tripped, 1u);
        QCOMPARE(group.shareInState[1], 5.0 / 180);
    }

    void aPersonReadsTheMainFigures()
    {
        const QString text = summaryOf(makeRecord());
        QCOMPARE(lineOf(text, "web"),
                 "web 1,200 90.0 % 86.7 % 18.0/s 1.00× 10.0 ms 10.0 ms 250 ms 250 ms");
        QCOMPARE(lineOf(text, "timeout"), "timeout ██░░░░░░░░░░░░░░░░░░░░░░░░░░░░ 6.7 % 80");
        QCOMPARE(lineOf(text, "db "), "db 1,520 6.3 % 2.00 9 0 0 5.3 %");
        QCOMPARE(lineOf(text, "expectations:"), "expectations: 1 of 2 met");
        QCOMPARE(lineOf(text, "fingerprint"),
                 "fingerprint 0x00c0ffee12345678, seed 42, version 0.1.0");
    }

    void everyTransitionSaysWhenAndWhy()
    {
        const QString text = summaryOf(makeRecord());
        QVERIFY2(
            text.contains("db_client.1 on shop -> db (3 processes): tripped 1 time in 1 process,"),
            qPrintable(text));
        QVERIFY2(text.contains("20.500 s  [1]  CLOSED → OPEN"), qPrintable(text));
        QVERIFY(text.simplified().contains(
            "failure rate 52.4 % of 21 calls reached the threshold of 50 %; "
            "decided by call 8812 (timeout)"));
        QVERIFY(text.contains("26.100 s  [1]  HALF_OPEN → CLOSED"));
    }

    void missedExpectationSaysWhyItWasAsked()
    {
        const QString text = summaryOf(makeRecord()).simplified();
        QVERIFY(text.contains("✓ goodput 90.0 % of web, expected >= 85%"));
        QVERIFY(text.contains("✗ p99 250 ms of web from 20 s on, expected <= 100ms "
                              "(users leave after 100 ms & don't come back)"));
    }

    void longListsAreFoldedWithACount()
    {
        RunRecord record = makeRecord();
        for (int i = 0; i < 317; ++i)
            record.transitions.append(
                {Instant(30s + 10ms * i), 0, i % 2 == 0 ? BreakerState::Closed : BreakerState::Open,
                 i % 2 == 0 ? BreakerState::Open : BreakerState::Closed, TransitionReason{}});
        const QString text = summaryOf(record);
        QVERIFY2(text.contains("and 312 more"), qPrintable(text));
        QVERIFY(text.count("→") < 12);
    }

    void interruptedRunSaysHowFarItCame()
    {
        RunRecord record = makeRecord();
        record.end = RunEnd::Cancelled;
        record.now = Instant(31'250ms);
        QVERIFY(summaryOf(record).simplified().contains(
            "Interrupted after 31.250 s of 1 min; the figures cover that part."));
    }

    void noLineIsWiderThanTheTerminal_data()
    {
        QTest::addColumn<int>("width");
        for (const int width : {40, 60, 80, 110, 160})
            QTest::newRow(qPrintable(QString::number(width))) << width;
    }
    void noLineIsWiderThanTheTerminal()
    {
        QFETCH(int, width);
        const auto columns = static_cast<std::size_t>(width);
        const QString text =
            summaryOf(makeRecord(), {.width = columns, .colour = false, .unicode = true});
        for (const QString &line : text.split('\n'))
            QVERIFY2(displayWidth(line.toStdString()) <= columns, qPrintable(line));
    }

    void asciiTerminalGetsAsciiOnly()
    {
        const std::string text = summary(makeRecord("größe → überall"), makeExpectations(),
                                         {.width = 80, .colour = false, .unicode = false});
        QVERIFY(std::all_of(text.begin(), text.end(),
                            [](char c) { return c == '\n' || (c >= 0x20 && c < 0x7f); }));
        QVERIFY(text.find("CLOSED -> OPEN") != std::string::npos);
    }

    void colourIsThereOnlyWhenAsked()
    {
        QVERIFY(!summaryOf(makeRecord()).contains('\x1b'));
        QString coloured = summaryOf(makeRecord(), {.width = 110, .colour = true, .unicode = true});
        QVERIFY(coloured.contains('\x1b'));
        // Colour adds nothing but colour: without it the text is the same.
        QCOMPARE(coloured.remove(QRegularExpression("\x1b\\[[0-9]*m")), summaryOf(makeRecord()));
    }

    void aScenarioNameCannotSteerTheTerminal()
    {
        QVERIFY(!summaryOf(makeRecord("\x1b[2Jgone")).contains('\x1b'));
    }

    void aRunWithoutCallsIsPrintedToo()
    {
        RunRecord record = makeRecord();
        record.edgeTotals.assign(2, EdgeTotals{});
        record.serviceTotals.assign(2, ServiceTotals{});
        record.now = Instant();
        QCOMPARE(lineOf(summaryOf(record), "web"), "web 0 - - 0.00× - - - -");
    }
};

QTEST_GUILESS_MAIN(TestSummary)
#include "tst_summary.moc"
