// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/format.h"

#include <QLocale>
#include <QObject>
#include <QTest>

using namespace halfopen;
using namespace std::chrono_literals;

namespace {

/// Plain spaces in the tables below stand for no-break spaces.
QString spaced(const char *text)
{
    return QString::fromUtf8(text).replace(QLatin1Char(' '), QChar(0x00A0));
}

} // namespace

class TestFormat : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() { QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates)); }

    void durations_data()
    {
        QTest::addColumn<qint64>("ns");
        QTest::addColumn<QString>("text");
        const auto row = [](Duration d, const char *text) {
            QTest::newRow(text) << qint64(d.count()) << spaced(text);
        };
        row(0ns, "0 ms");
        row(999ns, "999 ns");
        row(1500ns, "1.5 µs");
        row(850us, "850 µs");
        row(12'449us, "12.4 ms");
        row(999'600us, "1 s");
        row(1250ms, "1.25 s");
        row(59'960ms, "1 min");
        row(80s, "1 min 20 s");
        row(3600s, "1 h");
        row(7500s, "2 h 5 min");
        row(-12'400us, "\u221212.4 ms");
    }
    void durations()
    {
        QFETCH(qint64, ns);
        QFETCH(QString, text);
        QCOMPARE(formatDuration(Duration(ns)), text);
    }

    void instants_data()
    {
        QTest::addColumn<qint64>("ns");
        QTest::addColumn<qint64>("step");
        QTest::addColumn<QString>("text");
        const auto row = [](Duration t, Duration step, const char *text) {
            QTest::newRow(text) << qint64(t.count()) << qint64(step.count()) << spaced(text);
        };
        row(0s, 10s, "0 s");
        row(80s, 10s, "1 min 20 s");
        row(120s, 10s, "2 min");
        row(80'250ms, 50ms, "1 min 20.25 s");
        row(62'310ms, 1ms, "1 min 2.31 s");
        row(250ms, 50ms, "250 ms");
        row(3661s, 1s, "1 h 1 min 1 s");
        row(7200s, 1h, "2 h");
        row(12'400ms, 200ms, "12.4 s");
    }
    void instants()
    {
        QFETCH(qint64, ns);
        QFETCH(qint64, step);
        QFETCH(QString, text);
        QCOMPARE(formatInstant(Instant::fromNs(ns), Duration(step)), text);
    }

    void numbersHaveThreeSignificantDigits()
    {
        QCOMPARE(formatNumber(0), QString("0"));
        QCOMPARE(formatNumber(0.012345), QString("0.0123"));
        QCOMPARE(formatNumber(12.449), QString("12.4"));
        QCOMPARE(formatNumber(1239), QString("1,240"));
        QCOMPARE(formatNumber(-2.5), QString(QChar(0x2212)) + "2.5");
        QCOMPARE(formatNumber(0.9999), QString("1"));
    }

    void countsAreExactAndShortOnesAreNot()
    {
        QCOMPARE(formatCount(1234567), QString("1,234,567"));
        QCOMPARE(formatCountShort(9999), QString("9,999"));
        QCOMPARE(formatCountShort(12345), spaced("12.3 k"));
        QCOMPARE(formatCountShort(999'999), spaced("1 M"));
        QCOMPARE(formatCountShort(4'560'000), spaced("4.56 M"));
    }

    void ratesHaveAUnit()
    {
        QCOMPARE(formatRate(900), spaced("900 /s"));
        QCOMPARE(formatRate(12'400), spaced("12.4 k/s"));
        QCOMPARE(formatRate(0.25), spaced("0.25 /s"));
    }

    void sharesHaveOneDecimalAndNeverHideARest()
    {
        QCOMPARE(formatShare(0.524), spaced("52.4 %"));
        QCOMPARE(formatShare(0), spaced("0.0 %"));
        QCOMPARE(formatShare(1), spaced("100.0 %"));
        QCOMPARE(formatShare(0.0004), spaced("< 0.1 %"));
        QCOMPARE(formatShare(0.9995), spaced("> 99.9 %"));
        QCOMPARE(formatCalls(1), QString("1 call"));
        QCOMPARE(formatCalls(0), QString("0 calls"));
        QCOMPARE(formatRetries(2), QString("2 retries"));
        QCOMPARE(formatTransitions(1), QString("1 transition"));
        QCOMPARE(formatLatency(Duration(0)), QString(QChar(0x2013)));
        QCOMPARE(formatLatency(Duration(1'000'000)), spaced("1 ms"));
        QCOMPARE(formatShareShort(1), spaced("100 %"));
        QCOMPARE(formatShareShort(0.9951), spaced("> 99 %"));
        QCOMPARE(formatShareShort(0.994), spaced("99 %"));
        QCOMPARE(formatShareShort(0.524), spaced("52 %"));
        QCOMPARE(formatShareShort(0.096), spaced("9.6 %"));
        QCOMPARE(formatShareShort(0.0999), spaced("10 %"));
        QCOMPARE(formatShareShort(0.0004), spaced("< 0.1 %"));
        QCOMPARE(formatShareShort(0), spaced("0 %"));
        QCOMPARE(formatShareTick(0.001), spaced("0.1 %"));
    }

    void everyOutcomeHasItsOwnWord()
    {
        QStringList words;
        for (std::size_t k = 0; k < kOutcomeKinds; ++k)
            words << outcomeLabel(static_cast<OutcomeKind>(k));
        QVERIFY(!words.contains(QString()));
        QCOMPARE(words.removeDuplicates(), 0);
    }
};

QTEST_GUILESS_MAIN(TestFormat)
#include "tst_format.moc"
