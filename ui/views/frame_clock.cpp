// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/frame_clock.h"

namespace halfopen {

namespace {
constexpr int kFrameMs = 16; // the screen rate
} // namespace

FrameClock::FrameClock(QObject *parent) : QObject(parent)
{
    m_timer.setSingleShot(true);
    m_timer.setTimerType(Qt::PreciseTimer);
    m_sinceFrame.start();
    connect(&m_timer, &QTimer::timeout, this, &FrameClock::draw);
}

void FrameClock::request()
{
    if (m_timer.isActive())
        return;
    const auto wait = kFrameMs - m_sinceFrame.elapsed();
    if (wait > 0)
        m_timer.start(static_cast<int>(wait));
    else
        emit draw();
}

} // namespace halfopen
