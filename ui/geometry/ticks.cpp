// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/geometry/ticks.h"

#include "core/base/check.h"
#include "core/report/round_step.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>

namespace halfopen {

namespace {

/// The smallest of \a factors times a power of ten that is >= value, within rounding.
template <std::size_t N> double roundUpTo(const std::array<double, N> &factors, double value)
{
    const double decade = std::pow(10.0, std::floor(std::log10(value)));
    for (const double factor : factors) {
        if (decade * factor >= value * (1 - 1e-9))
            return decade * factor;
    }
    return decade * 10;
}

LinearTicks ticksWithStep(double step, double max)
{
    LinearTicks ticks;
    ticks.step = step;
    const int count = report::stepsUpTo(max, step);
    for (int i = 0; i <= count; ++i)
        ticks.values.push_back(i * step);
    ticks.top = ticks.values.back();
    return ticks;
}

} // namespace

LinearTicks linearTicks(double max, int most)
{
    HALFOPEN_CHECK(most >= 1);
    if (!(max > 0) || !std::isfinite(max))
        max = 1;
    return ticksWithStep(report::roundStep(max, most), max);
}

LinearTicks countTicks(double max, int most)
{
    const LinearTicks ticks = linearTicks(max, most);
    if (ticks.step >= 1 && ticks.step == std::floor(ticks.step))
        return ticks;
    const double step = std::max(1.0, roundUpTo(std::array{1.0, 2.0, 5.0}, ticks.step));
    return ticksWithStep(step, std::max(max, step));
}

LogTicks logTicks(double low, double high)
{
    HALFOPEN_CHECK(low > 0);
    HALFOPEN_CHECK(high > low);
    LogTicks ticks;
    const double slack = 1e-9;
    const auto first = static_cast<int>(std::floor(std::log10(low)));
    const auto last = static_cast<int>(std::ceil(std::log10(high)));
    for (int exponent = first; exponent <= last; ++exponent) {
        const double decade = std::pow(10.0, exponent);
        for (int factor = 1; factor <= 9; ++factor) {
            const double value = decade * factor;
            if (value >= low * (1 - slack) && value <= high * (1 + slack))
                (factor == 1 ? ticks.major : ticks.minor).push_back(value);
        }
    }
    return ticks;
}

double roundUp125(double value)
{
    return roundUpTo(std::array{1.0, 2.0, 5.0}, value);
}

double roundDown125(double value)
{
    const double decade = std::pow(10.0, std::floor(std::log10(value)));
    for (const double factor : {10.0, 5.0, 2.0}) {
        if (decade * factor <= value * (1 + 1e-9))
            return decade * factor;
    }
    return decade;
}

Duration timeStep(Duration least)
{
    using namespace std::chrono_literals;
    static constexpr std::array<Duration, 17> kLongSteps = {
        1s, 2s, 5s, 10s, 15s, 30s, 1min, 2min, 5min, 10min, 15min, 30min, 1h, 2h, 3h, 6h, 12h};
    if (least <= 500ms) {
        for (std::int64_t decade = 1;; decade *= 10) {
            for (const int factor : {1, 2, 5}) {
                if (Duration(decade * factor) >= least)
                    return Duration(decade * factor);
            }
        }
    }
    for (const Duration step : kLongSteps) {
        if (step >= least)
            return step;
    }
    const Duration day = 24h;
    const double days = static_cast<double>(least.count()) / static_cast<double>(day.count());
    return day * static_cast<std::int64_t>(days <= 1 ? 1 : std::llround(roundUp125(days)));
}

std::vector<Instant> timeTicks(TimeRange range, Duration step)
{
    HALFOPEN_CHECK(step > Duration(0));
    std::vector<Instant> ticks;
    const std::int64_t unit = step.count();
    const std::int64_t first = (range.from.ns() + unit - 1) / unit * unit;
    for (std::int64_t t = first; t <= range.to.ns(); t += unit)
        ticks.push_back(Instant::fromNs(t));
    return ticks;
}

} // namespace halfopen
