// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/outcome_series.h"

#include "ui/geometry/decimation.h"

#include <algorithm>
#include <numeric>

namespace halfopen {

namespace {

std::uint64_t sum(const OutcomeCounts &counts)
{
    return std::accumulate(counts.begin(), counts.end(), std::uint64_t{0});
}

void add(OutcomeCounts &to, const OutcomeCounts &from)
{
    for (std::size_t k = 0; k < kOutcomeKinds; ++k)
        to[k] += from[k];
}

/// Adds one bucket to a column.
void addBucket(OutcomeColumn &column, const TimeBucket &bucket,
               std::span<const std::uint32_t> edges)
{
    for (const std::uint32_t edge : edges) {
        const EdgeBucket &e = bucket.edges[edge];
        add(column.ended, e.ended);
        column.offered += e.offered;
    }
    column.range.to = bucket.from + bucket.width;
}

} // namespace

std::uint64_t OutcomeColumn::endedAll() const
{
    return sum(ended);
}

std::uint64_t OutcomeTotals::endedAll() const
{
    return sum(ended);
}

std::uint64_t OutcomeTotals::good() const
{
    std::uint64_t n = 0;
    for (std::size_t k = 0; k < kOutcomeKinds; ++k)
        n += isGood(static_cast<OutcomeKind>(k)) ? ended[k] : 0;
    return n;
}

std::vector<OutcomeColumn>
outcomeColumns(const RunRecord &record, std::span<const std::uint32_t> edges, const TimeAxis &axis)
{
    std::vector<OutcomeColumn> columns;
    IndexRange visible = bucketsIn(record, axis.range());
    if (!visible.isEmpty() && visible.last > record.buckets.size() &&
        record.openBucket->width < record.bucketWidth / 4)
        --visible.last;
    if (visible.isEmpty())
        return columns;
    const std::size_t group = bucketGroup(record.bucketWidth, axis);
    for (std::size_t i = visible.first; i < visible.last; ++i) {
        const TimeBucket &bucket = record.bucket(i);
        if (bucket.width <= Duration(0))
            continue;
        if (columns.empty() || i % group == 0)
            columns.push_back({.range = {bucket.from, bucket.from}});
        addBucket(columns.back(), bucket, edges);
    }
    return columns;
}

OutcomeTotals outcomeTotals(const RunRecord &record, std::span<const std::uint32_t> edges,
                            TimeRange range)
{
    OutcomeTotals totals;
    const IndexRange which = bucketsIn(record, range);
    if (which.isEmpty())
        return totals;
    const TimeBucket &last = record.bucket(which.last - 1);
    totals.range = {record.bucket(which.first).from, last.from + last.width};
    for (std::size_t i = which.first; i < which.last; ++i) {
        for (const std::uint32_t edge : edges) {
            const EdgeBucket &e = record.bucket(i).edges[edge];
            add(totals.ended, e.ended);
            totals.offered += e.offered;
            totals.attempts += e.attempts;
            totals.retries += e.retries;
            totals.late += e.late;
        }
    }
    return totals;
}

} // namespace halfopen
