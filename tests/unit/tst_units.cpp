// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/random.h"
#include "core/base/units.h"

#include <QObject>
#include <QTest>
#include <bit>
#include <cmath>
#include <limits>

using namespace halfopen;
using namespace std::chrono_literals;

namespace {

template <typename T> QString errorOf(const Result<T> &result)
{
    return result ? QString("no error") : QString::fromStdString(result.error().message);
}

} // namespace

class TestUnits : public QObject {
    Q_OBJECT
private slots:
    void durationsAreRead_data();
    void durationsAreRead();
    void durationErrorsSayHowToMendThem_data();
    void durationErrorsSayHowToMendThem();
    void durationsAreWrittenShortAndExact_data();
    void durationsAreWrittenShortAndExact();
    void everyDurationReadsBack();
    void ratesAreRead_data();
    void ratesAreRead();
    void rateErrorsSayHowToMendThem_data();
    void rateErrorsSayHowToMendThem();
    void ratesAreWrittenShort();
    void everyRateReadsBack();
    void probabilitiesAreRead_data();
    void probabilitiesAreRead();
    void probabilityErrorsSayHowToMendThem_data();
    void probabilityErrorsSayHowToMendThem();
    void everyProbabilityReadsBack();
    void percentagesKeepTheirDigits();
    void countsAreRead_data();
    void countsAreRead();
    void countErrorsSayHowToMendThem_data();
    void countErrorsSayHowToMendThem();
    void numbersAreWrittenShort();
    void intervalsOfRates();
};

void TestUnits::durationsAreRead_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<qint64>("ns");
    const auto row = [](const char *text, qint64 ns) {
        QTest::newRow(text) << QString(text) << ns;
    };
    row("12ms", 12'000'000);
    row("1.5s", 1'500'000'000);
    row("2m", 120'000'000'000);
    row("1h30m", 5'400'000'000'000);
    row("250us", 250'000);
    row("10ns", 10);
    row("1d", 86'400'000'000'000);
    row("0", 0);
    row("0.0", 0);
    row("0s", 0);
    row("0.3s", 300'000'000);
    row("0.1s", 100'000'000);
    row("0.000000001s", 1);
    row("1.000000001s", 1'000'000'001);
    row(".5s", 500'000'000);
    row("0.5000s", 500'000'000);
    row("1d2h3m4s5ms6us7ns", 93'784'005'006'007);
    row("1m0.25s", 60'250'000'000);
    row("  90 s ", 90'000'000'000);
    row("1h 30m", 5'400'000'000'000);
    row("3\u00b5s", 3'000);
    row("3\u03bcs", 3'000);
    row("106751d", 106'751 * 86'400'000'000'000);
    row("9223372036854775807ns", std::numeric_limits<qint64>::max());
    row("0.0000152587890625d", 1'318'359'375); // 2^-16 of a day, the finest binary part
}

void TestUnits::durationsAreRead()
{
    QFETCH(QString, text);
    QFETCH(qint64, ns);
    const Result<Duration> got = parseDuration(text.toStdString());
    QVERIFY2(got.has_value(), qPrintable(errorOf(got)));
    QCOMPARE(got->count(), ns);
}

void TestUnits::durationErrorsSayHowToMendThem_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("message");
    const auto row = [](const char *text, const char *message) {
        QTest::newRow(text) << QString(text) << QString(message);
    };
    const auto *shape =
        " is not a duration: expected a number with a unit (ns, us, ms, s, m, h or d), "
        "for example 250ms or 1h30m";
    row("", "a duration is missing: write a number with a unit (ns, us, ms, s, m, h or d), for "
            "example 250ms");
    row("5", "'5' has no unit: write 5ms or 5s (ns, us, ms, s, m, h or d)");
    row("1h30", "'1h30' has no unit: write 30ms or 30s (ns, us, ms, s, m, h or d)");
    row("5 sec", "'5 sec' has the unknown unit 'sec', expected ns, us, ms, s, m, h or d: write 5s");
    row("5S", "'5S' has the unknown unit 'S', expected ns, us, ms, s, m, h or d: write 5s");
    row("1.5 hours", "'1.5 hours' has the unknown unit 'hours', expected ns, us, ms, s, m, h or d: write 1.5h");
    row("3M", "'3M' has the unknown unit 'M', expected ns, us, ms, s, m, h or d"); // minutes or months
    row("1e3s", "'1e3s' has the unknown unit 'e', expected ns, us, ms, s, m, h or d: write the number out, without an exponent");
    row("-1s", "'-1s' is negative, expected a duration of 0 or more");
    row("30m1h", "'30m1h' is out of order: units go from long to short, each once, as in 1h30m");
    row("1s1s", "'1s1s' is out of order: units go from long to short, each once, as in 1h30m");
    row("1.5ns", "'1.5ns' is finer than 1 ns, the smallest step of time here");
    row("0.00000000000000000000000000000000000000000000001s",
        "'0.00000000000000000000000000000000000000000000001s' is finer than 1 ns, the smallest "
        "step of "
        "time here");
    row("106752d", "'106752d' is longer than 292 years, the longest duration");
    row("9223372036854775808ns",
        "'9223372036854775808ns' is longer than 292 years, the longest duration");
    row("999999999999999999999999999999999999999999s",
        "'999999999999999999999999999999999999999999s' is longer than 292 years, the longest "
        "duration");
    row("ms", QByteArray("'ms'").append(shape).constData());
    row("5.s", QByteArray("'5.s'").append(shape).constData());
    row("1..5s", QByteArray("'1..5s'").append(shape).constData());
    row("fast", QByteArray("'fast'").append(shape).constData());
}

void TestUnits::durationErrorsSayHowToMendThem()
{
    QFETCH(QString, text);
    QFETCH(QString, message);
    QCOMPARE(errorOf(parseDuration(text.toStdString())), message);
}

void TestUnits::durationsAreWrittenShortAndExact_data()
{
    QTest::addColumn<qint64>("ns");
    QTest::addColumn<QString>("text");
    const auto row = [](qint64 ns, const char *text) {
        QTest::newRow(text) << ns << QString(text);
    };
    row(0, "0s");
    row(7, "7ns");
    row(1'500, "1.5us");
    row(12'000'000, "12ms");
    row(1'234'567, "1.234567ms");
    row(1'500'000'000, "1.5s");
    row(59'999'999'999, "59.999999999s");
    row(60'000'000'000, "1m");
    row(150'000'000'000, "2m30s");
    row(60'250'000'000, "1m250ms");
    row(5'400'000'000'000, "1h30m");
    row(129'600'000'000'000, "1d12h");
    row(-5'000'000, "-5ms");
    row(std::numeric_limits<qint64>::max(), "106751d23h47m16.854775807s");
}

void TestUnits::durationsAreWrittenShortAndExact()
{
    QFETCH(qint64, ns);
    QFETCH(QString, text);
    QCOMPARE(QString::fromStdString(formatDuration(Duration(ns))), text);
}

void TestUnits::everyDurationReadsBack()
{
    const RandomStream stream(1, "durations");
    for (std::uint64_t i = 0; i < 200'000; ++i) {
        // All magnitudes; every other one a round number of a random unit.
        auto ns = static_cast<std::int64_t>(stream.draw(i, 0) >> (1 + i % 63));
        if (i % 2 == 0) {
            std::int64_t unit = 1;
            for (std::uint64_t zeros = stream.draw(i, 1) % 15; zeros > 0; --zeros)
                unit *= 10;
            ns -= ns % unit;
        }
        const std::string text = formatDuration(Duration(ns));
        const Result<Duration> back = parseDuration(text);
        QVERIFY2(back && back->count() == ns, text.c_str());
    }
}

void TestUnits::ratesAreRead_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<double>("perSecond");
    const auto row = [](const char *text, double rate) {
        QTest::newRow(text) << QString(text) << rate;
    };
    row("900/s", 900.0);
    row("10/m", 10.0 / 60.0);
    row("3/h", 3.0 / 3600.0);
    row("1/d", 1.0 / 86400.0);
    row("2.5/ms", 2500.0);
    row("1/us", 1e6);
    row("1/ns", 1e9);
    row("0", 0.0);
    row("0/s", 0.0);
    row(" 900 / s ", 900.0);
    row("0.1/s", 0.1);
}

void TestUnits::ratesAreRead()
{
    QFETCH(QString, text);
    QFETCH(double, perSecond);
    const Result<double> got = parseRate(text.toStdString());
    QVERIFY2(got.has_value(), qPrintable(errorOf(got)));
    QVERIFY(*got == perSecond);
}

void TestUnits::rateErrorsSayHowToMendThem_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("message");
    const auto row = [](const char *text, const char *message) {
        QTest::newRow(text) << QString(text) << QString(message);
    };
    row("", "a rate is missing: write a number per unit of time, for example 900/s or 10/m");
    row("fast", "'fast' is not a rate: write a number per unit of time, for example 900/s or 10/m");
    row("900", "'900' has no unit: write 900/s (/ns, /us, /ms, /s, /m, /h or /d)");
    row("5/week",
        "'5/week' has the unknown unit '/week', expected /ns, /us, /ms, /s, /m, /h or /d");
    row("5rps", "'5rps' has the unknown unit 'rps', expected /ns, /us, /ms, /s, /m, /h or /d: write 5/s");
    row("1e3/s", "'1e3/s' has the unknown unit 'e3/s', expected /ns, /us, /ms, /s, /m, /h or /d: write the number out, without an exponent");
    row("5 events/s", "'5 events/s' has the unknown unit 'events/s', expected /ns, /us, /ms, /s, /m, /h or /d: write 5/s");
    row("5 req/min", "'5 req/min' has the unknown unit 'req/min', expected /ns, /us, /ms, /s, /m, /h or /d: write 5/m");
    row("-5/s", "'-5/s' is negative, expected a rate of 0 or more");
}

void TestUnits::rateErrorsSayHowToMendThem()
{
    QFETCH(QString, text);
    QFETCH(QString, message);
    QCOMPARE(errorOf(parseRate(text.toStdString())), message);
}

void TestUnits::ratesAreWrittenShort()
{
    QCOMPARE(formatRate(900.0), std::string("900/s"));
    QCOMPARE(formatRate(2.5), std::string("2.5/s"));
    QCOMPARE(formatRate(10.0 / 60.0), std::string("10/m"));
    QCOMPARE(formatRate(3.0 / 3600.0), std::string("3/h"));
    QCOMPARE(formatRate(0.0), std::string("0/s"));
    QCOMPARE(formatRate(1e21), std::string("1000000000000000000000/s"));
}

void TestUnits::everyRateReadsBack()
{
    const RandomStream stream(1, "rates");
    for (std::uint64_t i = 0; i < 100'000; ++i) {
        // Random mantissas, exponents from 2^-100 to 2^100; every third one a fraction of minutes.
        const double mantissa = static_cast<double>(stream.draw(i, 0) >> 11) * 0x1p-53;
        const int exponent = static_cast<int>(stream.draw(i, 1) % 200) - 100;
        const double rate = i % 3 == 0 ? static_cast<double>(stream.draw(i, 2) % 1000) / 60.0
                                       : std::ldexp(mantissa, exponent);
        const std::string text = formatRate(rate);
        const Result<double> back = parseRate(text);
        QVERIFY2(back && *back == rate, text.c_str());
    }
}

void TestUnits::probabilitiesAreRead_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<double>("value");
    const auto row = [](const char *text, double value) {
        QTest::newRow(text) << QString(text) << value;
    };
    row("10%", 0.1);
    row("0.1", 0.1);
    row("0.07%", 0.0007);
    row("33.3%", 0.333);
    row("100%", 1.0);
    row("1", 1.0);
    row("0", 0.0);
    row("0%", 0.0);
    row("-0", 0.0);
    row(" 5 % ", 0.05);
}

void TestUnits::probabilitiesAreRead()
{
    QFETCH(QString, text);
    QFETCH(double, value);
    const Result<double> got = parseProbability(text.toStdString());
    QVERIFY2(got.has_value(), qPrintable(errorOf(got)));
    QVERIFY(*got == value);
}

void TestUnits::probabilityErrorsSayHowToMendThem_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("message");
    const auto row = [](const char *text, const char *message) {
        QTest::newRow(text) << QString(text) << QString(message);
    };
    row("", "a probability is missing: write 10% or 0.1");
    row("often", "'often' is not a probability: write 10% or 0.1");
    row("10 percent", "'10 percent' is not a probability: write 10%");
    row("150%", "'150%' is out of range, expected 0% to 100%");
    row("1.5", "'1.5' is out of range, expected 0 to 1 or 0% to 100%; did you mean 1.5%?");
    row("10", "'10' is out of range, expected 0 to 1 or 0% to 100%; did you mean 10%?");
    row("-5%", "'-5%' is out of range, expected 0% to 100%");
    row("-0.1", "'-0.1' is out of range, expected 0 to 1 or 0% to 100%");
}

void TestUnits::probabilityErrorsSayHowToMendThem()
{
    QFETCH(QString, text);
    QFETCH(QString, message);
    QCOMPARE(errorOf(parseProbability(text.toStdString())), message);
}

void TestUnits::everyProbabilityReadsBack()
{
    const RandomStream stream(1, "probabilities");
    for (std::uint64_t i = 0; i < 100'000; ++i) {
        const double value = std::ldexp(static_cast<double>(stream.draw(i, 0) >> 11),
                                        -53 - static_cast<int>(i % 60));
        const std::string text = formatProbability(value);
        const Result<double> back = parseProbability(text);
        QVERIFY2(back && *back == value, text.c_str());
    }
    QCOMPARE(formatProbability(1.0), std::string("100%"));
    QCOMPARE(formatProbability(0.0), std::string("0%"));
}

void TestUnits::percentagesKeepTheirDigits()
{
    for (int permyriad = 1; permyriad <= 10'000; ++permyriad) {
        std::string text = std::to_string(permyriad / 100);
        if (permyriad % 100 != 0) {
            text += permyriad % 100 < 10 ? ".0" : ".";
            text +=
                std::to_string(permyriad % 100 % 10 == 0 ? permyriad % 100 / 10 : permyriad % 100);
        }
        text += '%';
        QCOMPARE(formatProbability(parseProbability(text).value()), text);
    }
}

void TestUnits::countsAreRead_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<qint64>("value");
    QTest::newRow("plain") << "100" << qint64{100};
    QTest::newRow("zero") << "0" << qint64{0};
    QTest::newRow("leading zero") << "007" << qint64{7};
    QTest::newRow("grouped") << "1_000_000" << qint64{1'000'000};
    QTest::newRow("blanks") << " 5 " << qint64{5};
    QTest::newRow("largest") << "9223372036854775807" << std::numeric_limits<qint64>::max();
}

void TestUnits::countsAreRead()
{
    QFETCH(QString, text);
    QFETCH(qint64, value);
    const Result<std::int64_t> got = parseCount(text.toStdString());
    QVERIFY2(got.has_value(), qPrintable(errorOf(got)));
    QCOMPARE(*got, value);
}

void TestUnits::countErrorsSayHowToMendThem_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("message");
    const auto row = [](const char *text, const char *message) {
        QTest::newRow(text) << QString(text) << QString(message);
    };
    row("", "a count is missing: write a whole number, for example 100");
    row("10k", "'10k' is not a whole number: write for example 100 or 1_000");
    row("1.5", "'1.5' is not a whole number: write for example 100 or 1_000");
    row("1__0", "'1__0' is not a whole number: write for example 100 or 1_000");
    row("_1", "'_1' is not a whole number: write for example 100 or 1_000");
    row("1_", "'1_' is not a whole number: write for example 100 or 1_000");
    row("-1", "'-1' is negative, expected a whole number of 0 or more");
    row("9223372036854775808",
        "'9223372036854775808' is too large, expected at most 9223372036854775807");
}

void TestUnits::countErrorsSayHowToMendThem()
{
    QFETCH(QString, text);
    QFETCH(QString, message);
    QCOMPARE(errorOf(parseCount(text.toStdString())), message);
}

void TestUnits::numbersAreWrittenShort()
{
    QCOMPARE(formatNumber(0.1), std::string("0.1"));
    QCOMPARE(formatNumber(30.0), std::string("30"));
    QCOMPARE(formatNumber(-2.5), std::string("-2.5"));
    QCOMPARE(formatNumber(1e-5), std::string("0.00001"));
    QVERIFY(formatNumber(-std::numeric_limits<double>::denorm_min()).size() > 300);
    QVERIFY(formatNumber(std::numeric_limits<double>::max()).size() > 300);
}

void TestUnits::intervalsOfRates()
{
    QCOMPARE(Rate(1000.0).meanInterval(), Duration(1ms));
    QCOMPARE(Rate(3.0).meanInterval(), Duration(333'333'333));
    QCOMPARE(Rate(1e12).meanInterval(), Duration(1));
    QCOMPARE(Rate(0.0).meanInterval(), Duration(std::int64_t{1} << 53));
    QCOMPARE(Rate(1e-12).meanInterval(), Duration(std::int64_t{1} << 53));
    QVERIFY(Rate(0.0).isZero());
}

QTEST_GUILESS_MAIN(TestUnits)
#include "tst_units.moc"
