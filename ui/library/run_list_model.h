// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/library/run_library.h"

#include <QAbstractListModel>
#include <QHash>
#include <QSortFilterProxyModel>

#include <utility>
#include <vector>

namespace halfopen {

/// The kept runs as a list for views, newest first.
class RunListModel : public QAbstractListModel {
    Q_OBJECT
public:
    enum Role { RunRole = Qt::UserRole, IdRole, HasChangesRole };
    explicit RunListModel(RunLibrary *library, QObject *parent = nullptr);
    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;

private:
    void takeAll();
    /// \a run with its changes in the order in which a row, which has room for few, tells it from other runs of its scenario: what all
    /// of them have comes last, else the world first, and of the settings the rarest.
    KeptRun toldApart(KeptRun run) const;
    RunLibrary *m_library;
    std::vector<qint64> m_ids; ///< as the views know them
    QHash<std::pair<QString, QString>, int> m_runsWith; ///< by scenario and change; of no change: all of the scenario
};

/// Those of the runs that fit what was typed: every word in name, notes, tags, file or settings; a word with # before
/// it is the beginning of a tag, or stands so in the notes, which look like tags where they begin with one.
class RunFilterModel : public QSortFilterProxyModel {
    Q_OBJECT
public:
    using QSortFilterProxyModel::QSortFilterProxyModel;
    void setQuery(const QString &query);

protected:
    bool filterAcceptsRow(int row, const QModelIndex &parent) const override;

private:
    QStringList m_words;
};

/// True if \a run fits all of \a words, see RunFilterModel.
bool fitsQuery(const KeptRun &run, const QStringList &words);
/// "goodput 98.2 %, p99 340 ms, 7 trips, 1.24 attempts per call".
QString figuresText(const KeptRun &run);
/// One setting that was set or changed by hand: "Max attempts" and "5", "12.4 s Recovery timeout" and "5 s → 2 s".
struct RunChange {
    QString what;
    QString value; ///< empty where the change says it otherwise
};
/// Those of \a run, the world first.
std::vector<RunChange> changesOf(const KeptRun &run);
/// What was set and changed by hand: "Max attempts 5, 12.4 s Recovery timeout 5 s → 2 s"; empty for a run of its file.
QString changesText(const KeptRun &run);
/// What tells \a run from others of its scenario: the same with the seed, "Max attempts 5 · seed 7".
QString differencesText(const KeptRun &run);
/// "just now", "5 min ago", "today 14:05", "3 Nov 14:05".
QString whenText(const QDateTime &kept, const QDateTime &now);
/// The same where there is little room: "now", "5 min", "14:05", "3 Nov", "Nov 2025" of another year.
QString whenShort(const QDateTime &kept, const QDateTime &now);

} // namespace halfopen
