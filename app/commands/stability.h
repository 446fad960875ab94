// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/commands/command.h"

namespace halfopen {

inline constexpr std::string_view kStabilityDetails =
    "\nEach cell is a run of its own: traffic as varied, then the trigger fault alone for as long as\n"
    "the column says, then --settle without any fault. A system that does not come back although\n"
    "nothing is wrong any more is metastable there. 'overload': it was not well before the trigger.\n"
    "All cells of a row meet the same traffic: the mean of a rate that changes by itself is taken over\n"
    "the scenario's own duration, however long the cell's run is.\n"
    "Source: N. Bronson et al., Metastable Failures in Distributed Systems, HotOS 2021.\n"
    "\nExamples:\n"
    "  halfopen stability retry_storm --vary clients.web.rate=200..1000/5 --trigger 500ms..8s/log5\n"
    "  halfopen stability retry_storm --vary clients.web.rate=200..1000/5 --trigger 500ms..8s/log5 \\\n"
    "      --set policies.db_client.1.mode=metrics_only\n"
    "  halfopen stability retry_storm --vary clients.web.rate=600..1000/5 --trigger 2s,10s --csv";

/// halfopen stability: maps where a system recovers from a trigger and where it stays down.
Action setUpStability(CLI::App &app);

} // namespace halfopen
