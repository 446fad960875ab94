// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/scenario/loader.h"

#include <QFileSystemWatcher>
#include <QObject>
#include <QString>
#include <QThreadPool>
#include <QTimer>

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace halfopen {

/// The scenario file that the window works on: opens it, writes it, and notices when someone else writes it.
class ScenarioDocument : public QObject {
    Q_OBJECT
public:
    explicit ScenarioDocument(QObject *parent = nullptr);
    /// Waits for a reading that is under way: a file cannot be read half.
    ~ScenarioDocument() override;

    /// Begins to read \a path on another thread (a recording it names may be large); opened() or failed() follows.
    /// With an error in the file the document stays what it was. Drops the result of a reading that is under way.
    void open(const QString &path);
    /// The same with \a text, which once stood in the file \a path. The file itself is not touched.
    void openText(const QString &path, const std::string &text);
    /// What is open was opened as a text and is not what its file holds.
    bool differsFromFile() const { return m_differsFromFile; }
    /// The present file once more.
    void reload() { open(m_path); }
    /// True from open() until opened(), failed() or cancelOpening().
    bool isOpening() const { return !m_opening.isEmpty(); }
    /// The file being read, or empty.
    QString openingPath() const { return m_opening; }
    /// Drops what is being read; the document stays what it was.
    void cancelOpening();

    /// Writes the present text with \a changes in place to \a path, which becomes the present file. Comments and
    /// layout stay. The new text is read back before anything is written, so that a file that this program
    /// could not open again never comes to be; an error leaves the old file as it was. It is an error, too, if
    /// someone else has written the present file since it was opened.
    Result<void> save(const QString &path, const std::vector<Override> &changes);
    /// The same with the whole text \a wanted, which must be a scenario. In another folder it names its recordings in full.
    Result<void> save(const QString &path, const std::string &wanted);
    /// \a path, which could not be opened as it was (see failed()), has become \a scenario by mending its text, and is
    /// the present file now. opened() follows; nothing is written.
    void adopt(const QString &path, std::shared_ptr<const Scenario> scenario);

    bool isOpen() const { return m_scenario != nullptr; }
    /// Absolute; empty when nothing is open.
    QString path() const { return m_path; }
    std::shared_ptr<const Scenario> scenario() const { return m_scenario; }
    /// The text that was opened or saved last; see differsFromFile().
    const std::string &textOnDisk() const { return m_opened; }
    /// What the file held when it was opened or saved last, also where another text of it is open; empty when it could not be read.
    const std::string &fileText() const { return m_fileText; }
    /// The scenario in fileText(); null when that is none.
    std::shared_ptr<const Scenario> fileScenario() const { return m_fileScenario; }

signals:
    /// isOpening() has changed.
    void openingChanged();
    /// \a warnings: what the loader did not like but accepted.
    void opened(std::shared_ptr<const halfopen::Scenario> scenario, const std::vector<halfopen::Diagnostic> &warnings);
    /// \a text: what the file holds, as far as it could be read.
    void failed(const QString &path, const QString &text, const std::vector<halfopen::Diagnostic> &problems);
    void saved(std::shared_ptr<const halfopen::Scenario> scenario);
    /// Someone else wrote the present file; its text differs from the one opened or saved last.
    void changedOnDisk();

private:
    struct Reading;
    void read(const QString &path, std::optional<std::string> given);
    void take(quint64 job, const std::shared_ptr<const Reading> &reading);
    void watch();
    void checkDisk();

    QString m_path;
    std::shared_ptr<const Scenario> m_scenario;
    QFileSystemWatcher m_watcher;
    QTimer m_settle;          ///< editors write in several steps; look when they are done
    std::string m_opened;     ///< the text that was opened or saved last
    std::string m_seenOnDisk; ///< the text last read, written or reported
    std::string m_fileText;
    std::shared_ptr<const Scenario> m_fileScenario;
    std::shared_ptr<const Reading> m_failed; ///< the last one that was no scenario; null once something else was opened
    QString m_opening;        ///< absolute path, see openingPath()
    bool m_differsFromFile = false;
    quint64 m_job = 0;        ///< of the reading begun last; results of others are dropped
    QThreadPool m_readers;    ///< last: waits for its work before anything else goes
};

} // namespace halfopen
