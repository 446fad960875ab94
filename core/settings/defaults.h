// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/policies/registry.h"
#include "core/scenario/schema.h"

#include <array>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace halfopen {

/// A default of a policy's setting that the user has put in place of the built-in one.
struct DefaultValue {
    enum class From : std::uint8_t { SettingsFile, Environment };
    const PolicyType *type = nullptr; ///< the row of policy and dialect
    const Field *field = nullptr;
    Value value;
    From from = From::Environment;
    std::string where; ///< "RETRY_MAX_ATTEMPTS", or "settings.yaml:3"
};

/// An environment variable that changes defaults. They act on the dialect `halfopen` only: what a setting of another
/// library is called and means is that library's affair.
struct DefaultVariable {
    std::string_view name;
    std::string_view meaning; ///< one line for help and listings
    /// "policy.setting", one or two of them.
    std::array<std::string_view, 2> settings;
};
std::span<const DefaultVariable> defaultVariables();

/// Where variables are looked up: the process's environment, or a test's.
using Environment = std::function<std::optional<std::string>(const std::string &name)>;
Environment processEnvironment();

/// The user's defaults of policy settings. Who wins: the scenario, then the environment, then the settings file, then what is
/// built in. A value, read once when a program starts.
class Defaults {
public:
    /// Puts the settings of the text of a settings file in place:
    ///     halfopen_settings: 1
    ///     defaults:
    ///       retry: { max_attempts: 4 }
    ///       circuit_breaker/resilience4j: { sliding_window_size: 50 }
    /// The error holds every problem of the file with its place, range and hint. \a path is used in messages.
    Result<void> addFile(std::string_view text, const std::filesystem::path &path);
    /// Puts the variables of defaultVariables() in place. Durations may be plain seconds ("30", "2.5"). Empty variables count as
    /// unset. The error names variable, value and legal range.
    Result<void> addEnvironment(const Environment &environment);

    const std::vector<DefaultValue> &values() const { return m_values; }
    bool empty() const { return m_values.empty(); }
    const std::filesystem::path &file() const { return m_file; } ///< empty = none was read
    /// Null if that setting has its built-in default.
    const DefaultValue *find(const PolicyType &type, const Field &field) const;

    /// Puts the defaults of this policy into \a config, which the schema has just made. \a isGiven says which settings the
    /// scenario gives itself: they are left alone, and so are defaults that have no meaning beside them. Returns those put.
    std::vector<const DefaultValue *> apply(const PolicyType &type, void *config,
                                            const std::function<bool(std::string_view key)> &isGiven) const;

private:
    void put(DefaultValue value);
    Result<void> checkRules() const;

    std::vector<DefaultValue> m_values;
    std::filesystem::path m_file;
};

/// Everything a program starts with: \a named (from --settings; it must exist), else <config>/halfopen/settings.yaml if there
/// is one, then the environment. <config> is $XDG_CONFIG_HOME, else $HOME/.config.
Result<Defaults> loadDefaults(const Environment &environment, const std::string &named = {});
/// The file that loadDefaults() looks for without a name; empty if there is no home.
std::filesystem::path standardSettingsFile(const Environment &environment);

} // namespace halfopen
