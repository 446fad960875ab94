// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/breaker_timeline.h"
#include "ui/views/time_chart.h"

#include <optional>
#include <set>
#include <vector>

class QScrollBar;

namespace halfopen {

/// The drawing of the breaker view.
class BreakerChart : public TimeChart {
    Q_OBJECT
public:
    explicit BreakerChart(TimeAxisModel *axis, QWidget *parent = nullptr);

    const BreakerTimeline &timeline() const { return m_timeline; }
    /// The run to compare with, drawn in a thin row below the band of each breaker that it has, too; null = none.
    void setGhost(RecordPtr ghost);
    const RecordPtr &ghost() const { return m_ghost; }
    /// Where the states of the ghost are drawn for this breaker, or for its fleet while that is folded; none where the ghost
    /// has no such breaker.
    std::optional<QRectF> ghostBand(std::uint32_t breaker) const;
    bool hasFleet() const;

    std::optional<std::size_t> pinned() const { return m_pinned; }
    bool holdsSomething() const override { return m_pinned || (m_moment && m_isMomentPinned); }
    void letGo() override;
    /// Marks the transition; it must exist. Moves the visible range when it lies outside.
    void pin(std::optional<std::size_t> index, bool reveal = true);

    /// One breaker at one moment.
    struct Moment {
        std::uint32_t breaker = 0;
        Instant at;
        friend bool operator==(const Moment &, const Moment &) = default;
    };
    /// Marks the moment whose explanation stands beside the chart; none = no mark. \a isPinned: it was clicked, so that Escape
    /// lets go of it; else it goes with the pointer.
    void markMoment(std::optional<Moment> moment, bool isPinned = false);
    /// What the shared cursor means here: the breaker of the row under the pointer, or without one of the first row. Of a
    /// fleet the first member in the most alarming state.
    std::optional<Moment> momentAtCursor() const;

    /// The height of the whole chart that shows all rows without scrolling.
    int heightOfRows() const;

signals:
    /// Clicked, or reached with a key.
    void picked(std::size_t index);
    void unpinned();
    /// A band was clicked away from its edges, or E was pressed: why is it in this state?
    void momentPicked(halfopen::BreakerChart::Moment moment);

protected:
    QString summary(const RunRecord &record) const override;
    void recordChanged(const RecordPtr &before) override;
    void paintAxis(QPainter &painter, const Theme &theme) override;
    void paintData(QPainter &painter, const Theme &theme) override;
    void paintOver(QPainter &painter, const Theme &theme) override;
    Readout readout(Instant at, std::optional<QPointF> pointer) const override;
    void keyPressEvent(QKeyEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    /// One line of the drawing: a group's head, or a member of an opened fleet.
    struct Row {
        std::size_t group = 0;
        std::optional<std::uint32_t> member; ///< none = the head
        double top = 0;                      ///< before scrolling
        double height = 0;
    };
    void layoutRows();
    /// Puts the rows below each other and returns their height.
    double placeRows();
    double ghostGap(const Row &row) const;
    double ghostHeight(const Row &row) const;
    /// The same in every run for the same layer of the same edge.
    static QString keyOf(const RunRecord &record, const BreakerGroup &group);
    QString keyOf(const BreakerGroup &group) const { return keyOf(*record(), group); }
    /// Finds the groups and breakers of the ghost that are those of the record.
    void matchGhost();
    bool hasGhost(const Row &row) const;
    double scrolledTop(const Row &row) const;
    QRectF bandOf(const Row &row) const;
    /// Below bandOf(); none where there is no ghost.
    std::optional<QRectF> ghostBandOf(const Row &row) const;
    /// The row whose ghost lies at this point.
    const Row *ghostAt(QPointF at) const;
    const Row *rowAt(double y) const;
    const Row *rowOf(std::uint32_t breaker) const;
    std::optional<std::size_t> transitionAt(QPointF at) const;
    void toggle(std::size_t group);
    void clickAt(QPointF at);
    void jump(bool forward);

    std::optional<Moment> momentAt(const Row &row, Instant at) const;
    void paintMoment(QPainter &painter, const Theme &theme) const;
    void paintPin(QPainter &painter, const Theme &theme) const;
    void paintHead(QPainter &painter, const Row &row, const Theme &theme) const;
    void paintStates(QPainter &painter, std::uint32_t breaker, const QRectF &band, bool labels,
                     const Theme &theme) const;
    void paintFleet(QPainter &painter, std::size_t group, const QRectF &band,
                    const Theme &theme) const;
    void paintGhost(QPainter &painter, const Row &row, const Theme &theme) const;
    void paintGhostStates(QPainter &painter, std::uint32_t breaker, const QRectF &band, bool labels, const Theme &theme) const;
    void paintGhostFleet(QPainter &painter, std::size_t group, const QRectF &band, const Theme &theme) const;
    Readout readoutOfTransition(std::size_t index) const;
    Readout readoutOfRow(const Row &row, Instant at) const;
    Readout readoutOfGhost(const Row &row, Instant at) const;
    /// The state of the ghost's breaker, or how many of its fleet are open; empty where it has none, or has not come that far.
    QString ghostText(const Row &row, Instant at) const;
    Readout summaryAt(Instant at) const;

    BreakerTimeline m_timeline;
    RecordPtr m_ghost;
    BreakerTimeline m_ghostTimeline;
    std::vector<std::optional<std::size_t>> m_ghostGroups;      ///< by group of m_timeline; empty without a ghost
    std::vector<std::optional<std::uint32_t>> m_ghostBreakers; ///< by breaker of the record; empty without a ghost
    std::vector<Row> m_rows;
    double m_rowsHeight = 0;    ///< with ghosts of full height
    bool m_isGhostThin = false; ///< so that all rows fit: without the names of its states
    std::set<QString> m_opened; ///< keyOf() fleets: in a run of another world their places are others
    std::optional<std::size_t> m_pinned;
    bool m_isMomentPinned = false;
    std::optional<Moment> m_moment;
    std::optional<QPointF> m_clickedAt; ///< what was asked there is answered beside the chart, until the pointer moves away
    QScrollBar *m_scroll;
};

} // namespace halfopen
