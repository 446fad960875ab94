// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/explain.h"

#include "app/commands/command_line.h"
#include "app/console/flags.h"
#include "app/console/interrupt.h"
#include "core/scenario/nearest.h"
#include "app/console/scenario_files.h"
#include "app/console/terminal.h"
#include "core/report/call_story.h"
#include "core/report/explain_report.h"
#include "core/report/format.h"
#include "simulators/explained_moment.h"
#include "simulators/followed_call.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <limits>
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
    std::optional<std::uint64_t> call;
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

std::string namesOf(const std::vector<LayerPlace> &places, const RunRecord &record)
{
    std::string text;
    for (const LayerPlace &place : places)
        text += (text.empty() ? "" : ", ") + place.name() + " on '" + record.edges[place.edge].name + "'";
    return text;
}

std::vector<LayerPlace> breakersOf(const std::vector<LayerPlace> &places)
{
    std::vector<LayerPlace> breakers;
    std::copy_if(places.begin(), places.end(), std::back_inserter(breakers), [](const LayerPlace &place) { return place.isBreaker; });
    return breakers;
}

/// Why the name finds no layer at all, in words.
Error unknownPlace(const std::vector<LayerPlace> &places, const RunRecord &record, const ExplainFlags &flags)
{
    const std::string onEdge = flags.edge.empty() ? "" : " on the edge '" + flags.edge + "'";
    std::vector<LayerPlace> elsewhere, ofStack;
    for (const LayerPlace &place : places) {
        if (place.name() == flags.breaker)
            elsewhere.push_back(place);
        if (place.stack == flags.breaker && (flags.edge.empty() || record.edges[place.edge].name == flags.edge))
            ofStack.push_back(place);
    }
    if (!elsewhere.empty()) // the edge is wrong
        return {"there is no '" + flags.breaker + "'" + onEdge + "; there is " + namesOf(elsewhere, record)};
    if (!ofStack.empty())
        return {"the stack '" + flags.breaker + "' has no breaker" + onEdge + "; its layers are " + namesOf(ofStack, record)};
    // A breaker is what is asked for; only where no name of one is near, another layer may be meant.
    const auto nearestOf = [&](const std::vector<LayerPlace> &some) -> std::optional<std::string> {
        std::vector<std::string> names;
        for (const LayerPlace &place : some) {
            names.push_back(place.name());
            names.push_back(place.stack);
        }
        const auto near = nearest(flags.breaker, std::vector<std::string_view>(names.begin(), names.end()));
        return near ? std::optional<std::string>(*near) : std::nullopt;
    };
    std::optional<std::string> near = nearestOf(breakersOf(places));
    near = near ? near : nearestOf(places);
    const std::string breakers = namesOf(breakersOf(places), record);
    return {"there is no breaker '" + flags.breaker + "'" + onEdge + "; there is " +
            (breakers.empty() ? "none in this scenario" : breakers) + (near ? "; did you mean '" + *near + "'?" : "")};
}

/// The layer that the flags name: any by its full name, a breaker also by its stack alone. The error lists the breakers.
Result<LayerPlace> findPlace(const RunRecord &record, const ExplainFlags &flags)
{
    const std::vector<LayerPlace> places = layerPlaces(record);
    std::vector<LayerPlace> found;
    for (const LayerPlace &place : places) {
        const bool isNamed = flags.breaker == place.name() || (place.isBreaker && (flags.breaker.empty() || flags.breaker == place.stack));
        if (isNamed && (flags.edge.empty() || record.edges[place.edge].name == flags.edge))
            found.push_back(place);
    }
    if (found.size() == 1)
        return found.front();
    if (found.size() > 1)
        return failure((found.front().isBreaker ? "which breaker? " : "which layer? ") + namesOf(found, record) +
                       "; choose with --breaker and --edge");
    if (flags.breaker.empty())
        return failure("the scenario has no breaker" + (flags.edge.empty() ? "" : " on the edge '" + flags.edge + "'") +
                       "; another layer is named by its stack and number: --breaker db_client.0");
    return tl::unexpected<Error>(unknownPlace(places, record, flags));
}

int explainCall(const ExplainFlags &flags, const std::shared_ptr<const Scenario> &scenario, RunOptions options)
{
    if (!flags.at.empty() || !flags.breaker.empty() || flags.process != 0)
        return fail("--call tells the story of one call; --at, --breaker and --process ask about a policy: give one or the other");
    const RunRecord plan = Simulation(scenario, options).snapshot();
    const Result<std::uint64_t> key = callKey(plan, *flags.call, flags.edge);
    if (!key)
        return fail(key.error().message);
    const InterruptGuard interrupt;
    const auto record = followCall(scenario, *key, options, [] { return InterruptGuard::isRequested(); });
    if (!record) {
        fail("interrupted before the call had ended");
        return kExitInterrupted;
    }
    if (record->calls.size() == 0)
        return fail("call " + std::to_string(*flags.call) + " did not end within " + report::formatInstant(record->now) + " of '" +
                        scenario->name + "' with seed " + std::to_string(record->seed),
                    "a number belongs to one scenario and seed; small numbers count the calls of a client from 0");
    const CallTrace &call = record->calls[0];
    if (!flags.edge.empty() && record->edges[call.edge].name != flags.edge)
        return fail("call " + std::to_string(*flags.call) + " is on the edge '" + record->edges[call.edge].name + "'");
    print(flags.isJson ? report::callStoryJson(*record, call) : report::callStoryText(*record, call, outputStyle()));
    return kExitOk;
}

constexpr std::int64_t kHalfMillisecond = 500'000; // ns

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
    if (flags.call)
        return explainCall(flags, scenario, options);
    const RunRecord plan = Simulation(scenario, options).snapshot();
    const Result<LayerPlace> place = findPlace(plan, flags);
    if (!place)
        return fail(place.error().message);
    const EdgeInfo &edge = plan.edges[place->edge];
    if (flags.process >= edge.processes)
        return fail("--process is " + std::to_string(flags.process) + ", but '" + edge.name +
                    (edge.processes == 1 ? "' has one process, number 0" : "' has processes 0 to " + std::to_string(edge.processes - 1)));
    const Instant until = *at ? Instant(**at) : Instant(scenario->duration);
    const InterruptGuard interrupt;
    // Reports print the nearest millisecond, which may be just before a change: one that prints as this time has been made.
    const bool isAsPrinted = *at && place->isBreaker && until.ns() % (2 * kHalfMillisecond) == 0;
    const auto moment = explainMoment(scenario, *place, flags.process, options, {}, until,
                                      [] { return InterruptGuard::isRequested(); },
                                      Duration(isAsPrinted ? kHalfMillisecond - 1 : 0));
    if (!moment) {
        fail("interrupted before " + report::formatInstant(until));
        return kExitInterrupted;
    }
    print(flags.isJson ? report::explainJson(moment->layer) : report::explainText(moment->layer, outputStyle()));
    return moment->record.end == RunEnd::LimitReached ? kExitNotMet : kExitOk;
}

} // namespace

Action setUpExplain(CLI::App &app)
{
    auto flags = std::make_shared<ExplainFlags>();
    app.add_option("FILE", flags->file, "scenario file, or the name of a shipped scenario");
    app.add_option("--breaker", flags->breaker, "which breaker: stack.layer, or the stack; stack.layer may be any other policy, too")->option_text("NAME");
    app.add_option("--at", flags->at, "the instant: 61.2s; the end of the run without it")->option_text("TIME");
    declareWholeNumber(app, "--call", std::numeric_limits<std::uint64_t>::max(), [flags = flags.get()](std::uint64_t number) { flags->call = number; },
                       "the story of one call instead, by the number that views, logs and reasons give it");
    declareWholeNumber(app, "--process", std::numeric_limits<std::uint32_t>::max(),
                       [flags = flags.get()](std::uint64_t number) { flags->process = static_cast<std::uint32_t>(number); },
                       "which process of a fleet, counted from 0");
    app.add_option("--edge", flags->edge, "where a stack is used on several edges: \"web -> orders\"")
        ->option_text("EDGE");
    declareSeed(app, flags->seed, "seed of every draw, instead of the scenario's");
    app.add_option("--set", flags->sets, "change one setting of the scenario; may be repeated")
        ->option_text("PATH=VALUE")
        ->allow_extra_args(false);
    app.add_flag("--json", flags->isJson, "print the answer as JSON");
    return [flags] { return explain(*flags); };
}

} // namespace halfopen
