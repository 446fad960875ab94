// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/geometry/time_axis.h"
#include "ui/geometry/value_axis.h"
#include "ui/theme.h"

#include <QBrush>
#include <QColor>
#include <QRectF>
#include <QSize>
#include <QString>

#include <optional>
#include <vector>

class QPainter;

namespace halfopen {

struct RunRecord;
class TimeAxisModel;

// What all charts have in common: the same margins, so that their time axes line up to the pixel,
// and the same axes, grid, context, cursor and selection. Sizes in logical pixels.

/// The area of the data in a chart of this size; the same left and right margins in every chart.
QRectF chartPlotRect(QSize size);

/// A horizontal or vertical hairline, sharp at every scale factor.
void paintHLine(QPainter &painter, double x0, double x1, double y, const QColor &color);
void paintVLine(QPainter &painter, double x, double y0, double y1, const QColor &color);
/// \a color with \a alpha in [0, 1].
QColor faded(QColor color, double alpha);
/// \a over laid on \a under with \a share in [0, 1].
QColor blended(const QColor &under, const QColor &over, double share);
/// Fills a swatch or an area: patterns get a faint ground of their own colour.
void fillPatterned(QPainter &painter, const QRectF &rect, const QColor &color,
                   Qt::BrushStyle pattern);

/// Labels and grid of a vertical axis.
struct AxisLabel {
    double value = 0;
    QString text; ///< empty = grid line only
};
void paintValueAxis(QPainter &painter, const QRectF &plot, const ValueAxis &axis,
                    const std::vector<AxisLabel> &labels, const Theme &theme);
/// Labels for a latency axis, values in ns, as many as fit.
std::vector<AxisLabel> durationLabels(const ValueAxis &axis);

/// Vertical grid lines with their labels below the plot.
void paintTimeAxis(QPainter &painter, const QRectF &plot, const TimeAxis &axis, int widgetWidth,
                   const Theme &theme);
/// Time that has not been played yet, and a tint where a fault is active.
void paintContext(QPainter &painter, const QRectF &plot, const TimeAxis &axis,
                  const RunRecord &record, const Theme &theme);
/// Where settings were changed while the run played, over the data: a dashed line each, with a wedge from \a top on.
void paintChanges(QPainter &painter, const QRectF &plot, double top, const TimeAxis &axis, const RunRecord &record,
                  const Theme &theme);
/// Selection (everything outside dimmed) and cursor line.
void paintBrush(QPainter &painter, const QRectF &plot, const TimeAxis &axis,
                const TimeAxisModel &model, const Theme &theme);

/// A value read at the cursor, or what lies under the pointer.
struct ReadoutRow {
    QColor color; ///< invalid = no swatch
    Qt::BrushStyle pattern = Qt::SolidPattern;
    QString label;
    QString value;
};
struct Readout {
    QString title;
    std::vector<ReadoutRow> rows;
    QString source; ///< where the values come from
    bool isEmpty() const { return title.isEmpty() && rows.empty(); }
    /// In one line, without the source: for the head of a view, and for screen readers.
    QString inOneLine() const;
    /// Says in the source what the ghost is. In charts it is pale, and its values are told as those of the ghost.
    void explainGhost();
};
/// What was changed where the pointer is on a wedge of paintChanges(), or empty.
Readout readoutOfChange(QPointF pointer, double top, const TimeAxis &axis, const RunRecord &record);
/// The box that holds all of it, without clipping.
QSize readoutSize(const Readout &readout);
void paintReadout(QPainter &painter, const QRectF &box, const Readout &readout, const Theme &theme);

/// One sentence in the middle of an empty plot.
void paintEmptyPlot(QPainter &painter, const QRectF &plot, const QString &text, const Theme &theme);

} // namespace halfopen
