// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/run/run_record.h"
#include "ui/geometry/time_axis.h"
#include "ui/models/record_ptr.h"

#include <QString>

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace halfopen {

/// Indices into RunRecord::edges, ascending.
using EdgeSet = std::vector<std::uint32_t>;

/// The edges that clients begin.
EdgeSet clientEdges(const RunRecord &record);
/// "web → orders" for "web -> orders".
QString edgeLabel(const std::string &edgeName);

/// Indices [first, last) of a list.
struct IndexRange {
    std::size_t first = 0;
    std::size_t last = 0;
    bool isEmpty() const { return last <= first; }
    std::size_t size() const { return isEmpty() ? 0 : last - first; }
    friend bool operator==(const IndexRange &, const IndexRange &) = default;
};

/// The buckets that share time with \a range, the open one included.
IndexRange bucketsIn(const RunRecord &record, TimeRange range);

/// From the beginning of the first of these buckets to the end of the last.
TimeRange rangeOf(const RunRecord &record, IndexRange which);
/// Sums over a range are sums over the buckets that share time with it. Where those hold noticeably more time than
/// \a asked, it says from when to when ("29.7 s to 30.3 s"); else it is empty.
QString countedRangeText(const RunRecord &record, TimeRange asked);

/// True when \a b is a later (or the same) snapshot of the run that \a a shows, so that what was
/// computed for the closed buckets and the old transitions of \a a still holds.
bool isSameRun(const RecordPtr &a, const RecordPtr &b);

/// The latency of calls.
struct LatencyParts {
    Histogram good; ///< success and fallback
    Histogram bad;  ///< everything else
    std::uint64_t count() const { return good.count() + bad.count(); }
};
/// Adds the buckets \a which of \a edges to \a parts.
void addLatency(const RunRecord &record, std::span<const std::uint32_t> edges, IndexRange which,
                LatencyParts &parts);
/// The retry delays decided on \a edges in the buckets \a which: all of them, not a sample.
Histogram retryDelaysIn(const RunRecord &record, std::span<const std::uint32_t> edges,
                        IndexRange which);

} // namespace halfopen
