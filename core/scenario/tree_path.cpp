// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scenario/tree_path.h"

#include "core/scenario/settings_reader.h"
#include "core/scenario/text_tools.h"

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <optional>
#include <utility>

namespace halfopen {

namespace {

std::vector<std::string> splitPath(std::string_view path)
{
    std::vector<std::string> steps;
    while (true) {
        const std::size_t dot = path.find('.');
        steps.emplace_back(path.substr(0, dot));
        if (dot == std::string_view::npos)
            return steps;
        path.remove_prefix(dot + 1);
    }
}

std::vector<std::string_view> keysOf(const YamlNode &map)
{
    std::vector<std::string_view> keys;
    for (const YamlNode &entry : map.children)
        keys.push_back(entry.key);
    return keys;
}

class PathWalk {
public:
    PathWalk(YamlNode &root, std::string_view path, const Vocabulary &vocabulary)
        : m_steps(splitPath(path)), m_vocabulary(vocabulary)
    {
        m_place.node = &root;
    }

    Result<TreePlace> run()
    {
        for (const std::string &step : m_steps)
            if (step.empty())
                return failure("the path has an empty step: write for example "
                               "policies.db_client.1.max_attempts");
        while (m_next < m_steps.size()) {
            const Result<void> went = goOneStep();
            if (!went)
                return tl::unexpected<Error>(went.error());
            if (!m_place.missing.empty())
                break;
        }
        return m_place;
    }

private:
    std::string pathSoFar() const
    {
        std::string path;
        for (std::size_t i = 0; i < m_next; ++i)
            path += (i > 0 ? "." : "") + m_steps[i];
        return path;
    }
    bool isLayer() const { return m_next == 3 && m_steps[0] == "policies"; }
    bool isFaultKind() const { return m_next == 3 && m_steps[0] == "faults"; }
    /// Maps of which the user chose one form: another one takes its place instead of standing
    /// beside it.
    bool isOneOf() const
    {
        const bool inService =
            m_next == 3 && m_steps[0] == "services" && m_steps[2] == "service_time";
        const bool inClient =
            m_next >= 3 && m_steps[0] == "clients" && m_steps[2] == "arrivals" && m_next <= 4;
        const bool inEndpoint = m_next == 5 && m_steps[0] == "services" && m_steps[2] == "endpoints"
            && m_steps[4] == "service_time";
        return inService || inEndpoint || inClient;
    }

    Result<void> goOneStep()
    {
        YamlNode &node = *m_place.node;
        m_place.isInFlow = m_place.isInFlow || node.flow;
        if (isLayer())
            return enterLayer();
        switch (node.kind) {
        case YamlNode::Kind::Sequence:
            return enterItem();
        case YamlNode::Kind::Map:
            return enterKey();
        case YamlNode::Kind::Null:
            takeRestAsMissing();
            return {};
        case YamlNode::Kind::Scalar:
            if (isFaultKind())
                return openShorthand(m_vocabulary.findFault(node.key));
            if (isOneOf()) { // "service_time: 2ms" gives way to another form
                m_place.replacesAll = true;
                takeRestAsMissing();
                return {};
            }
            return failure("'" + pathSoFar() + "' is the single value '" + node.scalar +
                           "', it has no key '" + m_steps[m_next] + "'");
        }
        return {};
    }

    Result<void> enterItem()
    {
        YamlNode &list = *m_place.node;
        const std::string &step = m_steps[m_next];
        std::size_t index = 0;
        const auto [end, error] = std::from_chars(step.data(), step.data() + step.size(), index);
        const bool isNumber = error == std::errc() && end == step.data() + step.size();
        if (!isNumber || index >= list.children.size()) {
            const std::size_t size = list.children.size();
            const std::string legal = size == 0 ? "it is empty"
                                      : size == 1
                                          ? "it has one entry, number 0"
                                          : "it has the entries 0 to " + std::to_string(size - 1);
            return failure("'" + pathSoFar() + "' has no entry '" + step + "': " + legal);
        }
        m_place.node = &list.children[index];
        ++m_next;
        return {};
    }

    Result<void> enterKey()
    {
        YamlNode &map = *m_place.node;
        const std::string &step = m_steps[m_next];
        if (YamlNode *child = map.find(step)) {
            m_place.node = child;
            ++m_next;
            return {};
        }
        // A new service, client or stack by way of one of its keys is a slip of the pen.
        const bool isName = m_next == 1 && (m_steps[0] == "services" || m_steps[0] == "clients" ||
                                            m_steps[0] == "policies");
        if (isName) {
            const std::vector<std::string_view> known = keysOf(map);
            const std::string_view nearest = nearestWord(step, known);
            return failure("'" + m_steps[0] + "' has no '" + step + "'" +
                           (nearest.empty() ? ": it has " + joinWords(known, "and")
                                            : ": did you mean '" + std::string(nearest) + "'?"));
        }
        takeRestAsMissing();
        m_place.replacesAll = isOneOf();
        return {};
    }

    /// Skips the policy's own key: the node becomes its settings.
    Result<void> enterLayer()
    {
        YamlNode &layer = *m_place.node;
        if (layer.isScalar()) {
            m_place.isBareName = true;
            takeRestAsMissing();
            return {};
        }
        if (!layer.isMap() || layer.children.empty())
            return failure("'" + pathSoFar() + "' is " + describeNode(layer) + ", not a policy");
        YamlNode &settings = layer.children.front();
        m_place.node = &settings;
        if (settings.isScalar())
            return openShorthand(m_vocabulary.findPolicy(settings.key));
        if (settings.isMap())
            return enterKey();
        takeRestAsMissing();
        return {};
    }

    template <typename Type> Result<void> openShorthand(const Type *type)
    {
        const YamlNode &node = *m_place.node;
        if (!type || type->schema().shorthand.empty())
            return failure("'" + node.key + "' is the single value '" + node.scalar +
                           "', it has no key '" + m_steps[m_next] + "'");
        if (m_next + 1 == m_steps.size() && m_steps[m_next] == type->schema().shorthand) {
            ++m_next; // the scalar is this very key
            return {};
        }
        m_place.shorthand = std::string(type->schema().shorthand);
        takeRestAsMissing();
        return {};
    }

    void takeRestAsMissing()
    {
        m_place.missing.assign(m_steps.begin() + static_cast<std::ptrdiff_t>(m_next),
                               m_steps.end());
    }

    std::vector<std::string> m_steps;
    const Vocabulary &m_vocabulary;
    TreePlace m_place;
    std::size_t m_next = 0; ///< steps taken
};

} // namespace

Result<TreePlace> findPlace(YamlNode &root, std::string_view path, const Vocabulary &vocabulary)
{
    return PathWalk(root, path, vocabulary).run();
}

namespace {

/// Puts the content of \a value into \a node, which keeps its key.
void replaceContent(YamlNode &node, YamlNode value)
{
    value.key = std::move(node.key);
    value.keyPlace = node.keyPlace;
    value.keyOffset = node.keyOffset;
    node = std::move(value);
}

} // namespace

void putValue(TreePlace &place, YamlNode value)
{
    YamlNode *node = place.node;
    const int by = value.overrideIndex;
    const auto addKey = [by](YamlNode &map, std::string key) -> YamlNode & {
        map.kind = YamlNode::Kind::Map;
        YamlNode &entry = map.children.emplace_back();
        entry.key = std::move(key);
        entry.overrideIndex = by;
        return entry;
    };
    if (place.replacesAll) {
        node->scalar.clear();
        node->children.clear();
    }
    if (place.isBareName) {
        const std::string name = std::exchange(node->scalar, {});
        node = &addKey(*node, name);
    } else if (!place.shorthand.empty()) {
        YamlNode scalar = *node;
        node->scalar.clear();
        replaceContent(addKey(*node, place.shorthand), std::move(scalar));
    }
    for (std::string &key : place.missing)
        node = &addKey(*node, std::move(key));
    replaceContent(*node, std::move(value));
}

} // namespace halfopen
