// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/progress.h"

#include "app/console/terminal.h"
#include "core/report/format.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace halfopen {

Progress::Progress(bool wanted) : m_shown(wanted && isErrorTerminal()) {}

bool Progress::isDue()
{
    if (!m_shown || Clock::now() < m_next)
        return false;
    m_next = Clock::now() + std::chrono::milliseconds(100);
    return true;
}

void Progress::show(Instant now, Instant end, std::uint64_t calls)
{
    const double elapsed = std::chrono::duration<double>(Clock::now() - m_start).count();
    const report::TextStyle style = errorStyle();
    const std::string line =
        "\r" + report::shorten(progressLine(now, end, calls, elapsed), style.width - 1, style) +
        "\x1b[K";
    std::fwrite(line.data(), 1, line.size(), stderr);
    m_onScreen = true;
}

void Progress::clear()
{
    if (m_onScreen)
        std::fputs("\r\x1b[K", stderr);
    m_onScreen = false;
}

std::string progressLine(Instant now, Instant end, std::uint64_t calls, double elapsedSeconds)
{
    constexpr int kBar = 20;
    const double share = end.ns() > 0 ? std::clamp(now.seconds() / end.seconds(), 0.0, 1.0) : 1;
    std::string bar;
    for (int i = 0; i < kBar; ++i)
        bar += i < static_cast<int>(share * kBar) ? '#' : '.';
    std::string line =
        report::formatDuration(std::chrono::duration_cast<std::chrono::seconds>(now.sinceStart())) +
        " of " + report::formatDuration(end.sinceStart()) + " [" + bar + "]  " +
        std::to_string(static_cast<int>(share * 100)) + " %";
    if (elapsedSeconds > 0)
        line += "  " + report::formatNumber(static_cast<double>(calls) / elapsedSeconds * 1e-6) +
                " M calls/s";
    if (share > 0.01 && share < 1)
        line +=
            "  " + report::formatSeconds(std::ceil(elapsedSeconds / share * (1 - share))) + " left";
    return line;
}

} // namespace halfopen
