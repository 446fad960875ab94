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

void OutlierEjection::apply(Instant now, const OutlierEjectionConfig &config)
{
    HALFOPEN_CHECK(config.interval > Duration(0));
    m_config = config;
    m_nextSweep = std::min(m_nextSweep, now + config.interval);
}

bool OutlierEjection::mayEject() const
{
    if (m_config.alwaysEjectOneHost && m_ejected == 0)
        return true;
    return (m_ejected + 1) * 100 <= m_config.maxEjectionPercent * m_hosts.size();
}

void OutlierEjection::eject(Instant now, std::uint32_t host, EjectionEvent::Kind kind, double observed, double threshold,
                            Host::Counts counts)
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
    m_events.push_back({.at = now, .host = host, .kind = kind, .observed = observed, .threshold = threshold,
                        .requests = counts.requests, .failures = counts.failures()});
}

/// Begins the count anew on exactly the last failure, even if the host cannot be ejected.
void OutlierEjection::failedInARow(Instant now, std::uint32_t host, std::uint32_t &inARow, std::uint32_t limit,
                                   EjectionEvent::Kind kind, Host::Counts counts)
{
    if (++inARow != limit)
        return;
    inARow = 0;
    eject(now, host, kind, limit, limit, counts);
}

void OutlierEjection::onLocalFailure(Instant now, std::uint32_t host)
{
    ++m_hosts[host].local.requests;
    failedInARow(now, host, m_hosts[host].inARowLocal, m_config.consecutiveLocalFailure,
                 EjectionEvent::Kind::ConsecutiveLocalFailure, m_hosts[host].local);
}

void OutlierEjection::onResult(Instant now, std::uint32_t host, HostResult result)
{
    Host &h = m_hosts[host];
    if (m_config.splitLocalFailures) {
        if (result == HostResult::LocalFailure)
            return onLocalFailure(now, host);
        // An answer, good or bad: the instance was reached.
        ++h.local.requests;
        ++h.local.successes;
        h.inARowLocal = 0;
    }
    ++h.answers.requests;
    if (result == HostResult::Success) {
        ++h.answers.successes;
        h.inARow5xx = 0;
        h.inARowGateway = 0;
        return;
    }
    if (result == HostResult::ServerError)
        h.inARowGateway = 0;
    else
        failedInARow(now, host, h.inARowGateway, m_config.consecutiveGatewayFailure,
                     EjectionEvent::Kind::ConsecutiveGatewayFailure, h.answers);
    failedInARow(now, host, h.inARow5xx, m_config.consecutive5xx, EjectionEvent::Kind::Consecutive5xx, h.answers);
}

Duration OutlierEjection::timeAway(std::uint32_t host) const
{
    const Duration longest = std::max(m_config.baseEjectionTime, m_config.maxEjectionTime);
    return std::min(m_config.baseEjectionTime * m_hosts[host].multiplier, longest);
}

void OutlierEjection::checkReturn(Instant now, std::uint32_t host)
{
    Host &h = m_hosts[host];
    if (!h.isEjected) {
        if (h.multiplier > 0 && now - h.returnedAt >= m_config.interval)
            --h.multiplier;
        return;
    }
    const Duration wanted = timeAway(host);
    if (now - h.ejectedAt < wanted)
        return;
    h.isEjected = false;
    h.inARow5xx = 0;
    h.inARowGateway = 0;
    h.inARowLocal = 0;
    h.returnedAt = now;
    --m_ejected;
    m_events.push_back({.at = now, .host = host, .kind = EjectionEvent::Kind::Returned,
                        .observed = toSeconds(now - h.ejectedAt), .threshold = toSeconds(wanted)});
}

std::vector<std::uint32_t> OutlierEjection::hostsWith(std::uint32_t requests, Host::Counts Host::*counts) const
{
    std::vector<std::uint32_t> hosts;
    for (std::uint32_t host = 0; host < m_hosts.size(); ++host) {
        const std::uint32_t seen = (m_hosts[host].*counts).requests;
        if (!m_hosts[host].isEjected && seen > 0 && seen >= requests)
            hosts.push_back(host);
    }
    return hosts;
}

void OutlierEjection::ejectBySuccessRate(Instant now, Host::Counts Host::*counts)
{
    const std::vector<std::uint32_t> judged = hostsWith(m_config.successRateRequestVolume, counts);
    if (judged.empty() || judged.size() < m_config.successRateMinimumHosts)
        return;
    std::vector<double> rates;
    for (const std::uint32_t host : judged)
        rates.push_back((m_hosts[host].*counts).successPercent());
    const double threshold = successRateThreshold(rates, m_config.successRateStdevFactor);
    for (std::size_t i = 0; i < judged.size(); ++i)
        if (rates[i] < threshold)
            eject(now, judged[i], EjectionEvent::Kind::SuccessRate, rates[i], threshold, m_hosts[judged[i]].*counts);
}

void OutlierEjection::ejectByFailurePercentage(Instant now)
{
    const std::vector<std::uint32_t> judged = hostsWith(m_config.failurePercentageRequestVolume, &Host::answers);
    if (judged.size() < m_config.failurePercentageMinimumHosts)
        return;
    for (const std::uint32_t host : judged) {
        const double failures = 100.0 - m_hosts[host].answers.successPercent();
        if (failures >= m_config.failurePercentageThreshold)
            eject(now, host, EjectionEvent::Kind::FailurePercentage, failures, m_config.failurePercentageThreshold,
                  m_hosts[host].answers);
    }
}

void OutlierEjection::sweep(Instant now)
{
    if (now < m_nextSweep)
        return;
    for (std::uint32_t host = 0; host < m_hosts.size(); ++host)
        checkReturn(now, host);
    if (m_config.successRate) {
        ejectBySuccessRate(now, &Host::answers);
        if (m_config.splitLocalFailures)
            ejectBySuccessRate(now, &Host::local);
    }
    if (m_config.failurePercentage)
        ejectByFailurePercentage(now);
    for (Host &h : m_hosts) {
        h.answers = {};
        h.local = {};
    }
    m_nextSweep = now + m_config.interval;
}

void OutlierEjection::takeEvents(std::vector<EjectionEvent> &into)
{
    into.insert(into.end(), m_events.begin(), m_events.end());
    m_events.clear();
}

} // namespace halfopen
