// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulators/simulation.h"
#include "tests/support/naive_engine.h"
#include "tests/support/random_features.h"
#include "tests/support/random_policies.h"

#include <QObject>
#include <QTest>

using namespace halfopen;

/// Pools, slowdown, cold starts, pauses, deadlines that travel and workers with a queue, in worlds that chance made, with every kind
/// of fault and policy: both engines must agree on each. HALFOPEN_WORLDS=20 in the environment tries twenty times as many.
class TestEventfulWorlds : public QObject {
    Q_OBJECT
private slots:
    void bothEnginesAgree_data()
    {
        QTest::addColumn<int>("first");
        QTest::addColumn<int>("count");
        QTest::addColumn<bool>("morePolicies");
        QTest::newRow("services and clients") << 1 << 1200 << false;
        QTest::newRow("with fallbacks and ejection") << 5001 << 400 << true;
    }
    void bothEnginesAgree()
    {
        QFETCH(int, first);
        QFETCH(int, count);
        QFETCH(bool, morePolicies);
        if (const int more = qEnvironmentVariableIntValue("HALFOPEN_WORLDS"); more > 1)
            count *= more; // for a night
        std::uint64_t waited = 0, stopped = 0, redelivered = 0, paused = 0, slowed = 0, mixed = 0;
        for (int i = 0; i < count; ++i) {
            const auto number = static_cast<std::uint64_t>(first + i);
            Scenario world = morePolicies ? test::randomPolicyScenario(number) : test::eventfulScenario(number);
            if (morePolicies)
                test::addFeatures(world, number);
            const auto scenario = std::make_shared<const Scenario>(std::move(world));
            const test::NaiveResult naive = test::runNaively(*scenario, scenario->seed);
            Simulation fast(scenario);
            fast.runToEnd();
            const RunRecord record = fast.snapshot();
            std::uint64_t ended = 0;
            for (const EdgeTotals &edge : record.edgeTotals)
                ended += edge.endedAll();
            QVERIFY2(record.fingerprint == naive.fingerprint && ended == naive.calls && record.transitions.size() == naive.transitions,
                     qPrintable(QStringLiteral("world %1: %2 calls ended, %3 in the naive engine; %4 and %5 transitions")
                                    .arg(number).arg(ended).arg(naive.calls).arg(record.transitions.size()).arg(naive.transitions)));
            for (const PoolTotals &pool : record.poolTotals)
                waited += pool.waited;
            for (const ServiceTotals &service : record.serviceTotals)
                stopped += service.stoppedByDeadline;
            for (const BacklogTotals &queue : record.backlogTotals)
                redelivered += queue.redelivered;
            for (const ServiceSpec &service : scenario->services) {
                paused += service.pause.isThere() ? 1 : 0;
                slowed += service.slowdown.isThere() && service.coldStart.isThere() ? 1 : 0;
                std::size_t travel = 0;
                for (const CallSpec &call : service.calls)
                    travel += call.deadline == DeadlineMode::Propagate ? 1 : 0;
                const bool isMixed = travel > 0 && travel < service.calls.size();
                mixed += isMixed && service.callOrder == ServiceSpec::CallOrder::Parallel ? 1 : 0;
            }
        }
        // The worlds must be worth comparing.
        const auto worlds = static_cast<std::uint64_t>(count);
        QVERIFY2(waited > 10 * worlds && stopped > worlds / 2 && redelivered > worlds / 2 && paused > worlds / 2 && slowed > worlds / 10
                     && mixed > worlds / 50,
                 qPrintable(QStringLiteral("%1 waited for a connection, %2 stopped by a deadline, %3 redelivered, %4 with pauses, %5 slow, "
                                           "%6 with deadlines of both kinds").arg(waited).arg(stopped).arg(redelivered).arg(paused)
                                .arg(slowed).arg(mixed)));
    }
};

QTEST_GUILESS_MAIN(TestEventfulWorlds)
#include "tst_eventful_worlds.moc"
