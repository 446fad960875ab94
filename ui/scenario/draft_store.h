// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

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

    struct Kept {
        QString path; ///< the file that was edited
        QString text;
        QDateTime when;
        QString file; ///< where it is kept
    };

    explicit DraftStore(const QString &folder, QObject *parent = nullptr);
    /// Writes what is still to be written.
    ~DraftStore() override;

    /// \a text of \a path is to be kept.
    void keep(const QString &path, const QString &text);
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

private:
    QString fileOf(const QString &path) const;
    void write();
    void report(const QString &path, const QString &message);

    QString m_folder;
    std::map<QString, QString> m_waiting; ///< path to text
    QTimer m_delay;
    std::set<QString> m_told; ///< paths whose failing was said, and has not been mended since
    /// A text whose last writing failed.
    struct Unwritten {
        QString text;
        QString problem;
    };
    std::mutex m_unwrittenMutex;
    std::map<QString, Unwritten> m_unwritten; ///< by path; under the mutex
    QThreadPool m_writers; ///< one thread, so that writings keep their order; last, see the destructor
};

} // namespace halfopen
