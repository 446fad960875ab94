// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/scenario/vocabulary.h"

namespace halfopen {

/// Some workers are away: hung, throttled, or the whole service is frozen.
struct CapacityLossFaultConfig {
    double share = 1; ///< 0..1 of the workers of each instance; the number left is rounded down
};
const Schema &capacityLossFaultSchema();
void applyCapacityLossFault(const void *config, const FaultDraw &draw, FaultDecision &decision);

} // namespace halfopen
