// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/append_log.h"
#include "core/base/histogram.h"
#include "core/base/instant.h"
#include "core/policies/outcome.h"
#include "core/policies/policy_event.h"
#include "core/run/world_figures.h"
#include "core/scenario/scenario.h"

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace halfopen {

/// Counts per OutcomeKind.
using OutcomeCounts = std::array<std::uint64_t, kOutcomeKinds>;

/// What happened on one edge (client -> service or service -> service) in one time bucket.
/// A call is offered in the bucket of its start and ends in the bucket of its end.
struct EdgeBucket {
    std::uint64_t offered = 0;  ///< calls begun
    OutcomeCounts ended{};      ///< calls ended, by outcome as the caller saw it
    std::uint64_t attempts = 0; ///< requests that left for the service
    std::uint64_t retries = 0;  ///< further tries decided (each with a delay)
    std::uint64_t late = 0;     ///< requests their caller stopped waiting for
    SparseHistogram goodLatency; ///< start to end of calls with isGood() outcomes, ns
    SparseHistogram badLatency;  ///< of all other calls, ns
    SparseHistogram retryDelay;  ///< decided delays, ns
};

/// What happened at one service in one time bucket.
struct ServiceBucket {
    std::uint64_t arrivals = 0;
    std::uint64_t started = 0;
    std::uint64_t completed = 0; ///< work finished, for whomever
    std::uint64_t rejected = 0;  ///< queue full
    std::uint64_t refused = 0;   ///< by a fault, before any work
    std::uint64_t failed = 0;    ///< answered with an error
    std::uint64_t wasted = 0;    ///< finished for callers who had left, or whose answer a fault lost
    std::uint64_t lost = 0;      ///< waited or were worked on when their instance crashed
    std::uint64_t abandoned = 0; ///< given up before they were finished, because their callers had left
    std::uint64_t stoppedByDeadline = 0; ///< of the abandoned: a propagated deadline had passed
    std::uint64_t synthetic = 0; ///< answers of a recording that were drawn from neighbours, not replayed one to one
    std::uint64_t unknown = 0;   ///< callers who waited longer than the recorder had: how it ends is not known
    std::int64_t busyNs = 0;     ///< worker-time spent, ns x workers
    std::int64_t queuedNs = 0;   ///< integral of the queue length, ns x requests
    std::uint32_t queueMax = 0;  ///< longest queue seen
};

struct TimeBucket {
    Instant from;
    Duration width{};            ///< shorter than the record's width only for the bucket still open
    std::vector<EdgeBucket> edges;
    std::vector<ServiceBucket> services;
    std::vector<PoolBucket> pools;       ///< as RunRecord::pools
    std::vector<BacklogBucket> backlogs; ///< as RunRecord::backlogs
};

/// One breaker in the run: a layer of an edge's stack in one process, or what such a layer thinks of one instance.
struct BreakerInfo {
    std::string name;    ///< "db_client.2", with "[17]" behind it in a fleet
    std::uint32_t edge = 0;
    std::uint32_t layer = 0;
    std::uint32_t process = 0;
    /// Set where the layer judges instances one by one: this one of them; OPEN means ejected.
    /// The name ends in "[instance 3]", in a fleet in "[17, instance 3]".
    std::optional<std::uint32_t> instance{};
};

/// "[17]", "[17, instance 3]": the end of the name that tells it from the others of its layer; empty where it is the only one.
std::string_view placeInLayer(const BreakerInfo &breaker);

struct BreakerTransition {
    Instant at;
    std::uint32_t breaker = 0; ///< index into RunRecord::breakers
    BreakerState from = BreakerState::Closed;
    BreakerState to = BreakerState::Closed;
    TransitionReason reason;
};

/// One decided retry, for the scatter over time. A bounded, evenly chosen part of all retries.
struct RetryPoint {
    Instant at;          ///< when it was decided
    Duration delay{};
    std::uint32_t edge = 0;
    std::uint16_t attempt = 0; ///< number of the try that comes: 2 = the first retry
};

/// What happened to one sampled call, step by step.
struct CallStep {
    enum class Kind : std::uint8_t { AttemptSent, AttemptEnded, DeadlinePassed, RetryScheduled, Refused, Replaced, Ended };
    Instant at;
    Kind kind = Kind::AttemptSent;
    std::uint8_t layer = 0;      ///< the deciding layer, outermost = 0
    Outcome outcome{};
    Duration delay{};            ///< for RetryScheduled
};

struct CallTrace {
    std::uint64_t call = 0;      ///< key
    std::uint32_t edge = 0;
    std::uint32_t process = 0;
    Instant start;
    Instant end;
    Outcome outcome{};
    std::vector<CallStep> steps;
};

/// A setting changed while the run played: an input, so that the session can be replayed exactly.
struct ParameterChange {
    Instant at;
    std::string path;   ///< "policies.db_client.1.max_attempts"
    std::string before;
    std::string after;
};

/// A fault's active time, unrolled over its repetitions (at most 10 000 windows).
struct FaultWindow {
    Instant from;
    Instant to;
    std::uint32_t fault = 0; ///< index into Scenario::faults
    std::string label;       ///< "orders-db: latency +400 ms"
    /// 0 to 1, of a ramp or wave, at even steps from `from` to `to`, both included; empty = full all the time.
    std::vector<float> strength{};
};

struct EdgeInfo {
    std::string name;        ///< "web -> orders", "web -> orders/checkout"
    std::string from;
    std::string to;
    std::string stack;       ///< name, or empty
    std::optional<std::uint32_t> client; ///< index into Scenario::clients when a client begins it
    std::uint32_t processes = 1;
    /// Set where a policy makes the call in the name of one that failed: the edge of that one.
    std::optional<std::uint32_t> insteadOf{};
    std::string endpoint{}; ///< of `to`, that its calls name; empty = none
};

/// Whole-run figures of one edge.
struct EdgeTotals {
    std::uint64_t offered = 0;
    OutcomeCounts ended{};
    std::uint64_t attempts = 0;
    std::uint64_t retries = 0;
    std::uint64_t late = 0;
    Histogram goodLatency;
    Histogram badLatency;
    Histogram retryDelay;

    std::uint64_t endedAll() const;
    std::uint64_t good() const;      ///< success + fallback
    double amplification() const;    ///< attempts per call that ended or is under way; 0 without calls
    Histogram latency() const;       ///< of all ended calls
};

struct ServiceTotals {
    std::uint64_t arrivals = 0, started = 0, completed = 0, rejected = 0, refused = 0, failed = 0, wasted = 0;
    std::uint64_t lost = 0;
    std::uint64_t abandoned = 0, stoppedByDeadline = 0;
    std::uint64_t synthetic = 0, unknown = 0;
    std::int64_t busyNs = 0, queuedNs = 0;
    std::uint32_t queueMax = 0;
    Histogram wait;    ///< time in the queue of started requests, ns
    Histogram service; ///< start of work to end of work, ns
    Histogram sojourn; ///< arrival to answer of requests that were begun, own calls included, ns; empty unless the run keeps it
};

enum class RunEnd : std::uint8_t { Running, Finished, Cancelled, LimitReached };

/// The one result that views, reports, comparison and export read. A value: a copy is a snapshot, cheap
/// enough to be made at screen rate, and may be read on another thread.
struct RunRecord {
    std::shared_ptr<const Scenario> scenario; ///< as it was when the run began
    std::uint64_t seed = 0;
    std::string version;
    std::string runId;       ///< names this run in logs
    Duration duration{};     ///< virtual length that was asked for
    Duration bucketWidth{};
    Instant now;             ///< how far the run is
    RunEnd end = RunEnd::Running;
    std::string endMessage;  ///< for LimitReached: which limit and what to do
    std::uint64_t events = 0;
    std::uint64_t fingerprint = 0;
    std::uint64_t callsInFlight = 0;

    std::vector<EdgeInfo> edges;      ///< client edges first
    std::vector<std::string> services; ///< names, in scenario order
    std::vector<BreakerInfo> breakers;
    std::vector<FaultWindow> faultWindows;
    std::vector<PoolInfo> pools;       ///< in order of their edges
    std::vector<BacklogInfo> backlogs; ///< in order of their clients
    std::vector<PaceInfo> paces;       ///< in order of their clients
    std::vector<EndpointInfo> endpoints; ///< in order of their services, then of the scenario

    AppendLog<std::shared_ptr<const TimeBucket>> buckets; ///< closed ones
    std::shared_ptr<const TimeBucket> openBucket;         ///< the one being filled, or null
    AppendLog<BreakerTransition> transitions;             ///< in order of time, at most kMaxTransitions
    std::uint64_t transitionsDropped = 0;
    AppendLog<RetryPoint> retryPoints;
    AppendLog<CallTrace> calls;
    AppendLog<ParameterChange> changes;

    std::vector<EdgeTotals> edgeTotals;
    std::vector<ServiceTotals> serviceTotals;
    std::vector<PoolTotals> poolTotals;
    std::vector<BacklogTotals> backlogTotals;
    std::vector<PaceTotals> paceTotals;
    std::vector<EndpointTotals> endpointTotals; ///< as `endpoints`
    std::vector<std::array<std::int64_t, 6>> breakerNsInState; ///< per breaker, by BreakerState, up to `now`

    static constexpr std::size_t kMaxTransitions = 1'000'000;

    std::size_t bucketCount() const { return buckets.size() + (openBucket ? 1 : 0); }
    const TimeBucket &bucket(std::size_t i) const { return i < buckets.size() ? *buckets[i] : *openBucket; }
    /// The state of a breaker at \a at, from the transitions. CLOSED before the first.
    BreakerState stateAt(std::uint32_t breaker, Instant at) const;
};

} // namespace halfopen
