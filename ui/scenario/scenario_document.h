// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/scenario/loader.h"

#include <QFileSystemWatcher>
#include <QObject>
#include <QString>
#include <QTimer>

#include <memory>
#include <string>
#include <vector>

namespace halfopen {

/// The scenario file that the window works on: opens it, writes it, and notices when someone else writes it.
class ScenarioDocument : public QObject {
    Q_OBJECT
public:
    explicit ScenarioDocument(QObject *parent = nullptr);

    /// Reads \a path. With an error in it, the document stays what it was and failed() says why.
    bool open(const QString &path);
    /// The present file once more.
    bool reload() { return open(m_path); }

    /// Writes the present text with \a changes in place to \a path, which becomes the present file. Comments and
    /// layout stay. The new text is read back before anything is written, so that a file that this program
    /// could not open again never comes to be; an error leaves the old file as it was. It is an error, too, if
    /// someone else has written the present file since it was opened.
    Result<void> save(const QString &path, const std::vector<Override> &changes);

    bool isOpen() const { return m_scenario != nullptr; }
    /// Absolute; empty when nothing is open.
    QString path() const { return m_path; }
    std::shared_ptr<const Scenario> scenario() const { return m_scenario; }

signals:
    /// \a warnings: what the loader did not like but accepted.
    void opened(std::shared_ptr<const halfopen::Scenario> scenario, const std::vector<halfopen::Diagnostic> &warnings);
    /// \a text: what the file holds, as far as it could be read.
    void failed(const QString &path, const QString &text, const std::vector<halfopen::Diagnostic> &problems);
    void saved(std::shared_ptr<const halfopen::Scenario> scenario);
    /// Someone else wrote the present file; its text differs from the one opened or saved last.
    void changedOnDisk();

private:
    void watch();
    void checkDisk();

    QString m_path;
    std::shared_ptr<const Scenario> m_scenario;
    QFileSystemWatcher m_watcher;
    QTimer m_settle;          ///< editors write in several steps; look when they are done
    std::string m_opened;     ///< the text that was opened or saved last
    std::string m_seenOnDisk; ///< the text last read, written or reported
};

} // namespace halfopen
