// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/explain.h"

#include "app/commands/command_line.h"
#include "app/console/flags.h"
#include "app/console/interrupt.h"
#include "app/console/nearest.h"
#include "app/console/scenario_files.h"
#include "app/console/terminal.h"
#include "core/policies/registry.h"
#include "core/report/explain_report.h"
#include "core/report/figures.h"
#include "core/report/format.h"
#include "simulators/simulation.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <memory>
#include <optional>
#include <string>

namespace halfopen {

namespace {

struct ExplainFlags {
    std::string file;
    std::string breaker;
    std::string edge;
    std::string at;
    std::uint32_t process = 0;
    std::optional<std::uint64_t> seed;
    std::vector<std::string> sets;
    bool isJson = false;
};

int fail(const std::string &message, const std::string &hint = {})
{
    printError(message);
    if (!hint.empty())
        printHint(hint);
    return kExitBadInput;
}

std::string namesOf(const std::vector<report::BreakerGroup> &groups)
{
    std::string text;
    for (const report::BreakerGroup &group : groups)
        text += (text.empty() ? "" : ", ") + group.name + " on '" + group.edge + "'";
    return text;
}

/// The group that the flags name. The error lists the legal ones.
Result<report::BreakerGroup> findGroup(const std::vector<report::BreakerGroup> &groups, const ExplainFlags &flags)
{
    if (groups.empty())
        return failure("the scenario has no breaker");
    std::vector<report::BreakerGroup> found;
    for (const report::BreakerGroup &group : groups) {
        const std::string stack = group.name.substr(0, group.name.rfind('.'));
        const bool isNamed = flags.breaker.empty() || group.name == flags.breaker || stack == flags.breaker;
        if (isNamed && (flags.edge.empty() || group.edge == flags.edge))
            found.push_back(group);
    }
    if (found.size() == 1)
        return found.front();
    if (found.size() > 1)
        return failure("which breaker? " + namesOf(found) + "; choose with --breaker and --edge");
    std::vector<std::string_view> names;
    for (const report::BreakerGroup &group : groups) {
        names.push_back(group.name);
        names.push_back(std::string_view(group.name).substr(0, group.name.rfind('.')));
    }
    const auto near = nearest(flags.breaker, names);
    return failure("there is no breaker '" + flags.breaker + "'" +
                   (flags.edge.empty() ? "" : " on the edge '" + flags.edge + "'") + "; there is " + namesOf(groups) +
                   (near ? "; did you mean '" + std::string(*near) + "'?" : ""));
}

/// The scenario with the breaker's layer watched. Must be run on this thread.
std::shared_ptr<const Scenario> watching(const Scenario &scenario, const std::string &stack, std::uint32_t layer)
{
    auto copy = std::make_shared<Scenario>(scenario);
    for (PolicyStackSpec &one : copy->stacks)
        if (one.name == stack)
            one.layers[layer].type = &watchedType(*one.layers[layer].type);
    return copy;
}

int explain(const ExplainFlags &flags)
{
    const Result<std::filesystem::path> path = resolveScenario(flags.file);
    if (!path)
        return fail(path.error().message);
    const Result<std::vector<Override>> overrides = parseOverrides(flags.sets);
    if (!overrides)
        return fail(overrides.error().message);
    const Result<std::optional<Duration>> at = parseDurationFlag("--at", flags.at);
    if (!at)
        return fail(at.error().message);
    const std::shared_ptr<const Scenario> scenario = loadForUser(*path, *overrides);
    if (!scenario)
        return kExitBadInput;
    if (*at && **at > scenario->duration)
        return fail("--at is " + report::formatDuration(**at) + ", but the run ends at " +
                    report::formatDuration(scenario->duration));

    RunOptions options;
    options.seed = flags.seed;
    options.sampleCalls = false;
    const RunRecord plan = Simulation(scenario, options).snapshot();
    const Result<report::BreakerGroup> group = findGroup(report::breakerGroups(plan), flags);
    if (!group)
        return fail(group.error().message);
    if (flags.process >= group->members.size())
        return fail("--process is " + std::to_string(flags.process) + ", but '" + group->edge + "' has processes 0 to " +
                    std::to_string(group->members.size() - 1));
    const std::uint32_t breaker = group->members[flags.process];
    const BreakerInfo &info = plan.breakers[breaker];
    const std::string &stack = plan.edges[info.edge].stack;
    const std::string_view dialect = scenario->findStack(stack)->layers[info.layer].type->dialect;

    Simulation simulation(watching(*scenario, stack, info.layer), options);
    const Instant until = *at ? Instant(**at) : simulation.endTime();
    const InterruptGuard interrupt;
    while (!simulation.finished() && simulation.now() < until && !InterruptGuard::isRequested())
        simulation.runUntil(until, 200'000);
    if (InterruptGuard::isRequested()) {
        fail("interrupted at " + report::formatInstant(simulation.now()));
        return kExitInterrupted;
    }
    const RunRecord record = simulation.snapshot();
    const Policy &policy = simulation.policy(info.edge, info.layer, info.process);
    report::ExplainedBreaker explained;
    explained.record = &record;
    explained.breaker = breaker;
    explained.dialect = dialect;
    explained.explanation = policy.explain(record.now);
    explained.calls = &dynamic_cast<const WatchedPolicy &>(policy).calls();
    print(flags.isJson ? report::explainJson(explained) : report::explainText(explained, outputStyle()));
    return record.end == RunEnd::LimitReached ? kExitNotMet : kExitOk;
}

} // namespace

Action setUpExplain(CLI::App &app)
{
    auto flags = std::make_shared<ExplainFlags>();
    app.add_option("FILE", flags->file, "scenario file, or the name of a shipped scenario");
    app.add_option("--breaker", flags->breaker, "which breaker: stack.layer, or the stack")->option_text("NAME");
    app.add_option("--at", flags->at, "the instant: 61.2s; the end of the run without it")->option_text("TIME");
    app.add_option("--process", flags->process, "which process of a fleet, counted from 0")->option_text("N");
    app.add_option("--edge", flags->edge, "where a stack is used on several edges: \"web -> orders\"")
        ->option_text("EDGE");
    app.add_option("--seed", flags->seed, "seed of every draw, instead of the scenario's")->option_text("N");
    app.add_option("--set", flags->sets, "change one setting of the scenario; may be repeated")
        ->option_text("PATH=VALUE")
        ->allow_extra_args(false);
    app.add_flag("--json", flags->isJson, "print the answer as JSON");
    return [flags] { return explain(*flags); };
}

} // namespace halfopen
