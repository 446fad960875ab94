// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/geometry/value_axis.h"
#include "ui/models/record_ptr.h"

#include <QPen>
#include <QString>
#include <QStringList>
#include <QWidget>

#include <array>
#include <optional>
#include <vector>

namespace halfopen {

/// The runs of several variants over time, laid over each other or side by side, always with the same axes.
class VariantsChart : public QWidget {
    Q_OBJECT
public:
    enum class Measure {
        Good,  ///< good calls of all clients per second
        P99,   ///< of all their calls
    };
    explicit VariantsChart(QWidget *parent = nullptr);

    struct Run {
        QString name;
        RecordPtr record;
    };
    void setRuns(const std::vector<Run> &runs);
    void setMeasure(Measure measure);
    void setSideBySide(bool on);
    /// The colour and dash of the \a index-th of \a count variants, here and wherever else they are named.
    static QPen penOf(int index, int count, const QWidget *on);
    /// Of every panel, for tests: the same range on both axes.
    std::vector<QRectF> panels() const;
    double valueMax() const { return m_max; }
    /// What the tool tip says at \a seconds, a line each; the time first.
    QStringList textAt(double seconds) const;

protected:
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void leaveEvent(QEvent *event) override;

private:
    struct Line {
        QString name;
        RecordPtr record;
        std::vector<double> from; ///< beginning of a column, seconds
        double end = 0;           ///< of the last one
        std::vector<double> at; ///< middle of a column, seconds
        std::array<std::vector<double>, 2> values; ///< by Measure; NaN = none
    };
    /// One name of the legend.
    struct Name {
        std::size_t line;
        QPointF at; ///< its left upper corner
        double width;
        QString text;
    };
    std::vector<Name> legendIn(const QRectF &panel, const std::vector<std::size_t> &lines) const;
    QRectF plotIn(const QRectF &panel, const std::vector<Name> &names) const;
    /// The lines drawn in a panel.
    std::vector<std::size_t> linesOf(std::size_t panel) const;
    static Line lineOf(const Run &run);
    static std::optional<std::size_t> columnAt(const Line &line, double seconds);
    void measureRange();
    ValueAxis axisOf(const QRectF &plot) const;
    void paintPanel(QPainter &painter, const QRectF &plot, const std::vector<std::size_t> &lines) const;
    QString valueText(double value) const;
    std::size_t index() const { return static_cast<std::size_t>(m_measure); }

    std::vector<Line> m_lines;
    Measure m_measure = Measure::Good;
    bool m_isSideBySide = false;
    double m_seconds = 1; ///< the longest run
    double m_min = 0;
    double m_max = 1;
};

} // namespace halfopen
