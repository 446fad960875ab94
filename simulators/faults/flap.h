// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/scenario/vocabulary.h"

#include <span>

namespace halfopen {

/// Goes down and comes back, again and again, as long as the fault lasts. Each cycle begins with the time that it is down.
struct FlapFaultConfig {
    Duration period = std::chrono::seconds(10); ///< from one going down to the next, >= 1 ms
    double down = 0.5;                          ///< share of each period, above 0 and below 1
    enum class Mode : std::uint8_t { Refuse, Reset, BlackHole, Crash } mode = Mode::Refuse; ///< as in an outage or a crash
};
std::span<const std::string_view> enumNames(FlapFaultConfig::Mode);

const Schema &flapFaultSchema();
unsigned flapFaultStages(const void *config);
FaultCycle flapFaultCycle(const void *config);
void applyFlapFault(const void *config, const FaultDraw &draw, FaultDecision &decision);

} // namespace halfopen
