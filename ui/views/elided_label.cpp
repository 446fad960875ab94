// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/elided_label.h"

#include "ui/theme.h"
#include "ui/views/text_cache.h"

#include <QFontMetrics>
#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>

namespace halfopen {

ElidedLabel::ElidedLabel(QWidget *parent) : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
}

void ElidedLabel::setText(const QString &text, const QString &brief)
{
    if (text == m_text && brief == m_brief)
        return;
    m_text = text;
    m_brief = brief;
    QAccessibleEvent event(this, QAccessible::NameChanged);
    QAccessible::updateAccessibility(&event);
    update();
}

void ElidedLabel::setReading()
{
    m_isReading = true;
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
    painter.setPen(m_isReading ? theme.text : theme.secondary);
    drawLine(painter, rect(), Qt::AlignLeft | Qt::AlignVCenter, shown());
}

QString ElidedLabel::shown() const
{
    if (m_isReading) {
        QStringList values = m_text.split(kBetweenValues);
        const auto fits = [&](const QString &text) { return textWidth(text, Theme::axisFont()) <= width(); };
        if (fits(m_text))
            return m_text;
        while (values.size() > 1) {
            values.removeLast();
            if (const QString some = values.join(kBetweenValues) + kBetweenValues + QChar(0x2026); fits(some))
                return some;
        }
        return {};
    }
    const QString cut = elidedLine(m_text, Theme::axisFont(), width());
    if (cut != m_text && !m_brief.isEmpty() && textWidth(m_brief, Theme::axisFont()) <= width())
        return m_brief;
    // A word of it says something; "Lat..." only looks broken.
    const bool isWhole = cut == m_text;
    const bool saysSomething = cut.size() > 8 && cut.size() * 3 >= m_text.size();
    return isWhole || saysSomething ? cut : QString();
}

bool ElidedLabel::event(QEvent *event)
{
    if (event->type() == QEvent::ToolTip && shown() != m_text) {
        QToolTip::showText(static_cast<QHelpEvent *>(event)->globalPos(), m_text, this);
        return true;
    }
    return QWidget::event(event);
}

} // namespace halfopen
