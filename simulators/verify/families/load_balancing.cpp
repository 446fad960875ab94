// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulators/verify/families/families.h"
#include "simulators/verify/law.h"
#include "simulators/verify/sentence.h"
#include "simulators/verify/world.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>
#include <memory>
#include <optional>
#include <utility>

namespace halfopen::verify {

namespace {

/// \a text in small letters, with spaces for hyphens and digits for the numbers from two to ten.
std::string withDigits(std::string_view text)
{
    constexpr std::array<std::string_view, 9> kWords = {"two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"};
    std::string all;
    std::string word;
    for (std::size_t i = 0; i <= text.size(); ++i) {
        const auto c = static_cast<unsigned char>(i < text.size() ? text[i] : ' ');
        if (std::isalpha(c) != 0) {
            word += static_cast<char>(std::tolower(c));
            continue;
        }
        const auto found = std::find(kWords.begin(), kWords.end(), word);
        all += found == kWords.end() ? word : std::to_string(found - kWords.begin() + 2);
        all += c == '-' ? ' ' : static_cast<char>(c);
        word.clear();
    }
    return all;
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
    const std::string text = model.text("policy");
    const Sentence said(withDigits(text));
    const auto isOne = [&](std::initializer_list<std::string_view> known) {
        return std::find(known.begin(), known.end(), said.words) != known.end();
    };
    const auto number = [&] {
        if (said.numbers.front() < 1 || said.numbers.front() > 1000 || said.numbers.front() != std::floor(said.numbers.front()))
            model.refuse("policy", "asks for a number of servers that is out of range");
        return static_cast<std::int64_t>(said.numbers.front());
    };
    if (isOne({"uniform random", "random", "random choice", "uniform random choice", "uniformly at random"}))
        return {Balancing::Random};
    if (isOne({"strict round robin", "round robin", "cyclic"}))
        return {Balancing::RoundRobin};
    if (isOne({"join shortest queue", "join the shortest queue", "shortest queue", "jsq", "least requests",
               "least outstanding requests", "least connections", "least loaded",
               "join shortest queue (count includes the request in service)",
               "join the shortest queue (count includes the request in service)"}))
        return {Balancing::LeastRequests};
    if (isOne({"# distinct servers sampled uniformly, join the shorter", "# distinct servers sampled uniformly, join the shortest",
               "# distinct servers sampled uniformly, join the shorter (count includes the request in service)",
               "# distinct servers sampled uniformly, join the shortest (count includes the request in service)", "power of # choices",
               "# choices", "# random choices", "random # choices", "best of #", "jsq(#)", "power of d choices (d = #)",
               "power of d choices (d=#)"}))
        return {Balancing::PowerOfTwoChoices, number()};
    if (isOne({"enqueue a copy at # distinct random servers; first completion cancels the other copy immediately, queued or running; "
               "copy service times independent",
               "enqueue a copy at # distinct random servers; first completion cancels the other copies immediately, queued or running; "
               "copy service times independent"}))
        return {Balancing::Random, 2, number()};
    model.refuse("policy", "is \"" + text + "\", a way of balancing that is not known");
}

Answers measureBalancing(CaseInput &input)
{
    ModelReader &model = input.model;
    std::optional<double> given; // arrivals per second, where they are not said in words
    if (model.isObject("arrivals")) {
        ModelReader arrivals = model.child("arrivals");
        arrivals.oneOf("process", {"poisson"});
        given = arrivals.number("rate_per_s");
        if (!(*given > 0 && *given <= 1e7))
            arrivals.refuse("rate_per_s", "is out of range");
    }
    const bool perWork = model.isText("arrivals")
        && whichSentence(model, "arrivals",
                         {"poisson, total rate = servers x load (per second)",
                          "poisson, total rate = servers x load / mean service time (per second)",
                          "poisson, total rate = servers x load / mean service time"})
            > 0;
    const bool isShare = !model.has("arrivals"); // then the load can only be that of each worker
    std::vector<double> workers;
    std::size_t form = 0;
    if (model.has("each_server"))
        form = whichSentence(model, "each_server",
                             {"one worker, fifo, unbounded queue", "two workers, fifo, unbounded queue", "# worker, fifo, unbounded queue",
                              "# workers, fifo, unbounded queue", "one worker, fifo, queue of #", "one worker, fifo, at most # waiting"},
                             &workers);
    const auto most = static_cast<double>(ServiceSpec::kUnlimitedQueue);
    if (form >= 4 && (workers.front() > most || workers.front() != std::floor(workers.front())))
        model.refuse("each_server", "has no sensible number of places");
    const std::int64_t places = form >= 4 ? static_cast<std::int64_t>(workers.front()) : ServiceSpec::kUnlimitedQueue;
    if (form < 2 || form >= 4)
        workers = {form == 1 ? 2.0 : 1.0};
    model.oneOf("tie_break", {"uniformly at random"});
    ModelReader law = model.child("service");
    ServiceSpec server;
    server.name = "server";
    server.serviceTime = readLaw(law);
    server.serviceTimeText = server.serviceTime.describe();
    server.queue = places;
    server.workers = static_cast<std::int64_t>(workers.front());
    if (server.workers < 1 || server.workers > ServiceSpec::kUnlimitedWorkers)
        model.refuse("each_server", "has no sensible number of workers");
    server.instances = model.count("servers");
    if (server.instances < 1 || server.instances > 1000)
        model.refuse("servers", "is out of range, expected 1 to 1000");
    const double load = given && !model.has("load") ? 1 : model.number("load");
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
    if ((perWork || isShare) && !(mean > 0))
        model.refuse("service", "takes no time");
    const double perSecond = static_cast<double>(server.instances) * load / (perWork || isShare ? mean : 1);
    const double rate = given.value_or(isShare ? perSecond * static_cast<double>(server.workers) : perSecond);
    const double loadOfRate = rate * mean / static_cast<double>(server.instances * server.workers);
    if (given && model.has("load") && std::abs(loadOfRate / load - 1) > 1e-6)
        model.refuse("load", "is not the rate times the mean service time over the servers");
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
    const ServiceSpec &spec = scenario.services.front();
    const double workersInAll =
        spec.workers < ServiceSpec::kUnlimitedWorkers ? static_cast<double>(spec.workers * spec.instances) : 0;
    struct Run {
        Measured calls;
        MeasuredWork work;
        TimeAverages averages;
        void add(const Run &other) { calls.add(other.calls), work.add(other.work), averages.add(other.averages); }
    };
    auto all = std::make_shared<Run>(pooledReplications(length.replications, input.seed, [&](std::uint64_t seed) {
        const WorldRun run = runWorld(scenario, {.seed = seed, .logWork = logWork, .buckets = 2000});
        Run one{measuredCalls(run.calls.front(), length), {}, {}};
        one.averages = averagesOf(run.record, 0, one.calls.from, one.calls.to);
        if (logWork)
            one.work = measuredWork(run.work.front(), one.calls.from, one.calls.to);
        return one;
    }));
    return [all, workersInAll](const std::string &metric, const std::string &definition) -> Json {
        if (const auto value = averageOf(all->averages, workersInAll, metric))
            return *value;
        if (const auto value = shareBeyond(all->calls, all->work, metric, definition))
            return *value;
        if (metric == "rejected_fraction")
            return all->calls.share(all->calls.rejected);
        return answerOf(all->calls, all->work, metric);
    };
}

} // namespace

std::span<const Family> loadBalancingFamilies()
{
    static constexpr Family kRows[] = {
        {"load balancing", [](const Json &model) { return hasKeys(model, {"servers", "policy", "service"}); },
         &measureBalancing},
    };
    return kRows;
}

} // namespace halfopen::verify
