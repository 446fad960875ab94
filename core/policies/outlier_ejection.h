// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/instant.h"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace halfopen {

/// How one request to an instance ended, as outlier detection sorts it.
enum class HostResult : std::uint8_t {
    Success,
    ServerError,    ///< 5xx other than the gateway's own
    GatewayFailure, ///< 502, 503, 504
    LocalFailure,   ///< no answer: timeout, connection refused or broken. As GatewayFailure unless they are split
};

struct OutlierEjectionConfig {
    std::uint32_t consecutive5xx = 5;            ///< in a row; 0 = off
    std::uint32_t consecutiveGatewayFailure = 0; ///< in a row; 0 = off (Envoy counts 5 but does not enforce)
    bool splitLocalFailures = false;             ///< LocalFailure is counted apart from what instances answer
    std::uint32_t consecutiveLocalFailure = 5;   ///< in a row, when they are split; 0 = off
    Duration interval = std::chrono::seconds(10);        ///< between sweeps, > 0
    Duration baseEjectionTime = std::chrono::seconds(30); ///< times the number of ejections
    Duration maxEjectionTime = std::chrono::seconds(300); ///< at least baseEjectionTime
    std::uint32_t maxEjectionPercent = 10;       ///< 0..100 of the hosts
    bool alwaysEjectOneHost = false;             ///< one host may go whatever the percentage says
    bool successRate = true;                     ///< eject hosts far below the others
    std::uint32_t successRateMinimumHosts = 5;
    std::uint32_t successRateRequestVolume = 100; ///< requests of a host in an interval to be judged
    std::uint32_t successRateStdevFactor = 1900;  ///< thousandths of a standard deviation
    bool failurePercentage = false;              ///< eject hosts that fail too often in themselves
    std::uint32_t failurePercentageThreshold = 85; ///< percent, reached means >=
    std::uint32_t failurePercentageMinimumHosts = 5;
    std::uint32_t failurePercentageRequestVolume = 50;
};

/// What happened to a host, with the numbers that decided.
struct EjectionEvent {
    enum class Kind : std::uint8_t {
        Consecutive5xx,
        ConsecutiveGatewayFailure,
        ConsecutiveLocalFailure,
        SuccessRate,       ///< `observed` percent < `threshold` percent
        FailurePercentage, ///< `observed` percent >= `threshold` percent
        Returned,          ///< its time of `threshold` seconds is over, after `observed`
    };
    Instant at;
    std::uint32_t host = 0;
    Kind kind = Kind::Returned;
    double observed = 0;
    double threshold = 0;
    std::uint32_t requests = 0; ///< since the last sweep, of the kind that was judged
    std::uint32_t failures = 0; ///< of them
};

/// mean - factor/1000 x population standard deviation of \a rates (percent); a host below it is an outlier.
/// With n hosts one bad host lies sqrt(n - 1) deviations below the mean, so a factor of 1900 needs at least 5.
double successRateThreshold(const std::vector<double> &rates, std::uint32_t stdevFactor);

/// Takes hosts that fail more than the others out of load balancing for a while: a breaker for each instance.
///
/// Pure state machine over hosts 0 .. n-1. Results come at any time; nextSweep() says when sweep() is wanted.
/// - A row of failures ejects at once, on exactly the n-th; the count begins anew even if the host could not be ejected.
/// - At each sweep the hosts with enough requests since the last one are compared with each other.
/// - A host stays away min(base x ejections, max), and comes back at the first sweep after that: in truth up to one interval longer.
///   The number of ejections falls by one for each sweep that a healthy host has been back for an interval.
/// - A host is only ejected while 100 x (ejected + 1) / hosts <= max_ejection_percent. With fewer than 10 hosts the default of
///   10 % never ejects (always_eject_one_host).
/// Source: Envoy, cluster.v3.OutlierDetection and outlier_detection_impl.cc. Not taken over: enforcement by chance, jitter of the
/// ejection time, failure percentage of local failures.
class OutlierEjection {
public:
    struct Host {
        /// What one kind of failures is judged by.
        struct Counts {
            std::uint32_t requests = 0; ///< since the last sweep
            std::uint32_t successes = 0;
            double successPercent() const { return 100.0 * successes / requests; }
            std::uint32_t failures() const { return requests - successes; }
        };
        std::uint32_t inARow5xx = 0;
        std::uint32_t inARowGateway = 0;
        std::uint32_t inARowLocal = 0;
        Counts answers; ///< or all requests, where local failures are not split
        Counts local;
        std::uint32_t multiplier = 0;
        bool isEjected = false;
        Instant ejectedAt;
        Instant returnedAt;
    };

    OutlierEjection(const OutlierEjectionConfig &config, std::size_t hosts);
    /// New settings act from \a now on. What is ejected stays so; the next sweep is no later than one new interval away.
    void apply(Instant now, const OutlierEjectionConfig &config);

    void onResult(Instant now, std::uint32_t host, HostResult result);
    Instant nextSweep() const { return m_nextSweep; }
    /// Early calls change nothing.
    void sweep(Instant now);

    std::size_t hosts() const { return m_hosts.size(); }
    const Host &host(std::uint32_t host) const { return m_hosts[host]; }
    bool isEjected(std::uint32_t host) const { return m_hosts[host].isEjected; }
    /// How long an ejected host is to stay away.
    Duration timeAway(std::uint32_t host) const;
    std::size_t ejectedHosts() const { return m_ejected; }
    /// Ejections that count for the next one's length.
    std::uint32_t ejections(std::uint32_t host) const { return m_hosts[host].multiplier; }
    /// Moves what happened to the end of \a into.
    void takeEvents(std::vector<EjectionEvent> &into);

private:
    bool mayEject() const;
    /// \a counts: what it is judged by.
    void eject(Instant now, std::uint32_t host, EjectionEvent::Kind kind, double observed, double threshold, Host::Counts counts);
    void failedInARow(Instant now, std::uint32_t host, std::uint32_t &inARow, std::uint32_t limit, EjectionEvent::Kind kind,
                      Host::Counts counts);
    void onLocalFailure(Instant now, std::uint32_t host);
    void checkReturn(Instant now, std::uint32_t host);
    void ejectBySuccessRate(Instant now, Host::Counts Host::*counts);
    void ejectByFailurePercentage(Instant now);
    std::vector<std::uint32_t> hostsWith(std::uint32_t requests, Host::Counts Host::*counts) const;

    OutlierEjectionConfig m_config;
    std::vector<Host> m_hosts;
    std::size_t m_ejected = 0;
    Instant m_nextSweep;
    std::vector<EjectionEvent> m_events;
};

} // namespace halfopen
