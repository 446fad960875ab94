// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/policies/timeout.h"
#include "simulators/verify/families/families.h"
#include "simulators/verify/law.h"
#include "simulators/verify/policy_world.h"
#include "simulators/verify/sentence.h"
#include "simulators/verify/world.h"

#include <map>
#include <optional>
#include <utility>

namespace halfopen::verify {

namespace {

/// The names of "A -> B -> C".
std::vector<std::string> readChain(ModelReader &model)
{
    const std::string text = model.text("chain");
    constexpr std::string_view kArrow = " -> ";
    std::vector<std::string> names;
    for (std::size_t from = 0; from <= text.size();) {
        const std::size_t to = std::min(text.find(kArrow, from), text.size());
        names.push_back(text.substr(from, to - from));
        if (names.back().empty() || names.back().find(' ') != std::string::npos)
            model.refuse("chain", "is no list of names with arrows between: \"" + text + "\"");
        from = to + kArrow.size();
    }
    if (names.size() < 2)
        model.refuse("chain", "has no call");
    return names;
}

/// Each service works, then calls the next one. What is left of the caller's time when a service begins is the root's deadline
/// less what has passed by then.
Answers measurePropagation(CaseInput &input)
{
    ModelReader &model = input.model;
    const std::vector<std::string> chain = readChain(model);
    const Duration deadline = model.duration("root_deadline_s");
    if (!model.flag("propagate"))
        model.refuse("propagate", "is false, which says nothing about what each service is given");
    // An object of numbers: the unit stands in its own key.
    const auto unit = findKey(model.json(), "work_before_downstream_call_s").value_or(UnitKey{"work_before_downstream_call_s"});
    ModelReader works = model.child(unit.key);
    PolicyWorld world("deadlines", input.seed);
    for (std::size_t i = 0; i < chain.size(); ++i) {
        const double work = i + 1 < chain.size() ? works.number(chain[i]) * unit.factor : 0;
        ServiceSpec &service = world.service(chain[i], Distribution::constant(workTime(work)));
        if (i + 1 < chain.size())
            service.calls.push_back({chain[i + 1], ""});
    }
    world.layer<TimeoutConfig>("root", "timeout").after = deadline;
    world.client("root", arrivalsAt({Duration(0)}), chain.front(), "root");
    input.finish();

    world.scenario().duration = deadline + std::chrono::seconds(1);
    const WorldRun run = runWorld(world.scenario(), {.seed = input.seed, .logWork = true});
    std::map<std::string, Json> answers;
    for (std::size_t service = 0; service < chain.size(); ++service)
        if (!run.work[service].empty())
            answers["deadline_remaining_at_" + chain[service] + "_s"] =
                toSeconds(deadline - Duration(run.work[service].front().arrivedNs));
    return tableOf(std::move(answers));
}

/// A request that reaches the last service late and waits there: is it still worked on?
struct LateRequest {
    Duration rootDeadline{};
    Duration delay{};     ///< before the call of the last service
    Duration queueWait{}; ///< there
};

struct LateResult {
    bool starts = false;
    double waitSeconds = 0;
    double elapsedAtCall = 0; ///< s since the root's call began
};

LateResult runLate(const LateRequest &late, Duration budget, std::uint64_t seed)
{
    PolicyWorld world("late-request", seed);
    ServiceSpec &middle = world.service("middle", Distribution::constant(late.delay));
    middle.calls.push_back({"last", "budget"});
    ServiceSpec &last = world.service("last", Distribution::constant(late.queueWait));
    last.workers = 1;
    last.queue = 10;
    last.discipline = ServiceSpec::Discipline::DeadlineDrop;
    world.layer<TimeoutConfig>("root", "timeout").after = late.rootDeadline;
    world.layer<TimeoutConfig>("budget", "timeout").after = budget;
    world.client("root", arrivalsAt({Duration(0)}), "middle", "root");
    world.client("other", arrivalsAt({late.delay}),
                 "last"); // keeps the worker busy for as long as the request is to wait
    world.scenario().duration = late.delay + late.queueWait + std::chrono::seconds(1);
    const WorldRun run = runWorld(world.scenario(), {.seed = seed, .logWork = true});

    constexpr std::size_t kCall = 2; // the clients' calls come first
    LateResult result;
    for (const LoggedWork &work : run.work[1]) {
        if (work.edge != kCall)
            continue;
        result.elapsedAtCall = static_cast<double>(work.arrivedNs) * 1e-9;
        if (work.dropped)
            continue;
        result.starts = true;
        result.waitSeconds = static_cast<double>(work.waitNs) * 1e-9;
    }
    return result;
}

Answers measureLate(CaseInput &input)
{
    ModelReader &model = input.model;
    const std::vector<std::string> chain = readChain(model);
    if (chain.size() != 3)
        model.refuse("chain", "is not of three services");
    const std::string &last = chain[2];
    LateRequest late;
    late.rootDeadline = model.duration("root_deadline_s");
    late.delay = model.duration(chain[1] + "_delay_before_call_s");
    late.queueWait = model.duration(last + "_queue_wait_s");
    ModelReader variants = model.child("variants");
    std::vector<std::pair<std::string, Duration>> budgets;
    for (const auto &[name, unused] : variants.json().items())
        budgets.emplace_back(name,
                             secondsToDuration(sentence(variants, name, {Sentence(last).words + " gets # s"})[0]));
    input.finish();

    std::map<std::string, Json> answers;
    for (const auto &[name, budget] : budgets) {
        const LateResult result = runLate(late, budget, input.seed);
        answers[name + "." + last + "_starts_work"] = result.starts;
        answers[name + "." + last + "_deadline_at_call_s"] =
            name == "propagate" ? toSeconds(late.rootDeadline) - result.elapsedAtCall : toSeconds(budget);
        if (result.starts)
            answers[name + "." + last + "_believed_remaining_s"] = toSeconds(budget) - result.waitSeconds;
    }
    return tableOf(std::move(answers));
}

} // namespace

std::span<const Family> deadlineFamilies()
{
    static constexpr Family kRows[] = {
        {"deadline propagation",
         [](const Json &model) {
             return hasKeys(model, {"root_deadline_s", "work_before_downstream_call_s"});
         },
         &measurePropagation},
        {"late request",
         [](const Json &model) {
             return hasKeys(model, {"root_deadline_s", "variants"});
         },
         &measureLate},
    };
    return kRows;
}

} // namespace halfopen::verify
