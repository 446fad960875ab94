// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulators/simulation.h"

#include "core/base/check.h"
#include "core/engine/engine.h"
#include "core/engine/substitutes.h"
#include "core/run/recorder.h"
#include "core/scenario/world_edges.h"
#include "simulators/models/closed_loop_client.h"
#include "simulators/models/connection_pool.h"
#include "simulators/models/fault_schedule.h"
#include "simulators/models/queueing_service.h"
#include "simulators/models/recorded_service.h"
#include "simulators/models/worker_client.h"
#include "simulators/version.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

namespace halfopen {

namespace {

Duration roundBucketWidth(Duration duration, std::size_t bucketsTarget)
{
    constexpr std::int64_t ms = 1'000'000;
    constexpr std::array<std::int64_t, 3> steps = {1, 2, 5};
    for (std::int64_t decade = ms;; decade *= 10)
        for (const std::int64_t step : steps)
            if (duration.count() <= decade * step * static_cast<std::int64_t>(bucketsTarget))
                return Duration(decade * step);
}

struct EdgePlan {
    EdgeInfo info;
    std::string commonName;                  ///< see WorldEdge
    std::uint32_t target = 0;                ///< service
    std::optional<std::uint32_t> source;     ///< service
    const CallSpec *call = nullptr;          ///< of the scenario
    std::optional<std::uint32_t> layer; ///< of info.insteadOf, whose policy makes this call when its inside has failed
};

std::uint32_t serviceIndex(const Scenario &s, const std::string &name)
{
    for (std::uint32_t i = 0; i < s.services.size(); ++i)
        if (s.services[i].name == name)
            return i;
    HALFOPEN_CHECK(!"service exists: the loader checks it");
    return 0;
}

/// How a policy calls another service: as one would who says nothing more about it.
const CallSpec kPlainCall;

std::vector<EdgePlan> planEdges(const Scenario &s)
{
    constexpr std::size_t kPlansMax = 0xffff; // past it a stack stands in for itself: the loader refuses it
    std::vector<EdgePlan> plans;
    for (WorldEdge &edge : worldEdges(s, kPlansMax)) {
        EdgePlan plan;
        plan.info = {.name = std::move(edge.name),
                     .from = std::move(edge.from),
                     .to = edge.to,
                     .stack = std::move(edge.stack),
                     .client = edge.client,
                     .processes = static_cast<std::uint32_t>(edge.processes),
                     .insteadOf = edge.insteadOf,
                     .endpoint = std::move(edge.endpoint)};
        plan.commonName = std::move(edge.commonName);
        plan.target = serviceIndex(s, edge.to);
        plan.source = edge.service;
        if (edge.client) {
            HALFOPEN_CHECK(s.clients[*edge.client].calls.size() == 1);
            plan.call = &s.clients[*edge.client].calls.front();
        } else {
            plan.call = edge.service ? &s.services[*edge.service].calls[edge.call] : &kPlainCall;
        }
        if (edge.insteadOf)
            plan.layer = edge.layer;
        plans.push_back(std::move(plan));
    }
    HALFOPEN_CHECK(plans.size() < kPlansMax);
    return plans;
}

RunRecord identity(const std::shared_ptr<const Scenario> &scenario, const RunOptions &options,
                   const std::vector<EdgePlan> &plans)
{
    RunRecord r;
    r.scenario = scenario;
    r.seed = options.seed.value_or(scenario->seed);
    r.version = kVersion;
    r.runId = options.runId.empty() ? scenario->name + "-" + std::to_string(r.seed) : options.runId;
    r.duration = options.duration.value_or(scenario->duration);
    r.bucketWidth = roundBucketWidth(r.duration, std::max<std::size_t>(options.bucketsTarget, 1));
    for (std::uint32_t e = 0; e < plans.size(); ++e) {
        const EdgePlan &plan = plans[e];
        r.edges.push_back(plan.info);
        const PolicyStackSpec *stack = scenario->findStack(plan.info.stack);
        for (std::uint32_t l = 0; stack && l < stack->layers.size(); ++l) {
            const std::string name = stack->name + "." + std::to_string(l);
            const ServiceSpec &target = scenario->services[plan.target];
            if (stack->layers[l].type->isBreaker)
                for (std::uint32_t p = 0; p < plan.info.processes; ++p)
                    r.breakers.push_back({name + (plan.info.processes > 1 ? "[" + std::to_string(p) + "]" : ""), e, l, p});
            if (!stack->layers[l].type->judgesInstances || target.recording)
                continue;
            for (std::uint32_t p = 0; p < plan.info.processes; ++p)
                for (std::uint32_t i = 0; i < target.instances; ++i)
                    r.breakers.push_back({name + "[" + (plan.info.processes > 1 ? std::to_string(p) + ", " : "") + "instance "
                                              + std::to_string(i) + "]",
                                          e, l, p, i});
        }
    }
    for (const ServiceSpec &service : scenario->services)
        r.services.push_back(service.name);
    for (std::uint32_t i = 0; i < scenario->services.size(); ++i)
        for (const EndpointSpec &endpoint : scenario->services[i].endpoints)
            r.endpoints.push_back({i, endpoint.name});
    r.endpointTotals.resize(r.endpoints.size());
    r.faultWindows = faultWindows(*scenario, r.seed, r.duration);
    for (std::uint32_t e = 0; e < plans.size(); ++e)
        if (const PoolSpec &pool = plans[e].call->pool; pool.isThere())
            r.pools.push_back({e, *pool.size, ConnectionPool::poolsFor(pool, plans[e].info.processes)});
    for (std::uint32_t c = 0; c < scenario->clients.size(); ++c) {
        const ClientSpec &client = scenario->clients[c];
        if (client.worker.isThere())
            r.backlogs.push_back({c, *client.worker.workers});
        if (client.arrivals.kind == ArrivalSpec::Kind::ClosedLoop && client.arrivals.pace)
            r.paces.push_back({c});
    }
    return r;
}

} // namespace

struct Simulation::Private {
    std::shared_ptr<const Scenario> scenario;
    Scenario current; ///< with every change so far
    std::vector<EdgePlan> plans;
    RunOptions options;
    Recorder recorder;
    Engine engine;
    std::vector<std::unique_ptr<QueueingService>> queueing; ///< by service; null where recorded
    std::vector<std::unique_ptr<RecordedService>> recorded;
    std::vector<std::unique_ptr<ClosedLoopClient>> closedLoops; ///< by client; null where calls arrive by themselves
    std::vector<std::unique_ptr<WorkerClient>> workers;         ///< by client; null where there is no queue
    std::vector<std::unique_ptr<ConnectionPool>> pools;         ///< as in the record
    ConnectionTable connections;
    std::vector<CallLog> callLogs; ///< by edge; empty when nobody wants them
    std::vector<WorkLog> workLogs; ///< by service

    Private(std::shared_ptr<const Scenario> s, RunOptions o)
        : scenario(std::move(s)), current(*scenario), plans(planEdges(*scenario)), options(std::move(o)),
          recorder(identity(scenario, options, plans), options.sampleCalls),
          engine(recorder.record().seed, recorder, options.callsInFlightMax)
    {
        openLogs();
        if (options.followedCall)
            recorder.follow(*options.followedCall);
        makeServices();
        makeClosedLoops();
        makePools();
        connect();
    }

    void openLogs()
    {
        callLogs.resize(plans.size());
        workLogs.resize(scenario->services.size());
        for (std::size_t e = 0; options.logCalls && e < callLogs.size() && plans[e].info.client; ++e)
            recorder.edge(e).log = &callLogs[e];
        for (std::size_t i = 0; i < workLogs.size(); ++i) {
            Recorder::ServiceNow &service = recorder.service(i);
            service.log = options.logWork ? &workLogs[i] : nullptr;
            service.keepsSojourn = options.keepSojourn;
            service.isDetailed = options.logWork || options.keepSojourn;
        }
    }

    /// When the client begins no more calls: at the end of the run, or when it has begun as many as it may.
    Instant lastArrival(const ClientSpec &client)
    {
        const Instant end(recorder.record().duration);
        if (!client.stopAfter)
            return end;
        ArrivalSequence arrivals(client.arrivals, RandomStream(recorder.record().seed, "client " + client.name), end);
        while (arrivals.index() < static_cast<std::uint64_t>(*client.stopAfter) && arrivals.nextNs() < end.ns())
            arrivals.advance();
        return std::min(end, Instant::fromNs(arrivals.nextNs()));
    }

    void makeServices()
    {
        const std::uint64_t seed = recorder.record().seed;
        queueing.resize(scenario->services.size());
        recorded.resize(scenario->services.size());
        for (std::uint32_t i = 0; i < scenario->services.size(); ++i) {
            const ServiceSpec &spec = scenario->services[i];
            if (spec.recording) {
                recorded[i] = std::make_unique<RecordedService>(spec, i, *scenario, seed, recorder);
                recorded[i]->connect(engine, engine.addDependency(recorded[i].get()));
            } else {
                queueing[i] = std::make_unique<QueueingService>(spec, i, *scenario, seed, recorder);
                queueing[i]->connect(engine, engine.addDependency(queueing[i].get()));
            }
        }
    }

    void makeClosedLoops()
    {
        const RunRecord &record = recorder.record();
        closedLoops.resize(scenario->clients.size());
        workers.resize(scenario->clients.size());
        std::size_t pace = 0;
        std::size_t backlog = 0;
        for (std::size_t c = 0; c < scenario->clients.size(); ++c) {
            const ClientSpec &client = scenario->clients[c];
            if (client.worker.isThere()) {
                workers[c] = std::make_unique<WorkerClient>(client, record.seed, recorder.backlog(backlog++));
                workers[c]->connect(engine, engine.addDependency(workers[c].get()));
            } else if (client.arrivals.kind == ArrivalSpec::Kind::ClosedLoop) {
                PaceTotals *paced = client.arrivals.pace ? &recorder.pace(pace++) : nullptr;
                closedLoops[c] = std::make_unique<ClosedLoopClient>(client, record.seed, paced);
                closedLoops[c]->connect(engine, engine.addDependency(closedLoops[c].get()));
            }
        }
    }

    void makePools()
    {
        const std::vector<PoolInfo> &infos = recorder.record().pools;
        for (std::size_t p = 0; p < infos.size(); ++p) {
            const EdgePlan &plan = plans[infos[p].edge];
            Dependency *target = service(plan.target);
            pools.push_back(std::make_unique<ConnectionPool>(plan.call->pool, plan.info.processes, *target, connections,
                                                             recorder.pool(p)));
            pools.back()->connect(engine, engine.addDependency(pools.back().get()), engine.numberOf(target));
        }
        if (!pools.empty())
            engine.watchRequests(&connections);
    }

    static bool endsWithDeadline(const EdgePlan &plan) { return plan.call->deadline == DeadlineMode::Propagate; }

    std::uint64_t repeatsBefore(std::uint32_t e) const
    {
        const auto same = [&](const EdgePlan &plan) { return plan.commonName == plans[e].commonName; };
        return static_cast<std::uint64_t>(std::count_if(plans.begin(), plans.begin() + e, same));
    }

    /// Who hears that a call has ended; null for calls that arrive by themselves.
    Dependency *callerOf(const EdgePlan &plan)
    {
        if (plan.source)
            return service(*plan.source);
        if (plan.info.insteadOf)
            return &engine.substitutes();
        if (workers[*plan.info.client])
            return workers[*plan.info.client].get();
        return closedLoops[*plan.info.client].get();
    }

    Dependency *service(std::uint32_t index)
    {
        return recorded[index] ? static_cast<Dependency *>(recorded[index].get()) : queueing[index].get();
    }

    /// What the requests of an edge go to: its pool, or the service itself.
    Dependency *targetOf(std::uint32_t edge)
    {
        const std::vector<PoolInfo> &infos = recorder.record().pools;
        for (std::size_t p = 0; p < infos.size(); ++p)
            if (infos[p].edge == edge)
                return pools[p].get();
        return service(plans[edge].target);
    }

    void connect()
    {
        std::uint32_t breaker = 0;
        std::vector<std::vector<QueueingService::OwnCall>> ownCalls(scenario->services.size());
        for (std::uint32_t e = 0; e < plans.size(); ++e) {
            const EdgePlan &plan = plans[e];
            Engine::EdgeSetup setup;
            setup.name = plan.commonName;
            setup.stack = scenario->findStack(plan.info.stack);
            setup.processes = plan.info.processes;
            setup.target = targetOf(e);
            setup.source = callerOf(plan);
            setup.firstBreaker = breaker;
            while (breaker < recorder.record().breakers.size() && recorder.record().breakers[breaker].edge == e)
                ++breaker;
            engine.addEdge(setup);
            if (plan.info.insteadOf)
                engine.setOtherEdge(*plan.info.insteadOf, *plan.layer, e);
            if (queueing[plan.target]) {
                queueing[plan.target]->setCallers(e, {.priority = static_cast<std::uint8_t>(plan.call->priority),
                                                      .endsWithDeadline = endsWithDeadline(plan),
                                                      .copies = static_cast<std::uint16_t>(plan.call->copies)});
                queueing[plan.target]->setCallerName(e, plan.info.from);
                if (!plan.info.endpoint.empty())
                    queueing[plan.target]->setEndpoint(e, plan.info.endpoint);
                if (engine.isJudged(e))
                    queueing[plan.target]->setJudged(e);
            } else {
                recorded[plan.target]->setCallerName(e, plan.info.from);
            }
            if (plan.source) {
                // A second call to the same service is another call: it has chances of its own.
                const auto salt = hashText(plan.commonName) + repeatsBefore(e) * 0x9e3779b97f4a7c15u;
                ownCalls[*plan.source].push_back(
                    {e, salt, static_cast<std::uint32_t>(plan.call->copies), endsWithDeadline(plan)});
            }
        }
        engine.seal();
        for (std::uint32_t i = 0; i < scenario->services.size(); ++i) {
            if (queueing[i]) {
                queueing[i]->setOwnCalls(std::move(ownCalls[i]));
                queueing[i]->start();
            } else {
                recorded[i]->start();
            }
        }
        for (std::uint32_t e = 0; e < plans.size(); ++e) {
            if (!plans[e].info.client)
                continue;
            const ClientSpec &client = scenario->clients[*plans[e].info.client];
            if (ClosedLoopClient *loop = closedLoops[*plans[e].info.client].get()) {
                loop->start(e, Instant(recorder.record().duration));
                continue;
            }
            if (WorkerClient *worker = workers[*plans[e].info.client].get()) {
                worker->start(e, Instant(recorder.record().duration));
                continue;
            }
            if (recorded[plans[e].target] && client.arrivals.kind == ArrivalSpec::Kind::Recorded
                && client.arrivals.recording == scenario->services[plans[e].target].recording)
                recorded[plans[e].target]->replaysExactly(e);
            engine.addClient(e, client.name, client.arrivals, lastArrival(client));
        }
        engine.start();
    }

    bool ended() const { return recorder.record().end != RunEnd::Running; }

    void afterRun(std::uint64_t eventsAsked, std::uint64_t eventsRun, Instant until)
    {
        if (engine.overLimit()) {
            recorder.record().end = RunEnd::LimitReached;
            recorder.record().endMessage = "more than " + std::to_string(engine.callsInFlightMax())
                + " calls were in flight at " + std::to_string(engine.now().seconds())
                + " s: the world takes in more than it can answer. Add a timeout, a smaller queue or less load, or raise the limit.";
            return;
        }
        const bool isThrough = eventsRun < eventsAsked; // else more may come at the same instant
        if (isThrough)
            engine.advanceTo(until);
        if (isThrough && engine.now() >= Instant(recorder.record().duration))
            recorder.record().end = RunEnd::Finished;
        else if (engine.events() >= options.eventsMax) {
            recorder.record().end = RunEnd::LimitReached;
            recorder.record().endMessage = "the limit of " + std::to_string(options.eventsMax) + " events was reached at "
                + std::to_string(engine.now().seconds()) + " s. Raise it or shorten the run.";
        }
    }
};

Simulation::Simulation(std::shared_ptr<const Scenario> scenario, RunOptions options)
    : d(std::make_unique<Private>(std::move(scenario), std::move(options)))
{
}

Simulation::~Simulation() = default;

Instant Simulation::now() const
{
    return d->engine.now();
}

Instant Simulation::endTime() const
{
    return Instant(d->recorder.record().duration);
}

bool Simulation::finished() const
{
    return d->ended();
}

std::uint64_t Simulation::runUntil(Instant until, std::uint64_t maxEvents)
{
    if (d->ended())
        return 0;
    const Instant target = std::max(std::min(until, endTime()), now());
    const std::uint64_t asked = std::min(maxEvents, d->options.eventsMax - d->engine.events());
    const std::uint64_t run = d->engine.run(target, asked, false);
    d->afterRun(asked, run, target);
    return run;
}

void Simulation::runToEnd(const std::function<bool()> &cancelled)
{
    constexpr std::uint64_t kSlice = 20'000; // about a millisecond between two questions
    while (!finished()) {
        if (cancelled && cancelled()) {
            cancel();
            return;
        }
        runUntil(endTime(), cancelled ? kSlice : ~0ull);
    }
}

bool Simulation::step()
{
    return runUntil(endTime(), 1) == 1;
}

bool Simulation::runToNextTransition(std::uint64_t maxEvents)
{
    if (d->ended())
        return false;
    const std::uint64_t before = d->recorder.transitionsSeen();
    const std::uint64_t run = d->engine.run(endTime(), maxEvents, true);
    if (d->recorder.transitionsSeen() != before) {
        d->afterRun(run, run, now());
        return true;
    }
    d->afterRun(maxEvents, run, endTime());
    return false;
}

void Simulation::cancel()
{
    if (!d->ended())
        d->recorder.record().end = RunEnd::Cancelled;
}

// --- settings

namespace {

struct SettingPlace {
    std::size_t stack = 0;
    std::size_t layer = 0;
    const Field *field = nullptr;
};

Result<SettingPlace> findSetting(const Scenario &s, std::string_view path)
{
    const std::string full(path);
    constexpr std::string_view prefix = "policies.";
    if (!path.starts_with(prefix))
        return failure("'" + full + "' cannot be changed while the run plays: only policies.<stack>.<layer>.<key> can");
    path.remove_prefix(prefix.size());
    for (std::size_t i = 0; i < s.stacks.size(); ++i) {
        const std::string &name = s.stacks[i].name;
        if (!path.starts_with(name) || path.size() <= name.size() || path[name.size()] != '.')
            continue;
        const std::string_view rest = path.substr(name.size() + 1);
        std::size_t layer = 0;
        const auto [end, error] = std::from_chars(rest.data(), rest.data() + rest.size(), layer);
        if (error != std::errc() || end == rest.data() + rest.size() || *end != '.' || layer >= s.stacks[i].layers.size())
            return failure("'" + full + "': the stack '" + name + "' has layers 0 to "
                           + std::to_string(s.stacks[i].layers.size() - 1) + ", outermost first");
        const std::string_view key(end + 1, static_cast<std::size_t>(rest.data() + rest.size() - end - 1));
        const Schema &schema = s.stacks[i].layers[layer].settings.schema();
        const Field *field = schema.find(key);
        if (!field)
            return failure("'" + full + "': " + std::string(schema.key) + " has no setting '" + std::string(key) + "'");
        return SettingPlace{i, layer, field};
    }
    return failure("'" + full + "': there is no policy stack of that name");
}

} // namespace

Result<void> Simulation::change(std::string_view path, std::string_view valueText)
{
    const Result<SettingPlace> place = findSetting(d->current, path);
    if (!place)
        return failure(place.error().message);
    const Result<Value> value = parseValue(*place->field, valueText);
    if (!value)
        return failure(std::string(path) + ": " + value.error().message);
    PolicySpec &layer = d->current.stacks[place->stack].layers[place->layer];
    Settings &settings = layer.settings;
    const auto otherCall = [&] { return layer.type->otherCall ? layer.type->otherCall(settings.config()) : OtherCall(); };
    const OtherCall otherBefore = otherCall();
    const Value before = settings.get(*place->field);
    settings.set(*place->field, *value);
    const Schema &schema = settings.schema();
    if (otherCall() != otherBefore) { // an edge of the world, which is made at the start
        settings.set(*place->field, before);
        return failure(std::string(path) + " says who is called instead: that cannot be changed while the run plays");
    }
    if (schema.conflict) {
        const std::string conflict = schema.conflict(settings.config());
        if (!conflict.empty()) {
            settings.set(*place->field, before);
            return failure(std::string(path) + ": " + conflict);
        }
    }
    d->recorder.parameterChanged({now(), std::string(path), formatValue(*place->field, before),
                                  formatValue(*place->field, *value)});
    d->engine.reconfigure(d->current.stacks[place->stack].name, place->layer, settings.config());
    return {};
}

Result<std::string> Simulation::setting(std::string_view path) const
{
    const Result<SettingPlace> place = findSetting(d->current, path);
    if (!place)
        return failure(place.error().message);
    return formatValue(*place->field, d->current.stacks[place->stack].layers[place->layer].settings.get(*place->field));
}

const Scenario &Simulation::currentScenario() const
{
    return d->current;
}

std::uint64_t Simulation::transitionsSeen() const
{
    return d->recorder.transitionsSeen();
}

std::size_t Simulation::callsKept() const
{
    return d->recorder.record().calls.size();
}

RunRecord Simulation::snapshot() const
{
    d->engine.settle(now());
    return d->recorder.snapshot(now(), d->engine.events(), d->engine.callsInFlight());
}

CallLog Simulation::takeCallLog(std::size_t edge)
{
    return std::exchange(d->callLogs.at(edge), {});
}

WorkLog Simulation::takeWorkLog(std::size_t service)
{
    return std::exchange(d->workLogs.at(service), {});
}

const Policy &Simulation::policy(std::size_t edge, std::size_t layer, std::size_t process) const
{
    return d->engine.policy(edge, layer, process);
}

Simulation::Memory Simulation::memory() const
{
    const Engine::Memory m = d->engine.memory();
    return {static_cast<double>(m.bytesPerCall), m.frameBytes + m.requestBytes + m.timerBytes};
}

} // namespace halfopen
