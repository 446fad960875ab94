// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/run_controller.h"

#include <algorithm>
#include <chrono>
#include <utility>

namespace halfopen {
namespace {

/// Calls that clients began; what services call among themselves would count the same work twice.
std::uint64_t clientCalls(const RunRecord &record)
{
    std::uint64_t calls = 0;
    for (std::size_t i = 0; i < record.edges.size() && i < record.edgeTotals.size(); ++i) {
        if (record.edges[i].client)
            calls += record.edgeTotals[i].offered;
    }
    return calls;
}

} // namespace

RunController::RunController(EngineFactory factory, QObject *parent)
    : QObject(parent),
      // Up to one look more would pass before the window had a run that is over, and that is what one waits for.
      m_worker(std::move(factory), [this] { QMetaObject::invokeMethod(this, &RunController::poll, Qt::QueuedConnection); })
{
    m_timer.setTimerType(Qt::PreciseTimer);
    m_timer.setInterval(RunWorker::kPublishInterval);
    connect(&m_timer, &QTimer::timeout, this, &RunController::poll);
}

RunController::~RunController()
{
    m_timer.stop();
}

void RunController::start(std::shared_ptr<const Scenario> scenario, const RunOptions &options, bool playing,
                          std::vector<ParameterChange> changes)
{
    m_job = m_worker.start(std::move(scenario), options, playing, std::move(changes));
    m_record = nullptr;
    m_meter.reset();
    emit runStarted();
    wake();
}

void RunController::play()
{
    m_worker.play();
    wake();
}

void RunController::pause()
{
    m_worker.pause();
    wake();
}

void RunController::step()
{
    m_worker.step();
    wake();
}

void RunController::seekTransition()
{
    m_worker.seekTransition();
    wake();
}

void RunController::seekTime(Instant at)
{
    m_worker.seekTime(at);
    wake();
}

void RunController::setSpeed(Speed speed)
{
    if (speed.factor)
        speed.factor = std::clamp(*speed.factor, Speed::kFactorMin, Speed::kFactorMax);
    if (speed == m_speed)
        return;
    m_speed = speed;
    m_worker.setSpeed(speed);
    m_meter.reset();
    wake();
    emit speedChanged();
}

void RunController::change(const QString &path, const QString &valueText)
{
    m_worker.change(path.toStdString(), valueText.toStdString());
    wake();
}

void RunController::cancel()
{
    m_worker.cancel();
    wake();
}

void RunController::wake()
{
    if (!m_timer.isActive())
        m_timer.start();
}

void RunController::poll()
{
    RunWorker::Delivery delivery = m_worker.take();
    if (delivery.status.job != m_job)
        return; // of an older run, or the new one is still being made
    const RunWorker::Status before = std::exchange(m_status, std::move(delivery.status));
    if (m_status.state != before.state || m_status.job != before.job) {
        if (!isMoving())
            m_meter.reset();
        emit stateChanged(m_status.state);
    }
    if (m_status.job != before.job && !m_status.failure.empty())
        emit runFailed(QString::fromStdString(m_status.failure));
    if (delivery.record) {
        m_record = std::move(delivery.record);
        measure();
        emit recordChanged(m_record);
    }
    for (const RunWorker::Refusal &refusal : delivery.refusals) {
        if (refusal.job == m_job)
            emit changeRefused(QString::fromStdString(refusal.path), QString::fromStdString(refusal.value),
                               QString::fromStdString(refusal.message));
    }
    emit progressed();
    // At rest and nothing under way: no reason to look again before the next command.
    if (!isMoving() && m_status.commandsDone == m_worker.commandsSent())
        m_timer.stop();
}

void RunController::measure()
{
    if (isMoving())
        m_meter.add(std::chrono::steady_clock::now().time_since_epoch(), m_record->now, clientCalls(*m_record));
}

} // namespace halfopen
