// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <ctime>

namespace halfopen {

/// Processor time that the calling thread has used, in seconds. Unlike the wall clock it does not
/// count the time when somebody else had the core, so it is what a measurement on a shared machine
/// needs.
inline double threadSeconds()
{
    timespec time{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) * 1e-9;
}

} // namespace halfopen
