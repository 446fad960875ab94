// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scenario/diagnostic.h"

#include "core/scenario/text_tools.h"

namespace halfopen {

namespace {

/// The part of \a line in front of the 1-based code point \a column.
std::string_view before(std::string_view line, int column)
{
    std::size_t at = 0;
    for (int i = 1; i < column && at < line.size(); ++i) {
        ++at;
        while (at < line.size() && (static_cast<unsigned char>(line[at]) & 0xC0) == 0x80)
            ++at;
    }
    return line.substr(0, at);
}

} // namespace

std::string Diagnostic::text() const
{
    std::string out = path;
    if (place.line > 0)
        out += ':' + std::to_string(place.line) + ':' + std::to_string(place.column);
    if (!out.empty())
        out += ": ";
    out += severity == Severity::Error ? "error: " : "warning: ";
    out += message;
    out += '\n';
    if (place.line > 0) {
        out += "  " + sourceLine + '\n';
        out += "  " + paddingFor(before(sourceLine, place.column)) + "^\n";
    }
    if (!hint.empty())
        out += "  hint: " + hint + '\n';
    return out;
}

} // namespace halfopen
