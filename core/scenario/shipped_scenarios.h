// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <filesystem>
#include <string>
#include <vector>

namespace halfopen {

/// The scenario that `halfopen run` and the desktop take when none is named.
inline constexpr const char *kDefaultScenario = "retry_storm";

/// Where the shipped scenarios are: HALFOPEN_SCENARIOS, else <prefix>/share/halfopen/scenarios
/// beside the installed program, else the source tree that the program was built from. The error
/// says where it looked.
Result<std::filesystem::path> scenarioFolder();

/// The shipped scenarios by name ("retry_storm", "incidents/payment_outage"), sorted. Those in
/// bench/ are left out.
struct ShippedScenario {
    std::string name;
    std::filesystem::path path;
};
std::vector<ShippedScenario> shippedScenarios(const std::filesystem::path &folder);

/// The file that a user means: a path, or the name of a shipped scenario, without its folder where that is enough to tell it from the
/// others; empty = the default one. The error says which name is near.
Result<std::filesystem::path> resolveScenario(const std::string &named);

} // namespace halfopen
