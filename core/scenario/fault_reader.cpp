// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scenario/fault_reader.h"

#include "core/base/units.h"
#include "core/scenario/settings_reader.h"
#include "core/scenario/text_tools.h"
#include "core/scenario/vocabulary.h"
#include "core/scenario/world_edges.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

namespace halfopen {

namespace {

constexpr std::int64_t kInstancesMax = 1000;

/// "3" or "2-5"; false if it is neither.
bool readRow(std::string_view text, std::vector<std::int64_t> &into)
{
    const std::size_t dash = text.find('-');
    const Result<std::int64_t> first = parseCount(trimmed(text.substr(0, dash)));
    const Result<std::int64_t> last =
        dash == std::string_view::npos ? first : parseCount(trimmed(text.substr(dash + 1)));
    if (!first || !last || *last < *first || *last >= kInstancesMax)
        return false;
    for (std::int64_t i = *first; i <= *last; ++i)
        into.push_back(i);
    return true;
}

/// The node of the list entry \a index, or of the whole list when it is written as one text.
const YamlNode &entryOf(const YamlNode &list, std::size_t index)
{
    return list.isSequence() && index < list.children.size() ? list.children[index] : list;
}

void readInstances(const FaultPlace &place, const YamlNode &item, FaultSpec &fault, Problems &problems)
{
    const YamlNode *node = item.find("instances");
    for (std::size_t i = 0; node && i < place.instances.size(); ++i)
        if (!readRow(place.instances[i], fault.instances))
            problems.error(entryOf(*node, i), "'instances' holds '" + place.instances[i] + "', expected numbers from 0 to " +
                                                  std::to_string(kInstancesMax - 1),
                           "for example [0, 3] or [0, 2-5]");
    std::sort(fault.instances.begin(), fault.instances.end());
    fault.instances.erase(std::unique(fault.instances.begin(), fault.instances.end()), fault.instances.end());
}

/// The key of \a item that says what does not fit, for the place of the message.
const YamlNode *firstOf(const YamlNode &item, std::initializer_list<std::string_view> keys)
{
    for (const std::string_view key : keys)
        if (const YamlNode *node = item.find(key))
            return node;
    return nullptr;
}

void checkKind(const FaultSpec &fault, const YamlNode &item, Problems &problems)
{
    const unsigned stages = fault.type->stages(fault.settings.config());
    const std::string kind(fault.type->key());
    if (stages & kOnInstances)
        if (const YamlNode *node = firstOf(item, {"endpoint", "callers", "first_requests", "every_nth"}))
            problems.errorAtKey(*node, "'" + node->key + "' does not fit '" + kind +
                                           "', which happens to whole instances and not to requests",
                                "leave it out, or choose a kind such as 'refuse' or 'partition'");
    if (!fault.type->hasStrength)
        if (const YamlNode *node = firstOf(item, {"ramp_up", "ramp_down", "wave"}))
            problems.errorAtKey(*node, "'" + node->key + "' does not fit '" + kind + "', which is there or not",
                                "leave it out, or let it come in 'bursts'");
}

void checkCallers(const FaultSpec &fault, const YamlNode &item, const Scenario &scenario, Problems &problems)
{
    const YamlNode *node = item.find("callers");
    if (!node || !scenario.findService(fault.on))
        return;
    const std::vector<WorldEdge> edges = worldEdges(scenario, kEdgesMax);
    std::vector<std::string_view> known;
    for (const WorldEdge &edge : edges)
        if (edge.to == fault.on && std::find(known.begin(), known.end(), edge.from) == known.end())
            known.push_back(edge.from);
    for (std::size_t i = 0; i < fault.callers.size(); ++i)
        if (std::find(known.begin(), known.end(), fault.callers[i]) == known.end())
            problems.error(entryOf(*node, i), "'" + fault.callers[i] + "' does not call '" + fault.on + "'",
                           known.empty() ? "nobody calls it" : hintForWord(fault.callers[i], known, "it is called by "));
}

void checkInstances(const FaultSpec &fault, const YamlNode &item, const Scenario &scenario, Problems &problems)
{
    const ServiceSpec *service = scenario.findService(fault.on);
    const bool isMissing = service && !fault.instances.empty() && fault.instances.back() >= service->instances;
    const YamlNode *node = item.find("instances");
    if (!isMissing || !node)
        return;
    problems.error(*node, "'" + fault.on + "' has no instance " + std::to_string(fault.instances.back()),
                   service->instances == 1 ? "it has one, number 0"
                                           : "it has " + std::to_string(service->instances) + ", numbers 0 to " +
                                                 std::to_string(service->instances - 1));
}

} // namespace

void placeFault(const FaultPlace &place, const YamlNode &item, const Scenario &scenario, FaultSpec &fault,
                Problems &problems)
{
    fault.name = place.name;
    fault.on = place.on;
    fault.endpoint = place.endpoint;
    fault.instance = place.instance;
    readInstances(place, item, fault, problems);
    if (const ServiceSpec *service = scenario.findService(place.on); service && place.shareOfInstances) {
        const double share = *place.shareOfInstances * static_cast<double>(service->instances);
        const std::int64_t met = std::max<std::int64_t>(static_cast<std::int64_t>(share + 0.5), 1);
        for (std::int64_t i = 0; i < met; ++i)
            fault.instances.push_back(i);
    }
    fault.callers = place.callers;
    fault.from = place.from;
    fault.length = place.length.value_or(std::max(scenario.duration - place.from, Duration(0)));
    fault.every = place.every;
    fault.firstRequests = place.firstRequests;
    fault.everyNth = place.everyNth;
    fault.burstOn = place.burstOn;
    fault.burstOff = place.burstOff;
    fault.rampUp = place.rampUp;
    fault.rampDown = place.rampDown;
    fault.wavePeriod = place.wavePeriod;
    fault.waveShape = place.waveShape;
    fault.waveLow = place.waveLow;
}

void checkEndpoint(const YamlNode *node, const ServiceSpec *service, Problems &problems)
{
    if (!node || !node->isScalar() || !service || service->findEndpoint(node->scalar))
        return;
    std::vector<std::string_view> known;
    for (const EndpointSpec &endpoint : service->endpoints)
        known.push_back(endpoint.name);
    problems.error(*node, "'" + service->name + "' has no endpoint '" + node->scalar + "'",
                   known.empty() ? "it has none: name them in its 'endpoints'" : hintForWord(node->scalar, known, "it has "));
}

void checkFault(const FaultSpec &fault, const YamlNode &item, const Scenario &scenario, const KnownParts &known,
                Problems &problems)
{
    if (problems.isSound(item))
        checkKind(fault, item, problems);
    if (known.edges())
        checkCallers(fault, item, scenario, problems);
    if (!known.service(fault.on))
        return;
    checkInstances(fault, item, scenario, problems);
    checkEndpoint(item.find("endpoint"), scenario.findService(fault.on), problems);
}

} // namespace halfopen
