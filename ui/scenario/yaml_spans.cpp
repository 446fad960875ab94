// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/scenario/yaml_spans.h"

#include <algorithm>

namespace halfopen {
namespace {

bool isBlank(char c)
{
    return c == ' ' || c == '\t' || c == '\r';
}

bool isBracket(char c)
{
    return c == '{' || c == '}' || c == '[' || c == ']' || c == ',';
}

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

/// True where a colon ends a key.
bool endsKey(std::string_view line, std::size_t at)
{
    return at < line.size() && line[at] == ':'
        && (at + 1 == line.size() || isBlank(line[at + 1]) || isBracket(line[at + 1]));
}

std::size_t endOfQuotes(std::string_view line, std::size_t at)
{
    const char quote = line[at];
    for (std::size_t i = at + 1; i < line.size(); ++i) {
        if (quote == '"' && line[i] == '\\')
            ++i;
        else if (line[i] == quote)
            return i + 1;
    }
    return line.size();
}

std::size_t endOfWord(std::string_view line, std::size_t at)
{
    std::size_t end = at;
    while (end < line.size() && !isBlank(line[end]) && !isBracket(line[end]) && !endsKey(line, end))
        ++end;
    return std::max(end, at + 1);
}

bool beginsNumber(std::string_view word)
{
    const std::size_t digit = word.find_first_not_of("<>=+-.");
    return digit != std::string_view::npos && isDigit(word[digit]);
}

} // namespace

std::vector<YamlSpan> yamlSpans(std::string_view line)
{
    std::vector<YamlSpan> spans;
    const auto add = [&](YamlPart part, std::size_t length) {
        if (!spans.empty() && spans.back().part == part)
            spans.back().length += length;
        else
            spans.push_back({part, length});
    };
    for (std::size_t at = 0; at < line.size();) {
        const char c = line[at];
        if (isBlank(c)) {
            add(YamlPart::Plain, 1);
            ++at;
            continue;
        }
        if (c == '#' && (at == 0 || isBlank(line[at - 1]))) {
            add(YamlPart::Comment, line.size() - at);
            break;
        }
        if (isBracket(c) || endsKey(line, at) || (c == '-' && (at + 1 == line.size() || isBlank(line[at + 1])))) {
            add(YamlPart::Mark, 1);
            ++at;
            continue;
        }
        const bool quoted = c == '"' || c == '\'';
        const std::size_t end = quoted ? endOfQuotes(line, at) : endOfWord(line, at);
        const std::size_t next = std::min(line.find_first_not_of(" \t", end), line.size());
        const YamlPart part = endsKey(line, next) ? YamlPart::Key
            : quoted                              ? YamlPart::Text
            : beginsNumber(line.substr(at, end - at)) ? YamlPart::Number
                                                      : YamlPart::Plain;
        add(part, end - at);
        at = end;
    }
    return spans;
}

std::size_t indentAfter(std::string_view line)
{
    constexpr std::size_t kStep = 2;
    std::size_t indent = 0;
    while (indent < line.size() && line[indent] == ' ')
        ++indent;
    // Where the line's own mapping begins: behind the dashes of a list.
    std::size_t content = indent;
    while (content + 1 < line.size() && line[content] == '-' && line[content + 1] == ' ') {
        ++content;
        while (content < line.size() && line[content] == ' ')
            ++content;
    }
    int open = 0;
    char last = 0; // that is no space and in no comment
    std::size_t at = 0;
    for (const YamlSpan &span : yamlSpans(line)) {
        const std::string_view part = line.substr(at, span.length);
        at += span.length;
        if (span.part == YamlPart::Comment)
            continue;
        for (const char c : part) {
            if (span.part != YamlPart::Text)
                open += c == '{' || c == '[' ? 1 : c == '}' || c == ']' ? -1 : 0;
            if (c != ' ')
                last = c;
        }
    }
    if (open > 0)
        return content + kStep;
    return last == ':' ? content + kStep : indent;
}

} // namespace halfopen
