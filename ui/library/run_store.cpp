// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/library/run_store.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QDir>
#include <QFileInfo>
#include <QSqlError>
#include <QSqlQuery>
#include <QVariant>

#include <atomic>
#include <chrono>

namespace halfopen {

namespace {

using Kind = StoreError::Kind;

// Result codes of SQLite (https://www.sqlite.org/rescode.html); the low byte of an extended one.
constexpr int kReadOnly = 8;
constexpr int kCorrupt = 11;
constexpr int kFull = 13;
constexpr int kNotADatabase = 26;

/// How long a removed run can be brought back, by whatever window.
constexpr std::chrono::hours kRemovedStay{24};

const char *const kColumns = "id, kept_ms, name, path, seed, version, fingerprint, played_ns, duration_ns, ending, tuned, "
                             "changes, calls, goodput, p99_ns, trips, amplification, picture, notes, tags";

QString tr(const char *text)
{
    return QCoreApplication::translate("RunStore", text);
}

/// SQLite has signed numbers only.
qint64 signedOf(std::uint64_t value)
{
    return static_cast<qint64>(value);
}

/// A null text is NULL to SQLite, and the columns take none.
QString textOf(const QString &text)
{
    return text.isNull() ? QStringLiteral("") : text;
}

QStringList linesOf(const QVariant &value)
{
    return value.toString().split(QLatin1Char('\n'), Qt::SkipEmptyParts);
}

KeptRun rowOf(const QSqlQuery &query)
{
    KeptRun run;
    int column = 0;
    const auto next = [&] { return query.value(column++); };
    run.id = next().toLongLong();
    run.kept = QDateTime::fromMSecsSinceEpoch(next().toLongLong(), Qt::UTC);
    run.name = next().toString();
    run.path = next().toString();
    run.seed = static_cast<std::uint64_t>(next().toLongLong());
    run.version = next().toString();
    run.fingerprint = static_cast<std::uint64_t>(next().toLongLong());
    run.played = Duration(next().toLongLong());
    run.duration = Duration(next().toLongLong());
    run.end = static_cast<RunEnd>(next().toInt());
    run.tuned = linesOf(next());
    run.changes = linesOf(next());
    run.calls = static_cast<std::uint64_t>(next().toLongLong());
    if (const QVariant goodput = next(); !goodput.isNull())
        run.goodput = goodput.toDouble();
    if (const QVariant p99 = next(); !p99.isNull())
        run.p99 = Duration(p99.toLongLong());
    run.trips = static_cast<std::uint64_t>(next().toLongLong());
    run.amplification = next().toDouble();
    run.picture = next().toByteArray();
    run.notes = next().toString();
    run.tags = next().toString().split(QLatin1Char(' '), Qt::SkipEmptyParts);
    return run;
}

} // namespace

RunStore::RunStore(QString file, QString connection)
    : m_file(std::move(file)), m_connection(std::move(connection)),
      m_db(QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), m_connection))
{
}

RunStore::~RunStore()
{
    m_db.close();
    m_db = QSqlDatabase(); // else the connection counts as still in use
    QSqlDatabase::removeDatabase(m_connection);
}

StoreError RunStore::error(const QSqlError &from) const
{
    const QString file = QDir::toNativeSeparators(m_file);
    switch (from.nativeErrorCode().toInt() & 0xff) {
    case kCorrupt:
    case kNotADatabase:
        return {Kind::Damaged, tr("%1 is damaged or is no run library: set it aside to begin a new one").arg(file)};
    case kFull:
        return {Kind::Full, tr("%1 cannot grow: the disk is full").arg(file)};
    case kReadOnly:
        return {Kind::Unavailable, tr("%1 may not be written").arg(file)};
    default:
        return {Kind::Unavailable, tr("%1 cannot be used: %2").arg(file, from.text().trimmed())};
    }
}

StoreResult<std::unique_ptr<RunStore>> RunStore::open(const QString &file)
{
    static std::atomic<int> number = 0;
    const QFileInfo info(file);
    if (!QDir().mkpath(info.absolutePath()))
        return tl::unexpected(StoreError{Kind::Unavailable, tr("the folder %1 cannot be made: check who may write there, or set "
                                                         "XDG_DATA_HOME to another one")
                                                          .arg(QDir::toNativeSeparators(info.absolutePath()))});
    std::unique_ptr<RunStore> store(
        new RunStore(info.absoluteFilePath(), QStringLiteral("halfopen-library-%1").arg(++number)));
    if (!store->m_db.isValid())
        return tl::unexpected(StoreError{Kind::Unavailable,
                                         tr("Qt's SQLite plugin is not installed: install the package libqt6sql6-sqlite")});
    store->m_db.setDatabaseName(store->m_file);
    store->m_db.setConnectOptions(QStringLiteral("QSQLITE_BUSY_TIMEOUT=3000"));
    if (!store->m_db.open())
        return tl::unexpected(store->error(store->m_db.lastError()));
    if (StoreResult<void> ready = store->prepare(); !ready)
        return tl::unexpected(ready.error());
    return store;
}

StoreResult<void> RunStore::exec(const QString &sql)
{
    QSqlQuery query(m_db);
    if (!query.exec(sql))
        return tl::unexpected(error(query.lastError()));
    return {};
}

StoreResult<void> RunStore::prepare()
{
    QSqlQuery query(m_db);
    if (!query.exec(QStringLiteral("PRAGMA user_version")) || !query.next())
        return tl::unexpected(error(query.lastError()));
    const int format = query.value(0).toInt();
    query.finish();
    if (format > kFormat)
        return tl::unexpected(StoreError{Kind::Newer, tr("%1 was written by a later version of Halfopen and is left alone: "
                                                         "update this program to see the runs in it")
                                                          .arg(QDir::toNativeSeparators(m_file))});
    if (!query.exec(QStringLiteral("PRAGMA quick_check(1)")) || !query.next())
        return tl::unexpected(error(query.lastError()));
    if (query.value(0).toString() != QLatin1String("ok"))
        return tl::unexpected(StoreError{Kind::Damaged, tr("%1 is damaged: set it aside to begin a new one")
                                                            .arg(QDir::toNativeSeparators(m_file))});
    query.finish();
    // With a write-ahead log, NORMAL may lose the last writes when the power fails, but never the file.
    for (const char *sql : {"PRAGMA journal_mode = WAL", "PRAGMA synchronous = NORMAL"})
        if (StoreResult<void> done = exec(QLatin1String(sql)); !done)
            return done;
    if (!m_db.transaction())
        return tl::unexpected(error(m_db.lastError()));
    // Another window may still bring back what it removed a moment ago.
    const QByteArray purge = QStringLiteral("DELETE FROM runs WHERE removed > 0 AND removed < %1")
                                  .arg((QDateTime::currentDateTimeUtc() - kRemovedStay).toMSecsSinceEpoch())
                                  .toUtf8();
    for (const char *sql :
         {"CREATE TABLE IF NOT EXISTS runs (id INTEGER PRIMARY KEY AUTOINCREMENT, identity BLOB NOT NULL UNIQUE, "
          "kept_ms INTEGER NOT NULL, name TEXT NOT NULL, path TEXT NOT NULL, text BLOB NOT NULL, seed INTEGER NOT NULL, "
          "version TEXT NOT NULL, fingerprint INTEGER NOT NULL, played_ns INTEGER NOT NULL, duration_ns INTEGER NOT NULL, "
          "ending INTEGER NOT NULL, tuned TEXT NOT NULL, changes TEXT NOT NULL, inputs TEXT NOT NULL, calls INTEGER NOT NULL, "
          "goodput REAL, p99_ns INTEGER, trips INTEGER NOT NULL, amplification REAL NOT NULL, picture BLOB NOT NULL, "
          "notes TEXT NOT NULL DEFAULT '', tags TEXT NOT NULL DEFAULT '', removed INTEGER NOT NULL DEFAULT 0)",
          "CREATE INDEX IF NOT EXISTS runs_by_time ON runs (kept_ms)", purge.constData()}) {
        if (StoreResult<void> done = exec(QLatin1String(sql)); !done) {
            m_db.rollback();
            return done;
        }
    }
    if (StoreResult<void> done = exec(QStringLiteral("PRAGMA user_version = %1").arg(kFormat)); !done) {
        m_db.rollback();
        return done;
    }
    if (!m_db.commit()) {
        const StoreError why = error(m_db.lastError());
        m_db.rollback();
        return tl::unexpected(why);
    }
    return {};
}

StoreResult<std::vector<KeptRun>> RunStore::all()
{
    QSqlQuery query(m_db);
    query.setForwardOnly(true);
    if (!query.exec(QStringLiteral("SELECT %1 FROM runs WHERE removed = 0 ORDER BY kept_ms DESC, id DESC")
                        .arg(QLatin1String(kColumns))))
        return tl::unexpected(error(query.lastError()));
    std::vector<KeptRun> runs;
    while (query.next())
        runs.push_back(rowOf(query));
    if (query.lastError().isValid())
        return tl::unexpected(error(query.lastError()));
    return runs;
}

StoreResult<KeptRun> RunStore::keep(const RunToKeep &run)
{
    const RunRecord &record = *run.record;
    const KeptRun kept = describeRun(run);
    const QByteArray identity = identityOf(record);
    QSqlQuery query(m_db);
    query.prepare(QStringLiteral(
        "INSERT INTO runs (identity, kept_ms, name, path, text, seed, version, fingerprint, played_ns, duration_ns, ending, "
        "tuned, changes, inputs, calls, goodput, p99_ns, trips, amplification, picture) "
        "VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?) "
        "ON CONFLICT (identity) DO UPDATE SET kept_ms = excluded.kept_ms, removed = 0"));
    query.addBindValue(identity);
    query.addBindValue(kept.kept.toMSecsSinceEpoch());
    query.addBindValue(textOf(kept.name));
    query.addBindValue(textOf(kept.path));
    query.addBindValue(qCompress(QByteArray::fromStdString(record.scenario->text)));
    query.addBindValue(signedOf(kept.seed));
    query.addBindValue(textOf(kept.version));
    query.addBindValue(signedOf(kept.fingerprint));
    query.addBindValue(qint64(kept.played.count()));
    query.addBindValue(qint64(kept.duration.count()));
    query.addBindValue(int(kept.end));
    query.addBindValue(textOf(kept.tuned.join(QLatin1Char('\n'))));
    query.addBindValue(textOf(kept.changes.join(QLatin1Char('\n'))));
    query.addBindValue(QString::fromUtf8(changesToJson({record.changes.begin(), record.changes.end()})));
    query.addBindValue(signedOf(kept.calls));
    query.addBindValue(kept.goodput ? QVariant(*kept.goodput) : QVariant());
    query.addBindValue(kept.p99 ? QVariant(qint64(kept.p99->count())) : QVariant());
    query.addBindValue(signedOf(kept.trips));
    query.addBindValue(kept.amplification);
    query.addBindValue(kept.picture);
    if (!query.exec())
        return tl::unexpected(error(query.lastError()));
    query.prepare(QStringLiteral("SELECT %1 FROM runs WHERE identity = ?").arg(QLatin1String(kColumns)));
    query.addBindValue(identity);
    if (!query.exec() || !query.next())
        return tl::unexpected(error(query.lastError()));
    return rowOf(query);
}

StoreResult<RunSource> RunStore::source(qint64 id)
{
    QSqlQuery query(m_db);
    query.prepare(QStringLiteral("SELECT name, path, text, seed, inputs, played_ns, ending, version, fingerprint FROM runs "
                                 "WHERE id = ?"));
    query.addBindValue(id);
    if (!query.exec())
        return tl::unexpected(error(query.lastError()));
    if (!query.next())
        return tl::unexpected(StoreError{Kind::Unavailable, tr("this run is no longer in the library")});
    RunSource source;
    source.id = id;
    source.name = query.value(0).toString();
    source.path = query.value(1).toString();
    source.text = qUncompress(query.value(2).toByteArray()).toStdString();
    source.seed = static_cast<std::uint64_t>(query.value(3).toLongLong());
    source.changes = changesFromJson(query.value(4).toString().toUtf8());
    source.played = Duration(query.value(5).toLongLong());
    source.end = static_cast<RunEnd>(query.value(6).toInt());
    source.version = query.value(7).toString();
    source.fingerprint = static_cast<std::uint64_t>(query.value(8).toLongLong());
    return source;
}

StoreResult<void> RunStore::setNotes(qint64 id, const QString &notes)
{
    QSqlQuery query(m_db);
    query.prepare(QStringLiteral("UPDATE runs SET notes = ? WHERE id = ?"));
    query.addBindValue(textOf(notes));
    query.addBindValue(id);
    if (!query.exec())
        return tl::unexpected(error(query.lastError()));
    return {};
}

StoreResult<void> RunStore::setTags(qint64 id, const QStringList &tags)
{
    QSqlQuery query(m_db);
    query.prepare(QStringLiteral("UPDATE runs SET tags = ? WHERE id = ?"));
    query.addBindValue(textOf(tags.join(QLatin1Char(' '))));
    query.addBindValue(id);
    if (!query.exec())
        return tl::unexpected(error(query.lastError()));
    return {};
}

StoreResult<void> RunStore::setRemoved(const std::vector<qint64> &ids, bool removed)
{
    QStringList numbers;
    for (const qint64 id : ids)
        numbers += QString::number(id);
    return exec(QStringLiteral("UPDATE runs SET removed = %1 WHERE id IN (%2)")
                    .arg(removed ? QDateTime::currentMSecsSinceEpoch() : 0)
                    .arg(numbers.join(QLatin1Char(','))));
}

StoreResult<std::vector<qint64>> RunStore::trim(int untaggedMax)
{
    QSqlQuery query(m_db);
    query.prepare(QStringLiteral("SELECT id FROM runs WHERE tags = '' AND notes = '' AND removed = 0 "
                                 "ORDER BY kept_ms DESC, id DESC LIMIT -1 OFFSET ?"));
    query.addBindValue(untaggedMax);
    if (!query.exec())
        return tl::unexpected(error(query.lastError()));
    std::vector<qint64> ids;
    QStringList numbers;
    while (query.next()) {
        ids.push_back(query.value(0).toLongLong());
        numbers += QString::number(ids.back());
    }
    query.finish();
    if (ids.empty())
        return ids;
    if (StoreResult<void> done = exec(QStringLiteral("DELETE FROM runs WHERE id IN (%1)").arg(numbers.join(QLatin1Char(',')))); !done)
        return tl::unexpected(done.error());
    return ids;
}

void RunStore::limitPages(int pages)
{
    (void)exec(QStringLiteral("PRAGMA max_page_count = %1").arg(pages));
}

} // namespace halfopen
