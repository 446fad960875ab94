// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/scenario/scenario.h"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace halfopen {

/// Values of one setting that are tried one after the other.
struct Axis {
    std::string name; ///< the path as the user wrote it
    std::string path; ///< the path in the scenario
    std::vector<std::string> values;
};

/// "20%..80%/13" (both ends and the count), "100ms..10s/log7" (equal ratios instead of equal steps), "5..20" (\a standard
/// values), or a list "1s,5s,30s". Both ends have the same kind of unit; whole numbers without one stay whole, so
/// there may be fewer values than asked for. At most 10 000.
Result<std::vector<std::string>> parseValues(std::string_view text, std::size_t standard);

/// "PATH=VALUES". The path "clients.NAME.rate" stands for the arrival rate of that client, and for the mean rate
/// of one whose rate changes, so that a wave stays a wave; a bare number there is per second.
Result<Axis> parseAxis(std::string_view flag, std::string_view text, const Scenario &scenario, std::size_t standard);

} // namespace halfopen
