// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/breaker_timeline.h"

#include <QLineF>
#include <QRectF>
#include <QSizeF>
#include <QString>
#include <QStringList>

#include <cstdint>
#include <optional>
#include <vector>

namespace halfopen {

/// A client or a service.
struct TopologyNode {
    QString name;
    bool isClient = false;
    std::int64_t copies = 1; ///< processes of a client, instances of a service
    int level = 0;           ///< clients 0; a service lies below all that call it
    int place = 0;           ///< in its level, from the left
    QStringList faults;      ///< what is wrong with it at that time, in words
    /// Of a service with workers: worker-time spent per worker-time there was, 0 to 1.
    std::optional<double> utilisation;
    double queue = 0; ///< requests waiting, averaged over the range and summed over the instances
    struct Endpoint {
        QString name;
        std::uint64_t completed = 0; ///< from the start of the run on, as everything here
        std::int64_t p99Ns = 0;      ///< arrival to the end of the work
    };
    std::vector<Endpoint> endpoints; ///< of a service
};

/// Calls from one node to another.
struct TopologyEdge {
    std::uint32_t edge = 0; ///< index into RunRecord::edges
    std::size_t from = 0;   ///< index of a node
    std::size_t to = 0;
    QString endpoint;       ///< of the service, that its calls name; empty = none
    int beside = 0;         ///< its place among the edges between the same two nodes
    int besides = 1;        ///< how many those are
    double offeredPerSecond = 0;
    double attemptsPerSecond = 0;
    std::uint64_t ended = 0;
    double badShare = 0;            ///< of the calls that ended, 0 to 1; 0 when none did
    std::int64_t p99Ns = 0;         ///< of the calls that ended
    std::uint32_t breakers = 0;     ///< of this edge; 0 = it has none
    std::uint32_t open = 0;     ///< of them, FORCED_OPEN too
    std::uint32_t halfOpen = 0; ///< and not open as well, where all of a range counts
    BreakerState state = BreakerState::Closed; ///< the most alarming of its breakers
};

/// The world of a run and how it fares in a stretch of time.
struct Topology {
    TimeRange range; ///< what the rates are about
    std::vector<TopologyNode> nodes;
    std::vector<TopologyEdge> edges;
    int levels = 0;

    /// How many nodes lie in \a level.
    int width(int level) const;
};

/// Nodes and edges with no figures yet. Clients first, then services, in the order of the record.
Topology topologyOf(const RunRecord &record);
/// What the states of breakers and the faults are about.
enum class TopologyStates {
    AtEnd,      ///< of the range
    Throughout, ///< the most alarming state at any time of it, and every fault that shares time with it
};
/// The same with figures for the buckets that share time with \a range.
Topology topologyAt(const RunRecord &record, const BreakerTimeline &breakers, TimeRange range,
                    TopologyStates states = TopologyStates::AtEnd);

/// Rectangles for the nodes in a widget of this size, of equal size within a level, level below level with even gaps. A
/// level whose nodes would be narrower than \a nodeWidthMin side by side takes several rows; rows that do not fit overlap,
/// later ones above earlier ones, so that the nodes stay inside of \a into.
std::vector<QRectF> layoutNodes(const Topology &topology, const QRectF &into, double nodeHeight, double nodeWidthMax,
                                double gap, double nodeWidthMin = 72);

/// Where the figures of an edge stand.
struct EdgeLabel {
    enum class Form {
        Full,    ///< all of them
        Stacked, ///< all of them, one below the other
        Short,   ///< only the worst
        Hidden,  ///< no room: pointing at the edge tells them
    };
    QRectF rect; ///< a Hidden one has the room of a Short one in the middle of its line
    Form form = Form::Full;
};
/// Places for labels on \a lines, one each: on its line, clear of \a nodes and of each other, inside of \a into. Earlier
/// lines choose first. \a sizes: of the full labels, \a stackedSizes and \a shortSizes: of the others.
std::vector<EdgeLabel> placeLabels(const std::vector<QLineF> &lines, const std::vector<QRectF> &nodes, const std::vector<QSizeF> &sizes,
                                   const std::vector<QSizeF> &stackedSizes, const std::vector<QSizeF> &shortSizes, const QRectF &into);

/// A name on two lines, broken behind the separator ('-', '_', '.', ' ') that leaves the longer part shortest; one line when
/// there is none.
QStringList twoLines(const QString &name);

} // namespace halfopen
