// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/geometry/range_ticks.h"

#include <algorithm>
#include <cmath>

namespace halfopen {

namespace {

constexpr double kNearZero = 0.35; ///< a low end below this share of the high end is drawn from 0

/// 1, 2, 2.5 or 5 times a power of ten, at least \a least > 0.
double roundStep(double least)
{
    const double power = std::pow(10.0, std::floor(std::log10(least)));
    for (const double factor : {1.0, 2.0, 2.5, 5.0})
        if (factor * power >= least * (1 - 1e-9))
            return factor * power;
    return 10 * power;
}

} // namespace

RangeTicks rangeTicks(double low, double high, int most)
{
    if (low > 0 && low < kNearZero * high)
        low = 0;
    if (high - low <= 1e-12 * std::max(std::abs(low), std::abs(high))) {
        const double around = low == 0 ? 0.5 : std::abs(low) * 0.05;
        low = low == 0 ? 0 : low - around;
        high += around;
    }
    const double step = roundStep((high - low) / std::max(most, 1));
    RangeTicks ticks;
    const auto first = std::llround(std::floor(low / step + 1e-9));
    const auto last = std::llround(std::ceil(high / step - 1e-9));
    for (auto i = first; i <= last; ++i)
        ticks.values.push_back(static_cast<double>(i) * step);
    ticks.low = ticks.values.front();
    ticks.high = ticks.values.back();
    return ticks;
}

} // namespace halfopen
