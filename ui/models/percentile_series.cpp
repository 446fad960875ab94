// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/percentile_series.h"

#include "ui/geometry/decimation.h"

#include <QLocale>

#include <algorithm>

namespace halfopen {

QString percentileName(std::size_t index)
{
    static const std::array<const char *, kPercentiles.size()> names = {"p50", "p90", "p99",
                                                                        "p99.9"};
    return QString::fromLatin1(names[index]);
}

QString percentileText(QString name)
{
    return name.replace(QLatin1Char('.'), QLocale().decimalPoint());
}

PercentilePoint PercentileSeries::compute(const RunRecord &record, IndexRange which)
{
    m_scratch.clear();
    for (std::size_t i = which.first; i < which.last; ++i) {
        for (const std::uint32_t edge : m_edges) {
            const EdgeBucket &bucket = record.bucket(i).edges[edge];
            bucket.goodLatency.mergeInto(m_scratch);
            bucket.badLatency.mergeInto(m_scratch);
        }
    }
    const TimeBucket &last = record.bucket(which.last - 1);
    PercentilePoint point;
    point.range = {record.bucket(which.first).from, last.from + last.width};
    point.count = m_scratch.count();
    for (std::size_t p = 0; p < kPercentiles.size(); ++p)
        point.ns[p] = m_scratch.quantile(kPercentiles[p]);
    return point;
}

const std::vector<PercentilePoint> &
PercentileSeries::update(const RecordPtr &record, const EdgeSet &edges, const TimeAxis &axis)
{
    m_points.clear();
    const std::size_t group = record ? bucketGroup(record->bucketWidth, axis, 1.0) : 1;
    if (!isSameRun(m_record, record) || edges != m_edges || group != m_group)
        m_closed.clear();
    m_record = record;
    m_edges = edges;
    m_group = group;
    if (!record)
        return m_points;
    IndexRange visible = bucketsIn(*record, axis.range());
    if (!visible.isEmpty() && visible.last > record->buckets.size() &&
        record->openBucket->width < record->bucketWidth / 4)
        --visible.last;
    const std::size_t closed = record->buckets.size();
    m_closed.resize(closed / group + 1);
    const std::size_t end = visible.isEmpty() ? 0 : (visible.last + group - 1) / group;
    for (std::size_t g = visible.first / group; g < end; ++g) {
        const IndexRange which{g * group,
                               std::min((g + 1) * group, std::max(visible.last, closed))};
        if (which.last == (g + 1) * group && which.last <= closed) {
            if (m_closed[g].range.isEmpty())
                m_closed[g] = compute(*record, which);
            m_points.push_back(m_closed[g]);
        } else {
            m_points.push_back(compute(*record, which));
        }
    }
    return m_points;
}

} // namespace halfopen
