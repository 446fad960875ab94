// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/instant.h"

#include <cstdint>
#include <limits>
#include <string>

namespace halfopen::report {

/// What a number is of, which says in which unit a person is told it.
enum class Quantity : std::uint8_t { Share, Seconds, Count, PerSecond, Ratio };

/// A number as a person is told it, with the half width of its 95 % interval in the same unit and to the same place. The one rule for
/// the command line, the pages and the desktop, which only write it in their own words and signs.
struct Told {
    enum class Unit : std::uint8_t { None, Percent, Points, Times, PerSecond, Seconds, Milliseconds, Microseconds, Nanoseconds };
    Unit unit = Unit::None;
    double value = std::numeric_limits<double>::quiet_NaN();     ///< in that unit, rounded; NaN = nothing was measured
    double halfWidth = std::numeric_limits<double>::quiet_NaN(); ///< the same; NaN = not known
    int decimals = 0;      ///< of both
    bool isWithin = false; ///< no more is known than that it is at most that much
};

/// A mean of \a count runs and the half width of its interval. The last place is that of the second digit of the half width, because
/// further ones say nothing; that of its first digit, rounded up, where the second would be finer than a thousandth of the unit; without
/// one (NaN, or 0 for values that are all the same) three digits. Never finer than the place of \a step, in which the number is known
/// (0 = exactly), and never more than five digits; where that cuts the half width, it is rounded up, so that no interval is told as
/// narrower than it is.
Told tell(Quantity quantity, double mean, double halfWidth, std::size_t count, Duration step = Duration(0));
/// The same of a difference: those of shares are percentage points.
Told tellDifference(Quantity quantity, double mean, double halfWidth, std::size_t count, Duration step = Duration(0));
/// A time of which only is known that it lies between \a time - \a step and \a time: never told below \a time.
Told tellInSteps(Duration time, Duration step);

/// Also the rounded numbers leave 0 out: "+0.020 ±0.020" is told of no difference, whatever the digits behind are.
bool isClearAsTold(const Told &told);

/// "93.2 %", "380 ±18 ms", "within 300 ms", "1 min 20 s", "-". A difference has a sign: "+0.57 ±0.71 pt", "−80.5 ±9.9 ms", "0 ms".
std::string toldText(const Told &told, bool isDifference = false);

} // namespace halfopen::report
