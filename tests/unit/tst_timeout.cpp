// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/policies/dialects/cooperative_timeout.h"
#include "core/policies/timeout.h"
#include "tests/support/policy_probe.h"

#include <QObject>
#include <QTest>

using namespace halfopen;
using namespace halfopen::test;
using namespace std::chrono_literals;

class TestTimeout : public QObject {
    Q_OBJECT
private slots:
    void givesADeadlineAndThenTimesOut()
    {
        Timeout timeout({.after = 250ms});
        ProbeCall call;
        const Admission a = call.admit(timeout, at(1000));
        QCOMPARE(a.kind, Admission::Kind::AdmitWithDeadline);
        QCOMPARE(a.atNs, at(1250).ns());
        const Verdict v = call.deadline(timeout, at(1250));
        QCOMPARE(v.kind, Verdict::Kind::Replace);
        QCOMPARE(v.outcome, (Outcome{.kind = OutcomeKind::Timeout}));
    }

    void keepsWhatCameInTime()
    {
        Timeout timeout({.after = 250ms});
        ProbeCall call;
        static_cast<void>(call.admit(timeout, at(0)));
        QCOMPARE(call.end(timeout, at(249), {.kind = OutcomeKind::Error}).kind, Verdict::Kind::Keep);
    }

    void theCooperativeOneReleasesNobody_data()
    {
        QTest::addColumn<int>("rule");
        QTest::addColumn<bool>("good");
        QTest::addColumn<int>("endMs");
        QTest::addColumn<bool>("timesOut");
        QTest::newRow("in time") << int(LateResult::Timeout) << false << 250 << false;
        QTest::newRow("late and good") << int(LateResult::KeptIfGood) << true << 251 << false;
        QTest::newRow("late and bad") << int(LateResult::KeptIfGood) << false << 251 << true;
        QTest::newRow("late, kept") << int(LateResult::Kept) << false << 251 << false;
        QTest::newRow("late, good, never kept") << int(LateResult::Timeout) << true << 251 << true;
    }
    void theCooperativeOneReleasesNobody()
    {
        QFETCH(int, rule);
        QFETCH(bool, good);
        QFETCH(int, endMs);
        QFETCH(bool, timesOut);
        CooperativeTimeout timeout({.after = 250ms, .lateResult = static_cast<LateResult>(rule)});
        ProbeCall call;
        QCOMPARE(call.admit(timeout, at(0)).kind, Admission::Kind::Admit); // no deadline for the driver
        const Verdict v = call.end(timeout, at(endMs), {.kind = good ? OutcomeKind::Success : OutcomeKind::Error});
        QCOMPARE(v.kind, timesOut ? Verdict::Kind::Replace : Verdict::Kind::Keep);
        if (timesOut)
            QCOMPARE(v.outcome.kind, OutcomeKind::Timeout);
    }

    void newSettingsActOnTheNextCall()
    {
        Timeout timeout({.after = 250ms});
        const TimeoutConfig next{.after = 1s};
        timeout.reconfigure(at(5), &next);
        QCOMPARE(ProbeCall().admit(timeout, at(10)).atNs, at(1010).ns());
    }
};

QTEST_GUILESS_MAIN(TestTimeout)
#include "tst_timeout.moc"
