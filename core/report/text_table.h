// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace halfopen::report {

/// What a terminal can show.
struct TextStyle {
    std::size_t width = 100; ///< columns, at least 40
    bool colour = false;     ///< ANSI colours
    bool unicode = true;     ///< otherwise ASCII only
};

enum class Tone : std::uint8_t { Plain, Strong, Faint, Good, Bad, Warning };

/// \a text in the tone's colour, or as it is when the style has none. The words always carry the
/// meaning alone. Names must have passed printable() before.
std::string paint(std::string_view text, Tone tone, const TextStyle &style);

/// \a text broken at spaces so that no line passes \a width; words longer than a line are kept
/// whole.
std::vector<std::string> wrapText(std::string_view text, std::size_t width);

/// \a text cut to \a width columns, with an ellipsis at the cut.
std::string shorten(std::string_view text, std::size_t width, const TextStyle &style);

/// A table of aligned columns for a terminal: the first column left, the others right unless told
/// otherwise.
class TextTable {
public:
    struct Column {
        std::string title;
        bool left = false;
        /// When the table is wider than the terminal, columns of the greatest rank leave first; 0
        /// stays.
        int rank = 0;
    };
    struct Cell {
        std::string text;
        Tone tone = Tone::Plain;
        Cell(std::string cellText, Tone cellTone = Tone::Plain)
            : text(std::move(cellText)), tone(cellTone)
        {}
        Cell(const char *cellText) : text(cellText) {}
    };

    /// What a table does that is wider than the terminal.
    enum class TooWide : std::uint8_t {
        LeavesOut, ///< columns leave by their rank
        Wraps,     ///< the other columns go on below, with the first one again
    };

    TextTable(std::vector<Column> columns, TextStyle style, TooWide tooWide = TooWide::LeavesOut);
    void addRow(std::vector<Cell> cells);
    /// All lines, each ended by a newline; the titles are faint. A first column too wide is
    /// shortened.
    std::string text() const;
    /// How many columns with a title text() leaves out.
    std::size_t leftOut() const;

private:
    /// The columns of one block of lines, and the widths of all.
    struct Layout {
        std::vector<std::size_t> widths;
        std::vector<std::vector<std::size_t>> blocks;
    };
    Layout layout() const;
    std::string block(const std::vector<std::size_t> &shown, const std::vector<std::size_t> &widths) const;

    std::vector<Column> m_columns;
    std::vector<std::vector<Cell>> m_rows;
    TextStyle m_style;
    TooWide m_tooWide;
};

} // namespace halfopen::report
