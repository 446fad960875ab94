// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/wrapped_text.h"

#include <QAbstractTextDocumentLayout>
#include <QEvent>
#include <QPainter>
#include <QTextBlock>
#include <QTextLayout>

namespace halfopen {

WrappedText::WrappedText(QWidget *parent) : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    m_document.setUndoRedoEnabled(false);
    m_document.setDocumentMargin(0);
    m_document.setDefaultFont(font());
}

void WrappedText::setHtml(const QString &html)
{
    if (html == m_html)
        return;
    m_html = html;
    m_document.setHtml(html);
    m_document.setTextWidth(width());
    QAccessibleEvent event(this, QAccessible::NameChanged);
    QAccessible::updateAccessibility(&event);
    update();
}

QStringList WrappedText::lines() const
{
    (void)m_document.size(); // laid out from here on
    QStringList lines;
    for (QTextBlock block = m_document.begin(); block.isValid(); block = block.next())
        for (int i = 0; i < block.layout()->lineCount(); ++i) {
            const QTextLine line = block.layout()->lineAt(i);
            lines += block.text().mid(line.textStart(), line.textLength());
        }
    return lines;
}

void WrappedText::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    QAbstractTextDocumentLayout::PaintContext context;
    context.palette = palette();
    if (isEnabled())
        context.palette.setColor(QPalette::Text, palette().color(foregroundRole()));
    context.clip = rect();
    m_document.documentLayout()->draw(&painter, context);
}

void WrappedText::resizeEvent(QResizeEvent *)
{
    m_document.setTextWidth(width());
}

void WrappedText::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange)
        m_document.setDefaultFont(font());
    if (event->type() == QEvent::FontChange || event->type() == QEvent::EnabledChange)
        update();
}

} // namespace halfopen
