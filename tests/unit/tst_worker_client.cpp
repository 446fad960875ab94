// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulators/simulation.h"
#include "tests/support/scenario_text.h"

#include <QObject>
#include <QTest>

using namespace halfopen;

namespace {

/// Messages to a service that refuses everything, at once.
std::string world(const std::string &client)
{
    return "halfopen: 1\nname: w\nduration: 1s\nservices: { db: { workers: 9, service_time: 10ms } }\n"
           "clients:\n  jobs: { " + client + ", calls: [ db ] }\nfaults: [ { on: db, refuse: 100% } ]\n";
}

/// The most deliveries in one event.
std::uint64_t mostAtOnce(Simulation &simulation)
{
    std::uint64_t most = 0;
    std::uint64_t before = 0;
    while (simulation.step()) {
        const std::uint64_t now = simulation.snapshot().backlogTotals[0].delivered;
        most = std::max(most, now - before);
        before = now;
    }
    return most;
}

} // namespace

/// Deliveries whose calls end at once: each is an event of its own, so that a run can be stopped between any two.
class TestWorkerClient : public QObject {
    Q_OBJECT
private slots:
    void eachRedeliveryIsAnEvent()
    {
        Simulation simulation(test::loaded(
            world("stop_after: 1, arrivals: { constant: 10/s }, worker: { workers: 1, max_deliveries: 1000 }")));
        QCOMPARE(mostAtOnce(simulation), 1u);
        const BacklogTotals totals = simulation.snapshot().backlogTotals[0];
        QCOMPARE(totals.delivered, 1000u);
        QCOMPARE(totals.deadLettered, 1u);
    }

    void soIsTheDeliveryOfManyThatWait()
    {
        // 50 messages arrive while all four workers wait for a service that is held up until 600 ms; then all is refused at once.
        Simulation simulation(test::loaded(
            "halfopen: 1\nname: w\nduration: 1s\nservices: { db: { workers: 9, service_time: 10ms } }\n"
            "clients:\n  jobs: { stop_after: 50, arrivals: { constant: 100/s }, worker: { workers: 4, max_deliveries: 3 }, calls: [ { to: db, policies: p } ] }\n"
            "policies: { p: [ { timeout: 600ms } ] }\n"
            "faults:\n  - { on: db, from: 0s, for: 300ms, black_hole: 100% }\n  - { on: db, from: 300ms, refuse: 100% }\n"));
        QCOMPARE(mostAtOnce(simulation), 1u);
        QCOMPARE(simulation.snapshot().backlogTotals[0].deadLettered, 50u);
    }

    void aRunCanBeStoppedInBetween()
    {
        Simulation simulation(test::loaded(
            world("stop_after: 1, arrivals: { constant: 10/s }, worker: { workers: 1, max_deliveries: 1000 }")));
        simulation.runUntil(simulation.endTime(), 100);
        simulation.cancel();
        QVERIFY(simulation.snapshot().backlogTotals[0].delivered < 200);
    }
};

QTEST_APPLESS_MAIN(TestWorkerClient)
#include "tst_worker_client.moc"
