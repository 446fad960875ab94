// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/run_controller.h"

#include <QFont>
#include <QWidget>

class QAction;
class QSlider;
class QToolButton;

namespace halfopen {

class TimeAxisModel;
class SteadyLabel;
class TimeScrubber;

/// The commands that the bar shows as buttons; the window owns them and gives them their keys.
struct TransportActions {
    QAction *restart = nullptr;
    QAction *playPause = nullptr;
    QAction *step = nullptr;
    QAction *nextTransition = nullptr;
    QAction *whatIf = nullptr;
};

/// The bar below everything: play, step, speed, how far the run is and how fast it really goes.
class TransportBar : public QWidget {
    Q_OBJECT
public:
    TransportBar(RunController *controller, TimeAxisModel *axis, const TransportActions &actions,
                 QWidget *parent = nullptr);

    /// One stop faster (positive) or slower.
    void changeSpeed(int stops);

protected:
    void changeEvent(QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    bool event(QEvent *event) override;

private:
    QToolButton *addButton(QAction *action);
    QToolButton *addTextButton(QAction *action);
    void buildSpeed();
    void showSpeed();
    void showProgress();
    QString measuredText() const;
    void fixWidths();
    void fitTime();
    /// The measured speed has room for its longest text, for its present one, or none, whatever the time bar leaves it.
    void fitMeasured();
    bool isRunning() const;

    RunController *m_controller;
    QSlider *m_speed = nullptr;
    QToolButton *m_speedText = nullptr;
    TimeScrubber *m_scrubber = nullptr;
    SteadyLabel *m_time = nullptr;
    Instant m_fittedTo; ///< the end of the run whose times m_time has room for
    QFont m_fittedFont;
    SteadyLabel *m_measured = nullptr;
};

} // namespace halfopen
