// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/wide.h"

#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string_view>
#include <vector>

namespace halfopen::verify {

/// Durations in ns, 0 or more, that were measured one by one.
///
/// Up to a limit every value is kept, and all statistics are exact. Beyond it values are counted in bins, 16 384 to a power of two:
/// count, mean, least and greatest value stay exact, a quantile is the middle of its bin and so at most 1/32 768 (0.003 %) of
/// itself off the exact rank, and the variance at most as much of the mean square. Memory is bounded by 128 MiB.
class Samples {
public:
    static constexpr std::size_t kExactMax = std::size_t{1} << 24;

    Samples() = default;
    /// Counts in bins from \a exactMax + 1 values on.
    static Samples exactUpTo(std::size_t exactMax);

    void add(std::int64_t ns, std::uint64_t times = 1);
    /// As if all values of \a other were added here: replications are pooled, never averaged.
    void merge(const Samples &other);
    void reserve(std::size_t count);

    std::uint64_t count() const { return m_count; }
    bool isExact() const { return m_bins.empty(); }
    double meanSeconds() const;
    /// Of the population: the mean square less the square of the mean, s^2.
    double varianceSeconds2() const;
    /// The smallest value v such that at least the share \a q of the values are <= v. 0 without values.
    double quantileSeconds(double q) const;
    double maxSeconds() const { return static_cast<double>(m_max) * 1e-9; }
    double minSeconds() const { return m_count == 0 ? 0 : static_cast<double>(m_min) * 1e-9; }
    /// The share of the values above \a ns; in bins those in the bin of \a ns are left out.
    double shareAbove(std::int64_t ns) const;

    /// The statistic of this name: "mean_s", "p99.9_s" (also "p99_9_s" and "p999_s"), "median_s", "max_s", "min_s", "sd_s",
    /// "variance_s2", "cv" or "count". Empty if there is none of that name; other units: metric_name.h.
    std::optional<double> statistic(std::string_view name) const;

    /// What an observer who should have asked every \a expected sees: a value v above it stands also for those who would
    /// have waited v - expected, v - 2 expected, ... as long as that is at least \a expected.
    /// Source: G. Tene, HdrHistogram, recordValueWithExpectedInterval().
    Samples correctedForCoordinatedOmission(std::int64_t expectedNs) const;

private:
    template <typename Visit> void forEach(Visit &&visit) const; ///< visit(ns, times)
    void countInBins();

    std::size_t m_exactMax = kExactMax;
    mutable std::vector<std::int64_t> m_ns; ///< sorted by the first question that needs it
    mutable bool m_isSorted = false;
    std::vector<std::uint64_t> m_bins; ///< empty while all values are kept
    std::uint64_t m_count = 0;
    UnsignedWide m_sum = 0;
    std::int64_t m_min = std::numeric_limits<std::int64_t>::max();
    std::int64_t m_max = 0;
};

} // namespace halfopen::verify
