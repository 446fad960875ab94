// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/views/figure.h"
#include "ui/views/view.h"

class QStackedWidget;

namespace halfopen {

class ControlRow;
class ElidedLabel;
class TimeAxisModel;

/// A side panel that scrolls when the view is too low for it.
QWidget *scrolledSide(QWidget *content);

/// Of a page in scrolledSide(): what is new in it is read from its beginning.
void scrollToTop(QWidget *page);

/// The height that the layout of \a page wants when it is \a width wide, in logical pixels.
int heightAtWidth(QWidget *page, int width);

/// Passes the focus of \a view on to what \a pages shows: the button of its first page, which is the empty state, or
/// \a content on the other. No focus proxy: Tab would leave out what stands before it, and end at one that is hidden.
void focusShownPage(QWidget *view, QStackedWidget *pages, QWidget *content);

/// Puts a chart at the left and a side panel of constant width at the right. The width depends on
/// nothing but its own width, so charts in views of equal width have equal plots. A narrow view has
/// no side.
class ChartAndSide : public QWidget {
    Q_OBJECT
public:
    ChartAndSide(QWidget *chart, QWidget *side, QWidget *parent = nullptr);
    QSize minimumSizeHint() const override;

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    QWidget *m_chart;
    QWidget *m_side;
};

/// A view with a row of controls, a chart and a side panel, and an empty state while there is no
/// run.
class PlotView : public View, public FigureSource {
    Q_OBJECT
public:
    explicit PlotView(TimeAxisModel *axis, QWidget *parent = nullptr);

    void setFigure(bool) override {}

protected:
    /// What the chart shows, as a phrase ("Calls ended per second"), at the left of the controls; \a brief where there is no
    /// room for it: the title of the view stands above.
    void setCaption(const QString &caption, const QString &brief = {});
    /// Adds a control at the right end of the row.
    void addControl(QWidget *control);
    /// Call once, last in the constructor. \a emptySentence says what will be here once there is a
    /// run.
    void build(QWidget *chart, QWidget *side, const QString &emptySentence);
    /// Switches between the empty state and the chart.
    void setHasRun(bool hasRun);
    /// The width of the side panel, or 0 when the view is too narrow for one.
    int sideWidth() const;
    /// Above chart and side.
    int headerHeight() const;

    TimeAxisModel *axis() const { return m_axis; }

private:
    TimeAxisModel *m_axis;
    QStackedWidget *m_pages;
    ElidedLabel *m_label;
    ControlRow *m_header;
};

} // namespace halfopen
