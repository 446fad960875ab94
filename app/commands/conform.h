// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/commands/command.h"

namespace halfopen {

inline constexpr std::string_view kConformDetails =
    "\nFILE is a recording of a real library: JSON lines, plain or gzip, in the format of\n"
    "tests/data/vectors/README.md. The policy of the same dialect must give every recorded answer.\n"
    "\nExample:\n"
    "  halfopen conform tests/data/vectors/*.jsonl.gz\n"
    "\nExit status: 0 no mismatch, 1 a mismatch, 2 a file that cannot be read or understood.";

/// halfopen conform: replays recordings of real libraries against our dialects.
Action setUpConform(CLI::App &app);

} // namespace halfopen
