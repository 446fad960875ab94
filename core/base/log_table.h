// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

namespace halfopen::detail {

/// One of the 256 intervals of [1/2, 1) of the integer logarithm (see negativeLogQ58()).
struct LogTableEntry {
    std::uint64_t reciprocal; ///< c = 1/(centre of the interval), 63 fraction bits, in [1, 2)
    std::int64_t log;         ///< ln(c), 58 fraction bits
};

/// Constants written by core/base/make_log_table.py with exact arithmetic; never computed at start-up.
extern const LogTableEntry kLogTable[256];

} // namespace halfopen::detail
