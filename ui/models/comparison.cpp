// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/comparison.h"

#include "ui/compare/variant.h"
#include "ui/format.h"
#include "ui/models/outcome_series.h"
#include "ui/models/percentile_series.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>
#include <string>

namespace halfopen {

namespace {

using Meaning = ComparisonRow::Meaning;

QString tr(const char *text)
{
    return QCoreApplication::translate("Comparison", text);
}

/// Which way is better.
enum class Wanted { More, Less, Neither };

/// What one run did on its client edges in a stretch of time.
struct Figures {
    OutcomeTotals calls;
    Histogram latency;
    Histogram goodLatency;
    double seconds = 0;

    Figures(const RunRecord &record, TimeRange range)
    {
        const EdgeSet edges = clientEdges(record);
        calls = outcomeTotals(record, edges, range);
        LatencyParts parts;
        addLatency(record, edges, bucketsIn(record, range), parts);
        goodLatency = parts.good;
        latency = std::move(parts.good);
        latency.merge(parts.bad);
        seconds = toSeconds(calls.range.length());
    }
    std::optional<double> share(std::uint64_t n) const
    {
        if (calls.endedAll() == 0)
            return std::nullopt;
        return static_cast<double>(n) / static_cast<double>(calls.endedAll());
    }
    std::optional<double> goodPerSecond() const
    {
        return seconds > 0 ? std::optional(static_cast<double>(calls.good()) / seconds) : std::nullopt;
    }
    std::optional<double> attemptsPerCall() const
    {
        if (calls.offered == 0)
            return std::nullopt;
        return static_cast<double>(calls.attempts) / static_cast<double>(calls.offered);
    }
    static std::optional<double> quantile(const Histogram &of, double q)
    {
        return of.isEmpty() ? std::nullopt : std::optional(static_cast<double>(of.quantile(q)));
    }
};

std::uint64_t tripsIn(const RunRecord &record, TimeRange range)
{
    std::uint64_t trips = 0;
    for (const BreakerTransition &t : record.transitions)
        trips += range.contains(t.at) && t.to == BreakerState::Open ? 1 : 0;
    return trips;
}

/// Sums of one service over a range.
struct ServiceSums {
    double busy = 0, lasted = 0;
    std::uint64_t completed = 0, wasted = 0;
    ServiceSums(const RunRecord &record, std::size_t service, TimeRange range)
    {
        const IndexRange which = bucketsIn(record, range);
        for (std::size_t b = which.first; b < which.last; ++b) {
            const ServiceBucket &bucket = record.bucket(b).services[service];
            busy += static_cast<double>(bucket.busyNs);
            lasted += static_cast<double>(record.bucket(b).width.count());
            completed += bucket.completed;
            wasted += bucket.wasted;
        }
    }
    std::optional<double> wastedShare() const
    {
        return completed > 0 ? std::optional(static_cast<double>(wasted) / static_cast<double>(completed)) : std::nullopt;
    }
};

/// Outside of the class, where the catalogue finds it.
QString noValue()
{
    return tr("none");
}

class Rows {
public:
    explicit Rows(std::vector<ComparisonRow> &rows) : m_rows(rows) {}

    void heading(const QString &text)
    {
        ComparisonRow row;
        row.figure = text;
        row.isHeading = true;
        m_rows.push_back(std::move(row));
    }
    /// \a format prints a value with its unit; the difference is printed by \a formatChange, without a sign.
    template <typename Format, typename FormatChange>
    void add(const QString &figure, std::optional<double> present, std::optional<double> other, Wanted wanted,
             Format &&format, FormatChange &&formatChange)
    {
        ComparisonRow row;
        row.figure = figure;
        row.present = present ? format(*present) : noValue();
        row.other = other ? format(*other) : noValue();
        if (present && other && row.present != row.other) {
            const double change = *present - *other;
            row.difference = (change < 0 ? QStringLiteral("\u2212") : QStringLiteral("+")) + formatChange(std::abs(change));
            if (wanted != Wanted::Neither)
                row.meaning = (change > 0) == (wanted == Wanted::More) ? Meaning::Better : Meaning::Worse;
        }
        m_rows.push_back(std::move(row));
    }
    void share(const QString &figure, std::optional<double> present, std::optional<double> other, Wanted wanted)
    {
        add(figure, present, other, wanted, formatShare, [](double change) {
            return formatNumber(change * 100) + QChar(0xa0) + QCoreApplication::translate("Measured", "pt");
        });
    }
    void duration(const QString &figure, std::optional<double> present, std::optional<double> other, Wanted wanted)
    {
        const auto print = [](double ns) { return formatLatency(Duration(std::llround(ns))); };
        add(figure, present, other, wanted, print, print);
    }
    void number(const QString &figure, std::optional<double> present, std::optional<double> other, Wanted wanted)
    {
        add(figure, present, other, wanted, formatNumber, formatNumber);
    }
    void rate(const QString &figure, std::optional<double> present, std::optional<double> other, Wanted wanted)
    {
        add(figure, present, other, wanted, formatRate, formatRate);
    }
    void texts(const QString &figure, const QString &present, const QString &other)
    {
        ComparisonRow row;
        row.figure = figure;
        row.present = present;
        row.other = other;
        m_rows.push_back(std::move(row));
    }

private:
    std::vector<ComparisonRow> &m_rows;
};

Variant variantOf(const RunRecord &record)
{
    Variant variant;
    variant.scenario = record.scenario;
    variant.changes = {record.changes.begin(), record.changes.end()};
    return variant;
}

void addSettings(Rows &rows, const RunRecord &present, const RunRecord &other)
{
    std::vector<DifferenceRow> differing;
    if (present.scenario && other.scenario)
        differing = differencesOf({variantOf(present), variantOf(other)});
    rows.heading(differing.empty() && present.seed == other.seed ? tr("The settings are the same") : tr("Settings"));
    const std::string here = present.scenario ? present.scenario->name : std::string();
    const std::string there = other.scenario ? other.scenario->name : std::string();
    if (here != there)
        rows.texts(tr("scenario"), QString::fromStdString(here), QString::fromStdString(there));
    if (present.seed != other.seed)
        rows.texts(tr("seed"), QString::number(present.seed), QString::number(other.seed));
    for (const DifferenceRow &row : differing)
        rows.texts(row.what, row.values[0], row.values[1]);
}

/// The workers of all instances, or none of a service that has none to be busy.
std::optional<double> workersOf(const RunRecord &record, const std::string &service)
{
    const ServiceSpec *spec = record.scenario ? record.scenario->findService(service) : nullptr;
    if (!spec || spec->recording)
        return std::nullopt;
    return static_cast<double>(spec->instances) * static_cast<double>(spec->workers);
}

void addServices(Rows &rows, const RunRecord &present, const RunRecord &other, TimeRange range)
{
    for (std::size_t s = 0; s < present.services.size(); ++s) {
        const auto match = std::find(other.services.begin(), other.services.end(), present.services[s]);
        if (match == other.services.end())
            continue;
        const ServiceSums a(present, s, range);
        const ServiceSums b(other, static_cast<std::size_t>(match - other.services.begin()), range);
        const QString name = QString::fromStdString(present.services[s]);
        const std::optional<double> workersHere = workersOf(present, present.services[s]);
        const std::optional<double> workersThere = workersOf(other, present.services[s]);
        if (!workersHere || !workersThere || a.lasted <= 0 || b.lasted <= 0)
            continue;
        rows.share(tr("%1: workers busy").arg(name), a.busy / a.lasted / *workersHere, b.busy / b.lasted / *workersThere,
                   Wanted::Neither);
        rows.share(tr("%1: work for nobody").arg(name), a.wastedShare(), b.wastedShare(), Wanted::Less);
    }
}

} // namespace

Comparison compareRuns(const RunRecord &present, const RunRecord &other, std::optional<TimeRange> range)
{
    Comparison result;
    result.range = range.value_or(TimeRange{Instant(), std::min(present.now, other.now)});
    Rows rows(result.rows);
    addSettings(rows, present, other);
    const Figures a(present, result.range);
    const Figures b(other, result.range);
    rows.heading(tr("Calls of all clients"));
    rows.share(tr("goodput"), a.share(a.calls.good()), b.share(b.calls.good()), Wanted::More);
    rows.rate(tr("good calls per second"), a.goodPerSecond(), b.goodPerSecond(), Wanted::More);
    for (std::size_t k = 0; k < kOutcomeKinds; ++k) {
        const auto kind = static_cast<OutcomeKind>(k);
        if (a.calls.ended[k] + b.calls.ended[k] > 0 && kind != OutcomeKind::Success)
            rows.share(tr("ended as: %1").arg(outcomeLabel(kind)), a.share(a.calls.ended[k]), b.share(b.calls.ended[k]),
                       kind == OutcomeKind::Fallback ? Wanted::Neither : Wanted::Less);
    }
    for (const auto &[q, name] : {std::pair(0.5, "p50"), std::pair(0.99, "p99"), std::pair(0.999, "p99.9")})
        rows.duration(tr("%1 of all calls").arg(percentileText(QString::fromLatin1(name))), Figures::quantile(a.latency, q),
                      Figures::quantile(b.latency, q), Wanted::Less);
    rows.duration(tr("p99 of good calls"), Figures::quantile(a.goodLatency, 0.99),
                  Figures::quantile(b.goodLatency, 0.99), Wanted::Less);
    rows.number(tr("attempts per call"), a.attemptsPerCall(), b.attemptsPerCall(), Wanted::Less);
    rows.heading(tr("Breakers and services"));
    rows.number(tr("breaker trips"), static_cast<double>(tripsIn(present, result.range)),
                static_cast<double>(tripsIn(other, result.range)), Wanted::Neither);
    addServices(rows, present, other, result.range);
    return result;
}

} // namespace halfopen
