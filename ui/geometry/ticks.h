// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/geometry/time_axis.h"

#include <vector>

namespace halfopen {

/// Round numbers from 0 to at least the wanted maximum, as far apart as report::roundStep() says, so that at most a quarter of an
/// axis lies above its data.
struct LinearTicks {
    double step = 1;
    double top = 1;             ///< the last tick
    std::vector<double> values; ///< 0, step, ..., top
};
/// \a max >= 0 (0 gives 0 to 1); at most \a most + 1 ticks, \a most >= 1.
LinearTicks linearTicks(double max, int most);
/// The same for whole things such as calls: no step below 1, and whole steps of 1, 2 or 5 times a power of ten where others would not be
/// whole.
LinearTicks countTicks(double max, int most);

/// Where a logarithmic axis is labelled (decades) and where it only has a line (2 to 9 times a
/// decade).
struct LogTicks {
    std::vector<double> major;
    std::vector<double> minor;
};
/// 0 < \a low < \a high. Both ends count.
LogTicks logTicks(double low, double high);
/// The nearest of 1, 2 and 5 times a power of ten at or below, and at or above, \a value > 0.
double roundDown125(double value);
double roundUp125(double value);

/// The shortest step a person would choose (1, 2, 5 x 10^k below a second; 1, 2, 5, 10, 15, 30 of
/// seconds and minutes; 1, 2, 3, 6, 12 hours, then days) that is not below \a least.
Duration timeStep(Duration least);
/// The multiples of \a step in [from, to], both ends included. \a step > 0.
std::vector<Instant> timeTicks(TimeRange range, Duration step);

} // namespace halfopen
