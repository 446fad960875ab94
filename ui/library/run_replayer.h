// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/library/kept_run.h"
#include "ui/run_engine.h"

#include <QObject>
#include <QThreadPool>

#include <atomic>
#include <memory>

namespace halfopen {

/// Runs a kept run once more in the background. One at a time: a new one ends the one before.
class RunReplayer : public QObject {
    Q_OBJECT
public:
    explicit RunReplayer(EngineFactory engines, QObject *parent = nullptr);
    /// Ends what is under way and waits for it, at most some milliseconds.
    ~RunReplayer() override;

    void start(const RunSource &source);
    void cancel();
    bool isBusy() const { return m_stop != nullptr; }

signals:
    /// \a record: of the whole run.
    void finished(const halfopen::RunSource &source, halfopen::RecordPtr record);
    void failed(const halfopen::RunSource &source, const QString &message);

private:
    EngineFactory m_engines;
    std::shared_ptr<std::atomic<bool>> m_stop; ///< of the run under way, or null
    QThreadPool m_pool; ///< last: waits for its work before anything else goes
};

} // namespace halfopen
