// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/scenario/vocabulary.h"

namespace halfopen {

/// The connection breaks while the request is worked on: the work up to then is lost.
struct ResetFaultConfig {
    double after = 0.5;     ///< 0..1 of the work is done by then
    double probability = 1; ///< share of the requests that are affected, 0 to 1
};

const Schema &resetFaultSchema();
void applyResetFault(const void *config, const FaultDraw &draw, FaultDecision &decision);

} // namespace halfopen
