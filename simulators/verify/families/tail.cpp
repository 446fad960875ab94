// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/policies/registry.h"
#include "simulators/verify/families/families.h"
#include "simulators/verify/families/join.h"
#include "simulators/verify/law.h"
#include "simulators/verify/world.h"

#include <algorithm>
#include <charconv>
#include <map>
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
    RunLength length;
    std::uint64_t seed = 1;
};

struct TailRun {
    Measured calls;
    double extraShare = 0; ///< copies per first request
};

/// "slower than 50 ms", "taking more than 1 s": a time in words.
std::optional<Duration> thresholdIn(const std::string &words)
{
    for (const std::string_view phrase : {"slower than ", "more than ", "longer than ", "above ", "over ", "exceeding "}) {
        const std::size_t at = words.find(phrase);
        if (at == std::string::npos)
            continue;
        const char *begin = words.data() + at + phrase.size();
        double number = 0;
        const auto [end, error] = std::from_chars(begin, words.data() + words.size(), number);
        const std::string_view rest(end, static_cast<std::size_t>(words.data() + words.size() - end));
        if (error != std::errc())
            continue;
        const std::string_view unitText = rest.substr(std::min(rest.find_first_not_of(' '), rest.size()));
        for (const auto &[unit, seconds] : {std::pair("ms", 1e-3), std::pair("us", 1e-6), std::pair("s", 1.0)})
            if (unitText.starts_with(unit))
                return secondsToDuration(number * seconds);
    }
    return std::nullopt;
}

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

TailRun runTail(const TailModel &tail, bool isHedged)
{
    Scenario scenario;
    scenario.name = "tail";
    ServiceSpec leaf = unlimitedService("leaf");
    leaf.serviceTime = tail.leaf;
    leaf.keepsWorkingForDepartedCallers = false; // nothing waits there, so it makes no difference but in time
    scenario.services = {leaf};
    if (isHedged)
        scenario.stacks = {hedgeStack(tail)};
    const std::string stack = isHedged ? "hedged" : "";
    const bool isDirect = tail.fanOut == 1 && tail.inSeries == 1;
    if (!isDirect) {
        std::vector<CallSpec> calls(static_cast<std::size_t>(tail.inSeries), CallSpec{"leaf", stack, tail.fanOut});
        ServiceSpec user = caller("user", std::move(calls));
        if (tail.fanOut > 1) {
            user.callOrder = ServiceSpec::CallOrder::Parallel;
            user.joinCount = tail.needed;
        }
        scenario.services.push_back(std::move(user));
    }
    // Requests do not meet, so their rate is free: one that keeps few under way is the fastest to run.
    const double rate = 0.3 / std::max(1e-6, toSeconds(tail.leaf.mean()) * static_cast<double>(tail.inSeries));
    ClientSpec client = isDirect ? poissonClient(rate, "leaf", stack) : poissonClient(rate, "user");
    client.arrivals.kind = ArrivalSpec::Kind::Constant;
    client.stopAfter = tail.length.all();
    scenario.clients = {std::move(client)};
    scenario.duration = longEnough(tail.length.all(), rate, tail.leaf);
    const WorldRun run = runWorld(std::move(scenario), {.seed = tail.seed});
    TailRun result;
    result.calls = measuredCalls(run.calls.front(), tail.length);
    const EdgeTotals &leafCalls = run.record.edgeTotals.back();
    if (isHedged && tail.needed < tail.fanOut) {
        // A copy belongs to its request, not to the join: as many are sent as when all requests are waited for.
        TailModel all = tail;
        all.needed = all.fanOut;
        result.extraShare = runTail(all, true).extraShare;
        return result;
    }
    result.extraShare = static_cast<double>(leafCalls.attempts) / static_cast<double>(leafCalls.offered) - 1;
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
    if (const std::string note = model.textOr("note", ""); !note.empty() && note.find("no queueing") == std::string::npos)
        model.refuse("note", "does not say that there is no queueing");
    if (model.has("user_requests") && input.run.has("requests")
        && model.count("user_requests") != input.run.count("requests"))
        model.refuse("user_requests", "differs from 'run.requests'");
    tail.length = readRunLength(input);
    return tail;
}

/// The value of \a metric in one of the two runs.
std::optional<double> valueOf(TailRun &run, std::string_view metric, std::optional<Duration> threshold)
{
    if (metric.starts_with("slow_fraction") && threshold)
        return run.calls.completed.shareAbove(threshold->count());
    if (metric.starts_with("latency_"))
        return run.calls.completed.statistic(metric.substr(8));
    return std::nullopt;
}

Answers answersOf(const TailModel &tail, const std::map<std::string, std::string> &definitions,
                  std::optional<Duration> someThreshold)
{
    struct Runs {
        std::optional<TailRun> plain, hedged;
    };
    auto runs = std::make_shared<Runs>();
    return [=](const std::string &metric) -> Json {
        const auto get = [&](bool isHedged) -> TailRun & {
            std::optional<TailRun> &run = isHedged ? runs->hedged : runs->plain;
            if (!run)
                run = runTail(tail, isHedged);
            return *run;
        };
        std::string name = metric;
        bool isHedged = tail.hedgeDelay.has_value();
        if (name.starts_with("unhedged.") || name.ends_with("_without_hedge"))
            isHedged = false;
        if (const std::size_t dot = name.find("hedged."); dot != std::string::npos)
            name.erase(0, dot + 7);
        if (name == "extra_requests_fraction" && tail.hedgeDelay)
            return get(true).extraShare;
        const auto words = definitions.find(metric);
        const auto own = words == definitions.end() ? std::nullopt : thresholdIn(words->second);
        if (const auto value = valueOf(get(isHedged), name, own ? own : someThreshold))
            return *value;
        throw NotUnderstood("unknown metric '" + metric + "'");
    };
}

Answers measureTail(CaseInput &input)
{
    const TailModel tail = readTail(input);
    std::optional<Duration> someThreshold; // "same" in a definition means the one of another
    for (const char *key : {"slow_threshold_s", "threshold_s"})
        if (input.model.has(key))
            someThreshold = input.model.duration(key);
    input.finish();
    for (const auto &[metric, words] : input.definitions)
        if (const auto found = thresholdIn(words))
            someThreshold = found;
    return meanOfReplications(tail.length.replications, tail.seed, [=, definitions = input.definitions](std::uint64_t seed) {
        TailModel one = tail;
        one.seed = seed;
        return answersOf(one, definitions, someThreshold);
    });
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
