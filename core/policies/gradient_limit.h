// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/instant.h"

#include <cstdint>
#include <vector>

namespace halfopen {

struct AdaptiveConcurrencyConfig;
struct LatencySample;

/// limit x g + sqrt(limit) with g = clamp(least latency x (1 + buffer) / latency of now, 1/2, 2), once per update interval.
///
/// Both latencies are medians: that of now over an update interval, the least one over a measuring window, in which the limit is
/// held at its minimum (so that no queue can falsify it, and the calls above it are refused). A window opens at the start, after
/// each measuring interval with up to 15 % more by chance, and when five updates in a row ended at the minimum: a slowness
/// that lasts becomes the new least latency. Calls that began before a window opened are no samples.
/// Windows are closed by the first call or outcome after their end.
/// Source: Envoy, adaptive_concurrency filter, gradient_controller.cc (sqrt and + - * / are correctly rounded everywhere).
class GradientLimit {
public:
    void apply(const AdaptiveConcurrencyConfig &config);
    /// Closes what is over. Called before limit() is asked.
    void advance(Instant now);
    void update(Instant now, const LatencySample &sample);
    std::int64_t limit() const { return m_limit; }
    bool isMeasuring() const { return m_isMeasuring; }
    std::int64_t leastLatencyNs() const { return m_leastNs; }

private:
    static constexpr int kUpdatesAtMinimum = 5;
    void startMeasuring(Instant now);
    void closeUpdate(Instant now);
    std::int64_t takeMedian();

    std::int64_t m_limit = 0; ///< 0 before the first apply()
    std::int64_t m_afterwards = 0; ///< the limit that comes back when the measuring window closes
    std::int64_t m_least = 1;
    std::int64_t m_most = 1;
    double m_buffer = 0;
    std::int64_t m_requests = 1;
    Duration m_measureEvery{};
    Duration m_updateEvery{};
    bool m_isMeasuring = false;
    Instant m_openedAt;  ///< the last measuring window
    Instant m_nextMeasure;
    Instant m_nextUpdate;
    int m_updatesAtMinimum = 0;
    std::int64_t m_leastNs = 0;
    std::vector<std::int64_t> m_latencies; ///< of this window
};

} // namespace halfopen
