// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scenario/shipped_scenarios.h"

#include "core/scenario/nearest.h"

#include <algorithm>
#include <cstdlib>
#include <optional>
#include <string_view>

namespace halfopen {

namespace {

namespace fs = std::filesystem;

bool isScenarioFile(const fs::path &path)
{
    return path.extension() == ".yaml" || path.extension() == ".yml";
}

/// "recorded-brownout" of "incidents/recorded-brownout".
std::string_view lastPart(std::string_view name)
{
    return name.substr(name.rfind('/') + 1);
}

/// "'a/x' or 'b/x'"
std::string eitherOf(const std::vector<const ShippedScenario *> &scenarios)
{
    std::string text;
    for (std::size_t i = 0; i < scenarios.size(); ++i)
        text += (i == 0 ? "'" : i + 1 == scenarios.size() ? " or '" : ", '") + scenarios[i]->name + "'";
    return text;
}

} // namespace

Result<fs::path> scenarioFolder()
{
    std::error_code ignored;
    if (const char *named = std::getenv("HALFOPEN_SCENARIOS"); named != nullptr && *named != '\0') {
        if (fs::is_directory(named, ignored))
            return fs::path(named);
        return failure("HALFOPEN_SCENARIOS is '" + std::string(named) + "', which is not a folder");
    }
    const fs::path program = fs::read_symlink("/proc/self/exe", ignored);
    const fs::path installed = program.parent_path().parent_path() / "share/halfopen/scenarios";
    if (fs::is_directory(installed, ignored))
        return installed;
    if (fs::is_directory(HALFOPEN_SOURCE_SCENARIOS, ignored))
        return fs::path(HALFOPEN_SOURCE_SCENARIOS);
    return failure("the folder of the shipped scenarios is missing: neither " + installed.string() +
                   " nor " HALFOPEN_SOURCE_SCENARIOS " is there; set HALFOPEN_SCENARIOS to it");
}

std::vector<ShippedScenario> shippedScenarios(const fs::path &folder)
{
    std::vector<ShippedScenario> found;
    std::error_code ignored;
    for (fs::recursive_directory_iterator entry(folder, ignored), end; entry != end;
         entry.increment(ignored)) {
        if (entry->is_directory() && entry->path().filename() == "bench") {
            entry.disable_recursion_pending();
            continue;
        }
        if (!entry->is_regular_file() || !isScenarioFile(entry->path()))
            continue;
        fs::path name = fs::relative(entry->path(), folder, ignored);
        found.push_back({.name = name.replace_extension().string(), .path = entry->path()});
    }
    std::sort(found.begin(), found.end(),
              [](const auto &a, const auto &b) { return a.name < b.name; });
    return found;
}

Result<fs::path> resolveScenario(const std::string &named)
{
    std::error_code ignored;
    if (!named.empty() && fs::exists(named, ignored))
        return fs::path(named);
    // Anything that looks like a path is one: the loader then says what is wrong with it.
    if (named.find('.') != std::string::npos)
        return fs::path(named);
    const Result<fs::path> folder = scenarioFolder();
    if (!folder)
        return folder;
    const std::string name = named.empty() ? kDefaultScenario : named;
    const std::vector<ShippedScenario> shipped = shippedScenarios(*folder);
    std::vector<std::string_view> names;
    std::vector<const ShippedScenario *> inFolders; // "recorded-brownout" for "incidents/recorded-brownout"
    for (const ShippedScenario &scenario : shipped) {
        if (scenario.name == name)
            return scenario.path;
        names.push_back(scenario.name);
        if (lastPart(scenario.name) == name)
            inFolders.push_back(&scenario);
    }
    if (inFolders.size() == 1)
        return inFolders.front()->path;
    if (inFolders.size() > 1)
        return failure("'" + name + "' may be " + eitherOf(inFolders) + ": give the folder, too");
    std::optional<std::string> near(nearest(name, names));
    if (!near) {
        std::vector<std::string_view> lastParts;
        for (const ShippedScenario &scenario : shipped)
            lastParts.push_back(lastPart(scenario.name));
        const auto part = nearest(name, lastParts);
        for (std::size_t i = 0; part && !near && i < shipped.size(); ++i)
            if (lastParts[i] == *part)
                near = shipped[i].name;
    }
    return failure("there is no file and no shipped scenario '" + name + "'" +
                   (near ? "; did you mean '" + *near + "'?" : "; 'halfopen list' shows them"));
}

} // namespace halfopen
