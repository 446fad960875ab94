// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scenario/settings_reader.h"

#include "core/scenario/text_tools.h"

#include <algorithm>
#include <functional>
#include <set>
#include <string>
#include <vector>

namespace halfopen {

namespace {

/// The word of \a known with which the key \a text begins, if something is behind it: "kind time", "poisson:9/s". Else empty.
std::string_view keyInFront(std::string_view text, std::span<const std::string_view> known)
{
    const std::size_t end = text.find_first_of(" \t:=");
    const auto found = std::find(known.begin(), known.end(), text.substr(0, end));
    return end == std::string_view::npos || found == known.end() ? std::string_view() : *found;
}

/// What often stands behind a value by mistake, in words, or empty.
std::string hintForRemains(std::string_view text)
{
    if (text.find('#') != std::string_view::npos)
        return "a comment needs a blank in front of its '#'";
    if (text.find("//") != std::string_view::npos)
        return "a comment begins with '#'";
    if (text.ends_with(',') || text.ends_with(';'))
        return std::string("leave the '") + text.back() + "' at the end out";
    return {};
}

/// Reads the fields of one map, and of the maps inside it ("window: { size: 10s }" is
/// "window.size").
class SettingsReader {
public:
    SettingsReader(const Schema &schema, void *config, Problems &problems, std::string_view what,
                   std::span<const NestedKey> nested)
        : m_schema(schema), m_config(config), m_problems(problems), m_what(what), m_nested(nested)
    {}

    void read(const YamlNode &node)
    {
        const std::size_t errorsBefore = m_problems.errorCount();
        if (node.isMap())
            readMap(node, {});
        else if (node.isScalar() && !m_schema.shorthand.empty())
            readShorthand(node);
        else if (!node.isNull())
            reportKind(node, std::string(m_what) + " as a map of settings", m_problems);
        reportMissing(node);
        if (m_problems.errorCount() == errorsBefore && m_schema.conflict) {
            const std::string conflict = m_schema.conflict(m_config);
            if (!conflict.empty())
                m_problems.error(node, conflict);
        }
    }

private:
    void readMap(const YamlNode &map, const std::string &prefix)
    {
        for (const YamlNode &entry : map.children) {
            const std::string key = prefix + entry.key;
            const bool plain = entry.key.find('.') == std::string::npos;
            if (const Field *field = plain ? m_schema.find(key) : nullptr)
                readField(entry, *field);
            else if (plain && isGroup(key))
                readGroup(entry, key);
            else if (!prefix.empty() || !isNested(entry.key))
                reportUnknown(entry, prefix);
        }
    }
    void readShorthand(const YamlNode &node)
    {
        const Field &field = *m_schema.find(m_schema.shorthand);
        m_seen.insert(field.key);
        Field named = field; // messages name the key that the file has: `timeout: 1` has no `after`
        named.key = node.key.empty() ? field.key : node.key;
        if (const std::optional<Value> value = readValue(node, named, m_problems))
            field.set(m_config, *value);
    }
    void readField(const YamlNode &entry, const Field &field)
    {
        m_seen.insert(field.key);
        if (const std::optional<Value> value = readValue(entry, field, m_problems))
            field.set(m_config, *value);
    }
    void readGroup(const YamlNode &entry, const std::string &key)
    {
        if (entry.isMap()) {
            readMap(entry, key + '.');
            return;
        }
        const bool saysNone =
            (entry.isScalar() && entry.scalar == "none") || (entry.isNull() && entry.explicitNull);
        bool turnedOff = false;
        for (const Field &field : m_schema.fields) {
            if (!saysNone || !field.optional || !field.key.starts_with(key + '.'))
                continue;
            field.set(m_config, Value{});
            m_seen.insert(field.key);
            turnedOff = true;
        }
        if (!turnedOff)
            m_problems.error(
                entry, "'" + key + "' is " + describeNode(entry) + ", expected a map of settings",
                "'" + key + "' has the keys " + joinWords(keysBelow(key + '.'), "and"));
    }
    void reportUnknown(const YamlNode &entry, const std::string &prefix)
    {
        std::vector<std::string_view> known = keysBelow(prefix);
        const std::string_view inFront = keyInFront(entry.key, known);
        m_meant.emplace(inFront.empty() ? nearestWord(entry.key, known) : inFront); // so that it is not missing as well
        std::string hint = hintForKey(entry, known, "its keys are ");
        if (prefix.empty() && !hint.starts_with("did you mean")) {
            // The key may only stand in the wrong map: "minimum_calls" beside "window" instead of
            // inside it.
            for (const Field &field : m_schema.fields) {
                const std::size_t dot = field.key.rfind('.');
                if (dot != std::string_view::npos && field.key.substr(dot + 1) == entry.key)
                    hint = "'" + entry.key + "' belongs inside '" +
                           std::string(field.key.substr(0, dot)) + "'";
            }
        }
        const std::string where =
            prefix.empty() ? std::string(m_what) : "'" + prefix.substr(0, prefix.size() - 1) + "'";
        m_problems.errorAtKey(entry, "unknown key '" + entry.key + "' in " + where, hint);
    }
    void reportMissing(const YamlNode &node)
    {
        for (const Field &field : m_schema.fields)
            if (field.required && !m_seen.contains(field.key) && !m_meant.contains(field.key))
                missing(node, field.key, field.help);
        for (const NestedKey &key : m_nested)
            if (key.required && !(node.isMap() && node.find(key.key)) && !m_meant.contains(key.key))
                missing(node, key.key, key.help);
    }
    void missing(const YamlNode &node, std::string_view key, std::string_view help)
    {
        m_problems.error(node, std::string(m_what) + " needs the key '" + std::string(key) + "'",
                         std::string(help));
    }
    bool isGroup(const std::string &key) const
    {
        return std::any_of(m_schema.fields.begin(), m_schema.fields.end(),
                           [&](const Field &field) { return field.key.starts_with(key + '.'); });
    }
    bool isNested(const std::string &key) const
    {
        return std::any_of(m_nested.begin(), m_nested.end(),
                           [&](const NestedKey &one) { return one.key == key; });
    }
    /// The keys that may stand in the map with that prefix, each once.
    std::vector<std::string_view> keysBelow(std::string_view prefix) const
    {
        std::vector<std::string_view> keys;
        for (const Field &field : m_schema.fields) {
            if (!field.key.starts_with(prefix))
                continue;
            const std::string_view rest = field.key.substr(prefix.size());
            const std::string_view key = rest.substr(0, rest.find('.'));
            if (std::find(keys.begin(), keys.end(), key) == keys.end())
                keys.push_back(key);
        }
        if (prefix.empty())
            for (const NestedKey &key : m_nested)
                keys.push_back(key.key);
        return keys;
    }

    const Schema &m_schema;
    void *m_config;
    Problems &m_problems;
    std::string_view m_what;
    std::span<const NestedKey> m_nested;
    std::set<std::string_view> m_seen;
    std::set<std::string, std::less<>> m_meant; ///< keys that an unknown one was probably meant to be
};

std::optional<Value> readList(const YamlNode &node, const Field &field, Problems &problems)
{
    std::vector<std::string> items;
    bool good = true;
    for (const YamlNode &item : node.children) {
        if (!item.isScalar()) {
            good = false;
            problems.error(item, "'" + std::string(field.key) + "' holds " + describeNode(item) +
                                     ", expected words");
            continue;
        }
        if (!field.choices.empty() && std::find(field.choices.begin(), field.choices.end(),
                                                item.scalar) == field.choices.end()) {
            good = false;
            problems.error(item,
                           "'" + std::string(field.key) + "' holds '" + item.scalar +
                               "', expected " + joinWords(field.choices),
                           hintForWord(item.scalar, field.choices, {}));
            continue;
        }
        items.push_back(item.scalar);
    }
    if (!good)
        return std::nullopt;
    return Value(std::move(items));
}

} // namespace

std::string describeNode(const YamlNode &node)
{
    switch (node.kind) {
    case YamlNode::Kind::Null:
        return "empty";
    case YamlNode::Kind::Scalar:
        return node.scalar.size() > 60 ? "a long text" : "'" + node.scalar + "'";
    case YamlNode::Kind::Sequence:
        return "a list";
    case YamlNode::Kind::Map:
        return "a map";
    }
    return {};
}

bool reportKind(const YamlNode &node, std::string_view expected, Problems &problems)
{
    const std::string subject = node.key.empty() ? "this" : "'" + node.key + "'";
    problems.error(node,
                   subject + " is " + describeNode(node) + ", expected " + std::string(expected));
    return false;
}

std::string hintForWord(std::string_view word, std::span<const std::string_view> known,
                        std::string_view listIntro)
{
    const std::string_view nearest = nearestWord(word, known);
    if (!nearest.empty())
        return "did you mean '" + std::string(nearest) + "'?";
    if (listIntro.empty() || known.empty())
        return {};
    return std::string(listIntro) + joinWords(known, "and");
}

std::string hintForKey(const YamlNode &entry, std::span<const std::string_view> known, std::string_view listIntro)
{
    const std::string_view key = keyInFront(entry.key, known);
    if (key.empty())
        return hintForWord(entry.key, known, listIntro);
    std::string_view rest = std::string_view(entry.key).substr(key.size());
    rest.remove_prefix(std::min(rest.find_first_not_of(" \t:="), rest.size()));
    return "write '" + std::string(key) + ": " + std::string(rest.empty() ? entry.scalar : rest) + "'";
}

std::optional<Value> readValue(const YamlNode &node, const Field &field, Problems &problems)
{
    if (node.isSequence() && field.type == ValueType::TextList)
        return readList(node, field, problems);
    if (node.isNull() && node.explicitNull && field.optional)
        return Value{};
    if (!node.isScalar()) {
        std::string range = describeRange(field);
        problems.error(node, "'" + std::string(field.key) + "' is " + describeNode(node) +
                                 ", expected a single value" + (range.empty() ? "" : ", " + range));
        return std::nullopt;
    }
    Result<Value> value = parseValue(field, node.scalar);
    if (value)
        return *std::move(value);
    std::string hint = hintForWord(node.scalar, field.choices, {});
    if (hint.empty())
        hint = hintForRemains(node.scalar);
    const std::string range = describeRange(field);
    // The message of a value that cannot be read does not name the range yet.
    if (hint.empty() && !range.empty() &&
        value.error().message.find("expected") == std::string::npos)
        hint = "it may be " + range + (field.optional ? " or none" : "");
    problems.error(node, value.error().message, hint);
    return std::nullopt;
}

const YamlNode *findSetting(const YamlNode &node, const Schema &schema, std::string_view key)
{
    if (node.isScalar() && !schema.shorthand.empty())
        return key == schema.shorthand ? &node : nullptr;
    const YamlNode *place = &node;
    while (true) {
        const std::size_t dot = key.find('.');
        place = place->find(key.substr(0, dot));
        if (!place || dot == std::string_view::npos || !place->isMap())
            return place;
        key.remove_prefix(dot + 1);
    }
}

void readSettings(const YamlNode &node, const Schema &schema, void *config, Problems &problems,
                  std::string_view what, std::span<const NestedKey> nested)
{
    SettingsReader(schema, config, problems, what, nested).read(node);
}

} // namespace halfopen
