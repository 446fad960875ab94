// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/check.h"
#include "core/base/instant.h"
#include "core/base/wide.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <cstring>
#include <cstdlib>
#include <memory>
#include <utility>
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
/// For the few keys that do not fit into an EventPile.
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

/// Up to fifteen keys in order, without a jump that depends on them.
///
/// The keys stay where they were put; their order is a word of four-bit places, latest first, and the free cells are another
/// such word, a stack. A new key's place is the number of those that are later, which is a chain of compare and add; putting it
/// there is a shift and a mask. A loop that walks to the place instead ends where nobody can foretell, and each such surprise
/// costs more than all of this.
/// Place 0 is a key later than all. Places from m_end on say nothing. The keys of free cells are in the past.
class SoonestFew {
public:
    static constexpr std::uint32_t kMost = 15;

    SoonestFew() { m_high[0] = m_low[0] = ~std::uint64_t(0); }
    bool empty() const { return m_end == 1; }
    bool full() const { return m_end == kMost + 1; }
    EventKey soonest() const { return keyOf(m_order >> 4 * (m_end - 1) & 15); } ///< never() when empty
    EventKey latest() const { return keyOf(m_order >> 4 & 15); }                ///< when not empty

    /// Removes the soonest and gives the next; never() when that was the last.
    EventKey popSoonest()
    {
        const std::uint64_t top = m_order >> 4 * (m_end - 2);
        m_free = m_free << 4 | (top >> 4 & 15);
        --m_end;
        return keyOf(top & 15);
    }

    EventKey takeLatest()
    {
        const std::uint64_t cell = m_order >> 4 & 15;
        const EventKey key = keyOf(cell);
        m_high[cell] = m_low[cell] = 0;
        m_order = (m_order & 15) | m_order >> 8 << 4;
        m_free = m_free << 4 | cell;
        --m_end;
        return key;
    }

    /// \a key is sooner than all.
    void pushSoonest(EventKey key)
    {
        const std::uint64_t cell = takeFree();
        put(cell, key);
        m_order = (m_order & ~(~std::uint64_t(0) << 4 * m_end)) | cell << 4 * m_end;
        ++m_end;
    }

    /// When not full. kIsNewest: \a key was scheduled after all others, so that equal times need no second look.
    template <bool kIsNewest> void insert(EventKey key)
    {
        std::uint64_t later = 1; // than the key: cell 0
        const std::uint64_t high = key.high();
#pragma GCC unroll 16
        for (std::uint32_t i = 1; i <= kMost; ++i) {
            if constexpr (kIsNewest)
                later += static_cast<std::uint64_t>(high < m_high[i]);
            else
                later += static_cast<std::uint64_t>(key < EventKey::fromWords(m_low[i], m_high[i]));
        }
        const std::uint64_t cell = takeFree();
        put(cell, key);
        const std::uint64_t sooner = m_order & ~std::uint64_t(0) << 4 * later;
        m_order = (m_order ^ sooner) | cell << 4 * later | sooner << 4;
        ++m_end;
    }

    std::uint32_t size() const { return m_end - 1; }

    /// Takes all of \a from, which is empty then. In plain moves: an instruction that repeats takes longer to begin.
    void takeAll(SoonestFew &from)
    {
        using Pair [[gnu::vector_size(16)]] = long long;
        static_assert(sizeof(m_high) == sizeof(m_low) && sizeof(m_high) % sizeof(Pair) == 0);
        for (auto [to, source] : {std::pair(m_high, from.m_high), std::pair(m_low, from.m_low)}) {
#pragma GCC unroll 8
            for (std::size_t i = 0; i <= kMost; i += 2) {
                Pair pair;
                std::memcpy(&pair, source + i, sizeof pair);
                std::memcpy(to + i, &pair, sizeof pair);
                pair = Pair{};
                std::memcpy(source + i, &pair, sizeof pair);
            }
        }
        from.m_high[0] = from.m_low[0] = ~std::uint64_t(0);
        m_order = std::exchange(from.m_order, 0);
        m_free = std::exchange(from.m_free, kInOrder >> 4);
        m_end = std::exchange(from.m_end, 1);
    }

private:
    static constexpr std::uint64_t kInOrder = 0xfedcba9876543210u;
    EventKey keyOf(std::uint64_t cell) const { return EventKey::fromWords(m_low[cell], m_high[cell]); }
    std::uint64_t takeFree()
    {
        const std::uint64_t cell = m_free & 15;
        m_free >>= 4;
        return cell;
    }
    void put(std::uint64_t cell, EventKey key)
    {
        m_high[cell] = key.high();
        m_low[cell] = key.low();
    }

    std::uint64_t m_high[kMost + 1] = {};
    std::uint64_t m_low[kMost + 1] = {};
    std::uint64_t m_order = 0;
    std::uint64_t m_free = kInOrder >> 4; ///< the cells not in use, the next to be used first
    std::uint32_t m_end = 1;              ///< the place behind the soonest
};

/// Many keys, of which the soonest come out a few at a time: a radix heap.
///
/// A key lies in the bucket of the highest bit in which its time differs from a base that no key is below. The soonest keys are in
/// the lowest bucket in use; when that holds too many, the least of them becomes the base and they are dealt out again, each
/// to a lower bucket. So a key is copied a few times, in order of memory, and never compared along a path through a heap.
/// What the rule does not allow (keys below the base, many at the very same time) goes to a heap, which is emptied first.
/// Source: Ahuja, Mehlhorn, Orlin, Tarjan, "Faster algorithms for the shortest path problem", J. ACM 37 (1990).
class EventPile {
public:
    bool empty() const { return m_size == 0; }
    std::size_t capacity() const
    {
        std::size_t n = m_early.capacity();
        for (const auto &bucket : m_buckets)
            n += bucket.capacity();
        return n;
    }

    void push(EventKey key)
    {
        ++m_size;
        if (__builtin_expect(key.high() < m_base || (!m_early.empty() && key.high() <= m_earlyHigh), 0)) {
            pushEarly(key);
            if (m_early.size() >= 64 && m_early.size() * 2 >= m_size && m_early.top().high() < m_earlyHigh)
                lowerBase();
            return;
        }
        pushLater(key);
    }

    /// Moves the soonest keys, at least one and as many as fit in whole buckets, to \a into, which is empty. When not empty.
    void takeSoonest(SoonestFew &into)
    {
        if (__builtin_expect(!m_early.empty(), 0))
            return takeEarly(into);
        while (m_inUse != 0) {
            const auto lowest = static_cast<std::size_t>(__builtin_ctzll(m_inUse));
            std::vector<EventKey> &bucket = m_buckets[lowest];
            if (into.size() + bucket.size() <= kFill) {
                for (const EventKey &key : bucket)
                    into.insert<false>(key);
                m_size -= bucket.size();
                bucket.clear();
                m_inUse &= m_inUse - 1;
                continue;
            }
            if (!into.empty())
                return;
            if (lowest == 0) { // all at one time
                for (const EventKey &key : bucket)
                    pushEarly(key);
                bucket.clear();
                m_inUse &= m_inUse - 1;
                return takeEarly(into);
            }
            dealOut(bucket, lowest);
        }
    }

private:
    static constexpr std::size_t kFill = 12; // leaves room, so that not every new key finds it full

    void pushLater(EventKey key)
    {
        const int bucket = 63 - std::countl_zero((key.high() ^ m_base) | 1);
        key.storeTo(&m_buckets[static_cast<std::size_t>(bucket)].emplace_back());
        m_inUse |= std::uint64_t(1) << bucket;
    }
    void pushEarly(EventKey key)
    {
        m_earlyHigh = m_early.empty() ? key.high() : std::max(m_earlyHigh, key.high());
        m_early.push(key);
    }
    /// Most keys are below the base, as when load comes back after a quiet time: deals all out anew.
    [[gnu::noinline]] void lowerBase()
    {
        std::vector<EventKey> all;
        all.reserve(m_size);
        for (; !m_early.empty(); m_early.pop())
            all.push_back(m_early.top());
        for (auto &bucket : m_buckets) {
            all.insert(all.end(), bucket.begin(), bucket.end());
            bucket.clear();
        }
        m_inUse = 0;
        m_base = all.front().high();
        for (const EventKey &key : all)
            pushLater(key);
    }
    void takeEarly(SoonestFew &into)
    {
        for (std::size_t n = std::min(m_early.size(), kFill); n > 0; --n) {
            into.insert<false>(m_early.top());
            m_early.pop();
            --m_size;
        }
    }
    [[gnu::noinline]] void dealOut(std::vector<EventKey> &bucket, std::size_t number)
    {
        m_base = std::min_element(bucket.begin(), bucket.end())->high();
        m_inUse &= ~(std::uint64_t(1) << number);
        for (const EventKey &key : bucket) // to lower ones only: they share this bit
            pushLater(key);
        if (bucket.capacity() > 1024) // nearly all keys come through here once in a long while
            std::vector<EventKey>().swap(bucket);
        else
            bucket.clear();
    }

    std::uint64_t m_base = 0;  ///< no key in the buckets has less in its upper word
    std::uint64_t m_inUse = 0; ///< one bit per bucket
    std::size_t m_size = 0;
    std::array<std::vector<EventKey>, 64> m_buckets;
    EventHeap m_early; ///< all less than those in the buckets
    std::uint64_t m_earlyHigh = 0; ///< the greatest in it
};

/// The pending events: the soonest few, the next few, and the rest in a pile.
///
/// A run has a dozen or two pending events for most of its time once timers are kept out. There SoonestFew costs half of what
/// a sorted array does and a third of a heap. Every key in one part is less than every key in the parts behind it.
class EventQueue {
public:
    bool empty() const { return m_soonest.empty(); }
    std::size_t capacity() const { return m_far.capacity() + 2 * SoonestFew::kMost; }
    EventKey top() const { return m_top.key(); } ///< never() when empty
    std::uint64_t topHigh() const { return m_top.high; }
    std::uint64_t topLow() const { return m_top.low; }

    /// \a key is not sooner than any that was popped.
    void push(EventKey key) { insert<false>(key); }
    /// Of a key that was scheduled after all others: cheaper.
    void pushNewest(EventKey key) { insert<true>(key); }

    void pop()
    {
        m_top.set(m_soonest.popSoonest());
        if (__builtin_expect(m_soonest.empty(), 0))
            refill();
    }

private:
    template <bool kIsNewest> void insert(EventKey key)
    {
        // Not read back from the order: what comes next must be known while the new key is still being made.
        if (__builtin_expect(kIsNewest ? key.high() < m_top.high : key < m_top.key(), 0))
            m_top.set(key);
        if (__builtin_expect(m_soonest.full(), 0))
            return insertCrowded<kIsNewest>(key);
        // Behind the soonest few when not less than the first of the next few; which of two equal times is looked at there.
        if (__builtin_expect(key.high() >= m_nextHigh, 0))
            return insertBehind<kIsNewest>(key);
        m_soonest.insert<kIsNewest>(key);
    }

    template <bool kIsNewest> [[gnu::noinline]] void insertCrowded(EventKey key)
    {
        if (!(key < m_soonest.latest()))
            return insertBehind<kIsNewest>(key);
        if (m_next.full())
            pushFar(m_next.takeLatest());
        m_next.pushSoonest(m_soonest.takeLatest());
        m_nextHigh = m_next.soonest().high();
        m_soonest.insert<kIsNewest>(key);
    }

    template <bool kIsNewest> [[gnu::noinline]] void insertBehind(EventKey key)
    {
        if (!kIsNewest && !m_soonest.full() && key < m_next.soonest())
            return m_soonest.insert<kIsNewest>(key);
        // Nothing is far while nothing is next: see refill().
        const bool isFar = !m_next.empty() && m_next.latest() < key && (m_next.full() || !m_far.empty());
        if (isFar)
            return pushFar(key);
        if (m_next.full())
            pushFar(m_next.takeLatest());
        m_next.insert<kIsNewest>(key);
        m_nextHigh = m_next.soonest().high();
    }

    /// By itself, so that the key comes in two registers: where a vector takes it, it is written as two words and read as one,
    /// which waits until both have left the processor (22 cycles), and the compiler does so before it knows whether it must.
    void pushFar(EventKey key) { pushFarWords(key.low(), key.high()); }
    [[gnu::noinline]] void pushFarWords(std::uint64_t low, std::uint64_t high) { m_far.push(EventKey::fromWords(low, high)); }

    void refill()
    {
        if (m_next.empty())
            return; // and nothing is far
        m_soonest.takeAll(m_next);
        if (!m_far.empty())
            m_far.takeSoonest(m_next);
        m_nextHigh = m_next.soonest().high();
        m_top.set(m_soonest.soonest());
    }

    /// Two words by themselves: they are read one at a time, and sooner than a store of both would be done.
    struct Words {
        std::uint64_t low = ~std::uint64_t(0);
        std::uint64_t high = ~std::uint64_t(0);
        void set(EventKey key)
        {
            low = key.low();
            high = key.high();
        }
        EventKey key() const { return EventKey::fromWords(low, high); }
    };
    Words m_top; ///< the soonest of all
    std::uint64_t m_nextHigh = ~std::uint64_t(0); ///< of m_next.soonest()
    SoonestFew m_soonest;
    SoonestFew m_next;
    EventPile m_far;
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
