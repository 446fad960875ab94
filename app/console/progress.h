// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/instant.h"

#include <chrono>
#include <cstdint>
#include <string>

namespace halfopen {

/// One live line on stderr while a run goes on: virtual time, calls simulated per second of real
/// time, and how long it will still take. Silent when stderr is no terminal.
class Progress {
public:
    /// \a wanted is false for --no-progress.
    explicit Progress(bool wanted);
    ~Progress() { clear(); }
    Progress(const Progress &) = delete;
    Progress &operator=(const Progress &) = delete;

    /// True when the line is shown and its time has come again (ten times a second).
    bool isDue();
    void show(Instant now, Instant end, std::uint64_t calls);
    /// Takes the line away, so that what is printed next begins on a clean one.
    void clear();

private:
    using Clock = std::chrono::steady_clock;
    bool m_shown;
    bool m_onScreen = false;
    Clock::time_point m_start = Clock::now();
    Clock::time_point m_next =
        m_start + std::chrono::milliseconds(300); ///< short runs show nothing
};

/// The text of the line: "63.2 s of 3 min [########..........]  35 %  8.10M calls/s  2 s left".
std::string progressLine(Instant now, Instant end, std::uint64_t calls, double elapsedSeconds);

} // namespace halfopen
