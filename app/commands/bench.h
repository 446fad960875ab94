// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/commands/command.h"

namespace halfopen {

inline constexpr std::string_view kBenchDetails =
    "\nRuns scenarios/bench/rs1.yaml (breaker, faults every minute) and rs2.yaml (retry storm, no\n"
    "breaker) through the same engine that 'halfopen run' uses, several times each, on one core.\n"
    "Times are processor time of the thread; the best repetition is the figure and the spread is\n"
    "printed beside it. Every repetition must give the same fingerprint.\n"
    "\nWith --json the figures are the flat keys rs1.calls_per_s, rs1.ns_per_call, "
    "rs1.ns_per_event,\n"
    "rs1.events_per_call, rs1.attempts_per_call, rs1.bytes_in_flight, rs1.memory_10m_calls_bytes,\n"
    "rs1.fingerprint, and the same for rs2. scaling.two_cores says how many times as fast independent\n"
    "runs of rs1 are on two cores as on one, scaling.machine the same of a loop that touches only\n"
    "registers: two virtual cores that share one physical core fall short of 2 even there.\n"
    "machine.event_list_ns is what an event costs in a std::set of ten, as a yardstick of the machine: it has\n"
    "nothing of this program in it.\n"
    "\nExamples:\n"
    "  halfopen bench --quick\n"
    "  halfopen bench --json | jq '.[\"rs1.ns_per_call\"]'\n"
    "\nExit status: 0 measured, 1 repetitions gave different fingerprints, 2 a scenario is "
    "missing,\n"
    "130 interrupted.";

/// halfopen bench: what the engine costs per call and per event on this machine.
Action setUpBench(CLI::App &app);

} // namespace halfopen
