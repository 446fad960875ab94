// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/text_table.h"

#include "core/report/format.h"

#include <algorithm>
#include <numeric>

namespace halfopen::report {

namespace {

constexpr std::size_t kGap = 2; ///< spaces between columns
constexpr std::size_t kFirstColumnMin = 12;
constexpr std::size_t kFirstColumnGood = 22; ///< columns leave before a name is cut below this

std::string_view colourCode(Tone tone)
{
    switch (tone) {
    case Tone::Plain:
        return "";
    case Tone::Strong:
        return "\x1b[1m";
    case Tone::Faint:
        return "\x1b[2m";
    case Tone::Good:
        return "\x1b[36m"; // cyan and yellow stay apart for every colour vision
    case Tone::Bad:
        return "\x1b[31m";
    case Tone::Warning:
        return "\x1b[33m";
    }
    return "";
}

std::string padded(const std::string &text, std::size_t width, bool left)
{
    const std::size_t taken = displayWidth(text);
    const std::string space(width > taken ? width - taken : 0, ' ');
    return left ? text + space : space + text;
}

} // namespace

std::string paint(std::string_view text, Tone tone, const TextStyle &style)
{
    const std::string_view code = style.colour ? colourCode(tone) : "";
    std::string painted(code);
    painted += text;
    if (!code.empty())
        painted += "\x1b[0m";
    return painted;
}

std::vector<std::string> wrapText(std::string_view text, std::size_t width)
{
    std::vector<std::string> lines;
    std::string line;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t start = text.find_first_not_of(" \n\t", at);
        if (start == std::string_view::npos)
            break;
        const std::size_t end = std::min(text.find_first_of(" \n\t", start), text.size());
        const std::string_view word = text.substr(start, end - start);
        if (!line.empty() && displayWidth(line) + 1 + displayWidth(word) > width) {
            lines.push_back(std::move(line));
            line.clear();
        }
        line += line.empty() ? "" : " ";
        line += word;
        at = end;
    }
    if (!line.empty())
        lines.push_back(std::move(line));
    return lines;
}

std::string shorten(std::string_view text, std::size_t width, const TextStyle &style)
{
    if (displayWidth(text) <= width)
        return std::string(text);
    const std::string_view ellipsis = style.unicode ? "\u2026" : "...";
    const std::size_t room = width - std::min(width, displayWidth(ellipsis));
    std::size_t end = 0;
    for (std::size_t columns = 0; end < text.size(); ++end) {
        const bool begins = (static_cast<unsigned char>(text[end]) & 0xc0) != 0x80;
        if (begins && ++columns > room)
            break;
    }
    return std::string(text.substr(0, end)) + std::string(ellipsis);
}

TextTable::TextTable(std::vector<Column> columns, TextStyle style, TooWide tooWide)
    : m_columns(std::move(columns)), m_style(style), m_tooWide(tooWide)
{}

void TextTable::addRow(std::vector<Cell> cells)
{
    cells.resize(m_columns.size(), Cell(""));
    if (!m_style.unicode)
        for (Cell &cell : cells)
            cell.text = toAscii(cell.text);
    m_rows.push_back(std::move(cells));
}

TextTable::Layout TextTable::layout() const
{
    Layout layout;
    std::vector<std::size_t> &widths = layout.widths;
    std::vector<std::size_t> shown;
    for (std::size_t i = 0; i < m_columns.size(); ++i) {
        std::size_t width = displayWidth(m_columns[i].title);
        for (const auto &row : m_rows)
            width = std::max(width, displayWidth(row[i].text));
        widths.push_back(width);
        shown.push_back(i);
    }
    const auto total = [&] {
        return std::accumulate(shown.begin(), shown.end(), kGap * (shown.size() - 1),
                               [&](std::size_t sum, std::size_t i) { return sum + widths[i]; });
    };
    const auto squeezeFirst = [&](std::size_t least) {
        const std::size_t over = total() > m_style.width ? total() - m_style.width : 0;
        widths[0] = std::max(std::min(widths[0], least), widths[0] - std::min(widths[0], over));
    };
    // A long name gives way before a figure does, but only as far as it can be told from others; a stump is the last resort.
    const std::size_t firstWidth = widths[0];
    squeezeFirst(kFirstColumnGood);
    if (m_tooWide == TooWide::Wraps) {
        layout.blocks.emplace_back();
        std::size_t taken = 0;
        for (const std::size_t i : shown) {
            if (layout.blocks.back().size() > 1 && taken + kGap + widths[i] > m_style.width) {
                layout.blocks.push_back({0});
                taken = widths[0];
            }
            layout.blocks.back().push_back(i);
            taken += (i == 0 ? 0 : kGap) + widths[i];
        }
        return layout;
    }
    while (total() > m_style.width) {
        const auto leaving = std::max_element(shown.begin(), shown.end(), [&](auto a, auto b) {
            return m_columns[a].rank < m_columns[b].rank;
        });
        if (m_columns[*leaving].rank == 0)
            break;
        shown.erase(leaving);
    }
    widths[0] = firstWidth;
    squeezeFirst(kFirstColumnMin);
    layout.blocks.push_back(std::move(shown));
    return layout;
}

std::string TextTable::block(const std::vector<std::size_t> &shown, const std::vector<std::size_t> &widths) const
{
    std::string out;
    const auto line = [&](auto &&cellOf) {
        std::string text;
        for (const std::size_t i : shown) {
            const Cell cell = cellOf(i);
            const bool left = i == 0 || m_columns[i].left;
            std::string content = padded(shorten(cell.text, widths[i], m_style), widths[i], left);
            if (i == shown.back() && left) // no spaces at the end of a line
                content.erase(content.find_last_not_of(' ') + 1);
            text += (i == shown.front() ? "" : std::string(kGap, ' ')) +
                    paint(content, cell.tone, m_style);
        }
        out += text + "\n";
    };
    line([&](std::size_t i) { return Cell(m_columns[i].title, Tone::Faint); });
    for (const auto &row : m_rows)
        line([&](std::size_t i) { return row[i]; });
    return out;
}

std::string TextTable::text() const
{
    const Layout all = layout();
    std::string out;
    for (const std::vector<std::size_t> &shown : all.blocks)
        out += (out.empty() ? "" : "\n") + block(shown, all.widths);
    return out;
}

std::size_t TextTable::leftOut() const
{
    const Layout all = layout();
    std::vector<bool> isShown(m_columns.size(), false);
    for (const std::vector<std::size_t> &shown : all.blocks)
        for (const std::size_t i : shown)
            isShown[i] = true;
    std::size_t count = 0;
    for (std::size_t i = 0; i < m_columns.size(); ++i)
        count += !isShown[i] && !m_columns[i].title.empty() ? 1 : 0;
    return count;
}

} // namespace halfopen::report
