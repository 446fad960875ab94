// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/world_json.h"

#include "core/report/figures.h"
#include "core/report/recovery.h"

#include <algorithm>

namespace halfopen::report {

using Json = nlohmann::ordered_json;

namespace {

/// The mean of an integral over the record's time; null when no time has passed.
Json meanOverTime(const RunRecord &record, std::int64_t integralNs)
{
    const auto elapsed = static_cast<double>(record.now.ns());
    return elapsed > 0 ? Json(static_cast<double>(integralNs) / elapsed) : Json();
}

template <typename Info> std::size_t placeOf(const std::vector<Info> &infos, std::uint32_t Info::*member, std::size_t value)
{
    const auto found =
        std::find_if(infos.begin(), infos.end(), [&](const Info &info) { return info.*member == value; });
    return static_cast<std::size_t>(found - infos.begin());
}

Json orNull(const std::optional<Duration> &length)
{
    return length ? Json(inMilliseconds(length->count())) : Json();
}

} // namespace

Json millisecondsJson(const Histogram &histogram)
{
    const bool empty = histogram.isEmpty();
    const auto ms = [&](double ns) { return empty ? Json() : Json(ns / 1e6); };
    Json json;
    json["count"] = histogram.count();
    json["mean"] = ms(histogram.meanNs());
    for (const Percentile &percentile : kPercentiles)
        json[percentile.key] = ms(static_cast<double>(histogram.quantile(percentile.q)));
    json["max"] = ms(static_cast<double>(histogram.max()));
    return json;
}

Json poolJson(const RunRecord &record, std::size_t edge)
{
    const std::size_t i = placeOf(record.pools, &PoolInfo::edge, edge);
    if (i == record.pools.size())
        return {};
    const PoolInfo &info = record.pools[i];
    const PoolTotals &totals = record.poolTotals[i];
    Json json;
    json["size"] = info.size;
    json["pools"] = info.pools;
    json["asked"] = totals.asked;
    json["waited"] = totals.waited;
    json["given"] = totals.given;
    json["refused"] = totals.refused;
    json["left"] = totals.left;
    json["mean_in_use"] = meanOverTime(record, totals.heldNs);
    json["mean_waiting"] = meanOverTime(record, totals.waitingNs);
    json["max_waiting"] = totals.waitingMax;
    json["wait_ms"] = millisecondsJson(totals.wait);
    return json;
}

Json endpointsJson(const RunRecord &record, std::size_t service)
{
    Json all;
    for (std::size_t i = 0; i < record.endpoints.size(); ++i) {
        if (record.endpoints[i].service != service)
            continue;
        const EndpointTotals &totals = record.endpointTotals[i];
        Json json;
        addRequestCounts(json, totals);
        json["wait_ms"] = millisecondsJson(totals.wait);
        json["service_ms"] = millisecondsJson(totals.service);
        json["latency_ms"] = millisecondsJson(totals.latency);
        all[record.endpoints[i].name] = std::move(json);
    }
    return all;
}

Json queueJson(const RunRecord &record, std::size_t client)
{
    const std::size_t i = placeOf(record.backlogs, &BacklogInfo::client, client);
    if (i == record.backlogs.size())
        return {};
    const BacklogTotals &totals = record.backlogTotals[i];
    Json json;
    json["workers"] = record.backlogs[i].workers;
    json["published"] = totals.published;
    json["lost"] = totals.lost;
    json["delivered"] = totals.delivered;
    json["redelivered"] = totals.redelivered;
    json["acknowledged"] = totals.acknowledged;
    json["failed"] = totals.failed;
    json["timed_out"] = totals.timedOut;
    json["duplicates"] = totals.duplicates;
    json["dead_lettered"] = totals.deadLettered;
    json["backlog"] = totals.backlog;
    json["in_work"] = totals.inWork;
    json["mean_backlog"] = meanOverTime(record, totals.backlogNs);
    json["max_backlog"] = totals.backlogMax;
    json["oldest_ms"] = inMilliseconds(totals.oldestNs);
    json["age_ms"] = millisecondsJson(totals.age);
    return json;
}

Json intendedJson(const RunRecord &record, std::size_t client)
{
    const std::size_t i = placeOf(record.paces, &PaceInfo::client, client);
    if (i == record.paces.size())
        return {};
    Json json;
    json["missed"] = record.paceTotals[i].missed;
    json["latency_ms"] = millisecondsJson(record.paceTotals[i].fromIntendedStart);
    return json;
}

Json incidentsJson(const RunRecord &record)
{
    Json list = Json::array();
    for (const Disturbance &one : disturbances(record))
        list.push_back({{"from_ms", inMilliseconds(one.from.ns())},
                        {"to_ms", inMilliseconds(one.to.ns())},
                        {"time_to_detect_ms", orNull(one.detection)},
                        {"time_to_recover_ms", orNull(one.recovery)},
                        {"time_to_recover_resolution_ms", one.recovery ? orNull(one.resolution) : Json()}});
    return list;
}

Json incidentsJson(const RunRecord &record, const std::vector<Disturbance> &all,
                   const std::vector<const BreakerTransition *> &own)
{
    Json list = Json::array();
    for (std::size_t i = 0; i < all.size(); ++i) {
        const Instant next = i + 1 < all.size() ? all[i + 1].from : record.now;
        Json opened;
        Json closed;
        for (const BreakerTransition *transition : own) {
            if (transition->at < all[i].from || transition->at >= next)
                continue;
            if (transition->to == BreakerState::Open && opened.is_null())
                opened = inMilliseconds((transition->at - all[i].from).count());
            // The last change decides: closed for good, or not.
            closed = transition->to == BreakerState::Closed
                ? Json(inMilliseconds(std::max(transition->at - all[i].to, Duration(0)).count()))
                : Json();
        }
        list.push_back({{"from_ms", inMilliseconds(all[i].from.ns())},
                        {"opened_after_ms", opened},
                        {"closed_after_ms", closed}});
    }
    return list;
}

} // namespace halfopen::report
