// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/commands/command.h"

namespace halfopen {

inline constexpr std::string_view kCompareDetails =
    "\nAll variants meet the same calls and the same chance (common random numbers), so that a\n"
    "difference is theirs alone. With --dialects the settings of the scenario's breakers are carried\n"
    "to each library by their meaning; what has no counterpart there is listed.\n"
    "\nExamples:\n"
    "  halfopen compare retry_storm --dialects resilience4j,gobreaker\n"
    "  halfopen compare retry_storm --dialects polly,hystrix --seeds 10 --report dialects.html\n"
    "  halfopen compare retry_storm --variant patient:policies.db_client.1.recovery_timeout=20s\n"
    "  halfopen compare before.yaml after.yaml --seeds 5 --json";

/// halfopen compare: dialects, settings or scenarios against each other on the same traffic.
Action setUpCompare(CLI::App &app);

} // namespace halfopen
