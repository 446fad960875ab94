// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

namespace halfopen {

/// resilience4j's semaphore bulkhead with a max wait of 0: at most so many calls at once, the others are refused.
///
/// It copies two quirks. A completion that nobody owed raises the free places for good. A smaller limit takes its
/// places at once; the library makes whoever changes it wait until enough calls have ended, which is modelled here
/// as free places below zero.
/// Source: resilience4j 2.4, io.github.resilience4j.bulkhead.internal.SemaphoreBulkhead.
class Resilience4jSemaphore {
public:
    explicit Resilience4jSemaphore(std::int64_t maxConcurrentCalls) : m_max(maxConcurrentCalls), m_free(maxConcurrentCalls) {}

    [[nodiscard]] bool tryAcquire()
    {
        if (m_free <= 0)
            return false;
        --m_free;
        return true;
    }
    void release() { ++m_free; }
    void resize(std::int64_t maxConcurrentCalls)
    {
        m_free += maxConcurrentCalls - m_max;
        m_max = maxConcurrentCalls;
    }
    std::int64_t freePlaces() const { return m_free; }
    std::int64_t maxConcurrentCalls() const { return m_max; }

private:
    std::int64_t m_max;
    std::int64_t m_free;
};

} // namespace halfopen
