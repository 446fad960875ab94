// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulators/models/service_endpoints.h"

#include "core/base/check.h"
#include "core/engine/dependency.h"

#include <algorithm>

namespace halfopen {

namespace {

constexpr std::uint32_t kDrawn = ~0u; // the edge names none

std::size_t firstOf(const RunRecord &record, std::uint32_t service)
{
    const auto first = std::find_if(record.endpoints.begin(), record.endpoints.end(),
                                    [&](const EndpointInfo &info) { return info.service == service; });
    HALFOPEN_CHECK(first != record.endpoints.end());
    return static_cast<std::size_t>(first - record.endpoints.begin());
}

} // namespace

ServiceEndpoints::ServiceEndpoints(const ServiceSpec &spec, std::uint32_t service, std::uint64_t seed, RunRecord &record)
    : m_spec(spec), m_random(seed, "endpoints of service " + spec.name),
      m_totals(record.endpointTotals.data() + firstOf(record, service))
{
    double all = 0;
    for (const EndpointSpec &endpoint : spec.endpoints)
        all += endpoint.weight;
    double upTo = 0;
    for (const EndpointSpec &endpoint : spec.endpoints) {
        upTo += endpoint.weight;
        m_upTo.push_back(upTo / all);
        m_errorThresholds32.push_back(static_cast<std::uint64_t>(endpoint.errorRate * 4294967296.0 + 0.5));
    }
}

void ServiceEndpoints::setNamed(std::uint32_t edge, std::string_view endpoint)
{
    const std::optional<std::uint32_t> number = m_spec.findEndpoint(endpoint);
    HALFOPEN_CHECK(number.has_value());
    if (m_named.size() <= edge)
        m_named.resize(edge + 1, kDrawn);
    m_named[edge] = *number;
}

std::uint64_t ServiceEndpoints::errorThresholdMax32() const
{
    return *std::max_element(m_errorThresholds32.begin(), m_errorThresholds32.end());
}

std::uint32_t ServiceEndpoints::drawn(std::uint64_t key) const
{
    const double uniform = static_cast<double>(m_random.draw(key, 0) >> 11) * 0x1p-53; // exact
    std::uint32_t endpoint = 0;
    while (endpoint + 1 < m_upTo.size() && uniform >= m_upTo[endpoint])
        ++endpoint;
    return endpoint;
}

void ServiceEndpoints::moved(std::uint32_t from, std::uint32_t to)
{
    if (m_visits.size() <= to)
        m_visits.resize(std::max<std::size_t>(to + 1, 2 * m_visits.size()));
    m_visits[to] = m_visits[from];
}

void ServiceEndpoints::arrives(std::uint32_t request, std::uint32_t edge, std::uint64_t key)
{
    const std::uint32_t named = edge < m_named.size() ? m_named[edge] : kDrawn;
    if (m_visits.size() <= request)
        m_visits.resize(std::max<std::size_t>(request + 1, 2 * m_visits.size()));
    m_visits[request].endpoint = named != kDrawn ? named : drawn(key);
    ++count(request).arrivals;
}

void ServiceEndpoints::begins(Instant now, std::uint32_t request, std::int64_t arrivedNs, std::int64_t workNs)
{
    m_visits[request].arrivedNs = arrivedNs;
    EndpointTotals &totals = count(request);
    ++totals.started;
    totals.wait.record(now.ns() - arrivedNs);
    totals.service.record(workNs);
}

void ServiceEndpoints::ends(Instant now, std::uint32_t request)
{
    EndpointTotals &totals = count(request);
    ++totals.completed;
    totals.latency.record(now.ns() - m_visits[request].arrivedNs);
}

std::int64_t ServiceEndpoints::workOf(std::uint32_t request, std::uint64_t bits) const
{
    return std::min(m_spec.endpoints[endpointOf(request)].serviceTime.sample(bits).count(), kWorkMaxNs);
}

} // namespace halfopen
