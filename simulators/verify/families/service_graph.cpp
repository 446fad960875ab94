// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulators/verify/families/families.h"
#include "simulators/verify/families/join.h"
#include "simulators/verify/law.h"
#include "simulators/verify/world.h"

#include <algorithm>
#include <memory>
#include <string_view>
#include <utility>

namespace halfopen::verify {

namespace {

/// { "service": "exponential", "mean_s": 0.05, "servers": 1, "queue_capacity": ... }
ServiceSpec readStation(ModelReader &json, const std::string &name, std::int64_t queueCapacity)
{
    ServiceSpec service;
    service.name = name;
    if (json.isObject("service")) {
        ModelReader law = json.child("service");
        service.serviceTime = readLaw(law);
    } else {
        service.serviceTime = readLaw(json, "service");
    }
    service.serviceTimeText = service.serviceTime.describe();
    service.workers = json.count("servers");
    readOrder(json, service);
    if (service.workers < 1 || service.workers > ServiceSpec::kUnlimitedWorkers)
        json.refuse("servers", "is out of range");
    service.queue = readQueueCapacity(json, queueCapacity);
    return service;
}

Answers latencyOf(Scenario scenario, const RunLength &length, std::uint64_t seed)
{
    double rate = scenario.clients.front().arrivals.points.front().perSecond;
    Duration duration{};
    for (const ServiceSpec &service : scenario.services)
        duration = std::max(duration, longEnough(length.all(), rate, service.serviceTime));
    scenario.duration = duration;
    scenario.clients.front().stopAfter = length.all();
    struct Run {
        Measured calls;
        TimeAverages averages;
        void add(const Run &other) { calls.add(other.calls), averages.add(other.averages); }
    };
    auto run = std::make_shared<Run>(pooledReplications(length.replications, seed, [&](std::uint64_t one) {
        const WorldRun world = runWorld(scenario, {.seed = one, .buckets = 2000});
        Run result{measuredCalls(world.calls.front(), length), {}};
        result.averages = averagesOf(world.record, 0, result.calls.from, result.calls.to);
        return result;
    }));
    return [run](const std::string &metric) -> Json {
        const Measured *all = &run->calls;
        if (metric == "throughput_per_s" || metric == "goodput_per_s") // the other averages are of one of the services
            return *averageOf(run->averages, 0, metric);
        if (metric.starts_with("latency_"))
            if (const auto value = all->completed.statistic(std::string_view(metric).substr(8)))
                return *value;
        if (metric == "rejected_fraction" || metric == "failed_fraction")
            return 1 - all->share(all->good.count());
        if (metric == "success_fraction")
            return all->share(all->good.count());
        throw NotUnderstood("unknown metric '" + metric + "'");
    };
}

/// A request visits the stations one after the other and holds none while it is at another: calls of a service without
/// work and without limits, made one by one.
Answers measureChain(CaseInput &input)
{
    ModelReader &model = input.model;
    model.oneOf("discipline", {"fifo"});
    model.oneOf("meaning", {"request visits the services one after the other; a service is released before the next is "
                            "entered (store-and-forward, no worker held while waiting downstream)"});
    Scenario scenario;
    scenario.name = "chain";
    const std::int64_t queue = readQueueCapacity(model);
    std::vector<CallSpec> calls;
    for (ModelReader &station : model.list("chain")) {
        const std::string name = "station-" + std::to_string(calls.size() + 1);
        scenario.services.push_back(readStation(station, name, queue));
        calls.push_back({name, ""});
    }
    if (calls.empty() || calls.size() > 100)
        model.refuse("chain", "must have 1 to 100 services");
    scenario.services.push_back(caller("route", std::move(calls)));
    ModelReader arrivals = model.child("arrivals");
    scenario.clients = {readArrivals(arrivals, "route")};
    const RunLength length = readRunLength(input);
    input.finish();
    return latencyOf(std::move(scenario), length, input.seed);
}

/// Every request goes to as many stations as there are branches, at once.
Answers measureForkJoin(CaseInput &input)
{
    ModelReader &model = input.model;
    const std::int64_t branches = model.count("fan_out");
    if (branches < 1 || branches > 1000)
        model.refuse("fan_out", "is out of range, expected 1 to 1000");
    model.oneOf("discipline", {"fifo"});
    ModelReader branch = model.child("each_branch");
    Scenario scenario;
    scenario.name = "fork-join";
    std::vector<CallSpec> calls;
    const ServiceSpec station = readStation(branch, "station", readQueueCapacity(model));
    for (std::int64_t b = 1; b <= branches; ++b) {
        scenario.services.push_back(station);
        scenario.services.back().name = "station-" + std::to_string(b);
        calls.push_back({scenario.services.back().name, ""});
    }
    ServiceSpec fork = caller("fork", std::move(calls));
    fork.callOrder = ServiceSpec::CallOrder::Parallel;
    fork.joinCount = readJoin(model, branches);
    scenario.services.push_back(std::move(fork));
    ModelReader arrivals = model.child("arrivals");
    scenario.clients = {readArrivals(arrivals, "fork")};
    const RunLength length = readRunLength(input);
    input.finish();
    return latencyOf(std::move(scenario), length, input.seed);
}

} // namespace

std::span<const Family> serviceGraphFamilies()
{
    static constexpr Family kRows[] = {
        {"chain of queues",
         [](const Json &model) { return hasKeys(model, {"arrivals"}) && model.contains("chain") && model["chain"].is_array(); },
         &measureChain},
        {"fork-join of queues", [](const Json &model) { return hasKeys(model, {"arrivals", "fan_out", "each_branch"}); },
         &measureForkJoin},
    };
    return kRows;
}

} // namespace halfopen::verify
