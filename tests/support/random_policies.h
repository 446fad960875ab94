// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/scenario/scenario.h"

#include <cstdint>

namespace halfopen::test {

/// randomScenario(\a number) with what it leaves out: layers of outlier_ejection and of fallbacks that call another service or work
/// themselves, at any place of the stacks. Its own draws: the worlds of randomScenario() stay as they are.
Scenario randomPolicyScenario(std::uint64_t number);

} // namespace halfopen::test
