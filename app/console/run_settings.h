// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/scenario/loader.h"

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace halfopen {

/// What the flags --set and --duration change in a scenario before it is built.
struct RunSettings {
    std::vector<Override> overrides;
    std::optional<Duration> duration; ///< also the last of the overrides
};

/// The flag --duration: the same as --set duration=TIME, so that what a scenario measures against its length (the mean of a rate that
/// changes, a fault without an end) fits the run.
void declareDuration(CLI::App &app, std::string &text);

/// Reads them. The error names the flag.
Result<RunSettings> readRunSettings(const std::vector<std::string> &sets, const std::string &duration);

/// What was told of scenarios that are loaded from one file again and again.
struct LoadTelling {
    std::set<std::string> told;                ///< lines; none is told twice
    std::function<void(Diagnostic &)> rename{}; ///< names the flag of the user that a setting came from; may be empty
};

/// Calls the override of \a path in a message by the \a flag that the user gave it with: "--vary services.db.workers=x", not "--set ...".
void nameFlag(Diagnostic &diagnostic, const std::string &path, const std::string &flag);

/// Loads a scenario and prints every problem on stderr, but none that \a telling has told. Null if there is an error. That faults and
/// expectations lie behind the end that --duration gives is told in one line instead of a warning for each.
std::shared_ptr<const Scenario> loadForUser(const std::filesystem::path &path, const RunSettings &settings, LoadTelling *telling = nullptr);

} // namespace halfopen
