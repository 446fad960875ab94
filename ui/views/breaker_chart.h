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
    /// The same in every run for the same layer of the same edge.
    QString keyOf(const BreakerGroup &group) const;
    double scrolledTop(const Row &row) const;
    QRectF bandOf(const Row &row) const;
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
    Readout readoutOfTransition(std::size_t index) const;
    Readout readoutOfRow(const Row &row, Instant at) const;
    Readout summaryAt(Instant at) const;

    BreakerTimeline m_timeline;
    std::vector<Row> m_rows;
    double m_rowsHeight = 0;
    std::set<QString> m_opened; ///< keyOf() fleets: in a run of another world their places are others
    std::optional<std::size_t> m_pinned;
    bool m_isMomentPinned = false;
    std::optional<Moment> m_moment;
    QScrollBar *m_scroll;
};

} // namespace halfopen
