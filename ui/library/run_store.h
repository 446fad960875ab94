// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/library/kept_run.h"

#include <QSqlDatabase>

#include <memory>
#include <vector>

namespace halfopen {

/// Why the library's file cannot be used, as one sentence with the file's name and how to mend it.
struct StoreError {
    enum class Kind {
        Unavailable, ///< cannot be made, read or written here
        Newer,       ///< written by a later version of the program: it is left alone
        Damaged,     ///< no library, or broken
        Full,        ///< no room on the disk
    };
    Kind kind = Kind::Unavailable;
    QString message;
};
template <typename T> using StoreResult = tl::expected<T, StoreError>;

/// The run library's file: SQLite with a write-ahead log, so that a program that is killed at any moment leaves a file
/// that opens again with everything that was written before. Several programs may use it at once.
///
/// Belongs to the thread that opened it. Every change is one transaction and is on its way to the disk when the
/// function returns.
class RunStore {
public:
    /// Raised with every change of the tables that an older program could not read.
    static constexpr int kFormat = 1;

    /// Opens \a file, which is made with its folders if it is not there. Runs that were removed a day ago or
    /// longer and not restored are gone then.
    static StoreResult<std::unique_ptr<RunStore>> open(const QString &file);
    ~RunStore();
    RunStore(const RunStore &) = delete;
    RunStore &operator=(const RunStore &) = delete;

    /// Newest first, without the removed ones.
    StoreResult<std::vector<KeptRun>> all();
    /// Keeps \a run. One that is there already, even a removed one, becomes the newest and keeps its notes and tags.
    StoreResult<KeptRun> keep(const RunToKeep &run);
    StoreResult<RunSource> source(qint64 id);
    StoreResult<void> setNotes(qint64 id, const QString &notes);
    StoreResult<void> setTags(qint64 id, const QStringList &tags);
    /// Removed runs are no longer listed, and can come back.
    StoreResult<void> setRemoved(const std::vector<qint64> &ids, bool removed);
    /// Deletes the oldest runs without tags and notes beyond the newest \a untaggedMax of them; their numbers.
    StoreResult<std::vector<qint64>> trim(int untaggedMax);

    /// The file may not grow past so many pages of 4 KiB: a small disk, for tests.
    void limitPages(int pages);

private:
    RunStore(QString file, QString connection);
    StoreResult<void> prepare();
    StoreResult<void> exec(const QString &sql);
    StoreError error(const QSqlError &from) const;

    QString m_file;
    QString m_connection;
    QSqlDatabase m_db;
};

} // namespace halfopen
