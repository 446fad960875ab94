// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/check.h"
#include "core/base/instant.h"
#include "core/base/wide.h"

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <vector>

namespace halfopen {

/// When, in which order, and what: one 128-bit number in two words, so that comparing is one subtraction with borrow.
/// From the top: 56 bits of time in nanoseconds (2.28 years), 40 bits of scheduling order (equal times come out
/// first in, first out; 1.1e12 events), 32 bits of payload that the engine gives a meaning.
class EventKey {
public:
    constexpr EventKey() = default;
    constexpr EventKey(std::int64_t timeNs, std::uint64_t order, std::uint32_t payload)
        : m_low(order << 32 | payload), m_high(static_cast<std::uint64_t>(timeNs) << 8 | (order >> 32 & 0xff))
    {
    }
    /// Later than every event.
    static constexpr EventKey never()
    {
        EventKey k;
        k.m_low = k.m_high = ~std::uint64_t(0);
        return k;
    }
    /// The two words, for code that must keep a key in registers.
    constexpr std::uint64_t low() const { return m_low; }
    constexpr std::uint64_t high() const { return m_high; }
    static constexpr EventKey fromWords(std::uint64_t low, std::uint64_t high)
    {
        EventKey k;
        k.m_low = low;
        k.m_high = high;
        return k;
    }
    constexpr std::int64_t timeNs() const { return static_cast<std::int64_t>(m_high >> 8); }
    constexpr std::uint64_t order() const { return (m_high & 0xff) << 32 | m_low >> 32; }
    /// The low 32 bits of the order: the liveness tag of timers.
    constexpr std::uint32_t tag() const { return static_cast<std::uint32_t>(m_low >> 32); }
    constexpr std::uint32_t payload() const { return static_cast<std::uint32_t>(m_low); }
    constexpr EventKey withPayload(std::uint32_t payload) const
    {
        EventKey k = *this;
        k.m_low = (k.m_low >> 32 << 32) | payload;
        return k;
    }
    friend constexpr bool operator<(EventKey a, EventKey b) { return a.wide() < b.wide(); }
    friend constexpr bool operator==(EventKey, EventKey) = default;

    static constexpr std::int64_t kTimeMax = (std::int64_t(1) << 56) - 1;

    /// Writes both words with one store. A processor hands a store on to a later load only when the store holds all that
    /// the load wants, and compilers like to copy a key as 16 bytes: two stores of 8 cost a dozen cycles then.
    void storeTo(EventKey *place) const
    {
        using Pair = std::uint64_t __attribute__((vector_size(16), aligned(8), may_alias));
        *reinterpret_cast<Pair *>(place) = Pair{m_low, m_high};
    }

private:
    constexpr UnsignedWide wide() const { return static_cast<UnsignedWide>(m_high) << 64 | m_low; }
    std::uint64_t m_low = 0;
    std::uint64_t m_high = 0;
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
    EventKey top() const { return m_node[0]; } ///< never() when empty

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
        key.storeTo(&m_node[i]);
    }

    void pop()
    {
        const EventKey last = m_node[--m_size];
        m_node[m_size] = EventKey::never();
        if (m_size > 0)
            siftDown(last);
    }

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
            // Which child is least is anybody's guess, so it is found by arithmetic and not by jumps.
            const std::size_t right0 = c[1] < c[0];
            const std::size_t right2 = 2 + static_cast<std::size_t>(c[3] < c[2]);
            const std::size_t upper = c[right2] < c[right0];
            const std::size_t least = right0 + (right2 - right0) * upper;
            if (!(c[least] < key))
                break;
            m_node[i] = c[least];
            i = child + least;
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

/// The pending events: the soonest few in a sorted array, the rest in a heap.
///
/// A run has a dozen or two pending events for most of its time once timers are kept out. There a sorted array costs half of
/// a heap: taking the first is a decrement, and a new one passes only those that are sooner. Every
/// key in the array is less than every key in the heap.
class EventQueue {
public:
    EventQueue() { m_near[0] = EventKey::never(); }
    bool empty() const { return m_size == 0; }
    std::size_t capacity() const { return m_far.capacity() + kNear + 1; }
    const EventKey &top() const { return m_near[m_size]; } ///< never() when empty; good until the next change

    void push(EventKey key)
    {
        if (__builtin_expect(m_size == kNear, 0))
            spill();
        if (__builtin_expect(!m_far.empty(), 0) && !(key < m_near[1])) {
            m_far.push(key);
            return;
        }
        EventKey *p = m_near + m_size++;
        // By words: a 16-byte load of what two stores have just written would wait for both.
        for (;; --p) {
            const EventKey later = EventKey::fromWords(p->low(), p->high());
            if (!(later < key))
                break;
            later.storeTo(p + 1);
        }
        key.storeTo(p + 1);
    }

    void pop()
    {
        if (__builtin_expect(--m_size == 0, 0))
            refill();
    }

private:
    static constexpr std::size_t kNear = 24;

    /// The later half goes to the heap.
    void spill()
    {
        constexpr std::size_t half = kNear / 2;
        for (std::size_t i = 1; i <= half; ++i)
            m_far.push(m_near[i]);
        std::memmove(static_cast<void *>(m_near + 1), m_near + 1 + half, half * sizeof(EventKey));
        m_size = half;
    }
    void refill()
    {
        std::size_t n = std::min(m_far.size(), kNear / 2);
        m_size = n;
        for (; n > 0; --n) {
            m_near[n] = m_far.top();
            m_far.pop();
        }
    }

    EventKey m_near[kNear + 2]; // latest first, behind a sentinel at 0
    std::size_t m_size = 0;
    EventHeap m_far;
};

/// Timers that all wait the same time: they fall due in the order they were set, so a ring is enough and setting
/// one costs a store. Cancelled timers are skipped when they come to the front.
class TimerRing {
public:
    explicit TimerRing(Duration delay) : m_delay(delay), m_storage(64), m_slots(m_storage.data()) {}
    Duration delay() const { return m_delay; }
    bool empty() const { return m_head == m_tail; }
    std::size_t capacity() const { return m_storage.size(); }
    EventKey front() const { return m_slots[m_head & m_mask]; }
    void popFront() { ++m_head; }
    void push(EventKey key)
    {
        if (__builtin_expect(m_tail - m_head > m_mask, 0))
            grow();
        key.storeTo(&m_slots[m_tail++ & m_mask]);
    }
    /// For another delay. Only while it is empty.
    void reuse(Duration delay) { m_delay = delay; }

private:
    void grow()
    {
        std::vector<EventKey> wider(m_storage.size() * 2);
        for (std::size_t i = m_head; i != m_tail; ++i)
            wider[i & (wider.size() - 1)] = m_slots[i & m_mask];
        m_storage.swap(wider);
        m_slots = m_storage.data();
        m_mask = m_storage.size() - 1;
    }

    Duration m_delay;
    std::vector<EventKey> m_storage; // a power of two
    EventKey *m_slots;
    std::size_t m_mask = 63;
    std::size_t m_head = 0;
    std::size_t m_tail = 0;
};

} // namespace halfopen
