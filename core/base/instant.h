// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <compare>
#include <cstdint>
#include <limits>

namespace halfopen {

/// A length of time in integer nanoseconds. Every duration of the lab has this type.
using Duration = std::chrono::nanoseconds;

/// A point in a run's own time: integer nanoseconds since the run began, never negative in a run.
/// It is not a clock: there is no now(). Virtual and wall time cannot be mixed by accident;
/// only core/live converts.
class Instant {
public:
    constexpr Instant() = default;
    constexpr explicit Instant(Duration sinceStart) : m_ns(sinceStart.count()) {}
    static constexpr Instant fromNs(std::int64_t ns) { return Instant(Duration(ns)); }
    /// Later than every instant a run can reach.
    static constexpr Instant never() { return fromNs(std::numeric_limits<std::int64_t>::max()); }

    constexpr std::int64_t ns() const { return m_ns; }
    constexpr Duration sinceStart() const { return Duration(m_ns); }
    constexpr double seconds() const { return static_cast<double>(m_ns) * 1e-9; }

    friend constexpr auto operator<=>(Instant, Instant) = default;
    friend constexpr Instant operator+(Instant t, Duration d) { return fromNs(t.m_ns + d.count()); }
    friend constexpr Instant operator-(Instant t, Duration d) { return fromNs(t.m_ns - d.count()); }
    friend constexpr Duration operator-(Instant a, Instant b) { return Duration(a.m_ns - b.m_ns); }

private:
    std::int64_t m_ns = 0;
};

/// Seconds as a real number, for reports only (never in the path of a decision).
constexpr double toSeconds(Duration d) { return static_cast<double>(d.count()) * 1e-9; }
/// Milliseconds as a real number, for reports only.
constexpr double toMilliseconds(Duration d) { return static_cast<double>(d.count()) * 1e-6; }

} // namespace halfopen
