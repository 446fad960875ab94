// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/record_ptr.h"
#include "ui/views/chart_paint.h"
#include "ui/views/frame_clock.h"
#include "ui/views/readout_box.h"
#include "ui/views/spoken_chart.h"

#include <QPixmap>
#include <QWidget>

namespace halfopen {

class TimeNavigator;

/// Base of the charts over time that draw themselves: plot area, time axis, context, cursor,
/// selection, readout and the repaint rhythm. A subclass draws its data into the plot and its value
/// axis beside it.
///
/// While the run stands still, the picture without cursor and selection is kept, so that moving the
/// pointer costs one copy; while it plays, each frame is drawn at once.
class TimeChart : public QWidget, public SpokenChart {
    Q_OBJECT
public:
    explicit TimeChart(TimeAxisModel *axis, QWidget *parent = nullptr);

    void setRecord(RecordPtr record);
    const RecordPtr &record() const { return m_record; }
    QRectF plotRect() const { return chartPlotRect(size()); }
    TimeAxis timeAxis() const;
    TimeAxisModel *axisModel() const { return m_axis; }
    TimeNavigator *navigator() const { return m_navigator; }

    /// Draws the data again at the next screen refresh.
    void refresh();
    /// The cursor is where pointer or keys have put it in this chart, and nothing has moved it since.
    bool hasSetCursor() const { return m_hasSetCursor; }
    /// Whether something is picked in the chart. Escape lets go of it first, then of selection and cursor.
    virtual bool holdsSomething() const { return false; }
    virtual void letGo() {}
    /// summary() of the run, and the values at the shared cursor.
    QString spoken() const override;

signals:
    /// The values at the shared cursor in one line; empty without a cursor, or while the pointer is
    /// in this chart and the box beside it tells them.
    void readingChanged(const QString &reading);

protected:
    /// What the chart shows of a run, in words; see models/chart_summary.h.
    virtual QString summary(const RunRecord &record) const;
    /// The record is another one than \a before (either may be null): let go of what was kept of that. Nothing is drawn or
    /// told in between.
    virtual void recordChanged(const RecordPtr &before) { Q_UNUSED(before) }
    /// Called before drawing or telling when record, range or size changed: prepare what paintData() and
    /// readout() need.
    virtual void prepare() {}
    /// Calls prepare() if something changed since. A subclass calls it before it answers a click or a key.
    void makeReady();
    /// The value axis with its grid, in the margin and behind the data.
    virtual void paintAxis(QPainter &painter, const Theme &theme) = 0;
    /// The data, clipped to the plot.
    virtual void paintData(QPainter &painter, const Theme &theme) = 0;
    /// Where the marks of changed settings begin, below what the plot has at its top.
    virtual double changesTop() const { return plotRect().top(); }
    /// Drawn over everything, for what is selected; not clipped.
    virtual void paintOver(QPainter &painter, const Theme &theme);
    /// What to read at \a at; \a pointer is where the mouse is when it is in this chart.
    virtual Readout readout(Instant at, std::optional<QPointF> pointer) const = 0;

    void paintEvent(QPaintEvent *event) override;
    void showEvent(QShowEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;

    std::optional<QPointF> pointer() const { return m_pointer; }

private:
    void paintPicture(QPainter &painter, const Theme &theme);
    void paintKept(QPainter &painter, const Theme &theme);
    void tell();

    TimeAxisModel *m_axis;
    TimeNavigator *m_navigator;
    RecordPtr m_record;
    QPixmap m_kept;            ///< the picture as it was drawn last
    bool m_keptIsOld = true;   ///< the data changed since
    bool m_isFirstDraw = true; ///< nothing was drawn since the data changed
    bool m_isReady = false;    ///< prepare() was called since the data changed
    ReadoutHolder m_box;
    QString m_reading;
    std::optional<QPointF> m_pointer;
    bool m_isPointed = false; ///< the pointer has put the cursor there: what is told is of that place
    bool m_hasSetCursor = false;
    FrameClock m_frames;
};

} // namespace halfopen
