// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/expectations.h"
#include "core/scenario/world_edges.h"
#include "simulators/simulation.h"
#include "tests/support/scenario_text.h"

#include <QObject>
#include <QTest>

#include <set>

using namespace halfopen;

namespace {

/// web calls main, which fails, and falls back to backup twice: for errors it asks it, and when that is too slow, once more.
std::string world(const std::string &more = {}, const std::string &processes = "1", const std::string &instances = "1",
                  const std::string &q = "[ { timeout: 4ms } ]")
{
    return "halfopen: 1\nname: w\nduration: 1s\nservices:\n  main: { workers: 9, error_rate: 100% }\n"
           "  backup: { workers: 9, instances: " + instances + ", service_time: 20ms }\n"
           "  app: { workers: 9, service_time: 1ms, calls: [ backup, backup ] }\n"
           "clients:\n  web: { processes: " + processes + ", starts_at: 0s, arrivals: { constant: 10/s }, calls: [ { to: main, policies: p } ] }\n"
           "  bot: { starts_at: 0s, arrivals: { constant: 10/s }, calls: [ app ] }\n"
           "policies:\n  p: [ { fallback: { to: backup } }, { fallback: { to: backup, policies: q } } ]\n  q: " + q + "\n" + more;
}

} // namespace

/// The edges of a world: each has a name of its own, and fallbacks count like calls.
class TestEdges : public QObject {
    Q_OBJECT
private slots:
    void noTwoHaveTheSameName()
    {
        std::vector<std::string> names;
        const auto scenario = test::loaded(world());
        for (const WorldEdge &edge : worldEdges(*scenario, 100))
            names.push_back(edge.name);
        const std::vector<std::string> expected = {"web -> main", "bot -> app", "app -> backup (1)", "app -> backup (2)",
                                                   "web -> backup (fallback 1)", "web -> backup (fallback 2)"};
        QCOMPARE(names, expected);
        Simulation simulation(scenario);
        simulation.runToEnd();
        std::vector<std::string> recorded;
        for (const EdgeInfo &edge : simulation.snapshot().edges)
            recorded.push_back(edge.name);
        QCOMPARE(recorded, expected);
    }

    void whatTheyHaveInCommonNamesThemTogether()
    {
        const auto scenario = test::loaded(world("expect:\n  - { attempts: \">= 1\", of: \"app -> backup\" }\n"
                                                 "  - { attempts: \">= 1\", of: \"app -> backup (2)\" }\n"
                                                 "  - { goodput: \">= 0%\", of: \"web -> backup (fallback)\" }\n"));
        Simulation simulation(scenario);
        simulation.runToEnd();
        const RunRecord record = simulation.snapshot();
        const auto calls = [&](const std::string &of) {
            ExpectationSpec where;
            where.of = of;
            return measure(record, *findMetric("attempts"), where);
        };
        QCOMPARE(calls("app -> backup (1)"), 10.0);
        QCOMPARE(calls("app -> backup"), 20.0);
        QCOMPARE(calls("web -> backup (fallback 1)"), 10.0);
        QCOMPARE(calls("web -> backup (fallback)"), 20.0);
    }

    void aNameThatIsNoneIsToldWithTheNamesThereAre()
    {
        const std::string said = test::diagnosticsOf(world("expect: [ { goodput: \">= 1%\", of: \"app -> backup (3)\" } ]\n"));
        QVERIFY2(said.find("there is no client, service or edge 'app -> backup (3)'") != std::string::npos, said.c_str());
    }

    void theLimitOfOpinionsCountsFallbacks()
    {
        // 9000 processes of web fall back to 20 instances that they judge: 180 000 opinions.
        const std::string said = test::diagnosticsOf(world({}, "9000", "20", "[ outlier_ejection ]"));
        QVERIFY2(said.find("9000 processes judge 20 instances of 'backup' each, as a fallback") != std::string::npos, said.c_str());
        QVERIFY2(said.find("s.yaml:9:") == 0, said.c_str());
        QCOMPARE(test::diagnosticsOf(world({}, "5000", "20", "[ outlier_ejection ]")), std::string());
    }

    void theLimitOfPoliciesCountsFallbacks()
    {
        // Ten stacks that fall back twice each: 2^10 edges of 5000 processes.
        std::string stacks = "policies:\n  s0: [ { circuit_breaker: {} } ]\n";
        for (int i = 1; i <= 9; ++i) {
            const std::string inner = "{ fallback: { to: backup, policies: s" + std::to_string(i - 1) + " } }";
            stacks += "  s" + std::to_string(i) + ": [ " + inner + ", " + inner + " ]\n";
        }
        const std::string said = test::diagnosticsOf("halfopen: 1\nname: w\nduration: 1s\nservices:\n  main: {}\n  backup: {}\n"
                                                     "clients:\n  web: { processes: 5000, arrivals: { constant: 10/s }, calls: [ { to: main, policies: s9 } ] }\n"
                                                     + stacks);
        QVERIFY2(said.find("policies of their own, expected at most 1000000") != std::string::npos, said.c_str());
    }
};

QTEST_APPLESS_MAIN(TestEdges)
#include "tst_edges.moc"
