// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/speed_meter.h"

namespace halfopen {

void SpeedMeter::add(Duration real, Instant reached, std::uint64_t calls)
{
    m_samples.push_back({real, reached, calls});
    while (m_samples.size() > 2 && m_samples[1].real <= real - kWindow)
        m_samples.pop_front();
}

bool SpeedMeter::hasResult() const
{
    return m_samples.size() >= 2 && m_samples.back().real - m_samples.front().real >= std::chrono::milliseconds(50);
}

double SpeedMeter::speed() const
{
    return hasResult() ? toSeconds(m_samples.back().reached - m_samples.front().reached) / seconds() : 0;
}

double SpeedMeter::callsPerSecond() const
{
    return hasResult() ? static_cast<double>(m_samples.back().calls - m_samples.front().calls) / seconds() : 0;
}

} // namespace halfopen
