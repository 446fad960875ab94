// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/geometry/state_bands.h"
#include "ui/models/record_slices.h"

#include <optional>
#include <vector>

namespace halfopen {

/// All breakers of one layer of one edge: one, or one per process of a fleet.
struct BreakerGroup {
    QString name; ///< without the number of the process
    std::uint32_t edge = 0;
    std::uint32_t layer = 0;
    std::vector<std::uint32_t> members; ///< indices into RunRecord::breakers
    bool isFleet() const { return members.size() > 1; }
};

/// Whether each of the group judges one instance of a service: OPEN then means ejected.
bool isOfInstances(const RunRecord &record, const BreakerGroup &group);
/// "3 of 40 open", "1 of 8 ejected".
QString openText(const RunRecord &record, const BreakerGroup &group, std::uint32_t open);

/// How many breakers of a fleet are in which state.
struct FleetCounts {
    std::uint32_t open = 0; ///< FORCED_OPEN too
    std::uint32_t halfOpen = 0;
    friend bool operator==(const FleetCounts &, const FleetCounts &) = default;
};

/// A stretch of pixels with the most breakers open, and the most half-open, at any instant in it.
struct FleetSpan {
    PixelSpan pixels;
    FleetCounts most;
};

/// The states of all breakers over time, brought up to date from snapshot to snapshot at the cost
/// of the new transitions only.
class BreakerTimeline {
public:
    void update(const RecordPtr &record);

    const std::vector<BreakerGroup> &groups() const { return m_groups; }
    /// The changes of one breaker, in order of time.
    std::span<const StateChange> changes(std::uint32_t breaker) const
    {
        return m_rows[breaker].changes;
    }
    /// Before the first change.
    BreakerState initial(std::uint32_t breaker) const { return m_rows[breaker].initial; }
    BreakerState stateAt(std::uint32_t breaker, Instant at) const;
    FleetCounts countsAt(std::size_t group, Instant at) const;
    std::vector<FleetSpan> fleetSpans(std::size_t group, Instant now, const TimeAxis &axis) const;

    /// The transition of \a breaker that is drawn nearest to \a pixel, at most \a reach pixels
    /// away.
    std::optional<std::size_t> transitionNear(std::uint32_t breaker, double pixel, double reach,
                                              const TimeAxis &axis) const;
    /// The transition of any member of \a group nearest to \a pixel.
    std::optional<std::size_t> groupTransitionNear(std::size_t group, double pixel, double reach,
                                                   const TimeAxis &axis) const;
    /// The first transition of the run after, or the last before, \a at.
    std::optional<std::size_t> nextAfter(Instant at) const;
    std::optional<std::size_t> previousBefore(Instant at) const;

private:
    struct Row {
        BreakerState initial = BreakerState::Closed;
        std::vector<StateChange> changes;
        std::vector<std::size_t> transitions; ///< index into RunRecord::transitions, beside changes
    };
    struct Fleet {
        FleetCounts initial; ///< before the first change
        std::vector<Instant> at;
        std::vector<FleetCounts> counts;      ///< from `at` on
        std::vector<std::size_t> transitions; ///< beside `at`
    };
    void rebuildGroups();
    void append(std::size_t index);

    RecordPtr m_record;
    std::size_t m_taken = 0; ///< transitions already in the rows
    std::vector<BreakerGroup> m_groups;
    std::vector<std::size_t> m_groupOf; ///< by breaker
    std::vector<Row> m_rows;
    std::vector<Fleet> m_fleets; ///< by group
};

} // namespace halfopen
