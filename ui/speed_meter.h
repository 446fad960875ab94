// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/instant.h"

#include <cstdint>
#include <deque>

namespace halfopen {

/// How fast a run really goes, over about the last kWindow of real time. Pure: real time is an argument.
class SpeedMeter {
public:
    static constexpr Duration kWindow = std::chrono::milliseconds(700);

    /// Forgets everything: another run, or it stood still.
    void reset() { m_samples.clear(); }
    /// At \a real (nanoseconds since any fixed moment, never decreasing) the run was at \a reached and had begun
    /// \a calls calls.
    void add(Duration real, Instant reached, std::uint64_t calls);
    /// False until there are two samples at least 50 ms apart.
    bool hasResult() const;
    /// Virtual seconds per real second.
    double speed() const;
    /// Calls begun per real second.
    double callsPerSecond() const;

private:
    struct Sample {
        Duration real;
        Instant reached;
        std::uint64_t calls;
    };
    double seconds() const { return toSeconds(m_samples.back().real - m_samples.front().real); }
    std::deque<Sample> m_samples; ///< bounded by kWindow at screen rate
};

} // namespace halfopen
