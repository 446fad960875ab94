// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/coroutine_rule.h"

#include <algorithm>
#include <cctype>
#include <string>

namespace halfopen::test {

namespace {

struct Token {
    std::string_view text;
    int line = 0;
};

bool isWord(char c)
{
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
}

/// Words, "::" and "->", and single characters; preprocessor lines and string quotes are left out.
std::vector<Token> tokensOf(std::string_view code)
{
    std::vector<Token> tokens;
    int line = 1;
    bool lineHasTokens = false;
    for (std::size_t at = 0; at < code.size();) {
        const char c = code[at];
        if (c == '\n') {
            ++line;
            lineHasTokens = false;
            ++at;
        } else if (c == '#' && !lineHasTokens) {
            while (at < code.size() && code[at] != '\n') {
                if (code[at] == '\\' && at + 1 < code.size() && code[at + 1] == '\n') {
                    ++line;
                    ++at;
                }
                ++at;
            }
        } else if (std::isspace(static_cast<unsigned char>(c)) != 0 || c == '"' || c == '\'') {
            ++at;
        } else {
            std::size_t size = 1;
            if (isWord(c)) {
                while (at + size < code.size() && isWord(code[at + size]))
                    ++size;
            } else if (code.substr(at, 2) == "::" || code.substr(at, 2) == "->") {
                size = 2;
            }
            tokens.push_back({code.substr(at, size), line});
            lineHasTokens = true;
            at += size;
        }
    }
    return tokens;
}

/// What one statement contains. A line of 0 means that it does not.
struct Facts {
    int awaitLine = 0;
    int bracesLine = 0;
    int captureLine = 0;
    int questionLine = 0;
};

/// Cuts tokens into statements. It knows just enough C++ to tell a block from braces that make an
/// object, and a lambda from a subscript.
class StatementScanner {
public:
    StatementScanner(std::string_view path, const std::vector<Token> &tokens,
                     std::vector<Finding> &findings)
        : m_path(path), m_tokens(tokens), m_findings(findings)
    {}

    void run()
    {
        while (!atEnd()) {
            block();
            ++m_at; // a closing brace too many: go on behind it
        }
    }

private:
    bool atEnd() const { return m_at >= m_tokens.size(); }
    std::string_view tokenAt(std::size_t index) const
    {
        return index < m_tokens.size() ? m_tokens[index].text : std::string_view();
    }
    /// Up to, not including, the brace that closes the block.
    void block()
    {
        while (!atEnd() && tokenAt(m_at) != "}")
            statement();
    }
    void nestedBlock()
    {
        ++m_at; // {
        block();
        ++m_at; // }
    }

    void statement()
    {
        const std::size_t begin = m_at;
        Facts facts;
        std::vector<char> open;                // brackets of this statement that are open
        std::vector<std::size_t> lambdaBodies; // nesting depths at which a lambda's body is due
        while (!atEnd()) {
            const std::string_view token = tokenAt(m_at);
            const int line = m_tokens[m_at].line;
            if (token == ";" && open.empty()) {
                ++m_at;
                break;
            }
            if (token == "}" && (open.empty() || open.back() != '{'))
                break; // the block around us ends
            if (token == "{" && !lambdaBodies.empty() && lambdaBodies.back() == open.size()) {
                lambdaBodies.pop_back();
                nestedBlock();
                continue;
            }
            if (token == "{" && open.empty() && opensBlock(begin)) {
                nestedBlock();
                break;
            }
            if (token == "[" && opensLambda(begin)) {
                if (tokenAt(m_at + 1) != "]")
                    noteFirst(facts.captureLine, line);
                skipCaptures();
                lambdaBodies.push_back(open.size());
                continue;
            }
            if (token == "{")
                noteFirst(facts.bracesLine, line);
            else if (token == "?")
                noteFirst(facts.questionLine, line);
            else if (token == "co_await" && (m_at == 0 || tokenAt(m_at - 1) != "operator"))
                noteFirst(facts.awaitLine, line);
            trackBrackets(token, open);
            ++m_at;
        }
        report(facts);
    }

    static void noteFirst(int &line, int value) { line = line == 0 ? value : line; }

    static void trackBrackets(std::string_view token, std::vector<char> &open)
    {
        if (token == "(" || token == "[" || token == "{")
            open.push_back(token[0]);
        else if ((token == ")" || token == "]" || token == "}") && !open.empty())
            open.pop_back();
    }

    void skipCaptures()
    {
        std::vector<char> open;
        do {
            trackBrackets(tokenAt(m_at), open);
            ++m_at;
        } while (!atEnd() && !open.empty());
    }

    /// At a '[': a lambda, rather than a subscript, an array, an attribute or names bound to parts.
    bool opensLambda(std::size_t begin) const
    {
        if (tokenAt(m_at + 1) == "[" || (m_at > 0 && tokenAt(m_at - 1) == "["))
            return false;
        static const std::vector<std::string_view> beforeLambda = {
            "return", "co_return", "co_await", "co_yield", "case", "else"};
        if (m_at > begin) {
            const std::string_view before = tokenAt(m_at - 1);
            const bool isOperand =
                isWord(before.back()) || before == ")" || before == "]" || before == "}";
            if (isOperand &&
                std::find(beforeLambda.begin(), beforeLambda.end(), before) == beforeLambda.end())
                return false;
        }
        std::size_t after = m_at;
        std::vector<char> open;
        do {
            trackBrackets(tokenAt(after), open);
            ++after;
        } while (after < m_tokens.size() && !open.empty());
        static const std::vector<std::string_view> behindCaptures = {
            "(", "{", "<", "->", "mutable", "noexcept", "constexpr", "static", "requires"};
        return std::find(behindCaptures.begin(), behindCaptures.end(), tokenAt(after)) !=
               behindCaptures.end();
    }

    /// At a '{' outside all brackets: the body of a function, class, namespace or control
    /// statement, rather than braces that make an object.
    bool opensBlock(std::size_t begin) const
    {
        if (m_at == begin)
            return true;
        static const std::vector<std::string_view> beforeBlock = {
            ")",     "}",       "else",      "do",     "try",      "const", "noexcept", "override",
            "final", "mutable", "namespace", "extern", "requires", ":",     "&"};
        if (std::find(beforeBlock.begin(), beforeBlock.end(), tokenAt(m_at - 1)) !=
            beforeBlock.end())
            return true;
        int depth = 0;
        bool trailingReturn = false;
        for (std::size_t i = begin; i < m_at; ++i) {
            const std::string_view token = tokenAt(i);
            if (token == "(" || token == "[")
                ++depth;
            else if (token == ")" || token == "]")
                --depth;
            if (depth != 0)
                continue;
            if (token == "namespace" || token == "class" || token == "struct" || token == "union" ||
                token == "enum")
                return true;
            if (token == "=" || token == "return" || token == "co_return")
                return false;
            if (token == "->" && (tokenAt(i - 1) == ")" || isWord(tokenAt(i - 1).back())))
                trailingReturn = true;
        }
        return trailingReturn;
    }

    void report(const Facts &facts)
    {
        if (facts.awaitLine == 0)
            return;
        const auto add = [&](int line, const char *what) {
            if (line != 0)
                m_findings.push_back({std::string(m_path), facts.awaitLine, what});
        };
        add(facts.bracesLine, "a statement with co_await holds braces; name the object first");
        add(facts.captureLine,
            "a statement with co_await holds a lambda that captures; name the lambda first");
        add(facts.questionLine, "a statement with co_await holds ?:; write if and else");
    }

    std::string_view m_path;
    const std::vector<Token> &m_tokens;
    std::vector<Finding> &m_findings;
    std::size_t m_at = 0;
};

} // namespace

std::vector<Finding> checkCoroutines(std::string_view path, std::string_view text)
{
    std::vector<Finding> findings;
    if (!isCpp(path))
        return findings;
    const std::string code = withoutCommentsAndStrings(text);
    const std::vector<Token> tokens = tokensOf(code);
    StatementScanner(path, tokens, findings).run();
    for (std::size_t i = 2; i < tokens.size() && !path.starts_with("tests/"); ++i) {
        if (tokens[i].text == "waitFor" && tokens[i - 1].text == "::" &&
            tokens[i - 2].text == "QCoro")
            findings.push_back({std::string(path), tokens[i].line,
                                "QCoro::waitFor never returns if the coroutine throws"});
    }
    return findings;
}

} // namespace halfopen::test
