// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/report/figures.h"
#include "core/report/plot.h"
#include "core/report/run_series.h"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace halfopen::report {

/// The charts of the HTML report, each a track: words and legend on the left, an SVG picture on the
/// right. All tracks share one time axis. The values that the pointer reads off are collected as
/// JSON for the page's script; without the script every chart is complete.
class ChartBuilder {
public:
    using Edges = std::span<const std::uint32_t>;

    /// Keeps a reference to \a record.
    explicit ChartBuilder(const RunRecord &record);

    /// The faults and the changed settings, with their names. Empty when there were none.
    std::string inputsTrack() const;
    std::string outcomesTrack(std::string_view title, Edges edges);
    std::string loadTrack(std::string_view title, Edges edges);
    std::string latencyTrack(std::string_view title, Edges edges);
    /// Every recorded retry as a dot. Empty when there were none.
    std::string retryTrack() const;
    std::string serviceTrack(std::size_t service);
    /// A band per breaker with exact edges. A fleet gets a chart of how many are open, and the
    /// bands of the processes that tripped most.
    std::string breakerTracks(const BreakerGroup &group) const;
    /// The share of calls slower than x, both axes logarithmic.
    std::string slowerThanTrack(std::string_view title, Edges edges) const;

    /// {"t":[...],"w":[...],"charts":{"c1":[{"n":"p99","u":"time","v":[...]}]}}: safe inside a
    /// script element.
    std::string hoverData() const;

private:
    std::string bandsTrack(const BreakerGroup &group) const;
    std::string openCountTrack(const BreakerGroup &group) const;

    const RunRecord &m_record;
    TimeColumns m_columns;
    double m_end; ///< seconds of the time axis
    HoverData m_hover;
};

} // namespace halfopen::report
