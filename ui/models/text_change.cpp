// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/text_change.h"

#include "core/scenario/yaml_reader.h"
#include "simulators/vocabulary.h"

namespace halfopen {
namespace {

/// True if the texts say the same once both have \a changes in place.
bool differOnlyIn(const std::vector<Override> &changes, const Scenario &before, const Scenario &after)
{
    const Result<std::string> first = editScenarioText(before.text, changes, standardVocabulary());
    const Result<std::string> second = editScenarioText(after.text, changes, standardVocabulary());
    if (!first || !second)
        return false;
    const YamlText one = readYaml(*first);
    const YamlText two = readYaml(*second);
    return one.root && two.root && one.root->sameAs(*two.root);
}

} // namespace

std::vector<Override> settingsThatDiffer(const Scenario &before, const Scenario &after)
{
    std::vector<Override> changes;
    for (std::size_t s = 0; s < after.stacks.size(); ++s) {
        const PolicyStackSpec &stack = after.stacks[s];
        for (std::size_t l = 0; l < stack.layers.size(); ++l) {
            const Settings &now = stack.layers[l].settings;
            const Settings &then = before.stacks[s].layers[l].settings;
            for (const Field &field : now.schema().fields) {
                const Value value = now.get(field);
                if (value != then.get(field))
                    changes.push_back({"policies." + stack.name + '.' + std::to_string(l) + '.' + std::string(field.key),
                                       formatValue(field, value)});
            }
        }
    }
    return changes;
}

bool haveSameShape(const Scenario &before, const Scenario &after)
{
    if (before.stacks.size() != after.stacks.size())
        return false;
    for (std::size_t s = 0; s < after.stacks.size(); ++s) {
        const PolicyStackSpec &one = before.stacks[s];
        const PolicyStackSpec &two = after.stacks[s];
        if (one.name != two.name || one.layers.size() != two.layers.size())
            return false;
        for (std::size_t l = 0; l < two.layers.size(); ++l) {
            if (&one.layers[l].settings.schema() != &two.layers[l].settings.schema())
                return false;
        }
    }
    return true;
}

TextChange compareTexts(const Scenario &before, const Scenario &after)
{
    TextChange change;
    change.sameShape = haveSameShape(before, after);
    if (!change.sameShape) {
        change.kind = TextChange::Kind::World;
        return change;
    }
    change.settings = settingsThatDiffer(before, after);
    if (!differOnlyIn(change.settings, before, after))
        change.kind = TextChange::Kind::World;
    else if (!change.settings.empty())
        change.kind = TextChange::Kind::Settings;
    return change;
}

} // namespace halfopen
