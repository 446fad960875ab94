// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QPointF>
#include <QRectF>

#include <functional>

class QKeyEvent;
class QMouseEvent;
class QWheelEvent;
class QWidget;

namespace halfopen {

class TimeAxisModel;

/// The hands on the time axis: makes any widget with a plot area zoom, pan, select and move the
/// cursor, always in the same way.
///
/// Wheel: zoom around the pointer. Shift or sideways wheel, middle drag, Shift drag: pan. Drag:
/// select. Keys: W S zoom, A D pan, Left Right move the cursor (with Shift: select), + - zoom, Home
/// shows all, F follows, R zooms to the selection, Esc clears: first what is pinned, then
/// selection and cursor.
class TimeNavigator : public QObject {
    Q_OBJECT
public:
    /// \a target gets the events and owns the navigator; \a plot gives the data area in its
    /// coordinates.
    TimeNavigator(QWidget *target, TimeAxisModel *axis, std::function<QRectF()> plot);

    /// What moves the cursor while the axis tells that it has changed; None = something else than this widget.
    enum class Hand { None, Pointer, Keys };
    Hand hand() const { return m_hand; }

    /// The pointer is not on this any more, which has moved away from under it.
    void forgetPointer();

    /// Escape first lets go of what the widget holds, such as a pin.
    void setHold(std::function<bool()> holds, std::function<void()> letGo);

    /// What the keys W and S do: around the cursor, the present or the middle.
    static void zoomByKey(TimeAxisModel &axis, bool in);
    /// What the keys A and D do; \a direction is -1 (earlier) or 1.
    static void panByKey(TimeAxisModel &axis, int direction);

    /// True when the key was one of the above.
    bool handleKey(QKeyEvent *event);
    bool eventFilter(QObject *watched, QEvent *event) override;

signals:
    /// Pressed and released at one place inside of the plot or its left margin.
    void clicked(QPointF at);
    /// The pointer is here, with no button pressed.
    void hovered(QPointF at);
    void left();

private:
    enum class Drag { None, Pressed, Selecting, Panning };
    bool press(QMouseEvent *event);
    bool move(QMouseEvent *event);
    bool release(QMouseEvent *event);
    bool wheel(QWheelEvent *event);
    void moveCursor(int pixels, bool select);

    TimeAxisModel *m_axis;
    std::function<QRectF()> m_plot;
    std::function<bool()> m_holds;
    std::function<void()> m_letGo;
    Drag m_drag = Drag::None;
    Hand m_hand = Hand::None;
    QPointF m_pressedAt;
    QPointF m_lastAt;
};

} // namespace halfopen
