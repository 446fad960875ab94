// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/policies/health_check.h"
#include "tests/support/policy_probe.h"
#include "tests/support/property_runs.h"

#include <QObject>
#include <QTest>
#include <rapidcheck.h>

using namespace halfopen;
using namespace halfopen::test;
using namespace std::chrono_literals;

namespace {

constexpr Outcome kOk{.kind = OutcomeKind::Success};
constexpr Outcome kBad{.kind = OutcomeKind::ConnectionRefused};

bool isUp(Policy &policy, Instant now)
{
    return isAdmitted(ProbeCall().admit(policy, now));
}

} // namespace

class TestHealthCheck : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() { runProperties(500); }

    void threeBadProbesStopTheCallsAndTwoGoodOnesStartThem()
    {
        HealthCheck check({.interval = 10s});
        QCOMPARE(check.nextTimer(), at(0));
        check.onProbe(at(0), kOk);
        QCOMPARE(check.nextTimer(), at(10'000));
        check.onProbe(at(10'000), kBad);
        check.onProbe(at(20'000), kBad);
        QVERIFY(isUp(check, at(29'999)));
        check.onProbe(at(30'000), kBad);
        const Admission refused = ProbeCall().admit(check, at(32'500));
        QCOMPARE(refused.outcome.kind, OutcomeKind::Unhealthy);
        QCOMPARE(refused.outcome.retryAfterMs, 7500u); // until the next probe
        check.onProbe(at(40'000), kOk);
        QVERIFY(!isUp(check, at(40'000)));
        check.onProbe(at(50'000), kOk);
        QVERIFY(isUp(check, at(50'000)));
    }

    void oneGoodProbeBreaksTheRow()
    {
        HealthCheck check({.interval = 1s, .unhealthyThreshold = 2});
        for (int i = 0; i < 10; ++i) {
            check.onProbe(at(i * 1000), i % 2 ? kBad : kOk);
            QVERIFY(isUp(check, at(i * 1000)));
        }
    }

    void callsDoNotChangeTheState()
    {
        HealthCheck check({.interval = 1s, .unhealthyThreshold = 1});
        for (int i = 0; i < 10; ++i) {
            ProbeCall call;
            static_cast<void>(call.admit(check, at(i)));
            QCOMPARE(call.end(check, at(i), kBad).kind, Verdict::Kind::Keep);
        }
        QVERIFY(check.isHealthy());
    }

    void aShorterIntervalActsAtOnce()
    {
        HealthCheck check({.interval = 1h});
        check.onProbe(at(0), kOk);
        const HealthCheckConfig c{.interval = 1s};
        check.reconfigure(at(500), &c);
        QCOMPARE(check.nextTimer(), at(1500));
    }

    void agreesWithThePlainRule()
    {
        QVERIFY(rc::check("the state changes after so many probes in a row against it", [] {
            HealthCheckConfig c;
            c.interval = 1s;
            c.unhealthyThreshold = *rc::gen::inRange(1, 5);
            c.healthyThreshold = *rc::gen::inRange(1, 5);
            HealthCheck check(c);
            std::vector<bool> all;
            bool healthy = true;
            std::size_t since = 0; // probes before it do not count: they came in the state before
            for (const bool good : *rc::gen::arbitrary<std::vector<bool>>()) {
                check.onProbe(check.nextTimer(), good ? kOk : kBad);
                all.push_back(good);
                const auto wanted = static_cast<std::size_t>(healthy ? c.unhealthyThreshold : c.healthyThreshold);
                bool turns = all.size() - since >= wanted;
                for (std::size_t i = 0; turns && i < wanted; ++i)
                    turns = all[all.size() - 1 - i] != healthy;
                if (turns) {
                    healthy = !healthy;
                    since = all.size();
                }
                RC_ASSERT(check.isHealthy() == healthy);
                RC_ASSERT(check.nextTimer() == at(static_cast<std::int64_t>(all.size()) * 1000));
            }
        }));
    }
};

QTEST_GUILESS_MAIN(TestHealthCheck)
#include "tst_health_check.moc"
