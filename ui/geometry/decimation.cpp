// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/geometry/decimation.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace halfopen {

namespace {

/// The points of one column that matter, kept as indices so that they come out in their order.
class Column {
public:
    void add(std::span<const PlotPoint> points, std::size_t i)
    {
        if (m_empty) {
            m_kept = {i, i, i, i};
            m_empty = false;
            return;
        }
        if (points[i].y < points[m_kept[1]].y)
            m_kept[1] = i;
        if (points[i].y > points[m_kept[2]].y)
            m_kept[2] = i;
        m_kept[3] = i;
    }

    void flush(std::span<const PlotPoint> points, std::vector<PlotPoint> &out)
    {
        if (m_empty)
            return;
        std::sort(m_kept.begin(), m_kept.end());
        for (std::size_t k = 0; k < m_kept.size(); ++k) {
            if (k == 0 || m_kept[k] != m_kept[k - 1])
                out.push_back(points[m_kept[k]]);
        }
        m_empty = true;
    }

private:
    std::array<std::size_t, 4> m_kept{}; // first, lowest, highest, last
    bool m_empty = true;
};

} // namespace

std::vector<PlotPoint> decimate(std::span<const PlotPoint> points)
{
    std::vector<PlotPoint> out;
    Column column;
    double pixel = 0;
    for (std::size_t i = 0; i < points.size(); ++i) {
        const double at = std::floor(points[i].x);
        if (i == 0 || at != pixel) {
            column.flush(points, out);
            pixel = at;
        }
        column.add(points, i);
    }
    column.flush(points, out);
    return out;
}

std::size_t bucketGroup(Duration bucket, const TimeAxis &axis, double leastPixels)
{
    const double pixels = axis.length(std::max(bucket, Duration(1)));
    std::size_t group = 1;
    while (pixels * static_cast<double>(group) < leastPixels * (1 - 1e-9) &&
           group < (std::size_t{1} << 40))
        group *= 2;
    return group;
}

PixelSpan pixelsOf(TimeRange range, const TimeAxis &axis)
{
    if (range.to < axis.range().from || range.from >= axis.range().to)
        return {};
    const double left = std::max(axis.toPixel(range.from), axis.left());
    const double right = std::min(axis.toPixel(range.to), axis.right());
    const int last = static_cast<int>(std::ceil(axis.right())) - 1;
    const int from = std::min(static_cast<int>(std::lround(left)), last);
    return {from, std::max(from + 1, static_cast<int>(std::lround(right)))};
}

std::vector<PixelSpan> joined(std::span<const PixelSpan> spans)
{
    std::vector<PixelSpan> out;
    for (const PixelSpan &span : spans) {
        if (span.to <= span.from)
            continue;
        if (!out.empty() && span.from <= out.back().to)
            out.back().to = std::max(out.back().to, span.to);
        else
            out.push_back(span);
    }
    return out;
}

} // namespace halfopen
