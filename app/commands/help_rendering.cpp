// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/help_rendering.h"

#include "core/report/format.h"

#include <algorithm>
#include <vector>

namespace halfopen {

namespace {

using report::Tone;

/// Without the marks of bold and italic text; those of code stay, they tell keys from words.
std::string plain(std::string_view text)
{
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool isMark = text[i] == '*'
            && ((i + 1 < text.size() && text[i + 1] != ' ') || (i > 0 && text[i - 1] != ' ')); // not "2 * 3"
        if (!isMark)
            out += text[i];
    }
    return out;
}

std::vector<std::string> cellsOf(std::string_view row)
{
    std::vector<std::string> cells;
    for (std::size_t from = 1; from < row.size();) {
        const std::size_t end = std::min(row.find('|', from), row.size());
        std::string_view cell = row.substr(from, end - from);
        while (!cell.empty() && cell.front() == ' ')
            cell.remove_prefix(1);
        while (!cell.empty() && cell.back() == ' ')
            cell.remove_suffix(1);
        cells.emplace_back(cell);
        from = end + 1;
    }
    return cells;
}

class Renderer {
public:
    explicit Renderer(const report::TextStyle &style) : m_style(style) {}

    std::string render(std::string_view markdown)
    {
        while (!markdown.empty()) {
            const std::size_t end = std::min(markdown.find('\n'), markdown.size() - 1);
            line(markdown.substr(0, end + (markdown[end] == '\n' ? 0 : 1)));
            markdown.remove_prefix(end + 1);
        }
        endParagraph();
        return m_text;
    }

private:
    void line(std::string_view text)
    {
        if (!text.starts_with("|"))
            m_isTable = false; // whatever follows, the next row begins another one
        if (text.starts_with("```")) {
            endParagraph();
            m_isDrawing = !m_isDrawing;
            m_text += "\n";
        } else if (m_isDrawing) {
            m_text += "  " + fit(text) + "\n";
        } else if (text.starts_with("<!--") || text.empty()) {
            endParagraph();
        } else if (text.starts_with("#")) {
            heading(text);
        } else if (text.starts_with("|")) {
            row(text);
        } else if (text.starts_with("- ")) {
            endParagraph();
            m_paragraph = plain(text);
        } else {
            m_paragraph += (m_paragraph.empty() ? "" : " ") + plain(text.substr(std::min(text.find_first_not_of(' '), text.size())));
        }
    }
    void heading(std::string_view text)
    {
        endParagraph();
        const std::size_t level = text.find_first_not_of('#');
        const std::string title = plain(text.substr(std::min(level + 1, text.size())));
        m_text += (m_text.empty() ? "" : "\n") + report::paint(fit(title), level == 1 ? Tone::Strong : Tone::Faint, m_style) + "\n";
    }
    void row(std::string_view text)
    {
        endParagraph();
        const std::vector<std::string> cells = cellsOf(text);
        if (!m_isTable) {
            m_isTable = true;
            m_titles = cells;
            m_isOfSettings = !cells.empty() && cells.front() == "setting";
            if (!m_isOfSettings)
                m_text += "\n";
            return;
        }
        if (m_isOfSettings || text.starts_with("|-") || text.starts_with("| -"))
            return;
        std::string sentence = cells.front();
        for (std::size_t i = 1; i < cells.size(); ++i)
            if (!cells[i].empty())
                sentence += (i == 1 ? ": " : "; ") + (m_titles.size() > i && !m_titles[i].empty() && cells.size() > 2 ? m_titles[i] + " " : "")
                    + cells[i];
        hanging(plain(sentence), "");
    }
    void endParagraph()
    {
        if (m_paragraph.empty())
            return;
        if (m_paragraph.starts_with("- "))
            hanging(m_paragraph.substr(2), "- ");
        else
            for (const std::string &part : report::wrapText(fit(m_paragraph), m_style.width))
                m_text += part + "\n";
        m_paragraph.clear();
    }
    void hanging(const std::string &text, std::string_view mark)
    {
        std::string before = "  " + std::string(mark);
        for (const std::string &part : report::wrapText(fit(text), m_style.width - 4)) {
            m_text += before + part + "\n";
            before.assign(4, ' ');
        }
    }
    std::string fit(std::string_view text) const { return m_style.unicode ? std::string(text) : report::toAscii(text); }

    report::TextStyle m_style;
    std::string m_text;
    std::string m_paragraph;
    std::vector<std::string> m_titles; ///< of the table that is being read
    bool m_isDrawing = false;
    bool m_isTable = false; ///< the line before was a row
    bool m_isOfSettings = false;
};

} // namespace

std::string renderHelpPage(std::string_view markdown, const report::TextStyle &style)
{
    return Renderer(style).render(markdown);
}

} // namespace halfopen
