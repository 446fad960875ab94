// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/dependency.h"
#include "core/engine/engine.h"
#include "core/run/recorder.h"
#include "simulators/models/fault_schedule.h"

#include <cstdint>
#include <string>
#include <vector>

namespace halfopen {

/// A service as queueing theory draws it:
///
///     request -> balancer -> instance: [ bounded FIFO queue ] -> one of its workers -> (own calls) -> answer
///
/// A worker takes the next request, works for a drawn time, then makes the service's own calls one after the other
/// (it is held meanwhile) and answers. A full queue rejects. When the caller leaves, the work goes on to the end
/// (`keeps_working_for_departed_callers`, the default: it is counted as wasted) or stops at once.
/// The number of the request's draws is its call's key and attempt: the same in every world with the same seed.
class QueueingService final : public Dependency {
public:
    struct OwnCall {
        std::uint32_t edge;
        std::uint64_t salt; ///< makes the key of the call below from the key of the call above
    };

    /// \a index is the service's place in the scenario and the record. \a spec must outlive this.
    QueueingService(const ServiceSpec &spec, std::uint32_t index, const Scenario &scenario, std::uint64_t seed,
                    Recorder &recorder);
    void connect(Engine &engine, std::uint32_t dependency) { m_engine = &engine, m_dependency = dependency; }
    void setOwnCalls(std::vector<OwnCall> calls)
    {
        m_ownCalls = std::move(calls);
        m_hasOwnCalls = !m_ownCalls.empty();
    }
    /// Schedules the faults. Called once, when everything is connected.
    void start() { m_faults.start(*m_engine, m_dependency); }

    bool arrive(Instant now, std::uint32_t request, Outcome &answer) override;
    void onWork(Instant now, std::uint32_t request) override;
    void onCallerLeft(Instant now, std::uint32_t request) override;
    void onCallReturned(Instant now, std::uint32_t request, Outcome outcome) override;
    void onNote(Instant now, std::uint32_t note) override;
    Outcome probe(Instant now, std::uint64_t bits) override;
    void settle(Instant now) override;

private:
    /// Request::phase here.
    enum Phase : std::uint8_t {
        Queued,    ///< waits for a worker
        Working,   ///< a worker is on it; its end is scheduled
        Calling,   ///< its worker waits for one of the service's own calls
        BlackHole, ///< will never be answered
        Abandoned, ///< stopped because its caller left; the slot is freed when its event or queue place comes up
    };
    struct Waiting {
        std::uint32_t request;
        std::int64_t arrivedNs;
        std::int64_t workNs;
    };
    struct Instance {
        std::vector<Waiting> queue; ///< ring, a power of two
        std::uint32_t head = 0;
        std::uint32_t tail = 0;
        std::int64_t waiting = 0; ///< live requests in the queue
        std::int64_t busy = 0;    ///< workers taken
    };

    /// What a request of a service with own calls needs beyond its 24 bytes; Request::coin is its index.
    struct Story {
        std::uint64_t key = 0;
        std::uint32_t coin = 0;
        std::uint32_t callsMade = 0;
        Outcome outcome{};
        std::uint32_t nextFree = 0;
    };

    std::size_t chooseInstance(const Frame &frame);
    std::uint32_t newStory(Story story);
    std::uint32_t coinOf(const Request &request) const;
    void setOutcome(Request &request, Outcome outcome);
    Outcome outcomeOf(const Request &request) const;
    void answer(std::uint32_t request);
    void freeStory(const Request &request);
    /// A worker of \a instance takes \a request, whose own work is \a workNs long.
    void begin(Instant now, std::uint32_t request, Instance &instance, std::int64_t workNs);
    void beginNext(Instant now, Instance &instance);
    void endOfWork(Instant now, std::uint32_t request);
    void makeNextCall(std::uint32_t request);
    void push(Instance &instance, Waiting waiting);

    const ServiceSpec &m_spec;
    RandomStream m_random;
    Recorder::ServiceNow &m_count;
    FaultSchedule m_faults;
    Engine *m_engine = nullptr;
    std::uint32_t m_dependency = 0;
    std::vector<OwnCall> m_ownCalls;
    bool m_hasOwnCalls = false;
    bool m_oneInstance = true;
    std::int64_t m_workers;     ///< of one instance
    std::int64_t m_queuePlaces; ///< of one instance
    std::vector<Instance> m_instances;
    std::vector<Story> m_stories;
    std::uint32_t m_freeStory = ~0u;
    std::uint64_t m_errorThreshold32; ///< a coin of 32 bits below this fails
    std::size_t m_nextInstance = 0;
    // Time-weighted figures without a multiplication per change: the integral of the number of busy workers up to t is
    // m_busyNs + m_busy * t, where taking a worker at t adds -t to m_busyNs and freeing it adds +t.
    std::int64_t m_busy = 0;    ///< of all instances
    std::int64_t m_waiting = 0; ///< of all instances
    std::int64_t m_busyNs = 0;
    std::int64_t m_queuedNs = 0;
    std::int64_t m_busyToldNs = 0;   ///< what settle() has already counted
    std::int64_t m_queuedToldNs = 0;
};

} // namespace halfopen
