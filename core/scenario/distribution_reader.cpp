// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/quantile_fit.h"
#include "core/base/units.h"
#include "core/scenario/settings_reader.h"
#include "core/scenario/text_tools.h"
#include "core/scenario/world_reader.h"
#include "core/scenario/world_schema.h"
#include "core/traces/json_lines_reader.h"

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

namespace halfopen {

namespace {

constexpr std::size_t kBranchesMax = 100;
constexpr std::size_t kSamplesMax = 100'000;

const Field &constantField()
{
    static const Field &field = *distributionForms().front().schema().find("value");
    return field;
}

std::vector<std::string_view> formWords()
{
    std::vector<std::string_view> words;
    for (const DistributionForm &form : distributionForms())
        words.push_back(form.key());
    for (const NestedKey &list : distributionLists())
        words.push_back(list.key);
    words.push_back(fitSchema().key);
    return words;
}

Result<QuantileFit> fitOf(const FitSource &source, const std::filesystem::path &folder)
{
    std::vector<QuantilePoint> points;
    for (const auto &[probability, value] : source.percentiles)
        points.push_back({probability, value});
    if (!source.trace.empty()) {
        const std::filesystem::path named(source.trace);
        const auto recording = readSharedRecording(named.is_absolute() ? named : folder / named);
        if (!recording)
            return tl::unexpected<Error>(recording.error());
        Result<std::vector<QuantilePoint>> measured = percentilesOf(goodDurations(**recording));
        if (!measured)
            return failure(source.trace + ": " + measured.error().message);
        points = *std::move(measured);
    }
    return fitQuantiles(std::move(points));
}

std::optional<QuantileFit> readFitForm(const YamlNode &entry, Problems &problems)
{
    const std::size_t errorsBefore = problems.errorCount();
    const std::shared_ptr<void> config = fitSchema().create();
    readSettings(entry, fitSchema(), config.get(), problems, "'fit'");
    if (problems.errorCount() != errorsBefore)
        return std::nullopt;
    Result<QuantileFit> fit = fitOf(fitSource(config.get()), std::filesystem::path(problems.path()).parent_path());
    if (fit)
        return *std::move(fit);
    problems.error(entry, fit.error().message);
    return std::nullopt;
}

Distribution readMixture(const YamlNode &node, Problems &problems)
{
    if (!node.isSequence() || node.children.empty()) {
        reportKind(node, "a list such as [ { weight: 9, of: 5ms }, { weight: 1, of: 80ms } ]",
                   problems);
        return {};
    }
    if (node.children.size() > kBranchesMax) {
        problems.error(node, "'mixture' has " + std::to_string(node.children.size()) +
                                 " branches, expected at most " + std::to_string(kBranchesMax));
        return {};
    }
    static constexpr NestedKey kOf{"of", "The service time of this branch.", true};
    const std::size_t errorsBefore = problems.errorCount();
    std::vector<std::pair<double, Distribution>> branches;
    for (const YamlNode &item : node.children) {
        if (!item.isMap()) {
            problems.error(item, "a branch of 'mixture' is " + describeNode(item) +
                                     ", expected { weight: ..., of: ... }");
            continue;
        }
        MixtureBranch branch;
        readSettings(item, mixtureBranchSchema(), &branch, problems, "a branch of 'mixture'",
                     {&kOf, 1});
        const YamlNode *of = item.find("of");
        if (of && of->isMap() && of->find("mixture"))
            problems.errorAtKey(*of, "a mixture inside a mixture is not supported",
                                "list all branches in one mixture");
        else if (of)
            branches.emplace_back(branch.weight, readDistribution(*of, problems));
    }
    return problems.errorCount() == errorsBefore ? Distribution::mixture(std::move(branches))
                                                 : Distribution();
}

Distribution readEmpirical(const YamlNode &node, Problems &problems)
{
    if (!node.isSequence() || node.children.empty()) {
        reportKind(node, "a list of times such as [5ms, 6ms, 90ms]", problems);
        return {};
    }
    if (node.children.size() > kSamplesMax) {
        problems.error(node, "'empirical' has " + std::to_string(node.children.size()) +
                                 " times, expected at most " + std::to_string(kSamplesMax));
        return {};
    }
    std::vector<Duration> samples;
    for (const YamlNode &item : node.children)
        if (const std::optional<Value> value = readValue(item, constantField(), problems))
            samples.push_back(std::get<Duration>(*value));
    return samples.size() == node.children.size() ? Distribution::empirical(std::move(samples))
                                                  : Distribution();
}

Distribution readForm(const YamlNode &entry, Problems &problems)
{
    if (entry.key == "mixture")
        return readMixture(entry, problems);
    if (entry.key == "empirical")
        return readEmpirical(entry, problems);
    if (entry.key == fitSchema().key) {
        const std::optional<QuantileFit> fit = readFitForm(entry, problems);
        return fit ? fit->best().distribution : Distribution();
    }
    for (const DistributionForm &form : distributionForms()) {
        if (form.key() != entry.key)
            continue;
        const std::size_t errorsBefore = problems.errorCount();
        const std::shared_ptr<void> config = form.schema().create();
        readSettings(entry, form.schema(), config.get(), problems, "'" + entry.key + "'");
        return problems.errorCount() == errorsBefore ? form.make(config.get()) : Distribution();
    }
    const std::vector<std::string_view> words = formWords();
    problems.errorAtKey(entry, "unknown distribution '" + entry.key + "'",
                        hintForKey(entry, words, "there are "));
    return {};
}

} // namespace

std::optional<QuantileFit> readFit(const YamlNode &node, Problems &problems)
{
    const YamlNode *entry = node.isMap() ? node.find(fitSchema().key) : nullptr;
    const std::vector<Override> none;
    Problems again(problems.path(), {}, none);
    return entry ? readFitForm(*entry, again) : std::nullopt;
}

Distribution readDistribution(const YamlNode &node, Problems &problems)
{
    if (node.isScalar()) {
        const Result<Duration> time = parseDuration(node.scalar);
        if (!time) {
            problems.error(node, "'" + node.key + "': " + time.error().message,
                           "a time such as 10ms, or a distribution such as { lognormal: { p50: "
                           "12ms, p99: 60ms } }");
            return {};
        }
        const std::optional<Value> value = readValue(node, constantField(), problems);
        return value ? Distribution::constant(std::get<Duration>(*value)) : Distribution();
    }
    if (!node.isMap() || node.children.empty()) {
        reportKind(node, "a time such as 10ms, or a distribution such as { exponential: 10ms }",
                   problems);
        return {};
    }
    for (std::size_t i = 1; i < node.children.size(); ++i)
        problems.errorAtKey(node.children[i],
                            "'" + node.key + "' has more than one distribution: '" +
                                node.children[0].key + "' and '" + node.children[i].key + "'",
                            "keep one of them, or use 'mixture'");
    return readForm(node.children[0], problems);
}

} // namespace halfopen
