// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scenario/yaml_hints.h"

#include "core/scenario/text_tools.h"
#include "core/scenario/yaml_scan.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace halfopen {

namespace {

constexpr std::string_view kNotYaml = "this is not valid YAML: ";

bool has(std::string_view text, std::string_view part)
{
    return text.find(part) != std::string_view::npos;
}

bool isBlank(char c)
{
    return c == ' ' || c == '\t';
}

std::size_t indentOf(std::string_view line)
{
    return std::min(line.find_first_not_of(' '), line.size());
}

/// Blank, or only a comment.
bool isEmptyLine(std::string_view line)
{
    const std::size_t first = line.find_first_not_of(" \t\r");
    return first == std::string_view::npos || line[first] == '#';
}

bool isKeyLetter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
}

/// The word of letters, digits, '-' and '_' with which \a text begins.
std::string_view wordAt(std::string_view text)
{
    const auto end = std::find_if_not(text.begin(), text.end(), isKeyLetter);
    return text.substr(0, static_cast<std::size_t>(end - text.begin()));
}

std::string_view withoutComment(std::string_view line)
{
    const std::size_t comment = line.find(" #");
    return trimmed(line.substr(0, comment));
}

std::string spaces(std::size_t count)
{
    return count == 0 ? "not at all" : "by " + std::to_string(count) + (count == 1 ? " space" : " spaces");
}

/// The text with its lines; everything that is asked about one place of it.
class Explainer {
public:
    Explainer(std::string_view text, std::size_t mark)
        : m_text(text), m_mark(std::min(mark, text.size())), m_lines(splitLines(text)), m_line(lineOf(m_mark)), m_scan(text, m_mark)
    {}

    YamlProblem explain(const std::string &message) const
    {
        if (message == "bad file") // what the library says when it has gone too deep
            return problem(m_mark, "values are nested too deeply here", "a scenario needs no more than ten levels");
        if (auto problem = badIndent())
            return *std::move(problem);
        if (auto problem = openQuote())
            return *std::move(problem);
        if (auto problem = aboutLetter(message))
            return *std::move(problem);
        if (has(message, "flow"))
            if (auto problem = aboutBrackets())
                return *std::move(problem);
        if (has(message, "map") || has(message, "sequence") || has(message, "block entry"))
            return aboutLines(message);
        return problem(m_mark, message, {});
    }

private:
    std::size_t lineOf(std::size_t at) const
    {
        return static_cast<std::size_t>(std::count(m_text.begin(), m_text.begin() + static_cast<std::ptrdiff_t>(at), '\n'));
    }
    std::size_t startOf(std::size_t line) const { return static_cast<std::size_t>(m_lines[line].data() - m_text.data()); }
    SourcePlace placeOf(std::size_t at) const
    {
        const std::size_t line = lineOf(at);
        return {static_cast<int>(line) + 1, static_cast<int>(codePoints(m_text.substr(startOf(line), at - startOf(line)))) + 1};
    }
    YamlProblem problem(std::size_t at, std::string_view message, std::string hint) const
    {
        return {placeOf(at), std::string(kNotYaml) + std::string(message), std::move(hint)};
    }
    /// "line 3" for what stands elsewhere.
    std::string lineName(std::size_t line) const { return "line " + std::to_string(line + 1); }

    /// Tabs and blanks of other kinds in front of a line. The library stumbles over what follows them, here or one line later.
    std::optional<YamlProblem> badIndent() const
    {
        for (std::size_t line = m_line > 0 ? m_line - 1 : 0; line <= m_line; ++line) {
            const std::string_view source = m_lines[line];
            const std::size_t at = std::min(source.find_first_not_of(' '), source.size());
            if (m_scan.isInside(startOf(line)) || at == source.size())
                continue;
            if (source[at] == '\t' && !isEmptyLine(source))
                return problem(startOf(line) + at, "the line is indented with a tab", "YAML indents with spaces");
            for (const std::string_view blank : {"\u00a0", "\u2002", "\u2003", "\u2007", "\u2009", "\u202f", "\u3000", "\u200b", "\ufeff"})
                if (source.substr(at).starts_with(blank))
                    return problem(startOf(line) + at, "the line is indented with a blank that is no space (it may come from a copied page)",
                                   "write the spaces in front of the line again");
        }
        return std::nullopt;
    }

    /// A text in quotes that ends where the next one should begin.
    std::optional<YamlProblem> openQuote() const
    {
        const auto &quote = m_scan.suspiciousQuote();
        if (!quote)
            return std::nullopt;
        const std::string sign(1, m_text[quote->from]);
        if (quote->to == std::string_view::npos)
            return problem(quote->from, "nothing ends the text in quotes that begins here", "is there a " + sign + " missing in this line?");
        const std::size_t line = lineOf(quote->to);
        const bool isSameLine = line == lineOf(quote->from);
        return problem(quote->from,
                       "the text in quotes that begins here ends only in column " + std::to_string(placeOf(quote->to).column) +
                           (isSameLine ? "" : " of " + lineName(line)),
                       "is there a " + sign + " missing before that?");
    }

    /// What a plain text cannot begin with, or hold.
    std::optional<YamlProblem> aboutLetter(const std::string &message) const
    {
        const std::string_view line = m_lines[m_line];
        for (const std::string_view sign : {": >", ": <"}) {
            const std::size_t at = line.find(sign);
            if (at == std::string_view::npos || m_scan.isInside(startOf(m_line) + at + 2, true))
                continue;
            std::string_view value = line.substr(at + 2);
            value = trimmed(value.substr(0, value.find_first_of(",}#")));
            const std::size_t number = value.find_first_not_of("<>=");
            const bool isBlock = value[0] == '>' && number == 1 && value.find_first_not_of("+-0123456789", 1) == std::string_view::npos;
            if (number != std::string_view::npos && !isBlock)
                return problem(startOf(m_line) + at + 2, "a comparison is a text that must stand in quotes",
                               "put a comparison in quotes: \"" + std::string(value) + "\"");
        }
        if (has(message, "escape"))
            return problem(m_mark, message, "in double quotes a '\\' begins an escape: write '\\\\', or put the text in single quotes");
        if (has(message, "block scalar"))
            return problem(m_mark, "behind '|' or '>' the text begins in the next line", "put the text in quotes, or below this line and deeper");
        if (has(message, "anchor") || has(message, "alias")) {
            const std::string name(wordAt(m_text.substr(std::min(m_mark + 1, m_text.size()))));
            return problem(m_mark, "'*" + name + "' is an alias, but no value is named '&" + name + "' before it",
                           "a text that begins with '*' stands in quotes");
        }
        if (has(message, "unknown token") && m_mark < m_text.size()) {
            const std::string letter(m_text.substr(m_mark, 1));
            std::string_view rest = m_text.substr(m_mark);
            rest = trimmed(rest.substr(0, rest.find_first_of(",}]\n")));
            return problem(m_mark, "a text without quotes cannot begin with '" + letter + "'", "put it in quotes: '" + std::string(rest) + "'");
        }
        return std::nullopt;
    }

    /// Brackets that are not closed, or closed in the wrong order.
    std::optional<YamlProblem> aboutBrackets() const
    {
        // The place of an end that was not found may be given as the first letter of the text.
        const YamlScan whole(m_text, m_text.size());
        const std::vector<std::size_t> &open = m_mark == 0 ? whole.openBrackets() : m_scan.openBrackets();
        const char at = m_mark < m_text.size() ? m_text[m_mark] : '\0';
        if (at == ']' || at == '}') {
            const std::string closing(1, at);
            if (open.empty())
                return problem(m_mark, "this '" + closing + "' closes nothing", "leave it out, or open it before");
            const std::string wanted = m_text[open.back()] == '[' ? "]" : "}";
            return problem(m_mark, "this is a '" + closing + "', but the " + nameOf(open.back()) + " is still open",
                           "close that with '" + wanted + "' first");
        }
        if (open.empty()) {
            // Without a line feed at the end of the text the library blames the key in front of the bracket.
            const YamlScan all(m_text, m_text.size());
            return all.openBrackets().empty() ? std::nullopt : std::optional(unclosed(all.openBrackets().back()));
        }
        const bool isMap = m_text[open.back()] == '{';
        if (m_scan.isClosedInLine(open.back()))
            return problem(m_mark, std::string("this does not fit between ") + (isMap ? "'{' and '}'" : "'[' and ']'"),
                           isMap ? "entries are written 'key: value', with a ',' between two" : "there is a ',' between two entries");
        return unclosed(open.back());
    }
    YamlProblem unclosed(std::size_t bracket) const
    {
        const bool isMap = m_text[bracket] == '{';
        return problem(bracket, std::string("nothing closes this '") + m_text[bracket] + "'",
                       isMap ? "a '{' above is not closed by '}'" : "a '[' above is not closed by ']'");
    }
    /// "'{' of column 12", with its line if that is another one.
    std::string nameOf(std::size_t bracket) const
    {
        const SourcePlace place = placeOf(bracket);
        const bool isHere = static_cast<std::size_t>(place.line) == m_line + 1;
        return std::string("'") + m_text[bracket] + "' of " + (isHere ? "" : "line " + std::to_string(place.line) + ", ") + "column " +
               std::to_string(place.column);
    }

    /// A slip of one line that makes it read on into the next.
    struct Slip {
        std::size_t at = 0; ///< in the text
        std::string message;
        std::string hint;
        bool isDash = false;
    };

    /// What is missing in line \a number between a key and its value, or behind a '-'.
    std::optional<Slip> slipOf(std::size_t number) const
    {
        const std::string_view line = m_lines[number];
        if (isEmptyLine(line) || m_scan.isInside(startOf(number)))
            return std::nullopt;
        std::size_t at = startOf(number) + indentOf(line);
        std::string_view rest = withoutComment(line);
        if (rest.size() > 1 && rest[0] == '-' && (isKeyLetter(rest[1]) || rest[1] == '{' || rest[1] == '[') && rest[1] != '-')
            return Slip{at, "there is no space behind the '-'", "write '- " + std::string(rest.substr(1)) + "'", true};
        while (rest.size() > 1 && rest[0] == '-' && isBlank(rest[1])) {
            const std::string_view item = trimmed(rest.substr(1));
            at += static_cast<std::size_t>(item.data() - rest.data());
            rest = item;
        }
        const std::string_view key = wordAt(rest);
        if (key.empty() || has(rest, ": ") || rest.ends_with(':'))
            return std::nullopt;
        const std::string_view behind = trimmed(rest.substr(key.size()));
        const std::size_t end = at + key.size();
        if (behind.starts_with('='))
            return Slip{end, "a key and its value have a ':' between them, not a '='", written(key, behind.substr(1))};
        if (behind.starts_with(':'))
            return Slip{end, "there is no space behind the ':'", written(key, behind.substr(1))};
        if (!behind.empty() && !isBlank(rest[key.size()]))
            return std::nullopt;
        if (trimmed(line).starts_with('-') && (indentBelow(number) <= indentOf(line) || isItemBelow(number)))
            return std::nullopt; // "- retry" is complete unless its settings follow
        return Slip{end, "there is no ':' behind '" + std::string(key) + "'", written(key, behind)};
    }
    std::size_t lineBelow(std::size_t number) const
    {
        do
            ++number;
        while (number < m_lines.size() && isEmptyLine(m_lines[number]));
        return number;
    }
    std::size_t indentBelow(std::size_t number) const
    {
        const std::size_t below = lineBelow(number);
        return below < m_lines.size() ? indentOf(m_lines[below]) : 0;
    }
    bool isItemBelow(std::size_t number) const
    {
        const std::size_t below = lineBelow(number);
        return below < m_lines.size() && trimmed(m_lines[below]).starts_with("- ");
    }
    static std::string written(std::string_view key, std::string_view value)
    {
        value = trimmed(value);
        return "write '" + std::string(key) + ":" + (value.empty() ? "" : " ") + std::string(value) + "'";
    }

    /// The slip that makes the library stumble here: in the first of the lines above that has no ':', or in this one.
    std::optional<Slip> slip() const
    {
        std::optional<Slip> here = slipOf(m_line);
        if (here && here->isDash)
            return here;
        std::optional<Slip> found;
        for (std::size_t number = m_line; number-- > 0;) {
            if (isEmptyLine(m_lines[number]))
                continue;
            std::optional<Slip> one = slipOf(number);
            if (!one)
                break;
            found = std::move(one);
        }
        return found ? found : here;
    }

    YamlProblem aboutLines(const std::string &message) const
    {
        const std::string_view line = m_lines[m_line];
        const std::string_view behind = trimmed(m_text.substr(m_mark, startOf(m_line) + line.size() - std::min(m_mark, startOf(m_line) + line.size())));
        if (behind == "," || behind == ";")
            return problem(m_mark, "there is a '" + std::string(behind) + "' behind the value", "outside of braces a line ends with its value: leave it out");
        if (std::optional<Slip> found = slip())
            return problem(found->at, found->message, std::move(found->hint));
        if (has(message, "map value"))
            if (std::optional<YamlProblem> two = twoColons())
                return *std::move(two);
        constexpr std::size_t kKeyMax = 1024; // of the library, and of YAML
        if (has(message, "map value") && m_mark - startOf(m_line) > kKeyMax)
            return problem(startOf(m_line) + indentOf(line), "this key is longer than 1,024 letters", "is a quote or a line break missing in it?");
        std::string hint = indentationHint();
        if (hint.empty())
            return problem(m_mark, has(message, "map value") ? "there is a ':' here, but no key in front of it" : message, {});
        return problem(startOf(m_line) + indentOf(line), "this line does not fit what stands above it", std::move(hint));
    }

    /// "seed: 42 duration: 3m" and "name: a: b".
    std::optional<YamlProblem> twoColons() const
    {
        const std::string_view line = m_lines[m_line];
        const std::size_t first = line.find(": ");
        if (first == std::string_view::npos || has(line, "{"))
            return std::nullopt;
        std::size_t second = line.find(": ", first + 2);
        if (second == std::string_view::npos && withoutComment(line).ends_with(':') && trimmed(line).size() > first + 2)
            second = line.rfind(':');
        if (second == std::string_view::npos)
            return std::nullopt;
        std::size_t key = second;
        while (key > first + 2 && isKeyLetter(line[key - 1]))
            --key;
        const std::string_view value = trimmed(line.substr(first + 2, key - first - 2));
        const std::size_t at = startOf(m_line) + second;
        if (value.empty() || key == second)
            return problem(at, "a second ':' in one line", "a text that holds ': ' stands in quotes");
        const std::string name(line.substr(key, second - key));
        return problem(startOf(m_line) + key, "'" + name + ":' stands behind a value in the same line",
                       "begin a new line before '" + name + "'; a text that holds ': ' stands in quotes");
    }

    /// Where this line does not stand below what is above it: in words, or empty.
    std::string indentationHint() const
    {
        if (m_line == 0)
            return {};
        const std::string_view line = m_lines[m_line];
        const std::size_t indent = indentOf(line);
        const bool isItem = line.substr(indent).starts_with("- ");
        // The columns at which something that is still open begins, innermost first, and the line of each.
        std::size_t above = m_line, least = std::string_view::npos;
        std::vector<std::pair<std::size_t, std::size_t>> open;
        for (std::size_t i = m_line; i-- > 0;) {
            if (isEmptyLine(m_lines[i]))
                continue;
            above = above == m_line ? i : above;
            if (indentOf(m_lines[i]) < least)
                open.emplace_back(least = indentOf(m_lines[i]), i);
            if (least == 0)
                break;
        }
        if (open.empty())
            return {};
        const std::string here = lineName(m_line) + " is indented " + spaces(indent);
        const auto same = std::find_if(open.begin(), open.end(), [&](const auto &one) { return one.first == indent; });
        if (same == open.end() && isItem)
            if (std::string text = firstItemHint(indent); !text.empty())
                return text;
        if (same == open.end() && indent < open.front().first) {
            std::string text = here + ", but what is above it is indented";
            for (std::size_t i = 0; i < std::min<std::size_t>(open.size(), 3); ++i)
                text += std::string(i == 0 ? " " : " or ") + spaces(open[i].first) + " (" + lineName(open[i].second) + ")";
            return text + ": indent it like one of these";
        }
        if (same == open.end()) // deeper than the line above, which says all of its own
            return here + ", " + lineName(above) + " " + spaces(open.front().first) + ": what belongs together begins in the same column";
        const bool isItemAbove = m_lines[same->second].substr(indent).starts_with("- ");
        if (isItem == isItemAbove)
            return {};
        return lineName(same->second) + (isItemAbove ? " begins with '-' and " : " does not begin with '-', but ") + lineName(m_line) +
               (isItemAbove ? " in the same column does not" : " in the same column does") + ": a list and a map cannot be mixed";
    }
    /// This line is an item of a list whose first one has lost its '-': the first line below the key above is deeper and no item.
    std::string firstItemHint(std::size_t indent) const
    {
        std::size_t first = m_line;
        for (std::size_t i = m_line; i-- > 0;) {
            if (isEmptyLine(m_lines[i]))
                continue;
            if (indentOf(m_lines[i]) < indent)
                break;
            first = i;
        }
        if (first == m_line || m_lines[first].substr(indentOf(m_lines[first])).starts_with("- "))
            return {};
        return lineName(m_line) + " begins with '-', but " + lineName(first) + ", the first of the list, does not: begin it with '-', too";
    }

    std::string_view m_text;
    std::size_t m_mark;
    std::vector<std::string_view> m_lines;
    std::size_t m_line; ///< from 0
    YamlScan m_scan;
};

SourcePlace placeIn(std::string_view text, std::size_t at)
{
    const std::string_view before = text.substr(0, at);
    const std::size_t line = before.rfind('\n') == std::string_view::npos ? 0 : before.rfind('\n') + 1;
    return {static_cast<int>(std::count(before.begin(), before.end(), '\n')) + 1, static_cast<int>(codePoints(before.substr(line))) + 1};
}

} // namespace

std::optional<YamlProblem> unreadableBytes(std::string_view text)
{
    if (text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF"))
        return YamlProblem{{1, 1}, "the text is UTF-16", "save the file as UTF-8"};
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto byte = static_cast<unsigned char>(text[i]);
        if (byte == '\r' && (i + 1 == text.size() || text[i + 1] != '\n'))
            return YamlProblem{placeIn(text, i), "a carriage return stands here without a line feed",
                               "save the file with the line ends of Unix (LF) or Windows (CR LF)"};
        if ((byte < 0x20 && byte != '\t' && byte != '\n' && byte != '\r') || byte == 0x7F)
            return YamlProblem{placeIn(text, i), "the text holds a control character (byte " + std::to_string(byte) + ")",
                               "a scenario is a plain UTF-8 text"};
    }
    const std::size_t broken = firstInvalidUtf8(text);
    if (broken != std::string_view::npos)
        return YamlProblem{placeIn(text, broken), "the text is not valid UTF-8", "save the file as UTF-8"};
    return std::nullopt;
}

YamlProblem explainYaml(const std::string &message, std::size_t mark, std::string_view text)
{
    return Explainer(text, mark).explain(message);
}

} // namespace halfopen
