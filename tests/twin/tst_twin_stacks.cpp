// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The same stack, the same calls and the same dependency, once under the virtual engine and once under the live driver with
// coroutines and a manual clock: every attempt, wait, transition and outcome must come at the same nanosecond.
#include "core/live/policy_stack.h"
#include "core/live/stack_spec.h"
#include "core/policies/registry.h"
#include "core/run/recorder.h"
#include "core/traces/recording.h"
#include "tests/support/scripted_dependency.h"

#include <QObject>
#include <QTest>
#include <algorithm>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

using namespace halfopen;
using namespace halfopen::live;
using namespace halfopen::test;
using namespace std::chrono_literals;

namespace {

constexpr std::uint64_t kSeed = 20260101;
constexpr const char *kEdge = "web -> db";
constexpr const char *kClient = "web";
constexpr Duration kLength = 120s;
constexpr std::uint64_t kCalls = 1500;

/// What a driver did, as lines to compare: per call its attempts, waits and end, and the transitions of every layer.
struct Log {
    std::map<std::uint64_t, std::vector<std::string>> calls;
    std::vector<std::string> transitions;
};

std::string at(Instant when)
{
    return std::to_string(when.ns()) + " ns: ";
}

std::string outcomeText(Outcome outcome)
{
    return std::string(outcomeName(outcome.kind)) + " " + std::to_string(outcome.status) + " "
        + std::to_string(outcome.retryAfterMs);
}

std::string transitionText(std::size_t layer, std::uint32_t instance, Instant when, BreakerState from, BreakerState to,
                           const TransitionReason &reason)
{
    return at(when) + "layer " + std::to_string(layer) + "." + std::to_string(instance) + " " + std::string(breakerStateName(from)) + " -> "
        + std::string(breakerStateName(to)) + ", " + describe(reason);
}

constexpr std::uint32_t kInstances = 5;

/// How many instances the dependency of \a stack has: none where nobody looks at them.
std::uint32_t instancesFor(const PolicyStackSpec &stack)
{
    return std::any_of(stack.layers.begin(), stack.layers.end(), [](const PolicySpec &layer) { return layer.type->judgesInstances; })
        ? kInstances
        : 0;
}

/// Good and bad times of about 8 s each; of \a instances one after the other is bad, a few of them longer than others. No two instants of one run are equal: every time has its own nanoseconds.
AnswerScript script(std::uint64_t seed, std::uint32_t instances)
{
    const RandomStream chance(seed, "script");
    return [chance, instances](std::uint64_t call, std::uint32_t attempt, std::uint32_t instance) {
        const std::uint64_t bits = chance.draw(call, attempt) ^ std::uint64_t(instance) * 0x9e3779b97f4a7c15u;
        const bool isBadTime = instances > 0 ? call / 60 % (instances + 1) == instance || (instance == 1 && call / 100 % 3 == 0)
                                             : call / 100 % 2 == 1;
        ScriptedAnswer answer;
        answer.after = uniform(mix64(bits), 1ms, 90ms);
        const std::uint64_t dice = uniformIndex(bits, 100);
        if (dice < (isBadTime ? 75u : 3u)) {
            constexpr std::array<Outcome, 5> kBad = {{{.kind = OutcomeKind::Error, .status = 503},
                                                      {.kind = OutcomeKind::Error, .status = 503, .retryAfterMs = 150},
                                                      {.kind = OutcomeKind::ConnectionRefused},
                                                      {.kind = OutcomeKind::Rejected, .status = 429},
                                                      {.kind = OutcomeKind::ConnectionReset}}};
            answer.outcome = kBad[dice % kBad.size()];
            if (answer.outcome.kind == OutcomeKind::ConnectionRefused)
                answer.after = Duration::zero();
        } else if (dice > (isBadTime ? 85u : 98u)) {
            answer.after = uniform(mix64(bits), 300ms, 6s); // slow, then fine
        }
        return answer;
    };
}

Outcome probeScript(Instant now)
{
    const bool isBadTime = now.ns() / Duration(8s).count() % 2 == 1;
    return {.kind = isBadTime ? OutcomeKind::Error : OutcomeKind::Success};
}

std::vector<Instant> arrivals(std::uint64_t seed)
{
    const RandomStream chance(seed, "arrivals");
    std::vector<Instant> times;
    Instant time;
    for (std::uint64_t i = 0; i < kCalls; ++i) {
        time = time + uniform(chance.draw(i, 0), 1ms, 159ms);
        times.push_back(time);
    }
    return times;
}

Log runVirtual(const PolicyStackSpec &stack, std::uint64_t seed)
{
    RunRecord identity;
    identity.scenario = std::make_shared<const Scenario>();
    identity.seed = kSeed;
    identity.duration = kLength;
    identity.bucketWidth = kLength + 1s; // one bucket: every call is sampled
    EdgeInfo edge;
    edge.name = kEdge;
    edge.client = 0;
    identity.edges.push_back(edge);
    identity.services.push_back("db");
    const std::uint32_t instances = instancesFor(stack);
    for (std::uint32_t i = 0; i < stack.layers.size(); ++i) {
        if (stack.layers[i].type->isBreaker)
            identity.breakers.push_back({std::to_string(i), 0, i, 0});
        for (std::uint32_t n = 0; stack.layers[i].type->judgesInstances && n < instances; ++n)
            identity.breakers.push_back({std::to_string(i), 0, i, 0, n});
    }
    Recorder recorder(identity, true);
    Engine engine(kSeed, recorder, 100'000);
    ScriptedDependency dependency(script(seed, instances), probeScript, instances);
    dependency.connect(engine);
    engine.addDependency(&dependency);
    Engine::EdgeSetup setup;
    setup.name = kEdge;
    setup.stack = &stack;
    setup.target = &dependency;
    const std::uint32_t index = engine.addEdge(setup);
    engine.seal();
    auto recording = std::make_shared<Recording>();
    for (const Instant time : arrivals(seed)) {
        recording->firstAttempts.push_back(static_cast<std::uint32_t>(recording->attempts.size()));
        RecordedAttempt attempt;
        attempt.start = time;
        recording->attempts.push_back(attempt);
    }
    ArrivalSpec spec;
    spec.kind = ArrivalSpec::Kind::Recorded;
    spec.recording = recording;
    engine.addClient(index, kClient, spec, Instant(kLength));
    engine.start();
    engine.run(Instant(kLength), ~0ull, false);

    Log log;
    const RunRecord record = recorder.snapshot(engine.now(), engine.events(), engine.callsInFlight());
    for (const CallTrace &call : record.calls) {
        std::vector<std::string> &lines = log.calls[callNumber(call.call)];
        for (const CallStep &step : call.steps) {
            if (step.kind == CallStep::Kind::AttemptSent)
                lines.push_back(at(step.at) + "sent");
            else if (step.kind == CallStep::Kind::RetryScheduled)
                lines.push_back(at(step.at) + "again after " + std::to_string(step.delay.count()));
        }
        lines.push_back(at(call.end) + "ended " + outcomeText(call.outcome));
    }
    for (const BreakerTransition &t : record.transitions)
        log.transitions.push_back(transitionText(record.breakers[t.breaker].layer,
                                                 record.breakers[t.breaker].instance.value_or(0), t.at, t.from, t.to, t.reason));
    return log;
}

Log runLive(const PolicyStackSpec &stack, std::uint64_t seed)
{
    Log all; // of calls that may not have ended
    Log log; // of those that have
    ManualClock clock;
    CoroutineScope scope;
    const std::uint32_t instances = instancesFor(stack);
    const AnswerScript answers = script(seed, instances);
    std::map<CallId, std::uint64_t> numbers;
    StackOptions options;
    options.name = kEdge;
    options.seed = kSeed;
    options.clock = &clock;
    options.instances = instances;
    options.observer = [&](Instant now, const StackAction &action) {
        // Calls begin in order of their numbers, and a call may end before begin() is back.
        const std::uint64_t number = action.call - 1;
        if (action.kind == StackAction::Kind::StartAttempt)
            all.calls[number].push_back(at(now) + "sent");
        else if (action.kind == StackAction::Kind::RetryDecided)
            all.calls[number].push_back(at(now) + "again after " + std::to_string(action.delay.count()));
        else if (action.kind == StackAction::Kind::PolicyEvent)
            log.transitions.push_back(transitionText(action.layer, action.event.part, action.event.at, action.event.from,
                                                     action.event.to, action.event.reason));
        if (action.kind == StackAction::Kind::EndCall) {
            all.calls[number].push_back(at(now) + "ended " + outcomeText(action.end.outcome));
            log.calls[number] = all.calls[number];
        }
    };
    options.probe = [&clock]() -> QCoro::Task<Outcome> { co_return probeScript(clock.now()); };
    PolicyStack live(stack, options);
    const std::vector<Instant> times = arrivals(seed);
    for (std::uint64_t number = 0; number < times.size() && times[number] < Instant(kLength); ++number) {
        clock.advanceTo(times[number]);
        CallOptions<int> call;
        call.key = hashText(kClient) << 40 | number; // as the engine names it
        auto operation = [&clock, &scope, &answers, number](const Attempt &attempt) {
            return [](Clock &time, CoroutineScope &owner, ScriptedAnswer answer) -> QCoro::Task<int> {
                if (answer.after > Duration::zero())
                    co_await sleepOn(time, owner, answer.after);
                if (answer.outcome != Outcome())
                    throw CallError(answer.outcome);
                co_return 1;
            }(clock, scope, answers(number, attempt.number - 1, attempt.instance));
        };
        auto task = live.call(operation, call); // nobody awaits it: the observer sees its end
    }
    clock.advanceTo(Instant(kLength));
    return std::exchange(log, {}); // what ends with the stack and the scope is no part of the run
}

/// Puts the settings of \a wanted that this policy has.
PolicySpec tuned(const PolicyType &type, const std::vector<std::pair<const char *, const char *>> &wanted)
{
    PolicySpec layer{&type, Settings(type.schema())};
    for (const auto &[key, text] : wanted) {
        PolicySpec attempt = layer;
        // A setting that does not fit this dialect, or does not fit to the others, is left alone.
        if (setField(attempt.settings, key, text) && checkSettings(attempt.settings))
            layer = attempt;
    }
    return layer;
}

/// Settings that make each policy act often within two minutes, by the names that the dialects have for them.
PolicySpec eager(const PolicyType &type)
{
    return tuned(type, {{"failure_threshold", "3"},
                        {"recovery_timeout", "700ms"},
                        {"success_threshold", "2"},
                        {"timeout", "400ms"},
                        {"after", "400ms"},
                        {"initial_delay", "50ms"},
                        {"max_attempts", "4"},
                        {"wait_duration_in_open_state", "700ms"},
                        {"waitDurationInOpenState", "700ms"},
                        {"sliding_window_size", "20"},
                        {"minimum_number_of_calls", "10"},
                        {"open_timeout", "700ms"},
                        {"interval", "5s"},
                        {"break_duration", "700ms"},
                        {"minimum_throughput", "10"},
                        {"sampling_duration", "5s"},
                        {"max_concurrent", "2"},
                        {"queue", "3"},
                        {"max_wait", "60ms"},
                        {"rate", "8/s"},
                        {"burst", "3"},
                        {"limit_for_period", "8"},
                        {"limit_refresh_period", "1s"},
                        {"delay", "60ms"},
                        {"percentile", "none"},
                        {"max_hedges", "2"},
                        {"ttl", "300ms"},
                        {"unhealthy_threshold", "1"},
                        {"healthy_threshold", "1"},
                        {"initial_limit", "2"},
                        {"max_limit", "4"},
                        {"min_limit", "1"},
                        {"update_interval", "1s"},
                        {"window", "5s"},
                        {"minimum_calls", "5"},
                        {"max_tokens", "10"},
                        {"consecutive_5xx", "2"},
                        {"consecutive_gateway_failure", "4"},
                        {"base_ejection_time", "3s"},
                        {"max_ejection_percent", "60%"},
                        {"success_rate_request_volume", "5"},
                        {"success_rate_stdev_factor", "1000"},
                        {"failure_percentage", "true"},
                        {"failure_percentage_request_volume", "5"},
                        {"cached.max_age", "30s"}});
}

std::vector<const PolicyType *> everyRow()
{
    std::vector<const PolicyType *> rows;
    for (const PolicyType &type : policyTypes()) {
        rows.push_back(&type);
        if (type.otherDialects)
            for (const PolicyType &other : type.otherDialects())
                rows.push_back(&other);
    }
    return rows;
}

} // namespace

class TestTwinStacks : public QObject {
    Q_OBJECT

    void compare(const PolicyStackSpec &stack, std::uint64_t seed)
    {
        Log expected = runVirtual(stack, seed);
        Log actual = runLive(stack, seed);
        // What several layers do at one instant is compared as a set.
        for (Log *log : {&expected, &actual})
            std::sort(log->transitions.begin(), log->transitions.end(), [](const auto &a, const auto &b) {
                return std::pair(std::stoll(a), a) < std::pair(std::stoll(b), b);
            });
        QVERIFY(expected.calls.size() > kCalls * 9 / 10);
        for (const auto &[number, lines] : expected.calls) {
            const auto found = actual.calls.find(number);
            const std::string what = "seed " + std::to_string(seed) + ", call " + std::to_string(number) + ": ";
            QVERIFY2(found != actual.calls.end(), (what + "never ended; expected " + lines.back()).c_str());
            for (std::size_t i = 0; i < std::min(lines.size(), found->second.size()); ++i)
                QVERIFY2(found->second[i] == lines[i], (what + "live " + found->second[i] + ", virtual " + lines[i]).c_str());
            QCOMPARE(found->second.size(), lines.size());
        }
        QVERIFY(actual.calls.size() >= expected.calls.size()); // the record samples 64 calls at a time at most
        for (std::size_t i = 0; i < std::min(actual.transitions.size(), expected.transitions.size()); ++i)
            QVERIFY2(actual.transitions[i] == expected.transitions[i],
                     ("live " + actual.transitions[i] + ", virtual " + expected.transitions[i]).c_str());
        QCOMPARE(actual.transitions.size(), expected.transitions.size());
        m_transitions += expected.transitions.size();
    }

    std::size_t m_transitions = 0;

private slots:
    void everyPolicyDecidesTheSame_data()
    {
        QTest::addColumn<int>("row");
        QTest::addColumn<int>("shape");
        const auto rows = everyRow();
        const std::vector<const char *> shapes = {"alone", "eager", "inside a retry", "around a retry", "in the middle"};
        for (std::size_t row = 0; row < rows.size(); ++row)
            for (std::size_t shape = 0; shape < shapes.size(); ++shape)
                QTest::addRow("%s/%s %s", std::string(rows[row]->key()).c_str(), std::string(rows[row]->dialect).c_str(),
                              shapes[shape])
                    << static_cast<int>(row) << static_cast<int>(shape);
    }
    void everyPolicyDecidesTheSame()
    {
        QFETCH(int, row);
        QFETCH(int, shape);
        const PolicyType &type = *everyRow()[static_cast<std::size_t>(row)];
        const PolicySpec plain{&type, Settings(type.schema())};
        const PolicySpec tight = eager(type);
        const PolicySpec retry = eager(*findPolicyType("retry"));
        const PolicySpec timeout = eager(*findPolicyType("timeout"));
        const PolicySpec fallback = tuned(*findPolicyType("fallback"), {{"source", "cached"}, {"cached.max_age", "2s"}});
        PolicyStackSpec stack;
        stack.name = "twin";
        const std::vector<std::vector<PolicySpec>> shapes = {
            {plain}, {tight}, {retry, tight, timeout}, {tight, retry, timeout}, {fallback, tight, retry, timeout, tight}};
        stack.layers = shapes[static_cast<std::size_t>(shape)];
        if (type.startsCopies && shape == 4) // a stack holds one such layer
            stack.layers.pop_back();
        QVERIFY(checkStack(stack));
        for (const std::uint64_t seed : {1u, 2u}) {
            compare(stack, seed);
            if (QTest::currentTestFailed())
                return;
        }
    }

    void workOnASubstituteTakesTheSameTime()
    {
        const PolicyType &type = *findPolicyType("fallback");
        const PolicySpec work = tuned(type, {{"work", "35ms"}});
        const PolicySpec timeout = eager(*findPolicyType("timeout"));
        const PolicySpec breaker = eager(*findPolicyType("circuit_breaker"));
        const PolicySpec retry = eager(*findPolicyType("retry"));
        PolicyStackSpec stack;
        stack.name = "twin";
        for (const std::vector<PolicySpec> &layers :
             {std::vector<PolicySpec>{work, breaker, timeout}, {timeout, work, retry}, {retry, timeout, work, breaker}}) {
            stack.layers = layers;
            QVERIFY(checkStack(stack));
            for (const std::uint64_t seed : {1u, 2u}) {
                compare(stack, seed);
                if (QTest::currentTestFailed())
                    return;
            }
        }
    }

    /// A judge with its panic switched off refuses when it has ejected everybody; two of them together leave somebody.
    void judgesOfInstancesDecideTheSame()
    {
        const PolicyType &type = *findPolicyType("outlier_ejection");
        const PolicySpec strict = tuned(type, {{"consecutive_5xx", "1"},
                                               {"base_ejection_time", "4s"},
                                               {"interval", "1s"},
                                               {"max_ejection_percent", "100%"},
                                               {"panic_threshold", "0%"}});
        const PolicySpec apart = tuned(type, {{"split_external_local_origin_errors", "true"},
                                              {"consecutive_local_origin_failure", "1"},
                                              {"consecutive_5xx", "2"},
                                              {"base_ejection_time", "6s"},
                                              {"interval", "1s"},
                                              {"max_ejection_percent", "60%"},
                                              {"panic_threshold", "0%"}});
        const PolicySpec retry = eager(*findPolicyType("retry"));
        const PolicySpec timeout = eager(*findPolicyType("timeout"));
        const PolicySpec hedge = eager(*findPolicyType("hedge"));
        PolicyStackSpec stack;
        stack.name = "twin";
        for (const std::vector<PolicySpec> &layers : {std::vector<PolicySpec>{strict}, {retry, strict, timeout},
                                                      {strict, retry, apart, timeout}, {apart, hedge, strict, timeout}}) {
            stack.layers = layers;
            QVERIFY(checkStack(stack));
            const std::size_t before = m_transitions;
            for (const std::uint64_t seed : {1u, 2u}) {
                compare(stack, seed);
                if (QTest::currentTestFailed())
                    return;
            }
            QVERIFY2(m_transitions - before > 50, std::to_string(m_transitions - before).c_str()); // ejections and returns
        }
    }

    void theWorldsWereNotPeaceful()
    {
        QVERIFY2(m_transitions > 500, std::to_string(m_transitions).c_str()); // else nothing was compared above
    }
};

QTEST_GUILESS_MAIN(TestTwinStacks)
#include "tst_twin_stacks.moc"
