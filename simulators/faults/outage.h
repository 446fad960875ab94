// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/scenario/vocabulary.h"

#include <span>

namespace halfopen {

/// Nothing is worked on: new requests are refused, reset, never answered, or held back until it ends. Requests already being
/// worked on finish.
struct OutageFaultConfig {
    enum class Mode : std::uint8_t { Refuse, Reset, BlackHole, Hold } mode = Mode::Refuse;
    double probability = 1; ///< share of the requests that are affected, 0 to 1
};
std::span<const std::string_view> enumNames(OutageFaultConfig::Mode);

const Schema &outageFaultSchema();
void applyOutageFault(const void *config, const FaultDraw &draw, FaultDecision &decision);

} // namespace halfopen
