// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scenario/other_calls.h"

#include <algorithm>
#include <set>
#include <string>

namespace halfopen {

std::vector<OtherCall> otherCallsOf(const Scenario &scenario, std::string_view stack)
{
    std::vector<OtherCall> found;
    std::set<std::string, std::less<>> seen;
    std::vector<std::string> open{std::string(stack)};
    while (!open.empty()) {
        const std::string name = open.back();
        open.pop_back();
        const PolicyStackSpec *spec = scenario.findStack(name);
        if (!spec || !seen.insert(name).second)
            continue;
        for (const PolicySpec &layer : spec->layers) {
            OtherCall other = layer.type->otherCall ? layer.type->otherCall(layer.settings.config()) : OtherCall();
            if (other.to.empty())
                continue;
            open.push_back(other.policies);
            found.push_back(std::move(other));
        }
    }
    return found;
}

std::int64_t otherEdgesOf(const Scenario &scenario, std::string_view stack, std::int64_t limit)
{
    const PolicyStackSpec *spec = scenario.findStack(stack);
    std::int64_t edges = 0;
    for (std::size_t i = 0; spec && i < spec->layers.size() && edges < limit; ++i) {
        const PolicySpec &layer = spec->layers[i];
        const OtherCall other = layer.type->otherCall ? layer.type->otherCall(layer.settings.config()) : OtherCall();
        if (!other.to.empty())
            edges += 1 + otherEdgesOf(scenario, other.policies, limit - edges);
    }
    return edges;
}

bool leadsBackTo(const Scenario &scenario, std::string_view stack)
{
    const std::vector<OtherCall> others = otherCallsOf(scenario, stack);
    return std::any_of(others.begin(), others.end(), [&](const OtherCall &other) { return other.policies == stack; });
}

} // namespace halfopen
