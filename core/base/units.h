// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/check.h"
#include "core/base/instant.h"
#include "core/base/random.h"
#include "core/base/result.h"

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

namespace halfopen {

/// A chance in [0, 1], checked when made.
class Probability {
public:
    constexpr Probability() = default;
    constexpr explicit Probability(double value) : m_value(value)
    {
        HALFOPEN_CHECK(value >= 0.0 && value <= 1.0);
    }
    constexpr double value() const { return m_value; }
    /// For chance(bits, threshold): value * 2^64 rounded down, and kAlways for a value of 1, where
    /// chance() is true for every draw. A value below 2^-64 is never.
    constexpr std::uint64_t threshold() const
    {
        return m_value >= 1.0 ? kAlways : static_cast<std::uint64_t>(m_value * 0x1p64);
    }
    friend constexpr auto operator<=>(Probability, Probability) = default;

private:
    double m_value = 0.0;
};

/// Events per second, >= 0 and finite, checked when made.
class Rate {
public:
    constexpr Rate() = default;
    constexpr explicit Rate(double perSecond) : m_perSecond(perSecond)
    {
        HALFOPEN_CHECK(perSecond >= 0.0 && perSecond < 1e300);
    }
    constexpr double perSecond() const { return m_perSecond; }
    constexpr bool isZero() const { return m_perSecond == 0.0; }
    /// The mean gap between events, to the nearest ns, in [1 ns, 2^53 ns = 104 days]; the longest
    /// for a rate of zero.
    constexpr Duration meanInterval() const
    {
        constexpr double kLongest = 0x1p53;
        const double ns = m_perSecond > 0.0 ? 1e9 / m_perSecond : kLongest;
        return Duration(ns >= kLongest ? std::int64_t{1} << 53
                        : ns < 1.0     ? 1
                                       : static_cast<std::int64_t>(ns + 0.5));
    }
    friend constexpr auto operator<=>(Rate, Rate) = default;

private:
    double m_perSecond = 0.0;
};

/// Reads "12ms", "1.5s", "2m", "1h30m", "250us", "10ns", "1d", or "0". Exact: no rounding, and more
/// digits than a nanosecond has are an error. Blanks are allowed before a unit and around the text.
/// Errors name the legal units.
[[nodiscard]] Result<Duration> parseDuration(std::string_view text);
/// Reads "900/s", "10/m", "3/h", "2.5/ms", or "0"; gives events per second.
[[nodiscard]] Result<double> parseRate(std::string_view text);
/// Reads "10%" or "0.1"; gives 0 to 1.
[[nodiscard]] Result<double> parseProbability(std::string_view text);
/// Reads a whole number that is not negative, "100" or "1_000".
[[nodiscard]] Result<std::int64_t> parseCount(std::string_view text);

/// A short text that parseDuration() reads back to the same value: "12ms", "1.5s", "2m30s", "0s".
/// From one minute on in whole parts. Negative values (only in reports) get a leading '-'.
[[nodiscard]] std::string formatDuration(Duration duration);
/// The shortest text in /s, /m, /h or /d that parseRate() reads back to the same value: "900/s".
/// \a perSecond is finite and not negative.
[[nodiscard]] std::string formatRate(double perSecond);
/// The shortest decimal, without exponent, that reads back to the same double: "0.5", "30".
[[nodiscard]] std::string formatNumber(double value);
/// A percentage that parseProbability() reads back to the same value: "10%".
[[nodiscard]] std::string formatProbability(double probability);

} // namespace halfopen
