// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The only file that sees yaml-cpp and its exceptions.
#include "core/scenario/yaml_reader.h"

#include "core/scenario/text_tools.h"

#include <algorithm>
#include <map>
#include <sstream>
#include <utility>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/mark.h>
#include <yaml-cpp/parser.h>

namespace halfopen {

bool YamlNode::sameAs(const YamlNode &other) const
{
    if (kind != other.kind || key != other.key || scalar != other.scalar ||
        children.size() != other.children.size())
        return false;
    for (std::size_t i = 0; i < children.size(); ++i)
        if (!children[i].sameAs(other.children[i]))
            return false;
    return true;
}

namespace {

/// Turns places of the library (bytes, from 0) into ours (code points, from 1).
class Lines {
public:
    /// \a skipped bytes stood in front of \a text; they count in offsets but not in columns.
    Lines(std::string_view text, std::size_t skipped) : m_text(text), m_skipped(skipped)
    {
        for (std::size_t at = 0; at != std::string_view::npos;) {
            m_starts.push_back(at);
            at = text.find('\n', at);
            if (at != std::string_view::npos)
                ++at;
        }
    }
    std::size_t offset(const YAML::Mark &mark) const
    {
        const auto line = static_cast<std::size_t>(std::max(mark.line, 0));
        if (line >= m_starts.size())
            return m_text.size();
        return std::min(m_starts[line] + static_cast<std::size_t>(std::max(mark.column, 0)),
                        m_text.size());
    }
    std::size_t offsetInFile(const YAML::Mark &mark) const { return m_skipped + offset(mark); }
    SourcePlace place(const YAML::Mark &mark) const { return place(offset(mark)); }
    SourcePlace place(std::size_t at) const
    {
        const auto after = std::upper_bound(m_starts.begin(), m_starts.end(), at);
        const std::size_t line = static_cast<std::size_t>(after - m_starts.begin()) - 1;
        const std::string_view before = m_text.substr(m_starts[line], at - m_starts[line]);
        return {static_cast<int>(line) + 1, static_cast<int>(codePoints(before)) + 1};
    }
    std::string_view textAt(const YAML::Mark &mark) const { return m_text.substr(offset(mark)); }

private:
    std::string_view m_text;
    std::size_t m_skipped = 0;
    std::vector<std::size_t> m_starts;
};

/// Thrown to leave the parser when the tree has become too large. Does not leave this file.
struct TooManyNodes {};

std::size_t countNodes(const YamlNode &node)
{
    std::size_t count = 1;
    for (const YamlNode &child : node.children)
        count += countNodes(child);
    return count;
}

/// Builds our tree from the parser's events.
class TreeBuilder final : public YAML::EventHandler {
public:
    TreeBuilder(const Lines &lines, std::vector<YamlProblem> &problems)
        : m_lines(lines), m_problems(problems)
    {}

    std::optional<YamlNode> takeRoot() { return std::move(m_root); }

    void OnDocumentStart(const YAML::Mark &) override {}
    void OnDocumentEnd() override {}

    void OnNull(const YAML::Mark &mark, YAML::anchor_t anchor) override
    {
        YamlNode node = begin(mark, YamlNode::Kind::Null);
        const std::string_view text = m_lines.textAt(mark);
        node.explicitNull = text.starts_with('~') || text.starts_with("null") ||
                            text.starts_with("Null") || text.starts_with("NULL");
        finish(std::move(node), anchor);
    }
    void OnScalar(const YAML::Mark &mark, const std::string &tag, YAML::anchor_t anchor,
                  const std::string &value) override
    {
        YamlNode node = begin(mark, YamlNode::Kind::Scalar);
        node.scalar = value;
        node.quoted = tag == "!";
        if (tag != "!" && tag != "?")
            refuseTag(node.place, tag);
        finish(std::move(node), anchor);
    }
    void OnAlias(const YAML::Mark &mark, YAML::anchor_t anchor) override
    {
        const auto known = m_anchors.find(anchor);
        if (known == m_anchors.end()) {
            problem(m_lines.place(mark), "an alias stands inside the value that it names");
            finish(begin(mark, YamlNode::Kind::Null), 0);
            return;
        }
        m_nodes += countNodes(known->second);
        if (m_nodes > kYamlNodesMax)
            throw TooManyNodes{};
        YamlNode node = known->second;
        node.key.clear();
        finish(std::move(node), 0);
    }
    void OnSequenceStart(const YAML::Mark &mark, const std::string &tag, YAML::anchor_t anchor,
                         YAML::EmitterStyle::value style) override
    {
        open(mark, tag, anchor, style, YamlNode::Kind::Sequence);
    }
    void OnSequenceEnd() override { close(); }
    void OnMapStart(const YAML::Mark &mark, const std::string &tag, YAML::anchor_t anchor,
                    YAML::EmitterStyle::value style) override
    {
        open(mark, tag, anchor, style, YamlNode::Kind::Map);
    }
    void OnMapEnd() override { close(); }

private:
    struct Frame {
        YamlNode node;
        YAML::anchor_t anchor = 0;
        bool expectsKey = true;  ///< of a map: the next value is a key
        bool dropsEntry = false; ///< the key was refused, so its value goes too
        std::map<std::string, int> lineOfKey;
        std::string key;
        SourcePlace keyPlace;
        std::size_t keyOffset = 0;
    };

    void problem(SourcePlace place, std::string message, std::string hint = {})
    {
        m_problems.push_back({place, std::move(message), std::move(hint)});
    }
    void refuseTag(SourcePlace place, const std::string &tag)
    {
        problem(place, "the YAML tag '" + tag + "' is not supported", "leave the tag out");
    }
    YamlNode begin(const YAML::Mark &mark, YamlNode::Kind kind)
    {
        if (++m_nodes > kYamlNodesMax)
            throw TooManyNodes{};
        YamlNode node;
        node.kind = kind;
        node.place = m_lines.place(mark);
        node.offset = m_lines.offsetInFile(mark);
        return node;
    }
    void open(const YAML::Mark &mark, const std::string &tag, YAML::anchor_t anchor,
              YAML::EmitterStyle::value style, YamlNode::Kind kind)
    {
        Frame frame;
        frame.node = begin(mark, kind);
        frame.node.flow = style == YAML::EmitterStyle::Flow;
        frame.anchor = anchor;
        if (!tag.empty() && tag != "?" && tag != "!")
            refuseTag(frame.node.place, tag);
        m_open.push_back(std::move(frame));
    }
    void close()
    {
        Frame frame = std::move(m_open.back());
        m_open.pop_back();
        finish(std::move(frame.node), frame.anchor);
    }
    void finish(YamlNode node, YAML::anchor_t anchor)
    {
        if (anchor != 0)
            m_anchors[anchor] = node;
        if (m_open.empty()) {
            m_root = std::move(node);
            return;
        }
        Frame &frame = m_open.back();
        if (frame.node.isSequence()) {
            frame.node.children.push_back(std::move(node));
        } else if (frame.expectsKey) {
            takeKey(frame, node);
        } else {
            frame.expectsKey = true;
            node.key = std::move(frame.key);
            node.keyPlace = frame.keyPlace;
            node.keyOffset = frame.keyOffset;
            if (node.isNull() && !node.explicitNull)
                node.place = node.keyPlace; // the library's mark is that of whatever comes next
            if (!frame.dropsEntry)
                frame.node.children.push_back(std::move(node));
        }
    }
    void takeKey(Frame &frame, const YamlNode &key)
    {
        frame.expectsKey = false;
        frame.dropsEntry = !key.isScalar() || key.scalar.empty();
        frame.key = key.scalar;
        frame.keyPlace = key.place;
        frame.keyOffset = key.offset;
        if (frame.dropsEntry) {
            problem(key.place, "a key must be plain text");
            return;
        }
        const auto [first, isNew] = frame.lineOfKey.emplace(key.scalar, key.place.line);
        if (isNew)
            return;
        frame.dropsEntry = true;
        problem(key.place,
                "'" + key.scalar + "' is given twice; the first is in line " +
                    std::to_string(first->second),
                "remove one of the two");
    }

    const Lines &m_lines;
    std::vector<YamlProblem> &m_problems;
    std::optional<YamlNode> m_root;
    std::vector<Frame> m_open;
    std::map<YAML::anchor_t, YamlNode> m_anchors;
    std::size_t m_nodes = 0;
};

/// What the library would misread or choke on, so that it never sees it. Empty if the text is
/// clean.
std::optional<YamlProblem> unreadableByte(std::string_view text, const Lines &lines)
{
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto byte = static_cast<unsigned char>(text[i]);
        const bool loneReturn = byte == '\r' && (i + 1 == text.size() || text[i + 1] != '\n');
        if ((byte < 0x20 && byte != '\t' && byte != '\n' && byte != '\r') || byte == 0x7F ||
            loneReturn)
            return YamlProblem{lines.place(i),
                               "the text holds a control character (byte " + std::to_string(byte) +
                                   ")",
                               "a scenario is a plain UTF-8 text"};
    }
    const std::size_t broken = firstInvalidUtf8(text);
    if (broken != std::string_view::npos)
        return YamlProblem{lines.place(broken), "the text is not valid UTF-8",
                           "save the file as UTF-8"};
    return std::nullopt;
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

std::string spaces(std::size_t count)
{
    return count == 0 ? "not at all" : "by " + std::to_string(count) + (count == 1 ? " space" : " spaces");
}

/// Where line \a number (from 1) does not stand below what is above it: in words, or empty.
std::string indentationHint(const std::vector<std::string_view> &lines, std::size_t number)
{
    if (number < 2 || number > lines.size())
        return {};
    const std::string_view line = lines[number - 1];
    const std::size_t indent = indentOf(line);
    // The columns at which something that is still open begins, innermost first, and the line of each.
    std::size_t above = 0, least = std::string_view::npos;
    std::vector<std::pair<std::size_t, std::size_t>> open;
    for (std::size_t i = number - 1; i-- > 0;) {
        if (isEmptyLine(lines[i]))
            continue;
        above = above == 0 ? i + 1 : above;
        if (indentOf(lines[i]) < least)
            open.emplace_back(least = indentOf(lines[i]), i + 1);
        if (least == 0)
            break;
    }
    if (open.empty())
        return {};
    const std::string here = "line " + std::to_string(number) + " is indented " + spaces(indent);
    const auto same = std::find_if(open.begin(), open.end(), [&](const auto &one) { return one.first == indent; });
    if (same == open.end() && indent < open.front().first) {
        std::string text = here + ", but what is above it is indented";
        for (std::size_t i = 0; i < std::min<std::size_t>(open.size(), 3); ++i)
            text += std::string(i == 0 ? " " : " or ") + spaces(open[i].first) + " (line " + std::to_string(open[i].second) + ")";
        return text + ": indent it like one of these";
    }
    if (same == open.end()) // deeper than the line above, which says all of its own
        return here + ", line " + std::to_string(above) + " " + spaces(open.front().first) +
               ": what belongs together begins in the same column";
    const bool isItem = line.substr(indent).starts_with("- ");
    const bool isItemAbove = lines[same->second - 1].substr(indent).starts_with("- ");
    if (isItem != isItemAbove)
        return "line " + std::to_string(same->second) + (isItemAbove ? " begins with '-' and line " : " does not begin with '-', but line ") +
               std::to_string(number) + (isItemAbove ? " in the same column does not" : " in the same column does") +
               ": a list and a map cannot be mixed";
    return {};
}

/// What the message of the library is about, as one would mend it.
std::string hintFor(const std::string &message, const std::vector<std::string_view> &lines, std::size_t number)
{
    const std::string_view source = number >= 1 && number <= lines.size() ? lines[number - 1] : std::string_view();
    if (source.find(": >") != std::string_view::npos || source.find(": <") != std::string_view::npos)
        return "put a comparison in quotes: \">= 95%\"";
    if (message.find("flow not found") != std::string::npos)
        return message.find("sequence") != std::string::npos ? "a '[' above is not closed by ']'" : "a '{' above is not closed by '}'";
    if (message.find("end of map") != std::string::npos || message.find("end of sequence") != std::string::npos)
        return indentationHint(lines, number);
    if (message.find("illegal map value") == std::string::npos)
        return {};
    const std::size_t colon = source.find(": ");
    if (colon != std::string_view::npos && source.find(": ", colon + 2) != std::string_view::npos &&
        source.find('{') == std::string_view::npos)
        return "a text that holds ': ' stands in quotes";
    return indentationHint(lines, number);
}

YamlProblem describe(const YAML::Exception &exception, const Lines &lines, std::string_view text)
{
    const SourcePlace place =
        exception.mark.is_null() ? SourcePlace{1, 1} : lines.place(exception.mark);
    const std::vector<std::string_view> all = splitLines(text);
    // The library stumbles over what follows a tab, here or one line later, and then blames that.
    for (int line = std::max(place.line - 1, 1); line <= place.line; ++line) {
        if (static_cast<std::size_t>(line) > all.size())
            break;
        const std::string_view source = all[static_cast<std::size_t>(line) - 1];
        const std::size_t tab = source.substr(0, source.find_first_not_of(" \t")).find('\t');
        if (tab != std::string_view::npos && source.size() > tab + 1)
            return {{line, static_cast<int>(tab) + 1},
                    "this is not valid YAML: the line is indented with a tab",
                    "YAML indents with spaces"};
    }
    YamlProblem problem{place, "this is not valid YAML: " + exception.msg, {}};
    problem.hint = hintFor(exception.msg, all, static_cast<std::size_t>(std::max(place.line, 0)));
    return problem;
}

} // namespace

YamlText readYaml(std::string_view text)
{
    YamlText result;
    constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
    const std::size_t skipped = text.starts_with(kByteOrderMark) ? kByteOrderMark.size() : 0;
    text.remove_prefix(skipped);
    const Lines lines(text, skipped);
    if (auto problem = unreadableByte(text, lines)) {
        result.problems.push_back(*std::move(problem));
        return result;
    }
    TreeBuilder builder(lines, result.problems);
    try {
        std::istringstream stream{std::string(text)};
        YAML::Parser parser(stream);
        if (!parser.HandleNextDocument(builder)) {
            result.root = YamlNode{}; // nothing but white space and comments
            result.root->place = {1, 1};
            return result;
        }
        result.root = builder.takeRoot();
        std::vector<YamlProblem> ignored;
        TreeBuilder second(lines, ignored);
        if (parser.HandleNextDocument(second)) {
            const std::optional<YamlNode> extra = second.takeRoot();
            result.problems.push_back({extra ? extra->place : SourcePlace{1, 1},
                                       "a second YAML document begins here",
                                       "a scenario file holds one document"});
        }
    } catch (const YAML::Exception &exception) {
        result.problems.push_back(describe(exception, lines, text));
        result.root.reset();
    } catch (const TooManyNodes &) {
        result.problems.push_back(
            {{1, 1},
             "the text holds more than " + std::to_string(kYamlNodesMax) + " values",
             "make it smaller"});
        result.root.reset();
    } catch (const std::exception &exception) {
        result.problems.push_back(
            {{1, 1}, std::string("the YAML reader failed: ") + exception.what(), {}});
        result.root.reset();
    }
    return result;
}

} // namespace halfopen
