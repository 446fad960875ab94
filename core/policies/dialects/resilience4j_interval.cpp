// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/policies/dialects/resilience4j_interval.h"

#include <algorithm>
#include <limits>

namespace halfopen {

namespace {

/// Java's cast from double to long: truncates, and saturates instead of overflowing.
std::int64_t toLong(double value)
{
    constexpr auto kMax = std::numeric_limits<std::int64_t>::max();
    return value >= 0x1p63 ? kMax : static_cast<std::int64_t>(value);
}

} // namespace

std::int64_t Resilience4jInterval::baseMs(std::int64_t attempt) const
{
    std::int64_t wait = initialMs;
    if (!multiplier)
        return wait;
    for (std::int64_t i = 1; i < attempt; ++i) {
        const std::int64_t next = toLong(static_cast<double>(wait) * *multiplier);
        if (next == wait)
            break; // it stays so for every later attempt
        wait = next;
    }
    return wait;
}

std::int64_t Resilience4jInterval::waitMs(std::int64_t attempt, std::uint64_t bits) const
{
    std::int64_t wait = baseMs(attempt);
    if (randomizationFactor) {
        const auto base = static_cast<double>(wait);
        const double spread = *randomizationFactor * base;
        const double lo = base - spread;
        const double hi = base + spread;
        const double u = static_cast<double>(bits >> 11) * 0x1p-53;
        wait = toLong(std::max(1.0, lo + u * (hi - lo + 1)));
    }
    return maxMs ? std::min(wait, *maxMs) : wait;
}

} // namespace halfopen
