// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulators/compared_runs.h"

#include "core/policies/registry.h"

#include <algorithm>
#include <utility>

namespace halfopen {

namespace {

using report::ComparedVariant;

constexpr std::uint64_t kEventsPerTurn = 100'000;

/// The layers that are circuit breakers, or the one that is named: (stack, layer).
Result<std::vector<std::pair<std::size_t, std::size_t>>> breakerLayers(const Scenario &scenario, const std::string &named)
{
    std::vector<std::pair<std::size_t, std::size_t>> found;
    std::string names;
    for (std::size_t s = 0; s < scenario.stacks.size(); ++s)
        for (std::size_t l = 0; l < scenario.stacks[s].layers.size(); ++l) {
            const PolicyStackSpec &stack = scenario.stacks[s];
            if (stack.layers[l].type->key() != "circuit_breaker")
                continue;
            const std::string name = stack.name + "." + std::to_string(l);
            names += (names.empty() ? "" : ", ") + name;
            if (named.empty() || named == name || named == stack.name)
                found.emplace_back(s, l);
        }
    if (names.empty())
        return failure("the scenario has no circuit breaker, so there is no dialect to compare");
    if (found.empty())
        return failure("there is no breaker '" + named + "'; there is " + names);
    return found;
}

} // namespace

Result<ComparedVariant> dialectVariant(const Scenario &scenario, const std::string &dialect, const std::string &breaker)
{
    const auto layers = breakerLayers(scenario, breaker);
    if (!layers)
        return tl::unexpected<Error>(layers.error());
    ComparedVariant variant;
    variant.name = dialect;
    auto copy = std::make_shared<Scenario>(scenario);
    for (const auto &[s, l] : *layers) {
        PolicySpec &layer = copy->stacks[s].layers[l];
        const Result<CarriedBreaker> carried = carryOver(layer, dialect);
        if (!carried)
            return tl::unexpected<Error>(carried.error());
        layer = carried->spec;
        for (CarriedSetting one : carried->settings) {
            if (layers->size() > 1)
                one.meaning = scenario.stacks[s].name + "." + std::to_string(l) + ": " + one.meaning;
            variant.carried.push_back(std::move(one));
        }
    }
    variant.scenario = std::move(copy);
    return variant;
}

std::vector<ComparedVariant> orderVariants(const Scenario &scenario)
{
    std::vector<ComparedVariant> variants;
    for (std::size_t s = 0; s < scenario.stacks.size(); ++s) {
        for (std::size_t l = 0; l + 1 < scenario.stacks[s].layers.size(); ++l) {
            auto copy = std::make_shared<Scenario>(scenario);
            std::vector<PolicySpec> &layers = copy->stacks[s].layers;
            std::swap(layers[l], layers[l + 1]);
            ComparedVariant variant;
            variant.name = scenario.stacks[s].name + ": " + std::string(layers[l].type->key()) + " outside " +
                           std::string(layers[l + 1].type->key());
            variant.scenario = std::move(copy);
            variants.push_back(std::move(variant));
        }
    }
    return variants;
}

std::optional<ComparedRun> runCompared(std::shared_ptr<const Scenario> scenario, const RunOptions &options,
                                       const std::vector<ParameterChange> &changes, const std::function<bool()> &stop)
{
    Simulation simulation(std::move(scenario), options);
    const auto runTo = [&](Instant until) {
        while (!simulation.finished() && (simulation.now() < until || until == simulation.endTime())) {
            if (stop && stop())
                return false;
            simulation.runUntil(until, kEventsPerTurn);
        }
        return true;
    };
    for (const ParameterChange &change : changes) {
        if (change.at >= simulation.endTime() || simulation.finished())
            break;
        if (!runTo(change.at))
            return std::nullopt;
        simulation.runUntil(change.at); // the rest of that instant
        (void)simulation.change(change.path, change.after);
    }
    if (!runTo(simulation.endTime()))
        return std::nullopt;
    ComparedRun run;
    run.record = simulation.snapshot();
    run.disturbances = report::disturbances(run.record);
    for (const report::ComparedFigure &figure : report::comparedFigures())
        run.figures.push_back(figure.measure(run.record, run.disturbances));
    return run;
}

void takeRun(report::Comparison &comparison, std::size_t variantIndex, std::size_t seedIndex, ComparedRun run)
{
    ComparedVariant &variant = comparison.variants[variantIndex];
    variant.figures[seedIndex] = std::move(run.figures);
    if (variant.recoveryStep.size() < variant.figures.size()) // runs that are put in from several threads need it made before
        variant.recoveryStep.resize(variant.figures.size());
    variant.recoveryStep[seedIndex] = report::widestResolution(run.disturbances);
    if (seedIndex > 0)
        return;
    if (run.record.end == RunEnd::LimitReached)
        variant.problem = run.record.endMessage;
    variant.firstDisturbances = std::move(run.disturbances);
    variant.first = std::move(run.record);
}

} // namespace halfopen
