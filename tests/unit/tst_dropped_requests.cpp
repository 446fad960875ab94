// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scenario/loader.h"
#include "simulators/simulation.h"
#include "simulators/vocabulary.h"

#include <QObject>
#include <QTest>

using namespace halfopen;

/// A queue that drops requests tells callers who may leave other requests of the same queue, or send new ones, at once.
/// Whatever they do, a service has no more than its workers, no worker is given back twice, and the run ends.
class TestDroppedRequests : public QObject {
    Q_OBJECT
private slots:
    void workersAreConserved_data();
    void workersAreConserved();
};

void TestDroppedRequests::workersAreConserved_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("siblings") << QByteArray(R"(# Question: x  Watch: y
halfopen: 1
name: codel-siblings
seed: 42
duration: 20s
services:
  backend: { instances: 1, workers: 1, queue: 100, service_time: 12ms, queue_discipline: codel, queue_target: 1ms, queue_interval: 10ms, keeps_working_for_departed_callers: false }
  page: { instances: 1, workers: 1000, queue: 10, service_time: 0ms, call_order: parallel, join: all, calls: [ { to: backend, copies: 2 } ] }
clients:
  web: { processes: 1, arrivals: { poisson: 100/s }, calls: [ { to: page } ] }
)");
    QTest::newRow("siblings with a timeout") << QByteArray(R"(halfopen: 1
name: codel-siblings-timeout
seed: 42
duration: 20s
services:
  backend: { instances: 1, workers: 1, queue: 100, service_time: { exponential: 12ms }, queue_discipline: codel, queue_target: 1ms, queue_interval: 10ms, keeps_working_for_departed_callers: false }
  page: { instances: 1, workers: 1000, queue: 10, service_time: 0ms, call_order: parallel, join: all, calls: [ { to: backend, copies: 3, policies: t } ] }
clients:
  web: { processes: 1, arrivals: { poisson: 100/s }, calls: [ { to: page } ] }
policies:
  t: [ { timeout: 30ms } ]
)");
    QTest::newRow("the dropping service calls on") << QByteArray(R"(halfopen: 1
name: codel-mid
seed: 42
duration: 20s
services:
  deep: { instances: 1, workers: 1000, queue: 100, service_time: { exponential: 12ms } }
  backend: { instances: 1, workers: 1, queue: 100, service_time: 0ms, queue_discipline: codel, queue_target: 1ms, queue_interval: 10ms, keeps_working_for_departed_callers: false, calls: [ { to: deep } ] }
  page: { instances: 1, workers: 1000, queue: 10, service_time: 0ms, call_order: parallel, join: all, calls: [ { to: backend, copies: 2 } ] }
clients:
  web: { processes: 1, arrivals: { poisson: 100/s }, calls: [ { to: page } ] }
)");
    QTest::newRow("timeout, hedge and retry") << QByteArray(R"(halfopen: 1
name: codel-hedge
seed: 42
duration: 20s
services:
  backend: { instances: 1, workers: 1, queue: 100, service_time: { exponential: 12ms }, queue_discipline: codel, queue_target: 1ms, queue_interval: 10ms, keeps_working_for_departed_callers: false }
clients:
  web: { processes: 1, arrivals: { poisson: 80/s }, calls: [ { to: backend, policies: t } ] }
policies:
  t: [ { timeout: 30ms }, { hedge: { delay: 3ms, max_hedges: 3, wait_on: [] } }, { retry: { max_attempts: 3, initial_delay: 1ms, max_delay: 2ms } } ]
)");
    QTest::newRow("hedged") << QByteArray(R"(halfopen: 1
name: m
seed: 3
duration: 20s
services:
  backend: { instances: 1, workers: 1, queue: 100, service_time: { exponential: 12ms }, queue_discipline: codel, queue_target: 1ms, queue_interval: 10ms, keeps_working_for_departed_callers: false }
clients:
  web: { processes: 1, arrivals: { poisson: 80/s }, calls: [ { to: backend, policies: t } ] }
policies:
  t: [ { hedge: { delay: 3ms, max_hedges: 2 } }, { retry: { max_attempts: 2, initial_delay: 1ms } } ]
)");
}

void TestDroppedRequests::workersAreConserved()
{
    QFETCH(QByteArray, text);
    const LoadResult loaded = loadScenarioText(text.toStdString(), "s.yaml", standardVocabulary());
    QVERIFY(loaded.scenario != nullptr);
    RunOptions options;
    options.eventsMax = 2'000'000; // a run without end stops here
    Simulation run(loaded.scenario, options);
    run.runToEnd();
    const RunRecord record = run.snapshot();
    QVERIFY(record.end == RunEnd::Finished);
    bool dropped = false;
    for (std::size_t i = 0; i < record.serviceTotals.size(); ++i) {
        const ServiceTotals &service = record.serviceTotals[i];
        const std::int64_t most = loaded.scenario->services[i].workers * record.now.ns();
        QVERIFY2(service.busyNs >= 0 && service.busyNs <= most, qPrintable(QString::number(service.busyNs)));
        dropped = dropped || service.rejected > 0;
    }
    QVERIFY(dropped); // or the world shows nothing
}

QTEST_APPLESS_MAIN(TestDroppedRequests)
#include "tst_dropped_requests.moc"
