// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/record_ptr.h"

#include <QObject>
#include <QThreadPool>
#include <QTimer>

#include <atomic>
#include <cstdint>
#include <memory>

namespace halfopen {

/// Finds the steps of a call that a run has not kept: makes the run once more, in the background, and watches that call. One
/// question at a time; a new one takes the place of the one before.
class CallFollower : public QObject {
    Q_OBJECT
public:
    explicit CallFollower(QObject *parent = nullptr);
    /// Ends what is under way and waits for it, at most some milliseconds.
    ~CallFollower() override;

    /// \a call: its key. The run is made no further than \a record has played: what comes after is not known yet. It must have
    /// a scenario.
    void ask(const RecordPtr &record, std::uint64_t call);
    void cancel();
    bool isBusy() const { return m_question != nullptr; }

signals:
    /// How much of the run is made, in [0, 1]; at most every 50 ms.
    void progressed(double share);
    /// RunRecord::calls of \a followed holds the call alone, or nothing when it has not ended as far as the run has come.
    void found(halfopen::RecordPtr followed);
    /// The run could not be made again.
    void failed(const QString &message);

private:
    struct Question {
        std::atomic<bool> stop = false;
        std::atomic<std::int64_t> reached = 0; ///< ns
        std::int64_t until = 0;                ///< ns
    };
    std::shared_ptr<Question> m_question; ///< under way, or null
    QTimer m_poll;
    QThreadPool m_pool; ///< last: waits for its work before anything else goes
};

} // namespace halfopen
