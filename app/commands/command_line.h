// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

namespace halfopen {

/// Exit statuses of the program. They are part of its interface: scripts and CI servers read them.
enum ExitStatus : int {
    kExitOk = 0,
    kExitNotMet = 1,   ///< an expectation was not met, or a run ended at a limit before its end
    kExitBadInput = 2, ///< bad flags, a bad scenario, a file that cannot be written
    kExitInterrupted = 130, ///< Ctrl-C: what was computed until then has been printed and written
};

/// Prints \a error and gives kExitBadInput: how a command ends that cannot go on.
int badInput(const Error &error);

/// The whole program: reads the flags, runs one command, returns the exit status. Never throws.
int runCommandLine(int argc, char **argv);

} // namespace halfopen
