// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/topology.h"

#include "ui/models/outcome_series.h"

#include <algorithm>
#include <cmath>

namespace halfopen {

namespace {

std::size_t nodeNamed(std::vector<TopologyNode> &nodes, const std::string &name, bool isClient)
{
    const QString text = QString::fromStdString(name);
    for (std::size_t i = 0; i < nodes.size(); ++i) {
        if (nodes[i].name == text && nodes[i].isClient == isClient)
            return i;
    }
    nodes.push_back({});
    nodes.back().name = text;
    nodes.back().isClient = isClient;
    return nodes.size() - 1;
}

void setLevels(Topology &world)
{
    // A service that calls itself, directly or through others, would never come to rest: each round puts at least
    // one node at its final level, so as many rounds as nodes are enough.
    for (std::size_t round = 0; round < world.nodes.size(); ++round) {
        bool moved = false;
        for (const TopologyEdge &edge : world.edges) {
            const int below = world.nodes[edge.from].level + 1;
            if (world.nodes[edge.to].level < below && below <= static_cast<int>(world.nodes.size())) {
                world.nodes[edge.to].level = below;
                moved = true;
            }
        }
        if (!moved)
            break;
    }
    for (const TopologyNode &node : world.nodes)
        world.levels = std::max(world.levels, node.level + 1);
    std::vector<int> used(static_cast<std::size_t>(world.levels), 0);
    for (TopologyNode &node : world.nodes)
        node.place = used[static_cast<std::size_t>(node.level)]++;
}

/// More alarming = greater.
int alarm(BreakerState state)
{
    switch (state) {
    case BreakerState::Open:
    case BreakerState::ForcedOpen:
        return 3;
    case BreakerState::HalfOpen:
        return 2;
    case BreakerState::Closed:
        return 1;
    default:
        return 0;
    }
}

void fillServices(Topology &world, const RunRecord &record, IndexRange which)
{
    for (std::size_t s = 0; s < record.services.size(); ++s) {
        const auto node = std::find_if(world.nodes.begin(), world.nodes.end(), [&](const TopologyNode &n) {
            return !n.isClient && n.name == QString::fromStdString(record.services[s]);
        });
        const ServiceSpec *spec = record.scenario ? record.scenario->findService(record.services[s]) : nullptr;
        if (node == world.nodes.end() || !spec || spec->recording)
            continue;
        double busy = 0;
        double queued = 0;
        double lasted = 0;
        for (std::size_t b = which.first; b < which.last; ++b) {
            const TimeBucket &bucket = record.bucket(b);
            busy += static_cast<double>(bucket.services[s].busyNs);
            queued += static_cast<double>(bucket.services[s].queuedNs);
            lasted += static_cast<double>(bucket.width.count());
        }
        if (lasted <= 0)
            continue;
        node->utilisation = busy / (lasted * static_cast<double>(spec->instances * spec->workers));
        node->queue = queued / lasted;
    }
}

void fillEndpoints(Topology &world, const RunRecord &record)
{
    for (std::size_t i = 0; i < record.endpoints.size() && i < record.endpointTotals.size(); ++i) {
        const QString service = QString::fromStdString(record.services[record.endpoints[i].service]);
        const EndpointTotals &totals = record.endpointTotals[i];
        for (TopologyNode &node : world.nodes)
            if (!node.isClient && node.name == service)
                node.endpoints.push_back(
                    {QString::fromStdString(record.endpoints[i].name), totals.completed, totals.latency.quantile(0.99)});
    }
}

void fillFaults(Topology &world, const RunRecord &record, TimeRange when)
{
    for (const FaultWindow &window : record.faultWindows) {
        if (when.to <= window.from || when.from >= window.to || !record.scenario || window.fault >= record.scenario->faults.size())
            continue;
        const QString on = QString::fromStdString(record.scenario->faults[window.fault].on);
        QString label = QString::fromStdString(window.label);
        // The node says its name itself; an endpoint's stays.
        if (label.startsWith(on + QStringLiteral(": ")))
            label.remove(0, on.size() + 2);
        else if (label.startsWith(on + QLatin1Char('/')))
            label.remove(0, on.size() + 1);
        for (TopologyNode &node : world.nodes) {
            if (!node.isClient && node.name == on)
                node.faults += label;
        }
    }
}

/// The most alarming state of a breaker at any time of \a when.
BreakerState worstState(const BreakerTimeline &breakers, std::uint32_t breaker, TimeRange when)
{
    BreakerState worst = breakers.stateAt(breaker, when.from);
    const std::span<const StateChange> changes = breakers.changes(breaker);
    auto change = std::upper_bound(changes.begin(), changes.end(), when.from, [](Instant t, const StateChange &c) { return t < c.at; });
    for (; change != changes.end() && change->at < when.to; ++change) {
        if (alarm(change->to) > alarm(worst))
            worst = change->to;
    }
    return worst;
}

void fillBreakers(Topology &world, const BreakerTimeline &breakers, TimeRange when)
{
    for (const BreakerGroup &group : breakers.groups()) {
        if (group.edge >= world.edges.size())
            continue;
        TopologyEdge &edge = world.edges[group.edge];
        for (const std::uint32_t member : group.members) {
            const BreakerState state = worstState(breakers, member, when);
            if (edge.breakers++ == 0 || alarm(state) > alarm(edge.state))
                edge.state = state;
            edge.open += alarm(state) == alarm(BreakerState::Open) ? 1 : 0;
            edge.halfOpen += state == BreakerState::HalfOpen ? 1 : 0;
        }
    }
}

} // namespace

int Topology::width(int level) const
{
    return static_cast<int>(
        std::count_if(nodes.begin(), nodes.end(), [level](const TopologyNode &node) { return node.level == level; }));
}

/// A call that stands in for a failed one has the caller of that one.
static bool isFromClient(const RunRecord &record, const EdgeInfo &edge)
{
    return edge.insteadOf ? isFromClient(record, record.edges[*edge.insteadOf]) : edge.client.has_value();
}

Topology topologyOf(const RunRecord &record)
{
    Topology world;
    for (const EdgeInfo &edge : record.edges) {
        if (edge.client) {
            TopologyNode &node = world.nodes[nodeNamed(world.nodes, edge.from, true)];
            node.copies = edge.processes;
        }
    }
    for (const std::string &service : record.services) {
        TopologyNode &node = world.nodes[nodeNamed(world.nodes, service, false)];
        if (const ServiceSpec *spec = record.scenario ? record.scenario->findService(service) : nullptr)
            node.copies = spec->instances;
    }
    for (std::uint32_t i = 0; i < record.edges.size(); ++i) {
        const EdgeInfo &info = record.edges[i];
        TopologyEdge edge;
        edge.edge = i;
        edge.from = nodeNamed(world.nodes, info.from, isFromClient(record, info));
        edge.to = nodeNamed(world.nodes, info.to, false);
        edge.endpoint = QString::fromStdString(info.endpoint);
        world.edges.push_back(edge);
    }
    for (std::size_t i = 0; i < world.edges.size(); ++i) {
        TopologyEdge &edge = world.edges[i];
        edge.besides = 0;
        for (std::size_t other = 0; other < world.edges.size(); ++other) {
            if (world.edges[other].from != edge.from || world.edges[other].to != edge.to)
                continue;
            edge.beside += other < i;
            ++edge.besides;
        }
    }
    setLevels(world);
    return world;
}

Topology topologyAt(const RunRecord &record, const BreakerTimeline &breakers, TimeRange range, TopologyStates states)
{
    Topology world = topologyOf(record);
    world.range = range;
    const IndexRange which = bucketsIn(record, range);
    const Instant end = range.to > range.from ? range.to - Duration(1) : range.to;
    const TimeRange when = states == TopologyStates::Throughout && range.to > range.from ? range : TimeRange{end, end + Duration(1)};
    for (TopologyEdge &edge : world.edges) {
        const std::uint32_t index[] = {edge.edge};
        const OutcomeTotals totals = outcomeTotals(record, index, range);
        const double seconds = toSeconds(totals.range.length());
        edge.ended = totals.endedAll();
        if (seconds > 0) {
            edge.offeredPerSecond = static_cast<double>(totals.offered) / seconds;
            edge.attemptsPerSecond = static_cast<double>(totals.attempts) / seconds;
        }
        if (edge.ended > 0)
            edge.badShare = 1 - static_cast<double>(totals.good()) / static_cast<double>(edge.ended);
        LatencyParts latency;
        addLatency(record, index, which, latency);
        latency.good.merge(latency.bad);
        edge.p99Ns = latency.good.quantile(0.99);
    }
    fillBreakers(world, breakers, when);
    fillServices(world, record, which);
    fillEndpoints(world, record);
    fillFaults(world, record, when);
    return world;
}

std::vector<QRectF> layoutNodes(const Topology &topology, const QRectF &into, double nodeHeight, double nodeWidthMax,
                                double gap, double nodeWidthMin)
{
    const int perRowMax = std::max(1, static_cast<int>((into.width() + gap) / (nodeWidthMin + gap)));
    // Nodes of a level in rows of the same length.
    const auto rowsOf = [&](int level) { return std::max(1, (topology.width(level) + perRowMax - 1) / perRowMax); };
    const auto perRow = [&](int level) { return std::max(1, (topology.width(level) + rowsOf(level) - 1) / rowsOf(level)); };
    int rowsBelow = 0; // those that are not the first of their level
    for (int level = 0; level < topology.levels; ++level)
        rowsBelow += rowsOf(level) - 1;
    // Rows overlap where they do not fit: nodes outside could not be reached, and between levels the lines must be seen.
    const double room = into.height() - (2 * topology.levels - 1) * nodeHeight;
    const double pitch = rowsBelow == 0 ? 0 : std::clamp(room / rowsBelow, 0.0, nodeHeight + gap);
    double used = 0;
    std::vector<double> tops;
    for (int level = 0; level < topology.levels; ++level) {
        tops.push_back(used);
        used += nodeHeight + (rowsOf(level) - 1) * pitch;
    }
    const auto widthOf = [&](int level) {
        return std::floor(std::min(nodeWidthMax, (into.width() - gap * (perRow(level) - 1)) / perRow(level)));
    };
    const double between = topology.levels > 1 ? (into.height() - used) / (topology.levels - 1) : 0;
    std::vector<QRectF> rects;
    for (const TopologyNode &node : topology.nodes) {
        const int row = node.place / perRow(node.level);
        const int inRow = std::min(perRow(node.level), topology.width(node.level) - row * perRow(node.level));
        const double width = widthOf(node.level);
        const double column = into.width() / std::max(1, inRow);
        const double x = into.left() + column * (node.place % perRow(node.level) + 0.5) - width / 2;
        const double y = into.top() + tops[static_cast<std::size_t>(node.level)] + node.level * between + row * pitch;
        rects.emplace_back(std::round(x), std::round(y), width, nodeHeight);
    }
    return rects;
}

namespace {

/// Labels that have found their places, so far.
class LabelPlaces {
public:
    LabelPlaces(const std::vector<QLineF> &lines, const std::vector<QRectF> &nodes, const QRectF &into)
        : labels(lines.size()), m_lines(lines), m_taken(nodes), m_into(into)
    {
    }
    bool place(std::size_t i, QSizeF size, EdgeLabel::Form form)
    {
        // From the middle outwards: where lines meet in a node their labels have the least room.
        constexpr double kShares[] = {0.5, 0.4, 0.6, 0.3, 0.7, 0.45, 0.55, 0.35, 0.65, 0.25, 0.75, 0.2, 0.8, 0.15, 0.85};
        constexpr double kApart = 2;
        for (const double share : kShares) {
            const QRectF rect = rectAt(i, share, size);
            const QRectF wide = rect.adjusted(-kApart, 0, kApart, 0);
            if (std::any_of(m_taken.begin(), m_taken.end(), [&](const QRectF &other) { return other.intersects(wide); }))
                continue;
            labels[i] = {rect, form};
            m_taken.push_back(rect);
            return true;
        }
        return false;
    }
    void placeShort(std::size_t i, QSizeF size)
    {
        if (place(i, size, EdgeLabel::Form::Short))
            return;
        labels[i] = {rectAt(i, 0.5, size), EdgeLabel::Form::Hidden};
        ++hidden;
    }

    std::vector<EdgeLabel> labels;
    std::size_t hidden = 0;

private:
    QRectF rectAt(std::size_t i, double share, QSizeF size) const
    {
        const QPointF middle = m_lines[i].pointAt(share);
        const double most = std::max(m_into.left(), m_into.right() - size.width());
        const double left = std::clamp(middle.x() - size.width() / 2, m_into.left(), most);
        return QRectF(std::round(left), std::round(middle.y() - size.height() / 2), size.width(), size.height());
    }

    const std::vector<QLineF> &m_lines;
    std::vector<QRectF> m_taken;
    QRectF m_into;
};

} // namespace

std::vector<EdgeLabel> placeLabels(const std::vector<QLineF> &lines, const std::vector<QRectF> &nodes, const std::vector<QSizeF> &sizes,
                                   const std::vector<QSizeF> &stackedSizes, const std::vector<QSizeF> &shortSizes, const QRectF &into)
{
    // All in full, or all of those that compete in the next form: mixed forms would look like different things.
    LabelPlaces full(lines, nodes, into);
    std::vector<std::size_t> left;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        if (!full.place(i, sizes[i], EdgeLabel::Form::Full))
            left.push_back(i);
    }
    if (left.empty())
        return full.labels;
    const auto competes = [&](std::size_t i) {
        return std::any_of(left.begin(), left.end(), [&](std::size_t other) {
            return lines[other].p2() == lines[i].p2() || lines[other].p1() == lines[i].p1();
        });
    };
    LabelPlaces stacked(lines, nodes, into);
    bool isEnough = true;
    for (std::size_t i = 0; i < lines.size() && isEnough; ++i)
        isEnough = (!competes(i) && stacked.place(i, sizes[i], EdgeLabel::Form::Full)) || stacked.place(i, stackedSizes[i], EdgeLabel::Form::Stacked);
    if (isEnough)
        return stacked.labels;
    LabelPlaces mixed(lines, nodes, into);
    for (std::size_t i = 0; i < lines.size(); ++i) {
        if (competes(i) || !mixed.place(i, sizes[i], EdgeLabel::Form::Full))
            mixed.placeShort(i, shortSizes[i]);
    }
    if (mixed.hidden == 0)
        return mixed.labels;
    LabelPlaces small(lines, nodes, into); // one figure on each says more than several on some
    for (std::size_t i = 0; i < lines.size(); ++i)
        small.placeShort(i, shortSizes[i]);
    return small.hidden < mixed.hidden ? small.labels : mixed.labels;
}

QStringList twoLines(const QString &name)
{
    qsizetype best = -1;
    const auto longer = [&](qsizetype at) { return std::max(at + 1, name.size() - at - 1); };
    for (qsizetype i = 0; i + 1 < name.size(); ++i) {
        if (QStringLiteral("-_. ").contains(name[i]) && (best < 0 || longer(i) < longer(best)))
            best = i;
    }
    return best < 0 ? QStringList(name) : QStringList{name.left(best + 1).trimmed(), name.mid(best + 1)};
}

} // namespace halfopen
