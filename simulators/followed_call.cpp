// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulators/followed_call.h"

#include "core/base/random.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

namespace halfopen {

namespace {

constexpr std::uint64_t kEventsPerTurn = 200'000;
constexpr std::uint32_t kNumberBits = 40; ///< of a client's own numbers; the rest of a key names the client

} // namespace

Result<std::uint64_t> callKey(const RunRecord &plan, std::uint64_t number, std::string_view edge)
{
    if (number >> kNumberBits != 0)
        return number;
    std::string names;
    std::vector<const ClientSpec *> clients;
    for (const EdgeInfo &info : plan.edges) {
        if (!info.client || info.insteadOf)
            continue;
        names += (names.empty() ? "\"" : ", \"") + info.name + "\"";
        if (edge.empty() || info.name == edge)
            clients.push_back(&plan.scenario->clients[*info.client]);
    }
    if (clients.size() == 1)
        return hashText(clients.front()->name) << kNumberBits | number;
    const std::string which = "call " + std::to_string(number) + " of which client? ";
    if (!edge.empty() && clients.empty())
        return failure(which + "no client has the edge '" + std::string(edge) + "'; there is " + names);
    return failure(which + "choose with --edge: " + names);
}

std::unique_ptr<const RunRecord> followCall(std::shared_ptr<const Scenario> scenario, std::uint64_t key, RunOptions options,
                                            const std::function<bool()> &stop)
{
    return followCall(std::move(scenario), key, options, FollowedRun{}, stop);
}

std::unique_ptr<const RunRecord> followCall(std::shared_ptr<const Scenario> scenario, std::uint64_t key, RunOptions options,
                                            const FollowedRun &run, const std::function<bool()> &stop)
{
    options.followedCall = key;
    options.sampleCalls = true;
    Simulation simulation(std::move(scenario), options);
    const Instant end = std::min(run.until, simulation.endTime());
    const auto isOver = [&] { return simulation.finished() || simulation.callsKept() > 0; };
    // All of that instant, too; false when it was stopped.
    const auto runTo = [&](Instant until) {
        while (!isOver()) {
            if (stop && stop())
                return false;
            if (run.reached)
                run.reached(simulation.now());
            if (simulation.runUntil(until, kEventsPerTurn) < kEventsPerTurn)
                break;
        }
        return true;
    };
    for (const ParameterChange &change : run.changes) {
        if (change.at > end || isOver())
            break;
        if (!runTo(change.at))
            return nullptr;
        if (!isOver())
            (void)simulation.change(change.path, change.after); // what is refused now was refused then
    }
    if (!runTo(end))
        return nullptr;
    return std::make_unique<const RunRecord>(simulation.snapshot());
}

} // namespace halfopen
