// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Times to recover of worlds without chance, whose answer is known on paper.
#include "core/report/recovery.h"
#include "simulators/simulation.h"
#include "tests/support/scenario_text.h"

#include <QObject>
#include <QTest>

using namespace halfopen;
using namespace halfopen::report;
using namespace std::chrono_literals;

namespace {

RunRecord runOf(const std::string &text)
{
    Simulation simulation(test::loaded(text));
    simulation.runToEnd();
    return simulation.snapshot();
}

/// A line of one worker, 8 ms a request, one call every 10 ms, whose callers wait 100 ms. From 20 s on the worker is away for \a
/// away; nobody leaves the line, so it must be worked off.
std::string line(const std::string &away, const std::string &length)
{
    return "halfopen: 1\nname: line\nduration: " + length + "\nservices:\n"
           "  db: { workers: 1, queue: 100000, service_time: 8ms, keeps_working_for_departed_callers: true }\n"
           "clients:\n  web: { arrivals: { constant: 100/s }, calls: [ { to: db, policies: p } ] }\n"
           "policies:\n  p: [ { timeout: 100ms } ]\n"
           "faults:\n  - { on: db, from: 20s, for: " + away + ", capacity_loss: 100% }\n";
}

/// The truth lies between recovery - resolution and recovery; a column with less than 5 % bad calls counts as good.
bool holds(const Disturbance &one, double truth)
{
    const double upper = toSeconds(*one.recovery), step = toSeconds(one.resolution);
    return truth >= upper - step - 1e-9 && truth <= upper + 0.05 * step + 1e-9;
}

std::string told(const Disturbance &one, double truth)
{
    return "by " + std::to_string(toSeconds(*one.recovery)) + " s, known to " + std::to_string(toSeconds(one.resolution)) + " s; truth "
        + std::to_string(truth) + " s";
}

} // namespace

class TestRecovery : public QObject {
    Q_OBJECT
private slots:
    void aLineThatIsWorkedOff_data()
    {
        QTest::addColumn<QString>("away");
        QTest::addColumn<double>("awaySeconds");
        QTest::addColumn<QString>("length");
        QTest::addColumn<double>("stepMax");
        // 60 s are kept in buckets of 100 ms, but a hundred calls take a second; ten minutes in buckets of a second.
        QTest::newRow("half a second") << "500ms" << 0.5 << "60s" << 1.0;
        QTest::newRow("a second") << "1s" << 1.0 << "60s" << 1.0;
        QTest::newRow("an odd while") << "1370ms" << 1.37 << "60s" << 1.0;
        QTest::newRow("four seconds") << "4s" << 4.0 << "60s" << 1.0;
        QTest::newRow("a long run") << "4s" << 4.0 << "600s" << 1.0;
    }
    void aLineThatIsWorkedOff()
    {
        QFETCH(QString, away);
        QFETCH(double, awaySeconds);
        QFETCH(QString, length);
        QFETCH(double, stepMax);
        const RunRecord record = runOf(line(away.toStdString(), length.toStdString()));
        const Disturbance one = disturbances(record).front();
        QVERIFY(one.recovery);
        // Behind L seconds wait 100 L calls. 125 a second are worked off and 100 come, so s seconds later 100 L - 25 s wait. A caller
        // is served in time when it finds at most 11.5 before it (12.5 times 8 ms are his 100 ms); the last who is not gives up 100 ms
        // after he came.
        const double truth = (100 * awaySeconds - 11.5) / 25 + 0.1;
        QVERIFY2(holds(one, truth), told(one, truth).c_str());
        QVERIFY2(toSeconds(one.resolution) <= stepMax + 1e-9, told(one, truth).c_str());
    }

    /// 1 000 calls a second until 20 s, none until 50 s: a fault that is over at 25 s is known to be over when somebody calls again.
    void whereNobodyCallsNothingIsKnown()
    {
        const RunRecord record =
            runOf("halfopen: 1\nname: pause\nduration: 60s\nservices:\n  db: { workers: 100, service_time: 500us }\n"
                  "clients:\n  web: { arrivals: { constant: { steps: [ { from: 0s, rate: 1000/s }, { from: 20s, rate: 0/s }, "
                  "{ from: 50s, rate: 1000/s } ] } }, calls: [ { to: db } ] }\n"
                  "faults:\n  - { on: db, from: 10s, for: 15s, error: { probability: 100% } }\n");
        const Disturbance one = disturbances(record).front();
        QVERIFY(one.recovery);
        QVERIFY2(toSeconds(*one.recovery) > 25 && toSeconds(*one.recovery) <= 26, told(one, 25).c_str());
        QVERIFY2(one.resolution == *one.recovery, told(one, 25).c_str()); // it may have been back at once
    }

    /// 1 000 calls a second, the run in buckets of 100 ms: a hundred calls are a column. A breaker that opens at the first failure and
    /// tries again every R: after the end of the fault it opens no more at the first trial, which is known to the call.
    void aBreakerThatTriesAgain_data()
    {
        QTest::addColumn<int>("retryMs");
        QTest::addColumn<int>("endMs");
        for (const int retryMs : {150, 430, 700, 1310, 2900})
            for (const int endMs : {22'000, 22'340})
                QTest::addRow("every %d ms, over at %d ms", retryMs, endMs) << retryMs << endMs;
    }
    void aBreakerThatTriesAgain()
    {
        QFETCH(int, retryMs);
        QFETCH(int, endMs);
        const RunRecord record =
            runOf("halfopen: 1\nname: breaker\nduration: 60s\nservices:\n  db: { workers: 100, service_time: 500us }\n"
                  "clients:\n  web: { arrivals: { constant: 1000/s }, calls: [ { to: db, policies: p } ] }\n"
                  "policies:\n  p: [ { circuit_breaker: { failure_threshold: 1, success_threshold: 1, recovery_timeout: "
                  + std::to_string(retryMs) + "ms } } ]\nfaults:\n  - { on: db, from: 20s, for: " + std::to_string(endMs - 20'000)
                  + "ms, error: { probability: 100% } }\n");
        // A call each whole millisecond, answered half a millisecond later. It fails when it came in the fault; the breaker then opens,
        // and the first call R later tries: 1 ms more than R, because R has begun half a millisecond after a call.
        int tryMs = 20'000;
        while (tryMs < endMs)
            tryMs += retryMs + 1;
        const double truth = (tryMs - endMs) / 1000.0;
        const Disturbance one = disturbances(record).front();
        QVERIFY(one.recovery);
        QVERIFY2(holds(one, truth), told(one, truth).c_str());
        QVERIFY2(one.resolution <= 100ms, told(one, truth).c_str());
    }

    void aTimeWithoutRecoveryIsNone()
    {
        // 1 call each 7 ms is more than a worker of 8 ms can do: the line only grows.
        std::string text = line("1s", "60s");
        text.replace(text.find("100/s"), 5, "143/s");
        QVERIFY(!disturbances(runOf(text)).front().recovery);
    }
};

QTEST_GUILESS_MAIN(TestRecovery)
#include "tst_recovery.moc"
