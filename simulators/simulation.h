// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/run/call_log.h"
#include "core/run/run_record.h"
#include "core/scenario/scenario.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace halfopen {

class Policy;

/// Limits and switches of a run that are not part of its world.
struct RunOptions {
    std::optional<std::uint64_t> seed;      ///< instead of the scenario's
    std::optional<Duration> duration;       ///< instead of the scenario's
    std::uint64_t callsInFlightMax = 20'000'000; ///< past it the run ends with RunEnd::LimitReached
    std::uint64_t eventsMax = ~0ull;
    std::size_t bucketsTarget = 600;        ///< the bucket width is the shortest round one that needs no more buckets
    bool sampleCalls = true;                ///< keep a bounded sample of whole calls
    std::optional<std::uint64_t> followedCall; ///< keep the whole of the call with this key, of any edge, and no sample
    std::string runId;                      ///< for logs; made from name and seed when empty
    bool logCalls = false;                  ///< keep every call of every client: takeCallLog()
    bool logWork = false;                   ///< keep every request of every service: takeWorkLog()
    bool keepSojourn = false;               ///< fill ServiceTotals::sojourn
};

/// One scenario being run in virtual time. Not thread-safe: one thread drives it.
///
/// Deterministic: the same scenario, seed and changes give the same fingerprint on every compiler and machine.
/// The run does not stop at `duration` by dropping calls: arrivals end there and what is in flight at that
/// instant is reported as callsInFlight.
class Simulation {
public:
    explicit Simulation(std::shared_ptr<const Scenario> scenario, RunOptions options = {});
    ~Simulation();
    Simulation(const Simulation &) = delete;
    Simulation &operator=(const Simulation &) = delete;

    Instant now() const;
    Instant endTime() const;
    bool finished() const;  ///< reached the end, was cancelled or met a limit

    /// Runs all events up to and including \a until (at most the end), or \a maxEvents of them, whichever
    /// comes first. Returns the number of events run. Afterwards now() == until unless maxEvents came first.
    std::uint64_t runUntil(Instant until, std::uint64_t maxEvents = ~0ull);
    /// Runs to the end, asking \a cancelled every few thousand events; true ends the run as Cancelled.
    void runToEnd(const std::function<bool()> &cancelled = {});
    /// Runs exactly one event. False at the end.
    bool step();
    /// Runs until a breaker changes its state; false if the end (or maxEvents) came first.
    bool runToNextTransition(std::uint64_t maxEvents = ~0ull);
    /// Ends the run where it is; what was computed stays.
    void cancel();

    /// Changes one policy setting from now() on, by its path "policies.<stack>.<layer>.<key>", and records it as an
    /// input. The error names path, value and legal range; nothing is changed then.
    Result<void> change(std::string_view path, std::string_view valueText);
    /// The present text of a setting ("250ms"), or an error for an unknown path.
    Result<std::string> setting(std::string_view path) const;
    /// The scenario with every change so far applied.
    const Scenario &currentScenario() const;

    /// Whole calls kept so far, as in RunRecord::calls.
    std::size_t callsKept() const;
    /// State changes of all breakers so far, also those past RunRecord::kMaxTransitions.
    std::uint64_t transitionsSeen() const;
    /// A copy of everything so far.
    RunRecord snapshot() const;
    /// Every ended call of a client's edge (by its number in the record); moves it out. Empty unless RunOptions::logCalls.
    CallLog takeCallLog(std::size_t edge);
    /// Every request of a service whose wait has ended; moves it out. Empty unless RunOptions::logWork.
    WorkLog takeWorkLog(std::size_t service);
    /// The policy object of a layer (outermost = 0) of an edge of the record, in one process: its explain() says what it
    /// knows now. Valid as long as the simulation.
    const Policy &policy(std::size_t edge, std::size_t layer, std::size_t process) const;
    struct Memory {
        /// What one call in flight occupies: its frame, its request, its event and a timer slot for each layer that has given
        /// a deadline. A cancelled timer keeps its 16 bytes until it would have fallen due.
        double bytesPerCallInFlight = 0;
        std::uint64_t bytesReserved = 0; ///< of all slabs and timers, as touched so far
    };
    Memory memory() const;

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace halfopen
