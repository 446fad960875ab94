// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/call_follower.h"

#include "core/run/run_record.h"
#include "simulators/followed_call.h"

#include <algorithm>
#include <chrono>
#include <exception>

namespace halfopen {

namespace {

constexpr std::chrono::milliseconds kPollInterval{50};

} // namespace

CallFollower::CallFollower(QObject *parent) : QObject(parent)
{
    m_pool.setMaxThreadCount(1);
    m_poll.setInterval(kPollInterval);
    connect(&m_poll, &QTimer::timeout, this, [this] {
        if (m_question)
            emit progressed(std::clamp(double(m_question->reached) / double(std::max<std::int64_t>(1, m_question->until)), 0.0, 1.0));
    });
}

CallFollower::~CallFollower()
{
    cancel();
    m_pool.waitForDone();
}

void CallFollower::ask(const RecordPtr &record, std::uint64_t call)
{
    cancel();
    if (!record || !record->scenario)
        return;
    m_question = std::make_shared<Question>();
    m_question->until = record->now.ns();
    m_poll.start();
    m_pool.start([this, record, call, question = m_question] {
        if (question->stop)
            return;
        RecordPtr followed;
        QString problem;
        try {
            RunOptions options;
            options.seed = record->seed;
            const FollowedRun run{{record->changes.begin(), record->changes.end()}, record->now,
                                  [&question](Instant reached) { question->reached = reached.ns(); }};
            followed = followCall(record->scenario, call, options, run, [&question] { return question->stop.load(); });
        } catch (const std::exception &error) {
            problem = QString::fromStdString(error.what());
        }
        QMetaObject::invokeMethod(
            this,
            [this, question, followed, problem] {
                if (m_question != question)
                    return; // another was asked since, or none is any more
                cancel();
                if (followed)
                    emit found(followed);
                else
                    emit failed(problem);
            },
            Qt::QueuedConnection);
    });
}

void CallFollower::cancel()
{
    if (m_question)
        m_question->stop = true;
    m_question.reset();
    m_poll.stop();
}

} // namespace halfopen
