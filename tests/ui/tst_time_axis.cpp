// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/round_step.h"
#include "ui/geometry/ticks.h"
#include "ui/geometry/time_axis.h"
#include "ui/geometry/value_axis.h"

#include <QObject>
#include <QTest>

#include <algorithm>
#include <cmath>

using namespace halfopen;
using namespace std::chrono_literals;

class TestTimeAxis : public QObject {
    Q_OBJECT
private slots:
    void endsOfTheRangeAreEndsOfThePlot()
    {
        const TimeAxis axis({Instant(10s), Instant(30s)}, 68, 400);
        QCOMPARE(axis.toPixel(Instant(10s)), 68.0);
        QCOMPARE(axis.toPixel(Instant(30s)), 468.0);
        QCOMPARE(axis.toPixel(Instant(15s)), 68.0 + 400.0 * 5 / 20);
        QCOMPARE(axis.perPixel(), Duration(50ms));
        QCOMPARE(axis.length(Duration(1s)), 20.0);
    }

    void pixelAndInstantAreInverse_data()
    {
        QTest::addColumn<qint64>("from");
        QTest::addColumn<qint64>("length");
        QTest::newRow("a minute at the start") << qint64(0) << qint64(60'000'000'000);
        QTest::newRow("a microsecond, days in") << qint64(8'000'000'000'000'000) << qint64(1'000);
        QTest::newRow("a day") << qint64(123) << qint64(86'400'000'000'000);
    }
    void pixelAndInstantAreInverse()
    {
        QFETCH(qint64, from);
        QFETCH(qint64, length);
        const TimeAxis axis({Instant::fromNs(from), Instant::fromNs(from + length)}, 68, 640);
        const auto tolerance = length / 640 / 1000 + 1; // a thousandth of a pixel
        for (int i = 0; i <= 100; ++i) {
            const Instant t = Instant::fromNs(from + length * i / 100);
            const Instant back = axis.toInstant(axis.toPixel(t));
            QVERIFY2(std::abs(back.ns() - t.ns()) <= tolerance,
                     qPrintable(QString::number(back.ns() - t.ns())));
        }
    }

    void timeIsNeverBeforeTheRun()
    {
        const TimeAxis axis({Instant(), Instant(10s)}, 100, 100);
        QCOMPARE(axis.toInstant(0), Instant());
    }

    void anEmptyRangeStillMaps()
    {
        const TimeAxis axis({Instant(5s), Instant(5s)}, 0, 100);
        QVERIFY(std::isfinite(axis.toPixel(Instant(5s))));
        QCOMPARE(axis.toPixel(Instant(5s)), 0.0);
    }

    void logarithmicAxisGivesEqualRatiosEqualHeights()
    {
        const ValueAxis axis(1e6, 1e9, 8, 300, ValueAxis::Scale::Logarithmic);
        QCOMPARE(axis.toPixel(1e6), 308.0);
        QCOMPARE(axis.toPixel(1e9), 8.0);
        QVERIFY(std::abs(axis.toPixel(1e7) - 208) < 1e-9);
        QVERIFY(std::abs(axis.toPixel(1e8) - 108) < 1e-9);
        QVERIFY(std::abs(axis.toValue(axis.toPixel(4.2e7)) / 4.2e7 - 1) < 1e-12);
        QCOMPARE(axis.toPixel(0), axis.toPixel(1e6)); // clamped, not minus infinity
    }

    void linearTicksCoverTheMaximum_data()
    {
        QTest::addColumn<double>("max");
        QTest::addColumn<int>("most");
        QTest::addColumn<double>("step");
        QTest::addColumn<double>("top");
        QTest::newRow("nothing") << 0.0 << 4 << 0.25 << 1.0;
        QTest::newRow("round") << 1000.0 << 4 << 250.0 << 1000.0;
        QTest::newRow("between") << 1240.0 << 4 << 500.0 << 1500.0;
        QTest::newRow("small") << 0.037 << 5 << 0.01 << 0.04;
        QTest::newRow("one tick") << 3.0 << 1 << 3.0 << 3.0;
        QTest::newRow("just above a round number") << 1010.0 << 2 << 600.0 << 1200.0; // 2,000 would be twice as high
    }
    void linearTicksCoverTheMaximum()
    {
        QFETCH(double, max);
        QFETCH(int, most);
        QFETCH(double, step);
        QFETCH(double, top);
        const LinearTicks ticks = linearTicks(max, most);
        QVERIFY(std::abs(ticks.step - step) < 1e-12);
        QVERIFY(std::abs(ticks.top - top) < 1e-12);
        QVERIFY(ticks.top >= max);
        QVERIFY(static_cast<int>(ticks.values.size()) <= most + 1);
        QCOMPARE(ticks.values.front(), 0.0);
    }

    /// Whatever the maximum and the room: the data reach at least three quarters of the axis, and never above it.
    void linearTicksLeaveAtMostAQuarterEmpty()
    {
        for (int most = 1; most <= 8; ++most) {
            for (int i = 0; i < 4'000; ++i) {
                const double max = 3e-7 * std::pow(1.0123, i); // over more than twenty decades
                const LinearTicks ticks = linearTicks(max, most);
                const QByteArray where = QByteArray::number(max) + " with " + QByteArray::number(most);
                QVERIFY2(ticks.top >= max * (1 - 1e-8), where.constData());
                QVERIFY2(max >= 0.75 * ticks.top * (1 - 1e-8), where.constData());
                QVERIFY2(static_cast<int>(ticks.values.size()) <= most + 1, where.constData());
                QVERIFY2(std::abs(ticks.top - ticks.step * double(ticks.values.size() - 1)) <= 1e-9 * ticks.top, where.constData());
                // Round: three digits at most, and no other than people use.
                const double digits = ticks.step / std::pow(10.0, std::floor(std::log10(ticks.step) + 1e-9));
                const auto isOneOf = {1.0, 1.25, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0};
                QVERIFY2(std::any_of(isOneOf.begin(), isOneOf.end(), [&](double one) { return std::abs(digits - one) < 1e-6; }), where.constData());
            }
        }
    }

    /// The same of a logarithmic axis of one decade, the shortest that is drawn.
    void logarithmicAxesLeaveAtMostAQuarterEmpty()
    {
        for (int i = 0; i < 4'000; ++i) {
            const double max = 3e-7 * std::pow(1.0123, i);
            const double end = report::roundUpFinely(max);
            QVERIFY2(end >= max * (1 - 1e-8) && std::log10(end / max) <= 0.25, QByteArray::number(max).constData());
        }
    }

    void countsHaveNoHalfTicks()
    {
        QCOMPARE(countTicks(2, 8).step, 1.0);
        QCOMPARE(countTicks(9, 4).step, 5.0);
    }

    void logTicksAreDecadesWithMinors()
    {
        const LogTicks ticks = logTicks(2e6, 3e8);
        QCOMPARE(ticks.major, (std::vector<double>{1e7, 1e8}));
        // 2 to 9 ms, 20 to 90 ms, 200 and 300 ms
        QCOMPARE(ticks.minor.size(), std::size_t(8 + 8 + 2));
    }

    void timeStepsAreWhatAPersonWouldChoose_data()
    {
        QTest::addColumn<qint64>("least");
        QTest::addColumn<qint64>("step");
        const auto row = [](const char *name, Duration least, Duration step) {
            QTest::newRow(name) << qint64(least.count()) << qint64(step.count());
        };
        row("nanoseconds", 3ns, 5ns);
        row("exact", 20ms, 20ms);
        row("half a second", 500ms, 500ms);
        row("above half a second", 501ms, 1s);
        row("quarter of a minute", 11s, 15s);
        row("minutes", 61s, 2min);
        row("hours", 31min, 1h);
        row("days", 25h, 48h);
    }
    void timeStepsAreWhatAPersonWouldChoose()
    {
        QFETCH(qint64, least);
        QFETCH(qint64, step);
        QCOMPARE(qint64(timeStep(Duration(least)).count()), step);
    }

    void timeTicksAreMultiplesInTheRange()
    {
        const auto ticks = timeTicks({Instant(11s), Instant(30s)}, 10s);
        QCOMPARE(ticks, (std::vector<Instant>{Instant(20s), Instant(30s)}));
    }
};

QTEST_GUILESS_MAIN(TestTimeAxis)
#include "tst_time_axis.moc"
