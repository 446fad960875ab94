// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/histogram.h"

#include "core/base/check.h"

#include <cmath>

namespace halfopen {

namespace {

/// How many of \a count values make up the share \a q, at least one. The product is lowered by a
/// few rounding errors first, so that 0.07 of 100 is 7 and not 8.
std::uint64_t rankOf(double q, std::uint64_t count)
{
    const double exact = std::clamp(q, 0.0, 1.0) * static_cast<double>(count);
    const auto rank = static_cast<std::uint64_t>(std::ceil(exact * (1.0 - 0x1p-50)));
    return std::clamp<std::uint64_t>(rank, 1, count);
}

double mean(UnsignedWide sum, std::uint64_t count)
{
    return count == 0 ? 0.0 : static_cast<double>(sum) / static_cast<double>(count);
}

} // namespace

void Histogram::record(std::int64_t ns, std::uint64_t times)
{
    if (times == 0)
        return;
    ns = std::clamp(ns, std::int64_t{0}, kMaxNs);
    addCount(static_cast<std::size_t>(bucketOf(ns)), times);
    m_count += times;
    addToSum(static_cast<UnsignedWide>(ns) * times);
    m_min = std::min(m_min, ns);
    m_max = std::max(m_max, ns);
}

void Histogram::carry(std::size_t bucket, std::uint32_t times)
{
    for (Carried &carried : m_carried)
        if (carried.bucket == bucket) {
            carried.times += times;
            return;
        }
    m_carried.push_back({bucket, times});
}

std::uint64_t Histogram::wideCountAt(std::size_t bucket) const
{
    std::uint64_t count = m_counts[bucket];
    for (const Carried &carried : m_carried)
        if (carried.bucket == bucket)
            count += static_cast<std::uint64_t>(carried.times) << 32;
    return count;
}

void Histogram::merge(const Histogram &other)
{
    if (other.m_count == 0)
        return;
    const auto first = static_cast<std::size_t>(bucketOf(other.m_min));
    const auto last = static_cast<std::size_t>(bucketOf(other.m_max));
    for (std::size_t i = first; i <= last; ++i)
        addCount(i, other.countAt(i));
    m_count += other.m_count;
    addToSum(other.sumNs());
    m_min = std::min(m_min, other.m_min);
    m_max = std::max(m_max, other.m_max);
}

void Histogram::clear()
{
    if (m_count == 0)
        return;
    std::fill(m_counts.begin() + bucketOf(m_min), m_counts.begin() + bucketOf(m_max) + 1, 0u);
    m_carried.clear();
    m_count = 0;
    m_sumLow = m_sumHigh = 0;
    m_min = kNoMin;
    m_max = 0;
}

double Histogram::meanNs() const
{
    return mean(sumNs(), m_count);
}

std::int64_t Histogram::quantile(double q) const
{
    if (m_count == 0)
        return 0;
    if (q <= 0.0)
        return m_min;
    std::uint64_t left = rankOf(q, m_count);
    for (int i = bucketOf(m_min), last = bucketOf(m_max); i < last; ++i) {
        const std::uint64_t here = countAt(static_cast<std::size_t>(i));
        if (left <= here)
            return std::clamp(bucketHigh(i), m_min, m_max);
        left -= here;
    }
    return m_max;
}

std::uint64_t Histogram::countAbove(std::int64_t ns) const
{
    if (m_count == 0 || ns >= m_max)
        return 0;
    if (ns < m_min)
        return m_count;
    std::uint64_t above = 0;
    for (int i = bucketOf(ns) + 1, last = bucketOf(m_max); i <= last; ++i)
        above += countAt(static_cast<std::size_t>(i));
    return above;
}

double Histogram::fractionAbove(std::int64_t ns) const
{
    return m_count == 0 ? 0.0 : static_cast<double>(countAbove(ns)) / static_cast<double>(m_count);
}

bool operator==(const Histogram &a, const Histogram &b)
{
    if (a.m_count != b.m_count || a.sumNs() != b.sumNs() || a.m_min != b.m_min || a.m_max != b.m_max)
        return false;
    for (std::size_t i = 0; i < a.m_counts.size(); ++i)
        if (a.countAt(i) != b.countAt(i))
            return false;
    return true;
}

SparseHistogram::SparseHistogram(const Histogram &histogram)
    : m_count(histogram.m_count), m_sum(histogram.sumNs()), m_min(histogram.m_min),
      m_max(histogram.m_max)
{
    if (m_count == 0)
        return;
    const int first = Histogram::bucketOf(m_min);
    const int last = Histogram::bucketOf(m_max);
    std::size_t used = 0;
    for (int i = first; i <= last; ++i)
        used += histogram.countAt(static_cast<std::size_t>(i)) != 0;
    m_buckets.reserve(used);
    for (int i = first; i <= last; ++i) {
        const std::uint64_t count = histogram.countAt(static_cast<std::size_t>(i));
        HALFOPEN_CHECK(count < (std::uint64_t{1} << 48));
        if (count != 0)
            m_buckets.push_back({static_cast<std::uint64_t>(i) & 0xFFFF, count & 0xFFFFFFFFFFFF});
    }
}

void SparseHistogram::mergeInto(Histogram &histogram) const
{
    if (m_count == 0)
        return;
    for (const Bucket &bucket : m_buckets)
        histogram.addCount(bucket.index, bucket.count);
    histogram.m_count += m_count;
    histogram.addToSum(m_sum);
    histogram.m_min = std::min(histogram.m_min, m_min);
    histogram.m_max = std::max(histogram.m_max, m_max);
}

double SparseHistogram::meanNs() const
{
    return mean(m_sum, m_count);
}

std::int64_t SparseHistogram::quantile(double q) const
{
    if (m_count == 0)
        return 0;
    if (q <= 0.0)
        return m_min;
    std::uint64_t left = rankOf(q, m_count);
    for (const Bucket &bucket : m_buckets) {
        if (left <= bucket.count)
            return std::clamp(Histogram::bucketHigh(static_cast<int>(bucket.index)), m_min, m_max);
        left -= bucket.count;
    }
    return m_max;
}

std::uint64_t SparseHistogram::countAbove(std::int64_t ns) const
{
    if (m_count == 0 || ns >= m_max)
        return 0;
    if (ns < m_min)
        return m_count;
    const auto index = static_cast<std::uint64_t>(Histogram::bucketOf(ns));
    std::uint64_t above = 0;
    for (const Bucket &bucket : m_buckets)
        if (bucket.index > index)
            above += bucket.count;
    return above;
}

} // namespace halfopen
