// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scenario/expectation_reader.h"

#include "core/base/units.h"
#include "core/run/expectations.h"
#include "core/scenario/settings_reader.h"
#include "core/scenario/text_tools.h"
#include "core/scenario/world_edges.h"
#include "core/scenario/world_schema.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>
#include <vector>

namespace halfopen {

namespace {

using Comparison = ExpectationSpec::Comparison;

constexpr std::array<std::pair<std::string_view, Comparison>, 6> kComparisons{{
    {"<=", Comparison::LessOrEqual}, // the longer signs first
    {">=", Comparison::GreaterOrEqual},
    {"==", Comparison::Equal},
    {"<", Comparison::Less},
    {">", Comparison::Greater},
    {"=", Comparison::Equal},
}};

std::string_view example(Metric::Unit unit)
{
    switch (unit) {
    case Metric::Unit::Share:
        return "\">= 95%\"";
    case Metric::Unit::Seconds:
        return "\"<= 800ms\"";
    case Metric::Unit::Count:
        return "\"<= 3\"";
    case Metric::Unit::PerSecond:
        return "\">= 100/s\"";
    case Metric::Unit::Ratio:
        return "\"<= 1.5\"";
    }
    return {};
}

Result<double> parseMetricValue(Metric::Unit unit, std::string_view text)
{
    switch (unit) {
    case Metric::Unit::Share:
        return parseProbability(text);
    case Metric::Unit::Seconds: {
        const Result<Duration> duration = parseDuration(text);
        if (!duration)
            return tl::unexpected<Error>(duration.error());
        return toSeconds(*duration);
    }
    case Metric::Unit::PerSecond:
        return parseRate(text);
    case Metric::Unit::Count:
    case Metric::Unit::Ratio: {
        static const Field kNumber{
            .key = "value", .type = ValueType::Number, .help = {}, .standard = {}, .min = 0.0};
        const Result<Value> number = parseValue(kNumber, text);
        if (!number)
            return tl::unexpected<Error>(number.error());
        return std::get<double>(*number);
    }
    }
    return failure("unknown unit");
}

/// Reads ">= 95%" into the expectation.
bool readComparison(const YamlNode &entry, const Metric &metric, ExpectationSpec &into,
                    Problems &problems)
{
    const std::string hint =
        "write for example " + std::string(metric.key) + ": " + std::string(example(metric.unit));
    if (!entry.isScalar()) {
        problems.error(entry,
                       "'" + entry.key + "' is " + describeNode(entry) + ", expected a comparison",
                       hint);
        return false;
    }
    const std::string_view text = trimmed(entry.scalar);
    const auto sign = std::find_if(kComparisons.begin(), kComparisons.end(),
                                   [text](const auto &one) { return text.starts_with(one.first); });
    if (sign == kComparisons.end()) {
        problems.error(
            entry, "'" + entry.key + "' is '" + entry.scalar + "', expected a comparison", hint);
        return false;
    }
    const Result<double> value =
        parseMetricValue(metric.unit, trimmed(text.substr(sign->first.size())));
    if (!value) {
        problems.error(entry, "'" + entry.key + "': " + value.error().message, hint);
        return false;
    }
    into.metric = entry.key;
    into.comparison = sign->second;
    into.value = *value;
    into.valueText = text;
    return true;
}

template <typename Named>
void addNames(const std::vector<Named> &all, std::vector<std::string> &into)
{
    for (const Named &one : all)
        into.push_back(one.name);
}

} // namespace

std::optional<ExpectationSpec> readExpectation(const YamlNode &node, Problems &problems)
{
    if (!node.isMap()) {
        problems.error(node, "an expectation is " + describeNode(node) +
                                 ", expected for example { goodput: \">= 95%\" }");
        return std::nullopt;
    }
    std::vector<NestedKey> keys;
    std::vector<std::string_view> words;
    for (const Metric &metric : metrics()) {
        keys.push_back({metric.key, metric.help});
        words.push_back(metric.key);
    }
    const std::size_t errorsBefore = problems.errorCount();
    ExpectationPlace place;
    readSettings(node, expectationSchema(), &place, problems, "an expectation", keys);
    ExpectationSpec expectation;
    const YamlNode *found = nullptr;
    for (const YamlNode &entry : node.children) {
        const Metric *metric = findMetric(entry.key);
        if (!metric)
            continue;
        if (found)
            problems.errorAtKey(entry,
                                "an expectation has one metric, but this has '" + found->key +
                                    "' and '" + entry.key + "'",
                                "write two lines");
        else
            readComparison(entry, *metric, expectation, problems);
        found = found ? found : &entry;
    }
    if (!found && problems.errorCount() == errorsBefore)
        problems.error(node, "an expectation needs a metric",
                       "there are " + joinWords(words, "and"));
    if (problems.errorCount() != errorsBefore)
        return std::nullopt;
    expectation.of = place.of;
    expectation.from = place.from;
    expectation.to = place.to;
    expectation.why = place.why;
    expectation.place = node.place;
    return expectation;
}

MeasuredThings measuredThings(const Metric &metric, const Scenario &scenario, const std::vector<std::string> &edges)
{
    MeasuredThings things;
    if (metric.ofBreaker) {
        things.kind = "policy stack";
        addNames(scenario.stacks, things.names);
    } else if (metric.ofService) {
        things.kind = "service";
        addNames(scenario.services, things.names);
    } else {
        things.kind = "client, service or edge";
        addNames(scenario.clients, things.names);
        addNames(scenario.services, things.names);
        things.names.insert(things.names.end(), edges.begin(), edges.end());
    }
    return things;
}

void checkExpectation(const ExpectationSpec &expectation, const YamlNode &node,
                      const Scenario &scenario, const KnownParts &known, const std::vector<std::string> &edges,
                      Problems &problems)
{
    const Metric *metric = findMetric(expectation.metric);
    if (!metric)
        return;
    const auto [kind, names] = measuredThings(*metric, scenario, edges);
    const bool isPlainName = expectation.of.find_first_of("/> ") == std::string::npos;
    const bool areAllKnown = metric->ofBreaker    ? known.stacks() // so that a name that is not among them is a wrong one
                             : metric->ofService ? known.services()
                                                 : known.services() && known.clients() && (isPlainName || known.edges());
    const YamlNode *of = node.find("of");
    if (expectation.of.empty()) {
        if (metric->ofService)
            problems.error(node, "'" + expectation.metric + "' is measured of one service",
                           "add of: " + (names.empty() ? std::string("NAME") : names.front()));
    } else if (areAllKnown && std::find(names.begin(), names.end(), expectation.of) == names.end()) {
        std::vector<std::string_view> words;
        if (!problems.isFull())
            words.assign(names.begin(), names.end());
        problems.error(of ? *of : node,
                       "there is no " + kind + " '" + expectation.of + "' to measure '" +
                           expectation.metric + "' of",
                       hintForWord(expectation.of, words, "there are "));
    }
    if (known.duration() && expectation.from.value_or(Duration(0)) >= scenario.duration)
        problems.behindTheEnd(node, "'" + expectation.metric + "' is measured from " +
                                        formatDuration(*expectation.from) + " on, but the run ends at " +
                                        formatDuration(scenario.duration));
}

} // namespace halfopen
