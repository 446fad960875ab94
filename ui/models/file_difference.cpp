// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/file_difference.h"

#include "core/scenario/loader.h"
#include "core/scenario/yaml_reader.h"
#include "simulators/vocabulary.h"
#include "ui/format.h"
#include "ui/models/text_change.h"
#include "ui/models/tuning_model.h"

#include <QCoreApplication>
#include <QFile>

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>

namespace halfopen {

namespace {

constexpr std::string_view kPolicies = "policies";
constexpr std::string_view kFaults = "faults";
/// Keys of a scenario that have no part in a run.
constexpr std::array<std::string_view, 3> kNoPart{"halfopen", "name", "expect"};
/// Keys whose entries have names of their own, which say enough.
constexpr std::array<std::string_view, 2> kNamed{"clients", "services"};

QString tr(const char *text)
{
    return QCoreApplication::translate("FileDifference", text);
}

template <std::size_t N> bool holds(const std::array<std::string_view, N> &words, std::string_view word)
{
    return std::find(words.begin(), words.end(), word) != words.end();
}

QString words(std::string_view key)
{
    return QString::fromUtf8(key.data(), qsizetype(key.size())).replace(QLatin1Char('_'), QLatin1Char(' '));
}

QString valueOf(const YamlNode *node)
{
    return node && node->isScalar() ? QString::fromStdString(node->scalar) : QString();
}

/// Of an item of a list: "fault 2 on db", "web › arrivals poisson 3".
QString itemLabel(const std::string &path, const QString &label, std::size_t index, const YamlNode &item)
{
    const YamlNode *on = path == kFaults ? item.find("on") : nullptr;
    return on ? tr("fault %1 on %2").arg(index + 1).arg(valueOf(on)) : QStringLiteral("%1 %2").arg(label).arg(index + 1);
}

/// The kinds of a stack's layers: two stacks of the same kinds differ in settings only.
std::vector<std::string> kindsOf(const YamlNode &stack)
{
    std::vector<std::string> kinds;
    for (const YamlNode &layer : stack.children)
        kinds.push_back(layer.isMap() && !layer.children.empty() ? layer.children.front().key : layer.scalar);
    return kinds;
}

/// Goes through two texts side by side.
class Comparer {
public:
    void compareRoots(const YamlNode &file, const YamlNode &text)
    {
        forEachKey(file, text, [this](const std::string &key, const YamlNode *was, const YamlNode *is) {
            if (holds(kNoPart, key))
                return;
            if (key == kPolicies && was && is)
                comparePolicies(*was, *is);
            else
                compare(was, is, key, holds(kNamed, key) ? QString() : words(key));
        });
    }
    std::vector<FileDifference> all;

private:
    template <typename F> static void forEachKey(const YamlNode &file, const YamlNode &text, F &&visit)
    {
        for (const YamlNode &entry : text.children)
            visit(entry.key, file.find(entry.key), &entry);
        for (const YamlNode &entry : file.children)
            if (!text.find(entry.key))
                visit(entry.key, &entry, static_cast<const YamlNode *>(nullptr));
    }

    void comparePolicies(const YamlNode &file, const YamlNode &text)
    {
        forEachKey(file, text, [this](const std::string &key, const YamlNode *was, const YamlNode *is) {
            if (!was || !is || kindsOf(*was) != kindsOf(*is))
                add(was, is, std::string(kPolicies) + '.' + key, QString::fromStdString(key));
        });
    }

    void compare(const YamlNode *was, const YamlNode *is, const std::string &path, const QString &label)
    {
        if (was && is && was->sameAs(*is))
            return;
        if (was && is && was->isMap() && is->isMap()) {
            forEachKey(*was, *is, [&](const std::string &key, const YamlNode *a, const YamlNode *b) {
                compare(a, b, path + '.' + key, joined(label, label.isEmpty() ? QString::fromStdString(key) : words(key)));
            });
        } else if (was && is && was->isSequence() && is->isSequence()) {
            for (std::size_t i = 0; i < std::max(was->children.size(), is->children.size()); ++i) {
                const YamlNode *a = i < was->children.size() ? &was->children[i] : nullptr;
                const YamlNode *b = i < is->children.size() ? &is->children[i] : nullptr;
                compare(a, b, path + '.' + std::to_string(i), itemLabel(path, label, i, b ? *b : *a));
            }
        } else {
            add(was, is, path, label);
        }
    }

    /// "web", "web › arrivals", "web › arrivals poisson".
    static QString joined(const QString &label, const QString &word)
    {
        if (label.isEmpty())
            return word;
        return label + (label.contains(QChar(0x203a)) ? QStringLiteral(" ") : QStringLiteral(" \u203a ")) + word;
    }

    void add(const YamlNode *was, const YamlNode *is, const std::string &path, const QString &label)
    {
        using Kind = FileDifference::Kind;
        const Kind kind = is && is->isScalar() ? Kind::Value : !is || is->isNull() ? Kind::Removed : was ? Kind::Other : Kind::Added;
        all.push_back({kind, path, label.isEmpty() ? words(path) : label, valueOf(was), valueOf(is)});
    }
};

std::optional<std::string> textOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? std::optional(file.readAll().toStdString()) : std::nullopt;
}

/// "policies.edge.0.max_attempts" -> "edge › Max attempts".
QString settingName(const std::string &path)
{
    const QString text = QString::fromStdString(path);
    return QStringLiteral("%1 \u203a %2").arg(text.section(QLatin1Char('.'), 1, 1), settingLabel(text.section(QLatin1Char('.'), 3).toStdString()));
}

} // namespace

QString differenceText(const FileDifference &difference)
{
    switch (difference.kind) {
    case FileDifference::Kind::Value:
        return QStringLiteral("%1 %2").arg(difference.label, difference.now);
    case FileDifference::Kind::Added:
        return tr("%1: not in the file").arg(difference.label);
    case FileDifference::Kind::Removed:
        return tr("%1: only in the file").arg(difference.label);
    case FileDifference::Kind::Other:
        break;
    }
    return tr("%1: other than in the file").arg(difference.label);
}

std::string differencePlain(const FileDifference &difference)
{
    switch (difference.kind) {
    case FileDifference::Kind::Value:
        return difference.path + ": " + difference.now.toStdString();
    case FileDifference::Kind::Added:
        return difference.path + " (not in the file)";
    case FileDifference::Kind::Removed:
        return difference.path + " (only in the file)";
    case FileDifference::Kind::Other:
        break;
    }
    return difference.path + " (other than in the file)";
}

std::vector<FileDifference> worldDifferences(const std::string &file, const std::string &text)
{
    if (file == text)
        return {};
    const YamlText was = readYaml(file), is = readYaml(text);
    if (!was.root || !is.root || !was.root->isMap() || !is.root->isMap())
        return {};
    Comparer comparer;
    comparer.compareRoots(*was.root, *is.root);
    return std::move(comparer.all);
}

std::vector<FileDifference> differencesFrom(const Scenario *file, const std::string &fileText, const Scenario &scenario)
{
    if (fileText == scenario.text)
        return {};
    if (file == nullptr)
        return {{FileDifference::Kind::Other, "scenario", tr("scenario"), {}, {}}};
    std::vector<FileDifference> all;
    if (haveSameShape(*file, scenario)) {
        for (const Override &setting : settingsThatDiffer(*file, scenario))
            all.push_back({FileDifference::Kind::Value, setting.path, settingName(setting.path), {}, QString::fromStdString(setting.value)});
    }
    const std::vector<FileDifference> world = worldDifferences(fileText, scenario.text);
    all.insert(all.end(), world.begin(), world.end());
    return all;
}

FileComparison compareWithFile(const Scenario &scenario, const FileAsRead &known)
{
    using With = FileComparison::With;
    const QString path = QString::fromStdString(scenario.path);
    std::optional<std::string> file = textOf(path);
    const With with = file ? With::File : !known.text.empty() && known.path == path ? With::AsRead : With::Nothing;
    if (with == With::Nothing)
        return {with, {}};
    const std::string &text = file ? *file : known.text;
    if (text == scenario.text)
        return {with, {}};
    return {with, differencesFrom(loadScenarioText(text, scenario.path, standardVocabulary()).scenario.get(), text, scenario)};
}

QStringList changesInRun(const RunRecord &record)
{
    QStringList parts;
    for (const ParameterChange &change : record.changes)
        parts += tr("%1 %2 from %3 on").arg(settingName(change.path), QString::fromStdString(change.after), formatInstant(change.at));
    return parts;
}

QString firstOf(const QStringList &parts, qsizetype most)
{
    if (parts.size() <= most)
        return parts.join(QStringLiteral(", "));
    return tr("%1 and %2 more").arg(parts.mid(0, most).join(QStringLiteral(", "))).arg(parts.size() - most);
}

} // namespace halfopen
