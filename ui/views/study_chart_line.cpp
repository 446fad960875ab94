// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The study chart's picture of one metric over one setting.
#include "ui/views/study_chart.h"

#include "ui/theme.h"
#include "ui/views/chart_paint.h"
#include "ui/views/text_cache.h"

#include <QFontMetricsF>
#include <QPainter>

#include <algorithm>
#include <cmath>
#include <variant>

namespace halfopen {

namespace {

constexpr double kDot = 3.5; // radius

} // namespace

/// Each below its value, as far as they do not run into each other; the ends before the others.
void StudyChart::paintLineLabels(QPainter &painter, const Theme &theme) const
{
    const auto &picture = std::get<StudyLine>(m_picture);
    const QRectF area = plot();
    const double line = QFontMetricsF(painter.font()).height();
    std::vector<std::size_t> order{0, count() - 1};
    for (std::size_t i = 1; i + 1 < count(); ++i)
        order.push_back(i);
    std::vector<QRectF> taken;
    painter.setPen(theme.secondary);
    for (const std::size_t i : order) {
        const double width = textWidth(picture.xLabels[qsizetype(i)], painter.font());
        const QRectF box(lineX(i) - width / 2, area.bottom() + Theme::px(5), width, line);
        const QRectF apart = box.adjusted(-Theme::px(5), 0, Theme::px(5), 0);
        if (std::any_of(taken.begin(), taken.end(), [&](const QRectF &other) { return other.intersects(apart); }))
            continue;
        taken.push_back(box);
        drawLine(painter, box, Qt::AlignCenter, picture.xLabels[qsizetype(i)]);
        paintVLine(painter, lineX(i), area.bottom(), area.bottom() + Theme::px(4), theme.secondary);
    }
    painter.setPen(theme.text);
    paintXTitle(painter, picture.xTitle);
    if (!picture.x.present)
        return;
    const double x = std::round(*presentX());
    QPen dashed(theme.secondary, 1);
    dashed.setDashPattern({3, 3});
    painter.setPen(dashed);
    painter.drawLine(QPointF(x + 0.5, area.top()), QPointF(x + 0.5, area.bottom()));
    const double width = textWidth(picture.now, painter.font()) + Theme::px(8);
    const bool isLeft = x + width > area.right();
    const QRectF box(isLeft ? x - width : x + 1, area.bottom() - line - Theme::px(3), width, line);
    painter.fillRect(box, theme.panel);
    painter.setPen(theme.secondary);
    drawLine(painter, box, Qt::AlignCenter, picture.now);
}

void StudyChart::paintLine(QPainter &painter, const Theme &theme) const
{
    const auto &picture = std::get<StudyLine>(m_picture);
    paintYScale(painter, theme, picture.y, QString());
    if (picture.points.empty())
        return;
    paintLineLabels(painter, theme);
    const ValueAxis axis = yAxis(picture.y);
    painter.setRenderHint(QPainter::Antialiasing);
    // Between two known points that are neighbours among the known: a coarse grid is a line, too.
    QPolygonF upper, lower, middle;
    for (std::size_t i = 0; i < picture.points.size(); ++i) {
        const StudyLine::Point &point = picture.points[i];
        if (!point.isKnown)
            continue;
        upper.append(QPointF(lineX(i), axis.toPixel(point.high)));
        lower.prepend(QPointF(lineX(i), axis.toPixel(point.low)));
        middle.append(QPointF(lineX(i), axis.toPixel(point.mean)));
    }
    painter.setPen(Qt::NoPen);
    painter.setBrush(faded(theme.accent, 0.22));
    painter.drawPolygon(upper + lower);
    painter.setPen(QPen(theme.accent, Theme::kDataLine));
    painter.setBrush(Qt::NoBrush);
    painter.drawPolyline(middle);
    for (std::size_t i = 0; i < picture.points.size(); ++i) {
        if (!picture.points[i].isKnown)
            continue;
        const QPointF at(lineX(i), axis.toPixel(picture.points[i].mean));
        const bool isTold = i == m_hovered || i == m_selected;
        if (isTold)
            paintVLine(painter, at.x(), plot().top(), plot().bottom(), faded(theme.accent, 0.5));
        painter.setPen(QPen(i == m_selected ? theme.text : theme.accent, Theme::kDataLine));
        painter.setBrush(isTold ? theme.accent : theme.panel);
        const double radius = Theme::px(isTold ? kDot + 1.5 : kDot);
        painter.drawEllipse(at, radius, radius);
        if (i == picture.best) {
            painter.setPen(theme.text);
            const double line = QFontMetricsF(painter.font()).height();
            const bool isAbove = at.y() - plot().top() > line + Theme::px(10);
            const double width = textWidth(picture.bestText, painter.font());
            const double left = std::clamp(at.x() - width / 2, plot().left(), std::max(plot().left(), plot().right() - width));
            const QRectF box(left, isAbove ? at.y() - line - Theme::px(7) : at.y() + Theme::px(7), width, line);
            painter.fillRect(box.adjusted(-Theme::px(2), 0, Theme::px(2), 0), theme.panel); // lines would strike it through
            drawLine(painter, box, Qt::AlignCenter, picture.bestText);
        }
    }
    painter.setRenderHint(QPainter::Antialiasing, false);
}

} // namespace halfopen
