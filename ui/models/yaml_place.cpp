// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/yaml_place.h"

#include <algorithm>
#include <functional>

namespace halfopen {
namespace {

bool isBlank(char c)
{
    return c == ' ' || c == '\t' || c == '\r';
}

bool endsWord(char c)
{
    return isBlank(c) || c == '\n' || c == ',' || c == '{' || c == '}' || c == '[' || c == ']' || c == '#';
}

/// Reads a text from its beginning and knows at each byte which maps and sequences are open.
class Reader {
public:
    struct Level {
        enum class Kind { Map, Item, FlowMap, FlowList } kind;
        std::size_t indent; ///< of the block; of no meaning in brackets
        std::string key;    ///< of the entry that is open, or empty
        std::map<std::string, std::string> entries; ///< of this map so far
    };

    explicit Reader(std::string_view text) : m_text(text) {}

    /// Called with each key when its colon was read; levels() then ends with its map.
    std::function<void(const std::string &)> onKey;

    const std::vector<Level> &levels() const { return m_levels; }
    bool isInComment() const { return m_isComment; }
    bool isInFlow() const
    {
        return !m_levels.empty()
            && (m_levels.back().kind == Level::Kind::FlowMap || m_levels.back().kind == Level::Kind::FlowList);
    }
    /// The block entry of the present line has its colon.
    bool isBehindColon() const { return m_isBehindColon; }
    std::size_t lineIndent() const { return m_indent; }

    void readTo(std::size_t end)
    {
        for (std::size_t at = 0; at < end;) {
            const std::size_t lineEnd = std::min(m_text.find('\n', at), end);
            readLine(at, lineEnd);
            at = lineEnd + 1;
            if (lineEnd < end) { // the line is over
                m_isComment = false;
                m_isBehindColon = false;
                m_indent = 0;
            }
        }
    }

    /// Closes the blocks that a line with this indentation is not part of.
    void closeTo(std::size_t indent, bool isItem)
    {
        while (!m_levels.empty()) {
            const Level &last = m_levels.back();
            // The dash of a list may stand right below the first letter of its key.
            const bool stays = last.indent < indent || (last.indent == indent && isItem && last.kind == Level::Kind::Map);
            const bool isOwnMap = last.indent == indent && !isItem && last.kind == Level::Kind::Map;
            if (stays || isOwnMap)
                return;
            m_levels.pop_back();
        }
    }

private:
    void readLine(std::size_t at, std::size_t end)
    {
        if (!isInFlow()) {
            const std::size_t start = at;
            while (at < end && isBlank(m_text[at]))
                ++at;
            m_indent = at - start;
            if (at == end || m_text[at] == '#') {
                m_isComment = at < end;
                return;
            }
            while (at < end && m_text[at] == '-' && (at + 1 == end || isBlank(m_text[at + 1]))) {
                closeTo(m_indent, true);
                m_levels.push_back({Level::Kind::Item, m_indent, {}, {}});
                const std::size_t dash = at++;
                while (at < end && isBlank(m_text[at]))
                    ++at;
                m_indent += at - dash;
            }
            if (at < end)
                closeTo(m_indent, false);
        }
        while (at < end)
            at = readPiece(at, end);
    }

    std::size_t readPiece(std::size_t at, std::size_t end)
    {
        const char c = m_text[at];
        if (isBlank(c))
            return at + 1;
        if (c == '#' && (at == 0 || isBlank(m_text[at - 1]) || m_text[at - 1] == '\n')) {
            m_isComment = true;
            return end;
        }
        if (c == '{' || c == '[') {
            m_levels.push_back({c == '{' ? Level::Kind::FlowMap : Level::Kind::FlowList, 0, {}, {}});
            return at + 1;
        }
        if (c == '}' || c == ']') {
            if (isInFlow())
                m_levels.pop_back();
            return at + 1;
        }
        if (c == ',') {
            if (isInFlow())
                m_levels.back().key.clear();
            return at + 1;
        }
        std::size_t stop = at + 1;
        std::string word;
        if (c == '"' || c == '\'') {
            while (stop < end && m_text[stop] != c)
                stop += m_text[stop] == '\\' && c == '"' ? 2 : 1;
            stop = std::min(stop, end);
            word = m_text.substr(at + 1, stop - at - 1);
            stop = std::min(stop + 1, end);
        } else {
            stop = at;
            while (stop < end && !endsWord(m_text[stop]) && !isColon(stop, end))
                ++stop;
            if (stop == at)
                return at + 1;
            word = m_text.substr(at, stop - at);
        }
        std::size_t colon = stop;
        while (colon < end && isBlank(m_text[colon]))
            ++colon;
        if (isColon(colon, end) && takesKey()) {
            beginEntry(word);
            return colon + 1;
        }
        keepValue(word);
        return stop;
    }

    bool isColon(std::size_t at, std::size_t end) const
    {
        return at < end && m_text[at] == ':' && (at + 1 >= m_text.size() || endsWord(m_text[at + 1]) || at + 1 == end);
    }
    bool takesKey() const
    {
        if (isInFlow())
            return m_levels.back().kind == Level::Kind::FlowMap && m_levels.back().key.empty();
        return !m_isBehindColon;
    }
    void beginEntry(const std::string &key)
    {
        if (!isInFlow()) {
            const bool continues = !m_levels.empty() && m_levels.back().kind == Level::Kind::Map && m_levels.back().indent == m_indent;
            if (!continues)
                m_levels.push_back({Level::Kind::Map, m_indent, {}, {}});
            m_isBehindColon = true;
        }
        m_levels.back().key = key;
        m_levels.back().entries[key];
        if (onKey)
            onKey(key);
    }
    void keepValue(const std::string &word)
    {
        if (!m_levels.empty() && !m_levels.back().key.empty() && (isInFlow() || m_isBehindColon))
            m_levels.back().entries[m_levels.back().key] = word;
    }

    std::string_view m_text;
    std::vector<Level> m_levels;
    std::size_t m_indent = 0;
    bool m_isComment = false;
    bool m_isBehindColon = false;
};

using Level = Reader::Level;

/// The entries of a map in brackets behind \a at, up to the bracket that closes it.
void addFlowEntriesBehind(std::string_view text, std::size_t at, std::map<std::string, std::string> &entries)
{
    int depth = 0;
    std::size_t end = at;
    for (; end < text.size() && depth >= 0; ++end) {
        const char c = text[end];
        depth += c == '{' || c == '[' ? 1 : c == '}' || c == ']' ? -1 : 0;
    }
    const std::size_t comma = std::min(text.find(',', at), end);
    const std::string rest = "{" + std::string(text.substr(std::min(comma, text.size()), end > comma ? end - comma : 0));
    Reader reader(rest);
    reader.onKey = [&](const std::string &key) {
        if (reader.levels().size() == 1)
            entries[key];
    };
    reader.readTo(rest.size());
}

/// The keys of a block map in the lines behind \a at.
void addBlockEntriesBehind(std::string_view text, std::size_t at, std::size_t indent,
                           std::map<std::string, std::string> &entries)
{
    for (std::size_t line = text.find('\n', at); line != std::string_view::npos; line = text.find('\n', line + 1)) {
        const std::size_t first = text.find_first_not_of(' ', line + 1);
        if (first == std::string_view::npos)
            return;
        if (text[first] == '\n' || text[first] == '\r' || text[first] == '#')
            continue;
        const std::size_t depth = first - line - 1;
        if (depth < indent || (depth == indent && text[first] == '-'))
            return;
        const std::size_t colon = text.find(':', first);
        if (depth == indent && colon != std::string_view::npos && colon < text.find('\n', first))
            entries[std::string(text.substr(first, colon - first))];
    }
}

} // namespace

YamlPlace yamlPlaceAt(std::string_view text, std::size_t at)
{
    YamlPlace place;
    at = std::min(at, text.size());
    place.from = at;
    while (place.from > 0 && !endsWord(text[place.from - 1]) && text[place.from - 1] != ':' && text[place.from - 1] != '"')
        --place.from;
    place.to = at;
    while (place.to < text.size() && !endsWord(text[place.to]) && text[place.to] != ':' && text[place.to] != '"')
        ++place.to;
    const std::size_t next = text.find_first_not_of(" \t", place.to);
    place.hasColon = next != std::string_view::npos && text[next] == ':';

    Reader reader(text);
    reader.readTo(place.from);
    place.isComment = reader.isInComment();
    std::vector<Level> levels = reader.levels();
    const bool inFlow = reader.isInFlow();
    if (!inFlow && !reader.isBehindColon()) {
        // The word begins an entry of this indentation, whatever was open before.
        const std::size_t lineStart = place.from == 0 ? 0 : text.rfind('\n', place.from - 1) + 1;
        const std::size_t indent = place.from - lineStart;
        const bool behindDash = text.substr(lineStart, indent).find_first_not_of(" \t") != std::string_view::npos;
        if (!behindDash)
            reader.closeTo(indent, false);
        levels = reader.levels();
        place.isKey = true;
        const bool hasOwnMap = !levels.empty() && levels.back().kind == Level::Kind::Map && levels.back().indent == indent;
        if (hasOwnMap) {
            place.present = levels.back().entries;
            levels.pop_back();
        }
        addBlockEntriesBehind(text, place.to, indent, place.present);
    } else if (inFlow && levels.back().kind == Level::Kind::FlowMap && levels.back().key.empty()) {
        place.isKey = true;
        place.present = levels.back().entries;
        addFlowEntriesBehind(text, place.to, place.present);
        levels.pop_back();
    }
    for (const Level &level : levels)
        place.path.push_back({level.key, level.entries});
    return place;
}

std::vector<std::string> yamlNamesUnder(std::string_view text, std::string_view key)
{
    std::vector<std::string> names;
    Reader reader(text);
    reader.onKey = [&](const std::string &name) {
        if (reader.levels().size() == 2 && reader.levels().front().key == key)
            names.push_back(name);
    };
    reader.readTo(text.size());
    return names;
}

} // namespace halfopen
