// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/scenario/scenario_document.h"

#include "simulators/vocabulary.h"
#include "ui/scenario/scenario_files.h"

#include <QFile>
#include <QFileInfo>

#include <chrono>
#include <optional>

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

bool ScenarioDocument::open(const QString &path)
{
    const QString absolute = QFileInfo(path).absoluteFilePath();
    const std::string text = readText(absolute).value_or(std::string());
    LoadResult loaded = loadScenarioFile(absolute.toStdString(), standardVocabulary());
    if (absolute == m_path)
        m_seenOnDisk = text;
    if (!loaded.ok()) {
        emit failed(absolute, QString::fromStdString(text), loaded.diagnostics);
        return false;
    }
    m_path = absolute;
    m_scenario = loaded.scenario;
    m_opened = text;
    m_seenOnDisk = text;
    watch();
    emit opened(m_scenario, loaded.diagnostics);
    return true;
}

Result<void> ScenarioDocument::save(const QString &path, const std::vector<Override> &changes)
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
    Result<std::string> text = editScenarioText(m_scenario->text, changes);
    if (!text)
        return tl::unexpected<Error>(text.error());
    LoadResult loaded = loadScenarioText(*text, absolute.toStdString(), standardVocabulary());
    if (!loaded.ok())
        return failure(loaded.diagnostics.empty() ? "the changed scenario cannot be read again"
                                                  : loaded.diagnostics.front().message);
    if (Result<void> written = writeFileAtomically(absolute, *text); !written)
        return written;
    m_path = absolute;
    m_scenario = loaded.scenario;
    m_opened = *text;
    m_seenOnDisk = *text;
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
