// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/geometry/time_axis.h"
#include "ui/models/record_ptr.h"
#include "ui/views/spoken_chart.h"

#include <QPoint>
#include <QWidget>

namespace halfopen {

class TimeAxisModel;

/// The whole run as one bar: how far it is, when faults act, where breakers changed and where the cursor stands.
///
/// A click in the past moves the cursor there (the run itself never goes back); a click in the future asks the
/// run to go on to that time. Keys: left and right move the cursor by a hundredth of the run, Home and End to its
/// ends.
class TimeScrubber : public QWidget, public SpokenChart {
    Q_OBJECT
public:
    explicit TimeScrubber(TimeAxisModel *axis, QWidget *parent = nullptr);

    void setRecord(RecordPtr record);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;
    /// The instant drawn at \a x, within the run.
    Instant instantAt(double x) const;
    QString spoken() const override;
    QAccessible::Role spokenRole() const override { return QAccessible::Slider; }

signals:
    /// The user asked the run to go on to \a at.
    void seekRequested(halfopen::Instant at);

protected:
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    bool event(QEvent *event) override;

private:
    TimeAxis axis() const;
    QRectF groove() const;
    void pick(double x, bool mayRunOn);
    void drawTransitions(QPainter &painter, const TimeAxis &axis, const QRectF &bar) const;
    void showTip(const QPoint &at, const QPoint &globalAt);

    TimeAxisModel *m_axis;
    RecordPtr m_record;
};

} // namespace halfopen
