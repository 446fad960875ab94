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
#include "ui/views/time_navigator.h"
#include "ui/wheel_turn.h"

#include <QKeyEvent>
#include <QScrollBar>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <map>
#include <span>
#include <utility>

namespace halfopen {

namespace {

constexpr double kTitleHeight = 18;
constexpr double kBandHeight = 18;
constexpr double kRowGap = 8;
constexpr double kMemberHeight = 14;
constexpr double kMemberBand = 10;
constexpr double kGhostGap = 2;          // between a band and its ghost
constexpr double kGhostHeight = 14;      // with room for the name of a state
constexpr double kMemberGhostGap = 1;
constexpr double kMemberGhostHeight = 5; // and that of all where they would not fit else
constexpr double kEdgeReach = 5; // pixels around an edge that still mean it
constexpr double kMovedAway = 12; // from a click, so that the pointer asks for something else

QColor ghostColour(const Theme &theme)
{
    return blended(theme.panel, theme.text, Theme::kGhostAlpha);
}

/// How long a breaker has been in its state at \a at, and when it is in it in all, as far as is known \a now.
std::vector<ReadoutRow> stayRows(std::span<const StateChange> changes, Instant at, Instant now)
{
    const auto next = std::upper_bound(changes.begin(), changes.end(), at, [](Instant t, const StateChange &c) { return t < c.at; });
    const Instant from = next == changes.begin() ? Instant() : std::prev(next)->at;
    const bool isOver = next != changes.end();
    const Instant to = isOver ? next->at : now;
    const Duration length = to - from; // from a second on with the digits of its two ends
    const QString inAll = length < std::chrono::seconds(1) ? formatDuration(length) : formatInstant(Instant(length));
    return {{QColor(), Qt::SolidPattern, BreakerChart::tr("up to the cursor"), formatDuration(at - from)},
            {QColor(), Qt::SolidPattern, isOver ? BreakerChart::tr("in all") : BreakerChart::tr("in all, so far"),
             QStringLiteral("%1 (%2)").arg(inAll, formatRange(from, to))}};
}

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
    connect(navigator(), &TimeNavigator::hovered, this, [this](QPointF at) {
        if (!m_clickedAt || (at - *m_clickedAt).manhattanLength() <= Theme::px(kMovedAway))
            return;
        m_clickedAt.reset();
        refresh(); // the readout was looked for before
    });
    connect(navigator(), &TimeNavigator::left, this, [this] { m_clickedAt.reset(); });
}

QString BreakerChart::summary(const RunRecord &record) const
{
    return breakersInWords(record);
}

void BreakerChart::recordChanged(const RecordPtr &before)
{
    const RecordPtr &now = record();
    m_timeline.update(now);
    if (!isSameRun(before, now))
        matchGhost();
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

QString BreakerChart::keyOf(const RunRecord &record, const BreakerGroup &group)
{
    return group.name + QLatin1Char('\n') + QString::fromStdString(record.edges[group.edge].name);
}

void BreakerChart::setGhost(RecordPtr ghost)
{
    if (m_ghost == ghost)
        return;
    m_ghost = std::move(ghost);
    m_ghostTimeline.update(m_ghost);
    matchGhost();
    layoutRows();
    refresh();
}

void BreakerChart::matchGhost()
{
    m_ghostGroups.clear();
    m_ghostBreakers.clear();
    if (!record() || !m_ghost)
        return;
    std::map<QString, std::size_t> known;
    for (std::size_t g = 0; g < m_ghostTimeline.groups().size(); ++g)
        known.emplace(keyOf(*m_ghost, m_ghostTimeline.groups()[g]), g);
    m_ghostGroups.resize(m_timeline.groups().size());
    m_ghostBreakers.resize(record()->breakers.size());
    for (std::size_t g = 0; g < m_timeline.groups().size(); ++g) {
        const auto found = known.find(keyOf(m_timeline.groups()[g]));
        if (found == known.end())
            continue;
        m_ghostGroups[g] = found->second;
        std::map<std::pair<std::uint32_t, std::optional<std::uint32_t>>, std::uint32_t> members; // a fleet may have another size
        for (const std::uint32_t member : m_ghostTimeline.groups()[found->second].members)
            members.emplace(std::pair(m_ghost->breakers[member].process, m_ghost->breakers[member].instance), member);
        for (const std::uint32_t member : m_timeline.groups()[g].members) {
            const BreakerInfo &info = record()->breakers[member];
            if (const auto same = members.find({info.process, info.instance}); same != members.end())
                m_ghostBreakers[member] = same->second;
        }
    }
}

bool BreakerChart::hasGhost(const Row &row) const
{
    if (m_ghostGroups.empty())
        return false;
    const BreakerGroup &group = m_timeline.groups()[row.group];
    if (row.member || !group.isFleet())
        return m_ghostBreakers[row.member.value_or(group.members.front())].has_value();
    return m_ghostGroups[row.group].has_value();
}

double BreakerChart::ghostGap(const Row &row) const
{
    return Theme::px(row.member || m_isGhostThin ? kMemberGhostGap : kGhostGap);
}

double BreakerChart::ghostHeight(const Row &row) const
{
    return Theme::px(row.member || m_isGhostThin ? kMemberGhostHeight : kGhostHeight);
}

double BreakerChart::placeRows()
{
    m_rows.clear();
    double y = 0;
    const auto &groups = m_timeline.groups();
    for (std::size_t g = 0; g < groups.size(); ++g) {
        Row head{g, std::nullopt, y, 0};
        head.height = Theme::px(kTitleHeight) + Theme::px(kBandHeight) + Theme::px(kRowGap);
        if (hasGhost(head))
            head.height += ghostGap(head) + ghostHeight(head);
        m_rows.push_back(head);
        y += head.height;
        if (!groups[g].isFleet() || !m_opened.contains(keyOf(groups[g])))
            continue;
        for (const std::uint32_t member : groups[g].members) {
            Row row{g, member, y, static_cast<double>(Theme::px(kMemberHeight))};
            if (hasGhost(row))
                row.height += ghostGap(row) + ghostHeight(row);
            m_rows.push_back(row);
            y += row.height;
        }
        y += Theme::px(kRowGap);
    }
    return y;
}

void BreakerChart::layoutRows()
{
    const QRectF plot = plotRect();
    m_isGhostThin = false;
    double height = m_rowsHeight = placeRows();
    if (height - Theme::px(kRowGap) > plot.height() && m_ghost) {
        m_isGhostThin = true;
        height = placeRows();
    }
    // The gap below the last row shows nothing.
    const int hidden = std::max(0, static_cast<int>(std::ceil(height - Theme::px(kRowGap) - plot.height())));
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

std::optional<QRectF> BreakerChart::ghostBandOf(const Row &row) const
{
    if (!hasGhost(row))
        return std::nullopt;
    const QRectF band = bandOf(row);
    return QRectF(band.left(), band.bottom() + ghostGap(row), band.width(), ghostHeight(row));
}

std::optional<QRectF> BreakerChart::ghostBand(std::uint32_t breaker) const
{
    const Row *row = rowOf(breaker);
    return row ? ghostBandOf(*row) : std::nullopt;
}

const BreakerChart::Row *BreakerChart::ghostAt(QPointF at) const
{
    const Row *row = rowAt(at.y());
    const std::optional<QRectF> band = row ? ghostBandOf(*row) : std::nullopt;
    return band && at.y() >= band->top() && at.y() < band->bottom() ? row : nullptr;
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
    if (!row || !record() || ghostAt(at)) // of the ghost there are no reasons to be told
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
    if (!row || ghostAt(at))
        return;
    const bool onTitle = !row->member && at.y() < bandOf(*row).top();
    if (onTitle && m_timeline.groups()[row->group].isFleet()) {
        toggle(row->group);
    } else if (const auto index = transitionAt(at)) {
        pin(index, false); // nothing moves under the pointer
        m_clickedAt = at;
        emit picked(*index);
    } else if (const auto moment = momentAt(*row, timeAxis().toInstant(at.x())); moment && at.x() >= plotRect().left()) {
        m_clickedAt = at;
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
    if (pointer() && ghostAt(*pointer()))
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
    m_clickedAt.reset();
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
    // The navigator leaves the wheel over the margin to us. What cannot be scrolled here, and a turn that has begun with the
    // column around us, is for that.
    const int before = m_scroll->value();
    const int target = std::clamp(before - event->angleDelta().y() / 4, m_scroll->minimum(), m_scroll->maximum());
    const bool isOfColumn = WheelTurn::current() == WheelTurn::Use::Scroll && scrollBarAround(this);
    if (isOfColumn || target == before) {
        event->ignore();
        return;
    }
    m_scroll->setValue(target);
    event->accept();
}

void BreakerChart::resizeEvent(QResizeEvent *event)
{
    TimeChart::resizeEvent(event);
    layoutRows();
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
    const auto addGhost = [&] {
        const QString ghost = ghostText(row, at);
        if (ghost.isEmpty())
            return;
        text.rows.push_back({ghostColour(theme), Qt::SolidPattern, tr("ghost"), ghost});
        text.explainGhost();
    };
    if (!row.member && group.isFleet()) {
        const FleetCounts counts = m_timeline.countsAt(row.group, at);
        text.title = openText(*record(), group, counts.open);
        text.rows = {{theme.timeout, Qt::BDiagPattern, tr("half-open"), formatCount(counts.halfOpen)}};
        text.source = group.name + QStringLiteral(", ") + text.source;
        addGhost();
        return text;
    }
    const std::uint32_t breaker = row.member.value_or(group.members.front());
    text.title = breakerStateLabel(m_timeline.stateAt(breaker, at));
    text.rows = stayRows(m_timeline.changes(breaker), at, record()->now);
    text.source = QString::fromStdString(record()->breakers[breaker].name) + QStringLiteral(", ") +
                  text.source;
    addGhost();
    return text;
}

QString BreakerChart::ghostText(const Row &row, Instant at) const
{
    if (!hasGhost(row) || at >= m_ghost->now)
        return {};
    const BreakerGroup &group = m_timeline.groups()[row.group];
    if (row.member || !group.isFleet())
        return breakerStateLabel(m_ghostTimeline.stateAt(*m_ghostBreakers[row.member.value_or(group.members.front())], at));
    const std::size_t ghost = *m_ghostGroups[row.group];
    return openText(*m_ghost, m_ghostTimeline.groups()[ghost], m_ghostTimeline.countsAt(ghost, at).open);
}

Readout BreakerChart::readoutOfGhost(const Row &row, Instant at) const
{
    const QString state = ghostText(row, at);
    if (state.isEmpty())
        return {};
    const BreakerGroup &group = m_timeline.groups()[row.group];
    Readout text;
    text.title = tr("ghost: %1").arg(state);
    const QString time = formatInstant(at, timeStep(timeAxis().perPixel()));
    if (!row.member && group.isFleet()) {
        const FleetCounts counts = m_ghostTimeline.countsAt(*m_ghostGroups[row.group], at);
        text.rows = {{Theme::of(this).timeout, Qt::BDiagPattern, tr("half-open"), formatCount(counts.halfOpen)}};
        text.source = group.name + QStringLiteral(", ") + time;
        text.explainGhost();
        return text;
    }
    const std::uint32_t breaker = *m_ghostBreakers[row.member.value_or(group.members.front())];
    text.rows = stayRows(m_ghostTimeline.changes(breaker), at, m_ghost->now);
    text.source = QString::fromStdString(m_ghost->breakers[breaker].name) + QStringLiteral(", ") + time;
    text.explainGhost();
    return text;
}

Readout BreakerChart::summaryAt(Instant at) const
{
    const Theme &theme = Theme::of(this);
    Readout text;
    text.title = formatInstant(at, timeStep(timeAxis().perPixel()));
    for (std::size_t g = 0; g < m_timeline.groups().size() && text.rows.size() < 6; ++g) {
        const BreakerGroup &group = m_timeline.groups()[g];
        const BreakerState state = m_timeline.stateAt(group.members.front(), at);
        const QString now = group.isFleet() ? openText(*record(), group, m_timeline.countsAt(g, at).open) : breakerStateLabel(state);
        const QString ghost = ghostText({g, std::nullopt, 0, 0}, at);
        text.rows.push_back({group.isFleet() ? QColor() : theme.breakerState(state), Qt::SolidPattern, group.name,
                             ghost.isEmpty() ? now : tr("%1 (ghost: %2)").arg(now, ghost)});
    }
    return text;
}

Readout BreakerChart::readout(Instant at, std::optional<QPointF> pointer) const
{
    if (const Row *row = pointer ? ghostAt(*pointer) : nullptr)
        return readoutOfGhost(*row, at);
    if (at >= record()->now || m_rows.empty())
        return {};
    if (!pointer)
        return summaryAt(at);
    if (m_clickedAt) // the box would lie over the answer
        return {};
    if (const auto index = transitionAt(*pointer)) {
        if (m_pinned == index)
            return {};
        return readoutOfTransition(*index);
    }
    const Row *row = rowAt(pointer->y());
    return row ? readoutOfRow(*row, at) : Readout{};
}

} // namespace halfopen
