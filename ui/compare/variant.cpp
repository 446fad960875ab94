// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/compare/variant.h"

#include "core/policies/registry.h"
#include "simulators/compared_runs.h"
#include "simulators/vocabulary.h"
#include "ui/format.h"

#include <QCoreApplication>

#include <algorithm>
#include <map>
#include <set>

namespace halfopen {

namespace {

constexpr std::size_t kTextLinesMax = 60;

QString tr(const char *text)
{
    return QCoreApplication::translate("Variant", text);
}

const QString kDash = QStringLiteral("\u2013");
const QString kThere = QStringLiteral("\u2713"); ///< a line of the text: no value, as the settings' "true" is one

QString textOf(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

Variant made(report::ComparedVariant from)
{
    return {QString::fromStdString(from.name), std::move(from.scenario), std::move(from.carried), {}, {}};
}

/// Every breaker of the scenario, at least one, is of \a dialect.
bool hasOnly(const Scenario &scenario, std::string_view dialect)
{
    bool isAny = false;
    for (const PolicyStackSpec &stack : scenario.stacks) {
        for (const PolicySpec &layer : stack.layers) {
            if (layer.type->key() != "circuit_breaker")
                continue;
            if (layer.type->dialect != dialect)
                return false;
            isAny = true;
        }
    }
    return isAny;
}

using Things = std::map<std::string, QString>;

/// Every layer and each of its settings by its path.
Things policiesOf(const Scenario &scenario)
{
    Things things;
    for (const PolicyStackSpec &stack : scenario.stacks) {
        for (std::size_t l = 0; l < stack.layers.size(); ++l) {
            const PolicySpec &layer = stack.layers[l];
            const std::string path = "policies." + stack.name + '.' + std::to_string(l);
            QString type = textOf(layer.type->key());
            if (layer.type->dialect != "halfopen" && !layer.type->dialect.empty())
                type += QStringLiteral(", ") + textOf(layer.type->dialect);
            things[path] = type;
            for (const Field &field : layer.settings.schema().fields)
                things[path + '.' + std::string(field.key)] =
                    QString::fromStdString(formatValue(field, layer.settings.get(field)));
        }
    }
    return things;
}

/// Lines that say something, without those of the policies, which are compared as settings.
std::vector<QString> linesOf(const Scenario &scenario)
{
    std::vector<QString> lines;
    bool inPolicies = false;
    for (const QString &line : QString::fromStdString(scenario.text).split(QLatin1Char('\n'))) {
        const QString said = line.section(QStringLiteral(" #"), 0, 0).trimmed();
        if (said.isEmpty() || said.startsWith(QLatin1Char('#')))
            continue;
        if (!line.startsWith(QLatin1Char(' ')) && !line.startsWith(QLatin1Char('-')))
            inPolicies = said.startsWith(QLatin1String("policies:"));
        if (!inPolicies)
            lines.push_back(said);
    }
    return lines;
}

void addRow(std::vector<DifferenceRow> &rows, const QString &what, const QStringList &values)
{
    if (std::any_of(values.begin(), values.end(), [&](const QString &value) { return value != values.front(); }))
        rows.push_back({what, values});
}

void addPolicies(std::vector<DifferenceRow> &rows, const Variants &variants)
{
    std::vector<Things> all;
    std::set<std::string> paths;
    for (const Variant &variant : variants) {
        all.push_back(variant.scenario ? policiesOf(*variant.scenario) : Things());
        for (const ParameterChange &change : variant.changes)
            all.back()[change.path] =
                tr("%1, %2 from %3").arg(all.back()[change.path], QString::fromStdString(change.after), formatInstant(change.at));
        for (const auto &[path, value] : all.back())
            paths.insert(path);
    }
    for (const std::string &path : paths) {
        QStringList values;
        for (const Things &things : all) {
            const auto found = things.find(path);
            values += found == things.end() ? kDash : found->second;
        }
        addRow(rows, QString::fromStdString(path), values);
    }
}

void addLines(std::vector<DifferenceRow> &rows, const Variants &variants)
{
    std::vector<std::set<QString>> sets;
    std::vector<QString> order; // as they stand in the texts
    std::set<QString> known;
    for (const Variant &variant : variants) {
        sets.emplace_back();
        if (!variant.scenario)
            continue;
        for (const QString &line : linesOf(*variant.scenario)) {
            if (sets.back().insert(line).second && known.insert(line).second)
                order.push_back(line);
        }
    }
    std::size_t more = 0; // than can be read
    const std::size_t before = rows.size();
    for (const QString &line : order) {
        QStringList values;
        for (const std::set<QString> &set : sets)
            values += set.contains(line) ? kThere : kDash;
        addRow(rows, line, values);
        if (rows.size() > before + kTextLinesMax) {
            rows.pop_back();
            ++more;
        }
    }
    if (more > 0)
        rows.push_back({tr("and %1 more lines that differ").arg(formatCount(more)), QStringList(static_cast<qsizetype>(variants.size()), kDash)});
}

} // namespace

Variants dialectVariants(const std::shared_ptr<const Scenario> &scenario)
{
    Variants variants{{tr("as it is"), scenario, {}, {}, {}}};
    const PolicyType *breaker = findPolicyType("circuit_breaker");
    std::vector<std::string> dialects{std::string(breaker->dialect)};
    if (breaker->otherDialects) {
        for (const PolicyType &other : breaker->otherDialects())
            dialects.emplace_back(other.dialect);
    }
    for (const std::string &dialect : dialects) {
        if (hasOnly(*scenario, dialect))
            continue;
        Result<report::ComparedVariant> variant = dialectVariant(*scenario, dialect);
        if (variant)
            variants.push_back(made(*std::move(variant)));
        else
            variants.push_back({QString::fromStdString(dialect), nullptr, {}, {}, QString::fromStdString(variant.error().message)});
    }
    return variants;
}

Variants orderedVariants(const std::shared_ptr<const Scenario> &scenario)
{
    Variants variants{{tr("as it is"), scenario, {}, {}, {}}};
    for (report::ComparedVariant &variant : orderVariants(*scenario)) {
        variants.push_back(made(std::move(variant)));
        QString &name = variants.back().name;
        const QString outside = QStringLiteral(" outside ");
        if (const qsizetype at = name.lastIndexOf(outside); at > 0)
            name = tr("%1 outside %2").arg(name.left(at), name.mid(at + outside.size()));
    }
    return variants;
}

Variants keptVariants(const std::vector<RunSource> &sources)
{
    Variants variants;
    for (const RunSource &source : sources) {
        const LoadResult loaded = loadScenarioText(source.text, source.path.toStdString(), standardVocabulary());
        const bool hasOtherSeeds = std::any_of(sources.begin(), sources.end(), [&source](const RunSource &other) {
            return other.name == source.name && other.seed != source.seed;
        });
        const QString given = hasOtherSeeds ? tr("%1 \u00b7 seed %2").arg(source.name).arg(source.seed) : source.name;
        QString name = given;
        const auto isTaken = [&](const QString &wanted) {
            return std::any_of(variants.begin(), variants.end(), [&](const Variant &other) { return other.name == wanted; });
        };
        for (int number = 2; isTaken(name); ++number)
            name = QStringLiteral("%1 (%2)").arg(given).arg(number);
        if (loaded.ok())
            variants.push_back({name, loaded.scenario, {}, source.changes, {}});
        else
            variants.push_back({name, nullptr, {}, {}, loaded.diagnostics.empty()
                                                           ? tr("it cannot be read")
                                                           : QString::fromStdString(loaded.diagnostics.front().message)});
    }
    return variants;
}

std::vector<DifferenceRow> differencesOf(const Variants &variants)
{
    std::vector<DifferenceRow> rows;
    if (variants.size() < 2)
        return rows;
    addPolicies(rows, variants);
    QStringList seeds, lengths;
    for (const Variant &variant : variants) {
        seeds += variant.scenario ? QString::number(variant.scenario->seed) : kDash;
        lengths += variant.scenario ? formatDuration(variant.scenario->duration) : kDash;
    }
    addRow(rows, tr("seed of the scenario"), seeds);
    addRow(rows, tr("duration"), lengths);
    addLines(rows, variants);
    return rows;
}

} // namespace halfopen
