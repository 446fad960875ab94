// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scenario/loader.h"
#include "simulators/simulation.h"
#include "simulators/vocabulary.h"

#include <QObject>
#include <QTest>

#include <algorithm>

using namespace halfopen;
using namespace std::chrono_literals;

namespace {

LoadResult load(const std::string &text)
{
    return loadScenarioText(text, "s.yaml", standardVocabulary());
}

/// One caller, 1 call every 100 ms for 1 s (the first at 0), to a `main` that fails after 10 ms; whatever else is in \a services.
std::string world(const std::string &stacks, const std::string &services = {})
{
    return "halfopen: 1\nname: w\nduration: 1s\nservices:\n"
           "  main: { workers: 10, service_time: 10ms, error_rate: 100% }\n"
           "  backup: { workers: 10, service_time: 20ms }\n"
         + services
         + "clients:\n  web: { starts_at: 0s, arrivals: { constant: 10/s }, calls: [ { to: main, policies: p } ] }\n"
           "policies:\n  p: " + stacks + "\n";
}

struct Ran {
    RunRecord record;
    CallLog calls;
};

Ran run(const std::string &text)
{
    const LoadResult loaded = load(text);
    for (const Diagnostic &diagnostic : loaded.diagnostics)
        qWarning("%s", diagnostic.text().c_str());
    if (!loaded.scenario)
        qFatal("the scenario cannot be read");
    RunOptions options;
    options.logCalls = true;
    Simulation sim(loaded.scenario, options);
    sim.runToEnd();
    return {sim.snapshot(), sim.takeCallLog(0)};
}

std::uint64_t endedSo(const EdgeTotals &edge, OutcomeKind kind)
{
    return edge.ended[static_cast<std::size_t>(kind)];
}

/// Every call took so long and ended so.
bool allAre(const CallLog &calls, Duration took, OutcomeKind kind)
{
    return calls.size() >= 9 && std::all_of(calls.begin(), calls.end(), [&](const LoggedCall &c) {
        return c.latencyNs == took.count() && c.outcome == kind;
    });
}

std::string problemsOf(const std::string &text)
{
    std::string all;
    for (const Diagnostic &diagnostic : load(text).diagnostics)
        all += diagnostic.text() + "\n";
    return all;
}

} // namespace

/// Fallbacks that cost something: a call to somebody else, work of the caller. What comes out is known by adding times.
class TestSubstitutes : public QObject {
    Q_OBJECT
private slots:
    void anotherServiceAnswersAfterTheFailure()
    {
        const Ran ran = run(world("[ { fallback: { to: backup } } ]"));
        QVERIFY(allAre(ran.calls, 30ms, OutcomeKind::Fallback)); // 10 ms failed, 20 ms answered
        QCOMPARE(ran.record.edges.size(), std::size_t{2});
        QCOMPARE(ran.record.edges[1].name, std::string("web -> backup (fallback)"));
        QCOMPARE(ran.record.edges[1].insteadOf, std::optional<std::uint32_t>(0));
        QVERIFY(!ran.record.edges[1].client);
        QCOMPARE(endedSo(ran.record.edgeTotals[1], OutcomeKind::Success), std::uint64_t(ran.calls.size()));
        QCOMPARE(ran.record.serviceTotals[1].completed, std::uint64_t(ran.calls.size()));
    }

    void workTakesItsTime()
    {
        const Ran ran = run(world("[ { fallback: { work: 5ms } } ]"));
        QVERIFY(allAre(ran.calls, 15ms, OutcomeKind::Fallback));
        QCOMPARE(ran.record.edges.size(), std::size_t{1});
    }

    void whenBothFailTheFirstFailureGoesOutwards()
    {
        std::string text = world("[ { fallback: { to: backup, policies: q } } ]\n  q: [ { timeout: 4ms } ]");
        const Ran ran = run(text);
        QVERIFY(allAre(ran.calls, 14ms, OutcomeKind::Error)); // not `timeout`, which the other call ended with
        QCOMPARE(endedSo(ran.record.edgeTotals[1], OutcomeKind::Timeout), std::uint64_t(ran.calls.size()));
    }

    void aTimeoutOutsideCoversTheSubstituteToo()
    {
        const Ran other = run(world("[ { timeout: 12ms }, { fallback: { to: backup } } ]"));
        QVERIFY(allAre(other.calls, 12ms, OutcomeKind::Timeout));
        QCOMPARE(endedSo(other.record.edgeTotals[1], OutcomeKind::Cancelled), std::uint64_t(other.calls.size()));
        QCOMPARE(other.record.serviceTotals[1].wasted, std::uint64_t(other.calls.size())); // it worked for nobody
        const Ran work = run(world("[ { timeout: 12ms }, { fallback: { work: 5ms } } ]"));
        QVERIFY(allAre(work.calls, 12ms, OutcomeKind::Timeout));
    }

    void aTimeoutInsideDoesNot()
    {
        const Ran ran = run(world("[ { fallback: { to: backup } }, { timeout: 12ms } ]"));
        QVERIFY(allAre(ran.calls, 30ms, OutcomeKind::Fallback));
    }

    void aFallbackInsideARetryIsAskedOnce()
    {
        const Ran inside = run(world("[ { retry: { max_attempts: 3, initial_delay: 1ms, jitter: none } }, { fallback: { to: backup } } ]"));
        QVERIFY(allAre(inside.calls, 30ms, OutcomeKind::Fallback)); // the retry sees a success
        const Ran outside = run(world("[ { fallback: { to: backup } }, { retry: { max_attempts: 3, initial_delay: 1ms, jitter: none } } ]"));
        QVERIFY(allAre(outside.calls, Duration(10ms + 1ms + 10ms + 2ms + 10ms + 20ms), OutcomeKind::Fallback));
    }

    void oneFallbackInsideAnother()
    {
        const Ran ran = run(world("[ { fallback: { work: 3ms } }, { fallback: { to: backup, policies: q } } ]\n  q: [ { timeout: 4ms } ]"));
        QVERIFY(allAre(ran.calls, 17ms, OutcomeKind::Fallback)); // 10 failed, 4 timed out, 3 of work
    }

    void aServiceCanFallBackToo()
    {
        const std::string text = "halfopen: 1\nname: w\nduration: 1s\nservices:\n"
                                 "  app: { workers: 10, service_time: 1ms, calls: [ { to: main, policies: p } ] }\n"
                                 "  main: { workers: 10, service_time: 10ms, error_rate: 100% }\n"
                                 "  backup: { workers: 10, service_time: 20ms }\n"
                                 "clients:\n  web: { starts_at: 0s, arrivals: { constant: 10/s }, calls: [ app ] }\n"
                                 "policies:\n  p: [ { fallback: { to: backup } } ]\n"
                                 "expect: [ { goodput: \">= 100%\", of: \"app -> backup (fallback)\" } ]\n";
        const Ran ran = run(text);
        QVERIFY(allAre(ran.calls, 31ms, OutcomeKind::Success));
    }

    void wrongNamesAndCirclesAreRefused()
    {
        QVERIFY2(QString::fromStdString(problemsOf(world("[ { fallback: { to: bakup } } ]")))
                     .contains("there is no service 'bakup'"), problemsOf(world("[ { fallback: { to: bakup } } ]")).c_str());
        QVERIFY(QString::fromStdString(problemsOf(world("[ { fallback: { to: backup, policies: x } } ]")))
                    .contains("there is no policy stack 'x'"));
        QVERIFY(QString::fromStdString(problemsOf(world("[ { fallback: { to: backup, policies: p } } ]")))
                    .contains("the stack 'p' makes a call through itself"));
        QVERIFY(QString::fromStdString(problemsOf(world("[ { fallback: { source: other } } ]"))).contains("source: other needs 'to'"));
        QVERIFY(QString::fromStdString(problemsOf(world("[ { fallback: { work: 1ms, to: backup } } ]")))
                    .contains("work has no meaning without source: work"));
        const std::string circle = "halfopen: 1\nname: w\nduration: 1s\nservices:\n"
                                   "  a: { calls: [ { to: b, policies: p } ] }\n  b: {}\n"
                                   "clients:\n  web: { arrivals: { constant: 10/s }, calls: [ a ] }\n"
                                   "policies:\n  p: [ { fallback: { to: a } } ]\n";
        QVERIFY(QString::fromStdString(problemsOf(circle)).contains("the calls go in a circle: a -> a"));
    }

    void whoIsCalledInsteadIsFixedWhileTheRunPlays()
    {
        const LoadResult loaded = load(world("[ { fallback: { to: backup } } ]"));
        Simulation sim(loaded.scenario);
        sim.runUntil(Instant(Duration(100ms)));
        const Result<void> changed = sim.change("policies.p.0.to", "main");
        QVERIFY(!changed);
        QVERIFY(QString::fromStdString(changed.error().message).contains("cannot be changed while the run plays"));
        QVERIFY(sim.change("policies.p.0.on", "[error]"));
    }
};

QTEST_GUILESS_MAIN(TestSubstitutes)
#include "tst_substitutes.moc"
