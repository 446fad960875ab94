// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/library/kept_run.h"

#include "core/report/figures.h"
#include "ui/format.h"
#include "ui/library/run_picture.h"

#include <QCryptographicHash>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>

#include <cmath>
#include <numeric>

namespace halfopen {

namespace {

const QString kAt = QStringLiteral("at_ns");
const QString kPath = QStringLiteral("path");
const QString kBefore = QStringLiteral("before");
const QString kAfter = QStringLiteral("after");

std::vector<ParameterChange> changesOf(const RunRecord &record)
{
    return {record.changes.begin(), record.changes.end()};
}

} // namespace

KeptRun describeRun(const RunToKeep &run)
{
    const RunRecord &record = *run.record;
    KeptRun kept;
    kept.kept = run.at;
    kept.name = QString::fromStdString(record.scenario->name);
    kept.path = QString::fromStdString(record.scenario->path);
    kept.seed = record.seed;
    kept.version = QString::fromStdString(record.version);
    kept.fingerprint = record.fingerprint;
    kept.played = record.now.sinceStart();
    kept.duration = record.duration;
    kept.end = record.end;
    for (const Override &change : run.tuned)
        kept.tuned += QString::fromStdString(change.path + ": " + change.value);
    for (const ParameterChange &change : record.changes)
        kept.changes += QStringLiteral("%1 %2: %3 \u2192 %4")
                            .arg(formatInstant(change.at), QString::fromStdString(change.path),
                                 QString::fromStdString(change.before), QString::fromStdString(change.after));
    const report::CallFigures all = report::allClients(record);
    kept.calls = all.offered;
    if (const double share = all.goodputShare(); std::isfinite(share))
        kept.goodput = share;
    if (!all.latency.isEmpty())
        kept.p99 = Duration(all.latency.quantile(0.99));
    kept.amplification = all.amplification();
    const std::vector<std::uint64_t> trips = report::tripsPerBreaker(record);
    kept.trips = std::accumulate(trips.begin(), trips.end(), std::uint64_t{0});
    kept.picture = makeRunPicture(record);
    return kept;
}

QByteArray identityOf(const RunRecord &record)
{
    QCryptographicHash hash(QCryptographicHash::Sha256);
    const auto add = [&hash](const QByteArray &part) {
        hash.addData(QByteArray::number(part.size()) + ':');
        hash.addData(part);
    };
    add(QByteArray::fromStdString(record.scenario->path));
    add(QByteArray::fromStdString(record.scenario->text));
    add(QByteArray::fromStdString(record.version));
    add(QByteArray::number(quint64(record.seed)));
    add(QByteArray::number(quint64(record.fingerprint)));
    add(QByteArray::number(qint64(record.now.ns())));
    add(QByteArray::number(int(record.end)));
    add(changesToJson(changesOf(record)));
    return hash.result();
}

QByteArray changesToJson(const std::vector<ParameterChange> &changes)
{
    QJsonArray array;
    for (const ParameterChange &change : changes) {
        QJsonObject object;
        object[kAt] = QString::number(change.at.ns()); // a JSON number would lose nanoseconds after 104 days
        object[kPath] = QString::fromStdString(change.path);
        object[kBefore] = QString::fromStdString(change.before);
        object[kAfter] = QString::fromStdString(change.after);
        array.append(object);
    }
    return QJsonDocument(array).toJson(QJsonDocument::Compact);
}

std::vector<ParameterChange> changesFromJson(const QByteArray &json)
{
    std::vector<ParameterChange> changes;
    for (const QJsonValue &value : QJsonDocument::fromJson(json).array()) {
        const QJsonObject object = value.toObject();
        changes.push_back({Instant::fromNs(object[kAt].toString().toLongLong()), object[kPath].toString().toStdString(),
                           object[kBefore].toString().toStdString(), object[kAfter].toString().toStdString()});
    }
    return changes;
}

QStringList parseTags(const QString &text)
{
    static const QRegularExpression kGap(QStringLiteral("[\\s,]+"));
    QStringList tags;
    for (QString tag : text.split(kGap, Qt::SkipEmptyParts)) {
        while (tag.startsWith(QLatin1Char('#')))
            tag.remove(0, 1);
        if (!tag.isEmpty() && !tags.contains(tag, Qt::CaseInsensitive))
            tags += tag;
    }
    return tags;
}

} // namespace halfopen
