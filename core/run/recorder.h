// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/histogram.h"
#include "core/base/random.h"
#include "core/run/call_log.h"
#include "core/run/run_record.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace halfopen {

/// The parts of a run's fingerprint. It is their sum, so that it says what happened and not in which order it was noted.
/// A golden fingerprint guards sameness, never correctness.
constexpr std::uint64_t fingerprintOfCall(std::uint32_t edge, std::uint64_t key, std::int64_t endNs, OutcomeKind outcome,
                                          std::uint32_t attempts)
{
    return mix64(key ^ static_cast<std::uint64_t>(endNs) * 0x9e3779b97f4a7c15u
                 ^ (static_cast<std::uint64_t>(outcome) << 56 | static_cast<std::uint64_t>(attempts) << 40 | edge));
}
constexpr std::uint64_t fingerprintOfRetry(std::uint64_t key, std::uint32_t attempt, std::int64_t delayNs)
{
    return mix64(key + attempt) ^ static_cast<std::uint64_t>(delayNs) * 0xd6e8feb86659fd93u;
}
constexpr std::uint64_t fingerprintOfTransition(std::uint32_t breaker, Instant at, BreakerState to)
{
    return mix64(static_cast<std::uint64_t>(at.ns()) * 0x9e3779b97f4a7c15u
                 ^ (static_cast<std::uint64_t>(breaker) << 8 | static_cast<std::uint64_t>(to)));
}

/// Counts what the engine reports and closes a time bucket when its time is over. The hot functions are a few
/// additions; everything that allocates happens once per bucket or for the few sampled calls.
class Recorder {
public:
    /// One edge in the bucket being filled.
    struct EdgeNow {
        std::uint64_t offered = 0;
        OutcomeCounts ended{};
        std::uint64_t attempts = 0;
        std::uint64_t retries = 0;
        std::uint64_t late = 0;
        Histogram goodLatency;
        Histogram badLatency;
        Histogram retryDelay;
        std::uint64_t retrySampleMask = 0; ///< a retry is kept for the scatter when its hash has these bits 0
        std::uint64_t callSampleMask = 0;
        std::uint64_t retryPointsKept = 0; ///< in this bucket
        CallLog *log = nullptr;            ///< takes every call that ends; usually nobody wants that
    };
    struct ServiceNow : ServiceBucket {
        std::uint64_t waitedNot = 0; ///< requests that found a worker free: waits of 0, put into `wait` when it is read
        Histogram wait;    ///< ns, of this bucket
        Histogram service; ///< ns, of this bucket
        Histogram sojourn; ///< ns, of this bucket; only when isDetailed
        bool isDetailed = false; ///< somebody wants `log` or `sojourn`
        bool keepsSojourn = false;
        WorkLog *log = nullptr; ///< takes every request that a worker takes or that is dropped
        std::uint32_t waitingNow = 0; ///< as of the last settling: the next bucket begins with them
    };

    struct PoolNow : PoolBucket {
        Histogram wait; ///< ns, of this bucket
        std::uint32_t waitingNow = 0; ///< as of ServiceNow
    };
    struct BacklogNow : BacklogBucket {
        Histogram age; ///< ns, of this bucket
        std::uint32_t waitingNow = 0; ///< as of ServiceNow
    };

    Recorder(RunRecord identity, bool sampleCalls);

    RunRecord &record() { return m_record; }
    const RunRecord &record() const { return m_record; }
    EdgeNow &edge(std::size_t i) { return *m_edges[i]; }
    ServiceNow &service(std::size_t i) { return *m_services[i]; }
    PoolNow &pool(std::size_t i) { return *m_pools[i]; }
    BacklogNow &backlog(std::size_t i) { return *m_backlogs[i]; }
    PaceTotals &pace(std::size_t i) { return m_record.paceTotals[i]; }
    bool samplesCalls() const { return m_sampleCalls; }

    /// The first instant that belongs to the next bucket.
    std::int64_t bucketEndNs() const { return m_bucketEndNs; }
    /// Closes buckets until \a nowNs lies in the open one. The services must be settled at bucketEndNs() before each.
    void closeBucket();

    void callEnded(EdgeNow &e, std::uint32_t edge, std::uint64_t key, std::int64_t startNs, std::int64_t nowNs,
                   Outcome outcome, std::uint32_t attempts)
    {
        ++e.ended[static_cast<std::size_t>(outcome.kind)];
        (isGood(outcome.kind) ? e.goodLatency : e.badLatency).record(nowNs - startNs);
        m_fingerprint += fingerprintOfCall(edge, key, nowNs, outcome.kind, attempts);
        if (__builtin_expect(e.log != nullptr, 0))
            e.log->push_back({startNs, nowNs - startNs, attempts, outcome.kind});
    }
    void retryDecided(std::uint32_t edge, std::uint64_t key, std::int64_t nowNs, std::int64_t delayNs,
                      std::uint32_t attempt);
    void transition(std::uint32_t breaker, const PolicyEvent &event);
    void parameterChanged(ParameterChange change);
    std::uint64_t transitionsSeen() const { return m_record.transitions.size() + m_record.transitionsDropped; }

    /// Keeps the whole of the call with this key, on whatever edge, and no sample of others.
    void follow(std::uint64_t key);
    /// Sampled calls. \a slot names the call's frame while it is under way.
    bool wantsCall(std::uint32_t edge, std::uint64_t key) const
    {
        if (__builtin_expect(m_followed.has_value(), 0))
            return key == *m_followed;
        // Every so manieth call: their numbers are the low bits of their keys.
        return (key & m_edges[edge]->callSampleMask) == 0 && m_sampleCalls && m_traces.size() < kTracesMax
            && m_record.edges[edge].client.has_value();
    }
    void traceBegin(std::uint32_t slot, std::uint32_t edge, std::uint32_t process, std::uint64_t key, Instant at);
    void traceStep(std::uint32_t slot, CallStep step);
    void traceEnd(std::uint32_t slot, Instant at, Outcome outcome);

    /// Everything up to \a now as a value. The services must be settled at \a now.
    RunRecord snapshot(Instant now, std::uint64_t events, std::uint64_t inFlight) const;
    std::uint64_t fingerprint() const { return m_fingerprint; }

private:
    static constexpr std::size_t kTracesMax = 64;
    static constexpr std::uint64_t kRetryPointsPerBucket = 48;
    static constexpr std::uint64_t kCallTracesPerBucket = 8;
    struct ActiveTrace {
        std::uint32_t slot;
        CallTrace trace;
    };
    TimeBucket currentBucket(Instant until) const;

    RunRecord m_record; ///< openBucket, now, end and in-flight figures are filled by snapshot()
    std::vector<std::unique_ptr<EdgeNow>> m_edges;
    std::vector<std::unique_ptr<ServiceNow>> m_services;
    std::vector<std::unique_ptr<PoolNow>> m_pools;
    std::vector<std::unique_ptr<BacklogNow>> m_backlogs;
    std::vector<ActiveTrace> m_traces;
    std::vector<BreakerState> m_breakerState;
    std::vector<std::int64_t> m_breakerSince;
    std::int64_t m_bucketFromNs = 0;
    std::int64_t m_bucketEndNs = 0;
    std::uint64_t m_fingerprint = 0;
    std::optional<std::uint64_t> m_followed; ///< see follow()
    bool m_sampleCalls;
};

} // namespace halfopen
