// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

namespace halfopen {

/// 128-bit integers, kept behind this header because they are an extension of the compiler.
__extension__ typedef __int128 Wide;
__extension__ typedef unsigned __int128 UnsignedWide;

/// The upper 64 bits of the 128-bit product: floor(a * b / 2^64).
constexpr std::uint64_t mulHigh(std::uint64_t a, std::uint64_t b)
{
    return static_cast<std::uint64_t>((static_cast<UnsignedWide>(a) * b) >> 64);
}

/// The same for signed numbers, rounded down (towards minus infinity).
constexpr std::int64_t mulHighSigned(std::int64_t a, std::int64_t b)
{
    return static_cast<std::int64_t>((static_cast<Wide>(a) * b) >> 64);
}

} // namespace halfopen
