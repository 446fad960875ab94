// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scenario/mean_rate.h"
#include "simulators/simulation.h"
#include "simulators/study/ranges.h"
#include "simulators/study/stability.h"
#include "simulators/faults/fault_timeline.h"
#include "tests/support/scenario_text.h"

#include <QObject>
#include <QTest>

#include <cmath>

using namespace halfopen;
using namespace std::chrono_literals;

namespace {

std::string world(const std::string &arrivals, const std::string &more = {})
{
    return "halfopen: 1\nname: w\nduration: 20s\nservices: { db: { workers: 99 }, spare: {} }\nclients:\n  web: { arrivals: " + arrivals + more
        + ", calls: [ db ] }\n  other: { arrivals: { constant: 1/s }, calls: [ spare ] }\n";
}

std::vector<double> ratesOf(const Scenario &scenario)
{
    std::vector<double> rates;
    for (const ArrivalSpec::Point &point : scenario.clients[0].arrivals.points)
        rates.push_back(point.perSecond);
    return rates;
}

} // namespace

/// Studies that vary the rate of a client whose rate changes by itself: the shape stays, the mean is what was asked for.
class TestMeanRate : public QObject {
    Q_OBJECT
private slots:
    void meansAreThoseOfPaper_data()
    {
        QTest::addColumn<QString>("arrivals");
        QTest::addColumn<double>("mean");
        QTest::newRow("a rate") << "{ constant: 7/s }" << 7.0;
        QTest::newRow("steps") << "{ constant: { steps: [ { from: 0s, rate: 100/s }, { from: 5s, rate: 300/s } ] } }" << (5 * 100 + 15 * 300) / 20.0;
        QTest::newRow("a ramp") << "{ constant: { ramp: [ { from: 0s, rate: 0/s }, { from: 10s, rate: 100/s } ] } }" << (10 * 50 + 10 * 100) / 20.0;
        QTest::newRow("a ramp cut off") << "{ constant: { ramp: [ { from: 0s, rate: 0/s }, { from: 40s, rate: 100/s } ] } }" << 25.0;
        QTest::newRow("bursts") << "{ poisson: { burst: { rate: 10/s, peak: 110/s, every: 10s, for: 2s } } }" << (8 * 10 + 2 * 110) / 10.0;
        QTest::newRow("a wave") << "{ poisson: { wave: { mean: 80/s, swing: 50%, period: 4s } } }" << 80.0;
    }
    void asManyCallsBeginAsTheRateAddsUpTo_data()
    {
        QTest::addColumn<QString>("arrivals");
        QTest::addColumn<int>("calls");
        QTest::newRow("up, then level") << "{ constant: { ramp: [ { from: 0s, rate: 0/s }, { from: 10s, rate: 10/s } ] } }" << 50 + 100;
        QTest::newRow("a slow one") << "{ constant: { ramp: [ { from: 0s, rate: 0/s }, { from: 20s, rate: 1/s } ] } }" << 10;
        QTest::newRow("down") << "{ constant: { ramp: [ { from: 0s, rate: 50/s }, { from: 20s, rate: 0/s } ] } }" << 500;
        QTest::newRow("up and down") << "{ constant: { ramp: [ { from: 0s, rate: 5/s }, { from: 8s, rate: 45/s }, { from: 16s, rate: 5/s } ] } }"
                                     << 200 + 200 + 20;
    }
    void asManyCallsBeginAsTheRateAddsUpTo()
    {
        QFETCH(QString, arrivals);
        QFETCH(int, calls);
        Simulation simulation(test::loaded(world(arrivals.toStdString())), {});
        simulation.runToEnd();
        const auto offered = static_cast<int>(simulation.snapshot().edgeTotals[0].offered);
        QVERIFY2(std::abs(offered - calls) <= 1, qPrintable(QString::number(offered)));
    }
    void meansAreThoseOfPaper()
    {
        QFETCH(QString, arrivals);
        QFETCH(double, mean);
        const auto scenario = test::loaded(world(arrivals.toStdString()));
        QVERIFY2(std::abs(meanRateOf(scenario->clients[0].arrivals, scenario->duration) - mean) < 1e-9 * mean,
                 qPrintable(QString::number(meanRateOf(scenario->clients[0].arrivals, scenario->duration))));
        // Scaled to twice the mean every rate is twice as high.
        const auto twice = test::loaded(world(arrivals.toStdString()), {Override{"clients.web.mean_rate", std::to_string(2 * mean) + "/s"}});
        const std::vector<double> before = ratesOf(*scenario);
        const std::vector<double> after = ratesOf(*twice);
        QCOMPARE(after.size(), before.size());
        for (std::size_t i = 0; i < before.size(); ++i)
            QVERIFY(std::abs(after[i] - 2 * before[i]) <= 1e-9 * after[i]);
    }

    void aStudyKeepsTheShape()
    {
        const auto scenario = test::loaded(world("{ poisson: { burst: { rate: 10/s, peak: 110/s, every: 10s, for: 2s } } }"));
        const Result<Axis> axis = parseAxis("--vary", "clients.web.rate=60,15", *scenario, 5);
        QVERIFY(axis);
        QCOMPARE(axis->path, std::string("clients.web.mean_rate"));
        QCOMPARE(axis->values, (std::vector<std::string>{"60/s", "15/s"}));
        const auto first = test::loaded(world("{ poisson: { burst: { rate: 10/s, peak: 110/s, every: 10s, for: 2s } } }"),
                                        {{axis->path, axis->values[0]}});
        QCOMPARE(ratesOf(*first), (std::vector<double>{20, 220}));
        QVERIFY(first->clients[0].arrivals.period == Duration(10s));
        // A plain rate is varied as ever.
        const auto plain = test::loaded(world("{ poisson: 10/s }"));
        QCOMPARE(parseAxis("--vary", "clients.web.rate=60", *plain, 5)->path, std::string("clients.web.arrivals.poisson"));
    }

    void theRunHasThatManyCalls()
    {
        // Constant arrivals between 100 and 300 calls a second, 200 in the mean: scaled to 50/s, 1000 calls in 20 s.
        const auto scenario = test::loaded(world("{ constant: { steps: [ { from: 0s, rate: 100/s }, { from: 10s, rate: 300/s } ] } }"),
                                           {{"clients.web.mean_rate", "50/s"}});
        Simulation simulation(scenario);
        simulation.runToEnd();
        const std::uint64_t calls = simulation.snapshot().edgeTotals[0].offered;
        QVERIFY2(calls >= 998 && calls <= 1000, qPrintable(QString::number(calls)));
    }

    void refusesWhatHasNoRate()
    {
        const auto said = [](const std::string &arrivals, const std::string &rate) {
            return QString::fromStdString(test::diagnosticsOf(world(arrivals, ", mean_rate: " + rate)));
        };
        QVERIFY(said("{ closed_loop: { users: 3 } }", "10/s").contains("the rate of a closed loop follows from its users"));
        QVERIFY(said("{ constant: 0/s }", "10/s").contains("no arrivals in the run"));
        QVERIFY(said("{ poisson: { burst: { rate: 0/s, peak: 100/s, every: 20s, for: 1ms } } }", "1000/s").contains("more than 10 million"));
        QVERIFY(said("{ constant: 5/s }", "10/m").isEmpty());
    }

    void aTriggerMeetsTheSameChancesAsInTheWholeScenario()
    {
        const auto scenario = test::loaded(world("{ constant: 10/s }")
                                           + "faults:\n  - { on: spare, from: 1s, for: 1s, refuse: 50% }\n  - { on: db, from: 2s, for: 1s, refuse: 50% }\n");
        const auto alone = withTrigger(*scenario, 1, 1s);
        QCOMPARE(alone->faults.size(), std::size_t(1));
        for (std::uint64_t key = 0; key < 10; ++key)
            QCOMPARE(faultStream(*alone, 0, 42).draw(key, 0), faultStream(*scenario, 1, 42).draw(key, 0));
        // And so the same calls are refused.
        const auto refusedIn = [](const std::shared_ptr<const Scenario> &world) {
            RunOptions options;
            options.logCalls = true;
            Simulation simulation(world, options);
            simulation.runToEnd();
            std::vector<std::int64_t> at;
            for (const LoggedCall &call : simulation.takeCallLog(0))
                if (call.outcome == OutcomeKind::ConnectionRefused)
                    at.push_back(call.startNs);
            return at;
        };
        const std::vector<std::int64_t> refused = refusedIn(scenario);
        QVERIFY(refused.size() > 2 && refused.size() < 9);
        QCOMPARE(refusedIn(alone), refused);
    }
};

QTEST_APPLESS_MAIN(TestMeanRate)
#include "tst_mean_rate.moc"
