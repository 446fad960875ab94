// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/library/run_replayer.h"

#include "simulators/simulation.h"
#include "simulators/vocabulary.h"
#include "ui/replayed_engine.h"

#include <exception>

namespace halfopen {

namespace {

struct Replay {
    RecordPtr record; ///< null when it was stopped or could not be made
    QString problem;
};

Replay replay(const RunSource &source, const EngineFactory &engines, const std::atomic<bool> &stop)
{
    const LoadResult loaded = loadScenarioText(source.text, source.path.toStdString(), standardVocabulary());
    if (!loaded.ok())
        return {nullptr, QString::fromStdString(loaded.diagnostics.empty() ? std::string("it cannot be read")
                                                                           : loaded.diagnostics.front().message)};
    try {
        RunOptions options;
        options.seed = source.seed;
        ReplayedEngine engine(engines(loaded.scenario, options), source.changes);
        if (!driveTo(engine, Instant(source.played), source.end == RunEnd::Cancelled, [&stop] { return stop.load(); }))
            return {};
        return {std::make_shared<const RunRecord>(engine.snapshot()), {}};
    } catch (const std::exception &error) {
        return {nullptr, QString::fromStdString(error.what())};
    }
}

} // namespace

RunReplayer::RunReplayer(EngineFactory engines, QObject *parent) : QObject(parent), m_engines(std::move(engines))
{
    m_pool.setMaxThreadCount(1);
}

RunReplayer::~RunReplayer()
{
    cancel();
    m_pool.waitForDone();
}

void RunReplayer::start(const RunSource &source)
{
    cancel();
    m_stop = std::make_shared<std::atomic<bool>>(false);
    m_pool.start([this, source, stop = m_stop, engines = m_engines] {
        if (stop->load())
            return;
        const Replay done = replay(source, engines, *stop);
        QMetaObject::invokeMethod(
            this,
            [this, source, stop, done] {
                if (m_stop != stop)
                    return; // another was asked for since
                m_stop.reset();
                if (done.record)
                    emit finished(source, done.record);
                else
                    emit failed(source, done.problem);
            },
            Qt::QueuedConnection);
    });
}

void RunReplayer::cancel()
{
    if (m_stop)
        m_stop->store(true);
    m_stop.reset();
}

} // namespace halfopen
