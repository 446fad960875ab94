// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/policies/registry.h"
#include "core/policies/retry.h"
#include "simulators/verify/families/families.h"
#include "simulators/verify/law.h"
#include "simulators/verify/world.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace halfopen::verify {

namespace {

constexpr std::int64_t kManyAttempts = 1000; // stands for no limit: at any sensible chance of failure it is never met

/// One pool of workers behind one queue, with everything that the cases vary about it.
struct QueueModel {
    Scenario scenario;
    std::vector<std::string> classes; ///< of the clients, in order of priority; one nameless one as a rule
    double ratePerSecond = 0;
    double servers = 1;
};

void readDiscipline(ModelReader &model, ServiceSpec &service)
{
    const std::string given = model.textOr("discipline", "fifo");
    if (given == "fifo")
        service.discipline = ServiceSpec::Discipline::Fifo;
    else if (given == "lifo" || given == "lifo (non-preemptive)")
        service.discipline = ServiceSpec::Discipline::Lifo;
    else if (given == "random" || given == "random (non-preemptive)")
        service.discipline = ServiceSpec::Discipline::Random;
    else if (given == "non-preemptive priority, FIFO inside a class")
        service.discipline = ServiceSpec::Discipline::Fifo; // the clients' priorities do the rest
    else
        model.refuse("discipline", "is \"" + given + "\", a discipline that is not known");
}

/// { "max_attempts": 3, "backoff_s": 0, ... } as a stack named "retries".
PolicyStackSpec readRetry(ModelReader retry)
{
    RetryConfig config;
    config.jitter = Jitter::None;
    if (retry.isNull("max_attempts"))
        retry.notes({"max_attempts"});
    config.maxAttempts = retry.isNull("max_attempts") ? kManyAttempts : retry.count("max_attempts");
    if (config.maxAttempts < 1 || config.maxAttempts > 100'000)
        retry.refuse("max_attempts", "is out of range");
    config.initialDelay = config.maxDelay = retry.duration("backoff_s");
    config.backoffMultiplier = 1;
    retry.oneOf("joins", {"tail of the queue"});
    if (retry.has("new_service_time") && !retry.flag("new_service_time"))
        retry.refuse("new_service_time", "is false: the lab draws a new time for every attempt");
    return stackOf<RetryConfig>("retries", *findPolicyType("retry"), [&](RetryConfig &c) { c = config; });
}

void readClients(ModelReader &model, QueueModel &queue)
{
    const std::string stack = queue.scenario.stacks.empty() ? "" : queue.scenario.stacks.front().name;
    const auto add = [&](ModelReader arrivals, const std::string &name) {
        ClientSpec client = readArrivals(arrivals, "server", stack);
        if (!name.empty())
            client.name = name;
        client.calls.front().priority = static_cast<std::int64_t>(queue.classes.size());
        queue.ratePerSecond += client.arrivals.points.front().perSecond;
        queue.classes.push_back(name);
        queue.scenario.clients.push_back(std::move(client));
    };
    if (!model.isList("arrivals"))
        return add(model.child("arrivals"), "");
    if (model.textOr("discipline", "").find("priority") == std::string::npos)
        model.refuse("arrivals", "has several classes, but the discipline gives them no priority");
    for (ModelReader &one : model.list("arrivals")) {
        const std::string name = one.text(one.has("cls") ? "cls" : "class");
        add(one, name);
    }
    if (queue.classes.empty() || queue.classes.size() > 8)
        model.refuse("arrivals", "must have 1 to 8 classes");
}

QueueModel readQueueModel(ModelReader &model)
{
    QueueModel queue;
    ServiceSpec service;
    service.name = "server";
    ModelReader law = model.child("service");
    service.serviceTime = readLaw(law);
    service.workers = model.count("servers");
    queue.servers = static_cast<double>(service.workers);
    service.queue = readQueueCapacity(model);
    if (model.has("total_capacity") && model.count("total_capacity") != service.workers + service.queue)
        model.refuse("total_capacity", "is not servers plus queue_capacity");
    model.oneOf("when_full", {"reject immediately"});
    readDiscipline(model, service);
    service.queueTimeout = model.maybeDuration("queue_timeout_s");
    model.oneOf("meaning", {"a request still waiting after queue_timeout_s is dropped and uses no service; once started "
                            "it runs to the end"});
    if (model.has("failure")) {
        ModelReader failure = model.child("failure");
        service.errorRate = failure.number("probability");
        failure.oneOf("decided", {"independently at the completion of each attempt"});
        if (service.errorRate < 0 || service.errorRate > 1)
            failure.refuse("probability", "is out of range");
    }
    if (service.workers < 1 || service.workers > ServiceSpec::kUnlimitedWorkers)
        model.refuse("servers", "is out of range");
    if (model.has("retry"))
        queue.scenario.stacks.push_back(readRetry(model.child("retry")));
    model.notes({"note"});
    queue.scenario.name = "queue";
    queue.scenario.services.push_back(std::move(service));
    readClients(model, queue);
    return queue;
}

/// What one run gave.
struct QueueRun {
    Measured calls;
    MeasuredWork work;
    std::vector<MeasuredWork> workOfClass;
    TimeAverages averages;
};

QueueRun runQueue(QueueModel queue, const RunLength &length, std::uint64_t seed, bool logWork)
{
    const ServiceSpec &service = queue.scenario.services.front();
    queue.scenario.duration = longEnough(length.all(), queue.ratePerSecond, service.serviceTime);
    for (ClientSpec &client : queue.scenario.clients) {
        const double share = client.arrivals.points.front().perSecond / queue.ratePerSecond;
        // With several classes a few calls more, so that none ends before the measurement does.
        const double spare = queue.classes.size() == 1 ? 0 : 100 + 0.02 * static_cast<double>(length.all());
        client.stopAfter = std::llround(static_cast<double>(length.all()) * share + spare);
    }
    WorldRun run = runWorld(std::move(queue.scenario), {.seed = seed, .logWork = logWork, .buckets = 2000});
    CallLog all = std::move(run.calls.front());
    for (std::size_t e = 1; e < run.calls.size(); ++e)
        all.insert(all.end(), run.calls[e].begin(), run.calls[e].end());
    if (run.calls.size() > 1)
        std::stable_sort(all.begin(), all.end(),
                         [](const LoggedCall &a, const LoggedCall &b) { return a.startNs < b.startNs; });
    QueueRun result;
    result.calls = measuredCalls(all, length);
    result.work = measuredWork(run.work.front(), result.calls.from, result.calls.to);
    for (std::size_t c = 0; queue.classes.size() > 1 && c < queue.classes.size(); ++c)
        result.workOfClass.push_back(measuredWork(run.work.front(), result.calls.from, result.calls.to,
                                                  static_cast<std::uint16_t>(c)));
    result.averages = averagesOf(run.record, 0, 0, result.calls.from, result.calls.to);
    return result;
}

/// "wait_mean_high_s" with the class "high" is "wait_mean_s" of that class.
std::optional<std::size_t> takeClass(std::string &metric, const std::vector<std::string> &classes)
{
    for (std::size_t c = 0; c < classes.size(); ++c) {
        const std::string part = "_" + classes[c] + "_";
        const std::size_t at = classes[c].empty() ? std::string::npos : metric.find(part);
        if (at == std::string::npos)
            continue;
        metric.erase(at, part.size() - 1);
        return c;
    }
    return std::nullopt;
}

std::optional<double> workMetric(MeasuredWork &work, const std::string &metric)
{
    if (metric == "wait_probability")
        return work.all == 0 ? 0 : static_cast<double>(work.waited) / static_cast<double>(work.all);
    if (metric.starts_with("wait_"))
        return work.wait.statistic(metric.substr(5));
    if (metric.starts_with("attempt_latency_"))
        return work.attemptLatency.statistic(metric.substr(16));
    return std::nullopt;
}

std::optional<double> valueOf(QueueRun &run, std::string metric, const QueueModel &queue)
{
    if (const auto c = takeClass(metric, queue.classes))
        return workMetric(run.workOfClass[*c], metric);
    if (const std::size_t served = metric.find("_served_"); served != std::string::npos)
        metric.erase(served, 7);
    Measured &calls = run.calls;
    const auto n = static_cast<double>(calls.calls);
    if (metric == "rejected_fraction" || metric == "timed_out_fraction" || metric == "dropped_fraction")
        return static_cast<double>(calls.rejected) / n;
    if (metric == "success_fraction")
        return static_cast<double>(calls.good.count()) / n;
    if (metric == "attempts_per_request")
        return static_cast<double>(calls.attempts) / n;
    if (metric == "carried_concurrency")
        return run.averages.busy;
    if (metric == "utilisation" || metric == "utilization")
        return run.averages.busy / queue.servers;
    if (metric == "queue_length_mean")
        return run.averages.queued;
    if (metric == "throughput_per_s")
        return run.averages.endedPerSecond;
    for (const std::string_view prefix : {"latency_", "request_latency_"})
        if (metric.starts_with(prefix))
            return calls.completed.statistic(metric.substr(prefix.size()));
    if (metric.starts_with("success_latency_"))
        return calls.good.statistic(metric.substr(16));
    return workMetric(run.work, metric);
}

Answers measureQueue(CaseInput &input)
{
    const QueueModel queue = readQueueModel(input.model);
    const RunLength length = readRunLength(input);
    input.finish();
    auto runs = std::make_shared<std::vector<QueueRun>>();
    const bool logWork = input.asksFor("wait") || input.asksFor("attempt_latency");
    for (std::int64_t r = 0; r < length.replications; ++r)
        runs->push_back(runQueue(queue, length, input.seed + static_cast<std::uint64_t>(r), logWork));
    return [runs, queue](const std::string &metric) -> Json {
        double sum = 0;
        for (QueueRun &run : *runs) {
            const std::optional<double> value = valueOf(run, metric, queue);
            if (!value)
                throw NotUnderstood("unknown metric '" + metric + "'");
            sum += *value;
        }
        return sum / static_cast<double>(runs->size());
    };
}

bool fitsQueue(const Json &model)
{
    return hasKeys(model, {"arrivals", "service", "servers"}) && !model["arrivals"].is_string();
}

} // namespace

std::span<const Family> queueingFamilies()
{
    static constexpr Family kRows[] = {
        {"queue", &fitsQueue, &measureQueue},
    };
    return kRows;
}

} // namespace halfopen::verify
