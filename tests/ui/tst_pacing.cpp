// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/desktop.h"
#include "ui/pacer.h"
#include "ui/scenario/scenario_files.h"
#include "ui/speed_meter.h"
#include "ui/speed_stops.h"

#include <QFileInfo>
#include <QObject>
#include <QTest>

using namespace halfopen;
using namespace std::chrono_literals;

/// Speed: how it is kept, measured, chosen and read. All times are arguments, so all results are exact.
class TestPacing : public QObject {
    Q_OBJECT
private slots:
    void theTargetIsRealTimeTimesTheFactor()
    {
        Pacer pacer;
        pacer.anchor(10s, Instant(3s), {4.0});
        QCOMPARE(pacer.target(10s).ns(), Instant(3s).ns());
        QCOMPARE(pacer.target(10s + 250ms).ns(), Instant(4s).ns());
        pacer.anchor(20s, Instant(7s), {0.1});
        QCOMPARE(pacer.target(21s).ns(), Instant(7s + 100ms).ns());
    }

    void atUnlimitedSpeedThereIsNoTarget()
    {
        Pacer pacer;
        pacer.anchor(0s, Instant(1s), Speed::unlimited());
        QVERIFY(pacer.target(1s) == Instant::never());
        QVERIFY(!pacer.settle(100s, Instant(1s)));
    }

    void aSmallDebtIsCaughtUpAndALargeOneForgiven()
    {
        Pacer pacer;
        pacer.anchor(0s, Instant(), {10.0});
        // 40 ms of real time late: 400 ms of virtual time are owed and stay owed.
        QVERIFY(!pacer.settle(1s, Instant(10s - 400ms)));
        QCOMPARE(pacer.target(1s).ns(), Instant(10s).ns());
        // 3 s late: only kCatchUpMax = 50 ms x 10 stays owed.
        QVERIFY(pacer.settle(1s, Instant(7s)));
        QCOMPARE(pacer.target(1s).ns(), Instant(7s + 500ms).ns());
        QCOMPARE(pacer.target(1s + 100ms).ns(), Instant(8s + 500ms).ns());
    }

    void theFactorIsCutToItsRange()
    {
        Pacer pacer;
        pacer.anchor(0s, Instant(), {5000.0});
        QCOMPARE(pacer.target(1s).ns(), Instant(1000s).ns());
    }

    void theMeterMeasuresTheLastStretchOnly()
    {
        SpeedMeter meter;
        QVERIFY(!meter.hasResult());
        for (int i = 0; i <= 100; ++i)  // 10x and 500 calls per real second
            meter.add(i * 16ms, Instant(i * 160ms), std::uint64_t(i) * 8);
        QCOMPARE(meter.speed(), 10.0);
        QCOMPARE(meter.callsPerSecond(), 500.0);
        for (int i = 1; i <= 100; ++i)  // from here on 2x
            meter.add(1600ms + i * 16ms, Instant(16s + i * 32ms), 800 + std::uint64_t(i) * 8);
        QCOMPARE(meter.speed(), 2.0);
        meter.reset();
        QVERIFY(!meter.hasResult());
        QCOMPARE(meter.speed(), 0.0);
    }

    void theStopsCoverTheWholeRangeInOrder()
    {
        QCOMPARE(*speedStop(0).factor, Speed::kFactorMin);
        QVERIFY(!speedStop(speedStopCount() - 1).factor);
        QCOMPARE(*speedStop(speedStopCount() - 2).factor, Speed::kFactorMax);
        for (int i = 0; i < speedStopCount(); ++i)
            QCOMPARE(nearestSpeedStop(speedStop(i)), i);
        QCOMPARE(*speedStop(nearestSpeedStop({3.3})).factor, 5.0); // log 3.3 lies nearer to log 5 than to log 2
    }

    void aSpeedIsReadFromText_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<bool>("ok");
        QTest::addColumn<double>("factor"); // 0 = unlimited
        QTest::newRow("plain") << "10" << true << 10.0;
        QTest::newRow("with x") << "2.5x" << true << 2.5;
        QTest::newRow("with a sign") << QStringLiteral("0.5×") << true << 0.5;
        QTest::newRow("max") << "MAX" << true << 0.0;
        QTest::newRow("lowest") << "0.1" << true << 0.1;
        QTest::newRow("too slow") << "0.05" << false << 0.0;
        QTest::newRow("too fast") << "1001" << false << 0.0;
        QTest::newRow("not a number") << "fast" << false << 0.0;
        QTest::newRow("not finite") << "nan" << false << 0.0;
        QTest::newRow("empty") << "" << false << 0.0;
    }
    void aSpeedIsReadFromText()
    {
        QFETCH(QString, text);
        QFETCH(bool, ok);
        QFETCH(double, factor);
        const Result<Speed> speed = parseSpeed(text);
        QCOMPARE(speed.has_value(), ok);
        if (ok)
            QCOMPARE(speed->factor.value_or(0.0), factor);
        else
            QVERIFY(speed.error().message.find("0.1 to 1000") != std::string::npos);
    }

    void theCommandLineIsRead()
    {
        const auto options
            = parseDesktopOptions({"halfopen-lab", "a.yaml", "--play", "--speed", "20x", "--theme", "dark"});
        QVERIFY(options.has_value());
        QCOMPARE(options->file, QString("a.yaml"));
        QVERIFY(options->play);
        QCOMPARE(*options->speed->factor, 20.0);
        QVERIFY(options->theme == ThemeKind::Dark);
        const auto none = parseDesktopOptions({"halfopen-lab"});
        QVERIFY(none->file.isEmpty() && !none->play && !none->speed && !none->theme);
    }

    void namesOfShippedScenariosAreFilesAsOnTheCommandLine()
    {
        for (const char *name : {"retry_storm", "patterns/hedge_cuts_the_tail"}) {
            const Result<QString> file = fileOfScenario(QLatin1String(name));
            QVERIFY2(file.has_value(), name);
            QVERIFY2(QFileInfo(*file).isFile() && file->endsWith(QLatin1String(name) + QStringLiteral(".yaml")), qPrintable(*file));
        }
        QCOMPARE(fileOfScenario("no/such.yaml").value(), QString("no/such.yaml")); // the loader says what is wrong with it
        const Result<QString> near = fileOfScenario("retry_strom");
        QVERIFY(!near.has_value());
        QVERIFY2(near.error().message.find("did you mean 'retry_storm'") != std::string::npos, near.error().message.c_str());
    }

    void aBadCommandLineIsRefusedWithAReason_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QString>("part");
        QTest::newRow("two files") << QStringList{"a.yaml", "b.yaml"} << "one scenario at a time";
        QTest::newRow("speed") << QStringList{"--speed", "0"} << "0.1 to 1000, or max";
        QTest::newRow("theme") << QStringList{"--theme", "pink"} << "light, dark or system";
        QTest::newRow("unknown") << QStringList{"--fast"} << "fast";
    }
    void aBadCommandLineIsRefusedWithAReason()
    {
        QFETCH(QStringList, arguments);
        QFETCH(QString, part);
        const auto options = parseDesktopOptions(QStringList{"halfopen-lab"} + arguments);
        QVERIFY(!options.has_value());
        QVERIFY2(QString::fromStdString(options.error().message).contains(part), options.error().message.c_str());
    }
};

QTEST_GUILESS_MAIN(TestPacing)
#include "tst_pacing.moc"
