// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/state_shapes.h"

#include "ui/views/chart_paint.h"

#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <cmath>

namespace halfopen {

namespace {

void paintLock(QPainter &painter, const QRectF &box, const QColor &color)
{
    const double w = box.width();
    const QRectF body(box.left() + 0.28 * w, box.top() + 0.48 * w, 0.44 * w, 0.32 * w);
    painter.setPen(Qt::NoPen);
    painter.setBrush(color);
    painter.drawRect(body);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(color, std::max(1.0, w / 10)));
    painter.drawArc(QRectF(box.left() + 0.36 * w, box.top() + 0.24 * w, 0.28 * w, 0.44 * w), 0,
                    180 * 16);
}

/// Its upper and its lower edge.
void paintRails(QPainter &painter, const QRectF &band, const QColor &color)
{
    painter.fillRect(QRectF(band.left(), band.top(), band.width(), 1), color);
    painter.fillRect(QRectF(band.left(), band.bottom() - 1, band.width(), 1), color);
}

void paintOutline(QPainter &painter, const QRectF &band, const QColor &color)
{
    paintRails(painter, band, color);
    painter.fillRect(QRectF(band.left(), band.top() + 1, 1, band.height() - 2), color);
    if (band.width() > 1)
        painter.fillRect(QRectF(band.right() - 1, band.top() + 1, 1, band.height() - 2), color);
}

} // namespace

void paintStateShape(QPainter &painter, const QRectF &box, BreakerState state, const Theme &theme)
{
    const QColor color = theme.breakerState(state);
    const QRectF inner = box.adjusted(0.75, 0.75, -0.75, -0.75);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing, true);
    painter.setPen(QPen(color, 1.5));
    painter.setBrush(color);
    switch (state) {
    case BreakerState::Closed:
        painter.drawEllipse(inner);
        break;
    case BreakerState::Open:
        painter.drawRect(inner);
        break;
    case BreakerState::ForcedOpen:
        painter.drawRect(inner);
        paintLock(painter, box, theme.onData);
        break;
    case BreakerState::HalfOpen: {
        const QPointF c = box.center();
        const double r = box.width() / 2;
        const QPointF diamond[] = {
            {c.x(), c.y() - r}, {c.x() + r, c.y()}, {c.x(), c.y() + r}, {c.x() - r, c.y()}};
        painter.setBrush(Qt::NoBrush);
        painter.drawPolygon(diamond, 4);
        const QPointF lower[] = {{c.x() + r, c.y()}, {c.x(), c.y() + r}, {c.x() - r, c.y()}};
        painter.setBrush(color);
        painter.drawPolygon(lower, 3);
        break;
    }
    case BreakerState::Disabled:
        painter.setBrush(Qt::NoBrush);
        painter.drawEllipse(inner);
        break;
    case BreakerState::MetricsOnly: {
        QPen dotted(color, 1.5);
        dotted.setDashPattern({0.8, 1.4});
        painter.setPen(dotted);
        painter.setBrush(Qt::NoBrush);
        painter.drawEllipse(inner);
        break;
    }
    }
    painter.restore();
}

void paintStateBand(QPainter &painter, const QRectF &band, BreakerState state, const Theme &theme)
{
    const QColor color = theme.breakerState(state);
    const double thin = std::max(2.0, std::round(band.height() / 6));
    const QRectF line(band.left(), std::round(band.center().y() - thin / 2), band.width(), thin);
    switch (state) {
    case BreakerState::Closed:
        painter.fillRect(line, color);
        break;
    case BreakerState::Open:
    case BreakerState::ForcedOpen:
        painter.fillRect(band, color);
        break;
    case BreakerState::HalfOpen:
        painter.fillRect(band, faded(color, 0.35));
        painter.fillRect(band, QBrush(color, Qt::BDiagPattern));
        paintRails(painter, band, color);
        // Narrow bands have no room for a hatch: the edge alone must show them.
        painter.fillRect(QRectF(band.left(), band.top(), 1, band.height()), color);
        break;
    case BreakerState::Disabled:
        paintRails(painter, band, color);
        break;
    case BreakerState::MetricsOnly:
        painter.fillRect(line, QBrush(color, Qt::Dense5Pattern));
        break;
    }
}

void paintGhostBand(QPainter &painter, const QRectF &band, BreakerState state, const Theme &theme)
{
    const QColor color = faded(theme.breakerState(state), Theme::kGhostAlpha);
    const double middle = std::round(band.center().y());
    switch (state) {
    case BreakerState::Closed: {
        constexpr double kDash = 4; // where one lies depends on the pixel alone: nothing crawls while a run goes on
        for (double x = std::floor(band.left() / (2 * kDash)) * 2 * kDash; x < band.right(); x += 2 * kDash) {
            const double from = std::max(x, band.left());
            painter.fillRect(QRectF(from, middle, std::max(0.0, std::min(x + kDash, band.right()) - from), 1), color);
        }
        break;
    }
    case BreakerState::Open:
    case BreakerState::ForcedOpen:
        painter.fillRect(band, faded(theme.breakerState(state), kGhostFill));
        paintOutline(painter, band, color);
        break;
    case BreakerState::HalfOpen:
        painter.fillRect(band, QBrush(color, Qt::BDiagPattern));
        paintOutline(painter, band, color);
        break;
    case BreakerState::Disabled:
        paintRails(painter, band, color);
        break;
    case BreakerState::MetricsOnly:
        painter.fillRect(QRectF(band.left(), middle, band.width(), 1), QBrush(color, Qt::Dense5Pattern));
        break;
    }
}

} // namespace halfopen
