// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/random_scenario.h"

#include "core/policies/circuit_breaker_config.h"
#include "core/policies/bulkhead.h"
#include "core/policies/fallback.h"
#include "core/policies/health_check.h"
#include "core/policies/hedge.h"
#include "core/policies/rate_limiter.h"
#include "core/policies/registry.h"
#include "core/policies/retry.h"
#include "core/policies/timeout.h"
#include "simulators/faults/black_hole.h"
#include "simulators/faults/capacity_loss.h"
#include "simulators/faults/crash.h"
#include "simulators/faults/error.h"
#include "simulators/faults/flap.h"
#include "simulators/faults/latency.h"
#include "simulators/faults/lost_rejections.h"
#include "simulators/faults/outage.h"
#include "simulators/faults/partition.h"
#include "simulators/faults/refuse.h"
#include "simulators/faults/reset.h"
#include "simulators/faults/slow_body.h"
#include "simulators/vocabulary.h"

#include <iterator>
#include <string>

namespace halfopen::test {

namespace {

using std::chrono::milliseconds;

class Draws {
public:
    explicit Draws(std::uint64_t number, std::string_view of = "random scenario") : m_stream(number, of) {}
    /// 0 .. n-1
    std::int64_t below(std::int64_t n)
    {
        return static_cast<std::int64_t>(mulHigh(m_stream.draw(0, m_next++), static_cast<std::uint64_t>(n)));
    }
    bool oneIn(std::int64_t n) { return below(n) == 0; }
    Duration ms(std::int64_t from, std::int64_t to) { return milliseconds(from + below(to - from + 1)); }

private:
    RandomStream m_stream;
    std::uint32_t m_next = 0;
};

Distribution randomTime(Draws &draws)
{
    switch (draws.below(5)) {
    case 0:
        return Distribution::exponential(draws.ms(1, 40));
    case 1:
        return Distribution::uniform(draws.ms(0, 5), draws.ms(6, 50));
    case 2:
        return Distribution::lognormal(draws.ms(2, 10), draws.ms(30, 200));
    default:
        return Distribution::constant(draws.ms(0, 30)); // ties
    }
}

PolicySpec randomPolicy(Draws &draws)
{
    static const std::string_view kKinds[] = {"circuit_breaker", "retry", "timeout", "fallback", "circuit_breaker", "retry",
                                              "timeout", "bulkhead", "rate_limiter", "hedge", "health_check", "retry_budget"};
    const PolicyType *type = findPolicyType(kKinds[draws.below(std::ssize(kKinds))]);
    PolicySpec spec{type, Settings(type->schema())};
    if (type->key() == "circuit_breaker") {
        auto &c = spec.settings.as<CircuitBreakerConfig>();
        if (draws.oneIn(2))
            c.failureRateThreshold = 0.25 * static_cast<double>(1 + draws.below(4));
        if (draws.oneIn(2))
            c.failureThreshold = 1 + draws.below(4);
        c.window.minimumCalls = 1 + draws.below(6);
        c.recoveryTimeout = draws.ms(5, 300);
        c.successThreshold = 1 + draws.below(3);
        if (draws.oneIn(2))
            c.timeout.reset();
        else
            c.timeout = draws.ms(5, 80);
        if (draws.oneIn(3)) {
            c.slowCall.duration = draws.ms(5, 40);
            c.slowCall.rateThreshold = 0.5;
        }
    } else if (type->key() == "retry") {
        auto &c = spec.settings.as<RetryConfig>();
        c.maxAttempts = 1 + draws.below(4);
        c.initialDelay = draws.ms(draws.oneIn(4) ? 0 : 5, 60);
        if (c.initialDelay.count() == 0)
            c.initialDelay = milliseconds(1);
        c.maxDelay = c.initialDelay * (1 + draws.below(8));
        c.jitter = static_cast<decltype(c.jitter)>(draws.below(4));
        if (draws.oneIn(3))
            c.retryOn.push_back("circuit_breaker_open");
    } else if (type->key() == "bulkhead") {
        auto &c = spec.settings.as<BulkheadConfig>();
        c.maxConcurrent = 1 + draws.below(4);
        c.queue = draws.below(5);
        if (draws.oneIn(2))
            c.maxWait = draws.ms(1, 60);
    } else if (type->key() == "rate_limiter") {
        auto &c = spec.settings.as<RateLimiterConfig>();
        c.rate = static_cast<double>(20 + draws.below(200));
        c.burst = 1 + draws.below(10);
        c.maxWait = draws.ms(0, 50);
    } else if (type->key() == "hedge") {
        auto &c = spec.settings.as<HedgeConfig>();
        c.delay = draws.ms(1, 40);
        c.maxHedges = 1 + draws.below(3);
    } else if (type->key() == "health_check") {
        auto &c = spec.settings.as<HealthCheckConfig>();
        c.interval = draws.ms(10, 200);
        c.unhealthyThreshold = 1 + draws.below(3);
        c.healthyThreshold = 1 + draws.below(3);
    } else if (type->key() == "timeout") {
        spec.settings.as<TimeoutConfig>().after = draws.ms(2, 100);
    }
    return spec;
}

/// Settings of the kind that \a fault has.
void setKind(Draws &draws, FaultSpec &fault)
{
    const std::string_view kind = fault.type->key();
    const auto half = [&] { return draws.oneIn(2) ? 1 : 0.5; };
    if (kind == "latency") {
        auto &c = fault.settings.as<LatencyFaultConfig>();
        c.add = draws.ms(0, 60);
        c.perRequest = draws.oneIn(3) ? draws.ms(1, 5) : Duration(0);
        c.factor = static_cast<double>(1 + draws.below(4));
        c.probability = half();
        if (draws.oneIn(3))
            c.jitter = draws.ms(1, 30);
        c.spread = static_cast<LatencyFaultConfig::Spread>(draws.below(3));
    } else if (kind == "error") {
        auto &c = fault.settings.as<ErrorFaultConfig>();
        c.probability = 0.25 * static_cast<double>(1 + draws.below(4));
        c.atOnce = draws.oneIn(2);
        if (draws.oneIn(3))
            c.retryAfter = draws.ms(10, 90);
    } else if (kind == "capacity_loss") {
        fault.settings.as<CapacityLossFaultConfig>().share = half();
    } else if (kind == "lost_rejections") {
        fault.settings.as<LostRejectionsFaultConfig>().probability = half();
    } else if (kind == "refuse") {
        fault.settings.as<RefuseFaultConfig>().probability = half();
    } else if (kind == "black_hole") {
        fault.settings.as<BlackHoleFaultConfig>().probability = half();
    } else if (kind == "reset") {
        fault.settings.as<ResetFaultConfig>().after = 0.25 * static_cast<double>(draws.below(5));
        fault.settings.as<ResetFaultConfig>().probability = half();
    } else if (kind == "slow_body") {
        auto &c = fault.settings.as<SlowBodyFaultConfig>();
        c.time = draws.ms(0, 60);
        c.holdsWorker = draws.oneIn(3);
        c.probability = half();
    } else if (kind == "partition") {
        fault.settings.as<PartitionFaultConfig>().loses = static_cast<PartitionFaultConfig::Direction>(draws.below(3));
        fault.settings.as<PartitionFaultConfig>().probability = half();
    } else if (kind == "crash") {
        fault.settings.as<CrashFaultConfig>().connections = static_cast<CrashFaultConfig::Connections>(draws.below(2));
    } else if (kind == "flap") {
        auto &c = fault.settings.as<FlapFaultConfig>();
        c.period = draws.ms(20, 200);
        c.down = 0.25 * static_cast<double>(1 + draws.below(3));
        c.mode = static_cast<FlapFaultConfig::Mode>(draws.below(4));
    } else {
        fault.settings.as<OutageFaultConfig>().mode = static_cast<OutageFaultConfig::Mode>(draws.below(4));
        fault.settings.as<OutageFaultConfig>().probability = half();
    }
}

/// Whom it meets, how often and how much, as far as it fits the kind.
void setWhom(Draws &draws, FaultSpec &fault, const Scenario &s, const ServiceSpec &service)
{
    if (draws.oneIn(3))
        fault.instance = draws.below(service.instances);
    else if (draws.oneIn(4))
        for (std::int64_t i = draws.below(2); i < service.instances; i += 2)
            fault.instances.push_back(i);
    const bool aboutInstances = (fault.type->stages(fault.settings.config()) & kOnInstances) != 0;
    if (!aboutInstances && draws.oneIn(4))
        fault.callers.push_back(draws.oneIn(2) ? "c0" : s.services[static_cast<std::size_t>(
                                                             draws.below(static_cast<std::int64_t>(s.services.size())))].name);
    if (!aboutInstances && draws.oneIn(5))
        fault.firstRequests = 1 + draws.below(20);
    if (!aboutInstances && draws.oneIn(5))
        fault.everyNth = 1 + draws.below(4);
    if (draws.oneIn(4)) {
        fault.burstOn = draws.ms(5, 100);
        fault.burstOff = draws.ms(5, 200);
    }
    if (!fault.type->hasStrength || !draws.oneIn(3))
        return;
    if (draws.oneIn(2))
        fault.rampUp = Duration(fault.length.count() / (2 + draws.below(3)));
    if (draws.oneIn(3))
        fault.rampDown = Duration(fault.length.count() / 3);
    if (draws.oneIn(2))
        fault.wavePeriod = draws.ms(20, 400);
    fault.waveShape = static_cast<FaultSpec::WaveShape>(draws.below(3));
    fault.waveLow = draws.oneIn(2) ? 0 : 0.25;
}

FaultSpec randomFault(Draws &draws, const Scenario &s)
{
    const auto types = standardVocabulary().faults;
    FaultSpec fault;
    fault.type = &types[static_cast<std::size_t>(draws.below(static_cast<std::int64_t>(types.size())))];
    fault.settings = Settings(fault.type->schema());
    const ServiceSpec &service = s.services[static_cast<std::size_t>(draws.below(static_cast<std::int64_t>(s.services.size())))];
    fault.on = service.name;
    fault.from = draws.ms(0, 1500);
    fault.length = draws.ms(1, 800);
    if (draws.oneIn(3))
        fault.every = fault.length + draws.ms(1, 400);
    setKind(draws, fault);
    setWhom(draws, fault, s, service);
    return fault;
}

/// Endpoints for some services, calls that name them, and faults of theirs. With draws of its own, so that nothing else of the
/// world changes.
void addEndpoints(Scenario &s, std::uint64_t number)
{
    Draws draws(number, "endpoints");
    for (ServiceSpec &service : s.services)
        for (std::int64_t i = draws.below(5) - 1; i > 0; --i)
            service.endpoints.push_back({.name = "e" + std::to_string(i),
                                         .weight = static_cast<double>(i == 1 ? 1 : draws.below(4)),
                                         .serviceTime = draws.oneIn(3) ? service.serviceTime : randomTime(draws),
                                         .serviceTimeText = {},
                                         .errorRate = draws.oneIn(3) ? 0.25 : service.errorRate});
    const auto anyOf = [&](const std::string &service) {
        const std::vector<EndpointSpec> &all = s.findService(service)->endpoints;
        return all.empty() || draws.oneIn(2)
            ? std::string()
            : all[static_cast<std::size_t>(draws.below(static_cast<std::int64_t>(all.size())))].name;
    };
    for (ServiceSpec &service : s.services)
        for (CallSpec &call : service.calls)
            call.endpoint = anyOf(call.to);
    for (ClientSpec &client : s.clients)
        client.calls.front().endpoint = anyOf(client.calls.front().to);
    for (FaultSpec &fault : s.faults)
        if ((fault.type->stages(fault.settings.config()) & kOnInstances) == 0)
            fault.endpoint = anyOf(fault.on);
}

ArrivalSpec randomArrivals(Draws &draws)
{
    ArrivalSpec arrivals;
    arrivals.kind = draws.oneIn(2) ? ArrivalSpec::Kind::Poisson : ArrivalSpec::Kind::Constant;
    arrivals.points.push_back({Duration(0), static_cast<double>(20 + draws.below(200))});
    if (draws.oneIn(2))
        arrivals.points.push_back({draws.ms(100, 1500), static_cast<double>(draws.below(3) * 150)});
    arrivals.ramp = draws.oneIn(4);
    if (draws.oneIn(4))
        arrivals.startsAt = draws.ms(0, 300);
    if (draws.oneIn(4)) {
        arrivals.kind = ArrivalSpec::Kind::ClosedLoop;
        arrivals.points.clear();
        arrivals.users = 1 + draws.below(20);
        arrivals.thinkTime = randomTime(draws);
        if (arrivals.thinkTime.mean() < milliseconds(1)) // else a refusing service hears a million calls a second
            arrivals.thinkTime = Distribution::constant(milliseconds(1));
        if (draws.oneIn(3))
            arrivals.pace = draws.ms(1, 50);
    }
    return arrivals;
}

} // namespace

Scenario randomScenario(std::uint64_t number)
{
    Draws draws(number);
    Scenario s;
    s.name = "random-" + std::to_string(number);
    s.seed = number;
    s.duration = draws.ms(1000, 2500);
    const std::int64_t services = 1 + draws.below(4);
    for (std::int64_t i = 0; i < services; ++i) {
        ServiceSpec service;
        service.name = "s" + std::to_string(i);
        service.instances = 1 + draws.below(3);
        service.workers = 1 + draws.below(4);
        service.queue = draws.below(7);
        service.serviceTime = randomTime(draws);
        service.errorRate = draws.oneIn(3) ? 0.125 : 0;
        service.keepsWorkingForDepartedCallers = draws.oneIn(2);
        service.balancing = static_cast<ServiceSpec::Balancing>(draws.below(4));
        service.choices = 1 + draws.below(3);
        if (draws.oneIn(2))
            service.discipline = static_cast<ServiceSpec::Discipline>(draws.below(6));
        if (draws.oneIn(4))
            service.queueTimeout = draws.ms(1, 60);
        service.queueTarget = draws.ms(1, 20);
        service.queueInterval = draws.ms(20, 100);
        if (draws.oneIn(3))
            service.callOrder = ServiceSpec::CallOrder::Parallel;
        service.join = static_cast<ServiceSpec::Join>(draws.below(3));
        if (draws.oneIn(4))
            service.joinCount = 1 + draws.below(3);
        s.services.push_back(std::move(service));
    }
    const std::int64_t stacks = 1 + draws.below(3);
    for (std::int64_t i = 0; i < stacks; ++i) {
        PolicyStackSpec stack;
        stack.name = "p" + std::to_string(i);
        const std::int64_t layers = draws.below(6);
        bool hedged = false; // once in a stack at most
        for (std::int64_t l = 0; l < layers; ++l) {
            PolicySpec layer = randomPolicy(draws);
            if (layer.type->startsCopies && hedged)
                continue;
            hedged = hedged || layer.type->startsCopies;
            stack.layers.push_back(std::move(layer));
        }
        s.stacks.push_back(std::move(stack));
    }
    const auto anyStack = [&] { return draws.oneIn(5) ? std::string() : s.stacks[static_cast<std::size_t>(draws.below(stacks))].name; };
    for (std::int64_t i = 0; i + 1 < services; ++i)
        for (std::int64_t calls = draws.below(3); calls > 0; --calls)
            s.services[static_cast<std::size_t>(i)].calls.push_back(
                {"s" + std::to_string(i + 1 + draws.below(services - i - 1)), anyStack(),
                 s.services[static_cast<std::size_t>(i)].callOrder == ServiceSpec::CallOrder::Parallel ? 1 + draws.below(3) : 1,
                 draws.oneIn(3) ? draws.below(3) : 0});
    const std::int64_t clients = 1 + draws.below(2);
    for (std::int64_t i = 0; i < clients; ++i)
        s.clients.push_back({"c" + std::to_string(i), 1 + draws.below(4), randomArrivals(draws), {},
                             {{"s" + std::to_string(draws.below(services)), anyStack(), 1,
                               draws.oneIn(3) ? draws.below(3) : 0}},
                             draws.oneIn(4) ? std::optional<std::int64_t>(draws.below(100)) : std::nullopt});
    for (std::int64_t faults = draws.below(4); faults > 0; --faults)
        s.faults.push_back(randomFault(draws, s));
    if (number % 3 == 0)
        addEndpoints(s, number);
    return s;
}

} // namespace halfopen::test
