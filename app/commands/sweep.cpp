// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/sweep.h"

#include "app/commands/command_line.h"
#include "app/console/flags.h"
#include "app/console/interrupt.h"
#include "core/scenario/expectation_reader.h"
#include "core/scenario/world_edges.h"
#include "core/scenario/nearest.h"
#include "app/console/parallel.h"
#include "app/console/run_settings.h"
#include "app/console/scenario_files.h"
#include "app/console/study_output.h"
#include "app/console/terminal.h"
#include "core/report/comparison.h"
#include "core/report/format.h"
#include "core/report/text_page.h"
#include "core/run/expectations.h"
#include "simulators/study/best_point.h"
#include "simulators/study/measured.h"
#include "simulators/study/present_value.h"
#include "simulators/study/ranges.h"
#include "simulators/vocabulary.h"

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <limits>
#include <memory>
#include <optional>
#include <string>

namespace halfopen {

namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;
using report::Estimate;

constexpr std::size_t kRunsMax = 100'000;
constexpr std::size_t kStandardValues = 5;

struct SweepFlags {
    std::string file;
    std::vector<std::string> varied;
    std::vector<std::string> metrics;
    std::vector<std::string> sets;
    std::string from, to, duration;
    std::optional<std::uint64_t> seed;
    std::uint32_t seeds = 1;
    unsigned jobs = 0;
    OptionalValueFlag json;
    OptionalValueFlag csv;
};

/// One combination of values.
struct Point {
    std::vector<std::size_t> at; ///< index of the value on each axis
    std::shared_ptr<const Scenario> scenario;
    std::vector<std::vector<double>> bySeed; ///< [seed][metric]; empty where not run
    std::vector<std::vector<Duration>> steps; ///< the same: in which each number is known; 0 = exactly

    /// The widest of a metric.
    Duration step(std::size_t m) const
    {
        Duration widest{};
        for (const std::vector<Duration> &seed : steps)
            if (!seed.empty())
                widest = std::max(widest, seed[m]);
        return widest;
    }
    Estimate metric(std::size_t m) const
    {
        std::vector<double> values;
        for (const std::vector<double> &seed : bySeed)
            if (!seed.empty())
                values.push_back(seed[m]);
        return report::estimate(values);
    }
    bool isComplete() const
    {
        for (const std::vector<double> &seed : bySeed)
            if (seed.empty())
                return false;
        return true;
    }
};

struct Sweep {
    std::vector<Axis> axes;
    std::vector<Measured> metrics;
    std::vector<std::uint64_t> seeds;
    std::vector<Point> points;
    std::optional<std::size_t> present; ///< the point that is the scenario as it is
    bool isComplete = true;

    /// By the first metric, over the seeds that ran at every point: after Ctrl-C the last one has not.
    std::optional<BestPoint> best() const
    {
        std::vector<std::vector<double>> values(points.size());
        for (std::size_t seed = 0; seed < seeds.size(); ++seed) {
            if (std::any_of(points.begin(), points.end(), [seed](const Point &point) { return point.bySeed[seed].empty(); }))
                continue;
            for (std::size_t p = 0; p < points.size(); ++p)
                values[p].push_back(points[p].bySeed[seed].front());
        }
        return bestPoint(values, betterOf(metrics.front()));
    }
};

Result<Measured> parseMetric(const std::string &text, const SweepFlags &flags, const Scenario &scenario)
{
    Measured measured;
    measured.name = text;
    const std::size_t at = text.find('@');
    const std::string key = text.substr(0, at);
    measured.figure = findStudyFigure(key);
    if (measured.figure != nullptr)
        return measured;
    measured.metric = findMetric(key);
    if (measured.metric == nullptr) {
        std::vector<std::string_view> names = {"time_to_detect", "time_to_recover"};
        for (const Metric &metric : metrics())
            names.push_back(metric.key);
        const auto near = nearest(key, names);
        return failure("there is no metric '" + key + "'" +
                       (near ? "; did you mean '" + std::string(*near) + "'?" : "; 'halfopen help' lists all"));
    }
    measured.where.of = at == std::string::npos ? "" : text.substr(at + 1);
    if (measured.metric->ofService && scenario.findService(measured.where.of) == nullptr)
        return failure("the metric '" + key + "' is of a service: --metric " + key + "@" +
                       (scenario.services.empty() ? "SERVICE" : scenario.services.front().name));
    if (!measured.where.of.empty()) {
        const MeasuredThings things = measuredThings(*measured.metric, scenario, edgeNames(worldEdges(scenario, kEdgesMax)));
        if (std::find(things.names.begin(), things.names.end(), measured.where.of) == things.names.end()) {
            const auto near = nearest(measured.where.of, std::vector<std::string_view>(things.names.begin(), things.names.end()));
            return failure("--metric " + text + ": there is no " + things.kind + " '" + measured.where.of + "' to measure '" + key + "' of" +
                           (near ? "; did you mean '" + std::string(*near) + "'?" : ""));
        }
    }
    const Result<std::optional<Duration>> from = parseDurationFlag("--from", flags.from);
    const Result<std::optional<Duration>> to = parseDurationFlag("--to", flags.to);
    if (!from)
        return tl::unexpected<Error>(from.error());
    if (!to)
        return tl::unexpected<Error>(to.error());
    measured.where.from = *from;
    measured.where.to = *to;
    return measured;
}

/// Whether all that is varied is in \a scenario as it is in \a present.
bool isPresent(const Sweep &sweep, const Scenario &scenario, const Scenario &present)
{
    return std::all_of(sweep.axes.begin(), sweep.axes.end(), [&](const Axis &axis) {
        const std::optional<std::string> value = presentValue(scenario, axis.path);
        return value && value == presentValue(present, axis.path);
    });
}

/// Every combination, the last axis fastest, each with its scenario; fewer once Ctrl-C was pressed. False after messages.
bool makePoints(Sweep &sweep, const fs::path &path, const std::vector<Override> &sets, const Scenario &present)
{
    std::vector<std::size_t> at(sweep.axes.size(), 0);
    while (!InterruptGuard::isRequested()) {
        std::vector<Override> overrides = sets;
        for (std::size_t a = 0; a < at.size(); ++a)
            overrides.push_back({sweep.axes[a].path, sweep.axes[a].values[at[a]]});
        Point point;
        point.at = at;
        // Warnings were printed once, for the scenario as it is; only an error is told for each.
        point.scenario = loadScenarioFile(path, standardVocabulary(), overrides).scenario;
        if (!point.scenario) {
            LoadTelling telling;
            telling.rename = [&sweep](Diagnostic &diagnostic) {
                for (const Axis &axis : sweep.axes)
                    nameFlag(diagnostic, axis.path, "--vary");
            };
            loadForUser(path, RunSettings{overrides, {}}, &telling);
            return false;
        }
        point.bySeed.resize(sweep.seeds.size());
        point.steps.resize(sweep.seeds.size());
        if (isPresent(sweep, *point.scenario, present))
            sweep.present = sweep.points.size();
        sweep.points.push_back(std::move(point));
        std::size_t a = at.size();
        while (a > 0 && ++at[a - 1] == sweep.axes[a - 1].values.size())
            at[--a] = 0;
        if (a == 0)
            break;
    }
    return true;
}

void runOne(Sweep &sweep, std::size_t index)
{
    Point &point = sweep.points[index % sweep.points.size()];
    const std::size_t seed = index / sweep.points.size();
    const std::optional<RunRecord> record =
        runForStudy(point.scenario, sweep.seeds[seed], {}, InterruptGuard::isRequested);
    if (!record)
        return;
    std::vector<double> values;
    std::vector<Duration> steps;
    for (const Measured &measured : sweep.metrics) {
        values.push_back(measured.of(*record));
        steps.push_back(measured.stepIn(*record));
    }
    point.bySeed[seed] = std::move(values);
    point.steps[seed] = std::move(steps);
}

std::string lastKey(const std::string &path)
{
    return path.substr(path.rfind('.') + 1);
}

/// "best goodput: 40%, within the noise of 3 others"
std::string bestText(const Sweep &sweep, const BestPoint &best)
{
    std::string text = "best " + sweep.metrics.front().name + ": ";
    for (std::size_t a = 0; a < sweep.axes.size(); ++a)
        text += (a > 0 ? ", " : "") + lastKey(sweep.axes[a].name) + " " + sweep.axes[a].values[sweep.points[best.point].at[a]];
    const std::string others = std::to_string(best.asGood) + (best.asGood == 1 ? " other" : " others");
    if (!best.isNoiseKnown)
        return text + (best.asGood > 0 ? ", as good as " + others : "") +
               (sweep.seeds.size() > 1 ? " (measured with one of the seeds only, which says nothing about noise)"
                                       : " (of one seed, which says nothing about noise: --seeds 5 does)");
    return text + (best.asGood > 0 ? ", within the noise of " + others : ", clearly");
}

/// "93.20 \u00b10.71 %", "1.2 s (1 of 3 seeds)", or "-" where nothing was measured.
std::string cellText(const Sweep &sweep, const Point &point, std::size_t metric)
{
    const Estimate e = point.metric(metric);
    if (e.count == 0)
        return "-";
    std::string text = estimateText(sweep.metrics[metric], e, point.step(metric));
    if (e.count < sweep.seeds.size())
        text += " (" + std::to_string(e.count) + " of " + std::to_string(sweep.seeds.size()) + " seeds)";
    return text;
}

std::string sweepText(const Sweep &sweep, const report::TextStyle &style)
{
    report::TextPage page(style);
    std::vector<report::TextTable::Column> columns;
    for (const Axis &axis : sweep.axes)
        columns.push_back({lastKey(axis.name)});
    for (const Measured &measured : sweep.metrics)
        columns.push_back({measured.name});
    columns.push_back({"", true, 0}); // what is marked
    columns.push_back({"", true, 1});
    report::TextTable table(columns, style);
    const std::optional<BestPoint> best = sweep.best();
    double most = 0;
    for (const Point &point : sweep.points)
        if (const double mean = point.metric(0).mean; std::isfinite(mean))
            most = std::max(most, mean);
    for (std::size_t p = 0; p < sweep.points.size(); ++p) {
        const Point &point = sweep.points[p];
        std::vector<report::TextTable::Cell> cells;
        for (std::size_t a = 0; a < sweep.axes.size(); ++a)
            cells.emplace_back(sweep.axes[a].values[point.at[a]]);
        for (std::size_t m = 0; m < sweep.metrics.size(); ++m)
            cells.emplace_back(cellText(sweep, point, m));
        const bool isBest = best && best->point == p;
        cells.emplace_back(std::string(isBest ? "best" : "") + (isBest && sweep.present == p ? ", " : "") + (sweep.present == p ? "now" : ""),
                           report::Tone::Strong);
        // A bar of the first metric: the shape of the sweep at a glance.
        const double mean = point.metric(0).mean;
        const auto bar = static_cast<std::size_t>(std::isfinite(mean) && most > 0 ? std::lround(std::max(mean, 0.0) / most * 20) : 0);
        std::string drawn;
        for (std::size_t i = 0; i < bar; ++i)
            drawn += "\u2588";
        cells.emplace_back(drawn);
        table.addRow(std::move(cells));
    }
    page.table(table);
    if (best)
        page.paragraph(bestText(sweep, *best));
    std::string facts = std::to_string(sweep.points.size()) + (sweep.points.size() == 1 ? " combination" : " combinations") + ", seed " + std::to_string(sweep.seeds.front());
    if (sweep.seeds.size() > 1)
        facts += " to " + std::to_string(sweep.seeds.back()) + "; means with 95 % confidence intervals";
    page.paragraph(facts + "; bars: " + sweep.metrics.front().name + (sweep.present ? "; now: as the scenario has it" : ""),
                   report::Tone::Faint);
    page.columnsLeftOut();
    if (!sweep.isComplete)
        page.paragraph("Interrupted: some runs are missing.", report::Tone::Warning);
    return page.text();
}

Json number(double value)
{
    return std::isfinite(value) ? Json(value) : Json();
}

std::string sweepJson(const Sweep &sweep)
{
    Json root;
    for (const Axis &axis : sweep.axes)
        root["vary"].push_back({{"path", axis.name}, {"values", axis.values}});
    for (const Measured &measured : sweep.metrics)
        root["metrics"].push_back(measured.name);
    root["seeds"] = sweep.seeds;
    root["complete"] = sweep.isComplete;
    if (const std::optional<BestPoint> best = sweep.best())
        root["best"] = {{"metric", sweep.metrics.front().name},
                        {"point", best->point},
                        {"as_good", best->asGood},
                        {"noise_known", best->isNoiseKnown}};
    root["present_point"] = sweep.present ? Json(*sweep.present) : Json();
    root["points"] = Json::array();
    for (const Point &point : sweep.points) {
        Json json;
        json["values"] = Json::array();
        for (std::size_t a = 0; a < sweep.axes.size(); ++a)
            json["values"].push_back(sweep.axes[a].values[point.at[a]]);
        json["complete"] = point.isComplete();
        for (std::size_t m = 0; m < sweep.metrics.size(); ++m) {
            const Estimate e = point.metric(m);
            Json &one = json["metrics"][sweep.metrics[m].name];
            one["mean"] = e.count > 0 ? number(e.mean) : Json();
            one["half_width_95"] = number(e.halfWidth);
            for (const std::vector<double> &seed : point.bySeed)
                one["by_seed"].push_back(seed.empty() ? Json() : number(seed[m]));
        }
        root["points"].push_back(std::move(json));
    }
    return root.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

std::string csvField(const std::string &text)
{
    if (text.find_first_of(",\"\n") == std::string::npos)
        return text;
    std::string quoted = "\"";
    for (const char c : text)
        quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
    return quoted + "\"";
}

/// A line per combination; plain numbers (shares 0..1, times in seconds); empty where nothing was measured.
std::string sweepCsv(const Sweep &sweep)
{
    std::string text;
    for (const Axis &axis : sweep.axes)
        text += (text.empty() ? "" : ",") + csvField(axis.name);
    const bool isMany = sweep.seeds.size() > 1;
    for (const Measured &measured : sweep.metrics)
        text += "," + csvField(measured.name) + (isMany ? "," + csvField(measured.name + "_half_width_95") : "");
    text += "\n";
    const auto plain = [](double value) { return std::isfinite(value) ? Json(value).dump() : std::string(); };
    for (const Point &point : sweep.points) {
        for (std::size_t a = 0; a < sweep.axes.size(); ++a)
            text += (a > 0 ? "," : "") + csvField(sweep.axes[a].values[point.at[a]]);
        for (std::size_t m = 0; m < sweep.metrics.size(); ++m) {
            const Estimate e = point.metric(m);
            text += "," + plain(e.mean) + (isMany ? "," + plain(e.halfWidth) : "");
        }
        text += "\n";
    }
    return text;
}

/// " For example ...", with a setting that acts in \a scenario; empty when there is none.
std::string proposalFor(const Scenario &scenario)
{
    const std::string axis = axisProposal(scenario);
    return axis.empty() ? "" : " For example --vary " + axis;
}

Result<Sweep> prepare(const SweepFlags &flags, const Scenario &scenario)
{
    Sweep sweep;
    std::size_t runs = flags.seeds;
    for (const std::string &text : flags.varied) {
        Result<Axis> axis = parseAxis("--vary", text, scenario, kStandardValues);
        if (!axis)
            return tl::unexpected<Error>(axis.error());
        runs *= axis->values.size();
        if (runs > kRunsMax)
            return failure("these are more than " + std::to_string(kRunsMax) + " runs: vary fewer values or seeds");
        sweep.axes.push_back(std::move(*axis));
    }
    if (sweep.axes.empty())
        return failure("--vary is required: which setting shall be varied?" + proposalFor(scenario));
    for (const Axis &axis : sweep.axes)
        if (axis.path == "seed")
            return failure("--vary seed would change nothing, because every combination meets the same seeds: use --seed N for another "
                           "one, --seeds N for several");
    for (const Axis &axis : sweep.axes)
        if (axis.path == "duration" && !flags.duration.empty())
            return failure("--vary duration and --duration say two things about the length of the runs: leave one out");
    std::vector<std::string> names = flags.metrics;
    if (names.empty())
        names = {"goodput", "p99"};
    for (const std::string &name : names) {
        Result<Measured> measured = parseMetric(name, flags, scenario);
        if (!measured)
            return tl::unexpected<Error>(measured.error());
        sweep.metrics.push_back(std::move(*measured));
    }
    for (std::uint32_t i = 0; i < flags.seeds; ++i)
        sweep.seeds.push_back(flags.seed.value_or(scenario.seed) + i);
    return sweep;
}

int sweep(SweepFlags flags)
{
    for (OptionalValueFlag *flag : {&flags.json, &flags.csv})
        if (Result<void> done = flag->giveBackScenario(flags.file); !done)
            return badInput(done.error());
    const Result<fs::path> path = resolveScenario(flags.file);
    if (!path)
        return badInput(path.error());
    const Result<RunSettings> settings = readRunSettings(flags.sets, flags.duration);
    if (!settings)
        return badInput(settings.error());
    const std::shared_ptr<const Scenario> scenario = loadForUser(*path, *settings);
    if (!scenario)
        return kExitBadInput;
    Result<Sweep> prepared = prepare(flags, *scenario);
    if (!prepared)
        return badInput(prepared.error());
    Sweep &all = *prepared;
    // From here on Ctrl-C is ours: it ends the reading of thousands of scenarios, and later the runs, with the table of those that are over.
    const InterruptGuard interrupt;
    if (!makePoints(all, *path, settings->overrides, *scenario))
        return kExitBadInput;
    if (InterruptGuard::isRequested()) {
        std::fprintf(stderr, "interrupted while the scenarios were read: nothing has run\n");
        return kExitInterrupted;
    }
    Result<StudyOutput> output = StudyOutput::open(flags.json, flags.csv);
    if (!output)
        return badInput(output.error());
    runParallel(all.points.size() * all.seeds.size(), flags.jobs, "runs", [&](std::size_t at) { runOne(all, at); });
    all.isComplete = !InterruptGuard::isRequested();
    return output->finish({.text = [&] { return sweepText(all, outputStyle()); },
                           .json = [&] { return sweepJson(all); },
                           .csv = [&] { return sweepCsv(all); }},
                          all.isComplete);
}

} // namespace

Action setUpSweep(CLI::App &app)
{
    auto flags = std::make_shared<SweepFlags>();
    app.add_option("FILE", flags->file, "scenario file, or the name of a shipped scenario");
    app.add_option("--vary", flags->varied, "a setting and its values: A..B/N, A..B/logN or A,B,C; may be repeated")
        ->option_text("PATH=VALUES")
        ->allow_extra_args(false);
    app.add_option("--metric", flags->metrics, "what is measured; goodput and p99 without it; may be repeated")
        ->option_text("NAME[@OF]")
        ->allow_extra_args(false);
    app.add_option("--from", flags->from, "measure from this instant on")->option_text("TIME");
    app.add_option("--to", flags->to, "measure up to this instant")->option_text("TIME");
    app.add_option("--seeds", flags->seeds, "runs of each combination, for confidence intervals")
        ->option_text("N")
        ->check(CLI::Range(1u, 10'000u));
    declareSeed(app, flags->seed, "the first seed, instead of the scenario's");
    app.add_option("--set", flags->sets, "change one setting for all runs; may be repeated")
        ->option_text("PATH=VALUE")
        ->allow_extra_args(false);
    declareDuration(app, flags->duration);
    flags->json.declare(app, "--json", "[FILE]", "print the result as JSON, or write it to FILE");
    flags->csv.declare(app, "--csv", "[FILE]", "print the result as CSV, or write it to FILE");
    app.add_option("-j,--jobs", flags->jobs, "runs at once; the cores of the machine without it")
        ->option_text("N")
        ->check(CLI::Range(1u, 1024u));
    return [flags] { return sweep(*flags); };
}

} // namespace halfopen
