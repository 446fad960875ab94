// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/random.h"

#include <cstdint>
#include <vector>

namespace halfopen {

// Draw numbers of one attempt: attempt * kDraws + which.
inline constexpr std::uint32_t kDraws = 4;
inline constexpr std::uint32_t kDrawWork = 0;
inline constexpr std::uint32_t kDrawCoin = 1;
inline constexpr std::uint32_t kDrawInstance = 2;
inline constexpr std::uint32_t kDrawTaken = 3; // of the number of a request taken at random, not of a call

inline constexpr std::uint64_t kOdd = 0x9e3779b97f4a7c15u; // 2^64 / golden ratio

/// Different indices below a count, one after the other, each equally likely among those that are left.
class DistinctIndices {
public:
    DistinctIndices(std::uint64_t bits, std::uint64_t count) : m_bits(bits), m_count(count) {}
    std::uint64_t next()
    {
        const std::uint64_t taken = m_taken.size();
        std::uint64_t index = uniformIndex(mix64(m_bits + taken * kOdd), m_count - taken);
        auto place = m_taken.begin(); // sorted: steps over those that are taken
        for (; place != m_taken.end() && *place <= index; ++place)
            ++index;
        m_taken.insert(place, index);
        return index;
    }

private:
    std::uint64_t m_bits;
    std::uint64_t m_count;
    std::vector<std::uint64_t> m_taken;
};

} // namespace halfopen
