// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/policies/fallback.h"
#include "tests/support/policy_probe.h"

#include <QObject>
#include <QTest>

using namespace halfopen;
using namespace halfopen::test;
using namespace std::chrono_literals;

namespace {

bool isReplaced(Fallback &fallback, std::int64_t ms, OutcomeKind kind)
{
    ProbeCall call;
    static_cast<void>(call.admit(fallback, at(ms)));
    const Verdict v = call.end(fallback, at(ms), {.kind = kind});
    return v.kind == Verdict::Kind::Replace && v.outcome == Outcome{.kind = OutcomeKind::Fallback};
}

} // namespace

class TestFallback : public QObject {
    Q_OBJECT
private slots:
    void aFixedAnswerReplacesEveryFailureAndRefusal_data()
    {
        QTest::addColumn<int>("kind");
        QTest::addColumn<bool>("replaced");
        for (std::size_t i = 0; i < kOutcomeKinds; ++i) {
            const auto kind = static_cast<OutcomeKind>(i);
            QTest::addRow("%s", std::string(outcomeName(kind)).c_str())
                << static_cast<int>(i) << (!isGood(kind) && kind != OutcomeKind::Cancelled);
        }
    }
    void aFixedAnswerReplacesEveryFailureAndRefusal()
    {
        QFETCH(int, kind);
        QFETCH(bool, replaced);
        Fallback fallback({});
        QCOMPARE(isReplaced(fallback, 0, static_cast<OutcomeKind>(kind)), replaced);
    }

    void aCachedAnswerNeedsASuccessAndServesUntilItsMaxAge()
    {
        Fallback fallback({.cachedMaxAge = 30s});
        QVERIFY(!isReplaced(fallback, 0, OutcomeKind::Error)); // nothing cached yet
        QVERIFY(!isReplaced(fallback, 1000, OutcomeKind::Success));
        QVERIFY(isReplaced(fallback, 31'000, OutcomeKind::Error)); // exactly 30 s old
        QVERIFY(!isReplaced(fallback, 31'001, OutcomeKind::Error));
        QVERIFY(!isReplaced(fallback, 40'000, OutcomeKind::Success));
        QVERIFY(isReplaced(fallback, 40'001, OutcomeKind::Timeout));
    }

    void aSubstituteFromFurtherInRefreshesNothing()
    {
        Fallback fallback({.cachedMaxAge = 30s});
        QVERIFY(!isReplaced(fallback, 0, OutcomeKind::Success));
        QVERIFY(!isReplaced(fallback, 20'000, OutcomeKind::Fallback));
        QVERIFY(!isReplaced(fallback, 31'000, OutcomeKind::Error));
    }

    void cachedWithoutAnAgeServesForEver()
    {
        Fallback fallback({.source = FallbackSource::Cached});
        QVERIFY(!isReplaced(fallback, 0, OutcomeKind::Error));
        QVERIFY(!isReplaced(fallback, 1, OutcomeKind::Success));
        QVERIFY(isReplaced(fallback, 1'000'000'000, OutcomeKind::Error));
    }

    void aStaleAnswerServesWhereTheDependencyCannotBeReached()
    {
        Fallback fallback({.cachedMaxAge = 10s, .staleMaxAge = 60s});
        QVERIFY(!isReplaced(fallback, 0, OutcomeKind::Success));
        QVERIFY(isReplaced(fallback, 10'000, OutcomeKind::Error));
        QVERIFY(!isReplaced(fallback, 10'001, OutcomeKind::Error)); // it was reached, and said no
        QVERIFY(isReplaced(fallback, 60'000, OutcomeKind::CircuitBreakerOpen));
        QVERIFY(!isReplaced(fallback, 60'001, OutcomeKind::CircuitBreakerOpen));
    }

    void aFixedAnswerCanStandInForAnEmptyCache()
    {
        Fallback fallback({.cachedMaxAge = 10s, .otherwise = FallbackOtherwise::Static});
        QVERIFY(isReplaced(fallback, 0, OutcomeKind::Error));
    }

    void onlyListedOutcomesAreReplaced()
    {
        Fallback fallback({.on = {"circuit_breaker_open"}});
        QVERIFY(isReplaced(fallback, 0, OutcomeKind::CircuitBreakerOpen));
        QVERIFY(!isReplaced(fallback, 0, OutcomeKind::Error));
    }

    void newSettingsKeepTheCachedAnswer()
    {
        Fallback fallback({.cachedMaxAge = 1s});
        QVERIFY(!isReplaced(fallback, 0, OutcomeKind::Success));
        const FallbackConfig longer{.cachedMaxAge = 10s};
        fallback.reconfigure(at(5000), &longer);
        QVERIFY(isReplaced(fallback, 9'000, OutcomeKind::Error));
    }
};

QTEST_GUILESS_MAIN(TestFallback)
#include "tst_fallback.moc"
