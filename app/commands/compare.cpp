// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/compare.h"

#include "app/commands/command_line.h"
#include "app/console/flags.h"
#include "app/console/interrupt.h"
#include "app/console/parallel.h"
#include "app/console/run_settings.h"
#include "app/console/scenario_files.h"
#include "app/console/terminal.h"
#include "app/console/today.h"
#include "core/report/comparison.h"
#include "core/report/format.h"
#include "core/report/output_file.h"
#include "core/scenario/loader.h"
#include "simulators/compared_runs.h"
#include "simulators/vocabulary.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

namespace halfopen {

namespace {

namespace fs = std::filesystem;
using report::ComparedVariant;
using report::Comparison;

struct CompareFlags {
    std::vector<std::string> files;
    std::vector<std::string> dialects;
    std::vector<std::string> variants;
    std::vector<std::string> sets;
    std::string breaker;
    std::string duration;
    std::optional<std::uint64_t> seed;
    std::uint32_t seeds = 1;
    unsigned jobs = 0;
    OptionalValueFlag json;
    OptionalValueFlag report;
};

std::vector<std::string> splitAtCommas(const std::vector<std::string> &texts)
{
    std::vector<std::string> parts;
    for (const std::string &text : texts)
        for (std::size_t at = 0; at <= text.size();) {
            const std::size_t end = std::min(text.find(',', at), text.size());
            if (end > at)
                parts.push_back(text.substr(at, end - at));
            at = end + 1;
        }
    return parts;
}

/// "--variant name:path=value", several of one name together.
struct NamedOverrides {
    std::string name;
    std::vector<Override> overrides;
};

Result<std::vector<NamedOverrides>> parseVariants(const std::vector<std::string> &texts, const std::vector<std::string> &taken)
{
    std::vector<NamedOverrides> variants;
    for (const std::string &text : texts) {
        const auto wrong = [&text](const std::string &why) {
            return failure("--variant takes name:path=value, for example patient:policies.db_client.1.recovery_timeout=20s; got '" + text +
                           "', which " + why);
        };
        const std::size_t colon = text.find(':');
        if (colon == std::string::npos)
            return wrong("has no ':' behind a name");
        const std::string name = text.substr(0, colon);
        if (name.empty())
            return wrong("has no name before the ':'");
        const std::size_t equals = text.find('=', colon);
        if (equals == std::string::npos)
            return wrong("has no '=' behind a path");
        if (equals == colon + 1)
            return wrong("has no path before the '='");
        if (std::find(taken.begin(), taken.end(), name) != taken.end())
            return failure("--variant " + text + ": there is a variant '" + name + "' already; give this one another name");
        const Override one{.path = text.substr(colon + 1, equals - colon - 1), .value = text.substr(equals + 1)};
        if (one.path == "seed")
            return failure("--variant " + text + " would change nothing, because every variant meets the same seeds: use --seed N for "
                           "another one, --seeds N for several");
        auto known = std::find_if(variants.begin(), variants.end(), [&](const auto &v) { return v.name == name; });
        if (known == variants.end())
            known = variants.insert(variants.end(), {name, {}});
        for (const Override &other : known->overrides)
            if (other.path == one.path)
                return failure("--variant " + text + ": '" + name + "' sets " + one.path + " to " + other.value +
                               " already; give one of the two another name");
        known->overrides.push_back(one);
    }
    return variants;
}

/// The scenario of one variant. Null after messages, which name the flag that it came from.
std::shared_ptr<const Scenario> loadVariant(const fs::path &path, RunSettings settings, const NamedOverrides &own, LoadTelling &telling)
{
    settings.overrides.insert(settings.overrides.end(), own.overrides.begin(), own.overrides.end());
    telling.rename = [&own](Diagnostic &diagnostic) {
        for (const Override &one : own.overrides)
            if (diagnostic.path == "--set " + one.path + '=' + one.value)
                diagnostic.path = "--variant " + own.name + ':' + one.path + '=' + one.value;
    };
    const std::shared_ptr<const Scenario> scenario = loadForUser(path, settings, &telling);
    telling.rename = {};
    return scenario;
}

/// Everything that is compared, the first the one that the others are compared with. Empty after a message.
Result<std::vector<ComparedVariant>> makeVariants(const CompareFlags &flags)
{
    const Result<RunSettings> settings = readRunSettings(flags.sets, flags.duration);
    if (!settings)
        return tl::unexpected<Error>(settings.error());
    std::vector<ComparedVariant> variants;
    std::vector<fs::path> paths;
    LoadTelling telling; // what is true of the scenario as it is need not be said of each variant
    for (const std::string &file : flags.files) {
        const Result<fs::path> path = resolveScenario(file);
        if (!path)
            return tl::unexpected<Error>(path.error());
        const std::shared_ptr<const Scenario> scenario = loadForUser(*path, *settings, &telling);
        if (!scenario)
            return failure("");
        const bool isTwice = std::any_of(paths.begin(), paths.end(), [&](const fs::path &other) {
            return other.stem() == path->stem();
        });
        paths.push_back(*path);
        variants.push_back({isTwice ? path->string() : path->stem().string(), scenario, {}, {}, {}, {}, {}});
    }
    const std::vector<std::string> dialects = splitAtCommas(flags.dialects);
    std::vector<std::string> taken = dialects;
    taken.emplace_back("as it is");
    const Result<std::vector<NamedOverrides>> named = parseVariants(flags.variants, taken);
    if (!named)
        return tl::unexpected<Error>(named.error());
    if (dialects.empty() && named->empty()) {
        if (variants.size() < 2)
            return failure("there is nothing to compare: give a second scenario, --dialects or --variant");
        return variants;
    }
    if (variants.size() > 1)
        return failure("--dialects and --variant compare variants of one scenario; give one FILE");
    const std::shared_ptr<const Scenario> scenario = variants.front().scenario;
    variants.front().name = "as it is";
    for (const std::string &dialect : dialects) {
        Result<ComparedVariant> variant = dialectVariant(*scenario, dialect, flags.breaker);
        if (!variant)
            return tl::unexpected<Error>(variant.error());
        variants.push_back(std::move(*variant));
    }
    for (const NamedOverrides &one : *named) {
        const std::shared_ptr<const Scenario> changed = loadVariant(paths.front(), *settings, one, telling);
        if (!changed)
            return failure("");
        variants.push_back({one.name, changed, {}, {}, {}, {}, {}});
    }
    return variants;
}

void runOne(Comparison &comparison, std::size_t variantIndex, std::size_t seedIndex)
{
    RunOptions options;
    options.seed = comparison.seeds[seedIndex];
    options.sampleCalls = false;
    std::optional<ComparedRun> run = runCompared(comparison.variants[variantIndex].scenario, options, {},
                                                 [] { return InterruptGuard::isRequested(); });
    if (run) // each run has a place of its own
        takeRun(comparison, variantIndex, seedIndex, *std::move(run));
}

int compare(CompareFlags flags)
{
    std::string scenario;
    for (OptionalValueFlag *flag : {&flags.json, &flags.report})
        if (Result<void> done = flag->giveBackScenario(scenario); !done)
            return badInput(done.error());
    if (!scenario.empty())
        flags.files.push_back(scenario);
    if (flags.files.empty())
        flags.files.emplace_back();
    Result<std::vector<ComparedVariant>> variants = makeVariants(flags);
    if (!variants)
        return variants.error().message.empty() ? int{kExitBadInput} : badInput(variants.error());
    std::vector<std::pair<report::OutputFile, bool>> outputs; // true = HTML
    for (const auto &[path, isHtml] : {std::pair(flags.report.given && !flags.report.hasValue() ? "comparison.html"
                                                                                                : flags.report.value,
                                                 true),
                                       std::pair(flags.json.value, false)}) {
        if (path.empty())
            continue;
        Result<report::OutputFile> file = report::OutputFile::open(path);
        if (!file)
            return badInput(file.error());
        outputs.emplace_back(std::move(*file), isHtml);
    }

    Comparison comparison;
    comparison.variants = std::move(*variants);
    const std::uint64_t firstSeed = flags.seed.value_or(comparison.variants.front().scenario->seed);
    for (std::uint32_t i = 0; i < flags.seeds; ++i)
        comparison.seeds.push_back(firstSeed + i);
    for (ComparedVariant &variant : comparison.variants) {
        variant.figures.resize(comparison.seeds.size());
        variant.recoveryStep.resize(comparison.seeds.size());
    }
    const std::size_t all = comparison.variants.size() * comparison.seeds.size();
    const InterruptGuard interrupt;
    // Seed by seed, so that after Ctrl-C the seeds that are there are there for every variant.
    runParallel(all, flags.jobs, "runs", [&](std::size_t at) {
        runOne(comparison, at % comparison.variants.size(), at / comparison.variants.size());
    });
    comparison.isComplete = !InterruptGuard::isRequested();

    if (flags.json.given && !flags.json.hasValue())
        print(report::comparisonJson(comparison));
    else
        print(report::comparisonText(comparison, outputStyle()));
    for (auto &[file, isHtml] : outputs) {
        if (Result<void> done = file.commit(isHtml ? report::comparisonPage(comparison, today())
                                                   : report::comparisonJson(comparison));
            !done)
            return badInput(done.error());
        std::fprintf(stderr, "%s: %s\n", isHtml ? "report" : "json", file.path().c_str());
    }
    return comparison.isComplete ? int{kExitOk} : int{kExitInterrupted};
}

} // namespace

Action setUpCompare(CLI::App &app)
{
    auto flags = std::make_shared<CompareFlags>();
    app.add_option("FILE", flags->files, "one scenario, or several to be compared with each other");
    app.add_option("--dialects", flags->dialects, "the same breaker as these libraries have it")
        ->option_text("A,B,...")
        ->allow_extra_args(false);
    app.add_option("--variant", flags->variants, "one more variant: the scenario with a setting changed; may be repeated")
        ->option_text("NAME:PATH=VALUE")
        ->allow_extra_args(false);
    app.add_option("--breaker", flags->breaker, "which breaker takes the dialects; all without it")->option_text("NAME");
    app.add_option("--seeds", flags->seeds, "runs of each variant, for confidence intervals")
        ->option_text("N")
        ->check(CLI::Range(1u, 10'000u));
    declareSeed(app, flags->seed, "the first seed, instead of the scenario's");
    app.add_option("--set", flags->sets, "change one setting for all variants; may be repeated")
        ->option_text("PATH=VALUE")
        ->allow_extra_args(false);
    declareDuration(app, flags->duration);
    flags->json.declare(app, "--json", "[FILE]", "print the comparison as JSON, or write it to FILE");
    flags->report.declare(app, "--report", "[FILE]", "write an HTML page, to comparison.html without FILE");
    app.add_option("-j,--jobs", flags->jobs, "runs at once; the cores of the machine without it")
        ->option_text("N")
        ->check(CLI::Range(1u, 1024u));
    return [flags] { return compare(*flags); };
}

} // namespace halfopen
