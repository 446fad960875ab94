// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/outcome_series.h"

#include "ui/geometry/decimation.h"

#include <algorithm>
#include <iterator>
#include <numeric>

namespace halfopen {

namespace {

constexpr std::uint64_t kManyCalls = 50; ///< of a column whose rate says something: chance alone moves it by a seventh
constexpr double kStepPixels = 7;

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

std::vector<OutcomeColumn>
offeredSteps(const RunRecord &record, std::span<const OutcomeColumn> columns, const TimeAxis &axis)
{
    std::vector<OutcomeColumn> steps;
    const auto buckets = static_cast<std::int64_t>(bucketGroup(record.bucketWidth, axis, kStepPixels));
    const std::int64_t length = buckets * std::max<std::int64_t>(record.bucketWidth.count(), 1);
    const auto stepOf = [length](const OutcomeColumn &column) { return column.range.from.ns() / length; };
    const auto isMany = [](const OutcomeColumn &column) { return column.offered >= kManyCalls; };
    for (auto first = columns.begin(); first != columns.end();) {
        const auto last = std::find_if(first, columns.end(), [&](const auto &c) { return stepOf(c) != stepOf(*first); });
        if (std::any_of(first, last, isMany)) {
            steps.insert(steps.end(), first, last);
        } else {
            OutcomeColumn step = *first;
            for (auto other = std::next(first); other != last; ++other) {
                add(step.ended, other->ended);
                step.offered += other->offered;
                step.range.to = other->range.to;
            }
            steps.push_back(step);
        }
        first = last;
    }
    return steps;
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
