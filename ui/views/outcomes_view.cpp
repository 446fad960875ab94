// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/outcomes_view.h"

#include "core/run/run_record.h"
#include "ui/format.h"
#include "ui/geometry/decimation.h"
#include "ui/geometry/ticks.h"
#include "ui/models/outcome_series.h"
#include "ui/models/record_csv.h"
#include "ui/models/time_axis_model.h"
#include "ui/views/edge_combo.h"
#include "ui/views/figure.h"
#include "ui/views/legend_panel.h"
#include "ui/views/plot_view.h"
#include "ui/views/text_cache.h"
#include "ui/views/time_chart.h"

#include <QEvent>
#include <QPainter>
#include <QPolygonF>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace halfopen {

namespace {

/// Bottom to top: what worked, what was refused, what went wrong.
constexpr std::array<OutcomeKind, kOutcomeKinds> kStackOrder = {
    OutcomeKind::Success,           OutcomeKind::Fallback,        OutcomeKind::CircuitBreakerOpen,
    OutcomeKind::Unhealthy,         OutcomeKind::Throttled,       OutcomeKind::RateLimited,
    OutcomeKind::BulkheadFull,      OutcomeKind::Rejected,        OutcomeKind::Timeout,
    OutcomeKind::Error,             OutcomeKind::ConnectionRefused,
    OutcomeKind::ConnectionReset,   OutcomeKind::Cancelled};

constexpr double kStripHeight = 14; // of one row of the fault strip
constexpr int kStripRowsMax = 3;
constexpr int kStripRowsOfFigure = 6;
constexpr double kStripShareMax = 0.4; // of the plot
constexpr std::size_t kFaultsTold = 12; // in one readout
constexpr double kMarkerReach = 5;  // pixels around a short fault

std::uint64_t goodOf(const OutcomeCounts &ended)
{
    return ended[static_cast<std::size_t>(OutcomeKind::Success)] +
           ended[static_cast<std::size_t>(OutcomeKind::Fallback)];
}

QColor ghostColour(const Theme &theme)
{
    return blended(theme.panel, theme.text, Theme::kGhostAlpha);
}

/// The column that \a at lies in, or none.
const OutcomeColumn *columnAt(const std::vector<OutcomeColumn> &columns, Instant at)
{
    const auto after = std::upper_bound(columns.begin(), columns.end(), at,
                                        [](Instant t, const OutcomeColumn &c) { return t < c.range.from; });
    return after == columns.begin() || at >= std::prev(after)->range.to ? nullptr : &*std::prev(after);
}

class OutcomesChart : public TimeChart {
    Q_OBJECT
public:
    OutcomesChart(TimeAxisModel *axis, const EdgeCombo *edges) : TimeChart(axis), m_edges(edges)
    {
        setAccessibleName(tr("Outcomes over time"));
        setAccessibleDescription(tr("Calls ended per second, stacked by outcome, with faults and "
                                    "changes of settings above"));
    }
    void setGhost(RecordPtr ghost)
    {
        m_ghost = std::move(ghost);
        refresh();
    }
    const RecordPtr &ghost() const { return m_ghost; }

protected:
    void prepare() override;
    void paintAxis(QPainter &painter, const Theme &theme) override;
    void paintData(QPainter &painter, const Theme &theme) override;
    double changesTop() const override { return dataRect().top() - Theme::px(7); }
    Readout readout(Instant at, std::optional<QPointF> pointer) const override;

private:
    QRectF dataRect() const { return plotRect().adjusted(0, m_stripRows * Theme::px(kStripHeight) + 4, 0, 0); }
    /// Faults that overlap get rows of their own, as far as there is room; what is left shares the last row.
    void layoutStrip();
    void paintColumn(QPainter &painter, const OutcomeColumn &column, const Theme &theme) const;
    void paintSteps(QPainter &painter, const std::vector<OutcomeColumn> &columns, bool offered,
                    const QColor &color) const;
    void paintStrip(QPainter &painter, const Theme &theme) const;
    void paintFaultLabel(QPainter &painter, std::size_t index, const Theme &theme) const;
    static QPolygonF strengthCourse(const FaultWindow &window, const TimeAxis &axis, const QRectF &bar);
    Readout readoutOfStrip(Instant at) const;

    const EdgeCombo *m_edges;
    RecordPtr m_ghost;
    std::vector<OutcomeColumn> m_columns;
    std::vector<OutcomeColumn> m_offered; ///< the steps of the line
    std::vector<OutcomeColumn> m_ghostColumns;
    ValueAxis m_axis;
    LinearTicks m_ticks;
    std::vector<int> m_stripRow; ///< of each fault window of the record
    std::vector<std::size_t> m_stripFirst; ///< of each: the first of those that lie over each other with it, one after another
    std::vector<int> m_stripHidden;        ///< of each that is such a first one: how many others; -1 of the others
    int m_stripRows = 1;
};

void OutcomesChart::layoutStrip()
{
    const auto &windows = record()->faultWindows;
    const bool isFigure = isDrawingFigure(); // nothing tells there what a cut label says: labels get room, too
    const int room = std::clamp(static_cast<int>(plotRect().height() * kStripShareMax / Theme::px(kStripHeight)), 1,
                                isFigure ? kStripRowsOfFigure : kStripRowsMax);
    const TimeAxis axis = timeAxis();
    std::vector<std::size_t> order(windows.size());
    std::iota(order.begin(), order.end(), std::size_t(0));
    std::stable_sort(order.begin(), order.end(), [&](auto a, auto b) { return windows[a].from < windows[b].from; });
    std::vector<Instant> ends; // of each row, so far
    std::vector<double> labelEnds; // in pixels
    std::vector<std::size_t> firsts; // of each row, so far
    m_stripRow.assign(windows.size(), 0);
    m_stripFirst.assign(windows.size(), 0);
    m_stripHidden.assign(windows.size(), 0);
    for (const std::size_t w : order) {
        const double left = axis.toPixel(windows[w].from);
        std::size_t row = 0;
        while (row < ends.size() && (ends[row] > windows[w].from || (isFigure && labelEnds[row] > left)))
            ++row;
        if (row == ends.size() && ends.size() < static_cast<std::size_t>(room)) {
            ends.push_back(windows[w].from);
            labelEnds.push_back(left);
            firsts.push_back(w);
        } else if (row == ends.size()) { // rather a cut label than a bar upon another
            row = static_cast<std::size_t>(
                std::find_if(ends.begin(), ends.end(), [&](Instant end) { return end <= windows[w].from; }) - ends.begin());
        }
        row = std::min(row, ends.size() - 1); // only the last row is shared
        if (ends[row] <= windows[w].from)
            firsts[row] = w;
        m_stripFirst[w] = firsts[row];
        if (firsts[row] != w) {
            m_stripHidden[w] = -1;
            ++m_stripHidden[firsts[row]];
        }
        ends[row] = std::max(ends[row], windows[w].to);
        const double labelWidth = textWidth(QString::fromStdString(windows[w].label), Theme::axisFont());
        labelEnds[row] = std::max(labelEnds[row], left + labelWidth + Theme::px(12));
        m_stripRow[w] = static_cast<int>(row);
    }
    m_stripRows = std::max(1, static_cast<int>(ends.size()));
}

void OutcomesChart::prepare()
{
    const TimeAxis axis = timeAxis();
    layoutStrip();
    m_columns = outcomeColumns(*record(), m_edges->edges(), axis);
    m_offered = offeredSteps(*record(), m_columns, axis);
    m_ghostColumns.clear();
    if (const EdgeSet edges = m_ghost ? m_edges->edgesIn(*m_ghost) : EdgeSet(); !edges.empty())
        m_ghostColumns = outcomeColumns(*m_ghost, edges, axis);
    double top = 0;
    for (const OutcomeColumn &column : m_columns)
        top = std::max(top, column.endedPerSecond()); // what is drawn, not the busiest bucket in it
    for (const OutcomeColumn &step : m_offered)
        top = std::max(top, step.offeredPerSecond());
    for (const OutcomeColumn &column : m_ghostColumns)
        top = std::max(top, static_cast<double>(goodOf(column.ended)) / column.seconds());
    const QRectF area = dataRect();
    m_ticks = linearTicks(top, std::clamp(static_cast<int>(area.height() / Theme::px(36)), 1, 6));
    m_axis = ValueAxis(0, m_ticks.top, area.top(), area.height());
}

void OutcomesChart::paintAxis(QPainter &painter, const Theme &theme)
{
    std::vector<AxisLabel> labels;
    for (const double value : m_ticks.values)
        labels.push_back({value, formatRate(value)});
    paintValueAxis(painter, plotRect(), m_axis, labels, theme);
}

void OutcomesChart::paintColumn(QPainter &painter, const OutcomeColumn &column,
                                const Theme &theme) const
{
    const PixelSpan x = pixelsOf(column.range, timeAxis());
    double rate = 0;
    double y = std::round(m_axis.bottom());
    for (const OutcomeKind kind : kStackOrder) {
        const std::uint64_t count = column.ended[static_cast<std::size_t>(kind)];
        if (count == 0)
            continue;
        rate += static_cast<double>(count) / column.seconds();
        // A bad outcome is never too rare to be seen: one pixel at least.
        const double least = isGood(kind) ? 0 : 1;
        const double top = std::min(std::round(m_axis.toPixel(rate)), y - least);
        if (top < y)
            fillPatterned(painter, QRectF(x.from, top, x.to - x.from, y - top), theme.outcome(kind),
                          theme.outcomePattern(kind));
        y = std::min(y, top);
    }
}

void OutcomesChart::paintSteps(QPainter &painter, const std::vector<OutcomeColumn> &columns,
                               bool offered, const QColor &color) const
{
    // Dashed by hand: whole pixels cost a tenth of a dashed path, and the steps are those of the
    // columns.
    constexpr int kPeriod = 7;
    constexpr int kOn = 4;
    const TimeAxis axis = timeAxis();
    std::optional<int> last;
    for (const OutcomeColumn &column : columns) {
        const PixelSpan x = pixelsOf(column.range, axis);
        const std::uint64_t count = offered ? column.offered : goodOf(column.ended);
        const double rate = static_cast<double>(count) / column.seconds();
        const auto y =
            static_cast<int>(std::lround(std::min(m_axis.toPixel(rate), m_axis.bottom() - 1)));
        for (int from = x.from; from < x.to;) {
            const int phase = from % kPeriod;
            const int to = std::min(x.to, from - phase + (phase < kOn ? kOn : kPeriod));
            if (phase < kOn)
                painter.fillRect(QRect(from, y, to - from, 1), color);
            from = to;
        }
        if (last && std::abs(*last - y) > 1)
            painter.fillRect(QRect(x.from, std::min(*last, y), 1, std::abs(*last - y)), color);
        last = y;
    }
}

void OutcomesChart::paintData(QPainter &painter, const Theme &theme)
{
    for (const OutcomeColumn &column : m_columns)
        paintColumn(painter, column, theme);
    paintSteps(painter, m_offered, true, theme.text);
    if (!m_ghostColumns.empty())
        paintSteps(painter, m_ghostColumns, false, ghostColour(theme));
    paintStrip(painter, theme);
    if (m_columns.empty())
        paintEmptyPlot(painter, dataRect(), tr("No call has ended in this range."), theme);
}

void OutcomesChart::paintStrip(QPainter &painter, const Theme &theme) const
{
    const TimeAxis axis = timeAxis();
    painter.setFont(Theme::axisFont());
    const double height = Theme::px(kStripHeight);
    const auto &windows = record()->faultWindows;
    for (std::size_t w = 0; w < windows.size(); ++w) {
        const FaultWindow &window = windows[w];
        const PixelSpan x = pixelsOf({window.from, window.to}, axis);
        if (x.to <= x.from)
            continue;
        const double top = plotRect().top() + m_stripRow[w] * height;
        const QRectF bar(x.from, top, x.to - x.from, m_stripRows > 1 ? height - 1 : height);
        const QColor full = blended(theme.panel, theme.error, theme.dark ? 0.45 : 0.25);
        if (window.strength.empty()) {
            painter.fillRect(bar, full);
        } else { // a ramp or a wave: as high as it is strong, on a tint that shows how long it lasts
            painter.fillRect(bar, blended(theme.panel, theme.error, theme.dark ? 0.16 : 0.09));
            painter.setPen(Qt::NoPen);
            painter.setBrush(full);
            painter.drawPolygon(strengthCourse(window, axis, bar));
        }
        painter.fillRect(QRectF(bar.left(), top, std::min(2.0, bar.width()), bar.height()), theme.error);
    }
    for (std::size_t w = 0; w < windows.size(); ++w)
        paintFaultLabel(painter, w, theme);
}

/// As long as it likes, up to the next fault of its row: a short fault may have a long name.
void OutcomesChart::paintFaultLabel(QPainter &painter, std::size_t index, const Theme &theme) const
{
    const TimeAxis axis = timeAxis();
    const auto &windows = record()->faultWindows;
    const PixelSpan x = pixelsOf({windows[index].from, windows[index].to}, axis);
    if (x.to <= x.from)
        return;
    double right = plotRect().right();
    for (std::size_t other = 0; other < windows.size(); ++other) {
        if (other == index || m_stripRow[other] != m_stripRow[index] || m_stripHidden[other] < 0)
            continue;
        const bool isNext = windows[other].from > windows[index].from || (windows[other].from == windows[index].from && other > index);
        if (isNext && windows[other].from < axis.range().to)
            right = std::min(right, axis.toPixel(windows[other].from));
    }
    const double left = x.from + Theme::px(6);
    // Bars that share the last row for want of room lie upon each other: their first says how many there are, and the
    // readout names them all.
    const int hidden = m_stripHidden[index];
    if (hidden < 0)
        return;
    const QString more = hidden > 0 ? tr("+%1").arg(hidden) : QString();
    const double moreWidth = hidden > 0 ? textWidth(more, Theme::axisFont()) + Theme::px(8) : 0;
    if (right - left < Theme::px(32))
        return;
    painter.setPen(theme.text);
    const QRectF line(left, plotRect().top() + m_stripRow[index] * Theme::px(kStripHeight), right - left - 2, Theme::px(kStripHeight));
    const QString label = elidedLine(QString::fromStdString(windows[index].label), Theme::axisFont(), line.width() - moreWidth);
    drawLine(painter, line, Qt::AlignLeft | Qt::AlignVCenter, label);
    if (hidden == 0)
        return;
    const QRectF badge(line.left() + textWidth(label, Theme::axisFont()) + Theme::px(4), line.top(), moreWidth - Theme::px(4), line.height() - 1);
    painter.fillRect(badge, theme.error);
    painter.setPen(theme.panel);
    drawLine(painter, badge, Qt::AlignCenter, more);
}

QPolygonF OutcomesChart::strengthCourse(const FaultWindow &window, const TimeAxis &axis, const QRectF &bar)
{
    QPolygonF course{bar.bottomLeft()};
    const std::int64_t length = (window.to - window.from).count();
    const auto steps = static_cast<std::int64_t>(window.strength.size()) - 1;
    for (std::int64_t i = 0; i <= steps; ++i) {
        const double share = static_cast<double>(i) / static_cast<double>(std::max<std::int64_t>(steps, 1));
        const Instant at = window.from + Duration(static_cast<std::int64_t>(static_cast<double>(length) * share));
        const double x = std::clamp(axis.toPixel(at), bar.left(), bar.right());
        course << QPointF(x, bar.bottom() - bar.height() * window.strength[static_cast<std::size_t>(i)]);
    }
    course << bar.bottomRight();
    return course;
}

Readout OutcomesChart::readoutOfStrip(Instant at) const
{
    const auto &windows = record()->faultWindows;
    // A bar of a pixel is hard to meet.
    const Duration reach(static_cast<std::int64_t>(kMarkerReach * static_cast<double>(timeAxis().perPixel().count())));
    std::vector<std::size_t> shown;
    for (std::size_t w = 0; w < windows.size(); ++w) {
        const bool isActive = at >= windows[w].from && at < windows[w].to;
        const bool isNear = windows[w].to - windows[w].from < 2 * reach && at + reach >= windows[w].from && at < windows[w].to + reach;
        if (isActive || isNear)
            shown.push_back(w);
    }
    // And those that hide each other: of a shared row all that lie over each other, one after another.
    const std::size_t active = shown.size();
    for (std::size_t w = 0; w < windows.size(); ++w) {
        const bool isHidden = std::any_of(shown.begin(), shown.begin() + static_cast<std::ptrdiff_t>(active), [&](std::size_t other) {
            return m_stripFirst[w] == m_stripFirst[other];
        });
        if (isHidden && std::find(shown.begin(), shown.end(), w) == shown.end())
            shown.push_back(w);
    }
    std::stable_sort(shown.begin(), shown.end(), [&](auto a, auto b) { return windows[a].from < windows[b].from; });
    Readout text;
    if (shown.empty())
        return text;
    if (shown.size() == 1) {
        const FaultWindow &one = windows[shown[0]];
        text.title = QString::fromStdString(one.label);
        text.source = tr("fault, active from %1").arg(formatRange(one.from, one.to));
        return text;
    }
    text.title = tr("%1 faults").arg(shown.size());
    for (std::size_t i = 0; i < std::min(shown.size(), kFaultsTold); ++i) {
        const FaultWindow &window = windows[shown[i]];
        text.rows.push_back({QColor(), Qt::SolidPattern, QString::fromStdString(window.label), formatRange(window.from, window.to)});
    }
    if (shown.size() > kFaultsTold)
        text.source = tr("and %1 more").arg(shown.size() - kFaultsTold);
    return text;
}

Readout OutcomesChart::readout(Instant at, std::optional<QPointF> pointer) const
{
    if (pointer && pointer->y() < dataRect().top() + kMarkerReach) {
        const Readout special = readoutOfStrip(at);
        if (!special.isEmpty())
            return special;
    }
    const Theme &theme = Theme::of(this);
    const OutcomeColumn *found = columnAt(m_columns, at);
    if (!found)
        return {};
    const OutcomeColumn &column = *found;
    Readout text;
    text.title = formatInstant(at, timeStep(timeAxis().perPixel()));
    // As they lie upon each other: the topmost first.
    for (auto kind = kStackOrder.rbegin(); kind != kStackOrder.rend(); ++kind) {
        const std::uint64_t count = column.ended[static_cast<std::size_t>(*kind)];
        if (count > 0)
            text.rows.push_back({theme.outcome(*kind), theme.outcomePattern(*kind),
                                 outcomeLabel(*kind),
                                 formatRate(static_cast<double>(count) / column.seconds())});
    }
    const OutcomeColumn *offered = columnAt(m_offered, at); // each column lies in one
    const bool isMean = offered->range != column.range;
    text.rows.push_back({QColor(), Qt::SolidPattern,
                         isMean ? tr("offered, mean of %1").arg(formatDuration(offered->range.length())) : tr("offered"),
                         formatRate(offered->offeredPerSecond())});
    const OutcomeColumn *ghost = columnAt(m_ghostColumns, at);
    if (ghost)
        text.rows.push_back({ghostColour(theme), Qt::SolidPattern, tr("ghost: good calls"),
                             formatRate(static_cast<double>(goodOf(ghost->ended)) / ghost->seconds())});
    text.source = tr("%1, calls ended %2")
                      .arg(m_edges->choice(), formatRange(column.range.from, column.range.to));
    if (ghost)
        text.explainGhost();
    return text;
}

class OutcomesView : public PlotView {
    Q_OBJECT
public:
    OutcomesView(TimeAxisModel *axisModel, QWidget *parent)
        : PlotView(axisModel, parent), m_edges(new EdgeCombo),
          m_chart(new OutcomesChart(axisModel, m_edges)), m_legend(new LegendPanel)
    {
        setCaption(tr("Calls ended per second, by outcome"));
        addControl(m_edges);
        build(m_chart, scrolledSide(m_legend),
              tr("How the calls end, second by second, will be here once the scenario runs."));
        connect(m_chart, &TimeChart::readingChanged, this, &View::readingChanged);
        connect(m_edges, &EdgeCombo::edgesChanged, this, [this] {
            m_chart->refresh();
            updateLegend();
        });
        connect(axisModel, &TimeAxisModel::visibleRangeChanged, this, &OutcomesView::updateLegend);
        connect(axisModel, &TimeAxisModel::selectionChanged, this, &OutcomesView::updateLegend);
    }

    void setRecord(RecordPtr record) override
    {
        setHasRun(record != nullptr);
        m_edges->offer(record.get());
        m_chart->setRecord(std::move(record));
        updateLegend();
    }
    void setGhost(RecordPtr record) override
    {
        m_chart->setGhost(std::move(record));
        updateLegend();
    }
    void showEdge(const QString &name) override { m_edges->chooseByName(name); }
    QString csv() const override { return m_chart->record() ? outcomesCsv(*m_chart->record()) : QString(); }
    void setFigure(bool) override { updateLegend(); }

protected:
    void showEvent(QShowEvent *event) override
    {
        PlotView::showEvent(event);
        updateLegend();
    }
    void changeEvent(QEvent *event) override
    {
        if (event->type() == QEvent::PaletteChange)
            updateLegend();
        PlotView::changeEvent(event);
    }

private:
    void updateLegend();
    void addWorstRetries(std::vector<LegendPanel::Row> &rows) const;

    EdgeCombo *m_edges;
    OutcomesChart *m_chart;
    LegendPanel *m_legend;
};

void OutcomesView::updateLegend()
{
    std::vector<LegendPanel::Row> rows;
    const RecordPtr &record = m_chart->record();
    if (!record || !(isVisible() || isDrawingFigure())) // a folded track is brought up to date when it is opened
        return;
    const Theme &theme = Theme::of(this);
    const OutcomeTotals totals = outcomeTotals(*record, m_edges->edges(), axis()->focusRange());
    const auto all = static_cast<double>(totals.endedAll());
    for (auto kind = kStackOrder.rbegin(); kind != kStackOrder.rend(); ++kind) {
        const std::uint64_t count = totals.ended[static_cast<std::size_t>(*kind)];
        if (count == 0)
            continue;
        rows.push_back({LegendPanel::Swatch::Fill, theme.outcome(*kind),
                        theme.outcomePattern(*kind), outcomeLabel(*kind), formatCountShort(count),
                        formatShare(static_cast<double>(count) / all)});
    }
    const double seconds = std::max(1e-9, toSeconds(totals.range.length()));
    const QString counted = countedRangeText(*record, axis()->focusRange());
    if (!counted.isEmpty())
        rows.insert(rows.begin(), {LegendPanel::Swatch::None, QColor(), Qt::SolidPattern, tr("counted: %1").arg(counted), {}, {}});
    rows.push_back({LegendPanel::Swatch::DashedLine,
                    theme.text,
                    Qt::SolidPattern,
                    tr("offered"),
                    formatRate(static_cast<double>(totals.offered) / seconds),
                    {},
                    true});
    const RecordPtr &ghost = m_chart->ghost();
    if (const EdgeSet edges = ghost ? m_edges->edgesIn(*ghost) : EdgeSet(); !edges.empty()) {
        const OutcomeTotals other = outcomeTotals(*ghost, edges, axis()->focusRange());
        rows.push_back({LegendPanel::Swatch::DashedLine, ghostColour(theme), Qt::SolidPattern, tr("ghost: good calls"),
                        formatRate(static_cast<double>(other.good()) / std::max(1e-9, toSeconds(other.range.length()))), {}});
    }
    if (totals.late > 0)
        rows.push_back({LegendPanel::Swatch::Fill,
                        faded(theme.success, 0.5),
                        Qt::BDiagPattern,
                        tr("abandoned attempts"),
                        formatCountShort(totals.late),
                        {}});
    if (totals.offered > 0)
        rows.push_back({LegendPanel::Swatch::None,
                        QColor(),
                        Qt::SolidPattern,
                        tr("attempts per call"),
                        formatNumber(static_cast<double>(totals.attempts) / static_cast<double>(totals.offered)),
                        {}});
    addWorstRetries(rows);
    const QString title = axis()->selection()
                              ? tr("Selection: %1").arg(formatCalls(totals.endedAll()))
                              : tr("Visible: %1").arg(formatCalls(totals.endedAll()));
    m_legend->setContents(title, std::move(rows));
}

/// Clients may try each call once while a service behind them tries thrice: of the edges that retry, the one with the most
/// attempts per call. It stays in the list where that falls below 1, as it does while a breaker refuses.
void OutcomesView::addWorstRetries(std::vector<LegendPanel::Row> &rows) const
{
    const RecordPtr &record = m_chart->record();
    if (m_edges->currentIndex() > 0)
        return;
    const EdgeSet &told = m_edges->edges();
    double most = -1;
    std::uint32_t worst = 0;
    for (std::uint32_t i = 0; i < record->edges.size(); ++i) {
        const std::uint32_t one[] = {i};
        const OutcomeTotals totals = outcomeTotals(*record, one, axis()->focusRange());
        if (totals.offered == 0 || totals.retries == 0 || (told.size() == 1 && told.front() == i))
            continue;
        const double ratio = static_cast<double>(totals.attempts) / static_cast<double>(totals.offered);
        worst = ratio > most ? i : worst;
        most = std::max(most, ratio);
    }
    if (most >= 0)
        rows.push_back({LegendPanel::Swatch::None, QColor(), Qt::SolidPattern,
                        tr("on %1").arg(edgeLabel(record->edges[worst].name)), formatNumber(most), {}});
}

} // namespace

View *createOutcomesView(TimeAxisModel *axis, QWidget *parent)
{
    return new OutcomesView(axis, parent);
}

} // namespace halfopen

#include "outcomes_view.moc"
