// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/scenario/vocabulary.h"

#include <span>

namespace halfopen {

/// Work takes longer: a brown-out. The worker is held for the whole time, so queues grow behind it.
struct LatencyFaultConfig {
    Duration add{};          ///< added to the work of every affected request, >= 0
    Duration jitter{};       ///< how far the added time scatters, >= 0
    /// Uniform: add - jitter to add + jitter. Normal: jitter is the standard deviation. Exponential: at least add, and
    /// jitter more on average. Never below 0.
    enum class Spread : std::uint8_t { Uniform, Normal, Exponential } spread = Spread::Uniform;
    Duration perRequest{};   ///< added per request that the instance works on when the work begins, itself included, >= 0
    double factor = 1;       ///< the work's own time is multiplied by it, 0.001 to 10 000
    double probability = 1;  ///< share of the requests that are affected, 0 to 1
};
std::span<const std::string_view> enumNames(LatencyFaultConfig::Spread);

const Schema &latencyFaultSchema();
/// Weaker: times shrink, the factor comes nearer to 1; the share of the requests stays.
void applyLatencyFault(const void *config, const FaultDraw &draw, FaultDecision &decision);

} // namespace halfopen
