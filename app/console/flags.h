// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/instant.h"
#include "core/base/result.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

namespace CLI {
class App;
class Option;
}

namespace halfopen {

/// A flag whose value may be left out: "--json" or "--json FILE".
struct OptionalValueFlag {
    bool given = false;
    std::string value;
    std::string name;

    bool hasValue() const { return given && !value.empty(); }
    /// Must live as long as \a app does.
    void declare(CLI::App &app, const std::string &flag, const std::string &valueName,
                 const std::string &help);
    /// A scenario behind such a flag ("--json storm.yaml") was meant as the scenario, not as a file
    /// to overwrite: moves it to \a file when that is empty. An error when a scenario is named
    /// already.
    Result<void> giveBackScenario(std::string &file);
};

/// A flag for a whole number 0..\a most, and nothing else, which CLI11 would cut to the range or read as a fraction.
CLI::Option *declareWholeNumber(CLI::App &app, const std::string &flag, std::uint64_t most, std::function<void(std::uint64_t)> take,
                                const std::string &help);
/// The flag "--seed N": a whole number 0..2^64-1.
void declareSeed(CLI::App &app, std::optional<std::uint64_t> &seed, const std::string &help);

/// Reads the value of a flag that takes a duration above 0. Empty text = the flag was not given.
Result<std::optional<Duration>> parseDurationFlag(std::string_view flag, const std::string &text);

} // namespace halfopen
