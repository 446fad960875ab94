// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulators/followed_call.h"

#include "core/base/random.h"

#include <string>
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
    options.followedCall = key;
    options.sampleCalls = true;
    Simulation simulation(std::move(scenario), options);
    while (!simulation.finished() && simulation.callsKept() == 0) {
        if (stop && stop())
            return nullptr;
        simulation.runUntil(simulation.endTime(), kEventsPerTurn);
    }
    return std::make_unique<const RunRecord>(simulation.snapshot());
}

} // namespace halfopen
