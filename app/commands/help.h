// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/commands/command.h"

namespace halfopen {

inline constexpr std::string_view kHelpDetails =
    "\nExamples:\n"
    "  halfopen help                   every topic\n"
    "  halfopen help circuit_breaker   its settings, with units, ranges and defaults\n"
    "  halfopen help goodput           what an expectation measures";

/// halfopen help: explains a topic from the same tables that the loader and the forms read.
Action setUpHelp(CLI::App &app);

} // namespace halfopen
