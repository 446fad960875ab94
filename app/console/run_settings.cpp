// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/run_settings.h"

#include "app/console/diagnostics.h"
#include "app/console/scenario_files.h"
#include "core/base/units.h"
#include "core/scenario/schema.h"
#include "core/scenario/world_schema.h"
#include "simulators/vocabulary.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <cstdio>

namespace halfopen {

namespace {

std::string some(std::size_t count, std::size_t all, const std::string &noun)
{
    return std::to_string(count) + " of " + std::to_string(all) + " " + noun + (all == 1 ? "" : "s");
}

/// "2 of 2 faults and 7 of 9 expectations", or empty.
std::string behindTheEnd(const Scenario &scenario)
{
    const auto faults = static_cast<std::size_t>(std::count_if(scenario.faults.begin(), scenario.faults.end(), [&](const FaultSpec &fault) {
        return fault.from >= scenario.duration;
    }));
    const auto expectations = static_cast<std::size_t>(
        std::count_if(scenario.expectations.begin(), scenario.expectations.end(), [&](const ExpectationSpec &expectation) {
            return expectation.from.value_or(Duration(0)) >= scenario.duration;
        }));
    std::string text = faults > 0 ? some(faults, scenario.faults.size(), "fault") : "";
    if (expectations > 0)
        text += (text.empty() ? "" : " and ") + some(expectations, scenario.expectations.size(), "expectation");
    return text;
}

} // namespace

void declareDuration(CLI::App &app, std::string &text)
{
    app.add_option("--duration", text, "virtual length, instead of the scenario's: 30s, 5m, 1h30m; the same as --set duration=TIME")
        ->option_text("TIME");
}

Result<RunSettings> readRunSettings(const std::vector<std::string> &sets, const std::string &duration)
{
    Result<std::vector<Override>> overrides = parseOverrides(sets);
    if (!overrides)
        return tl::unexpected<Error>(overrides.error());
    RunSettings settings{*std::move(overrides), {}};
    if (duration.empty())
        return settings;
    Field field = *worldSchema().find("duration");
    field.key = "--duration";
    const Result<Value> value = parseValue(field, duration);
    if (!value)
        return tl::unexpected<Error>(value.error());
    settings.duration = std::get<Duration>(*value);
    settings.overrides.push_back({"duration", duration});
    return settings;
}

void nameFlag(Diagnostic &diagnostic, const std::string &path, const std::string &flag)
{
    const std::string set = "--set ";
    if (diagnostic.path.starts_with(set + path + "="))
        diagnostic.path = flag + " " + diagnostic.path.substr(set.size());
}

std::shared_ptr<const Scenario> loadForUser(const std::filesystem::path &path, const RunSettings &settings, LoadTelling *telling)
{
    LoadTelling once;
    LoadTelling &tell = telling ? *telling : once;
    LoadResult loaded = loadScenarioFile(path, standardVocabulary(), settings.overrides);
    if (settings.duration)
        std::erase_if(loaded.diagnostics, [](const Diagnostic &one) { return one.kind == Diagnostic::Kind::BehindTheEnd; });
    for (Diagnostic &diagnostic : loaded.diagnostics)
        if (tell.rename)
            tell.rename(diagnostic);
    std::erase_if(loaded.diagnostics, [&tell](const Diagnostic &diagnostic) { return !tell.told.insert(diagnostic.text()).second; });
    std::fputs(diagnosticsText(loaded.diagnostics).c_str(), stderr);
    if (!loaded.ok() || !settings.duration)
        return loaded.scenario;
    const std::string behind = behindTheEnd(*loaded.scenario);
    const std::string note = "note: the run ends after " + formatDuration(loaded.scenario->duration) + ", before " + behind + "\n";
    if (!behind.empty() && tell.told.insert(note).second)
        std::fputs(note.c_str(), stderr);
    return loaded.scenario;
}

} // namespace halfopen
