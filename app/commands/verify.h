// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/commands/command.h"

namespace halfopen {

inline constexpr std::string_view kVerifyDetails =
    "\nFILE holds cases with a model in words and numbers and the values that must come out: closed\n"
    "forms, published statements, published simulators. Each model becomes a scenario like any other\n"
    "and is run as long as the case says. A model that says something the lab does not know is not\n"
    "understood, and the key is named; only notes are passed over. --length 10% runs a tenth, with\n"
    "statistical tolerances widened to match.\n"
    "\nExamples:\n"
    "  halfopen verify tests/data/reference/*.json.gz\n"
    "  halfopen verify queueing.json --only Q-MM1-1 --json\n"
    "\nExit status: 0 every check passed, 1 one did not or was not understood, 2 a file that cannot be\n"
    "read.";

/// halfopen verify: runs published and analytical reference cases and compares.
Action setUpVerify(CLI::App &app);

} // namespace halfopen
