// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/comparison.h"
#include "tests/support/record_fixture.h"

#include <QObject>
#include <QTest>
#include <algorithm>
#include <cmath>

using namespace halfopen;
using namespace halfopen::report;
using namespace std::chrono_literals;

namespace {

/// The fixture with other outcomes in one bucket: \a good of 100 calls.
void setGood(RunRecord &record, std::size_t bucket, std::uint64_t good)
{
    TimeBucket changed = record.bucket(bucket);
    OutcomeCounts &ended = changed.edges[0].ended;
    ended = {};
    ended[static_cast<std::size_t>(OutcomeKind::Success)] = good;
    ended[static_cast<std::size_t>(OutcomeKind::Error)] = 100 - good;
    AppendLog<std::shared_ptr<const TimeBucket>> buckets;
    for (std::size_t i = 0; i < record.buckets.size(); ++i)
        buckets.append(i == bucket ? std::make_shared<const TimeBucket>(changed) : record.buckets[i]);
    record.buckets = buckets;
}

ComparedVariant variantOf(std::vector<double> firstFigure)
{
    ComparedVariant variant;
    for (const double value : firstFigure)
        variant.figures.push_back({value});
    return variant;
}

} // namespace

class TestComparison : public QObject {
    Q_OBJECT
private slots:
    void detectionAndRecoveryOfTheFixture()
    {
        // The fault lasts from 20 s to 40 s; the breaker opens at 20.5 s; from 40 s on every call is good. The record counts
        // in buckets of 5 s: that it was back within the first of them is all that can be known.
        const RunRecord record = test::makeRecord();
        const std::vector<Disturbance> found = disturbances(record);
        QCOMPARE(found.size(), std::size_t{1});
        QCOMPARE(found[0].from, Instant(20s));
        QCOMPARE(found[0].to, Instant(40s));
        QCOMPARE(found[0].detection, std::optional<Duration>(500ms));
        QCOMPARE(found[0].recovery, std::optional<Duration>(5s));
        QCOMPARE(found[0].resolution, Duration(5s));
    }

    void recoveryIsTheEndOfTheLastBadColumn()
    {
        RunRecord record = test::makeRecord();
        setGood(record, 8, 50);  // 40 s to 45 s: bad
        setGood(record, 10, 94); // 50 s to 55 s: below 95 % of the usual 100 %
        QCOMPARE(disturbances(record)[0].recovery, std::optional<Duration>(15s));
        setGood(record, 10, 95); // reaches it
        QCOMPARE(disturbances(record)[0].recovery, std::optional<Duration>(5s));
        setGood(record, 11, 10); // still bad at the end of the run
        QVERIFY(!disturbances(record)[0].recovery);
    }

    void aDisturbanceThatEndsWithinABucketIsJudgedFromThere()
    {
        // The fault ends at 38 s; the bucket from 35 s to 40 s is bad, and what is bad in it may have been before.
        RunRecord record = test::makeRecord();
        record.faultWindows = {{Instant(20s), Instant(38s), 0, "a"}};
        QCOMPARE(disturbances(record)[0].recovery, std::optional<Duration>(2s));
        QCOMPARE(disturbances(record)[0].resolution, Duration(2s));
        setGood(record, 8, 50); // 40 s to 45 s: 7 s after its end
        QCOMPARE(disturbances(record)[0].recovery, std::optional<Duration>(7s));
        QCOMPARE(disturbances(record)[0].resolution, Duration(5s));
    }

    void noMoreDigitsThanAreKnown()
    {
        QCOMPARE(formatRecovery(100ms, 100ms), std::string("within 100 ms"));
        QCOMPARE(formatRecovery(87'300us, 87'300us), std::string("within 90 ms"));
        QCOMPARE(formatRecovery(1500ms, 1500ms), std::string("within 2 s"));
        QCOMPARE(formatRecovery(300ms, 100ms), std::string("300 ms"));
        QCOMPARE(formatRecovery(5300ms, 100ms), std::string("5.3 s"));
        QCOMPARE(formatRecovery(5287ms, 100ms), std::string("5.3 s")); // never less than it took
        QCOMPARE(formatRecovery(5300ms, 50ms), std::string("5.30 s"));
        QCOMPARE(formatRecovery(5001ms, 1s), std::string("6 s"));
        QCOMPARE(formatRecovery(12s, 500ms), std::string("12.0 s"));
        QCOMPARE(formatRecovery(72'100ms, 100ms), std::string("1 min 13 s"));
        QCOMPARE(formatRecovery(100s, 100s), std::string("within 1 min 40 s")); // a call a second is judged by columns that long
        const auto figure = std::find_if(comparedFigures().begin(), comparedFigures().end(),
                                         [](const auto &one) { return std::string_view(one.key) == "time_to_recover_s"; });
        QCOMPARE(formatFigure(*figure, 5.3333), std::string("5.3 s"));
    }

    /// By hand: a step of 101 ms is known to 200 ms, because 100 ms would promise more.
    void whatIsKnownInStepsIsNeverToldAsKnownBetter()
    {
        QCOMPARE(knownTo(std::chrono::milliseconds(100)).count(), std::int64_t(100'000'000));
        QCOMPARE(knownTo(std::chrono::milliseconds(101)).count(), std::int64_t(200'000'000));
        QCOMPARE(knownTo(std::chrono::microseconds(1'234)).count(), std::int64_t(2'000'000));
        QCOMPARE(knownTo(std::chrono::milliseconds(950)).count(), std::int64_t(1'000'000'000));
    }

    /// By hand: the second digit of the half width is the last of both. As metrology writes a measured value (GUM 7.2.6: an uncertainty
    /// is told with two digits at most, and the value to its last).
    void aMeanAndItsIntervalEndAtTheSamePlace()
    {
        const auto text = [](Quantity of, double mean, double half) { return toldText(tell(of, mean, half, 5)); };
        QCOMPARE(text(Quantity::Share, 0.77604, 0.00708), std::string("77.60 \u00b10.71 %"));
        QCOMPARE(text(Quantity::Seconds, 0.38012, 0.0178), std::string("380 \u00b118 ms"));
        QCOMPARE(text(Quantity::Seconds, 1.01234, 0.0178), std::string("1.012 \u00b10.018 s")); // one unit for both
        QCOMPARE(text(Quantity::Seconds, 0.0123, 0.0996), std::string("10 \u00b1100 ms"));      // 0.0996 is 0.10
        QCOMPARE(text(Quantity::Count, 264462.4, 978.4), std::string("264,460 \u00b1980"));
        QCOMPARE(text(Quantity::Count, 28, 0), std::string("28.0 \u00b10"));
        QCOMPARE(text(Quantity::Share, 0.1946637, 0.0000021), std::string("19.466 \u00b10.001 %")); // five digits, and no interval of 0
        QCOMPARE(text(Quantity::Share, 0.9999995, NAN), std::string("99.99995 %"));                 // one lost call is not none
        const auto difference = [](Quantity of, double mean, double half) { return toldText(tellDifference(of, mean, half, 5), true); };
        QCOMPARE(difference(Quantity::Share, 0.0057, 0.0071), std::string("+0.57 \u00b10.71 pt"));
        QCOMPARE(difference(Quantity::Seconds, -0.08051, 0.00986), std::string("\u221280.5 \u00b19.9 ms"));
        QCOMPARE(difference(Quantity::Seconds, 0, NAN), std::string("0"));
        // Behind three zeros one digit of the interval is enough, rounded up; the second is told where without it 0 would be in.
        QCOMPARE(difference(Quantity::Ratio, 0.00064, 0.00018), std::string("+0.0006 \u00b10.0002\u00d7"));
        QCOMPARE(difference(Quantity::Ratio, -0.0000064, 0.0000018), std::string("\u22120.000006 \u00b10.000002\u00d7"));
        QCOMPARE(difference(Quantity::Ratio, 0.00014, 0.00011), std::string("+0.00014 \u00b10.00011\u00d7"));
        QCOMPARE(difference(Quantity::Ratio, 0.0064, 0.0018), std::string("+0.006 \u00b10.002\u00d7"));
        QCOMPARE(difference(Quantity::Ratio, 0.064, 0.018), std::string("+0.064 \u00b10.018\u00d7"));
        QCOMPARE(difference(Quantity::Share, 0.0000123, 0.0000041), std::string("+0.0012 \u00b10.0005 pt"));
        QVERIFY(isClearAsTold(tellDifference(Quantity::Share, 0.0003, 0.0002, 5)));
        QVERIFY(!isClearAsTold(tellDifference(Quantity::Share, 0.000201, 0.0002, 5))); // "+0.020 \u00b10.020 pt"
        // In steps of 500 ms nothing is known to 100 ms.
        QCOMPARE(toldText(tellDifference(Quantity::Seconds, -0.333, NAN, 1, 500ms), true), std::string("\u2212300 ms"));
        QCOMPARE(toldText(tell(Quantity::Seconds, 0.2, 0.02, 5, 500ms)), std::string("within 200 ms"));
    }

    /// "-" has another reason where nothing was disturbed than where nobody noticed.
    void withoutAFaultThereIsNothingToCountFrom()
    {
        Comparison comparison;
        comparison.seeds = {1};
        const auto add = [&](const char *name, bool hasFault, bool isTooLate) {
            RunRecord record = test::makeRecord();
            auto scenario = std::make_shared<Scenario>(*record.scenario);
            scenario->faults.clear();
            if (hasFault)
                scenario->faults.emplace_back();
            record.scenario = scenario;
            if (!hasFault || isTooLate)
                record.faultWindows.clear();
            ComparedVariant variant;
            variant.name = name;
            variant.scenario = scenario;
            variant.firstDisturbances = disturbances(record);
            variant.figures.emplace_back();
            for (const ComparedFigure &figure : comparedFigures())
                variant.figures.back().push_back(figure.measure(record, variant.firstDisturbances));
            variant.first = std::move(record);
            comparison.variants.push_back(std::move(variant));
        };
        const auto text = [&comparison] { return comparisonText(comparison, {.width = 600, .colour = false, .unicode = true}); };
        const auto has = [](const std::string &all, const char *part) { return all.find(part) != std::string::npos; };
        add("replayed", false, false);
        add("other", false, false);
        QVERIFY2(has(text(), "no fault is declared, so there is nothing to count from"), text().c_str());
        QVERIFY2(!has(text(), "not before the next one"), text().c_str());
        QVERIFY(has(comparisonPage(comparison, ""), "no fault is declared, so there is nothing to count from"));
        add("faulty", true, false);
        QVERIFY2(has(text(), "no fault is declared in replayed and other, so"), text().c_str());
        QVERIFY2(has(text(), "not before the next one"), text().c_str());
        comparison.variants.erase(comparison.variants.begin(), comparison.variants.begin() + 2);
        QVERIFY2(!has(text(), "nothing to count from"), text().c_str());
        add("late", true, true);
        QVERIFY2(has(text(), "no fault begins before the end of the run in late, so"), text().c_str());
    }

    void faultsCloseTogetherAreOneDisturbance()
    {
        RunRecord record = test::makeRecord();
        record.faultWindows = {{Instant(20s), Instant(25s), 0, "a"},
                               {Instant(26s), Instant(30s), 1, "b"},
                               {Instant(45s), Instant(50s), 0, "a"}};
        const std::vector<Disturbance> found = disturbances(record);
        QCOMPARE(found.size(), std::size_t{2});
        QCOMPARE(found[0].to, Instant(30s));
        QVERIFY(found[0].detection && !found[1].detection); // no breaker opens after 45 s
    }

    void intervalsAreThoseOfTheTextbook()
    {
        // 5 values: mean 10, variance 2.5; t(4) = 2.776, so 2.776 * sqrt(2.5 / 5).
        const std::vector<double> values = {8, 9, 10, 11, 12};
        const Estimate e = estimate(values);
        QCOMPARE(e.mean, 10.0);
        QVERIFY(std::abs(e.halfWidth - 2.776 * std::sqrt(0.5)) < 1e-9);
        QVERIFY(e.isClear());
        QVERIFY(std::isnan(estimate(std::vector<double>{3.0}).halfWidth));
        // Published points: t(0.975) at 40, 60 and 120 degrees of freedom.
        QVERIFY(std::abs(studentT95(40) - 2.021) < 0.002);
        QVERIFY(std::abs(studentT95(60) - 2.000) < 0.002);
        QVERIFY(std::abs(studentT95(120) - 1.980) < 0.002);
    }

    void differencesArePairedBySeed()
    {
        // The seeds differ by far more than the variants: only the pairs show the difference.
        const ComparedVariant base = variantOf({10, 50, 90, 130});
        const ComparedVariant other = variantOf({11.1, 51, 90.9, 131});
        const Estimate d = differenceOf(other, base, 0);
        QVERIFY(std::abs(d.mean - 1.0) < 1e-9);
        QVERIFY(d.isClear());
        QVERIFY(!estimate(std::vector<double>{11.1 - 50, 51 - 10, 90.9 - 130, 131 - 90}).isClear());
        // A seed that one of them has not run counts for neither; nor one where nothing was measured.
        ComparedVariant part = other;
        part.figures[0].clear();
        part.figures[1] = {NAN};
        QCOMPARE(differenceOf(part, base, 0).count, std::size_t{2});
    }

    /// Two seeds of which one is known in steps of 100 ms, the other in steps of 1 s: the mean is known no better than that.
    void aMeanHasOneTextAndNothingBelowItsStepIsADifference()
    {
        const auto at = static_cast<std::size_t>(std::find_if(comparedFigures().begin(), comparedFigures().end(), [](const auto &one) {
                                                     return std::string_view(one.key) == "time_to_recover_s";
                                                 }) - comparedFigures().begin());
        const ComparedFigure &figure = comparedFigures()[at];
        Comparison comparison;
        comparison.seeds = {1, 2};
        const std::shared_ptr<const Scenario> scenario = test::makeRecord().scenario;
        const auto add = [&](const std::string &name, double first, double second) {
            ComparedVariant variant;
            variant.name = name;
            variant.scenario = scenario;
            variant.recoveryStep = {100ms, 1s};
            for (const double value : {first, second}) {
                variant.figures.emplace_back(comparedFigures().size(), 1.0);
                variant.figures.back()[at] = value;
            }
            comparison.variants.push_back(std::move(variant));
        };
        add("a", 5.3, 5.4);
        add("b", 5.7, 5.81); // 0.4 s and 0.41 s more: clear by chance alone, but less than what is known
        add("c", 7.3, 7.41); // 2 s more
        QCOMPARE(recoveryStep(comparison), Duration(1s));
        const Estimate mean = figureOf(comparison.variants[0], at);
        const std::string text = figureText(comparison, figure, mean);
        QVERIFY2(text.starts_with("6 \u00b1") && text.ends_with(" s"), text.c_str()); // 5.35 s, told in whole seconds and never below
        const std::string page = comparisonPage(comparison, "");
        QVERIFY2(page.find(">" + text) != std::string::npos, text.c_str());
        const std::string terminal = comparisonText(comparison, {.width = 200, .colour = false, .unicode = true});
        QVERIFY2(terminal.find(text) != std::string::npos, terminal.c_str());
        const Estimate small = differenceOf(comparison.variants[1], comparison.variants[0], at);
        const Estimate large = differenceOf(comparison.variants[2], comparison.variants[0], at);
        QVERIFY(small.isClear() && large.isClear());
        QVERIFY(!isClearDifference(comparison, figure, small) && isClearDifference(comparison, figure, large));
        QVERIFY(!differenceText(comparison, figure, small).ends_with("*") && differenceText(comparison, figure, large).ends_with("*"));
    }

    void figuresAreThoseOfTheFixture()
    {
        const RunRecord record = test::makeRecord();
        const std::vector<Disturbance> found = disturbances(record);
        const auto figure = [&](std::string_view key) {
            for (const ComparedFigure &one : comparedFigures())
                if (key == one.key)
                    return one.measure(record, found);
            return double(NAN);
        };
        QVERIFY(std::abs(figure("goodput") - 0.9) < 1e-12);     // 1080 of 1200
        QCOMPARE(figure("trips"), 1.0);
        QVERIFY(std::abs(figure("time_open") - 5.0 / 180) < 1e-12); // 5 s of 3 x 60 s
        QCOMPARE(figure("time_to_detect_s"), 0.5);
        QCOMPARE(figure("time_to_recover_s"), 5.0);
    }
};

QTEST_GUILESS_MAIN(TestComparison)
#include "tst_comparison.moc"
