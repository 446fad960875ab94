// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/commands/command.h"

namespace halfopen {

inline constexpr std::string_view kRunDetails =
    "\nFILE is a scenario file or the name of a shipped one; without it, the default scenario "
    "runs.\n"
    "\nExamples:\n"
    "  halfopen run\n"
    "  halfopen run storm.yaml --seed 7 --duration 30s\n"
    "  halfopen run storm.yaml --set policies.db_client.1.max_attempts=5\n"
    "  halfopen run storm.yaml --report            writes storm-report.html\n"
    "  halfopen run storm.yaml --json | jq .clients\n"
    "\nExit status: 0 the run finished, 1 it ended at a limit, 2 bad flags, scenario or file,\n"
    "130 interrupted (what was computed is printed and written). Missed expectations are shown\n"
    "but change nothing here; 'halfopen check' judges them.";

/// halfopen run: one scenario in virtual time; summary, JSON, HTML report, logs.
Action setUpRun(CLI::App &app);

} // namespace halfopen
