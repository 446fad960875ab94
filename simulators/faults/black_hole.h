// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/scenario/vocabulary.h"

namespace halfopen {

/// Requests vanish before any work, and no answer ever comes.
struct BlackHoleFaultConfig {
    double probability = 1; ///< share of the requests that are affected, 0 to 1
};

const Schema &blackHoleFaultSchema();
void applyBlackHoleFault(const void *config, const FaultDraw &draw, FaultDecision &decision);

} // namespace halfopen
