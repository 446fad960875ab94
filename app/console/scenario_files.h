// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/scenario/loader.h"
#include "core/scenario/shipped_scenarios.h"

#include <filesystem>
#include <string>
#include <vector>

namespace halfopen {

/// Reads a "--set path=value" of the command line.
Result<std::vector<Override>> parseOverrides(const std::vector<std::string> &texts);

/// Loads a scenario and prints every problem on stderr. Null if there is an error.
std::shared_ptr<const Scenario> loadForUser(const std::filesystem::path &path,
                                            const std::vector<Override> &overrides);

} // namespace halfopen
