// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/geometry/decimation.h"
#include "ui/models/record_slices.h"

#include <cstddef>
#include <span>
#include <vector>

namespace halfopen {

/// A sampled call in its place.
struct LaneItem {
    std::size_t call = 0; ///< index into RunRecord::calls
    int lane = 0;         ///< 0 = topmost
    PixelSpan pixels;     ///< at least kLaneItemLeast wide
};

/// Sampled calls laid into lanes so that none covers another.
struct CallLanes {
    std::vector<LaneItem> items;
    std::size_t visible = 0; ///< calls that share time with the axis, of the chosen edges
    std::size_t hidden = 0;  ///< of them without a place: nearer, they would have one
};

/// A call is drawn at least so many pixels wide, so that it can be seen and pointed at.
inline constexpr int kLaneItemLeast = 4;

/// Troubled calls get their places first and so lie uppermost; among equals the earlier ends first.
/// \a onlyTroubled leaves the others out, as if they were not there.
CallLanes layLanes(const RunRecord &record, std::span<const std::uint32_t> edges, const TimeAxis &axis, int lanes,
                   bool onlyTroubled);

} // namespace halfopen
