// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

namespace halfopen {

/// Round numbers around a range that need not begin at 0: 1, 2, 2.5 or 5 times a power of ten apart.
struct RangeTicks {
    double low = 0;             ///< the first tick, at or below the range
    double high = 1;            ///< the last tick, at or above it
    std::vector<double> values; ///< low, ..., high
};
/// \a low <= \a high, both finite; a range without length gets some around its value. At most \a most + 2 ticks,
/// \a most >= 1. A range that begins near 0 (as seen from its end) begins at 0.
RangeTicks rangeTicks(double low, double high, int most);

} // namespace halfopen
