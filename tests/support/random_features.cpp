// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/random_features.h"

#include "core/base/random.h"
#include "tests/support/random_scenario.h"

#include <chrono>

namespace halfopen::test {

namespace {

using std::chrono::milliseconds;

class Draws {
public:
    explicit Draws(std::uint64_t number) : m_stream(number, "features") {}
    std::int64_t below(std::uint64_t n) { return static_cast<std::int64_t>(uniformIndex(m_stream.draw(m_next++, 0), n)); }

private:
    RandomStream m_stream;
    std::uint64_t m_next = 0;
};

void decorate(Draws &draws, CallSpec &call)
{
    if (draws.below(2) == 0) {
        call.pool.size = 1 + draws.below(5);
        if (draws.below(2) == 0)
            call.pool.maxWait = milliseconds(draws.below(60));
        call.pool.per = draws.below(3) == 0 ? PoolSpec::Per::Fleet : PoolSpec::Per::Process;
        call.pool.abandoned = static_cast<PoolSpec::Abandoned>(draws.below(2));
    }
    if (draws.below(3) == 0)
        call.deadline = DeadlineMode::Propagate;
}

void decorate(Draws &draws, ServiceSpec &service)
{
    for (CallSpec &call : service.calls)
        decorate(draws, call);
    if (draws.below(3) == 0) {
        service.slowdown.atBusy = 0.25 * static_cast<double>(draws.below(4));
        service.slowdown.factor = static_cast<double>(1 + draws.below(5));
        service.slowdown.contention = 0.1 * static_cast<double>(draws.below(3));
    }
    if (draws.below(3) == 0) {
        service.coldStart.factor = static_cast<double>(1 + draws.below(4));
        service.coldStart.length = milliseconds(1 + draws.below(500));
    }
    if (draws.below(3) == 0) {
        service.pause.every = milliseconds(1 + draws.below(200));
        service.pause.length = milliseconds(1 + draws.below(60));
        service.pause.timing = static_cast<PauseSpec::Timing>(draws.below(2));
    }
}

void decorate(Draws &draws, ClientSpec &client)
{
    decorate(draws, client.calls.front());
    if (client.arrivals.kind == ArrivalSpec::Kind::ClosedLoop)
        return;
    if (client.stopAfter == 0)
        client.stopAfter = 1;
    if (draws.below(3) == 0) {
        client.worker.workers = 1 + draws.below(6);
        client.worker.visibilityTimeout = milliseconds(1 + draws.below(200));
        client.worker.maxDeliveries = 1 + draws.below(4);
        client.worker.redeliveryDelay = milliseconds(draws.below(3) * 20);
        client.worker.maxBacklog = 1 + draws.below(50);
    }
}

} // namespace

void addFeatures(Scenario &scenario, std::uint64_t number)
{
    Draws draws(number);
    for (ServiceSpec &service : scenario.services)
        decorate(draws, service);
    for (ClientSpec &client : scenario.clients)
        decorate(draws, client);
    for (ServiceSpec &service : scenario.services)
        if (service.slowdown.isThere() && draws.below(2) == 0)
            service.slowdown.coherency = 0.01 * static_cast<double>(1 + draws.below(5));
}

Scenario eventfulScenario(std::uint64_t number)
{
    Scenario scenario = randomScenario(number);
    addFeatures(scenario, number);
    return scenario;
}

} // namespace halfopen::test
