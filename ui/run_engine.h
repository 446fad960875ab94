// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/run/run_record.h"
#include "core/scenario/scenario.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <string_view>

namespace halfopen {

struct RunOptions;

/// What the run worker drives: the part of Simulation that it needs. Tests bring slow or scripted ones.
/// Used by one thread at a time. The meaning of each function is that of Simulation's.
class RunEngine {
public:
    virtual ~RunEngine() = default;
    virtual Instant now() const = 0;
    virtual Instant endTime() const = 0;
    virtual bool finished() const = 0;
    virtual std::uint64_t runUntil(Instant until, std::uint64_t maxEvents) = 0;
    virtual bool step() = 0;
    virtual bool runToNextTransition(std::uint64_t maxEvents) = 0;
    virtual void cancel() = 0;
    virtual Result<void> change(std::string_view path, std::string_view valueText) = 0;
    virtual RunRecord snapshot() const = 0;
};

/// Makes the engine of one run. Called on the worker's thread; may throw, which is reported as a failed run.
using EngineFactory
    = std::function<std::unique_ptr<RunEngine>(std::shared_ptr<const Scenario>, const RunOptions &)>;

/// The factory of the real thing: one Simulation per run.
EngineFactory simulationEngines();

} // namespace halfopen
