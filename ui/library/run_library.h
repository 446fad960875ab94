// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/library/run_store.h"

#include <QObject>
#include <QThread>
#include <QTimer>

#include <functional>
#include <map>
#include <vector>

namespace halfopen {

/// The run library as the window sees it: the list of kept runs, and what can be done with them. All reading and
/// writing of the file happens on a thread of its own; nothing here ever waits for the disk, but the end of the
/// program does, so that nothing is lost.
///
/// Without a file that can be used (see problem()) the list is empty and what is asked for is dropped.
class RunLibrary : public QObject {
    Q_OBJECT
public:
    enum class State { Opening, Ready, Unusable };
    /// A typed note is written at the latest this long after its first letter.
    static constexpr std::chrono::milliseconds kNotesDelay{400};
    static constexpr int kUntaggedMaxDefault = 500;

    /// Begins to open \a file; stateChanged() follows.
    explicit RunLibrary(QString file, QObject *parent = nullptr);
    /// Writes what is still to be written.
    ~RunLibrary() override;

    State state() const { return m_state; }
    /// Why the library cannot be used, in state Unusable.
    const StoreError &problem() const { return m_problem; }
    QString file() const { return m_file; }
    /// Newest first.
    const std::vector<KeptRun> &runs() const { return m_runs; }
    const KeptRun *find(qint64 id) const;

    /// Tries once more to open the file.
    void open();
    /// Renames a file that cannot be read and begins a new one.
    void setAside();
    /// Runs without tags and notes that are kept at most; the oldest go first, when the next run is kept. At least 1.
    void setUntaggedMax(int count);
    int untaggedMax() const { return m_untaggedMax; }

    /// Keeps the run of \a record, which is over. \a tuned: what was set by hand before it began.
    void keep(const RecordPtr &record, std::vector<Override> tuned);
    void setNotes(qint64 id, const QString &notes);
    void setTags(qint64 id, const QStringList &tags);
    void remove(const std::vector<qint64> &ids);
    /// Brings back what remove() took away.
    void restore(const std::vector<qint64> &ids);
    /// What the last remove() took away and restore() can still bring back; empty when there is nothing.
    std::vector<qint64> removedLast() const;
    /// Reads what it takes to run \a id once more and hands it to \a use, on this thread. Not called when it cannot
    /// be read; failed() says why.
    void fetch(qint64 id, std::function<void(const RunSource &)> use);
    /// Waits until everything asked for so far is written; for tests and the end of the program.
    void flush();

signals:
    void stateChanged();
    /// Other runs than before.
    void reset();
    /// \a id is new, or is the newest again.
    void kept(qint64 id);
    void changed(qint64 id);
    /// Something could not be read or written. The library can still be used.
    void failed(const QString &message);

private:
    struct Worker;
    template <typename Work, typename Then> void ask(Work work, Then then);
    void take(StoreResult<std::vector<KeptRun>> opened);
    void takeKept(const StoreResult<KeptRun> &run, const std::vector<qint64> &trimmed);
    void writeNotes();
    /// \a id cannot be brought back any more, or has been.
    void forgetRemoved(qint64 id);
    KeptRun *findOwn(qint64 id);

    QString m_file;
    State m_state = State::Opening;
    StoreError m_problem;
    std::vector<KeptRun> m_runs;
    std::map<qint64, KeptRun> m_removed; ///< of this program's time, to come back without a look at the file
    std::vector<std::vector<qint64>> m_deletions; ///< keys of m_removed, by remove(), the last one at the end
    std::map<qint64, QString> m_unwritten; ///< notes, by run
    int m_untaggedMax = kUntaggedMaxDefault;
    QTimer m_notesDelay;
    QThread m_thread;
    Worker *m_worker = nullptr; ///< lives on m_thread
};

} // namespace halfopen
