// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulators/models/codel.h"

#include <cmath>

namespace halfopen {

/// interval / sqrt(count). IEEE division and square root round the same everywhere.
Duration Codel::gap() const
{
    return Duration(static_cast<std::int64_t>(static_cast<double>(m_interval.count())
                                              / std::sqrt(static_cast<double>(m_count)) + 0.5));
}

bool Codel::isBadForAnInterval(Instant now, Duration sojourn, bool isLast)
{
    if (sojourn < m_target || isLast) {
        m_firstAbove = Instant();
        return false;
    }
    if (m_firstAbove == Instant()) {
        m_firstAbove = now + m_interval;
        return false;
    }
    return now >= m_firstAbove;
}

bool Codel::shouldDrop(Instant now, Duration sojourn, bool isLast)
{
    const bool isBad = isBadForAnInterval(now, sojourn, isLast);
    if (m_isDropping) {
        if (!isBad) {
            m_isDropping = false;
            return false;
        }
        if (now < m_nextDrop)
            return false;
        ++m_count;
        m_nextDrop = m_nextDrop + gap();
        return true;
    }
    if (!isBad)
        return false;
    m_isDropping = true;
    // Soon after the last dropping the rate that controlled the queue then is a better start than one per interval.
    const std::int64_t more = m_count - m_lastCount;
    m_count = more > 1 && now - m_nextDrop < 16 * m_interval ? more : 1;
    m_lastCount = m_count;
    m_nextDrop = now + gap();
    return true;
}

} // namespace halfopen
