// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/policies/dialects/gobreaker_counts.h"

#include <algorithm>

namespace halfopen {

void GobreakerRollingCounts::clear()
{
    m_counts = {};
    m_age = 0;
    std::fill(m_buckets.begin(), m_buckets.end(), GobreakerCounts{});
}

void GobreakerRollingCounts::rollOff(GobreakerCounts &bucket)
{
    m_counts.requests -= bucket.requests;
    m_counts.totalSuccesses -= bucket.totalSuccesses;
    m_counts.totalFailures -= bucket.totalFailures;
    m_counts.totalExclusions -= bucket.totalExclusions;
    // The totals are now those of the other buckets: does the run reach back through all of them?
    if (m_counts.consecutiveSuccesses == bucket.consecutiveSuccesses + m_counts.totalSuccesses)
        m_counts.consecutiveSuccesses -= bucket.consecutiveSuccesses;
    if (m_counts.consecutiveFailures == bucket.consecutiveFailures + m_counts.totalFailures)
        m_counts.consecutiveFailures -= bucket.consecutiveFailures;
    bucket = {};
}

void GobreakerRollingCounts::grow(std::uint64_t age)
{
    if (age <= m_age)
        return;
    if (age - m_age >= m_buckets.size()) {
        clear();
        m_age = age;
        return;
    }
    while (m_age < age) {
        ++m_age;
        rollOff(m_buckets[m_age % m_buckets.size()]);
    }
}

/// The bucket of a call admitted at \a age, null if it has rolled off.
GobreakerCounts *GobreakerRollingCounts::bucketOf(std::uint64_t age)
{
    if (age > m_age || m_age - age >= m_buckets.size())
        return nullptr;
    return &m_buckets[age % m_buckets.size()];
}

void GobreakerRollingCounts::onRequest()
{
    m_counts.onRequest();
    m_buckets[m_age % m_buckets.size()].onRequest();
}

void GobreakerRollingCounts::onSuccess(std::uint64_t age)
{
    if (GobreakerCounts *bucket = bucketOf(age)) {
        m_counts.onSuccess();
        bucket->onSuccess();
    }
}

void GobreakerRollingCounts::onFailure(std::uint64_t age)
{
    if (GobreakerCounts *bucket = bucketOf(age)) {
        m_counts.onFailure();
        bucket->onFailure();
    }
}

void GobreakerRollingCounts::onExclusion(std::uint64_t age)
{
    if (GobreakerCounts *bucket = bucketOf(age)) {
        m_counts.onExclusion();
        bucket->onExclusion();
    }
}

} // namespace halfopen
