// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/wheel_turn.h"

#include <QAbstractScrollArea>
#include <QElapsedTimer>
#include <QScrollBar>
#include <QWheelEvent>
#include <QWidget>

namespace halfopen {

namespace {

constexpr qint64 kTurnEndsAfter = 300; // ms

// One wheel, one pointer; the GUI thread only.
WheelTurn::Use g_use = WheelTurn::Use::None;
QElapsedTimer g_sinceLastStep;

} // namespace

WheelTurn::Use WheelTurn::current()
{
    return g_sinceLastStep.isValid() && g_sinceLastStep.elapsed() < kTurnEndsAfter ? g_use : Use::None;
}

void WheelTurn::note(Use use)
{
    g_use = use;
    g_sinceLastStep.start();
}

QScrollBar *scrollBarAround(const QWidget *widget)
{
    for (QWidget *around = widget->parentWidget(); around; around = around->parentWidget()) {
        const auto *area = qobject_cast<QAbstractScrollArea *>(around);
        if (area && area->verticalScrollBar()->maximum() > area->verticalScrollBar()->minimum())
            return area->verticalScrollBar();
    }
    return nullptr;
}

WheelTurn::Use useOfWheel(const QWidget *chart, const QWheelEvent &event, bool isWholeRunVisible)
{
    using Use = WheelTurn::Use;
    const QScrollBar *bar = scrollBarAround(chart);
    const WheelTurn::Use current = WheelTurn::current();
    if (event.modifiers() & Qt::ControlModifier || !bar || current == Use::Zoom)
        return Use::Zoom;
    if (current == Use::Scroll)
        return Use::Scroll;
    const bool goesUp = event.angleDelta().y() > 0;
    const bool canScroll = goesUp ? bar->value() > bar->minimum() : bar->value() < bar->maximum();
    return isWholeRunVisible && canScroll ? Use::Scroll : Use::Zoom;
}

} // namespace halfopen
