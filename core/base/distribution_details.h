// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/distributions.h"

#include <cstdint>
#include <string>
#include <vector>

// What a distribution keeps besides its numbers: for the two files that make and ask it.

namespace halfopen {

struct Distribution::Branch {
    std::uint64_t first = 0; ///< bits in [first, last] choose this branch
    std::uint64_t last = 0;
    int shift = 0;             ///< brings the width of the range to [2^63, 2^64)
    std::uint64_t inverse = 0; ///< 2^127 over that width
    double weight = 0.0;
    Distribution distribution;
};

struct Distribution::Details {
    std::string text;
    std::int64_t tableMean = 0;
    std::vector<std::int64_t> values;
    std::vector<Branch> branches;
};

} // namespace halfopen
