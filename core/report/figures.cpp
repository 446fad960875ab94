// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/figures.h"

#include "core/report/format.h"

#include <algorithm>
#include <limits>
#include <numeric>

namespace halfopen::report {

namespace {

constexpr double kNothing = std::numeric_limits<double>::quiet_NaN();

double ratio(double part, double whole)
{
    return whole > 0 ? part / whole : kNothing;
}

} // namespace

std::uint64_t CallFigures::endedAll() const
{
    return std::accumulate(ended.begin(), ended.end(), std::uint64_t{0});
}

std::uint64_t CallFigures::good() const
{
    std::uint64_t sum = 0;
    for (std::size_t kind = 0; kind < kOutcomeKinds; ++kind)
        sum += isGood(static_cast<OutcomeKind>(kind)) ? ended[kind] : 0;
    return sum;
}

double CallFigures::goodputShare() const
{
    return ratio(static_cast<double>(good()), static_cast<double>(endedAll()));
}

double CallFigures::amplification() const
{
    return offered > 0 ? static_cast<double>(attempts) / static_cast<double>(offered) : 0;
}

double CallFigures::endedShare(OutcomeKind kind) const
{
    return ratio(static_cast<double>(ended[static_cast<std::size_t>(kind)]),
                 static_cast<double>(endedAll()));
}

std::string CallFigures::latencyText(double q) const
{
    const auto ns = latency.isEmpty() ? 0 : latency.quantile(q);
    return ns == 0 && good() == 0 ? "-" : formatSeconds(static_cast<double>(ns) * 1e-9);
}

void CallFigures::add(const EdgeTotals &totals)
{
    offered += totals.offered;
    for (std::size_t kind = 0; kind < kOutcomeKinds; ++kind)
        ended[kind] += totals.ended[kind];
    attempts += totals.attempts;
    retries += totals.retries;
    late += totals.late;
    latency.merge(totals.goodLatency);
    latency.merge(totals.badLatency);
    retryDelay.merge(totals.retryDelay);
}

double seconds(const RunRecord &record)
{
    return inSeconds(record.now.ns());
}

std::vector<CallFigures> clientFigures(const RunRecord &record)
{
    std::vector<CallFigures> figures;
    for (std::size_t client = 0; client < record.scenario->clients.size(); ++client) {
        CallFigures &sum = figures.emplace_back();
        sum.name = record.scenario->clients[client].name;
        sum.processes = record.scenario->clients[client].processes;
        for (std::size_t edge = 0; edge < record.edges.size(); ++edge)
            if (record.edges[edge].client == client)
                sum.add(record.edgeTotals[edge]);
    }
    return figures;
}

std::vector<CallFigures> edgeFigures(const RunRecord &record)
{
    std::vector<CallFigures> figures;
    for (std::size_t edge = 0; edge < record.edges.size(); ++edge) {
        CallFigures &one = figures.emplace_back();
        one.name = record.edges[edge].name;
        one.processes = record.edges[edge].processes;
        one.add(record.edgeTotals[edge]);
    }
    return figures;
}

CallFigures allClients(const RunRecord &record)
{
    CallFigures sum;
    sum.name = "all clients";
    sum.processes = 0;
    for (std::size_t edge = 0; edge < record.edges.size(); ++edge) {
        if (!record.edges[edge].client)
            continue;
        sum.add(record.edgeTotals[edge]);
        sum.processes += record.edges[edge].processes;
    }
    return sum;
}

std::vector<ServiceFigures> serviceFigures(const RunRecord &record)
{
    const auto elapsedNs = static_cast<double>(record.now.ns());
    std::vector<ServiceFigures> figures;
    for (std::size_t service = 0; service < record.services.size(); ++service) {
        const ServiceTotals &totals = record.serviceTotals[service];
        ServiceFigures &one = figures.emplace_back();
        one.name = record.services[service];
        one.totals = &totals;
        one.wastedShare =
            ratio(static_cast<double>(totals.wasted), static_cast<double>(totals.completed));
        const ServiceSpec *spec = record.scenario->findService(one.name);
        one.isRecording = spec == nullptr || spec->recording != nullptr;
        if (one.isRecording) {
            one.utilisation = kNothing;
            one.meanQueue = kNothing;
            continue;
        }
        one.workers = spec->instances * spec->workers;
        one.utilisation =
            ratio(static_cast<double>(totals.busyNs), elapsedNs * static_cast<double>(one.workers));
        one.meanQueue = ratio(static_cast<double>(totals.queuedNs), elapsedNs);
    }
    return figures;
}

std::vector<std::uint64_t> tripsPerBreaker(const RunRecord &record)
{
    std::vector<std::uint64_t> trips(record.breakers.size());
    for (const BreakerTransition &transition : record.transitions)
        trips[transition.breaker] += transition.to == BreakerState::Open ? 1 : 0;
    return trips;
}

std::vector<BreakerGroup> breakerGroups(const RunRecord &record)
{
    const std::vector<std::uint64_t> trips = tripsPerBreaker(record);
    std::vector<BreakerGroup> groups;
    std::vector<std::pair<std::uint32_t, std::uint32_t>> keys; // edge and layer of each group
    for (std::uint32_t breaker = 0; breaker < record.breakers.size(); ++breaker) {
        const BreakerInfo &info = record.breakers[breaker];
        const std::pair key(info.edge, info.layer);
        // The members of a group usually follow one another, so the last group is the first guess.
        std::size_t group =
            keys.empty() || keys.back() != key
                ? static_cast<std::size_t>(std::find(keys.begin(), keys.end(), key) - keys.begin())
                : keys.size() - 1;
        if (group == groups.size()) {
            keys.push_back(key);
            groups.push_back({.name = std::string(withoutProcess(info.name)),
                              .edge = record.edges[info.edge].name});
        }
        groups[group].members.push_back(breaker);
        groups[group].trips += trips[breaker];
        groups[group].tripped += trips[breaker] > 0 ? 1 : 0;
        for (std::size_t state = 0; state < 6; ++state)
            groups[group].shareInState[state] +=
                static_cast<double>(record.breakerNsInState[breaker][state]);
    }
    for (BreakerGroup &group : groups) {
        const double all =
            std::accumulate(group.shareInState.begin(), group.shareInState.end(), 0.0);
        for (double &share : group.shareInState)
            share = all > 0 ? share / all : 0;
    }
    return groups;
}

std::string_view runEndName(RunEnd end)
{
    switch (end) {
    case RunEnd::Running:
        return "running";
    case RunEnd::Finished:
        return "finished";
    case RunEnd::Cancelled:
        return "cancelled";
    case RunEnd::LimitReached:
        return "limit_reached";
    }
    return "";
}

std::string_view withoutProcess(std::string_view breakerName)
{
    const std::size_t bracket = breakerName.rfind('[');
    return breakerName.ends_with(']') && bracket != std::string_view::npos
               ? breakerName.substr(0, bracket)
               : breakerName;
}

} // namespace halfopen::report
