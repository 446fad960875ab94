// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/verify/model_reader.h"

#include "core/verify/unit_name.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>
#include <utility>

namespace halfopen::verify {

static constexpr double kLongestSeconds = 9.2e9; ///< that 63 bits hold in ns

Duration secondsToDuration(double seconds)
{
    if (!(std::abs(seconds) <= kLongestSeconds))
        throw NotUnderstood("a time of " + Json(seconds).dump() + " s is out of range");
    return Duration(static_cast<std::int64_t>(std::llround(seconds * 1e9)));
}

namespace {

/// Text, or a list of texts.
bool isProse(const Json &value)
{
    return value.is_string()
        || (value.is_array() && std::all_of(value.begin(), value.end(), [](const Json &item) { return item.is_string(); }));
}

/// True if \a object has a key \a name, or one that is \a name and a unit or more words.
bool hasKeyNamed(const Json &object, std::string_view name)
{
    for (const auto &[key, value] : object.items())
        if (key.starts_with(name) && (key.size() == name.size() || key[name.size()] == '_') && !key.ends_with("_note"))
            return true;
    return false;
}

/// Whether \a key of \a object explains a case to people, whatever family it is of: prose under one of the words for it, or a note
/// on another key of the same object ("note_on_delay", "delay_note"). Whatever holds numbers or flags is a parameter, and a note on
/// what is no key here ("note_on_run") says how the model is meant: both need a reader.
bool onlyExplains(const Json &object, std::string_view key, const Json &value)
{
    constexpr std::array<std::string_view, 9> kWords = {"note",    "notes",       "comment", "comments", "remark",
                                                        "remarks", "description", "why",     "source"};
    if (!isProse(value))
        return false;
    if (std::find(kWords.begin(), kWords.end(), key) != kWords.end())
        return true;
    for (const std::string_view before : {"note_on_", "note_"})
        if (key.starts_with(before))
            return hasKeyNamed(object, key.substr(before.size()));
    return key.ends_with("_note") && hasKeyNamed(object, key.substr(0, key.size() - 5));
}

/// \a key with \a other in place of its unit; the factor is what a number there must be multiplied with.
std::optional<UnitKey> inUnit(const Json &json, const std::string &stem, const char *mark, const TimeUnit &other, double factor)
{
    std::string key = stem + mark + std::string(other.name);
    return json.contains(key) ? std::optional(UnitKey{std::move(key), factor}) : std::nullopt;
}

} // namespace

std::optional<UnitKey> findKey(const Json &json, std::string_view key)
{
    if (json.contains(std::string(key)))
        return UnitKey{std::string(key), 1};
    if (const auto rate = splitRate(key)) {
        for (const TimeUnit &unit : rateUnits())
            if (auto found = inUnit(json, rate->stem, "_per_", unit, rate->unit.seconds / unit.seconds))
                return found;
        return std::nullopt;
    }
    if (const auto time = splitTime(key)) {
        for (const TimeUnit &unit : timeUnits())
            if (auto found = inUnit(json, time->stem, "_", unit, unit.seconds / time->unit.seconds))
                return found;
        return std::nullopt;
    }
    for (const char *percent : {"_pct", "_percent"})
        if (std::string other = std::string(key) + percent; json.contains(other))
            return UnitKey{std::move(other), 0.01};
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
    if (!value) {
        const auto time = splitTime(key);
        if (time && m_node->json->contains(time->stem + "_min"))
            refuse(time->stem + "_min", "may be minutes or a minimum; minutes are '" + time->stem + "_minutes'");
        refuse(key, "is missing");
    }
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
    const auto time = splitTime(key);
    if (!time)
        refuse(key, "has no unit of time in its name");
    const double seconds = number(key) * time->unit.seconds;
    if (!(seconds >= 0 && seconds <= 9e6)) // as long as a distribution can tell
        refuse(key, "is " + look(key)->dump() + ", expected a time of 0 s to 9e6 s");
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

/// Lower case, with single spaces and no full stop at the end.
static std::string plain(std::string_view text)
{
    std::string words;
    for (const char c : text) {
        const auto letter = static_cast<unsigned char>(c);
        if (std::isspace(letter) == 0)
            words += static_cast<char>(std::tolower(letter));
        else if (!words.empty() && words.back() != ' ')
            words += ' ';
    }
    while (!words.empty() && (words.back() == ' ' || words.back() == '.'))
        words.pop_back();
    return words;
}

std::string ModelReader::oneOf(std::string_view key, std::initializer_list<std::string_view> known)
{
    if (!has(key))
        return {};
    const std::string given = text(key);
    for (const std::string_view word : known)
        if (plain(given) == plain(word))
            return std::string(word);
    refuse(key, "is \"" + given + "\", which is not understood");
}

void ModelReader::findUnread(const Node &node, std::vector<std::string> &unread)
{
    for (const auto &[key, value] : node.json->items())
        if (!node.read.contains(key) && !onlyExplains(*node.json, key, value))
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
