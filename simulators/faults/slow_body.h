// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/scenario/vocabulary.h"

#include <optional>

namespace halfopen {

/// The answer begins in time and its end is late: a slow network, a large page, a drip. Callers wait for the end, so that a
/// timeout can strike between the two.
struct SlowBodyFaultConfig {
    Duration time = std::chrono::seconds(1); ///< from the beginning of the answer to its end, >= 0
    std::optional<std::int64_t> bytes;       ///< length of an answer, 1 to 10^12; with `rate` it gives the time
    std::optional<double> rate;              ///< bytes per second, > 0
    bool holdsWorker = false;                ///< the worker is held until the end
    double probability = 1;                  ///< share of the answers that are affected, 0 to 1
};

const Schema &slowBodyFaultSchema();
/// Decides when the answer leaves or, when it holds the worker, when the work begins.
unsigned slowBodyFaultStages(const void *config);
/// Weaker: the time shrinks; the share of the answers stays.
void applySlowBodyFault(const void *config, const FaultDraw &draw, FaultDecision &decision);

} // namespace halfopen
