// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/console/run_log.h"
#include "core/run/run_record.h"
#include "simulators/simulation.h"

namespace halfopen {

/// Runs \a simulation to its end, or until InterruptGuard asks to stop (then it ends as Cancelled).
/// Shows progress when \a showProgress, and writes \a log as the run goes on when there is one.
RunRecord driveToEnd(Simulation &simulation, bool showProgress, RunLog *log = nullptr);

} // namespace halfopen
