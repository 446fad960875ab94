// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/geometry/decimation.h"
#include "ui/geometry/state_bands.h"

#include <QObject>
#include <QTest>

#include <algorithm>
#include <cmath>
#include <map>
#include <random>

using namespace halfopen;
using namespace std::chrono_literals;

namespace {

const TimeAxis kAxis({Instant(), Instant(100s)}, 0, 1000); // 0.1 s per pixel

BreakerState stateAtPixel(const std::vector<StateSpan> &row, int pixel)
{
    for (const StateSpan &span : row) {
        if (pixel >= span.pixels.from && pixel < span.pixels.to)
            return span.state;
    }
    return BreakerState::Disabled; // no row of these tests has it
}

} // namespace

class TestDecimation : public QObject {
    Q_OBJECT
private slots:
    void everyExtremeOfEveryPixelIsKept()
    {
        std::mt19937 rng(7);
        std::uniform_real_distribution<double> unit(0, 1);
        std::vector<PlotPoint> points;
        for (int i = 0; i < 100'000; ++i)
            points.push_back({i * 0.008, unit(rng)});
        points[54'321].y = 50; // one spike
        const auto kept = decimate(points);

        const auto extremes = [](const std::vector<PlotPoint> &all) {
            std::map<int, std::pair<double, double>> out;
            for (const PlotPoint &p : all) {
                const auto [it, isNew] = out.try_emplace(static_cast<int>(p.x), p.y, p.y);
                it->second = {std::min(it->second.first, p.y), std::max(it->second.second, p.y)};
            }
            return out;
        };
        QCOMPARE(extremes(kept), extremes(points));
        QVERIFY(kept.size() <= 4 * 800);
        QCOMPARE(kept.front(), points.front());
        QCOMPARE(kept.back(), points.back());
        QVERIFY(std::is_sorted(kept.begin(), kept.end(), [](auto a, auto b) { return a.x < b.x; }));
    }

    void fewPointsAreLeftAlone()
    {
        const std::vector<PlotPoint> points = {{0, 1}, {10, 5}, {20, 2}};
        QCOMPARE(decimate(points), points);
        QVERIFY(decimate({}).empty());
    }

    void groupsAreTheSmallestPowerOfTwoOfAPixel()
    {
        QCOMPARE(bucketGroup(100ms, kAxis), std::size_t(1));
        QCOMPARE(bucketGroup(1s, kAxis), std::size_t(1));
        QCOMPARE(bucketGroup(99ms, kAxis), std::size_t(2));
        QCOMPARE(bucketGroup(10ms, kAxis), std::size_t(16));
    }

    void anInstantIsOnePixelAndOutsideIsNone()
    {
        QCOMPARE(pixelsOf({Instant(10s), Instant(10s)}, kAxis), (PixelSpan{100, 101}));
        QCOMPARE(pixelsOf({Instant(10s), Instant(20s)}, kAxis), (PixelSpan{100, 200}));
        QCOMPARE(pixelsOf({Instant(99999ms), Instant(200s)}, kAxis), (PixelSpan{999, 1000}));
        QCOMPARE(pixelsOf({Instant(101s), Instant(102s)}, kAxis), (PixelSpan{}));
    }

    void touchingSpansAreJoined()
    {
        const std::vector<PixelSpan> spans = {{0, 2}, {2, 4}, {3, 3}, {6, 7}, {6, 9}};
        QCOMPARE(joined(spans), (std::vector<PixelSpan>{{0, 4}, {6, 9}}));
    }

    void edgesAreExactToThePixel()
    {
        const std::vector<StateChange> changes = {{Instant(10s), BreakerState::Open},
                                                  {Instant(20s), BreakerState::HalfOpen},
                                                  {Instant(21s), BreakerState::Closed}};
        const auto row = stateSpans(changes, Instant(50s), kAxis);
        const std::vector<StateSpan> expected = {{{0, 100}, BreakerState::Closed},
                                                 {{100, 200}, BreakerState::Open},
                                                 {{200, 210}, BreakerState::HalfOpen},
                                                 {{210, 500}, BreakerState::Closed}};
        QCOMPARE(row, expected);
    }

    /// Any zoom from a day to a millisecond shows an OPEN of 5 ms.
    void anOpenOfFiveMillisecondsIsAlwaysVisible_data()
    {
        QTest::addColumn<qint64>("length");
        for (const qint64 ms : {1, 10, 1'000, 60'000, 3'600'000, 86'400'000})
            QTest::addRow("%lld ms visible", static_cast<long long>(ms)) << ms * 1'000'000;
    }
    void anOpenOfFiveMillisecondsIsAlwaysVisible()
    {
        QFETCH(qint64, length);
        const Instant at(43'210s);
        const std::vector<StateChange> changes = {{at, BreakerState::Open},
                                                  {at + 5ms, BreakerState::Closed}};
        for (const double share : {0.0, 0.123, 0.5, 0.9999}) {
            const Instant from = Instant::fromNs(std::max<qint64>(
                0, at.ns() - static_cast<qint64>(share * static_cast<double>(length))));
            const TimeAxis axis({from, from + Duration(length)}, 68, 477);
            const auto row = stateSpans(changes, Instant(90'000s), axis);
            int open = 0;
            for (const StateSpan &span : row)
                open += span.state == BreakerState::Open ? span.pixels.to - span.pixels.from : 0;
            const double exact = axis.length(std::min(Duration(5ms), from + Duration(length) - at));
            QVERIFY2(open >= 1, "the OPEN is lost");
            QVERIFY2(std::abs(open - std::max(1.0, exact)) <= 1, "the OPEN has a wrong width");
        }
    }

    void openWinsWhereStatesShareAPixel()
    {
        // All within the pixel that begins at 30 s.
        const std::vector<StateChange> changes = {{Instant(30'001ms), BreakerState::Open},
                                                  {Instant(30'002ms), BreakerState::HalfOpen},
                                                  {Instant(30'003ms), BreakerState::Closed},
                                                  {Instant(30'004ms), BreakerState::HalfOpen},
                                                  {Instant(30'006ms), BreakerState::Closed}};
        const auto row = stateSpans(changes, Instant(100s), kAxis);
        QCOMPARE(stateAtPixel(row, 299), BreakerState::Closed);
        QCOMPARE(stateAtPixel(row, 300), BreakerState::Open);
        QCOMPARE(stateAtPixel(row, 301), BreakerState::Closed);
    }

    /// Against the definition, pixel by pixel: a pixel with an OPEN instant inside shows OPEN there
    /// or beside.
    void rowsHaveNoGapsAndLoseNoOpen()
    {
        std::mt19937 rng(11);
        std::exponential_distribution<double> gap(1 / 40.0); // ms
        std::vector<StateChange> changes;
        double ms = 5'000;
        BreakerState state = BreakerState::Open;
        while (ms < 90'000) {
            changes.push_back({Instant(Duration(static_cast<std::int64_t>(ms * 1e6))), state});
            state = state == BreakerState::Open       ? BreakerState::HalfOpen
                    : state == BreakerState::HalfOpen ? BreakerState::Closed
                                                      : BreakerState::Open;
            ms += gap(rng);
        }
        const auto row = stateSpans(changes, Instant(100s), kAxis);
        QCOMPARE(row.front().pixels.from, 0);
        QCOMPARE(row.back().pixels.to, 1000);
        for (std::size_t i = 1; i < row.size(); ++i)
            QCOMPARE(row[i].pixels.from, row[i - 1].pixels.to);
        for (const StateChange &change : changes) {
            if (change.to != BreakerState::Open)
                continue;
            const int pixel = static_cast<int>(std::lround(kAxis.toPixel(change.at)));
            QCOMPARE(stateAtPixel(row, pixel), BreakerState::Open);
        }
    }

    void theFutureIsNotDrawn()
    {
        QVERIFY(
            stateSpans({}, Instant(10s), TimeAxis({Instant(20s), Instant(30s)}, 0, 100)).empty());
        const auto row =
            stateSpans({}, Instant(25s), TimeAxis({Instant(20s), Instant(30s)}, 0, 100));
        QCOMPARE(row, (std::vector<StateSpan>{{{0, 50}, BreakerState::Closed}}));
    }
};

QTEST_GUILESS_MAIN(TestDecimation)
#include "tst_decimation.moc"
