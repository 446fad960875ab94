// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/record_slices.h"

#include "ui/format.h"

#include <algorithm>

namespace halfopen {

EdgeSet clientEdges(const RunRecord &record)
{
    EdgeSet edges;
    for (std::size_t i = 0; i < record.edges.size(); ++i) {
        if (record.edges[i].client)
            edges.push_back(static_cast<std::uint32_t>(i));
    }
    return edges;
}

QString edgeLabel(const std::string &edgeName)
{
    return QString::fromStdString(edgeName).replace(QStringLiteral("->"), QString(QChar(0x2192)));
}

IndexRange bucketsIn(const RunRecord &record, TimeRange range)
{
    // The first index whose bucket begins at or after t. Buckets are in order of time and touch.
    const auto beginAtOrAfter = [&record](Instant t) {
        std::size_t low = 0;
        std::size_t high = record.bucketCount();
        while (low < high) {
            const std::size_t middle = low + (high - low) / 2;
            if (record.bucket(middle).from < t)
                low = middle + 1;
            else
                high = middle;
        }
        return low;
    };
    IndexRange out{beginAtOrAfter(range.from), beginAtOrAfter(range.to)};
    if (out.first > 0) {
        const TimeBucket &before = record.bucket(out.first - 1);
        if (before.from + before.width > range.from && before.from < range.to)
            --out.first;
    }
    return out;
}

TimeRange rangeOf(const RunRecord &record, IndexRange which)
{
    if (which.isEmpty())
        return {};
    const TimeBucket &last = record.bucket(which.last - 1);
    return {record.bucket(which.first).from, last.from + last.width};
}

QString countedRangeText(const RunRecord &record, TimeRange asked)
{
    constexpr std::int64_t kNoticeable = 50; // a 50th of the range that was asked for
    const IndexRange which = bucketsIn(record, asked);
    if (which.isEmpty())
        return {};
    const TimeRange counted = rangeOf(record, which);
    const Duration none(0);
    const Duration more = std::max(none, asked.from - counted.from) + std::max(none, counted.to - asked.to);
    return more * kNoticeable > asked.length() ? formatRange(counted.from, counted.to) : QString();
}

bool isSameRun(const RecordPtr &a, const RecordPtr &b)
{
    if (!a || !b)
        return false;
    if (a == b)
        return true;
    // The first bucket of a run is made once and shared by all its snapshots.
    const bool sameBuckets =
        a->buckets.empty() || (!b->buckets.empty() && a->buckets[0] == b->buckets[0]);
    return sameBuckets && a->scenario == b->scenario && a->runId == b->runId &&
           a->seed == b->seed && a->bucketWidth == b->bucketWidth && a->now <= b->now &&
           a->buckets.size() <= b->buckets.size() && a->transitions.size() <= b->transitions.size();
}

void addLatency(const RunRecord &record, std::span<const std::uint32_t> edges, IndexRange which,
                LatencyParts &parts)
{
    for (std::size_t i = which.first; i < which.last; ++i) {
        for (const std::uint32_t edge : edges) {
            const EdgeBucket &bucket = record.bucket(i).edges[edge];
            bucket.goodLatency.mergeInto(parts.good);
            bucket.badLatency.mergeInto(parts.bad);
        }
    }
}

Histogram retryDelaysIn(const RunRecord &record, std::span<const std::uint32_t> edges,
                        IndexRange which)
{
    Histogram delays;
    for (std::size_t i = which.first; i < which.last; ++i) {
        for (const std::uint32_t edge : edges)
            record.bucket(i).edges[edge].retryDelay.mergeInto(delays);
    }
    return delays;
}

} // namespace halfopen
