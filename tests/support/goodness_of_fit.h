// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <cmath>
#include <vector>

namespace halfopen::test {

/// Kolmogorov-Smirnov distance of \a samples to the uniform distribution on [lo, hi], times sqrt(n).
/// Over 1.63 happens by chance once in 100 samples of a true uniform source, over 1.95 once in 1000.
/// Source: D. E. Knuth, "The Art of Computer Programming", vol. 2, section 3.3.1.
inline double ksUniform(std::vector<double> samples, double lo, double hi)
{
    std::sort(samples.begin(), samples.end());
    const auto n = static_cast<double>(samples.size());
    double distance = 0;
    for (std::size_t i = 0; i < samples.size(); ++i) {
        const double expected = (samples[i] - lo) / (hi - lo);
        distance = std::max({distance, (static_cast<double>(i) + 1) / n - expected,
                             expected - static_cast<double>(i) / n});
    }
    return distance * std::sqrt(n);
}

} // namespace halfopen::test
