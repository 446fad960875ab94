// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulators/verify/policy_world.h"

#include "core/base/check.h"
#include "core/traces/recording.h"
#include "core/verify/model_reader.h"
#include "simulators/simulation.h"
#include "simulators/verify/run_bounds.h"
#include "simulators/vocabulary.h"

namespace halfopen::verify {

PolicyWorld::PolicyWorld(std::string name, std::uint64_t seed) : m_scenario(std::make_shared<Scenario>())
{
    m_scenario->name = std::move(name);
    m_scenario->seed = seed;
}

ServiceSpec &PolicyWorld::service(std::string name, Distribution serviceTime)
{
    ServiceSpec &spec = m_scenario->services.emplace_back();
    spec.name = std::move(name);
    spec.serviceTime = std::move(serviceTime);
    spec.serviceTimeText = spec.serviceTime.describe();
    spec.workers = ServiceSpec::kUnlimitedWorkers;
    spec.queue = 0;
    return spec;
}

void PolicyWorld::service(ServiceSpec spec)
{
    m_scenario->services.push_back(std::move(spec));
}

ClientSpec &PolicyWorld::client(std::string name, ArrivalSpec arrivals, std::string to, std::string stack)
{
    ClientSpec &spec = m_scenario->clients.emplace_back();
    spec.name = std::move(name);
    spec.arrivals = std::move(arrivals);
    spec.calls.push_back({std::move(to), std::move(stack)});
    return spec;
}

void *PolicyWorld::addLayer(const std::string &stack, std::string_view policy)
{
    PolicyStackSpec *spec = nullptr;
    for (PolicyStackSpec &known : m_scenario->stacks)
        if (known.name == stack)
            spec = &known;
    if (!spec) {
        spec = &m_scenario->stacks.emplace_back();
        spec->name = stack;
    }
    const PolicyType *type = findPolicyType(policy);
    HALFOPEN_CHECK(type != nullptr);
    PolicySpec &layer = spec->layers.emplace_back();
    layer.type = type;
    layer.settings = Settings(type->schema());
    return layer.settings.config();
}

void *PolicyWorld::addFault(std::string_view kind, std::string on, Duration from, Duration length)
{
    FaultSpec &fault = m_scenario->faults.emplace_back();
    fault.type = standardVocabulary().findFault(kind);
    HALFOPEN_CHECK(fault.type != nullptr);
    fault.settings = Settings(fault.type->schema());
    fault.on = std::move(on);
    fault.from = from;
    fault.length = length;
    return fault.settings.config();
}

// ---- arrivals ----

ArrivalSpec poisson(double perSecond)
{
    ArrivalSpec spec;
    spec.points.push_back({Duration(0), perSecond});
    return spec;
}

ArrivalSpec constantRate(double perSecond)
{
    ArrivalSpec spec = poisson(perSecond);
    spec.kind = ArrivalSpec::Kind::Constant;
    return spec;
}

ArrivalSpec requestsAtRate(std::int64_t count, double perSecond)
{
    ArrivalSpec spec = constantRate(perSecond); // the first comes one interval after the start
    spec.points.push_back({secondsToDuration((static_cast<double>(count) + 0.5) / perSecond), 0});
    return spec;
}

ArrivalSpec arrivalsAt(const std::vector<Duration> &starts)
{
    auto recording = std::make_shared<Recording>();
    recording->endpoints = {"all"};
    for (const Duration start : starts) {
        recording->firstAttempts.push_back(static_cast<std::uint32_t>(recording->attempts.size()));
        recording->attempts.push_back({.start = Instant(start)});
    }
    ArrivalSpec spec;
    spec.kind = ArrivalSpec::Kind::Recorded;
    spec.recording = std::move(recording);
    return spec;
}

// ---- running ----

namespace {

RunRecord recordOf(const Simulation &simulation)
{
    RunRecord record = simulation.snapshot();
    if (record.end == RunEnd::LimitReached)
        throw NotUnderstood("the run met a limit: " + record.endMessage);
    return record;
}

} // namespace

PolicyRun::PolicyRun(PolicyWorld &world, Duration warmUp, Duration end, const Measure &measure)
{
    needRunnable(*world.m_scenario, end);
    if (warmUp >= end)
        throw NotUnderstood("the measurement begins after " + Json(toSeconds(warmUp)).dump() + " s, and the run ends after "
                            + Json(toSeconds(end)).dump() + " s");
    RunOptions options;
    options.duration = end;
    options.bucketsTarget = 10; // only totals are asked for
    options.sampleCalls = false;
    Simulation simulation(world.m_scenario, options);
    if (warmUp > Duration(0)) // else what happens at 0 counts, too
        simulation.runUntil(Instant(warmUp));
    before = simulation.snapshot();
    if (measure)
        measure(simulation);
    simulation.runToEnd();
    after = recordOf(simulation);
}

std::uint64_t PolicyRun::offered(std::size_t edge) const
{
    return after.edgeTotals[edge].offered - before.edgeTotals[edge].offered;
}

std::uint64_t PolicyRun::ended(std::size_t edge, OutcomeKind kind) const
{
    const auto k = static_cast<std::size_t>(kind);
    return after.edgeTotals[edge].ended[k] - before.edgeTotals[edge].ended[k];
}

std::uint64_t PolicyRun::endedAll(std::size_t edge) const
{
    return after.edgeTotals[edge].endedAll() - before.edgeTotals[edge].endedAll();
}

std::uint64_t PolicyRun::good(std::size_t edge) const
{
    return after.edgeTotals[edge].good() - before.edgeTotals[edge].good();
}

std::uint64_t PolicyRun::attempts(std::size_t edge) const
{
    return after.edgeTotals[edge].attempts - before.edgeTotals[edge].attempts;
}

std::uint64_t PolicyRun::retries(std::size_t edge) const
{
    return after.edgeTotals[edge].retries - before.edgeTotals[edge].retries;
}

double PolicyRun::meanGoodLatencySeconds(std::size_t edge) const
{
    const Histogram &all = after.edgeTotals[edge].goodLatency;
    const Histogram &early = before.edgeTotals[edge].goodLatency;
    const std::uint64_t calls = all.count() - early.count();
    return calls == 0 ? 0.0 : static_cast<double>(all.sumNs() - early.sumNs()) * 1e-9 / static_cast<double>(calls);
}

double PolicyRun::meanWorkSeconds(std::size_t service) const
{
    const Histogram &all = after.serviceTotals[service].service;
    const Histogram &early = before.serviceTotals[service].service;
    const std::uint64_t works = all.count() - early.count();
    return works == 0 ? 0.0 : static_cast<double>(all.sumNs() - early.sumNs()) * 1e-9 / static_cast<double>(works);
}

double PolicyRun::meanWorking(std::size_t service) const
{
    return static_cast<double>(after.serviceTotals[service].busyNs - before.serviceTotals[service].busyNs) * 1e-9 / seconds();
}

RunRecord runWithBuckets(PolicyWorld &world, Duration end, Duration width)
{
    needRunnable(*world.m_scenario, end);
    constexpr std::int64_t kMostBuckets = 1'000'000; // about a kilobyte each
    if (end / width >= kMostBuckets)
        throw NotUnderstood("the run has more than a million windows of " + Json(toSeconds(width)).dump() + " s");
    RunOptions options;
    options.duration = end;
    options.bucketsTarget = static_cast<std::size_t>((end + width - Duration(1)) / width);
    options.sampleCalls = false;
    Simulation simulation(world.m_scenario, options);
    simulation.runToEnd();
    return recordOf(simulation);
}

std::uint64_t goodOf(const OutcomeCounts &ended)
{
    return ended[static_cast<std::size_t>(OutcomeKind::Success)] + ended[static_cast<std::size_t>(OutcomeKind::Fallback)];
}

} // namespace halfopen::verify
