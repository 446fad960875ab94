// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/verify/model_reader.h"

#include <cmath>
#include <utility>

namespace halfopen::verify {

Duration secondsToDuration(double seconds)
{
    return Duration(static_cast<std::int64_t>(std::llround(seconds * 1e9)));
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
    const auto found = m_node->json->find(std::string(key));
    return found == m_node->json->end() ? nullptr : &*found;
}

const Json &ModelReader::need(std::string_view key)
{
    const Json *value = look(key);
    if (!value)
        refuse(key, "is missing");
    m_node->read.emplace(key);
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
    return value.get<double>();
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
    return value.get<std::string>();
}

std::string ModelReader::textOr(std::string_view key, std::string fallback)
{
    return has(key) ? text(key) : std::move(fallback);
}

Duration ModelReader::duration(std::string_view key)
{
    double scale = 0;
    if (key.ends_with("_ms"))
        scale = 1e-3;
    else if (key.ends_with("_us"))
        scale = 1e-6;
    else if (key.ends_with("_s"))
        scale = 1;
    else
        refuse(key, "has no unit of time in its name");
    const double seconds = number(key) * scale;
    if (seconds < 0 || seconds > 7e7)
        refuse(key, "is " + look(key)->dump() + ", expected a time of 0 s to 7e7 s");
    return secondsToDuration(seconds);
}

std::optional<Duration> ModelReader::maybeDuration(std::string_view key)
{
    if (!has(key) || isNull(key)) {
        m_node->read.emplace(key);
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
    m_node->children.push_back(std::make_shared<Node>(Node{&value, pathOf(key), {}, {}}));
    return ModelReader(m_node->children.back());
}

std::vector<ModelReader> ModelReader::list(std::string_view key)
{
    const Json &value = need(key);
    if (!value.is_array())
        refuse(key, "is " + value.dump() + ", expected a list");
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
    for (const Json &item : value) {
        if (!item.is_number())
            refuse(key, "holds " + item.dump() + ", expected numbers");
        all.push_back(item.get<double>());
    }
    return all;
}

void ModelReader::notes(std::initializer_list<std::string_view> keys)
{
    for (const std::string_view key : keys)
        m_node->read.emplace(key);
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
        if (!node.read.contains(key))
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
