// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/commands/command.h"

namespace halfopen {

inline constexpr std::string_view kFitDetails =
    "\nEach argument is a percentile, pNN=TIME, or one argument names a recording of calls (.jsonl or\n"
    ".jsonl.gz), of whose good answers the percentiles are taken. Lognormal, gamma and Weibull are fitted by\n"
    "least squares in the logarithms of the times; from five percentiles on a mixture of two lognormals is\n"
    "tried, and taken when it halves the misfit. What is printed for a scenario gives exactly the distribution\n"
    "that was judged.\n"
    "\nExit status: 0 fitted; 2 bad input.\n"
    "\nExamples:\n"
    "  halfopen fit p50=12ms p95=40ms p99=120ms\n"
    "  halfopen fit calls.jsonl.gz\n"
    "  halfopen fit --json p50=12ms p99.9=2s";

/// halfopen fit: a service time from measured percentiles, with how far it is off.
Action setUpFit(CLI::App &app);

} // namespace halfopen
