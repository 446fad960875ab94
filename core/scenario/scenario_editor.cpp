// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/policies/registry.h"
#include "core/scenario/flow_text.h"
#include "core/scenario/loader.h"
#include "core/scenario/tree_path.h"
#include "core/scenario/yaml_reader.h"
#include "core/scenario/yaml_scan.h"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <utility>

namespace halfopen {

namespace {

/// Finds where values stand in a text. The reader's tree knows where they begin; this knows where
/// they end. Everything it cannot find out is npos: the caller gives up, and what it guesses wrong
/// is noticed when the edited text is read back.
class TextPlaces {
public:
    static constexpr std::size_t npos = std::string_view::npos;

    explicit TextPlaces(std::string_view text) : m_text(text) {}

    /// Behind the last letter of the value.
    std::size_t endOf(const YamlNode &node) const
    {
        switch (node.kind) {
        case YamlNode::Kind::Null:
            return node.explicitNull ? endOfPlain(node.offset) : behindColon(node);
        case YamlNode::Kind::Scalar:
            return endOfScalar(node);
        case YamlNode::Kind::Sequence:
        case YamlNode::Kind::Map:
            if (node.flow)
                return endOfBrackets(node.offset);
            return node.children.empty() ? npos : endOf(node.children.back());
        }
        return npos;
    }

    /// Behind the colon of a map entry.
    std::size_t behindColon(const YamlNode &entry) const
    {
        if (entry.key.empty() || entry.keyOffset >= m_text.size())
            return npos;
        std::size_t at = isQuote(m_text[entry.keyOffset]) ? endOfQuotes(entry.keyOffset)
                                                          : entry.keyOffset + entry.key.size();
        if (at != npos)
            at = m_text.find_first_not_of(" \t", at);
        return at != npos && m_text[at] == ':' ? at + 1 : npos;
    }

    /// The end of the line that holds \a at, without its line break.
    std::size_t endOfLine(std::size_t at) const
    {
        std::size_t end = std::min(m_text.find('\n', at), m_text.size());
        if (end > at && m_text[end - 1] == '\r')
            --end;
        return end;
    }

    /// How many bytes stand in front of \a at in its line.
    std::size_t indentOf(std::size_t at) const
    {
        const std::size_t lineBreak = at == 0 ? npos : m_text.rfind('\n', at - 1);
        return lineBreak == npos ? at : at - lineBreak - 1;
    }

    std::size_t closingBracket(const YamlNode &flow) const
    {
        const std::size_t end = endOfBrackets(flow.offset);
        return end == npos ? npos : end - 1;
    }

private:
    static bool isQuote(char c) { return c == '"' || c == '\''; }

    std::size_t endOfQuotes(std::size_t at) const { return halfopen::endOfQuotes(m_text, at); }
    /// The end of a plain scalar of one line, wherever it stands.
    std::size_t endOfPlain(std::size_t at) const
    {
        std::size_t end = at;
        for (; end < m_text.size(); ++end) {
            const char c = m_text[end];
            const char next = end + 1 < m_text.size() ? m_text[end + 1] : '\n';
            if (c == '\n' || c == '\r' ||
                (c == '#' && end > at && (m_text[end - 1] == ' ' || m_text[end - 1] == '\t')))
                break;
            if (c == ':' && (next == ' ' || next == '\n' || next == '\r'))
                break;
            if (c == ',' || c == ']' || c == '}' || c == '[' || c == '{')
                break; // outside of brackets these belong to the scalar; it is then longer than
                       // this
        }
        while (end > at && (m_text[end - 1] == ' ' || m_text[end - 1] == '\t'))
            --end;
        return end;
    }
    std::size_t endOfScalar(const YamlNode &node) const
    {
        if (node.offset >= m_text.size())
            return npos;
        if (isQuote(m_text[node.offset]))
            return endOfQuotes(node.offset);
        // A plain scalar of one line stands there as it is read. Others have several lines, or
        // begin with an anchor.
        return m_text.substr(node.offset, node.scalar.size()) == node.scalar
                   ? node.offset + node.scalar.size()
                   : npos;
    }
    std::size_t endOfBrackets(std::size_t at) const
    {
        std::size_t depth = 0;
        for (std::size_t i = at; i < m_text.size(); ++i) {
            const char c = m_text[i];
            const char before = i > at ? m_text[i - 1] : '{';
            const bool beginsWord = before == ' ' || before == '\t' || before == '\n' ||
                                    before == ',' || before == '[' || before == '{' ||
                                    before == ':';
            if (isQuote(c) && beginsWord) {
                i = endOfQuotes(i);
                if (i == npos)
                    return npos;
                --i;
            } else if (c == '#' && (before == ' ' || before == '\t' || before == '\n')) {
                i = endOfLine(i);
            } else if (c == '{' || c == '[') {
                ++depth;
            } else if ((c == '}' || c == ']') && --depth == 0) {
                return i + 1;
            }
        }
        return npos;
    }

    std::string_view m_text;
};

struct TextEdit {
    std::size_t from = 0;
    std::size_t to = 0;
    std::string by;
};

/// "window: { size: 10s }" for the keys {window, size}.
std::string entryText(const std::vector<std::string> &keys, std::size_t first,
                      const std::string &value)
{
    std::string text = scalarYaml(keys[first]) + ": ";
    if (first + 1 < keys.size())
        return text + "{ " + entryText(keys, first + 1, value) + " }";
    return text + value;
}

/// The edit that puts \a value at \a place, or nothing if the text has no simple place for it.
class EditPlan {
public:
    EditPlan(std::string_view text, const TreePlace &place, const YamlNode &value)
        : m_text(text), m_places(text), m_place(place), m_node(*place.node),
          m_value(flowYaml(value))
    {}

    std::optional<TextEdit> make() const
    {
        if (m_place.missing.empty())
            return replaceValue(m_value);
        const std::string entry = entryText(m_place.missing, 0, m_value);
        if (m_place.replacesAll || (m_node.isNull() && !m_place.isBareName))
            return replaceValue("{ " + entry + " }");
        if (m_place.isBareName) {
            const std::string layer = scalarYaml(m_node.scalar) + ": { " + entry + " }";
            return replaceValue(m_place.isInFlow ? "{ " + layer + " }" : layer);
        }
        if (!m_place.shorthand.empty())
            return replaceValue("{ " + m_place.shorthand + ": " + flowYaml(withoutKey(m_node)) +
                                ", " + entry + " }");
        if (!m_node.isMap())
            return std::nullopt;
        return m_node.flow ? addToFlow(entry) : addToBlock(entry);
    }

private:
    static YamlNode withoutKey(YamlNode node)
    {
        node.key.clear();
        return node;
    }
    static std::optional<TextEdit> checked(TextEdit edit)
    {
        if (edit.from == TextPlaces::npos || edit.to == TextPlaces::npos || edit.from > edit.to)
            return std::nullopt;
        return edit;
    }

    std::optional<TextEdit> replaceValue(std::string by) const
    {
        const bool standsBelowKey =
            !m_node.flow && (m_node.isSequence() || m_node.isMap()) && !m_node.key.empty();
        const bool isLeftOut = m_node.isNull() && !m_node.explicitNull;
        if (standsBelowKey || isLeftOut)
            return checked(
                {m_places.behindColon(m_node), m_places.endOf(m_node), " " + std::move(by)});
        return checked({m_node.offset, m_places.endOf(m_node), std::move(by)});
    }

    std::optional<TextEdit> addToFlow(const std::string &entry) const
    {
        const std::size_t bracket = m_places.closingBracket(m_node);
        if (bracket == TextPlaces::npos)
            return std::nullopt;
        if (m_node.children.empty())
            return TextEdit{m_node.offset, bracket + 1, "{ " + entry + " }"};
        // Behind the last entry, so that blanks or a line break in front of the bracket stay.
        const std::size_t end = m_places.endOf(m_node.children.back());
        return checked({end, end, ", " + entry});
    }

    std::optional<TextEdit> addToBlock(const std::string &entry) const
    {
        if (m_node.children.empty())
            return std::nullopt;
        const std::size_t end = m_places.endOf(m_node.children.back());
        if (end == TextPlaces::npos)
            return std::nullopt;
        const std::size_t at = m_places.endOfLine(end);
        const bool windows = at + 1 < m_text.size() && m_text[at] == '\r';
        const std::size_t indent = m_places.indentOf(m_node.children.front().keyOffset);
        return TextEdit{at, at, (windows ? "\r\n" : "\n") + std::string(indent, ' ') + entry};
    }

    std::string_view m_text;
    TextPlaces m_places;
    const TreePlace &m_place;
    const YamlNode &m_node;
    std::string m_value;
};

Result<std::string> applyChange(const std::string &text, const Override &change,
                                const Vocabulary &vocabulary)
{
    const std::string what = "'" + change.path + "=" + change.value + "': ";
    YamlText tree = readYaml(text);
    YamlText value = readYaml(change.value);
    for (const YamlText *part : {&tree, &value})
        if (!part->problems.empty())
            return failure(what + part->problems.front().message);
    if (!tree.root || !value.root || !tree.root->isMap())
        return failure(what + "the text is not a scenario");
    Result<TreePlace> place = findPlace(*tree.root, change.path, vocabulary);
    if (!place)
        return failure(what + place.error().message);
    const std::optional<TextEdit> edit = EditPlan(text, *place, *value.root).make();
    const std::string cannot = what + "this place of the text cannot be edited; change it by hand";
    if (!edit)
        return failure(cannot);
    std::string edited = text;
    edited.replace(edit->from, edit->to - edit->from, edit->by);
    putValue(*place, *std::move(value.root));
    const YamlText readBack = readYaml(edited);
    if (!readBack.problems.empty() || !readBack.root || !readBack.root->sameAs(*tree.root))
        return failure(cannot);
    return edited;
}

} // namespace

Result<std::string> editScenarioText(std::string_view text, const std::vector<Override> &changes,
                                     const Vocabulary &vocabulary)
{
    std::string edited(text);
    for (const Override &change : changes) {
        Result<std::string> next = applyChange(edited, change, vocabulary);
        if (!next)
            return next;
        edited = *std::move(next);
    }
    return edited;
}

Result<std::string> editScenarioText(std::string_view text, const std::vector<Override> &changes)
{
    return editScenarioText(text, changes, Vocabulary{policyTypes(), {}});
}

} // namespace halfopen
