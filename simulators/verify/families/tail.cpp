// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/policies/registry.h"
#include "simulators/verify/families/families.h"
#include "simulators/verify/families/join.h"
#include "simulators/verify/law.h"
#include "simulators/verify/threshold.h"
#include "simulators/verify/world.h"

#include <algorithm>
#include <memory>
#include <optional>
#include <utility>

namespace halfopen::verify {

namespace {

/// A user request that needs answers of independent backends without queues.
struct TailModel {
    Distribution leaf;
    std::int64_t fanOut = 1;
    std::int64_t needed = 1;  ///< answers
    std::int64_t inSeries = 1; ///< calls one after the other instead
    std::optional<Duration> hedgeDelay;
    std::int64_t hedges = 1;
    std::optional<Duration> threshold; ///< beyond which a request is slow, where no check says it
    RunLength length;
    std::uint64_t seed = 1;
};

struct TailRun {
    Measured calls;
    std::uint64_t requests = 0; ///< that were sent first, over all backends
    std::uint64_t copies = 0;   ///< of them
    void add(const TailRun &other)
    {
        calls.add(other.calls);
        requests += other.requests;
        copies += other.copies;
    }
};

/// The settings of the policy that sends copies.
PolicyStackSpec hedgeStack(const TailModel &tail)
{
    const PolicyType *type = findPolicyType("hedge");
    if (!type)
        throw NotUnderstood("'model.hedge' needs a policy that the lab does not have");
    PolicySpec layer{type, Settings(type->schema())};
    layer.settings.set(*type->schema().find("delay"), Value(*tail.hedgeDelay));
    layer.settings.set(*type->schema().find("max_hedges"), Value(tail.hedges));
    return {"hedged", {std::move(layer)}};
}

/// Requests do not meet, so their rate is free: one that keeps few under way is the fastest to run. A law with a heavy tail has a mean
/// (or none) that says little of that.
double freeRate(const TailModel &tail)
{
    const double typical = std::min(toSeconds(tail.leaf.mean()), 10 * toSeconds(tail.leaf.quantile(0.5)));
    return 0.3 / std::max(1e-6, typical * static_cast<double>(tail.inSeries));
}

/// One world gives both the latency and the number of copies. A copy belongs to its request and not to the join: where a quorum ends the
/// user's wait, the other requests are not taken back. Each of them is made by a branch of its own that goes on without its caller.
TailRun runTail(const TailModel &tail, bool isHedged, std::uint64_t seed)
{
    Scenario scenario;
    scenario.name = "tail";
    ServiceSpec leaf = unlimitedService("leaf");
    leaf.serviceTime = tail.leaf;
    leaf.keepsWorkingForDepartedCallers = false; // nothing waits there, so it makes no difference but in time
    scenario.services = {leaf};
    if (isHedged)
        scenario.stacks = {hedgeStack(tail)};
    std::string callee = "leaf";
    std::string stack = isHedged ? "hedged" : "";
    if (isHedged && tail.needed < tail.fanOut) {
        ServiceSpec branch = caller("branch", {{callee, stack}});
        branch.keepsWorkingForDepartedCallers = true;
        scenario.services.push_back(std::move(branch));
        callee = "branch";
        stack.clear();
    }
    if (tail.fanOut > 1 || tail.inSeries > 1) {
        ServiceSpec user = caller("user", std::vector(static_cast<std::size_t>(tail.inSeries), CallSpec{callee, stack, tail.fanOut}));
        if (tail.fanOut > 1) {
            user.callOrder = ServiceSpec::CallOrder::Parallel;
            user.joinCount = tail.needed;
        }
        scenario.services.push_back(std::move(user));
        callee = "user";
        stack.clear();
    }
    const double rate = freeRate(tail);
    ClientSpec client = poissonClient(rate, callee, stack);
    client.arrivals.kind = ArrivalSpec::Kind::Constant;
    client.stopAfter = tail.length.all();
    scenario.clients = {std::move(client)};
    scenario.duration = longEnough(tail.length.all(), rate, tail.leaf);
    const WorldRun run = runWorld(std::move(scenario), {.seed = seed});
    TailRun result;
    result.calls = measuredCalls(run.calls.front(), tail.length);
    for (std::size_t e = 0; e < run.record.edges.size(); ++e) {
        if (run.record.edges[e].to != "leaf")
            continue;
        result.requests += run.record.edgeTotals[e].offered;
        result.copies += run.record.edgeTotals[e].attempts - run.record.edgeTotals[e].offered;
    }
    return result;
}

TailModel readTail(CaseInput &input)
{
    ModelReader &model = input.model;
    TailModel tail;
    tail.seed = input.seed;
    if (model.has("chain_length")) {
        tail.inSeries = model.count("chain_length");
        ModelReader law = model.child("call_latency");
        tail.leaf = readLaw(law);
    } else {
        tail.fanOut = model.count("fan_out");
        tail.needed = tail.fanOut;
        ModelReader law = model.child("leaf_latency");
        tail.leaf = readLaw(law);
        tail.needed = readJoin(model, tail.fanOut);
    }
    if (tail.fanOut < 1 || tail.fanOut > 10'000)
        model.refuse("fan_out", "is out of range, expected 1 to 10000");
    if (tail.inSeries < 1 || tail.inSeries > 100)
        model.refuse("chain_length", "is out of range, expected 1 to 100");
    if (model.has("hedge")) {
        ModelReader hedge = model.child("hedge");
        tail.hedgeDelay = hedge.duration("delay_s");
        tail.hedges = hedge.countOr("max_extra_copies", 1);
        if (hedge.has("copy_latency") && !hedge.text("copy_latency").starts_with("independent draw"))
            hedge.refuse("copy_latency", "is no independent draw");
        if (hedge.has("result") && !hedge.text("result").starts_with("first reply wins"))
            hedge.refuse("result", "is not that the first reply wins");
        if (tail.hedges < 1 || tail.hedges > 10)
            hedge.refuse("max_extra_copies", "is out of range, expected 1 to 10");
    }
    const std::string note = model.isText("note") ? model.text("note") : "";
    const auto says = [&](const char *words) { return note.find(words) != std::string::npos; };
    if (says("queue") && !says("no queue") && !says("without queue")) // free text, which may not say the opposite
        model.refuse("note", "speaks of queues, which these backends do not have");
    for (const char *key : {"requests", "user_requests"})
        if (model.has("user_requests") && input.run.has(key) && model.count("user_requests") != input.run.count(key))
            model.refuse("user_requests", "differs from 'run." + std::string(key) + "'");
    tail.length = readRunLength(input);
    return tail;
}

/// Takes "unhedged.", "_without_hedge" and their like off \a metric: what is left is asked of the world with or without copies.
bool takeHedging(std::string &metric, bool fallback)
{
    constexpr std::pair<std::string_view, bool> kParts[] = {
        {"unhedged.", false},      {"hedged.", true},      {"without_hedge.", false}, {"with_hedge.", true},
        {"_without_hedging", false}, {"_with_hedging", true}, {"_without_hedge", false}, {"_with_hedge", true},
        {"unhedged_", false},      {"hedged_", true},      {"_unhedged", false},      {"_hedged", true},
    };
    for (const auto &[part, isHedged] : kParts)
        if (const std::size_t at = metric.find(part); at != std::string::npos) {
            metric.erase(at, part.size());
            return isHedged;
        }
    return fallback;
}

/// True for the metrics that are a share of slow requests; \a name is without what takeHedging() takes.
bool isShareOfSlow(std::string_view name)
{
    return name == "slow_fraction" || name == "slow_probability" || name == "probability_slow"
        || ((name.find("above") != std::string_view::npos || thresholdIn(name)) && !name.ends_with("_pct") && !name.ends_with("_percent"));
}

/// The same, also in per cent.
bool isShareOrPerCentOfSlow(std::string_view name)
{
    for (const std::string_view end : {"_pct", "_percent"})
        if (name.ends_with(end)) {
            const std::string stem(name.substr(0, name.size() - end.size()));
            return isShareOfSlow(stem) || isShareOfSlow(stem + "_fraction");
        }
    return isShareOfSlow(name);
}

/// "Same" in a definition means the threshold of another share of the case. Nothing if they say different ones.
std::optional<Duration> commonThreshold(const std::vector<std::pair<std::string, std::string>> &definitions)
{
    std::optional<Duration> common;
    for (const auto &[metric, words] : definitions) {
        std::string name = metric;
        takeHedging(name, false);
        const auto found = isShareOrPerCentOfSlow(name) ? thresholdIn(words) : std::nullopt;
        if (found && common && *found != *common)
            return std::nullopt;
        common = found ? found : common;
    }
    return common;
}

/// Measures each of the two worlds when the first metric asks for it.
Answers answersOf(const TailModel &tail)
{
    struct Runs {
        std::optional<TailRun> plain, hedged;
    };
    return [tail, runs = std::make_shared<Runs>()](const std::string &metric, const std::string &definition) -> Json {
        const auto get = [&](bool isHedged) -> const TailRun & {
            std::optional<TailRun> &run = isHedged ? runs->hedged : runs->plain;
            if (!run)
                run = pooledReplications(tail.length.replications, tail.seed,
                                         [&](std::uint64_t seed) { return runTail(tail, isHedged, seed); });
            return *run;
        };
        const bool canHedge = tail.hedgeDelay.has_value();
        if (metric == "extra_requests_fraction" && canHedge)
            return static_cast<double>(get(true).copies) / static_cast<double>(get(true).requests);
        std::string name = metric;
        const bool isHedged = takeHedging(name, canHedge);
        if (isHedged && !canHedge)
            throw NotUnderstood("'" + metric + "' asks for copies, and the model has no 'hedge'");
        if (isShareOfSlow(name)) {
            std::optional<Duration> threshold = thresholdIn(metric);
            if (!threshold)
                threshold = thresholdIn(definition);
            if (!threshold)
                threshold = tail.threshold;
            if (!threshold)
                throw NotUnderstood("'" + metric + "' does not say how long is slow: neither does its definition, nor 'slow_threshold_s'");
            return get(isHedged).calls.completed.shareAbove(threshold->count());
        }
        if (name.starts_with("latency_"))
            if (const auto value = get(isHedged).calls.completed.statistic(std::string_view(name).substr(8)))
                return *value;
        throw NotUnderstood("unknown metric '" + metric + "'");
    };
}

/// Of two latencies the greater one is slow, whatever lies between.
std::optional<Duration> betweenTwoPoints(const ModelReader &model)
{
    const auto law = findKey(model.json(), "leaf_latency");
    if (!law || !model.json().at(law->key).is_object())
        return std::nullopt;
    ModelReader leaf(model.json().at(law->key), "leaf");
    if (!leaf.has("fast_s") || !leaf.has("slow_s"))
        return std::nullopt;
    return (leaf.duration("fast_s") + leaf.duration("slow_s")) / 2;
}

Answers measureTail(CaseInput &input)
{
    TailModel tail = readTail(input);
    tail.threshold = commonThreshold(input.definitions);
    if (!tail.threshold)
        tail.threshold = betweenTwoPoints(input.model);
    for (const char *key : {"slow_threshold_s", "threshold_s"})
        if (input.model.has(key))
            tail.threshold = input.model.duration(key);
    input.finish();
    return answersOf(tail);
}

} // namespace

std::span<const Family> tailFamilies()
{
    static constexpr Family kRows[] = {
        {"fan-out", [](const Json &model) { return hasKeys(model, {"fan_out", "leaf_latency"}); }, &measureTail},
        {"calls in series", [](const Json &model) { return hasKeys(model, {"chain_length", "call_latency"}); },
         &measureTail},
    };
    return kRows;
}

} // namespace halfopen::verify
