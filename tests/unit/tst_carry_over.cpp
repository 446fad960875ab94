// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Settings of a breaker carried to other dialects: what arrives must mean what was sent.
#include "core/policies/circuit_breaker_config.h"
#include "core/policies/dialects/carry_over.h"
#include "core/policies/registry.h"

#include <QObject>
#include <QTest>
#include <algorithm>

using namespace halfopen;
using namespace std::chrono_literals;

namespace {

PolicySpec breaker(const std::vector<std::pair<std::string_view, std::string_view>> &texts, std::string_view dialect = "halfopen")
{
    PolicySpec spec;
    spec.type = findPolicyType("circuit_breaker")->findDialect(dialect);
    spec.settings = Settings(spec.type->schema());
    for (const auto &[key, text] : texts) {
        const Field *field = spec.settings.schema().find(key);
        const Result<Value> value = field ? parseValue(*field, text) : Result<Value>(failure(std::string(key)));
        if (!value)
            qFatal("%s", value.error().message.c_str());
        spec.settings.set(*field, *value);
    }
    return spec;
}

PolicySpec byRate()
{
    return breaker({{"failure_rate_threshold", "40%"},
                    {"window.kind", "time"},
                    {"window.size", "20s"},
                    {"window.minimum_calls", "25"},
                    {"recovery_timeout", "7s"},
                    {"success_threshold", "2"}});
}

const CarriedSetting *find(const CarriedBreaker &carried, std::string_view start)
{
    for (const CarriedSetting &one : carried.settings)
        if (one.meaning.starts_with(start))
            return &one;
    return nullptr;
}

std::vector<std::string_view> allDialects()
{
    const PolicyType *first = findPolicyType("circuit_breaker");
    std::vector<std::string_view> names = {first->dialect};
    for (const PolicyType &other : first->otherDialects())
        names.push_back(other.dialect);
    return names;
}

} // namespace

class TestCarryOver : public QObject {
    Q_OBJECT
private slots:
    void whatIsCarriedReadsBackTheSame()
    {
        QVERIFY(allDialects().size() >= 3);
        for (const std::string_view dialect : allDialects()) {
            const Result<CarriedBreaker> carried = carryOver(byRate(), dialect);
            QVERIFY2(carried.has_value(), carried ? "" : carried.error().message.c_str());
            QVERIFY(carried->spec.type->dialect == dialect);
            const BreakerMeaning sent = meaningOf(byRate());
            const BreakerMeaning arrived = meaningOf(carried->spec);
            if (dialect == "halfopen")
                continue;
            // Every dialect has these two.
            QCOMPARE(arrived.openTime.value_or(0s), Duration(7s));
            QVERIFY2(std::abs(arrived.failureRate.value_or(0) - 0.4) < 1e-12, std::string(dialect).c_str());
            // These where the account says so.
            if (const CarriedSetting *window = find(*carried, "window"); window && window->isCarried())
                QVERIFY2(arrived.windowLength == sent.windowLength, std::string(dialect).c_str());
            if (const CarriedSetting *least = find(*carried, "at least"); least && least->isCarried())
                QVERIFY2(arrived.minimumCalls == sent.minimumCalls, std::string(dialect).c_str());
            if (const CarriedSetting *trials = find(*carried, "2 good trials"); trials && trials->isCarried())
                QVERIFY2(arrived.trialsWanted == sent.trialsWanted, std::string(dialect).c_str());
            // And nothing is passed over in silence: each meaning has its line.
            for (const char *meaning : {"failure rate", "open for", "2 good trials"})
                QVERIFY2(find(*carried, meaning), meaning);
        }
    }

    void theAccountNamesTheSettings()
    {
        const Result<CarriedBreaker> r4j = carryOver(byRate(), "resilience4j");
        QCOMPARE(QString::fromStdString(find(*r4j, "failure rate")->setting), QString("failure_rate_threshold: 40%"));
        QCOMPARE(QString::fromStdString(find(*r4j, "window")->setting),
                 QString("sliding_window_type: time_based, sliding_window_size: 20"));
        QCOMPARE(QString::fromStdString(find(*r4j, "at least")->setting), QString("minimum_number_of_calls: 25"));
        QVERIFY(!find(*r4j, "timeout")->isCarried()); // 30 s by default, and the library has none
        const Result<CarriedBreaker> go = carryOver(byRate(), "gobreaker");
        QCOMPARE(QString::fromStdString(find(*go, "failure rate")->setting),
                 QString("ready_to_trip.kind: ratio, ready_to_trip.ratio: 40%"));
        QCOMPARE(QString::fromStdString(find(*go, "window")->setting), QString("interval: 20s, bucket_period: 2s"));
    }

    void failuresInARowBecomeWhatTheLibraryHas()
    {
        const PolicySpec inARow = breaker({{"failure_threshold", "4"}});
        const Result<CarriedBreaker> go = carryOver(inARow, "gobreaker");
        QCOMPARE(QString::fromStdString(find(*go, "4 failures in a row")->setting),
                 QString("ready_to_trip.kind: consecutive, ready_to_trip.threshold: 4"));
        const Result<CarriedBreaker> r4j = carryOver(inARow, "resilience4j");
        const BreakerMeaning arrived = meaningOf(r4j->spec);
        QCOMPARE(arrived.failureRate, std::optional(1.0));
        QCOMPARE(arrived.windowCalls, std::optional<std::int64_t>(4));
        QCOMPARE(arrived.minimumCalls, std::optional<std::int64_t>(4));
        QVERIFY(!find(*r4j, "4 failures in a row")->note.empty());
    }

    void ignoredOutcomesAndSlowCalls()
    {
        const PolicySpec rich = breaker({{"failure_rate_threshold", "50%"},
                                         {"slow_call.duration", "300ms"},
                                         {"slow_call.rate_threshold", "80%"},
                                         {"exception_whitelist", "[rejected]"}});
        const Result<CarriedBreaker> r4j = carryOver(rich, "resilience4j");
        const BreakerMeaning arrived = meaningOf(r4j->spec);
        QCOMPARE(arrived.slowAfter, std::optional<Duration>(300ms));
        QCOMPARE(arrived.slowRate, std::optional(0.8));
        QCOMPARE(arrived.ignored, std::vector<std::string>{"rejected"});
        const Result<CarriedBreaker> go = carryOver(rich, "gobreaker");
        QVERIFY(!find(*go, "slow-call rate")->isCarried());
        QCOMPARE(QString::fromStdString(find(*go, "never counts")->setting), QString("is_excluded: [rejected]"));
    }

    void fromALibraryToOurOwn()
    {
        const PolicySpec r4j = breaker({{"sliding_window_size", "50"},
                                        {"minimum_number_of_calls", "80"},
                                        {"wait_duration_in_open_state", "9s"}},
                                       "resilience4j");
        const Result<CarriedBreaker> own = carryOver(r4j, "halfopen");
        QVERIFY(own.has_value());
        const auto &config = own->spec.settings.as<CircuitBreakerConfig>();
        QCOMPARE(config.recoveryTimeout, Duration(9s));
        QCOMPARE(config.window.calls(), 50u);
        QCOMPARE(config.window.minimumCalls, std::int64_t{50}); // the library clamps it to the window
        QVERIFY(!config.timeout);                               // it has none, so ours must not have one
        QVERIFY(!config.consecutiveRule());
    }

    void unknownDialectsAreNamedWithTheLegalOnes()
    {
        const Result<CarriedBreaker> none = carryOver(byRate(), "resilience5j");
        QVERIFY(!none);
        const QString message = QString::fromStdString(none.error().message);
        QVERIFY2(message.startsWith("there is no dialect 'resilience5j' of circuit_breaker; there is halfopen, resilience4j"),
                 qPrintable(message));
    }
};

QTEST_GUILESS_MAIN(TestCarryOver)
#include "tst_carry_over.moc"
