// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/policies/sliding_window.h"

#include "core/base/check.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace halfopen {

void CountWindow::resize(std::uint32_t size)
{
    HALFOPEN_CHECK(size >= 1);
    CountWindow other(size);
    const std::uint32_t kept = std::min(size, m_counts.calls);
    for (std::uint32_t age = kept; age > 0; --age) { // oldest of the kept first
        const WindowCounts call = callOfAge(age);
        other.record(call.failures != 0, call.slow != 0);
    }
    *this = std::move(other);
}

TimeWindow::TimeWindow(Duration bucketLength, std::uint32_t buckets, Duration phase)
    : m_lengthNs(bucketLength.count()), m_phaseNs(phase.count()), m_buckets(buckets)
{
    HALFOPEN_CHECK(m_lengthNs > 0);
    HALFOPEN_CHECK(buckets >= 1);
    HALFOPEN_CHECK(m_phaseNs >= 0 && m_phaseNs < m_lengthNs);
    startAt(Instant());
}

void TimeWindow::startAt(Instant now)
{
    m_headEndNs = ((now.ns() + m_phaseNs) / m_lengthNs + 1) * m_lengthNs - m_phaseNs;
}

std::uint32_t TimeWindow::bucketsPassed(Instant now) const
{
    if (now.ns() < m_headEndNs)
        return 0;
    const std::int64_t passed = (now.ns() - m_headEndNs) / m_lengthNs + 1;
    return static_cast<std::uint32_t>(std::min<std::int64_t>(passed, buckets()));
}

void TimeWindow::roll(Instant now)
{
    const std::uint32_t passed = bucketsPassed(now);
    for (std::uint32_t i = 0; i < passed; ++i) {
        m_head = m_head + 1 == buckets() ? 0 : m_head + 1;
        m_counts.subtract(m_buckets[m_head]);
        m_buckets[m_head] = {};
    }
    startAt(now);
}

WindowCounts TimeWindow::countsAfterHead(Instant now) const
{
    WindowCounts left = m_counts;
    const std::uint32_t passed = bucketsPassed(now);
    for (std::uint32_t i = 1; i <= passed; ++i)
        left.subtract(m_buckets[(m_head + i) % buckets()]);
    return left;
}

Instant TimeWindow::bucketStart(Instant now, std::uint32_t age) const
{
    const std::int64_t newest = (std::max(now.ns(), m_headEndNs - m_lengthNs) + m_phaseNs) / m_lengthNs;
    return Instant::fromNs((newest - static_cast<std::int64_t>(age) + 1) * m_lengthNs - m_phaseNs);
}

WindowCounts TimeWindow::bucketCounts(Instant now, std::uint32_t age) const
{
    // A bucket younger than the head has seen nothing: the window rolls only when something is recorded.
    const std::uint32_t passed = bucketsPassed(now);
    if (age <= passed)
        return {};
    return m_buckets[(m_head + buckets() - (age - 1 - passed)) % buckets()];
}

void TimeWindow::clear()
{
    std::fill(m_buckets.begin(), m_buckets.end(), WindowCounts{});
    m_counts = {};
}

void TimeWindow::resize(Duration bucketLength, std::uint32_t bucketCount)
{
    TimeWindow other(bucketLength, bucketCount, Duration(m_phaseNs % bucketLength.count()));
    for (std::uint32_t age = buckets(); age > 0; --age) { // oldest bucket first
        const WindowCounts &old = m_buckets[(m_head + buckets() + 1 - age) % buckets()];
        const std::int64_t beganNs = m_headEndNs - static_cast<std::int64_t>(age) * m_lengthNs;
        if (old == WindowCounts{})
            continue;
        other.advance(Instant::fromNs(std::max<std::int64_t>(beganNs, 0)));
        other.m_buckets[other.m_head].add(old);
        other.m_counts.add(old);
    }
    *this = std::move(other);
}

RateThreshold::RateThreshold(double share) : m_parts(std::llround(share * kUnit))
{
    HALFOPEN_CHECK(m_parts > 0 && m_parts <= kUnit);
}

} // namespace halfopen
