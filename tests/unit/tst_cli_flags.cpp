// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What somebody meets who uses the program for the first time: flags, names, lengths, messages, tables.
#include "tests/support/json_schema_check.h"
#include "tests/support/program.h"

#include <QDir>
#include <QObject>
#include <QRegularExpression>
#include <QTest>
#include <cmath>

using namespace halfopen::test;
using Json = nlohmann::json;

namespace {

/// Evenly spaced calls whose rate trebles after 5 s, 100 a second on the mean; a fault that has no end of its own.
constexpr const char *kSteps = R"yaml(# Question: how long?
halfopen: 1
name: steps
duration: 60s
services:
  db: { workers: 100, service_time: 1ms }
clients:
  web: { arrivals: { constant: { steps: [ { from: 0s, rate: 50/s }, { from: 5s, rate: 150/s } ] } }, mean_rate: 100/s, calls: [ db ] }
)yaml";

constexpr const char *kEndless = R"yaml(# Question: how long?
halfopen: 1
name: endless
duration: 10s
services:
  db: { workers: 100, service_time: 1ms }
clients:
  web: { arrivals: { constant: 100/s }, calls: [ db ] }
faults:
  - { on: db, from: 5s, error: { probability: 100% } }
expect:
  - { goodput: "<= 60%", from: 5s }
)yaml";

constexpr const char *kBreaker = R"yaml(# Question: which?
halfopen: 1
name: breaker
seed: 7
duration: 6s
services:
  db: { workers: 20, queue: 50, service_time: { exponential: 10ms } }
clients:
  web: { arrivals: { poisson: 200/s }, calls: [ { to: db, policies: client } ] }
policies:
  client:
    - circuit_breaker: { failure_rate_threshold: 40%, window: { kind: count, size: 30, minimum_calls: 10 }, recovery_timeout: 700ms }
    - timeout: 200ms
faults:
  - { on: db, from: 2s, for: 2s, error: { probability: 80% } }
)yaml";

} // namespace

class TestCliFlags : public QObject {
    Q_OBJECT
private slots:
    void initTestCase()
    {
        QVERIFY2(QFile::exists(kPath), "build the target halfopen first");
        m_program.write("steps.yaml", kSteps);
        m_program.write("endless.yaml", kEndless);
        m_program.write("breaker.yaml", kBreaker);
    }

    // ---- flags
    void aSeedIsAWholeNumber()
    {
        for (const char *bad : {"abc", "-1", "1.5", "18446744073709551616", "0x10", ""}) {
            const Program::Finished run = m_program.run({"run", "steps.yaml", QString("--seed=") + bad});
            QCOMPARE(run.status, 2);
            QVERIFY2(run.err.contains("--seed") && (*bad == '\0' || run.err.contains("a whole number from 0 to 18446744073709551615")),
                     qPrintable(run.err));
        }
        const Json json = m_program.run({"run", "steps.yaml", "--seed", "18446744073709551615", "--json"}).json();
        QCOMPARE(json["seed"].get<std::uint64_t>(), ~std::uint64_t{0});
    }

    void anUnknownFlagGetsItsNeighbour()
    {
        for (const QString command : {"run", "check", "compare", "sweep", "stability", "explain"}) {
            const Program::Finished run = m_program.run({command, "steps.yaml", "--sed", "7"});
            QCOMPARE(run.status, 2);
            QCOMPARE(run.err, QString("halfopen: error: there is no flag --sed\n  hint: did you mean --seed?\n"));
        }
        QVERIFY(m_program.run({"run", "--sed=7"}).err.contains("did you mean --seed?"));
        const Program::Finished far = m_program.run({"run", "--xyzzy"});
        QCOMPARE(far.err, QString("halfopen: error: there is no flag --xyzzy\n  hint: 'halfopen run --help' lists the flags\n"));
    }

    void callAndProcessAreWholeNumbers()
    {
        for (const char *flag : {"--call", "--process"})
            for (const char *bad : {"abc", "-1", "1.5"}) {
                const Program::Finished explained = m_program.run({"explain", "breaker.yaml", QString(flag) + '=' + bad});
                QCOMPARE(explained.status, 2);
                QVERIFY2(explained.err.contains(QString("expected a whole number from 0 to %1").arg(
                             QString(flag) == "--call" ? "18446744073709551615 (2^64 - 1)" : "4294967295")),
                         qPrintable(explained.err));
            }
    }

    // ---- length
    void durationChangesTheScenarioAndNotOnlyTheRun()
    {
        // 100 a second on the mean of the ten seconds that are run, not of the sixty that the file has: there it would be 706.
        const Json run = m_program.run({"run", "steps.yaml", "--duration", "10s", "--json"}).json();
        QVERIFY(std::abs(run["clients"]["web"]["offered"].get<int>() - 1000) <= 2);
        COMPARE_JSON(run["fingerprint"], m_program.run({"run", "steps.yaml", "--set", "duration=10s", "--json"}).json()["fingerprint"]);
        const Json swept = m_program.run({"sweep", "steps.yaml", "--duration", "10s", "--vary", "clients.web.rate=100,200", "--metric",
                                          "offered", "--json"}).json();
        QVERIFY(std::abs(swept["points"][0]["metrics"]["offered"]["mean"].get<double>() - 1000) <= 2);
        QVERIFY(std::abs(swept["points"][1]["metrics"]["offered"]["mean"].get<double>() - 2000) <= 2);
        const Json compared = m_program.run({"compare", "steps.yaml", "--duration", "10s", "--variant", "w:services.db.workers=50", "--json"}).json();
        for (const Json &variant : compared["variants"])
            QVERIFY(std::abs(variant["figures"]["attempts"]["mean"].get<double>() - 1000) <= 2);
        // A fault without an end lasts to the end of the run: a quarter of 20 s is good.
        const Json longer = m_program.run({"run", "endless.yaml", "--duration", "20s", "--json"}).json();
        const double good = longer["clients"]["web"]["succeeded"].get<double>() / longer["clients"]["web"]["offered"].get<double>();
        QVERIFY2(std::abs(good - 0.25) < 0.002, qPrintable(QString::number(good)));
    }

    void whatLiesBehindTheEndIsSaidOnce()
    {
        const Program::Finished run = m_program.run({"run", "endless.yaml", "--duration", "3s"});
        QCOMPARE(run.status, 0);
        QCOMPARE(run.err, QString("note: the run ends after 3s, before 1 of 1 fault and 1 of 1 expectation\n"));
        QVERIFY2(run.out.contains("expectations: 0 of 0 met, 1 not reached") && !run.out.contains("\u2717"), qPrintable(run.out));
        const Program::Finished told = m_program.run({"run", "endless.yaml", "--duration", "3s", "--json", "--report", "short.html"});
        const Json expectation = told.json()["expectations"][0];
        COMPARE_JSON(expectation["met"], false);
        COMPARE_JSON(expectation["reached"], false);
        const QString page = m_program.read("short.html");
        QVERIFY(page.contains("not reached") && page.contains("0 of 0") && !page.contains("missed<"));
        QVERIFY(m_program.run({"run", "endless.yaml", "--duration", "7s"}).err.isEmpty());
        COMPARE_JSON(m_program.run({"run", "endless.yaml", "--duration", "7s", "--json"}).json()["expectations"][0]["reached"], true);
        const Program::Finished compared =
            m_program.run({"compare", "endless.yaml", "--duration", "3s", "--variant", "a:services.db.workers=50", "--variant", "b:services.db.workers=70"});
        QCOMPARE(compared.err, run.err); // and nothing else
        QVERIFY(m_program.run({"run", "endless.yaml", "--duration", "900h"}).err.contains("--duration"));
        const Program::Finished twice = m_program.run({"sweep", "steps.yaml", "--duration", "3s", "--vary", "duration=1s,2s"});
        QCOMPARE(twice.status, 2);
        QVERIFY2(twice.err.contains("leave one out"), qPrintable(twice.err));
    }

    // ---- names
    void aShippedScenarioMayBeNamedWithoutItsFolder()
    {
        Program program(kPath);
        for (const char *folder : {"a", "b", "c"})
            QDir(program.folder()).mkdir(folder);
        program.write("a/slow-db.yaml", kSteps);
        program.write("b/two.yaml", kSteps);
        program.write("c/two.yaml", kSteps);
        program.setVariable("HALFOPEN_SCENARIOS", program.folder());
        for (const char *name : {"slow-db", "a/slow-db", "b/two"})
            QCOMPARE(program.run({"run", name}).status, 0);
        QVERIFY(program.run({"run", "two"}).err.contains("'two' may be 'b/two' or 'c/two': give the folder, too"));
        for (const char *name : {"slow_db", "slwo-db", "a/slow_db"})
            QVERIFY2(program.run({"run", name}).err.contains("did you mean 'a/slow-db'?"), name);
        QVERIFY(program.run({"run", "nothing-like-it"}).err.contains("'halfopen list' shows them"));
    }
    void theRecordedIncidentGoesByBothNames()
    {
        const auto fingerprint = [&](const char *name) {
            const Program::Finished run = m_program.run({"run", name, "--duration", "2s", "--json"});
            return run.status == 0 ? run.json()["fingerprint"].get<std::string>() : "status " + std::to_string(run.status);
        };
        const std::string one = fingerprint("recorded-brownout");
        QVERIFY2(one.starts_with("0x"), one.c_str());
        QCOMPARE(fingerprint("incidents/recorded-brownout"), one);
    }

    // ---- messages
    void aListOfKeysIsPrintedOnce()
    {
        m_program.write("keys.yaml", "halfopen: 1\nservices:\n  db: { zzzz: 3, yyyy: 3 }\n  orders: { xxxx: 1 }\n"
                                     "clients: { web: { arrivals: { poisson: 3/s }, calls: [ db ] } }\n");
        const QString err = m_program.run({"run", "keys.yaml"}).err;
        QCOMPARE(err.count("unknown key"), 3);
        QCOMPARE(err.count("its keys are"), 1);
        QCOMPARE(err.count("hint: as in line 3, above"), 2);
        QCOMPARE(m_program.run({"check", "keys.yaml"}).err, err);
    }

    void brokenIndentationIsExplained_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("hint");
        QTest::newRow("between two") << "halfopen: 1\nservices:\n  db: {}\n clients: {}\n"
                                     << "line 4 is indented by 1 space, but what is above it is indented by 2 spaces (line 3) or not at all (line 2): "
                                        "indent it like one of these";
        QTest::newRow("an item") << "halfopen: 1\npolicies:\n  p:\n    - timeout: 3s\n   - retry: {}\n"
                                 << "line 5 is indented by 3 spaces, but what is above it is indented by 4 spaces (line 4) or by 2 spaces (line 3) "
                                    "or not at all (line 2): indent it like one of these";
        QTest::newRow("too deep") << "halfopen: 1\nservices:\n  db:\n    workers: 3\n     queue: 4\n"
                                  << "line 5 is indented by 5 spaces, line 4 by 4 spaces: what belongs together begins in the same column";
        QTest::newRow("mixed") << "halfopen: 1\nservices:\n  - db: 3\n  orders: 4\n"
                               << "line 3 begins with '-' and line 4 in the same column does not: a list and a map cannot be mixed";
        QTest::newRow("open brace") << "halfopen: 1\nservices:\n  db: { workers: 3\nclients: {}\n" << "a '{' above is not closed by '}'";
        QTest::newRow("colon in a text") << "halfopen: 1\nname: a: b\n" << "a text that holds ': ' stands in quotes";
    }
    void brokenIndentationIsExplained()
    {
        QFETCH(QString, text);
        QFETCH(QString, hint);
        m_program.write("broken.yaml", text);
        const Program::Finished run = m_program.run({"run", "broken.yaml"});
        QCOMPARE(run.status, 2);
        QVERIFY2(run.err.contains("this is not valid YAML") && run.err.contains("hint: " + hint + "\n"), qPrintable(run.err));
    }

    // ---- what is printed
    void oneIsNotManyAndRefusalsHaveNoLatency()
    {
        m_program.write("one.yaml", "halfopen: 1\nduration: 1500ms\nservices: { db: { workers: 1, service_time: 1s } }\n"
                                    "clients: { web: { arrivals: { constant: 1/s }, calls: [ { to: db } ] } }\n");
        const QString one = m_program.run({"run", "one.yaml"}).out;
        QVERIFY2(one.contains("1 call still in flight"), qPrintable(one));
        m_program.write("refused.yaml", "halfopen: 1\nduration: 2s\nservices: { db: {} }\n"
                                        "clients: { web: { arrivals: { constant: 10/s }, calls: [ { to: db, policies: p } ] } }\n"
                                        "policies: { p: [ { circuit_breaker: { mode: forced_open } } ] }\n");
        const QString refused = m_program.run({"run", "refused.yaml"}).out;
        QVERIFY2(QRegularExpression("\nweb .* 0\\.0 % .*-  +-  +-  +-\n").match(refused).hasMatch(), qPrintable(refused));
    }

    void noTableLosesAColumnInSilence()
    {
        for (const int width : {40, 60, 80, 100, 160}) {
            Program program(kPath);
            program.setVariable("COLUMNS", QString::number(width));
            program.write("breaker.yaml", kBreaker);
            const QString compared = program.run({"compare", "breaker.yaml", "--dialects", "resilience4j", "--seeds", "3"}).out;
            for (const char *title : {"goodput", "p50", "p99", "attempts", "trips", "time open", "detects in", "recovers in"})
                QVERIFY2(compared.count(QRegularExpression(QString("(^|  )%1(  |\n)").arg(title))) >= 2,
                         qPrintable(QString("%1 at %2:\n%3").arg(title).arg(width).arg(compared)));
            const QString run = program.run({"run", "breaker.yaml"}).out;
            // What is carried over to a library names its settings, which are longer than the narrowest terminal.
            for (const QString &text : {compared.section("settings by their meaning", 0, 0), run})
                for (const QString &line : text.split('\n'))
                    QVERIFY2(line.size() <= width, qPrintable(line));
            int missing = 0;
            for (const char *title : {"offered", "goodput", "good/s", "attempts/call", "p50", "p90", "p99", "p99\\.9", "share", "calls",
                                      "requests", "utilisation", "mean queue", "max queue", "rejected", "failed", "wasted work"})
                missing += run.contains(QRegularExpression(QString(" %1(  |\n)").arg(title))) ? 0 : 1;
            const auto said = QRegularExpression("([0-9]+) more columns?: widen the terminal\\s+or\\s+use --json").match(run);
            QCOMPARE(said.captured(1).toInt(), missing);
            QCOMPARE(missing == 0, width >= 100);
        }
    }

    void aSweepSaysWhatIsBestAndWhatIsNow()
    {
        const QStringList base = {"sweep", "breaker.yaml", "--metric", "goodput", "--seeds", "4", "--vary"};
        const QString clear = m_program.run(base + QStringList{"policies.client.1.after=1ms,200ms"}).out;
        QVERIFY2(clear.contains("best goodput: after 200ms, clearly"), qPrintable(clear));
        QVERIFY2(QRegularExpression("200ms .*best, now").match(clear).hasMatch(), qPrintable(clear));
        // The queue of 50 places is never full: 500 change nothing.
        const QString same = m_program.run(base + QStringList{"services.db.queue=50,500"}).out;
        QVERIFY2(!same.contains("best"), qPrintable(same)); // nothing is worse
        const Json json = m_program.run(base + QStringList{"services.db.queue=500,50,70", "--json"}).json();
        QVERIFY(!json.contains("best"));
        COMPARE_JSON(json["present_point"], 1);
        const QString one = m_program.run({"sweep", "breaker.yaml", "--vary", "clients.web.rate=100,200"}).out;
        QVERIFY2(one.contains("one seed, which says nothing about noise"), qPrintable(one));
        QVERIFY2(QRegularExpression("200/s .*now").match(one).hasMatch(), qPrintable(one));
        // The proposal names a setting that acts, and runs.
        const QString err = m_program.run({"sweep", "breaker.yaml"}).err;
        const QString axis = QRegularExpression("For example --vary (\\S+)").match(err).captured(1);
        QVERIFY2(axis.startsWith("policies.client.0."), qPrintable(err));
        QCOMPARE(m_program.run({"sweep", "breaker.yaml", "--vary", axis}).status, 0);
    }

    void aSlipOnTheCommandLineIsNamed_data()
    {
        QTest::addColumn<QStringList>("words");
        QTest::addColumn<QString>("error");
        const auto row = [](const char *error, const QStringList &words) { QTest::newRow(error) << words << QString(error); };
        row("there is no command 'defaults'\n", {"defaults", "--help"});
        row("'halfopen run breaker.yaml' runs a scenario\n", {"breaker.yaml"});
        row("'other.yaml' is one argument too many\n  hint: 'halfopen run' takes one scenario; 'halfopen compare' and 'halfopen check' take several\n",
            {"run", "breaker.yaml", "other.yaml"});
        row("'breaker.yaml' is one argument too many\n  hint: 'halfopen list --help' says what it takes\n", {"list", "breaker.yaml"});
        row("--set needs PATH=VALUE behind it\n", {"run", "--set"});
        row("there is no flag --settings\n", {"list", "--settings", "x"});
        row("--metric p99@wbe: there is no client, service or edge 'wbe' to measure 'p99' of; did you mean 'web'?\n",
            {"sweep", "breaker.yaml", "--vary", "services.db.queue=1,2", "--metric", "p99@wbe"});
        row("--vary services.db.worker=1: error: unknown key 'worker' in service 'db'\n", {"sweep", "breaker.yaml", "--vary", "services.db.worker=1,2"});
        row("--vary services.db.worker=1: error: unknown key 'worker' in service 'db'\n",
            {"stability", "breaker.yaml", "--vary", "services.db.worker=1,2", "--trigger", "1s"});
        row("there is no breaker 'client.'; there is client.0 on 'web -> db'; did you mean 'client.0'?\n", {"explain", "breaker.yaml", "--breaker", "client."});
        row("--process is 3, but 'web -> db' has one process, number 0\n", {"explain", "breaker.yaml", "--process", "3"});
    }
    void aSlipOnTheCommandLineIsNamed()
    {
        QFETCH(QStringList, words);
        QFETCH(QString, error);
        const Program::Finished run = m_program.run(words);
        QCOMPARE(run.status, 2);
        QVERIFY2(run.err.contains(error), qPrintable(run.err));
        QVERIFY2(run.out.isEmpty(), qPrintable(run.out));
    }

    void everyShortFormHasAValue()
    {
        const QString all = m_program.run({"help"}).out;
        const QRegularExpression topic("^  ([a-z_0-9]+)$", QRegularExpression::MultilineOption);
        int shortForms = 0;
        for (auto match = topic.globalMatch(all); match.hasNext();) {
            const QString name = match.next().captured(1);
            const QString page = m_program.run({"help", name}).out;
            QVERIFY2(!page.contains(": ` sets"), qPrintable(name));
            shortForms += page.contains("Short form: ");
        }
        QVERIFY(shortForms > 5);
        QVERIFY(m_program.run({"help", "call"}).out.contains("Short form: a name alone, `NAME`, sets 'to'."));
    }

private:
    const QString kPath = HALFOPEN_BINARY_DIR "/bin/halfopen";
    Program m_program{kPath};
};

QTEST_GUILESS_MAIN(TestCliFlags)
#include "tst_cli_flags.moc"
