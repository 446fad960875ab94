// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/scenario/scenario_files.h"

#include "core/scenario/shipped_scenarios.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSaveFile>

#include <unistd.h>

#include <cerrno>
#include <utility>

namespace halfopen {
namespace {

constexpr int kFoldersDeep = 3;
constexpr int kQuestionLines = 12; ///< a question stands at the head of its file
constexpr qint64 kLineMax = 2000;

void addScenarios(const QDir &folder, int depth, int most, QStringList &files)
{
    const QStringList names = folder.entryList({QStringLiteral("*.yaml"), QStringLiteral("*.yml")}, QDir::Files, QDir::Name);
    for (const QString &name : names) {
        if (files.size() >= most)
            return;
        files += folder.filePath(name);
    }
    if (depth >= kFoldersDeep)
        return;
    for (const QString &name : folder.entryList(QDir::Dirs | QDir::NoDotAndDotDot | QDir::NoSymLinks, QDir::Name))
        addScenarios(QDir(folder.filePath(name)), depth + 1, most, files);
}

} // namespace

QString shippedFolder()
{
    const Result<std::filesystem::path> folder = scenarioFolder();
    return folder ? QDir(QString::fromStdString(folder->string())).absolutePath() : QString();
}

QString defaultScenarioFile()
{
    const Result<std::filesystem::path> file = resolveScenario({});
    return file ? QString::fromStdString(file->string()) : QString();
}

Result<QString> fileOfScenario(const QString &named)
{
    return resolveScenario(QFile::encodeName(named).toStdString()).map([](const std::filesystem::path &path) {
        return QFile::decodeName(path.c_str());
    });
}

QStringList scenarioFilesIn(const QString &folder, int most)
{
    QStringList files;
    addScenarios(QDir(folder), 0, most, files);
    return files;
}

bool isScenarioFile(const QString &path)
{
    return path.endsWith(QLatin1String(".yaml"), Qt::CaseInsensitive) || path.endsWith(QLatin1String(".yml"), Qt::CaseInsensitive);
}

QString questionOf(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    QString question;
    for (int i = 0; i < kQuestionLines && !file.atEnd(); ++i) {
        QString line = QString::fromUtf8(file.readLine(kLineMax)).trimmed();
        if (!line.startsWith(QLatin1Char('#')))
            break;
        line = line.mid(1).trimmed();
        const qsizetype watch = line.indexOf(QLatin1String("Watch:"));
        if (line.startsWith(QLatin1String("Question:")))
            question = line.mid(9, watch < 0 ? -1 : watch - 9).trimmed();
        else if (!question.isEmpty() && watch != 0 && !line.startsWith(QLatin1String("Source:")))
            question += QLatin1Char(' ') + line.left(watch).trimmed();
        if (!question.isEmpty() && watch >= 0)
            break;
    }
    return question;
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
    // The flush by hand: commit() does not notice when the last of its buffer finds no room, and would put an empty file in
    // the place of the old one (Qt 6.4).
    if (file.write(text.data(), qint64(text.size())) != qint64(text.size()) || !file.flush()) {
        Error problem = failed().value();
        file.cancelWriting();
        return tl::unexpected(std::move(problem));
    }
    // Some disks notice only now that they are full.
    if (::fsync(file.handle()) != 0 && (errno == ENOSPC || errno == EDQUOT || errno == EIO || errno == EFBIG)) {
        const QString why = qt_error_string(errno);
        file.cancelWriting();
        return failure(QCoreApplication::translate("ScenarioFiles", "%1 could not be written: %2").arg(path, why).toStdString());
    }
    if (!file.commit())
        return failed();
    return {};
}

} // namespace halfopen
