// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/policies/registry.h"
#include "simulators/simulation.h"
#include "tests/support/naive_engine.h"
#include "tests/support/random_policies.h"

#include <QObject>
#include <QTest>

using namespace halfopen;

/// Outlier ejection and the fallbacks that cost something, in worlds that chance made: both engines must agree on each.
class TestPolicyWorlds : public QObject {
    Q_OBJECT
private slots:
    void bothEnginesAgree()
    {
        std::uint64_t ejections = 0, others = 0, substitutes = 0, worked = 0;
        for (std::uint64_t number = 1; number <= 600; ++number) {
            const auto scenario = std::make_shared<const Scenario>(test::randomPolicyScenario(number));
            const test::NaiveResult naive = test::runNaively(*scenario, scenario->seed);
            Simulation fast(scenario);
            fast.runToEnd();
            const RunRecord record = fast.snapshot();
            std::uint64_t ended = 0;
            for (std::size_t e = 0; e < record.edges.size(); ++e) {
                ended += record.edgeTotals[e].endedAll();
                substitutes += record.edgeTotals[e].ended[static_cast<std::size_t>(OutcomeKind::Fallback)];
                if (record.edges[e].insteadOf)
                    others += record.edgeTotals[e].endedAll();
            }
            QVERIFY2(record.fingerprint == naive.fingerprint && ended == naive.calls && record.transitions.size() == naive.transitions,
                     qPrintable(QStringLiteral("random world %1: %2 calls ended, %3 in the naive engine; %4 and %5 transitions")
                                    .arg(number).arg(ended).arg(naive.calls).arg(record.transitions.size()).arg(naive.transitions)));
            for (const BreakerTransition &t : record.transitions)
                ejections += record.breakers[t.breaker].instance && t.to == BreakerState::Open ? 1 : 0;
            for (const PolicyStackSpec &stack : scenario->stacks)
                for (const PolicySpec &layer : stack.layers)
                    worked += layer.type->key() == "fallback" ? 1 : 0;
        }
        // The worlds must be worth comparing.
        QVERIFY2(ejections > 2'000 && others > 5'000 && substitutes > 5'000 && worked > 300,
                 qPrintable(QStringLiteral("%1 ejections, %2 other calls, %3 substitutes").arg(ejections).arg(others).arg(substitutes)));
    }
};

QTEST_GUILESS_MAIN(TestPolicyWorlds)
#include "tst_policy_worlds.moc"
