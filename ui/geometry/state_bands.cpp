// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/geometry/state_bands.h"

#include <algorithm>

namespace halfopen {

namespace {

/// Appends \a span; neighbours of one state become one span.
void append(std::vector<StateSpan> &row, StateSpan span)
{
    if (span.pixels.to <= span.pixels.from)
        return;
    if (!row.empty() && row.back().state == span.state && row.back().pixels.to >= span.pixels.from)
        row.back().pixels.to = std::max(row.back().pixels.to, span.pixels.to);
    else
        row.push_back(span);
}

/// Lays \a span over the right end of \a row. Only its first pixel can be taken already.
void lay(std::vector<StateSpan> &row, StateSpan span)
{
    if (row.empty() || row.back().pixels.to <= span.pixels.from) {
        append(row, span);
        return;
    }
    StateSpan &last = row.back();
    const int taken = last.pixels.to;
    if (statePriority(span.state) > statePriority(last.state)) {
        last.pixels.to = span.pixels.from;
        if (last.pixels.to <= last.pixels.from)
            row.pop_back();
        append(row, span);
    } else {
        span.pixels.from = taken;
        append(row, span);
    }
}

} // namespace

int statePriority(BreakerState state)
{
    switch (state) {
    case BreakerState::ForcedOpen:
        return 4;
    case BreakerState::Open:
        return 3;
    case BreakerState::HalfOpen:
        return 2;
    case BreakerState::Disabled:
    case BreakerState::MetricsOnly:
        return 1;
    case BreakerState::Closed:
        return 0;
    }
    return 0;
}

std::vector<StateSpan> stateSpans(std::span<const StateChange> changes, Instant now,
                                  const TimeAxis &axis, BreakerState initial)
{
    std::vector<StateSpan> row;
    const TimeRange visible = axis.range();
    const auto after = [](Instant t, const StateChange &change) { return t < change.at; };
    auto next = std::upper_bound(changes.begin(), changes.end(), visible.from, after);
    BreakerState state = next == changes.begin() ? initial : std::prev(next)->to;
    Instant from = visible.from;
    while (true) {
        const bool isLast = next == changes.end() || next->at >= std::min(now, visible.to);
        const Instant to = isLast ? std::min(now, visible.to) : next->at;
        if (from <= to)
            lay(row, {pixelsOf({from, to}, axis), state});
        if (isLast)
            break;
        from = next->at;
        state = next->to;
        ++next;
    }
    return row;
}

} // namespace halfopen
