// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/commands/command.h"

namespace halfopen {

inline constexpr std::string_view kListDetails =
    "\nThe scenarios are looked for beside the installed program or in the source tree;\n"
    "the environment variable HALFOPEN_SCENARIOS names another folder.\n"
    "\nExamples:\n"
    "  halfopen list\n"
    "  halfopen list --json | jq -r '.[].name'";

/// halfopen list: the shipped scenarios with the question that each asks.
Action setUpList(CLI::App &app);

} // namespace halfopen
