// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/wheel_guard.h"

#include <QEvent>
#include <QWidget>

namespace halfopen {

namespace {

class WheelFilter final : public QObject {
public:
    WheelFilter(QWidget *control, bool always) : QObject(control), m_always(always) {}
    bool eventFilter(QObject *watched, QEvent *event) override
    {
        if (event->type() != QEvent::Wheel || (!m_always && static_cast<QWidget *>(watched)->hasFocus()))
            return false;
        event->ignore();
        return true;
    }

private:
    bool m_always;
};

} // namespace

void leaveWheelToParent(QWidget *control)
{
    control->installEventFilter(new WheelFilter(control, false));
}

void leaveWheelAlways(QWidget *control)
{
    control->setFocusPolicy(Qt::StrongFocus); // not with the wheel, as a combo box does
    control->installEventFilter(new WheelFilter(control, true));
}

} // namespace halfopen
