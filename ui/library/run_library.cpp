// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/library/run_library.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <algorithm>
#include <memory>

namespace halfopen {

/// What lives on the library's thread.
struct RunLibrary::Worker : QObject {
    std::unique_ptr<RunStore> store;
};

/// Runs \a work(RunStore &) on the library's thread and hands its result to \a then(result) on this one. Nothing
/// happens while there is no file.
template <typename Work, typename Then> void RunLibrary::ask(Work work, Then then)
{
    QMetaObject::invokeMethod(
        m_worker,
        [this, worker = m_worker, work = std::move(work), then = std::move(then)] {
            if (!worker->store)
                return;
            auto result = std::make_shared<decltype(work(*worker->store))>(work(*worker->store));
            QMetaObject::invokeMethod(this, [result, then] { then(*result); }, Qt::QueuedConnection);
        },
        Qt::QueuedConnection);
}

RunLibrary::RunLibrary(QString file, QObject *parent)
    : QObject(parent), m_file(std::move(file)), m_worker(new Worker)
{
    m_thread.setObjectName(QStringLiteral("run library"));
    m_worker->moveToThread(&m_thread);
    m_thread.start();
    m_notesDelay.setSingleShot(true);
    m_notesDelay.setInterval(kNotesDelay);
    connect(&m_notesDelay, &QTimer::timeout, this, &RunLibrary::writeNotes);
    open();
}

RunLibrary::~RunLibrary()
{
    writeNotes();
    // After everything that is still to be done; the connection has to go on the thread that made it.
    QMetaObject::invokeMethod(
        m_worker,
        [worker = m_worker, thread = &m_thread] {
            delete worker;
            thread->quit();
        },
        Qt::QueuedConnection);
    m_thread.wait();
}

void RunLibrary::open()
{
    m_state = State::Opening;
    emit stateChanged();
    QMetaObject::invokeMethod(
        m_worker,
        [this, worker = m_worker, file = m_file] {
            worker->store.reset();
            auto opened = RunStore::open(file);
            auto runs = std::make_shared<StoreResult<std::vector<KeptRun>>>();
            if (opened) {
                worker->store = std::move(*opened);
                *runs = worker->store->all();
                if (!*runs)
                    worker->store.reset();
            } else {
                *runs = tl::unexpected(opened.error());
            }
            QMetaObject::invokeMethod(this, [this, runs] { take(std::move(*runs)); }, Qt::QueuedConnection);
        },
        Qt::QueuedConnection);
}

void RunLibrary::take(StoreResult<std::vector<KeptRun>> opened)
{
    m_removed.clear();
    m_deletions.clear();
    m_runs.clear();
    if (opened) {
        m_runs = std::move(*opened);
        m_state = State::Ready;
    } else {
        m_problem = opened.error();
        m_state = State::Unusable;
    }
    emit reset();
    emit stateChanged();
}

void RunLibrary::setAside()
{
    const QString to = m_file + QStringLiteral(".set-aside-")
        + QDateTime::currentDateTime().toString(QStringLiteral("yyyyMMdd-hhmmss"));
    if (QFile::exists(m_file) && !QFile::rename(m_file, to)) {
        emit failed(tr("%1 cannot be renamed").arg(QDir::toNativeSeparators(m_file)));
        return;
    }
    // The log belongs to the file that is gone.
    for (const char *end : {"-wal", "-shm"}) {
        if (QFile::exists(m_file + QLatin1String(end)))
            QFile::rename(m_file + QLatin1String(end), to + QLatin1String(end));
    }
    open();
}

void RunLibrary::setUntaggedMax(int count)
{
    m_untaggedMax = std::max(1, count); // a choice deletes nothing yet: it can be taken back until the next run is kept
}

const KeptRun *RunLibrary::find(qint64 id) const
{
    const auto found = std::find_if(m_runs.begin(), m_runs.end(), [id](const KeptRun &run) { return run.id == id; });
    return found == m_runs.end() ? nullptr : &*found;
}

KeptRun *RunLibrary::findOwn(qint64 id)
{
    return const_cast<KeptRun *>(find(id));
}

void RunLibrary::keep(const RecordPtr &record, std::vector<Override> tuned)
{
    struct Answer {
        StoreResult<KeptRun> run;
        std::vector<qint64> trimmed;
    };
    if (!record || !record->scenario || record->end == RunEnd::Running)
        return;
    // Figures and picture are made over there, too.
    ask(
        [run = RunToKeep{record, std::move(tuned), QDateTime::currentDateTimeUtc()}, max = m_untaggedMax](RunStore &store) {
            Answer answer{store.keep(run), {}};
            if (answer.run)
                answer.trimmed = store.trim(max).value_or(std::vector<qint64>());
            return answer;
        },
        [this](const Answer &answer) { takeKept(answer.run, answer.trimmed); });
}

void RunLibrary::takeKept(const StoreResult<KeptRun> &run, const std::vector<qint64> &trimmed)
{
    if (!run) {
        emit failed(tr("The run was not kept: %1.").arg(run.error().message));
        return;
    }
    std::erase_if(m_runs, [&](const KeptRun &other) {
        return other.id == run->id || std::find(trimmed.begin(), trimmed.end(), other.id) != trimmed.end();
    });
    forgetRemoved(run->id);
    KeptRun newest = *run;
    if (const auto typed = m_unwritten.find(newest.id); typed != m_unwritten.end())
        newest.notes = typed->second;
    m_runs.insert(m_runs.begin(), std::move(newest));
    emit reset();
    emit kept(run->id);
}

void RunLibrary::setNotes(qint64 id, const QString &notes)
{
    KeptRun *run = findOwn(id);
    if (!run || run->notes == notes)
        return;
    run->notes = notes;
    m_unwritten[id] = notes;
    if (!m_notesDelay.isActive()) // not started anew: someone who types on and on is written, too
        m_notesDelay.start();
    emit changed(id);
}

void RunLibrary::writeNotes()
{
    for (const auto &[id, notes] : std::exchange(m_unwritten, {})) {
        ask([id = id, notes = notes](RunStore &store) { return store.setNotes(id, notes); },
            [this](const StoreResult<void> &done) {
                if (!done)
                    emit failed(tr("The notes were not kept: %1.").arg(done.error().message));
            });
    }
}

void RunLibrary::setTags(qint64 id, const QStringList &tags)
{
    KeptRun *run = findOwn(id);
    if (!run || run->tags == tags)
        return;
    run->tags = tags;
    ask([id, tags](RunStore &store) { return store.setTags(id, tags); },
        [this](const StoreResult<void> &done) {
            if (!done)
                emit failed(tr("The tags were not kept: %1.").arg(done.error().message));
        });
    emit changed(id);
}

void RunLibrary::remove(const std::vector<qint64> &ids)
{
    writeNotes();
    std::vector<qint64> gone;
    for (const qint64 id : ids) {
        if (const KeptRun *run = find(id)) {
            m_removed[id] = *run;
            gone.push_back(id);
        }
    }
    if (!gone.empty())
        m_deletions.push_back(std::move(gone));
    std::erase_if(m_runs, [&](const KeptRun &run) { return m_removed.contains(run.id); });
    ask([ids](RunStore &store) { return store.setRemoved(ids, true); },
        [this](const StoreResult<void> &done) {
            if (!done)
                emit failed(tr("The runs were not deleted: %1.").arg(done.error().message));
        });
    emit reset();
}

void RunLibrary::restore(const std::vector<qint64> &ids)
{
    for (const qint64 id : ids) {
        if (const auto removed = m_removed.find(id); removed != m_removed.end()) {
            m_runs.push_back(std::move(removed->second));
            forgetRemoved(id);
        }
    }
    std::stable_sort(m_runs.begin(), m_runs.end(), [](const KeptRun &a, const KeptRun &b) {
        return a.kept != b.kept ? a.kept > b.kept : a.id > b.id;
    });
    ask([ids](RunStore &store) { return store.setRemoved(ids, false); },
        [this](const StoreResult<void> &done) {
            if (!done)
                emit failed(tr("The runs were not brought back: %1.").arg(done.error().message));
        });
    emit reset();
}

std::vector<qint64> RunLibrary::removedLast() const
{
    return m_deletions.empty() ? std::vector<qint64>() : m_deletions.back();
}

void RunLibrary::forgetRemoved(qint64 id)
{
    m_removed.erase(id);
    for (std::vector<qint64> &deletion : m_deletions)
        std::erase(deletion, id);
    std::erase_if(m_deletions, [](const std::vector<qint64> &deletion) { return deletion.empty(); });
}

void RunLibrary::fetch(qint64 id, std::function<void(const RunSource &)> use)
{
    ask([id](RunStore &store) { return store.source(id); },
        [this, use = std::move(use)](const StoreResult<RunSource> &source) {
            if (source)
                use(*source);
            else
                emit failed(tr("The run was not opened: %1.").arg(source.error().message));
        });
}

void RunLibrary::flush()
{
    writeNotes();
    QMetaObject::invokeMethod(m_worker, [] {}, Qt::BlockingQueuedConnection);
}

} // namespace halfopen
