// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
// What the live library costs around an operation that does nothing: the driver alone (begin, start the attempt, end it), and a whole
// call with its coroutines and one turn of the event loop, which is most of it. The clock is read as in a real program.
#include "core/live/circuit_breaker.h"
#include "core/live/policy_stack.h"
#include "core/live/stack_driver.h"
#include "core/live/stack_spec.h"

#include <QCoreApplication>
#include <benchmark/benchmark.h>

using namespace halfopen;
using namespace halfopen::live;

namespace {

PolicyStackSpec stackOf(std::vector<PolicySpec> layers)
{
    PolicyStackSpec spec;
    spec.name = "bench";
    spec.layers = std::move(layers);
    return spec;
}

/// fallback, retry, breaker, timeout: what is usual around a call.
PolicyStackSpec usualStack()
{
    FallbackConfig fallback;
    fallback.cachedMaxAge = std::chrono::seconds(30);
    return stackOf({layerOf(fallback), layerOf(RetryConfig()), layerOf(CircuitBreakerConfig()), layerOf(TimeoutConfig())});
}

void needEventLoop()
{
    static int count = 1;
    static char name[] = "bench";
    static char *arguments[] = {name, nullptr};
    static QCoreApplication application(count, arguments);
}

void driverCalls(benchmark::State &state, const PolicyStackSpec &spec)
{
    StackDriver driver(spec, "bench", 1);
    StackAction action;
    std::uint64_t key = 0;
    Instant now;
    for (auto _ : state) {
        now = now + std::chrono::microseconds(1);
        driver.begin(now, ++key);
        while (driver.nextAction(action))
            if (action.kind == StackAction::Kind::StartAttempt)
                driver.attemptEnded(now, action.attempt, {});
        benchmark::DoNotOptimize(action);
    }
}

void driverOfABreaker(benchmark::State &state)
{
    driverCalls(state, stackOf({layerOf(CircuitBreakerConfig())}));
}
BENCHMARK(driverOfABreaker)->Name("live/driver/circuit_breaker");

void driverOfAStack(benchmark::State &state)
{
    driverCalls(state, usualStack());
}
BENCHMARK(driverOfAStack)->Name("live/driver/usual_stack");

int nothing()
{
    return 1;
}

void liveBreaker(benchmark::State &state)
{
    needEventLoop();
    CircuitBreaker breaker("bench");
    for (auto _ : state) {
        auto task = breaker.call(&nothing);
        ManualClock::settle(); // one turn of the event loop
        benchmark::DoNotOptimize(task);
    }
}
BENCHMARK(liveBreaker)->Name("live/call/circuit_breaker");

void liveBreakerRefusing(benchmark::State &state)
{
    needEventLoop();
    CircuitBreaker breaker("bench");
    breaker.forceOpen();
    for (auto _ : state) {
        auto task = breaker.call(&nothing);
        ManualClock::settle();
        benchmark::DoNotOptimize(task);
    }
}
BENCHMARK(liveBreakerRefusing)->Name("live/call/circuit_breaker_refusing");

void liveStack(benchmark::State &state)
{
    needEventLoop();
    PolicyStack stack(usualStack());
    for (auto _ : state) {
        auto task = stack.call(&nothing);
        ManualClock::settle();
        benchmark::DoNotOptimize(task);
    }
}
BENCHMARK(liveStack)->Name("live/call/usual_stack");

} // namespace
