// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

namespace halfopen::detail {

/// How many cells [1/2, 1) has in the integer logarithm (see negativeLogQ58()).
inline constexpr std::uint64_t kLogCells = 1024;

/// -ln at the ends of the cells, 58 fraction bits: ln 2 first, exactly 0 last. Constants written by
/// core/base/make_log_table.py with exact arithmetic; never computed at start-up.
extern const std::uint64_t kLogTable[kLogCells + 1];

} // namespace halfopen::detail
