// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/json_report.h"
#include "core/scenario/loader.h"
#include "simulators/simulation.h"
#include "simulators/vocabulary.h"
#include "tests/support/json_schema_check.h"

#include <QObject>
#include <QTest>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <nlohmann/json.hpp>

using namespace halfopen;
using namespace std::chrono_literals;

/// Connection pools, slowdown, cold starts, pauses, deadlines that travel, workers with a queue, waves and bursts: each in a
/// world small enough to know by hand what must come out, and against theory where there is one.
class TestServiceFeatures : public QObject {
    Q_OBJECT
private slots:
    void refusesWhatDoesNotFit_data();
    void refusesWhatDoesNotFit();

    void aRequestWaitsForAConnection();
    void aWaitLongerThanMaxWaitIsRefused();
    void eachProcessHasItsOwnPool();
    void anAbandonedConnectionIsClosedOrHeld();
    void aHeldConnectionGoesBackWhenTheWorkStops();
    void aPoolChangesNoDraw();
    void aPoolInFrontOfManyWorkersIsErlangC();

    void slowdownGrowsFromTheShareOfBusyWorkers();
    void throughputFollowsTheUniversalScalabilityLaw_data();
    void throughputFollowsTheUniversalScalabilityLaw();
    void anInstanceIsColdAtTheStartAndAfterACrash();
    void workStandsStillInAPause();
    void pausesAgreeWithTheQueueThatBreaksDown();

    void aDeadlineThatTravelsStopsTheCallBelow();
    void aRequestPastItsDeadlineIsDroppedAtItsTurn();
    void noCallIsMadeForACallerWhoHasLeft();

    void workersTakeMessagesInTurn();
    void aSlowWorkerIsOvertakenByTheVisibilityTimeout();
    void aFailingMessageEndsInTheDeadLetterQueue();
    void aRedeliveryWaitsItsDelay();
    void aFullQueueLosesMessages();
    void theGreatestBacklogOfASpanBeginsWithWhatWaits();

    void aPaceKnowsWhatItLeftOut();
    void aBurstComesAgainAndAgain();
    void aWaveHasItsMeanAndItsSwing();

    void theReportKeepsItsSchema();
};

namespace {

LoadResult tryToLoad(const std::string &text)
{
    return loadScenarioText(text, "s.yaml", standardVocabulary());
}

struct Ran {
    RunRecord record;
    CallLog calls; ///< of the first client, in order of their beginning
    WorkLog work;  ///< of the first service
};

Ran run(const std::string &text, std::optional<std::uint64_t> seed = {})
{
    const LoadResult result = tryToLoad("halfopen: 1\n" + text);
    for (const Diagnostic &diagnostic : result.diagnostics)
        qWarning("%s", diagnostic.text().c_str());
    if (!result.ok())
        qFatal("the scenario cannot be read");
    RunOptions options;
    options.seed = seed;
    options.logCalls = options.logWork = options.keepSojourn = true;
    Simulation sim(result.scenario, options);
    sim.runToEnd();
    Ran ran{sim.snapshot(), sim.takeCallLog(0), sim.takeWorkLog(0)};
    std::stable_sort(ran.calls.begin(), ran.calls.end(),
                     [](const LoggedCall &a, const LoggedCall &b) { return a.startNs < b.startNs; });
    return ran;
}

using Times = std::vector<std::int64_t>;

Times latenciesMs(const CallLog &calls)
{
    Times all;
    for (const LoggedCall &call : calls)
        all.push_back(call.latencyNs / 1'000'000);
    return all;
}

/// Eight values of independent seeds against theory: within four standard errors of their mean, which must be sharp.
void compare(const std::vector<double> &values, double expected)
{
    const auto n = static_cast<double>(values.size());
    double mean = 0, squares = 0;
    for (const double value : values)
        mean += value / n;
    for (const double value : values)
        squares += (value - mean) * (value - mean);
    const double error = std::sqrt(squares / (n - 1) / n);
    QVERIFY2(std::abs(mean - expected) <= 4 * error,
             qPrintable(QString("got %1 +- %2, expected %3").arg(mean).arg(error).arg(expected)));
    QVERIFY2(error < 0.05 * expected, qPrintable(QString::number(error / expected)));
}

/// Four calls at 10, 20, 30, 40 ms.
const std::string kFour = "{ stop_after: 4, arrivals: { constant: 100/s }, calls: [ ";

} // namespace

void TestServiceFeatures::refusesWhatDoesNotFit_data()
{
    QTest::addColumn<QString>("service");
    QTest::addColumn<QString>("client");
    QTest::addColumn<QString>("part");
    const QString open = "arrivals: { poisson: 1/s }, calls: [ db ]";
    QTest::newRow("half a slowdown") << "{ slowdown: { factor: 2 } }" << open << "'slowdown' needs both at_busy and factor";
    QTest::newRow("half a cold start") << "{ cold_start: { factor: 2 } }" << open << "'cold_start' needs both";
    QTest::newRow("half a pause") << "{ pause: { every: 2s } }" << open << "'pause' needs both";
    QTest::newRow("faster when busy") << "{ slowdown: { at_busy: 50%, factor: 0.5 } }" << open << "slowdown.factor";
    QTest::newRow("a pool without size") << "{}" << "arrivals: { poisson: 1/s }, calls: [ { to: db, pool: { max_wait: 1s } } ]"
                                         << "'pool' needs the key size";
    QTest::newRow("workers of nothing") << "{}" << open + ", worker: { max_deliveries: 2 }" << "'worker' needs the key workers";
    QTest::newRow("workers of a closed loop")
        << "{}" << "arrivals: { closed_loop: { users: 1, think_time: 1s } }, calls: [ db ], worker: { workers: 2 }"
        << "'worker' and 'closed_loop' exclude each other";
    QTest::newRow("only bursts") << "{}" << "arrivals: { poisson: { burst: { peak: 9/s, every: 1s, for: 1s } } }, calls: [ db ]"
                                 << "'for' is not shorter than 'every'";
    QTest::newRow("a wave without period") << "{}" << "arrivals: { poisson: { wave: { mean: 9/s } } }, calls: [ db ]" << "period";
}

void TestServiceFeatures::refusesWhatDoesNotFit()
{
    QFETCH(QString, service);
    QFETCH(QString, client);
    QFETCH(QString, part);
    const LoadResult result = tryToLoad("halfopen: 1\nservices: { db: " + service.toStdString() + " }\nclients: { web: { "
                                        + client.toStdString() + " } }\n");
    QVERIFY(!result.ok());
    QVERIFY2(QString::fromStdString(result.diagnostics.front().message).contains(part),
             result.diagnostics.front().message.c_str());
}

// --- pools

void TestServiceFeatures::aRequestWaitsForAConnection()
{
    // Calls at 10, 20, 30, 40 ms of 25 ms each through one connection: they end at 35, 60, 85, 110 ms.
    const Ran ran = run("duration: 1s\nservices: { db: { workers: 9, service_time: 25ms } }\nclients:\n  web: " + kFour
                        + "{ to: db, pool: { size: 1 } } ] }\n");
    QCOMPARE(latenciesMs(ran.calls), (Times{25, 40, 55, 70}));
    const PoolTotals &pool = ran.record.poolTotals.at(0);
    QCOMPARE(pool.asked, 4u);
    QCOMPARE(pool.waited, 3u);
    QCOMPARE(pool.given, 4u);
    QCOMPARE(pool.waitingMax, 2u);
    QCOMPARE(pool.heldNs, std::int64_t(100'000'000));
    QCOMPARE(pool.waitingNs, std::int64_t(15 + 30 + 45) * 1'000'000);
    QCOMPARE(pool.wait.count(), 4u);
    QCOMPARE(pool.wait.max(), std::int64_t(45'000'000));
    QCOMPARE(ran.record.serviceTotals.at(0).queueMax, 0u); // nothing waits behind the pool
}

void TestServiceFeatures::aWaitLongerThanMaxWaitIsRefused()
{
    const std::string world = "duration: 1s\nservices: { db: { workers: 9, service_time: 25ms } }\nclients:\n  web: " + kFour;
    // 10-35; 20 waits until 35 and works until 60; 30 gives up at 50; 40 has it from 60 to 85.
    const Ran ran = run(world + "{ to: db, pool: { size: 1, max_wait: 20ms } } ] }\n");
    QCOMPARE(latenciesMs(ran.calls), (Times{25, 40, 20, 45}));
    QCOMPARE(ran.calls[2].outcome, OutcomeKind::BulkheadFull);
    QCOMPARE(ran.record.poolTotals.at(0).refused, 1u);
    QCOMPARE(ran.record.serviceTotals.at(0).arrivals, 3u);
    // Without patience: 10-35, 20 and 30 refused, 40-65.
    QCOMPARE(latenciesMs(run(world + "{ to: db, pool: { size: 1, max_wait: 0s } } ] }\n").calls), (Times{25, 0, 0, 25}));
}

void TestServiceFeatures::eachProcessHasItsOwnPool()
{
    // Two users, one in each process, who call together at 0 ms.
    const auto latencies = [](const std::string &per) {
        return latenciesMs(run("duration: 1s\nservices: { db: { workers: 9, service_time: 10ms } }\nclients:\n"
                               "  web: { processes: 2, stop_after: 2, arrivals: { closed_loop: { users: 2, every: 100ms } },\n"
                               "         calls: [ { to: db, pool: { size: 1, per: " + per + " } } ] }\n").calls);
    };
    QCOMPARE(latencies("process"), (Times{10, 10}));
    QCOMPARE(latencies("fleet"), (Times{10, 20}));
}

void TestServiceFeatures::anAbandonedConnectionIsClosedOrHeld()
{
    // Callers wait 15 ms, the service works 40 ms on each request whether or not they do. One connection.
    const auto outcome = [](const std::string &abandoned) {
        return run("duration: 1s\nservices: { db: { workers: 9, service_time: 40ms } }\npolicies: { p: [ { timeout: 15ms } ] }\n"
                   "clients:\n  web: " + kFour + "{ to: db, policies: p, pool: { size: 1, abandoned: " + abandoned + " } } ] }\n");
    };
    // close: the timeout at 25 ms frees the connection for the call of 20 ms, at 35 ms for 30, at 45 ms for 40.
    const Ran closed = outcome("close");
    QCOMPARE(closed.record.serviceTotals.at(0).arrivals, 4u);
    QCOMPARE(closed.record.poolTotals.at(0).heldNs, std::int64_t(15 + 10 + 10 + 10) * 1'000'000);
    // hold: the first answer frees it at 50 ms, when 20 and 30 have left (at 35 and 45) and 40 still waits (until 55).
    const Ran held = outcome("hold");
    QCOMPARE(held.record.serviceTotals.at(0).arrivals, 2u);
    QCOMPARE(held.record.poolTotals.at(0).left, 2u);
    QCOMPARE(held.record.poolTotals.at(0).heldNs, std::int64_t(80) * 1'000'000);
    QCOMPARE(held.record.serviceTotals.at(0).wasted, 2u);
}

void TestServiceFeatures::aHeldConnectionGoesBackWhenTheWorkStops()
{
    // As above, but the service stops with its caller: at 25, 35, 45 and 55 ms, and no connection is held longer.
    const Ran ran = run("duration: 1s\nservices: { db: { workers: 9, service_time: 40ms, keeps_working_for_departed_callers: false } }\n"
                        "policies: { p: [ { timeout: 15ms } ] }\n"
                        "clients:\n  web: " + kFour + "{ to: db, policies: p, pool: { size: 1, abandoned: hold } } ] }\n");
    QCOMPARE(ran.record.serviceTotals.at(0).arrivals, 4u);
    QCOMPARE(ran.record.poolTotals.at(0).heldNs, std::int64_t(15 + 10 + 10 + 10) * 1'000'000);
}

void TestServiceFeatures::aPoolChangesNoDraw()
{
    // A pool that never makes anybody wait is not there: same chances, same calls, same fingerprint.
    const std::string world = "duration: 20s\nservices: { db: { workers: 20, service_time: { exponential: 20ms }, error_rate: 10% } }\n"
                              "policies: { p: [ { retry: { max_attempts: 3 } }, { timeout: 60ms } ] }\n"
                              "clients: { web: { processes: 3, arrivals: { poisson: 200/s }, calls: [ { to: db, policies: p";
    const Ran without = run(world + " } ] } }\n");
    const Ran with = run(world + ", pool: { size: 1000000 } } ] } }\n");
    QCOMPARE(with.record.fingerprint, without.record.fingerprint);
    QVERIFY(without.record.edgeTotals[0].retries > 0);
}

void TestServiceFeatures::aPoolInFrontOfManyWorkersIsErlangC()
{
    // Poisson arrivals, exponential service and c connections in front of workers without limit: the line of the pool is the
    // queue of M/M/c. c = 8, a = 6.4 erlang: C(8, 6.4) = 0.4576 wait, C s / (c - a) = 5.72 ms on average.
    constexpr int c = 8;
    constexpr double a = 6.4;
    constexpr double service = 0.02;
    double b = 1;
    for (int k = 1; k <= c; ++k)
        b = a * b / (k + a * b);
    const double waits = b / (1 - a / c * (1 - b));
    std::vector<double> mean, share, inUse;
    for (int i = 0; i < 8; ++i) {
        const Ran ran = run("duration: 200s\nservices: { db: { workers: unlimited, service_time: { exponential: 20ms } } }\n"
                            "clients: { web: { arrivals: { poisson: 320/s }, calls: [ { to: db, pool: { size: 8 } } ] } }\n",
                            static_cast<std::uint64_t>(100 + i));
        const PoolTotals &pool = ran.record.poolTotals.at(0);
        mean.push_back(pool.wait.meanNs() * 1e-9);
        share.push_back(static_cast<double>(pool.waited) / static_cast<double>(pool.asked));
        inUse.push_back(static_cast<double>(pool.heldNs) / 200e9);
    }
    compare(share, waits);
    compare(mean, waits * service / (c - a));
    compare(inUse, a);
}

// --- pace of the work

void TestServiceFeatures::slowdownGrowsFromTheShareOfBusyWorkers()
{
    // Four workers, 100 ms: up to 2 busy as drawn, with 3 halfway to 3 times as long, with 4 three times.
    const Ran ran = run("duration: 2s\nservices: { db: { workers: 4, service_time: 100ms, slowdown: { at_busy: 50%, factor: 3 } } }\n"
                        "clients:\n  web: " + kFour + "db ] }\n");
    QCOMPARE(latenciesMs(ran.calls), (Times{100, 100, 200, 300}));
}

void TestServiceFeatures::throughputFollowsTheUniversalScalabilityLaw_data()
{
    QTest::addColumn<int>("users");
    for (const int users : {1, 2, 8, 16, 32, 64})
        QTest::newRow(QByteArray::number(users).constData()) << users;
}

void TestServiceFeatures::throughputFollowsTheUniversalScalabilityLaw()
{
    // N users who call again at once keep N requests in service: X(N) = N / (s (1 + alpha (N - 1) + beta N (N - 1))).
    QFETCH(int, users);
    const double n = users;
    const double expected = n / (0.01 * (1 + 0.03 * (n - 1) + 0.0005 * n * (n - 1)));
    const Ran ran = run("duration: 60s\nservices: { db: { workers: 64, service_time: 10ms, "
                        "slowdown: { contention: 0.03, coherency: 0.0005 } } }\n"
                        "clients: { web: { calls: [ db ], arrivals: { closed_loop: { users: " + std::to_string(users)
                        + ", think_time: 0s } } } }\n");
    const double got = static_cast<double>(ran.record.serviceTotals[0].completed) / 60;
    QVERIFY2(std::abs(got / expected - 1) < 0.01, qPrintable(QString("%1, expected %2").arg(got).arg(expected)));
}

void TestServiceFeatures::anInstanceIsColdAtTheStartAndAfterACrash()
{
    // Five times as long at 0 s, straight to once at 1 s. A crash refuses from 2 to 3 s.
    const Ran ran = run("duration: 5s\nservices: { db: { workers: 9, service_time: 10ms, cold_start: { factor: 5, for: 1s } } }\n"
                        "clients: { web: { starts_at: 0s, arrivals: { constant: 4/s }, calls: [ db ] } }\n"
                        "faults: [ { on: db, from: 2s, for: 1s, crash: reset } ]\n");
    Times expected{50, 40, 30, 20, 10, 10, 10, 10, 0, 0, 0, 0, 50, 40, 30, 20, 10, 10, 10, 10};
    QCOMPARE(latenciesMs(ran.calls), expected);
}

void TestServiceFeatures::workStandsStillInAPause()
{
    // Pauses from 100 to 150 ms and from 250 to 300 ms. Work of 30 ms.
    const Ran ran = run("duration: 1s\nservices: { db: { workers: 2, service_time: 30ms, "
                        "pause: { every: 100ms, for: 50ms, timing: fixed } } }\n"
                        "clients: { web: { starts_at: 0s, stop_after: 10, arrivals: { constant: 40/s }, calls: [ db ] } }\n");
    // 0, 25, 50: undisturbed. 75 would end at 105: the pause moves it to 155. 100 arrives with the pause: its work begins
    // then or queues; it ends at 180. 125 waits for 150 and a worker. From 150 two workers: 75's (until 155) and another.
    const Times got = latenciesMs(ran.calls);
    QCOMPARE(got[0], std::int64_t(30));
    QCOMPARE(got[2], std::int64_t(30));
    QCOMPARE(got[3], std::int64_t(80));  // 75 to 155
    QCOMPARE(got[4], std::int64_t(80));  // 100 to 180: 50 ms of pause, 30 ms of work
    QCOMPARE(got[5], std::int64_t(60));  // 125: takes the worker that is free at 155, until 185
    QCOMPARE(got[6], std::int64_t(60));  // 150: the worker that is free at 180, until 210
    QCOMPARE(got[9], std::int64_t(80));  // 225: would end at 255, the second pause moves it to 305
}

void TestServiceFeatures::pausesAgreeWithTheQueueThatBreaksDown()
{
    // One server that stands still for D after exponential times with rate theta, whether idle or busy. As the lower class of
    // a preemptive-resume M/G/1 queue whose upper class are the pauses (Avi-Itzhak and Naor 1963): with the availability
    // A = 1 / (1 + theta D), E[T] = E[S] / A + (theta D^2 A^3 + lambda E[S^2]) / (2 A (A - rho)).
    constexpr double theta = 1.0;
    constexpr double pause = 0.1;
    constexpr double lambda = 50;
    constexpr double service = 0.01;
    const double available = 1 / (1 + theta * pause);
    const double expected = service / available
        + (theta * pause * pause * available * available * available + lambda * 2 * service * service)
            / (2 * available * (available - lambda * service));
    std::vector<double> mean;
    for (int i = 0; i < 8; ++i) {
        const Ran ran = run("duration: 1000s\nservices: { db: { queue: unlimited, service_time: { exponential: 10ms }, "
                            "pause: { every: 1s, for: 100ms } } }\n"
                            "clients: { web: { arrivals: { poisson: 50/s }, calls: [ db ] } }\n",
                            static_cast<std::uint64_t>(500 + i));
        mean.push_back(ran.record.edgeTotals[0].goodLatency.meanNs() * 1e-9);
        const double sojourn = ran.record.serviceTotals[0].sojourn.meanNs();
        QVERIFY(std::abs(sojourn / ran.record.edgeTotals[0].goodLatency.meanNs() - 1) < 0.001);
    }
    compare(mean, expected);
}

// --- deadlines

void TestServiceFeatures::aDeadlineThatTravelsStopsTheCallBelow()
{
    // The user waits 50 ms; app works 10 ms and calls db, which works 100 ms.
    const auto ran = [](const std::string &deadline) {
        return run("duration: 1s\nservices:\n  app: { service_time: 10ms, workers: 9, calls: [ { to: db, deadline: " + deadline + " } ] }\n"
                   "  db: { service_time: 100ms, workers: 1 }\npolicies: { p: [ { timeout: 50ms } ] }\n"
                   "clients: { web: { stop_after: 2, arrivals: { constant: 100/s }, calls: [ { to: app, policies: p } ] } }\n");
    };
    // Both leave at 60 and 70 ms. db works on the first from 20 to 120 ms, on the second from 120 to 220 ms.
    const Ran own = ran("own");
    QCOMPARE(own.record.serviceTotals[1].busyNs, std::int64_t(200'000'000));
    QCOMPARE(own.record.serviceTotals[0].wasted, 2u);
    QCOMPARE(own.record.serviceTotals[0].abandoned, 0u);
    // With the deadline app stops at 60 and 70 ms; db drops the second when its turn comes.
    const Ran travels = ran("propagate");
    QCOMPARE(travels.record.serviceTotals[1].busyNs, std::int64_t(100'000'000));
    QCOMPARE(travels.record.serviceTotals[1].stoppedByDeadline, 1u);
    QCOMPARE(travels.record.serviceTotals[0].stoppedByDeadline, 2u);
    QCOMPARE(travels.record.serviceTotals[0].wasted, 0u);
    QCOMPARE(travels.record.serviceTotals[0].busyNs, std::int64_t(50 + 50) * 1'000'000);
}

void TestServiceFeatures::aRequestPastItsDeadlineIsDroppedAtItsTurn()
{
    // Callers wait 30 ms for a worker that needs 25 ms. 10: until 35; 20: would begin at 35, until 60, left at 50; 30: left at
    // 60, when the worker is free at 60 the caller leaves at the same instant; 40: left at 70.
    const auto started = [](const std::string &deadline) {
        return run("duration: 1s\nservices: { db: { service_time: 25ms } }\npolicies: { p: [ { timeout: 28ms } ] }\n"
                   "clients:\n  web: " + kFour + "{ to: db, policies: p, deadline: " + deadline + " } ] }\n").record.serviceTotals[0];
    };
    QCOMPARE(started("own").started, 4u);
    const ServiceTotals travels = started("propagate");
    QCOMPARE(travels.started, 3u); // 10 and 20 begin; 30 has left at 58 when its turn comes at 60; 40 waits until 68
    QCOMPARE(travels.abandoned, 1u);
    QCOMPARE(travels.stoppedByDeadline, 1u);
}

void TestServiceFeatures::noCallIsMadeForACallerWhoHasLeft()
{
    // app needs longer than its caller waits: the call to db would be for nobody.
    const Ran ran = run("duration: 1s\nservices:\n  app: { service_time: 60ms, workers: 9, calls: [ { to: db, deadline: propagate } ] }\n"
                        "  db: { service_time: 5ms }\npolicies: { p: [ { timeout: 50ms } ] }\n"
                        "clients: { web: { stop_after: 3, arrivals: { constant: 100/s }, calls: [ { to: app, policies: p } ] } }\n");
    QCOMPARE(ran.record.serviceTotals[1].arrivals, 0u);
    QCOMPARE(ran.record.serviceTotals[0].stoppedByDeadline, 3u);
    QCOMPARE(ran.record.serviceTotals[0].abandoned, 3u);
}

// --- workers

void TestServiceFeatures::workersTakeMessagesInTurn()
{
    // Messages at 10, 20, 30, 40 ms; one worker needs 25 ms: done at 35, 60, 85, 110 ms.
    const Ran ran = run("duration: 1s\nservices: { db: { service_time: 25ms } }\nclients:\n"
                        "  mail: { stop_after: 4, arrivals: { constant: 100/s }, worker: { workers: 1 }, calls: [ db ] }\n");
    QCOMPARE(latenciesMs(ran.calls), (Times{25, 25, 25, 25}));
    const BacklogTotals &queue = ran.record.backlogTotals.at(0);
    QCOMPARE(queue.published, 4u);
    QCOMPARE(queue.delivered, 4u);
    QCOMPARE(queue.acknowledged, 4u);
    QCOMPARE(queue.backlogMax, 2u);
    QCOMPARE(queue.backlogNs, std::int64_t(15 + 30 + 45) * 1'000'000);
    QCOMPARE(queue.oldestNs, std::int64_t(45'000'000));
    QCOMPARE(queue.age.max(), std::int64_t(70'000'000));
    QCOMPARE(queue.age.min(), std::int64_t(25'000'000));
    QCOMPARE(queue.backlog + queue.inWork, 0u);
}

void TestServiceFeatures::aSlowWorkerIsOvertakenByTheVisibilityTimeout()
{
    // A call takes 100 ms, the message is visible again after 40 ms: three workers take the one message of 10 ms at 10, 50 and
    // 90 ms. The first is done at 110 ms and acknowledges; the other two (150, 190 ms) find it done.
    const Ran ran = run("duration: 1s\nservices: { db: { service_time: 100ms, workers: 9 } }\nclients:\n"
                        "  mail: { stop_after: 1, arrivals: { constant: 100/s }, calls: [ db ],\n"
                        "          worker: { workers: 3, visibility_timeout: 40ms } }\n");
    const BacklogTotals &queue = ran.record.backlogTotals.at(0);
    QCOMPARE(queue.delivered, 3u);
    QCOMPARE(queue.redelivered, 2u);
    QCOMPARE(queue.timedOut, 2u);
    QCOMPARE(queue.acknowledged, 1u);
    QCOMPARE(queue.duplicates, 2u);
    QCOMPARE(queue.age.max(), std::int64_t(100'000'000));
}

void TestServiceFeatures::aFailingMessageEndsInTheDeadLetterQueue()
{
    const Ran ran = run("duration: 1s\nservices: { db: { service_time: 10ms, error_rate: 100% } }\nclients:\n"
                        "  mail: { stop_after: 2, arrivals: { constant: 10/s }, calls: [ db ], worker: { workers: 2, max_deliveries: 3 } }\n");
    const BacklogTotals &queue = ran.record.backlogTotals.at(0);
    QCOMPARE(queue.delivered, 6u);
    QCOMPARE(queue.redelivered, 4u);
    QCOMPARE(queue.failed, 6u);
    QCOMPARE(queue.deadLettered, 2u);
    QCOMPARE(queue.acknowledged, 0u);
    QCOMPARE(ran.calls.size(), std::size_t(6));
}

void TestServiceFeatures::aRedeliveryWaitsItsDelay()
{
    // The service is away until 100 ms; the message of 10 ms is tried at 10, 60 and 110 ms.
    const Ran ran = run("duration: 1s\nservices: { db: { service_time: 5ms } }\nclients:\n"
                        "  mail: { stop_after: 1, arrivals: { constant: 100/s }, calls: [ db ],\n"
                        "          worker: { workers: 1, redelivery_delay: 50ms } }\n"
                        "faults: [ { on: db, from: 0s, for: 100ms, outage: refuse } ]\n");
    QCOMPARE(ran.calls.size(), std::size_t(3));
    QCOMPARE(ran.calls[1].startNs, std::int64_t(60'000'000));
    QCOMPARE(ran.calls[2].startNs, std::int64_t(110'000'000));
    const BacklogTotals &queue = ran.record.backlogTotals.at(0);
    QCOMPARE(queue.acknowledged, 1u);
    QCOMPARE(queue.age.max(), std::int64_t(105'000'000));
}

void TestServiceFeatures::aFullQueueLosesMessages()
{
    // One worker for 1 s; 9 more messages find places for 4.
    const Ran ran = run("duration: 200ms\nservices: { db: { service_time: 1s } }\nclients:\n"
                        "  mail: { stop_after: 10, arrivals: { constant: 100/s }, calls: [ db ], worker: { workers: 1, max_backlog: 4 } }\n");
    const BacklogTotals &queue = ran.record.backlogTotals.at(0);
    QCOMPARE(queue.published, 10u);
    QCOMPARE(queue.lost, 5u);
    QCOMPARE(queue.backlog, 4u);
    QCOMPARE(queue.inWork, 1u);
}

// --- load

void TestServiceFeatures::theGreatestBacklogOfASpanBeginsWithWhatWaits()
{
    // Fifty messages at once, one a second is worked on: nothing joins later, and yet most wait at the beginning of each span.
    const Ran ran = run("duration: 20s\nservices: { db: { workers: 1, service_time: 1s } }\n"
                        "clients: { q: { arrivals: { constant: 1000/s }, stop_after: 50, worker: { workers: 1, visibility_timeout: 100s }, "
                        "calls: [ db ] } }\n");
    QVERIFY(ran.record.buckets.size() > 10);
    for (std::size_t i = 0; i < ran.record.buckets.size(); ++i) {
        const BacklogBucket &bucket = ran.record.buckets[i]->backlogs.at(0);
        QVERIFY(bucket.backlogMax >= bucket.backlog && bucket.backlog >= 29);
    }
    QCOMPARE(ran.record.backlogTotals.at(0).backlogMax, 49u);
}

void TestServiceFeatures::aPaceKnowsWhatItLeftOut()
{
    const Ran ran = run("duration: 100ms\nservices: { db: { service_time: 1ms } }\n"
                        "clients: { web: { calls: [ db ], arrivals: { closed_loop: { users: 1, every: 10ms } } } }\n"
                        "faults: [ { on: db, from: 15ms, for: 40ms, capacity_loss: 100% } ]\n");
    // 0, 10 and 20 ms; that one is answered at 56 ms, so 30, 40 and 50 are left out: they would have waited 26, 16 and 6 ms.
    QCOMPARE(latenciesMs(ran.calls), (Times{1, 1, 36, 1, 1, 1, 1}));
    const PaceTotals &pace = ran.record.paceTotals.at(0);
    QCOMPARE(pace.missed, 3u);
    QCOMPARE(pace.fromIntendedStart.count(), 10u);
    QCOMPARE(static_cast<std::int64_t>(pace.fromIntendedStart.sumNs()) / 1000000, std::int64_t(6 * 1 + 36 + 26 + 16 + 6));
}

void TestServiceFeatures::aBurstComesAgainAndAgain()
{
    // 10/s, and 100/s in the last 100 ms of every second: 9 + 10 calls a second, exactly, for a constant client.
    const Ran ran = run("duration: 10001ms\nservices: { db: { workers: unlimited, service_time: 1ms } }\nclients:\n"
                        "  web: { calls: [ db ], arrivals: { constant: { burst: { rate: 10/s, peak: 100/s, every: 1s, for: 100ms } } } }\n");
    QCOMPARE(ran.calls.size(), std::size_t(190));
    std::int64_t inBurst = 0;
    for (const LoggedCall &call : ran.calls)
        inBurst += (call.startNs - 1) % 1'000'000'000 >= 900'000'000 ? 1 : 0;
    QCOMPARE(inBurst, std::int64_t(100));
}

void TestServiceFeatures::aWaveHasItsMeanAndItsSwing()
{
    // 1000 (1 + 0.5 sin) calls a second: a half period has 1000 +- 500 x 2 / pi a second.
    const Ran ran = run("duration: 40001ms\nservices: { db: { workers: unlimited, service_time: 1ms } }\nclients:\n"
                        "  web: { calls: [ db ], arrivals: { constant: { wave: { mean: 1000/s, swing: 50%, period: 20s } } } }\n");
    std::int64_t firstHalf = 0;
    for (const LoggedCall &call : ran.calls)
        firstHalf += call.startNs <= 10'000'000'000 ? 1 : 0;
    QVERIFY2(std::abs(static_cast<double>(ran.calls.size()) - 40'000) <= 1, qPrintable(QString::number(ran.calls.size())));
    QVERIFY2(std::abs(static_cast<double>(firstHalf) - 10'000 * (1 + 1 / M_PI)) < 10, qPrintable(QString::number(firstHalf)));
}

// --- reports

void TestServiceFeatures::theReportKeepsItsSchema()
{
    const Ran ran = run("duration: 4s\nservices: { db: { workers: 4, service_time: { fit: { p50: 5ms, p99: 20ms } } } }\n"
                        "policies: { p: [ { circuit_breaker: { failure_threshold: 3, recovery_timeout: 300ms } }, { timeout: 100ms } ] }\n"
                        "clients:\n  web: { arrivals: { poisson: 100/s }, calls: [ { to: db, policies: p, pool: { size: 3, max_wait: 50ms } } ] }\n"
                        "  mail: { arrivals: { poisson: 20/s }, calls: [ db ], worker: { workers: 2, max_deliveries: 2 } }\n"
                        "  test: { arrivals: { closed_loop: { users: 1, every: 10ms } }, calls: [ db ] }\n"
                        "faults: [ { on: db, from: 1s, for: 1s, outage: refuse } ]\n");
    std::ifstream file(HALFOPEN_SOURCE_DIR "/resources/schema/run.schema.json");
    const auto report = nlohmann::json::parse(report::jsonReport(ran.record, {}));
    std::string text;
    for (const std::string &problem : test::JsonSchemaCheck(nlohmann::json::parse(file)).problems(report))
        text += problem + "\n";
    QVERIFY2(text.empty(), text.c_str());
    // The parts that only such a world has, by the record.
    const RunRecord &record = ran.record;
    const auto &pool = report["edges"]["web->db"]["pool"];
    QCOMPARE(pool["asked"].get<std::uint64_t>(), record.poolTotals[0].asked);
    QVERIFY(report["edges"]["mail->db"]["pool"].is_null() && report["clients"]["web"]["queue"].is_null());
    const auto &queue = report["clients"]["mail"]["queue"];
    QCOMPARE(queue["dead_lettered"].get<std::uint64_t>(), record.backlogTotals[0].deadLettered);
    QVERIFY(record.backlogTotals[0].deadLettered > 0);
    QVERIFY(report["clients"]["test"]["from_intended_start"]["missed"].is_number());
    QVERIFY(report["services"]["db"]["sojourn_ms"]["count"].get<std::uint64_t>() == record.serviceTotals[0].started);
    QCOMPARE(report["notes"].size(), std::size_t(1));
    // The outage begins at 1 s: the breaker opens soon after, and is closed again after its end at 2 s.
    QCOMPARE(report["incidents"].size(), std::size_t(1));
    const auto &seen = report["breakers"][0]["incidents"][0];
    QVERIFY(seen["opened_after_ms"].get<double>() < 100);
    QVERIFY(report["incidents"][0]["time_to_detect_ms"] == seen["opened_after_ms"]);
    QVERIFY(seen["closed_after_ms"].get<double>() < 600);
}

QTEST_GUILESS_MAIN(TestServiceFeatures)
#include "tst_service_features.moc"
