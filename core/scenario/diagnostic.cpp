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

constexpr std::size_t kLineMax = 240; ///< code points of a source line that are shown
constexpr std::size_t kSaidMax = 2000; ///< of a message, a hint, a path

/// The part of \a line from code point \a from on, at most \a count code points.
std::string_view part(std::string_view line, std::size_t from, std::size_t count)
{
    line.remove_prefix(before(line, static_cast<int>(from) + 1).size());
    return before(line, static_cast<int>(count) + 1);
}

std::string said(std::string_view text)
{
    const bool isLong = text.size() > kSaidMax && codePoints(text) > kSaidMax;
    return isLong ? printableText(part(text, 0, kSaidMax)) + "\u2026" : printableText(text);
}

/// The line and, below it, the caret. The start of a line longer than a screen may be left out, and its end.
std::string lineWithCaret(std::string_view line, int column)
{
    std::string_view head = before(line, column);
    std::string_view tail = line.substr(head.size());
    std::string begin, end;
    if (codePoints(line) > kLineMax) {
        const std::size_t inFront = codePoints(head);
        if (inFront > kLineMax / 2) {
            head = part(head, inFront - kLineMax / 2, kLineMax / 2);
            begin = "\u2026";
        }
        if (codePoints(tail) > kLineMax / 2) {
            tail = part(tail, 0, kLineMax / 2);
            end = "\u2026";
        }
    }
    return "  " + begin + printableText(head) + printableText(tail) + end + "\n  " + paddingFor(begin) + paddingFor(head) + "^\n";
}

} // namespace

std::string Diagnostic::text() const
{
    std::string out = said(path);
    if (place.line > 0)
        out += ':' + std::to_string(place.line) + ':' + std::to_string(place.column);
    if (!out.empty())
        out += ": ";
    out += severity == Severity::Error ? "error: " : "warning: ";
    out += said(message);
    out += '\n';
    if (place.line > 0)
        out += lineWithCaret(sourceLine, place.column);
    if (!hint.empty())
        out += "  hint: " + said(hint) + '\n';
    return out;
}

} // namespace halfopen
