// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later

// halfopen explain, against what the same run's own record says by other routes.
#include "tests/support/json_schema_check.h"
#include "tests/support/program.h"
#include "tests/support/scenario_text.h"
#include "simulators/explained_moment.h"

#include <QObject>
#include <QTest>
#include <cmath>
#include <set>

using namespace halfopen;
using namespace halfopen::test;
using Json = nlohmann::json;

namespace {

/// Two breakers; 80 % of the calls fail from 2 s to 4 s. %1 is the breaker.
constexpr const char *kScenario = R"yaml(# Question: why does it trip?
halfopen: 1
name: small
seed: 7
duration: 8s
services:
  db: { workers: 20, queue: 50, service_time: { exponential: 10ms } }
clients:
  web: { processes: 2, arrivals: { poisson: 200/s }, calls: [ { to: db, policies: client } ] }
policies:
  client:
    - circuit_breaker: { %1 }
    - timeout: 200ms
faults:
  - { on: db, from: 2s, for: 2s, error: { probability: 80% } }
)yaml";

const QMap<QString, QString> kBreakers = {
    {"halfopen", "failure_rate_threshold: 40%, window: { kind: time, size: 2s, minimum_calls: 10 }, recovery_timeout: 700ms, "
                 "timeout: none"},
    {"halfopen by count", "failure_rate_threshold: 40%, window: { kind: count, size: 60, minimum_calls: 20 }, recovery_timeout: 700ms, "
                          "timeout: none"},
    {"polly", "dialect: polly, failure_ratio: 40%, minimum_throughput: 20, sampling_duration: 2s, break_duration: 700ms"},
    {"hystrix", "dialect: hystrix, error_threshold_percentage: 40%, sleep_window: 700ms, metrics: { rolling_stats: { time: 2s } }"},
    {"sentinel", "dialect: sentinel, count: 0.4, time_window: 1s"},
    {"microprofile", "dialect: microprofile, request_volume_threshold: 30, failure_ratio: 0.4, delay: 700ms, success_threshold: 2"},
    {"failsafe", "dialect: failsafe, failure_threshold: 12, failure_thresholding_capacity: 30, delay: 700ms, success_threshold: 2"},
    {"failsafe by time", "dialect: failsafe, failure_threshold: 20, failure_thresholding_period: 2s, delay: 700ms, success_threshold: 2"},
    {"resilience4j", "dialect: resilience4j, failure_rate_threshold: 40%, sliding_window_size: 30, minimum_number_of_calls: 10, "
                     "wait_duration_in_open_state: 700ms, permitted_number_of_calls_in_half_open_state: 3"},
    {"gobreaker", "dialect: gobreaker, interval: 2s, timeout: 700ms, ready_to_trip: { kind: ratio, ratio: 40%, "
                  "min_requests: 10 }"},
    // Rolls off long before the generation ends, which it does when the breaker opens.
    {"gobreaker by buckets", "dialect: gobreaker, interval: 1s, bucket_period: 100ms, timeout: 700ms, ready_to_trip: { kind: ratio, "
                             "ratio: 40%, min_requests: 10 }"},
};

/// Every number of this one follows by arithmetic: a call each 25 ms takes 500 ms; those that begin at or after 10 s fail. The
/// twentieth failure of forty calls ends at 10 s + 19 * 25 ms + 500 ms = 10.975 s. Nineteen calls are under way then and end later.
constexpr const char *kByHand = R"yaml(# Question: what opened it?
halfopen: 1
name: byhand
seed: 1
duration: 30s
services:
  db: { workers: 100, queue: 100, service_time: 500ms }
clients:
  web: { processes: 1, arrivals: { constant: 40/s }, calls: [ { to: db, policies: s } ] }
policies:
  s:
    - circuit_breaker: { %1 }
faults:
  - { on: db, from: 10s, for: 12s, error: { probability: 100% } }
)yaml";

constexpr const char *kTwoEdges = R"yaml(# Question: which layer?
halfopen: 1
name: edges
seed: 1
duration: 1s
services:
  a: { workers: 2, service_time: 1ms }
  b: { workers: 2, service_time: 1ms }
clients:
  web: { arrivals: { constant: 10/s }, calls: [ { to: a, policies: s } ] }
  app: { arrivals: { constant: 10/s }, calls: [ { to: b, policies: s } ] }
policies:
  s:
    - timeout: 100ms
)yaml";

/// A window that is longer than what the log keeps.
constexpr const char *kLong = R"yaml(# Question: what does it know?
halfopen: 1
name: long
seed: 1
duration: 3s
services:
  db: { workers: 100, queue: 100, service_time: 1ms }
clients:
  web: { processes: 1, arrivals: { constant: 10000/s }, calls: [ { to: db, policies: s } ] }
policies:
  s:
    - circuit_breaker: { failure_rate_threshold: 50%, window: { kind: count, size: 25000, minimum_calls: 20 } }
)yaml";

} // namespace

class TestCliExplain : public QObject {
    Q_OBJECT
private slots:
    void initTestCase()
    {
        QVERIFY2(QFile::exists(kPath), "build the target halfopen first");
        for (auto it = kBreakers.begin(); it != kBreakers.end(); ++it)
            m_program.write(it.key() + ".yaml", QString(kScenario).arg(it.value()));
    }

    void agreesWithTheRecordOfTheRun_data()
    {
        QTest::addColumn<QString>("dialect");
        for (auto it = kBreakers.begin(); it != kBreakers.end(); ++it)
            QTest::newRow(qPrintable(it.key())) << it.key();
    }
    void agreesWithTheRecordOfTheRun()
    {
        QFETCH(QString, dialect);
        const Json run = m_program.run({"run", dialect + ".yaml", "--json"}).json();
        std::set<std::string> seen;
        for (const QString &at : moments(run)) {
            const Program::Finished asked =
                m_program.run({"explain", dialect + ".yaml", "--at", at, "--process", "1", "--json"});
            QVERIFY2(asked.status == 0, qPrintable(asked.err));
            const Json e = asked.json();
            COMPARE_JSON(e["dialect"], dialect.section(QLatin1Char(' '), 0, 0).toStdString());
            // The state and its history, from the whole run's own list of transitions.
            std::string state = "CLOSED";
            double since = 0;
            std::size_t count = 0;
            for (const Json &t : transitionsOf(run, "client.0[1]")) {
                if (t["t_ms"] > e["at_ms"])
                    continue;
                state = t["to"].get<std::string>();
                since = t["t_ms"].get<double>();
                ++count;
            }
            COMPARE_JSON(e["state"], state);
            COMPARE_JSON(e["since_ms"], since);
            QCOMPARE(e["transitions"].size(), count);
            seen.insert(state);
            if (state == "OPEN") {
                const double wait = dialect == "sentinel" ? 999 : 700; // sentinel's is at least 1 s, from a whole millisecond on
                const auto openNs = std::llround((e["next_at_ms"].get<double>() - since) * 1e6); // both are whole nanoseconds, told in ms
                QVERIFY(openNs >= (dialect == "hystrix" ? 200'000'000 : std::llround(wait * 1e6))); // hystrix: from its snapshot on
                QVERIFY(openNs < std::llround(wait * 1e6) + 1'010'000);
            }
            if (!dialect.startsWith("gobreaker"))
                windowIsWhatEndedInTheLayer(e);
            else if (state == "CLOSED") // it counts calls when they begin: those that ended after, and those under way, are the difference
                windowIsAboutWhatEndedInTheLayer(e);
        }
        QCOMPARE(seen, (std::set<std::string>{"CLOSED", "OPEN", "HALF_OPEN"})); // else the loop has shown too little
    }

    void theFirstTrialDecidesWithoutAnOutcome()
    {
        const Json run = m_program.run({"run", "halfopen.yaml", "--json"}).json();
        const Json e = m_program.run({"explain", "halfopen.yaml", "--json"}).json();
        int arrivals = 0;
        for (const Json &t : e["transitions"]) {
            QCOMPARE(t["deciding_outcome"].is_null(), t["reason"] == "recovery_timeout_elapsed");
            QVERIFY(!t["deciding_call"].is_null());
            arrivals += t["deciding_outcome"].is_null() ? 1 : 0;
        }
        QVERIFY(arrivals > 0);
        for (const Json &t : transitionsOf(run, "client.0[0]"))
            QCOMPARE(t["reason"]["deciding_outcome"].is_null(), t["reason"]["kind"] == "recovery_timeout_elapsed");
    }

    void theCallsThatOpenedItAreNamedAsLongAsItIsNotClosed_data()
    {
        QTest::addColumn<QString>("breaker");
        QTest::addColumn<QString>("at");
        QTest::addColumn<QString>("state");
        const QString ours = "failure_rate_threshold: 50%, window: { kind: count, size: 40, minimum_calls: 20 }, recovery_timeout: 5s";
        QTest::newRow("at once") << ours << "10975ms" << "OPEN";
        QTest::newRow("some late ends later") << ours << "11200ms" << "OPEN";
        QTest::newRow("all late ends later") << ours << "12s" << "OPEN";
        QTest::newRow("on trial") << ours << "16200ms" << "HALF_OPEN"; // the first call at or after 15.975 s
        QTest::newRow("after a failed trial") << ours << "17s" << "OPEN";
        const QString other = "dialect: microprofile, request_volume_threshold: 40, failure_ratio: 0.5, delay: 5s";
        QTest::newRow("microprofile, at once") << other << "10975ms" << "OPEN";
        QTest::newRow("microprofile, later") << other << "12s" << "OPEN";
    }
    void theCallsThatOpenedItAreNamedAsLongAsItIsNotClosed()
    {
        QFETCH(QString, breaker);
        QFETCH(QString, at);
        QFETCH(QString, state);
        m_program.write("byhand.yaml", QString(kByHand).arg(breaker));
        const Program::Finished asked = m_program.run({"explain", "byhand.yaml", "--at", at, "--json"});
        QVERIFY2(asked.status == 0, qPrintable(asked.err));
        const Json e = asked.json();
        COMPARE_JSON(e["state"], state.toStdString());
        COMPARE_JSON(e["transitions"][0]["t_ms"], 10'975.0);
        COMPARE_JSON(e["window"]["calls"], 40);
        const Json &ended = e["ended_in_layer"];
        COMPARE_JSON(ended["outcomes"]["success"], 20);
        COMPARE_JSON(ended["outcomes"]["error"], 20);
        COMPARE_JSON(ended["late"], 0);
        COMPARE_JSON(ended["refused"], 0); // it was CLOSED until then
        COMPARE_JSON(ended["from_ms"], 10'000.0);
        COMPARE_JSON(ended["to_ms"], 10'975.0);
        const QString text = m_program.run({"explain", "byhand.yaml", "--at", at}).out;
        QVERIFY2(text.simplified().contains("from 10.000 s to 10.975 s: success 20, error 20 "), qPrintable(text));
    }

    void onTrialTheWindowIsThatOfTheTrials_data()
    {
        QTest::addColumn<QString>("breaker");
        for (const char *one : {"dialect: polly, failure_ratio: 40%, break_duration: 5s", "dialect: hystrix, error_threshold_percentage: 40%",
                                "dialect: sentinel, count: 0.4, time_window: 5s",
                                "dialect: microprofile, request_volume_threshold: 40, failure_ratio: 0.5, delay: 5s"})
            QTest::newRow(one) << one;
    }
    void onTrialTheWindowIsThatOfTheTrials()
    {
        QFETCH(QString, breaker);
        m_program.write("byhand.yaml", QString(kByHand).arg(breaker));
        const Json run = m_program.run({"run", "byhand.yaml", "--json"}).json();
        double onTrial = 0;
        for (const Json &t : transitionsOf(run, "s.0"))
            onTrial = onTrial == 0 && t["to"] == "HALF_OPEN" ? t["t_ms"].get<double>() : onTrial;
        QVERIFY(onTrial > 0);
        const QString at = QString::number(onTrial + 100, 'f', 3) + "ms"; // a trial takes 500 ms
        const Json e = m_program.run({"explain", "byhand.yaml", "--at", at, "--json"}).json();
        COMPARE_JSON(e["state"], "HALF_OPEN");
        COMPARE_JSON(e["window"]["text"], "the trial calls");
        COMPARE_JSON(e["window"]["calls"], 0);
        QVERIFY(!e["window"].contains("buckets") && !e["window"].contains("strip"));
    }

    void whatTheLogHasForgottenIsSaid()
    {
        m_program.write("long.yaml", kLong);
        // A call each 0.1 ms from the beginning, each 1 ms long: 24 991 ended by 2.5 s, give or take the first and the last.
        const Json e = m_program.run({"explain", "long.yaml", "--at", "2500ms", "--json"}).json();
        COMPARE_JSON(e["ended_in_layer"]["is_cut"], true);
        COMPARE_JSON(e["ended_in_layer"]["outcomes"]["success"], 20'000);
        QVERIFY(std::abs(e["window"]["calls"].get<int>() - 24'991) <= 1);
        QVERIFY(std::abs(e["ended_in_layer"]["from_ms"].get<double>() - 500) < 0.2);
        const QString text = m_program.run({"explain", "long.yaml", "--at", "2500ms"}).out.simplified();
        QVERIFY2(text.contains("success 20,000; the window reaches further back, but only the last 20,000 of 24,99"), qPrintable(text));
        COMPARE_JSON(m_program.run({"explain", "long.yaml", "--at", "1s", "--json"}).json()["ended_in_layer"]["is_cut"], false);
    }

    void watchingChangesNothing()
    {
        // The explanation's run, to its end, has the transitions of the unwatched run, to the nanosecond.
        const Json run = m_program.run({"run", "halfopen.yaml", "--json"}).json();
        const Json e = m_program.run({"explain", "halfopen.yaml", "--json"}).json();
        std::size_t i = 0;
        for (const Json &t : transitionsOf(run, "client.0[0]")) {
            COMPARE_JSON(e["transitions"][i]["t_ms"], t["t_ms"]);
            COMPARE_JSON(e["transitions"][i]["text"], t["reason"]["text"]);
            ++i;
        }
        QVERIFY(i > 1);
    }

    void theTextSaysWhyNot()
    {
        const Program::Finished calm = m_program.run({"explain", "halfopen.yaml", "--at", "1s"});
        QCOMPARE(calm.status, 0);
        QVERIFY2(calm.out.contains("CLOSED since 0.000 s") && calm.out.contains("it has never changed"), qPrintable(calm.out));
        QVERIFY2(calm.out.contains("not OPEN: failure rate ") && calm.out.contains(" < 40 % of "), qPrintable(calm.out));
        const QString early = m_program.run({"explain", "halfopen.yaml", "--at", "20ms"}).out;
        QVERIFY2(early.contains("minimum calls not reached, ") && early.contains(" of 10"), qPrintable(early));
    }

    /// Calls end at 10 ms, 35 ms, ... past each 100 ms, where a bucket of the window begins. The eight failures until 10.685 s are
    /// 8 of 40; at 10.7 s four good calls leave the window, and 8 of 36 have reached 21 %, which nothing asks until 10.71 s.
    void aRuleThatNothingHasAskedYetSaysSo()
    {
        QString scenario = QString(kByHand).arg("failure_rate_threshold: 21%, window: { kind: time, size: 1s, minimum_calls: 10 }, timeout: none");
        m_program.write("unasked.yaml", scenario.replace("service_time: 500ms", "service_time: 510ms"));
        const QString text = m_program.run({"explain", "unasked.yaml", "--at", "10705ms"}).out.simplified();
        QVERIFY2(text.contains("met, OPEN: failure rate 22.22 % >= 21 % of 36 calls; it is asked when the next call ends"), qPrintable(text));
        const QString after = m_program.run({"explain", "unasked.yaml", "--at", "10711ms"}).out.simplified();
        QVERIFY2(after.contains("OPEN since 10.710 s"), qPrintable(after));
    }

    /// A change has one time, wherever it is printed, and that time finds it made.
    void theTimeThatTheSummaryPrintsIsTheOneToAskFor()
    {
        const Json run = m_program.run({"run", "halfopen.yaml", "--json"}).json();
        const QString summary = m_program.run({"run", "halfopen.yaml"}).out;
        int below = 0;
        for (const Json &t : transitionsOf(run, "client.0[1]")) {
            const double ms = t["t_ms"].get<double>();
            const QString printed = QString::number(std::round(ms) / 1000, 'f', 3);
            if (ms > 4340 || std::round(ms) >= ms) // the summary shows the first eight of both processes
                continue;
            ++below;
            QVERIFY2(summary.contains(printed + " s"), qPrintable(printed + "\n" + summary));
            const QString asked = m_program.run({"explain", "halfopen.yaml", "--at", printed + "s", "--process", "1"}).out;
            QVERIFY2(asked.contains(QString::fromStdString(t["to"].get<std::string>()) + " since " + printed + " s"), qPrintable(asked));
        }
        QVERIFY(below > 0);
    }

    /// Looking for a change that is printed as that instant goes on from there: the run is not made again, and can be interrupted.
    void theRunIsMadeOnce()
    {
        const auto world = loaded(QString(kScenario).arg(kBreakers["halfopen"]).toStdString());
        const LayerPlace place{"client", 0, 0, true};
        int asked = 0;
        const auto at = [&](Instant until, Duration lookAhead, int stopAfter) {
            asked = 0;
            return explainMoment(world, place, 1, RunOptions{}, {}, until, [&] { return asked++ >= stopAfter; }, lookAhead);
        };
        const auto whole = at(Instant(std::chrono::seconds(8)), Duration(0), 1'000'000);
        QVERIFY(whole);
        const int asksOfOneRun = asked;
        int moved = 0;
        for (const BreakerTransition &transition : whole->record.transitions) {
            if (transition.breaker != whole->layer.breaker)
                continue;
            const Instant before = transition.at - std::chrono::microseconds(300);
            const auto exact = at(before, Duration(0), 1'000'000);
            QCOMPARE(exact->layer.explanation.state, transition.from);
            const int asksBefore = asked;
            const auto after = at(before, std::chrono::microseconds(400), 1'000'000);
            QCOMPARE(after->layer.explanation.state, transition.to);
            QCOMPARE(after->record.now, transition.at);
            QVERIFY(!at(before, std::chrono::microseconds(400), asksBefore)); // on the way to the change, too
            ++moved;
        }
        QVERIFY2(moved >= 2 && asksOfOneRun > 0, qPrintable(QString::number(moved)));
    }

    void otherLayersSayWhatTheyKnow()
    {
        const Json e = m_program.run({"explain", "halfopen.yaml", "--at", "3s", "--breaker", "client.1", "--json"}).json();
        COMPARE_JSON(e["policy"], "timeout");
        QVERIFY(e["state"].is_null() && e["rules"].empty());
        int ended = 0;
        for (const auto &[outcome, count] : e["ended_in_layer"]["outcomes"].items())
            ended += count.get<int>();
        QVERIFY(ended > 100); // 3 s at 100 calls a second and process, less what the breaker refused
    }

    /// Every call that decided something, looked up by the number that its reason names.
    void aCallIsToldByItsNumber_data() { agreesWithTheRecordOfTheRun_data(); }
    void aCallIsToldByItsNumber()
    {
        QFETCH(QString, dialect);
        const Json run = m_program.run({"run", dialect + ".yaml", "--json"}).json();
        int looked = 0;
        for (const Json &t : transitionsOf(run, "client.0[1]")) {
            const Json &why = t["reason"];
            if (why["deciding_call"].is_null() || why["kind"] == "recovery_timeout_elapsed" || ++looked > 4)
                continue;
            const QString number = QString::number(why["deciding_call"].get<quint64>());
            const Program::Finished told = m_program.run({"explain", dialect + ".yaml", "--call", number, "--json"});
            QVERIFY2(told.status == 0, qPrintable(told.err));
            const Json call = told.json();
            COMPARE_JSON(call["edge"], "web -> db");
            COMPARE_JSON(call["process"], 1);
            COMPARE_JSON(call["outcome"], why["deciding_outcome"]);
            COMPARE_JSON(call["end_ms"], t["t_ms"]); // the breaker is the outermost layer: the call ends with its decision
            QVERIFY(call["story"].size() >= 3);
            bool decides = false;
            for (const Json &decided : call["decides"])
                decides = decides || decided["text"] == why["text"];
            QVERIFY(decides);
            const QString text = m_program.run({"explain", dialect + ".yaml", "--call", number}).out;
            QVERIFY2(text.contains("attempt 1 sent") && text.contains("the caller gets: ") && text.contains("it decides: client.0[1] "),
                     qPrintable(text));
        }
        QVERIFY(looked > 0);
    }

    void smallNumbersCountTheCallsOfAClient()
    {
        // Poisson arrivals at 200/s: call 400 begins near 2 s, five standard deviations are 0.5 s.
        const Json call = m_program.run({"explain", "halfopen.yaml", "--call", "400", "--json"}).json();
        COMPARE_JSON(call["edge"], "web -> db");
        QVERIFY(std::abs(call["start_ms"].get<double>() - 2000) < 500);
        const Json next = m_program.run({"explain", "halfopen.yaml", "--call", "401", "--json"}).json();
        QVERIFY(next["start_ms"].get<double>() > call["start_ms"].get<double>());
        const Program::Finished none = m_program.run({"explain", "halfopen.yaml", "--call", "999999"});
        QCOMPARE(none.status, 2);
        QVERIFY2(none.err.contains("call 999999 did not end within 8"), qPrintable(none.err));
        QVERIFY(m_program.run({"explain", "halfopen.yaml", "--call", "4", "--edge", "web -> dp"}).err.contains("there is \"web -> db\""));
        QVERIFY(m_program.run({"explain", "halfopen.yaml", "--call", "4", "--at", "1s"}).err.contains("give one or the other"));
    }

    void badQuestionsGetOneClearError()
    {
        const Program::Finished name = m_program.run({"explain", "halfopen.yaml", "--breaker", "clint"});
        QCOMPARE(name.status, 2);
        QCOMPARE(name.err, QString("halfopen: error: there is no breaker 'clint'; there is client.0 on 'web -> db'; "
                                   "did you mean 'client'?\n"));
        m_program.write("edges.yaml", QString(kTwoEdges));
        const auto error = [this](const QStringList &more) { return m_program.run(QStringList{"explain", "edges.yaml"} + more).err; };
        QCOMPARE(error({"--breaker", "s.0"}), QString("halfopen: error: which layer? s.0 on 'web -> a', s.0 on 'app -> b'; "
                                                      "choose with --breaker and --edge\n"));
        QCOMPARE(error({"--breaker", "s.0", "--edge", "web -> c"}),
                 QString("halfopen: error: there is no 's.0' on the edge 'web -> c'; there is s.0 on 'web -> a', s.0 on 'app -> b'\n"));
        QCOMPARE(error({"--breaker", "s"}),
                 QString("halfopen: error: the stack 's' has no breaker; its layers are s.0 on 'web -> a', s.0 on 'app -> b'\n"));
        QCOMPARE(error({"--breaker", "t.0"}),
                 QString("halfopen: error: there is no breaker 't.0'; there is none in this scenario; did you mean 's.0'?\n"));
        QVERIFY(m_program.run({"explain", "halfopen.yaml", "--process", "2"}).err.contains("processes 0 to 1"));
        QVERIFY(m_program.run({"explain", "halfopen.yaml", "--at", "9s"}).err.contains("the run ends at 8 s"));
        QCOMPARE(m_program.run({"explain", "halfopen.yaml", "--at", "soon"}).status, 2);
    }

private:
    const QString kPath = HALFOPEN_BINARY_DIR "/bin/halfopen";
    Program m_program{kPath};

    static Json transitionsOf(const Json &run, const char *name)
    {
        for (const Json &breaker : run["breakers"])
            if (breaker["name"] == name)
                return breaker["transitions"];
        return Json::array();
    }
    /// Two sources: the breaker's own window, and the ends that were seen beside it.
    static void windowIsWhatEndedInTheLayer(const Json &e)
    {
        int all = 0, bad = 0;
        for (const auto &[outcome, count] : e["ended_in_layer"]["outcomes"].items()) {
            all += count.get<int>();
            bad += outcome == "success" ? 0 : count.get<int>();
        }
        const QString where = QString::fromStdString(e["state"].get<std::string>() + " at " + e["at_ms"].dump() + " ms: ");
        const auto pair = [&where](int calls, int failures) { return where + QString("%1 calls, %2 failed").arg(calls).arg(failures); };
        QCOMPARE(pair(all, bad), pair(e["window"]["calls"].get<int>(), e["window"]["failures"].get<int>()));
    }
    /// At 100 calls a second, hardly any longer than 100 ms.
    static void windowIsAboutWhatEndedInTheLayer(const Json &e)
    {
        int all = 0;
        for (const auto &[outcome, count] : e["ended_in_layer"]["outcomes"].items())
            all += count.get<int>();
        const int counted = e["window"]["calls"].get<int>();
        QVERIFY2(std::abs(all - counted) <= 15, qPrintable(QString("%1 ended, %2 counted at %3 ms, %4").arg(all).arg(counted)
                     .arg(e["at_ms"].get<double>()).arg(QString::fromStdString(e["window"]["text"].get<std::string>()))));
    }
    /// Some instants of their own, and one in the middle of each of the first stays.
    static QStringList moments(const Json &run)
    {
        QStringList found{"1500ms", "2100ms", "2700ms", "3600ms", "6s", "8s"};
        double since = 0;
        for (const Json &t : transitionsOf(run, "client.0[1]")) {
            const double until = t["t_ms"].get<double>();
            found += QString::number((since + until) / 2, 'f', 4) + "ms";
            since = until;
            if (found.size() > 18)
                break;
        }
        return found;
    }
};

QTEST_GUILESS_MAIN(TestCliExplain)
#include "tst_cli_explain.moc"
