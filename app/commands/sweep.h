// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/commands/command.h"

namespace halfopen {

inline constexpr std::string_view kSweepDetails =
    "\nEvery combination of the varied values is one run (times --seeds), on all cores; all meet the\n"
    "same chance. A metric is one of 'halfopen help' with @OF behind it where it needs one, or\n"
    "time_to_detect or time_to_recover.\n"
    "\nExamples:\n"
    "  halfopen sweep retry_storm --vary policies.db_client.1.failure_rate_threshold=20%..80%/13 \\\n"
    "      --metric goodput --metric p99@web\n"
    "  halfopen sweep retry_storm --vary clients.web.rate=500..1000/6 \\\n"
    "      --vary policies.db_client.0.max_attempts=1,2,3,5 --metric goodput --csv > map.csv\n"
    "  halfopen sweep retry_storm --vary policies.db_client.1.recovery_timeout=1s..30s/log5 \\\n"
    "      --metric time_to_recover --seeds 5 --json";

/// halfopen sweep: what metrics are for every combination of some settings' values.
Action setUpSweep(CLI::App &app);

} // namespace halfopen
