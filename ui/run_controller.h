// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/record_ptr.h"
#include "ui/run_worker.h"
#include "ui/speed_meter.h"

#include <QObject>
#include <QString>
#include <QTimer>

#include <memory>

namespace halfopen {

/// The window's handle on the run: passes commands to the worker thread and asks it, once per screen refresh,
/// what is new; the end of a run it learns at once. No event of the run ever becomes an event of the window, so the window stays as quick with ten
/// million calls a minute as with ten.
class RunController : public QObject {
    Q_OBJECT
public:
    using State = RunWorker::State;

    explicit RunController(EngineFactory factory, QObject *parent = nullptr);
    /// Stops the run and waits for its thread, at most a few milliseconds.
    ~RunController() override;

    /// Begins a run of \a scenario and drops the one before it. \a changes, of a run before, are made again in their time.
    void start(std::shared_ptr<const Scenario> scenario, const RunOptions &options, bool playing,
               std::vector<ParameterChange> changes = {});

    State state() const { return m_status.state; }
    bool hasRun() const { return m_status.state != State::Empty; }
    bool isMoving() const { return m_status.state == State::Playing || m_status.state == State::Seeking; }
    RecordPtr record() const { return m_record; }
    Instant now() const { return m_status.now; }
    Instant endTime() const { return m_status.end; }
    Speed speed() const { return m_speed; }
    /// The machine does not reach the chosen speed.
    bool isBehind() const { return m_status.behind; }
    /// What is really reached; has no result while the run stands still.
    const SpeedMeter &meter() const { return m_meter; }

public slots:
    void play();
    void pause();
    void step();
    void seekTransition();
    void seekTime(halfopen::Instant at);
    /// The factor is cut to 0.1 to 1000.
    void setSpeed(halfopen::Speed speed);
    void change(const QString &path, const QString &valueText);
    void cancel();

signals:
    /// A new run begins; record() is null until its first snapshot.
    void runStarted();
    void recordChanged(halfopen::RecordPtr record);
    void stateChanged(halfopen::RunController::State state);
    void speedChanged();
    /// meter(), isBehind() or now() moved on. At screen rate while the run moves.
    void progressed();
    /// The engine did not accept a change.
    void changeRefused(const QString &path, const QString &valueText, const QString &message);
    /// The run could not be made.
    void runFailed(const QString &message);

private:
    void poll();
    void wake();
    void measure();

    RunWorker::Job m_job = 0;
    RunWorker::Status m_status;
    RecordPtr m_record;
    Speed m_speed;
    SpeedMeter m_meter;
    QTimer m_timer;
    RunWorker m_worker; ///< last: its thread ends before anything else goes
};

} // namespace halfopen
