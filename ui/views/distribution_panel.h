// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/histogram.h"
#include "ui/geometry/value_axis.h"
#include "ui/views/readout_box.h"

#include <QColor>
#include <QString>
#include <QWidget>

#include <cstdint>
#include <memory>
#include <vector>

namespace halfopen {

/// The distribution of durations beside a chart of them over time. Both share the vertical axis, so
/// a bar lies at the height of the values it counts. Either bars or the share of values above each
/// height (CCDF).
class DistributionPanel : public QWidget {
    Q_OBJECT
public:
    enum class Mode { Histogram, ShareAbove };
    struct Part {
        QColor color;
        QString label;
        Histogram values; ///< ns
    };
    struct Mark {
        double value = 0; ///< ns
        QString label;    ///< "p99"
    };
    struct Contents {
        QString title;  ///< what is counted: "Selection: 1,204 calls"
        ValueAxis axis; ///< in the coordinates of the chart beside
        std::vector<Part> parts;
        std::vector<Mark> marks;
    };

    explicit DistributionPanel(QWidget *parent = nullptr);
    void setContents(Contents contents);
    void setMode(Mode mode);
    Mode mode() const { return m_mode; }

    QSize minimumSizeHint() const override { return {}; }

protected:
    void paintEvent(QPaintEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void leaveEvent(QEvent *event) override;

private:
    QRectF plotRect() const;
    std::uint64_t total() const;
    /// How many values lie below the axis, which on a logarithmic one has no place for 0; empty when none do.
    QString belowText() const;
    void paintBars(QPainter &painter, const Theme &theme) const;
    void paintShareAbove(QPainter &painter, const Theme &theme) const;
    void paintMarks(QPainter &painter, const Theme &theme) const;
    Readout readout() const;
    void tell();

    Contents m_contents;
    QString m_below; ///< belowText()
    Mode m_mode = Mode::Histogram;
    double m_hoverY = -1; ///< below 0: the pointer is elsewhere
    ReadoutHolder m_box;
};

} // namespace halfopen
