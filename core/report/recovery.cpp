// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/recovery.h"

#include "core/report/figures.h"

#include <algorithm>
#include <cmath>

namespace halfopen::report {

namespace {

constexpr Duration kGap = std::chrono::seconds(1);

/// The good and all ended calls of the clients in some buckets.
struct Column {
    Instant from;
    Instant to;
    std::uint64_t good = 0;
    std::uint64_t ended = 0;
    std::uint64_t offered = 0;
};

std::vector<Column> columnsOf(const RunRecord &record)
{
    const CallFigures all = allClients(record);
    const double perSecond = static_cast<double>(all.offered) / std::max(seconds(record), 1e-9);
    const double width = std::max(1.0, perSecond > 0 ? 100 / perSecond : 1.0);
    const auto group = static_cast<std::size_t>(std::max(1.0, std::ceil(width / toSeconds(record.bucketWidth) - 1e-9)));
    std::vector<Column> columns;
    for (std::size_t i = 0; i < record.bucketCount(); ++i) {
        const TimeBucket &bucket = record.bucket(i);
        if (i % group == 0)
            columns.push_back({bucket.from, bucket.from, 0, 0, 0});
        Column &column = columns.back();
        column.to = bucket.from + bucket.width;
        for (std::size_t e = 0; e < bucket.edges.size(); ++e) {
            if (!record.edges[e].client)
                continue;
            column.offered += bucket.edges[e].offered;
            for (std::size_t k = 0; k < kOutcomeKinds; ++k) {
                column.ended += bucket.edges[e].ended[k];
                column.good += isGood(static_cast<OutcomeKind>(k)) ? bucket.edges[e].ended[k] : 0;
            }
        }
    }
    return columns;
}

double shareOf(std::uint64_t good, std::uint64_t ended)
{
    return ended > 0 ? static_cast<double>(good) / static_cast<double>(ended) : 0;
}

} // namespace

std::vector<Disturbance> disturbances(const RunRecord &record)
{
    std::vector<FaultWindow> windows = record.faultWindows;
    std::sort(windows.begin(), windows.end(), [](const auto &a, const auto &b) { return a.from < b.from; });
    std::vector<Disturbance> found;
    for (const FaultWindow &window : windows) {
        if (window.from >= record.now)
            continue;
        if (!found.empty() && window.from <= found.back().to + kGap)
            found.back().to = std::max(found.back().to, window.to);
        else
            found.push_back({window.from, window.to, {}, {}});
    }
    if (found.empty())
        return found;

    const std::vector<Column> columns = columnsOf(record);
    std::uint64_t good = 0, ended = 0;
    for (const Column &column : columns) {
        if (column.to > found.front().from)
            break;
        good += column.good;
        ended += column.ended;
    }
    // A run that begins disturbed has no undisturbed traffic to compare with; all calls then.
    const double usual = ended > 0 ? shareOf(good, ended) : 1.0;
    for (std::size_t i = 0; i < found.size(); ++i) {
        Disturbance &one = found[i];
        const Instant next = i + 1 < found.size() ? found[i + 1].from : record.now;
        for (const BreakerTransition &transition : record.transitions)
            if (transition.to == BreakerState::Open && transition.from != BreakerState::Open && transition.at >= one.from
                && transition.at < next) {
                one.detection = transition.at - one.from;
                break;
            }
        if (one.to >= next)
            continue; // it lasts to the end: nothing can be said about recovery
        Instant badUntil = one.to;
        bool lastIsBad = false, any = false;
        for (const Column &column : columns) {
            if (column.from < one.to || column.to > next || column.offered + column.ended == 0)
                continue;
            any = true;
            lastIsBad = shareOf(column.good, column.ended) < kRecovered * usual;
            if (lastIsBad)
                badUntil = column.to;
        }
        if (any && !lastIsBad)
            one.recovery = badUntil - one.to;
    }
    return found;
}

} // namespace halfopen::report
