// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/world_tables.h"

#include "core/report/figures.h"
#include "core/report/format.h"

#include <limits>

namespace halfopen::report {

namespace {

std::string time(const Histogram &histogram, double q)
{
    return histogram.isEmpty() ? "-" : formatSeconds(inSeconds(histogram.quantile(q)));
}

std::string meanOverTime(const RunRecord &record, std::int64_t integralNs)
{
    const auto elapsed = static_cast<double>(record.now.ns());
    return formatNumber(elapsed > 0 ? static_cast<double>(integralNs) / elapsed : std::numeric_limits<double>::quiet_NaN());
}

WorldTable pools(const RunRecord &record)
{
    WorldTable table{"connection pools", {"connections", "in use", "waiting", "waited", "refused", "wait p50", "wait p99"}, {}};
    for (std::size_t i = 0; i < record.pools.size(); ++i) {
        const PoolInfo &info = record.pools[i];
        const PoolTotals &totals = record.poolTotals[i];
        const double asked = static_cast<double>(totals.asked);
        table.rows.push_back(
            {record.edges[info.edge].name,
             (info.pools > 1 ? formatCount(info.pools) + " x " : std::string()) + formatCount(info.size),
             meanOverTime(record, totals.heldNs), meanOverTime(record, totals.waitingNs),
             asked > 0 ? formatShare(static_cast<double>(totals.waited) / asked) : "-", formatCount(totals.refused),
             time(totals.wait, 0.5), time(totals.wait, 0.99)});
    }
    return table;
}

WorldTable endpoints(const RunRecord &record)
{
    WorldTable table{"endpoints", {"requests", "completed", "failed", "rejected", "work p50", "wait p99", "p50", "p99"}, {}};
    for (std::size_t i = 0; i < record.endpoints.size(); ++i) {
        const EndpointTotals &totals = record.endpointTotals[i];
        table.rows.push_back({record.services[record.endpoints[i].service] + "/" + record.endpoints[i].name,
                              formatCount(totals.arrivals), formatCount(totals.completed), formatCount(totals.failed),
                              formatCount(totals.rejected + totals.refused), time(totals.service, 0.5), time(totals.wait, 0.99),
                              time(totals.latency, 0.5), time(totals.latency, 0.99)});
    }
    return table;
}

WorldTable queues(const RunRecord &record)
{
    WorldTable table{"queues of workers",
                     {"messages", "done", "redelivered", "dead-lettered", "backlog", "max backlog", "oldest", "age p99"},
                     {}};
    for (std::size_t i = 0; i < record.backlogs.size(); ++i) {
        const BacklogTotals &totals = record.backlogTotals[i];
        table.rows.push_back({record.scenario->clients[record.backlogs[i].client].name, formatCount(totals.published),
                              formatCount(totals.acknowledged), formatCount(totals.redelivered),
                              formatCount(totals.deadLettered), formatCount(totals.backlog), formatCount(totals.backlogMax),
                              formatSeconds(inSeconds(totals.oldestNs)), time(totals.age, 0.99)});
    }
    return table;
}

WorldTable paces(const RunRecord &record)
{
    WorldTable table{"from the intended start", {"calls left out", "p50", "p99", "p99.9", "max"}, {}};
    for (std::size_t i = 0; i < record.paces.size(); ++i) {
        const PaceTotals &totals = record.paceTotals[i];
        table.rows.push_back({record.scenario->clients[record.paces[i].client].name, formatCount(totals.missed),
                              time(totals.fromIntendedStart, 0.5), time(totals.fromIntendedStart, 0.99),
                              time(totals.fromIntendedStart, 0.999), time(totals.fromIntendedStart, 1.0)});
    }
    return table;
}

} // namespace

std::vector<WorldTable> worldTables(const RunRecord &record)
{
    std::vector<WorldTable> tables;
    for (WorldTable table : {endpoints(record), pools(record), queues(record), paces(record)})
        if (!table.rows.empty())
            tables.push_back(std::move(table));
    return tables;
}

} // namespace halfopen::report
