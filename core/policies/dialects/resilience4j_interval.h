// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>

namespace halfopen {

/// The waits of resilience4j's IntervalFunction, in whole milliseconds as the library counts them.
/// Source: resilience4j 2.4, io.github.resilience4j.core.IntervalFunction.
struct Resilience4jInterval {
    std::int64_t initialMs = 500;
    std::optional<double> multiplier;          ///< none = every wait is initialMs
    std::optional<std::int64_t> maxMs;         ///< applied to the result, not to the step
    std::optional<double> randomizationFactor; ///< 0..1: spread around the wait; none = no chance

    /// The wait before retry (or in the opening) number \a attempt, from 1, without chance and cap: w(1) = initial,
    /// w(k+1) = trunc(w(k) * multiplier). So 7 ms * 1.1 stays 7 ms for ever. Saturates at the largest number.
    std::int64_t baseMs(std::int64_t attempt) const;
    /// With chance, then with the cap: trunc(max(1, lo + u * (hi - lo + 1))), lo and hi = base -+ factor * base and
    /// u in [0, 1) from 64 uniform \a bits. At the cap most randomised waits equal it.
    std::int64_t waitMs(std::int64_t attempt, std::uint64_t bits = 0) const;
};

} // namespace halfopen
