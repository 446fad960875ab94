// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/run_driver.h"

#include "app/console/interrupt.h"
#include "app/console/progress.h"
#include "core/report/figures.h"

namespace halfopen {

namespace {

/// About 10 ms of work: short enough for Ctrl-C, long enough to cost nothing.
constexpr std::uint64_t kEventsPerTurn = 100'000;

} // namespace

RunRecord driveToEnd(Simulation &simulation, bool showProgress, RunLog *log)
{
    Progress progress(showProgress);
    const bool isLogged = log != nullptr && log->isWanted();
    while (!simulation.finished()) {
        simulation.runUntil(simulation.endTime(), kEventsPerTurn);
        if (InterruptGuard::isRequested())
            simulation.cancel();
        const bool isDue = progress.isDue();
        if (!isDue && !isLogged)
            continue;
        // A snapshot is a cheap copy. The log takes one every turn, so that what it writes does not
        // depend on how fast the machine is.
        const RunRecord record = simulation.snapshot();
        if (isLogged)
            log->update(record);
        if (isDue)
            progress.show(record.now, simulation.endTime(), report::allClients(record).offered);
    }
    return simulation.snapshot();
}

} // namespace halfopen
