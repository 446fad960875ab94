// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/policies/outlier_ejection.h"
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
};

QTEST_GUILESS_MAIN(TestOutlierEjection)
#include "tst_outlier_ejection.moc"
