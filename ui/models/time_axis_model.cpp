// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/time_axis_model.h"

#include <algorithm>
#include <cmath>

namespace halfopen {

namespace {

/// Moves and, if needed, shortens \a range so that it lies within \a whole.
TimeRange clamped(TimeRange range, TimeRange whole)
{
    Duration length = std::max(range.length(), TimeAxisModel::kSmallestRange);
    length = std::min(length, whole.length());
    const Instant from = std::clamp(range.from, whole.from, whole.to - length);
    return {from, from + length};
}

} // namespace

TimeAxisModel::TimeAxisModel(QObject *parent) : QObject(parent)
{
    m_visible = wholeRun();
}

TimeRange TimeAxisModel::wholeRun() const
{
    const Duration shortest = std::chrono::seconds(1);
    const Duration length = std::max(m_duration, m_now.sinceStart());
    return {Instant(), Instant(length > Duration(0) ? length : shortest)};
}

void TimeAxisModel::setRun(Duration duration, Instant now)
{
    if (duration == m_duration && now == m_now)
        return;
    m_duration = duration;
    m_now = now;
    applyMode();
}

void TimeAxisModel::setVisibleRange(TimeRange range)
{
    setMode(Mode::Manual);
    moveTo(range);
}

void TimeAxisModel::setFollowing(bool on)
{
    setMode(on ? Mode::Follow : Mode::Manual);
    applyMode();
}

void TimeAxisModel::showAll()
{
    setMode(Mode::All);
    applyMode();
}

void TimeAxisModel::showSelection()
{
    if (!m_selection)
        return;
    const Duration room = m_selection->length() / 20;
    setVisibleRange({m_selection->from - room, m_selection->to + room});
}

void TimeAxisModel::zoom(double factor, Instant around)
{
    if (!(factor > 0) || !std::isfinite(factor))
        return;
    const auto scaled = [factor](Duration d) {
        return Duration(std::llround(static_cast<double>(d.count()) * factor));
    };
    const TimeRange old = m_visible;
    const double wanted = static_cast<double>(old.length().count()) * factor;
    if (wanted >= static_cast<double>(wholeRun().length().count())) {
        showAll();
        return;
    }
    if (wanted < static_cast<double>(kSmallestRange.count()))
        return;
    const Instant from = around - scaled(around - old.from);
    setVisibleRange({from, from + scaled(old.length())});
}

void TimeAxisModel::pan(double fraction)
{
    const double shift = static_cast<double>(m_visible.length().count()) * fraction;
    const Duration by(std::llround(shift));
    const TimeRange target = clamped({m_visible.from + by, m_visible.to + by}, wholeRun());
    if (target != m_visible)
        setVisibleRange(target);
}

void TimeAxisModel::setCursor(std::optional<Instant> at)
{
    if (m_cursor == at)
        return;
    m_cursor = at;
    emit cursorChanged();
}

void TimeAxisModel::setSelection(TimeRange range)
{
    if (range.isEmpty()) {
        clearSelection();
        return;
    }
    const TimeRange whole = wholeRun();
    range.from = std::clamp(range.from, whole.from, whole.to);
    range.to = std::clamp(range.to, whole.from, whole.to);
    if (range.isEmpty() || m_selection == range)
        return;
    m_selection = range;
    emit selectionChanged();
}

void TimeAxisModel::clearSelection()
{
    if (!m_selection)
        return;
    m_selection.reset();
    emit selectionChanged();
}

void TimeAxisModel::moveTo(TimeRange range)
{
    range = clamped(range, wholeRun());
    if (range == m_visible)
        return;
    m_visible = range;
    emit visibleRangeChanged();
}

void TimeAxisModel::setMode(Mode mode)
{
    if (mode == m_mode)
        return;
    m_mode = mode;
    emit modeChanged();
}

void TimeAxisModel::applyMode()
{
    switch (m_mode) {
    case Mode::All:
        moveTo(wholeRun());
        break;
    case Mode::Follow:
        moveTo({m_now - m_visible.length(), m_now});
        break;
    case Mode::Manual:
        moveTo(m_visible); // a restarted run may be shorter
        break;
    }
}

} // namespace halfopen
