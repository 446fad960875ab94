// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/policies/policy_event.h"
#include "ui/geometry/decimation.h"
#include "ui/geometry/time_axis.h"

#include <span>
#include <vector>

namespace halfopen {

/// A breaker enters a state at an instant and stays in it until the next change.
struct StateChange {
    Instant at;
    BreakerState to = BreakerState::Closed;
};

/// A stretch of pixels in which a breaker is drawn in one state.
struct StateSpan {
    PixelSpan pixels;
    BreakerState state = BreakerState::Closed;
    friend bool operator==(const StateSpan &, const StateSpan &) = default;
};

/// How loudly a state speaks when several share a pixel: OPEN and FORCED_OPEN before HALF_OPEN
/// before the rest.
int statePriority(BreakerState state);

/// The row of one breaker, left to right without gaps or overlaps, from the axis' beginning (or the
/// run's) to \a now. Edges are exact to the pixel. A state that lasts less than a pixel still gets
/// one whole pixel; where several such states fall into one pixel the one with the highest priority
/// is drawn, so no OPEN is ever lost. \a changes are ordered by time; before the first the breaker
/// is in \a initial.
std::vector<StateSpan> stateSpans(std::span<const StateChange> changes, Instant now,
                                  const TimeAxis &axis, BreakerState initial = BreakerState::Closed);

} // namespace halfopen
