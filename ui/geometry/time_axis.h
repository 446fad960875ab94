// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/instant.h"

namespace halfopen {

/// A stretch of a run's time, [from, to). Ordered: from <= to.
struct TimeRange {
    Instant from;
    Instant to;

    constexpr Duration length() const { return to - from; }
    constexpr bool isEmpty() const { return to <= from; }
    constexpr bool contains(Instant t) const { return t >= from && t < to; }
    /// The same range with its ends in order, for ranges made by dragging.
    static constexpr TimeRange ordered(Instant a, Instant b)
    {
        return a <= b ? TimeRange{a, b} : TimeRange{b, a};
    }
    friend constexpr bool operator==(const TimeRange &, const TimeRange &) = default;
};

/// The mapping between pixels and time of one chart, as a value: what a drawing and a mouse
/// position mean. Linear; `left` is the pixel of the range's beginning, `left + width` that of its
/// end.
class TimeAxis {
public:
    /// \a width in logical pixels, > 0; an empty range is widened to 1 ns so that the mapping stays
    /// defined.
    TimeAxis(TimeRange range, double left, double width);

    TimeRange range() const { return m_range; }
    double left() const { return m_left; }
    double width() const { return m_width; }
    double right() const { return m_left + m_width; }

    /// Where \a t lies, in logical pixels; outside of the chart for instants outside of the range.
    double toPixel(Instant t) const;
    /// The instant drawn at \a pixel, rounded to a nanosecond; not clamped to the range, but never
    /// before 0.
    Instant toInstant(double pixel) const;
    /// How long one pixel lasts, at least 1 ns.
    Duration perPixel() const;
    /// The length in pixels of \a d, for widths.
    double length(Duration d) const;

private:
    TimeRange m_range;
    double m_left = 0;
    double m_width = 1;
};

} // namespace halfopen
