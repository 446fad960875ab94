// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulators/verify/families/families.h"
#include "simulators/verify/law.h"
#include "simulators/verify/sentence.h"
#include "simulators/verify/world.h"

#include <algorithm>
#include <utility>

namespace halfopen::verify {

namespace {

struct LoopRun {
    Measured calls;
    MeasuredWork work;
    TimeAverages averages;
    void add(const LoopRun &other)
    {
        calls.add(other.calls);
        work.add(other.work);
        averages.add(other.averages);
    }
};

Answers measureClosedLoop(CaseInput &input)
{
    ModelReader &model = input.model;
    ModelReader workload = model.child("workload");
    std::vector<double> said; // how many clients there are
    if (workload.has("kind"))
        said = sentence(workload, "kind", {"closed loop", "closed loop, # client", "closed loop, # clients"});
    workload.oneOf("behaviour", {"each client: think, send, wait for response, repeat"});
    model.oneOf("when_full", {"reject immediately", "reject"});
    Scenario scenario;
    scenario.name = "closed-loop";
    ServiceSpec service;
    service.name = "server";
    ModelReader law = model.child("service");
    service.serviceTime = readLaw(law);
    service.workers = model.count("servers");
    service.queue = readQueueCapacity(model);
    readOrder(model, service);
    if (service.workers < 1 || service.workers > ServiceSpec::kUnlimitedWorkers)
        model.refuse("servers", "is out of range");
    ClientSpec client = poissonClient(1, "server");
    client.arrivals.kind = ArrivalSpec::Kind::ClosedLoop;
    const char *key = workload.has("users") ? "users" : "clients";
    if (!said.empty() && said.front() > 1e6)
        workload.refuse("kind", "has more than a million clients");
    client.arrivals.users = said.empty() || workload.has(key) ? workload.count(key) : static_cast<std::int64_t>(said.front());
    if (!said.empty() && said.front() != static_cast<double>(client.arrivals.users))
        workload.refuse(workload.has(key) ? key : "kind", "is another number of clients, or no whole one");
    if (client.arrivals.users < 1 || client.arrivals.users > 1'000'000)
        workload.refuse("clients", "is out of range");
    if (workload.isText("think_time")) {
        workload.oneOf("think_time", {"none", "zero"});
    } else if (workload.has("think_time")) {
        ModelReader think = workload.child("think_time");
        client.arrivals.thinkTime = readLaw(think);
    } else if (workload.has("think_time_s")) {
        client.arrivals.thinkTime = Distribution::constant(workload.duration("think_time_s"));
    }
    const RunLength length = readRunLength(input);
    input.finish();

    // At worst every user's call waits for those of all others.
    const double users = static_cast<double>(client.arrivals.users);
    const double cycle = toSeconds(client.arrivals.thinkTime.mean()) + users * toSeconds(service.serviceTime.mean());
    scenario.duration = longEnough(length.all(), users / std::max(cycle, 1e-6), service.serviceTime);
    client.stopAfter = length.all() + client.arrivals.users; // so that all are busy until the last one measured
    const double servers = service.workers < ServiceSpec::kUnlimitedWorkers ? static_cast<double>(service.workers) : 0;
    scenario.clients = {std::move(client)};
    scenario.services = {std::move(service)};
    const bool logWork = input.asksFor("wait");
    auto all = std::make_shared<LoopRun>(pooledReplications(length.replications, input.seed, [&](std::uint64_t seed) {
        const WorldRun run = runWorld(scenario, {.seed = seed, .logWork = logWork, .buckets = 4000});
        LoopRun one{measuredCalls(run.calls.front(), length), {}, {}};
        if (logWork)
            one.work = measuredWork(run.work.front(), one.calls.from, one.calls.to);
        one.averages = averagesOf(run.record, 0, one.calls.from, one.calls.to);
        return one;
    }));
    return [all, servers](const std::string &metric, const std::string &definition) -> Json {
        if (const auto value = averageOf(all->averages, servers, metric))
            return *value;
        if (const auto value = shareBeyond(all->calls, all->work, metric, definition))
            return *value;
        if (metric == "rejected_fraction")
            return all->calls.share(all->calls.rejected);
        return answerOf(all->calls, all->work, metric);
    };
}

} // namespace

std::span<const Family> closedLoopFamilies()
{
    static constexpr Family kRows[] = {
        {"closed loop", [](const Json &model) { return hasKeys(model, {"workload", "service", "servers"}); },
         &measureClosedLoop},
    };
    return kRows;
}

} // namespace halfopen::verify
