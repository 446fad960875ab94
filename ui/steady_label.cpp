// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/steady_label.h"

#include <QEvent>
#include <QFontMetrics>
#include <QPainter>

#include <algorithm>

namespace halfopen {

SteadyLabel::SteadyLabel(Qt::Alignment alignment, QWidget *parent) : QWidget(parent), m_alignment(alignment)
{
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Preferred);
}

void SteadyLabel::setText(const QString &text)
{
    if (text == m_text)
        return;
    const int before = std::max(minimumWidth(), sizeHint().width());
    m_text = text;
    QAccessibleEvent event(this, QAccessible::DescriptionChanged);
    QAccessible::updateAccessibility(&event);
    if (std::max(minimumWidth(), sizeHint().width()) != before)
        updateGeometry();
    update();
}

QSize SteadyLabel::sizeHint() const
{
    const QFontMetrics metrics(font());
    return {metrics.horizontalAdvance(m_text), metrics.height()};
}

void SteadyLabel::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setPen(palette().color(foregroundRole()));
    painter.drawText(rect(), int(m_alignment) | Qt::TextSingleLine, m_text);
}

void SteadyLabel::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange)
        updateGeometry();
    if (event->type() == QEvent::FontChange || event->type() == QEvent::PaletteChange)
        update();
}

} // namespace halfopen
