// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/record_slices.h"

#include <vector>

namespace halfopen {

/// What some neighbouring buckets hold together, drawn as one column.
struct OutcomeColumn {
    TimeRange range;
    OutcomeCounts ended{};
    std::uint64_t offered = 0;

    double seconds() const { return toSeconds(range.length()); }
    std::uint64_t endedAll() const;
    double endedPerSecond() const { return static_cast<double>(endedAll()) / seconds(); }
    double offeredPerSecond() const { return static_cast<double>(offered) / seconds(); }
};

/// The visible columns, in order of time, each at least a pixel wide. The bucket still open counts
/// once a quarter of it has passed: before, its rate says nothing.
std::vector<OutcomeColumn>
outcomeColumns(const RunRecord &record, std::span<const std::uint32_t> edges, const TimeAxis &axis);

/// The steps of the line of offered calls: \a columns, as outcomeColumns() gives them, joined where calls are few. A column
/// with fewer than 50 often has more or fewer than its neighbour only because of where columns begin, and a line that jumps
/// at every pixel for that is a block. Columns are joined into steps of at least 7 pixels (a dash and a gap), which begin at
/// the same times wherever the axis is, unless one of them has 50 calls or more: what is not chance stays.
std::vector<OutcomeColumn>
offeredSteps(const RunRecord &record, std::span<const OutcomeColumn> columns, const TimeAxis &axis);

/// Sums over the buckets that share time with a range.
struct OutcomeTotals {
    TimeRange range; ///< the whole buckets that were counted
    OutcomeCounts ended{};
    std::uint64_t offered = 0;
    std::uint64_t attempts = 0;
    std::uint64_t retries = 0;
    std::uint64_t late = 0;

    std::uint64_t endedAll() const;
    std::uint64_t good() const;
};
OutcomeTotals outcomeTotals(const RunRecord &record, std::span<const std::uint32_t> edges,
                            TimeRange range);

} // namespace halfopen
