// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/scenario/vocabulary.h"

namespace halfopen {

/// Work takes longer: a brown-out. The worker is held for the whole time, so queues grow behind it.
struct LatencyFaultConfig {
    Duration add{};          ///< added to the work of every affected request, >= 0
    Duration perRequest{};   ///< added per request that the instance works on when the work begins, itself included, >= 0
    double factor = 1;       ///< the work's own time is multiplied by it, 0.001 to 10 000
    double probability = 1;  ///< share of the requests that are affected, 0 to 1
};

const Schema &latencyFaultSchema();
void applyLatencyFault(const void *config, std::uint64_t bits, FaultDecision &decision);

} // namespace halfopen
