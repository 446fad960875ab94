// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/topology_chart.h"

#include "core/run/run_record.h"
#include "ui/format.h"
#include "ui/models/time_axis_model.h"
#include "ui/theme.h"
#include "ui/views/chart_paint.h"
#include "ui/views/figure.h"
#include "ui/views/state_shapes.h"
#include "ui/views/text_cache.h"

#include <QKeyEvent>
#include <QLineF>
#include <QMouseEvent>
#include <QPainter>

#include <algorithm>
#include <cmath>
#include <set>

namespace halfopen {

namespace {

constexpr double kMargin = 12;
constexpr double kNodeHeight = 44;
constexpr double kNodeWidthMax = 170;
constexpr double kLine = 16;       // of the edge's figures
constexpr double kEndpointWidthMax = 76; // of an endpoint's name above a short label ...
constexpr double kEndpointWidthFull = 128; // ... and above a full one
constexpr double kNodeWidthMin = 72; // names are no longer names below
constexpr double kLinesBetween = 3;  // of text, between two levels: less hides the figures
constexpr double kBesidesApart = 72; // edges between the same two nodes
constexpr double kStateSide = 10;    // the shape of a breaker's state ...
constexpr double kStateGap = 4;      // ... and to its right
constexpr double kReach = 6;       // pixels from the pointer to an edge
constexpr int kRecentBuckets = 5;  // "now" is the mean of so many closed buckets

double distanceTo(const QLineF &line, QPointF at)
{
    const QPointF along = line.p2() - line.p1();
    const double length = QPointF::dotProduct(along, along);
    if (length <= 0)
        return QLineF(line.p1(), at).length();
    const double t = std::clamp(QPointF::dotProduct(at - line.p1(), along) / length, 0.0, 1.0);
    return QLineF(line.p1() + along * t, at).length();
}

QFont strongFont()
{
    QFont font = Theme::axisFont();
    font.setWeight(QFont::DemiBold);
    return font;
}

/// The line below says how many processes a client has.
QString nameOf(const TopologyNode &node)
{
    return node.copies > 1 && !node.isClient ? TopologyChart::tr("%1 ×%2").arg(node.name).arg(node.copies) : node.name;
}

/// The first of \a texts that fits. They get shorter, and a cut number would be another number: so the last is only cut
/// when there is no room for any figure.
QString fitting(const QStringList &texts, const QFont &font, double width)
{
    for (const QString &text : texts) {
        if (textWidth(text, font) <= width)
            return text;
    }
    return elidedLine(texts.last(), font, width);
}

/// Nodes that do not overlap, with room between the levels for what stands on the edges.
bool isRoomy(const Topology &world, const std::vector<QRectF> &rects)
{
    for (std::size_t a = 0; a < rects.size(); ++a) {
        for (std::size_t b = 0; b < rects.size(); ++b) {
            const double apart = rects[b].top() - rects[a].bottom();
            if ((a != b && rects[a].intersects(rects[b]))
                || (world.nodes[b].level > world.nodes[a].level && apart < kLinesBetween * Theme::px(kLine)))
                return false;
        }
    }
    return true;
}

} // namespace

TopologyChart::TopologyChart(TimeAxisModel *axis, QWidget *parent) : QWidget(parent), m_axis(axis)
{
    setAccessibleName(tr("Topology"));
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setAttribute(Qt::WA_OpaquePaintEvent);
    setMinimumSize(Theme::px(180), Theme::px(140));
    connect(&m_frames, &FrameClock::draw, this, &TopologyChart::update);
    connect(axis, &TimeAxisModel::cursorChanged, &m_frames, &FrameClock::request);
    connect(axis, &TimeAxisModel::selectionChanged, &m_frames, &FrameClock::request);
}

void TopologyChart::setRecord(RecordPtr record)
{
    const bool isOther = !isSameRun(m_record, record);
    const QString chosen = m_selected && m_record
        ? QString::fromStdString(m_record->edges[m_topology.edges[*m_selected].edge].name)
        : QString();
    m_record = std::move(record);
    m_breakers.update(m_record);
    if (isOther) {
        // With figures: how high a label is depends on whether its edge has breakers.
        m_topology = m_record ? topologyAt(*m_record, m_breakers, range(), states()) : Topology();
        layout();
        select(chosen);
    }
    m_frames.request();
}

TopologyStates TopologyChart::states() const
{
    return m_axis->selection() ? TopologyStates::Throughout : TopologyStates::AtEnd;
}

TimeRange TopologyChart::range() const
{
    if (const auto selection = m_axis->selection())
        return *selection;
    if (const auto cursor = m_axis->cursor(); cursor && *cursor < m_record->now) {
        const IndexRange here = bucketsIn(*m_record, {*cursor, *cursor + Duration(1)});
        if (!here.isEmpty()) {
            const TimeBucket &bucket = m_record->bucket(here.first);
            // The states are those at the cursor, the rates those of its bucket.
            return {bucket.from, std::max(*cursor + Duration(1), bucket.from + Duration(1))};
        }
    }
    const Duration recent = kRecentBuckets * m_record->bucketWidth;
    // A change at this very instant has happened.
    return {m_record->now - std::min(recent, m_record->now.sinceStart()), m_record->now + Duration(1)};
}

void TopologyChart::update()
{
    if (m_record && isVisible())
        m_topology = topologyAt(*m_record, m_breakers, range(), states());
    QWidget::update();
    tell();
}

QString TopologyChart::spoken() const
{
    QStringList all;
    for (const TopologyEdge &edge : m_topology.edges)
        all += edgeLabel(m_record->edges[edge.edge].name) + QStringLiteral(": ") + edgeText(edge)
            + (edge.breakers > 0 ? QStringLiteral(", ") + breakerText(edge) : QString());
    return all.join(QStringLiteral(". "));
}

void TopologyChart::layout()
{
    const double margin = Theme::px(kMargin);
    const QRectF into = QRectF(rect()).adjusted(margin, margin, -margin, -margin);
    double wanted = Theme::px(kNodeWidthMin);
    for (const TopologyNode &node : m_topology.nodes)
        wanted = std::max(wanted, textWidth(nameOf(node), strongFont()) + Theme::px(17));
    const auto arrange = [&](double width) {
        m_rects = layoutNodes(m_topology, into, Theme::px(kNodeHeight), Theme::px(kNodeWidthMax), Theme::px(8), width);
        m_labels = labelsAtTheirPlaces();
        return std::count_if(m_labels.begin(), m_labels.end(), [](const EdgeLabel &one) { return one.form == EdgeLabel::Form::Hidden; });
    };
    // As wide as the longest name, in more rows if need be; where that leaves too little room, names give way to figures.
    const auto hidden = arrange(std::min<double>(wanted, Theme::px(kNodeWidthMax)));
    const bool isRoomyEnough = isRoomy(m_topology, m_rects);
    if (isRoomyEnough && hidden == 0)
        return;
    std::vector<QRectF> rects = m_rects;
    std::vector<EdgeLabel> labels = m_labels;
    if (arrange(Theme::px(kNodeWidthMin)) >= hidden && isRoomyEnough) { // nothing won
        m_rects = std::move(rects);
        m_labels = std::move(labels);
    }
}

std::vector<EdgeLabel> TopologyChart::labelsAtTheirPlaces() const
{
    using Form = EdgeLabel::Form;
    std::vector<QLineF> lines;
    std::vector<QSizeF> sizes, stackedSizes, shortSizes;
    for (const TopologyEdge &edge : m_topology.edges) {
        lines.push_back(lineOf(edge));
        for (const auto &[form, into] : {std::pair(Form::Full, &sizes), std::pair(Form::Stacked, &stackedSizes), std::pair(Form::Short, &shortSizes)}) {
            QSizeF size = sizeOf(edge, form);
            if (!edge.endpoint.isEmpty()) {
                const double name = textWidth(edge.endpoint, Theme::axisFont()) + 1;
                size = QSizeF(std::max(size.width(), std::min<double>(name, Theme::px(form == Form::Full ? kEndpointWidthFull : kEndpointWidthMax))),
                              size.height() + Theme::px(kLine));
            }
            into->push_back(size);
        }
    }
    std::vector<EdgeLabel> labels = placeLabels(lines, m_rects, sizes, stackedSizes, shortSizes, QRectF(rect()).adjusted(2, 0, -2, 0));
    // Where some find no room, nobody could say whose the others are: then pointing at a line tells its figures.
    std::set<int> tight;
    for (std::size_t i = 0; i < labels.size(); ++i) {
        if (labels[i].form == EdgeLabel::Form::Hidden)
            tight.insert(m_topology.nodes[m_topology.edges[i].from].level);
    }
    for (std::size_t i = 0; i < labels.size(); ++i) {
        if (tight.contains(m_topology.nodes[m_topology.edges[i].from].level))
            labels[i].form = EdgeLabel::Form::Hidden;
    }
    return labels;
}

QSizeF TopologyChart::sizeOf(const TopologyEdge &edge, EdgeLabel::Form form) const
{
    const double line = Theme::px(kLine), shape = Theme::px(kStateSide) + Theme::px(kStateGap);
    const auto widthOf = [font = Theme::axisFont()](const QString &text) { return textWidth(text, font) + 1; };
    if (form == EdgeLabel::Form::Short || form == EdgeLabel::Form::Hidden)
        return {widthOf(formatShareShort(0.999)) + shape, line};
    // The figures change while the run plays, and their room does not: that of the longest.
    TopologyEdge longest = edge;
    longest.offeredPerSecond = std::max(99'900.0, edge.offeredPerSecond);
    longest.ended = 1;
    longest.badShare = 1;
    const bool isStacked = form == EdgeLabel::Form::Stacked;
    double width = isStacked ? std::max(widthOf(formatRate(longest.offeredPerSecond)), widthOf(badText(longest))) : widthOf(edgeText(longest));
    if (edge.breakers > 0) {
        longest.open = 0;
        longest.halfOpen = edge.breakers;
        QStringList states{breakerText(longest)};
        longest.halfOpen = 0;
        longest.state = BreakerState::Closed;
        states += breakerText(longest);
        if (isStacked || edge.breakers == 1) // the state alone
            states = {breakerStateLabel(BreakerState::HalfOpen), breakerStateLabel(edge.state)};
        for (const QString &state : states)
            width = std::max(width, shape + widthOf(state));
    }
    return {width, (edge.breakers > 0 ? 2 : 1) * line + (isStacked ? line : 0)};
}

bool TopologyChart::hasSmallNames(int level) const
{
    for (std::size_t i = 0; i < m_topology.nodes.size(); ++i) {
        const TopologyNode &node = m_topology.nodes[i];
        if (node.level == level && textWidth(nameOf(node), strongFont()) > m_rects[i].width() - 2 * Theme::px(8))
            return true;
    }
    return false;
}

void TopologyChart::select(const QString &name)
{
    m_selected.reset();
    for (std::size_t i = 0; m_record && i < m_topology.edges.size(); ++i) {
        if (QString::fromStdString(m_record->edges[m_topology.edges[i].edge].name) == name)
            m_selected = i;
    }
    m_frames.request();
}

QLineF TopologyChart::lineOf(const TopologyEdge &edge) const
{
    const QRectF from = m_rects[edge.from];
    const QRectF to = m_rects[edge.to];
    // Edges between the same two nodes, to endpoints of one service for instance, lie side by side.
    const double apart = std::min<double>(Theme::px(kBesidesApart), std::min(from.width(), to.width()) / edge.besides);
    const QPointF aside((edge.beside - (edge.besides - 1) / 2.0) * apart, 0);
    if (from.bottom() <= to.top())
        return {QPointF(from.center().x(), from.bottom()) + aside, QPointF(to.center().x(), to.top()) + aside};
    return {from.center() + aside, to.center() + aside}; // calls back upwards, or to itself
}

QString TopologyChart::edgeText(const TopologyEdge &edge) const
{
    const QString rate = formatRate(edge.offeredPerSecond);
    return edge.ended == 0 ? rate : tr("%1, %2 bad").arg(rate, formatShare(edge.badShare));
}

/// How much of it goes wrong, on a line of its own.
QString TopologyChart::badText(const TopologyEdge &edge) const
{
    return tr("%1 bad").arg(formatShare(edge.badShare));
}

/// The one figure for tight places: how much goes wrong, or else how much there is.
QString TopologyChart::shortText(const TopologyEdge &edge) const
{
    return edge.ended > 0 && edge.badShare > 0 ? formatShareShort(edge.badShare) : formatRate(edge.offeredPerSecond);
}

QString TopologyChart::breakerText(const TopologyEdge &edge) const
{
    if (edge.breakers == 1)
        return breakerStateLabel(edge.state);
    if (edge.open > 0)
        return tr("%1 of %2 OPEN").arg(formatCount(edge.open), formatCount(edge.breakers));
    if (edge.halfOpen > 0)
        return tr("%1 of %2 HALF_OPEN").arg(formatCount(edge.halfOpen), formatCount(edge.breakers));
    return tr("%1 breakers %2").arg(formatCount(edge.breakers), breakerStateLabel(edge.state));
}

void TopologyChart::paintEdge(QPainter &painter, std::size_t index, const Theme &theme) const
{
    const TopologyEdge &edge = m_topology.edges[index];
    const QLineF line = lineOf(edge);
    double most = 1e-9;
    for (const TopologyEdge &other : m_topology.edges)
        most = std::max(most, other.attemptsPerSecond);
    // The area of a pipe goes with what flows through it: its width with the root.
    const double width = 1.5 + 4.5 * std::sqrt(edge.attemptsPerSecond / most);
    const QColor colour = edge.ended == 0 ? theme.neutral : blended(theme.success, theme.error, edge.badShare);
    const bool isDim = m_selected && *m_selected != index;
    painter.setRenderHint(QPainter::Antialiasing, true);
    painter.setPen(QPen(isDim ? faded(colour, Theme::kUnselectedAlpha) : colour, width, Qt::SolidLine, Qt::FlatCap));
    painter.drawLine(line);
    if (m_selected == index) {
        painter.setPen(QPen(theme.accent, 2));
        const double away = width / 2 + 2;
        const QLineF normal = line.normalVector().unitVector();
        const QPointF aside(normal.dx() * away, normal.dy() * away);
        painter.drawLine(line.translated(aside));
        painter.drawLine(line.translated(-aside));
    }
    // The head says who is called.
    const QLineF back(line.p2(), line.p1());
    const QPointF along(back.unitVector().dx(), back.unitVector().dy());
    const QPointF across(-along.y(), along.x());
    const double head = Theme::px(7);
    const QPointF tip[] = {line.p2(), line.p2() + along * head + across * (head * 0.7),
                           line.p2() + along * head - across * (head * 0.7)};
    painter.setPen(Qt::NoPen);
    painter.setBrush(isDim ? faded(colour, Theme::kUnselectedAlpha) : colour);
    painter.drawPolygon(tip, 3);
    painter.setRenderHint(QPainter::Antialiasing, false);
}

void TopologyChart::paintLabel(QPainter &painter, std::size_t index, const Theme &theme) const
{
    const TopologyEdge &edge = m_topology.edges[index];
    const QRectF label = labelRect(index);
    if (labelForm(index) == EdgeLabel::Form::Hidden)
        return;
    const QFont font = Theme::axisFont();
    painter.setFont(font);
    const double side = Theme::px(kStateSide);
    double top = label.top();
    for (const LabelLine &line : labelLines(index)) {
        const double shape = line.hasShape ? side + Theme::px(kStateGap) : 0;
        const double width = textWidth(line.text, font) + shape;
        const QRectF box(label.center().x() - width / 2, top, width, Theme::px(kLine));
        painter.fillRect(box.adjusted(-3, 0, 3, 0), theme.panel);
        painter.setPen(line.isName ? theme.secondary : theme.text);
        drawLine(painter, box.adjusted(shape, 0, 0, 0), Qt::AlignLeft | Qt::AlignVCenter, line.text);
        if (line.hasShape)
            paintStateShape(painter, QRectF(box.left(), box.center().y() - side / 2, side, side), edge.state, theme);
        top += Theme::px(kLine);
    }
}

std::vector<TopologyChart::LabelLine> TopologyChart::labelLines(std::size_t index) const
{
    const TopologyEdge &edge = m_topology.edges[index];
    const QFont font = Theme::axisFont();
    const double room = labelRect(index).width();
    std::vector<LabelLine> lines;
    const auto add = [&](const QStringList &texts, bool hasShape, bool isName = false) {
        const double shape = hasShape ? Theme::px(kStateSide) + Theme::px(kStateGap) : 0;
        lines.push_back({fitting(texts, font, room - shape), hasShape, isName});
    };
    if (!edge.endpoint.isEmpty())
        add({edge.endpoint}, false, true);
    if (labelForm(index) == EdgeLabel::Form::Stacked) {
        add({formatRate(edge.offeredPerSecond)}, false);
        if (edge.ended > 0)
            add({badText(edge), formatShareShort(edge.badShare)}, false);
        if (edge.breakers > 0)
            add({breakerText(edge), breakerStateLabel(edge.state)}, true);
        return lines;
    }
    if (labelForm(index) != EdgeLabel::Form::Full) { // a breaker that is not closed shows its shape alone
        add({shortText(edge)}, edge.breakers > 0 && edge.state != BreakerState::Closed);
        return lines;
    }
    add({edgeText(edge), shortText(edge)}, false);
    if (edge.breakers > 0)
        add({breakerText(edge), breakerStateLabel(edge.state)}, true);
    return lines;
}

void TopologyChart::paintNode(QPainter &painter, std::size_t index, const Theme &theme) const
{
    const TopologyNode &node = m_topology.nodes[index];
    const QRectF rect = m_rects[index];
    const bool isFaulty = !node.faults.isEmpty();
    painter.setRenderHint(QPainter::Antialiasing, true);
    painter.setPen(QPen(isFaulty ? theme.error : theme.divider, isFaulty ? 2 : 1));
    painter.setBrush(theme.raised);
    const double radius = node.isClient ? rect.height() / 2 : Theme::radius();
    painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius);
    if (node.utilisation) { // how busy its workers are, along the lower edge
        const QRectF bar(rect.left() + 4, rect.bottom() - 5, rect.width() - 8, 2);
        painter.fillRect(bar, theme.divider);
        painter.fillRect(QRectF(bar.left(), bar.top(), bar.width() * std::min(1.0, *node.utilisation), bar.height()),
                         theme.success);
    }
    painter.setRenderHint(QPainter::Antialiasing, false);
    const QRectF inner = rect.adjusted(Theme::px(8), Theme::px(4), -Theme::px(8), -Theme::px(6));
    const bool isSmall = hasSmallNames(node.level);
    painter.setFont(isSmall ? Theme::axisFont() : strongFont());
    painter.setPen(theme.text);
    const QString name = nameOf(node);
    if (node.isClient && node.copies == 1 && !isFaulty && isSmall) {
        // Its round ends say that it is a client: the second line is for its name.
        const QRectF whole = inner.adjusted(-Theme::px(4), 0, Theme::px(4), 0);
        const QStringList parts = textWidth(name, painter.font()) > whole.width() ? twoLines(name) : QStringList(name);
        for (int i = 0; i < parts.size(); ++i)
            drawLine(painter, QRectF(whole.left(), whole.top() + i * whole.height() / static_cast<double>(parts.size()), whole.width(), whole.height() / static_cast<double>(parts.size())),
                     Qt::AlignHCenter | Qt::AlignVCenter, elidedLine(parts[i], painter.font(), whole.width(), Qt::ElideMiddle));
        return;
    }
    drawLine(painter, QRectF(inner.left(), inner.top(), inner.width(), inner.height() / 2),
             Qt::AlignHCenter | Qt::AlignVCenter, elidedLine(name, painter.font(), inner.width(), Qt::ElideMiddle));
    painter.setFont(Theme::axisFont());
    painter.setPen(isFaulty ? theme.text : theme.secondary);
    QStringList below; // as many words as fit
    if (isFaulty) {
        below += node.faults.join(QStringLiteral("; "));
        if (node.faults.size() > 1) // pointing at the node names them
            below += tr("%1 faults").arg(node.faults.size());
        else // "latency", or the endpoint
            below += node.faults[0].section(QLatin1Char(':'), 0, 0).section(QLatin1Char(' '), 0, 0);
        below += tr("fault");
    } else if (node.isClient) {
        const QString copies = formatCount(static_cast<std::uint64_t>(node.copies));
        below = node.copies > 1 ? QStringList{tr("%1 processes").arg(copies), QStringLiteral("×") + copies} : QStringList(tr("client"));
    } else if (node.utilisation) {
        below = {tr("%1 busy").arg(formatShare(*node.utilisation)), formatShareShort(*node.utilisation)};
    } else {
        below += tr("recording");
    }
    double shift = 0;
    if (isFaulty) { // a triangle, so that the fault is not told by colour alone
        const double side = Theme::px(9);
        const double y = inner.top() + inner.height() * 0.75;
        const QPointF triangle[] = {{inner.left() + side / 2, y - side / 2}, {inner.left() + side, y + side / 2},
                                    {inner.left(), y + side / 2}};
        painter.save();
        painter.setRenderHint(QPainter::Antialiasing, true);
        painter.setPen(Qt::NoPen);
        painter.setBrush(theme.error);
        painter.drawPolygon(triangle, 3);
        painter.restore();
        shift = side + Theme::px(4);
    }
    const QRectF line(inner.left() + shift, inner.top() + inner.height() / 2, inner.width() - shift, inner.height() / 2);
    drawLine(painter, line, (isFaulty ? Qt::AlignLeft : Qt::AlignHCenter) | Qt::AlignVCenter,
             fitting(below, painter.font(), line.width()));
}

void TopologyChart::paintEvent(QPaintEvent *)
{
    m_frames.started();
    if (isDrawingFigure() && m_record && !isVisible()) // nobody has asked for its figures since it was hidden
        m_topology = topologyAt(*m_record, m_breakers, range(), states());
    const Theme &theme = Theme::of(this);
    QPainter painter(this);
    painter.fillRect(rect(), theme.panel);
    for (std::size_t i = 0; i < m_topology.edges.size(); ++i)
        paintEdge(painter, i, theme);
    for (std::size_t i = 0; i < m_topology.nodes.size(); ++i)
        paintNode(painter, i, theme);
    for (std::size_t i = 0; i < m_topology.edges.size(); ++i)
        paintLabel(painter, i, theme);
    if (hasFocus()) {
        painter.setPen(QPen(theme.accent, 1));
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5));
    }
}

void TopologyChart::resizeEvent(QResizeEvent *)
{
    layout();
}

void TopologyChart::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange) {
        layout();
        m_frames.request();
    }
}

TopologyChart::Hit TopologyChart::hitAt(QPointF at) const
{
    Hit hit;
    for (std::size_t i = 0; i < m_rects.size(); ++i) {
        if (m_rects[i].contains(at))
            hit.node = i;
    }
    if (hit.node)
        return hit;
    double best = kReach;
    for (std::size_t i = 0; i < m_topology.edges.size(); ++i) {
        if (labelForm(i) != EdgeLabel::Form::Hidden && labelRect(i).contains(at)) {
            hit.edge = i;
            return hit;
        }
        if (const double distance = distanceTo(lineOf(m_topology.edges[i]), at); distance <= best) {
            best = distance;
            hit.edge = i;
        }
    }
    return hit;
}

void TopologyChart::choose(std::optional<std::size_t> edge)
{
    m_selected = edge;
    QWidget::update();
    emit picked(edge ? QString::fromStdString(m_record->edges[m_topology.edges[*edge].edge].name) : QString());
}

void TopologyChart::mousePressEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton || !m_record)
        return;
    Hit hit = hitAt(event->position());
    if (hit.node) {
        // A node stands for its busiest edge: the calls to a service, those of a client.
        for (std::size_t i = 0; i < m_topology.edges.size(); ++i) {
            const TopologyEdge &edge = m_topology.edges[i];
            const bool touches = m_topology.nodes[*hit.node].isClient ? edge.from == *hit.node : edge.to == *hit.node;
            if (touches && (!hit.edge || edge.offeredPerSecond > m_topology.edges[*hit.edge].offeredPerSecond))
                hit.edge = i;
        }
    }
    if (hit.edge || m_selected)
        choose(hit.edge == m_selected ? std::nullopt : hit.edge);
}

bool TopologyChart::event(QEvent *event)
{
    // Else the window's Escape would win over a selection here.
    if (event->type() == QEvent::ShortcutOverride && m_selected
        && static_cast<QKeyEvent *>(event)->key() == Qt::Key_Escape) {
        event->accept();
        return true;
    }
    return QWidget::event(event);
}

void TopologyChart::keyPressEvent(QKeyEvent *event)
{
    const std::size_t count = m_topology.edges.size();
    if (event->key() == Qt::Key_Escape && m_selected) {
        choose(std::nullopt);
    } else if (event->key() == Qt::Key_Down && count > 0) {
        choose(m_selected ? std::min(*m_selected + 1, count - 1) : 0);
    } else if (event->key() == Qt::Key_Up && count > 0) {
        choose(m_selected && *m_selected > 0 ? *m_selected - 1 : 0);
    } else {
        QWidget::keyPressEvent(event);
    }
}

void TopologyChart::mouseMoveEvent(QMouseEvent *event)
{
    m_pointer = event->position();
    tell();
}

void TopologyChart::leaveEvent(QEvent *)
{
    m_pointer.reset();
    tell();
}

void TopologyChart::tell()
{
    if (m_pointer && m_record)
        m_box.show(this, *m_pointer, readoutOf(hitAt(*m_pointer)));
    else
        m_box.hide();
}

Readout TopologyChart::readoutOf(const Hit &hit) const
{
    Readout text;
    const auto row = [&](const QString &label, const QString &value, const QColor &colour = {}) {
        text.rows.push_back({colour, Qt::SolidPattern, label, value});
    };
    const Theme &theme = Theme::of(this);
    if (hit.node) {
        const TopologyNode &node = m_topology.nodes[*hit.node];
        text.title = node.name;
        row(node.isClient ? tr("processes") : tr("instances"), formatCount(static_cast<std::uint64_t>(node.copies)));
        if (node.utilisation) {
            row(tr("workers busy"), formatShare(*node.utilisation));
            row(tr("requests waiting"), formatNumber(node.queue));
        }
        for (const TopologyNode::Endpoint &endpoint : node.endpoints)
            row(endpoint.name,
                tr("%1 done, p99 %2, whole run")
                    .arg(formatCount(endpoint.completed), formatLatency(Duration(endpoint.p99Ns))));
        for (const QString &fault : node.faults)
            row(tr("fault"), fault, theme.error);
    } else if (hit.edge) {
        const TopologyEdge &edge = m_topology.edges[*hit.edge];
        text.title = edgeLabel(m_record->edges[edge.edge].name);
        row(tr("calls begun"), formatRate(edge.offeredPerSecond));
        row(tr("attempts"), formatRate(edge.attemptsPerSecond));
        if (edge.ended > 0) {
            row(tr("bad"), formatShare(edge.badShare), theme.error);
            row(tr("p99"), formatLatency(Duration(edge.p99Ns)));
        }
        if (edge.breakers > 0)
            row(tr("breakers"), breakerText(edge), theme.breakerState(edge.state));
    } else {
        return text;
    }
    text.source = formatRange(m_topology.range.from, m_topology.range.to);
    return text;
}

} // namespace halfopen
