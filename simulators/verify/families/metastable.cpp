// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/policies/retry.h"
#include "core/policies/timeout.h"
#include "simulators/faults/latency.h"
#include "simulators/faults/lost_rejections.h"
#include "simulators/faults/outage.h"
#include "simulators/verify/families/families.h"
#include "simulators/verify/families/policy_parts.h"
#include "simulators/verify/law.h"
#include "simulators/verify/policy_world.h"
#include "simulators/verify/run_bounds.h"
#include "simulators/verify/sentence.h"
#include "simulators/verify/world.h"

#include <algorithm>
#include <cmath>
#include <compare>
#include <functional>
#include <map>
#include <optional>
#include <string_view>

namespace halfopen::verify {

namespace {

// ---- a retry storm that outlives its trigger ----

struct StormModel {
    ArrivalSpec arrivals;
    double rate = 0;
    RetryConfig retry;
    Duration timeout{};
    std::optional<RetryBudgetLayerConfig> budget;
    ServiceSpec server;
    bool losesRejections = false; ///< a full queue drops in silence
    Duration triggerFrom{};
    std::optional<Duration> triggerLength; ///< none = what is searched for
    Duration runLength{};
    Duration windowFrom{};
    Duration windowTo{};
};

/// What counts as recovered and as collapsed, from the checks' definitions.
struct Meaning {
    double recoveredShare = 0.95; ///< of the offered load, second by second ...
    std::size_t recoveredSeconds = 5; ///< ... for so long
    double collapsedBelow = 0.5; ///< of the offered load, in the window
    auto operator<=>(const Meaning &) const = default;
};

/// The number of \a said that stands at \a part of its words; empty if that is not there.
std::optional<double> numberAt(const Sentence &said, std::string_view part)
{
    const std::size_t at = said.words.find(part);
    if (at == std::string::npos)
        return std::nullopt;
    const std::size_t hash = said.words.find('#', at);
    const auto end = said.words.begin() + static_cast<std::ptrdiff_t>(hash);
    return said.numbers[static_cast<std::size_t>(std::count(said.words.begin(), end, '#'))];
}

/// ">= 95% of offered for 5 s", "below half of offered", "below 10% of offered". What it does not say stays as in \a known.
Meaning meaningOf(const std::string &metric, const std::string &definition, Meaning known)
{
    const Sentence said(definition);
    const bool isRecovery = metric.starts_with("recover");
    if (!isRecovery && !metric.starts_with("collapsed") && !metric.starts_with("critical"))
        return known;
    if (const auto percent = numberAt(said, "#% of offered"))
        (isRecovery ? known.recoveredShare : known.collapsedBelow) = *percent / 100;
    if (const auto seconds = numberAt(said, "for # s"); seconds && isRecovery && *seconds >= 1 && *seconds <= 1e6)
        known.recoveredSeconds = static_cast<std::size_t>(*seconds);
    return known;
}

void readArrivals(ModelReader arrivals, StormModel &storm)
{
    storm.rate = rateOf(arrivals, "rate_per_s");
    const bool regular = arrivals.oneOf("process", {"constant interval", "constant", "poisson"}) != "poisson";
    storm.arrivals = regular ? constantRate(storm.rate) : poisson(storm.rate);
    if (!arrivals.has("first_at_s"))
        return;
    if (arrivals.isNumber("first_at_s") && regular)
        storm.arrivals.startsAt = arrivals.duration("first_at_s");
    else
        sentence(arrivals, "first_at_s", {"#/rate"}); // one interval after the start: how both kinds begin
}

void readClient(ModelReader client, StormModel &storm)
{
    storm.timeout = client.duration("timeout_s");
    if (client.has("timeout_measured_from"))
        client.oneOf("timeout_measured_from", {"send of the attempt"});
    storm.retry.maxAttempts = countOf(client, "max_attempts", 1000);
    storm.retry.initialDelay = storm.retry.maxDelay = client.maybeDuration("backoff_s").value_or(Duration(0));
    storm.retry.backoffMultiplier = 1;
    storm.retry.jitter = Jitter::None;
    client.oneOf("late_response", {"ignored"});
    storm.server.keepsWorkingForDepartedCallers = !client.has("cancel_on_timeout") || !client.flag("cancel_on_timeout");
    if (client.has("retry_budget")) {
        ModelReader budget = client.child("retry_budget");
        storm.budget = tokenBucketBudget(budget, "deposit_per_request", "cost", "capacity");
    }
}

void readServer(ModelReader server, StormModel &storm)
{
    storm.server.name = "database";
    storm.server.workers = countOf(server, "workers", ServiceSpec::kUnlimitedWorkers);
    ModelReader service = server.child("service");
    storm.server.serviceTime = readLaw(service);
    storm.server.serviceTimeText = storm.server.serviceTime.describe();
    if (server.has("capacity_per_s")) { // follows from the rest
        const double capacity = static_cast<double>(storm.server.workers) / toSeconds(storm.server.serviceTime.mean());
        if (std::abs(server.number("capacity_per_s") / capacity - 1) > 0.01)
            server.refuse("capacity_per_s", "is not the workers over the mean service time");
    }
    std::vector<double> places;
    storm.server.queue = ServiceSpec::kUnlimitedQueue;
    switch (whichSentence(server, "queue",
                          {"unbounded fifo", "unbounded lifo",
                           "fifo, at most # waiting, extra attempts rejected silently (client sees its timeout)",
                           "lifo, at most # waiting, extra attempts rejected silently (client sees its timeout)"},
                          &places)) {
    case 1:
        storm.server.discipline = ServiceSpec::Discipline::Lifo;
        break;
    case 3:
        storm.server.discipline = ServiceSpec::Discipline::Lifo;
        [[fallthrough]];
    case 2:
        storm.server.queue = static_cast<std::int64_t>(places.front());
        storm.losesRejections = true;
        break;
    default:
        break;
    }
    storm.server.queueTimeout = server.maybeDuration("queue_timeout_s");
    if (server.has("executes_abandoned_requests"))
        storm.server.keepsWorkingForDepartedCallers = server.flag("executes_abandoned_requests");
}

StormModel readStorm(ModelReader &model)
{
    StormModel storm;
    readArrivals(model.child("arrivals"), storm);
    readClient(model.child("client"), storm);
    readServer(model.child("server"), storm);
    ModelReader trigger = model.child("trigger");
    trigger.oneOf("kind", {"network outage client->server"});
    sentence(trigger, "effect",
             {"attempts sent in [start,start+duration) are delivered at start+duration in send order; responses are "
              "not affected"});
    storm.triggerFrom = trigger.duration("start_s");
    if (trigger.isText("duration_s"))
        trigger.oneOf("duration_s", {"search variable"});
    else
        storm.triggerLength = trigger.duration("duration_s");
    storm.runLength = model.duration("run_s");
    const std::vector<double> window = model.numbers("measure_window_s");
    if (window.size() != 2 || window[1] <= window[0])
        model.refuse("measure_window_s", "is not a beginning and an end");
    storm.windowFrom = secondsToDuration(window[0]);
    storm.windowTo = secondsToDuration(window[1]);
    return storm;
}

struct StormResult {
    double goodput = 0;                   ///< per second, in the window
    double arrivals = 0;                  ///< attempts per second that reach the server, in the window
    std::optional<double> recoveredAfter; ///< s from the end of the trigger
};

StormResult runStorm(const StormModel &storm, const Meaning &meaning, Duration triggerLength, std::uint64_t seed)
{
    PolicyWorld world("retry-storm", seed);
    world.service(storm.server);
    world.layer<RetryConfig>("impatient", "retry") = storm.retry;
    if (storm.budget)
        world.layer<RetryBudgetLayerConfig>("impatient", "retry_budget") = *storm.budget;
    world.layer<TimeoutConfig>("impatient", "timeout").after = storm.timeout;
    world.client("users", storm.arrivals, "database", "impatient");
    if (triggerLength > Duration(0))
        world.fault<OutageFaultConfig>("outage", "database", storm.triggerFrom, triggerLength).mode =
            OutageFaultConfig::Mode::Hold;
    if (storm.losesRejections)
        world.fault<LostRejectionsFaultConfig>("lost_rejections", "database", Duration(0), storm.runLength);
    const RunRecord record = runWithBuckets(world, storm.runLength, std::chrono::seconds(1));

    StormResult result;
    std::vector<double> perSecond;
    for (std::size_t b = 0; b < record.bucketCount(); ++b) {
        const TimeBucket &bucket = record.bucket(b);
        const auto good = static_cast<double>(goodOf(bucket.edges[0].ended));
        if (bucket.width == std::chrono::seconds(1))
            perSecond.push_back(good);
        if (bucket.from < Instant(storm.windowFrom) || bucket.from >= Instant(storm.windowTo))
            continue;
        result.goodput += good;
        result.arrivals += static_cast<double>(bucket.edges[0].attempts);
    }
    const double seconds = toSeconds(storm.windowTo - storm.windowFrom);
    result.goodput /= seconds;
    result.arrivals /= seconds;
    const double end = toSeconds(storm.triggerFrom + triggerLength);
    std::size_t inARow = 0;
    for (auto s = static_cast<std::size_t>(end); s < perSecond.size() && !result.recoveredAfter; ++s) {
        inARow = perSecond[s] >= meaning.recoveredShare * storm.rate ? inARow + 1 : 0;
        if (inARow == meaning.recoveredSeconds)
            result.recoveredAfter = std::max(0.0, static_cast<double>(s + 1 - meaning.recoveredSeconds) - end);
    }
    return result;
}

bool collapsed(const StormModel &storm, const Meaning &meaning, const StormResult &result)
{
    return result.goodput < storm.rate * meaning.collapsedBelow;
}

/// The shortest trigger that the system does not recover from, by halving; s. Nothing if even a long one does no harm.
std::optional<double> criticalTrigger(const StormModel &storm, const Meaning &meaning, std::uint64_t seed)
{
    using namespace std::chrono_literals;
    const auto collapses = [&](Duration length) { return collapsed(storm, meaning, runStorm(storm, meaning, length, seed)); };
    Duration harmless{};
    Duration harmful = 10s;
    while (!collapses(harmful)) {
        harmless = harmful;
        harmful *= 2;
        if (storm.triggerFrom + harmful > storm.windowFrom)
            return std::nullopt;
    }
    while (harmful - harmless > 1ms) {
        const Duration middle = harmless + (harmful - harmless) / 2;
        (collapses(middle) ? harmful : harmless) = middle;
    }
    return toSeconds(harmful);
}

std::map<std::string, Json> stormMeasures(const StormModel &storm, const Meaning &meaning, std::int64_t replications, std::uint64_t seed)
{
    if (!storm.triggerLength) {
        const std::optional<double> length = criticalTrigger(storm, meaning, seed);
        return length ? std::map<std::string, Json>{{"critical_outage_s", *length}} : std::map<std::string, Json>{};
    }
    StormResult mean;
    double collapsedRuns = 0;
    std::int64_t recoveredRuns = 0;
    double recoveryTime = 0;
    for (std::int64_t i = 0; i < replications; ++i) {
        const StormResult one = runStorm(storm, meaning, *storm.triggerLength, seed + static_cast<std::uint64_t>(i));
        mean.goodput += one.goodput;
        mean.arrivals += one.arrivals;
        collapsedRuns += collapsed(storm, meaning, one) ? 1 : 0;
        recoveredRuns += one.recoveredAfter ? 1 : 0;
        recoveryTime += one.recoveredAfter.value_or(0);
    }
    const auto n = static_cast<double>(replications);
    std::map<std::string, Json> measures{{"goodput_per_s", mean.goodput / n},
                                         {"goodput_fraction", mean.goodput / n / storm.rate},
                                         {"db_arrivals_per_s", mean.arrivals / n},
                                         {"collapsed_runs_fraction", collapsedRuns / n},
                                         {"recovered", recoveredRuns == replications}};
    if (recoveredRuns > 0)
        measures["recovery_time_s"] = recoveryTime / static_cast<double>(recoveredRuns);
    return measures;
}

Answers measureStorm(CaseInput &input)
{
    ModelReader &model = input.model;
    ModelReader &run = input.run;
    const StormModel storm = readStorm(model);
    Meaning common; // of those that say nothing themselves
    for (const auto &[metric, definition] : input.definitions)
        common = meaningOf(metric, definition, common);
    const std::int64_t replications = input.replications();
    needRunnable(storm.rate * toSeconds(storm.runLength) * static_cast<double>(replications));
    run.notes({"deterministic"});
    if (run.has("search"))
        run.oneOf("search", {"bisection on duration"});
    input.finish();

    using Measures = std::map<std::string, Json>;
    const auto runs = std::make_shared<std::map<Meaning, Measures>>(); // as a rule all checks mean the same
    runs->emplace(common, stormMeasures(storm, common, replications, input.seed));
    return [storm, common, replications, seed = input.seed, runs](const std::string &metric, const std::string &definition) -> Json {
        const Meaning meaning = meaningOf(metric, definition, common);
        if (!runs->contains(meaning))
            runs->emplace(meaning, stormMeasures(storm, meaning, replications, seed));
        return tableOf(runs->at(meaning))(metric, definition);
    };
}

// ---- a look-aside cache hides how little the database can do ----

Answers measureCache(CaseInput &input)
{
    ModelReader &model = input.model;
    ModelReader &run = input.run;
    const double users = model.number("app_qps");
    const double hits = model.number("hit_rate");
    const double capacity = model.number("db_capacity_per_s");
    run.notes({"deterministic"});
    if (!(hits >= 0 && hits < 1))
        model.refuse("hit_rate", "is not in 0 to 1");
    input.finish();
    const double misses = users * (1 - hits);
    return tableOf({{"db_load_with_cache_per_s", misses},
                    {"db_load_without_cache_per_s", users},
                    {"amplification", users / misses},
                    {"hidden_capacity_per_s", capacity},
                    {"advertised_capacity_per_s", capacity / (1 - hits)}});
}

// ---- a server that slows down under load ----

struct CollapseModel {
    double baseRate = 0;
    double spikeRate = 0;
    Duration spikeFrom{};
    Duration spikeTo{};
    bool hasSpike = true;
    Duration work{};
    Duration perRequest{};
    Duration networkMean{};
    std::optional<Duration> timeout;
    RetryConfig retry;
    Duration runLength{};
    double collapsedBelow = 0; ///< share of the starts
    double judgedFrom = 0;     ///< whole seconds, both included
    double judgedTo = 0;
};

CollapseModel readCollapse(ModelReader &model)
{
    CollapseModel world;
    sentence(model, "arrivals", {"poisson; one-shot clients"});
    const std::vector<double> server =
        sentence(model, "server",
                 {"no queue, unlimited concurrency; service time fixed at arrival = # s + # s x (requests "
                  "in the server including this one)"});
    world.work = workTime(server[0]);
    world.perRequest = secondsToDuration(server[1]);
    world.networkMean = workTime(sentence(model, "network", {"each direction exponential mean # s"})[0]);
    ModelReader client = model.child("client");
    world.timeout = client.duration("timeout_s");
    world.retry.maxAttempts = countOf(client, "attempts", 1000);
    const std::vector<double> wait =
        sentence(model, "jitter_variant",
                 {"before retry k wait u(#, #*#^k) s, k=#,# (the # s timeout counts from the delayed send)"});
    const std::vector<double> spike = sentence(
        model, "spike",
        {"rate doubles from #/s to #/s during [#,#] s", "rate triples from #/s to #/s during [#,#] s",
         "rate quadruples from #/s to #/s during [#,#] s", "rate rises from #/s to #/s during [#,#] s",
         "rate jumps from #/s to #/s during [#,#] s", "rate increases from #/s to #/s during [#,#] s"});
    world.spikeRate = spike[1];
    world.spikeFrom = secondsToDuration(spike[2]);
    world.spikeTo = secondsToDuration(spike[3]);
    if (model.has("trigger")) {
        const std::vector<double> trigger = sentence(model, "trigger", {"#/s during [#,#] s"});
        world.spikeRate = trigger[0];
        world.spikeFrom = secondsToDuration(trigger[1]);
        world.spikeTo = secondsToDuration(trigger[2]);
    }
    world.baseRate = model.numberOr("base_rate_per_s", 0);
    world.spikeRate = model.numberOr("spike_rate_per_s", world.spikeRate);
    world.runLength = model.duration("run_s");
    const std::vector<double> means = sentence(model, "collapsed_means", {"successes < #% of starts in seconds #..#"});
    world.collapsedBelow = means[0] / 100;
    world.judgedFrom = means[1];
    world.judgedTo = means[2];
    world.retry.jitter = Jitter::None;
    world.retry.initialDelay = world.retry.maxDelay = Duration(0);
    switch (whichSentence(model, "variant",
                          {"no backoff", "backoff and jitter", "no timeouts, no retries, no spike, constant #/s"})) {
    case 1:
        world.retry.jitter = Jitter::Full;
        world.retry.initialDelay = secondsToDuration(wait[1] * wait[2]); // k counts from 1
        world.retry.backoffMultiplier = wait[2];
        world.retry.maxDelay = std::chrono::hours(24);
        break;
    case 2:
        world.timeout.reset();
        world.retry.maxAttempts = 1;
        world.hasSpike = false;
        break;
    default:
        break;
    }
    return world;
}

/// users -> there [network] -> server, back [network]: a request that nobody waits for any more goes all the way.
void buildCollapse(PolicyWorld &world, const CollapseModel &model, double baseRate)
{
    ArrivalSpec arrivals = poisson(baseRate);
    if (model.hasSpike) {
        arrivals.points.push_back({model.spikeFrom, model.spikeRate});
        arrivals.points.push_back({model.spikeTo, baseRate});
    }
    world.service("there", Distribution::exponential(model.networkMean)).calls = {{"server", ""}, {"back", ""}};
    world.service("server", Distribution::constant(model.work));
    world.fault<LatencyFaultConfig>("latency", "server", Duration(0), std::chrono::hours(1000)).perRequest =
        model.perRequest;
    world.service("back", Distribution::exponential(model.networkMean));
    world.client("users", arrivals, "there", "patience");
    world.layer<RetryConfig>("patience", "retry") = model.retry;
    if (model.timeout)
        world.layer<TimeoutConfig>("patience", "timeout").after = *model.timeout;
}

double collapsedShare(const CollapseModel &model, double baseRate, std::int64_t replications, std::uint64_t seed)
{
    std::int64_t collapsedRuns = 0;
    for (std::int64_t i = 0; i < replications; ++i) {
        PolicyWorld world("collapse", seed + static_cast<std::uint64_t>(i));
        buildCollapse(world, model, baseRate);
        const RunRecord record = runWithBuckets(world, model.runLength, std::chrono::seconds(1));
        double starts = 0;
        double successes = 0;
        for (std::size_t b = 0; b < record.bucketCount(); ++b) {
            const TimeBucket &bucket = record.bucket(b);
            if (bucket.from.seconds() < model.judgedFrom - 0.5 || bucket.from.seconds() > model.judgedTo + 0.5)
                continue;
            starts += static_cast<double>(bucket.edges[0].offered);
            successes += static_cast<double>(goodOf(bucket.edges[0].ended));
        }
        collapsedRuns += successes < model.collapsedBelow * starts ? 1 : 0;
    }
    return static_cast<double>(collapsedRuns) / static_cast<double>(replications);
}

Answers measureCollapse(CaseInput &input)
{
    ModelReader &model = input.model;
    const CollapseModel collapse = readCollapse(model);
    const bool steady = !collapse.timeout;
    const std::int64_t replications = input.replications();
    const RunLength length = steady ? readRunLength(input) : RunLength{};
    const auto completions = static_cast<double>(length.measured * length.replications);
    const auto warmUp = static_cast<double>(length.warmup);
    if (steady && !(collapse.baseRate > 0))
        model.refuse("base_rate_per_s", "is not above 0");
    if (!steady)
        needRunnable(collapse.baseRate * toSeconds(collapse.runLength) * static_cast<double>(replications));
    input.finish();

    if (steady) {
        PolicyWorld world("collapse", input.seed);
        buildCollapse(world, collapse, collapse.baseRate);
        const PolicyRun result(world, timeOfCalls(warmUp, collapse.baseRate),
                               timeOfCalls(warmUp + completions, collapse.baseRate));
        return tableOf({{"server_time_mean_s", result.meanWorkSeconds(1)}, {"requests_in_server_mean", result.meanWorking(1)}});
    }
    std::map<std::string, Json> measures;
    constexpr std::string_view kAt = "collapsed_runs_fraction@";
    for (const std::string &metric : input.metrics) {
        const double rate =
            metric.starts_with(kAt) ? std::strtod(metric.c_str() + kAt.size(), nullptr) : collapse.baseRate;
        if (rate > 0 && metric.starts_with("collapsed_runs_fraction"))
            measures[metric] = collapsedShare(collapse, rate, replications, input.seed);
    }
    return tableOf(std::move(measures));
}

} // namespace

std::span<const Family> metastableFamilies()
{
    static constexpr Family kRows[] = {
        {"retry storm",
         [](const Json &model) {
             return hasKeys(model, {"trigger", "measure_window_s"});
         },
         &measureStorm},
        {"hidden capacity",
         [](const Json &model) {
             return hasKeys(model, {"app_qps", "hit_rate"});
         },
         &measureCache},
        {"collapse", [](const Json &model) { return model.contains("collapsed_means"); }, &measureCollapse},
    };
    return kRows;
}

} // namespace halfopen::verify
