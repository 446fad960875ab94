// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/report/text_table.h"

#include <string_view>

namespace halfopen {

/// What stdout can show: its width (COLUMNS, else the terminal's, else 100), colour only on a
/// terminal and never with NO_COLOR or TERM=dumb, ASCII unless the locale's character set is UTF-8.
report::TextStyle outputStyle();
/// The same for stderr.
report::TextStyle errorStyle();
bool isErrorTerminal();

/// Writes to stdout. A failure (a full disk) is kept for outputError(); a reader that has gone away
/// (`halfopen ... | head`) is none.
void print(std::string_view text);
/// Why stdout could not be written, or 0: an errno value.
int outputError();
/// "halfopen: error: ..." and an indented line on stderr.
void printError(std::string_view message);
void printHint(std::string_view hint);

} // namespace halfopen
