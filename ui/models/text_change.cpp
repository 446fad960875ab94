// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/text_change.h"

#include "core/scenario/yaml_reader.h"
#include "simulators/vocabulary.h"

namespace halfopen {

bool differOnlyIn(const Scenario &one, const Scenario &other, const std::vector<Override> &settings)
{
    if (one.text == other.text)
        return true;
    const auto with = [&settings](const std::string &text) {
        return settings.empty() ? Result<std::string>(text) : editScenarioText(text, settings, standardVocabulary());
    };
    const Result<std::string> first = with(one.text), second = with(other.text);
    if (!first || !second)
        return false;
    const YamlText a = readYaml(*first), b = readYaml(*second);
    return a.root && b.root && a.root->sameAs(*b.root);
}

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
    if (!differOnlyIn(before, after, change.settings))
        change.kind = TextChange::Kind::World;
    else if (!change.settings.empty())
        change.kind = TextChange::Kind::Settings;
    return change;
}

} // namespace halfopen
