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
    "\nAn expectation of a time behind the end of its run is not reached: it cannot be judged, which\n"
    "fails the check as a missed one does. Text and JSON say which of the two it is; in JUnit a\n"
    "missed one is a <failure>, one that is not reached an <error>.\n"
    "\nExit status: 0 every expectation is met, 1 one is missed or not reached or a run ended at a\n"
    "limit, 2 bad flags, scenario or file, 130 interrupted.";

/// halfopen check: runs scenarios and judges what they expect.
Action setUpCheck(CLI::App &app);

} // namespace halfopen
