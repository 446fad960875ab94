// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/policies/outlier_ejection.h"

#include "core/base/check.h"

#include <algorithm>
#include <cmath>

namespace halfopen {

double successRateThreshold(const std::vector<double> &rates, std::uint32_t stdevFactor)
{
    const auto n = static_cast<double>(rates.size());
    double sum = 0;
    for (const double rate : rates)
        sum += rate;
    const double mean = sum / n;
    double squares = 0;
    for (const double rate : rates)
        squares += (rate - mean) * (rate - mean);
    // A square root is a basic operation of IEEE 754: rounded correctly, the same everywhere.
    return mean - static_cast<double>(stdevFactor) / 1000.0 * std::sqrt(squares / n);
}

OutlierEjection::OutlierEjection(const OutlierEjectionConfig &config, std::size_t hosts)
    : m_config(config), m_hosts(hosts), m_nextSweep(Instant() + config.interval)
{
    HALFOPEN_CHECK(config.interval > Duration(0));
}

bool OutlierEjection::mayEject() const
{
    if (m_config.alwaysEjectOneHost && m_ejected == 0)
        return true;
    return (m_ejected + 1) * 100 <= m_config.maxEjectionPercent * m_hosts.size();
}

void OutlierEjection::eject(Instant now, std::uint32_t host, EjectionEvent::Kind kind, double observed, double threshold)
{
    Host &h = m_hosts[host];
    if (h.isEjected || !mayEject())
        return;
    h.isEjected = true;
    h.ejectedAt = now;
    ++m_ejected;
    const Duration longest = std::max(m_config.baseEjectionTime, m_config.maxEjectionTime);
    if (m_config.baseEjectionTime * h.multiplier < longest + m_config.baseEjectionTime)
        ++h.multiplier;
    m_events.push_back({.at = now, .host = host, .kind = kind, .observed = observed, .threshold = threshold});
}

void OutlierEjection::onResult(Instant now, std::uint32_t host, HostResult result)
{
    Host &h = m_hosts[host];
    ++h.requests;
    if (result == HostResult::Success) {
        ++h.successes;
        h.inARow5xx = 0;
        h.inARowGateway = 0;
        return;
    }
    h.inARowGateway = result == HostResult::GatewayFailure ? h.inARowGateway + 1 : 0;
    if (h.inARowGateway != 0 && h.inARowGateway == m_config.consecutiveGatewayFailure) {
        h.inARowGateway = 0;
        eject(now, host, EjectionEvent::Kind::ConsecutiveGatewayFailure, m_config.consecutiveGatewayFailure,
              m_config.consecutiveGatewayFailure);
    }
    if (++h.inARow5xx == m_config.consecutive5xx) {
        h.inARow5xx = 0;
        eject(now, host, EjectionEvent::Kind::Consecutive5xx, m_config.consecutive5xx, m_config.consecutive5xx);
    }
}

void OutlierEjection::checkReturn(Instant now, std::uint32_t host)
{
    Host &h = m_hosts[host];
    if (!h.isEjected) {
        if (h.multiplier > 0 && now - h.returnedAt >= m_config.interval)
            --h.multiplier;
        return;
    }
    const Duration longest = std::max(m_config.baseEjectionTime, m_config.maxEjectionTime);
    if (now - h.ejectedAt < std::min(m_config.baseEjectionTime * h.multiplier, longest))
        return;
    h.isEjected = false;
    h.inARow5xx = 0;
    h.inARowGateway = 0;
    h.returnedAt = now;
    --m_ejected;
    m_events.push_back({.at = now, .host = host, .kind = EjectionEvent::Kind::Returned});
}

std::vector<std::uint32_t> OutlierEjection::hostsWith(std::uint32_t requests) const
{
    std::vector<std::uint32_t> hosts;
    for (std::uint32_t host = 0; host < m_hosts.size(); ++host)
        if (!m_hosts[host].isEjected && m_hosts[host].requests > 0 && m_hosts[host].requests >= requests)
            hosts.push_back(host);
    return hosts;
}

double OutlierEjection::successPercent(std::uint32_t host) const
{
    return 100.0 * m_hosts[host].successes / m_hosts[host].requests;
}

void OutlierEjection::ejectBySuccessRate(Instant now)
{
    const std::vector<std::uint32_t> judged = hostsWith(m_config.successRateRequestVolume);
    if (judged.empty() || judged.size() < m_config.successRateMinimumHosts)
        return;
    std::vector<double> rates;
    for (const std::uint32_t host : judged)
        rates.push_back(successPercent(host));
    const double threshold = successRateThreshold(rates, m_config.successRateStdevFactor);
    for (std::size_t i = 0; i < judged.size(); ++i)
        if (rates[i] < threshold)
            eject(now, judged[i], EjectionEvent::Kind::SuccessRate, rates[i], threshold);
}

void OutlierEjection::ejectByFailurePercentage(Instant now)
{
    const std::vector<std::uint32_t> judged = hostsWith(m_config.failurePercentageRequestVolume);
    if (judged.size() < m_config.failurePercentageMinimumHosts)
        return;
    for (const std::uint32_t host : judged) {
        const double failures = 100.0 - successPercent(host);
        if (failures >= m_config.failurePercentageThreshold)
            eject(now, host, EjectionEvent::Kind::FailurePercentage, failures, m_config.failurePercentageThreshold);
    }
}

void OutlierEjection::sweep(Instant now)
{
    if (now < m_nextSweep)
        return;
    for (std::uint32_t host = 0; host < m_hosts.size(); ++host)
        checkReturn(now, host);
    if (m_config.successRate)
        ejectBySuccessRate(now);
    if (m_config.failurePercentage)
        ejectByFailurePercentage(now);
    for (Host &h : m_hosts) {
        h.requests = 0;
        h.successes = 0;
    }
    m_nextSweep = now + m_config.interval;
}

void OutlierEjection::takeEvents(std::vector<EjectionEvent> &into)
{
    into.insert(into.end(), m_events.begin(), m_events.end());
    m_events.clear();
}

} // namespace halfopen
