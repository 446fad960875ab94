// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/elided_label.h"

#include "ui/theme.h"
#include "ui/views/text_cache.h"

#include <QFontMetrics>
#include <QPainter>

namespace halfopen {

ElidedLabel::ElidedLabel(QWidget *parent) : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
}

void ElidedLabel::setText(const QString &text)
{
    if (text == m_text)
        return;
    m_text = text;
    setAccessibleName(text);
    update();
}

void ElidedLabel::setStrong(bool strong)
{
    if (strong == m_isStrong)
        return;
    m_isStrong = strong;
    update();
}

QSize ElidedLabel::sizeHint() const
{
    return QSize(0, QFontMetrics(Theme::axisFont()).height() + 2);
}

void ElidedLabel::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::of(this);
    QPainter painter(this);
    painter.setFont(Theme::axisFont());
    painter.setPen(m_isStrong ? theme.text : theme.secondary);
    const QString shown = elidedLine(m_text, Theme::axisFont(), width());
    drawLine(painter, rect(), Qt::AlignLeft | Qt::AlignVCenter, shown);
}

} // namespace halfopen
