// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/scenario/scenario_files.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QSaveFile>

namespace halfopen {
namespace {

constexpr int kParentsSearched = 4;

} // namespace

QString scenarioFolder()
{
    const QString named = qEnvironmentVariable("HALFOPEN_SCENARIOS");
    if (!named.isEmpty())
        return QFileInfo(named).isDir() ? QDir(named).absolutePath() : QString();
    QDir folder(QCoreApplication::applicationDirPath());
    for (int i = 0; i <= kParentsSearched; ++i) {
        for (const char *below : {"scenarios", "share/halfopen/scenarios"}) {
            const QString candidate = folder.filePath(QLatin1String(below));
            if (QFileInfo(candidate).isDir())
                return candidate;
        }
        if (!folder.cdUp())
            break;
    }
    return {};
}

QString defaultScenarioFile()
{
    const QString folder = scenarioFolder();
    if (folder.isEmpty())
        return {};
    const QString file = QDir(folder).filePath(QStringLiteral("retry_storm.yaml"));
    return QFileInfo::exists(file) ? file : QString();
}

Result<void> writeFileAtomically(const QString &path, const std::string &text)
{
    QSaveFile file(path);
    const auto failed = [&] {
        return failure(QCoreApplication::translate("ScenarioFiles", "%1 could not be written: %2")
                           .arg(path, file.errorString())
                           .toStdString());
    };
    if (!file.open(QIODevice::WriteOnly))
        return failed();
    if (file.write(text.data(), qint64(text.size())) != qint64(text.size()) || !file.commit())
        return failed();
    return {};
}

} // namespace halfopen
