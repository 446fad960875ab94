// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scenario/world_edges.h"

#include "core/scenario/other_calls.h"

#include <map>
#include <set>
#include <string_view>

namespace halfopen {

namespace {

template <typename Owner>
void addCalls(const Owner &owner, std::int64_t processes, std::optional<std::uint32_t> client,
              std::optional<std::uint32_t> service, std::vector<WorldEdge> &edges)
{
    for (std::size_t i = 0; i < owner.calls.size(); ++i)
        edges.push_back({.name = {},
                         .commonName = commonEdgeName(owner.name, owner.calls[i].to, false, owner.calls[i].endpoint),
                         .from = owner.name,
                         .to = owner.calls[i].to,
                         .endpoint = owner.calls[i].endpoint,
                         .stack = owner.calls[i].policies,
                         .processes = processes,
                         .client = client,
                         .service = service,
                         .call = i,
                         .insteadOf = {}});
}

/// What the policies of edge number \a e call instead.
void addFallbacks(const Scenario &scenario, std::uint32_t e, std::vector<WorldEdge> &edges)
{
    for (LayerOtherCall &other : otherCallsOfLayers(scenario, edges[e].stack)) {
        WorldEdge edge;
        edge.commonName = commonEdgeName(edges[e].from, other.call.to, true);
        edge.from = edges[e].from;
        edge.to = std::move(other.call.to);
        edge.stack = std::move(other.call.policies);
        edge.processes = edges[e].processes;
        edge.insteadOf = e;
        edge.layer = other.layer;
        edges.push_back(std::move(edge));
    }
}

/// Edges of one common name are numbered from 1, and "a -> b (fallback)" becomes "a -> b (fallback 1)".
void nameThem(std::vector<WorldEdge> &edges)
{
    std::map<std::string_view, std::size_t> repeats;
    for (const WorldEdge &edge : edges)
        ++repeats[edge.commonName];
    std::map<std::string_view, std::size_t> seen;
    for (WorldEdge &edge : edges) {
        edge.name = edge.commonName;
        if (repeats[edge.commonName] == 1)
            continue;
        const std::string number = std::to_string(++seen[edge.commonName]);
        if (edge.insteadOf)
            edge.name.insert(edge.name.size() - 1, " " + number);
        else
            edge.name += " (" + number + ")";
    }
}

} // namespace

std::string commonEdgeName(std::string_view from, std::string_view to, bool isFallback, std::string_view endpoint)
{
    std::string name = std::string(from) + " -> " + std::string(to);
    if (!endpoint.empty())
        name += "/" + std::string(endpoint);
    return isFallback ? name + " (fallback)" : name;
}

std::vector<WorldEdge> worldEdges(const Scenario &scenario, std::size_t limit)
{
    std::vector<WorldEdge> edges;
    for (std::uint32_t c = 0; c < scenario.clients.size(); ++c)
        addCalls(scenario.clients[c], scenario.clients[c].processes, c, {}, edges);
    for (std::uint32_t s = 0; s < scenario.services.size(); ++s)
        addCalls(scenario.services[s], scenario.services[s].instances, {}, s, edges);
    for (std::uint32_t e = 0; e < edges.size() && edges.size() < limit; ++e)
        addFallbacks(scenario, e, edges);
    nameThem(edges);
    return edges;
}

std::vector<std::string> edgeNames(const std::vector<WorldEdge> &edges)
{
    std::vector<std::string> names;
    std::set<std::string> seen;
    const auto add = [&](const std::string &name) {
        if (seen.insert(name).second)
            names.push_back(name);
    };
    for (const WorldEdge &edge : edges) {
        add(edge.name);
        add(edge.commonName);
        if (!edge.endpoint.empty())
            add(edge.to + "/" + edge.endpoint);
    }
    return names;
}

} // namespace halfopen
