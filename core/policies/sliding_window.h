// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/instant.h"

#include <algorithm>
#include <cstdint>
#include <vector>

namespace halfopen {

/// What a window holds. A call that failed slowly counts in both numerators and once in `calls`.
struct WindowCounts {
    std::uint32_t calls = 0;
    std::uint32_t failures = 0;
    std::uint32_t slow = 0;

    void add(WindowCounts other)
    {
        calls += other.calls;
        failures += other.failures;
        slow += other.slow;
    }
    void subtract(WindowCounts other)
    {
        calls -= other.calls;
        failures -= other.failures;
        slow -= other.slow;
    }
    static WindowCounts one(bool failed, bool wasSlow) { return {1, failed, wasSlow}; }
    friend bool operator==(WindowCounts, WindowCounts) = default;
};

/// The last `size` calls, oldest out first. Two bits per call (failed, slow), 32 calls per word; running
/// counts, so reading is free and recording is one read, one write and no division.
class CountWindow {
public:
    /// \a size in calls, at least 1.
    explicit CountWindow(std::uint32_t size = 1) : m_size(size), m_words((size + 31) / 32) {}

    void record(bool failed, bool wasSlow)
    {
        std::uint64_t &word = m_words[m_next / 32];
        const unsigned shift = 2 * (m_next % 32);
        // The slot holds the oldest call, or nothing, which is 0.
        const auto old = static_cast<std::uint32_t>(word >> shift & 3);
        const std::uint32_t call = std::uint32_t{failed} | std::uint32_t{wasSlow} << 1;
        // Without asking whether anything changes: nobody can foretell that, and recordCleanly() is for when nothing does.
        word ^= std::uint64_t{old ^ call} << shift;
        m_counts.failures += (call & 1) - (old & 1);
        m_counts.slow += (call >> 1) - (old >> 1);
        if (__builtin_expect(m_counts.calls < m_size, 0))
            ++m_counts.calls;
        if (++m_next == m_size)
            m_next = 0;
    }
    /// Whether no call in it failed or was slow.
    bool isClean() const { return (m_counts.failures | m_counts.slow) == 0; }
    /// record() of a good and quick call, while isClean().
    void recordCleanly()
    {
        if (__builtin_expect(m_counts.calls < m_size, 0))
            ++m_counts.calls;
        if (++m_next == m_size)
            m_next = 0;
    }
    const WindowCounts &counts() const { return m_counts; }
    std::uint32_t size() const { return m_size; }
    /// One call: \a age 1 is the newest, counts().calls the oldest.
    WindowCounts callOfAge(std::uint32_t age) const
    {
        const std::uint32_t slot = m_next >= age ? m_next - age : m_next + m_size - age;
        const std::uint64_t call = m_words[slot / 32] >> (2 * (slot % 32));
        return WindowCounts::one(call & 1, (call >> 1) & 1);
    }
    void clear()
    {
        m_next = 0;
        m_counts = {};
        std::fill(m_words.begin(), m_words.end(), 0);
    }
    /// Keeps the newest calls that fit.
    void resize(std::uint32_t size);

private:
    std::uint32_t m_size;
    std::uint32_t m_next = 0;
    WindowCounts m_counts;
    std::vector<std::uint64_t> m_words;
};

/// The calls of the last while, in `buckets` equal buckets of `bucketLength`, cut at whole multiples of
/// it in the run's own time (moved by `phase`): at t the window holds the bucket that t is in and the
/// `buckets - 1` before it. So a call counts for between `buckets - 1` and `buckets` bucket lengths, depending on
/// where in its bucket it ended. One bucket makes a tumbling window.
///
/// Recording inside the current bucket costs no division; passing a bucket edge costs one subtraction per
/// bucket passed, at most `buckets`.
class TimeWindow {
public:
    /// \a bucketLength > 0, \a buckets >= 1, 0 <= \a phase < bucketLength: the age of the first bucket at time 0.
    explicit TimeWindow(Duration bucketLength = Duration(1), std::uint32_t buckets = 1, Duration phase = {});

    void record(Instant now, bool failed, bool wasSlow)
    {
        advance(now);
        const WindowCounts one = WindowCounts::one(failed, wasSlow);
        m_buckets[m_head].add(one);
        m_counts.add(one);
    }
    /// Drops what has left the window. \a now never falls; an earlier one changes nothing.
    void advance(Instant now)
    {
        if (now.ns() >= m_headEndNs) [[unlikely]]
            roll(now);
    }
    /// As of the last record() or advance().
    const WindowCounts &counts() const { return m_counts; }
    /// As of \a now, without changing anything.
    WindowCounts countsAt(Instant now) const { return now.ns() < m_headEndNs ? m_counts : countsAfterHead(now); }
    Duration bucketLength() const { return Duration(m_lengthNs); }
    std::uint32_t buckets() const { return static_cast<std::uint32_t>(m_buckets.size()); }
    /// One of the buckets inside at \a now: \a age 1 is the one that \a now is in, buckets() the oldest.
    Instant bucketStart(Instant now, std::uint32_t age) const;
    WindowCounts bucketCounts(Instant now, std::uint32_t age) const;
    /// Forgets every call, keeps the place in time.
    void clear();
    /// Keeps what is still inside. The calls of an old bucket go where the old bucket began.
    void resize(Duration bucketLength, std::uint32_t buckets);

private:
    void roll(Instant now);
    WindowCounts countsAfterHead(Instant now) const;
    void startAt(Instant now);
    /// Buckets between the head and the bucket of \a now, capped at the number of buckets.
    std::uint32_t bucketsPassed(Instant now) const;

    std::int64_t m_lengthNs;
    std::int64_t m_phaseNs;
    std::int64_t m_headEndNs = 0; ///< first instant after the newest bucket
    std::uint32_t m_head = 0;
    WindowCounts m_counts;
    std::vector<WindowCounts> m_buckets;
};

/// A share as an integer rule: part / whole >= threshold without a division and without rounding at the edge.
/// The threshold is kept in thousand-millionths, so 35 % of 20 calls is reached by exactly 7.
class RateThreshold {
public:
    /// A rule that nothing reaches.
    RateThreshold() = default;
    /// \a share in (0, 1].
    explicit RateThreshold(double share);

    bool isReachedBy(std::uint32_t part, std::uint32_t whole) const
    {
        return static_cast<std::int64_t>(part) * kUnit >= m_parts * static_cast<std::int64_t>(whole);
    }
    bool isExceededBy(std::uint32_t part, std::uint32_t whole) const
    {
        return static_cast<std::int64_t>(part) * kUnit > m_parts * static_cast<std::int64_t>(whole);
    }
    double share() const { return static_cast<double>(m_parts) / kUnit; }

private:
    static constexpr std::int64_t kUnit = 1'000'000'000; // times 2^32 calls still fits 63 bits
    std::int64_t m_parts = 2 * kUnit;
};

} // namespace halfopen
