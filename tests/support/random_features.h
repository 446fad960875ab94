// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/scenario/scenario.h"

#include <cstdint>

namespace halfopen::test {

/// Gives the world pools, slowdown, cold starts, pauses, deadlines that travel and workers with a queue here and there; the number
/// decides where.
void addFeatures(Scenario &scenario, std::uint64_t number);

/// randomScenario() of that number with such features.
Scenario eventfulScenario(std::uint64_t number);

} // namespace halfopen::test
