// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulators/simulation.h"
#include "tests/support/scenario_text.h"

#include <QObject>
#include <QTest>

using namespace halfopen;
using namespace std::chrono_literals;

namespace {

RunRecord runOf(const std::string &text)
{
    Simulation simulation(test::loaded(text));
    simulation.runToEnd();
    return simulation.snapshot();
}

std::uint64_t endedAs(const RunRecord &record, OutcomeKind kind)
{
    return record.edgeTotals[0].ended[static_cast<std::size_t>(kind)];
}

} // namespace

/// What a service does with requests that an outage holds back or that find its queue full, and how load slows it down.
class TestServiceFaults : public QObject {
    Q_OBJECT
private slots:
    void heldRequestsAreDeliveredTogetherWhenTheOutageEnds()
    {
        // A call every 100 ms, the first at 0.1 s; those of 1.0 s to 1.9 s reach the service at 1.95 s.
        const RunRecord record = runOf(R"(halfopen: 1
name: held
duration: 3s
services:
  db: { workers: 100, queue: 0, service_time: 10ms }
clients:
  web: { arrivals: { constant: 10/s }, calls: [ { to: db } ] }
faults:
  - { on: db, from: 950ms, for: 1s, outage: hold }
)");
        const Histogram &latency = record.edgeTotals[0].goodLatency;
        QCOMPARE(latency.count(), 29u);
        QCOMPARE(latency.max(), std::int64_t(960'000'000)); // sent at 1.0 s, answered at 1.96 s
        QCOMPARE(latency.min(), std::int64_t(10'000'000));
        // 19 at once, and 950, 850, ... 50 ms of holding for ten.
        QCOMPARE(static_cast<std::int64_t>(latency.sumNs()), std::int64_t(29) * 10'000'000 + 5'000'000'000);
        QCOMPARE(record.serviceTotals[0].arrivals, 29u);
    }

    void heldRequestsOfDepartedCallersStillArrive()
    {
        const char *world = R"(halfopen: 1
name: held
duration: 3s
services:
  db: { workers: 1, queue: 100, service_time: 1ms, keeps_working_for_departed_callers: true }
clients:
  web: { arrivals: { constant: 10/s }, calls: [ { to: db, policies: hasty } ] }
policies:
  hasty: [ { timeout: 20ms } ]
faults:
  - { on: db, from: 950ms, for: 1s, outage: hold }
)";
        const RunRecord record = runOf(world);
        QCOMPARE(endedAs(record, OutcomeKind::Timeout), 10u);
        QCOMPARE(record.serviceTotals[0].completed, 29u);
        QCOMPARE(record.serviceTotals[0].wasted, 10u);
        std::string cancelling(world);
        cancelling.replace(cancelling.find("callers: true"), 13, "callers: false");
        QCOMPARE(runOf(cancelling).serviceTotals[0].completed, 19u);
    }

    void aDroppedRequestIsFreedOnlyByItsTimeout()
    {
        // One worker for 200 ms, no queue: of the calls at 0.1, 0.2, 0.3 ... every second one finds it busy. It is
        // free again 1 ms before the next but one arrives.
        const RunRecord record = runOf(R"(halfopen: 1
name: dropped
duration: 2050ms
services:
  db: { workers: 1, queue: 0, service_time: 199ms }
clients:
  web: { arrivals: { constant: 10/s }, calls: [ { to: db, policies: patient } ] }
policies:
  patient: [ { timeout: 210ms } ]
faults:
  - { on: db, from: 0s, for: 3s, lost_rejections: 100% }
)");
        QCOMPARE(record.serviceTotals[0].rejected, 10u);
        QCOMPARE(endedAs(record, OutcomeKind::Rejected), 0u);
        QCOMPARE(record.edgeTotals[0].badLatency.min(), std::int64_t(210'000'000));
        QCOMPARE(endedAs(record, OutcomeKind::Timeout), 9u); // the call of 2.0 s still waits
    }

    void eachRequestInServiceSlowsTheNextOneDown()
    {
        // Work of 100 ms and calls every 40 ms: 1, 2, 3 ... are in service, 10 ms each, until the first ends at 110 ms.
        const RunRecord record = runOf(R"(halfopen: 1
name: slow
duration: 139ms
services:
  db: { workers: 100, queue: 0, service_time: 100ms }
clients:
  web: { arrivals: { constant: 25/s }, calls: [ { to: db } ] }
faults:
  - { on: db, from: 0s, for: 3s, latency: { per_request: 10ms } }
)");
        QCOMPARE(record.serviceTotals[0].started, 3u);
        QCOMPARE(record.serviceTotals[0].service.min(), std::int64_t(110'000'000));
        QCOMPARE(record.serviceTotals[0].service.max(), std::int64_t(130'000'000));
        QCOMPARE(static_cast<std::int64_t>(record.serviceTotals[0].service.sumNs()), std::int64_t(360'000'000));
    }
};

QTEST_APPLESS_MAIN(TestServiceFaults)
#include "tst_service_faults.moc"
