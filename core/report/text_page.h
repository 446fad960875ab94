// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/report/format.h"
#include "core/report/text_table.h"

#include <string>
#include <string_view>

namespace halfopen::report {

/// A text for a terminal, written line by line in one style. Names must have passed printable().
class TextPage {
public:
    explicit TextPage(const TextStyle &style) : m_style(style) {}

    void blank() { m_text += "\n"; }
    void line(std::string_view text, Tone tone = Tone::Plain, std::size_t indent = 0)
    {
        m_text += std::string(indent, ' ') + paint(fit(text), tone, m_style) + "\n";
    }
    /// Broken into lines of the terminal's width, the first behind \a indent spaces, the others
    /// behind \a hanging more.
    void paragraph(std::string_view text, Tone tone = Tone::Plain, std::size_t indent = 0,
                   std::size_t hanging = 0)
    {
        std::size_t shift = indent;
        for (const std::string &part : wrapText(fit(text), m_style.width - indent - hanging)) {
            line(part, tone, shift);
            shift = indent + hanging;
        }
    }
    void table(const TextTable &table)
    {
        m_text += table.text();
        m_leftOut += table.leftOut();
    }
    /// How many columns of the tables so far had no room: "3 more columns: widen the terminal or use --json"; nothing when all have.
    void columnsLeftOut()
    {
        if (m_leftOut > 0)
            paragraph(formatCount(m_leftOut) + (m_leftOut == 1 ? " more column" : " more columns") + ": widen the terminal or use --json",
                      Tone::Faint);
    }
    /// "and 12 more" when \a all is more than \a shown.
    void more(std::size_t all, std::size_t shown)
    {
        if (all > shown)
            line("and " + formatCount(all - shown) + " more", Tone::Faint, 2);
    }
    std::string fit(std::string_view text) const
    {
        return m_style.unicode ? std::string(text) : toAscii(text);
    }
    const TextStyle &style() const { return m_style; }
    const std::string &text() const { return m_text; }

private:
    TextStyle m_style;
    std::string m_text;
    std::size_t m_leftOut = 0;
};

} // namespace halfopen::report
