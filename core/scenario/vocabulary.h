// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/instant.h"
#include "core/policies/registry.h"
#include "core/scenario/schema.h"

#include <cstdint>
#include <span>

namespace halfopen {

/// What active faults do to one request, all of them folded together.
struct FaultDecision {
    bool refuse = false;    ///< answered at once with `outcome`, nothing is worked on
    bool blackHole = false; ///< never answered
    bool hold = false;      ///< reaches the service only when the fault ends
    bool losesRejection = false; ///< a full queue drops it in silence
    bool fail = false;      ///< worked on as usual, then answered with `outcome`
    Outcome outcome{};
    Duration delay{};                     ///< added to the work
    Duration delayPerRequest{};           ///< added to the work per request in service, itself included
    Instant heldUntil{};                  ///< later than now: when the fault that holds it ends; set by the schedule
    std::int64_t slowdownPermille = 1000; ///< work takes this many thousandths of its time
    std::int64_t workersPermille = 1000;  ///< of the workers are there; asked when a fault begins or ends, not per request
};

/// One kind of fault: a row of the table in simulators/faults/registry.cpp.
struct FaultType {
    const Schema &(*schema)();
    /// A pure decision for one request: folds this fault into \a decision. \a bits are 64 uniform
    /// bits.
    void (*apply)(const void *config, std::uint64_t bits, FaultDecision &decision);
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
