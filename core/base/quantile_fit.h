// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/distributions.h"
#include "core/base/result.h"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace halfopen {

/// A measured percentile: the share of all values that are at most `value`.
struct QuantilePoint {
    double probability = 0; ///< strictly between 0 and 1
    Duration value{};       ///< > 0
};

/// One family, fitted.
struct FittedFamily {
    std::string family; ///< "lognormal", "gamma", "weibull", "two lognormals"
    std::string yaml;   ///< what a scenario says for it: "{ lognormal: { median: 12.1ms, sigma: 0.872 } }"
    Distribution distribution;
    std::vector<Duration> values; ///< its quantiles at the given points
    double misfit = 0;            ///< root mean square of ln(fitted / given) over the points; 0.1 is about 10 %
};

struct QuantileFit {
    std::vector<QuantilePoint> points; ///< in order of probability
    std::vector<FittedFamily> families; ///< the chosen one first, the others by misfit
    const FittedFamily &best() const { return families.front(); }
};

/// Fits lognormal, gamma and Weibull to percentiles by least squares in the logarithms of the quantiles, so that 10 % off
/// weighs as much at p50 as at p99; from five points on also a mixture of two lognormals.
///
/// The smallest misfit wins, but the mixture with its five parameters must at least halve that of the others. All arithmetic
/// is that of core/base/portable_math.h, the same bits everywhere, and the parameters are rounded to four digits before the
/// distribution is made: the text in `yaml` gives exactly the distribution that is used.
/// The errors name the point: fewer than two, times that do not rise, a share that is not between 0 and 1.
[[nodiscard]] Result<QuantileFit> fitQuantiles(std::vector<QuantilePoint> points);

/// Percentiles of measured times, from p10 as far out as so many can tell: p99 needs 1000 values, p99.9 10 000.
[[nodiscard]] Result<std::vector<QuantilePoint>> percentilesOf(std::vector<Duration> values);

/// "p50", "p99.9", "p99_9" as a probability; an error for anything else.
[[nodiscard]] Result<double> parsePercentileName(std::string_view name);
/// 0.999 as "p99.9".
[[nodiscard]] std::string percentileName(double probability);

/// One line: the chosen family and how far it is off at each point.
[[nodiscard]] std::string describeFit(const QuantileFit &fit);

} // namespace halfopen
