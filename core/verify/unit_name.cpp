// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/verify/unit_name.h"

#include <algorithm>
#include <array>

namespace halfopen::verify {

namespace {

constexpr std::size_t kTimes = 13;
/// Those behind the first kTimes stand only behind "_per_".
constexpr std::array<TimeUnit, 19> kUnits = {{{"s", 1},
                                              {"ms", 1e-3},
                                              {"us", 1e-6},
                                              {"ns", 1e-9},
                                              {"h", 3600},
                                              {"sec", 1},
                                              {"seconds", 1},
                                              {"milliseconds", 1e-3},
                                              {"microseconds", 1e-6},
                                              {"nanoseconds", 1e-9},
                                              {"minutes", 60},
                                              {"hours", 3600},
                                              {"days", 86'400},
                                              {"min", 60},
                                              {"second", 1},
                                              {"minute", 60},
                                              {"hour", 3600},
                                              {"day", 86'400},
                                              {"millisecond", 1e-3}}};

const TimeUnit *findUnit(std::span<const TimeUnit> units, std::string_view name)
{
    const auto found = std::find_if(units.begin(), units.end(), [&](const TimeUnit &unit) { return unit.name == name; });
    return found == units.end() ? nullptr : &*found;
}

} // namespace

std::span<const TimeUnit> timeUnits()
{
    return std::span<const TimeUnit>(kUnits).first(kTimes);
}

std::span<const TimeUnit> rateUnits()
{
    return kUnits;
}

std::optional<SplitName> splitTime(std::string_view name)
{
    const std::size_t at = name.rfind('_');
    if (at == std::string_view::npos || at == 0 || name.substr(0, at).ends_with("_per"))
        return std::nullopt;
    const TimeUnit *unit = findUnit(timeUnits(), name.substr(at + 1));
    return unit ? std::optional(SplitName{std::string(name.substr(0, at)), *unit}) : std::nullopt;
}

std::optional<SplitName> splitRate(std::string_view name)
{
    constexpr std::string_view kMark = "_per_";
    const std::size_t at = name.rfind(kMark);
    if (at == std::string_view::npos || at == 0)
        return std::nullopt;
    const TimeUnit *unit = findUnit(rateUnits(), name.substr(at + kMark.size()));
    return unit ? std::optional(SplitName{std::string(name.substr(0, at)), *unit}) : std::nullopt;
}

} // namespace halfopen::verify
