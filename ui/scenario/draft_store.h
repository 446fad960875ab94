// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/scenario/loader.h"

#include <QDateTime>
#include <QObject>
#include <QString>
#include <QThreadPool>
#include <QTimer>

#include <chrono>
#include <map>
#include <mutex>
#include <set>
#include <optional>
#include <vector>

namespace halfopen {

/// Keeps what was typed and not saved, so that a crash or a power cut costs at most the last second.
///
/// One small file per text in a folder of its own, named after the edited file, the process and its start. Files of processes that are
/// gone are what can be brought back. Writing happens on another thread.
class DraftStore : public QObject {
    Q_OBJECT
public:
    /// The longest that a typed letter stays unwritten.
    static constexpr std::chrono::milliseconds kDelay{1000};

    /// Settings of the form that the kept text has not taken up, because it cannot be read.
    struct Overdue {
        QString base; ///< the text that was in effect then; `settings` differ from it
        std::vector<Override> settings;
    };
    struct Kept {
        QString path; ///< the file that was edited
        QString text;
        QDateTime when;
        QString file; ///< where it is kept
        Overdue overdue;
    };

    explicit DraftStore(const QString &folder, QObject *parent = nullptr);
    /// Writes what is still to be written.
    ~DraftStore() override;

    /// \a text of \a path is to be kept, and \a overdue with it.
    void keep(const QString &path, const QString &text, const Overdue &overdue = {});
    /// It was saved, or is not wanted any more.
    void forget(const QString &path);
    /// Writes what is to be kept at once and waits for it; what could not be written before is tried again. An Error when the
    /// last text of \a path could not be written; without \a path, that of any.
    Result<void> flush(const QString &path = {});

    /// What processes that are gone have left, and this one under kept names that are not \a present; newest first.
    /// Damaged files are left out and stay.
    std::vector<Kept> kept(const QString &present = {}) const;
    /// Removes one of kept().
    static void discard(const Kept &kept);
    /// One of kept() is being worked on again: it becomes ours.
    void takeOver(const Kept &kept);

signals:
    /// The folder cannot be written to. Said once until a writing succeeds again.
    void failed(const QString &message);
    /// After failed(): all of it can be written again, or is no longer wanted.
    void recovered();

private:
    QString fileOf(const QString &path) const;
    void write();
    void report(const QString &path, const QString &message);

    QString m_folder;
    struct Draft {
        QString text;
        Overdue overdue;
    };
    std::map<QString, Draft> m_waiting; ///< by path
    QTimer m_delay;
    std::set<QString> m_told; ///< paths whose failing was said, and has not been mended since
    /// A text whose last writing failed.
    struct Unwritten {
        Draft draft;
        QString problem;
    };
    std::mutex m_unwrittenMutex;
    std::map<QString, Unwritten> m_unwritten; ///< by path; under the mutex
    QThreadPool m_writers; ///< one thread, so that writings keep their order; last, see the destructor
};

} // namespace halfopen
