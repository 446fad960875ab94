// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/time_navigator.h"

#include "ui/models/time_axis_model.h"
#include "ui/wheel_turn.h"

#include <QCoreApplication>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QScopedValueRollback>
#include <QScrollBar>
#include <QWheelEvent>
#include <QWidget>

#include <algorithm>
#include <cmath>

namespace halfopen {

namespace {

constexpr double kDragStarts = 4;     // pixels
constexpr double kZoomPerNotch = 0.8; // of the visible length, for 15 degrees of the wheel
constexpr double kPanPerNotch = 0.1;  // of the visible length
constexpr double kPanPerKey = 0.15;   // of the visible length
constexpr double kZoomPerKey = 0.7;   // of the visible length

TimeAxis axisOf(const TimeAxisModel &model, const QRectF &plot)
{
    return TimeAxis(model.visibleRange(), plot.left(), plot.width());
}

} // namespace

TimeNavigator::TimeNavigator(QWidget *target, TimeAxisModel *axis, std::function<QRectF()> plot)
    : QObject(target), m_axis(axis), m_plot(std::move(plot))
{
    target->setMouseTracking(true);
    target->installEventFilter(this);
}

void TimeNavigator::setHold(std::function<bool()> holds, std::function<void()> letGo)
{
    m_holds = std::move(holds);
    m_letGo = std::move(letGo);
}

bool TimeNavigator::eventFilter(QObject *, QEvent *event)
{
    switch (event->type()) {
    case QEvent::MouseButtonPress:
        return press(static_cast<QMouseEvent *>(event));
    case QEvent::MouseMove:
        return move(static_cast<QMouseEvent *>(event));
    case QEvent::MouseButtonRelease:
        return release(static_cast<QMouseEvent *>(event));
    case QEvent::Wheel:
        return wheel(static_cast<QWheelEvent *>(event));
    case QEvent::Leave:
        m_axis->setCursor(std::nullopt);
        emit left();
        return false;
    case QEvent::KeyPress:
        return handleKey(static_cast<QKeyEvent *>(event));
    default:
        return false;
    }
}

bool TimeNavigator::press(QMouseEvent *event)
{
    m_pressedAt = m_lastAt = event->position();
    const bool pans = event->button() == Qt::MiddleButton ||
                      (event->button() == Qt::LeftButton && event->modifiers() & Qt::ShiftModifier);
    if (pans)
        m_drag = Drag::Panning;
    else if (event->button() == Qt::LeftButton)
        m_drag = Drag::Pressed;
    else
        return false;
    if (auto *widget = qobject_cast<QWidget *>(parent()))
        widget->setFocus(Qt::MouseFocusReason);
    return true;
}

bool TimeNavigator::move(QMouseEvent *event)
{
    const QPointF at = event->position();
    const QRectF plot = m_plot();
    const TimeAxis axis = axisOf(*m_axis, plot);
    const bool startsInPlot = m_pressedAt.x() >= plot.left() && m_pressedAt.x() <= plot.right();
    if (m_drag == Drag::Pressed && startsInPlot &&
        std::abs(at.x() - m_pressedAt.x()) >= kDragStarts)
        m_drag = Drag::Selecting;
    if (m_drag == Drag::Panning) {
        m_axis->pan((m_lastAt.x() - at.x()) / plot.width());
        m_lastAt = at;
        return true;
    }
    const double x = std::clamp(at.x(), plot.left(), plot.right());
    const bool inside = at.x() >= plot.left() && at.x() < plot.right();
    {
        const QScopedValueRollback hand(m_hand, Hand::Pointer);
        m_axis->setCursor(inside || m_drag == Drag::Selecting ? std::optional(axis.toInstant(x))
                                                              : std::nullopt);
    }
    if (m_drag == Drag::Selecting)
        m_axis->setSelection(
            TimeRange::ordered(axis.toInstant(m_pressedAt.x()), axis.toInstant(x)));
    else if (m_drag == Drag::None)
        emit hovered(at);
    return true;
}

bool TimeNavigator::release(QMouseEvent *event)
{
    const Drag drag = m_drag;
    m_drag = Drag::None;
    if (drag == Drag::Pressed)
        emit clicked(event->position());
    return drag != Drag::None;
}

bool TimeNavigator::wheel(QWheelEvent *event)
{
    const QPoint turn = event->angleDelta();
    const QRectF plot = m_plot();
    if (event->position().x() < plot.left())
        return false; // the margin belongs to the chart: it may scroll its rows
    const bool sideways = std::abs(turn.x()) > std::abs(turn.y());
    if (sideways || event->modifiers() & Qt::ShiftModifier) {
        m_axis->pan(-(sideways ? turn.x() : turn.y()) / 120.0 * kPanPerNotch);
    } else if (turn.y() != 0) {
        auto *chart = static_cast<QWidget *>(parent());
        const WheelTurn::Use use = useOfWheel(chart, *event, m_axis->visibleRange() == m_axis->wholeRun());
        WheelTurn::note(use);
        if (use == WheelTurn::Use::Scroll) {
            QCoreApplication::sendEvent(scrollBarAround(chart), event);
            event->accept();
            return true;
        }
        const double x = std::clamp(event->position().x(), plot.left(), plot.right());
        const Instant around = axisOf(*m_axis, plot).toInstant(x);
        m_axis->zoom(std::pow(kZoomPerNotch, turn.y() / 120.0), around);
    }
    event->accept();
    return true;
}

void TimeNavigator::forgetPointer()
{
    emit left();
}

void TimeNavigator::zoomByKey(TimeAxisModel &axis, bool in)
{
    const TimeRange visible = axis.visibleRange();
    const Instant middle = visible.from + visible.length() / 2;
    const Instant around = axis.cursor().value_or(axis.isFollowing() ? visible.to : middle);
    axis.zoom(in ? kZoomPerKey : 1 / kZoomPerKey, around);
}

void TimeNavigator::panByKey(TimeAxisModel &axis, int direction)
{
    axis.pan(direction * kPanPerKey);
}

bool TimeNavigator::handleKey(QKeyEvent *event)
{
    const bool shift = event->modifiers() & Qt::ShiftModifier;
    if (event->modifiers() & (Qt::ControlModifier | Qt::AltModifier | Qt::MetaModifier))
        return false;
    switch (event->key()) {
    case Qt::Key_W:
    case Qt::Key_Plus:
    case Qt::Key_Equal:
        zoomByKey(*m_axis, true);
        return true;
    case Qt::Key_S:
    case Qt::Key_Minus:
        zoomByKey(*m_axis, false);
        return true;
    case Qt::Key_A:
        panByKey(*m_axis, -1);
        return true;
    case Qt::Key_D:
        panByKey(*m_axis, 1);
        return true;
    case Qt::Key_Left:
        moveCursor(-1, shift);
        return true;
    case Qt::Key_Right:
        moveCursor(1, shift);
        return true;
    case Qt::Key_Home:
        m_axis->showAll();
        return true;
    case Qt::Key_F:
        m_axis->setFollowing(!m_axis->isFollowing());
        return true;
    case Qt::Key_R:
        m_axis->showSelection();
        return true;
    case Qt::Key_Escape:
        if (m_holds && m_holds()) {
            m_letGo();
            return true;
        }
        if (!m_axis->selection() && !m_axis->cursor())
            return false;
        m_axis->clearSelection();
        m_axis->setCursor(std::nullopt);
        return true;
    default:
        return false;
    }
}

void TimeNavigator::moveCursor(int pixels, bool select)
{
    const QRectF plot = m_plot();
    const TimeAxis axis = axisOf(*m_axis, plot);
    const TimeRange visible = m_axis->visibleRange();
    const Instant old = m_axis->cursor().value_or(visible.from + visible.length() / 2);
    const double x =
        std::clamp(std::round(axis.toPixel(old)) + pixels, plot.left(), plot.right() - 1);
    const Instant now = axis.toInstant(x);
    {
        const QScopedValueRollback hand(m_hand, Hand::Keys);
        m_axis->setCursor(now);
    }
    if (!select)
        return;
    // The end of the selection that the cursor stood at moves with it.
    const TimeRange range = m_axis->selection().value_or(TimeRange{old, old});
    const bool movesFrom = std::abs(axis.toPixel(range.from) - axis.toPixel(old)) <
                           std::abs(axis.toPixel(range.to) - axis.toPixel(old));
    m_axis->setSelection(TimeRange::ordered(movesFrom ? range.to : range.from, now));
}

} // namespace halfopen
