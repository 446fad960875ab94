// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/latency_heatmap.h"

#include "ui/geometry/decimation.h"

#include <algorithm>
#include <cmath>

namespace halfopen {

void LatencyHeatmap::update(const RunRecord &record, const EdgeSet &edges, const TimeAxis &axis,
                            const ValueAxis &values, double leastWidth, double rowHeight)
{
    m_columns.clear();
    m_most = 0;
    m_values = values;
    m_rowHeight = rowHeight;
    m_rows = std::max(1, static_cast<int>(std::ceil(values.height() / rowHeight)));
    const std::size_t group = bucketGroup(record.bucketWidth, axis, leastWidth);
    const IndexRange visible = bucketsIn(record, axis.range());
    if (visible.isEmpty())
        return;
    for (std::size_t g = visible.first / group; g * group < visible.last; ++g) {
        const std::size_t last = std::min((g + 1) * group, record.bucketCount());
        const TimeBucket &lastBucket = record.bucket(last - 1);
        Column column{{record.bucket(g * group).from, lastBucket.from + lastBucket.width},
                      std::vector<std::uint64_t>(static_cast<std::size_t>(m_rows), 0)};
        const auto add = [&](std::int64_t low, std::int64_t high, std::uint64_t n) {
            const int row = rowOf((static_cast<double>(low) + static_cast<double>(high)) / 2);
            column.calls[static_cast<std::size_t>(row)] += n;
        };
        for (std::size_t i = g * group; i < last; ++i) {
            for (const std::uint32_t edge : edges) {
                record.bucket(i).edges[edge].goodLatency.forEachBucket(add);
                record.bucket(i).edges[edge].badLatency.forEachBucket(add);
            }
        }
        m_most = std::max(m_most, *std::max_element(column.calls.begin(), column.calls.end()));
        m_columns.push_back(std::move(column));
    }
}

int LatencyHeatmap::rowOf(double ns) const
{
    const double up = m_values.bottom() - m_values.toPixel(std::max(ns, m_values.low()));
    return std::clamp(static_cast<int>(up / m_rowHeight), 0, m_rows - 1);
}

std::pair<double, double> LatencyHeatmap::valuesOf(int row) const
{
    return {m_values.toValue(m_values.bottom() - row * m_rowHeight), m_values.toValue(topOf(row))};
}

const LatencyHeatmap::Column *LatencyHeatmap::columnAt(Instant at) const
{
    for (const Column &column : m_columns) {
        if (column.range.contains(at))
            return &column;
    }
    return nullptr;
}

} // namespace halfopen
