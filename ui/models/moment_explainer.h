// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "simulators/explained_moment.h"
#include "ui/models/record_ptr.h"

#include <QObject>
#include <QThreadPool>

#include <atomic>
#include <memory>

namespace halfopen {

using MomentPtr = std::shared_ptr<const ExplainedMoment>;

/// Finds out what a breaker knew at any moment of a run: runs it once more up to there, in the background. One question
/// at a time; a new one takes the place of the one before.
class MomentExplainer : public QObject {
    Q_OBJECT
public:
    explicit MomentExplainer(QObject *parent = nullptr);
    /// Ends what is under way and waits for it, at most some milliseconds.
    ~MomentExplainer() override;

    /// \a breaker: index into the record's breakers. \a at is cut to what the record has played.
    void ask(const RecordPtr &record, std::uint32_t breaker, Instant at);
    void cancel();
    bool isBusy() const { return m_stop != nullptr; }

signals:
    void explained(halfopen::MomentPtr moment);
    /// The run could not be made again.
    void failed(const QString &message);

private:
    std::shared_ptr<std::atomic<bool>> m_stop; ///< of the question under way, or null
    QThreadPool m_pool; ///< last: waits for its work before anything else goes
};

} // namespace halfopen
