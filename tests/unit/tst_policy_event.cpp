// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/policies/outcome_set.h"
#include "core/policies/policy_event.h"

#include <QObject>
#include <QTest>

#include <set>
#include <string>

using namespace halfopen;
using Kind = TransitionReason::Kind;

class TestPolicyEvent : public QObject {
    Q_OBJECT
private slots:
    void everyReasonIsASentence_data()
    {
        QTest::addColumn<int>("kind");
        QTest::addColumn<double>("observed");
        QTest::addColumn<double>("threshold");
        QTest::addColumn<QString>("sentence");
        const auto row = [](Kind kind, double observed, double threshold, const char *sentence) {
            QTest::newRow(sentence) << static_cast<int>(kind) << observed << threshold << sentence;
        };
        row(Kind::ConsecutiveFailures, 5, 5,
            "5 failures in a row reached the threshold of 5; decided by call 8812 (timeout)");
        row(Kind::ConsecutiveFailures, 1, 1,
            "1 failure in a row reached the threshold of 1; decided by call 8812 (timeout)");
        row(Kind::FailureRate, 11 / 21.0, 0.5,
            "failure rate 52.4 % of 21 calls reached the threshold of 50 %; decided by call 8812 (timeout)");
        row(Kind::SlowCallRate, 0.9, 0.875,
            "slow-call rate 90 % of 21 calls reached the threshold of 87.5 %; decided by call 8812 (timeout)");
        row(Kind::RecoveryTimeoutElapsed, 0.3, 0.25,
            "open for 300 ms, the recovery timeout of 250 ms is over; call 8812 is the first trial");
        row(Kind::TrialsSucceeded, 3, 3, "3 trial calls went well, 3 wanted; decided by call 8812 (timeout)");
        row(Kind::TrialFailed, 1, 1, "a trial call failed; decided by call 8812 (timeout)");
        row(Kind::Manual, 0, 0, "set by hand");
        row(Kind::SettingsChanged, 4, 3, "new settings, already met by what was counted (4 against 3)");
        row(Kind::RateBelowThreshold, 0.25, 0.5,
            "failure rate 25 % of 21 calls on trial is below the threshold of 50 %; decided by call 8812 (timeout)");
        // Groups of three, as everywhere that people read; the name of a call is no number to read.
        row(Kind::ConsecutiveFailures, 12345, 1000,
            "12,345 failures in a row reached the threshold of 1,000; decided by call 8812 (timeout)");
        row(Kind::HalfOpenTooLong, 20, 20, "half-open for 20 s without a verdict");
        row(Kind::TotalFailures, 4, 4,
            "4 failures in all reached the threshold of 4; decided by call 8812 (timeout)");
    }
    void everyReasonIsASentence()
    {
        QFETCH(int, kind);
        QFETCH(double, observed);
        QFETCH(double, threshold);
        QFETCH(QString, sentence);
        TransitionReason reason;
        reason.kind = static_cast<Kind>(kind);
        reason.observed = observed;
        reason.threshold = threshold;
        reason.windowCalls = 21;
        reason.hasDecidingCall = true;
        reason.decidingCall = 8812;
        reason.decidingOutcome = OutcomeKind::Timeout;
        QCOMPARE(QString::fromStdString(describe(reason)), sentence);
    }

    void withoutADecidingCallNoneIsNamed()
    {
        TransitionReason reason;
        reason.kind = Kind::RecoveryTimeoutElapsed;
        reason.observed = reason.threshold = 5;
        QCOMPARE(describe(reason), std::string("open for 5 s, the recovery timeout of 5 s is over"));
    }

    void everyOutcomeHasANameOfItsOwn()
    {
        std::set<std::string_view> names;
        for (std::size_t i = 0; i < kOutcomeKinds; ++i)
            QVERIFY(names.insert(outcomeName(static_cast<OutcomeKind>(i))).second);
        QCOMPARE(outcomeName(OutcomeKind::CircuitBreakerOpen), std::string_view("circuit_breaker_open"));
    }

    void setsOfOutcomesReadWhatTheyWrite()
    {
        QCOMPARE(OutcomeSet::fromNames(outcomeNames(kEveryFailure)), kEveryFailure);
        QVERIFY(OutcomeSet::fromNames({"no_such_outcome"}) == OutcomeSet());
        QVERIFY(!kEveryFailure.contains(OutcomeKind::Cancelled));
        QVERIFY(!kEveryFailure.contains(OutcomeKind::Fallback));
        QCOMPARE(failureNames().size(), outcomeNames(kEveryFailure).size());
    }
};

QTEST_GUILESS_MAIN(TestPolicyEvent)
#include "tst_policy_event.moc"
