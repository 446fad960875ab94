// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/wide.h"

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

namespace halfopen {

/// Counts of durations in log-linear buckets: exact below 256 ns, then 128 buckets per power of
/// two, so a bucket is at most 1/128 (0.8 %) of its value wide. Values are integer ns in
/// [0, 2^53] (104 days); others are clamped to that range. Count, sum, least and greatest value are
/// exact. Memory: 24 KiB, taken once; recording takes none. Histograms merge without loss.
///
/// A run's histograms are spread over its whole working set, one line of cache per few values, so that their size decides how
/// often a call waits for memory: counts are 32 bits wide, and what goes beyond is carried into a list that is empty but for
/// 4.3e9 values in one bucket.
/// Source: the bucket scheme of G. Tene's HdrHistogram.
class Histogram {
public:
    static constexpr std::int64_t kMaxNs = std::int64_t{1} << 53;

    Histogram() : m_counts(static_cast<std::size_t>(kBuckets)) {}

    void record(std::int64_t ns)
    {
        // Jumps that are hardly ever taken cost less here than arithmetic that is always done.
        auto bucket = static_cast<std::size_t>(ns);
        if (__builtin_expect(static_cast<std::uint64_t>(ns) - kSubBuckets <= static_cast<std::uint64_t>(kMaxNs) - kSubBuckets, 1)) {
            // A double holds the value exactly, and its exponent and the seven bits behind it are the bucket.
            constexpr std::uint64_t kBias = std::uint64_t{1023 + kSubBucketBits - 1} << kSubBucketBits;
            bucket = (std::bit_cast<std::uint64_t>(static_cast<double>(ns)) >> (52 - kSubBucketBits)) - kBias;
        } else if (__builtin_expect(static_cast<std::uint64_t>(ns) >= kSubBuckets, 0)) {
            return record(ns, 1);
        }
        if (__builtin_expect(++m_counts[bucket] == 0, 0))
            carry(bucket, 1);
        ++m_count;
        addToSum(static_cast<std::uint64_t>(ns));
        if (__builtin_expect(ns < m_min, 0))
            m_min = ns;
        if (__builtin_expect(ns > m_max, 0))
            m_max = ns;
    }
    void record(std::int64_t ns, std::uint64_t times);

    void merge(const Histogram &other);
    /// Back to empty. Touches only the range that was used.
    void clear();

    std::uint64_t count() const { return m_count; }
    bool isEmpty() const { return m_count == 0; }
    /// Exact least and greatest value; 0 when empty.
    std::int64_t min() const { return m_count == 0 ? 0 : m_min; }
    std::int64_t max() const { return m_max; }
    /// Mean of the recorded values (from the exact sum); 0 when empty.
    double meanNs() const;
    UnsignedWide sumNs() const { return static_cast<UnsignedWide>(m_sumHigh) << 64 | m_sumLow; }

    /// The upper end of the first bucket at which at least \a q of all values are counted, but
    /// never above max() or below min(). q in [0, 1]; q = 0 gives min(), q = 1 gives max(); 0 when
    /// empty. At most 0.8 % above the true quantile, never below it.
    std::int64_t quantile(double q) const;

    /// How many values lie in buckets wholly above \a ns: exact when ns is the upper end of a
    /// bucket, otherwise values in the bucket of ns are left out.
    std::uint64_t countAbove(std::int64_t ns) const;
    /// The same as a share of count(); 0 when empty.
    double fractionAbove(std::int64_t ns) const;

    /// Calls visit(lowNs, highNs, count) for each bucket that is not empty, upwards. Both ends
    /// belong to the bucket.
    template <typename Visit> void forEachBucket(Visit &&visit) const
    {
        if (m_count == 0)
            return;
        for (int i = bucketOf(m_min), last = bucketOf(m_max); i <= last; ++i)
            if (const std::uint64_t n = countAt(static_cast<std::size_t>(i)); n != 0)
                visit(bucketLow(i), bucketHigh(i), n);
    }

    friend bool operator==(const Histogram &a, const Histogram &b);

    /// The bucket of a value in [0, kMaxNs].
    static constexpr int bucketOf(std::int64_t ns)
    {
        return static_cast<int>(indexOf(static_cast<std::uint64_t>(ns)));
    }
    /// The least value of a bucket.
    static constexpr std::int64_t bucketLow(int bucket)
    {
        if (bucket < 2 * static_cast<int>(kSubBuckets))
            return bucket;
        const int shift = (bucket >> kSubBucketBits) - 1;
        return static_cast<std::int64_t>(bucket - (shift << kSubBucketBits)) << shift;
    }
    /// The greatest value of a bucket.
    static constexpr std::int64_t bucketHigh(int bucket)
    {
        return bucket == kBuckets - 1 ? kMaxNs : bucketLow(bucket + 1) - 1;
    }

private:
    friend class SparseHistogram;
    static constexpr int kSubBucketBits = 7;
    static constexpr std::uint64_t kSubBuckets = 1u << kSubBucketBits;
    static constexpr std::size_t indexOf(std::uint64_t value)
    {
        // Bits below the leading eight are dropped; values below 256 keep all theirs.
        const std::size_t shift = static_cast<std::size_t>(63 - std::countl_zero(value | kSubBuckets)) - kSubBucketBits;
        return (shift << kSubBucketBits) + (value >> shift);
    }
    std::uint64_t countAt(std::size_t bucket) const
    {
        return __builtin_expect(m_carried.empty(), 1) ? m_counts[bucket] : wideCountAt(bucket);
    }
    std::uint64_t wideCountAt(std::size_t bucket) const;
    void addCount(std::size_t bucket, std::uint64_t times)
    {
        const std::uint64_t sum = m_counts[bucket] + times;
        m_counts[bucket] = static_cast<std::uint32_t>(sum);
        if (__builtin_expect(sum >> 32 != 0, 0))
            carry(bucket, static_cast<std::uint32_t>(sum >> 32));
    }
    [[gnu::cold, gnu::noinline]] void carry(std::size_t bucket, std::uint32_t times);
    void addToSum(std::uint64_t ns)
    {
        m_sumLow += ns;
        if (__builtin_expect(m_sumLow < ns, 0))
            ++m_sumHigh;
    }
    void addToSum(UnsignedWide ns)
    {
        addToSum(static_cast<std::uint64_t>(ns));
        m_sumHigh += static_cast<std::uint64_t>(ns >> 64);
    }
    static constexpr std::int64_t kNoMin = std::numeric_limits<std::int64_t>::max();

public:
    static constexpr int kBuckets = ((53 - kSubBucketBits) << kSubBucketBits) + 128 + 1;

private:
    /// The bits of a bucket's count above the lowest 32.
    struct Carried {
        std::size_t bucket;
        std::uint32_t times;
    };
    std::vector<std::uint32_t> m_counts;
    std::uint64_t m_count = 0;
    std::uint64_t m_sumLow = 0; // two words, so that the usual addition is one
    std::uint64_t m_sumHigh = 0;
    std::int64_t m_min = kNoMin;
    std::int64_t m_max = 0;
    std::vector<Carried> m_carried; ///< one for each bucket that has any
};
static_assert(Histogram::bucketOf(Histogram::kMaxNs) == Histogram::kBuckets - 1);

/// The compact form of a histogram that takes no more values, 8 bytes per bucket in use: one per
/// time bucket of a run. Loses nothing.
class SparseHistogram {
public:
    SparseHistogram() = default;
    explicit SparseHistogram(const Histogram &histogram);

    void mergeInto(Histogram &histogram) const;

    std::uint64_t count() const { return m_count; }
    bool isEmpty() const { return m_count == 0; }
    std::int64_t min() const { return m_count == 0 ? 0 : m_min; }
    std::int64_t max() const { return m_max; }
    double meanNs() const;
    UnsignedWide sumNs() const { return m_sum; }
    /// As Histogram::quantile().
    std::int64_t quantile(double q) const;
    std::uint64_t countAbove(std::int64_t ns) const;
    std::size_t bucketsInUse() const { return m_buckets.size(); }

    /// Calls visit(lowNs, highNs, count) for each bucket that is not empty, upwards.
    template <typename Visit> void forEachBucket(Visit &&visit) const
    {
        for (const Bucket &bucket : m_buckets)
            visit(Histogram::bucketLow(static_cast<int>(bucket.index)),
                  Histogram::bucketHigh(static_cast<int>(bucket.index)),
                  std::uint64_t{bucket.count});
    }

    friend bool operator==(const SparseHistogram &a, const SparseHistogram &b) = default;

private:
    struct Bucket {
        std::uint64_t index : 16;
        std::uint64_t count : 48;
        friend bool operator==(const Bucket &a, const Bucket &b)
        {
            return a.index == b.index && a.count == b.count;
        }
    };
    std::vector<Bucket> m_buckets;
    std::uint64_t m_count = 0;
    UnsignedWide m_sum = 0;
    std::int64_t m_min = Histogram::kNoMin;
    std::int64_t m_max = 0;
};

} // namespace halfopen
