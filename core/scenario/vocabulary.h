// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/instant.h"
#include "core/policies/registry.h"
#include "core/scenario/schema.h"

#include <cstdint>
#include <optional>
#include <span>

namespace halfopen {

/// When a fault decides, a bit each.
enum FaultStage : unsigned {
    kAtArrival = 1,   ///< when a request reaches its instance
    kAtFullQueue = 2, ///< when it finds no place there
    kAtWork = 4,      ///< when a worker takes it
    kAtAnswer = 8,    ///< when its answer leaves
    kOnInstances = 16, ///< not about one request: when the fault begins, ends or changes its strength
    kAboutRequests = kAtArrival | kAtFullQueue | kAtWork | kAtAnswer
};

/// What active faults do to one request, all of them folded together in the order of the scenario: times add, factors and
/// shares multiply, of two errors the later one is told. What is refused is not lost, what is lost is not held.
struct FaultDecision {
    bool refuse = false;    ///< answered at once with `outcome`, nothing is worked on
    bool blackHole = false; ///< never answered
    bool losesAnswer = false; ///< worked on; the answer never reaches the caller
    bool hold = false;      ///< reaches the service only when the fault ends
    bool losesRejection = false; ///< a full queue drops it in silence
    bool fail = false;      ///< worked on as usual, then answered with `outcome`
    Outcome outcome{};
    Duration delay{};                     ///< added to the work
    Duration delayPerRequest{};           ///< added to the work per request in service, itself included
    Instant heldUntil{};                  ///< later than now: when the fault that holds it ends; set by the schedule
    std::int64_t slowdownPermille = 1000; ///< work takes this many thousandths of its time
    std::int64_t workPermille = 1000;     ///< the work, delays included, ends after these thousandths of it
    Duration answerTime{};                ///< the answer takes so long after its beginning; no worker is held
    std::int64_t workersPermille = 1000;  ///< of the workers are there
    bool crashes = false;                 ///< the instance is gone, with all that waits or is worked on there
    bool crashesSilently = false;         ///< nobody tells its callers
};

/// What one decision may depend on besides the fault's settings.
struct FaultDraw {
    std::uint64_t bits;  ///< uniform
    double strength = 1; ///< 0 to 1: how much of the fault there is at this moment
};

/// Requests fail with this chance, at full strength, and are answered so.
struct ShareFails {
    double probability;
    Outcome outcome;
};

/// A fault that is only there for a part of each period, counted from the beginning of its window.
struct FaultCycle {
    Duration period;
    Duration active; ///< the first part of each period; > 0, < period
};

/// One kind of fault: a row of the table in simulators/faults/registry.cpp.
struct FaultType {
    const Schema &(*schema)();
    /// A pure decision: folds this fault into \a decision.
    void (*apply)(const void *config, const FaultDraw &draw, FaultDecision &decision);
    /// The FaultStage bits at which a fault with this config decides.
    unsigned (*stages)(const void *config);
    bool hasStrength = false; ///< a ramp or a wave makes it weaker: times, shares and chances shrink with it
    FaultCycle (*cycle)(const void *config) = nullptr; ///< for faults that come and go by themselves
    /// For faults that may do no more than let a share of the requests fail at work, all in one way. What apply() says, said once
    /// instead of for every request; nullopt if this config does something else.
    std::optional<ShareFails> (*onlyFails)(const void *config) = nullptr;
    std::string_view key() const { return schema().key; }
};

class Defaults; // core/settings/defaults.h

/// The words a scenario may use. The loader is given it, so that core needs to know no simulator.
struct Vocabulary {
    std::span<const PolicyType> policies;
    std::span<const FaultType> faults;
    const Defaults *defaults = nullptr; ///< of the user; null = what is built in. Must outlive the vocabulary

    const PolicyType *findPolicy(std::string_view key) const;
    const FaultType *findFault(std::string_view key) const;
};

} // namespace halfopen
