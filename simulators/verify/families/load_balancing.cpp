// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulators/verify/families/families.h"
#include "simulators/verify/law.h"
#include "simulators/verify/sentence.h"
#include "simulators/verify/world.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

namespace halfopen::verify {

namespace {

/// "two" or "2" at the beginning of \a text; 0 if it is no number from 1 to 100.
std::int64_t leadingNumber(std::string_view text)
{
    static constexpr std::array<std::string_view, 11> kWords = {"zero", "one", "two",   "three", "four", "five",
                                                                "six",  "seven", "eight", "nine",  "ten"};
    const std::string_view word = text.substr(0, text.find(' '));
    for (std::size_t i = 1; i < kWords.size(); ++i)
        if (word == kWords[i])
            return static_cast<std::int64_t>(i);
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), number);
    return error == std::errc() && end == word.data() + word.size() && number >= 1 && number <= 100 ? number : 0;
}

/// How the requests are spread, read from words.
struct Spread {
    ServiceSpec::Balancing balancing = ServiceSpec::Balancing::Random;
    std::int64_t choices = 2;
    std::int64_t copies = 1; ///< more than 1: a race
};

Spread readSpread(ModelReader &model)
{
    using Balancing = ServiceSpec::Balancing;
    const std::string policy = model.text("policy");
    if (policy == "uniform random" || policy == "random")
        return {Balancing::Random};
    if (policy == "strict round robin" || policy == "round robin")
        return {Balancing::RoundRobin};
    if (policy == "join shortest queue" || policy == "join the shortest queue" || policy == "least requests"
        || policy == "join shortest queue (count includes the request in service)")
        return {Balancing::LeastRequests};
    const std::int64_t drawn = leadingNumber(policy);
    const std::string_view rest = std::string_view(policy).substr(std::min(policy.find(' '), policy.size()));
    if (drawn >= 1
        && (rest == " distinct servers sampled uniformly, join the shorter"
            || rest == " distinct servers sampled uniformly, join the shortest"))
        return {Balancing::PowerOfTwoChoices, drawn};
    constexpr std::string_view kRace = "enqueue a copy at ";
    if (policy.starts_with(kRace)) {
        const std::string_view after = std::string_view(policy).substr(kRace.size());
        const std::int64_t copies = leadingNumber(after);
        if (copies >= 1
            && after.substr(std::min(after.find(' '), after.size()))
                == " distinct random servers; first completion cancels the other copy immediately, queued or running; copy "
                   "service times independent")
            return {Balancing::Random, 2, copies};
        if (copies >= 1
            && after.substr(std::min(after.find(' '), after.size()))
                == " distinct random servers; first completion cancels the other copies immediately, queued or running; copy "
                   "service times independent")
            return {Balancing::Random, 2, copies};
    }
    model.refuse("policy", "is \"" + policy + "\", a way of balancing that is not known");
}

Answers measureBalancing(CaseInput &input)
{
    ModelReader &model = input.model;
    const bool perWork = whichSentence(model, "arrivals",
                                       {"poisson, total rate = servers x load (per second)",
                                        "poisson, total rate = servers x load / mean service time (per second)",
                                        "poisson, total rate = servers x load / mean service time"})
        > 0;
    const std::vector<double> workers =
        sentence(model, "each_server", {"one worker, fifo, unbounded queue", "# worker, fifo, unbounded queue",
                                        "# workers, fifo, unbounded queue"});
    model.oneOf("tie_break", {"uniformly at random"});
    model.notes({"note"});
    ModelReader law = model.child("service");
    ServiceSpec server;
    server.name = "server";
    server.serviceTime = readLaw(law);
    server.serviceTimeText = server.serviceTime.describe();
    server.queue = ServiceSpec::kUnlimitedQueue;
    server.workers = workers.empty() ? 1 : static_cast<std::int64_t>(workers.front());
    if (server.workers < 1 || server.workers > ServiceSpec::kUnlimitedWorkers)
        model.refuse("each_server", "has no sensible number of workers");
    server.instances = model.count("servers");
    if (server.instances < 1 || server.instances > 1000)
        model.refuse("servers", "is out of range, expected 1 to 1000");
    const double load = model.number("load");
    if (!(load > 0 && load < 1e6))
        model.refuse("load", "is out of range");
    const Spread spread = readSpread(model);
    if (spread.copies > server.instances)
        model.refuse("policy", "asks for more copies than there are servers");
    server.balancing = spread.balancing;
    server.choices = spread.choices;
    const RunLength length = readRunLength(input);
    input.finish();

    const double mean = toSeconds(server.serviceTime.mean());
    if (perWork && !(mean > 0))
        model.refuse("service", "takes no time");
    const double rate = static_cast<double>(server.instances) * load / (perWork ? mean : 1);
    Scenario scenario;
    scenario.name = "balancing";
    scenario.duration = longEnough(length.all(), rate, server.serviceTime);
    scenario.clients = {poissonClient(rate, spread.copies > 1 ? "race" : "server")};
    scenario.clients.front().stopAfter = length.all();
    server.keepsWorkingForDepartedCallers = false;
    scenario.services = {std::move(server)};
    if (spread.copies > 1) {
        ServiceSpec race = caller("race", {{"server", "", spread.copies}});
        race.callOrder = ServiceSpec::CallOrder::Parallel;
        race.join = ServiceSpec::Join::Any;
        scenario.services.push_back(std::move(race));
    }
    const bool logWork = input.asksFor("wait");
    return meanOfReplications(length.replications, input.seed, [scenario, length, logWork](std::uint64_t seed) -> Answers {
        const WorldRun run = runWorld(scenario, {.seed = seed, .logWork = logWork});
        auto measured = std::make_shared<Measured>(measuredCalls(run.calls.front(), length));
        auto work = std::make_shared<MeasuredWork>(
            logWork ? measuredWork(run.work.front(), measured->from, measured->to) : MeasuredWork{});
        return [measured, work](const std::string &metric) -> Json { return answerOf(*measured, *work, metric); };
    });
}

} // namespace

std::span<const Family> loadBalancingFamilies()
{
    static constexpr Family kRows[] = {
        {"load balancing", [](const Json &model) { return hasKeys(model, {"servers", "load", "policy"}); },
         &measureBalancing},
    };
    return kRows;
}

} // namespace halfopen::verify
