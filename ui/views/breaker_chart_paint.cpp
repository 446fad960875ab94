// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the breaker view draws; where it lies and what it tells is in breaker_chart.cpp.
#include "ui/views/breaker_chart.h"

#include "core/run/run_record.h"
#include "ui/format.h"
#include "ui/views/figure.h"
#include "ui/views/state_shapes.h"
#include "ui/views/text_cache.h"

#include <QFontMetricsF>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace halfopen {

void BreakerChart::paintAxis(QPainter &painter, const Theme &theme)
{
    // Names of the members of opened fleets stand in the margin.
    painter.setFont(Theme::axisFont());
    painter.setPen(theme.secondary);
    const QRectF plot = plotRect();
    painter.save();
    painter.setClipRect(QRectF(0, plot.top(), plot.left(), plot.height()));
    for (const Row &row : m_rows) {
        const double top = scrolledTop(row);
        if (top + row.height < plot.top() || top > plot.bottom())
            continue;
        const std::optional<QRectF> ghost = ghostBandOf(row);
        if (!row.member && ghost)
            drawLine(painter, QRectF(0, ghost->top(), plot.left() - Theme::gap(), ghost->height()), Qt::AlignRight | Qt::AlignVCenter,
                     elidedLine(tr("ghost"), Theme::axisFont(), plot.left() - Theme::gap()));
        if (!row.member)
            continue;
        const BreakerInfo &info = record()->breakers[*row.member];
        QString text = QString::fromStdString(std::string(placeInLayer(info)));
        if (info.instance && textWidth(text, Theme::axisFont()) > plot.left() - Theme::gap()) // process and instance alone
            text = QStringLiteral("%1\u00b7%2").arg(info.process).arg(*info.instance);
        const QRectF band = bandOf(row);
        drawLine(painter, QRectF(0, top, plot.left() - Theme::gap(), 2 * (band.center().y() - top)),
                 Qt::AlignRight | Qt::AlignVCenter, text);
    }
    painter.restore();
}

void BreakerChart::paintData(QPainter &painter, const Theme &theme)
{
    const QRectF plot = plotRect();
    for (const Row &row : m_rows) {
        const double top = scrolledTop(row);
        if (top + row.height < plot.top() || top > plot.bottom())
            continue;
        const BreakerGroup &group = m_timeline.groups()[row.group];
        if (row.member)
            paintStates(painter, *row.member, bandOf(row), false, theme);
        else if (group.isFleet())
            paintFleet(painter, row.group, bandOf(row), theme);
        else
            paintStates(painter, group.members.front(), bandOf(row), true, theme);
        if (hasGhost(row))
            paintGhost(painter, row, theme);
    }
    if (m_rows.empty())
        paintEmptyPlot(painter, plot, tr("This scenario has no circuit breaker."), theme);
}

void BreakerChart::paintHead(QPainter &painter, const Row &row, const Theme &theme) const
{
    const BreakerGroup &group = m_timeline.groups()[row.group];
    const QRectF plot = plotRect();
    QRectF line(plot.left(), scrolledTop(row), plot.width(), bandOf(row).top() - scrolledTop(row));
    QFont strong = Theme::axisFont();
    strong.setWeight(QFont::DemiBold);
    const QFontMetricsF strongMetrics(strong);
    const QFontMetricsF metrics(Theme::axisFont());
    double x = line.left() + Theme::px(4);
    if (group.isFleet() && !isDrawingFigure()) {
        const double s = Theme::px(4);
        const QPointF c(x + s, line.center().y());
        const bool opened = m_opened.contains(keyOf(group));
        const QPointF down[] = {
            {c.x() - s, c.y() - s / 2}, {c.x() + s, c.y() - s / 2}, {c.x(), c.y() + s / 2 + 1}};
        const QPointF right[] = {
            {c.x() - s / 2, c.y() - s}, {c.x() + s / 2 + 1, c.y()}, {c.x() - s / 2, c.y() + s}};
        painter.setRenderHint(QPainter::Antialiasing, true);
        painter.setPen(Qt::NoPen);
        painter.setBrush(theme.secondary);
        painter.drawPolygon(opened ? down : right, 3);
        painter.setRenderHint(QPainter::Antialiasing, false);
        x += Theme::px(14);
    }
    const Instant now = record()->now;
    QString state;
    if (group.isFleet()) {
        state = (isOfInstances(*record(), group) ? tr("%1 of %2 ejected now") : tr("%1 of %2 open now"))
                    .arg(formatCount(m_timeline.countsAt(row.group, now).open),
                         formatCount(group.members.size()));
    } else {
        state = breakerStateLabel(m_timeline.stateAt(group.members.front(), now));
    }
    const double stateWidth = textWidth(state, Theme::axisFont());
    painter.setFont(Theme::axisFont());
    painter.setPen(theme.text);
    drawLine(painter, line.adjusted(0, 0, -Theme::px(4), 0), Qt::AlignRight | Qt::AlignVCenter,
             state);
    double right = line.right() - Theme::px(10) - stateWidth;
    if (!group.isFleet()) {
        const double side = Theme::px(10);
        paintStateShape(painter, QRectF(right - side, line.center().y() - side / 2, side, side),
                        m_timeline.stateAt(group.members.front(), now), theme);
        right -= side + Theme::px(6);
    }
    painter.setFont(strong);
    painter.setPen(theme.text);
    const QString name = elidedLine(group.name, strong, std::max(0.0, right - x), Qt::ElideMiddle);
    drawLine(painter, QRectF(x, line.top(), right - x, line.height()),
             Qt::AlignLeft | Qt::AlignVCenter, name);
    x += textWidth(name, strong) + Theme::px(8);
    painter.setFont(Theme::axisFont());
    painter.setPen(theme.secondary);
    const QString edge = edgeLabel(record()->edges[group.edge].name);
    if (right - x > Theme::px(40))
        drawLine(painter, QRectF(x, line.top(), right - x, line.height()),
                 Qt::AlignLeft | Qt::AlignVCenter, elidedLine(edge, Theme::axisFont(), right - x));
}

void BreakerChart::paintStates(QPainter &painter, std::uint32_t breaker, const QRectF &band,
                               bool labels, const Theme &theme) const
{
    painter.setFont(Theme::axisFont());
    const QFontMetricsF metrics(painter.font());
    const double side = Theme::px(10);
    for (const StateSpan &span :
         stateSpans(m_timeline.changes(breaker), record()->now, timeAxis(), m_timeline.initial(breaker))) {
        const QRectF rect(span.pixels.from, band.top(), span.pixels.to - span.pixels.from,
                          band.height());
        paintStateBand(painter, rect, span.state, theme);
        const QString text = breakerStateLabel(span.state);
        const double width =
            side + Theme::px(4) + textWidth(text, Theme::axisFont()) + Theme::px(8);
        if (!labels || rect.width() < width + Theme::px(4))
            continue;
        const QRectF label(rect.left() + Theme::px(6), rect.top(), width, rect.height());
        const bool onFull =
            span.state == BreakerState::Open || span.state == BreakerState::ForcedOpen;
        if (!onFull)
            painter.fillRect(label.adjusted(-Theme::px(2), 1, -Theme::px(2), -1), theme.panel);
        const QRectF shape(label.left(), label.center().y() - side / 2, side, side);
        if (onFull) // the band has the colour of the shape: an outline of the label's colour sets
                    // it off
            painter.fillRect(shape, theme.onData);
        else
            paintStateShape(painter, shape, span.state, theme);
        painter.setPen(onFull ? theme.onData : theme.text);
        drawLine(painter, label.adjusted(side + Theme::px(4), 0, 0, 0),
                 Qt::AlignLeft | Qt::AlignVCenter, text);
    }
}

void BreakerChart::paintFleet(QPainter &painter, std::size_t group, const QRectF &band,
                              const Theme &theme) const
{
    // As much of the height as breakers of the fleet: open ones below, half-open ones on top of them. One alone can
    // still be seen.
    const auto size = static_cast<double>(m_timeline.groups()[group].members.size());
    const auto heightOf = [&](std::uint32_t breakers) {
        return breakers == 0 ? 0 : std::max(2.0, std::round(band.height() * breakers / size));
    };
    for (const FleetSpan &span : m_timeline.fleetSpans(group, record()->now, timeAxis())) {
        const QRectF rect(span.pixels.from, band.top(), span.pixels.to - span.pixels.from,
                          band.height());
        const double open = heightOf(span.most.open);
        // The most of both need not have been at the same instant.
        const double halfOpen = std::min(heightOf(span.most.halfOpen), std::max(2.0, rect.height() - open));
        painter.fillRect(QRectF(rect.left(), rect.bottom() - open, rect.width(), open), theme.error);
        if (span.most.halfOpen > 0) // as a half-open breaker alone is: hatched
            paintStateBand(painter, QRectF(rect.left(), std::max(rect.top(), rect.bottom() - open - halfOpen), rect.width(), halfOpen),
                           BreakerState::HalfOpen, theme);
        paintHLine(painter, rect.left(), rect.right(), rect.bottom(), theme.divider);
        paintHLine(painter, rect.left(), rect.right(), rect.top() - 1, theme.divider);
    }
}

void BreakerChart::paintGhost(QPainter &painter, const Row &row, const Theme &theme) const
{
    const BreakerGroup &group = m_timeline.groups()[row.group];
    const QRectF band = *ghostBandOf(row);
    if (!row.member && group.isFleet())
        paintGhostFleet(painter, *m_ghostGroups[row.group], band, theme);
    else
        paintGhostStates(painter, *m_ghostBreakers[row.member.value_or(group.members.front())], band, !row.member && !m_isGhostThin, theme);
}

void BreakerChart::paintGhostStates(QPainter &painter, std::uint32_t breaker, const QRectF &band, bool labels, const Theme &theme) const
{
    painter.setFont(Theme::axisFont());
    const double side = Theme::px(8);
    for (const StateSpan &span :
         stateSpans(m_ghostTimeline.changes(breaker), m_ghost->now, timeAxis(), m_ghostTimeline.initial(breaker))) {
        const QRectF rect(span.pixels.from, band.top(), span.pixels.to - span.pixels.from, band.height());
        paintGhostBand(painter, rect, span.state, theme);
        const QString text = breakerStateLabel(span.state);
        const double width = side + Theme::px(4) + textWidth(text, Theme::axisFont()) + Theme::px(8);
        if (!labels || rect.width() < width + Theme::px(4))
            continue;
        const QRectF label(rect.left() + Theme::px(6), rect.top(), width, rect.height());
        painter.fillRect(label.adjusted(-Theme::px(2), 1, -Theme::px(2), -1), theme.panel);
        paintStateShape(painter, QRectF(label.left(), label.center().y() - side / 2, side, side), span.state, theme);
        painter.setPen(theme.secondary);
        drawLine(painter, label.adjusted(side + Theme::px(4), 0, 0, 0), Qt::AlignLeft | Qt::AlignVCenter, text);
    }
}

void BreakerChart::paintGhostFleet(QPainter &painter, std::size_t group, const QRectF &band, const Theme &theme) const
{
    // As paintFleet(), but the outline counts: open ones below a line, half-open ones hatched on top of them.
    const auto size = static_cast<double>(m_ghostTimeline.groups()[group].members.size());
    const auto heightOf = [&](std::uint32_t breakers) {
        return breakers == 0 ? 0 : std::max(2.0, std::round(band.height() * breakers / size));
    };
    const QColor edge = faded(theme.error, Theme::kGhostAlpha);
    double before = 0; // height of the open ones left of here
    double right = 0;
    for (const FleetSpan &span : m_ghostTimeline.fleetSpans(group, m_ghost->now, timeAxis())) {
        const QRectF rect(span.pixels.from, band.top(), span.pixels.to - span.pixels.from, band.height());
        const double open = heightOf(span.most.open);
        const double halfOpen = std::min(heightOf(span.most.halfOpen), std::max(2.0, rect.height() - open));
        painter.fillRect(QRectF(rect.left(), rect.bottom() - open, rect.width(), open), faded(theme.error, kGhostFill));
        if (open > 0)
            painter.fillRect(QRectF(rect.left(), rect.bottom() - open, rect.width(), 1), edge);
        if (open != before) // inside of the higher of the two
            painter.fillRect(QRectF(open > before ? rect.left() : rect.left() - 1, rect.bottom() - std::max(open, before), 1, std::abs(open - before)), edge);
        if (span.most.halfOpen > 0)
            paintGhostBand(painter, QRectF(rect.left(), std::max(rect.top(), rect.bottom() - open - halfOpen), rect.width(), halfOpen),
                           BreakerState::HalfOpen, theme);
        paintHLine(painter, rect.left(), rect.right(), rect.bottom(), theme.divider);
        before = open;
        right = rect.right();
    }
    if (before > 0)
        painter.fillRect(QRectF(right - 1, band.bottom() - before, 1, before), edge);
}

void BreakerChart::paintOver(QPainter &painter, const Theme &theme)
{
    // Names are no data: a selection does not dim them.
    const QRectF plot = plotRect();
    painter.save();
    painter.setClipRect(plot);
    for (const Row &row : m_rows) {
        const double top = scrolledTop(row);
        if (!row.member && top + row.height >= plot.top() && top <= plot.bottom())
            paintHead(painter, row, theme);
    }
    painter.restore();
    if (m_pinned)
        paintPin(painter, theme);
    if (m_moment)
        paintMoment(painter, theme);
}

void BreakerChart::paintMoment(QPainter &painter, const Theme &theme) const
{
    const Row *row = rowOf(m_moment->breaker);
    const TimeAxis axis = timeAxis();
    if (!row || !axis.range().contains(m_moment->at))
        return;
    const QRectF band = bandOf(*row);
    const double x = std::round(axis.toPixel(m_moment->at));
    painter.save();
    painter.setClipRect(plotRect().adjusted(-3, -3, 3, 3));
    painter.fillRect(QRectF(x - 2, band.top() - 3, 4, band.height() + 6), theme.panel);
    painter.fillRect(QRectF(x - 1, band.top() - 3, 2, band.height() + 6), theme.accent);
    painter.restore();
}

void BreakerChart::paintPin(QPainter &painter, const Theme &theme) const
{
    const BreakerTransition &t = record()->transitions[*m_pinned];
    const Row *row = rowOf(t.breaker);
    const TimeAxis axis = timeAxis();
    if (!row || !axis.range().contains(t.at))
        return;
    painter.save();
    painter.setClipRect(plotRect().adjusted(-3, -3, 3, 3));
    const double x = std::round(axis.toPixel(t.at));
    const QRectF band = bandOf(*row);
    painter.setPen(QPen(theme.accent, 2));
    painter.setBrush(Qt::NoBrush);
    painter.setRenderHint(QPainter::Antialiasing, true);
    painter.drawRoundedRect(QRectF(x - 4, band.top() - 2, 8, band.height() + 4), 3, 3);
    painter.restore();
}

} // namespace halfopen
