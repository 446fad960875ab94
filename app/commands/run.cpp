// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/run.h"

#include "app/commands/command_line.h"
#include "app/console/flags.h"
#include "app/console/interrupt.h"
#include "app/console/run_driver.h"
#include "app/console/run_settings.h"
#include "app/console/scenario_files.h"
#include "app/console/terminal.h"
#include "app/console/today.h"
#include "core/report/format.h"
#include "core/report/html_report.h"
#include "core/report/json_report.h"
#include "core/report/output_file.h"
#include "core/report/summary.h"
#include "core/run/expectations.h"

#include <CLI/CLI.hpp>

#include <memory>
#include <optional>
#include <string>

namespace halfopen {

namespace {

namespace fs = std::filesystem;

struct RunFlags {
    std::string file;
    std::optional<std::uint64_t> seed;
    std::string duration;
    std::vector<std::string> sets;
    OptionalValueFlag json;
    OptionalValueFlag report;
    bool noProgress = false;
    LogOptions log;
};

/// The files asked for, opened before the run, so that a bad path is known before an hour of work.
struct Outputs {
    std::optional<report::OutputFile> json, html;

    static Result<Outputs> open(const RunFlags &flags, const fs::path &scenario)
    {
        Outputs outputs;
        if (flags.json.hasValue()) {
            Result<report::OutputFile> file = report::OutputFile::open(flags.json.value);
            if (!file)
                return tl::unexpected<Error>(file.error());
            outputs.json.emplace(std::move(*file));
        }
        if (flags.report.given) {
            const std::string path = flags.report.hasValue()
                                         ? flags.report.value
                                         : scenario.stem().string() + "-report.html";
            Result<report::OutputFile> file = report::OutputFile::open(path);
            if (!file)
                return tl::unexpected<Error>(file.error());
            outputs.html.emplace(std::move(*file));
        }
        return outputs;
    }

    Result<void> write(const RunRecord &record, const std::vector<ExpectationResult> &expectations, const std::vector<Override> &sets)
    {
        if (json)
            if (Result<void> done = json->commit(report::jsonReport(record, expectations)); !done)
                return done;
        if (!html)
            return {};
        std::vector<std::string> tuned;
        for (const Override &one : sets)
            tuned.push_back(one.path + ": " + one.value);
        return html->commit(report::htmlReport(record, expectations, {.date = today(), .tuned = std::move(tuned)}));
    }
};

int statusOf(RunEnd end)
{
    return end == RunEnd::Cancelled      ? kExitInterrupted
           : end == RunEnd::LimitReached ? kExitNotMet
                                         : kExitOk;
}

int run(RunFlags flags)
{
    // "run --json storm.yaml" means the scenario: a file to write is never called .yaml.
    for (OptionalValueFlag *flag : {&flags.json, &flags.report})
        if (Result<void> done = flag->giveBackScenario(flags.file); !done)
            return badInput(done.error());
    const Result<fs::path> path = resolveScenario(flags.file);
    const Result<RunSettings> settings = readRunSettings(flags.sets, flags.duration);
    RunOptions options{.seed = flags.seed};
    options.keepSojourn = flags.json.given;
    Result<RunLog> log = RunLog::open(flags.log);
    if (!path)
        return badInput(path.error());
    if (!settings)
        return badInput(settings.error());
    if (!log)
        return badInput(log.error());

    const std::shared_ptr<const Scenario> scenario = loadForUser(*path, *settings);
    if (!scenario)
        return kExitBadInput;
    Result<Outputs> outputs = Outputs::open(flags, *path);
    if (!outputs)
        return badInput(outputs.error());

    const InterruptGuard interrupt;
    Simulation simulation(scenario, options);
    log->begin(simulation.snapshot());
    const RunRecord record = driveToEnd(simulation, !flags.noProgress, &*log);
    const Result<void> logged = log->end(record);
    const std::vector<ExpectationResult> expectations = evaluateExpectations(record);

    const Result<void> written = outputs->write(record, expectations, settings->overrides);
    if (flags.json.given && !flags.json.hasValue())
        print(report::jsonReport(record, expectations));
    else
        print(report::summary(record, expectations, outputStyle()));
    if (!written)
        return badInput(written.error());
    if (!logged)
        return badInput(logged.error());
    if (outputs->html)
        std::fprintf(stderr, "report: %s\n", outputs->html->path().c_str());
    if (outputs->json)
        std::fprintf(stderr, "json: %s\n", outputs->json->path().c_str());
    return statusOf(record.end);
}

} // namespace

Action setUpRun(CLI::App &app)
{
    auto flags = std::make_shared<RunFlags>();
    app.add_option("FILE", flags->file, "scenario file, or the name of a shipped scenario");
    declareSeed(app, flags->seed, "seed of every draw, instead of the scenario's");
    app.add_option("--set", flags->sets, "change one setting of the scenario; may be repeated")
        ->option_text("PATH=VALUE")
        ->allow_extra_args(false);
    declareDuration(app, flags->duration);
    flags->json.declare(app, "--json", "[FILE]",
                        "print the result as JSON instead of a summary, or write it to FILE");
    flags->report.declare(app, "--report", "[FILE]",
                          "write an HTML report, to <scenario>-report.html without FILE");
    app.add_flag("--no-progress", flags->noProgress,
                 "no progress line (there is none unless stderr is a terminal)");
    app.add_option("--log-level", flags->log.level,
                   "what is logged on stderr: trace, debug, info, warn, error, off")
        ->option_text("LEVEL");
    app.add_option("--log-json", flags->log.jsonFile, "write every event as a line of JSON")
        ->option_text("FILE");
    return [flags] { return run(*flags); };
}

} // namespace halfopen
