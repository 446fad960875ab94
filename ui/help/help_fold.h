// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <functional>

namespace halfopen {

/// What a page has room for.
struct HelpRoom {
    int columns = 0;     ///< letters of a drawing or of code in one line
    double width = 0;    ///< of a table, in logical pixels
    double perColumn = 0; ///< what a column of a table needs at least, to be read with ease
    double cell = 0;     ///< border and padding of one cell
    std::function<double(const QString &word, bool isCode)> wordWidth;
};

/// The Markdown of a page, so that it fits: a table that is too wide becomes a list, a line of code that is too long goes on in the next one,
/// and a drawing is cut into strips that stand below each other, like the staves of a score. What fits stays as it is.
/// Code that no fence ends goes to the end of the page, and is ended there.
QString foldedHelp(const QString &markdown, const HelpRoom &room);

} // namespace halfopen
