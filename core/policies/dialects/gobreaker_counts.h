// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <vector>

namespace halfopen {

/// gobreaker's Counts: what one generation, or one bucket of it, has seen.
struct GobreakerCounts {
    std::uint32_t requests = 0; ///< admitted
    std::uint32_t totalSuccesses = 0;
    std::uint32_t totalFailures = 0;
    std::uint32_t totalExclusions = 0;
    std::uint32_t consecutiveSuccesses = 0;
    std::uint32_t consecutiveFailures = 0;

    void onRequest() { ++requests; }
    void onSuccess()
    {
        ++totalSuccesses;
        ++consecutiveSuccesses;
        consecutiveFailures = 0;
    }
    void onFailure()
    {
        ++totalFailures;
        ++consecutiveFailures;
        consecutiveSuccesses = 0;
    }
    void onExclusion() { ++totalExclusions; }
    friend bool operator==(const GobreakerCounts &, const GobreakerCounts &) = default;
};

/// The counts of a generation together with its buckets, of which the oldest roll off. One bucket never rolls.
/// An outcome is booked in the bucket (age) its call was admitted in, and dropped if that one has rolled off.
///
/// It copies the library's approximation of runs: when a bucket rolls off, a run of successes is shortened by the bucket's
/// own run only if the run spans all buckets; the same for failures.
/// Source: gobreaker 2.4, v2/counter.go.
class GobreakerRollingCounts {
public:
    /// \a buckets >= 1.
    explicit GobreakerRollingCounts(std::uint32_t buckets = 1) : m_buckets(buckets) {}

    const GobreakerCounts &counts() const { return m_counts; }
    std::uint64_t age() const { return m_age; }
    std::uint32_t buckets() const { return static_cast<std::uint32_t>(m_buckets.size()); }
    void clear();
    /// Lets the buckets before \a age - buckets + 1 roll off.
    void grow(std::uint64_t age);
    void onRequest();
    void onSuccess(std::uint64_t age);
    void onFailure(std::uint64_t age);
    void onExclusion(std::uint64_t age);

private:
    GobreakerCounts *bucketOf(std::uint64_t age);
    void rollOff(GobreakerCounts &bucket);

    GobreakerCounts m_counts;
    std::uint64_t m_age = 0; ///< number of the newest bucket, from the beginning of the generation
    std::vector<GobreakerCounts> m_buckets;
};

} // namespace halfopen
