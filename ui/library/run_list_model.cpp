// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/library/run_list_model.h"

#include "ui/format.h"
#include "ui/models/tuning_model.h"

#include <QLocale>
#include <QRegularExpression>

#include <algorithm>
#include <tuple>
#include <unordered_set>

namespace halfopen {

namespace {

/// "policies.edge.1.window.size: 50" -> "Window size", "50", also behind a time: where it stands is in the tool tip.
RunChange shortChange(const QString &change)
{
    static const QRegularExpression kPath(QStringLiteral("([\\w-]+(?:\\.[\\w-]+)+): "));
    const QRegularExpressionMatch found = kPath.match(change);
    if (!found.hasMatch())
        return {change, {}};
    QStringList parts = found.captured(1).split(QLatin1Char('.'));
    const qsizetype place = parts.front() == QLatin1String("policies") ? 3 : 1; // of a layer, or of a service, a client
    if (parts.front() == QLatin1String("faults") && parts.size() > 2)
        parts = QStringList{RunListModel::tr("fault %1").arg(parts[1].toInt() + 1)} + parts.mid(2);
    else if (parts.size() > place)
        parts.remove(0, place);
    const QString label = settingLabel(parts.join(QLatin1Char('.')).toStdString());
    return {change.left(found.capturedStart()) + label, change.mid(found.capturedEnd())};
}

bool isOfWorld(const QString &tuned)
{
    return !tuned.startsWith(QLatin1String("policies."));
}

/// The world comes first: nothing else in the row tells that it is another one.
QStringList orderedChanges(const KeptRun &run)
{
    QStringList world, settings;
    for (const QString &change : run.tuned)
        (isOfWorld(change) ? world : settings) += change;
    return world + settings + run.changes;
}

} // namespace

RunListModel::RunListModel(RunLibrary *library, QObject *parent) : QAbstractListModel(parent), m_library(library)
{
    takeAll();
    connect(library, &RunLibrary::reset, this, &RunListModel::takeAll);
    connect(library, &RunLibrary::changed, this, [this](qint64 id) {
        const auto at = std::find(m_ids.begin(), m_ids.end(), id);
        if (at != m_ids.end()) {
            const QModelIndex row = index(static_cast<int>(at - m_ids.begin()));
            emit dataChanged(row, row);
        }
    });
}

/// Takes over the library's list: rows that are gone go, rows that are new come, so that views keep what is selected.
void RunListModel::takeAll()
{
    std::vector<qint64> now;
    std::unordered_set<qint64> there;
    m_runsWith.clear();
    for (const KeptRun &run : m_library->runs()) {
        now.push_back(run.id);
        there.insert(run.id);
        ++m_runsWith[{run.name, QString()}];
        for (const QString &change : run.tuned + run.changes)
            ++m_runsWith[{run.name, change}];
    }
    if (m_ids.empty()) { // a whole library at once
        beginResetModel();
        m_ids = std::move(now);
        endResetModel();
        return;
    }
    for (int row = rowCount() - 1; row >= 0; --row) {
        const auto at = static_cast<std::size_t>(row);
        if (there.contains(m_ids[at]))
            continue;
        beginRemoveRows({}, row, row);
        m_ids.erase(m_ids.begin() + row);
        endRemoveRows();
    }
    for (std::size_t i = 0; i < now.size(); ++i) {
        if (i < m_ids.size() && m_ids[i] == now[i])
            continue;
        const auto old = std::find(m_ids.begin(), m_ids.end(), now[i]);
        const int to = static_cast<int>(i);
        if (old != m_ids.end()) { // an old run is the newest again
            const int from = static_cast<int>(old - m_ids.begin());
            beginMoveRows({}, from, from, {}, to);
            m_ids.erase(old);
            m_ids.insert(m_ids.begin() + to, now[i]);
            endMoveRows();
        } else {
            beginInsertRows({}, to, to);
            m_ids.insert(m_ids.begin() + to, now[i]);
            endInsertRows();
        }
    }
    if (!m_ids.empty())
        emit dataChanged(index(0), index(rowCount() - 1));
}

KeptRun RunListModel::toldApart(KeptRun run) const
{
    const int runs = m_runsWith.value({run.name, QString()});
    std::vector<std::tuple<bool, bool, int, QString>> ranked;
    for (const QString &change : orderedChanges(run)) {
        const int with = m_runsWith.value({run.name, change});
        const bool isWorld = isOfWorld(change) && run.tuned.contains(change);
        ranked.emplace_back(with == runs, !isWorld, with, change);
    }
    const auto rankOf = [](const auto &one) { return std::tie(std::get<0>(one), std::get<1>(one), std::get<2>(one)); };
    std::stable_sort(ranked.begin(), ranked.end(), [&](const auto &a, const auto &b) { return rankOf(a) < rankOf(b); });
    for (const auto &one : ranked)
        run.telling += std::get<3>(one);
    return run;
}

int RunListModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_ids.size());
}

QVariant RunListModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    const qint64 id = m_ids[static_cast<std::size_t>(index.row())];
    // Usually in the library's own order; not while its list has just changed and this one has not yet.
    const auto &runs = m_library->runs();
    const auto row = static_cast<std::size_t>(index.row());
    const KeptRun *run = row < runs.size() && runs[row].id == id ? &runs[row] : m_library->find(id);
    if (!run)
        return {};
    switch (role) {
    case Qt::DisplayRole:
        return run->name;
    case Qt::AccessibleTextRole: {
        QString text = tr("%1, %2, seed %3: %4")
                           .arg(run->name, QLocale().toString(run->kept.toLocalTime(), QLocale::ShortFormat))
                           .arg(run->seed)
                           .arg(figuresText(*run));
        if (const QString changes = changesText(toldApart(*run)); !changes.isEmpty()) // the seed was said
            text += QStringLiteral("; ") + changes;
        if (!run->tags.isEmpty())
            text += tr("; tags %1").arg(run->tags.join(QStringLiteral(", ")));
        return run->notes.isEmpty() ? text : text + QStringLiteral("; ") + run->notes;
    }
    case Qt::ToolTipRole: {
        QStringList lines{run->name + QStringLiteral(", ") + whenText(run->kept, QDateTime::currentDateTimeUtc()), figuresText(*run), run->path,
                          tr("seed %1, version %2, fingerprint 0x%3")
                              .arg(run->seed)
                              .arg(run->version)
                              .arg(run->fingerprint, 16, 16, QLatin1Char('0'))};
        lines += run->tuned + run->changes;
        QStringList own;
        for (const QString &tag : run->tags)
            own += QLatin1Char('#') + tag;
        own += run->notes.section(QLatin1Char('\n'), 0, 4);
        return (lines.mid(0, 16) + QStringList{own.join(QLatin1Char(' ')).trimmed()}).join(QLatin1Char('\n')).trimmed();
    }
    case RunRole:
        return QVariant::fromValue(toldApart(*run));
    case IdRole:
        return id;
    case HasChangesRole:
        return !run->tuned.isEmpty() || !run->changes.isEmpty();
    default:
        return {};
    }
}

void RunFilterModel::setQuery(const QString &query)
{
    m_words = query.split(QLatin1Char(' '), Qt::SkipEmptyParts);
    invalidateFilter();
}

bool RunFilterModel::filterAcceptsRow(int row, const QModelIndex &parent) const
{
    return m_words.isEmpty()
        || fitsQuery(sourceModel()->index(row, 0, parent).data(RunListModel::RunRole).value<KeptRun>(), m_words);
}

bool fitsQuery(const KeptRun &run, const QStringList &words)
{
    const QString text = QStringList{run.name, run.notes, run.tags.join(QLatin1Char(' ')), run.path,
                                     run.tuned.join(QLatin1Char(' ')), run.changes.join(QLatin1Char(' ')),
                                     QString::number(run.seed)}
                             .join(QLatin1Char('\n'));
    return std::all_of(words.begin(), words.end(), [&](const QString &word) {
        if (!word.startsWith(QLatin1Char('#')))
            return text.contains(word, Qt::CaseInsensitive);
        const auto isTag = [&](const QString &tag) { return tag.startsWith(word.mid(1), Qt::CaseInsensitive); };
        return run.notes.contains(word, Qt::CaseInsensitive) || std::any_of(run.tags.begin(), run.tags.end(), isTag);
    });
}

QString figuresText(const KeptRun &run)
{
    QStringList parts;
    if (run.goodput)
        parts += RunListModel::tr("goodput %1").arg(formatShare(*run.goodput));
    if (run.p99)
        parts += RunListModel::tr("p99 %1").arg(formatLatency(*run.p99));
    parts += run.trips == 1 ? RunListModel::tr("1 trip") : RunListModel::tr("%1 trips").arg(formatCount(run.trips));
    const QString attempts = formatNumber(run.amplification);
    parts += attempts == QLatin1String("1") ? RunListModel::tr("1 attempt per call") : RunListModel::tr("%1 attempts per call").arg(attempts);
    return parts.join(QStringLiteral(", "));
}

std::vector<RunChange> changesOf(const KeptRun &run)
{
    std::vector<RunChange> all;
    for (const QString &change : run.telling.isEmpty() ? orderedChanges(run) : run.telling)
        all.push_back(shortChange(change));
    return all;
}

QString changesText(const KeptRun &run)
{
    QStringList texts;
    for (const RunChange &change : changesOf(run))
        texts += (change.what + QLatin1Char(' ') + change.value).trimmed();
    return texts.join(QStringLiteral(", "));
}

QString differencesText(const KeptRun &run)
{
    const QString changes = changesText(run);
    const QString seed = RunListModel::tr("seed %1").arg(run.seed);
    return changes.isEmpty() ? seed : changes + QStringLiteral(" \u00b7 ") + seed;
}

QString whenShort(const QDateTime &kept, const QDateTime &now)
{
    const qint64 ago = kept.secsTo(now);
    if (ago < 60)
        return RunListModel::tr("now");
    if (ago < 3600)
        return RunListModel::tr("%1 min").arg(ago / 60);
    const QDateTime local = kept.toLocalTime();
    const QDate today = now.toLocalTime().date();
    if (local.date() == today)
        return QLocale().toString(local.time(), QStringLiteral("HH:mm"));
    return QLocale().toString(local.date(), local.date().year() == today.year() ? QStringLiteral("d MMM") : QStringLiteral("MMM yyyy"));
}

QString whenText(const QDateTime &kept, const QDateTime &now)
{
    const qint64 ago = kept.secsTo(now);
    if (ago < 60)
        return RunListModel::tr("just now");
    if (ago < 3600)
        return RunListModel::tr("%1 min ago").arg(ago / 60);
    const QDateTime local = kept.toLocalTime();
    const QString time = QLocale().toString(local.time(), QStringLiteral("HH:mm"));
    if (local.date() == now.toLocalTime().date())
        return RunListModel::tr("today %1").arg(time);
    return QLocale().toString(local.date(), QStringLiteral("d MMM")) + QLatin1Char(' ') + time;
}

} // namespace halfopen
