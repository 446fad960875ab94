// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/stability.h"

#include "app/commands/command_line.h"
#include "app/console/flags.h"
#include "app/console/interrupt.h"
#include "app/console/parallel.h"
#include "app/console/run_settings.h"
#include "app/console/scenario_files.h"
#include "app/console/study_output.h"
#include "app/console/terminal.h"
#include "core/base/units.h"
#include "core/report/format.h"
#include "core/report/recovery.h"
#include "core/report/text_page.h"
#include "simulators/study/ranges.h"
#include "simulators/study/stability.h"
#include "simulators/vocabulary.h"

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <cmath>
#include <limits>
#include <memory>
#include <optional>
#include <string>

namespace halfopen {

namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

constexpr std::size_t kRunsMax = 100'000;
constexpr std::size_t kStandardValues = 5;

struct StabilityFlags {
    std::string file;
    std::string varied;
    std::string trigger;
    std::string settle = "60s";
    std::int64_t fault = 0;
    std::vector<std::string> sets;
    std::optional<std::uint64_t> seed;
    unsigned jobs = 0;
    OptionalValueFlag json;
    OptionalValueFlag csv;
};

using Cell = StabilityCell;

struct StabilityMap {
    Axis axis;                                             ///< rows
    std::vector<std::shared_ptr<const Scenario>> scenarios; ///< one per row
    std::vector<Duration> triggers;                        ///< columns
    Duration settle{};
    std::string trigger; ///< "orders-db: latency +200 ms"
    std::vector<Cell> cells; ///< row by row
    std::uint64_t seed = 0;
    bool isComplete = true;

    const Cell &cell(std::size_t row, std::size_t column) const { return cells[row * triggers.size() + column]; }
};

void runOne(StabilityMap &map, std::size_t index, std::size_t fault)
{
    const std::size_t row = index / map.triggers.size();
    const Duration length = map.triggers[index % map.triggers.size()];
    if (const auto cell = runStabilityCell(*map.scenarios[row], fault, length, map.settle, map.seed,
                                           InterruptGuard::isRequested))
        map.cells[index] = *cell;
}

Duration ofSeconds(double seconds)
{
    return Duration(std::llround(seconds * 1e9));
}

report::TextTable::Cell cellText(const Cell &cell)
{
    switch (cell.state) {
    case Cell::State::NotRun:
        return "?";
    case Cell::State::Recovers:
        return {report::formatRecovery(ofSeconds(cell.recovery), ofSeconds(cell.resolution)), report::Tone::Good};
    case Cell::State::StaysDown:
        return {"DOWN", report::Tone::Bad};
    case Cell::State::Overloaded:
        return {"overload", report::Tone::Warning};
    case Cell::State::Limit:
        return {"LIMIT", report::Tone::Bad};
    }
    return "";
}

std::string mapText(const StabilityMap &map, const report::TextStyle &style)
{
    report::TextPage page(style);
    page.paragraph("Trigger: " + report::printable(map.trigger) + "; after it " + formatDuration(map.settle) +
                       " without a fault; seed " + std::to_string(map.seed),
                   report::Tone::Faint);
    std::vector<report::TextTable::Column> columns = {{report::printable(map.axis.name)}};
    for (const Duration trigger : map.triggers)
        columns.push_back({formatDuration(trigger)});
    report::TextTable table(columns, style);
    for (std::size_t row = 0; row < map.axis.values.size(); ++row) {
        std::vector<report::TextTable::Cell> cells = {map.axis.values[row]};
        for (std::size_t column = 0; column < map.triggers.size(); ++column)
            cells.push_back(cellText(map.cell(row, column)));
        table.addRow(std::move(cells));
    }
    page.blank();
    page.table(table);
    page.paragraph("columns: how long the trigger lasts; cells: time from its end by which goodput is back above 95 % of what "
                   "it was; DOWN: not within " +
                       formatDuration(map.settle) + "; overload: goodput was below 90 % before the trigger",
                   report::Tone::Faint);
    for (std::size_t row = 0; row < map.axis.values.size(); ++row)
        for (std::size_t column = 0; column < map.triggers.size(); ++column)
            if (map.cell(row, column).state == Cell::State::StaysDown) {
                page.paragraph("at " + map.axis.values[row] + " it stays down after " + formatDuration(map.triggers[column]));
                break;
            }
    if (!map.isComplete)
        page.paragraph("Interrupted: cells with ? were not run.", report::Tone::Warning);
    return page.text();
}

Json number(double value)
{
    return std::isfinite(value) ? Json(value) : Json();
}

std::string mapJson(const StabilityMap &map)
{
    Json root;
    root["vary"] = {{"path", map.axis.name}, {"values", map.axis.values}};
    root["trigger"] = map.trigger;
    root["trigger_s"] = Json::array();
    for (const Duration trigger : map.triggers)
        root["trigger_s"].push_back(toSeconds(trigger));
    root["settle_s"] = toSeconds(map.settle);
    root["seed"] = map.seed;
    root["complete"] = map.isComplete;
    root["rows"] = Json::array();
    for (std::size_t row = 0; row < map.axis.values.size(); ++row) {
        Json cells = Json::array();
        for (std::size_t column = 0; column < map.triggers.size(); ++column) {
            const Cell &cell = map.cell(row, column);
            cells.push_back({{"trigger_s", toSeconds(map.triggers[column])},
                             {"state", stabilityStateName(cell.state)},
                             {"recovery_s", cell.state == Cell::State::Recovers ? Json(cell.recovery) : Json()},
                             {"recovery_resolution_s", cell.state == Cell::State::Recovers ? Json(cell.resolution) : Json()},
                             {"goodput_before", number(cell.goodputBefore)},
                             {"goodput_after", number(cell.goodputAfter)}});
        }
        root["rows"].push_back({{"value", map.axis.values[row]}, {"cells", std::move(cells)}});
    }
    return root.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

std::string mapCsv(const StabilityMap &map)
{
    std::string text = map.axis.name + ",trigger_s,state,recovery_s,goodput_before,goodput_after\n";
    const auto plain = [](double value) { return std::isfinite(value) ? Json(value).dump() : std::string(); };
    for (std::size_t row = 0; row < map.axis.values.size(); ++row)
        for (std::size_t column = 0; column < map.triggers.size(); ++column) {
            const Cell &cell = map.cell(row, column);
            text += map.axis.values[row] + "," + plain(toSeconds(map.triggers[column])) + "," + std::string(stabilityStateName(cell.state)) +
                    "," + (cell.state == Cell::State::Recovers ? plain(cell.recovery) : "") + "," + plain(cell.goodputBefore) +
                    "," + plain(cell.goodputAfter) + "\n";
        }
    return text;
}

Result<std::vector<Duration>> parseTriggers(const std::string &text)
{
    if (text.empty())
        return failure("--trigger is required: how long does the trigger last? for example 5s..60s/5");
    const Result<std::vector<std::string>> values = parseValues(text, kStandardValues);
    if (!values)
        return failure("--trigger: " + values.error().message);
    std::vector<Duration> triggers;
    for (const std::string &value : *values) {
        const Result<Duration> length = parseDuration(value);
        if (!length)
            return failure("--trigger: " + length.error().message);
        if (*length <= Duration(0))
            return failure("--trigger: a trigger lasts longer than 0 s");
        triggers.push_back(*length);
    }
    return triggers;
}

/// The map before its runs. Prints the loader's messages; an empty message means that they say it all.
Result<StabilityMap> prepare(const StabilityFlags &flags)
{
    const Result<fs::path> path = resolveScenario(flags.file);
    if (!path)
        return tl::unexpected<Error>(path.error());
    const Result<std::vector<Override>> sets = parseOverrides(flags.sets);
    if (!sets)
        return tl::unexpected<Error>(sets.error());
    const std::shared_ptr<const Scenario> scenario = loadForUser(*path, *sets);
    if (!scenario)
        return failure("");
    if (scenario->faults.empty())
        return failure("the scenario has no fault that could be the trigger");
    if (flags.fault < 0 || flags.fault >= static_cast<std::int64_t>(scenario->faults.size()))
        return failure("--fault is " + std::to_string(flags.fault) + ", but the scenario has " +
                       (scenario->faults.size() == 1 ? "one fault, number 0" : "faults 0 to " + std::to_string(scenario->faults.size() - 1)));
    if (flags.varied.empty())
        return failure("--vary is required: the load, for example clients.web.rate=500..1500/6");
    StabilityMap map;
    Result<Axis> axis = parseAxis("--vary", flags.varied, *scenario, kStandardValues);
    if (!axis)
        return tl::unexpected<Error>(axis.error());
    Result<std::vector<Duration>> triggers = parseTriggers(flags.trigger);
    if (!triggers)
        return tl::unexpected<Error>(triggers.error());
    const Result<std::optional<Duration>> settle = parseDurationFlag("--settle", flags.settle);
    if (!settle)
        return tl::unexpected<Error>(settle.error());
    map.axis = std::move(*axis);
    map.triggers = std::move(*triggers);
    map.settle = **settle;
    map.seed = flags.seed.value_or(scenario->seed);
    const FaultSpec &fault = scenario->faults[static_cast<std::size_t>(flags.fault)];
    map.trigger = fault.on + ": " + std::string(fault.type->key()) + " from " + formatDuration(fault.from);
    if (map.axis.values.size() * map.triggers.size() > kRunsMax)
        return failure("these are more than " + report::formatCount(kRunsMax) + " runs");
    map.cells.resize(map.axis.values.size() * map.triggers.size());
    for (const std::string &value : map.axis.values) {
        std::vector<Override> overrides = *sets;
        overrides.push_back({map.axis.path, value});
        map.scenarios.push_back(loadScenarioFile(*path, standardVocabulary(), overrides).scenario);
        if (!map.scenarios.back()) { // its warnings were printed before; this prints the errors
            LoadTelling telling;
            telling.rename = [&map](Diagnostic &diagnostic) { nameFlag(diagnostic, map.axis.path, "--vary"); };
            loadForUser(*path, RunSettings{overrides, {}}, &telling);
            return failure("");
        }
    }
    return map;
}

int stability(StabilityFlags flags)
{
    for (OptionalValueFlag *flag : {&flags.json, &flags.csv})
        if (Result<void> done = flag->giveBackScenario(flags.file); !done)
            return badInput(done.error());
    Result<StabilityMap> prepared = prepare(flags);
    if (!prepared)
        return prepared.error().message.empty() ? int{kExitBadInput} : badInput(prepared.error());
    StabilityMap &map = *prepared;
    Result<StudyOutput> output = StudyOutput::open(flags.json, flags.csv);
    if (!output)
        return badInput(output.error());
    const InterruptGuard interrupt;
    runParallel(map.cells.size(), flags.jobs, "runs", [&](std::size_t at) { runOne(map, at, static_cast<std::size_t>(flags.fault)); });
    map.isComplete = !InterruptGuard::isRequested();
    return output->finish({.text = [&] { return mapText(map, outputStyle()); },
                           .json = [&] { return mapJson(map); },
                           .csv = [&] { return mapCsv(map); }},
                          map.isComplete);
}

} // namespace

Action setUpStability(CLI::App &app)
{
    auto flags = std::make_shared<StabilityFlags>();
    app.add_option("FILE", flags->file, "scenario file, or the name of a shipped scenario");
    app.add_option("--vary", flags->varied, "the load, or any other setting, and its values: A..B/N or A,B,C")
        ->option_text("PATH=VALUES");
    app.add_option("--trigger", flags->trigger, "how long the trigger fault lasts: 5s..60s/5 or 1s,10s")
        ->option_text("TIMES");
    app.add_option("--fault", flags->fault, "which fault of the scenario is the trigger, counted from 0; the others are left out")
        ->option_text("N");
    app.add_option("--settle", flags->settle, "how long to wait for the recovery")->option_text("TIME")->capture_default_str();
    declareSeed(app, flags->seed, "seed of every draw, instead of the scenario's");
    app.add_option("--set", flags->sets, "change one setting for all runs; may be repeated")
        ->option_text("PATH=VALUE")
        ->allow_extra_args(false);
    flags->json.declare(app, "--json", "[FILE]", "print the map as JSON, or write it to FILE");
    flags->csv.declare(app, "--csv", "[FILE]", "print the map as CSV, or write it to FILE");
    app.add_option("-j,--jobs", flags->jobs, "runs at once; the cores of the machine without it")
        ->option_text("N")
        ->check(CLI::Range(1u, 1024u));
    return [flags] { return stability(*flags); };
}

} // namespace halfopen
