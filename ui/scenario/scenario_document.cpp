// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/scenario/scenario_document.h"

#include "core/scenario/moved_files.h"
#include "simulators/vocabulary.h"
#include "ui/scenario/scenario_files.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <chrono>
#include <optional>
#include <string>
#include <utility>

namespace halfopen {
namespace {

constexpr qint64 kTextMax = 1 << 20; ///< as much as the loader takes
constexpr std::chrono::milliseconds kSettleTime{150};

std::optional<std::string> readText(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return std::nullopt;
    return file.read(kTextMax + 1).toStdString();
}

} // namespace

ScenarioDocument::ScenarioDocument(QObject *parent) : QObject(parent)
{
    m_settle.setSingleShot(true);
    m_settle.setInterval(kSettleTime);
    connect(&m_settle, &QTimer::timeout, this, &ScenarioDocument::checkDisk);
    connect(&m_watcher, &QFileSystemWatcher::fileChanged, &m_settle, qOverload<>(&QTimer::start));
    // A file that is replaced by renaming leaves the watcher; its folder does not.
    connect(&m_watcher, &QFileSystemWatcher::directoryChanged, &m_settle, qOverload<>(&QTimer::start));
}

ScenarioDocument::~ScenarioDocument()
{
    m_readers.waitForDone();
}

/// What another thread has read.
struct ScenarioDocument::Reading {
    QString path;
    std::string text;
    std::string onDisk;
    LoadResult loaded;
    std::shared_ptr<const Scenario> ofFile; ///< in `onDisk`; null when that is no scenario
};

void ScenarioDocument::open(const QString &path)
{
    read(path, std::nullopt);
}

void ScenarioDocument::openText(const QString &path, const std::string &text)
{
    read(path, text);
}

void ScenarioDocument::read(const QString &path, std::optional<std::string> given)
{
    const QString absolute = QFileInfo(path).absoluteFilePath();
    m_opening = absolute;
    const quint64 job = ++m_job;
    m_readers.start([this, absolute, job, given = std::move(given)] {
        auto reading = std::make_shared<Reading>();
        reading->path = absolute;
        // Read once, so that the text shown is the text loaded.
        const std::optional<std::string> onDisk = readText(absolute);
        const std::optional<std::string> text = given ? given : onDisk;
        reading->text = text.value_or(std::string());
        reading->onDisk = onDisk.value_or(std::string());
        reading->loaded = text ? loadScenarioText(*text, absolute.toStdString(), standardVocabulary())
                               : loadScenarioFile(absolute.toStdString(), standardVocabulary());
        if (onDisk && *onDisk == reading->text)
            reading->ofFile = reading->loaded.scenario;
        else if (onDisk)
            reading->ofFile = loadScenarioText(*onDisk, absolute.toStdString(), standardVocabulary()).scenario;
        QMetaObject::invokeMethod(this, [this, job, reading] { take(job, reading); }, Qt::QueuedConnection);
    });
    emit openingChanged();
}

void ScenarioDocument::cancelOpening()
{
    if (!isOpening())
        return;
    ++m_job;
    m_opening.clear();
    emit openingChanged();
}

void ScenarioDocument::take(quint64 job, const std::shared_ptr<const Reading> &reading)
{
    if (job != m_job)
        return; // cancelled, or another file was asked for since
    m_opening.clear();
    emit openingChanged();
    if (reading->path == m_path)
        m_seenOnDisk = reading->onDisk;
    if (!reading->loaded.ok()) {
        m_failed = reading;
        emit failed(reading->path, QString::fromStdString(reading->text), reading->loaded.diagnostics);
        return;
    }
    m_failed.reset();
    m_path = reading->path;
    m_scenario = reading->loaded.scenario;
    m_opened = reading->text;
    m_seenOnDisk = m_fileText = reading->onDisk;
    m_fileScenario = reading->ofFile;
    m_differsFromFile = reading->text != reading->onDisk;
    watch();
    emit opened(m_scenario, reading->loaded.diagnostics);
}

void ScenarioDocument::adopt(const QString &path, std::shared_ptr<const Scenario> scenario)
{
    cancelOpening();
    // The bytes as they were read: a text on its way through the editor need not have kept them all.
    const std::shared_ptr<const Reading> failed = std::exchange(m_failed, nullptr);
    const bool isKnown = failed && failed->path == path;
    m_path = path;
    m_scenario = std::move(scenario);
    m_opened = isKnown ? failed->text : readText(path).value_or(std::string());
    m_seenOnDisk = m_fileText = isKnown ? failed->onDisk : m_opened;
    m_fileScenario = m_scenario->text == m_fileText ? m_scenario : nullptr; // it is open because its file is none
    m_differsFromFile = m_opened != m_seenOnDisk;
    watch();
    emit opened(m_scenario, {});
}

Result<void> ScenarioDocument::save(const QString &path, const std::vector<Override> &changes)
{
    const Result<std::string> text = editScenarioText(m_scenario->text, changes);
    if (!text)
        return tl::unexpected<Error>(text.error());
    return save(path, *text);
}

Result<void> ScenarioDocument::save(const QString &path, const std::string &wanted)
{
    const QString absolute = QFileInfo(path).absoluteFilePath();
    if (absolute == m_path) {
        const std::optional<std::string> onDisk = readText(m_path);
        if (onDisk && *onDisk != m_opened)
            return failure(tr("%1 was changed by another program since it was opened; reload it first, or save under "
                              "another name")
                               .arg(QFileInfo(m_path).fileName())
                               .toStdString());
    }
    std::string text = wanted;
    const QDir folder = QFileInfo(m_path).absoluteDir();
    if (QFileInfo(absolute).absoluteDir() != folder) { // its recordings stay where they are
        Result<std::string> moved = withWholeFileNames(text, folder.absolutePath().toStdString());
        if (!moved)
            return tl::unexpected<Error>(moved.error());
        text = *std::move(moved);
    }
    LoadResult loaded = loadScenarioText(text, absolute.toStdString(), standardVocabulary());
    if (!loaded.ok())
        return failure(loaded.diagnostics.empty() ? "the changed scenario cannot be read again"
                                                  : loaded.diagnostics.front().message);
    if (Result<void> written = writeFileAtomically(absolute, text); !written)
        return written;
    m_path = absolute;
    m_scenario = loaded.scenario;
    m_opened = text;
    m_seenOnDisk = m_fileText = text;
    m_fileScenario = m_scenario;
    m_differsFromFile = false;
    watch();
    emit saved(m_scenario);
    return {};
}

void ScenarioDocument::watch()
{
    const QStringList watched = m_watcher.files() + m_watcher.directories();
    if (!watched.isEmpty())
        m_watcher.removePaths(watched);
    m_watcher.addPaths({m_path, QFileInfo(m_path).absolutePath()});
    m_settle.start(); // what was written between the reading and the watching is a change, too
}

void ScenarioDocument::checkDisk()
{
    const std::optional<std::string> text = readText(m_path);
    if (!text)
        return; // gone or being replaced: what is open stays open
    if (!m_watcher.files().contains(m_path))
        m_watcher.addPath(m_path);
    if (*text == m_seenOnDisk)
        return;
    m_seenOnDisk = *text; // reported once
    if (*text != m_opened)  // and not when it has become again what is open
        emit changedOnDisk();
}

} // namespace halfopen
