// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later

// halfopen explain, against what the same run's own record says by other routes.
#include "tests/support/json_schema_check.h"
#include "tests/support/program.h"

#include <QObject>
#include <QTest>
#include <cmath>

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
    {"resilience4j", "dialect: resilience4j, failure_rate_threshold: 40%, sliding_window_size: 30, minimum_number_of_calls: 10, "
                     "wait_duration_in_open_state: 700ms, permitted_number_of_calls_in_half_open_state: 3"},
    {"gobreaker", "dialect: gobreaker, interval: 2s, timeout: 700ms, ready_to_trip: { kind: ratio, ratio: 40%, "
                  "min_requests: 10 }"},
};

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
        bool wasOpen = false;
        for (const char *at : {"1500ms", "2100ms", "2700ms", "3600ms", "6s", "8s"}) {
            const Program::Finished asked =
                m_program.run({"explain", dialect + ".yaml", "--at", at, "--process", "1", "--json"});
            QVERIFY2(asked.status == 0, qPrintable(asked.err));
            const Json e = asked.json();
            COMPARE_JSON(e["dialect"], dialect.toStdString());
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
            wasOpen = wasOpen || state == "OPEN";
            if (state == "OPEN")
                QVERIFY(e["next_at_ms"].get<double>() >= since + 700 && e["next_at_ms"].get<double>() < since + 700.01);
            if (state == "CLOSED" && dialect != "gobreaker") // gobreaker counts calls when they begin
                windowIsWhatEndedInTheLayer(e);
        }
        QVERIFY(wasOpen); // else the loop has shown nothing
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
        QCOMPARE(e["ended_in_layer"]["late"].get<int>(), 0); // else dialects would differ on what counts
        COMPARE_JSON(e["window"]["calls"], all);
        COMPARE_JSON(e["window"]["failures"], bad);
    }
};

QTEST_GUILESS_MAIN(TestCliExplain)
#include "tst_cli_explain.moc"
