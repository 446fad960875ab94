// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pacer.h"

#include <algorithm>
#include <cmath>

namespace halfopen {

void Pacer::anchor(RealTime real, Instant reached, Speed speed)
{
    m_real = real;
    m_reached = reached;
    m_speed = speed;
    if (m_speed.factor)
        m_speed.factor = std::clamp(*m_speed.factor, Speed::kFactorMin, Speed::kFactorMax);
}

Instant Pacer::target(RealTime real) const
{
    if (!m_speed.factor)
        return Instant::never();
    const double passed = static_cast<double>((real - m_real).count()) * *m_speed.factor;
    // A day of real time at the highest speed is 8.6e16 ns: far below the 9.2e18 of an Instant.
    return m_reached + Duration(std::llround(std::max(passed, 0.0)));
}

bool Pacer::settle(RealTime real, Instant reached)
{
    if (!m_speed.factor)
        return false;
    const Duration behind = target(real) - reached;
    const Duration allowed(std::llround(static_cast<double>(kCatchUpMax.count()) * *m_speed.factor));
    if (behind <= allowed)
        return false;
    m_real = real;
    m_reached = reached + allowed;
    return true;
}

} // namespace halfopen
