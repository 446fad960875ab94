// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulators/help_topics.h"

#include "core/scenario/world_schema.h"
#include "simulators/vocabulary.h"

#include <algorithm>
#include <array>

namespace halfopen {

namespace {

constexpr std::string_view kPolicies = "policies, outermost first in a stack";
constexpr std::string_view kDialects = "dialects: policies as other libraries have them";
constexpr std::string_view kFaults = "faults";
constexpr std::string_view kParts = "parts of a scenario";
constexpr std::string_view kDistributions = "distributions of a service time";

std::vector<SchemaTopic> makeSchemaTopics()
{
    const Vocabulary &words = standardVocabulary();
    std::vector<SchemaTopic> found;
    const auto add = [&](std::string_view group, const Schema &schema, std::span<const NestedKey> nested = {}) {
        found.push_back({group, schema.key, &schema, std::string(schema.key), nested});
    };
    for (const PolicyType &type : words.policies)
        add(kPolicies, type.schema());
    for (const PolicyType &type : words.policies)
        if (type.otherDialects)
            for (const PolicyType &other : type.otherDialects())
                found.push_back({kDialects, other.dialect, &other.schema(),
                                 std::string(other.key()) + "." + std::string(other.dialect), {}});
    for (const FaultType &type : words.faults)
        add(kFaults, type.schema());
    add(kParts, worldSchema(), worldKeys());
    add(kParts, serviceSchema(), serviceKeys());
    add(kParts, endpointSchema(), endpointKeys());
    add(kParts, clientSchema(), clientKeys());
    add(kParts, callSchema());
    add(kParts, closedLoopSchema(), closedLoopKeys());
    for (const Schema *schema : {&waveSchema(), &burstSchema(), &ratePointSchema(), &faultPlaceSchema(), &expectationSchema()})
        add(kParts, *schema);
    for (const DistributionForm &form : distributionForms())
        add(kDistributions, form.schema());
    add(kDistributions, fitSchema());
    return found;
}

/// What the settings of a part are together, where its help page is not there to say it.
struct PartText {
    std::string_view name;
    std::string_view summary;
};
constexpr PartText kPartTexts[] = {
    {"pool", "The caller's connections to the called service: a request needs one from its sending to its answer."},
    {"worker", "Makes a client's arrivals messages in a queue, from which workers take them, with redelivery and dead letters."},
    {"pause", "Stops an instance now and then for a while, as a garbage collection does."},
    {"slowdown", "Makes work take longer the more of it there is at once."},
    {"cold_start", "Makes an instance slow for a while after its start."},
    {"bursts", "Makes a fault act in bursts of random length instead of all the time."},
    {"wave", "Lets the strength of a fault come and go."},
};

std::vector<PartTopic> makePartTopics()
{
    std::vector<PartTopic> parts;
    for (const SchemaTopic &topic : schemaTopics())
        for (const Field &field : topic.schema->fields) {
            const std::string_view name = field.key.substr(0, field.key.find('.'));
            if (name.size() == field.key.size())
                continue;
            if (parts.empty() || parts.back().name != name || parts.back().of != &topic) {
                Schema schema = *topic.schema;
                schema.key = name;
                schema.title = topic.schema->title;
                schema.shorthand = {};
                schema.fields.clear();
                const auto text = std::find_if(std::begin(kPartTexts), std::end(kPartTexts),
                                               [&](const PartText &one) { return one.name == name; });
                schema.summary = text == std::end(kPartTexts) ? std::string_view() : text->summary;
                parts.push_back({name, &topic, std::move(schema)});
            }
            parts.back().schema.fields.push_back(field);
        }
    return parts;
}

} // namespace

std::span<const SchemaTopic> schemaTopics()
{
    static const std::vector<SchemaTopic> topics = makeSchemaTopics();
    return topics;
}

std::span<const PartTopic> partTopics()
{
    static const std::vector<PartTopic> topics = makePartTopics();
    return topics;
}

std::span<const ListTopic> listTopics()
{
    static constexpr std::array kTopics = {
        ListTopic{"services", "A map of services by name: what does the work.", {}, "service"},
        ListTopic{"clients", "A map of clients by name: fleets of processes that begin the calls.", {}, "client"},
        ListTopic{"calls", "The calls that a client or a service makes: a list.", {}, "call"},
        ListTopic{"arrivals", "When the calls of a client begin.", {}, {}},
        ListTopic{"service_time", "How long a worker needs for a request.", kDistributions, {}},
        ListTopic{"policies", "A map of policy stacks by name; each is a list of policies, outermost first.", kPolicies, {}},
        ListTopic{"dialects", "The setting dialect of a policy: the same policy as another library has it.", kDialects, {}},
        ListTopic{"faults", "A list of what goes wrong: one kind each, with where and when.", kFaults, "fault"},
        ListTopic{"kinds", "The kinds of faults; one stands in each entry of faults.", kFaults, {}},
        ListTopic{"views", "What the desktop lab shows: its views and panels, one by one.", {}, {}},
        ListTopic{"expect", "A list of what must hold, each with one metric.", {}, "expectation"},
    };
    return kTopics;
}

std::vector<SettingTopic> settingTopics(std::string_view name)
{
    std::vector<SettingTopic> found;
    for (const SchemaTopic &topic : schemaTopics())
        for (const Field &field : topic.schema->fields)
            if (field.key == name || field.key.substr(field.key.rfind('.') + 1) == name)
                found.push_back({&topic, &field});
    return found;
}

} // namespace halfopen
