// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/policies/registry.h"
#include "core/policies/retry.h"
#include "simulators/verify/families/families.h"
#include "simulators/verify/law.h"
#include "simulators/verify/sentence.h"
#include "simulators/verify/world.h"

#include <algorithm>
#include <cmath>
#include <memory>
#include <utility>

namespace halfopen::verify {

namespace {

constexpr std::int64_t kManyAttempts = 1000; // stands for no limit: at any sensible chance of failure it is never met

/// One pool of workers behind one queue, with everything that the cases vary about it.
struct QueueModel {
    Scenario scenario;
    std::vector<std::string> classes; ///< of the clients, in order of priority; one nameless one as a rule
    double ratePerSecond = 0;
    double servers = 1; ///< 0 = without limit
    bool byPriority = false;  ///< the first class goes first
    bool limitsWait = false;  ///< a queue timeout
};

void readDiscipline(ModelReader &model, QueueModel &queue, ServiceSpec &service)
{
    if (!model.has("discipline"))
        return;
    if (Sentence(model.text("discipline")).words.starts_with("non-preemptive priority")) {
        // The clients' priorities do it.
        whichSentence(model, "discipline", {"non-preemptive priority", "non-preemptive priority, fcfs within a class",
                                            "non-preemptive priority, fifo inside a class",
                                            "non-preemptive priority, fifo within a class",
                                            "non-preemptive priority (fifo inside a class)"});
        queue.byPriority = true;
        return;
    }
    readOrder(model, service);
}

/// { "max_attempts": 3, "backoff_s": 0, ... } as a stack named "retries".
PolicyStackSpec readRetry(ModelReader retry)
{
    RetryConfig config;
    config.jitter = Jitter::None;
    const bool isUnlimited = retry.isNull("max_attempts") || retry.isText("max_attempts");
    retry.notes({"max_attempts"});
    if (retry.isText("max_attempts"))
        retry.oneOf("max_attempts", {"unlimited", "unbounded", "infinite"});
    config.maxAttempts = isUnlimited ? kManyAttempts : retry.count("max_attempts");
    if (config.maxAttempts < 1 || config.maxAttempts > 100'000)
        retry.refuse("max_attempts", "is out of range");
    config.initialDelay = config.maxDelay = retry.maybeDuration("backoff_s").value_or(Duration(0));
    config.backoffMultiplier = 1;
    retry.oneOf("joins", {"tail of the queue"});
    if (retry.has("new_service_time") && !retry.flag("new_service_time"))
        retry.refuse("new_service_time", "is false: the lab draws a new time for every attempt");
    return stackOf<RetryConfig>("retries", *findPolicyType("retry"), [&](RetryConfig &c) { c = config; });
}

/// The place of a class that is named by it.
std::optional<int> rankOf(std::string_view name)
{
    constexpr std::string_view kRanks[] = {"highest", "high", "medium", "low", "lowest"};
    for (int rank = 0; rank < 5; ++rank)
        if (name == kRanks[rank])
            return rank;
    return std::nullopt;
}

void readClients(ModelReader &model, QueueModel &queue)
{
    const std::string stack = queue.scenario.stacks.empty() ? "" : queue.scenario.stacks.front().name;
    const auto add = [&](ModelReader arrivals, const std::string &name) {
        if (std::find(queue.classes.begin(), queue.classes.end(), name) != queue.classes.end())
            arrivals.refuse(arrivals.has("cls") ? "cls" : "class", "is the name of another class, too"); // who would draw the same
        ClientSpec client = readArrivals(arrivals, "server", stack);
        if (!name.empty())
            client.name = name;
        if (queue.byPriority)
            client.calls.front().priority = static_cast<std::int64_t>(queue.classes.size());
        if (arrivals.has("service")) { // a class with work of its own
            ModelReader law = arrivals.child("service");
            EndpointSpec work{name, 1, readLaw(law), "", queue.scenario.services.front().errorRate};
            work.serviceTimeText = work.serviceTime.describe();
            queue.scenario.services.front().endpoints.push_back(work);
            client.calls.front().endpoint = name;
        } else if (!model.has("service")) {
            arrivals.refuse("service", "is missing: neither the class nor the model has one");
        }
        queue.ratePerSecond += client.arrivals.points.front().perSecond;
        queue.classes.push_back(name);
        queue.scenario.clients.push_back(std::move(client));
    };
    if (!model.isList("arrivals"))
        return add(model.child("arrivals"), "");
    std::vector<std::pair<std::string, ModelReader>> classes;
    for (ModelReader &one : model.list("arrivals"))
        classes.emplace_back(one.text(one.has("cls") ? "cls" : "class"), one);
    // The first goes first, unless all names say their rank themselves.
    const auto hasRank = [](const auto &one) { return rankOf(one.first).has_value(); };
    if (queue.byPriority && std::all_of(classes.begin(), classes.end(), hasRank))
        std::stable_sort(classes.begin(), classes.end(),
                         [](const auto &a, const auto &b) { return *rankOf(a.first) < *rankOf(b.first); });
    for (const auto &[name, reader] : classes)
        add(reader, name);
    if (queue.classes.empty() || queue.classes.size() > 8)
        model.refuse("arrivals", "must have 1 to 8 classes");
}

QueueModel readQueueModel(ModelReader &model)
{
    QueueModel queue;
    ServiceSpec service;
    service.name = "server";
    if (model.has("service")) { // else each class has its own
        ModelReader law = model.child("service");
        service.serviceTime = readLaw(law);
        service.serviceTimeText = service.serviceTime.describe();
    }
    service.workers = ServiceSpec::kUnlimitedWorkers;
    if (model.isText("servers"))
        model.oneOf("servers", {"unlimited", "infinite", "unbounded"});
    else
        service.workers = model.count("servers");
    queue.servers = service.workers < ServiceSpec::kUnlimitedWorkers ? static_cast<double>(service.workers) : 0;
    service.queue = readQueueCapacity(model);
    if (model.isNumber("total_capacity") && !model.has("queue_capacity"))
        service.queue = std::max<std::int64_t>(0, model.count("total_capacity") - service.workers);
    if (model.has("total_capacity") && model.count("total_capacity") != service.workers + service.queue)
        model.refuse("total_capacity", "is not servers plus queue_capacity");
    model.oneOf("when_full", {"reject immediately", "reject"});
    readDiscipline(model, queue, service);
    service.queueTimeout = model.maybeDuration("queue_timeout_s");
    queue.limitsWait = service.queueTimeout.has_value();
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
    std::vector<Measured> callsOfClass;
    TimeAverages averages;
    void add(const QueueRun &other)
    {
        calls.add(other.calls);
        work.add(other.work);
        averages.add(other.averages);
        for (std::size_t c = 0; c < callsOfClass.size(); ++c) {
            callsOfClass[c].add(other.callsOfClass[c]);
            workOfClass[c].add(other.workOfClass[c]);
        }
    }
};

/// As measuredCalls(), of the calls that begin in [\a from, \a to]; nothing if there are none.
Measured callsBetween(const CallLog &log, Instant from, Instant to)
{
    RunLength length;
    for (const LoggedCall &call : log) {
        length.warmup += call.startNs < from.ns() ? 1 : 0;
        length.measured += call.startNs >= from.ns() && call.startNs <= to.ns() ? 1 : 0;
    }
    return length.measured == 0 ? Measured{} : measuredCalls(log, length);
}

QueueRun runQueue(QueueModel queue, const RunLength &length, std::uint64_t seed, bool logWork)
{
    const ServiceSpec &service = queue.scenario.services.front();
    queue.scenario.duration = longEnough(length.all(), queue.ratePerSecond, service.serviceTime);
    for (const EndpointSpec &work : service.endpoints)
        queue.scenario.duration =
            std::max(queue.scenario.duration, longEnough(length.all(), queue.ratePerSecond, work.serviceTime));
    for (ClientSpec &client : queue.scenario.clients) {
        const double share = client.arrivals.points.front().perSecond / queue.ratePerSecond;
        // With several classes a few calls more, so that none ends before the measurement does.
        const double spare = queue.classes.size() == 1 ? 0 : 100 + 0.02 * static_cast<double>(length.all());
        client.stopAfter = std::llround(static_cast<double>(length.all()) * share + spare);
    }
    WorldRun run = runWorld(std::move(queue.scenario), {.seed = seed, .logWork = logWork, .buckets = 2000});
    const CallLog firstClass = run.calls.size() > 1 ? run.calls.front() : CallLog{};
    CallLog all = std::move(run.calls.front());
    for (std::size_t e = 1; e < run.calls.size(); ++e)
        all.insert(all.end(), run.calls[e].begin(), run.calls[e].end());
    if (run.calls.size() > 1)
        std::stable_sort(all.begin(), all.end(),
                         [](const LoggedCall &a, const LoggedCall &b) { return a.startNs < b.startNs; });
    QueueRun result;
    result.calls = measuredCalls(all, length);
    for (std::size_t c = 0; queue.classes.size() > 1 && c < queue.classes.size(); ++c)
        result.callsOfClass.push_back(callsBetween(c == 0 ? firstClass : run.calls[c], result.calls.from, result.calls.to));
    result.work = measuredWork(run.work.front(), result.calls.from, result.calls.to);
    for (std::size_t c = 0; queue.classes.size() > 1 && c < queue.classes.size(); ++c)
        result.workOfClass.push_back(measuredWork(run.work.front(), result.calls.from, result.calls.to,
                                                  static_cast<std::uint16_t>(c)));
    result.averages = averagesOf(run.record, 0, result.calls.from, result.calls.to);
    return result;
}

/// "wait_mean_high_s" and "high.wait_mean_s" with the class "high" are "wait_mean_s" of that class.
std::optional<std::size_t> takeClass(std::string &metric, const std::vector<std::string> &classes)
{
    for (std::size_t c = 0; c < classes.size(); ++c) {
        if (!classes[c].empty() && metric.starts_with(classes[c] + ".")) {
            metric.erase(0, classes[c].size() + 1);
            return c;
        }
        const std::string part = "_" + classes[c] + "_";
        const std::size_t at = classes[c].empty() ? std::string::npos : metric.find(part);
        if (at == std::string::npos)
            continue;
        metric.erase(at, part.size() - 1);
        return c;
    }
    for (std::size_t c = 0; c < classes.size(); ++c)
        if (!classes[c].empty() && metric.ends_with("_" + classes[c])) {
            metric.erase(metric.size() - classes[c].size() - 1);
            return c;
        }
    return std::nullopt;
}

std::optional<double> workMetric(const MeasuredWork &work, const std::string &metric)
{
    if (metric == "wait_probability")
        return work.all == 0 ? 0 : static_cast<double>(work.waited) / static_cast<double>(work.all);
    if (metric.starts_with("wait_"))
        return work.wait.statistic(metric.substr(5));
    if (metric.starts_with("attempt_latency_"))
        return work.attemptLatency.statistic(metric.substr(16));
    return std::nullopt;
}

std::optional<double> callMetric(const Measured &calls, const std::string &metric)
{
    if (metric == "rejected_fraction" || metric == "timed_out_fraction" || metric == "dropped_fraction")
        return calls.share(calls.rejected);
    if (metric == "served_fraction")
        return calls.share(calls.completed.count());
    if (metric == "success_fraction")
        return calls.share(calls.good.count());
    if (metric == "attempts_per_request")
        return calls.share(calls.attempts);
    for (const std::string_view prefix : {"latency_", "request_latency_"})
        if (metric.starts_with(prefix))
            return calls.completed.statistic(metric.substr(prefix.size()));
    if (metric.starts_with("success_latency_"))
        return calls.good.statistic(metric.substr(16));
    return std::nullopt;
}

std::optional<double> valueOf(const QueueRun &run, std::string metric, const std::string &definition, const QueueModel &queue)
{
    const auto c = takeClass(metric, queue.classes);
    const bool isPart = c && queue.classes.size() > 1; // else it is all there is
    const Measured &calls = isPart ? run.callsOfClass[*c] : run.calls;
    const MeasuredWork &work = isPart ? run.workOfClass[*c] : run.work;
    for (const std::string_view who : {"_served", "_accepted", "served_", "accepted_"}) // waits and latencies are of those anyway
        if (const std::size_t at = metric.find(who); at != std::string::npos && !metric.ends_with("_fraction"))
            metric.erase(at, who.size());
    // Where a request may be turned away for two reasons they are told apart.
    const bool isBounded = queue.scenario.services.front().queue < ServiceSpec::kUnlimitedQueue;
    if (queue.limitsWait && isBounded) {
        const double dropped = calls.share(work.dropped);
        if (metric == "timed_out_fraction" || metric == "dropped_fraction")
            return dropped;
        if (metric == "rejected_fraction")
            return calls.share(calls.rejected) - dropped;
        if (metric == "rejected_rate_per_s") // the averages know of both together only
            return std::nullopt;
    }
    if (const auto value = shareBeyond(calls, work, metric, definition))
        return value;
    if (const auto value = callMetric(calls, metric))
        return value;
    if (const auto value = isPart ? std::nullopt : averageOf(run.averages, queue.servers, metric)) // known of all together only
        return value;
    return workMetric(work, metric);
}

Answers measureQueue(CaseInput &input)
{
    const QueueModel queue = readQueueModel(input.model);
    const RunLength length = readRunLength(input);
    input.finish();
    const bool logWork = input.asksFor("wait") || input.asksFor("attempt_latency") || queue.limitsWait;
    auto all = std::make_shared<QueueRun>(pooledReplications(
        length.replications, input.seed, [&](std::uint64_t seed) { return runQueue(queue, length, seed, logWork); }));
    return [all, queue](const std::string &metric, const std::string &definition) -> Json {
        if (const std::optional<double> value = valueOf(*all, metric, definition, queue))
            return *value;
        throw NotUnderstood("unknown metric '" + metric + "'");
    };
}

bool fitsQueue(const Json &model)
{
    return hasKeys(model, {"arrivals", "servers"}) && model.contains("arrivals") && !model["arrivals"].is_string()
        && (model.contains("service") || model["arrivals"].is_array());
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
