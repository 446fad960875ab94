// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/commands/command.h"

namespace halfopen {

inline constexpr std::string_view kCheckDetails =
    "\nFILE is a scenario file, the name of a shipped one, or a folder (every .yaml in it).\n"
    "\nExamples:\n"
    "  halfopen check scenarios\n"
    "  halfopen check storm.yaml --junit build/junit.xml\n"
    "\nExit status: 0 every expectation is met, 1 one is not or a run ended at a limit,\n"
    "2 bad flags, scenario or file, 130 interrupted.";

/// halfopen check: runs scenarios and judges what they expect.
Action setUpCheck(CLI::App &app);

} // namespace halfopen
