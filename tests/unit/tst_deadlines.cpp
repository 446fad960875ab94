// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulators/simulation.h"
#include "tests/support/scenario_text.h"

#include <QObject>
#include <QTest>

using namespace halfopen;

namespace {

constexpr std::int64_t kMs = 1'000'000;

/// One call at 0 that is given up at 100 ms, to `front`, which calls `a` and `b` at once: edges 1 and 2. Both work 300 ms.
RunRecord run(const std::string &frontTime, const std::string &a, const std::string &b, const std::string &more = {})
{
    const std::string text = "halfopen: 1\nname: w\nduration: 1s\nservices:\n  front: { service_time: " + frontTime
        + ", call_order: parallel" + more + ", calls: [ { to: a, deadline: " + a + " }, { to: b, deadline: " + b + " } ] }\n"
          "  a: { workers: 9, service_time: 300ms }\n  b: { workers: 9, service_time: 300ms }\n"
          "clients:\n  web: { starts_at: 0s, stop_after: 1, arrivals: { constant: 1/s }, calls: [ { to: front, policies: p } ] }\n"
          "policies:\n  p: [ { timeout: 100ms } ]\n";
    Simulation simulation(test::loaded(text));
    simulation.runToEnd();
    return simulation.snapshot();
}

std::uint64_t endedAs(const RunRecord &record, std::size_t edge, OutcomeKind kind)
{
    return record.edgeTotals[edge].ended[static_cast<std::size_t>(kind)];
}

} // namespace

/// Deadlines that travel with some of the calls that are made at once, and not with others: each call obeys its own rule.
class TestDeadlines : public QObject {
    Q_OBJECT
private slots:
    void aBranchWithoutTheDeadlineGoesOn()
    {
        // front works until 10 ms; a is given up at 100 ms, b is answered at 310 ms, and only then front's worker is free.
        const RunRecord record = run("10ms", "propagate", "own");
        QCOMPARE(endedAs(record, 0, OutcomeKind::Timeout), 1u);
        QCOMPARE(endedAs(record, 1, OutcomeKind::Cancelled), 1u);
        QCOMPARE(record.edgeTotals[1].badLatency.max(), 90 * kMs);
        QCOMPARE(endedAs(record, 2, OutcomeKind::Success), 1u);
        QCOMPARE(record.edgeTotals[2].goodLatency.max(), 300 * kMs);
        QCOMPARE(record.serviceTotals[0].busyNs, 310 * kMs);
        QCOMPARE(record.serviceTotals[0].stoppedByDeadline, 0u);
        QCOMPARE(record.serviceTotals[0].wasted, 1u);
    }

    void theOrderOfTheCallsDoesNotMatter()
    {
        const RunRecord record = run("10ms", "own", "propagate");
        QCOMPARE(endedAs(record, 1, OutcomeKind::Success), 1u);
        QCOMPARE(endedAs(record, 2, OutcomeKind::Cancelled), 1u);
        QCOMPARE(record.serviceTotals[0].busyNs, 310 * kMs);
    }

    void allBranchesWithTheDeadlineEndTheRequest()
    {
        const RunRecord record = run("10ms", "propagate", "propagate");
        QCOMPARE(endedAs(record, 1, OutcomeKind::Cancelled), 1u);
        QCOMPARE(endedAs(record, 2, OutcomeKind::Cancelled), 1u);
        QCOMPARE(record.serviceTotals[0].busyNs, 100 * kMs);
        QCOMPARE(record.serviceTotals[0].stoppedByDeadline, 1u);
    }

    void noneWithTheDeadlineIsAsEver()
    {
        const RunRecord record = run("10ms", "own", "own");
        QCOMPARE(endedAs(record, 1, OutcomeKind::Success), 1u);
        QCOMPARE(endedAs(record, 2, OutcomeKind::Success), 1u);
        QCOMPARE(record.serviceTotals[0].busyNs, 310 * kMs);
    }

    void onlyCallsWithoutItAreMadeForACallerWhoHasLeft()
    {
        // front works until 150 ms, its caller left at 100 ms.
        const RunRecord record = run("150ms", "propagate", "own");
        QCOMPARE(record.edgeTotals[1].offered, 0u);
        QCOMPARE(endedAs(record, 2, OutcomeKind::Success), 1u);
        QCOMPARE(record.serviceTotals[0].busyNs, 450 * kMs);
        QCOMPARE(record.serviceTotals[0].stoppedByDeadline, 0u);
        const RunRecord none = run("150ms", "propagate", "propagate");
        QCOMPARE(none.edgeTotals[1].offered + none.edgeTotals[2].offered, 0u);
        QCOMPARE(none.serviceTotals[0].busyNs, 150 * kMs);
        QCOMPARE(none.serviceTotals[0].stoppedByDeadline, 1u);
    }

    void aServiceThatStopsForDepartedCallersStopsAll()
    {
        const RunRecord record = run("10ms", "propagate", "own", ", keeps_working_for_departed_callers: false");
        QCOMPARE(endedAs(record, 1, OutcomeKind::Cancelled), 1u);
        QCOMPARE(endedAs(record, 2, OutcomeKind::Cancelled), 1u);
        QCOMPARE(record.serviceTotals[0].busyNs, 100 * kMs);
    }
};

QTEST_APPLESS_MAIN(TestDeadlines)
#include "tst_deadlines.moc"
