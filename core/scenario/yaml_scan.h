// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

namespace halfopen {

/// Behind the quote that ends the text in quotes which begins at \a at, or npos if nothing ends it.
std::size_t endOfQuotes(std::string_view text, std::size_t at);

/// Quotes, brackets and comments of a text that need not be YAML: enough to say where something was opened and not closed. Only for
/// messages; what a value is, the parser says.
class YamlScan {
public:
    /// Brackets are counted up to \a mark (in bytes).
    YamlScan(std::string_view text, std::size_t mark);

    struct Span {
        std::size_t from = 0;
        std::size_t to = 0; ///< of the closing quote; npos if there is none
    };
    /// The first text in quotes, begun before the mark, behind whose end something stands that no text in quotes has behind it.
    const std::optional<Span> &suspiciousQuote() const { return m_suspicious; }
    /// Brackets that are open at the mark, outermost first.
    const std::vector<std::size_t> &openBrackets() const { return m_open; }
    /// Whether \a at stands inside quotes or a block of text, or, unless \a onlyQuotes, between brackets.
    bool isInside(std::size_t at, bool onlyQuotes = false) const;
    /// Whether the bracket at \a at has its counterpart in the same line.
    bool isClosedInLine(std::size_t at) const;

private:
    bool beginsValue(std::size_t at) const;
    void takeQuote(std::size_t at, std::size_t mark);
    std::size_t endOfBlock(std::size_t sign) const;

    std::string_view m_text;
    std::vector<std::size_t> m_open;
    std::vector<Span> m_quotes;   ///< and blocks of text; in order
    std::vector<Span> m_brackets; ///< outermost ones, in order; `to` is npos while they are open
    std::optional<Span> m_suspicious;
};

} // namespace halfopen
