// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace halfopen::verify {

/// Durations in ns that were measured one by one, for exact statistics.
class Samples {
public:
    Samples() = default;
    explicit Samples(std::vector<std::int64_t> ns) : m_ns(std::move(ns)) {}

    void add(std::int64_t ns) { m_ns.push_back(ns), m_isSorted = false; }
    void reserve(std::size_t count) { m_ns.reserve(count); }
    std::size_t count() const { return m_ns.size(); }
    double meanSeconds() const;
    /// Of the population: the mean square less the square of the mean, s^2.
    double varianceSeconds2() const;
    /// The smallest value v such that at least the share \a q of the values are <= v. 0 without values.
    double quantileSeconds(double q);
    double maxSeconds() const;
    double minSeconds() const;
    /// The share of the values above \a ns.
    double shareAbove(std::int64_t ns) const;

    /// The statistic of this name: "mean_s", "p99.9_s" (or "p99_9_s"), "p50_ms", "max_s", "min_s", "variance_s2", "sd_s" or "count".
    /// Empty if there is none of that name.
    std::optional<double> statistic(std::string_view name);

    /// What an observer who should have asked every \a expected sees: a value v above it stands also for those who would
    /// have waited v - expected, v - 2 expected, ... as long as that is at least \a expected.
    /// Source: G. Tene, HdrHistogram, recordValueWithExpectedInterval().
    Samples correctedForCoordinatedOmission(std::int64_t expectedNs) const;

private:
    std::vector<std::int64_t> m_ns;
    bool m_isSorted = false;
};

} // namespace halfopen::verify
