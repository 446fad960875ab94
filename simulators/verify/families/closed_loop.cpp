// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulators/verify/families/families.h"
#include "simulators/verify/law.h"
#include "simulators/verify/world.h"

#include <algorithm>
#include <utility>

namespace halfopen::verify {

namespace {

Answers answersOf(const std::shared_ptr<Measured> &measured, const std::shared_ptr<MeasuredWork> &work,
                  const TimeAverages &averages, double servers)
{
    return [=](const std::string &metric) -> Json {
        if (metric == "throughput_per_s")
            return averages.endedPerSecond;
        if (metric == "utilisation" || metric == "utilization")
            return averages.busy / servers;
        if (metric == "queue_length_mean")
            return averages.queued;
        if (metric == "rejected_fraction")
            return measured->share(measured->rejected);
        return answerOf(*measured, *work, metric);
    };
}

Answers measureClosedLoop(CaseInput &input)
{
    ModelReader &model = input.model;
    ModelReader workload = model.child("workload");
    workload.oneOf("kind", {"closed loop"});
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
    model.oneOf("discipline", {"fifo"}); // throughput and mean do not depend on it, percentiles do
    model.notes({"note"});
    if (service.workers < 1 || service.workers > ServiceSpec::kUnlimitedWorkers)
        model.refuse("servers", "is out of range");
    ClientSpec client = poissonClient(1, "server");
    client.arrivals.kind = ArrivalSpec::Kind::ClosedLoop;
    client.arrivals.users = workload.count(workload.has("clients") ? "clients" : "users");
    if (client.arrivals.users < 1 || client.arrivals.users > 1'000'000)
        workload.refuse("clients", "is out of range");
    if (workload.has("think_time")) {
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
    const double servers = static_cast<double>(service.workers);
    scenario.clients = {std::move(client)};
    scenario.services = {std::move(service)};
    const bool logWork = input.asksFor("wait");
    const auto one = [scenario, length, logWork, servers](std::uint64_t seed) -> Answers {
        WorldRun run = runWorld(scenario, {.seed = seed, .logWork = logWork, .buckets = 4000});
        auto measured = std::make_shared<Measured>(measuredCalls(run.calls.front(), length));
        auto work = std::make_shared<MeasuredWork>(
            logWork ? measuredWork(run.work.front(), measured->from, measured->to) : MeasuredWork{});
        return answersOf(measured, work, averagesOf(run.record, 0, 0, measured->from, measured->to), servers);
    };
    return meanOfReplications(length.replications, input.seed, one);
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
