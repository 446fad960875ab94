// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/instant.h"

#include <cstdint>

namespace halfopen {

/// The CoDel control law: drops from a queue that has been bad for a whole interval, at a rate that grows with the square
/// root of the number of drops. Pure: asked for every request that leaves the queue, with non-decreasing `now`.
/// Source: RFC 8289 (Nichols and Jacobson, 2018), section 5.
class Codel {
public:
    /// \a target is the wait that is still good, \a interval the time that a bad wait may last; both > 0.
    Codel(Duration target, Duration interval) : m_target(target), m_interval(interval) {}

    /// The request at the head has waited \a sojourn. \a isLast: nothing waits behind it. True: drop it.
    [[nodiscard]] bool shouldDrop(Instant now, Duration sojourn, bool isLast);
    bool isDropping() const { return m_isDropping; }
    /// While dropping: when the next drop is due.
    Instant nextDrop() const { return m_nextDrop; }

private:
    bool isBadForAnInterval(Instant now, Duration sojourn, bool isLast);
    Duration gap() const;

    Duration m_target;
    Duration m_interval;
    Instant m_firstAbove; ///< when a drop may begin; 0 = the wait is good
    Instant m_nextDrop;
    std::int64_t m_count = 0;     ///< drops since the dropping began
    std::int64_t m_lastCount = 0; ///< of the dropping before
    bool m_isDropping = false;
};

} // namespace halfopen
