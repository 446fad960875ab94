// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/report/format.h"

#include <string>
#include <string_view>
#include <vector>

namespace halfopen::report {

/// Builds one HTML table; every text is escaped here.
class HtmlTable {
public:
    struct Head {
        std::string title;
        const char *cssClass = "";
    };
    explicit HtmlTable(std::vector<Head> heads) : m_heads(std::move(heads)) {}

    void row(const std::vector<std::string> &cells, std::string_view rowClass = {},
             std::string_view firstClass = {})
    {
        m_rows += rowClass.empty() ? "<tr>" : "<tr class=\"" + std::string(rowClass) + "\">";
        for (std::size_t i = 0; i < cells.size(); ++i) {
            std::string_view cssClass = m_heads[i].cssClass;
            if (i == 0 && !firstClass.empty())
                cssClass = firstClass;
            m_rows += cssClass.empty() ? "<td>" : "<td class=\"" + std::string(cssClass) + "\">";
            m_rows += escapeMarkup(cells[i]) + "</td>";
        }
        m_rows += "</tr>\n";
    }
    /// \a more is a line below the table, or empty.
    std::string html(const std::string &more = {}) const
    {
        std::string html = "<div class=\"scroll\"><table><thead><tr>";
        for (const Head &head : m_heads) {
            const bool isLeft = *head.cssClass != '\0';
            html += (isLeft ? "<th class=\"left\">" : "<th>") + escapeMarkup(head.title) + "</th>";
        }
        html += "</tr></thead><tbody>\n" + m_rows + "</tbody></table>";
        if (!more.empty())
            html += "<div class=\"more\">" + escapeMarkup(more) + "</div>";
        return html + "</div>\n";
    }

private:
    std::vector<Head> m_heads;
    std::string m_rows;
};

} // namespace halfopen::report
