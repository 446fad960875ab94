// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/report/comparison.h"
#include "simulators/simulation.h"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace halfopen {

/// \a scenario with its circuit breakers (or the one that \a breaker names: its stack, or stack.layer) as the library
/// \a dialect has them, carried over by meaning. The error says what there is.
Result<report::ComparedVariant> dialectVariant(const Scenario &scenario, const std::string &dialect, const std::string &breaker = {});

/// Every order of policies that differs from that of \a scenario by two neighbours that changed places, one stack at a time.
std::vector<report::ComparedVariant> orderVariants(const Scenario &scenario);

/// One run of a variant.
struct ComparedRun {
    std::vector<double> figures; ///< one per report::comparedFigures()
    std::vector<report::Disturbance> disturbances;
    RunRecord record;
};
/// Runs \a scenario to its end, or to that of \a options, with \a changes made in their time. \a stop is asked every few
/// milliseconds; nothing when it said so.
std::optional<ComparedRun> runCompared(std::shared_ptr<const Scenario> scenario, const RunOptions &options,
                                       const std::vector<ParameterChange> &changes, const std::function<bool()> &stop);

/// Puts \a run in its place: the figures of every seed, and of the first the whole run. From several threads only where `figures` and
/// `recoveryStep` of the variant have a place for every seed already.
void takeRun(report::Comparison &comparison, std::size_t variant, std::size_t seed, ComparedRun run);

} // namespace halfopen
