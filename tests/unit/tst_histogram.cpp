// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/distributions.h"
#include "core/base/histogram.h"
#include "core/base/random.h"

#include <QObject>
#include <QTest>
#include <algorithm>
#include <atomic>
#include <cmath>
#include <cstdlib>
#include <new>
#include <vector>

using namespace halfopen;

namespace {

std::atomic<int> allocations{0};

/// Latencies over six orders of magnitude, the same ones on every run.
std::vector<std::int64_t> latencies(std::size_t count, std::uint64_t seed = 1)
{
    const RandomStream stream(seed, "latencies");
    const Distribution heavy =
        Distribution::lognormalMedianSigma(std::chrono::milliseconds(1), 2.0);
    std::vector<std::int64_t> values;
    for (std::uint64_t i = 0; i < count; ++i)
        values.push_back(heavy.sample(stream.draw(i, 0)).count());
    return values;
}

Histogram histogramOf(const std::vector<std::int64_t> &values)
{
    Histogram histogram;
    for (const std::int64_t value : values)
        histogram.record(value);
    return histogram;
}

} // namespace

void *operator new(std::size_t size)
{
    ++allocations;
    if (void *memory = std::malloc(size))
        return memory;
    throw std::bad_alloc();
}
void operator delete(void *memory) noexcept
{
    std::free(memory);
}
void operator delete(void *memory, std::size_t) noexcept
{
    std::free(memory);
}

class TestHistogram : public QObject {
    Q_OBJECT
private slots:
    void bucketsFollowEachOtherWithoutGaps();
    void bucketsAreAtMostOnePart128OfTheirValueWide();
    void everyPowerOfTwoBeginsABucket();
    void quantilesAreAtMostOneBucketAboveTheTrueOnes();
    void quantilesOfSmallValuesAreExact();
    void ranksAreNotMovedByRounding();
    void quantilesStayBetweenMinAndMax();
    void meanMinAndMaxAreExact();
    void emptyGivesZeros();
    void valuesOutsideTheRangeAreClamped();
    void mergingIsTheSameAsRecordingAll();
    void clearedIsTheSameAsNew();
    void countAboveAgreesWithCounting();
    void bucketsInOrderHoldAllValues();
    void manyTimesAtOnceIsTheSameAsOneByOne();
    void countsAndSumsBeyond64BitsOfDurations();
    void countsOfOneBucketBeyond32Bits();
    void recordingTakesNoMemory();
    void sparseKeepsEverything();
    void sparseMergesBack();
    void emptySparse();
};

void TestHistogram::bucketsFollowEachOtherWithoutGaps()
{
    QCOMPARE(Histogram::bucketLow(0), 0);
    for (int i = 0; i < Histogram::kBuckets; ++i) {
        const std::int64_t low = Histogram::bucketLow(i);
        const std::int64_t high = Histogram::bucketHigh(i);
        QVERIFY(low <= high);
        QCOMPARE(Histogram::bucketOf(low), i);
        QCOMPARE(Histogram::bucketOf(high), i);
        if (i + 1 < Histogram::kBuckets)
            QCOMPARE(Histogram::bucketLow(i + 1), high + 1);
    }
    QCOMPARE(Histogram::bucketHigh(Histogram::kBuckets - 1), Histogram::kMaxNs);
}

void TestHistogram::bucketsAreAtMostOnePart128OfTheirValueWide()
{
    for (int i = 0; i < Histogram::kBuckets; ++i) {
        const std::int64_t width = Histogram::bucketHigh(i) - Histogram::bucketLow(i) + 1;
        QVERIFY(width == 1 || width * 128 <= Histogram::bucketLow(i));
    }
}

void TestHistogram::everyPowerOfTwoBeginsABucket()
{
    for (int bit = 0; bit <= 53; ++bit) {
        const std::int64_t value = std::int64_t{1} << bit;
        QCOMPARE(Histogram::bucketLow(Histogram::bucketOf(value)), value);
    }
}

void TestHistogram::quantilesAreAtMostOneBucketAboveTheTrueOnes()
{
    std::vector<std::int64_t> values = latencies(10'000);
    const Histogram histogram = histogramOf(values);
    const SparseHistogram sparse(histogram);
    std::sort(values.begin(), values.end());
    for (int permyriad = 1; permyriad <= 10'000; ++permyriad) {
        // With 10 000 values the quantile of n/10000 is the n-th smallest.
        const std::int64_t exact = values[static_cast<std::size_t>(permyriad - 1)];
        const std::int64_t got = histogram.quantile(permyriad / 10'000.0);
        QVERIFY(got >= exact);
        QVERIFY(got - exact <= exact / 128);
        QCOMPARE(sparse.quantile(permyriad / 10'000.0), got);
    }
}

void TestHistogram::quantilesOfSmallValuesAreExact()
{
    Histogram histogram;
    for (int i = 0; i < 200; ++i)
        histogram.record(i);
    QCOMPARE(histogram.quantile(0.0), 0);
    QCOMPARE(histogram.quantile(0.005), 0);
    QCOMPARE(histogram.quantile(0.5), 99);
    QCOMPARE(histogram.quantile(0.99), 197);
    QCOMPARE(histogram.quantile(0.9901), 198);
    QCOMPARE(histogram.quantile(1.0), 199);
}

// 0.07 * 100 is 7.000000000000001 in doubles; the quantile is still the 7th value.
void TestHistogram::ranksAreNotMovedByRounding()
{
    QVERIFY(0.07 * 100.0 > 7.0);
    Histogram histogram;
    for (int i = 1; i <= 100; ++i)
        histogram.record(i);
    for (int percent = 1; percent <= 100; ++percent)
        QCOMPARE(histogram.quantile(percent / 100.0), percent);
}

void TestHistogram::quantilesStayBetweenMinAndMax()
{
    Histogram histogram;
    histogram.record(1'000'001);
    QCOMPARE(histogram.quantile(0.0), 1'000'001);
    QCOMPARE(histogram.quantile(0.5), 1'000'001);
    QCOMPARE(histogram.quantile(1.0), 1'000'001);
    histogram.record(1'000'003); // the same bucket
    QCOMPARE(Histogram::bucketOf(1'000'001), Histogram::bucketOf(1'000'003));
    QCOMPARE(histogram.quantile(0.0), 1'000'001);
    QCOMPARE(histogram.quantile(1.0), 1'000'003);
    QCOMPARE(histogram.quantile(-1.0), 1'000'001);
    QCOMPARE(histogram.quantile(2.0), 1'000'003);
}

void TestHistogram::meanMinAndMaxAreExact()
{
    const std::vector<std::int64_t> values = latencies(5'000);
    long double sum = 0.0L;
    for (const std::int64_t value : values)
        sum += value;
    const Histogram histogram = histogramOf(values);
    QCOMPARE(histogram.count(), 5'000u);
    QCOMPARE(histogram.min(), *std::min_element(values.begin(), values.end()));
    QCOMPARE(histogram.max(), *std::max_element(values.begin(), values.end()));
    QCOMPARE(histogram.meanNs(), static_cast<double>(sum / 5'000.0L));
}

void TestHistogram::emptyGivesZeros()
{
    const Histogram histogram;
    QVERIFY(histogram.isEmpty());
    QCOMPARE(histogram.quantile(0.5), 0);
    QCOMPARE(histogram.min(), 0);
    QCOMPARE(histogram.max(), 0);
    QCOMPARE(histogram.meanNs(), 0.0);
    QCOMPARE(histogram.countAbove(0), 0u);
    QCOMPARE(histogram.fractionAbove(0), 0.0);
    histogram.forEachBucket([](std::int64_t, std::int64_t, std::uint64_t) { QFAIL("no bucket"); });
}

void TestHistogram::valuesOutsideTheRangeAreClamped()
{
    Histogram histogram;
    histogram.record(-5);
    histogram.record(Histogram::kMaxNs + 5);
    histogram.record(std::numeric_limits<std::int64_t>::max());
    QCOMPARE(histogram.count(), 3u);
    QCOMPARE(histogram.min(), 0);
    QCOMPARE(histogram.max(), Histogram::kMaxNs);
    QCOMPARE(histogram.quantile(0.5), Histogram::kMaxNs);
}

void TestHistogram::mergingIsTheSameAsRecordingAll()
{
    const std::vector<std::int64_t> a = latencies(3'000, 1);
    const std::vector<std::int64_t> b = latencies(100, 2);
    std::vector<std::int64_t> both = a;
    both.insert(both.end(), b.begin(), b.end());
    Histogram merged = histogramOf(a);
    merged.merge(histogramOf(b));
    QVERIFY(merged == histogramOf(both));
    merged.merge(Histogram());
    QVERIFY(merged == histogramOf(both));
    Histogram fromEmpty;
    fromEmpty.merge(merged);
    QVERIFY(fromEmpty == merged);
}

void TestHistogram::clearedIsTheSameAsNew()
{
    Histogram histogram = histogramOf(latencies(3'000));
    histogram.clear();
    QVERIFY(histogram == Histogram());
    histogram.record(77);
    Histogram fresh;
    fresh.record(77);
    QVERIFY(histogram == fresh);
}

void TestHistogram::countAboveAgreesWithCounting()
{
    const std::vector<std::int64_t> values = latencies(3'000);
    const Histogram histogram = histogramOf(values);
    const SparseHistogram sparse(histogram);
    for (int bucket = 0; bucket < Histogram::kBuckets; bucket += 13) {
        const std::int64_t edge = Histogram::bucketHigh(bucket);
        const auto exact = static_cast<std::uint64_t>(
            std::count_if(values.begin(), values.end(), [&](std::int64_t v) { return v > edge; }));
        QCOMPARE(histogram.countAbove(edge), exact);
        QCOMPARE(sparse.countAbove(edge), exact);
        QCOMPARE(histogram.fractionAbove(edge), static_cast<double>(exact) / 3'000.0);
    }
    QCOMPARE(histogram.countAbove(-1), 3'000u);
    QCOMPARE(histogram.countAbove(histogram.max()), 0u);
}

void TestHistogram::bucketsInOrderHoldAllValues()
{
    const Histogram histogram = histogramOf(latencies(3'000));
    std::uint64_t sum = 0;
    std::int64_t before = -1;
    histogram.forEachBucket([&](std::int64_t low, std::int64_t high, std::uint64_t count) {
        QVERIFY(low > before && high >= low && count > 0);
        before = high;
        sum += count;
    });
    QCOMPARE(sum, 3'000u);
    QVERIFY(before >= histogram.max());
}

void TestHistogram::manyTimesAtOnceIsTheSameAsOneByOne()
{
    Histogram once, oneByOne;
    once.record(123'456, 1'000);
    once.record(5, 0);
    for (int i = 0; i < 1'000; ++i)
        oneByOne.record(123'456);
    QVERIFY(once == oneByOne);
}

void TestHistogram::countsAndSumsBeyond64BitsOfDurations()
{
    Histogram histogram;
    histogram.record(Histogram::kMaxNs, std::uint64_t{1} << 40); // a sum of 2^93 ns
    histogram.record(0, std::uint64_t{1} << 40);
    QCOMPARE(histogram.meanNs(), 0x1p52);
    QCOMPARE(histogram.quantile(0.5), 0);
    QCOMPARE(histogram.quantile(0.51), Histogram::kMaxNs);
    QCOMPARE(SparseHistogram(histogram).meanNs(), 0x1p52);
}

// 2^32 - 1 values and one more by each way there is, and another that is greater.
void TestHistogram::countsOfOneBucketBeyond32Bits()
{
    constexpr std::uint64_t kFull = 0xffff'ffff;
    constexpr std::int64_t kValue = 1'000'000;
    const auto counted = [](const auto &histogram) {
        std::vector<std::uint64_t> counts;
        histogram.forEachBucket([&](std::int64_t, std::int64_t, std::uint64_t n) { counts.push_back(n); });
        return counts;
    };
    Histogram one;
    one.record(kValue, kFull);
    QCOMPARE(counted(one), std::vector<std::uint64_t>{kFull});
    one.record(kValue);
    QCOMPARE(counted(one), std::vector<std::uint64_t>{kFull + 1});
    one.record(2 * kValue);
    const std::vector<std::uint64_t> expected = {kFull + 1, 1};
    QCOMPARE(counted(one), expected);
    QCOMPARE(one.quantile(0.999'999), Histogram::bucketHigh(Histogram::bucketOf(kValue)));
    QCOMPARE(one.countAbove(kValue * 3 / 2), 1);
    QCOMPARE(counted(SparseHistogram(one)), expected);

    Histogram merged, other;
    merged.record(kValue, kFull);
    other.record(kValue);
    other.record(2 * kValue);
    QVERIFY(!(merged == one));
    merged.merge(other);
    QVERIFY(merged == one);
    Histogram back;
    SparseHistogram(one).mergeInto(back);
    QVERIFY(back == one);

    back.merge(one); // carries twice
    QCOMPARE(counted(back), (std::vector<std::uint64_t>{2 * kFull + 2, 2}));
    back.merge(merged);
    QCOMPARE(counted(back), (std::vector<std::uint64_t>{3 * kFull + 3, 3}));
    merged.merge(merged); // reads what it writes
    QCOMPARE(counted(merged), (std::vector<std::uint64_t>{2 * kFull + 2, 2}));
    back.clear();
    QVERIFY(back == Histogram());
    back.record(kValue);
    QCOMPARE(counted(back), std::vector<std::uint64_t>{1});
}

void TestHistogram::recordingTakesNoMemory()
{
    const std::vector<std::int64_t> values = latencies(3'000);
    Histogram histogram;
    const int before = allocations;
    for (const std::int64_t value : values)
        histogram.record(value);
    histogram.clear();
    QCOMPARE(allocations.load(), before);
    const Histogram another;
    QVERIFY(allocations > before); // the counter counts
}

void TestHistogram::sparseKeepsEverything()
{
    const Histogram histogram = histogramOf(latencies(3'000));
    const SparseHistogram sparse(histogram);
    QCOMPARE(sparse.count(), histogram.count());
    QCOMPARE(sparse.min(), histogram.min());
    QCOMPARE(sparse.max(), histogram.max());
    QCOMPARE(sparse.meanNs(), histogram.meanNs());
    std::size_t buckets = 0;
    histogram.forEachBucket([&](std::int64_t, std::int64_t, std::uint64_t) { ++buckets; });
    QCOMPARE(sparse.bucketsInUse(), buckets);
    Histogram back;
    sparse.mergeInto(back);
    QVERIFY(back == histogram);
    QVERIFY(sparse == SparseHistogram(back));
}

void TestHistogram::sparseMergesBack()
{
    const Histogram a = histogramOf(latencies(3'000, 1));
    const Histogram b = histogramOf(latencies(200, 2));
    Histogram merged;
    SparseHistogram(a).mergeInto(merged);
    SparseHistogram(b).mergeInto(merged);
    Histogram direct = a;
    direct.merge(b);
    QVERIFY(merged == direct);
}

void TestHistogram::emptySparse()
{
    const SparseHistogram sparse{Histogram()};
    QVERIFY(sparse == SparseHistogram());
    QCOMPARE(sparse.quantile(0.5), 0);
    QCOMPARE(sparse.min(), 0);
    QCOMPARE(sparse.countAbove(0), 0u);
    Histogram histogram = histogramOf({5, 6});
    sparse.mergeInto(histogram);
    QVERIFY(histogram == histogramOf({5, 6}));
}

QTEST_GUILESS_MAIN(TestHistogram)
#include "tst_histogram.moc"
