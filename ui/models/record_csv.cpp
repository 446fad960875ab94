// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/record_csv.h"

#include "core/policies/policy_event.h"
#include "core/run/run_record.h"
#include "ui/models/call_story.h"
#include "ui/models/comparison.h"
#include "ui/models/percentile_series.h"

#include <QStringList>

#include <algorithm>
#include <array>
#include <cstdlib>

namespace halfopen {

namespace {

QString text(std::string_view from)
{
    return QString::fromUtf8(from.data(), static_cast<qsizetype>(from.size()));
}

/// \a ns in units of 10^\a digits ns, exactly and without trailing zeros.
QString scaled(std::int64_t ns, int digits)
{
    std::int64_t unit = 1;
    for (int i = 0; i < digits; ++i)
        unit *= 10;
    QString fraction = QString::number(std::abs(ns % unit)).rightJustified(digits, QLatin1Char('0'));
    while (fraction.endsWith(QLatin1Char('0')))
        fraction.chop(1);
    QString number = QString::number(std::abs(ns / unit));
    if (ns < 0)
        number.prepend(QLatin1Char('-'));
    return fraction.isEmpty() ? number : number + QLatin1Char('.') + fraction;
}
QString seconds(Instant at)
{
    return scaled(at.ns(), 9);
}
QString milliseconds(std::int64_t ns)
{
    return scaled(ns, 6);
}

QString cell(const QString &value)
{
    if (!value.contains(QLatin1Char(',')) && !value.contains(QLatin1Char('"')) && !value.contains(QLatin1Char('\n')))
        return value;
    return QLatin1Char('"') + QString(value).replace(QLatin1Char('"'), QStringLiteral("\"\"")) + QLatin1Char('"');
}

class Table {
public:
    explicit Table(const QStringList &header) { add(header); }
    void add(const QStringList &row)
    {
        QStringList cells;
        for (const QString &value : row)
            cells += cell(value);
        m_text += cells.join(QLatin1Char(',')) + QLatin1Char('\n');
    }
    QString take() { return std::move(m_text); }

private:
    QString m_text;
};

/// Calls visit(bucket, index of the edge) for each pair.
template <typename Visit> void forEachEdgeBucket(const RunRecord &record, Visit &&visit)
{
    for (std::size_t b = 0; b < record.bucketCount(); ++b) {
        for (std::size_t e = 0; e < record.edges.size(); ++e)
            visit(record.bucket(b), e);
    }
}

QStringList place(const RunRecord &record, const TimeBucket &bucket, std::size_t edge)
{
    return {seconds(bucket.from), scaled(bucket.width.count(), 9), text(record.edges[edge].name)};
}

QStringList outcomeColumns(const OutcomeCounts &ended)
{
    QStringList cells;
    for (const std::uint64_t n : ended)
        cells += QString::number(n);
    return cells;
}

QStringList outcomeHeader()
{
    QStringList names;
    for (std::size_t i = 0; i < kOutcomeKinds; ++i)
        names += text(outcomeName(static_cast<OutcomeKind>(i)));
    return names;
}

} // namespace

QString outcomesCsv(const RunRecord &record)
{
    Table table(QStringList{"from_s", "width_s", "edge", "offered"} + outcomeHeader()
                + QStringList{"attempts", "retries", "late"});
    forEachEdgeBucket(record, [&](const TimeBucket &bucket, std::size_t e) {
        const EdgeBucket &edge = bucket.edges[e];
        table.add(place(record, bucket, e) + QStringList{QString::number(edge.offered)} + outcomeColumns(edge.ended)
                  + QStringList{QString::number(edge.attempts), QString::number(edge.retries),
                                QString::number(edge.late)});
    });
    return table.take();
}

QString latencyCsv(const RunRecord &record)
{
    QStringList header{"from_s", "width_s", "edge", "calls", "min_ms"};
    for (std::size_t p = 0; p < kPercentiles.size(); ++p)
        header += percentileName(p) + QStringLiteral("_ms");
    Table table(header + QStringList{"max_ms"});
    Histogram all;
    forEachEdgeBucket(record, [&](const TimeBucket &bucket, std::size_t e) {
        all.clear();
        bucket.edges[e].goodLatency.mergeInto(all);
        bucket.edges[e].badLatency.mergeInto(all);
        if (all.isEmpty())
            return;
        QStringList row = place(record, bucket, e) + QStringList{QString::number(all.count()), milliseconds(all.min())};
        for (const double q : kPercentiles)
            row += milliseconds(all.quantile(q));
        table.add(row + QStringList{milliseconds(all.max())});
    });
    return table.take();
}

QString retriesCsv(const RunRecord &record)
{
    Table table({"at_s", "edge", "attempt", "delay_ms"});
    for (const RetryPoint &point : record.retryPoints)
        table.add({seconds(point.at), text(record.edges[point.edge].name), QString::number(point.attempt),
                   milliseconds(point.delay.count())});
    return table.take();
}

namespace {

QStringList transitionCells(const RunRecord &record, const BreakerTransition &t)
{
    const BreakerInfo &breaker = record.breakers[t.breaker];
    return {text(breaker.name), text(record.edges[breaker.edge].name), text(breakerStateName(t.from)),
            text(breakerStateName(t.to)), text(describe(t.reason))};
}

} // namespace

QString transitionsCsv(const RunRecord &record)
{
    Table table({"at_s", "breaker", "edge", "from", "to", "reason"});
    for (const BreakerTransition &t : record.transitions)
        table.add(QStringList{seconds(t.at)} + transitionCells(record, t));
    return table.take();
}

QString callsCsv(const RunRecord &record)
{
    Table table({"call", "edge", "process", "start_s", "latency_ms", "outcome", "attempts"});
    for (const CallTrace &call : record.calls)
        table.add({QString::number(call.call), text(record.edges[call.edge].name), QString::number(call.process),
                   seconds(call.start), milliseconds((call.end - call.start).count()),
                   text(outcomeName(call.outcome.kind)), QString::number(callShape(call).attempts)});
    return table.take();
}

QString eventsCsv(const RunRecord &record)
{
    std::vector<std::pair<Instant, QStringList>> rows;
    for (const BreakerTransition &t : record.transitions) {
        const QStringList cells = transitionCells(record, t);
        rows.emplace_back(t.at, QStringList{"transition", cells[0], cells[2] + QStringLiteral(" to ") + cells[3], cells[4]});
    }
    for (const ParameterChange &change : record.changes)
        rows.emplace_back(change.at, QStringList{"setting", text(change.path), text(change.before) + QStringLiteral(" to ")
                                                     + text(change.after), QString()});
    for (const FaultWindow &window : record.faultWindows) {
        if (window.from > record.now)
            continue;
        rows.emplace_back(window.from, QStringList{"fault begins", text(window.label), QString(), QString()});
        if (window.to <= record.now)
            rows.emplace_back(window.to, QStringList{"fault ends", text(window.label), QString(), QString()});
    }
    std::stable_sort(rows.begin(), rows.end(), [](const auto &a, const auto &b) { return a.first < b.first; });
    Table table({"at_s", "event", "where", "what", "reason"});
    for (const auto &[at, cells] : rows)
        table.add(QStringList{seconds(at)} + cells);
    return table.take();
}

QString edgesCsv(const RunRecord &record)
{
    Table table(QStringList{"edge", "offered"} + outcomeHeader()
                + QStringList{"attempts", "retries", "late", "p50_ms", "p99_ms"});
    for (std::size_t e = 0; e < record.edges.size(); ++e) {
        const EdgeTotals &totals = record.edgeTotals[e];
        const Histogram latency = totals.latency();
        table.add(QStringList{text(record.edges[e].name), QString::number(totals.offered)}
                  + outcomeColumns(totals.ended)
                  + QStringList{QString::number(totals.attempts), QString::number(totals.retries),
                                QString::number(totals.late), milliseconds(latency.quantile(0.5)),
                                milliseconds(latency.quantile(0.99))});
    }
    return table.take();
}

QString comparisonCsv(const RunRecord &present, const RunRecord &other, std::optional<TimeRange> range)
{
    Table table({"figure", "this run", "ghost", "difference"});
    for (const ComparisonRow &row : compareRuns(present, other, range).rows)
        table.add({row.figure, row.present, row.other, row.difference});
    return table.take();
}

} // namespace halfopen
