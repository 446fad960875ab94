// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

namespace halfopen {

/// Makes many wishes to redraw into at most one drawing per screen refresh.
class FrameClock : public QObject {
    Q_OBJECT
public:
    explicit FrameClock(QObject *parent = nullptr);
    /// draw() comes at once, or when the current frame is over.
    void request();
    /// Call when drawing begins.
    void started() { m_sinceFrame.restart(); }

signals:
    void draw();

private:
    QTimer m_timer;
    QElapsedTimer m_sinceFrame;
};

} // namespace halfopen
