// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/instant.h"
#include "ui/geometry/time_axis.h"

#include <QObject>

#include <optional>

namespace halfopen {

/// The time axis that all views share: what stretch of the run is visible, where the cursor stands,
/// and which stretch is selected. One per window. Each setter emits only when something really
/// changed.
///
/// The owner of the record calls setRun() with every new snapshot; views never do.
class TimeAxisModel : public QObject {
    Q_OBJECT
public:
    enum class Mode {
        All,    ///< the whole run, from 0 to its end
        Follow, ///< a window of constant length whose right end is `now`
        Manual, ///< what the user zoomed or panned to
    };
    Q_ENUM(Mode)

    /// No zoom shows less than this.
    static constexpr Duration kSmallestRange = std::chrono::microseconds(1);

    explicit TimeAxisModel(QObject *parent = nullptr);

    /// The run reached \a now of \a duration. In mode All and Follow this may move the visible
    /// range.
    void setRun(Duration duration, Instant now);
    /// From 0 to the longer of the run's duration and `now`. At least 1 s, so that an empty chart
    /// has an axis.
    TimeRange wholeRun() const;
    Instant now() const { return m_now; }

    TimeRange visibleRange() const { return m_visible; }
    /// Clamped to the whole run; turns Follow and All off.
    void setVisibleRange(TimeRange range);
    Mode mode() const { return m_mode; }
    bool isFollowing() const { return m_mode == Mode::Follow; }
    /// On: keeps the visible length and moves the window so that it ends at `now`.
    void setFollowing(bool on);
    void showAll();
    /// Shows the selection with a little room at both sides; without one nothing happens.
    void showSelection();
    /// The range becomes \a factor times as long (below 1 = closer); \a around stays where it is
    /// drawn.
    void zoom(double factor, Instant around);
    /// Moves by \a fraction of the visible length; positive = later.
    void pan(double fraction);

    std::optional<Instant> cursor() const { return m_cursor; }
    void setCursor(std::optional<Instant> at);

    std::optional<TimeRange> selection() const { return m_selection; }
    /// An empty range clears the selection.
    void setSelection(TimeRange range);
    void clearSelection();
    /// What distributions and totals are about: the selection, or without one the visible range.
    TimeRange focusRange() const { return m_selection.value_or(m_visible); }

signals:
    void visibleRangeChanged();
    void modeChanged();
    void cursorChanged();
    void selectionChanged();

private:
    void moveTo(TimeRange range);
    void setMode(Mode mode);
    void applyMode();

    Duration m_duration{};
    Instant m_now;
    Mode m_mode = Mode::All;
    TimeRange m_visible;
    std::optional<Instant> m_cursor;
    std::optional<TimeRange> m_selection;
};

} // namespace halfopen
