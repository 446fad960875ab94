// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/policies/gradient_limit.h"

#include "core/base/random.h"
#include "core/policies/adaptive_concurrency.h"

#include <algorithm>
#include <cmath>

namespace halfopen {

using namespace std::chrono_literals;

void GradientLimit::apply(const AdaptiveConcurrencyConfig &config)
{
    m_least = config.least();
    m_most = config.most();
    m_buffer = config.buffer.value_or(0.25);
    m_requests = config.measureRequests.value_or(50);
    m_measureEvery = config.measureInterval.value_or(60s);
    m_updateEvery = config.updateInterval.value_or(100ms);
    if (m_limit == 0) {
        m_limit = config.initialLimit;
        startMeasuring(Instant());
        return;
    }
    m_limit = std::clamp(m_limit, m_least, m_most);
    m_afterwards = std::clamp(m_afterwards, m_least, m_most);
}

void GradientLimit::startMeasuring(Instant now)
{
    m_afterwards = m_limit;
    m_limit = m_least;
    m_isMeasuring = true;
    m_openedAt = now;
    m_updatesAtMinimum = 0;
    m_latencies.clear();
}

std::int64_t GradientLimit::takeMedian()
{
    const auto middle = m_latencies.begin() + static_cast<std::ptrdiff_t>((m_latencies.size() - 1) / 2);
    std::nth_element(m_latencies.begin(), middle, m_latencies.end());
    const std::int64_t median = std::max<std::int64_t>(1, *middle);
    m_latencies.clear();
    return median;
}

void GradientLimit::closeUpdate(Instant now)
{
    m_nextUpdate = now + m_updateEvery;
    if (m_latencies.empty())
        return;
    const auto leastNs = static_cast<double>(m_leastNs);
    const double gradient =
        std::clamp((leastNs + leastNs * m_buffer) / static_cast<double>(takeMedian()), 0.5, 2.0);
    const double scaled = static_cast<double>(m_limit) * gradient;
    m_limit = std::clamp(static_cast<std::int64_t>(scaled + std::sqrt(scaled)), m_least, m_most);
    m_updatesAtMinimum = m_limit == m_least ? m_updatesAtMinimum + 1 : 0;
    if (m_updatesAtMinimum >= kUpdatesAtMinimum)
        startMeasuring(now);
}

void GradientLimit::advance(Instant now)
{
    if (m_isMeasuring)
        return;
    if (now >= m_nextMeasure)
        startMeasuring(now);
    else if (now >= m_nextUpdate)
        closeUpdate(now);
}

void GradientLimit::update(Instant now, const LatencySample &sample)
{
    advance(now);
    if (sample.dropped || now - Duration(sample.latencyNs) < m_openedAt)
        return;
    m_latencies.push_back(sample.latencyNs);
    if (!m_isMeasuring || static_cast<std::int64_t>(m_latencies.size()) < m_requests)
        return;
    m_leastNs = takeMedian();
    m_isMeasuring = false;
    m_limit = m_afterwards;
    m_nextMeasure = now + m_measureEvery + uniform(sample.bits, Duration(0), m_measureEvery * 15 / 100);
    m_nextUpdate = now + m_updateEvery;
}

} // namespace halfopen
