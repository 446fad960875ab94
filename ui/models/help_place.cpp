// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/help_place.h"

#include "core/scenario/world_schema.h"
#include "ui/models/help_library.h"
#include "ui/models/schema_text.h"
#include "ui/models/yaml_place.h"

#include <map>
#include <string>
#include <vector>

namespace halfopen {
namespace {

/// A key on the way to the place.
struct Step {
    QString key;
    std::map<std::string, std::string> in; ///< plain values of the map that the key opens, as far as they are known
    bool isName = false;                   ///< the user's own word: a service, a client, a stack
};

std::vector<Step> stepsTo(const YamlPlace &place, const QString &word)
{
    std::vector<Step> steps;
    for (std::size_t i = 0; i < place.path.size(); ++i) {
        if (place.path[i].key.empty())
            continue; // an item of a list
        Step step{QString::fromStdString(place.path[i].key), {}, false};
        step.in = i + 1 < place.path.size() ? place.path[i + 1].beside : place.present;
        const std::string &top = place.path.front().key;
        step.isName = i == 1 && (top == "services" || top == "clients" || top == "policies");
        steps.push_back(std::move(step));
    }
    if (place.isKey && !word.isEmpty()) {
        const bool isName = steps.size() == 1 && (steps[0].key == QLatin1String("services") || steps[0].key == QLatin1String("clients")
                                                  || steps[0].key == QLatin1String("policies"));
        steps.push_back({word, {}, isName});
    } else if (!word.isEmpty() && steps.size() == 2 && steps[0].key == QLatin1String("policies")) {
        steps.push_back({word, {}, false}); // a policy by its name alone
    } else if (!steps.empty() && steps.back().key == QLatin1String("dialect") && steps.size() > 1) {
        steps[steps.size() - 2].in["dialect"] = word.toStdString();
    }
    return steps;
}

/// The topic of a step: of a policy with a dialect, that of the dialect.
const HelpTopic *topicOf(const HelpLibrary &library, const Step &step)
{
    if (step.isName)
        return nullptr;
    if (const auto dialect = step.in.find("dialect"); dialect != step.in.end())
        if (const HelpTopic *topic = library.find(step.key + QLatin1Char('.') + QString::fromStdString(dialect->second)))
            return topic;
    return library.find(step.key);
}

/// The setting \a key of \a topic, or the first of those that begin with it ("window" -> "window.kind"); empty if it has none.
QString settingOf(const HelpTopic &topic, const QString &key, bool wholly)
{
    const std::string name = key.toStdString();
    const auto inFields = [&](const Schema &schema) -> QString {
        for (const Field &field : schema.fields)
            if (field.key == name || (!wholly && field.key.starts_with(name + ".")))
                return fromView(field.key);
        return {};
    };
    for (const SchemaTopic *schema : topic.schemas)
        if (const QString found = inFields(*schema->schema); !found.isEmpty())
            return found;
    for (const PartTopic *part : topic.parts)
        if (const QString found = inFields(part->schema); !found.isEmpty())
            return found;
    return {};
}

} // namespace

QString helpPlaceAt(const HelpLibrary &library, std::string_view text, std::size_t at)
{
    const YamlPlace place = yamlPlaceAt(text, at);
    if (place.isComment)
        return {};
    const QString word = QString::fromUtf8(text.data() + place.from, qsizetype(place.to - place.from));
    const std::vector<Step> steps = stepsTo(place, word);
    if (!place.isKey && steps.size() > 1 && steps.back().key == QLatin1String("dialect"))
        if (const HelpTopic *dialect = topicOf(library, steps[steps.size() - 2]))
            return dialect->word;
    const HelpTopic *world = library.find(fromView(worldSchema().key));
    // From the inside outwards: a setting of what stands around it, then a thing with a page of its own, then a group of settings.
    for (std::size_t i = steps.size(); i-- > 0;) {
        if (steps[i].isName)
            continue;
        QString tail = steps[i].key;
        QString group;
        for (std::size_t j = i; j-- > 0;) {
            const HelpTopic *around = topicOf(library, steps[j]);
            if (around) {
                if (const QString found = settingOf(*around, tail, true); !found.isEmpty())
                    return HelpPlace{around->word, found}.text();
                if (const QString found = settingOf(*around, tail, false); group.isEmpty() && !found.isEmpty())
                    group = HelpPlace{around->word, found}.text();
            }
            if (!steps[j].isName)
                tail = steps[j].key + QLatin1Char('.') + tail;
        }
        if (const HelpTopic *own = topicOf(library, steps[i]))
            return own->word;
        if (!group.isEmpty())
            return group;
        if (const QString found = i == 0 && world ? settingOf(*world, steps[i].key, true) : QString(); !found.isEmpty())
            return HelpPlace{world->word, found}.text();
    }
    return {};
}

} // namespace halfopen
