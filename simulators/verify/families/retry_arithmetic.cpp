// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/policies/registry.h"
#include "core/policies/retry.h"
#include "simulators/verify/families/families.h"
#include "simulators/verify/run_bounds.h"
#include "simulators/verify/world.h"

#include <cmath>
#include <utility>

namespace halfopen::verify {

namespace {

/// Independent attempts that fail with a given chance, retried at once: "attempts per request" and "success".
Answers measureAttempts(CaseInput &input)
{
    ModelReader &model = input.model;
    model.oneOf("calls", {"independent attempts, each fails with probability p, instant"});
    const double p = model.number("p");
    const std::int64_t attempts = model.count("max_attempts");
    if (!(p >= 0 && p <= 1))
        model.refuse("p", "is out of range, expected 0 to 1");
    if (attempts < 1 || attempts > 1000)
        model.refuse("max_attempts", "is out of range, expected 1 to 1000");
    const std::int64_t said = model.countOr("requests", 0);
    if (!input.run.has("requests"))
        model.refuse("requests", "is not said in 'run'");
    if (said != 0 && said != input.run.count("requests"))
        model.refuse("requests", "differs from the one of 'run'");
    RunLength length = readRunLength(input);
    length.measured *= length.replications; // requests do not meet
    const double tries = p < 1 ? (1 - std::pow(p, static_cast<double>(attempts))) / (1 - p) : static_cast<double>(attempts);
    needRunnable(tries * static_cast<double>(length.all()));
    input.finish();

    Scenario scenario;
    scenario.name = "attempts";
    scenario.services = {unlimitedService("server")};
    scenario.services.front().errorRate = p;
    scenario.stacks = {stackOf<RetryConfig>("retries", *findPolicyType("retry"), [&](RetryConfig &retry) {
        retry.maxAttempts = attempts;
        retry.initialDelay = retry.maxDelay = Duration(0);
        retry.jitter = Jitter::None;
    })};
    ClientSpec client = poissonClient(1000, "server", "retries");
    client.arrivals.kind = ArrivalSpec::Kind::Constant;
    client.stopAfter = length.all();
    scenario.clients = {std::move(client)};
    scenario.duration = std::chrono::milliseconds(length.all() + 10);
    const WorldRun run = runWorld(std::move(scenario), {.seed = input.seed});
    const Measured m = measuredCalls(run.calls.front(), length);
    return tableOf({{"attempts_per_request", m.share(m.attempts)}, {"success_fraction", m.share(m.good.count())}});
}

} // namespace

std::span<const Family> retryArithmeticFamilies()
{
    static constexpr Family kRows[] = {
        {"attempts", [](const Json &model) { return hasKeys(model, {"calls", "p", "max_attempts"}); }, &measureAttempts},
    };
    return kRows;
}

} // namespace halfopen::verify
