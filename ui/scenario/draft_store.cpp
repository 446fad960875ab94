// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/scenario/draft_store.h"

#include "ui/scenario/scenario_files.h"

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <utility>

#include <cerrno>
#include <csignal>

namespace halfopen {
namespace {

const QString kEnd = QStringLiteral(".draft.json");

bool isAlive(qint64 process)
{
    return process > 0 && (::kill(pid_t(process), 0) == 0 || errno == EPERM);
}

/// When the process began, in clock ticks since the machine did (proc(5), field 22), or 0 where nobody can tell.
/// Process numbers come again; with this it is known whose file it is.
qint64 startOf(qint64 process)
{
    QFile file(QStringLiteral("/proc/%1/stat").arg(process));
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    const QByteArray line = file.readAll();
    // The name in parentheses may hold anything; behind it comes field 3.
    const QList<QByteArray> fields = line.mid(line.lastIndexOf(')') + 2).split(' ');
    constexpr qsizetype kStart = 22 - 3;
    return fields.size() > kStart ? fields[kStart].toLongLong() : 0;
}

/// The process that wrote a kept text, from the name of its file: "<hash>-<process>.<start>".
struct Writer {
    qint64 process = 0;
    qint64 start = 0; ///< 0 = not known

    static Writer of(const QString &name)
    {
        const QString tail = name.chopped(kEnd.size()).section(QLatin1Char('-'), -1);
        return {tail.section(QLatin1Char('.'), 0, 0).toLongLong(), tail.section(QLatin1Char('.'), 1, 1).toLongLong()};
    }
    bool isThisProcess() const
    {
        const qint64 own = QCoreApplication::applicationPid();
        return process == own && (start == 0 || start == startOf(own));
    }
    bool isAtWork() const { return isAlive(process) && (start == 0 || start == startOf(process)); }
};

/// Empty for a file that is no kept text.
std::optional<DraftStore::Kept> readKept(const QString &file)
{
    QFile source(file);
    if (!source.open(QIODevice::ReadOnly))
        return std::nullopt;
    const QJsonObject object = QJsonDocument::fromJson(source.readAll()).object();
    DraftStore::Kept kept{object["path"].toString(), object["text"].toString(),
                          QDateTime::fromString(object["when"].toString(), Qt::ISODate), file,
                          {object["base"].toString(), {}}};
    const QJsonObject settings = object["settings"].toObject();
    for (auto one = settings.begin(); one != settings.end(); ++one)
        kept.overdue.settings.push_back({one.key().toStdString(), one.value().toString().toStdString()});
    if (kept.path.isEmpty() || !object["text"].isString())
        return std::nullopt;
    return kept;
}

} // namespace

DraftStore::DraftStore(const QString &folder, QObject *parent) : QObject(parent), m_folder(folder)
{
    m_writers.setMaxThreadCount(1);
    m_delay.setSingleShot(true);
    m_delay.setInterval(kDelay);
    connect(&m_delay, &QTimer::timeout, this, &DraftStore::write);
}

DraftStore::~DraftStore()
{
    (void)flush(); // nobody is left to be told
}

QString DraftStore::fileOf(const QString &path) const
{
    const QByteArray name = QCryptographicHash::hash(path.toUtf8(), QCryptographicHash::Sha1).toHex().left(16);
    static const qint64 start = startOf(QCoreApplication::applicationPid());
    return QDir(m_folder).filePath(QStringLiteral("%1-%2.%3%4")
                                      .arg(QString::fromLatin1(name))
                                      .arg(QCoreApplication::applicationPid())
                                      .arg(start)
                                      .arg(kEnd));
}

void DraftStore::keep(const QString &path, const QString &text, const Overdue &overdue)
{
    m_waiting[path] = {text, overdue};
    if (!m_delay.isActive())
        m_delay.start();
}

void DraftStore::forget(const QString &path)
{
    m_waiting.erase(path);
    if (m_told.erase(path) > 0 && m_told.empty())
        emit recovered();
    m_writers.start([this, path, file = fileOf(path)] {
        QFile::remove(file);
        const std::scoped_lock lock(m_unwrittenMutex);
        m_unwritten.erase(path); // what could not be written is not wanted any more
    });
}

void DraftStore::write()
{
    for (auto &[path, draft] : std::exchange(m_waiting, {})) {
        m_writers.start([this, path = path, draft = draft, folder = m_folder, file = fileOf(path)] {
            QJsonObject object{{"path", path},
                               {"text", draft.text},
                               {"when", QDateTime::currentDateTimeUtc().toString(Qt::ISODate)}};
            QJsonObject settings;
            for (const Override &setting : draft.overdue.settings)
                settings[QString::fromStdString(setting.path)] = QString::fromStdString(setting.value);
            if (!settings.isEmpty()) {
                object["base"] = draft.overdue.base;
                object["settings"] = settings;
            }
            const Result<void> written = QDir().mkpath(folder)
                ? writeFileAtomically(file, QJsonDocument(object).toJson().toStdString())
                : Result<void>(failure(tr("the folder %1 cannot be made: check who may write there, or set XDG_CONFIG_HOME to "
                                          "another one").arg(QDir::toNativeSeparators(folder)).toStdString()));
            const QString problem = written ? QString() : QString::fromStdString(written.error().message);
            {
                const std::scoped_lock lock(m_unwrittenMutex);
                if (written)
                    m_unwritten.erase(path);
                else
                    m_unwritten[path] = {draft, problem};
            }
            QMetaObject::invokeMethod(this, [this, path, problem] { report(path, problem); }, Qt::QueuedConnection);
        });
    }
}

void DraftStore::report(const QString &path, const QString &message)
{
    if (!message.isEmpty()) {
        if (m_told.insert(path).second)
            emit failed(message);
    } else if (m_told.erase(path) > 0 && m_told.empty()) {
        emit recovered();
    }
}

Result<void> DraftStore::flush(const QString &path)
{
    m_delay.stop();
    m_writers.waitForDone();
    for (const auto &[failing, one] : m_unwritten) // nobody else is at it
        m_waiting.emplace(failing, one.draft);     // unless a newer text waits
    write();
    m_writers.waitForDone();
    const auto failing = path.isEmpty() ? m_unwritten.begin() : m_unwritten.find(path);
    if (failing == m_unwritten.end())
        return {};
    return failure(failing->second.problem.toStdString());
}

std::vector<DraftStore::Kept> DraftStore::kept(const QString &present) const
{
    std::vector<Kept> all;
    const QDir folder(m_folder);
    for (const QString &name : folder.entryList({QLatin1Char('*') + kEnd}, QDir::Files)) {
        const Writer writer = Writer::of(name);
        const bool isOurs = writer.isThisProcess();
        if (!isOurs && writer.isAtWork())
            continue; // another window is at work on it
        std::optional<Kept> kept = readKept(folder.filePath(name));
        if (kept && !(isOurs && kept->path == present))
            all.push_back(*std::move(kept));
    }
    std::stable_sort(all.begin(), all.end(), [](const Kept &a, const Kept &b) { return a.when > b.when; });
    return all;
}

void DraftStore::discard(const Kept &kept)
{
    QFile::remove(kept.file);
}

void DraftStore::takeOver(const Kept &kept)
{
    keep(kept.path, kept.text, kept.overdue);
    const bool isWritten = flush(kept.path).has_value(); // anew, before the old one goes
    if (isWritten && kept.file != fileOf(kept.path))
        discard(kept);
}

} // namespace halfopen
