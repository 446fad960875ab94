// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/report/figures.h"

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace halfopen::report {

/// The columns of a chart over time: the record's buckets, joined in groups of equal number where
/// there are more than a chart has room for. Nothing is sampled: every call is in exactly one
/// column.
struct TimeColumns {
    std::vector<double> from;  ///< seconds
    std::vector<double> width; ///< seconds; the last may be shorter
    std::size_t group = 1;     ///< buckets per column
    std::size_t size() const { return from.size(); }
};
TimeColumns timeColumns(const RunRecord &record, std::size_t columnsMax);

/// Calls of some edges over time. Rates are per second of virtual time.
struct CallSeries {
    std::vector<double> offered, attempts, retries, good;
    std::array<std::vector<double>, kOutcomeKinds> ended;
    /// Seconds, one series per kPercentiles, of every call ended in the column (true percentiles of
    /// the merged histograms, never means of percentiles); NaN where no call ended.
    std::array<std::vector<double>, std::size(kPercentiles)> latency;
};
CallSeries callSeries(const RunRecord &record, const TimeColumns &columns,
                      std::span<const std::uint32_t> edges);

/// One service over time.
struct ServiceSeries {
    std::vector<double> utilisation; ///< 0..1
    std::vector<double>
        wasted; ///< 0..1: the part of the column's completed work that nobody waited for
    std::vector<double> queue; ///< mean requests waiting
    std::vector<double> queueMax;
};
/// \a workers is the number of all instances' workers, at least 1.
ServiceSeries serviceSeries(const RunRecord &record, const TimeColumns &columns,
                            std::size_t service, std::int64_t workers);

} // namespace halfopen::report
