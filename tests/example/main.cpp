// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later

// An example of the library: a client whose calls are guarded by a circuit breaker and a retry, and one whose stack comes from
// a scenario file. It uses the machine's clock and takes about half a second.
#include "core/live/circuit_breaker.h"
#include "core/live/operations.h"
#include "core/live/policy_stack.h"
#include "core/scenario/loader.h"

#include <QCoreApplication>
#include <QTimer>

#include <cstdio>
#include <cstdlib>
#include <stdexcept>
#include <string>

using namespace halfopen;
using namespace halfopen::live;
using namespace std::chrono_literals;

namespace {

/// A dependency that fails for a while.
class OrderService {
public:
    QCoro::Task<std::string> order(int number)
    {
        ++m_requests;
        co_await sleepFor(m_scope, 1ms);
        if (isDown)
            throw std::runtime_error("order " + std::to_string(number) + ": no connection");
        co_return "order " + std::to_string(number);
    }
    int requests() const { return m_requests; }
    bool isDown = false;

private:
    int m_requests = 0;
    CoroutineScope m_scope;
};

int failures = 0;

void expect(bool isTrue, const char *what)
{
    std::printf("%s %s\n", isTrue ? "ok  " : "FAIL", what);
    failures += isTrue ? 0 : 1;
}

QCoro::Task<> breakerTrips(OrderService &service)
{
    CircuitBreakerConfig config;
    config.failureThreshold = 3;
    config.recoveryTimeout = 50ms;
    config.successThreshold = 1;
    CircuitBreaker breaker("orders", config);
    auto operation = [&service] { return service.order(1); };

    service.isDown = true;
    for (int i = 0; i < 3; ++i) {
        try {
            auto call = breaker.call(operation);
            co_await call;
        } catch (const std::runtime_error &) {
        }
    }
    expect(breaker.state() == BreakerState::Open, "three failures open the breaker");

    const int requestsBefore = service.requests();
    bool wasRefused = false;
    try {
        auto call = breaker.call(operation);
        co_await call;
    } catch (const CircuitBreakerError &error) {
        wasRefused = error.state() == BreakerState::Open;
    }
    expect(wasRefused && service.requests() == requestsBefore, "an open breaker refuses without asking");

    service.isDown = false;
    CoroutineScope scope;
    co_await sleepFor(scope, 60ms);
    auto trial = breaker.call(operation);
    const std::string order = co_await trial;
    expect(order == "order 1" && breaker.state() == BreakerState::Closed, "a good trial closes it");
    std::fputs(breaker.metrics().prometheusText("shop").c_str(), stdout);
}

QCoro::Task<> retriesHelp(OrderService &service)
{
    RetryConfig config;
    config.maxAttempts = 5;
    config.initialDelay = 10ms;
    config.jitter = Jitter::None;
    service.isDown = true;
    int tries = 0;
    RetryPredicate isWorthIt = [&](const std::exception &) {
        service.isDown = ++tries < 2;
        return true;
    };
    auto operation = [&service] { return service.order(2); };
    auto call = retryWithBackoff(config, isWorthIt, operation);
    const std::string order = co_await call;
    expect(order == "order 2" && tries == 2, "the third try works");
}

/// The same stack that a scenario was tuned with.
QCoro::Task<> stackOfAScenario(OrderService &service)
{
    const Vocabulary words = {policyTypes(), {}, nullptr};
    const LoadResult loaded = loadScenarioText("halfopen: 1\n"
                                               "services: { db: { service_time: 10ms } }\n"
                                               "clients: { web: { arrivals: { poisson: 1/s }, calls: [ { to: db, policies: client } ] } }\n"
                                               "policies:\n"
                                               "  client:\n"
                                               "    - fallback: static\n"
                                               "    - retry: { max_attempts: 2, initial_delay: 5ms }\n"
                                               "    - timeout: 200ms\n",
                                               "tuned.yaml", words);
    expect(loaded.ok(), "the scenario loads");
    if (!loaded.ok())
        co_return;
    PolicyStack stack(*loaded.scenario->findStack("client"));
    service.isDown = true;
    const int requestsBefore = service.requests();
    auto operation = [&service] { return service.order(3); };
    CallOptions<std::string> options;
    options.substitute = [](Outcome) { return std::string("no order for now"); };
    auto call = stack.call(operation, options);
    const std::string order = co_await call;
    expect(order == "no order for now" && service.requests() == requestsBefore + 2, "two tries, then the fallback");
}

QCoro::Task<> runAll(OrderService &service)
{
    co_await breakerTrips(service);
    co_await retriesHelp(service);
    co_await stackOfAScenario(service);
}

QCoro::Task<> runAndQuit(OrderService &service)
{
    auto all = runAll(service);
    co_await all;
    QCoreApplication::exit(failures == 0 ? EXIT_SUCCESS : EXIT_FAILURE);
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    OrderService service;
    QTimer::singleShot(0, [&service] {
        spawn(runAndQuit(service), [](const std::exception &error) {
            std::printf("FAIL %s\n", error.what());
            QCoreApplication::exit(EXIT_FAILURE);
        });
    });
    QTimer::singleShot(20s, [] { QCoreApplication::exit(EXIT_FAILURE); });
    return QCoreApplication::exec();
}
