// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/moment_explainer.h"

#include <algorithm>
#include <exception>

namespace halfopen {

MomentExplainer::MomentExplainer(QObject *parent) : QObject(parent)
{
    m_pool.setMaxThreadCount(1);
}

MomentExplainer::~MomentExplainer()
{
    cancel();
    m_pool.waitForDone();
}

void MomentExplainer::ask(const RecordPtr &record, std::uint32_t breaker, Instant at)
{
    cancel();
    if (!record || !record->scenario || breaker >= record->breakers.size())
        return;
    m_stop = std::make_shared<std::atomic<bool>>(false);
    m_pool.start([this, record, breaker, until = std::min(at, record->now), stop = m_stop] {
        if (stop->load())
            return;
        MomentPtr moment;
        QString problem;
        try {
            const BreakerInfo &info = record->breakers[breaker];
            RunOptions options;
            options.seed = record->seed;
            options.sampleCalls = false;
            const LayerPlace place{record->edges[info.edge].stack, info.edge, info.layer, true};
            moment = explainMoment(record->scenario, place, info.process, options,
                                   {record->changes.begin(), record->changes.end()}, until,
                                   [&stop] { return stop->load(); });
        } catch (const std::exception &error) {
            problem = QString::fromStdString(error.what());
        }
        QMetaObject::invokeMethod(
            this,
            [this, stop, moment, problem] {
                if (m_stop != stop)
                    return; // another was asked since
                m_stop.reset();
                if (moment)
                    emit explained(moment);
                else
                    emit failed(problem);
            },
            Qt::QueuedConnection);
    });
}

void MomentExplainer::cancel()
{
    if (m_stop)
        m_stop->store(true);
    m_stop.reset();
}

} // namespace halfopen
