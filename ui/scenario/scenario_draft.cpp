// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/scenario/scenario_draft.h"

#include "core/scenario/loader.h"
#include "simulators/vocabulary.h"

#include <QScopedValueRollback>

#include <utility>

namespace halfopen {

struct ScenarioDraft::Reading {
    LoadResult loaded;
    TextChange change;
};

ScenarioDraft::ScenarioDraft(QObject *parent) : QObject(parent)
{
    m_readers.setMaxThreadCount(1);
    m_pause.setSingleShot(true);
    m_pause.setInterval(kPause);
    connect(&m_pause, &QTimer::timeout, this, &ScenarioDraft::begin);
}

ScenarioDraft::~ScenarioDraft()
{
    m_readers.clear();
    m_readers.waitForDone();
}

void ScenarioDraft::open(const QString &path, const QString &text, std::shared_ptr<const Scenario> scenario,
                         std::vector<Diagnostic> problems)
{
    ++m_job;
    m_pause.stop();
    const bool isMended = path == m_path && scenario && QString::fromStdString(scenario->text) == m_text;
    m_path = path;
    m_disk = text;
    m_before = std::move(scenario);
    m_problems = std::move(problems);
    if (!isMended)
        m_text = text;
    if (!isMended) {
        m_mends.clear();
        m_isFormLast = false;
        emit opened();
    }
    emit textChanged();
    enter(m_before ? State::Read : State::Broken);
    emit problemsChanged();
}

void ScenarioDraft::type(const QString &text)
{
    if (text == m_text)
        return;
    m_text = text;
    m_isFormLast = false;
    ++m_job;
    m_pause.start();
    emit textChanged();
    enter(State::Waiting);
}

void ScenarioDraft::follow(std::shared_ptr<const Scenario> tuned)
{
    if (m_state != State::Read || !tuned) {
        m_isFormLast = m_isFormLast || (tuned && m_before && tuned->text != m_before->text);
        return;
    }
    const std::shared_ptr<const Scenario> before = std::exchange(m_before, std::move(tuned));
    const QString text = QString::fromStdString(m_before->text);
    if (text == m_text)
        return;
    m_text = text;
    if (m_isAccepting && before && !m_isFormLast) {
        m_mends.push_back(before);
        emit mended(m_text, int(m_mends.size()) - 1);
    } else {
        emit replaced(m_text);
    }
    emit textChanged();
}

void ScenarioDraft::unmend(int mend)
{
    if (mend >= 0 && mend < int(m_mends.size()))
        m_before = m_mends[std::size_t(mend)];
}

void ScenarioDraft::saved(const QString &path, const QString &text)
{
    m_path = path;
    m_disk = text;
    emit textChanged();
}

bool ScenarioDraft::readNow()
{
    if (m_state == State::Waiting) {
        m_pause.stop();
        take(++m_job, read(m_text.toStdString(), m_path.toStdString(), m_before));
    }
    return m_state == State::Read;
}

std::shared_ptr<const ScenarioDraft::Reading> ScenarioDraft::read(const std::string &text, const std::string &path,
                                                                  const std::shared_ptr<const Scenario> &before)
{
    auto reading = std::make_shared<Reading>();
    reading->loaded = loadScenarioText(text, path, standardVocabulary());
    if (!reading->loaded.ok())
        return reading;
    if (before) {
        reading->change = compareTexts(*before, *reading->loaded.scenario);
    } else {
        reading->change.kind = TextChange::Kind::World;
        reading->change.sameShape = false;
    }
    return reading;
}

void ScenarioDraft::begin()
{
    const quint64 job = m_job;
    m_readers.clear(); // what has not begun is of an older text
    m_readers.start([this, job, text = m_text.toStdString(), path = m_path.toStdString(), before = m_before] {
        auto reading = read(text, path, before);
        QMetaObject::invokeMethod(this, [this, job, reading] { take(job, reading); }, Qt::QueuedConnection);
    });
}

void ScenarioDraft::take(quint64 job, const std::shared_ptr<const Reading> &reading)
{
    if (job != m_job)
        return; // typed on since
    m_problems = reading->loaded.diagnostics;
    const bool isScenario = reading->loaded.ok();
    enter(isScenario ? State::Read : State::Broken);
    emit problemsChanged();
    const QScopedValueRollback accepting(m_isAccepting, true);
    if (isScenario)
        emit accepted(reading->loaded.scenario, reading->change);
}

void ScenarioDraft::enter(State state)
{
    if (state == m_state)
        return;
    m_state = state;
    emit stateChanged();
}

} // namespace halfopen
