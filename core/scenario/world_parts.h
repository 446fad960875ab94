// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/instant.h"

#include <cstdint>
#include <optional>

namespace halfopen {

/// The connections that the callers on one edge share: a request needs one from the moment it is sent.
struct PoolSpec {
    std::optional<std::int64_t> size; ///< connections, 1 to 1 000 000; none = as many as there are requests
    std::optional<Duration> maxWait;  ///< a request that waits longer for one is refused; none = as long as its caller waits
    /// Who shares one pool: each process of a client, each instance of a service (two words for one thing), or all.
    enum class Per : std::uint8_t { Process, Instance, Fleet } per = Per::Process;
    /// What becomes of the connection of a request whose caller has left: closed, so that another may be opened, or held until
    /// the service is done with the request.
    enum class Abandoned : std::uint8_t { Close, Hold } abandoned = Abandoned::Close;

    bool isThere() const { return size.has_value(); }
};

/// What a callee learns of the time its caller has left.
enum class DeadlineMode : std::uint8_t {
    Own,       ///< nothing: each call has the time that its own policies give it
    Propagate, ///< the call ends when the caller's own caller has left, and the callee drops it where it still waits
};

/// How work gets slower with the number of requests in service. Decided when the work begins.
struct SlowdownSpec {
    /// Straight from 1 at this share of busy workers to `factor` when all are busy. Both or none.
    std::optional<double> atBusy; ///< 0 to 1
    std::optional<double> factor; ///< 1 to 1000
    /// The Universal Scalability Law: n requests in service take 1 + contention (n - 1) + coherency n (n - 1) times as long.
    double contention = 0; ///< 0 to 10
    double coherency = 0;  ///< 0 to 1

    bool isThere() const { return factor.has_value() || contention > 0 || coherency > 0; }
};

/// Work is slower after a start: caches are empty, code is not compiled. Both or none.
struct ColdStartSpec {
    std::optional<double> factor;   ///< at the start, 1 to 1000; falls in a straight line to 1
    std::optional<Duration> length; ///< `for`

    bool isThere() const { return factor.has_value(); }
};

/// Every instance stands still from time to time: garbage collection, a stalled disk. Both times or none.
struct PauseSpec {
    std::optional<Duration> every;  ///< from the end of one to the beginning of the next, on average
    std::optional<Duration> length; ///< `for`
    enum class Timing : std::uint8_t { Random, Fixed } timing = Timing::Random;

    bool isThere() const { return every.has_value(); }
};

/// A client that takes its calls from a queue: arrivals are messages, a worker makes the call for one at a time.
struct WorkerSpec {
    std::optional<std::int64_t> workers; ///< 1 to 1 000 000; none = the client does not have a queue
    /// A message that was taken and not acknowledged for so long is delivered again.
    Duration visibilityTimeout = std::chrono::seconds(30);
    std::int64_t maxDeliveries = 5; ///< then it goes to the dead-letter queue; 1 to 1000
    Duration redeliveryDelay{};     ///< from a failed call to the next delivery
    std::int64_t maxBacklog = 10'000'000; ///< a message that finds so many waiting is lost

    bool isThere() const { return workers.has_value(); }
};

} // namespace halfopen
