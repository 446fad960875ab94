// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/dependency.h"
#include "core/engine/engine.h"
#include "core/policies/waiting_line.h"
#include "core/run/recorder.h"
#include "core/scenario/scenario.h"

#include <cstdint>
#include <utility>
#include <vector>

namespace halfopen {

class ConnectionPool;

/// Which connection each request holds. One for all pools of a world: the engine tells it of every request that ends.
class ConnectionTable final : public RequestWatcher {
public:
    struct Hold {
        ConnectionPool *pool = nullptr; ///< null = none
        std::uint32_t part = 0;
        std::int64_t sinceNs = 0; ///< since when it waits
    };
    Hold &of(std::uint32_t request)
    {
        if (request >= m_holds.size())
            m_holds.resize(std::max<std::size_t>(request + 1, m_holds.size() * 2));
        return m_holds[request];
    }
    void requestEnds(std::uint32_t request) override;
    void requestMoves(std::uint32_t request, std::uint32_t to) override
    {
        const Hold held = std::exchange(of(request), {}); // of() may move them all
        of(to) = held;
    }

private:
    std::vector<Hold> m_holds; ///< by request
};

/// The connections of one edge, between the caller's policies and the service:
///
///     policies -> [ line, first in first out ] -> one of `size` connections -> service
///
/// A request is sent when it has a connection and gives it back when the service is done with it. What happens to the
/// connection of a request whose caller has left is a choice, because real pools do both. HTTP/1.1 cannot use a connection
/// again whose answer nobody read: the client closes it and may open another (`close`). A query goes on in a database for a
/// thread that holds the connection until it is answered, whoever stopped waiting for that thread (`hold`).
///
/// A request that has waited `max_wait` ends as `bulkhead_full`. Its caller counts it as an attempt; the service never saw it.
/// A connection that comes free goes to the request that waited longest, in an event of its own at the same instant.
class ConnectionPool final : public Dependency {
public:
    /// \a spec and \a target must outlive this. \a processes is the number of the callers.
    ConnectionPool(const PoolSpec &spec, std::uint32_t processes, Dependency &target, ConnectionTable &table,
                   Recorder::PoolNow &count);
    void connect(Engine &engine, std::uint32_t dependency, std::uint32_t target)
    {
        m_engine = &engine;
        m_dependency = dependency;
        m_targetNumber = target;
    }
    static std::int64_t poolsFor(const PoolSpec &spec, std::int64_t processes)
    {
        return spec.per == PoolSpec::Per::Fleet ? 1 : processes;
    }

    bool arrive(Instant now, std::uint32_t request, const Frame &caller, Outcome &answer) override;
    bool onWork(Instant now, std::uint32_t request, Outcome &answer) override;
    void onCallerLeft(Instant now, std::uint32_t request) override;
    void onCallReturned(Instant now, std::uint32_t request, Outcome outcome) override;
    void onNote(Instant now, std::uint32_t note) override;
    Outcome probe(Instant now, std::uint32_t edge, std::uint64_t bits) override { return m_target.probe(now, edge, bits); }
    std::uint32_t instances() const override { return m_target.instances(); }
    void settle(Instant now) override;

    /// A connection of \a part is free. Called by the table.
    void giveBack(std::uint32_t part);

private:
    /// Request::phase while the request is here.
    enum Phase : std::uint8_t { Waiting, Given, GivenAndLeft, Alarm };
    struct Part {
        WaitingLine line;
        std::int64_t inUse = 0;
        bool hasAlarm = false;
    };

    bool send(Instant now, std::uint32_t request, std::uint32_t part, Outcome &answer);
    void take(Part &part);
    void alarmRings(Instant now, std::uint32_t task);
    void setAlarm(Part &part);
    void stopWaiting(Instant now, Part &part, std::uint32_t request);

    const PoolSpec &m_spec;
    Dependency &m_target;
    ConnectionTable &m_table;
    Recorder::PoolNow &m_count;
    Engine *m_engine = nullptr;
    std::uint32_t m_dependency = 0;
    std::uint32_t m_targetNumber = 0;
    std::vector<Part> m_parts;
    // Integrals as in QueueingService: of the connections in use and of the requests that wait.
    std::int64_t m_inUse = 0;
    std::int64_t m_waiting = 0;
    std::int64_t m_heldNs = 0;
    std::int64_t m_waitingNs = 0;
    std::int64_t m_heldToldNs = 0;
    std::int64_t m_waitingToldNs = 0;
};

} // namespace halfopen
