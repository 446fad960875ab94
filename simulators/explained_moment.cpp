// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulators/explained_moment.h"

#include "core/base/check.h"
#include "core/policies/registry.h"
#include "core/policies/watched_policy.h"

#include <algorithm>
#include <cstddef>

namespace halfopen {

namespace {

constexpr std::uint64_t kEventsPerTurn = 200'000;

std::optional<std::uint32_t> breakerAt(const RunRecord &record, const LayerPlace &place, std::uint32_t process)
{
    for (std::uint32_t b = 0; b < record.breakers.size(); ++b)
        if (record.breakers[b].edge == place.edge && record.breakers[b].layer == place.layer && record.breakers[b].process == process)
            return b;
    return std::nullopt;
}

/// The scenario with the layer watched. Must be run on this thread.
std::shared_ptr<const Scenario> watching(const Scenario &scenario, const LayerPlace &place)
{
    auto copy = std::make_shared<Scenario>(scenario);
    for (PolicyStackSpec &one : copy->stacks)
        if (one.name == place.stack)
            one.layers[place.layer].type = &watchedType(*one.layers[place.layer].type);
    return copy;
}

const WatchedPolicy &watchedAt(const Simulation &simulation, const LayerPlace &place, std::uint32_t process)
{
    return dynamic_cast<const WatchedPolicy &>(simulation.policy(place.edge, place.layer, process));
}

/// What the layer knows now.
std::unique_ptr<const ExplainedMoment> ask(const Simulation &simulation, const std::shared_ptr<const Scenario> &scenario,
                                           const LayerPlace &place, std::uint32_t process)
{
    const PolicyType &type = *scenario->findStack(place.stack)->layers[place.layer].type;
    auto moment = std::make_unique<ExplainedMoment>();
    moment->record = simulation.snapshot();
    moment->record.scenario = scenario; // that of the watched run does not outlast this thread's next one
    const WatchedPolicy &watched = watchedAt(simulation, place, process);
    moment->ended = watched.ended();
    moment->refused = watched.refused();
    moment->stays = watched.stays();
    report::ExplainedLayer &layer = moment->layer;
    layer.record = &moment->record;
    layer.edge = place.edge;
    layer.layer = place.layer;
    layer.process = process;
    layer.breaker = breakerAt(moment->record, place, process);
    layer.policy = type.key();
    layer.dialect = type.dialect;
    layer.explanation = watched.explain(moment->record.now);
    layer.ended = &moment->ended;
    layer.refused = &moment->refused;
    layer.stays = &moment->stays;
    return moment;
}

/// How often the breaker of the layer has changed its state.
std::ptrdiff_t changesOf(const ExplainedMoment &moment)
{
    const auto isOwn = [&](const BreakerTransition &transition) { return moment.layer.breaker == transition.breaker; };
    return std::count_if(moment.record.transitions.begin(), moment.record.transitions.end(), isOwn);
}

/// False when it was stopped.
bool runTo(Simulation &simulation, Instant until, const std::function<bool()> &stop)
{
    while (!simulation.finished() && simulation.now() < until) {
        if (stop && stop())
            return false;
        simulation.runUntil(until, kEventsPerTurn);
    }
    if (!simulation.finished())
        simulation.runUntil(until); // the rest of that instant
    return true;
}

} // namespace

std::vector<LayerPlace> layerPlaces(const RunRecord &record)
{
    std::vector<LayerPlace> places;
    for (std::uint32_t e = 0; e < record.edges.size(); ++e) {
        const PolicyStackSpec *stack = record.scenario->findStack(record.edges[e].stack);
        for (std::uint32_t l = 0; stack != nullptr && l < stack->layers.size(); ++l)
            places.push_back({stack->name, e, l, stack->layers[l].type->isBreaker});
    }
    return places;
}

std::unique_ptr<const ExplainedMoment> explainMoment(std::shared_ptr<const Scenario> scenario, const LayerPlace &place,
                                                     std::uint32_t process, const RunOptions &options,
                                                     const std::vector<ParameterChange> &changes,
                                                     Instant until, const std::function<bool()> &stop, Duration lookAhead)
{
    const PolicyStackSpec *stack = scenario->findStack(place.stack);
    HALFOPEN_CHECK(stack != nullptr && place.layer < stack->layers.size());
    Simulation simulation(watching(*scenario, place), options);
    const Instant end = std::min(until, simulation.endTime());
    for (const ParameterChange &change : changes) {
        if (change.at > end || simulation.finished())
            break;
        if (!runTo(simulation, change.at, stop))
            return nullptr;
        (void)simulation.change(change.path, change.after);
    }
    if (!runTo(simulation, end, stop))
        return nullptr;
    auto moment = ask(simulation, scenario, place, process);
    // One event after the other: what is asked is the layer right after its change.
    const Instant last = std::min(end + lookAhead, simulation.endTime());
    for (std::uint64_t seen = simulation.transitionsSeen(); !simulation.finished() && simulation.runUntil(last, 1) == 1;) {
        if (stop && stop())
            return nullptr;
        if (simulation.transitionsSeen() == seen)
            continue;
        simulation.runUntil(simulation.now()); // the rest of that instant
        seen = simulation.transitionsSeen();
        auto later = ask(simulation, scenario, place, process);
        if (changesOf(*later) > changesOf(*moment))
            moment = std::move(later);
    }
    return moment;
}

} // namespace halfopen
