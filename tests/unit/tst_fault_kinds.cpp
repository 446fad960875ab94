// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulators/simulation.h"
#include "tests/support/logged_run.h"
#include "tests/support/scenario_text.h"

#include <QObject>
#include <QTest>

#include <algorithm>

using namespace halfopen;
using namespace std::chrono_literals;

namespace {

constexpr std::int64_t kMs = 1'000'000;

using Ran = test::LoggedRun;

Ran run(const std::string &text)
{
    return test::loggedRun(text);
}

std::uint64_t endedAs(const Ran &ran, OutcomeKind kind, std::size_t edge = 0)
{
    return ran.record.edgeTotals[edge].ended[static_cast<std::size_t>(kind)];
}

using Times = std::vector<std::int64_t>;

Times latenciesMs(const Ran &ran)
{
    return test::latenciesMs(ran.calls);
}

/// A call every 100 ms, the first at 0.1 s, the last at 2.9 s; \a service is the one they go to, \a faults what happens.
std::string world(const std::string &service, const std::string &faults, const std::string &stack = {})
{
    return "halfopen: 1\nname: w\nduration: 3s\nservices:\n  db: " + service
        + "\nclients:\n  web: { arrivals: { constant: 10/s }, calls: [ { to: db" + (stack.empty() ? "" : ", policies: p")
        + " } ] }\n" + (stack.empty() ? "" : "policies:\n  p: " + stack + "\n") + "faults:\n  - " + faults + "\n";
}

constexpr const char *kRoomy = "{ workers: 100, queue: 0, service_time: 10ms }";

} // namespace

/// Every kind of fault in a world so small that what must come out is worked out on paper: the comments say how.
class TestFaultKinds : public QObject {
    Q_OBJECT
private slots:
    void refuseTurnsAwayAtOnce()
    {
        const Ran ran = run(world(kRoomy, "{ on: db, from: 950ms, for: 1s, refuse: 100% }"));
        QCOMPARE(endedAs(ran, OutcomeKind::ConnectionRefused), 10u); // those of 1.0 s to 1.9 s
        QCOMPARE(ran.record.edgeTotals[0].badLatency.max(), std::int64_t(0));
        QCOMPARE(ran.record.serviceTotals[0].refused, 10u);
        QCOMPARE(endedAs(ran, OutcomeKind::Success), 19u);
    }

    void aBlackHoleAnswersNobody()
    {
        const Ran ran = run(world(kRoomy, "{ on: db, from: 950ms, for: 1s, black_hole: 100% }", "[ { timeout: 50ms } ]"));
        QCOMPARE(endedAs(ran, OutcomeKind::Timeout), 10u);
        QCOMPARE(ran.record.edgeTotals[0].badLatency.min(), 50 * kMs);
        QCOMPARE(ran.record.serviceTotals[0].started, 19u);
    }

    void aResetBreaksTheWorkWhereItSays()
    {
        // A quarter of 40 ms; the worker is free again then, so that nobody waits.
        const Ran ran = run(world("{ workers: 1, queue: 0, service_time: 40ms }",
                                  "{ on: db, from: 950ms, for: 1s, reset: { after: 25% } }"));
        QCOMPARE(endedAs(ran, OutcomeKind::ConnectionReset), 10u);
        QCOMPARE(ran.record.edgeTotals[0].badLatency.min(), 10 * kMs);
        QCOMPARE(ran.record.edgeTotals[0].badLatency.max(), 10 * kMs);
        QCOMPARE(ran.record.serviceTotals[0].busyNs, 19 * 40 * kMs + 10 * 10 * kMs);
        QCOMPARE(ran.record.serviceTotals[0].failed, 10u);
    }

    void aSlowBodyDelaysTheEndOfTheAnswerAndFreesTheWorker()
    {
        // One worker, answers that take 300 ms on the way, calls every 100 ms: nobody waits.
        const Ran ran = run(world("{ workers: 1, queue: 0, service_time: 10ms }",
                                  "{ on: db, from: 950ms, for: 1s, slow_body: 300ms }"));
        const Times ms = latenciesMs(ran);
        QCOMPARE(ms.size(), std::size_t(29));
        for (std::size_t i = 0; i < ms.size(); ++i)
            QCOMPARE(ms[i], i >= 9 && i < 19 ? 310 : 10); // call number i begins at (i + 1) / 10 s
        QCOMPARE(ran.record.serviceTotals[0].busyNs, 29 * 10 * kMs);
    }

    void aSlowBodyMayHoldItsWorker()
    {
        // 310 ms of work from 1.0 s on: begun at 1.0, 1.31, 1.62 and 1.93 s, the last before the end of the fault at 1.95 s.
        // So the call of 1.3 s ends at 2.24 s; that of 1.4 s at 2.25 s, that of 1.5 s at 2.26 s ... and that of 2.2 s
        // at 2.33 s. The next, of 2.3 s, at 2.34 s; then nobody waits.
        const Ran ran = run(world("{ workers: 1, queue: 100, service_time: 10ms }",
                                  "{ on: db, from: 950ms, for: 1s, slow_body: { time: 300ms, holds_worker: true } }"));
        const Times ms = latenciesMs(ran);
        const Times during(ms.begin() + 9, ms.begin() + 24);
        QCOMPARE(during, (Times{310, 520, 730, 940, 850, 760, 670, 580, 490, 400, 310, 220, 130, 40, 10}));
    }

    void aSlowBodyCanBeGivenByItsLengthAndSpeed()
    {
        const Ran ran = run(world(kRoomy, "{ on: db, slow_body: { bytes: 32000, rate: 64000/s } }"));
        QCOMPARE(ran.record.edgeTotals[0].goodLatency.min(), 510 * kMs);
    }

    void aTimeoutStrikesBetweenTheBeginningAndTheEndOfAnAnswer()
    {
        const Ran ran = run(world(kRoomy, "{ on: db, from: 950ms, for: 1s, slow_body: 300ms }", "[ { timeout: 100ms } ]"));
        QCOMPARE(endedAs(ran, OutcomeKind::Timeout), 10u);
        QCOMPARE(ran.record.serviceTotals[0].completed, 29u);
        QCOMPARE(ran.record.serviceTotals[0].wasted, 10u);
    }

    void aPartitionLosesRequestsOrAnswersOrBoth_data()
    {
        QTest::addColumn<QString>("loses");
        QTest::addColumn<quint64>("timeouts");
        QTest::addColumn<quint64>("completed");
        // Work takes 80 ms. Requests of 1.0 s to 1.9 s meet it; so do the answers of those of 0.9 s to 1.8 s.
        QTest::newRow("requests") << "requests" << quint64(10) << quint64(19);
        QTest::newRow("answers") << "answers" << quint64(10) << quint64(29);
        QTest::newRow("both") << "both" << quint64(11) << quint64(19);
    }
    void aPartitionLosesRequestsOrAnswersOrBoth()
    {
        QFETCH(QString, loses);
        QFETCH(quint64, timeouts);
        QFETCH(quint64, completed);
        const Ran ran = run(world("{ workers: 100, queue: 0, service_time: 80ms }",
                                  "{ on: db, from: 950ms, for: 1s, partition: " + loses.toStdString() + " }",
                                  "[ { timeout: 90ms } ]"));
        QCOMPARE(endedAs(ran, OutcomeKind::Timeout), timeouts);
        QCOMPARE(ran.record.serviceTotals[0].completed, completed);
        QCOMPARE(endedAs(ran, OutcomeKind::Success), 29 - timeouts);
    }

    void aPartitionCanBeBetweenSomeOnly()
    {
        const Ran ran = run(R"(halfopen: 1
name: edge
duration: 3s
services:
  db: { workers: 100, queue: 0, service_time: 10ms }
  api: { workers: 100, queue: 0, service_time: 1ms, calls: [ { to: db, policies: p } ] }
clients:
  web: { arrivals: { constant: 10/s }, calls: [ { to: db, policies: p } ] }
  batch: { arrivals: { constant: 10/s }, calls: [ { to: db, policies: p } ] }
  app: { arrivals: { constant: 10/s }, calls: [ { to: api } ] }
policies:
  p: [ { timeout: 50ms } ]
faults:
  - { on: db, callers: [ batch, api ], from: 950ms, for: 1s, partition: both }
)");
        QCOMPARE(endedAs(ran, OutcomeKind::Timeout, 0), 0u);  // web -> db
        QCOMPARE(endedAs(ran, OutcomeKind::Timeout, 1), 10u); // batch -> db
        QCOMPARE(endedAs(ran, OutcomeKind::Error, 2), 10u);   // app -> api: 504, what is below timed out
        QCOMPARE(ran.record.faultWindows[0].label, std::string("batch, api -> db: partition"));
    }

    void aCrashLosesWhatWaitsAndWhatIsWorkedOn()
    {
        // Calls at 0.05 k s, 100 ms of work each, one worker: call k ends at 0.05 + 0.1 k. At 1.025 s nine have ended and
        // eleven (k = 10 to 20) are there: one is worked on, ten wait. Those of 1.05 s to 1.5 s are refused. The next, of
        // 1.55 s, finds an empty instance.
        const Ran ran = run(R"(halfopen: 1
name: crash
duration: 2s
services:
  db: { workers: 1, queue: 10, service_time: 100ms }
clients:
  web: { arrivals: { constant: 20/s }, calls: [ { to: db } ] }
faults:
  - { on: db, from: 1025ms, for: 500ms, crash: reset }
)");
        QCOMPARE(endedAs(ran, OutcomeKind::ConnectionReset), 11u);
        QCOMPARE(endedAs(ran, OutcomeKind::ConnectionRefused), 10u);
        QCOMPARE(ran.record.serviceTotals[0].lost, 11u);
        QCOMPARE(ran.record.serviceTotals[0].refused, 10u);
        // 11 x 1.025 - 0.05 x (10 + ... + 20) = 3.025 s between sending and hearing of it.
        QCOMPARE(static_cast<std::int64_t>(ran.record.edgeTotals[0].badLatency.sumNs()), 3025 * kMs);
        const auto after = std::find_if(ran.calls.begin(), ran.calls.end(),
                                        [](const LoggedCall &call) { return call.startNs == 1550 * kMs; });
        QVERIFY(after != ran.calls.end());
        QCOMPARE(after->latencyNs, 100 * kMs);
        // Busy from 0.05 s to the crash and from 1.55 s to the end.
        QCOMPARE(ran.record.serviceTotals[0].busyNs, (1025 - 50 + 2000 - 1550) * kMs);
    }

    void aSilentCrashTellsNobody()
    {
        const std::string text = R"(halfopen: 1
name: silent
duration: 3s
services:
  db: { workers: 1, queue: 10, service_time: 100ms }
clients:
  web: { arrivals: { constant: 20/s }, stop_after: 30, calls: [ { to: db, policies: p } ] }
policies:
  p: [ { timeout: 1200ms } ]
faults:
  - { on: db, from: 1025ms, for: 500ms, crash: silent }
)";
        // As above: eleven were there and ten (1.05 s to 1.5 s) came while it was gone. Nobody hears of any.
        const Ran ran = run(text);
        QCOMPARE(endedAs(ran, OutcomeKind::Timeout), 21u);
        QCOMPARE(ran.record.edgeTotals[0].badLatency.min(), 1200 * kMs);
        QCOMPARE(ran.record.serviceTotals[0].completed, 9u);
        QCOMPARE(ran.record.serviceTotals[0].lost, 11u);
    }

    void aCrashOfOneInstanceLeavesTheOthersAlone()
    {
        // In turn: instance 1 has the even calls. Of those of 1.0, 1.2 ... 1.8 s it refuses all.
        const Ran ran = run(world("{ instances: 2, workers: 100, queue: 0, service_time: 10ms }",
                                  "{ on: db, instance: 1, from: 950ms, for: 1s, crash: reset }"));
        QCOMPARE(endedAs(ran, OutcomeKind::ConnectionRefused), 5u);
        QCOMPARE(endedAs(ran, OutcomeKind::Success), 24u);
    }

    void whatACrashedServiceHadCalledIsCancelled()
    {
        const Ran ran = run(R"(halfopen: 1
name: graph
duration: 3s
services:
  api: { workers: 100, queue: 0, service_time: 10ms, calls: [ { to: db } ] }
  db: { workers: 100, queue: 0, service_time: 500ms, keeps_working_for_departed_callers: false }
clients:
  web: { arrivals: { constant: 10/s }, calls: [ { to: api } ] }
faults:
  - { on: api, from: 1050ms, for: 10ms, crash: reset }
)");
        // A call takes 510 ms: those of 0.6 s to 1.0 s are at the database when their caller crashes.
        QCOMPARE(endedAs(ran, OutcomeKind::ConnectionReset, 0), 5u);
        QCOMPARE(endedAs(ran, OutcomeKind::Cancelled, 1), 5u);
        QCOMPARE(ran.record.serviceTotals[0].lost, 5u);
    }

    void aFlapIsDownInTheFirstPartOfEachPeriod()
    {
        // Down in [0, 0.25), [1, 1.25) and [2, 2.25) s: calls of 0.1, 0.2; 1.0, 1.1, 1.2; 2.0, 2.1, 2.2 s.
        const Ran ran = run(world(kRoomy, "{ on: db, flap: { period: 1s, down: 25% } }"));
        QCOMPARE(endedAs(ran, OutcomeKind::ConnectionRefused), 8u);
        QCOMPARE(ran.record.faultWindows.size(), std::size_t(3));
        QVERIFY(ran.record.faultWindows[1].from == Instant(1s) && ran.record.faultWindows[1].to == Instant(1250ms));
    }

    void aFlapThatCrashesLosesWorkEachTime()
    {
        // Work of 150 ms: at 1.0 s the call of 0.9 s is lost, and at 2.0 s that of 1.9 s. The calls of 1.0 and 2.0 s come at the
        // same instant as the crash; both were scheduled for it, the crash first.
        const Ran ran = run(world("{ workers: 100, queue: 0, service_time: 150ms }",
                                  "{ on: db, flap: { period: 1s, down: 25%, mode: crash } }"));
        QCOMPARE(ran.record.serviceTotals[0].lost, 2u);
        QCOMPARE(endedAs(ran, OutcomeKind::ConnectionReset), 2u);
        QCOMPARE(endedAs(ran, OutcomeKind::ConnectionRefused), 8u);
    }

    void onlyTheFirstRequestsOfEachWindow()
    {
        const Ran ran =
            run(world(kRoomy, "{ on: db, from: 0s, for: 900ms, every: 1s, first_requests: 3, refuse: 100% }"));
        Times refused;
        for (const LoggedCall &call : ran.calls)
            if (call.outcome == OutcomeKind::ConnectionRefused)
                refused.push_back(call.startNs / kMs);
        QCOMPARE(refused, (Times{100, 200, 300, 1000, 1100, 1200, 2000, 2100, 2200}));
    }

    void onlyEveryNthRequest()
    {
        const Ran ran = run(world(kRoomy, "{ on: db, from: 950ms, for: 1s, every_nth: 4, error: 100% }"));
        Times failed;
        for (const LoggedCall &call : ran.calls)
            if (call.outcome == OutcomeKind::Error)
                failed.push_back(call.startNs / kMs);
        QCOMPARE(failed, (Times{1300, 1700}));
    }

    void aListOrAShareOfTheInstances_data()
    {
        QTest::addColumn<QString>("where");
        QTest::addColumn<quint64>("refused");
        // Ten instances in turn: of calls 1 to 29, instance i has those with k = i + 1 modulo 10.
        QTest::newRow("list") << "instances: [ 1, 8-9 ]" << quint64(3 + 3 + 2);
        QTest::newRow("share") << "share_of_instances: 20%" << quint64(6);
        QTest::newRow("at least one") << "share_of_instances: 1%" << quint64(3);
    }
    void aListOrAShareOfTheInstances()
    {
        QFETCH(QString, where);
        QFETCH(quint64, refused);
        const Ran ran = run(world("{ instances: 10, workers: 100, queue: 0, service_time: 10ms }",
                                  "{ on: db, " + where.toStdString() + ", refuse: 100% }"));
        QCOMPARE(endedAs(ran, OutcomeKind::ConnectionRefused), refused);
    }

    void strengthChangesWithTime_data()
    {
        QTest::addColumn<QString>("how");
        QTest::addColumn<QList<int>>("latencies");
        // Calls at 1.0, 1.25, 1.5, 1.75 and 2.0 s; 100 ms are added to 10 ms at full strength, from 1 s to 2 s.
        QTest::newRow("full") << "" << QList<int>{110, 110, 110, 110, 10};
        QTest::newRow("ramp up") << ", ramp_up: 1s" << QList<int>{10, 35, 60, 85, 10};
        QTest::newRow("ramp up and stay") << ", ramp_up: 500ms" << QList<int>{10, 60, 110, 110, 10};
        QTest::newRow("ramp down") << ", ramp_down: 1s" << QList<int>{110, 85, 60, 35, 10};
        QTest::newRow("sine") << ", wave: { period: 1s }" << QList<int>{10, 60, 110, 60, 10};
        QTest::newRow("triangle") << ", wave: { period: 1s, shape: triangle }" << QList<int>{10, 60, 110, 60, 10};
        QTest::newRow("square") << ", wave: { period: 1s, shape: square }" << QList<int>{10, 10, 110, 110, 10};
        QTest::newRow("low") << ", wave: { period: 1s, low: 20% }" << QList<int>{30, 70, 110, 70, 10};
        QTest::newRow("ramp and wave") << ", ramp_up: 1s, wave: { period: 1s }" << QList<int>{10, 22, 60, 47, 10};
    }
    void strengthChangesWithTime()
    {
        QFETCH(QString, how);
        QFETCH(QList<int>, latencies);
        const Ran ran = run("halfopen: 1\nname: s\nduration: 2100ms\nservices:\n  db: " + std::string(kRoomy)
                            + "\nclients:\n  web: { arrivals: { constant: 4/s }, calls: [ { to: db } ] }\nfaults:\n"
                              "  - { on: db, from: 1s, for: 1s, latency: { add: 100ms }"
                            + how.toStdString() + " }\n");
        const Times ms = latenciesMs(ran);
        QCOMPARE(ms.size(), std::size_t(8));
        for (std::size_t i = 0; i < 5; ++i)
            QCOMPARE(ms[i + 3], latencies[static_cast<int>(i)]);
    }

    void aWaveOfCapacityLetsRequestsWait()
    {
        // Calls at 0.05, 0.15 ... s. From 1 s to 2 s no worker is there: the ten of 1.05 s to 1.95 s begin at 2 s.
        const Ran ran = run(R"(halfopen: 1
name: wave
duration: 3s
services:
  db: { workers: 20, queue: 100, service_time: 10ms }
clients:
  web: { starts_at: 50ms, arrivals: { constant: 10/s }, calls: [ { to: db } ] }
faults:
  - { on: db, capacity_loss: 100%, wave: { period: 2s, shape: square } }
)");
        const Histogram &latency = ran.record.edgeTotals[0].goodLatency;
        QCOMPARE(latency.count(), 30u);
        QCOMPARE(latency.max(), 960 * kMs);
        QCOMPARE(static_cast<std::int64_t>(latency.sumNs()), (30 * 10 + 10 * 2000 - 15000) * kMs);
    }

    void overlappingFaultsFoldInOrder()
    {
        // (10 ms x 2 x 3) + 20 ms + 5 ms; what is refused is not lost in the black hole.
        const Ran slow = run(world(kRoomy, "{ on: db, latency: { factor: 2, add: 20ms } }\n"
                                           "  - { on: db, latency: { factor: 3, add: 5ms } }"));
        QCOMPARE(slow.record.edgeTotals[0].goodLatency.min(), 85 * kMs);
        const Ran gone = run(world(kRoomy, "{ on: db, black_hole: 100% }\n  - { on: db, refuse: 100% }"));
        QCOMPARE(endedAs(gone, OutcomeKind::ConnectionRefused), 29u);
    }

    void jitterStaysWithinItsRange()
    {
        const Ran ran = run(R"(halfopen: 1
name: jitter
duration: 100s
services:
  db: { workers: 1000, queue: 0, service_time: 10ms }
clients:
  web: { arrivals: { constant: 100/s }, calls: [ { to: db } ] }
faults:
  - { on: db, latency: { add: 50ms, jitter: 20ms } }
)");
        const Histogram &latency = ran.record.edgeTotals[0].goodLatency;
        QVERIFY(latency.min() >= 40 * kMs && latency.max() <= 80 * kMs);
        // Mean 60 ms; one value scatters by 20 ms / sqrt(3), the mean of 9 990 by 0.1155 ms: five of them.
        QVERIFY(std::abs(latency.meanNs() / 1e6 - 60) < 0.6);
        QVERIFY(latency.min() < 41 * kMs && latency.max() > 79 * kMs);
    }

    void aFaultOfItsOwnNameKeepsItsChances()
    {
        const auto failuresOf = [](const std::string &faults) {
            Times failed;
            for (const LoggedCall &call : run(world(kRoomy, faults)).calls)
                if (call.outcome == OutcomeKind::Error)
                    failed.push_back(call.startNs);
            return failed;
        };
        const std::string named = "{ on: db, name: flaky, error: 50% }";
        const std::string harmless = "{ on: db, latency: 0s }";
        const Times alone = failuresOf(named);
        QVERIFY(alone.size() > 5 && alone.size() < 24);
        QCOMPARE(failuresOf(harmless + "\n  - " + named), alone);
        QCOMPARE(failuresOf(named + "\n  - " + harmless), alone);
    }

    // A partition loses every answer, also one that says no. A call every 100 ms; what is answered in [960, 1960) ms is lost.

    void lostAnswersIncludeRejections()
    {
        // One worker, no queue, 250 ms of work: the calls of 0.1, 0.4, 0.7, ... 2.8 s are worked on, the others rejected.
        const Ran ran = run(world("{ workers: 1, queue: 0, service_time: 250ms }",
                                  "{ on: db, from: 960ms, for: 1s, partition: answers }", "[ { timeout: 400ms } ]"));
        // 1.0, 1.3 and 1.6 s are answered in the partition, 1.1, 1.2, 1.4, 1.5, 1.7 and 1.8 s are rejected in it.
        QCOMPARE(endedAs(ran, OutcomeKind::Timeout), 9u);
        QCOMPARE(endedAs(ran, OutcomeKind::Rejected), 13u);
        QCOMPARE(endedAs(ran, OutcomeKind::Success), 6u); // 2.8 s ends behind the run
        QCOMPARE(ran.record.serviceTotals[0].rejected, 19u);
    }

    void lostAnswersIncludeRefusals()
    {
        const Ran ran = run(world(kRoomy, "{ on: db, from: 960ms, for: 1s, refuse: 100% }\n  - { on: db, from: 960ms, for: 1s, partition: answers }",
                                  "[ { timeout: 50ms } ]"));
        QCOMPARE(endedAs(ran, OutcomeKind::ConnectionRefused), 0u);
        QCOMPARE(endedAs(ran, OutcomeKind::Timeout), 10u); // 1.0 to 1.9 s
        QCOMPARE(ran.record.serviceTotals[0].refused, 10u);
    }

    void lostAnswersIncludeWhatAQueueDrops()
    {
        // The first call keeps the only worker for good; the others are dropped 20 ms later.
        const Ran ran = run(world("{ workers: 1, service_time: 10s, queue_timeout: 20ms }",
                                  "{ on: db, from: 960ms, for: 1s, partition: answers }", "[ { timeout: 60ms } ]"));
        QCOMPARE(endedAs(ran, OutcomeKind::Timeout), 1u + 10u); // the first, and 1.0 to 1.9 s
        QCOMPARE(endedAs(ran, OutcomeKind::Rejected), 18u);
    }

    void lostAnswersIncludeTheNewsOfACrash()
    {
        // The call of 1.0 s is worked on when the instance crashes at 1.01 s.
        const Ran ran = run(world("{ workers: 9, service_time: 50ms }",
                                  "{ on: db, from: 1010ms, for: 20ms, crash: reset }\n  - { on: db, from: 960ms, for: 1s, partition: answers }",
                                  "[ { timeout: 70ms } ]"));
        QCOMPARE(endedAs(ran, OutcomeKind::ConnectionReset), 0u);
        QCOMPARE(endedAs(ran, OutcomeKind::Timeout), 10u);
    }

    void lostAnswersAreCountedOneByOne()
    {
        // Every second answer is lost, whether it says yes or no: of ten refusals five.
        const Ran ran = run(world(kRoomy, "{ on: db, from: 960ms, for: 1s, refuse: 100% }\n  - { on: db, from: 960ms, for: 1s, every_nth: 2, partition: answers }",
                                  "[ { timeout: 50ms } ]"));
        QCOMPARE(endedAs(ran, OutcomeKind::ConnectionRefused), 5u);
        QCOMPARE(endedAs(ran, OutcomeKind::Timeout), 5u);
    }

    void aFallbackIsACallerToo()
    {
        const auto text = [](const std::string &callers) {
            return "halfopen: 1\nname: w\nduration: 3s\nservices:\n  db: { workers: 9, error_rate: 100% }\n  spare: { workers: 9 }\n"
                   "clients:\n  web: { arrivals: { constant: 10/s }, calls: [ { to: db, policies: p } ] }\n"
                   "policies:\n  p: [ { fallback: { to: spare } } ]\nfaults:\n  - { on: spare, callers: [ " + callers + " ], refuse: 100% }\n";
        };
        const Ran ran = run(text("web"));
        QCOMPARE(endedAs(ran, OutcomeKind::ConnectionRefused, 1), 29u);
        const std::string said = test::diagnosticsOf(text("wob"));
        QVERIFY2(said.find("'wob' does not call 'spare'") != std::string::npos, said.c_str());
        QVERIFY2(said.find("did you mean 'web'") != std::string::npos, said.c_str());
    }

    void whatFailsIsTheSameBesideAFaultThatNeverHits_data()
    {
        QTest::addColumn<QString>("service");
        QTest::addColumn<QString>("fault");
        const QString one = "workers: 2, queue: 5, service_time: { exponential: 12ms }";
        const auto row = [&](const char *name, const QString &service, const char *fault) { QTest::newRow(name) << service << fault; };
        row("never", one, "error: 0%");
        row("always", one, "from: 3s, for: 4s, error: 100%");
        row("some", one, "error: 30%");
        row("nearly all", one, "error: { probability: 0.999999999, status: 503 }");
        row("asks to wait", one, "error: { probability: 30%, status: 429, retry_after: 155ms }");
        row("asks to wait for long", one, "from: 3s, for: 4s, error: { probability: 30%, retry_after: 40m }");
        row("at once", one, "error: { probability: 30%, at_once: true }");
        row("again and again", one, "from: 2s, for: 1s, every: 3s, error: 60%");
        row("in bursts", one, "bursts: { on: 200ms, off: 1s }, error: 70%");
        row("ever more", one, "for: 15s, ramp_up: 10s, error: 90%");
        row("in waves", one, "wave: { period: 3s }, error: 90%");
        row("the first", one, "from: 2s, for: 3s, every: 5s, first_requests: 40, error: 80%");
        row("every third", one, "every_nth: 3, error: 80%");
        row("of one caller", one, "callers: [ batch ], error: 40%");
        row("beside its own", one + ", error_rate: 20%", "error: 30%");
        row("without a limit", "workers: unlimited, service_time: 5ms", "error: 30%");
        row("two instances", "instances: 2, " + one, "error: 30%");
        row("one of two", "instances: 2, " + one, "instance: 1, error: 30%");
        row("newest first", one + ", queue_discipline: lifo", "error: 30%");
        row("with calls of its own", one + ", calls: [ { to: disk } ]", "error: 30%");
        row("slower under load", one + ", slowdown: { at_busy: 40%, factor: 3 }", "error: 30%");
    }
    /// A second fault is another way through the program, and must not be another one through the world: one that meets the work, and
    /// one that meets arrivals.
    void whatFailsIsTheSameBesideAFaultThatNeverHits()
    {
        QFETCH(QString, service);
        QFETCH(QString, fault);
        const auto recordOf = [&](const std::string &beside) {
            return run("halfopen: 1\nname: w\nseed: 7\nduration: 20s\nservices:\n  db: { " + service.toStdString()
                       + " }\n  disk: { service_time: 1ms }\nclients:\n"
                         "  web: { processes: 3, arrivals: { poisson: 60/s }, calls: [ { to: db, policies: p } ] }\n"
                         "  batch: { arrivals: { poisson: 30/s }, calls: [ { to: db } ] }\n"
                         "policies:\n  p:\n    - retry: { max_attempts: 4, initial_delay: 20ms, max_delay: 200ms }\n"
                         "    - health_check: { interval: 500ms, unhealthy_threshold: 2 }\n"
                         "    - circuit_breaker: { failure_rate_threshold: 60%, recovery_timeout: 500ms }\n    - timeout: 300ms\n"
                         "faults:\n  - { on: db, " + fault.toStdString() + " }\n" + beside).record;
        };
        const RunRecord alone = recordOf("");
        QVERIFY(alone.fingerprint != 0);
        for (const char *never : {"  - { on: db, error: 0% }\n", "  - { on: db, refuse: 0% }\n"}) {
            const RunRecord beside = recordOf(never);
            QCOMPARE(beside.fingerprint, alone.fingerprint);
            for (std::size_t edge = 0; edge < alone.edges.size(); ++edge) {
                QCOMPARE(beside.edgeTotals[edge].ended, alone.edgeTotals[edge].ended);
                QCOMPARE(beside.edgeTotals[edge].attempts, alone.edgeTotals[edge].attempts);
            }
            QCOMPARE(beside.serviceTotals[0].failed, alone.serviceTotals[0].failed);
            QCOMPARE(beside.serviceTotals[0].completed, alone.serviceTotals[0].completed);
            QCOMPARE(beside.serviceTotals[0].busyNs, alone.serviceTotals[0].busyNs);
            QCOMPARE(beside.serviceTotals[0].queuedNs, alone.serviceTotals[0].queuedNs);
        }
        if (fault != "error: 0%")
            QVERIFY(endedAs({alone, {}}, OutcomeKind::Error, 1) > 0); // of the client that takes what comes
    }

    void refusesNonsense_data()
    {
        QTest::addColumn<QString>("fault");
        QTest::addColumn<QString>("message");
        const auto row = [](const char *name, const char *fault, const char *message) {
            QTest::newRow(name) << fault << message;
        };
        row("share above 1", "refuse: 150%", "'refuse' is 150%");
        row("negative time", "slow_body: -1s", "'slow_body'");
        row("no such instance", "instances: [ 0, 7 ], refuse: 1", "'db' has no instance 7");
        row("not a number", "instances: [ 0, x ], refuse: 1", "'instances' holds 'x', expected numbers from 0 to 999");
        row("two places", "instance: 0, share_of_instances: 50%, refuse: 1", "say the same thing");
        row("unknown edge", "callers: [ wob ], partition: both", "'wob' does not call 'db'");
        row("a hint for it", "callers: [ wob ], partition: both", "did you mean 'web'?");
        row("crash by caller", "callers: [ web ], crash: reset", "'callers' does not fit 'crash'");
        row("crash by count", "first_requests: 3, crash: reset", "'first_requests' does not fit 'crash'");
        row("a ramp of a crash", "ramp_up: 3s, for: 5s, crash: reset", "'ramp_up' does not fit 'crash', which is there or not");
        row("half a burst", "bursts: { on: 1s }, refuse: 1", "'bursts' needs both 'on' and 'off'");
        row("long ramps", "for: 2s, ramp_up: 2s, ramp_down: 1s, refuse: 1", "together are longer than 'for'");
        row("half a body", "slow_body: { bytes: 10 }", "'bytes' and 'rate' go together");
        row("a word", "partition: all", "'partition'");
    }
    void refusesNonsense()
    {
        QFETCH(QString, fault);
        QFETCH(QString, message);
        const std::string said =
            test::diagnosticsOf(test::smallWorld("faults: [ { on: db, " + fault.toStdString() + " } ]\n"));
        QVERIFY2(said.find(message.toStdString()) != std::string::npos, said.c_str());
        QVERIFY2(said.find("s.yaml:6:") == 0, said.c_str()); // says where
    }
};

QTEST_APPLESS_MAIN(TestFaultKinds)
#include "tst_fault_kinds.moc"
