// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/scenario/vocabulary.h"

namespace halfopen {

/// The connection is refused at once, without any work: nobody listens there.
struct RefuseFaultConfig {
    double probability = 1; ///< share of the requests that are affected, 0 to 1
};

const Schema &refuseFaultSchema();
void applyRefuseFault(const void *config, const FaultDraw &draw, FaultDecision &decision);

} // namespace halfopen
