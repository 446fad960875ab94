// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later

// halfopen sweep and halfopen stability, against single runs and a world whose answer is known.
#include "simulators/study/ranges.h"
#include "tests/support/json_schema_check.h"
#include "tests/support/program.h"

#include <QObject>
#include <QRegularExpression>
#include <QTest>
#include <cmath>
#include <csignal>

using namespace halfopen;
using namespace halfopen::test;
using Json = nlohmann::json;
using Texts = std::vector<std::string>;

namespace {

constexpr const char *kScenario = R"yaml(# Question: how often does it trip?
halfopen: 1
name: small
seed: 7
duration: 6s
services:
  db: { workers: 20, queue: 50, service_time: { exponential: 10ms } }
clients:
  web: { processes: 2, arrivals: { poisson: 200/s }, calls: [ { to: db, policies: client } ] }
policies:
  client:
    - circuit_breaker: { failure_rate_threshold: 40%, window: { kind: count, size: 30, minimum_calls: 10 }, recovery_timeout: 700ms }
    - timeout: 200ms
faults:
  - { on: db, from: 2s, for: 2s, error: { probability: 80% } }
)yaml";

/// 10 workers of 10 ms: room for 1 000 requests a second. Callers wait 100 ms and then ask again, up to four times, and the
/// queue is long enough that everything in a full one is late. Bistable by construction: below about 250 calls a second even
/// four tries each fit, so it must come back; at 900 a second the tries of a full queue do not fit, so it cannot.
constexpr const char *kMetastable = R"yaml(# Question: does it come back?
halfopen: 1
name: metastable
seed: 3
duration: 60s
services:
  db: { workers: 10, queue: 400, service_time: 10ms, keeps_working_for_departed_callers: true }
clients:
  web: { arrivals: { poisson: 200/s }, calls: [ { to: db, policies: client } ] }
policies:
  client:
    - retry: { max_attempts: 4, initial_delay: 10ms, max_delay: 10ms, jitter: none }
    - timeout: 100ms
faults:
  - { on: db, from: 5s, for: 5s, latency: { add: 300ms } }
)yaml";

} // namespace

class TestCliSweep : public QObject {
    Q_OBJECT
private slots:
    void initTestCase()
    {
        QVERIFY2(QFile::exists(kPath), "build the target halfopen first");
        m_program.write("a.yaml", kScenario);
        m_program.write("m.yaml", kMetastable);
    }

    void rangesHaveTheirEndsAndUnits()
    {
        QCOMPARE(*parseValues("20%..80%/4", 5), (Texts{"20%", "40%", "60%", "80%"}));
        QCOMPARE(*parseValues("500/s..1500/s/3", 5), (Texts{"500/s", "1000/s", "1500/s"}));
        QCOMPARE(*parseValues("1ms..1s/log4", 5), (Texts{"1ms", "10ms", "100ms", "1s"}));
        QCOMPARE(*parseValues("1..3/5", 5), (Texts{"1", "2", "3"})); // whole numbers stay whole
        QCOMPARE(*parseValues("5..20", 4), (Texts{"5", "10", "15", "20"}));
        QCOMPARE(*parseValues("0.1..0.3/3", 5), (Texts{"0.1", "0.2", "0.3"}));
        QCOMPARE(*parseValues("500ms..2s/4", 5), (Texts{"500ms", "1s", "1.5s", "2s"}));
        QCOMPARE(*parseValues("1s, 5s,30s", 5), (Texts{"1s", "5s", "30s"}));
        for (const char *bad : {"1s..50%", "..", "a..b", "0..5/log3", "1..2/1", "1,,2", "1s..2s/logx"})
            QVERIFY2(!parseValues(bad, 5), bad);
    }

    /// Each interval has two digits, one when it begins with its own last place, and its value ends where it does.
    void aValueAndItsIntervalEndAtTheSamePlace()
    {
        const QStringList base{"sweep", "a.yaml", "--vary", "policies.client.0.failure_rate_threshold=30%..90%/3", "--metric", "goodput",
                               "--metric", "p99", "--metric", "amplification", "--seeds", "5"};
        const Program::Finished told = m_program.run(base);
        QVERIFY2(told.status == 0, qPrintable(told.err));
        const Json points = m_program.run(base + QStringList{"--json"}).json()["points"];
        static const QRegularExpression kCell("([0-9][0-9.,]*) \u00b1([0-9][0-9.,]*)( %| ms| s|\\b)");
        const auto decimals = [](const QString &number) { return number.contains('.') ? number.size() - number.indexOf('.') - 1 : 0; };
        int cells = 0;
        for (auto match = kCell.globalMatch(told.out); match.hasNext(); ++cells) {
            const auto cell = match.next();
            if (cell.captured(2) == "0")
                continue;
            QCOMPARE(decimals(cell.captured(1)), decimals(cell.captured(2)));
            QString digits = cell.captured(2);
            digits.remove('.').remove(',').remove(QRegularExpression("^0+"));
            QVERIFY2(digits.size() <= 2 || QRegularExpression("^[0-9]{2}0+$").match(digits).hasMatch(), qPrintable(cell.captured()));
        }
        QCOMPARE(cells, 9);
        const double half = points[0]["metrics"]["goodput"]["half_width_95"].get<double>() * 100;
        const int places = std::max(0, 1 - int(std::floor(std::log10(half)))); // of the second digit
        QVERIFY2(told.out.contains(QString(" \u00b1%1 %").arg(QString::number(half, 'f', places))), qPrintable(told.out));
    }

    void everyPointIsThatOfASingleRun()
    {
        const Program::Finished swept =
            m_program.run({"sweep", "a.yaml", "--vary", "policies.client.0.failure_rate_threshold=30%..90%/3", "--vary",
                           "clients.web.rate=100,300", "--metric", "goodput", "--metric", "trips", "--metric", "utilisation@db",
                           "--seeds", "2", "--json"});
        QVERIFY2(swept.status == 0, qPrintable(swept.err));
        const Json json = swept.json();
        QCOMPARE(json["points"].size(), std::size_t{6});
        for (const std::size_t at : {0, 3, 5}) { // the last axis is the fastest
            const Json &point = json["points"][at];
            const QString threshold = QStringList{"30%", "60%", "90%"}[static_cast<int>(at / 2)];
            const QString rate = at % 2 == 0 ? "100/s" : "300/s";
            COMPARE_JSON(point["values"], (Texts{threshold.toStdString(), rate.toStdString()}));
            for (int seed = 0; seed < 2; ++seed) {
                const Json run = m_program.run({"run", "a.yaml", "--json", "--seed", QString::number(7 + seed), "--set",
                                                "policies.client.0.failure_rate_threshold=" + threshold, "--set",
                                                "clients.web.arrivals.poisson=" + rate}).json();
                const Json &web = run["clients"]["web"];
                const double ended = web["succeeded"].get<double>() + web["failed"].get<double>();
                const auto measured = [&](const char *name) { return point["metrics"][name]["by_seed"][seed].get<double>(); };
                QVERIFY(std::abs(measured("goodput") - web["succeeded"].get<double>() / ended) < 1e-9);
                double trips = 0;
                for (const Json &breaker : run["breakers"])
                    trips += breaker["trips"].get<double>();
                QCOMPARE(measured("trips"), trips);
                QVERIFY(std::abs(measured("utilisation@db") - run["services"]["db"]["utilisation"].get<double>()) < 1e-9);
            }
        }
    }

    void threadsDoNotMatterAndCsvSaysTheSame()
    {
        const QStringList base = {"sweep", "a.yaml", "--vary", "policies.client.0.recovery_timeout=200ms..2s/4", "--metric", "goodput"};
        const QString one = m_program.run(base + QStringList{"--json", "-j", "1"}).out;
        QVERIFY(!one.isEmpty());
        QCOMPARE(m_program.run(base + QStringList{"--json", "-j", "4"}).out, one);
        const QStringList lines = m_program.run(base + QStringList{"--csv"}).out.trimmed().split('\n');
        QCOMPARE(lines.size(), 5);
        QCOMPARE(lines[0], QString("policies.client.0.recovery_timeout,goodput"));
        const Json json = Json::parse(one.toStdString());
        for (int i = 0; i < 4; ++i) {
            const Json &point = json["points"][static_cast<std::size_t>(i)];
            QCOMPARE(lines[i + 1].section(',', 0, 0), QString::fromStdString(point["values"][0].get<std::string>()));
            QVERIFY(std::abs(lines[i + 1].section(',', 1).toDouble() - point["metrics"]["goodput"]["mean"].get<double>()) < 1e-12);
        }
    }

    void interruptKeepsWhatIsThere()
    {
        QProcess process;
        // Few scenarios to read, and runs that take long: the signal comes while they run.
        m_program.start(process, {"sweep", "a.yaml", "--duration", "100h", "--vary", "clients.web.rate=100..1000/10", "--json"});
        QVERIFY(process.waitForStarted());
        QTest::qWait(1500);
        QVERIFY(process.processId() > 0);
        ::kill(static_cast<pid_t>(process.processId()), SIGINT);
        const Program::Finished swept = Program::finish(process);
        QCOMPARE(swept.status, 130);
        const Json json = swept.json();
        COMPARE_JSON(json["complete"], false);
        QCOMPARE(json["points"].size(), std::size_t{10});
        COMPARE_JSON(json["points"][9]["complete"], false);
    }

    void interruptIsHeardWhileScenariosAreRead()
    {
        QProcess process;
        m_program.start(process, {"sweep", "a.yaml", "--vary", "clients.web.rate=100..1000/10000", "--vary", "services.db.workers=11..19/9", "--metric",
                                  "goodput"});
        QVERIFY(process.waitForStarted());
        QTest::qWait(1500);
        QVERIFY(process.processId() > 0);
        ::kill(static_cast<pid_t>(process.processId()), SIGINT);
        const Program::Finished swept = Program::finish(process);
        QCOMPARE(swept.status, 130);
        QVERIFY2(swept.err.contains("interrupted while the scenarios were read"), qPrintable(swept.err));
    }

    void aPointThatIsSeldomMeasuredIsNotBest()
    {
        // At one call a second, e^-1 = 37 % of the runs of 1 s see none, so they have no p99.
        const QStringList base = {"sweep", "a.yaml", "--duration", "1s", "--metric", "p99"};
        const QString few = m_program.run(base + QStringList{"--vary", "clients.web.rate=1,200", "--seeds", "10"}).out.simplified();
        QVERIFY2(few.contains(QRegularExpression(" \\([1-9] of 10 seeds\\)")), qPrintable(few));
        QVERIFY2(few.contains("best p99: rate 200"), qPrintable(few));
        const QString one = m_program.run(base + QStringList{"--vary", "clients.web.rate=200"}).out.simplified();
        QVERIFY2(one.contains("1 combination, seed 7") && !one.contains("best"), qPrintable(one));
    }

    void aKnownMetastableWorldIsMapped()
    {
        const Program::Finished mapped = m_program.run(
            {"stability", "m.yaml", "--vary", "clients.web.rate=200,900,1500", "--trigger", "5s,10s", "--settle", "40s", "--json"});
        QVERIFY2(mapped.status == 0, qPrintable(mapped.err));
        const Json json = mapped.json();
        for (const Json &cell : json["rows"][0]["cells"])
            COMPARE_JSON(cell["state"], "recovers");
        for (const Json &cell : json["rows"][1]["cells"]) {
            COMPARE_JSON(cell["state"], "stays_down"); // although 900 calls a second fit
            QVERIFY(cell["goodput_before"] > 0.99);
            QVERIFY(cell["goodput_after"] < 0.5);
        }
        for (const Json &cell : json["rows"][2]["cells"])
            COMPARE_JSON(cell["state"], "overloaded_before"); // 1 500 never fit
        const QString text = m_program.run({"stability", "m.yaml", "--vary", "clients.web.rate=900", "--trigger", "5s"}).out;
        QVERIFY2(text.contains("DOWN") && text.contains("at 900/s it stays down after 5s"), qPrintable(text));
    }

    void badQuestionsGetOneClearError()
    {
        QVERIFY(m_program.run({"sweep", "a.yaml"}).err.contains("--vary is required"));
        QVERIFY(m_program.run({"sweep", "a.yaml", "--vary", "clients.wep.rate=1..2"}).err.contains("there is no client 'wep'"));
        QVERIFY(m_program.run({"sweep", "a.yaml", "--vary", "clients.web.rate=1,2", "--metric", "goodputt"}).err.contains("did you mean 'goodput'?"));
        QVERIFY(m_program.run({"sweep", "a.yaml", "--vary", "clients.web.rate=1,2", "--metric", "utilisation"}).err.contains("utilisation@db"));
        const Program::Finished seed = m_program.run({"sweep", "a.yaml", "--vary", "seed=1,2"});
        QCOMPARE(seed.status, 2);
        QVERIFY2(seed.err.contains("--vary seed would change nothing") && seed.err.contains("--seeds N"), qPrintable(seed.err));
        const Program::Finished range = m_program.run({"sweep", "a.yaml", "--vary", "policies.client.0.failure_rate_threshold=50%,150%"});
        QCOMPARE(range.status, 2); // the loader's own message
        QVERIFY2(range.err.contains("150") && range.err.contains("failure_rate_threshold"), qPrintable(range.err));
        QVERIFY(m_program.run({"stability", "a.yaml", "--vary", "clients.web.rate=1,2"}).err.contains("--trigger is required"));
        QVERIFY(m_program.run({"stability", "a.yaml", "--vary", "clients.web.rate=1,2", "--trigger", "1s", "--fault", "3"}).err.contains("one fault, number 0"));
    }

private:
    const QString kPath = HALFOPEN_BINARY_DIR "/bin/halfopen";
    Program m_program{kPath};
};

QTEST_GUILESS_MAIN(TestCliSweep)
#include "tst_cli_sweep.moc"
