// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/scenario/vocabulary.h"

namespace halfopen {

/// A request that finds the queue full is dropped in silence, as packets are, instead of being answered.
struct LostRejectionsFaultConfig {
    double probability = 1; ///< share of the requests that are affected, 0 to 1
};

const Schema &lostRejectionsFaultSchema();
void applyLostRejectionsFault(const void *config, const FaultDraw &draw, FaultDecision &decision);

} // namespace halfopen
