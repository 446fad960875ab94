// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/record_slices.h"

#include <array>
#include <vector>

namespace halfopen {

/// The percentiles that are drawn: p50, p90, p99 and p99.9.
inline constexpr std::array<double, 4> kPercentiles = {0.5, 0.9, 0.99, 0.999};
/// "p50", "p90", "p99", "p99.9".
QString percentileName(std::size_t index);
/// The same for a reader, with the decimal sign of the numbers beside it: "p99,9" in German. \a name as above.
QString percentileText(QString name);

/// The percentiles of all calls that ended in some neighbouring buckets.
struct PercentilePoint {
    TimeRange range;
    std::uint64_t count = 0; ///< 0 = no call ended, the values mean nothing
    std::array<std::int64_t, kPercentiles.size()> ns{};
};

/// Percentiles over time, good and bad calls together. Where several buckets share a pixel their
/// histograms are merged first: an average of percentiles would be no percentile. Keeps the results
/// of closed buckets, so a growing run costs only its new buckets.
class PercentileSeries {
public:
    /// The visible points in order of time. The open bucket counts once a quarter of it has passed.
    const std::vector<PercentilePoint> &update(const RecordPtr &record, const EdgeSet &edges,
                                               const TimeAxis &axis);
    const std::vector<PercentilePoint> &points() const { return m_points; }

private:
    PercentilePoint compute(const RunRecord &record, IndexRange which);

    RecordPtr m_record; ///< kept so that the run can be recognised again
    EdgeSet m_edges;
    std::size_t m_group = 0;
    std::vector<PercentilePoint> m_closed; ///< by group number; range empty = not computed yet
    std::vector<PercentilePoint> m_points;
    Histogram m_scratch;
};

} // namespace halfopen
