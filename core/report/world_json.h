// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/report/recovery.h"
#include "core/run/run_record.h"

#include <nlohmann/json.hpp>

#include <cstddef>
#include <vector>

namespace halfopen::report {

// Parts of the JSON report that only some worlds have. Json keeps the order of insertion, which is that of the schema.

/// Count, mean, percentiles and greatest value of a histogram, in ms; null where there is no value.
nlohmann::ordered_json millisecondsJson(const Histogram &histogram);

/// What came to a service or an endpoint and became of it, into \a json.
template <typename Totals> void addRequestCounts(nlohmann::ordered_json &json, const Totals &totals)
{
    json["arrivals"] = totals.arrivals;
    json["started"] = totals.started;
    json["completed"] = totals.completed;
    json["failed"] = totals.failed;
    json["rejected"] = totals.rejected;
    json["refused"] = totals.refused;
    if constexpr (requires { totals.wasted; }) // of services only
        json["wasted"] = totals.wasted;
    json["lost"] = totals.lost;
    json["abandoned"] = totals.abandoned;
}

/// The connection pools of an edge; null when it has none.
nlohmann::ordered_json poolJson(const RunRecord &record, std::size_t edge);
/// The endpoints of a service by name; null when it has none.
nlohmann::ordered_json endpointsJson(const RunRecord &record, std::size_t service);
/// The queue of a client's workers; null when it has none.
nlohmann::ordered_json queueJson(const RunRecord &record, std::size_t client);
/// What the pace of a client's closed loop left out; null when it keeps to none.
nlohmann::ordered_json intendedJson(const RunRecord &record, std::size_t client);

/// Every disturbance with the time to detect it and the time to recover from it.
nlohmann::ordered_json incidentsJson(const RunRecord &record);
/// \a all disturbances() as one breaker saw them, from its \a own transitions in order: opened after, closed again after.
nlohmann::ordered_json incidentsJson(const RunRecord &record, const std::vector<Disturbance> &all,
                                     const std::vector<const BreakerTransition *> &own);

} // namespace halfopen::report
