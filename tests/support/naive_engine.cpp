// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/naive_engine.h"

#include "core/base/distributions.h"
#include "tests/support/naive_world.h"

#include <algorithm>

namespace halfopen::test {

namespace naive {

namespace {

/// All pauses of one instance that begin in the run.
std::vector<Pause> pausesOf(const ServiceSpec &spec, std::size_t instance, RandomStream random, std::int64_t end)
{
    std::vector<Pause> all;
    std::int64_t at = 0;
    for (std::uint64_t number = 0; spec.pause.isThere() && at <= end; ++number) {
        const std::int64_t every = spec.pause.every->count();
        std::int64_t gap = every;
        if (spec.pause.timing == PauseSpec::Timing::Random)
            gap = exponentialNs(random.draw(number, 0), every);
        else if (number == 0)
            gap += every * static_cast<std::int64_t>(instance) / spec.instances;
        const std::int64_t from = at + std::max<std::int64_t>(gap, 1);
        at = from + spec.pause.length->count();
        all.push_back({from, at});
    }
    return all;
}

} // namespace

World::World(const Scenario &scenario, std::uint64_t seed) : m_scenario(scenario), m_seed(seed)
{
    build();
}

/// Calls and requests that are in flight point at each other.
World::~World()
{
    m_events.clear();
    for (const std::weak_ptr<Call> &one : m_calls) {
        if (const CallPtr call = one.lock()) {
            call->original.reset();
            call->copies.clear();
            call->job.reset();
            call->other.reset();
            call->done = {};
        }
    }
    for (const std::weak_ptr<Job> &one : m_jobs) {
        if (const JobPtr job = one.lock()) {
            job->caller.reset();
            job->child.reset();
            job->branches.clear();
        }
    }
}

NaiveResult World::run()
{
    while (!m_events.empty() && m_events.begin()->first.first <= m_scenario.duration.count()) {
        const auto [at, action] = *m_events.begin();
        m_events.erase(m_events.begin());
        m_now = at.first;
        action();
    }
    return m_result;
}

Time World::schedule(std::int64_t at, std::function<void()> action)
{
    const Time time{at, ++m_order};
    m_events.emplace(time, std::move(action));
    return time;
}

void World::cancel(Time &time)
{
    m_events.erase(time);
    time = {};
}

Edge &World::makeEdge(const std::string &name, const CallSpec &call, std::uint32_t processes)
{
    auto edge = std::make_unique<Edge>();
    edge->name = name;
    edge->from = name.substr(0, name.find(" -> "));
    edge->stack = call.policies;
    edge->processes = processes;
    edge->index = static_cast<std::uint32_t>(m_edges.size());
    edge->firstBreaker = m_breakers;
    edge->copies = call.copies;
    edge->priority = call.priority;
    edge->endpoint = call.endpoint;
    edge->endsWithDeadline = call.deadline == DeadlineMode::Propagate;
    for (std::uint32_t p = 0; call.pool.isThere() && p < (call.pool.per == PoolSpec::Per::Fleet ? 1 : processes); ++p)
        edge->pools.push_back(std::make_unique<Pool>(Pool{&call.pool}));
    for (std::size_t i = 0; i < m_scenario.services.size(); ++i)
        if (m_scenario.services[i].name == call.to)
            edge->target = m_services[i].get();
    if (const PolicyStackSpec *stack = m_scenario.findStack(call.policies)) {
        for (std::size_t l = 0; l < stack->layers.size(); ++l) {
            const PolicySpec &layer = stack->layers[l];
            edge->types.push_back(layer.type);
            edge->random.emplace_back(m_seed, "edge " + name + " layer " + std::to_string(l));
            auto &objects = edge->policies.emplace_back();
            for (std::uint32_t p = 0; p < (layer.type->perProcess ? processes : 1); ++p)
                objects.push_back(layer.type->create(layer.settings.config()));
            for (const auto &policy : objects)
                if (InstanceJudge *judge = policy->instanceJudge())
                    judge->setInstances(static_cast<std::uint32_t>(edge->target->queues.size()));
            m_breakers += bandsOf(*edge, l, processes);
        }
    }
    m_edges.push_back(std::move(edge));
    return *m_edges.back();
}

void World::makeOtherEdges(Edge &edge)
{
    const PolicyStackSpec *stack = m_scenario.findStack(edge.stack);
    for (std::size_t l = 0; stack && l < stack->layers.size(); ++l) {
        const PolicySpec &layer = stack->layers[l];
        if (!layer.type->otherCall)
            continue;
        const OtherCall other = layer.type->otherCall(layer.settings.config());
        if (!other.to.empty())
            edge.others[l] = &makeEdge(edge.from + " -> " + other.to + " (fallback)", {.to = other.to, .policies = other.policies},
                                       edge.processes);
    }
}

void World::buildServices()
{
    for (const ServiceSpec &spec : m_scenario.services) {
        auto s = std::make_unique<Service>();
        const auto n = static_cast<std::size_t>(spec.instances);
        s->spec = &spec;
        s->random = RandomStream(m_seed, "service " + spec.name);
        s->endpointRandom = RandomStream(m_seed, "endpoints of service " + spec.name);
        s->queues.resize(n);
        s->busy.resize(n);
        s->workers.assign(n, spec.workers);
        s->lastEmpty.resize(n);
        s->hasAlarm.resize(n);
        s->isPausing.resize(n);
        s->started.resize(n);
        s->codels.assign(n, Codel(spec.queueTarget, spec.queueInterval));
        for (std::size_t i = 0; i < n; ++i)
            s->pauses.push_back(pausesOf(spec, i, RandomStream(m_seed, "pauses of " + spec.name).child(i), m_scenario.duration.count()));
        for (std::size_t i = 0; i < m_scenario.faults.size(); ++i)
            if (m_scenario.faults[i].on == spec.name)
                s->faults.push_back(naiveFault(m_scenario, i, m_seed));
        for (const NaiveFault &f : s->faults)
            if (f.canCrash())
                s->isDown.resize(n);
        m_services.push_back(std::move(s));
    }
}

void World::build()
{
    buildServices();
    std::vector<Edge *> clientEdges;
    for (const ClientSpec &client : m_scenario.clients)
        clientEdges.push_back(&makeEdge(edgeName(client.name, client.calls[0]), client.calls[0],
                                        static_cast<std::uint32_t>(client.processes)));
    for (std::size_t i = 0; i < m_scenario.services.size(); ++i) {
        const ServiceSpec &spec = m_scenario.services[i];
        std::map<std::string, std::uint64_t> names;
        for (const CallSpec &call : spec.calls) {
            const std::string name = edgeName(spec.name, call);
            const std::uint64_t repeats = names[name]++;
            m_services[i]->calls.emplace_back(&makeEdge(name, call, static_cast<std::uint32_t>(spec.instances)),
                                              hashText(name) + repeats * 0x9e3779b97f4a7c15u);
        }
    }
    for (std::size_t e = 0; e < m_edges.size(); ++e) // those that stand in for others; they may have some of their own
        makeOtherEdges(*m_edges[e]);
    for (const auto &s : m_services) {
        for (NaiveFault &f : s->faults)
            faultBegins(*s, f);
        for (std::size_t i = 0; i < s->pauses.size(); ++i)
            pausesBegin(*s, i, 0);
    }
    buildClients(clientEdges);
    for (const auto &edge : m_edges)
        for (std::size_t i = 0; i < edge->types.size(); ++i)
            for (std::uint32_t object = 0; object < edge->policies[i].size(); ++object)
                if (edge->types[i]->hasTimers)
                    attend(*edge, i, object);
}

void World::buildClients(const std::vector<Edge *> &edges)
{
    for (std::size_t i = 0; i < m_scenario.clients.size(); ++i) {
        const ClientSpec &client = m_scenario.clients[i];
        const RandomStream random(m_seed, "client " + client.name);
        if (client.worker.isThere())
            workersBegin(client, *edges[i], random);
        else if (client.arrivals.kind == ArrivalSpec::Kind::ClosedLoop)
            usersBegin(client, *edges[i], random);
        else
            arriveNext(client, *edges[i], random, std::make_shared<ArrivalSequence>(client.arrivals, random));
    }
}

} // namespace naive

NaiveResult runNaively(const Scenario &scenario, std::uint64_t seed)
{
    return naive::World(scenario, seed).run();
}

} // namespace halfopen::test
