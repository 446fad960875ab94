// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/call_view.h"

#include "core/run/run_record.h"
#include "ui/format.h"
#include "ui/geometry/ticks.h"
#include "ui/models/chart_summary.h"
#include "ui/models/call_lanes.h"
#include "ui/models/call_story.h"
#include "ui/models/record_csv.h"
#include "ui/models/time_axis_model.h"
#include "ui/views/call_panel.h"
#include "ui/views/edge_combo.h"
#include "ui/views/plot_view.h"
#include "ui/views/time_chart.h"
#include "ui/views/time_navigator.h"

#include <QCheckBox>
#include <QKeyEvent>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace halfopen {

namespace {

constexpr double kLane = 15;       // height of a lane with its air
constexpr double kBar = 9;         // of an attempt
constexpr double kReach = 4;       // pixels from the pointer to a call
constexpr double kDetailFrom = 10; // narrower, a call is one block

class CallChart : public TimeChart {
    Q_OBJECT
public:
    CallChart(TimeAxisModel *axis, const EdgeCombo *edges) : TimeChart(axis), m_edges(edges)
    {
        setAccessibleName(tr("Sampled calls"));
        setAccessibleDescription(tr("Calls one by one with their attempts and waits. The keys up and down go from call to call."));
        connect(navigator(), &TimeNavigator::clicked, this, [this](QPointF at) {
            makeReady();
            const LaneItem *item = itemAt(at);
            pick(item ? std::optional(record()->calls[item->call].call) : std::nullopt);
        });
    }
    void setOnlyTroubled(bool on)
    {
        m_onlyTroubled = on;
        refresh();
    }
    const CallLanes &lanes() const { return m_lanes; }
    std::optional<std::uint64_t> pinned() const { return m_pinned; }
    bool holdsSomething() const override { return m_pinned.has_value(); }
    void letGo() override { pick(std::nullopt); }
    /// Marks a call by its key; does not emit.
    void pin(std::optional<std::uint64_t> key)
    {
        m_pinned = key;
        refresh();
    }

signals:
    /// Nothing is pinned any more when the record has no call of this key.
    void picked();
    void laid();

protected:
    QString summary(const RunRecord &record) const override { return callsInWords(record); }
    void recordChanged(const RecordPtr &before) override
    {
        if (!isSameRun(before, record()))
            m_lanes = {}; // places in another list of calls
    }
    void prepare() override
    {
        const int lanes = std::max(1, static_cast<int>(plotRect().height() / Theme::px(kLane)));
        m_lanes = layLanes(*record(), m_edges->edges(), timeAxis(), lanes, m_onlyTroubled);
        emit laid();
    }
    void paintAxis(QPainter &painter, const Theme &theme) override
    {
        const QRectF plot = plotRect();
        for (double y = plot.top() + Theme::px(kLane); y < plot.bottom(); y += Theme::px(kLane))
            paintHLine(painter, plot.left(), plot.right(), y, blended(theme.panel, theme.grid, 0.5));
    }
    void paintData(QPainter &painter, const Theme &theme) override;
    void paintOver(QPainter &painter, const Theme &theme) override;
    Readout readout(Instant at, std::optional<QPointF> pointer) const override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    QRectF barOf(const LaneItem &item) const
    {
        const double top = plotRect().top() + item.lane * Theme::px(kLane);
        return QRectF(item.pixels.from, top + std::round((Theme::px(kLane) - Theme::px(kBar)) / 2.0),
                      item.pixels.to - item.pixels.from, Theme::px(kBar));
    }
    const LaneItem *itemAt(QPointF at) const;
    void pick(std::optional<std::uint64_t> key);
    void walk(int direction);
    void paintCall(QPainter &painter, const LaneItem &item, const Theme &theme) const;

    const EdgeCombo *m_edges;
    CallLanes m_lanes;
    bool m_onlyTroubled = false;
    std::optional<std::uint64_t> m_pinned;
};

void CallChart::paintCall(QPainter &painter, const LaneItem &item, const Theme &theme) const
{
    const CallTrace &call = record()->calls[item.call];
    const QRectF bar = barOf(item);
    if (bar.width() < kDetailFrom) {
        fillPatterned(painter, bar, theme.outcome(call.outcome.kind), theme.outcomePattern(call.outcome.kind));
        return;
    }
    const TimeAxis axis = timeAxis();
    const auto pixels = [&](const TimeRange &range) {
        const double from = std::round(axis.toPixel(range.from));
        return QRectF(from, bar.top(), std::max(1.0, std::round(axis.toPixel(range.to)) - from), bar.height());
    };
    paintHLine(painter, bar.left(), bar.right(), bar.center().y(), theme.neutral);
    const CallShape shape = callShape(call);
    for (const CallSegment &segment : shape.segments) {
        const QRectF rect = pixels(segment.range);
        const QColor colour = theme.outcome(segment.outcome.kind);
        switch (segment.kind) {
        case CallSegment::Kind::Attempt:
            fillPatterned(painter, rect, colour, theme.outcomePattern(segment.outcome.kind));
            break;
        case CallSegment::Kind::Abandoned: // somebody works on for nobody
            painter.fillRect(rect, theme.panel);
            painter.fillRect(rect, QBrush(faded(theme.success, 0.5), Qt::BDiagPattern));
            painter.setPen(faded(theme.success, 0.5));
            painter.drawRect(rect.adjusted(0.5, 0.5, -0.5, -0.5));
            break;
        case CallSegment::Kind::Wait:
            painter.fillRect(QRectF(rect.left(), bar.center().y() - 1, rect.width(), 3), theme.panel);
            painter.setPen(QPen(theme.secondary, 1, Qt::DotLine));
            painter.drawLine(QPointF(rect.left(), bar.center().y() + 0.5), QPointF(rect.right(), bar.center().y() + 0.5));
            break;
        }
    }
    for (const CallMark &mark : shape.marks) {
        const double x = std::round(axis.toPixel(mark.at));
        painter.fillRect(QRectF(x - 1, bar.top() - 1, 3, bar.height() + 2), theme.outcome(mark.outcome.kind));
    }
    // How it ended for the caller: a cap, so that it can be told apart from its last attempt.
    painter.fillRect(QRectF(bar.right() - 3, bar.top() - 2, 3, bar.height() + 4), theme.outcome(call.outcome.kind));
}

void CallChart::paintData(QPainter &painter, const Theme &theme)
{
    for (const LaneItem &item : m_lanes.items)
        paintCall(painter, item, theme);
    if (!m_lanes.items.empty())
        return;
    const auto clients = clientEdges(*record());
    const bool isInner = std::none_of(m_edges->edges().begin(), m_edges->edges().end(), [&](std::uint32_t edge) {
        return std::find(clients.begin(), clients.end(), edge) != clients.end();
    });
    paintEmptyPlot(painter, plotRect(),
                   isInner ? tr("Only calls that clients begin are sampled.")
                   : m_onlyTroubled ? tr("Each sampled call in this range worked at its first attempt.")
                                    : tr("No sampled call in this range."),
                   theme);
}

void CallChart::paintOver(QPainter &painter, const Theme &theme)
{
    if (!m_pinned)
        return;
    for (const LaneItem &item : m_lanes.items) {
        if (record()->calls[item.call].call != *m_pinned)
            continue;
        painter.save();
        painter.setClipRect(plotRect());
        painter.setPen(QPen(theme.accent, 2));
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(barOf(item).adjusted(-2, -2, 2, 2));
        painter.restore();
    }
}

const LaneItem *CallChart::itemAt(QPointF at) const
{
    const LaneItem *best = nullptr;
    double bestDistance = kReach;
    for (const LaneItem &item : m_lanes.items) {
        const QRectF bar = barOf(item);
        if (at.y() < bar.top() - kReach || at.y() > bar.bottom() + kReach)
            continue;
        const double distance = std::max({bar.left() - at.x(), at.x() - bar.right(), 0.0});
        if (distance < bestDistance) {
            best = &item;
            bestDistance = distance;
        }
    }
    return best;
}

void CallChart::pick(std::optional<std::uint64_t> key)
{
    if (!key && !m_pinned)
        return;
    pin(key);
    emit picked();
}

void CallChart::walk(int direction)
{
    makeReady();
    // In the order of their ends, whatever lane they lie in.
    std::vector<std::size_t> order;
    for (const LaneItem &item : m_lanes.items)
        order.push_back(item.call);
    std::sort(order.begin(), order.end());
    if (order.empty())
        return;
    const auto at = std::find_if(order.begin(), order.end(),
                                 [this](std::size_t call) { return record()->calls[call].call == m_pinned; });
    std::size_t next = direction > 0 ? 0 : order.size() - 1;
    if (at != order.end()) {
        const auto last = static_cast<std::ptrdiff_t>(order.size()) - 1;
        next = static_cast<std::size_t>(std::clamp(at - order.begin() + direction, std::ptrdiff_t{0}, last));
    }
    pick(record()->calls[order[next]].call);
}

void CallChart::keyPressEvent(QKeyEvent *event)
{
    if (record() && event->modifiers() == Qt::NoModifier
        && (event->key() == Qt::Key_Up || event->key() == Qt::Key_Down)) {
        walk(event->key() == Qt::Key_Down ? 1 : -1);
        return;
    }
    if (!navigator()->handleKey(event))
        TimeChart::keyPressEvent(event);
}

Readout CallChart::readout(Instant at, std::optional<QPointF> pointer) const
{
    const Theme &theme = Theme::of(this);
    if (const LaneItem *item = pointer ? itemAt(*pointer) : nullptr) {
        const CallTrace &call = record()->calls[item->call];
        Readout text;
        text.title = callHeadline(call);
        constexpr std::size_t kMost = 8;
        const std::vector<StoryLine> story = callStory(*record(), call);
        for (std::size_t i = 0; i < std::min(kMost, story.size()); ++i)
            text.rows.push_back({story[i].hasOutcome ? theme.outcome(story[i].outcome.kind) : QColor(),
                                 Qt::SolidPattern, story[i].text, story[i].offset});
        text.source = story.size() > kMost ? tr("%1; click for the whole story").arg(edgeLabel(record()->edges[call.edge].name))
                                           : edgeLabel(record()->edges[call.edge].name);
        return text;
    }
    Readout text;
    if (pointer) // elsewhere, the time alone says nothing
        text.title = formatInstant(at, timeStep(timeAxis().perPixel()));
    return text;
}

class CallView : public PlotView {
    Q_OBJECT
public:
    CallView(TimeAxisModel *axisModel, QWidget *parent)
        : PlotView(axisModel, parent), m_edges(new EdgeCombo), m_troubled(new QCheckBox(tr("Only troubled"))),
          m_chart(new CallChart(axisModel, m_edges)), m_panel(new CallPanel)
    {
        setCaption(tr("Sampled calls: attempts, waits, and how they ended"));
        m_troubled->setAccessibleDescription(tr("Leaves out the calls that worked at their first attempt"));
        m_troubled->setToolTip(m_troubled->accessibleDescription());
        addControl(m_troubled);
        addControl(m_edges);
        m_panel->setSummary(howToRead()); // until the first drawing has counted the calls
        build(m_chart, m_panel,
              tr("Single calls with their attempts, waits and outcomes will be here once the scenario runs."));
        connect(m_chart, &TimeChart::readingChanged, this, &View::readingChanged);
        connect(m_edges, &EdgeCombo::edgesChanged, m_chart, &TimeChart::refresh);
        connect(m_troubled, &QCheckBox::toggled, m_chart, &CallChart::setOnlyTroubled);
        connect(m_chart, &CallChart::laid, this, &CallView::updateSummary);
        connect(m_chart, &CallChart::picked, this, &CallView::showPinned);
        connect(m_panel, &CallPanel::closed, this, [this] {
            m_chart->pin(std::nullopt);
            showPinned();
        });
        connect(m_panel, &CallPanel::zoomRequested, this, &CallView::zoom);
    }

    void setRecord(RecordPtr record) override
    {
        setHasRun(record != nullptr);
        m_edges->offer(record.get());
        const bool isOther = !isSameRun(m_chart->record(), record);
        m_chart->setRecord(std::move(record));
        if (isOther && m_chart->pinned()) {
            m_chart->pin(std::nullopt);
            showPinned();
        }
    }
    bool showCall(quint64 call) override
    {
        const RecordPtr &record = m_chart->record();
        const CallTrace *trace = record ? sampledCall(*record, call) : nullptr;
        if (!trace)
            return false;
        m_chart->pin(call);
        showPinned();
        zoom();
        return true;
    }
    bool holdsSomething() const override { return m_chart->holdsSomething(); }
    void letGo() override { m_chart->letGo(); }
    void showEdge(const QString &name) override { m_edges->chooseByName(name); }
    QString csv() const override { return m_chart->record() ? callsCsv(*m_chart->record()) : QString(); }

private:
    const CallTrace *pinnedCall() const
    {
        const RecordPtr &record = m_chart->record();
        return record && m_chart->pinned() ? sampledCall(*record, *m_chart->pinned()) : nullptr;
    }
    void showPinned() { m_panel->showCall(m_chart->record(), pinnedCall()); }
    void zoom()
    {
        if (const CallTrace *call = pinnedCall()) {
            const Duration length = std::max(call->end - call->start, Duration(std::chrono::milliseconds(1)));
            const Instant from = call->start - std::min(length / 2, call->start.sinceStart());
            axis()->setVisibleRange({from, call->end + length / 2});
        }
    }
    void updateSummary()
    {
        const CallLanes &lanes = m_chart->lanes();
        QString text = tr("%1 sampled calls in view.").arg(formatCount(lanes.visible));
        if (lanes.hidden > 0)
            text += QLatin1Char(' ') + tr("%1 of them have no room here: zoom in to see them.").arg(formatCount(lanes.hidden));
        m_panel->setSummary(text + QStringLiteral("\n\n") + howToRead());
    }
    static QString howToRead()
    {
        return tr("Filled: an attempt, in the colour of its outcome. Hatched: an attempt whose caller stopped waiting. "
                  "Dotted: waiting for the next try. The cap is what the caller got. Click a call for its story.");
    }

    EdgeCombo *m_edges;
    QCheckBox *m_troubled;
    CallChart *m_chart;
    CallPanel *m_panel;
};

} // namespace

View *createCallView(TimeAxisModel *axis, QWidget *parent)
{
    return new CallView(axis, parent);
}

} // namespace halfopen

#include "call_view.moc"
