// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <random>

namespace halfopen::live {

/// A seed that differs each time and in each process, so that processes do not draw alike.
inline std::uint64_t seedOfMachine()
{
    std::random_device source;
    const std::uint64_t high = source();
    return high << 32 | source();
}

} // namespace halfopen::live
