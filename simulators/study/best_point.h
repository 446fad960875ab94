// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "simulators/study/measured.h"

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

namespace halfopen {

/// The point of a sweep that is best by a metric, and what that is worth: the one where the metric was measured with the most seeds (a
/// point that recovers with one seed of three is no better than one that always does), and among those the one with the best mean.
struct BestPoint {
    std::size_t point = 0;
    /// Other points that may be as good: the 95 % confidence interval of their difference, paired by seed, holds 0. With one seed only
    /// those that are exactly as good, because nothing is known about the noise.
    std::size_t asGood = 0;
    bool isNoiseKnown = false; ///< it was measured with at least two seeds
};

/// \a values are by point, then by seed; NaN where nothing was measured. Empty when neither way is better, when nothing was measured and
/// when no other point is worse.
std::optional<BestPoint> bestPoint(std::span<const std::vector<double>> values, Better better);

} // namespace halfopen
