// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulators/simulation.h"
#include "tests/support/naive_engine.h"
#include "tests/support/random_scenario.h"

#include <QObject>
#include <QTest>

using namespace halfopen;

/// The engine against a second, simple one, and against what must hold in every world.
class TestEngine : public QObject {
    Q_OBJECT
private slots:
    void givesTheFingerprintOfTheNaiveEngine();
    void twoRunsGiveTheSameFingerprint();
    void steppingGivesTheFingerprintOfRunning();
    void everyCallEndsOnceOrIsInFlight();
    void aCancelledRunKeepsWhatItHas();
    void aLimitOfCallsInFlightEndsTheRunWithAMessage();
};

namespace {

std::shared_ptr<const Scenario> randomWorld(std::uint64_t number)
{
    return std::make_shared<const Scenario>(test::randomScenario(number));
}

} // namespace

void TestEngine::givesTheFingerprintOfTheNaiveEngine()
{
    std::uint64_t calls = 0;
    std::uint64_t transitions = 0;
    for (std::uint64_t number = 1; number <= 3000; ++number) {
        const auto scenario = randomWorld(number);
        const test::NaiveResult naive = test::runNaively(*scenario, scenario->seed);
        Simulation fast(scenario);
        fast.runToEnd();
        const RunRecord record = fast.snapshot();
        std::uint64_t ended = 0;
        for (const EdgeTotals &edge : record.edgeTotals)
            ended += edge.endedAll();
        QVERIFY2(record.fingerprint == naive.fingerprint && ended == naive.calls
                     && record.transitions.size() == naive.transitions,
                 qPrintable(QStringLiteral("random scenario %1: %2 calls ended, %3 in the naive engine; %4 and %5 transitions")
                                .arg(number).arg(ended).arg(naive.calls).arg(record.transitions.size()).arg(naive.transitions)));
        calls += ended;
        transitions += naive.transitions;
    }
    // The worlds must be worth comparing.
    QVERIFY(calls > 300'000);
    QVERIFY(transitions > 10'000);
}

void TestEngine::twoRunsGiveTheSameFingerprint()
{
    const auto scenario = randomWorld(7);
    Simulation a(scenario);
    Simulation b(scenario);
    a.runToEnd();
    b.runToEnd();
    QCOMPARE(a.snapshot().fingerprint, b.snapshot().fingerprint);
    RunOptions other;
    other.seed = 8;
    Simulation c(scenario, other);
    c.runToEnd();
    QVERIFY(a.snapshot().fingerprint != c.snapshot().fingerprint);
}

void TestEngine::steppingGivesTheFingerprintOfRunning()
{
    for (std::uint64_t number = 100; number < 130; ++number) {
        const auto scenario = randomWorld(number);
        Simulation whole(scenario);
        whole.runToEnd();
        Simulation stepped(scenario);
        for (int i = 0; i < 50; ++i)
            stepped.step();
        stepped.runToNextTransition();
        (void)stepped.snapshot(); // looking changes nothing
        for (Instant at = stepped.now(); !stepped.finished(); at = at + std::chrono::milliseconds(37))
            stepped.runUntil(at);
        const RunRecord a = whole.snapshot();
        const RunRecord b = stepped.snapshot();
        QCOMPARE(b.fingerprint, a.fingerprint);
        QCOMPARE(b.events, a.events);
        QCOMPARE(b.serviceTotals[0].busyNs, a.serviceTotals[0].busyNs);
    }
}

void TestEngine::everyCallEndsOnceOrIsInFlight()
{
    for (std::uint64_t number = 200; number < 300; ++number) {
        Simulation sim(randomWorld(number));
        sim.runToEnd();
        const RunRecord r = sim.snapshot();
        std::uint64_t open = 0;
        for (std::size_t e = 0; e < r.edges.size(); ++e) {
            open += r.edgeTotals[e].offered - r.edgeTotals[e].endedAll();
            OutcomeCounts sum{};
            std::uint64_t attempts = 0;
            for (std::size_t i = 0; i < r.bucketCount(); ++i) {
                attempts += r.bucket(i).edges[e].attempts;
                for (std::size_t k = 0; k < kOutcomeKinds; ++k)
                    sum[k] += r.bucket(i).edges[e].ended[k];
            }
            QVERIFY(sum == r.edgeTotals[e].ended); // the buckets add up to the whole
            QCOMPARE(attempts, r.edgeTotals[e].attempts);
            QCOMPARE(r.edgeTotals[e].latency().count(), r.edgeTotals[e].endedAll());
        }
        QCOMPARE(open, r.callsInFlight);
        for (std::size_t s = 0; s < r.services.size(); ++s) {
            const ServiceTotals &t = r.serviceTotals[s];
            QVERIFY(t.arrivals >= t.started + t.rejected + t.refused);
            const ServiceSpec &spec = r.scenario->services[s];
            QVERIFY(t.busyNs <= r.now.ns() * spec.workers * spec.instances);
            QVERIFY(t.busyNs >= 0);
            QVERIFY(t.queuedNs >= 0);
        }
        std::int64_t inStates = 0;
        for (const auto &states : r.breakerNsInState)
            for (const std::int64_t ns : states)
                inStates += ns;
        QCOMPARE(inStates, r.now.ns() * static_cast<std::int64_t>(r.breakers.size()));
    }
}

void TestEngine::aCancelledRunKeepsWhatItHas()
{
    Simulation sim(randomWorld(11));
    sim.runUntil(Instant(std::chrono::milliseconds(500)));
    sim.cancel();
    QVERIFY(sim.finished());
    QCOMPARE(sim.runUntil(sim.endTime()), std::uint64_t(0));
    const RunRecord r = sim.snapshot();
    QCOMPARE(r.end, RunEnd::Cancelled);
    QCOMPARE(r.now, Instant(std::chrono::milliseconds(500)));
    QVERIFY(r.edgeTotals[0].offered > 0);
}

void TestEngine::aLimitOfCallsInFlightEndsTheRunWithAMessage()
{
    auto scenario = std::make_shared<Scenario>();
    scenario->name = "endless";
    scenario->duration = std::chrono::seconds(100);
    ServiceSpec slow;
    slow.name = "slow";
    slow.queue = 1'000'000;
    slow.serviceTime = Distribution::constant(std::chrono::seconds(10));
    scenario->services.push_back(slow);
    ClientSpec client;
    client.name = "eager";
    client.arrivals.points = {{Duration(0), 1000}};
    client.calls = {{"slow", ""}};
    scenario->clients.push_back(client);
    RunOptions options;
    options.callsInFlightMax = 5000;
    Simulation sim(scenario, options);
    sim.runToEnd();
    const RunRecord r = sim.snapshot();
    QCOMPARE(r.end, RunEnd::LimitReached);
    QVERIFY(r.endMessage.find("5000 calls") != std::string::npos);
    QCOMPARE(r.callsInFlight, std::uint64_t(5001));
}

QTEST_GUILESS_MAIN(TestEngine)
#include "tst_engine.moc"
