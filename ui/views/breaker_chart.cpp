// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/breaker_chart.h"

#include "ui/models/call_story.h"
#include "ui/models/chart_summary.h"
#include "ui/models/reason_text.h"

#include "core/run/run_record.h"
#include "ui/format.h"
#include "ui/geometry/ticks.h"
#include "ui/models/time_axis_model.h"
#include "ui/views/figure.h"
#include "ui/views/state_shapes.h"
#include "ui/views/text_cache.h"
#include "ui/views/time_navigator.h"

#include <QFontMetricsF>
#include <QKeyEvent>
#include <QPainter>
#include <QScrollBar>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>

namespace halfopen {

namespace {

constexpr double kTitleHeight = 18;
constexpr double kBandHeight = 18;
constexpr double kRowGap = 8;
constexpr double kMemberHeight = 14;
constexpr double kMemberBand = 10;
constexpr double kEdgeReach = 5; // pixels around an edge that still mean it

QString changeText(const BreakerTransition &t)
{
    return breakerStateLabel(t.from) + QStringLiteral(" → ") + breakerStateLabel(t.to);
}

} // namespace

BreakerChart::BreakerChart(TimeAxisModel *axis, QWidget *parent)
    : TimeChart(axis, parent), m_scroll(new QScrollBar(Qt::Vertical, this))
{
    setAccessibleName(tr("Breaker states over time"));
    setAccessibleDescription(
        tr("One row per breaker. Comma and full stop go to the previous and next transition, "
           "E explains the state at the cursor, Enter opens and closes the fleets, Up and Down scroll."));
    m_scroll->hide();
    connect(m_scroll, &QScrollBar::valueChanged, this, &TimeChart::refresh);
    connect(navigator(), &TimeNavigator::clicked, this, &BreakerChart::clickAt);
}

QString BreakerChart::summary(const RunRecord &record) const
{
    return breakersInWords(record);
}

void BreakerChart::recordChanged(const RecordPtr &)
{
    const RecordPtr &now = record();
    m_timeline.update(now);
    if (!now || (m_pinned && *m_pinned >= now->transitions.size()))
        m_pinned.reset();
    if (!now || (m_moment && (m_moment->at > now->now || m_moment->breaker >= now->breakers.size())))
        m_moment.reset();
    if (now) {
        std::erase_if(m_opened, [this](const QString &name) {
            const auto &groups = m_timeline.groups();
            return std::none_of(groups.begin(), groups.end(),
                                [&](const BreakerGroup &group) { return group.isFleet() && keyOf(group) == name; });
        });
    }
    layoutRows(); // rows of the groups that were would lead to breakers that are not there
}

void BreakerChart::pin(std::optional<std::size_t> index, bool reveal)
{
    m_pinned = index;
    if (index) {
        const BreakerTransition &t = record()->transitions[*index];
        const TimeRange visible = axisModel()->visibleRange();
        if (!visible.contains(t.at)) {
            const Duration half = visible.length() / 2;
            axisModel()->setVisibleRange({t.at - half, t.at + half});
        }
        if (const Row *row = reveal ? rowOf(t.breaker) : nullptr) {
            const int top = static_cast<int>(row->top);
            if (top < m_scroll->value() ||
                top + row->height > m_scroll->value() + plotRect().height())
                m_scroll->setValue(top);
        }
    }
    refresh();
}

QString BreakerChart::keyOf(const BreakerGroup &group) const
{
    return group.name + QLatin1Char('\n') + QString::fromStdString(record()->edges[group.edge].name);
}

void BreakerChart::layoutRows()
{
    m_rows.clear();
    double y = 0;
    const auto &groups = m_timeline.groups();
    for (std::size_t g = 0; g < groups.size(); ++g) {
        const double head = Theme::px(kTitleHeight) + Theme::px(kBandHeight) + Theme::px(kRowGap);
        m_rows.push_back({g, std::nullopt, y, head});
        y += head;
        if (!groups[g].isFleet() || !m_opened.contains(keyOf(groups[g])))
            continue;
        for (const std::uint32_t member : groups[g].members) {
            m_rows.push_back({g, member, y, static_cast<double>(Theme::px(kMemberHeight))});
            y += Theme::px(kMemberHeight);
        }
        y += Theme::px(kRowGap);
    }
    m_rowsHeight = y;
    const QRectF plot = plotRect();
    const int hidden = std::max(0, static_cast<int>(std::ceil(y - plot.height())));
    m_scroll->setRange(0, hidden);
    m_scroll->setPageStep(static_cast<int>(plot.height()));
    m_scroll->setSingleStep(Theme::px(kMemberHeight));
    m_scroll->setVisible(hidden > 0);
    const int barWidth = Theme::px(12);
    m_scroll->setGeometry(width() - barWidth - 1, static_cast<int>(plot.top()), barWidth,
                          static_cast<int>(plot.height()));
}

bool BreakerChart::hasFleet() const
{
    const auto &groups = m_timeline.groups();
    return std::any_of(groups.begin(), groups.end(), [](const BreakerGroup &group) { return group.isFleet(); });
}

int BreakerChart::heightOfRows() const
{
    return static_cast<int>(std::ceil(m_rowsHeight + height() - plotRect().height()));
}

double BreakerChart::scrolledTop(const Row &row) const
{
    return plotRect().top() + row.top - m_scroll->value();
}

QRectF BreakerChart::bandOf(const Row &row) const
{
    const QRectF plot = plotRect();
    const double top = scrolledTop(row);
    if (row.member)
        return QRectF(plot.left(), top + Theme::px((kMemberHeight - kMemberBand) / 2), plot.width(),
                      Theme::px(kMemberBand));
    return QRectF(plot.left(), top + Theme::px(kTitleHeight), plot.width(), Theme::px(kBandHeight));
}

const BreakerChart::Row *BreakerChart::rowAt(double y) const
{
    for (const Row &row : m_rows) {
        const double top = scrolledTop(row);
        if (y >= top && y < top + row.height)
            return &row;
    }
    return nullptr;
}

const BreakerChart::Row *BreakerChart::rowOf(std::uint32_t breaker) const
{
    const Row *head = nullptr;
    for (const Row &row : m_rows) {
        if (row.member == breaker)
            return &row;
        const auto &members = m_timeline.groups()[row.group].members;
        if (!row.member && std::find(members.begin(), members.end(), breaker) != members.end())
            head = &row;
    }
    return head;
}

std::optional<std::size_t> BreakerChart::transitionAt(QPointF at) const
{
    const Row *row = rowAt(at.y());
    if (!row || !record())
        return std::nullopt;
    const BreakerGroup &group = m_timeline.groups()[row->group];
    const TimeAxis axis = timeAxis();
    if (row->member)
        return m_timeline.transitionNear(*row->member, at.x(), kEdgeReach, axis);
    if (group.isFleet())
        return m_timeline.groupTransitionNear(row->group, at.x(), kEdgeReach, axis);
    return m_timeline.transitionNear(group.members.front(), at.x(), kEdgeReach, axis);
}

void BreakerChart::toggle(std::size_t group)
{
    const QString key = keyOf(m_timeline.groups()[group]);
    if (!m_opened.erase(key))
        m_opened.insert(key);
    layoutRows();
    refresh();
}

void BreakerChart::clickAt(QPointF at)
{
    const Row *row = rowAt(at.y());
    if (!row)
        return;
    const bool onTitle = !row->member && at.y() < bandOf(*row).top();
    if (onTitle && m_timeline.groups()[row->group].isFleet()) {
        toggle(row->group);
    } else if (const auto index = transitionAt(at)) {
        pin(index, false); // nothing moves under the pointer
        emit picked(*index);
    } else if (const auto moment = momentAt(*row, timeAxis().toInstant(at.x())); moment && at.x() >= plotRect().left()) {
        emit momentPicked(*moment);
    }
}

std::optional<BreakerChart::Moment> BreakerChart::momentAt(const Row &row, Instant at) const
{
    if (!record() || at > record()->now)
        return std::nullopt;
    if (row.member)
        return Moment{*row.member, at};
    const auto &members = m_timeline.groups()[row.group].members;
    std::uint32_t chosen = members.front();
    for (const BreakerState wanted : {BreakerState::HalfOpen, BreakerState::ForcedOpen, BreakerState::Open}) {
        const auto found = std::find_if(members.begin(), members.end(),
                                        [&](std::uint32_t b) { return m_timeline.stateAt(b, at) == wanted; });
        if (found != members.end())
            chosen = *found;
    }
    return Moment{chosen, at};
}

std::optional<BreakerChart::Moment> BreakerChart::momentAtCursor() const
{
    const auto at = axisModel()->cursor();
    if (!at || m_rows.empty())
        return std::nullopt;
    const Row *row = pointer() ? rowAt(pointer()->y()) : &m_rows.front();
    return row ? momentAt(*row, *at) : std::nullopt;
}

void BreakerChart::markMoment(std::optional<Moment> moment, bool isPinned)
{
    m_isMomentPinned = isPinned;
    if (m_moment == moment)
        return;
    m_moment = moment;
    refresh();
}

void BreakerChart::letGo()
{
    pin(std::nullopt);
    emit unpinned();
}

void BreakerChart::jump(bool forward)
{
    if (!record() || record()->transitions.empty())
        return;
    std::optional<std::size_t> target;
    if (m_pinned) {
        if (forward && *m_pinned + 1 < record()->transitions.size())
            target = *m_pinned + 1;
        else if (!forward && *m_pinned > 0)
            target = *m_pinned - 1;
    } else {
        const TimeRange visible = axisModel()->visibleRange();
        const Instant here =
            axisModel()->cursor().value_or(forward ? visible.from - Duration(1) : visible.to);
        target = forward ? m_timeline.nextAfter(here) : m_timeline.previousBefore(here);
    }
    if (!target)
        return;
    pin(target);
    axisModel()->setCursor(record()->transitions[*target].at);
    emit picked(*target);
}

void BreakerChart::keyPressEvent(QKeyEvent *event)
{
    switch (event->key()) {
    case Qt::Key_Comma:
    case Qt::Key_Period:
        jump(event->key() == Qt::Key_Period);
        break;
    case Qt::Key_E:
        if (const auto moment = momentAtCursor())
            emit momentPicked(*moment);
        break;
    case Qt::Key_Return:
    case Qt::Key_Enter: { // the space key plays
        const bool close = !m_opened.empty();
        m_opened.clear();
        for (std::size_t g = 0; !close && g < m_timeline.groups().size(); ++g) {
            if (m_timeline.groups()[g].isFleet())
                m_opened.insert(keyOf(m_timeline.groups()[g]));
        }
        layoutRows();
        refresh();
        break;
    }
    case Qt::Key_Up:
        m_scroll->triggerAction(QAbstractSlider::SliderSingleStepSub);
        break;
    case Qt::Key_Down:
        m_scroll->triggerAction(QAbstractSlider::SliderSingleStepAdd);
        break;
    case Qt::Key_PageUp:
        m_scroll->triggerAction(QAbstractSlider::SliderPageStepSub);
        break;
    case Qt::Key_PageDown:
        m_scroll->triggerAction(QAbstractSlider::SliderPageStepAdd);
        break;
    default:
        TimeChart::keyPressEvent(event);
    }
}

void BreakerChart::wheelEvent(QWheelEvent *event)
{
    // The navigator leaves the wheel over the margin to us.
    m_scroll->setValue(m_scroll->value() - event->angleDelta().y() / 4);
    event->accept();
}

void BreakerChart::resizeEvent(QResizeEvent *event)
{
    TimeChart::resizeEvent(event);
    layoutRows();
}

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
        if (!row.member || top + row.height < plot.top() || top > plot.bottom())
            continue;
        const BreakerInfo &info = record()->breakers[*row.member];
        QString text = QString::fromStdString(std::string(placeInLayer(info)));
        if (info.instance && textWidth(text, Theme::axisFont()) > plot.left() - Theme::gap()) // process and instance alone
            text = QStringLiteral("%1\u00b7%2").arg(info.process).arg(*info.instance);
        drawLine(painter, QRectF(0, top, plot.left() - Theme::gap(), row.height),
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
    }
    if (m_rows.empty())
        paintEmptyPlot(painter, plot, tr("This scenario has no circuit breaker."), theme);
}

void BreakerChart::paintHead(QPainter &painter, const Row &row, const Theme &theme) const
{
    const BreakerGroup &group = m_timeline.groups()[row.group];
    const QRectF plot = plotRect();
    QRectF line(plot.left(), scrolledTop(row), plot.width(), Theme::px(kTitleHeight));
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

Readout BreakerChart::readoutOfTransition(std::size_t index) const
{
    const BreakerTransition &t = record()->transitions[index];
    Readout text;
    text.title = changeText(t);
    text.source = reasonText(t.reason) + QStringLiteral(" · ") +
                  QString::fromStdString(record()->breakers[t.breaker].name) +
                  QStringLiteral(", ") + formatInstant(t.at, std::chrono::microseconds(1));
    return text;
}

Readout BreakerChart::readoutOfRow(const Row &row, Instant at) const
{
    const Theme &theme = Theme::of(this);
    const BreakerGroup &group = m_timeline.groups()[row.group];
    Readout text;
    text.source = formatInstant(at, timeStep(timeAxis().perPixel()));
    if (!row.member && group.isFleet()) {
        const FleetCounts counts = m_timeline.countsAt(row.group, at);
        text.title = openText(*record(), group, counts.open);
        text.rows = {{theme.timeout, Qt::BDiagPattern, tr("half-open"), formatCount(counts.halfOpen)}};
        text.source = group.name + QStringLiteral(", ") + text.source;
        return text;
    }
    const std::uint32_t breaker = row.member.value_or(group.members.front());
    text.title = breakerStateLabel(m_timeline.stateAt(breaker, at));
    const auto changes = m_timeline.changes(breaker);
    const auto next = std::upper_bound(changes.begin(), changes.end(), at,
                                       [](Instant t, const StateChange &c) { return t < c.at; });
    const Instant from = next == changes.begin() ? Instant() : std::prev(next)->at;
    const Instant to = next == changes.end() ? record()->now : next->at;
    text.rows = {{QColor(), Qt::SolidPattern, tr("since"), formatInstant(from)},
                 {QColor(), Qt::SolidPattern, next == changes.end() ? tr("for, so far") : tr("for"),
                  formatDuration(to - from)}};
    text.source = QString::fromStdString(record()->breakers[breaker].name) + QStringLiteral(", ") +
                  text.source;
    return text;
}

Readout BreakerChart::summaryAt(Instant at) const
{
    const Theme &theme = Theme::of(this);
    Readout text;
    text.title = formatInstant(at, timeStep(timeAxis().perPixel()));
    for (std::size_t g = 0; g < m_timeline.groups().size() && text.rows.size() < 6; ++g) {
        const BreakerGroup &group = m_timeline.groups()[g];
        if (group.isFleet()) {
            text.rows.push_back({QColor(), Qt::SolidPattern, group.name, openText(*record(), group, m_timeline.countsAt(g, at).open)});
        } else {
            const BreakerState state = m_timeline.stateAt(group.members.front(), at);
            text.rows.push_back({theme.breakerState(state), Qt::SolidPattern, group.name,
                                 breakerStateLabel(state)});
        }
    }
    return text;
}

Readout BreakerChart::readout(Instant at, std::optional<QPointF> pointer) const
{
    if (at >= record()->now || m_rows.empty())
        return {};
    if (!pointer)
        return summaryAt(at);
    if (const auto index = transitionAt(*pointer)) {
        if (m_pinned == index) // its reason stands beside the chart, and the box would lie over it
            return {};
        return readoutOfTransition(*index);
    }
    const Row *row = rowAt(pointer->y());
    return row ? readoutOfRow(*row, at) : Readout{};
}

} // namespace halfopen
