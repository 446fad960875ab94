// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/geometry/time_axis.h"

#include "core/base/check.h"

#include <algorithm>
#include <cmath>

namespace halfopen {

TimeAxis::TimeAxis(TimeRange range, double left, double width)
    : m_range(range), m_left(left), m_width(width)
{
    HALFOPEN_CHECK(width > 0);
    if (m_range.isEmpty())
        m_range.to = m_range.from + Duration(1);
}

double TimeAxis::toPixel(Instant t) const
{
    // The difference is taken in integers: far from the start of a run a double of nanoseconds is
    // too coarse.
    return m_left + length(t - m_range.from);
}

Instant TimeAxis::toInstant(double pixel) const
{
    const double share = (pixel - m_left) / m_width;
    const auto offset = std::llround(share * static_cast<double>(m_range.length().count()));
    return Instant::fromNs(std::max<std::int64_t>(0, m_range.from.ns() + offset));
}

Duration TimeAxis::perPixel() const
{
    const double ns = static_cast<double>(m_range.length().count()) / m_width;
    return Duration(std::max<std::int64_t>(1, std::llround(ns)));
}

double TimeAxis::length(Duration d) const
{
    return static_cast<double>(d.count()) * m_width / static_cast<double>(m_range.length().count());
}

} // namespace halfopen
