// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/call_lanes.h"

#include "ui/models/call_story.h"

#include <algorithm>
#include <cmath>

namespace halfopen {

namespace {

/// The first call that ends after \a at: calls are recorded in the order in which they end.
std::size_t firstEndingAfter(const RunRecord &record, Instant at)
{
    std::size_t low = 0;
    std::size_t high = record.calls.size();
    while (low < high) {
        const std::size_t middle = low + (high - low) / 2;
        if (record.calls[middle].end <= at)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/// Which pixels of the lanes are taken.
class Places {
public:
    Places(int lanes, const TimeAxis &axis)
        : m_left(static_cast<int>(std::floor(axis.left())) - kLaneItemLeast),
          m_columns(static_cast<int>(std::ceil(axis.width())) + 3 * kLaneItemLeast),
          m_taken(static_cast<std::size_t>(std::max(0, lanes)),
                  std::vector<char>(static_cast<std::size_t>(m_columns), 0))
    {}
    /// The uppermost lane with room, which is taken then; -1 = none.
    int take(PixelSpan span)
    {
        const int from = std::clamp(span.from - m_left, 0, m_columns);
        const int to = std::clamp(span.to - m_left + 1, 0, m_columns); // a pixel of air
        for (std::size_t lane = 0; lane < m_taken.size(); ++lane) {
            auto &row = m_taken[lane];
            if (std::find(row.begin() + from, row.begin() + to, 1) != row.begin() + to)
                continue;
            std::fill(row.begin() + from, row.begin() + to, 1);
            return static_cast<int>(lane);
        }
        return -1;
    }

private:
    int m_left;
    int m_columns;
    std::vector<std::vector<char>> m_taken;
};

} // namespace

CallLanes layLanes(const RunRecord &record, std::span<const std::uint32_t> edges, const TimeAxis &axis, int lanes,
                   bool onlyTroubled)
{
    CallLanes result;
    Places places(lanes, axis);
    const TimeRange range = axis.range();
    std::vector<std::size_t> others;
    const auto place = [&](std::size_t index) {
        const CallTrace &call = record.calls[index];
        PixelSpan span = pixelsOf({call.start, call.end + Duration(1)}, axis);
        span.to = std::max(span.to, span.from + kLaneItemLeast);
        if (const int lane = places.take(span); lane >= 0)
            result.items.push_back({index, lane, span});
        else
            ++result.hidden;
    };
    for (std::size_t i = firstEndingAfter(record, range.from); i < record.calls.size(); ++i) {
        const CallTrace &call = record.calls[i];
        if (call.start >= range.to || std::find(edges.begin(), edges.end(), call.edge) == edges.end())
            continue;
        const bool troubled = isTroubled(call);
        if (!troubled && onlyTroubled)
            continue;
        ++result.visible;
        if (troubled)
            place(i);
        else
            others.push_back(i);
    }
    for (const std::size_t index : others)
        place(index);
    return result;
}

} // namespace halfopen
