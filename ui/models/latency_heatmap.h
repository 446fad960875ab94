// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/geometry/value_axis.h"
#include "ui/models/record_slices.h"

#include <cstdint>
#include <vector>

namespace halfopen {

/// The latency of calls over time as counts: columns of neighbouring buckets, rows of equal height on the value axis.
/// Every call that ended lies in exactly one cell; those beyond an end of the axis in its last row.
class LatencyHeatmap {
public:
    struct Column {
        TimeRange range;
        std::vector<std::uint64_t> calls; ///< by row, 0 = lowest
    };

    /// Columns at least \a leastWidth pixels wide, rows \a rowHeight pixels high.
    void update(const RunRecord &record, const EdgeSet &edges, const TimeAxis &axis, const ValueAxis &values,
                double leastWidth, double rowHeight);

    const std::vector<Column> &columns() const { return m_columns; }
    std::uint64_t most() const { return m_most; } ///< in one cell
    int rows() const { return m_rows; }
    int rowOf(double ns) const;
    /// Pixels from the top of the widget to the upper edge of a row.
    double topOf(int row) const { return m_values.bottom() - (row + 1) * m_rowHeight; }
    double rowHeight() const { return m_rowHeight; }
    /// The least and greatest latency of a row, ns.
    std::pair<double, double> valuesOf(int row) const;
    const Column *columnAt(Instant at) const;

private:
    std::vector<Column> m_columns;
    ValueAxis m_values;
    double m_rowHeight = 3;
    int m_rows = 0;
    std::uint64_t m_most = 0;
};

} // namespace halfopen
