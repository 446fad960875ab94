// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/expectations.h"

#include "tests/support/scenario_text.h"
#include "tests/support/synthetic_run.h"

#include <QObject>
#include <QString>
#include <QTest>

#include <cmath>
#include <set>

using namespace halfopen;
using namespace halfopen::test;
using namespace std::chrono_literals;

namespace {

constexpr std::int64_t kMs = 1'000'000;

/// Two clients of one service, which calls another; four buckets of 1 s and one open bucket of half
/// a second. What stands in the buckets is written below, so that every expected number can be
/// worked out by hand.
RunRecord makeRecord(const std::string &expect)
{
    RunRecord record;
    record.scenario =
        loaded("halfopen: 1\n"
               "services:\n"
               "  db: { instances: 2, workers: 5, calls: [ { to: cache, policies: inner } ] }\n"
               "  cache: {}\n"
               "clients:\n"
               "  web: { arrivals: { poisson: 10/s }, calls: [ { to: db, policies: outer } ] }\n"
               "  jobs: { arrivals: { poisson: 10/s }, calls: [ { to: db } ] }\n"
               "policies: { outer: [ circuit_breaker ], inner: [ circuit_breaker ] }\n"
               "expect:\n" +
               expect);
    record.bucketWidth = 1s;
    record.duration = 10s;
    record.now = Instant(4500ms);
    record.edges = {{"web -> db", "web", "db", "outer", 0, 1},
                    {"jobs -> db", "jobs", "db", "", 1, 1},
                    {"db -> cache", "db", "cache", "inner", {}, 2}};
    record.services = {"db", "cache"};
    for (int second = 0; second <= 4; ++second) {
        TimeBucket bucket;
        bucket.from = Instant(Duration(1s) * second);
        bucket.width = second < 4 ? Duration(1s) : Duration(500ms);
        bucket.edges.resize(3);
        EdgeBucket &web = bucket.edges[0];
        web.offered = 10;
        web.attempts = second == 2 ? 25 : 10; // the storm is in second 2
        web.retries = second == 2 ? 15 : 0;
        web.ended[static_cast<std::size_t>(OutcomeKind::Success)] = 6;
        web.ended[static_cast<std::size_t>(OutcomeKind::Fallback)] = 1;
        web.ended[static_cast<std::size_t>(OutcomeKind::Timeout)] = 2;
        web.ended[static_cast<std::size_t>(OutcomeKind::CircuitBreakerOpen)] = 1;
        // In second 3 every call takes ten times as long.
        const std::int64_t slow = second == 3 ? 10 : 1;
        web.goodLatency =
            histogramOf({1 * slow * kMs, 2 * slow * kMs, 3 * slow * kMs, 4 * slow * kMs,
                         5 * slow * kMs, 6 * slow * kMs, 7 * slow * kMs});
        web.badLatency = histogramOf({0, 100 * slow * kMs, 100 * slow * kMs});
        EdgeBucket &jobs = bucket.edges[1];
        jobs.offered = 30;
        jobs.attempts = 30;
        jobs.ended[static_cast<std::size_t>(OutcomeKind::Success)] = 30;
        bucket.services.resize(2);
        ServiceBucket &db = bucket.services[0];
        db.arrivals = 40;
        db.completed = 20;
        db.rejected = 4;
        db.wasted = 5;
        db.busyNs = 2'500 * kMs; // of 10 workers x 1 s
        db.queuedNs = 3'000 * kMs;
        db.queueMax = static_cast<std::uint32_t>(10 + second);
        if (second < 4)
            record.buckets.append(std::make_shared<const TimeBucket>(std::move(bucket)));
        else
            record.openBucket = std::make_shared<const TimeBucket>(std::move(bucket));
    }
    record.breakers = {{"outer.0", 0, 0, 0}, {"inner.0[0]", 2, 0, 0}, {"inner.0[1]", 2, 0, 1}};
    using S = BreakerState;
    record.transitions.append({Instant(1s), 0, S::Closed, S::Open, {}});
    record.transitions.append({Instant(1500ms), 1, S::Closed, S::Open, {}});
    record.transitions.append({Instant(2s), 0, S::Open, S::HalfOpen, {}});
    record.transitions.append({Instant(2250ms), 0, S::HalfOpen, S::Open, {}});
    record.transitions.append({Instant(3s), 0, S::Open, S::HalfOpen, {}});
    record.transitions.append({Instant(3s), 0, S::HalfOpen, S::Closed, {}});
    return record; // breaker 1 stays open, breaker 2 never opens
}

ExpectationResult evaluated(const std::string &line)
{
    return evaluateExpectations(makeRecord("  - " + line + "\n")).at(0);
}

} // namespace

class TestExpectations : public QObject {
    Q_OBJECT
private slots:
    void eachMetricIsMeasuredOverItsSpan_data()
    {
        QTest::addColumn<QString>("line");
        QTest::addColumn<double>("expected");
        const auto row = [](const char *line, double expected) {
            QTest::newRow(line) << QString(line) << expected;
        };
        // All clients together: each second 10 + 30 calls end, 7 + 30 of them well.
        row("{ goodput: \">= 0%\" }", 37.0 / 40);
        row("{ goodput: \">= 0%\", of: web }", 0.7);
        row("{ goodput: \">= 0%\", of: db }", 37.0 / 40);
        row("{ goodput: \">= 0%\", of: web -> db }", 0.7);
        row("{ success: \">= 0%\", of: web }", 0.6);
        row("{ fallback: \">= 0%\", of: web }", 0.1);
        row("{ failed: \">= 0%\", of: web }", 0.3);
        row("{ timeout: \">= 0%\", of: web }", 0.2);
        row("{ circuit_breaker_open: \">= 0%\", of: web }", 0.1);
        row("{ error: \">= 0%\", of: web }", 0.0);
        row("{ goodput_per_s: \">= 0/s\", of: web, to: 4s }", 7.0);
        // The open bucket is half a second long: 5 x 7 calls in 4.5 s.
        row("{ goodput_per_s: \">= 0/s\", of: web }", 35 / 4.5);
        row("{ offered: \">= 0\", of: web }", 50);
        row("{ ended: \">= 0\", of: web, to: 2s }", 20);
        row("{ attempts: \">= 0\", of: web }", 65);
        row("{ retries: \">= 0\", of: web }", 15);
        row("{ amplification: \">= 0\", of: web }", 65.0 / 50);
        row("{ amplification: \">= 0\", of: web, from: 2s, to: 3s }", 2.5);
        row("{ attempts_per_s: \">= 0/s\", of: web, from: 2s, to: 4s }", 17.5);
        row("{ attempts_peak_per_s: \">= 0/s\", of: web }", 25);
        // 0, 1, 2, 3, 4, 5, 6, 7, 100, 100 ms in each of three seconds.
        row("{ mean: \">= 0s\", of: web, to: 3s }", 0.0228);
        row("{ max: \">= 0s\", of: web, to: 3s }", 0.1);
        row("{ max: \">= 0s\", of: web, from: 3s, to: 4s }", 1.0);
        // 2 instances x 5 workers, 2.5 s of work each second.
        row("{ utilisation: \">= 0%\", of: db, to: 4s }", 0.25);
        row("{ mean_queue: \">= 0\", of: db, to: 4s }", 3);
        row("{ max_queue: \">= 0\", of: db, to: 4s }", 13);
        row("{ max_queue: \">= 0\", of: db, from: 1s, to: 2s }", 11);
        row("{ queue_full: \">= 0%\", of: db }", 0.1);
        row("{ wasted: \">= 0%\", of: db }", 0.25);
        row("{ arrivals: \">= 0\", of: db }", 200);
        row("{ arrivals_per_s: \">= 0/s\", of: db, to: 4s }", 40);
        row("{ trips: \">= 0\" }", 3);
        row("{ trips: \">= 0\", of: outer }", 2);
        row("{ trips: \">= 0\", of: outer, from: 2s }", 1);
        row("{ trips: \">= 0\", of: outer, to: 1s }", 0);
        row("{ breakers_tripped: \">= 0\" }", 2);
        row("{ breakers_tripped: \">= 0\", of: inner }", 1);
        row("{ first_trip: \">= 0s\" }", 1);
        row("{ first_trip: \">= 0s\", of: inner }", 1.5);
        // outer: open from 1 s to 2 s and from 2.25 s to 3 s, of 4.5 s.
        row("{ time_open: \">= 0%\", of: outer }", 1.75 / 4.5);
        row("{ time_open: \">= 0%\", of: outer, from: 1500ms, to: 2500ms }", 0.75);
        // inner: one of two breakers, open from 1.5 s to the present.
        row("{ time_open: \">= 0%\", of: inner }", 3.0 / 9);
    }
    void eachMetricIsMeasuredOverItsSpan()
    {
        QFETCH(QString, line);
        QFETCH(double, expected);
        const ExpectationResult result = evaluated(line.toStdString());
        QVERIFY2(std::abs(result.got - expected) < 1e-9,
                 qPrintable(QString("got %1").arg(result.got, 0, 'g', 12)));
        QVERIFY(result.met);
    }

    void percentilesComeFromMergedHistogramsNotFromAverages()
    {
        // 40 calls of four seconds, in order: the 20th took 6 ms and the 36th 100 ms. Averages of
        // the seconds' own percentiles would be 13 ms and 325 ms. A histogram's bucket is at most
        // 1/128 wide.
        const double p50 = evaluated("{ p50: \">= 0s\", of: web, to: 4s }").got;
        QVERIFY2(p50 >= 0.006 && p50 <= 0.006 * (1 + 1.0 / 128), qPrintable(QString::number(p50)));
        const double p90 = evaluated("{ p90: \">= 0s\", of: web, to: 4s }").got;
        QVERIFY2(p90 >= 0.1 && p90 <= 0.1 * (1 + 1.0 / 128), qPrintable(QString::number(p90)));
        // Of the slow second alone.
        const double slow = evaluated("{ p50: \">= 0s\", of: web, from: 3s, to: 4s }").got;
        QVERIFY2(slow >= 0.04 && slow <= 0.04 * (1 + 1.0 / 128), qPrintable(QString::number(slow)));
    }

    void aSpanIsCutToWholeBuckets()
    {
        // Second 2 is the only one that lies wholly between 1.5 s and 3.9 s.
        QCOMPARE(evaluated("{ retries: \">= 0\", of: web, from: 1500ms, to: 3900ms }").got, 15.0);
        QCOMPARE(evaluated("{ offered: \">= 0\", of: web, from: 1500ms, to: 3900ms }").got, 10.0);
    }

    void nothingMeasuredIsNotMetAndSaidInWords_data()
    {
        QTest::addColumn<QString>("line");
        QTest::addColumn<QString>("sentence");
        const auto row = [](const char *line, const char *sentence) {
            QTest::newRow(line) << QString(line) << QString(sentence);
        };
        row("{ goodput: \">= 0%\", from: 6s }",
            "goodput: nothing measured from 6s on, expected >= 0%");
        row("{ goodput: \">= 0%\", of: web, from: 11s }", "goodput of web from 11s on, expected >= 0%: the run ended at 10s");
        row("{ p99: \"<= 9s\", of: jobs }", "p99: nothing measured of jobs, expected <= 9s");
        row("{ p99: \"<= 9s\", from: 1100ms, to: 1900ms }",
            "p99: nothing measured from 1.1s to 1.9s, expected <= 9s");
        row("{ first_trip: \"<= 9s\", of: outer, to: 1s }",
            "first_trip: nothing measured of outer up to 1s, expected <= 9s");
        row("{ wasted: \"<= 100%\", of: cache }",
            "wasted: nothing measured of cache, expected <= 100%");
        row("{ synthetic: \"<= 100%\", of: db }",
            "synthetic: nothing measured of db, expected <= 100%");
    }
    void nothingMeasuredIsNotMetAndSaidInWords()
    {
        QFETCH(QString, line);
        QFETCH(QString, sentence);
        const ExpectationResult result = evaluated(line.toStdString());
        QVERIFY(!result.met && std::isnan(result.got));
        QCOMPARE(result.gotText, std::string("nothing measured"));
        QCOMPARE(QString::fromStdString(result.sentence), sentence);
    }

    void droppedTransitionsCannotBeCounted()
    {
        RunRecord record = makeRecord("  - { trips: \">= 0\" }\n");
        record.transitionsDropped = 1;
        QVERIFY(!evaluateExpectations(record).at(0).met);
    }

    void comparisonsIncludeOrLeaveOutTheirBound()
    {
        QVERIFY(evaluated("{ offered: \"== 50\", of: web }").met);
        QVERIFY(evaluated("{ offered: \"= 50\", of: web }").met);
        QVERIFY(evaluated("{ offered: \">= 50\", of: web }").met);
        QVERIFY(evaluated("{ offered: \"<= 50\", of: web }").met);
        QVERIFY(!evaluated("{ offered: \"> 50\", of: web }").met);
        QVERIFY(!evaluated("{ offered: \"< 50\", of: web }").met);
        QVERIFY(!evaluated("{ offered: \"== 49\", of: web }").met);
    }

    void theSentenceSaysMetricValuePlaceSpanAndWhatWasExpected()
    {
        QCOMPARE(evaluated("{ goodput: \">= 95%\", of: web, from: 1s }").sentence,
                 std::string("goodput 70.0 % of web from 1s on, expected >= 95%"));
        QCOMPARE(evaluated("{ amplification: \"<= 1.1\", of: web }").sentence,
                 std::string("amplification 1.30 x of web, expected <= 1.1"));
    }

    void valuesArePrintedWithUnitsAndThreeDigits()
    {
        const auto text = [](const char *key, double value) {
            return formatMetric(*findMetric(key), value);
        };
        QCOMPARE(text("goodput", 0.932), std::string("93.2 %"));
        QCOMPARE(text("goodput", 0.99987), std::string("100 %"));
        QCOMPARE(text("goodput", 1), std::string("100.0 %"));
        QCOMPARE(text("goodput", 0.0004), std::string("0.04 %"));
        QCOMPARE(text("p99", 0.412), std::string("412 ms"));
        QCOMPARE(text("p99", 1.5), std::string("1.50 s"));
        QCOMPARE(text("p99", 0.0000123), std::string("12.3 us"));
        QCOMPARE(text("trips", 4), std::string("4"));
        QCOMPARE(text("mean_queue", 4.25), std::string("4.25"));
        QCOMPARE(text("offered_per_s", 899.6), std::string("900 /s"));
    }

    void everyMetricHasItsOwnKeyAndIsMeasured()
    {
        std::set<std::string_view> keys;
        for (const Metric &metric : metrics()) {
            QVERIFY2(keys.insert(metric.key).second, std::string(metric.key).c_str());
            QVERIFY(metric.help.ends_with('.'));
            const std::string zero = metric.unit == Metric::Unit::Share       ? "0%"
                                     : metric.unit == Metric::Unit::Seconds   ? "0s"
                                     : metric.unit == Metric::Unit::PerSecond ? "0/s"
                                                                              : "0";
            // This world has no recording, no pool and no queue of messages.
            static const std::set<std::string_view> kOfOtherWorlds = {
                "synthetic", "unknown", "pool_waited", "pool_refused", "pool_wait",
                "max_backlog", "backlog", "oldest_message", "redelivered", "dead_lettered"};
            const bool ofOtherWorlds = kOfOtherWorlds.contains(metric.key);
            const std::string of = metric.ofService ? ", of: db" : "";
            const ExpectationResult result =
                evaluated("{ " + std::string(metric.key) + ": \">= " + zero + "\"" + of + " }");
            QVERIFY2(result.met != ofOtherWorlds, result.sentence.c_str());
        }
    }
};

QTEST_GUILESS_MAIN(TestExpectations)
#include "tst_expectations.moc"
