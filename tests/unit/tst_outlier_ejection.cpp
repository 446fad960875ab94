// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/policies/outlier_ejection.h"
#include "core/policies/outlier_ejection_layer.h"
#include "core/policies/explanation.h"
#include "tests/support/policy_probe.h"
#include "tests/support/property_runs.h"

#include <QObject>
#include <QTest>
#include <algorithm>
#include <cmath>
#include <rapidcheck.h>

using namespace halfopen;
using namespace halfopen::test;
using namespace std::chrono_literals;

namespace {

/// Gives each host \a requests requests of which this percentage succeed, the failures spread so that none are five in a row.
void serve(OutlierEjection &ejection, Instant now, const std::vector<int> &percents, int requests = 100)
{
    for (std::uint32_t host = 0; host < percents.size(); ++host) {
        int due = 0;
        for (int i = 0; i < requests; ++i) {
            due += percents[host];
            const bool good = due >= 100;
            due -= good ? 100 : 0;
            ejection.onResult(now, host, good ? HostResult::Success : HostResult::ServerError);
        }
    }
}

std::vector<std::uint32_t> ejectedOf(const OutlierEjection &ejection, std::size_t hosts)
{
    std::vector<std::uint32_t> ejected;
    for (std::uint32_t host = 0; host < hosts; ++host)
        if (ejection.isEjected(host))
            ejected.push_back(host);
    return ejected;
}

/// One call through \a layer to \a instance that ends with \a outcome.
Verdict callOnce(OutlierEjectionLayer &layer, Instant now, std::uint32_t instance, Outcome outcome, std::uint64_t key = 7)
{
    alignas(8) std::array<std::byte, 8> bytes{};
    PolicyCall call{.state = bytes.data(), .key = key, .random = RandomStream(1, "probe")};
    if (layer.admit(now, call).kind != Admission::Kind::Admit)
        qFatal("it was refused");
    layer.onSent(call, instance);
    return layer.onOutcome(now, call, outcome);
}

OutlierEjectionLayer layerOver(std::uint32_t instances, const OutlierEjectionLayerConfig &config)
{
    OutlierEjectionLayer layer(config);
    layer.setInstances(instances);
    return layer;
}

std::vector<std::uint32_t> passedOver(const OutlierEjectionLayer &layer)
{
    std::vector<std::uint32_t> all;
    for (std::uint32_t i = 0; i < layer.kernel().hosts(); ++i)
        if (layer.passesOver(i))
            all.push_back(i);
    return all;
}

constexpr Outcome kFailed{.kind = OutcomeKind::Error, .status = 500};

OutlierEjectionConfig anyShare()
{
    OutlierEjectionConfig c;
    c.maxEjectionPercent = 100;
    return c;
}

} // namespace

class TestOutlierEjection : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() { runProperties(500); }

    // policies.md, section 6; the first is the example of Envoy's documentation.
    void theThresholdIsMeanMinusDeviations()
    {
        QCOMPARE(successRateThreshold({50, 100, 100, 100, 100}, 1900), 52.0);
        QVERIFY(std::abs(successRateThreshold({60, 60, 100, 100, 100}, 1900) - (84 - 1.9 * 19.595917942)) < 1e-6);
    }

    void oneBadHostOfFiveGoesTwoAlikeStay()
    {
        OutlierEjectionConfig c = anyShare();
        c.consecutive5xx = 0;
        OutlierEjection one(c, 5);
        serve(one, at(1), {50, 100, 100, 100, 100});
        one.sweep(at(10'000));
        QCOMPARE(ejectedOf(one, 5), std::vector<std::uint32_t>{0});
        std::vector<EjectionEvent> events;
        one.takeEvents(events);
        QCOMPARE(events.size(), std::size_t{1});
        QCOMPARE(events[0].observed, 50.0);
        QCOMPARE(events[0].threshold, 52.0);
        OutlierEjection two(c, 5);
        serve(two, at(1), {60, 60, 100, 100, 100});
        two.sweep(at(10'000));
        QVERIFY(ejectedOf(two, 5).empty());
    }

    // One of n bad hosts lies sqrt(n - 1) deviations off, two lie sqrt((n - 2) / 2): 1.9 needs 5 hosts or 10.
    void badHostsHideEachOther_data()
    {
        QTest::addColumn<int>("hosts");
        QTest::addColumn<int>("bad");
        QTest::addColumn<bool>("found");
        QTest::newRow("1 of 4") << 4 << 1 << false;
        QTest::newRow("1 of 5") << 5 << 1 << true;
        QTest::newRow("2 of 9") << 9 << 2 << false;
        QTest::newRow("2 of 10") << 10 << 2 << true;
    }
    void badHostsHideEachOther()
    {
        QFETCH(int, hosts);
        QFETCH(int, bad);
        QFETCH(bool, found);
        OutlierEjectionConfig c = anyShare();
        c.successRateMinimumHosts = 1;
        c.consecutive5xx = 0;
        OutlierEjection ejection(c, static_cast<std::size_t>(hosts));
        std::vector<int> percents(static_cast<std::size_t>(hosts), 100);
        std::fill_n(percents.begin(), bad, 0);
        serve(ejection, at(1), percents);
        ejection.sweep(at(10'000));
        QCOMPARE(ejection.ejectedHosts(), found ? static_cast<std::size_t>(bad) : std::size_t{0});
    }

    void theShareThatMayBeEjectedDecidesAtHowManyHosts_data()
    {
        QTest::addColumn<int>("percent");
        QTest::addColumn<int>("first");
        QTest::newRow("10 %") << 10 << 10;
        QTest::newRow("34 %") << 34 << 3;
        QTest::newRow("50 %") << 50 << 2;
    }
    void theShareThatMayBeEjectedDecidesAtHowManyHosts()
    {
        QFETCH(int, percent);
        QFETCH(int, first);
        for (int hosts = 1; hosts <= first; ++hosts) {
            OutlierEjectionConfig c;
            c.maxEjectionPercent = static_cast<std::uint32_t>(percent);
            OutlierEjection ejection(c, static_cast<std::size_t>(hosts));
            for (int i = 0; i < 5; ++i)
                ejection.onResult(at(i), 0, HostResult::ServerError);
            QCOMPARE(ejection.isEjected(0), hosts == first);
        }
        OutlierEjectionConfig c;
        c.alwaysEjectOneHost = true;
        OutlierEjection ejection(c, 2);
        for (std::uint32_t host = 0; host < 2; ++host)
            for (int i = 0; i < 5; ++i)
                ejection.onResult(at(i), host, HostResult::ServerError);
        QCOMPARE(ejectedOf(ejection, 2), std::vector<std::uint32_t>{0});
    }

    void exactlyTheNthInARowEjects()
    {
        OutlierEjection ejection(anyShare(), 2);
        for (int i = 0; i < 4; ++i)
            ejection.onResult(at(i), 0, HostResult::ServerError);
        ejection.onResult(at(5), 0, HostResult::Success);
        for (int i = 0; i < 4; ++i)
            ejection.onResult(at(6), 0, HostResult::GatewayFailure);
        QVERIFY(!ejection.isEjected(0));
        ejection.onResult(at(7), 0, HostResult::ServerError);
        QVERIFY(ejection.isEjected(0));
    }

    void anotherErrorBreaksTheRowOfGatewayFailures()
    {
        OutlierEjectionConfig c = anyShare();
        c.consecutive5xx = 0;
        c.consecutiveGatewayFailure = 3;
        OutlierEjection ejection(c, 2);
        for (const HostResult r : {HostResult::GatewayFailure, HostResult::GatewayFailure, HostResult::ServerError,
                                   HostResult::GatewayFailure, HostResult::GatewayFailure})
            ejection.onResult(at(1), 0, r);
        QVERIFY(!ejection.isEjected(0));
        ejection.onResult(at(2), 0, HostResult::GatewayFailure);
        QVERIFY(ejection.isEjected(0));
    }

    void itComesBackAtTheFirstSweepAfterItsTimeAndLongerEachTime()
    {
        OutlierEjectionConfig c = anyShare();
        c.successRate = false;
        OutlierEjection ejection(c, 2);
        std::int64_t ms = 5'000;
        const auto fail = [&] {
            for (int i = 0; i < 5; ++i)
                ejection.onResult(at(ms), 0, HostResult::ServerError);
        };
        const auto sweepsUntilBack = [&] {
            int sweeps = 0;
            while (ejection.isEjected(0)) {
                ms = ejection.nextSweep().ns() / 1'000'000;
                ejection.sweep(at(ms));
                ++sweeps;
            }
            return sweeps;
        };
        fail(); // at 5 s, for 30 s: 35 s, so the sweep at 40 s
        QCOMPARE(sweepsUntilBack(), 4);
        QCOMPARE(ms, 40'000);
        fail(); // at once again: for 60 s, until 100 s
        QCOMPARE(sweepsUntilBack(), 6);
        QCOMPARE(ms, 100'000);
        QCOMPARE(ejection.ejections(0), 2u);
        ejection.sweep(at(110'000)); // healthy and back for an interval
        QCOMPARE(ejection.ejections(0), 1u);
        ejection.sweep(at(120'000));
        ejection.sweep(at(130'000));
        QCOMPARE(ejection.ejections(0), 0u);
    }

    void failurePercentageIsReachedNotExceeded()
    {
        OutlierEjectionConfig c = anyShare();
        c.consecutive5xx = 0;
        c.successRate = false;
        c.failurePercentage = true;
        OutlierEjection ejection(c, 5);
        serve(ejection, at(1), {15, 16, 100, 100, 100});
        ejection.sweep(at(10'000));
        QCOMPARE(ejectedOf(ejection, 5), std::vector<std::uint32_t>{0});
    }

    void theShareIsNeverExceededAndEverybodyComesBack()
    {
        QVERIFY(rc::check("at most the allowed share is away, and after enough quiet sweeps nobody is", [] {
            OutlierEjectionConfig c;
            c.maxEjectionPercent = static_cast<std::uint32_t>(*rc::gen::inRange(0, 101));
            c.failurePercentage = *rc::gen::arbitrary<bool>();
            const int hosts = *rc::gen::inRange(1, 12);
            OutlierEjection ejection(c, static_cast<std::size_t>(hosts));
            std::int64_t ms = 0;
            const int rounds = *rc::gen::inRange(0, 60);
            for (int i = 0; i < rounds; ++i) {
                std::vector<int> percents;
                for (int h = 0; h < hosts; ++h)
                    percents.push_back(*rc::gen::element(100, 90, 50, 0));
                serve(ejection, at(ms), percents, *rc::gen::inRange(0, 150));
                ms += *rc::gen::inRange(0, 12'000);
                ejection.sweep(at(ms));
                RC_ASSERT(ejection.ejectedHosts() * 100 <= c.maxEjectionPercent * static_cast<std::size_t>(hosts));
                RC_ASSERT(ejectedOf(ejection, static_cast<std::size_t>(hosts)).size() == ejection.ejectedHosts());
            }
            for (int i = 0; i < 31; ++i)
                ejection.sweep(at(ms += 10'000));
            RC_ASSERT(ejection.ejectedHosts() == 0u);
        }));
    }

    // --- the layer

    void theLayerSaysWhoIsPassedOverAndWhy()
    {
        OutlierEjectionLayer layer = layerOver(4, {.maxEjectionPercent = 0.5});
        for (int i = 0; i < 4; ++i)
            QVERIFY(!callOnce(layer, at(i), 2, kFailed).hasEvents);
        QVERIFY(passedOver(layer).empty());
        QVERIFY(callOnce(layer, at(5), 2, kFailed, 99).hasEvents);
        QCOMPARE(passedOver(layer), std::vector<std::uint32_t>{2});
        const std::vector<PolicyEvent> events = eventsOf(layer);
        QCOMPARE(events.size(), std::size_t{1});
        QCOMPARE(events[0].part, std::uint16_t{2});
        QCOMPARE(events[0].to, BreakerState::Open);
        QCOMPARE(describe(events[0].reason), std::string("5 failures in a row reached the threshold of 5; decided by call 99 (error)"));
        layer.handleTimer(at(30'000)); // ejected at 5 ms for 30 s
        QCOMPARE(passedOver(layer).size(), std::size_t{1});
        layer.handleTimer(at(40'000));
        QVERIFY(passedOver(layer).empty());
        const std::vector<PolicyEvent> back = eventsOf(layer);
        QCOMPARE(back.size(), std::size_t{1});
        QCOMPARE(back[0].to, BreakerState::Closed);
        QCOMPARE(describe(back[0].reason), std::string("ejected for 40 s, the ejection time of 30 s is over"));
    }

    void outcomesAreSortedAsEnvoyDoes_data()
    {
        QTest::addColumn<int>("kind");
        QTest::addColumn<int>("status");
        QTest::addColumn<bool>("isFailure");
        QTest::addColumn<bool>("isGateway");
        const auto row = [](const char *name, OutcomeKind kind, int status, bool isFailure, bool isGateway) {
            QTest::newRow(name) << int(kind) << status << isFailure << isGateway;
        };
        row("success", OutcomeKind::Success, 200, false, false);
        row("not found", OutcomeKind::Error, 404, false, false);
        row("too many", OutcomeKind::Error, 429, false, false);
        row("500", OutcomeKind::Error, 500, true, false);
        row("no status", OutcomeKind::Error, 0, true, false);
        row("502", OutcomeKind::Error, 502, true, true);
        row("505", OutcomeKind::Error, 505, true, false);
        row("full queue", OutcomeKind::Rejected, 503, true, true);
        row("timeout", OutcomeKind::Timeout, 0, true, true);
        row("refused", OutcomeKind::ConnectionRefused, 0, true, true);
        row("reset", OutcomeKind::ConnectionReset, 0, true, true);
        row("breaker inside", OutcomeKind::CircuitBreakerOpen, 0, false, false);
        row("cancelled", OutcomeKind::Cancelled, 0, false, false);
    }
    void outcomesAreSortedAsEnvoyDoes()
    {
        QFETCH(int, kind);
        QFETCH(int, status);
        QFETCH(bool, isFailure);
        QFETCH(bool, isGateway);
        const Outcome outcome{.kind = static_cast<OutcomeKind>(kind), .status = static_cast<std::uint16_t>(status)};
        OutlierEjectionLayer all = layerOver(2, {.consecutive5xx = 1, .maxEjectionPercent = 0.5});
        static_cast<void>(callOnce(all, at(1), 0, outcome));
        QCOMPARE(all.kernel().isEjected(0), isFailure);
        OutlierEjectionLayer gateway = layerOver(2, {.consecutive5xx = 0, .consecutiveGatewayFailure = 1, .maxEjectionPercent = 0.5});
        static_cast<void>(callOnce(gateway, at(1), 0, outcome));
        QCOMPARE(gateway.kernel().isEjected(0), isGateway);
    }

    void whatCameBackWithoutAnAnswerCanBeCountedApart()
    {
        OutlierEjectionLayer layer = layerOver(2, {.consecutive5xx = 3, .splitExternalLocalOriginErrors = true,
                                                   .consecutiveLocalOriginFailure = 2, .maxEjectionPercent = 0.5});
        const Outcome timeout{.kind = OutcomeKind::Timeout};
        static_cast<void>(callOnce(layer, at(1), 0, kFailed));
        static_cast<void>(callOnce(layer, at(2), 0, timeout));
        static_cast<void>(callOnce(layer, at(3), 0, kFailed)); // an answer: it was reached
        static_cast<void>(callOnce(layer, at(4), 0, timeout));
        QVERIFY(!layer.kernel().isEjected(0)); // two and one in a row
        static_cast<void>(callOnce(layer, at(5), 0, timeout));
        QVERIFY(layer.kernel().isEjected(0));
        QCOMPARE(eventsOf(layer).at(0).reason.kind, TransitionReason::Kind::LocalFailuresInARow);
    }

    void inPanicAllAreUsedAgain()
    {
        OutlierEjectionLayer layer = layerOver(4, {.consecutive5xx = 1, .maxEjectionPercent = 1.0, .panicThreshold = 0.5});
        static_cast<void>(callOnce(layer, at(1), 0, kFailed));
        static_cast<void>(callOnce(layer, at(2), 1, kFailed));
        QCOMPARE(passedOver(layer).size(), std::size_t{2}); // half are left, which is not less than half
        static_cast<void>(callOnce(layer, at(3), 2, kFailed));
        QVERIFY(layer.isPanicking());
        QVERIFY(passedOver(layer).empty());
        OutlierEjectionLayerConfig c{.consecutive5xx = 1, .maxEjectionPercent = 1.0, .panicThreshold = 0.25};
        layer.reconfigure(at(4), &c);
        QCOMPARE(passedOver(layer).size(), std::size_t{3}); // they stayed ejected
    }

    void withoutPanicCallsAreRefusedWhenNobodyIsLeft()
    {
        OutlierEjectionLayer layer = layerOver(2, {.consecutive5xx = 1, .maxEjectionPercent = 1.0, .panicThreshold = 0});
        static_cast<void>(callOnce(layer, at(1), 0, kFailed));
        static_cast<void>(callOnce(layer, at(2), 1, kFailed));
        ProbeCall call;
        const Admission a = call.admit(layer, at(3));
        QCOMPARE(a.kind, Admission::Kind::Refuse);
        QCOMPARE(a.outcome.kind, OutcomeKind::Unhealthy);
    }

    void withoutInstancesItJudgesNothing()
    {
        OutlierEjectionLayer layer({.consecutive5xx = 1});
        QCOMPARE(layer.nextTimer(), Instant::never());
        ProbeCall call;
        QVERIFY(isAdmitted(call.admit(layer, at(0))));
        QCOMPARE(call.end(layer, at(1), kFailed).kind, Verdict::Kind::Keep);
        QVERIFY(!layer.passesOverAny());
        QVERIFY(layer.explain(at(1)).next.find("no instances") != std::string::npos);
    }
};

QTEST_GUILESS_MAIN(TestOutlierEjection)
#include "tst_outlier_ejection.moc"
