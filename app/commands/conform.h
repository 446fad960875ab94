// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/commands/command.h"

namespace halfopen {

inline constexpr std::string_view kConformDetails =
    "\nFILE is a recording of a real library: JSON lines, plain or gzip, in the format of\n"
    "tests/data/vectors/README.md, or a folder of them (.jsonl, .jsonl.gz). The policy of the\n"
    "same dialect must give every recorded answer.\n"
    "\nExamples:\n"
    "  halfopen conform tests/data/vectors\n"
    "  halfopen conform my-breaker.jsonl --json\n"
    "\nExit status: 0 no mismatch, 1 a mismatch, 2 a file that cannot be read or understood,\n"
    "130 interrupted.";

/// halfopen conform: replays recordings of real libraries against our dialects.
Action setUpConform(CLI::App &app);

} // namespace halfopen
