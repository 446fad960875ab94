// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/counted_kinds.h"
#include "core/run/run_record.h"
#include "simulators/explained_moment.h"
#include "tests/support/logged_run.h"
#include "ui/format.h"
#include "ui/theme.h"
#include "ui/views/transition_panel.h"

#include <QApplication>
#include <QLabel>
#include <QObject>
#include <QTest>

#include <algorithm>
#include <map>
#include <memory>
#include <optional>
#include <set>

using namespace halfopen;
using namespace std::chrono_literals;

namespace {

/// What a dialect's window is made of, in a world where nothing leaves the window by age.
struct Counting {
    bool takesLate = false;   ///< ends of calls that were let through before the present state
    bool takesStarted = false; ///< calls count from when they are let through
    std::size_t last = SIZE_MAX; ///< so many at most, in CLOSED
    bool failures = true;
    std::optional<Duration> slowAfter; ///< nothing: slow calls are not counted
};

struct Counts {
    std::uint64_t calls = 0, failed = 0, slow = 0;
};

/// One breaker around every call of one client, alone: the log of its calls is the log of the breaker's.
std::string worldWith(const QString &breaker)
{
    return QStringLiteral("halfopen: 1\nname: table\nseed: 3\nduration: 60s\n"
                          "services: { db: { workers: 90, service_time: { exponential: 30ms } } }\n"
                          "clients: { web: { arrivals: { poisson: 40/s }, calls: [ { to: db, policies: edge } ] } }\n"
                          "policies: { edge: [ { circuit_breaker: { %1 } } ] }\n"
                          "faults:\n"
                          "  - { on: db, from: 8s, for: 9s, error: { probability: 80% } }\n"
                          "  - { on: db, from: 30s, for: 9s, latency: { add: 400ms } }\n"
                          "  - { on: db, from: 45s, for: 6s, error: { probability: 60% } }\n")
        .arg(breaker)
        .toStdString();
}

/// Worked out from the calls alone.
Counts countsOf(const test::LoggedRun &run, const Counting &how, const BreakerTransition &transition, Instant since)
{
    struct End {
        std::int64_t at;
        bool failed, slow;
    };
    std::vector<End> ends;
    Counts counts;
    for (const LoggedCall &call : run.calls) {
        if (isRefusal(call.outcome))
            continue;
        const std::int64_t end = call.startNs + call.latencyNs;
        const bool isOwn = call.startNs >= since.ns() && call.startNs <= transition.at.ns();
        counts.calls += how.takesStarted && isOwn;
        if (end > transition.at.ns() || end <= since.ns() || !(isOwn || how.takesLate))
            continue;
        ends.push_back({end, !isGood(call.outcome), how.slowAfter && call.latencyNs > how.slowAfter->count()});
    }
    std::sort(ends.begin(), ends.end(), [](const End &a, const End &b) { return a.at < b.at; });
    if (transition.from == BreakerState::Closed && ends.size() > how.last)
        ends.erase(ends.begin(), ends.end() - std::ptrdiff_t(how.last));
    for (const End &end : ends) {
        counts.calls += !how.takesStarted;
        counts.failed += end.failed;
        counts.slow += end.slow;
    }
    return counts;
}

std::map<QString, QString> factsOf(TransitionPanel &panel, const RecordPtr &record, std::size_t index)
{
    panel.showTransition(record, index);
    std::map<QString, QString> facts;
    for (const QWidget *fact : panel.findChildren<QWidget *>("fact")) {
        const auto labels = fact->findChildren<QLabel *>();
        facts[labels.at(0)->text()] = labels.at(1)->text();
    }
    return facts;
}

QString ofThem(std::uint64_t count, std::uint64_t calls)
{
    return QStringLiteral("%1 (%2)").arg(formatCount(count), formatShare(double(count) / double(calls)));
}

/// The fact of one of these names, whichever is there.
std::optional<QString> oneOf(const std::map<QString, QString> &facts, const QStringList &names)
{
    for (const QString &name : names)
        if (const auto found = facts.find(name); found != facts.end())
            return found->second;
    return std::nullopt;
}

const QStringList kCalls{"Calls in the window", "Trial calls", "Calls let through in the window", "Trial calls let through",
                         "Calls ended half-open"};

} // namespace

Q_DECLARE_METATYPE(Counting)

class TestReasonTable : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() { QVERIFY(applyTheme(*qApp, ThemeKind::Dark)); }

    void everyDialectTellsWhatTheCallsOfTheRunSay_data()
    {
        QTest::addColumn<QString>("breaker");
        QTest::addColumn<Counting>("how");
        const Counting late{.takesLate = true};
        QTest::newRow("halfopen, no slow calls") << "window: { kind: count, size: 5000, minimum_calls: 20 }, failure_rate_threshold: 40%, recovery_timeout: 2s"
                                                 << Counting{};
        QTest::newRow("halfopen, slow calls")
            << "window: { kind: count, size: 5000, minimum_calls: 20 }, failure_rate_threshold: 40%, slow_call: { duration: 200ms, rate_threshold: 30% }, "
               "recovery_timeout: 2s"
            << Counting{.slowAfter = 200ms};
        QTest::newRow("halfopen, slow calls that decide nothing")
            << "window: { kind: count, size: 5000, minimum_calls: 20 }, failure_rate_threshold: 40%, slow_call: { duration: 200ms }, recovery_timeout: 2s"
            << Counting{.slowAfter = 200ms};
        QTest::newRow("halfopen, in a row") << "failure_threshold: 4, window: { kind: count, size: 30 }, recovery_timeout: 2s" << Counting{.last = 30};
        QTest::newRow("resilience4j") << "dialect: resilience4j, sliding_window_size: 5000, minimum_number_of_calls: 20, failure_rate_threshold: 40%, "
                                         "slow_call_rate_threshold: 30%, slow_call_duration_threshold: 200ms, wait_duration_in_open_state: 2s, "
                                         "permitted_number_of_calls_in_half_open_state: 5"
                                      << Counting{.takesLate = true, .slowAfter = 200ms};
        const Counting started{.takesStarted = true};
        QTest::newRow("gobreaker, ratio") << "dialect: gobreaker, max_requests: 3, timeout: 2s, ready_to_trip: { kind: ratio, min_requests: 20, ratio: 0.4 }" << started;
        QTest::newRow("gobreaker, in a row") << "dialect: gobreaker, max_requests: 3, timeout: 2s, ready_to_trip: { kind: consecutive, threshold: 5 }" << started;
        QTest::newRow("gobreaker, in all") << "dialect: gobreaker, max_requests: 3, timeout: 2s, ready_to_trip: { kind: total, threshold: 9 }" << started;
        for (const char *version : {"8.4", "8.0", "7"})
            QTest::addRow("polly %s", version) << QStringLiteral("dialect: polly, failure_ratio: 40%, minimum_throughput: 20, sampling_duration: 10m, "
                                                                 "break_duration: 2s, version: %1").arg(QLatin1String(version))
                                               << late;
        for (const char *implementation : {"go", "java"})
            QTest::addRow("failsafe %s", implementation)
                << QStringLiteral("dialect: failsafe, failure_rate_threshold: 40%, failure_thresholding_period: 10m, failure_execution_threshold: 20, "
                                  "delay: 2s, success_threshold: 3, success_thresholding_capacity: 5, implementation: %1").arg(QLatin1String(implementation))
                << late;
        QTest::newRow("failsafe, last calls") << "dialect: failsafe, failure_threshold: 8, failure_thresholding_capacity: 20, delay: 2s"
                                              << Counting{.takesLate = true, .last = 20};
        QTest::newRow("hystrix") << "dialect: hystrix, request_volume_threshold: 20, error_threshold_percentage: 40%, sleep_window: 2s, "
                                    "metrics: { rolling_stats: { time: 10m } }"
                                 << late;
        QTest::newRow("sentinel, errors") << "dialect: sentinel, grade: error_ratio, count: 0.4, time_window: 2s, min_request_amount: 20, stat_interval: 10m" << late;
        QTest::newRow("sentinel, number of errors") << "dialect: sentinel, grade: error_count, count: 9, time_window: 2s, min_request_amount: 20, stat_interval: 10m" << late;
        QTest::newRow("sentinel, slow")
            << "dialect: sentinel, grade: slow_request_ratio, count: 200, slow_ratio_threshold: 15%, time_window: 2s, min_request_amount: 20, stat_interval: 10m"
            << Counting{.takesLate = true, .failures = false, .slowAfter = 200ms};
        QTest::newRow("microprofile") << "dialect: microprofile, request_volume_threshold: 40, failure_ratio: 40%, delay: 2s, success_threshold: 3"
                                      << Counting{.last = 40};
    }
    void everyDialectTellsWhatTheCallsOfTheRunSay()
    {
        QFETCH(QString, breaker);
        QFETCH(Counting, how);
        const test::LoggedRun run = test::loggedRun(worldWith(breaker));
        const auto record = std::make_shared<const RunRecord>(run.record);
        const CountedKinds kinds = countedKinds(*record, 0, 0); // as what the breaker knows in between is told
        QCOMPARE(kinds.failures, how.failures);
        QCOMPARE(kinds.slow, how.slowAfter.has_value());
        const auto moment = explainMoment(record->scenario, layerPlaces(*record).at(0), 0, {}, {}, Instant(7s));
        const QString told = QString::fromStdString(report::explainText(moment->layer, {}));
        const QString window = told.mid(told.indexOf("window: ")).section("\n\n", 0, 0);
        QVERIFY2(window.contains(" slow") == how.slowAfter.has_value() && window.contains(" failed") == how.failures, qPrintable(told));
        TransitionPanel panel;
        int trips = 0, trials = 0;
        Instant since;
        for (std::size_t i = 0; i < record->transitions.size(); ++i) {
            const BreakerTransition &transition = record->transitions[i];
            const auto facts = factsOf(panel, record, i);
            const QByteArray where = QByteArray::number(transition.at.seconds()) + " s: " + describe(transition.reason).c_str();
            if (transition.from == BreakerState::Open) {
                QVERIFY2(!oneOf(facts, kCalls) && !oneOf(facts, {"of them failed", "of them slow"}), where.constData());
            } else {
                (transition.from == BreakerState::Closed ? trips : trials) += 1;
                const Counts counts = countsOf(run, how, transition, since);
                QCOMPARE(oneOf(facts, kCalls).value_or("-") + where, formatCount(counts.calls) + where);
                QCOMPARE(oneOf(facts, {"of them failed"}).value_or("-") + where, (how.failures ? ofThem(counts.failed, counts.calls) : "-") + where);
                QCOMPARE(oneOf(facts, {"of them slow"}).value_or("-") + where, (how.slowAfter ? ofThem(counts.slow, counts.calls) : "-") + where);
            }
            since = transition.at;
        }
        QVERIFY2(trips >= 1 && trials >= 1, qPrintable(QStringLiteral("%1 and %2").arg(trips).arg(trials)));
    }

    /// The instance that is judged gets every fifth call, in turn, until it is ejected: so the calls say what it has met.
    void everyEjectionTellsWhatTheCallsOfTheRunSay_data()
    {
        QTest::addColumn<QString>("judge");
        QTest::addColumn<QString>("fault");
        QTest::addColumn<QString>("failed");
        const QString of("of them failed");
        QTest::newRow("in a row") << "consecutive_5xx: 5, success_rate: false" << "error: { probability: 70%, status: 500 }" << of;
        QTest::newRow("gateway failures in a row") << "consecutive_5xx: 0, consecutive_gateway_failure: 5, success_rate: false"
                                                   << "error: { probability: 70%, status: 503 }" << of;
        QTest::newRow("without an answer in a row") << "consecutive_5xx: 0, split_external_local_origin_errors: true, "
                                                       "consecutive_local_origin_failure: 5, success_rate: false"
                                                    << "refuse: { probability: 70% }" << "of them without an answer";
        QTest::newRow("success rate") << "consecutive_5xx: 0, success_rate: true, success_rate_request_volume: 20"
                                      << "error: { probability: 50%, status: 500 }" << of;
        QTest::newRow("success rate, without an answer") << "consecutive_5xx: 0, split_external_local_origin_errors: true, consecutive_local_origin_failure: 0, "
                                                            "success_rate: true, success_rate_request_volume: 20"
                                                         << "refuse: { probability: 50% }" << of;
        QTest::newRow("failure percentage") << "consecutive_5xx: 0, success_rate: false, failure_percentage: true, failure_percentage_threshold: 30%, "
                                               "failure_percentage_request_volume: 20"
                                            << "error: { probability: 50%, status: 500 }" << of;
    }
    void everyEjectionTellsWhatTheCallsOfTheRunSay()
    {
        QFETCH(QString, judge);
        QFETCH(QString, fault);
        QFETCH(QString, failed);
        const test::LoggedRun run = test::loggedRun(
            QStringLiteral("halfopen: 1\nname: away\nseed: 4\nduration: 60s\n"
                           "services: { db: { instances: 5, workers: 9, service_time: 5ms } }\n"
                           "clients: { web: { arrivals: { constant: 50/s }, calls: [ { to: db, policies: edge } ] } }\n"
                           "policies: { edge: [ { outlier_ejection: { %1, max_ejection_percent: 50%, interval: 10s, base_ejection_time: 20s } } ] }\n"
                           "faults: [ { on: db, instance: 2, from: 12s, %2 } ]\n")
                .arg(judge, fault)
                .toStdString());
        const auto record = std::make_shared<const RunRecord>(run.record);
        QVERIFY(!record->transitions.empty());
        const BreakerTransition &ejection = record->transitions[0];
        QCOMPARE(int(ejection.to), int(BreakerState::Open));
        const std::int64_t sweep = (ejection.at.ns() - 1) / 10'000'000'000 * 10'000'000'000; // the last before it
        std::set<std::size_t> turns; // of the calls that failed
        for (std::size_t i = 0; i < run.calls.size() && run.calls[i].startNs <= ejection.at.ns(); ++i)
            if (!isGood(run.calls[i].outcome))
                turns.insert(i % 5);
        QCOMPARE(turns.size(), std::size_t(1));
        std::uint64_t calls = 0, bad = 0;
        for (std::size_t i = *turns.begin(); i < run.calls.size(); i += 5) {
            const std::int64_t end = run.calls[i].startNs + run.calls[i].latencyNs;
            if (end <= sweep || end > ejection.at.ns())
                continue;
            ++calls;
            bad += !isGood(run.calls[i].outcome);
        }
        QVERIFY(bad >= 5);
        TransitionPanel panel;
        auto facts = factsOf(panel, record, 0);
        QCOMPARE(facts["Calls since the last sweep"], formatCount(calls));
        QCOMPARE(facts[failed], ofThem(bad, calls));
        QVERIFY(!facts.contains("of them slow"));
        for (std::size_t i = 1; i < record->transitions.size(); ++i) { // it comes back: nothing was counted while it was away
            if (record->transitions[i].to != BreakerState::Closed)
                continue;
            facts = factsOf(panel, record, i);
            QVERIFY(!facts.contains("Calls since the last sweep") && !facts.contains("of them failed") && !facts.contains("of them slow"));
        }
    }

    /// In the width it has beside a chart: the counts stand before their shares, and rather a name takes a second line.
    void theNumbersOfAReasonAreWhole()
    {
        const test::LoggedRun run = test::loggedRun(worldWith(QStringLiteral(
            "window: { kind: count, size: 5000, minimum_calls: 150 }, slow_call: { duration: 20ms, rate_threshold: 30% }, "
            "recovery_timeout: 20s")));
        const auto record = std::make_shared<const RunRecord>(run.record);
        QVERIFY(!record->transitions.empty());
        TransitionPanel panel;
        panel.resize(Theme::px(220), 600);
        panel.show();
        panel.showTransition(record, 0);
        QVERIFY(QTest::qWaitForWindowExposed(&panel));
        QCoreApplication::processEvents();
        int shares = 0;
        for (const QWidget *fact : panel.findChildren<QWidget *>("fact")) {
            const auto labels = fact->findChildren<QLabel *>();
            const QLabel *value = labels.at(1);
            shares += value->text().contains('(');
            const QString seen = labels.at(0)->text() + ": " + value->text() + " in " + QString::number(value->width()) + " pixels";
            QVERIFY2(value->width() >= value->fontMetrics().horizontalAdvance(value->text()), qPrintable(seen));
            QVERIFY2(labels.at(0)->height() >= labels.at(0)->heightForWidth(labels.at(0)->width()), qPrintable(seen));
            const QRect where(value->mapTo(&panel, QPoint()), value->size());
            QVERIFY2(panel.rect().contains(where), qPrintable(seen));
        }
        QCOMPARE(shares, 2); // failed and slow
    }
};

QTEST_MAIN(TestReasonTable)
#include "tst_reason_table.moc"
