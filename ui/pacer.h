// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/instant.h"

#include <optional>

namespace halfopen {

/// How fast virtual time passes.
struct Speed {
    static constexpr double kFactorMin = 0.1;
    static constexpr double kFactorMax = 1000;
    /// Virtual seconds per real second, kFactorMin to kFactorMax. Empty = as fast as the machine can.
    std::optional<double> factor = 1.0;

    static constexpr Speed unlimited() { return Speed{std::nullopt}; }
    friend constexpr bool operator==(const Speed &, const Speed &) = default;
};

/// Says how far a run should be, given the real time that has passed. Pure: real time is an argument
/// (nanoseconds since any fixed moment, never decreasing).
///
/// When the machine cannot keep up, at most kCatchUpMax of real time is owed; the rest is forgiven, so
/// that a run that met a heavy stretch does not race through the light one behind it.
class Pacer {
public:
    using RealTime = Duration;
    static constexpr RealTime kCatchUpMax = std::chrono::milliseconds(50);

    /// From here on: at \a real the run is at \a reached and goes on with \a speed.
    void anchor(RealTime real, Instant reached, Speed speed);
    /// Where the run should be at \a real; Instant::never() at unlimited speed.
    Instant target(RealTime real) const;
    /// Tells how far the run got by \a real. True if it fell behind by more than kCatchUpMax and part of the
    /// debt was forgiven.
    bool settle(RealTime real, Instant reached);

private:
    RealTime m_real{};
    Instant m_reached;
    Speed m_speed;
};

} // namespace halfopen
