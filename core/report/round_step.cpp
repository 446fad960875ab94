// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/round_step.h"

#include "core/base/check.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <span>

namespace halfopen::report {

namespace {

constexpr double kRounding = 1e-9; ///< of a value: as good as there
constexpr std::array kUsual = {1.0, 2.0, 2.5, 5.0};
constexpr std::array kAny = {1.0, 1.25, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0};
constexpr std::array kEnds = {1.0, 1.5, 2.0, 3.0, 4.0, 5.0, 6.0, 8.0};

/// The least of \a factors times a power of ten that is at or above \a value.
double roundUpTo(std::span<const double> factors, double value)
{
    const double decade = std::pow(10.0, std::floor(std::log10(value)));
    for (const double factor : factors)
        if (decade * factor >= value * (1 - kRounding))
            return decade * factor;
    return decade * 10;
}

bool leavesLittle(double max, double step)
{
    return max >= stepsUpTo(max, step) * step * (1 - kEmptyShareMost) * (1 - kRounding);
}

} // namespace

int stepsUpTo(double max, double step)
{
    return std::max(1, static_cast<int>(std::ceil(max / step * (1 - kRounding))));
}

double roundStep(double max, int most)
{
    HALFOPEN_CHECK(max > 0);
    HALFOPEN_CHECK(most >= 1);
    const double usual = roundUpTo(kUsual, max / most);
    if (leavesLittle(max, usual))
        return usual;
    // The neighbours in kAny are at most 4/3 apart: at the latest one step alone will do.
    double step = roundUpTo(kAny, max / most);
    while (!leavesLittle(max, step) && step < max)
        step = roundUpTo(kAny, step * (1 + 4 * kRounding));
    return step;
}

double roundUpFinely(double value)
{
    HALFOPEN_CHECK(value > 0);
    return roundUpTo(kEnds, value);
}

} // namespace halfopen::report
