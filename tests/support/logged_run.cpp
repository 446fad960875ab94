// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/logged_run.h"

#include "simulators/simulation.h"
#include "tests/support/scenario_text.h"

#include <algorithm>

namespace halfopen::test {

LoggedRun loggedRun(std::string_view text)
{
    RunOptions options;
    options.logCalls = true;
    Simulation simulation(loaded(text), options);
    simulation.runToEnd();
    LoggedRun run{simulation.snapshot(), simulation.takeCallLog(0)};
    std::stable_sort(run.calls.begin(), run.calls.end(),
                     [](const LoggedCall &a, const LoggedCall &b) { return a.startNs < b.startNs; });
    return run;
}

std::vector<std::int64_t> latenciesMs(const CallLog &calls)
{
    std::vector<std::int64_t> all;
    for (const LoggedCall &call : calls)
        all.push_back(call.latencyNs / 1'000'000);
    return all;
}

} // namespace halfopen::test
