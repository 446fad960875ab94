// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QScrollBar;
class QWheelEvent;
class QWidget;

namespace halfopen {

/// What the wheel is being turned for. What a turn has begun with it goes on with, also when something else slides under the
/// pointer meanwhile: a turn ends when the wheel has rested for 300 ms.
class WheelTurn {
public:
    enum class Use { None, Scroll, Zoom };

    /// Of the turn that is going on; None when the next step of the wheel begins one.
    static Use current();
    static void note(Use use);
};

/// The scroll bar of the nearest area around \a widget that has more than it can show; null if there is none.
QScrollBar *scrollBarAround(const QWidget *widget);

/// What a step of the wheel over a chart of time is for. Ctrl always zooms. Otherwise the wheel zooms, unless the whole run is
/// in view already: then it scrolls the column around the chart as far as that goes.
WheelTurn::Use useOfWheel(const QWidget *chart, const QWheelEvent &event, bool isWholeRunVisible);

} // namespace halfopen
