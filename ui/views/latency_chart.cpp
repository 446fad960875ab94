// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/latency_chart.h"

#include "core/report/round_step.h"
#include "core/run/run_record.h"
#include "ui/format.h"
#include "ui/geometry/decimation.h"
#include "ui/geometry/ticks.h"
#include "ui/models/chart_summary.h"
#include "ui/models/time_axis_model.h"
#include "ui/views/edge_combo.h"
#include "ui/views/figure.h"
#include "ui/views/time_navigator.h"

#include <QChart>
#include <QGraphicsItem>
#include <QGraphicsLayout>
#include <QLineSeries>
#include <QLogValueAxis>
#include <QPainter>
#include <QValueAxis>

#include <algorithm>
#include <cmath>

namespace halfopen {

namespace {

constexpr double kCellWidth = 2; // pixels, at least
constexpr double kCellHeight = 3;
constexpr double kLayerHeight = 0.01; // between curves, in the chart's own steps of 1 between grid, curves and axes

// Of the ghost the readout tells these percentiles.
constexpr std::size_t kGhostMiddle = 0;
constexpr std::size_t kGhostTail = 2;
static_assert(kPercentiles[kGhostMiddle] == 0.5 && kPercentiles[kGhostTail] == 0.99);

/// Axis of Qt Charts that only maps: the drawing of axes is shared by all charts (chart_paint.h).
template <typename Axis> Axis *silentAxis(QChart *chart, Qt::Alignment side)
{
    auto *axis = new Axis;
    axis->setVisible(false); // or each change of its range lays out labels that nobody sees
    chart->addAxis(axis, side);
    return axis;
}

} // namespace

LatencyChart::LatencyChart(TimeAxisModel *axis, const EdgeCombo *edges, QWidget *parent)
    : QChartView(parent), m_axis(axis), m_edges(edges),
      m_navigator(new TimeNavigator(viewport(), axis, [this] { return plotRect(); }))
{
    setAccessibleName(tr("Latency over time"));
    setAccessibleDescription(
        tr("The percentiles p50, p90, p99 and p99.9 of the latency, on a logarithmic axis"));
    setFocusPolicy(Qt::StrongFocus);
    setFrameShape(QFrame::NoFrame);
    setMinimumSize(Theme::px(240), Theme::px(96));
    setRenderHint(QPainter::Antialiasing, true);
    setViewportUpdateMode(QGraphicsView::FullViewportUpdate);
    chart()->legend()->hide();
    chart()->setAnimationOptions(QChart::NoAnimation);
    chart()->setBackgroundVisible(false);
    chart()->setPlotAreaBackgroundVisible(false);
    chart()->setMargins(QMargins());
    chart()->layout()->setContentsMargins(0, 0, 0, 0);
    m_x = silentAxis<QValueAxis>(chart(), Qt::AlignBottom);
    m_y = silentAxis<QLogValueAxis>(chart(), Qt::AlignLeft);
    m_y->setBase(10);
    connect(&m_frames, &FrameClock::draw, this, &LatencyChart::update);
    connect(axis, &TimeAxisModel::visibleRangeChanged, this, &LatencyChart::refresh);
    connect(axis, &TimeAxisModel::cursorChanged, this,
            [this] { m_isPointed = m_navigator->hand() == TimeNavigator::Hand::Pointer; });
    connect(axis, &TimeAxisModel::cursorChanged, &m_frames, &FrameClock::request);
    connect(axis, &TimeAxisModel::selectionChanged, &m_frames, &FrameClock::request);
    connect(m_navigator, &TimeNavigator::hovered, this, [this](QPointF at) {
        m_pointer = at;
        m_isPointed = true;
        m_frames.request();
    });
    connect(m_navigator, &TimeNavigator::left, this, [this] {
        m_pointer.reset();
        m_isPointed = false;
        m_frames.request();
    });
}

QString LatencyChart::spoken() const
{
    return m_record ? latencyInWords(*m_record) : QString();
}

void LatencyChart::setRecord(RecordPtr record)
{
    m_record = std::move(record);
    refresh();
}

void LatencyChart::setGhost(RecordPtr ghost)
{
    m_ghost = std::move(ghost);
    refresh();
}

void LatencyChart::setHeatmap(bool on)
{
    m_isHeatmap = on;
    refresh();
}

void LatencyChart::refresh()
{
    m_isOld = true;
    m_frames.request();
}

QRectF LatencyChart::plotRect() const
{
    return chartPlotRect(viewport()->size());
}

TimeAxis LatencyChart::timeAxis() const
{
    const QRectF plot = plotRect();
    return TimeAxis(m_axis->visibleRange(), plot.left(), plot.width());
}

void LatencyChart::update()
{
    if (m_isOld && (isVisible() || isDrawingFigure())) {
        m_isOld = false;
        const Theme &theme = Theme::of(this);
        chart()->setPlotArea(plotRect());
        const auto &points = m_series.update(m_record, m_edges->edges(), timeAxis());
        updateAxes(points);
        if (m_isHeatmap)
            updateHeatmap();
        const EdgeSet ghostEdges = m_ghost ? m_edges->edgesIn(*m_ghost) : EdgeSet();
        m_hasGhost = !m_isHeatmap && m_record && !ghostEdges.empty();
        if (m_hasGhost)
            m_ghostSeries.update(m_ghost, ghostEdges, timeAxis());
        else
            clearLines(m_ghostLines);
        constexpr int kCount = static_cast<int>(kPercentiles.size());
        for (int p = 0; p < kCount; ++p) {
            const auto i = static_cast<std::size_t>(p);
            QPen dashed(faded(theme.sequence(p, kCount), Theme::kGhostAlpha), 1);
            dashed.setDashPattern({4, 3});
            if (m_hasGhost)
                setLine(m_ghostLines[i], m_ghostSeries.points(), i, dashed, p - kCount);
            if (!m_isHeatmap)
                setLine(m_lines[i], points, i, QPen(theme.sequence(p, kCount), 1), p);
        }
        if (m_isHeatmap)
            clearLines(m_lines);
        emit updated();
    }
    viewport()->update();
    tell();
}

void LatencyChart::tell()
{
    const auto cursor = m_axis->cursor();
    const bool isShown = m_record && cursor && timeAxis().range().contains(*cursor);
    // A pointer that lies still while keys step on has nothing to do with where the cursor is.
    const std::optional<QPointF> pointer = m_isPointed ? m_pointer : std::nullopt;
    Readout text = isShown && pointer ? readoutOfChange(*pointer, plotRect().top(), timeAxis(), *m_record) : Readout();
    if (isShown && text.isEmpty())
        text = readout(*cursor);
    if (isShown && pointer)
        m_box.show(viewport(), *pointer, text);
    else
        m_box.hide();
    const QString reading = pointer ? QString() : text.inOneLine();
    if (reading == m_reading)
        return;
    m_reading = reading;
    emit readingChanged(reading);
}

void LatencyChart::updateAxes(const std::vector<PercentilePoint> &points)
{
    const TimeRange visible = m_axis->visibleRange();
    std::int64_t least = Instant::never().ns();
    std::int64_t most = 0;
    for (const PercentilePoint &point : points) {
        if (point.count == 0)
            continue;
        // A refused call takes no time at all; a logarithmic axis begins at a microsecond.
        least = std::min(least, std::max<std::int64_t>(point.ns.front(), 1'000));
        most = std::max(most, point.ns.back());
    }
    if (most == 0) {
        least = 1'000'000;
        most = 1'000'000'000;
    }
    // Half of the calls are quicker than the lowest p50: leave them room in the distribution
    // beside.
    const double low = roundDown125(static_cast<double>(least) / 3);
    const double high = std::max(report::roundUpFinely(static_cast<double>(most) * 1.05), low * 10);
    const QRectF plot = plotRect();
    m_valueAxis = ValueAxis(low, high, plot.top(), plot.height(), ValueAxis::Scale::Logarithmic);
    const double from = visible.from.seconds(), to = visible.to.seconds();
    if (m_x->min() == from && m_x->max() == to && m_y->min() == low && m_y->max() == high)
        return;
    // Else Qt Charts would lay out the lines of the record before in the new ranges, once for each axis.
    clearLines(m_lines);
    clearLines(m_ghostLines);
    m_x->setRange(from, to);
    m_y->setRange(low, high);
}

void LatencyChart::updateHeatmap()
{
    if (m_record)
        m_heatmap.update(*m_record, m_edges->edges(), timeAxis(), m_valueAxis, kCellWidth, kCellHeight);
}

void LatencyChart::paintHeatmap(QPainter &painter, const Theme &theme) const
{
    const TimeAxis axis = timeAxis();
    const double scale = std::log1p(static_cast<double>(m_heatmap.most()));
    for (const LatencyHeatmap::Column &column : m_heatmap.columns()) {
        const PixelSpan span = pixelsOf(column.range, axis);
        for (int row = 0; row < m_heatmap.rows(); ++row) {
            const std::uint64_t calls = column.calls[static_cast<std::size_t>(row)];
            if (calls == 0)
                continue;
            const int top = static_cast<int>(std::lround(m_heatmap.topOf(row)));
            painter.fillRect(QRect(span.from, top, span.to - span.from, static_cast<int>(kCellHeight)),
                             theme.heat(std::log1p(static_cast<double>(calls)) / scale));
        }
    }
}

void LatencyChart::setLine(Stretches &line, const std::vector<PercentilePoint> &points,
                           std::size_t percentile, const QPen &pen, int layer)
{
    std::size_t used = 0;
    QList<QPointF> stretch;
    TimeRange last; // of its last point
    const auto finish = [&] {
        if (stretch.isEmpty())
            return;
        if (used == line.size()) {
            auto *series = new QLineSeries;
            const QList<QGraphicsItem *> items = chart()->childItems();
            chart()->addSeries(series);
            for (QGraphicsItem *item : chart()->childItems()) {
                if (!items.contains(item))
                    item->setZValue(item->zValue() + layer * kLayerHeight);
            }
            series->attachAxis(m_x);
            series->attachAxis(m_y);
            line.push_back(series);
        }
        QLineSeries *series = line[used++];
        if (stretch.size() == 1) { // a line needs two ends: it is level over all that was counted
            const double ns = stretch.front().y();
            stretch = {QPointF(last.from.seconds(), ns), QPointF(last.to.seconds(), ns)};
        }
        if (series->pen() != pen)
            series->setPen(pen);
        if (series->points() != stretch) // the ghost stays the same
            series->replace(stretch);
        stretch.clear();
    };
    for (const PercentilePoint &point : points) {
        if (point.count == 0) {
            finish();
            continue;
        }
        const Instant middle = point.range.from + point.range.length() / 2;
        // One value at or below 0 would make the whole series vanish.
        const double ns = std::max(static_cast<double>(point.ns[percentile]), m_valueAxis.low());
        stretch.append(QPointF(middle.seconds(), ns));
        last = point.range;
    }
    finish();
    for (std::size_t i = used; i < line.size(); ++i) {
        if (line[i]->count() > 0)
            line[i]->clear();
    }
}

void LatencyChart::clearLines(std::array<Stretches, kPercentiles.size()> &lines)
{
    for (Stretches &line : lines) {
        for (QLineSeries *series : line) {
            if (series->count() > 0)
                series->clear();
        }
    }
}

void LatencyChart::drawBackground(QPainter *painter, const QRectF &)
{
    const Theme &theme = Theme::of(this);
    const QRectF plot = plotRect();
    painter->setRenderHint(QPainter::Antialiasing, false);
    painter->fillRect(QRectF(viewport()->rect()), theme.panel);
    if (m_record)
        paintContext(*painter, plot, timeAxis(), *m_record, theme);
    paintTimeAxis(*painter, plot, timeAxis(), viewport()->width(), theme);
    if (m_record)
        paintValueAxis(*painter, plot, m_valueAxis, durationLabels(m_valueAxis), theme);
    if (m_record && m_isHeatmap) {
        painter->save();
        painter->setClipRect(plot);
        paintHeatmap(*painter, theme);
        painter->restore();
    }
    painter->setRenderHint(QPainter::Antialiasing, true);
}

void LatencyChart::drawForeground(QPainter *painter, const QRectF &)
{
    const Theme &theme = Theme::of(this);
    const QRectF plot = plotRect();
    const TimeAxis axis = timeAxis();
    painter->setRenderHint(QPainter::Antialiasing, false);
    if (m_record)
        paintChanges(*painter, plot, plot.top(), axis, *m_record, theme);
    paintBrush(*painter, plot, axis, *m_axis, theme);
    const bool isEmpty = std::all_of(m_series.points().begin(), m_series.points().end(),
                                     [](const PercentilePoint &point) { return point.count == 0; });
    if (m_record && isEmpty)
        paintEmptyPlot(*painter, plot, tr("No call has ended in this range."), theme);
    if (hasFocus()) {
        painter->setPen(QPen(theme.accent, 1));
        painter->setBrush(Qt::NoBrush);
        painter->drawRect(QRectF(viewport()->rect()).adjusted(0.5, 0.5, -0.5, -0.5));
    }
}

Readout LatencyChart::readout(Instant at) const
{
    const auto pointAt = [at](const std::vector<PercentilePoint> &points) -> const PercentilePoint * {
        const auto after = std::upper_bound(points.begin(), points.end(), at,
                                            [](Instant t, const PercentilePoint &p) { return t < p.range.from; });
        return after == points.begin() || at >= std::prev(after)->range.to ? nullptr : &*std::prev(after);
    };
    const PercentilePoint *found = pointAt(m_series.points());
    if (!found)
        return {};
    const PercentilePoint &point = *found;
    const Theme &theme = Theme::of(this);
    Readout text;
    text.title = formatInstant(at, timeStep(timeAxis().perPixel()));
    text.source = tr("%1, %2 ended %3")
                      .arg(m_edges->choice(), formatCalls(point.count),
                           formatRange(point.range.from, point.range.to));
    if (point.count == 0)
        return text;
    if (const auto *column = m_isHeatmap && m_pointer ? m_heatmap.columnAt(at) : nullptr) {
        const int row = m_heatmap.rowOf(m_valueAxis.toValue(m_pointer->y()));
        const auto [low, high] = m_heatmap.valuesOf(row);
        text.rows.push_back({QColor(), Qt::SolidPattern,
                             tr("%1 to %2").arg(formatDuration(Duration(std::llround(low))),
                                                formatDuration(Duration(std::llround(high)))),
                             formatCalls(column->calls[static_cast<std::size_t>(row)])});
    }
    for (std::size_t i = kPercentiles.size(); i-- > 0;) {
        // So few calls have no such percentile: it is their slowest one.
        const bool isSlowest = static_cast<double>(point.count) * (1 - kPercentiles[i]) < 1;
        const QString value = formatDuration(Duration(point.ns[i]));
        text.rows.push_back(
            {theme.sequence(static_cast<int>(i), static_cast<int>(kPercentiles.size())),
             Qt::SolidPattern, percentileText(percentileName(i)),
             isSlowest ? tr("%1 (slowest)").arg(value) : value});
    }
    if (const PercentilePoint *ghost = m_hasGhost ? pointAt(m_ghostSeries.points()) : nullptr; ghost && ghost->count > 0) {
        for (const std::size_t i : {kGhostTail, kGhostMiddle})
            text.rows.push_back({blended(theme.panel, theme.text, Theme::kGhostAlpha), Qt::SolidPattern,
                                 tr("ghost %1").arg(percentileText(percentileName(i))), formatDuration(Duration(ghost->ns[i]))});
        text.explainGhost();
    }
    return text;
}

void LatencyChart::paintEvent(QPaintEvent *event)
{
    m_frames.started();
    if (m_isOld)
        update();
    QChartView::paintEvent(event);
}

void LatencyChart::resizeEvent(QResizeEvent *event)
{
    QChartView::resizeEvent(event);
    m_isOld = true;
}

void LatencyChart::keyPressEvent(QKeyEvent *event)
{
    if (!m_navigator->handleKey(event))
        QWidget::keyPressEvent(event);
}

void LatencyChart::changeEvent(QEvent *event)
{
    QChartView::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange)
        refresh();
}

void LatencyChart::focusInEvent(QFocusEvent *event)
{
    QChartView::focusInEvent(event);
    viewport()->update();
}

void LatencyChart::focusOutEvent(QFocusEvent *event)
{
    QChartView::focusOutEvent(event);
    viewport()->update();
}

} // namespace halfopen
