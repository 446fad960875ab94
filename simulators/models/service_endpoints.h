// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/instant.h"
#include "core/base/random.h"
#include "core/run/run_record.h"

#include <cstdint>
#include <string_view>
#include <vector>

namespace halfopen {

/// The endpoints of one service: which one each request is for, what its work is, and what becomes of it.
///
/// A call that names none has one drawn by weight from its key alone: its retries and hedges are for the same endpoint,
/// and no other draw moves. What is known of a request is kept by its number until another request has that number.
class ServiceEndpoints {
public:
    static bool isWanted(const ServiceSpec &spec) { return !spec.endpoints.empty(); }
    /// \a service is the place of \a spec in the scenario and in \a record. Both must outlive this, and the record must
    /// have its endpoints already.
    ServiceEndpoints(const ServiceSpec &spec, std::uint32_t service, std::uint64_t seed, RunRecord &record);

    /// Calls of \a edge name \a endpoint, which must be one of the service's.
    void setNamed(std::uint32_t edge, std::string_view endpoint);
    /// No share of failing requests of any endpoint is greater, in 2^-32.
    std::uint64_t errorThresholdMax32() const;

    void arrives(std::uint32_t request, std::uint32_t edge, std::uint64_t key);
    /// The caller of \a from waits for \a to instead (Engine::handOver()).
    void moved(std::uint32_t from, std::uint32_t to);
    /// A worker takes the request, which arrived at \a arrivedNs, for \a workNs.
    void begins(Instant now, std::uint32_t request, std::int64_t arrivedNs, std::int64_t workNs);
    /// The work on the request has ended, own calls included.
    void ends(Instant now, std::uint32_t request);

    std::uint32_t endpointOf(std::uint32_t request) const { return m_visits[request].endpoint; }
    /// How long the work takes, from uniform bits.
    std::int64_t workOf(std::uint32_t request, std::uint64_t bits) const;
    /// Whether the endpoint's own share of errors meets the request. \a coin is its 32 uniform bits.
    bool fails(std::uint32_t request, std::uint32_t coin) const { return coin < m_errorThresholds32[endpointOf(request)]; }
    EndpointTotals &count(std::uint32_t request) { return m_totals[endpointOf(request)]; }

private:
    struct Visit {
        std::int64_t arrivedNs = 0;
        std::uint32_t endpoint = 0;
    };
    std::uint32_t drawn(std::uint64_t key) const;

    const ServiceSpec &m_spec;
    RandomStream m_random;
    EndpointTotals *m_totals; ///< of the first endpoint
    std::vector<double> m_upTo; ///< by endpoint: the share of its weight and of those before it, in 0..1
    std::vector<std::uint64_t> m_errorThresholds32;
    std::vector<std::uint32_t> m_named; ///< by edge
    std::vector<Visit> m_visits;        ///< by number of the request
};

} // namespace halfopen
