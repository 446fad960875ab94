// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/histogram.h"
#include "core/run/run_record.h"

#include <cstdint>
#include <string>
#include <vector>

namespace halfopen::report {

/// What the reports print about a run, computed once from the record, so that the summary, the JSON
/// file and the HTML page can never disagree.

/// The percentiles that every report shows, with their labels.
struct Percentile {
    double q;
    const char *label; ///< "p99.9"
    const char *key;   ///< "p99_9", as in JSON
};
inline constexpr Percentile kPercentiles[] = {
    {0.50, "p50", "p50"}, {0.90, "p90", "p90"},      {0.95, "p95", "p95"},
    {0.99, "p99", "p99"}, {0.999, "p99.9", "p99_9"},
};

/// Calls of one edge, one client, or all clients together.
struct CallFigures {
    std::string name;
    std::int64_t processes = 1;
    std::uint64_t offered = 0; ///< calls begun
    OutcomeCounts ended{};     ///< calls ended, by outcome
    std::uint64_t attempts = 0;
    std::uint64_t retries = 0;
    std::uint64_t late = 0;
    Histogram latency;    ///< of every ended call, ns
    Histogram retryDelay; ///< ns

    std::uint64_t endedAll() const;
    std::uint64_t good() const;
    /// Good calls per ended call, 0..1; NaN when none has ended.
    double goodputShare() const;
    /// Attempts per call begun; 0 without calls.
    double amplification() const;
    double endedShare(OutcomeKind kind) const;
    /// A percentile of the latency, 0..1, for people. "-" where no call has ended, and for a percentile of 0 where none ended well: those
    /// were refused at once, so they have no latency.
    std::string latencyText(double q) const;
    void add(const EdgeTotals &totals);
};

struct ServiceFigures {
    std::string name;
    bool isRecording = false; ///< answers come from a recording: there are no workers to be busy
    std::int64_t workers = 0; ///< of all instances together
    double utilisation =
        0; ///< 0..1: worker-time spent per worker-time there was; NaN for a recording
    double meanQueue = 0;   ///< requests waiting, averaged over time; NaN for a recording
    double wastedShare = 0; ///< of the completed work, 0..1; NaN when nothing was completed
    const ServiceTotals *totals = nullptr;
};

/// The breakers of one layer of one stack on one edge: one per process.
struct BreakerGroup {
    std::string name;                     ///< "db_client.2", without a process number
    std::string edge;                     ///< "orders -> orders-db"
    std::vector<std::uint32_t> members;   ///< indices into RunRecord::breakers, by process
    std::uint64_t trips = 0;              ///< transitions into OPEN
    std::size_t tripped = 0;              ///< members that tripped at least once
    std::array<double, 6> shareInState{}; ///< of the members' time, by BreakerState, sum 1
};

/// Nanoseconds as milliseconds or seconds for people and files. Divided, not multiplied by 1e-6,
/// which is not exact: 20.5 s are 20500 ms and not 20500.000000000004.
constexpr double inMilliseconds(std::int64_t ns)
{
    return static_cast<double>(ns) / 1e6;
}
constexpr double inSeconds(std::int64_t ns)
{
    return static_cast<double>(ns) / 1e9;
}

/// Seconds of virtual time that the record covers.
double seconds(const RunRecord &record);
/// One entry per client of the scenario, in its order: the sum over the edges that the client
/// begins.
std::vector<CallFigures> clientFigures(const RunRecord &record);
/// One entry per edge, in the record's order.
std::vector<CallFigures> edgeFigures(const RunRecord &record);
/// All clients together.
CallFigures allClients(const RunRecord &record);
/// One entry per service. Points into \a record.
std::vector<ServiceFigures> serviceFigures(const RunRecord &record);
std::vector<BreakerGroup> breakerGroups(const RunRecord &record);
/// Transitions into OPEN per breaker.
std::vector<std::uint64_t> tripsPerBreaker(const RunRecord &record);

/// "finished", "cancelled", "limit_reached" or "running".
std::string_view runEndName(RunEnd end);
/// "name" without a trailing "[17]".
std::string_view withoutProcess(std::string_view breakerName);

} // namespace halfopen::report
