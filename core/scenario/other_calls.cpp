// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scenario/other_calls.h"

#include <algorithm>
#include <set>
#include <string>

namespace halfopen {

std::vector<LayerOtherCall> otherCallsOfLayers(const Scenario &scenario, std::string_view stack)
{
    std::vector<LayerOtherCall> found;
    const PolicyStackSpec *spec = scenario.findStack(stack);
    for (std::uint32_t i = 0; spec && i < spec->layers.size(); ++i) {
        const PolicySpec &layer = spec->layers[i];
        OtherCall call = layer.type->otherCall ? layer.type->otherCall(layer.settings.config()) : OtherCall();
        if (!call.to.empty())
            found.push_back({i, std::move(call)});
    }
    return found;
}

std::vector<OtherCall> otherCallsOf(const Scenario &scenario, std::string_view stack)
{
    std::vector<OtherCall> found;
    std::set<std::string, std::less<>> seen;
    std::vector<std::string> open{std::string(stack)};
    while (!open.empty()) {
        const std::string name = open.back();
        open.pop_back();
        if (!seen.insert(name).second)
            continue;
        for (LayerOtherCall &other : otherCallsOfLayers(scenario, name)) {
            open.push_back(other.call.policies);
            found.push_back(std::move(other.call));
        }
    }
    return found;
}

std::int64_t otherEdgesOf(const Scenario &scenario, std::string_view stack, std::int64_t limit)
{
    std::int64_t edges = 0;
    for (const LayerOtherCall &other : otherCallsOfLayers(scenario, stack))
        if (edges < limit)
            edges += 1 + otherEdgesOf(scenario, other.call.policies, limit - edges);
    return edges;
}

bool leadsBackTo(const Scenario &scenario, std::string_view stack)
{
    const std::vector<OtherCall> others = otherCallsOf(scenario, stack);
    return std::any_of(others.begin(), others.end(), [&](const OtherCall &other) { return other.policies == stack; });
}

} // namespace halfopen
