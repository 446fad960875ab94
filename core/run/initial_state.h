// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/run/run_record.h"

#include <cstdint>
#include <vector>

namespace halfopen {

/// The state of a breaker before its first transition, from the settings with which the run began: CLOSED, unless a mode
/// holds it in another one from the beginning. CLOSED, too, where the record has no scenario.
BreakerState initialState(const RunRecord &record, std::uint32_t breaker);
/// Of all breakers of \a record; those of a fleet are asked for once.
std::vector<BreakerState> initialStates(const RunRecord &record);

} // namespace halfopen
