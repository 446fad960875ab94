// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/policies/registry.h"
#include "core/run/run_record.h"
#include "core/scenario/scenario.h"

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace halfopen {
class Simulation;
}

namespace halfopen::verify {

/// A scenario under construction: the same structures that a scenario file is read into.
class PolicyWorld {
public:
    PolicyWorld(std::string name, std::uint64_t seed);

    /// Any number of workers and no queue. The reference is good until the next service is added.
    ServiceSpec &service(std::string name, Distribution serviceTime);
    void service(ServiceSpec spec);
    ClientSpec &client(std::string name, ArrivalSpec arrivals, std::string to, std::string stack = {});
    /// A policy layer inside those already in \a stack. The config is the policy's own struct, with every default.
    template <typename Config> Config &layer(const std::string &stack, std::string_view policy)
    {
        return *static_cast<Config *>(addLayer(stack, policy));
    }
    template <typename Config> Config &fault(std::string_view kind, std::string on, Duration from, Duration length)
    {
        return *static_cast<Config *>(addFault(kind, std::move(on), from, length));
    }
    Scenario &scenario() { return *m_scenario; }

private:
    void *addLayer(const std::string &stack, std::string_view policy);
    void *addFault(std::string_view kind, std::string on, Duration from, Duration length);

    std::shared_ptr<Scenario> m_scenario;
    friend struct PolicyRun;
    friend RunRecord runWithBuckets(PolicyWorld &world, Duration end, Duration width);
};

ArrivalSpec poisson(double perSecond);
ArrivalSpec constantRate(double perSecond);
/// \a count requests at a constant rate, then none.
ArrivalSpec requestsAtRate(std::int64_t count, double perSecond);
/// Arrivals at exactly these instants, in order.
ArrivalSpec arrivalsAt(const std::vector<Duration> &starts);

/// Runs \a world for \a warmUp, then on to \a end. What happened in between is after() minus before().
struct PolicyRun {
    RunRecord before;
    RunRecord after;
    /// Drives the simulation from the end of the warm-up to its end.
    using Measure = std::function<void(Simulation &simulation)>;
    PolicyRun(PolicyWorld &world, Duration warmUp, Duration end, const Measure &measure = {});

    std::uint64_t offered(std::size_t edge) const;
    std::uint64_t ended(std::size_t edge, OutcomeKind kind) const;
    std::uint64_t endedAll(std::size_t edge) const;
    std::uint64_t good(std::size_t edge) const;
    std::uint64_t attempts(std::size_t edge) const;
    std::uint64_t retries(std::size_t edge) const;
    double meanGoodLatencySeconds(std::size_t edge) const;
    double meanWorkSeconds(std::size_t service) const;
    /// How many requests are worked on there, on average over time.
    double meanWorking(std::size_t service) const;
    double seconds() const { return toSeconds(after.now - before.now); }
};

/// Runs \a world from its beginning to \a end with buckets of time that are \a width long.
RunRecord runWithBuckets(PolicyWorld &world, Duration end, Duration width);
/// Calls that worked, of those that ended.
std::uint64_t goodOf(const OutcomeCounts &ended);

} // namespace halfopen::verify
