// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/views/chart_paint.h"

#include <QPointer>
#include <QWidget>

namespace halfopen {

/// What lies under the pointer, in a box beside it. It lies over the whole window, so a low chart
/// does not cut it off, and it never takes an event.
class ReadoutBox : public QWidget {
    Q_OBJECT
public:
    ReadoutBox();
    /// Shows \a readout beside \a at, in the coordinates of \a chart; an empty one hides the box.
    void showFor(QWidget *chart, QPointF at, const Readout &readout);
    /// Whose values it tells; null once that is gone.
    const QWidget *chart() const { return m_chart; }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QPointer<QWidget> m_chart;
    Readout m_readout;
};

/// Owns the box of a chart: the box is a child of the window, which may die first.
class ReadoutHolder {
public:
    ~ReadoutHolder() { delete m_box.data(); }
    void show(QWidget *chart, QPointF at, const Readout &readout);
    void hide();

private:
    QPointer<ReadoutBox> m_box;
};

} // namespace halfopen
