// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/retry_view.h"

#include "core/report/round_step.h"
#include "core/run/run_record.h"
#include "ui/format.h"
#include "ui/geometry/ticks.h"
#include "ui/models/chart_summary.h"
#include "ui/models/record_csv.h"
#include "ui/models/time_axis_model.h"
#include "ui/views/distribution_panel.h"
#include "ui/views/edge_combo.h"
#include "ui/views/key_strip.h"
#include "ui/views/plot_view.h"
#include "ui/views/time_chart.h"
#include "ui/views/time_navigator.h"

#include <QCheckBox>
#include <QEvent>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace halfopen {

namespace {

constexpr int kAttemptColours = 5; // attempts 2 to 5, then "6 and later"
constexpr int kDot = 3;            // pixels
constexpr double kReach = 8;       // pixels from the pointer to a dot

int colourOf(std::uint16_t attempt)
{
    return std::clamp(attempt - 2, 0, kAttemptColours - 1);
}

/// The first retry point at or after \a at.
std::size_t firstPointAt(const RunRecord &record, Instant at)
{
    std::size_t low = 0;
    std::size_t high = record.retryPoints.size();
    while (low < high) {
        const std::size_t middle = low + (high - low) / 2;
        if (record.retryPoints[middle].at < at)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

class RetryChart : public TimeChart {
    Q_OBJECT
public:
    RetryChart(TimeAxisModel *axis, const EdgeCombo *edges) : TimeChart(axis), m_edges(edges)
    {
        setAccessibleName(tr("Retry delays over time"));
        setAccessibleDescription(
            tr("One dot per retry: when it was decided and how long it waits"));
    }
    void setLogarithmic(bool on)
    {
        m_isLogarithmic = on;
        refresh();
    }
    /// Of the last drawing; for the distribution beside.
    const ValueAxis &valueAxis() const { return m_axis; }

signals:
    void axisChanged();

protected:
    QString summary(const RunRecord &record) const override { return retriesInWords(record); }
    void prepare() override;
    void paintAxis(QPainter &painter, const Theme &theme) override;
    void paintData(QPainter &painter, const Theme &theme) override;
    Readout readout(Instant at, std::optional<QPointF> pointer) const override;

private:
    bool isChosen(const RetryPoint &point) const
    {
        const EdgeSet &edges = m_edges->edges();
        return std::find(edges.begin(), edges.end(), point.edge) != edges.end();
    }
    const RetryPoint *pointAt(QPointF pointer) const;

    const EdgeCombo *m_edges;
    bool m_isLogarithmic = true;
    ValueAxis m_axis;
};

void RetryChart::prepare()
{
    // From the counted delays, not from the sampled dots, so that the distribution fits the same
    // axis.
    const IndexRange visible = bucketsIn(*record(), axisModel()->visibleRange());
    std::int64_t least = Instant::never().ns();
    std::int64_t most = 0;
    for (std::size_t i = visible.first; i < visible.last; ++i) {
        for (const std::uint32_t edge : m_edges->edges()) {
            const SparseHistogram &delays = record()->bucket(i).edges[edge].retryDelay;
            if (delays.isEmpty())
                continue;
            least = std::min(least, delays.min());
            most = std::max(most, delays.max());
        }
    }
    const bool areAllZero = most == 0 && least == 0; // which no logarithmic axis can show
    if (most == 0) {
        least = 10'000'000;
        most = 1'000'000'000;
    }
    const QRectF plot = plotRect();
    if (m_isLogarithmic && !areAllZero) {
        // Full jitter draws delays close to 0: four decades show all that matters.
        const double high = report::roundUpFinely(static_cast<double>(most));
        const double low =
            std::max(roundDown125(std::max(1.0, static_cast<double>(least))), high / 1e4);
        m_axis = ValueAxis(std::min(low, high / 10), high, plot.top(), plot.height(),
                           ValueAxis::Scale::Logarithmic);
    } else {
        const LinearTicks ticks =
            linearTicks(static_cast<double>(most),
                        std::clamp(static_cast<int>(plot.height() / Theme::px(36)), 1, 6));
        m_axis = ValueAxis(0, ticks.top, plot.top(), plot.height());
    }
    emit axisChanged();
}

void RetryChart::paintAxis(QPainter &painter, const Theme &theme)
{
    paintValueAxis(painter, plotRect(), m_axis, durationLabels(m_axis), theme);
}

void RetryChart::paintData(QPainter &painter, const Theme &theme)
{
    const QRectF plot = plotRect();
    const TimeAxis axis = timeAxis();
    const auto columns = static_cast<std::size_t>(plot.width()) + 1;
    const auto lines = static_cast<std::size_t>(plot.height()) + 1;
    const auto left = static_cast<int>(plot.left());
    const auto top = static_cast<int>(plot.top());
    // One dot per pixel and colour is all that can be seen; a storm costs no more than a full plot.
    std::vector<bool> taken(columns * lines * kAttemptColours, false);
    std::array<std::vector<QRect>, kAttemptColours> dots; // whole pixels are drawn fastest
    const RunRecord &run = *record();
    for (std::size_t i = firstPointAt(run, axis.range().from); i < run.retryPoints.size(); ++i) {
        const RetryPoint &point = run.retryPoints[i];
        if (point.at >= axis.range().to)
            break;
        if (!isChosen(point))
            continue;
        const auto x = static_cast<int>(std::lround(axis.toPixel(point.at)));
        const auto y =
            static_cast<int>(std::lround(m_axis.toPixel(static_cast<double>(point.delay.count()))));
        const auto colour = static_cast<std::size_t>(colourOf(point.attempt));
        const std::size_t cell =
            (static_cast<std::size_t>(y - top) * columns + static_cast<std::size_t>(x - left)) *
                kAttemptColours +
            colour;
        if (taken[cell])
            continue;
        taken[cell] = true;
        dots[colour].emplace_back(x - 1, y - 1, kDot, kDot);
    }
    painter.setPen(Qt::NoPen);
    bool isEmpty = true;
    for (int colour = 0; colour < kAttemptColours; ++colour) {
        painter.setBrush(theme.sequence(colour, kAttemptColours));
        const auto &rects = dots[static_cast<std::size_t>(colour)];
        painter.drawRects(rects.data(), static_cast<int>(rects.size()));
        isEmpty = isEmpty && rects.empty();
    }
    if (isEmpty)
        paintEmptyPlot(
            painter, plot,
            run.retryPoints.empty()
                ? tr("No retries so far: no policy has repeated a call.")
                : tr("No retries of these calls in this range."),
            theme);
}

const RetryPoint *RetryChart::pointAt(QPointF pointer) const
{
    const TimeAxis axis = timeAxis();
    const RunRecord &run = *record();
    const RetryPoint *best = nullptr;
    double bestDistance = kReach;
    const Instant from = axis.toInstant(pointer.x() - kReach);
    const Instant to = axis.toInstant(pointer.x() + kReach);
    for (std::size_t i = firstPointAt(run, from); i < run.retryPoints.size(); ++i) {
        const RetryPoint &point = run.retryPoints[i];
        if (point.at > to)
            break;
        if (!isChosen(point))
            continue;
        const double distance =
            std::hypot(axis.toPixel(point.at) - pointer.x(),
                       m_axis.toPixel(static_cast<double>(point.delay.count())) - pointer.y());
        if (distance <= bestDistance) {
            best = &point;
            bestDistance = distance;
        }
    }
    return best;
}

Readout RetryChart::readout(Instant at, std::optional<QPointF> pointer) const
{
    const Theme &theme = Theme::of(this);
    if (const RetryPoint *point = pointer ? pointAt(*pointer) : nullptr) {
        return {tr("attempt %1 after %2").arg(point->attempt).arg(formatDuration(point->delay)),
                {{theme.sequence(colourOf(point->attempt), kAttemptColours), Qt::SolidPattern,
                  tr("decided at"), formatInstant(point->at)}},
                edgeLabel(record()->edges[point->edge].name)};
    }
    const IndexRange here = bucketsIn(*record(), {at, at + Duration(1)});
    const Histogram delays = retryDelaysIn(*record(), m_edges->edges(), here);
    if (here.isEmpty())
        return {};
    const TimeBucket &bucket = record()->bucket(here.first);
    Readout text;
    text.title = formatInstant(at, timeStep(timeAxis().perPixel()));
    text.rows = {{QColor(), Qt::SolidPattern, tr("retries decided"),
                  formatRate(static_cast<double>(delays.count()) /
                             std::max(1e-9, toSeconds(bucket.width)))}};
    if (!delays.isEmpty())
        text.rows.push_back({QColor(), Qt::SolidPattern, tr("median delay"),
                             formatDuration(Duration(delays.quantile(0.5)))});
    text.source =
        tr("%1, %2").arg(m_edges->choice(), formatRange(bucket.from, bucket.from + bucket.width));
    return text;
}

class RetryView : public PlotView {
    Q_OBJECT
public:
    RetryView(TimeAxisModel *axisModel, QWidget *parent)
        : PlotView(axisModel, parent), m_edges(new EdgeCombo(EdgeCombo::Whole::Edges)), m_keys(new KeyStrip),
          m_scale(new QCheckBox(tr("Log scale"))), m_chart(new RetryChart(axisModel, m_edges)),
          m_distribution(new DistributionPanel)
    {
        setCaption(tr("Delay of each retry"));
        m_distribution->setAccessibleName(tr("Distribution of the retry delays"));
        m_scale->setChecked(true);
        m_scale->setAccessibleDescription(tr("Logarithmic axis of the delays"));
        addControl(m_keys);
        addControl(m_scale);
        addControl(m_edges);
        build(m_chart, m_distribution,
              tr("How long each retry waits, and how the delays spread, will be here once the "
                 "scenario runs."));
        connect(m_chart, &TimeChart::readingChanged, this, &View::readingChanged);
        connect(m_edges, &EdgeCombo::edgesChanged, m_chart, &TimeChart::refresh);
        connect(m_scale, &QCheckBox::toggled, m_chart, &RetryChart::setLogarithmic);
        connect(m_chart, &RetryChart::axisChanged, this, &RetryView::updateDistribution);
        connect(axisModel, &TimeAxisModel::selectionChanged, this, &RetryView::updateDistribution);
        updateKeys();
    }

    void setRecord(RecordPtr record) override
    {
        setHasRun(record != nullptr);
        m_edges->offer(record.get());
        m_chart->setRecord(std::move(record));
    }
    void showEdge(const QString &name) override { m_edges->chooseByName(name); }
    QString csv() const override { return m_chart->record() ? retriesCsv(*m_chart->record()) : QString(); }

protected:
    void changeEvent(QEvent *event) override
    {
        if (event->type() == QEvent::PaletteChange)
            updateKeys();
        PlotView::changeEvent(event);
    }

private:
    void updateKeys()
    {
        const Theme &theme = Theme::of(this);
        std::vector<KeyStrip::Key> keys;
        for (int i = 0; i < kAttemptColours; ++i) {
            const bool isLast = i + 1 == kAttemptColours;
            const QString number = isLast ? tr("%1+").arg(i + 2) : QString::number(i + 2);
            keys.push_back({theme.sequence(i, kAttemptColours),
                            i == 0 ? tr("attempt %1").arg(number) : number, false});
        }
        m_keys->setKeys(std::move(keys));
    }

    void updateDistribution()
    {
        const RecordPtr &record = m_chart->record();
        if (!record)
            return;
        DistributionPanel::Contents contents;
        contents.axis = m_chart->valueAxis();
        Histogram delays =
            retryDelaysIn(*record, m_edges->edges(), bucketsIn(*record, axis()->focusRange()));
        contents.title =
            (axis()->selection() ? tr("Selection: %1") : tr("Visible: %1"))
                .arg(formatRetries(delays.count()));
        if (!delays.isEmpty()) {
            contents.marks = {{static_cast<double>(delays.quantile(0.5)), tr("p50")},
                              {static_cast<double>(delays.quantile(0.99)), tr("p99")}};
        }
        contents.parts.push_back({Theme::of(this).neutral, tr("delays"), std::move(delays)});
        if (const QString counted = countedRangeText(*record, axis()->focusRange()); !counted.isEmpty())
            contents.title += QStringLiteral(", ") + counted;
        m_distribution->setContents(std::move(contents));
    }

    EdgeCombo *m_edges;
    KeyStrip *m_keys;
    QCheckBox *m_scale;
    RetryChart *m_chart;
    DistributionPanel *m_distribution;
};

} // namespace

View *createRetryView(TimeAxisModel *axis, QWidget *parent)
{
    return new RetryView(axis, parent);
}

} // namespace halfopen

#include "retry_view.moc"
