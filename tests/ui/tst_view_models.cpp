// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/synthetic_run.h"
#include "ui/models/breaker_timeline.h"
#include "ui/models/outcome_series.h"
#include "ui/models/percentile_series.h"

#include <QObject>
#include <QTest>

#include <algorithm>
#include <numeric>

using namespace halfopen;
using namespace std::chrono_literals;

namespace {

/// One client edge, buckets of 1 s.
std::shared_ptr<RunRecord> smallRun()
{
    auto record = std::make_shared<RunRecord>();
    record->duration = 8s;
    record->bucketWidth = 1s;
    record->edges = {{"a -> b", "a", "b", "", 0, 1}};
    record->services = {"b"};
    return record;
}

void addBucket(RunRecord &record, const std::vector<std::int64_t> &goodMs,
               const std::vector<std::int64_t> &badMs)
{
    const auto toNs = [](std::vector<std::int64_t> values) {
        for (std::int64_t &value : values)
            value *= 1'000'000;
        return values;
    };
    auto bucket = std::make_shared<TimeBucket>();
    bucket->from = Instant(1s * static_cast<std::int64_t>(record.buckets.size()));
    bucket->width = 1s;
    bucket->edges.resize(1);
    EdgeBucket &edge = bucket->edges[0];
    edge.goodLatency = test::histogramOf(toNs(goodMs));
    edge.badLatency = test::histogramOf(toNs(badMs));
    edge.ended[static_cast<std::size_t>(OutcomeKind::Success)] = goodMs.size();
    edge.ended[static_cast<std::size_t>(OutcomeKind::Error)] = badMs.size();
    edge.offered = goodMs.size() + badMs.size() + 1;
    record.buckets.append(std::move(bucket));
    record.now = Instant(1s * static_cast<std::int64_t>(record.buckets.size()));
}

/// Half seconds in which so many calls are offered, in turn.
std::shared_ptr<RunRecord> offeredRun(const std::vector<std::uint64_t> &offered, std::size_t buckets)
{
    auto record = smallRun();
    record->duration = 180s;
    record->bucketWidth = 500ms;
    for (std::size_t i = 0; i < buckets; ++i) {
        auto bucket = std::make_shared<TimeBucket>();
        bucket->from = Instant(500ms * static_cast<std::int64_t>(i));
        bucket->width = 500ms;
        bucket->edges.resize(1);
        bucket->edges[0].offered = offered[i % offered.size()];
        record->now = bucket->from + bucket->width;
        record->buckets.append(std::move(bucket));
    }
    return record;
}

std::vector<std::int64_t> repeated(std::int64_t value, std::size_t times)
{
    return std::vector<std::int64_t>(times, value);
}

/// A histogram's answer is at most 0.8 % above the true value, never below.
bool isAbout(std::int64_t ns, std::int64_t ms)
{
    return ns >= ms * 1'000'000 && static_cast<double>(ns) <= static_cast<double>(ms) * 1.008e6;
}

} // namespace

class TestViewModels : public QObject {
    Q_OBJECT
private slots:
    void bucketsThatShareTimeAreFound()
    {
        auto record = smallRun();
        for (int i = 0; i < 5; ++i)
            addBucket(*record, {1}, {});
        QCOMPARE(bucketsIn(*record, {Instant(1s), Instant(3s)}), (IndexRange{1, 3}));
        QCOMPARE(bucketsIn(*record, {Instant(1500ms), Instant(3s)}), (IndexRange{1, 3}));
        QCOMPARE(bucketsIn(*record, {Instant(1500ms), Instant(3001ms)}), (IndexRange{1, 4}));
        QVERIFY(bucketsIn(*record, {Instant(6s), Instant(7s)}).isEmpty());
    }

    void percentilesCountGoodAndBadCalls()
    {
        auto record = smallRun();
        addBucket(*record, repeated(10, 60), repeated(1000, 40));
        PercentileSeries series;
        const auto &points = series.update(record, {0}, TimeAxis({Instant(), Instant(8s)}, 0, 800));
        QCOMPARE(points.size(), std::size_t(1));
        QCOMPARE(points[0].count, std::uint64_t(100));
        QVERIFY(isAbout(points[0].ns[0], 10));   // p50
        QVERIFY(isAbout(points[0].ns[1], 1000)); // p90
    }

    /// 99 quick calls in one bucket and one slow call in the next. The p50 of all is quick; the
    /// mean of the two medians (10 ms and 1000 ms) would be 505 ms.
    void bucketsOfOnePixelAreMergedNotAveraged()
    {
        auto record = smallRun();
        addBucket(*record, repeated(10, 99), {});
        addBucket(*record, {}, {1000});
        PercentileSeries series;
        const TimeAxis coarse({Instant(), Instant(8s)}, 0, 4); // 2 s per pixel
        const auto &points = series.update(record, {0}, coarse);
        QCOMPARE(points.size(), std::size_t(1));
        QCOMPARE(points[0].count, std::uint64_t(100));
        QVERIFY(isAbout(points[0].ns[0], 10));
        QVERIFY(isAbout(points[0].ns[2], 10));   // the 99th of 100
        QVERIFY(isAbout(points[0].ns[3], 1000)); // beyond it
    }

    /// What is kept from snapshot to snapshot is what a fresh computation gives.
    void aGrowingRunGivesTheSameAsAFreshOne()
    {
        test::SyntheticRun options;
        options.buckets = 180;
        options.callsPerBucket = 30;
        const TimeAxis axis({Instant(), Instant(180s)}, 0, 50);
        const EdgeSet edges = {0, 1};
        const auto whole = test::syntheticRun(options);
        auto growing = std::make_shared<RunRecord>(*whole);
        growing->buckets = {};
        PercentileSeries kept;
        for (std::size_t i = 0; i < whole->buckets.size(); ++i) {
            growing->buckets.append(whole->buckets[i]);
            growing->now = whole->buckets[i]->from + whole->buckets[i]->width;
            kept.update(std::make_shared<RunRecord>(*growing), edges, axis);
        }
        PercentileSeries fresh;
        const auto &expected = fresh.update(whole, edges, axis);
        QCOMPARE(kept.points().size(), expected.size());
        for (std::size_t i = 0; i < expected.size(); ++i) {
            QCOMPARE(kept.points()[i].range, expected[i].range);
            QCOMPARE(kept.points()[i].count, expected[i].count);
            QCOMPARE(kept.points()[i].ns, expected[i].ns);
        }
    }

    void columnsLoseNoCall()
    {
        const auto record = test::syntheticRun({.buckets = 600, .callsPerBucket = 20});
        const EdgeSet edges = clientEdges(*record);
        QCOMPARE(edges, (EdgeSet{0, 1}));
        OutcomeCounts expected{};
        for (const std::uint32_t edge : edges) {
            for (std::size_t k = 0; k < kOutcomeKinds; ++k)
                expected[k] += record->edgeTotals[edge].ended[k];
        }
        for (const double width : {2000.0, 477.0, 40.0, 1.0}) {
            OutcomeCounts seen{};
            for (const OutcomeColumn &column :
                 outcomeColumns(*record, edges, TimeAxis({Instant(), Instant(180s)}, 0, width))) {
                for (std::size_t k = 0; k < kOutcomeKinds; ++k)
                    seen[k] += column.ended[k];
            }
            QCOMPARE(seen, expected);
        }
        QCOMPARE(outcomeTotals(*record, edges, {Instant(), Instant(180s)}).ended, expected);
    }

    void aColumnIsTheSumOfItsBuckets()
    {
        auto record = smallRun();
        addBucket(*record, repeated(1, 4), {});
        addBucket(*record, repeated(1, 40), repeated(2, 2));
        const auto columns =
            outcomeColumns(*record, EdgeSet{0}, TimeAxis({Instant(), Instant(8s)}, 0, 4));
        QCOMPARE(columns.size(), std::size_t(1));
        QCOMPARE(columns[0].endedAll(), std::uint64_t(46));
        QCOMPARE(columns[0].endedPerSecond(), 23.0);
        QCOMPARE(columns[0].offered, std::uint64_t(48)); // one more than ended, in each bucket
        QCOMPARE(columns[0].offeredPerSecond(), 24.0);
    }

    /// 3 clients that call thrice a second each at the same times, in columns of half a second: 3 or 6 calls in turn.
    void fewOfferedCallsAreNoBlockOfJumps()
    {
        const auto record = offeredRun({3, 6}, 360);
        const TimeAxis axis({Instant(), Instant(180s)}, 0, 390);
        const auto columns = outcomeColumns(*record, EdgeSet{0}, axis);
        QCOMPARE(columns.size(), std::size_t(360));
        const auto steps = offeredSteps(*record, columns, axis);
        for (const OutcomeColumn &step : steps) {
            QCOMPARE(step.offeredPerSecond(), 9.0);
            QVERIFY(axis.length(step.range.length()) >= 7);
        }
        QCOMPARE(steps.size(), std::size_t(45)); // of 4 s
        // The same from another beginning of what is visible, but for the step that is cut.
        const TimeAxis later({Instant(2500ms), Instant(182500ms)}, 0, 390);
        const auto moved = offeredSteps(*record, outcomeColumns(*record, EdgeSet{0}, later), later);
        QCOMPARE(moved[1].range, steps[1].range);
    }

    void theOfferedLineKeepsWhatManyCallsSay()
    {
        const TimeAxis axis({Instant(), Instant(180s)}, 0, 390);
        const auto many = offeredRun({50, 100}, 360);
        const auto columns = outcomeColumns(*many, EdgeSet{0}, axis);
        const auto steps = offeredSteps(*many, columns, axis);
        QCOMPARE(steps.size(), columns.size());
        for (std::size_t i = 0; i < steps.size(); ++i)
            QCOMPARE(steps[i].offered, columns[i].offered);
        // A burst among few calls is as high as it was.
        const auto burst = offeredRun({2, 2, 2, 2, 2, 2, 2, 2, 2, 200, 2, 2, 2, 2, 2, 2}, 16);
        double most = 0;
        std::uint64_t all = 0;
        for (const OutcomeColumn &step : offeredSteps(*burst, outcomeColumns(*burst, EdgeSet{0}, axis), axis)) {
            most = std::max(most, step.offeredPerSecond());
            all += step.offered;
        }
        QCOMPARE(most, 400.0);
        QCOMPARE(all, std::uint64_t(230)); // and no call is lost
        // Columns as wide as a step are drawn as they are.
        const auto few = offeredRun({3, 6}, 16);
        const TimeAxis wide({Instant(), Instant(8s)}, 0, 390);
        QCOMPARE(offeredSteps(*few, outcomeColumns(*few, EdgeSet{0}, wide), wide).size(), std::size_t(16));
    }

    void fleetsAreOneGroup()
    {
        const auto record = test::syntheticRun({.fleet = 40});
        BreakerTimeline timeline;
        timeline.update(record);
        QCOMPARE(timeline.groups().size(), std::size_t(3));
        QCOMPARE(timeline.groups()[2].name, QString("edge.1"));
        QCOMPARE(timeline.groups()[2].members.size(), std::size_t(40));
        QVERIFY(!timeline.groups()[0].isFleet());
    }

    /// At each instant the fleet's counts are the sum over its members, and the drawn maximum is
    /// reached.
    void fleetCountsAreSumsOfTheMembers()
    {
        const auto record = test::syntheticRun({.fleet = 40});
        BreakerTimeline timeline;
        timeline.update(record);
        const auto sumAt = [&](Instant at) {
            FleetCounts counts;
            for (const std::uint32_t member : timeline.groups()[2].members) {
                counts.open += timeline.stateAt(member, at) == BreakerState::Open ? 1 : 0;
                counts.halfOpen += timeline.stateAt(member, at) == BreakerState::HalfOpen ? 1 : 0;
            }
            return counts;
        };
        std::uint32_t most = 0;
        for (const BreakerTransition &t : record->transitions) {
            QCOMPARE(timeline.countsAt(2, t.at), sumAt(t.at));
            most = std::max(most, sumAt(t.at).open);
        }
        QVERIFY(most > 10);
        std::uint32_t drawn = 0;
        for (const FleetSpan &span :
             timeline.fleetSpans(2, record->now, TimeAxis({Instant(), Instant(180s)}, 0, 30)))
            drawn = std::max(drawn, span.most.open);
        QCOMPARE(drawn, most);
    }

    void transitionsAreFoundNearTheirEdge()
    {
        const auto record = test::syntheticRun();
        BreakerTimeline timeline;
        timeline.update(record);
        const TimeAxis axis({Instant(), Instant(180s)}, 0, 1800); // 0.1 s per pixel
        const auto found = timeline.transitionNear(1, 303, 5, axis);
        QVERIFY(found);
        QCOMPARE(record->transitions[*found].breaker, 1u);
        // Both edges of the OPEN of 5 ms are at 300; 303 is nearer to its end.
        QCOMPARE(record->transitions[*found].at, Instant(30005ms));
        QVERIFY(!timeline.transitionNear(1, 310, 5, axis));
    }

    void nextAndPreviousGoThroughAllTransitions()
    {
        const auto record = test::syntheticRun();
        BreakerTimeline timeline;
        timeline.update(record);
        QCOMPARE(timeline.nextAfter(Instant()), std::optional<std::size_t>(0));
        QVERIFY(!timeline.previousBefore(Instant()));
        const std::size_t last = record->transitions.size() - 1;
        QCOMPARE(timeline.previousBefore(Instant(180s)), std::optional(last));
        QVERIFY(!timeline.nextAfter(record->transitions[last].at));
    }
};

QTEST_GUILESS_MAIN(TestViewModels)
#include "tst_view_models.moc"
