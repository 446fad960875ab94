// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/policies/timeout.h"
#include "simulators/faults/fault_timeline.h"
#include "simulators/faults/registry.h"
#include "simulators/simulation.h"
#include "tests/support/random_scenario.h"
#include "tests/support/scenario_text.h"

#include <QObject>
#include <QTest>

#include <algorithm>
#include <cmath>

using namespace halfopen;
using namespace std::chrono_literals;

namespace {

FaultSpec faultOf(std::string_view kind)
{
    FaultSpec spec;
    for (const FaultType &type : faultTypes())
        if (type.key() == kind)
            spec.type = &type;
    spec.settings = Settings(spec.type->schema());
    spec.on = "db";
    spec.length = 10s;
    return spec;
}

std::vector<FaultTimeline::Span> spansOf(const FaultSpec &spec, Duration end, std::uint64_t seed = 1)
{
    FaultTimeline timeline(spec, RandomStream(seed, "fault"), Instant(end));
    std::vector<FaultTimeline::Span> spans;
    while (const auto span = timeline.next())
        spans.push_back(*span);
    return spans;
}

} // namespace

/// When faults are there, and what must hold whatever they do.
class TestFaultTimeline : public QObject {
    Q_OBJECT
private slots:
    void windowsRepeat()
    {
        FaultSpec spec = faultOf("refuse");
        spec.from = 5s;
        spec.length = 2s;
        QCOMPARE(spansOf(spec, 100s).size(), std::size_t(1));
        spec.every = 10s;
        const auto spans = spansOf(spec, 30s);
        QCOMPARE(spans.size(), std::size_t(3)); // 5, 15 and 25 s
        QVERIFY(spans[2].from == Instant(25s) && spans[2].to == Instant(27s));
    }

    void burstsTakeTheirShareOfTheTime()
    {
        FaultSpec spec = faultOf("refuse");
        spec.length = 20'000s;
        spec.burstOn = 2s;
        spec.burstOff = 8s;
        std::int64_t on = 0;
        Instant last;
        const auto spans = spansOf(spec, 20'000s);
        for (const auto &span : spans) {
            QVERIFY(span.from >= last && span.to > span.from);
            last = span.to;
            on += (span.to - span.from).count();
        }
        // A fifth of the time; the share over T scatters by sqrt(2 on^2 off^2 / ((on + off)^3 T)) = 0.0051. Bursts: one in
        // 10 s; their number scatters by sqrt(T (on^2 + off^2) / (on + off)^3) = 37. Five of each.
        QVERIFY(std::abs(static_cast<double>(on) / 2e13 - 0.2) < 0.0255);
        QVERIFY(std::abs(static_cast<double>(spans.size()) - 2000) < 185);
    }

    void burstsDependOnSeedAndTimeOnly()
    {
        FaultSpec whole = faultOf("refuse");
        whole.length = 1000s;
        whole.burstOn = 1s;
        whole.burstOff = 3s;
        FaultSpec cut = whole; // the same bursts, seen through windows
        cut.length = 50s;
        cut.every = 100s;
        const auto all = spansOf(whole, 1000s);
        std::vector<std::pair<Instant, Instant>> expected;
        for (Duration window{}; window < 1000s; window += 100s)
            for (const auto &span : all)
                if (span.from < Instant(window + 50s) && span.to > Instant(window))
                    expected.emplace_back(std::max(span.from, Instant(window)), std::min(span.to, Instant(window + 50s)));
        std::vector<std::pair<Instant, Instant>> seen;
        for (const auto &span : spansOf(cut, 1000s - 1ns))
            seen.emplace_back(span.from, span.to);
        QVERIFY(expected.size() > 50);
        QVERIFY(seen == expected);
        const auto other = spansOf(whole, 1000s, 2);
        QVERIFY(other.size() != all.size() || other[0].from != all[0].from);
    }

    void theTimelineOfTheRecordIsWhatRequestsMeet()
    {
        const auto scenario = test::loaded(R"(halfopen: 1
name: bursts
duration: 200s
services:
  db: { workers: 1000, queue: 0, service_time: 10ms }
clients:
  web: { arrivals: { poisson: 100/s }, calls: [ { to: db } ] }
faults:
  - { on: db, from: 10s, for: 80s, every: 100s, refuse: 100%, bursts: { on: 1s, off: 4s } }
)");
        RunOptions options;
        options.logCalls = true;
        Simulation simulation(scenario, options);
        simulation.runToEnd();
        const RunRecord record = simulation.snapshot();
        std::size_t refused = 0;
        for (const LoggedCall &call : simulation.takeCallLog(0)) {
            const bool isIn = std::any_of(record.faultWindows.begin(), record.faultWindows.end(), [&](const FaultWindow &w) {
                return call.startNs >= w.from.ns() && call.startNs < w.to.ns();
            });
            QCOMPARE(call.outcome == OutcomeKind::ConnectionRefused, isIn);
            refused += isIn;
        }
        QVERIFY(refused > 1000 && record.faultWindows.size() > 10);
    }

    void theRecordShowsHowStrongARampIs()
    {
        const auto scenario = test::loaded(test::smallWorld(
            "duration: 100s\nfaults: [ { on: db, from: 10s, for: 40s, latency: 1s, ramp_up: 20s } ]\n"));
        Simulation simulation(scenario);
        const RunRecord record = simulation.snapshot();
        const FaultWindow &window = record.faultWindows.at(0);
        QCOMPARE(window.label, std::string("db: latency add 1s, ramp_up 20s"));
        QCOMPARE(window.strength.size(), std::size_t(51)); // every 0.8 s
        QCOMPARE(window.strength.front(), 0.0f);
        QCOMPARE(window.strength[10], 0.4f); // 8 s of the 20
        QCOMPARE(window.strength[25], 1.0f);
        QCOMPARE(window.strength.back(), 1.0f);
    }

    /// Whatever goes wrong: when all is over, every call has ended once and every request is accounted for.
    void nothingIsLostWithoutBeingCounted()
    {
        std::uint64_t lost = 0, refused = 0, requests = 0;
        for (std::uint64_t number = 1; number <= 1000; ++number) {
            auto scenario = std::make_shared<Scenario>(test::randomScenario(number));
            for (ServiceSpec &service : scenario->services)
                service.keepsWorkingForDepartedCallers = true; // so that nothing is given up half way
            PolicyStackSpec patient;
            for (const PolicyType &type : policyTypes())
                if (type.key() == "timeout")
                    patient.layers.push_back({&type, Settings(type.schema())});
            patient.layers.at(0).settings.as<TimeoutConfig>().after = 1s;
            patient.name = "patient";
            for (PolicyStackSpec &stack : scenario->stacks)
                stack.layers.insert(stack.layers.begin(), patient.layers.front());
            scenario->stacks.push_back(patient);
            for (ServiceSpec &service : scenario->services)
                for (CallSpec &call : service.calls)
                    call.policies = call.policies.empty() ? "patient" : call.policies;
            for (ClientSpec &client : scenario->clients) {
                for (CallSpec &call : client.calls)
                    call.policies = call.policies.empty() ? "patient" : call.policies;
                client.stopAfter = std::min<std::int64_t>(client.stopAfter.value_or(100), 100);
            }
            scenario->duration = 300s;
            Simulation simulation(scenario);
            simulation.runToEnd();
            const RunRecord record = simulation.snapshot();
            const std::string where = "random scenario " + std::to_string(number);
            QVERIFY2(record.callsInFlight == 0, where.c_str());
            for (const EdgeTotals &edge : record.edgeTotals)
                QVERIFY2(edge.offered == edge.endedAll(), where.c_str());
            for (const ServiceTotals &t : record.serviceTotals) {
                QVERIFY2(t.arrivals == t.completed + t.rejected + t.refused + t.lost,
                         (where + ": " + std::to_string(t.arrivals) + " came; completed " + std::to_string(t.completed)
                          + ", rejected " + std::to_string(t.rejected) + ", refused " + std::to_string(t.refused) + ", lost "
                          + std::to_string(t.lost)).c_str());
                lost += t.lost;
                refused += t.refused;
                requests += t.arrivals;
            }
        }
        const std::string met = std::to_string(requests) + " requests, " + std::to_string(refused) + " refused, "
            + std::to_string(lost) + " lost";
        QVERIFY2(requests > 20'000 && refused > 300 && lost > 20, met.c_str()); // the worlds are worth it
    }
};

QTEST_APPLESS_MAIN(TestFaultTimeline)
#include "tst_fault_timeline.moc"
