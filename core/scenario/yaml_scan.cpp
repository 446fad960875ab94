// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scenario/yaml_scan.h"

#include <algorithm>

namespace halfopen {

namespace {

constexpr std::size_t npos = std::string_view::npos;

bool isBlank(char c)
{
    return c == ' ' || c == '\t';
}

bool isQuote(char c)
{
    return c == '"' || c == '\'';
}

} // namespace

std::size_t endOfQuotes(std::string_view text, std::size_t at)
{
    const char quote = text[at];
    for (std::size_t i = at + 1; i < text.size(); ++i) {
        if (quote == '"' && text[i] == '\\') {
            ++i;
        } else if (text[i] == quote) {
            if (quote == '"' || i + 1 >= text.size() || text[i + 1] != quote)
                return i + 1;
            ++i; // '' inside '...' is one quote
        }
    }
    return npos;
}

YamlScan::YamlScan(std::string_view text, std::size_t mark) : m_text(text)
{
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (c == '#' && (i == 0 || isBlank(text[i - 1]) || text[i - 1] == '\n')) {
            i = std::min(text.find('\n', i), text.size());
        } else if (isQuote(c) && beginsValue(i)) {
            takeQuote(i, mark);
            i = std::min(m_quotes.back().to, text.size());
        } else if ((c == '|' || c == '>') && m_open.empty() && beginsValue(i) && endOfBlock(i) != npos) {
            m_quotes.push_back({i, endOfBlock(i)});
            i = m_quotes.back().to - 1;
        } else if (i >= mark) {
            continue; // brackets behind the mark are of no interest
        } else if ((c == '{' || c == '[') && (!m_open.empty() || beginsValue(i))) {
            if (m_open.empty())
                m_brackets.push_back({i, npos});
            m_open.push_back(i);
        } else if ((c == '}' && !m_open.empty() && text[m_open.back()] == '{') || (c == ']' && !m_open.empty() && text[m_open.back()] == '[')) {
            m_open.pop_back();
            if (m_open.empty())
                m_brackets.back().to = i;
        }
    }
}

bool YamlScan::beginsValue(std::size_t at) const
{
    std::size_t before = at;
    while (before > 0 && isBlank(m_text[before - 1]))
        --before;
    if (before == 0)
        return true;
    const char c = m_text[before - 1];
    const bool isApart = before < at; // something blank stands between
    return c == '\n' || c == ',' || c == '[' || c == '{' || (isApart && (c == ':' || c == '-' || c == '?')) || (c == ':' && !m_open.empty());
}

void YamlScan::takeQuote(std::size_t at, std::size_t mark)
{
    const std::size_t end = endOfQuotes(m_text, at);
    const Span quote{at, end == npos ? npos : end - 1};
    m_quotes.push_back(quote);
    if (m_suspicious || at >= mark)
        return;
    const std::size_t next = end == npos ? npos : m_text.find_first_not_of(" \t\r", end);
    const bool isFollowed = next != npos && m_text[next] != '\n' && m_text[next] != '#' && m_text[next] != ':' && m_text[next] != ',' &&
                            m_text[next] != '}' && m_text[next] != ']';
    if (end == npos || isFollowed)
        m_suspicious = quote;
}

/// Of a text below the sign at \a sign: behind its last line, or npos if the sign has something behind it.
std::size_t YamlScan::endOfBlock(std::size_t sign) const
{
    std::size_t end = m_text.find('\n', sign);
    std::string_view behind = m_text.substr(sign + 1, end == npos ? npos : end - sign - 1);
    behind = behind.substr(0, behind.find(" #"));
    if (behind.find_first_not_of("+-0123456789 \t\r") != npos || end == npos)
        return npos;
    const std::size_t lineStart = m_text.rfind('\n', sign) == npos ? 0 : m_text.rfind('\n', sign) + 1;
    const std::size_t indent = m_text.find_first_not_of(' ', lineStart) - lineStart;
    while (end < m_text.size()) {
        const std::size_t start = end + 1;
        const std::size_t first = std::min(m_text.find_first_not_of(' ', start), m_text.size());
        if (first < m_text.size() && m_text[first] != '\n' && m_text[first] != '\r' && first - start <= indent)
            return start;
        end = std::min(m_text.find('\n', first), m_text.size());
    }
    return m_text.size();
}

bool YamlScan::isInside(std::size_t at, bool onlyQuotes) const
{
    const auto contains = [at](const Span &span) { return span.from < at && (span.to == npos || at <= span.to); };
    return std::any_of(m_quotes.begin(), m_quotes.end(), contains) || (!onlyQuotes && std::any_of(m_brackets.begin(), m_brackets.end(), contains));
}

bool YamlScan::isClosedInLine(std::size_t at) const
{
    std::size_t depth = 0;
    for (std::size_t i = at; i < m_text.size() && m_text[i] != '\n'; ++i) {
        if (isQuote(m_text[i]) && beginsValue(i))
            i = std::min(endOfQuotes(m_text, i), m_text.size()) - 1;
        else if (m_text[i] == '{' || m_text[i] == '[')
            ++depth;
        else if ((m_text[i] == '}' || m_text[i] == ']') && --depth == 0)
            return true;
    }
    return false;
}

} // namespace halfopen
