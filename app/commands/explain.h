// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/commands/command.h"

namespace halfopen {

inline constexpr std::string_view kExplainDetails =
    "\nThe run is repeated up to the instant; the same scenario and seed give the same answer.\n"
    "NAME is a stack and a layer (db_client.1, outermost = 0), or the stack alone when it has one\n"
    "breaker; without --breaker the scenario's only breaker is meant.\n"
    "\n--call tells the story of one call instead. Its number stands in the reasons of transitions, in\n"
    "the calls view and in logs; small numbers count the calls of a client from 0.\n"
    "\nExamples:\n"
    "  halfopen explain retry_storm --breaker db_client --at 45s\n"
    "  halfopen explain fleet_of_breakers_never_trips --breaker of_many --at 30s --process 17\n"
    "  halfopen explain retry_storm --call 330\n"
    "  halfopen explain retry_storm --at 45s --set policies.db_client.1.failure_rate_threshold=90% "
    "--json";

/// halfopen explain: why a breaker did, or did not, change its state at one instant of a run; or what happened to one call.
Action setUpExplain(CLI::App &app);

} // namespace halfopen
