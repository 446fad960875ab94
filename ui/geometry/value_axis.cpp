// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/geometry/value_axis.h"

#include "core/base/check.h"

#include <algorithm>
#include <cmath>

namespace halfopen {

ValueAxis::ValueAxis(double low, double high, double top, double height, Scale scale)
    : m_low(low), m_high(high), m_top(top), m_height(height), m_scale(scale)
{
    HALFOPEN_CHECK(low < high);
    HALFOPEN_CHECK(height > 0);
    HALFOPEN_CHECK(scale == Scale::Linear || low > 0);
}

double ValueAxis::toPixel(double value) const
{
    value = std::clamp(value, m_low, m_high);
    const double share = m_scale == Scale::Linear
                             ? (value - m_low) / (m_high - m_low)
                             : std::log(value / m_low) / std::log(m_high / m_low);
    return m_top + m_height * (1 - share);
}

double ValueAxis::toValue(double pixel) const
{
    const double share = std::clamp(1 - (pixel - m_top) / m_height, 0.0, 1.0);
    return m_scale == Scale::Linear ? m_low + share * (m_high - m_low)
                                    : m_low * std::pow(m_high / m_low, share);
}

} // namespace halfopen
