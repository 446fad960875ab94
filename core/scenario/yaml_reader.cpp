// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The only file that sees yaml-cpp and its exceptions.
#include "core/scenario/yaml_reader.h"

#include "core/scenario/text_tools.h"
#include "core/scenario/yaml_hints.h"
#include "core/scenario/yaml_scan.h"

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
        // Values come one after the other: counting goes on where it ended, or a long line would be counted again for each.
        if (m_counted.line != line || m_counted.at > at)
            m_counted = {line, m_starts[line], 0};
        m_counted.letters += codePoints(m_text.substr(m_counted.at, at - m_counted.at));
        m_counted.at = at;
        return {static_cast<int>(line) + 1, static_cast<int>(m_counted.letters) + 1};
    }
    std::string_view textAt(const YAML::Mark &mark) const { return m_text.substr(offset(mark)); }

private:
    std::string_view m_text;
    std::size_t m_skipped = 0;
    std::vector<std::size_t> m_starts;
    struct Counted {
        std::size_t line = 0;
        std::size_t at = 0;
        std::size_t letters = 0; ///< from the start of the line to `at`
    };
    mutable Counted m_counted;
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
        const std::string_view written = m_lines.textAt(mark);
        const bool isInQuotes = node.quoted && (written.starts_with('"') || written.starts_with('\''));
        if (isInQuotes && endOfQuotes(written, 0) == std::string_view::npos) // the library takes the end of the file for its end
            problem(node.place, "nothing ends the text in quotes that begins here", std::string("is there a ") + written[0] + " missing in this line?");
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
        if (key.scalar == "<<" && !key.quoted) {
            frame.dropsEntry = true;
            problem(key.place, "merge keys ('<<') are not supported", "an alias can stand for a whole value, for example calls: *name");
            return;
        }
        const auto [first, isNew] = frame.lineOfKey.emplace(key.scalar, key.place.line);
        if (isNew)
            return;
        frame.dropsEntry = true;
        if (YamlNode *kept = frame.node.find(key.scalar))
            kept->givenTwice = true;
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

} // namespace

YamlText readYaml(std::string_view text)
{
    YamlText result;
    constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
    const std::size_t skipped = text.starts_with(kByteOrderMark) ? kByteOrderMark.size() : 0;
    text.remove_prefix(skipped);
    const Lines lines(text, skipped);
    if (auto problem = unreadableBytes(text)) {
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
        if (!result.problems.empty() && result.problems.back().message.starts_with("nothing ends"))
            result.root.reset(); // the rest of the file is inside that text
        std::vector<YamlProblem> ignored;
        TreeBuilder second(lines, ignored);
        if (parser.HandleNextDocument(second)) {
            const std::optional<YamlNode> extra = second.takeRoot();
            result.problems.push_back({extra ? extra->place : SourcePlace{1, 1},
                                       "a second YAML document begins here",
                                       "a scenario file holds one document: leave out the '---' before this line"});
            result.root.reset(); // what is missing in the first one stands in the second
        }
    } catch (const YAML::Exception &exception) {
        const std::size_t mark = exception.mark.is_null() ? text.size() : lines.offset(exception.mark);
        result.problems.push_back(explainYaml(exception.msg, mark, text));
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
