// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/instant.h"
#include "core/scenario/scenario.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string_view>

namespace halfopen {

/// What one load and one length of the trigger lead to. Source of the idea: N. Bronson et al., "Metastable Failures in
/// Distributed Systems", HotOS 2021: a trigger that is over, and a system that stays down.
struct StabilityCell {
    enum class State : std::uint8_t { NotRun, Recovers, StaysDown, Overloaded, Limit } state = State::NotRun;
    double recovery = 0;      ///< seconds after the trigger's end by which it is back, for Recovers
    double resolution = 0;    ///< seconds: it came back between `recovery - resolution` and `recovery`
    double goodputBefore = 0; ///< share 0..1
    double goodputAfter = 0;  ///< of the last quarter of the time to settle
};

/// Goodput before the trigger below which a cell says nothing about the trigger.
inline constexpr double kWellBeforeTrigger = 0.9;

/// "recovers", "stays_down", ...: as files say it.
std::string_view stabilityStateName(StabilityCell::State state);

/// \a scenario with only its fault number \a fault, once and \a length long. No expectations, and its text says so in
/// the first line.
std::shared_ptr<const Scenario> withTrigger(const Scenario &scenario, std::size_t fault, Duration length);
/// How long such a run takes: to the trigger's end and \a settle more.
Duration stabilityDuration(const Scenario &scenario, std::size_t fault, Duration length, Duration settle);
/// Runs withTrigger() and judges it. Empty when \a cancelled said so on the way.
std::optional<StabilityCell> runStabilityCell(const Scenario &scenario, std::size_t fault, Duration length,
                                              Duration settle, std::uint64_t seed,
                                              const std::function<bool()> &cancelled);

} // namespace halfopen
