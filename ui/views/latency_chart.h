// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/latency_heatmap.h"
#include "ui/models/percentile_series.h"
#include "ui/models/record_ptr.h"
#include "ui/views/chart_paint.h"
#include "ui/views/frame_clock.h"
#include "ui/views/readout_box.h"
#include "ui/views/spoken_chart.h"

#include <QChartView>

#include <array>
#include <vector>

class QLineSeries;
class QLogValueAxis;
class QValueAxis;

namespace halfopen {

class EdgeCombo;
class TimeNavigator;

/// The percentile lines of the latency view, drawn by Qt Charts into the same plot area, behind the
/// same axes and under the same cursor as the charts that draw themselves. Instead of them, the counts
/// behind them as a heat map.
class LatencyChart : public QChartView, public SpokenChart {
    Q_OBJECT
public:
    LatencyChart(TimeAxisModel *axis, const EdgeCombo *edges, QWidget *parent = nullptr);

    void setRecord(RecordPtr record);
    void setGhost(RecordPtr ghost);
    void setHeatmap(bool on);
    bool isHeatmap() const { return m_isHeatmap; }
    /// Whether lines of a ghost are drawn, as of the last update.
    bool hasGhost() const { return m_hasGhost; }
    const LatencyHeatmap &heatmap() const { return m_heatmap; }
    const RecordPtr &record() const { return m_record; }
    QString spoken() const override;
    /// Computes and draws again at the next screen refresh.
    void refresh();
    QRectF plotRect() const;
    /// Latency in ns; the same in the distribution beside.
    const ValueAxis &valueAxis() const { return m_valueAxis; }

signals:
    /// The lines and the value axis are up to date with the record and the visible range.
    void updated();
    /// As TimeChart::readingChanged().
    void readingChanged(const QString &reading);

protected:
    void drawBackground(QPainter *painter, const QRectF &rect) override;
    void drawForeground(QPainter *painter, const QRectF &rect) override;
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void changeEvent(QEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;

private:
    /// The line of one percentile. Qt Charts cannot draw a gap, so each stretch without one is a
    /// series.
    using Stretches = std::vector<QLineSeries *>;
    void update();
    void tell();
    void updateAxes(const std::vector<PercentilePoint> &points);
    /// \a layer: curves of a higher one lie above, whichever was there first.
    void setLine(Stretches &line, const std::vector<PercentilePoint> &points,
                 std::size_t percentile, const QPen &pen, int layer);
    void updateHeatmap();
    void paintHeatmap(QPainter &painter, const Theme &theme) const;
    void clearLines(std::array<Stretches, kPercentiles.size()> &lines);
    TimeAxis timeAxis() const;
    Readout readout(Instant at) const;

    TimeAxisModel *m_axis;
    const EdgeCombo *m_edges;
    TimeNavigator *m_navigator;
    RecordPtr m_record;
    RecordPtr m_ghost;
    PercentileSeries m_series;
    PercentileSeries m_ghostSeries;
    QValueAxis *m_x;
    QLogValueAxis *m_y;
    std::array<Stretches, kPercentiles.size()> m_lines;
    std::array<Stretches, kPercentiles.size()> m_ghostLines;
    ValueAxis m_valueAxis{1e6, 1e9, 0, 1, ValueAxis::Scale::Logarithmic};
    std::optional<QPointF> m_pointer;
    bool m_isPointed = false; ///< the pointer has put the cursor there: what is told is of that place
    ReadoutHolder m_box;
    QString m_reading;
    LatencyHeatmap m_heatmap;
    bool m_isHeatmap = false;
    bool m_hasGhost = false;
    bool m_isOld = true;
    FrameClock m_frames;
};

} // namespace halfopen
