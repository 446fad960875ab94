// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/legend_panel.h"

#include "ui/theme.h"
#include "ui/views/chart_paint.h"

#include <QFontMetricsF>
#include <QPainter>

#include <algorithm>

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
    update();
}

void LegendPanel::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::of(this);
    QPainter painter(this);
    painter.setFont(Theme::axisFont());
    const QFontMetricsF metrics(painter.font());
    const double line = std::max<double>(Theme::px(18), metrics.height() + 3);
    const double right = width() - Theme::padding();
    double firstWidth = 0;
    double secondWidth = 0;
    for (const Row &row : m_rows) {
        // A value without a second column may use both.
        if (!row.second.isEmpty())
            firstWidth = std::max(firstWidth, metrics.horizontalAdvance(row.first));
        secondWidth = std::max(secondWidth, metrics.horizontalAdvance(row.second));
    }
    const double gap = Theme::px(10);
    double y = Theme::px(8);
    painter.setPen(theme.secondary);
    painter.drawText(QRectF(0, y, right, line), Qt::AlignLeft | Qt::AlignVCenter,
                     metrics.elidedText(m_title, Qt::ElideRight, right));
    y += line;
    for (const Row &row : m_rows) {
        y += row.startsGroup ? Theme::px(6) : 0;
        if (y + line > height())
            break;
        const double side = Theme::px(10);
        paintSwatch(painter, row, QRectF(0, std::round(y + (line - side) / 2), side, side));
        const double labelLeft = row.swatch == Swatch::None ? 0 : Theme::px(16);
        const double secondLeft = right - secondWidth;
        const double firstRight = row.second.isEmpty() ? right : secondLeft - gap;
        const double firstLeft = firstRight - std::max(metrics.horizontalAdvance(row.first),
                                                       row.second.isEmpty() ? 0 : firstWidth);
        painter.setPen(theme.text);
        const QString label =
            metrics.elidedText(row.label, Qt::ElideRight, firstLeft - labelLeft - 4);
        painter.drawText(QRectF(labelLeft, y, right, line), Qt::AlignLeft | Qt::AlignVCenter,
                         label);
        painter.drawText(QRectF(0, y, firstRight, line), Qt::AlignRight | Qt::AlignVCenter,
                         row.first);
        painter.setPen(theme.secondary);
        painter.drawText(QRectF(0, y, right, line), Qt::AlignRight | Qt::AlignVCenter, row.second);
        y += line;
    }
}

} // namespace halfopen
