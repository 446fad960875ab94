// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/histogram.h"
#include "core/base/instant.h"

#include <algorithm>
#include <cstdint>
#include <string>

namespace halfopen {

/// The connection pools of one edge (one per process, or one for all).
struct PoolInfo {
    std::uint32_t edge = 0;
    std::int64_t size = 1;  ///< connections of one pool
    std::int64_t pools = 1;
};

/// What happened at the pools of one edge in one time bucket.
/// Over a run: asked = given + refused + left + those that wait.
struct PoolBucket {
    std::uint64_t asked = 0;   ///< requests that wanted a connection
    std::uint64_t waited = 0;  ///< of these: none was free
    std::uint64_t given = 0;   ///< got one
    std::uint64_t refused = 0; ///< waited as long as they may
    std::uint64_t left = 0;    ///< their callers left while they waited
    std::int64_t heldNs = 0;   ///< integral of the connections in use, ns x connections
    std::int64_t waitingNs = 0; ///< integral of the requests that wait, ns x requests
    std::uint32_t waitingMax = 0;

    void add(const PoolBucket &other)
    {
        asked += other.asked;
        waited += other.waited;
        given += other.given;
        refused += other.refused;
        left += other.left;
        heldNs += other.heldNs;
        waitingNs += other.waitingNs;
        waitingMax = std::max(waitingMax, other.waitingMax);
    }
};

struct PoolTotals : PoolBucket {
    Histogram wait; ///< of those that got a connection, ns; 0 for those that found one free
};

/// The queue that the workers of one client take their messages from.
struct BacklogInfo {
    std::uint32_t client = 0; ///< index into Scenario::clients
    std::int64_t workers = 1;
};

/// What happened at one such queue in one time bucket.
/// Over a run: published = acknowledged + dead-lettered + lost + those that wait or are being worked on.
struct BacklogBucket {
    std::uint64_t published = 0;
    std::uint64_t lost = 0;         ///< the queue was full
    std::uint64_t delivered = 0;    ///< to a worker, the first time and again
    std::uint64_t redelivered = 0;  ///< of these: not for the first time
    std::uint64_t acknowledged = 0; ///< done
    std::uint64_t failed = 0;       ///< deliveries whose call ended badly
    std::uint64_t timedOut = 0;     ///< deliveries that became visible again while their worker was still busy
    std::uint64_t duplicates = 0;   ///< calls that ended well for a message that was already done
    std::uint64_t deadLettered = 0;
    std::int64_t backlogNs = 0;     ///< integral of the messages that wait, ns x messages
    std::uint32_t backlogMax = 0;   ///< most messages that waited at once
    std::int64_t oldestNs = 0;      ///< greatest age, since its arrival, of a message that waits, seen at its taking and at the end
    std::uint64_t backlog = 0;      ///< messages that wait, at the end
    std::uint64_t inWork = 0;       ///< messages that a worker has taken, at the end

    void add(const BacklogBucket &later)
    {
        published += later.published;
        lost += later.lost;
        delivered += later.delivered;
        redelivered += later.redelivered;
        acknowledged += later.acknowledged;
        failed += later.failed;
        timedOut += later.timedOut;
        duplicates += later.duplicates;
        deadLettered += later.deadLettered;
        backlogNs += later.backlogNs;
        backlogMax = std::max(backlogMax, later.backlogMax);
        oldestNs = std::max(oldestNs, later.oldestNs);
        backlog = later.backlog;
        inWork = later.inWork;
    }
};

struct BacklogTotals : BacklogBucket {
    Histogram age; ///< arrival of a message to its acknowledgement, ns
};

/// A closed loop that keeps to a pace, and what it leaves out of its latencies.
struct PaceInfo {
    std::uint32_t client = 0; ///< index into Scenario::clients
};

struct PaceTotals {
    std::uint64_t missed = 0; ///< times of the pace that came before the answer to the call before
    /// Of each call and of each time that was left out: from the time it was meant to begin to the end of the call, ns.
    Histogram fromIntendedStart;
};

/// An endpoint of a service.
struct EndpointInfo {
    std::uint32_t service = 0; ///< index into RunRecord::services
    std::string name;
};

/// Whole-run figures of an endpoint. The counts are those of ServiceTotals: over the endpoints of a service they add up to
/// its own.
struct EndpointTotals {
    std::uint64_t arrivals = 0, started = 0, completed = 0, rejected = 0, refused = 0, failed = 0;
    std::uint64_t lost = 0, abandoned = 0;
    Histogram wait;    ///< time in the queue of started requests, ns
    Histogram service; ///< start of work to end of work, ns
    Histogram latency; ///< arrival to the end of the work, own calls included, of completed requests, ns
};

} // namespace halfopen
