// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/readout_box.h"

#include <QPainter>
#include <QStringList>

#include <algorithm>

namespace halfopen {

ReadoutBox::ReadoutBox()
{
    setAttribute(Qt::WA_TransparentForMouseEvents);
    setFocusPolicy(Qt::NoFocus);
}

void ReadoutBox::showFor(QWidget *chart, QPointF at, const Readout &readout)
{
    if (readout.isEmpty() || !chart->isVisible()) {
        hide();
        return;
    }
    QWidget *window = chart->window(); // another one after a dock was torn off
    if (parentWidget() != window)
        setParent(window);
    m_chart = chart;
    m_readout = readout;
    QStringList words(readout.title);
    for (const auto &row : readout.rows)
        words += row.label + QLatin1Char(' ') + row.value;
    setAccessibleDescription((words << readout.source).join(QLatin1Char('\n')));
    const QSize size = readoutSize(readout);
    const QPoint point = chart->mapTo(window, at.toPoint());
    // Below and to the right of the pointer, and on the other side where there is no room.
    const int gap = Theme::px(14);
    int x = point.x() + gap;
    if (x + size.width() > window->width() - 2)
        x = point.x() - gap - size.width();
    int y = point.y() + gap;
    if (y + size.height() > window->height() - 2)
        y = point.y() - gap - size.height();
    setGeometry(std::max(2, x), std::max(2, y), size.width(), size.height());
    update();
    show();
    raise();
}

void ReadoutBox::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    paintReadout(painter, QRectF(rect()), m_readout, Theme::of(this));
}

void ReadoutHolder::show(QWidget *chart, QPointF at, const Readout &readout)
{
    if (!m_box)
        m_box = new ReadoutBox;
    m_box->showFor(chart, at, readout);
}

void ReadoutHolder::hide()
{
    if (m_box)
        m_box->hide();
}

} // namespace halfopen
