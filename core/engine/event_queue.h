// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/check.h"
#include "core/base/instant.h"
#include "core/base/wide.h"

#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <vector>

namespace halfopen {

/// When, in which order, and what: one 128-bit number, so that comparing is one subtraction.
/// From the top: 56 bits of time in nanoseconds (2.28 years), 40 bits of scheduling order (equal times come out
/// first in, first out; 1.1e12 events), 32 bits of payload that the engine gives a meaning.
class EventKey {
public:
    constexpr EventKey() = default;
    constexpr EventKey(std::int64_t timeNs, std::uint64_t order, std::uint32_t payload)
        : m_bits(static_cast<UnsignedWide>(static_cast<std::uint64_t>(timeNs)) << 72
                 | static_cast<UnsignedWide>(order & kOrderMask) << 32 | payload)
    {
    }
    /// Later than every event.
    static constexpr EventKey never()
    {
        EventKey k;
        k.m_bits = ~static_cast<UnsignedWide>(0);
        return k;
    }
    constexpr std::int64_t timeNs() const { return static_cast<std::int64_t>(m_bits >> 72); }
    constexpr std::uint64_t order() const { return static_cast<std::uint64_t>(m_bits >> 32) & kOrderMask; }
    /// The low 32 bits of the order: the liveness tag of timers.
    constexpr std::uint32_t tag() const { return static_cast<std::uint32_t>(m_bits >> 32); }
    constexpr std::uint32_t payload() const { return static_cast<std::uint32_t>(m_bits); }
    constexpr EventKey withPayload(std::uint32_t payload) const
    {
        EventKey k = *this;
        k.m_bits = (k.m_bits >> 32 << 32) | payload;
        return k;
    }
    friend constexpr bool operator<(EventKey a, EventKey b) { return a.m_bits < b.m_bits; }
    friend constexpr bool operator==(EventKey, EventKey) = default;

    static constexpr std::int64_t kTimeMax = (std::int64_t(1) << 56) - 1;

private:
    static constexpr std::uint64_t kOrderMask = (std::uint64_t(1) << 40) - 1;
    UnsignedWide m_bits = 0;
};
static_assert(sizeof(EventKey) == 16);

/// A 4-ary heap of event keys. The four children of a node share one cache line.
/// Chosen over calendar, ladder and pairing heaps because a run has few dozen to a few thousand pending events once
/// timers are kept out of it, and there it is the fastest by measurement.
class EventHeap {
public:
    EventHeap() { grow(64); }
    bool empty() const { return m_size == 0; }
    std::size_t size() const { return m_size; }
    std::size_t capacity() const { return m_capacity; }
    EventKey top() const { return m_node[0]; } // never() when empty: see the sentinel in grow() and pop()

    void push(EventKey key)
    {
        if (__builtin_expect(m_size + 8 > m_capacity, 0))
            grow(m_capacity * 2);
        std::size_t i = m_size++;
        while (i > 0) {
            const std::size_t parent = (i - 1) >> 2;
            if (!(key < m_node[parent]))
                break;
            m_node[i] = m_node[parent];
            i = parent;
        }
        m_node[i] = key;
    }

    void pop()
    {
        const EventKey last = m_node[--m_size];
        m_node[m_size] = EventKey::never();
        if (m_size > 0)
            siftDown(last);
    }

    /// pop() and push() in one go.
    void replaceTop(EventKey key) { siftDown(key); }

private:
    void siftDown(EventKey key)
    {
        // Slots past the end hold never(), so a node always has four comparable children.
        std::size_t i = 0;
        for (;;) {
            const std::size_t child = 4 * i + 1;
            if (child >= m_size)
                break;
            const EventKey *c = m_node + child;
            const EventKey c0 = c[0], c1 = c[1], c2 = c[2], c3 = c[3];
            const bool right0 = c1 < c0;
            const bool right2 = c3 < c2;
            const EventKey low = right0 ? c1 : c0;
            const EventKey high = right2 ? c3 : c2;
            const bool upper = high < low;
            const EventKey least = upper ? high : low;
            if (!(least < key))
                break;
            m_node[i] = least;
            i = child + (upper ? 2 + static_cast<std::size_t>(right2) : static_cast<std::size_t>(right0));
        }
        m_node[i] = key;
    }

    void grow(std::size_t capacity)
    {
        // Node 0 stands in slot 3 of a line, so that children 4i+1..4i+4 begin a line.
        auto *block = static_cast<EventKey *>(std::aligned_alloc(64, (capacity + 8) * sizeof(EventKey)));
        HALFOPEN_CHECK(block != nullptr);
        for (std::size_t i = 0; i < capacity + 8; ++i)
            block[i] = EventKey::never();
        if (m_block)
            std::memcpy(static_cast<void *>(block + 3), m_node, m_size * sizeof(EventKey));
        m_block.reset(block);
        m_node = block + 3;
        m_capacity = capacity;
    }

    struct Free {
        void operator()(EventKey *p) const { std::free(p); }
    };
    std::unique_ptr<EventKey, Free> m_block;
    EventKey *m_node = nullptr;
    std::size_t m_size = 0;
    std::size_t m_capacity = 0;
};

/// Timers that all wait the same time: they fall due in the order they were set, so a ring is enough and setting
/// one costs a store. Cancelled timers are skipped when they come to the front.
class TimerRing {
public:
    explicit TimerRing(Duration delay) : m_delay(delay), m_slots(64) {}
    Duration delay() const { return m_delay; }
    bool empty() const { return m_head == m_tail; }
    std::size_t capacity() const { return m_slots.size(); }
    EventKey front() const { return m_slots[m_head & (m_slots.size() - 1)]; }
    void popFront() { ++m_head; }
    void push(EventKey key)
    {
        if (__builtin_expect(m_tail - m_head == m_slots.size(), 0))
            grow();
        m_slots[m_tail++ & (m_slots.size() - 1)] = key;
    }

private:
    void grow()
    {
        std::vector<EventKey> wider(m_slots.size() * 2);
        for (std::size_t i = m_head; i != m_tail; ++i)
            wider[i & (wider.size() - 1)] = m_slots[i & (m_slots.size() - 1)];
        m_slots.swap(wider);
    }

    Duration m_delay;
    std::vector<EventKey> m_slots; // a power of two
    std::size_t m_head = 0;
    std::size_t m_tail = 0;
};

} // namespace halfopen
