// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scenario/loader.h"
#include "simulators/models/codel.h"
#include "simulators/simulation.h"
#include "simulators/vocabulary.h"

#include <QObject>
#include <QTest>

#include <algorithm>
#include <cmath>

using namespace halfopen;
using namespace std::chrono_literals;

/// What a scenario can say about queues, balancing, parallel calls and closed loops, each in a world small enough to know by
/// hand what must come out.
class TestWorldFeatures : public QObject {
    Q_OBJECT
private slots:
    void readsEveryNewKey();
    void refusesWhatDoesNotFit_data();
    void refusesWhatDoesNotFit();
    void lifoServesTheNewest();
    void aSmallPriorityNumberGoesFirst();
    void aQueueTimeoutDropsAtItsMoment();
    void aFrozenServiceBeginsNothingAndThenEverything();
    void waitsForAsManyAnswersAsJoinSays_data();
    void waitsForAsManyAnswersAsJoinSays();
    void copiesGoToInstancesOfTheirOwn();
    void twoCallsToOneServiceHaveChancesOfTheirOwn();
    void usersWaitForTheirAnswers();
    void aPaceLeavesOutWhatItMissed();
    void aClientBeginsAndStopsAsTold();
    void codelDropsAtTheIntervalOverTheRootOfTheCount();
};

namespace {

std::shared_ptr<const Scenario> load(const std::string &text)
{
    const LoadResult result = loadScenarioText(text, "s.yaml", standardVocabulary());
    for (const Diagnostic &diagnostic : result.diagnostics)
        qWarning("%s", diagnostic.text().c_str());
    return result.scenario;
}

struct Ran {
    RunRecord record;
    CallLog calls; ///< of the first client, in order of their beginning
    WorkLog work;  ///< of the first service
};

Ran run(const std::string &text)
{
    const auto scenario = load(text);
    if (!scenario)
        qFatal("the scenario cannot be read");
    RunOptions options;
    options.logCalls = options.logWork = true;
    Simulation sim(scenario, options);
    sim.runToEnd();
    Ran ran{sim.snapshot(), sim.takeCallLog(0), sim.takeWorkLog(0)};
    std::stable_sort(ran.calls.begin(), ran.calls.end(),
                     [](const LoggedCall &a, const LoggedCall &b) { return a.startNs < b.startNs; });
    return ran;
}

/// Latencies in ms, in order of the beginning of the calls.
std::vector<std::int64_t> latenciesMs(const CallLog &calls)
{
    std::vector<std::int64_t> all;
    for (const LoggedCall &call : calls)
        all.push_back(call.latencyNs / 1'000'000);
    return all;
}

using Times = std::vector<std::int64_t>;

} // namespace

void TestWorldFeatures::readsEveryNewKey()
{
    const auto s = load("halfopen: 1\n"
                        "services:\n"
                        "  db: { workers: unlimited, queue: unlimited, queue_discipline: controlled_delay, queue_timeout: 1s,\n"
                        "        queue_target: 7ms, queue_interval: 90ms, load_balancing: power_of_two_choices,\n"
                        "        balancing_choices: 3, service_time: { normal: { mean: 10ms, sd: 2ms } } }\n"
                        "  app: { call_order: parallel, join: quorum, join_count: 2, calls: [ { to: db, copies: 3, priority: 2 } ] }\n"
                        "clients:\n"
                        "  web: { starts_at: 5s, stop_after: 9, calls: [ app ], arrivals: { closed_loop: { users: 4,\n"
                        "         think_time: { exponential: 2s } } } }\n");
    QVERIFY(s);
    const ServiceSpec &db = s->services[0];
    QCOMPARE(db.workers, ServiceSpec::kUnlimitedWorkers);
    QCOMPARE(db.queue, ServiceSpec::kUnlimitedQueue);
    QCOMPARE(db.discipline, ServiceSpec::Discipline::ControlledDelay);
    QCOMPARE(db.queueTimeout, std::optional<Duration>(1s));
    QCOMPARE(db.queueTarget, Duration(7ms));
    QCOMPARE(db.queueInterval, Duration(90ms));
    QCOMPARE(db.balancing, ServiceSpec::Balancing::PowerOfTwoChoices);
    QCOMPARE(db.choices, std::int64_t(3));
    QVERIFY(std::chrono::abs(db.serviceTime.quantile(0.5) - Duration(10ms)) < 1us);
    QVERIFY(std::chrono::abs(db.serviceTime.quantile(0.8413447) - Duration(12ms)) < 2us); // one deviation above
    const ServiceSpec &app = s->services[1];
    QCOMPARE(app.callOrder, ServiceSpec::CallOrder::Parallel);
    QCOMPARE(app.join, ServiceSpec::Join::Quorum);
    QCOMPARE(app.joinCount, std::optional<std::int64_t>(2));
    QCOMPARE(app.calls[0].copies, std::int64_t(3));
    QCOMPARE(app.calls[0].priority, std::int64_t(2));
    const ClientSpec &web = s->clients[0];
    QCOMPARE(web.arrivals.kind, ArrivalSpec::Kind::ClosedLoop);
    QCOMPARE(web.arrivals.users, std::int64_t(4));
    QCOMPARE(web.arrivals.thinkTime.mean(), Duration(2s));
    QCOMPARE(web.arrivals.startsAt, std::optional<Duration>(5s));
    QCOMPARE(web.stopAfter, std::optional<std::int64_t>(9));
}

void TestWorldFeatures::refusesWhatDoesNotFit_data()
{
    QTest::addColumn<QByteArray>("app");
    QTest::addColumn<QByteArray>("client");
    QTest::addColumn<QString>("part");
    const QByteArray plain = "{ calls: [ app ], arrivals: { poisson: 1/s } }";
    QTest::newRow("copies one by one") << QByteArray("{ calls: [ { to: db, copies: 2 } ] }") << plain
                                       << "'copies' needs call_order: parallel";
    QTest::newRow("too many to wait for") << QByteArray("{ call_order: parallel, join_count: 3, calls: [ db ] }") << plain
                                          << "'join_count' is 3, but only 1 calls are made";
    QTest::newRow("copies of a client")
        << QByteArray("{ calls: [ db ] }") << QByteArray("{ calls: [ { to: app, copies: 2 } ], arrivals: { poisson: 1/s } }")
        << "'copies' is only for the calls of a service";
    QTest::newRow("think and pace") << QByteArray("{ calls: [ db ] }")
                                    << QByteArray("{ calls: [ app ], arrivals: { closed_loop: { every: 1s, think_time: 1s } } }")
                                    << "'think_time' and 'every' exclude each other";
    QTest::newRow("an unknown discipline") << QByteArray("{ queue_discipline: filo, calls: [ db ] }") << plain << "queue_discipline";
}

void TestWorldFeatures::refusesWhatDoesNotFit()
{
    QFETCH(QByteArray, app);
    QFETCH(QByteArray, client);
    QFETCH(QString, part);
    const std::string text = "halfopen: 1\nservices:\n  db: {}\n  app: " + app.toStdString() + "\nclients:\n  web: "
        + client.toStdString() + "\n";
    const LoadResult result = loadScenarioText(text, "s.yaml", standardVocabulary());
    QVERIFY(!result.ok());
    QVERIFY2(QString::fromStdString(result.diagnostics.front().message).contains(part),
             result.diagnostics.front().message.c_str());
}

// Calls come at 10, 20, 30, 40 ms; one worker needs 25 ms for each.
void TestWorldFeatures::lifoServesTheNewest()
{
    const std::string world = "halfopen: 1\nduration: 1s\nclients: { web: { stop_after: 4, calls: [ db ], arrivals: { constant: "
                              "100/s } } }\nservices: { db: { service_time: 25ms, queue_discipline: ";
    // Ends: 35, 60, 85, 110 ms.
    QCOMPARE(latenciesMs(run(world + "fifo } }\n").calls), (Times{25, 40, 55, 70}));
    // At 35 ms 20 and 30 wait, at 60 ms 20 and 40, at 85 ms 20.
    QCOMPARE(latenciesMs(run(world + "lifo } }\n").calls), (Times{25, 90, 30, 45}));
}

void TestWorldFeatures::aSmallPriorityNumberGoesFirst()
{
    // `batch` calls at 10, 20, 30 ms, `web` at 15, 25 ms: `web` overtakes what waits of `batch`.
    const Ran ran = run("halfopen: 1\nduration: 1s\nservices: { db: { service_time: 20ms } }\nclients:\n"
                        "  batch: { stop_after: 3, calls: [ { to: db, priority: 1 } ], arrivals: { constant: 100/s } }\n"
                        "  web: { starts_at: 15ms, stop_after: 2, calls: [ db ], arrivals: { constant: 100/s } }\n");
    // Worker: batch 10-30, web 30-50 (came at 15), web 50-70 (came at 25), batch 70-90 (came at 20), batch 90-110.
    QCOMPARE(latenciesMs(ran.calls), (Times{20, 70, 80}));
}

void TestWorldFeatures::aQueueTimeoutDropsAtItsMoment()
{
    const Ran ran = run("halfopen: 1\nduration: 1s\nservices: { db: { service_time: 100ms, queue_timeout: 30ms } }\n"
                        "clients: { web: { stop_after: 3, calls: [ db ], arrivals: { constant: 100/s } } }\n");
    // The first works from 10 to 110 ms; the others wait 30 ms each and are answered then.
    QCOMPARE(latenciesMs(ran.calls), (Times{100, 30, 30}));
    QCOMPARE(ran.calls[1].outcome, OutcomeKind::Rejected);
    QCOMPARE(ran.record.serviceTotals[0].rejected, std::uint64_t(2));
    QCOMPARE(ran.record.serviceTotals[0].started, std::uint64_t(1));
}

void TestWorldFeatures::aFrozenServiceBeginsNothingAndThenEverything()
{
    const Ran ran = run("halfopen: 1\nduration: 1s\nservices: { db: { workers: unlimited, service_time: 15ms } }\n"
                        "clients: { web: { stop_after: 5, calls: [ db ], arrivals: { constant: 100/s } } }\n"
                        "faults: [ { on: db, from: 15ms, for: 30ms, capacity_loss: 100% } ]\n");
    // 10 ms is finished; 20, 30 and 40 ms wait until 45 ms; 50 ms finds everything as before.
    QCOMPARE(latenciesMs(ran.calls), (Times{15, 40, 30, 20, 15}));
}

void TestWorldFeatures::waitsForAsManyAnswersAsJoinSays_data()
{
    QTest::addColumn<QByteArray>("join");
    QTest::addColumn<qint64>("ms");
    QTest::newRow("all") << QByteArray("join: all") << qint64(30);
    QTest::newRow("any") << QByteArray("join: any") << qint64(10);
    QTest::newRow("quorum: 2 of 3") << QByteArray("join: quorum") << qint64(20);
    QTest::newRow("exactly three") << QByteArray("join: any, join_count: 3") << qint64(30);
}

void TestWorldFeatures::waitsForAsManyAnswersAsJoinSays()
{
    QFETCH(QByteArray, join);
    QFETCH(qint64, ms);
    const Ran ran = run("halfopen: 1\nduration: 1s\nservices:\n"
                        "  app: { service_time: 0s, call_order: parallel, " + join.toStdString() + ", calls: [ a, b, c ] }\n"
                        "  a: { service_time: 10ms }\n  b: { service_time: 20ms }\n  c: { service_time: 30ms }\n"
                        "clients: { web: { stop_after: 1, calls: [ app ], arrivals: { constant: 100/s } } }\n");
    QCOMPARE(latenciesMs(ran.calls), (Times{ms}));
    std::uint64_t cancelled = 0;
    for (const EdgeTotals &edge : ran.record.edgeTotals)
        cancelled += edge.ended[static_cast<std::size_t>(OutcomeKind::Cancelled)];
    QCOMPARE(cancelled, static_cast<std::uint64_t>((30 - ms) / 10));
}

void TestWorldFeatures::copiesGoToInstancesOfTheirOwn()
{
    // Four copies on four instances of one worker: if two met, one would wait and the call take 20 ms.
    const Ran ran = run("halfopen: 1\nduration: 3s\nservices:\n"
                        "  app: { service_time: 0s, call_order: parallel, calls: [ { to: db, copies: 4 } ] }\n"
                        "  db: { instances: 4, service_time: 10ms, load_balancing: random }\n"
                        "clients: { web: { stop_after: 100, calls: [ app ], arrivals: { constant: 50/s } } }\n");
    QCOMPARE(ran.calls.size(), std::size_t(100));
    for (const std::int64_t ms : latenciesMs(ran.calls))
        QCOMPARE(ms, std::int64_t(10));
}

void TestWorldFeatures::twoCallsToOneServiceHaveChancesOfTheirOwn()
{
    // Both fail with 50 %: alike they would succeed together in half of the cases, apart in a quarter.
    const Ran ran = run("halfopen: 1\nduration: 30s\nservices:\n"
                        "  app: { service_time: 0s, workers: unlimited, calls: [ db, db ] }\n"
                        "  db: { workers: unlimited, service_time: 1ms, error_rate: 50% }\n"
                        "clients: { web: { stop_after: 2000, calls: [ app ], arrivals: { constant: 100/s } } }\n");
    const double good = static_cast<double>(ran.record.edgeTotals[0].good()) / 2000;
    QVERIFY2(std::abs(good - 0.25) < 4 * std::sqrt(0.25 * 0.75 / 2000), qPrintable(QString::number(good)));
}

void TestWorldFeatures::usersWaitForTheirAnswers()
{
    // Two users, one worker of 30 ms, a pause of 50 ms. Both call at 50 ms: one is answered at 80, the other at 110 ms.
    // They call again at 130 and 160 ms and do not meet any more: 80 ms a round.
    const Ran ran = run("halfopen: 1\nduration: 1s\nservices: { db: { service_time: 30ms } }\n"
                        "clients: { web: { stop_after: 6, calls: [ db ], arrivals: { closed_loop: { users: 2, think_time: 50ms } } } }\n");
    QCOMPARE(latenciesMs(ran.calls), (Times{30, 60, 30, 30, 30, 30}));
    QCOMPARE(ran.calls[2].startNs, std::int64_t(130'000'000));
    QCOMPARE(ran.calls[3].startNs, std::int64_t(160'000'000));
    QCOMPARE(ran.calls[5].startNs, std::int64_t(240'000'000));
}

void TestWorldFeatures::aPaceLeavesOutWhatItMissed()
{
    const Ran ran = run("halfopen: 1\nduration: 100ms\nservices: { db: { service_time: 1ms } }\n"
                        "clients: { web: { calls: [ db ], arrivals: { closed_loop: { users: 1, every: 10ms } } } }\n"
                        "faults: [ { on: db, from: 15ms, for: 40ms, capacity_loss: 100% } ]\n");
    // 0, 10 and 20 ms; that one is answered at 56 ms, so 30, 40 and 50 are left out and 60 to 90 follow.
    QCOMPARE(latenciesMs(ran.calls), (Times{1, 1, 36, 1, 1, 1, 1}));
    QCOMPARE(ran.calls[3].startNs, std::int64_t(60'000'000));
}

void TestWorldFeatures::aClientBeginsAndStopsAsTold()
{
    const auto starts = [](const std::string &keys) {
        Times all;
        for (const LoggedCall &call :
             run("halfopen: 1\nduration: 1s\nservices: { db: { service_time: 1ms } }\nclients: { web: { calls: [ db ], " + keys
                 + ", arrivals: { constant: 100/s } } }\n").calls)
            all.push_back(call.startNs / 1'000'000);
        return all;
    };
    QCOMPARE(starts("stop_after: 3"), (Times{10, 20, 30}));
    QCOMPARE(starts("stop_after: 3, starts_at: 0s"), (Times{0, 10, 20}));
    QCOMPARE(starts("stop_after: 2, starts_at: 500ms"), (Times{500, 510}));
}

void TestWorldFeatures::codelDropsAtTheIntervalOverTheRootOfTheCount()
{
    // RFC 8289: first drop an interval after the wait became bad, then interval / sqrt(n) apart.
    Codel codel(5ms, 100ms);
    std::vector<double> drops;
    for (std::int64_t us = 0; us <= 500'000; us += 10)
        if (codel.shouldDrop(Instant(std::chrono::microseconds(us)), 20ms, false))
            drops.push_back(static_cast<double>(us) * 1e-3);
    const std::vector<double> expected{100, 200, 270.711, 328.446, 378.446, 423.167, 463.992};
    QCOMPARE(drops.size(), expected.size());
    for (std::size_t i = 0; i < drops.size(); ++i)
        QVERIFY2(std::abs(drops[i] - expected[i]) <= 0.02 * static_cast<double>(i + 1), qPrintable(QString::number(drops[i])));
    QVERIFY(!codel.shouldDrop(Instant(std::chrono::milliseconds(501)), 1ms, false)); // a good wait ends it
    QVERIFY(!codel.isDropping());
}

QTEST_GUILESS_MAIN(TestWorldFeatures)
#include "tst_world_features.moc"
