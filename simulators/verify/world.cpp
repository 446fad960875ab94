// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulators/verify/world.h"

#include "core/verify/unit_name.h"
#include "simulators/verify/run_bounds.h"
#include "simulators/verify/threshold.h"

#include <algorithm>
#include <string_view>
#include <utility>

namespace halfopen::verify {

ServiceSpec unlimitedService(const std::string &name)
{
    ServiceSpec service;
    service.name = name;
    service.workers = ServiceSpec::kUnlimitedWorkers;
    service.queue = 0;
    service.serviceTime = Distribution();
    service.serviceTimeText = "0s";
    return service;
}

ClientSpec poissonClient(double perSecond, const std::string &service, const std::string &stack)
{
    ClientSpec client;
    client.name = "client";
    client.arrivals.points = {{Duration(0), perSecond}};
    client.calls = {{service, stack}};
    return client;
}

ClientSpec readArrivals(ModelReader &json, const std::string &service, const std::string &stack)
{
    const bool isConstant = json.oneOf("process", {"poisson", "constant", "constant interval", "constant rate", "deterministic",
                                                   "uniform interval"})
        != "poisson";
    if (!json.has("process"))
        json.refuse("process", "is missing, expected poisson or constant interval");
    std::string_view interval;
    for (const std::string_view name : {"interval_s", "mean_interval_s", "interarrival_s", "mean_interarrival_s", "interarrival_mean_s"})
        interval = interval.empty() && json.has(name) ? name : interval;
    const double rate = interval.empty() ? json.number("rate_per_s") : 1 / json.number(interval);
    if (!(rate > 0 && rate <= 1e7))
        json.refuse(interval.empty() ? "rate_per_s" : interval, "is out of range, expected a rate of up to 1e7/s");
    ClientSpec client = poissonClient(rate, service, stack);
    if (isConstant) {
        client.arrivals.kind = ArrivalSpec::Kind::Constant;
        if (json.isText("first_at_s"))
            json.oneOf("first_at_s", {"1/rate"}); // what a constant client does by itself
        else if (json.has("first_at_s"))
            client.arrivals.startsAt = json.duration("first_at_s");
    }
    if (json.has("count"))
        client.stopAfter = json.count("count");
    return client;
}

Duration longEnough(std::int64_t calls, double perSecond, const Distribution &law)
{
    const double seconds = toSeconds(timeOfCalls(static_cast<double>(calls), perSecond));
    // A law without a mean has no end that is worth waiting for.
    return secondsToDuration(std::min(kMostSeconds, 1.5 * seconds + 50 * toSeconds(law.quantile(1 - 1e-9)) + 1));
}

ServiceSpec caller(const std::string &name, std::vector<CallSpec> calls)
{
    ServiceSpec service = unlimitedService(name);
    service.calls = std::move(calls);
    service.keepsWorkingForDepartedCallers = false;
    return service;
}

std::int64_t readQueueCapacity(ModelReader &json, std::int64_t fallback)
{
    if (!json.has("queue_capacity"))
        return fallback;
    if (json.isText("queue_capacity") || json.isNull("queue_capacity")) {
        json.notes({"queue_capacity"});
        if (!json.isNull("queue_capacity"))
            json.oneOf("queue_capacity", {"unbounded", "infinite", "unlimited", "infinity", "inf"});
        return ServiceSpec::kUnlimitedQueue;
    }
    const std::int64_t places = json.count("queue_capacity");
    if (places < 0 || places > ServiceSpec::kUnlimitedQueue)
        json.refuse("queue_capacity", "is out of range");
    return places;
}

void readOrder(ModelReader &json, ServiceSpec &service)
{
    const std::string given = json.oneOf(
        "discipline", {"fifo", "fcfs", "fifo (non-preemptive)", "first come first served", "first come, first served", "lifo", "lcfs",
                       "lifo (non-preemptive)", "lcfs (non-preemptive)", "last come first served", "random", "siro", "random order",
                       "random (non-preemptive)", "random order (non-preemptive)", "service in random order"});
    if (given.starts_with('l'))
        service.discipline = ServiceSpec::Discipline::Lifo;
    else if (given.starts_with('r') || given.starts_with('s'))
        service.discipline = ServiceSpec::Discipline::Random;
}

/// True for "warmup_seconds" and "measured_s": a time, which is no count.
static bool isTime(std::string_view key)
{
    return splitTime(key).has_value();
}

RunLength readRunLength(CaseInput &input)
{
    ModelReader &run = input.run;
    RunLength length;
    bool found = false;
    bool warms = false;
    // "measured_completions", "measured_arrivals", ...: what is counted is the same, whatever it is called.
    for (const auto &[key, unused] : run.json().items()) {
        const bool isMeasured = key.starts_with("measured_");
        if (isTime(key) || !(isMeasured || key.starts_with("warmup_")))
            continue;
        if (std::exchange(isMeasured ? found : warms, true))
            run.refuse(key, "is a second length");
        (isMeasured ? length.measured : length.warmup) = run.count(key);
    }
    for (const std::string_view key : {"requests", "user_requests"})
        if (!found && run.has(key)) {
            length.measured = run.count(key);
            found = true;
        }
    if (!found)
        throw NotUnderstood("'run' says no length: expected measured_completions, measured_arrivals or requests");
    length.replications = input.replications();
    length.measured = input.shortened(length.measured);
    length.warmup = length.warmup > 0 ? input.shortened(length.warmup) : 0;
    if (length.measured < 1 || length.warmup < 0)
        throw NotUnderstood("'run' asks for a length that is out of range");
    needRunnable((static_cast<double>(length.measured) + static_cast<double>(length.warmup)) * static_cast<double>(length.replications));
    return length;
}

template <typename Entry> static void sortBy(std::vector<Entry> &log, std::int64_t Entry::*time)
{
    const auto before = [time](const Entry &a, const Entry &b) { return a.*time < b.*time; };
    if (!std::is_sorted(log.begin(), log.end(), before))
        std::stable_sort(log.begin(), log.end(), before);
}

/// True when every client has begun its last call and none is under way: what is left of the duration is empty.
static bool isOver(const Scenario &scenario, const RunRecord &record)
{
    if (record.callsInFlight > 0)
        return false;
    for (std::size_t c = 0; c < scenario.clients.size(); ++c) {
        std::uint64_t begun = 0;
        for (std::size_t e = 0; e < record.edges.size(); ++e)
            begun += record.edges[e].client == c ? record.edgeTotals[e].offered : 0;
        const auto &last = scenario.clients[c].stopAfter;
        if (!last || begun < static_cast<std::uint64_t>(*last))
            return false;
    }
    return true;
}

/// Runs in steps that double, as far as there is something to run: the duration is made for the longest call that may come, and under a
/// law with a heavy tail that is years.
static RunRecord runAsFarAsNeeded(Simulation &sim, const Scenario &scenario)
{
    for (Duration step = std::chrono::seconds(1); sim.now() + step < sim.endTime(); step *= 2) {
        sim.runUntil(sim.now() + step);
        if (sim.finished())
            break;
        if (RunRecord record = sim.snapshot(); isOver(scenario, record))
            return record;
    }
    sim.runToEnd();
    RunRecord record = sim.snapshot();
    if (record.end != RunEnd::Finished)
        throw NotUnderstood("the run met a limit: " + record.endMessage);
    return record;
}

WorldRun runWorld(Scenario scenario, const WorldOptions &options)
{
    RunOptions run;
    run.seed = options.seed;
    run.sampleCalls = false;
    run.logCalls = true;
    run.logWork = options.logWork;
    run.bucketsTarget = options.buckets;
    needRunnable(scenario, scenario.duration, kMostLoggedCalls);
    const auto shared = std::make_shared<const Scenario>(std::move(scenario));
    Simulation sim(shared, run);
    WorldRun result;
    result.record = runAsFarAsNeeded(sim, *shared);
    for (std::size_t e = 0; e < result.record.edges.size(); ++e) {
        result.calls.push_back(sim.takeCallLog(e));
        sortBy(result.calls.back(), &LoggedCall::startNs);
    }
    for (std::size_t i = 0; i < result.record.services.size(); ++i) {
        result.work.push_back(sim.takeWorkLog(i));
        sortBy(result.work.back(), &LoggedWork::arrivedNs);
    }
    return result;
}

Measured measuredCalls(const CallLog &log, const RunLength &length)
{
    if (static_cast<std::int64_t>(log.size()) < length.all())
        throw NotUnderstood("only " + std::to_string(log.size()) + " of " + std::to_string(length.all())
                            + " calls ended within the run");
    Measured m;
    const auto first = log.begin() + length.warmup;
    const auto last = first + length.measured;
    m.from = Instant::fromNs(first->startNs);
    m.to = Instant::fromNs((last - 1)->startNs);
    m.good.reserve(static_cast<std::size_t>(length.measured));
    m.completed.reserve(static_cast<std::size_t>(length.measured));
    for (auto call = first; call != last; ++call) {
        ++m.calls;
        ++m.ended[static_cast<std::size_t>(call->outcome)];
        m.attempts += call->attempts;
        if (isGood(call->outcome))
            m.good.add(call->latencyNs);
        if (call->outcome == OutcomeKind::Rejected)
            ++m.rejected;
        else
            m.completed.add(call->latencyNs);
    }
    return m;
}

MeasuredWork measuredWork(const WorkLog &log, Instant from, Instant to, std::optional<std::uint16_t> edge)
{
    const auto before = [](const LoggedWork &work, std::int64_t ns) { return work.arrivedNs < ns; };
    const auto first = std::lower_bound(log.begin(), log.end(), from.ns(), before);
    const auto last = std::lower_bound(log.begin(), log.end(), to.ns() + 1, before);
    MeasuredWork m;
    m.wait.reserve(static_cast<std::size_t>(last - first));
    for (auto work = first; work != last; ++work) {
        if (edge && work->edge != *edge)
            continue;
        ++m.all;
        m.waited += work->waitNs > 0 ? 1 : 0;
        if (work->dropped) {
            ++m.dropped;
            continue;
        }
        m.wait.add(work->waitNs);
        m.attemptLatency.add(work->waitNs + work->workNs);
    }
    return m;
}

std::optional<double> shareBeyond(const Measured &calls, const MeasuredWork &work, const std::string &metric, const std::string &definition)
{
    const bool isOfWait = metric.find("wait") != std::string::npos;
    const bool isShare = metric.ends_with("_fraction") || metric.ends_with("_probability") || metric.starts_with("fraction_")
        || metric.starts_with("probability_");
    const auto ofName = thresholdIn(metric);
    const auto limit = ofName ? ofName : thresholdIn(definition);
    const bool isBeyond = ofName || metric.starts_with("slow_") || metric.starts_with("wait_above")
        || metric.starts_with("wait_exceed") || metric.starts_with("latency_above") || metric.starts_with("latency_exceed");
    if (!isShare || !isBeyond || !limit)
        return std::nullopt;
    return (isOfWait ? work.wait : calls.completed).shareAbove(limit->count());
}

double answerOf(const Measured &measured, const MeasuredWork &work, const std::string &metric)
{
    if (metric == "wait_probability" && work.all > 0)
        return static_cast<double>(work.waited) / static_cast<double>(work.all);
    if (metric.starts_with("wait_"))
        if (const auto value = work.wait.statistic(metric.substr(5)))
            return *value;
    if (metric.starts_with("latency_"))
        if (const auto value = measured.completed.statistic(metric.substr(8)))
            return *value;
    throw NotUnderstood("unknown metric '" + metric + "'");
}

void Measured::add(const Measured &other)
{
    good.merge(other.good);
    completed.merge(other.completed);
    calls += other.calls;
    rejected += other.rejected;
    attempts += other.attempts;
    for (std::size_t kind = 0; kind < ended.size(); ++kind)
        ended[kind] += other.ended[kind];
}

void MeasuredWork::add(const MeasuredWork &other)
{
    wait.merge(other.wait);
    attemptLatency.merge(other.attemptLatency);
    waited += other.waited;
    dropped += other.dropped;
    all += other.all;
}

void TimeAverages::add(const TimeAverages &other)
{
    const double both = seconds + other.seconds;
    const auto mix = [&](double &mine, double theirs) {
        mine = both > 0 ? (mine * seconds + theirs * other.seconds) / both : 0;
    };
    mix(busy, other.busy);
    mix(queued, other.queued);
    mix(completedPerSecond, other.completedPerSecond);
    mix(goodPerSecond, other.goodPerSecond);
    mix(rejectedPerSecond, other.rejectedPerSecond);
    seconds = both;
}

TimeAverages averagesOf(const RunRecord &record, std::size_t service, Instant from, Instant to)
{
    TimeAverages averages;
    double busy = 0;
    double queued = 0;
    double completed = 0;
    double good = 0;
    double rejected = 0;
    constexpr auto kRejected = static_cast<std::size_t>(OutcomeKind::Rejected);
    for (std::size_t b = 0; b < record.bucketCount(); ++b) {
        const TimeBucket &bucket = record.bucket(b);
        if (bucket.from < from || bucket.from + bucket.width > to)
            continue;
        averages.seconds += toSeconds(bucket.width);
        busy += static_cast<double>(bucket.services[service].busyNs) * 1e-9;
        queued += static_cast<double>(bucket.services[service].queuedNs) * 1e-9;
        for (std::size_t e = 0; e < bucket.edges.size() && record.edges[e].client; ++e)
            for (std::size_t kind = 0; kind < kOutcomeKinds; ++kind) {
                const auto calls = static_cast<double>(bucket.edges[e].ended[kind]);
                (kind == kRejected ? rejected : completed) += calls;
                good += isGood(static_cast<OutcomeKind>(kind)) ? calls : 0;
            }
    }
    if (averages.seconds > 0) {
        averages.busy = busy / averages.seconds;
        averages.queued = queued / averages.seconds;
        averages.completedPerSecond = completed / averages.seconds;
        averages.goodPerSecond = good / averages.seconds;
        averages.rejectedPerSecond = rejected / averages.seconds;
    }
    return averages;
}

std::optional<double> averageOf(const TimeAverages &averages, double servers, std::string_view metric)
{
    std::optional<double> value;
    if (metric == "throughput_per_s")
        value = averages.completedPerSecond;
    else if (metric == "goodput_per_s")
        value = averages.goodPerSecond;
    else if (metric == "rejected_rate_per_s")
        value = averages.rejectedPerSecond;
    else if (metric == "carried_concurrency")
        value = averages.busy;
    else if (metric == "queue_length_mean")
        value = averages.queued;
    else if (metric == "concurrency_mean")
        value = averages.busy + averages.queued;
    else if (metric == "utilisation" && servers > 0)
        value = averages.busy / servers;
    if (value && averages.seconds <= 0)
        throw NotUnderstood("'" + std::string(metric) + "': no bucket of time lies within the measurement, so short a part of the run is it");
    return value;
}

} // namespace halfopen::verify
