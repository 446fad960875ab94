// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/check.h"

#include "app/commands/command_line.h"
#include "app/console/diagnostics.h"
#include "app/console/flags.h"
#include "app/console/interrupt.h"
#include "app/console/run_driver.h"
#include "app/console/scenario_files.h"
#include "app/console/terminal.h"
#include "app/console/thread_time.h"
#include "core/report/format.h"
#include "core/report/json_report.h"
#include "core/report/junit_report.h"
#include "core/report/output_file.h"
#include "core/report/summary.h"
#include "simulators/vocabulary.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <cstdio>
#include <atomic>
#include <cmath>
#include <memory>
#include <optional>
#include <thread>

namespace halfopen {

namespace {

namespace fs = std::filesystem;
using report::CheckedScenario;

struct CheckFlags {
    std::vector<std::string> files;
    std::string junit;
    OptionalValueFlag json;
    unsigned jobs = 0;
    std::optional<std::uint64_t> seed;
};

/// One scenario and what came out of it.
struct Check {
    fs::path path;
    CheckedScenario result;
    std::string warnings; ///< of a scenario that can be run all the same
    int status = kExitOk;
};

/// Runs on any thread; touches nothing but \a check.
void runCheck(Check &check, const std::optional<std::uint64_t> &seed)
{
    CheckedScenario &result = check.result;
    result.path = check.path.string();
    result.name = check.path.stem().string();
    const double start = threadSeconds();
    const LoadResult loaded = loadScenarioFile(check.path, standardVocabulary());
    if (!loaded.ok()) {
        result.error = diagnosticsText(loaded.diagnostics);
        check.status = kExitBadInput;
        return;
    }
    check.warnings = diagnosticsText(loaded.diagnostics);
    result.name = loaded.scenario->name;
    result.defaults = loaded.scenario->defaults;
    RunOptions options;
    options.seed = seed;
    options.sampleCalls = false;
    Simulation simulation(loaded.scenario, options);
    const RunRecord record = driveToEnd(simulation, false);
    result.seconds = threadSeconds() - start;
    result.seed = record.seed;
    result.fingerprint = record.fingerprint;
    if (record.end == RunEnd::Cancelled) {
        result.error =
            "interrupted after " + report::formatInstant(record.now) + " of virtual time";
        check.status = kExitInterrupted;
        return;
    }
    if (record.end == RunEnd::LimitReached) {
        result.error = "stopped at a limit after " + report::formatInstant(record.now) + ": " +
                       record.endMessage;
        check.status = kExitNotMet;
        return;
    }
    result.results = evaluateExpectations(record);
    const bool isMet = std::all_of(result.results.begin(), result.results.end(),
                                   [](const ExpectationResult &one) { return one.met; });
    check.status = isMet ? kExitOk : kExitNotMet;
}

/// Files as they are, shipped scenarios by name, and every scenario of a folder, sorted.
Result<std::vector<Check>> collect(const std::vector<std::string> &names)
{
    std::vector<Check> checks;
    for (const std::string &name : names) {
        std::error_code ignored;
        if (fs::is_directory(name, ignored)) {
            const std::vector<ShippedScenario> inside = shippedScenarios(name);
            if (inside.empty())
                return failure("there is no scenario (.yaml) in the folder '" + name + "'");
            for (const ShippedScenario &scenario : inside)
                checks.push_back({.path = scenario.path, .result = {}});
            continue;
        }
        Result<fs::path> path = resolveScenario(name);
        if (!path)
            return tl::unexpected<Error>(path.error());
        checks.push_back({.path = *path, .result = {}});
    }
    return checks;
}

void printCheck(const Check &check, const report::TextStyle &style)
{
    const CheckedScenario &result = check.result;
    if (!result.error.empty()) {
        print(report::paint("ERROR ", report::Tone::Bad, style) + report::printable(result.path) +
              "\n");
        // The loader's text already names file, line and column, and belongs on stderr.
        std::fprintf(stderr, "%s%s", result.error.c_str(),
                     result.error.ends_with('\n') ? "" : "\n");
        return;
    }
    const bool isMet = check.status == kExitOk;
    std::string line =
        report::paint(isMet ? "PASS " : "FAIL ", isMet ? report::Tone::Good : report::Tone::Bad,
                      style) +
        report::printable(result.path) +
        report::paint("  " + report::formatSeconds(result.seconds), report::Tone::Faint, style) +
        "\n";
    if (!result.defaults.empty())
        line += report::paint("  " + report::printable(report::defaultsSentence(result.defaults)), report::Tone::Warning, style) + "\n";
    if (result.results.empty())
        line += "  expects nothing, so there was nothing to judge\n";
    print(line + report::expectationLines(result.results, style));
}

void printTotals(const std::vector<Check> &checks)
{
    std::uint64_t met = 0, missed = 0, behind = 0, errors = 0;
    for (const Check &check : checks) {
        errors += check.result.error.empty() ? 0 : 1;
        for (const ExpectationResult &one : check.result.results)
            (one.met ? met : one.reached ? missed : behind) += 1;
    }
    const auto noun = [](std::uint64_t count, const char *one) {
        return report::formatCount(count) + " " + one + (count == 1 ? "" : "s");
    };
    print("\n" + noun(checks.size(), "scenario") + ", " + noun(met + missed + behind, "expectation") + ": " +
          report::formatCount(met) + " met, " + report::formatCount(missed) + " missed" +
          (behind > 0 ? ", " + report::formatCount(behind) + " not reached, which fails a check" : "") +
          (errors > 0 ? ", " + noun(errors, "scenario") + " could not be judged" : "") + "\n");
}

/// The most telling status of all: a broken file before an interrupt before a missed expectation.
int worstStatus(const std::vector<Check> &checks)
{
    for (const int status : {kExitBadInput, kExitInterrupted, kExitNotMet})
        if (std::any_of(checks.begin(), checks.end(),
                        [&](const Check &check) { return check.status == status; }))
            return status;
    return kExitOk;
}

void runAll(std::vector<Check> &checks, const CheckFlags &flags)
{
    const unsigned jobs =
        flags.jobs > 0 ? flags.jobs : std::max(1u, std::thread::hardware_concurrency());
    std::atomic<std::size_t> next{0};
    std::vector<std::jthread> workers;
    for (unsigned i = 0; i < std::min<std::size_t>(jobs, checks.size()); ++i)
        workers.emplace_back([&] {
            for (std::size_t at = next++; at < checks.size(); at = next++)
                runCheck(checks[at], flags.seed);
        });
}

int check(CheckFlags flags)
{
    std::string scenario;
    if (Result<void> done = flags.json.giveBackScenario(scenario); !done)
        return badInput(done.error());
    if (!scenario.empty())
        flags.files.push_back(scenario);
    if (flags.files.empty())
        return badInput({"FILE is required: which scenarios shall be checked?"});
    Result<std::vector<Check>> checks = collect(flags.files);
    if (!checks)
        return badInput(checks.error());
    std::vector<std::pair<report::OutputFile, bool>> outputs; // true = JUnit
    for (const auto &[path, isJunit] :
         {std::pair(flags.junit, true), std::pair(flags.json.value, false)}) {
        if (path.empty())
            continue;
        Result<report::OutputFile> file = report::OutputFile::open(path);
        if (!file)
            return badInput(file.error());
        outputs.emplace_back(std::move(*file), isJunit);
    }
    {
        const InterruptGuard interrupt;
        runAll(*checks, flags);
    }
    std::vector<CheckedScenario> results;
    for (const Check &one : *checks) {
        results.push_back(one.result);
        std::fputs(one.warnings.c_str(), stderr);
    }
    if (flags.json.given && !flags.json.hasValue()) {
        print(report::jsonReport(results));
    } else {
        for (const Check &one : *checks)
            printCheck(one, outputStyle());
        printTotals(*checks);
    }
    for (auto &[file, isJunit] : outputs)
        if (Result<void> done =
                file.commit(isJunit ? report::junitReport(results) : report::jsonReport(results));
            !done)
            return badInput(done.error());
    return worstStatus(*checks);
}

} // namespace

Action setUpCheck(CLI::App &app)
{
    auto flags = std::make_shared<CheckFlags>();
    app.add_option("FILE", flags->files, "scenario files, names of shipped scenarios, or folders");
    app.add_option("--junit", flags->junit, "write JUnit XML, as CI servers read it")
        ->option_text("FILE");
    flags->json.declare(app, "--json", "[FILE]",
                        "print the results as JSON instead of text, or write them to FILE");
    app.add_option("-j,--jobs", flags->jobs,
                   "scenarios run at once; the cores of the machine without it")
        ->option_text("N")
        ->check(CLI::Range(1u, 1024u));
    declareSeed(app, flags->seed, "seed of every draw, instead of the scenarios'");
    return [flags] { return check(*flags); };
}

} // namespace halfopen
