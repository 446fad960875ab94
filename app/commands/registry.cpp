// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/command.h"

#include "app/commands/bench.h"
#include "app/commands/check.h"
#include "app/commands/compare.h"
#include "app/commands/conform.h"
#include "app/commands/explain.h"
#include "app/commands/fit.h"
#include "app/commands/help.h"
#include "app/commands/list.h"
#include "app/commands/run.h"
#include "app/commands/settings.h"
#include "app/commands/schema.h"
#include "app/commands/verify.h"
#include "app/commands/stability.h"
#include "app/commands/sweep.h"

#include <array>

namespace halfopen {

std::span<const Command> commands()
{
    static constexpr std::array table = {
        Command{"run", "run a scenario in virtual time and print what happened", kRunDetails,
                &setUpRun},
        Command{"check", "run scenarios and judge their expectations, for CI", kCheckDetails,
                &setUpCheck},
        Command{"explain", "why a breaker did, or did not, trip: its state at one instant; or the story of one call", kExplainDetails,
                &setUpExplain},
        Command{"compare", "dialects, settings or scenarios against each other on the same traffic",
                kCompareDetails, &setUpCompare},
        Command{"sweep", "metrics for every combination of some settings' values", kSweepDetails,
                &setUpSweep},
        Command{"stability", "after which trigger and under which load the system stays down",
                kStabilityDetails, &setUpStability},
        Command{"fit", "a service time from measured percentiles or a recording", kFitDetails, &setUpFit, false},
        Command{"list", "list the scenarios that come with the lab", kListDetails, &setUpList, false},
        Command{"conform", "replay recordings of real libraries against our dialects",
                kConformDetails, &setUpConform, false},
        Command{"verify", "run published and analytical reference cases and compare", kVerifyDetails,
                &setUpVerify},
        Command{"settings", "show every default and where it comes from", kSettingsDetails,
                &setUpSettings},
        Command{"help", "explain a command, policy, fault or metric", kHelpDetails, &setUpHelp, false},
        Command{"schema", "print the JSON Schema of scenario files, for editors", kSchemaDetails,
                &setUpSchema, false},
        Command{"bench", "measure the engine on this machine", kBenchDetails, &setUpBench},
    };
    return table;
}

} // namespace halfopen
