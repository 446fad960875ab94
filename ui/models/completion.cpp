// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/completion.h"

#include "core/scenario/json_schema.h"
#include "simulators/vocabulary.h"
#include "ui/models/schema_text.h"
#include "ui/models/yaml_place.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QStringList>

#include <algorithm>

namespace halfopen {
namespace {

constexpr int kDepthMax = 20; ///< of references in the schema

QString tr(const char *text)
{
    return QCoreApplication::translate("Completion", text);
}

using Beside = std::map<std::string, std::string>;

const QJsonObject &schema()
{
    static const QJsonObject root
        = QJsonDocument::fromJson(QByteArray::fromStdString(jsonSchema(standardVocabulary()))).object();
    return root;
}

/// True unless \a beside says otherwise: the condition is about one word beside, as the dialect of a breaker.
bool holds(const QJsonObject &condition, const Beside &beside)
{
    const QJsonObject properties = condition["properties"].toObject();
    for (auto it = properties.begin(); it != properties.end(); ++it) {
        const auto found = beside.find(it.key().toStdString());
        if (found == beside.end() || QString::fromStdString(found->second) != it.value().toObject()["const"].toString())
            return false;
    }
    return true;
}

/// All forms that a value of \a node may have, references and choices resolved.
void expand(const QJsonObject &node, const Beside &beside, std::vector<QJsonObject> &into, int depth = 0)
{
    if (depth > kDepthMax)
        return;
    if (node.contains(QLatin1String("$ref"))) {
        const QString name = node["$ref"].toString().section(QLatin1Char('/'), -1);
        expand(schema()["definitions"][name].toObject(), beside, into, depth + 1);
        return;
    }
    for (const QJsonValue &each : node["anyOf"].toArray())
        expand(each.toObject(), beside, into, depth + 1);
    if (node.contains(QLatin1String("if")))
        expand(node[holds(node["if"].toObject(), beside) ? "then" : "else"].toObject(), beside, into, depth + 1);
    into.push_back(node);
}

/// What may stand where \a path leads to, before forms are resolved.
std::vector<QJsonObject> nodesAt(const std::vector<YamlPlace::Step> &path, const Beside &present)
{
    std::vector<QJsonObject> nodes{schema()};
    for (const YamlPlace::Step &step : path) {
        std::vector<QJsonObject> next;
        for (const QJsonObject &node : nodes) {
            std::vector<QJsonObject> forms;
            expand(node, step.beside, forms);
            for (const QJsonObject &form : forms) {
                const QString key = QString::fromStdString(step.key);
                const QJsonValue child = step.key.empty() ? form["items"]
                    : form["properties"].toObject().contains(key) ? form["properties"][key]
                                                                  : form["additionalProperties"];
                if (child.isObject())
                    next.push_back(child.toObject());
            }
        }
        nodes = std::move(next);
    }
    std::vector<QJsonObject> forms;
    for (const QJsonObject &node : nodes)
        expand(node, present, forms);
    return forms;
}

/// Range and default become the hint.
Completion described(const QString &word, const QString &description)
{
    const SchemaDescription parts = splitDescription(description);
    QStringList hint;
    if (!parts.range.isEmpty())
        hint += schemaRange(parts.range.toStdString());
    if (!parts.standard.isEmpty())
        hint += tr("default %1").arg(parts.standard);
    return {word, hint.join(QStringLiteral(", ")), schemaText(parts.text)};
}

QString descriptionOf(const QJsonObject &node)
{
    if (const QString own = node["description"].toString(); !own.isEmpty())
        return own;
    if (!node.contains(QLatin1String("$ref")))
        return {};
    const QString name = node["$ref"].toString().section(QLatin1Char('/'), -1);
    return schema()["definitions"][name]["description"].toString();
}

class Words {
public:
    void add(Completion completion)
    {
        const bool isKnown = std::any_of(m_all.begin(), m_all.end(), [&](const Completion &c) { return c.word == completion.word; });
        if (!isKnown)
            m_all.push_back(std::move(completion));
    }
    /// Those that begin with \a typed, then those that have it in them.
    std::vector<Completion> fitting(const QString &typed) const
    {
        std::vector<Completion> fit;
        for (const Completion &each : m_all) {
            if (each.word.startsWith(typed, Qt::CaseInsensitive))
                fit.push_back(each);
        }
        for (const Completion &each : m_all) {
            if (!each.word.startsWith(typed, Qt::CaseInsensitive) && each.word.contains(typed, Qt::CaseInsensitive))
                fit.push_back(each);
        }
        return fit;
    }

private:
    std::vector<Completion> m_all;
};

void addKeys(const std::vector<QJsonObject> &forms, const Beside &present, Words &words)
{
    for (const QJsonObject &form : forms) {
        const QJsonObject properties = form["properties"].toObject();
        // One of many: once one is there, no other fits.
        const bool isFull = form["maxProperties"].toInt(-1) == 1 && !present.empty();
        if (isFull)
            continue;
        QStringList required; // first
        for (const QJsonValue &key : form["required"].toArray())
            required += key.toString();
        QStringList keys = properties.keys();
        std::stable_sort(keys.begin(), keys.end(), [&](const QString &a, const QString &b) {
            return required.contains(a) && !required.contains(b);
        });
        for (const QString &key : keys) {
            if (present.count(key.toStdString()) == 0)
                words.add(described(key, descriptionOf(properties[key].toObject())));
        }
    }
}

void addValues(const std::vector<QJsonObject> &forms, Words &words)
{
    const auto description = [](const QJsonObject &form) { return described({}, descriptionOf(form)).hint; };
    for (const QJsonObject &form : forms) {
        for (const QJsonValue &word : form["enum"].toArray()) {
            if (word.isString())
                words.add({word.toString(), description(form), {}});
        }
        if (form["const"].isString())
            words.add({form["const"].toString(), {}, {}});
        if (form["type"].toString() == QLatin1String("boolean")) {
            words.add({QStringLiteral("true"), description(form), {}});
            words.add({QStringLiteral("false"), {}, {}});
        }
    }
}

void addNames(std::string_view text, const std::string &key, const std::vector<YamlPlace::Step> &path, Words &words)
{
    const auto add = [&](const char *under, const QString &hint) {
        for (const std::string &name : yamlNamesUnder(text, under))
            words.add({QString::fromStdString(name), hint, {}});
    };
    const bool isTop = path.size() < 2;
    if (key == "to" || key == "on" || (key == "calls" && !isTop))
        add("services", tr("service"));
    else if (key == "policies" && !isTop)
        add("policies", tr("policy stack"));
    else if (key == "of") {
        add("clients", tr("client"));
        add("services", tr("service"));
        add("policies", tr("policy stack"));
    }
}

} // namespace

Completions completionsAt(std::string_view text, std::size_t at)
{
    const YamlPlace place = yamlPlaceAt(text, at);
    Completions result{{}, place.from, place.to, place.isKey && !place.hasColon};
    if (place.isComment)
        return result;
    const std::vector<QJsonObject> forms = nodesAt(place.path, place.present);
    Words words;
    if (place.isKey)
        addKeys(forms, place.present, words);
    const bool isValue = !place.isKey && !place.path.empty();
    if (isValue) {
        addValues(forms, words);
        std::size_t last = place.path.size() - 1; // items of a list belong to the key of the list
        while (last > 0 && place.path[last].key.empty())
            --last;
        addNames(text, place.path[last].key, place.path, words);
    }
    result.words = words.fitting(QString::fromUtf8(text.data() + place.from, qsizetype(at - place.from)));
    return result;
}

Completion helpAt(std::string_view text, std::size_t at)
{
    const YamlPlace place = yamlPlaceAt(text, at);
    if (place.isComment || place.from == place.to)
        return {};
    if (!place.isKey) {
        for (const QJsonObject &form : nodesAt(place.path, place.present)) {
            if (const QString description = descriptionOf(form); !description.isEmpty())
                return described(QString::fromStdString(place.path.back().key), description);
        }
        return {};
    }
    const QString word = QString::fromUtf8(text.data() + place.from, qsizetype(place.to - place.from));
    Beside others = place.present;
    others.erase(word.toStdString());
    for (const QJsonObject &form : nodesAt(place.path, others)) {
        const QJsonObject properties = form["properties"].toObject();
        if (properties.contains(word))
            return described(word, descriptionOf(properties[word].toObject()));
    }
    return {};
}

void prepareCompletions()
{
    (void)schema();
}

} // namespace halfopen
