// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/scenario/scenario.h"

#include <cstdint>

namespace halfopen::test {

struct NaiveResult {
    std::uint64_t fingerprint = 0;
    std::uint64_t calls = 0;       ///< ended, on all edges
    std::uint64_t transitions = 0;
};

/// Runs \a scenario on a second, deliberately simple engine: one ordered map of closures, calls on the heap, layers by
/// recursion, a deque per queue, no slab, no rings, no tags. It shares the policies, samplers and arrival instants with the
/// fast engine (they have tests of their own) and nothing else. The same fingerprint from both is why the fast one is trusted.
NaiveResult runNaively(const Scenario &scenario, std::uint64_t seed);

} // namespace halfopen::test
