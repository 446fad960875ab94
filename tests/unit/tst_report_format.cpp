// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/format.h"
#include "core/report/svg.h"
#include "core/report/text_table.h"

#include <QObject>
#include <QString>
#include <QTest>
#include <cmath>
#include <limits>

using namespace halfopen;
using namespace halfopen::report;
using namespace std::chrono_literals;

class TestReportFormat : public QObject {
    Q_OBJECT
private slots:
    void secondsReadAsAPersonSaysThem_data()
    {
        QTest::addColumn<double>("seconds");
        QTest::addColumn<QString>("text");
        QTest::newRow("zero") << 0.0 << "0 s";
        QTest::newRow("nanoseconds") << 12e-9 << "12.0 ns";
        QTest::newRow("microseconds") << 850e-6 << "850 µs";
        QTest::newRow("milliseconds") << 0.0124 << "12.4 ms";
        QTest::newRow("just below a millisecond") << 0.0009999 << "1.00 ms";
        QTest::newRow("just below a second") << 0.9997 << "1.00 s";
        QTest::newRow("seconds") << 1.024 << "1.02 s";
        QTest::newRow("just below a minute") << 59.97 << "1 min";
        QTest::newRow("minutes") << 80.0 << "1 min 20 s";
        QTest::newRow("hours") << 5400.0 << "1 h 30 min";
        QTest::newRow("negative") << -0.25 << "−250 ms";
        QTest::newRow("nothing measured") << std::numeric_limits<double>::quiet_NaN() << "-";
    }
    void secondsReadAsAPersonSaysThem()
    {
        QFETCH(double, seconds);
        QTEST(QString::fromStdString(formatSeconds(seconds)), "text");
    }

    void shareIsNeverRoundedToNoneOrAll()
    {
        QCOMPARE(formatShare(0), std::string("0.0 %"));
        QCOMPARE(formatShare(1e-6), std::string("< 0.1 %"));
        QCOMPARE(formatShare(0.932), std::string("93.2 %"));
        QCOMPARE(formatShare(1 - 1e-6), std::string("> 99.9 %"));
        QCOMPARE(formatShare(1), std::string("100.0 %"));
        QCOMPARE(formatShare(NAN), std::string("-"));
    }

    void numbersHaveThreeSignificantDigits()
    {
        QCOMPARE(formatNumber(0), std::string("0"));
        QCOMPARE(formatNumber(1.234), std::string("1.23"));
        QCOMPARE(formatNumber(9.996), std::string("10.0"));
        QCOMPARE(formatNumber(99.96), std::string("100"));
        QCOMPARE(formatNumber(999.6), std::string("1,000"));
        QCOMPARE(formatNumber(12345), std::string("12,300"));
        QCOMPARE(formatRate(12345), std::string("12.3k/s"));
        QCOMPARE(formatRate(3.14e6), std::string("3.14M/s"));
        QCOMPARE(formatRatio(1.416), std::string("1.42×"));
        QCOMPARE(formatBytes(1213), std::string("1.21 kB"));
        QCOMPARE(formatCount(1234567), std::string("1,234,567"));
        QCOMPARE(formatCount(999), std::string("999"));
        QCOMPARE(formatFingerprint(0xc0ffee), std::string("0x0000000000c0ffee"));
    }

    void instantIsExactToTheMillisecond()
    {
        QCOMPARE(formatInstant(Instant(63412ms)), std::string("63.412 s"));
        QCOMPARE(formatInstant(Instant(63412499us)), std::string("63.412 s"));
        QCOMPARE(formatInstant(Instant(63412500us)), std::string("63.413 s"));
        QCOMPARE(formatInstant(Instant()), std::string("0.000 s"));
    }

    void markupIsMadeHarmless()
    {
        QCOMPARE(escapeMarkup("<a href=\"x\">'&'</a>"),
                 std::string("&lt;a href=&quot;x&quot;&gt;&#39;&amp;&#39;&lt;/a&gt;"));
        QCOMPARE(escapeMarkup("\x01 \x1b[31m \xff ü \n"),
                 std::string("\ufffd \ufffd[31m \ufffd ü \n"));
        QCOMPARE(escapeMarkup("\xed\xa0\x80"), std::string("\ufffd\ufffd\ufffd")); // a surrogate
    }

    void aNameCannotSteerTheTerminal()
    {
        QCOMPARE(printable("a\x1b[2Jb\u009bc\nü"), std::string("a?[2Jb?c?ü"));
    }

    void asciiHasAReplacementForEverySignInUse()
    {
        QCOMPARE(toAscii("12.4 µs · 1.42× → −3 ≥ 2 …"),
                 std::string("12.4 us - 1.42x -> -3 >= 2 ..."));
        QCOMPARE(toAscii("größe"), std::string("gr??e"));
    }

    void tableDropsTheLeastImportantColumnsFirst()
    {
        const TextStyle style{.width = 40, .colour = false, .unicode = true};
        TextTable table(
            {{"service"}, {"requests", false, 1}, {"utilisation"}, {"max queue", false, 2}}, style);
        table.addRow({"db", "120", "93.2 %", "7"});
        QCOMPARE(table.text(), std::string("service  requests  utilisation\n"
                                           "db            120       93.2 %\n"));
    }

    void tableShortensALongNameBeforeItDropsAColumn()
    {
        const TextStyle style{.width = 40, .colour = false, .unicode = true};
        TextTable table({{"service"}, {"requests", false, 1}}, style);
        table.addRow({"a-service-with-a-name-of-forty-characters", "120"});
        QCOMPARE(table.text(), std::string("service                         requests\n"
                                           "a-service-with-a-name-of-fort\u2026       120\n"));
    }

    void wrappedTextKeepsEveryWord()
    {
        QCOMPARE(wrapText("one two  three\nfour", 9),
                 (std::vector<std::string>{"one two", "three", "four"}));
        QCOMPARE(wrapText("unbreakable", 4), std::vector<std::string>{"unbreakable"});
    }

    void ticksAreRoundAndCoverTheAxis()
    {
        QCOMPARE(roundTicks(943, 4), (std::vector<double>{0, 250, 500, 750, 1000}));
        QCOMPARE(roundTicks(0.73, 4), (std::vector<double>{0, 0.2, 0.4, 0.6000000000000001, 0.8}));
        QCOMPARE(decadeTicks(0.001, 0.01, 8), (std::vector<double>{0.001, 0.002, 0.005, 0.01}));
        QCOMPARE(decadeTicks(0.002, 2, 8), (std::vector<double>{0.01, 0.1, 1}));
        QCOMPARE(decadeTicks(1e-6, 1, 3), (std::vector<double>{1e-6, 1e-4, 1e-2, 1}));
        std::string labels;
        for (const Tick &tick : timeTicks(180, 10))
            labels += tick.label + ",";
        QCOMPARE(labels, std::string("0,30 s,1 min,1 min 30 s,2 min,2 min 30 s,3 min,"));
    }

    void scaleMapsTheEndsAndCutsWhatIsOutside()
    {
        const Scale linear = Scale::linear(0, 10, 100, 200);
        QCOMPARE(linear.pixel(0), 100.0);
        QCOMPARE(linear.pixel(5), 150.0);
        QCOMPARE(linear.pixel(50), 200.0);
        const Scale log = Scale::logarithmic(0.001, 1, 100, 0);
        QVERIFY(std::abs(log.pixel(0.1) - 100.0 / 3) < 1e-9);
        QCOMPARE(log.pixel(0), 100.0);
    }
};

QTEST_GUILESS_MAIN(TestReportFormat)
#include "tst_report_format.moc"
