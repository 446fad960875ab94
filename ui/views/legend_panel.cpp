// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/legend_panel.h"

#include "ui/theme.h"
#include "ui/views/chart_paint.h"
#include "ui/views/text_cache.h"

#include <QEvent>
#include <QFontMetricsF>
#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>
#include <cmath>

namespace halfopen {

namespace {

void paintSwatch(QPainter &painter, const LegendPanel::Row &row, const QRectF &box)
{
    switch (row.swatch) {
    case LegendPanel::Swatch::Fill:
        fillPatterned(painter, box, row.color, row.pattern);
        break;
    case LegendPanel::Swatch::Line:
    case LegendPanel::Swatch::DashedLine: {
        QPen pen(row.color, Theme::kDataLine);
        if (row.swatch == LegendPanel::Swatch::DashedLine)
            pen.setDashPattern({3, 2});
        painter.setPen(pen);
        painter.drawLine(QPointF(box.left(), box.center().y()),
                         QPointF(box.right() + 1, box.center().y()));
        break;
    }
    case LegendPanel::Swatch::None:
        break;
    }
}

} // namespace

LegendPanel::LegendPanel(QWidget *parent) : QWidget(parent)
{
    setAccessibleName(tr("Legend"));
}

void LegendPanel::setContents(const QString &title, std::vector<Row> rows)
{
    if (title == m_title && rows == m_rows)
        return;
    m_title = title;
    m_rows = std::move(rows);
    QString spoken = m_title;
    for (const Row &row : m_rows)
        spoken += QStringLiteral("; ") + row.label + QLatin1Char(' ') + row.first +
                  QLatin1Char(' ') + row.second;
    setAccessibleDescription(spoken);
    fit();
    updateGeometry();
    update();
}

double LegendPanel::lineHeight() const
{
    const double letters = QFontMetricsF(Theme::axisFont()).height();
    return m_isTight ? std::ceil(letters) : std::max<double>(Theme::px(17), letters + 2);
}

double LegendPanel::headRoom() const
{
    return m_isTight ? 0 : Theme::px(8);
}

double LegendPanel::groupRoom() const
{
    return m_isTight ? Theme::px(1) : Theme::px(6);
}

double LegendPanel::wantedHeight() const
{
    double height = headRoom() + lineHeight() * static_cast<double>(m_rows.size() + 1) + (m_isTight ? 0 : Theme::px(4));
    for (const Row &row : m_rows)
        height += row.startsGroup ? groupRoom() : 0;
    return std::ceil(height);
}

void LegendPanel::fit()
{
    const bool was = m_isTight;
    m_isTight = false;
    m_isTight = parentWidget() && wantedHeight() > parentWidget()->height();
    if (was != m_isTight) {
        updateGeometry();
        update();
    }
}

void LegendPanel::resizeEvent(QResizeEvent *)
{
    fit();
}

/// All of the line at this height, which may be cut.
QString LegendPanel::lineAt(double at) const
{
    double y = headRoom();
    if (at < y + lineHeight())
        return m_title;
    y += lineHeight();
    for (const Row &row : m_rows) {
        y += (row.startsGroup ? groupRoom() : 0) + lineHeight();
        if (at < y)
            return (row.label + QLatin1Char(' ') + row.first + QLatin1Char(' ') + row.second).trimmed();
    }
    return {};
}

bool LegendPanel::event(QEvent *event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto *help = static_cast<QHelpEvent *>(event);
        QToolTip::showText(help->globalPos(), lineAt(help->pos().y()), this);
        return true;
    }
    if (event->type() == QEvent::ParentChange && parentWidget())
        parentWidget()->installEventFilter(this); // it may become lower than this without this becoming lower
    return QWidget::event(event);
}

bool LegendPanel::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == parentWidget() && event->type() == QEvent::Resize)
        fit();
    return QWidget::eventFilter(watched, event);
}

QSize LegendPanel::sizeHint() const
{
    return QSize(Theme::px(200), static_cast<int>(wantedHeight()));
}

void LegendPanel::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::of(this);
    QPainter painter(this);
    painter.setFont(Theme::axisFont());
    const QFontMetricsF metrics(painter.font());
    const double line = lineHeight();
    const double right = width() - Theme::padding();
    double secondWidth = 0;
    for (const Row &row : m_rows)
        secondWidth = std::max(secondWidth, textWidth(row.second, Theme::axisFont()));
    const double gap = Theme::px(10);
    double y = headRoom();
    painter.setPen(theme.secondary);
    drawLine(painter, QRectF(0, y, right, line), Qt::AlignLeft | Qt::AlignVCenter,
             elidedLine(m_title, Theme::axisFont(), right));
    y += line;
    for (const Row &row : m_rows) {
        y += row.startsGroup ? groupRoom() : 0;
        const double side = Theme::px(10);
        paintSwatch(painter, row, QRectF(0, std::round(y + (line - side) / 2), side, side));
        const double labelLeft = Theme::px(16);
        const double secondLeft = right - secondWidth;
        const double firstRight = row.second.isEmpty() ? right : secondLeft - gap;
        const double firstLeft = firstRight - textWidth(row.first, Theme::axisFont()); // the label gets what its own value leaves
        painter.setPen(theme.text);
        const QString label = elidedLine(row.label, Theme::axisFont(), firstLeft - labelLeft - 4);
        drawLine(painter, QRectF(labelLeft, y, right, line), Qt::AlignLeft | Qt::AlignVCenter,
                 label);
        drawLine(painter, QRectF(0, y, firstRight, line), Qt::AlignRight | Qt::AlignVCenter,
                 row.first);
        painter.setPen(theme.secondary);
        drawLine(painter, QRectF(0, y, right, line), Qt::AlignRight | Qt::AlignVCenter, row.second);
        y += line;
    }
}

} // namespace halfopen
