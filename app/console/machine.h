// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <functional>
#include <string>

namespace halfopen {

/// What a measurement must say about where it was made.
struct Machine {
    std::string cpu;
    unsigned cores = 0;
    std::string compiler; ///< "GCC 12.2.0, -O3"
    std::string system;   ///< "Linux 6.1.0 x86_64"
};
Machine thisMachine();

/// Runs \a work in a child process of its own and returns the greatest memory (resident set, bytes)
/// that the child had while it ran; 0 if the system does not tell. Call it early and from the only
/// thread: the child begins as a copy of this process.
std::uint64_t peakMemoryOf(const std::function<void()> &work);

} // namespace halfopen
