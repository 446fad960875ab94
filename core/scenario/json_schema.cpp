// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scenario/json_schema.h"

#include "core/run/expectations.h"
#include "core/scenario/world_schema.h"

#include <nlohmann/json.hpp>
#include <string_view>
#include <utility>
#include <vector>

namespace halfopen {

namespace {

using Json = nlohmann::ordered_json;

// As the parsers of core/base/units.h read them; exact limits are left to the loader.
constexpr const char *kDuration =
    "^\\s*(0|([0-9]*\\.?[0-9]+\\s*(ns|us|\u00b5s|\u03bcs|ms|s|m|h|d)\\s*)+)$";
constexpr const char *kRate =
    "^\\s*(0|[0-9]*\\.?[0-9]+\\s*/\\s*(ns|us|\u00b5s|\u03bcs|ms|s|m|h|d))\\s*$";
constexpr const char *kPercent = "^\\s*[0-9]*\\.?[0-9]+\\s*%?\\s*$";
constexpr const char *kCount = "^\\s*[0-9]+(_[0-9]+)*\\s*$";

Json text(const char *pattern)
{
    return {{"type", "string"}, {"pattern", pattern}};
}

Json choices(const std::vector<std::string_view> &words)
{
    Json list = Json::array();
    for (const std::string_view word : words)
        list.push_back(word);
    return {{"enum", std::move(list)}};
}

Json whole(const Field &field)
{
    Json schema{{"type", "integer"}};
    if (const auto *min = std::get_if<std::int64_t>(&field.min))
        schema["minimum"] = *min;
    if (const auto *max = std::get_if<std::int64_t>(&field.max))
        schema["maximum"] = *max;
    return schema;
}

Json real(const Field &field)
{
    Json schema{{"type", "number"}};
    if (const auto *min = std::get_if<double>(&field.min))
        schema["minimum"] = *min;
    if (const auto *max = std::get_if<double>(&field.max))
        schema["maximum"] = *max;
    return schema;
}

/// The ways in which a value of the field may be written.
std::vector<Json> forms(const Field &field)
{
    const Json zero{{"const", 0}};
    switch (field.type) {
    case ValueType::Duration:
        return {text(kDuration), zero};
    case ValueType::Rate:
        return {text(kRate), zero};
    case ValueType::Probability:
        return {text(kPercent), real(field)};
    case ValueType::Count:
        return {whole(field), text(kCount)};
    case ValueType::Number:
        return {real(field)};
    case ValueType::Flag:
        return {{{"type", "boolean"}}};
    case ValueType::Choice:
        return {choices(field.choices)};
    case ValueType::Text:
        return {{{"type", Json::array({"string", "number", "boolean"})}}};
    case ValueType::TextList: {
        Json item = field.choices.empty() ? Json{{"type", Json::array({"string", "number"})}}
                                          : choices(field.choices);
        return {{{"type", "array"}, {"items", item}}, item};
    }
    case ValueType::CountOrDuration:
        return {whole(field), text(kDuration)};
    }
    return {};
}

Json anyOf(std::vector<Json> options)
{
    if (options.size() == 1)
        return std::move(options.front());
    return {{"anyOf", std::move(options)}};
}

Json fieldSchema(const Field &field)
{
    std::vector<Json> options = forms(field);
    if (field.optional)
        options.push_back({{"enum", Json::array({"none", nullptr})}});
    if (!field.maxWord.empty())
        options.push_back({{"const", field.maxWord}});
    Json schema = anyOf(std::move(options));
    std::string description(field.help);
    if (const std::string range = describeRange(field); !range.empty())
        description += " Range: " + range + ".";
    const std::string standard = formatValue(field, field.standard);
    if (!field.required && !standard.empty())
        description += " Default: " + standard + ".";
    schema["description"] = description;
    return schema;
}

/// The map of a kind of settings. \a extra are properties beside the fields.
Json settingsMap(const Schema &schema, const Json &extra = Json::object(),
                 std::span<const NestedKey> nested = {})
{
    Json map{{"type", "object"}, {"description", schema.summary}, {"properties", Json::object()}};
    Json required = Json::array();
    for (const Field &field : schema.fields) {
        Json *properties = &map["properties"];
        std::string_view rest = field.key;
        for (std::size_t dot = rest.find('.'); dot != std::string_view::npos;
             dot = rest.find('.')) {
            Json &group = (*properties)[std::string(rest.substr(0, dot))];
            group["type"] =
                field.optional ? Json::array({"object", "string", "null"}) : Json("object");
            group["additionalProperties"] = false;
            properties = &group["properties"];
            rest.remove_prefix(dot + 1);
        }
        (*properties)[std::string(rest)] = fieldSchema(field);
        if (field.required)
            required.push_back(field.key);
    }
    for (const auto &[key, property] : extra.items())
        map["properties"][key] = property;
    for (const NestedKey &key : nested) {
        map["properties"][std::string(key.key)]["description"] = key.help;
        if (key.required)
            required.push_back(key.key);
    }
    if (!required.empty())
        map["required"] = std::move(required);
    map["additionalProperties"] = false;
    return map;
}

/// Settings as a map, as the value of the shorthand, or left out.
Json settings(const Schema &schema)
{
    std::vector<Json> options{settingsMap(schema)};
    if (!schema.shorthand.empty())
        options.push_back(fieldSchema(*schema.find(schema.shorthand)));
    options.push_back({{"type", "null"}});
    Json all = anyOf(std::move(options));
    all["description"] = schema.summary;
    return all;
}

Json reference(const char *name)
{
    return {{"$ref", std::string("#/definitions/") + name}};
}

Json namedMap(Json entry)
{
    return {{"type", "object"},
            {"propertyNames", {{"pattern", "^[A-Za-z0-9_-]{1,64}$"}}},
            {"additionalProperties", std::move(entry)}};
}

Json list(Json item)
{
    return {{"type", Json::array({"array", "null"})}, {"items", std::move(item)}};
}

/// A map with exactly one of the keys of \a properties.
Json oneKey(Json properties)
{
    return {{"type", "object"},
            {"properties", std::move(properties)},
            {"minProperties", 1},
            {"maxProperties", 1},
            {"additionalProperties", false}};
}

Json distribution()
{
    const Field &constant = *distributionForms().front().schema().find("value");
    Json kinds = Json::object();
    for (const DistributionForm &form : distributionForms())
        kinds[std::string(form.key())] = settings(form.schema());
    const Json of{{"of", reference("service_time")}};
    kinds["mixture"] = {{"type", "array"}, {"items", settingsMap(mixtureBranchSchema(), of)}};
    kinds["empirical"] = {{"type", "array"}, {"items", fieldSchema(constant)}};
    kinds[std::string(fitSchema().key)] = settingsMap(fitSchema());
    for (const NestedKey &key : distributionLists())
        kinds[std::string(key.key)]["description"] = key.help;
    return anyOf({fieldSchema(constant), oneKey(std::move(kinds))});
}

Json arrivals()
{
    const Json points = list(settingsMap(ratePointSchema()));
    const Json rate = anyOf({fieldSchema(*ratePointSchema().find("rate")),
                             oneKey({{"steps", points},
                                     {"ramp", points},
                                     {"wave", settingsMap(waveSchema())},
                                     {"burst", settingsMap(burstSchema())}})});
    const Json closedLoop =
        settingsMap(closedLoopSchema(), {{"think_time", reference("service_time")}}, closedLoopKeys());
    return oneKey({{"poisson", rate},
                   {"constant", rate},
                   {"recorded", {{"type", "string"}}},
                   {"closed_loop", closedLoop}});
}

/// The settings of one kind of policy: those of the dialect that it names.
Json policySettings(const PolicyType &type)
{
    Json all = settings(type.schema());
    if (!type.otherDialects)
        return all;
    for (const PolicyType &other : type.otherDialects())
        all = {{"if",
                {{"type", "object"},
                 {"properties", {{"dialect", {{"const", other.dialect}}}}},
                 {"required", Json::array({"dialect"})}}},
               {"then", settings(other.schema())},
               {"else", std::move(all)}};
    return all;
}

Json layer(const Vocabulary &vocabulary)
{
    Json kinds = Json::object();
    std::vector<std::string_view> names;
    for (const PolicyType &type : vocabulary.policies) {
        kinds[std::string(type.key())] = policySettings(type);
        names.push_back(type.key());
    }
    return anyOf({oneKey(std::move(kinds)), choices(names)});
}

Json fault(const Vocabulary &vocabulary)
{
    Json kinds = Json::object();
    for (const FaultType &type : vocabulary.faults)
        kinds[std::string(type.key())] = settings(type.schema());
    return settingsMap(faultPlaceSchema(), kinds);
}

Json expectation()
{
    Json metricKeys = Json::object();
    for (const Metric &metric : metrics()) {
        metricKeys[std::string(metric.key)] = {
            {"type", "string"}, {"pattern", "^\\s*(<=|>=|==|<|>|=)"}, {"description", metric.help}};
    }
    return settingsMap(expectationSchema(), metricKeys);
}

} // namespace

std::string jsonSchema(const Vocabulary &vocabulary)
{
    const Json calls = list(anyOf({settingsMap(callSchema()), {{"type", "string"}}}));
    const Json endpoint =
        anyOf({settingsMap(endpointSchema(), {{"service_time", reference("service_time")}}, endpointKeys()), {{"type", "null"}}});
    const Json service = settingsMap(serviceSchema(),
                                     {{"service_time", reference("service_time")},
                                      {"endpoints", namedMap(endpoint)},
                                      {"calls", calls},
                                      {"recorded", {{"type", "string"}}}},
                                     serviceKeys());
    const Json client = settingsMap(
        clientSchema(), {{"arrivals", reference("arrivals")}, {"calls", calls}}, clientKeys());
    Json root = settingsMap(worldSchema(),
                            {{"services", namedMap(reference("service"))},
                             {"clients", namedMap(reference("client"))},
                             {"policies", namedMap(list(reference("layer")))},
                             {"faults", list(reference("fault"))},
                             {"expect", list(reference("expectation"))}},
                            worldKeys());
    Json schema{{"$schema", "http://json-schema.org/draft-07/schema#"},
                {"title", "Halfopen scenario"}};
    schema.update(root);
    schema["definitions"] = {{"service", service},
                             {"client", client},
                             {"service_time", distribution()},
                             {"arrivals", arrivals()},
                             {"layer", layer(vocabulary)},
                             {"fault", fault(vocabulary)},
                             {"expectation", expectation()}};
    return schema.dump(2) + "\n";
}

} // namespace halfopen
