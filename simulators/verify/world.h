// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/policies/registry.h"
#include "core/run/run_record.h"
#include "core/scenario/scenario.h"
#include "simulators/simulation.h"
#include "simulators/verify/family.h"
#include "simulators/verify/samples.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace halfopen::verify {

// --- building worlds

/// A service named \a name that everybody can reach at once: no limit of workers, no work.
ServiceSpec unlimitedService(const std::string &name);
/// A client named "client" with Poisson arrivals that calls \a service through \a stack.
ClientSpec poissonClient(double perSecond, const std::string &service, const std::string &stack = {});
/// { "process": "poisson", "rate_per_s": 50 } and its like. Adds to \a scenario a client that calls \a service.
ClientSpec readArrivals(ModelReader &json, const std::string &service, const std::string &stack = {});
/// "queue_capacity": a number, "unbounded", or missing (= \a fallback).
std::int64_t readQueueCapacity(ModelReader &json, std::int64_t fallback = ServiceSpec::kUnlimitedQueue);
/// "discipline": who is next, "fifo" when it is missing.
void readOrder(ModelReader &json, ServiceSpec &service);
/// A stack of one layer; its settings are set through \a change, for example on a RetryConfig.
template <typename Config>
PolicyStackSpec stackOf(const std::string &name, const PolicyType &type, const std::function<void(Config &)> &change)
{
    PolicySpec layer{&type, Settings(type.schema())};
    change(layer.settings.as<Config>());
    return {name, {std::move(layer)}};
}

// --- running them

/// How many calls come before and within the measurement, in order of arrival.
struct RunLength {
    std::int64_t warmup = 0;
    std::int64_t measured = 0;
    std::int64_t replications = 1;
    std::int64_t all() const { return warmup + measured; }
};
/// Reads { "measured_completions", "warmup_completions", "replications" } or the same of arrivals, calls, requests ...
RunLength readRunLength(CaseInput &input);

/// Long enough for \a calls at \a perSecond and for the last of them to end, when one takes about as long as \a law.
Duration longEnough(std::int64_t calls, double perSecond, const Distribution &law);
/// A service that does no work of its own and makes \a calls.
ServiceSpec caller(const std::string &name, std::vector<CallSpec> calls);

/// A finished run with its logs.
struct WorldRun {
    RunRecord record;
    std::vector<CallLog> calls; ///< by edge, in order of their beginning; only of clients
    std::vector<WorkLog> work;  ///< by service, in order of arrival
};
struct WorldOptions {
    std::uint64_t seed = 1;
    bool logWork = false;
    std::size_t buckets = 600;
};
/// Runs to the end of the scenario's duration. Throws NotUnderstood when the run meets a limit.
WorldRun runWorld(Scenario scenario, const WorldOptions &options);

/// What came of the measured calls of one edge.
struct Measured {
    Samples good;      ///< latencies of calls that ended well
    Samples completed; ///< of calls that the service took in, whatever their end
    std::uint64_t calls = 0;
    std::uint64_t rejected = 0; ///< by the service: queue full, or dropped from it
    std::uint64_t attempts = 0;
    OutcomeCounts ended{};
    Instant from; ///< beginning of the first measured call
    Instant to;   ///< beginning of the last
    double share(std::uint64_t n) const { return calls == 0 ? 0 : static_cast<double>(n) / static_cast<double>(calls); }
    void add(const Measured &other); ///< of another replication; the window stays that of the first
};
/// The calls number warmup to warmup + measured - 1 of \a log (in order of their beginning).
Measured measuredCalls(const CallLog &log, const RunLength &length);

/// The same window at a service.
struct MeasuredWork {
    Samples wait;           ///< of requests that were worked on
    Samples attemptLatency; ///< wait and work
    std::uint64_t waited = 0;  ///< did not find a worker free
    std::uint64_t dropped = 0; ///< waited too long
    std::uint64_t all = 0;
    void add(const MeasuredWork &other);
};
/// Requests that arrived in [from, to]. \a edge: only of that edge.
MeasuredWork measuredWork(const WorkLog &log, Instant from, Instant to, std::optional<std::uint16_t> edge = {});

/// What \a metric asks of these calls and this work: wait_probability, wait_<statistic>, latency_<statistic>. Throws NotUnderstood
/// for any other.
double answerOf(const Measured &measured, const MeasuredWork &work, const std::string &metric);

/// The share of calls, or of waits, that took longer than a time: "wait_above_20ms_fraction", "fraction_slower_than_1s", or
/// "slow_fraction" and its like with the time in \a definition. Nothing for any other metric.
std::optional<double> shareBeyond(const Measured &calls, const MeasuredWork &work, const std::string &metric, const std::string &definition);

/// Time averages over the buckets of the record that lie within [from, to].
struct TimeAverages {
    double seconds = 0;
    double busy = 0;           ///< workers of a service
    double queued = 0;         ///< requests waiting there
    double completedPerSecond = 0; ///< calls of all clients that the service did not turn away
    double goodPerSecond = 0;      ///< those of them that ended well
    double rejectedPerSecond = 0;  ///< those that it did turn away
    void add(const TimeAverages &other); ///< weighted by their seconds
};
TimeAverages averagesOf(const RunRecord &record, std::size_t service, Instant from, Instant to);
/// throughput_per_s, goodput_per_s, rejected_rate_per_s, carried_concurrency, queue_length_mean, concurrency_mean (waiting or worked on), utilisation of \a servers workers
/// (0 = there is no limit, so no such share). Nothing for any other metric.
std::optional<double> averageOf(const TimeAverages &averages, double servers, std::string_view metric);

} // namespace halfopen::verify
