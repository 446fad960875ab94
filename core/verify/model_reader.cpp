// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/verify/model_reader.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

namespace halfopen::verify {

Duration secondsToDuration(double seconds)
{
    return Duration(static_cast<std::int64_t>(std::llround(seconds * 1e9)));
}

namespace {

struct Unit {
    std::string_view name;
    double seconds;
};
constexpr std::array<Unit, 6> kUnits = {{{"s", 1}, {"ms", 1e-3}, {"us", 1e-6}, {"ns", 1e-9}, {"min", 60}, {"h", 3600}}};

/// The place of the unit that \a key ends with after \a mark; the size of the table if it does not.
std::size_t unitOf(std::string_view key, std::string_view mark)
{
    const std::size_t at = key.rfind(mark);
    if (at == std::string_view::npos || at == 0)
        return kUnits.size();
    const std::string_view name = key.substr(at + mark.size());
    const auto found = std::find_if(kUnits.begin(), kUnits.end(), [&](const Unit &unit) { return unit.name == name; });
    return static_cast<std::size_t>(found - kUnits.begin());
}

/// True for keys that explain a case to people whatever family it is of.
bool onlyExplains(std::string_view key)
{
    constexpr std::array<std::string_view, 9> kWords = {"note",    "notes",       "comment", "comments", "remark",
                                                        "remarks", "description", "why",     "source"};
    return std::find(kWords.begin(), kWords.end(), key) != kWords.end() || key.starts_with("note_") || key.ends_with("_note");
}

} // namespace

std::optional<UnitKey> findKey(const Json &json, std::string_view key)
{
    if (json.contains(std::string(key)))
        return UnitKey{std::string(key), 1};
    const bool isRate = unitOf(key, "_per_") < kUnits.size();
    const std::string_view mark = isRate ? "_per_" : "_";
    const std::size_t asked = unitOf(key, mark);
    if (asked == kUnits.size())
        return std::nullopt;
    const std::string stem(key.substr(0, key.rfind(mark) + mark.size()));
    for (const Unit &unit : kUnits) {
        std::string other = stem + std::string(unit.name);
        const double ratio = unit.seconds / kUnits[asked].seconds;
        if (json.contains(other))
            return UnitKey{std::move(other), isRate ? 1 / ratio : ratio};
    }
    return std::nullopt;
}

ModelReader::ModelReader(const Json &json, std::string path)
    : m_node(std::make_shared<Node>(Node{&json, std::move(path), {}, {}}))
{
    if (!json.is_object())
        throw NotUnderstood("'" + m_node->path + "' is no object with keys");
}

std::string ModelReader::pathOf(std::string_view key) const
{
    return m_node->path + "." + std::string(key);
}

void ModelReader::refuse(std::string_view key, const std::string &why) const
{
    throw NotUnderstood("'" + pathOf(key) + "' " + why);
}

const Json *ModelReader::look(std::string_view key) const
{
    const auto found = findKey(*m_node->json, key);
    return found ? &m_node->json->at(found->key) : nullptr;
}

double ModelReader::factorOf(std::string_view key) const
{
    return findKey(*m_node->json, key)->factor;
}

void ModelReader::needUnit(std::string_view key) const
{
    const auto found = findKey(*m_node->json, key);
    if (found && found->key != key)
        refuse(found->key, "is no number: it is understood as '" + std::string(key) + "' only");
}

const Json &ModelReader::need(std::string_view key)
{
    const Json *value = look(key);
    if (!value)
        refuse(key, "is missing");
    m_node->read.insert(findKey(*m_node->json, key)->key);
    return *value;
}

bool ModelReader::has(std::string_view key) const
{
    return look(key) != nullptr;
}

bool ModelReader::isNumber(std::string_view key) const
{
    const Json *value = look(key);
    return value && value->is_number();
}

bool ModelReader::isText(std::string_view key) const
{
    const Json *value = look(key);
    return value && value->is_string();
}

bool ModelReader::isObject(std::string_view key) const
{
    const Json *value = look(key);
    return value && value->is_object();
}

bool ModelReader::isList(std::string_view key) const
{
    const Json *value = look(key);
    return value && value->is_array();
}

bool ModelReader::isNull(std::string_view key) const
{
    const Json *value = look(key);
    return value && value->is_null();
}

double ModelReader::number(std::string_view key)
{
    const Json &value = need(key);
    if (!value.is_number())
        refuse(key, "is " + value.dump() + ", expected a number");
    return value.get<double>() * factorOf(key);
}

double ModelReader::numberOr(std::string_view key, double fallback)
{
    return has(key) ? number(key) : fallback;
}

std::int64_t ModelReader::count(std::string_view key)
{
    const double value = number(key);
    if (value != std::floor(value) || std::abs(value) > 1e15)
        refuse(key, "is " + look(key)->dump() + ", expected a whole number");
    return static_cast<std::int64_t>(value);
}

std::int64_t ModelReader::countOr(std::string_view key, std::int64_t fallback)
{
    return has(key) ? count(key) : fallback;
}

bool ModelReader::flag(std::string_view key)
{
    const Json &value = need(key);
    if (!value.is_boolean())
        refuse(key, "is " + value.dump() + ", expected true or false");
    return value.get<bool>();
}

std::string ModelReader::text(std::string_view key)
{
    const Json &value = need(key);
    if (!value.is_string())
        refuse(key, "is " + value.dump() + ", expected a text");
    needUnit(key);
    return value.get<std::string>();
}

std::string ModelReader::textOr(std::string_view key, std::string fallback)
{
    return has(key) ? text(key) : std::move(fallback);
}

Duration ModelReader::duration(std::string_view key)
{
    const std::size_t unit = unitOf(key, "_");
    if (unit == kUnits.size())
        refuse(key, "has no unit of time in its name");
    const double seconds = number(key) * kUnits[unit].seconds;
    if (seconds < 0 || seconds > 7e7)
        refuse(key, "is " + look(key)->dump() + ", expected a time of 0 s to 7e7 s");
    return secondsToDuration(seconds);
}

std::optional<Duration> ModelReader::maybeDuration(std::string_view key)
{
    if (!has(key) || isNull(key)) {
        notes({key});
        return std::nullopt;
    }
    return duration(key);
}

const Json &ModelReader::raw(std::string_view key)
{
    return need(key);
}

ModelReader ModelReader::child(std::string_view key)
{
    const Json &value = need(key);
    if (!value.is_object())
        refuse(key, "is " + value.dump() + ", expected an object with keys");
    needUnit(key);
    m_node->children.push_back(std::make_shared<Node>(Node{&value, pathOf(key), {}, {}}));
    return ModelReader(m_node->children.back());
}

std::vector<ModelReader> ModelReader::list(std::string_view key)
{
    const Json &value = need(key);
    if (!value.is_array())
        refuse(key, "is " + value.dump() + ", expected a list");
    needUnit(key);
    std::vector<ModelReader> items;
    for (std::size_t i = 0; i < value.size(); ++i) {
        const std::string path = pathOf(key) + "[" + std::to_string(i) + "]";
        if (!value[i].is_object())
            throw NotUnderstood("'" + path + "' is " + value[i].dump() + ", expected an object with keys");
        m_node->children.push_back(std::make_shared<Node>(Node{&value[i], path, {}, {}}));
        items.push_back(ModelReader(m_node->children.back()));
    }
    return items;
}

std::vector<double> ModelReader::numbers(std::string_view key)
{
    const Json &value = need(key);
    std::vector<double> all;
    if (!value.is_array())
        refuse(key, "is " + value.dump() + ", expected a list of numbers");
    const double factor = factorOf(key);
    for (const Json &item : value) {
        if (!item.is_number())
            refuse(key, "holds " + item.dump() + ", expected numbers");
        all.push_back(item.get<double>() * factor);
    }
    return all;
}

void ModelReader::notes(std::initializer_list<std::string_view> keys)
{
    for (const std::string_view key : keys)
        if (const auto found = findKey(*m_node->json, key))
            m_node->read.insert(found->key);
}

std::string ModelReader::oneOf(std::string_view key, std::initializer_list<std::string_view> known)
{
    if (!has(key))
        return {};
    std::string given = text(key);
    for (const std::string_view word : known)
        if (given == word)
            return given;
    refuse(key, "is \"" + given + "\", which is not understood");
}

void ModelReader::findUnread(const Node &node, std::vector<std::string> &unread)
{
    for (const auto &[key, value] : node.json->items())
        if (!node.read.contains(key) && !onlyExplains(key))
            unread.push_back(node.path + "." + key);
    for (const auto &child : node.children)
        findUnread(*child, unread);
}

void ModelReader::finish() const
{
    std::vector<std::string> unread;
    findUnread(*m_node, unread);
    if (unread.empty())
        return;
    std::string names;
    for (const std::string &path : unread)
        names += (names.empty() ? "'" : ", '") + path + "'";
    throw NotUnderstood((unread.size() == 1 ? "unknown key " : "unknown keys ") + names);
}

} // namespace halfopen::verify
