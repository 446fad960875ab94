// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/topology.h"
#include "ui/views/spoken_chart.h"
#include "ui/views/frame_clock.h"
#include "ui/views/readout_box.h"

#include <QWidget>

#include <optional>

namespace halfopen {

class TimeAxisModel;

/// The drawing of the topology view.
class TopologyChart : public QWidget, public SpokenChart {
    Q_OBJECT
public:
    explicit TopologyChart(TimeAxisModel *axis, QWidget *parent = nullptr);

    void setRecord(RecordPtr record);
    const RecordPtr &record() const { return m_record; }
    /// As drawn last.
    const Topology &topology() const { return m_topology; }
    QRectF nodeRect(std::size_t node) const { return m_rects[node]; }
    /// Where the figures of an edge stand.
    QRectF labelRect(std::size_t edge) const { return m_labels[edge].rect; }
    EdgeLabel::Form labelForm(std::size_t edge) const { return m_labels[edge].form; }
    /// One line of an edge's figures.
    struct LabelLine {
        QString text;
        bool hasShape = false; ///< that of its breakers' state before it
        bool isName = false;   ///< of the endpoint
    };
    /// As they are drawn.
    std::vector<LabelLine> labelLines(std::size_t edge) const;
    std::optional<std::size_t> selected() const { return m_selected; }
    /// Marks the edge of this name; empty or unknown = none. Does not emit.
    void select(const QString &name);

    QString spoken() const override;

signals:
    /// Empty = none.
    void picked(const QString &name);

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    bool event(QEvent *event) override;

private:
    /// What lies under a point: an edge, a node, or neither.
    struct Hit {
        std::optional<std::size_t> edge;
        std::optional<std::size_t> node;
    };
    Hit hitAt(QPointF at) const;
    void update();
    void layout();
    std::vector<EdgeLabel> labelsAtTheirPlaces() const;
    /// Whether the names of this level are written small, because one of them would not fit else: all look alike.
    bool hasSmallNames(int level) const;
    TimeRange range() const;
    TopologyStates states() const;
    QLineF lineOf(const TopologyEdge &edge) const;
    QString edgeText(const TopologyEdge &edge) const;
    QString badText(const TopologyEdge &edge) const;
    QString shortText(const TopologyEdge &edge) const;
    QString breakerText(const TopologyEdge &edge) const;
    /// The room that the figures of an edge need in a form, whatever they become in the run. Without the endpoint's name.
    QSizeF sizeOf(const TopologyEdge &edge, EdgeLabel::Form form) const;
    void choose(std::optional<std::size_t> edge);
    void paintEdge(QPainter &painter, std::size_t index, const Theme &theme) const;
    void paintLabel(QPainter &painter, std::size_t index, const Theme &theme) const;
    void paintNode(QPainter &painter, std::size_t index, const Theme &theme) const;
    Readout readoutOf(const Hit &hit) const;
    void tell();

    TimeAxisModel *m_axis;
    RecordPtr m_record;
    BreakerTimeline m_breakers;
    Topology m_topology;
    std::vector<QRectF> m_rects; ///< of the nodes
    std::vector<EdgeLabel> m_labels; ///< of the edges
    std::optional<std::size_t> m_selected;
    std::optional<QPointF> m_pointer;
    ReadoutHolder m_box;
    FrameClock m_frames;
};

} // namespace halfopen
