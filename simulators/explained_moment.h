// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/report/explain_report.h"
#include "simulators/simulation.h"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace halfopen {

/// A layer of the stack of an edge.
struct LayerPlace {
    std::string stack;
    std::uint32_t edge = 0;  ///< of the record
    std::uint32_t layer = 0; ///< outermost = 0
    bool isBreaker = false;

    std::string name() const { return stack + "." + std::to_string(layer); }
};
/// Every layer of every edge, in their order.
std::vector<LayerPlace> layerPlaces(const RunRecord &record);

/// What one layer in one process knew at one instant of a run, and the run up to then. `layer` points into the others.
struct ExplainedMoment {
    RunRecord record;
    WatchedCalls ended;
    WatchedCalls refused;
    std::vector<WatchedStay> stays;
    report::ExplainedLayer layer;

    ExplainedMoment() = default;
    ExplainedMoment(const ExplainedMoment &) = delete;
    ExplainedMoment &operator=(const ExplainedMoment &) = delete;
};

/// Runs \a scenario up to \a until (at most its end) with \a changes made again in their time, and asks the layer at \a place
/// in \a process, which must exist. Nothing else of the run is kept, so any moment costs a run up to it. \a stop is
/// asked every few milliseconds; null when it said so. Where the layer is a breaker and changes its state within \a lookAhead
/// after that, it is asked right after the last such change instead.
std::unique_ptr<const ExplainedMoment> explainMoment(std::shared_ptr<const Scenario> scenario, const LayerPlace &place,
                                                     std::uint32_t process, const RunOptions &options,
                                                     const std::vector<ParameterChange> &changes,
                                                     Instant until, const std::function<bool()> &stop = {},
                                                     Duration lookAhead = Duration(0));

} // namespace halfopen
