// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace halfopen::verify {

/// A unit of time as the end of a name: "s" in "delay_s" and in "rate_per_s".
struct TimeUnit {
    std::string_view name;
    double seconds;
};
/// Short names first. "min" is none of them: "delay_min" is a least delay at least as often as it is minutes, which are
/// "delay_minutes". Behind "_per_" it can only be minutes.
std::span<const TimeUnit> timeUnits();
/// The same and more: what may stand behind "_per_".
std::span<const TimeUnit> rateUnits();

/// A name without its unit.
struct SplitName {
    std::string stem; ///< "delay", "rate"
    TimeUnit unit;
};
/// "delay_ms" is "delay" and "ms"; nothing if it does not end in a unit of time, or says "per".
std::optional<SplitName> splitTime(std::string_view name);
/// "rate_per_s" is "rate" and "s".
std::optional<SplitName> splitRate(std::string_view name);

} // namespace halfopen::verify
