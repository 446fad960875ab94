// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/geometry/time_axis.h"

#include <cstddef>
#include <span>
#include <vector>

namespace halfopen {

/// A point of a line in logical pixels.
struct PlotPoint {
    double x = 0;
    double y = 0;
    friend constexpr bool operator==(const PlotPoint &, const PlotPoint &) = default;
};

/// Leaves at most four points per pixel column: the first, the lowest, the highest and the last. A
/// line through them covers the same pixels as one through all points, so no extreme is lost. \a
/// points are ordered by x.
std::vector<PlotPoint> decimate(std::span<const PlotPoint> points);

/// How many neighbouring buckets of width \a bucket are drawn as one: the smallest power of two
/// that makes a group at least \a leastPixels wide. A power of two, and groups counted from the
/// start of the run, keep the groups the same while the axis moves, so that nothing shimmers and
/// results can be kept.
std::size_t bucketGroup(Duration bucket, const TimeAxis &axis, double leastPixels = 1.0);

/// A stretch of whole pixels, [from, to).
struct PixelSpan {
    int from = 0;
    int to = 0;
    friend constexpr bool operator==(const PixelSpan &, const PixelSpan &) = default;
};

/// The pixels that [from, to) covers, at least one wide even for an instant, or an empty span when
/// it lies wholly outside of the axis.
PixelSpan pixelsOf(TimeRange range, const TimeAxis &axis);

/// Joins spans that touch or overlap. \a spans are ordered by `from`.
std::vector<PixelSpan> joined(std::span<const PixelSpan> spans);

} // namespace halfopen
