// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/live/circuit_breaker.h"
#include "core/live/operations.h"
#include "core/live/policy_stack.h"
#include "core/live/retry_queue.h"
#include "core/live/stack_spec.h"

#include <QCoreApplication>
#include <QObject>
#include <QProcess>
#include <QRegularExpression>
#include <QTest>
#include <algorithm>
#include <memory>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

using namespace halfopen;
using namespace halfopen::live;
using namespace std::chrono_literals;

namespace {

constexpr int kLimitMs = 5000; // how long a test waits for a condition before it fails

/// What a call gave, for tests to look at.
struct Got {
    bool isOver = false;
    std::string text; ///< the value, or the message of the exception
    std::optional<OutcomeKind> kind; ///< of a CallError
    std::optional<BreakerState> state; ///< of a CircuitBreakerError
    bool isTimeout = false;
    bool isCancelled = false;
    Instant at;
};

/// Awaits \a task and writes down what it gives.
template <typename T> QCoro::Task<> watch(QCoro::Task<T> task, std::shared_ptr<Got> got, Clock *clock)
{
    try {
        if constexpr (std::is_void_v<T>) {
            co_await task;
            got->text = "done";
        } else {
            const T value = co_await task;
            got->text = std::to_string(value);
        }
    } catch (const CircuitBreakerError &error) {
        got->text = error.what();
        got->kind = error.outcome().kind;
        got->state = error.state();
    } catch (const CallError &error) {
        got->isTimeout = dynamic_cast<const TimeoutError *>(&error) != nullptr;
        got->text = error.what();
        got->kind = error.outcome().kind;
    } catch (const Cancelled &) {
        got->isCancelled = true;
    } catch (const std::exception &error) {
        got->text = error.what();
    }
    got->isOver = true;
    got->at = clock->now();
}

template <typename T> std::shared_ptr<Got> start(QCoro::Task<T> task, Clock &clock)
{
    auto got = std::make_shared<Got>();
    spawn(watch(std::move(task), got, &clock), [](const std::exception &error) { QFAIL(error.what()); });
    ManualClock::settle();
    return got;
}

Instant at(std::int64_t ms)
{
    return Instant(std::chrono::milliseconds(ms));
}

PolicyStackSpec stackOf(std::vector<PolicySpec> layers)
{
    PolicyStackSpec spec;
    spec.name = "test";
    spec.layers = std::move(layers);
    return spec;
}

RetryConfig steadyRetry(std::int64_t attempts, Duration delay)
{
    RetryConfig config;
    config.maxAttempts = attempts;
    config.initialDelay = delay;
    config.jitter = Jitter::None;
    return config;
}

TimeoutConfig timeoutAfter(Duration after)
{
    TimeoutConfig config;
    config.after = after;
    return config;
}

/// A dependency whose answers are a list: how long each takes and whether it works. Gives the number of the attempt.
class Scripted {
public:
    struct Answer {
        Duration after{};
        bool works = true;
    };
    Scripted(Clock &clock, std::vector<Answer> answers) : m_clock(clock), m_answers(std::move(answers)) {}

    QCoro::Task<int> ask(std::stop_token stop)
    {
        const std::size_t number = m_asked++;
        askedAt.push_back(m_clock.now());
        const Answer answer = m_answers[std::min(number, m_answers.size() - 1)];
        co_await sleepOn(m_clock, m_scope, answer.after);
        stopped += stop.stop_requested() ? 1 : 0;
        ++ended;
        if (!answer.works)
            throw std::runtime_error("answer " + std::to_string(number) + " is bad");
        co_return static_cast<int>(number);
    }
    auto operation()
    {
        return [this](std::stop_token stop) { return ask(std::move(stop)); };
    }

    std::vector<Instant> askedAt;
    int ended = 0;
    int stopped = 0; ///< attempts that had been told to stop when they ended

private:
    Clock &m_clock;
    std::vector<Answer> m_answers;
    std::size_t m_asked = 0;
    CoroutineScope m_scope;
};

} // namespace

class TestPolicyStack : public QObject {
    Q_OBJECT
private slots:
    void init() { QTest::failOnWarning(QRegularExpression(".?")); }

    void anEmptyStackPassesEverythingThrough()
    {
        ManualClock clock;
        PolicyStack stack(stackOf({}), {.clock = &clock});
        Scripted service(clock, {{10ms, true}, {10ms, false}});
        const auto good = start(stack.call(service.operation()), clock);
        QVERIFY(!good->isOver);
        clock.advance(20ms);
        QCOMPARE(good->text, std::string("0"));
        QVERIFY(good->at == at(10));
        const auto bad = start(stack.call(service.operation()), clock);
        clock.advance(20ms);
        QCOMPARE(bad->text, std::string("answer 1 is bad"));
        QVERIFY(!bad->kind);
        // Plain functions, with and without a value.
        QCOMPARE(start(stack.call([] { return 42; }), clock)->text, std::string("42"));
        QCOMPARE(start(stack.call([] {}), clock)->text, std::string("done"));
        QCOMPARE(stack.metrics().calls, std::uint64_t(4));
        QCOMPARE(stack.metrics().good(), std::uint64_t(3));
        QCOMPARE(stack.metrics().duration.max(), std::int64_t(10'000'000));
    }

    void layersActInTheirOrder()
    {
        // A timeout inside the retry limits each attempt, outside it all of them together.
        for (const bool isInside : {true, false}) {
            ManualClock clock;
            const PolicySpec retry = layerOf(steadyRetry(3, 100ms));
            const PolicySpec timeout = layerOf(timeoutAfter(isInside ? 50ms : 250ms));
            PolicyStack stack(isInside ? stackOf({retry, timeout}) : stackOf({timeout, retry}), {.clock = &clock});
            Scripted service(clock, {{isInside ? 60ms : 100ms, false}});
            const auto got = start(stack.call(service.operation()), clock);
            clock.advance(1s);
            QVERIFY(got->isTimeout);
            QVERIFY(got->at == at(isInside ? 450 : 250)); // 50, 250 and 450 ms: waits are 100 and 200 ms
            QCOMPARE(service.askedAt.size(), std::size_t(isInside ? 3 : 2));
            QVERIFY(service.askedAt[1] == at(isInside ? 150 : 200));
            QCOMPARE(service.stopped, isInside ? 3 : 1);
            QCOMPARE(stack.metrics().left, std::uint64_t(isInside ? 3 : 1));
            QCOMPARE(stack.metrics().inFlight, std::size_t(0));
        }
    }

    void aBreakerRefusesWithItsState()
    {
        ManualClock clock;
        CircuitBreakerConfig config;
        config.failureThreshold = 2;
        config.recoveryTimeout = 5s;
        config.successThreshold = 1;
        CircuitBreaker breaker("orders-db", config, {.clock = &clock});
        Scripted service(clock, {{1ms, false}, {1ms, false}, {1ms, true}});
        for (int i = 0; i < 2; ++i) {
            start(breaker.call(service.operation()), clock);
            clock.advance(10ms);
        }
        QVERIFY(breaker.state() == BreakerState::Open);
        const auto refused = start(breaker.call(service.operation()), clock);
        QVERIFY(refused->isOver);
        QVERIFY(refused->kind == OutcomeKind::CircuitBreakerOpen);
        QVERIFY(refused->state == BreakerState::Open);
        QCOMPARE(refused->text, std::string("the circuit breaker 'orders-db' refused the call, its state is OPEN"));
        QCOMPARE(service.askedAt.size(), std::size_t(2));
        clock.advance(5s);
        const auto trial = start(breaker.call(service.operation()), clock);
        QVERIFY(breaker.state() == BreakerState::HalfOpen);
        clock.advance(10ms);
        QCOMPARE(trial->text, std::string("2"));
        QVERIFY(breaker.state() == BreakerState::Closed);
        QCOMPARE(breaker.metrics().trips, std::uint64_t(1));
    }

    void aBreakerIsSetByHand()
    {
        ManualClock clock;
        CircuitBreaker breaker("b", {}, {.clock = &clock});
        breaker.open();
        QVERIFY(breaker.state() == BreakerState::Open);
        QVERIFY(start(breaker.call([] {}), clock)->state == BreakerState::Open);
        breaker.forceOpen();
        clock.advance(24h);
        QVERIFY(start(breaker.call([] {}), clock)->state == BreakerState::ForcedOpen);
        breaker.disable();
        QCOMPARE(start(breaker.call([] {}), clock)->text, std::string("done"));
        breaker.close();
        QVERIFY(breaker.state() == BreakerState::Closed);
        QCOMPARE(breaker.metrics().calls.calls, std::uint64_t(3));
        QCOMPARE(breaker.metrics().trips, std::uint64_t(1)); // by hand to OPEN; FORCED_OPEN is no trip
        const std::string text = breaker.metrics().prometheusText("sh\"op");
        QVERIFY2(text.find("circuit_breaker_state{service=\"sh\\\"op\",breaker_name=\"b\"} 0\n") != std::string::npos,
                 text.c_str());
        QVERIFY2(text.find("outcome=\"circuit_breaker_open\"} 2\n") != std::string::npos, text.c_str());
        // resilient_operation_duration_seconds{service,operation,outcome}: a summary for each outcome.
        const std::string labels = "{service=\"sh\\\"op\",operation=\"b\",outcome=";
        for (const char *line : {"_count@\"circuit_breaker_open\"} 2\n", "_count@\"success\"} 1\n", "_sum@\"success\"} 0\n",
                                 "@\"success\",quantile=\"0.95\"} 0\n"}) {
            const std::string wanted = "resilient_operation_duration_seconds" + std::string(line).replace(std::string(line).find('@'), 1, labels);
            QVERIFY2(text.find(wanted) != std::string::npos, (wanted + "\nnot in\n" + text).c_str());
        }
        breaker.reset();
        QCOMPARE(breaker.metrics().calls.calls, std::uint64_t(0));
        QCOMPARE(breaker.metrics().trips, std::uint64_t(0));
        CircuitBreakerConfig bad;
        bad.successThreshold = 0;
        QCOMPARE(breaker.reconfigure(bad).error().message,
                 std::string("'circuit_breaker': 'success_threshold' is 0, expected 1 to 10000"));
        QVERIFY_EXCEPTION_THROWN(CircuitBreaker("bad", bad), std::invalid_argument);
    }

    void aDialectHasNoStatesButItsOwn()
    {
        struct Row {
            const char *dialect;
            std::vector<BreakerState> lacks;
        };
        using enum BreakerState;
        const Row rows[] = {{"gobreaker", {ForcedOpen, Disabled, MetricsOnly}},
                            {"resilience4j", {HalfOpen}}, // not from CLOSED
                            {"polly", {MetricsOnly}},
                            {"hystrix", {MetricsOnly}},
                            {"halfopen", {}}};
        for (const Row &row : rows) {
            for (const BreakerState to : {Open, HalfOpen, ForcedOpen, Disabled, MetricsOnly, Closed}) {
                ManualClock clock;
                PolicyStack stack(stackOf({*makeLayer("circuit_breaker", row.dialect), layerOf(timeoutAfter(1s))}), {.clock = &clock});
                const bool has = std::find(row.lacks.begin(), row.lacks.end(), to) == row.lacks.end();
                QCOMPARE(stack.forceBreaker(0, to), has);
                QVERIFY(stack.breaker(0)->state == (has ? to : Closed)); // else nothing has changed
                QVERIFY(!stack.forceBreaker(1, to)); // no breaker
            }
        }
    }

    void errorsNameStackLayerAndLimit()
    {
        ManualClock clock;
        PolicyStack stack(stackOf({layerOf(steadyRetry(2, 10ms)), layerOf(timeoutAfter(50ms))}), {.name = "db", .clock = &clock});
        Scripted slow(clock, {{1s, true}});
        const auto late = start(stack.call(slow.operation()), clock);
        clock.advance(2s);
        QVERIFY(late->isTimeout);
        QCOMPARE(late->text, std::string("layer 1 ('timeout') of the policy stack 'db': no answer within 50ms"));
        PolicySpec bulkhead = *makeLayer("bulkhead");
        QVERIFY(setField(bulkhead.settings, "max_concurrent", "1"));
        PolicyStack narrow(stackOf({bulkhead}), {.name = "shop", .clock = &clock});
        const auto first = start(narrow.call(slow.operation()), clock);
        const auto second = start(narrow.call(slow.operation()), clock);
        QCOMPARE(second->text, std::string("layer 0 ('bulkhead') of the policy stack 'shop': the call ended as bulkhead_full"));
        clock.advance(2s);
        QVERIFY(first->isOver);
    }

    /// Whatever a log does: calls end, deadlines ring, permits come back.
    void anObserverThatThrowsHoldsNothingUp()
    {
        ManualClock clock;
        int heard = 0;
        StackOptions options;
        options.name = "db";
        options.clock = &clock;
        options.observer = [&heard](Instant, const StackAction &) {
            ++heard;
            throw std::runtime_error("the disk is full");
        };
        PolicySpec bulkhead = *makeLayer("bulkhead");
        QVERIFY(setField(bulkhead.settings, "max_concurrent", "1"));
        PolicyStack stack(stackOf({bulkhead, layerOf(steadyRetry(2, 100ms)), layerOf(timeoutAfter(50ms))}), options);
        QTest::ignoreMessage(QtWarningMsg, "the observer of the policy stack 'db' threw: the disk is full; this is not reported again");
        Scripted service(clock, {{1h, true}, {10ms, true}, {10ms, true}});
        const auto got = start(stack.call(service.operation()), clock); // times out at 50, again at 150, answered at 160 ms
        clock.advance(1s);
        QCOMPARE(got->text, std::string("1"));
        QVERIFY(got->at == at(160));
        QCOMPARE(heard, 5); // two attempts, one left, one retry, one end
        const auto next = start(stack.call(service.operation()), clock);
        clock.advance(1s);
        QCOMPARE(next->text, std::string("2"));
        QCOMPARE(stack.metrics().good(), std::uint64_t(2));
        QCOMPARE(stack.metrics().inFlight, std::size_t(0));
    }

    void misuseEndsTheProgramWithAMessage_data()
    {
        QTest::addColumn<QString>("what");
        QTest::addColumn<QString>("message");
        for (const char *what : {"metrics", "resetMetrics", "breaker", "usableInstances", "policy", "forceBreaker", "call"})
            QTest::newRow(what) << QString("thread:") + what << "QThread::currentThread() == m_thread";
        for (const char *what : {"breaker", "layerType", "policy", "forceBreaker", "reconfigure"})
            QTest::newRow((std::string("no such layer: ") + what).c_str()) << QString("layer:") + what << "layer < m_layers.size()";
    }
    void misuseEndsTheProgramWithAMessage()
    {
        QFETCH(QString, what);
        QFETCH(QString, message);
        QProcess child;
        child.start(QCoreApplication::applicationFilePath(), {"--misuse", what});
        QVERIFY(child.waitForFinished(20'000));
        const QString said = QString::fromUtf8(child.readAllStandardError());
        QCOMPARE(child.exitStatus(), QProcess::CrashExit);
        QVERIFY2(said.contains(message), qPrintable(said));
    }

    void aHealthAwareBreakerRefusesBeforeTheFirstFailure()
    {
        ManualClock clock;
        bool isWell = false;
        int probes = 0;
        auto probe = [&]() -> QCoro::Task<Outcome> {
            ++probes;
            if (!isWell)
                throw std::runtime_error("no answer");
            co_return Outcome();
        };
        HealthCheckConfig health;
        health.interval = 10s;
        health.unhealthyThreshold = 2;
        health.healthyThreshold = 1;
        HealthAwareCircuitBreaker breaker("db", probe, {}, health, {.clock = &clock});
        clock.advance(9s);
        QCOMPARE(probes, 1);
        QVERIFY(breaker.isHealthy());
        clock.advance(2s);
        QCOMPARE(probes, 2);
        QVERIFY(!breaker.isHealthy());
        const auto refused = start(breaker.call([] {}), clock);
        QVERIFY(refused->kind == OutcomeKind::Unhealthy);
        QVERIFY(breaker.state() == BreakerState::Closed);
        isWell = true;
        clock.advance(10s);
        QVERIFY(breaker.isHealthy());
        QCOMPARE(start(breaker.call([] {}), clock)->text, std::string("done"));
        QVERIFY_EXCEPTION_THROWN(HealthAwareCircuitBreaker("db", {}), std::invalid_argument);
        health.interval = 0s;
        QVERIFY_EXCEPTION_THROWN(HealthAwareCircuitBreaker("db", probe, {}, health), std::invalid_argument);
    }

    void aBulkheadLetsCallsWaitAndAHedgeRunsACopy()
    {
        ManualClock clock;
        PolicySpec bulkhead = *makeLayer("bulkhead");
        QVERIFY(setField(bulkhead.settings, "max_concurrent", "1"));
        QVERIFY(setField(bulkhead.settings, "queue", "1"));
        QVERIFY(setField(bulkhead.settings, "max_wait", "1s"));
        PolicyStack stack(stackOf({bulkhead}), {.clock = &clock});
        Scripted service(clock, {{100ms, true}});
        const auto first = start(stack.call(service.operation()), clock);
        const auto second = start(stack.call(service.operation()), clock);
        const auto third = start(stack.call(service.operation()), clock);
        QVERIFY(third->kind == OutcomeKind::BulkheadFull);
        clock.advance(300ms);
        QVERIFY(first->at == at(100) && second->at == at(200));
        QVERIFY(service.askedAt[1] == at(100));

        PolicySpec hedge = *makeLayer("hedge");
        QVERIFY(setField(hedge.settings, "delay", "50ms"));
        QVERIFY(setField(hedge.settings, "max_hedges", "1"));
        PolicyStack hedged(stackOf({hedge}), {.clock = &clock});
        Scripted slow(clock, {{500ms, true}, {20ms, true}});
        const Instant begin = clock.now();
        const auto got = start(hedged.call(slow.operation()), clock);
        clock.advance(1s);
        QCOMPARE(got->text, std::string("1")); // the copy was faster
        QVERIFY(got->at - begin == 70ms);
        QCOMPARE(slow.stopped, 1);
        QCOMPARE(hedged.metrics().left, std::uint64_t(1));
    }

    void whatTheOperationSaysDecides()
    {
        ManualClock clock;
        PolicyStack stack(stackOf({layerOf(steadyRetry(3, 10ms))}), {.clock = &clock});
        int asked = 0;
        // An exception with an outcome: not in retry_on.
        auto limited = [&asked]() -> int {
            ++asked;
            throw CallError({.kind = OutcomeKind::RateLimited, .status = 429}, "slow down");
        };
        QCOMPARE(start(stack.call(limited), clock)->text, std::string("slow down"));
        QCOMPARE(asked, 1);
        // A value that is a failure: tried again, and given out in the end.
        CallOptions<int> options;
        options.judge = [](const int &value) { return Outcome{.kind = value == 503 ? OutcomeKind::Error : OutcomeKind::Success}; };
        auto status = [&asked] { return ++asked < 3 ? 503 : 200; };
        asked = 0;
        const auto got = start(stack.call(status, options), clock);
        clock.advance(1s);
        QCOMPARE(got->text, std::string("200"));
        QVERIFY(got->at == at(30));
        asked = -100;
        const auto worst = start(stack.call(status, options), clock);
        clock.advance(1s);
        QCOMPARE(worst->text, std::string("503"));
        QCOMPARE(asked, -97);
    }

    void aFallbackServesTheLastGoodValueOrItsOwn()
    {
        ManualClock clock;
        FallbackConfig cached;
        cached.source = FallbackSource::Cached;
        cached.cachedMaxAge = 10s;
        PolicyStack stack(stackOf({layerOf(cached)}), {.clock = &clock});
        Scripted service(clock, {{1ms, false}, {1ms, true}, {1ms, false}});
        const auto nothing = start(stack.call(service.operation()), clock);
        clock.advance(1s);
        QCOMPARE(nothing->text, std::string("answer 0 is bad"));
        start(stack.call(service.operation()), clock);
        clock.advance(1s);
        const auto old = start(stack.call(service.operation()), clock);
        clock.advance(1s);
        QCOMPARE(old->text, std::string("1"));
        QCOMPARE(stack.metrics().ended[static_cast<std::size_t>(OutcomeKind::Fallback)], std::uint64_t(1));
        CallOptions<int> options;
        options.substitute = [](Outcome) { return -1; };
        const auto own = start(stack.call(service.operation(), options), clock);
        clock.advance(1s);
        QCOMPARE(own->text, std::string("-1"));
        clock.advance(20s);
        const auto tooOld = start(stack.call(service.operation()), clock);
        clock.advance(1s);
        QCOMPARE(tooOld->text, std::string("answer 4 is bad"));
        // A static one has no value of its own.
        PolicyStack fixed(stackOf({layerOf(FallbackConfig())}), {.clock = &clock});
        const auto missing = start(fixed.call(service.operation()), clock);
        clock.advance(1s);
        QVERIFY2(missing->text.starts_with("a policy serves a substitute, but there is none"), missing->text.c_str());
    }

    void theCallerMayLeave()
    {
        ManualClock clock;
        PolicyStack stack(stackOf({layerOf(CircuitBreakerConfig())}), {.clock = &clock});
        Scripted service(clock, {{1s, true}});
        std::stop_source stop;
        CallOptions<int> byToken;
        byToken.stop = stop.get_token();
        const auto first = start(stack.call(service.operation(), byToken), clock);
        stop.request_stop();
        ManualClock::settle();
        QVERIFY(first->isCancelled);
        auto scope = std::make_unique<CoroutineScope>();
        CallOptions<int> byScope;
        byScope.scope = scope.get();
        const auto second = start(stack.call(service.operation(), byScope), clock);
        scope.reset();
        QVERIFY(second->isCancelled);
        QCOMPARE(stack.metrics().inFlight, std::size_t(0));
        QCOMPARE(stack.metrics().ended[static_cast<std::size_t>(OutcomeKind::Cancelled)], std::uint64_t(2));
        clock.advance(2s);
        QCOMPARE(service.stopped, 2);
        QCOMPARE(stack.breaker(0)->window.calls, std::uint32_t(0)); // a caller that left says nothing about the service
        // Told before it begins, by either: nothing is asked, and it is counted all the same.
        const auto third = start(stack.call(service.operation(), byToken), clock);
        QVERIFY(third->isCancelled);
        CoroutineScope over;
        over.cancel();
        CallOptions<int> byOver;
        byOver.scope = &over;
        const auto fourth = start(stack.call(service.operation(), byOver), clock);
        QVERIFY(fourth->isCancelled);
        clock.advance(2s);
        QCOMPARE(service.askedAt.size(), std::size_t(2));
        QCOMPARE(stack.metrics().attempts, std::uint64_t(2));
        QCOMPARE(stack.metrics().ended[static_cast<std::size_t>(OutcomeKind::Cancelled)], std::uint64_t(4));
    }

    void theEndOfTheStackEndsItsCalls()
    {
        ManualClock clock;
        Scripted service(clock, {{1s, true}});
        CoroutineScope scope;
        CallOptions<int> byScope;
        byScope.scope = &scope;
        auto stack = std::make_unique<PolicyStack>(stackOf({layerOf(timeoutAfter(10s))}), StackOptions{.clock = &clock});
        const auto first = start(stack->call(service.operation()), clock);
        const auto second = start(stack->call(service.operation(), byScope), clock);
        stack.reset();
        ManualClock::settle();
        QVERIFY(first->isCancelled && second->isCancelled);
        clock.advance(20s);
        QCOMPARE(service.ended, 2); // it ran on, for nobody
        QCOMPARE(service.stopped, 2);
    }

    /// An address sanitizer sees what else is touched after that.
    void anOperationMayEndTheStackThatRunsIt()
    {
        ManualClock clock;
        std::stop_source stop;
        CallOptions<int> byToken;
        byToken.stop = stop.get_token();
        auto stack = std::make_unique<PolicyStack>(stackOf({layerOf(timeoutAfter(10s))}), StackOptions{.clock = &clock});
        const auto got = start(stack->call(
                                   [&stack] {
                                       stack.reset();
                                       return 1;
                                   },
                                   byToken),
                               clock);
        QVERIFY(!stack);
        QVERIFY(got->isCancelled);
    }

    void callsBeyondTheLimitAreRefused()
    {
        ManualClock clock;
        PolicyStack stack(stackOf({}), {.name = "small", .clock = &clock, .callsInFlightMax = 1});
        Scripted service(clock, {{1s, true}});
        const auto first = start(stack.call(service.operation()), clock);
        const auto second = start(stack.call(service.operation()), clock);
        QVERIFY(second->kind == OutcomeKind::BulkheadFull);
        QCOMPARE(second->text, std::string("the policy stack 'small' has 1 calls under way"));
        clock.advance(2s);
        QCOMPARE(first->text, std::string("0"));
        QCOMPARE(start(stack.call([] { return 3; }), clock)->text, std::string("3"));
        const StackMetrics metrics = stack.metrics(); // a refusal at the door is a call that ended, too
        QCOMPARE(metrics.calls, std::uint64_t(3));
        QCOMPARE(metrics.endedAll(), std::uint64_t(3));
        QCOMPARE(metrics.ended[static_cast<std::size_t>(OutcomeKind::BulkheadFull)], std::uint64_t(1));
        QCOMPARE(metrics.durations.at(OutcomeKind::BulkheadFull).count(), std::uint64_t(1));
        QCOMPARE(metrics.duration.count(), std::uint64_t(3));
        for (const std::size_t most : {std::size_t(0), (std::size_t(1) << 31) + 1}) {
            try {
                PolicyStack(stackOf({}), {.name = "small", .clock = &clock, .callsInFlightMax = most});
                QFAIL("it was taken");
            } catch (const std::invalid_argument &error) {
                QCOMPARE(std::string(error.what()), "the policy stack 'small': callsInFlightMax is " + std::to_string(most)
                                                        + ", expected 1 to 2147483648");
            }
        }
    }

    void settingsAreCheckedByTheSchema()
    {
        RetryConfig config;
        config.backoffMultiplier = 0.5;
        try {
            PolicyStack stack(stackOf({layerOf(TimeoutConfig()), layerOf(config)}), {.name = "db"});
            QFAIL("it was taken");
        } catch (const std::invalid_argument &error) {
            QCOMPARE(std::string(error.what()), std::string("the policy stack 'db': layer 1, 'retry': 'backoff_multiplier' is 0.5, "
                                                            "expected 1 to 10"));
        }
        QVERIFY(makeLayer("no_such_policy").error().message.starts_with("there is no policy 'no_such_policy', there are "));
        QVERIFY(!makeLayer("circuit_breaker", "no_such_library"));
        Result<PolicySpec> layer = makeLayer("circuit_breaker", "resilience4j");
        QVERIFY(layer);
        QVERIFY(layer->type->dialect == "resilience4j");
        QVERIFY(!setField(layer->settings, "no_such_setting", "1"));
        // New settings act on the calls that come.
        ManualClock clock;
        PolicyStack stack(stackOf({layerOf(timeoutAfter(1s))}), {.clock = &clock});
        QVERIFY(stack.reconfigure(0, layerOf(timeoutAfter(2s)).settings));
        QVERIFY(!stack.reconfigure(0, layerOf(RetryConfig()).settings));
        Scripted service(clock, {{1500ms, true}});
        const auto got = start(stack.call(service.operation()), clock);
        clock.advance(3s);
        QCOMPARE(got->text, std::string("0"));
    }

    // ---- one pattern around one operation

    void retryWithBackoffAsksThePredicate()
    {
        ManualClock clock;
        Scripted service(clock, {{1ms, false}, {1ms, false}, {1ms, true}});
        std::vector<std::string> asked;
        RetryPredicate always = [&asked](const std::exception &error) {
            asked.push_back(error.what());
            return true;
        };
        auto operation = service.operation();
        const auto got = start(retryWithBackoff(steadyRetry(5, 100ms), always, operation, &clock), clock);
        clock.advance(10s);
        QCOMPARE(got->text, std::string("2"));
        QVERIFY(got->at == at(303)); // 1 + 100 + 1 + 200 + 1
        QCOMPARE(asked.size(), std::size_t(2));
        QCOMPARE(asked[1], std::string("answer 1 is bad"));
        Scripted broken(clock, {{1ms, false}});
        RetryPredicate never = [](const std::exception &) { return false; };
        const auto once = start(retryWithBackoff(steadyRetry(5, 100ms), never, broken.operation(), &clock), clock);
        clock.advance(10s);
        QCOMPARE(once->text, std::string("answer 0 is bad"));
        QCOMPARE(broken.askedAt.size(), std::size_t(1));
        const auto three = start(retryWithBackoff(steadyRetry(3, 100ms), {}, broken.operation(), &clock), clock);
        clock.advance(10s);
        QCOMPARE(three->text, std::string("answer 3 is bad"));
    }

    void timeoutOperationAndWithFallback()
    {
        ManualClock clock;
        Scripted service(clock, {{100ms, true}});
        const auto late = start(timeoutOperation(50ms, service.operation(), &clock), clock);
        clock.advance(1s);
        QVERIFY(late->isTimeout);
        QVERIFY(late->at == at(50));
        const auto inTime = start(timeoutOperation(150ms, service.operation(), &clock), clock);
        clock.advance(1s);
        QCOMPARE(inTime->text, std::string("1"));
        Scripted broken(clock, {{1ms, false}});
        const auto instead = start(withFallback(7, broken.operation(), &clock), clock);
        clock.advance(1s);
        QCOMPARE(instead->text, std::string("7"));
        QVERIFY_EXCEPTION_THROWN(ExponentialBackoff({.maxAttempts = 0}), std::invalid_argument);
    }

    void exponentialBackoffFollowsItsFormula()
    {
        // min(max_delay, initial_delay * multiplier^(n-1)), see the documentation of `retry`.
        RetryConfig config;
        config.jitter = Jitter::None;
        config.maxAttempts = 10;
        const ExponentialBackoff plain(config);
        const std::vector<Duration> expected = {1s, 2s, 4s, 8s, 16s, 30s, 30s};
        for (std::size_t i = 0; i < expected.size(); ++i)
            QVERIFY(plain.nextDelay(static_cast<std::int64_t>(i + 1)) == expected[i]);
        QVERIFY(plain.nextDelay(1000) == 30s);
        config.jitter = Jitter::Full;
        const ExponentialBackoff full(config, 1), same(config, 1), other(config, 2);
        bool differs = false;
        for (int n = 1; n <= 9; ++n) {
            QVERIFY(full.nextDelay(n) < plain.nextDelay(n));
            QVERIFY(full.nextDelay(n) == same.nextDelay(n));
            differs = differs || full.nextDelay(n) != other.nextDelay(n);
        }
        QVERIFY(differs);
    }

    // ---- the queue for workers

    void aJobComesBackUntilItWorksOrIsBuried()
    {
        ManualClock clock;
        RetryQueueOptions options;
        options.retry = steadyRetry(3, 1s);
        options.clock = &clock;
        options.workers = 1;
        std::vector<std::string> log;
        auto worker = [&log, &clock](const std::string &job, const Delivery &delivery) -> QCoro::Task<> {
            log.push_back(job + std::to_string(delivery.number) + "@" + std::to_string(clock.now().ns() / 1'000'000));
            if (job == "bad" || (job == "once" && delivery.number == 1))
                throw std::runtime_error(job + " failed");
            co_return;
        };
        std::vector<std::string> buried;
        const RetryQueue<std::string> *self = nullptr;
        RetryQueue<std::string> queue(worker, options, [&](const DeadLetter<std::string> &letter) {
            buried.push_back(letter.job);
            QCOMPARE(self->deadLetters().size(), std::size_t(1)); // it is among them already
            QCOMPARE(self->deadLetters().back().job, letter.job);
        });
        self = &queue;
        for (const char *job : {"bad", "once", "good"})
            QVERIFY(queue.push(job));
        QCOMPARE(queue.size(), std::size_t(2)); // the good one is done already
        clock.advance(10s);
        const std::vector<std::string> expected = {"bad1@0", "once1@0", "good1@0", "bad2@1000", "once2@1000", "bad3@3000"};
        QCOMPARE(log, expected);
        QCOMPARE(queue.size(), std::size_t(0));
        QCOMPARE(queue.done(), std::uint64_t(2));
        QCOMPARE(queue.redelivered(), std::uint64_t(3));
        QCOMPARE(buried, std::vector<std::string>{"bad"});
        QCOMPARE(queue.deadLetters().front().deliveries, 3u);
        QCOMPARE(queue.deadLetters().front().error, std::string("bad failed"));
        QVERIFY(queue.deadLetters().front().at == at(3000));
    }

    /// An address sanitizer sees what else is touched after that.
    void theHandlerOfADeadLetterMayEndTheQueue()
    {
        ManualClock clock;
        RetryQueueOptions options;
        options.retry = steadyRetry(1, 1s);
        options.clock = &clock;
        auto worker = [](const std::string &, const Delivery &) -> QCoro::Task<> {
            throw std::runtime_error("bad");
            co_return;
        };
        std::unique_ptr<RetryQueue<std::string>> queue;
        std::string last;
        queue = std::make_unique<RetryQueue<std::string>>(worker, options, [&queue, &last](const DeadLetter<std::string> &letter) {
            queue.reset();
            last = letter.job + ", " + letter.error;
        });
        QVERIFY(queue->push("a job with a name that is longer than what fits into a short string"));
        ManualClock::settle();
        clock.advance(1s);
        QVERIFY(!queue);
        QCOMPARE(last, std::string("a job with a name that is longer than what fits into a short string, bad"));
        options.workers = 0;
        QVERIFY_EXCEPTION_THROWN(RetryQueue<std::string>(worker, options), std::invalid_argument);
        options.workers = 1;
        options.capacity = 0;
        QVERIFY_EXCEPTION_THROWN(RetryQueue<std::string>(worker, options), std::invalid_argument);
        options.capacity = (std::size_t{1} << 31) + 1;
        try {
            const RetryQueue<std::string> tooLarge(worker, options);
            QFAIL("it was taken");
        } catch (const std::invalid_argument &error) { // of the queue, not of the stack inside
            QCOMPARE(std::string(error.what()), std::string("the retry queue has room for 2147483649 jobs, expected 1 to 2147483648"));
        }
        options.capacity = 1;
        options.workers = (std::size_t{1} << 31) + 1;
        QVERIFY_EXCEPTION_THROWN(RetryQueue<std::string>(worker, options), std::invalid_argument);
    }

    void noMoreJobsRunThanThereAreWorkers()
    {
        ManualClock clock;
        RetryQueueOptions options;
        options.clock = &clock;
        options.workers = 2;
        options.capacity = 6;
        CoroutineScope scope;
        int running = 0, most = 0, ended = 0;
        auto worker = [&](const int &, const Delivery &) -> QCoro::Task<> {
            most = std::max(most, ++running);
            co_await sleepOn(clock, scope, 100ms);
            --running;
            ++ended;
        };
        auto queue = std::make_unique<RetryQueue<int>>(worker, options);
        for (int i = 0; i < 6; ++i)
            QVERIFY(queue->push(i));
        QVERIFY(!queue->push(6)); // full
        clock.advance(250ms);
        QCOMPARE(ended, 4);
        QCOMPARE(most, 2);
        QCOMPARE(queue->running(), std::size_t(2));
        queue.reset();
        clock.advance(1s);
        QCOMPARE(ended, 6); // the two that ran went on; nothing new began
    }

    // ---- the machine's clock

    void realTimeIsNeverEarly()
    {
        SteadyClock clock;
        PolicyStack stack(stackOf({layerOf(steadyRetry(3, 20ms)), layerOf(timeoutAfter(30ms))}));
        Scripted service(clock, {{0ms, false}, {1h, true}, {0ms, true}});
        const auto got = start(stack.call(service.operation()), clock);
        QTRY_VERIFY_WITH_TIMEOUT(got->isOver, kLimitMs);
        QCOMPARE(got->text, std::string("2"));
        QVERIFY(service.askedAt[1] - service.askedAt[0] >= 20ms);
        QVERIFY(service.askedAt[2] - service.askedAt[1] >= 30ms + 40ms);
    }
};

namespace {

/// What a program must not do, by its name: "thread:metrics" asks from another thread, "layer:breaker" for a layer that is not there.
/// Comes back if nobody minds.
int misuse(const std::string &what)
{
    ManualClock clock;
    PolicyStack stack(stackOf({layerOf(CircuitBreakerConfig())}), {.clock = &clock});
    const std::string name = what.substr(what.find(':') + 1);
    const bool isThread = what.starts_with("thread:");
    const std::size_t layer = isThread ? 0 : 1;
    const auto ask = [&] {
        if (name == "metrics")
            static_cast<void>(stack.metrics());
        else if (name == "resetMetrics")
            stack.resetMetrics();
        else if (name == "breaker")
            static_cast<void>(stack.breaker(layer));
        else if (name == "usableInstances")
            static_cast<void>(stack.usableInstances());
        else if (name == "policy")
            static_cast<void>(stack.policy(layer).nextTimer());
        else if (name == "layerType")
            static_cast<void>(stack.layerType(layer).key());
        else if (name == "forceBreaker")
            static_cast<void>(stack.forceBreaker(layer, BreakerState::Open));
        else if (name == "reconfigure")
            static_cast<void>(stack.reconfigure(layer, layerOf(CircuitBreakerConfig()).settings));
        else if (name == "call")
            auto task = stack.call([] { return 1; });
    };
    if (isThread)
        std::thread(ask).join();
    else
        ask();
    return 0;
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    if (argc == 3 && std::string(argv[1]) == "--misuse")
        return misuse(argv[2]);
    TestPolicyStack test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_policy_stack.moc"
