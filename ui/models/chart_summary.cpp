// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/chart_summary.h"

#include "core/run/initial_state.h"
#include "ui/format.h"
#include "ui/models/percentile_series.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>
#include <numeric>

namespace halfopen {
namespace {

constexpr std::size_t kBreakersNamed = 5;

QString tr(const char *text)
{
    return QCoreApplication::translate("ChartSummary", text);
}

/// The totals of all calls that clients begin.
EdgeTotals clientTotals(const RunRecord &record)
{
    EdgeTotals all;
    for (std::size_t i = 0; i < std::min(record.edges.size(), record.edgeTotals.size()); ++i) {
        if (!record.edges[i].client)
            continue;
        const EdgeTotals &edge = record.edgeTotals[i];
        for (std::size_t kind = 0; kind < kOutcomeKinds; ++kind)
            all.ended[kind] += edge.ended[kind];
        all.offered += edge.offered;
        all.attempts += edge.attempts;
        all.retries += edge.retries;
        all.goodLatency.merge(edge.goodLatency);
        all.badLatency.merge(edge.badLatency);
        all.retryDelay.merge(edge.retryDelay);
    }
    return all;
}

QString quantile(const Histogram &histogram, double q)
{
    return formatDuration(Duration(histogram.quantile(q)));
}

} // namespace

QString outcomesInWords(const RunRecord &record)
{
    const EdgeTotals all = clientTotals(record);
    const auto ended = std::accumulate(all.ended.begin(), all.ended.end(), std::uint64_t(0));
    QStringList shares;
    for (std::size_t kind = 0; kind < kOutcomeKinds; ++kind) {
        if (all.ended[kind] > 0)
            shares += QStringLiteral("%1 %2").arg(outcomeLabel(OutcomeKind(kind)),
                                                  formatShare(double(all.ended[kind]) / double(ended)));
    }
    const QString time = tr("%1 of %2.").arg(formatInstant(record.now), formatDuration(record.duration));
    if (shares.isEmpty())
        return time + QLatin1Char(' ') + tr("No call has ended yet.");
    return time + QLatin1Char(' ') + tr("%1 ended: %2.").arg(formatCalls(ended), shares.join(QStringLiteral(", ")));
}

QString latencyInWords(const RunRecord &record)
{
    EdgeTotals all = clientTotals(record);
    all.goodLatency.merge(all.badLatency);
    if (all.goodLatency.isEmpty())
        return tr("No call has ended yet.");
    QStringList parts;
    for (std::size_t i = 0; i < kPercentiles.size(); ++i)
        parts += QStringLiteral("%1 %2").arg(percentileText(percentileName(i)), quantile(all.goodLatency, kPercentiles[i]));
    return parts.join(QStringLiteral(", ")) + QLatin1Char('.');
}

QString breakersInWords(const RunRecord &record)
{
    if (record.breakers.empty())
        return tr("No breakers in this run.");
    std::vector<BreakerState> states = initialStates(record);
    for (std::size_t i = 0; i < record.transitions.size(); ++i)
        states[record.transitions[i].breaker] = record.transitions[i].to;
    if (states.size() == 1)
        return tr("Breaker %1: %2, %3.").arg(QString::fromStdString(record.breakers[0].name), breakerStateLabel(states[0]),
                                             formatTransitions(record.transitions.size()));
    QStringList parts;
    for (const BreakerState state : {BreakerState::Open, BreakerState::HalfOpen, BreakerState::ForcedOpen}) {
        QStringList names;
        for (std::size_t i = 0; i < states.size(); ++i) {
            if (states[i] == state)
                names += QString::fromStdString(record.breakers[i].name);
        }
        if (names.isEmpty())
            continue;
        const qsizetype count = names.size();
        const QString named = names.mid(0, kBreakersNamed).join(QStringLiteral(", "))
            + (std::size_t(count) > kBreakersNamed ? QStringLiteral(", …") : QString());
        parts += tr("%1 of %2 breakers %3: %4.").arg(count).arg(states.size()).arg(breakerStateLabel(state), named);
    }
    if (parts.isEmpty())
        parts += tr("None of %1 breakers is open.").arg(states.size());
    parts += formatTransitions(record.transitions.size()) + QLatin1Char('.');
    return parts.join(QLatin1Char(' '));
}

QString retriesInWords(const RunRecord &record)
{
    EdgeTotals all;
    for (const EdgeTotals &edge : record.edgeTotals) { // services retry, too
        all.retries += edge.retries;
        all.retryDelay.merge(edge.retryDelay);
    }
    if (all.retries == 0 || all.retryDelay.isEmpty())
        return tr("No retries.");
    return tr("%1, delays p50 %2, p99 %3.")
        .arg(formatRetries(all.retries), quantile(all.retryDelay, 0.5), quantile(all.retryDelay, 0.99));
}

QString callsInWords(const RunRecord &record)
{
    std::uint64_t bad = 0;
    for (std::size_t i = 0; i < record.calls.size(); ++i)
        bad += isGood(record.calls[i].outcome.kind) ? 0 : 1;
    return tr("%1 sampled calls, %2 of them without success.").arg(formatCount(record.calls.size()), formatCount(bad));
}

} // namespace halfopen
