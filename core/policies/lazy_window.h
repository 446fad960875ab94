// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/policies/sliding_window.h"

#include <deque>

namespace halfopen {

/// The calls of the last while in parts that begin when something happens: the first event that comes at least `length / parts`
/// after the newest part began opens a new part there, aligned to nothing. A part is dropped as a whole once it began at least `length`
/// ago, so a call counts for between (parts - 1) / parts of the length and all of it.
///
/// At most parts + 1 parts are alive. Recording is one comparison; opening a part drops what is over.
/// Source: Polly 8, Polly.CircuitBreaker.Health.RollingHealthMetrics.
class LazyWindow {
public:
    /// \a length >= \a parts ns.
    explicit LazyWindow(Duration length = Duration(10), std::uint32_t parts = 10)
        : m_length(length), m_partLength(length / parts)
    {
    }
    void record(Instant now, bool failed)
    {
        advance(now);
        const WindowCounts one = WindowCounts::one(failed, false);
        m_parts.back().counts.add(one);
        m_counts.add(one);
    }
    /// Looking is an event, too: it can open a part.
    void advance(Instant now)
    {
        if (m_parts.empty() || now - m_parts.back().began >= m_partLength)
            m_parts.push_back({.began = now, .counts = {}});
        while (now - m_parts.front().began >= m_length) {
            m_counts.subtract(m_parts.front().counts);
            m_parts.pop_front(); // never the newest: that one has just been looked at
        }
    }
    /// As of the last record() or advance().
    const WindowCounts &counts() const { return m_counts; }
    /// As of \a now, without changing anything.
    WindowCounts countsAt(Instant now) const
    {
        WindowCounts left = m_counts;
        for (const Part &part : m_parts)
            if (now - part.began >= m_length)
                left.subtract(part.counts);
        return left;
    }
    Duration length() const { return m_length; }
    /// Calls \a visit (begin of the part, its counts) for every part that is inside at \a now, oldest first.
    template <typename Visit> void forEachPart(Instant now, Visit visit) const
    {
        for (const Part &part : m_parts)
            if (now - part.began < m_length)
                visit(part.began, part.counts);
    }
    void clear()
    {
        m_parts.clear();
        m_counts = {};
    }

private:
    struct Part {
        Instant began;
        WindowCounts counts;
    };
    Duration m_length;
    Duration m_partLength;
    WindowCounts m_counts;
    std::deque<Part> m_parts;
};

} // namespace halfopen
