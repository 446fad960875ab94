// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Runs the real program and reads what it says: exit statuses, messages and files are its
// interface.
#include "tests/support/json_schema_check.h"

#include <QDir>
#include <QFile>
#include <QObject>
#include <QProcess>
#include <QProcessEnvironment>
#include <QRegularExpression>
#include <QString>
#include <QStringList>
#include <QTemporaryDir>
#include <QTest>
#include <QXmlStreamReader>
#include <csignal>
#include <fstream>
#include <nlohmann/json.hpp>

using namespace halfopen::test;
using Json = nlohmann::json;

namespace {

/// A breaker that trips: half of the calls fail from 2 s to 4 s.
constexpr const char *kGood = R"yaml(# Question: does the breaker trip?
halfopen: 1
name: small
seed: 7
duration: 6s
services:
  db: { workers: 20, queue: 50, service_time: { exponential: 10ms } }
clients:
  web: { processes: 2, arrivals: { poisson: 400/s }, calls: [ { to: db, policies: client } ] }
policies:
  client:
    - retry: { max_attempts: 2, initial_delay: 20ms }
    - circuit_breaker: { failure_rate_threshold: 40%, window: { kind: count, size: 20, minimum_calls: 10 }, recovery_timeout: 500ms }
    - timeout: 200ms
faults:
  - { on: db, from: 2s, for: 2s, error: { probability: 80% } }
expect:
  - { trips: ">= 1", of: client, why: "a fault of 2 s is long enough" }
)yaml";

constexpr const char *kMissed = "  - { goodput: \">= 99.9%\", why: \"nobody notices\" }\n";

struct Finished {
    int status = -1;
    QString out;
    QString err;
};

} // namespace

class TestCli : public QObject {
    Q_OBJECT
private slots:
    void initTestCase()
    {
        QVERIFY2(QFile::exists(kProgram), "build the target halfopen first");
        write("good.yaml", kGood);
        write("missed.yaml", QString(kGood) + kMissed);
        write("broken.yaml", QString(kGood)
                                 .replace("max_attempts: 2", "max_atempts: 2")
                                 .replace("duration: 6s", "duration: -6s"));
    }

    // ---- conform
    void conformReplaysAFolderOfRecordings()
    {
        const Finished all = halfopen({"conform", HALFOPEN_SOURCE_DIR "/tests/data/vectors"});
        QVERIFY2(all.status == 0, qPrintable(all.out + all.err));
        QVERIFY2(all.out.startsWith(
                     "gobreaker-cb.jsonl.gz: 15 sequences, 3600 operations, 0 mismatches\n"),
                 qPrintable(all.out));
        QVERIFY2(all.out.endsWith(
                     "11 files: 261 sequences, 27639 operations, 0 mismatches\n"),
                 qPrintable(all.out));
    }

    void conformShowsTheFirstDifference()
    {
        write("places.jsonl",
              R"({"vec":"r4j.bulkhead","v":1,"seq":"a","ops":1,"cfg":{"maxConcurrentCalls":1,"maxWaitMs":0}}
{"op":"try","ok":0,"av":1,"max":1}
)");
        const Finished text = halfopen({"conform", "places.jsonl"});
        QCOMPARE(text.status, 1);
        QCOMPARE(text.out, QString("places.jsonl: 1 sequences, 1 operations, 1 mismatches\n"
                                   "  places.jsonl:2: sequence 'a': ok is 1, recorded 0, av is 0, "
                                   "recorded 1\n"
                                   "    {\"op\":\"try\",\"ok\":0,\"av\":1,\"max\":1}\n"));
        const Finished json = halfopen({"conform", "places.jsonl", "--json"});
        QCOMPARE(json.status, 1);
        const Json parsed = Json::parse(json.out.toStdString());
        QCOMPARE(parsed.at(0).at("mismatches").get<int>(), 1);
    }

    void conformRefusesWhatIsNoRecording()
    {
        const Finished scenario = halfopen({"conform", "good.yaml"});
        QCOMPARE(scenario.status, 2);
        QVERIFY2(scenario.err.contains("good.yaml:1: "), qPrintable(scenario.err));
        QCOMPARE(halfopen({"conform", "no-such-file.jsonl"}).status, 2);
        QCOMPARE(halfopen({"conform"}).status, 2);
    }

    // ---- run
    void runPrintsASummaryAndSucceeds()
    {
        const Finished run = halfopen({"run", "good.yaml"});
        QCOMPARE(run.status, 0);
        QVERIFY2(run.out.contains(QRegularExpression(
                     "client\\.1 on web -> db \\(2 processes\\): tripped [1-9]")),
                 qPrintable(run.out));
        QVERIFY(run.out.contains("expectations: 1 of 1 met"));
        QVERIFY2(run.err.isEmpty(), qPrintable(run.err)); // no progress line: stderr is no terminal
    }

    void missedExpectationDoesNotFailARun()
    {
        QCOMPARE(halfopen({"run", "missed.yaml"}).status, 0);
    }

    void sameSeedGivesTheSameBytesAndAnotherSeedDoesNot()
    {
        const QString first = halfopen({"run", "good.yaml", "--json"}).out;
        QCOMPARE(halfopen({"run", "good.yaml", "--json"}).out, first);
        QVERIFY(fingerprint(halfopen({"run", "good.yaml", "--json", "--seed", "8"}).out) !=
                fingerprint(first));
    }

    void jsonOfARealRunKeepsItsSchema()
    {
        const Finished run = halfopen({"run", "good.yaml", "--json"});
        std::ifstream schema(HALFOPEN_SOURCE_DIR "/resources/schema/run.schema.json");
        const Json report = Json::parse(run.out.toStdString());
        const auto problems = JsonSchemaCheck(Json::parse(schema)).problems(report);
        QVERIFY2(problems.empty(), problems.empty() ? "" : problems.front().c_str());
        // What the run itself must obey, whatever the numbers are.
        const Json &web = report["clients"]["web"];
        QCOMPARE(web["succeeded"].get<int>() + web["failed"].get<int>() +
                     report["calls_in_flight"].get<int>(),
                 web["offered"].get<int>());
        QVERIFY(web["attempts"] <= 2 * web["offered"].get<int>());
        for (const Json &breaker : report["breakers"]) {
            double sum = 0;
            for (const Json &ms : breaker["time_in_state_ms"])
                sum += ms.get<double>();
            QVERIFY(std::abs(sum - 6000) < 1e-6);
        }
    }

    void durationAndSettingsCanBeChanged()
    {
        const Json report = Json::parse(halfopen({"run", "good.yaml", "--json", "--duration", "1s",
                                                  "--set", "policies.client.0.max_attempts=1"})
                                            .out.toStdString());
        COMPARE_JSON(report["simulated_s"], 1.0);
        COMPARE_JSON(report["clients"]["web"]["retries"], 0);
    }

    void jsonBeforeTheScenarioDoesNotOverwriteIt()
    {
        const Finished run = halfopen({"run", "--json", "good.yaml"});
        QCOMPARE(run.status, 0);
        COMPARE_JSON(Json::parse(run.out.toStdString())["scenario"], "small");
        QCOMPARE(read("good.yaml"), QString(kGood));
        const Finished two = halfopen({"run", "good.yaml", "--json", "missed.yaml"});
        QCOMPARE(two.status, 2);
        QVERIFY(two.err.contains("would overwrite a scenario"));
    }

    void reportAndJsonAreWritten()
    {
        const Finished run = halfopen({"run", "good.yaml", "--report", "--json", "out.json"});
        QCOMPARE(run.status, 0);
        QVERIFY(run.err.contains("report: good-report.html"));
        QVERIFY(read("good-report.html").endsWith("</html>\n"));
        COMPARE_JSON(Json::parse(read("out.json").toStdString())["scenario"], "small");
        QVERIFY(run.out.contains("expectations:")); // the summary is still printed
    }

    void aFileThatCannotBeWrittenIsOneClearError()
    {
        const Finished run = halfopen({"run", "good.yaml", "--report", "no/such/folder/r.html"});
        QCOMPARE(run.status, 2);
        QCOMPARE(run.err, QString("halfopen: error: cannot write no/such/folder/r.html: No such "
                                  "file or directory\n"));
        QVERIFY(run.out.isEmpty()); // known before the run
        QCOMPARE(halfopen({"run", "good.yaml", "--json", "/dev/full"}).status, 2);
    }

    void logHoldsEveryTransitionAsALineOfJson()
    {
        const Finished run = halfopen({"run", "good.yaml", "--json", "--log-json", "log.jsonl"});
        QCOMPARE(run.status, 0);
        const Json report = Json::parse(run.out.toStdString());
        std::size_t transitions = 0, listed = 0, calls = 0;
        double last = 0;
        for (const QString &line : read("log.jsonl").split('\n', Qt::SkipEmptyParts)) {
            const Json entry = Json::parse(line.toStdString());
            COMPARE_JSON(entry["run"], report["run_id"]);
            QVERIFY(entry["t_ms"] >= last);
            last = entry["t_ms"];
            if (entry["event"] == "breaker_transition") {
                ++transitions;
                COMPARE_JSON(entry["client"], "web");
                QVERIFY(entry["breaker"].get<std::string>().starts_with("client.1["));
            }
            calls += entry["event"] == "call_ended" ? 1 : 0;
        }
        for (const Json &breaker : report["breakers"])
            listed += breaker["transitions"].size();
        QVERIFY(transitions > 0 && calls > 0);
        QCOMPARE(transitions, listed);
        const QString first = read("log.jsonl");
        halfopen({"run", "good.yaml", "--json", "--log-json", "log.jsonl"});
        QCOMPARE(read("log.jsonl"), first);
    }

    void humanLogIsAskedForByLevel()
    {
        const Finished run = halfopen({"run", "good.yaml", "--log-level", "info"});
        QVERIFY2(
            run.err.contains(QRegularExpression(
                "info [0-9.]+ s client\\.1\\[[01]\\] on web -> db: CLOSED to OPEN, failure rate")),
            qPrintable(run.err));
        const Finished wrong = halfopen({"run", "good.yaml", "--log-level", "loud"});
        QCOMPARE(wrong.status, 2);
        QVERIFY(wrong.err.contains("expected trace, debug, info, warn, error or off"));
    }

    void interruptKeepsWhatWasComputed()
    {
        QProcess process;
        prepare(process);
        process.start(kProgram, {"run", "good.yaml", "--duration", "700h", "--json"});
        QVERIFY(process.waitForStarted());
        QTest::qWait(700);
        QVERIFY(process.processId() > 0);
        ::kill(static_cast<pid_t>(process.processId()), SIGINT);
        QVERIFY(process.waitForFinished(20'000));
        QCOMPARE(process.exitStatus(), QProcess::NormalExit);
        QCOMPARE(process.exitCode(), 130);
        const Json report = Json::parse(process.readAllStandardOutput().toStdString());
        COMPARE_JSON(report["end"], "cancelled");
        QVERIFY(report["simulated_s"] < 2'520'000.0);
    }

    // ---- bad input
    void everyProblemOfABadScenarioIsReported()
    {
        const Finished run = halfopen({"run", "broken.yaml"});
        QCOMPARE(run.status, 2);
        QVERIFY2(run.err.contains(QRegularExpression("broken\\.yaml:5:[0-9]+: error: ")),
                 qPrintable(run.err));
        QVERIFY2(
            run.err.contains(QRegularExpression("broken\\.yaml:12:[0-9]+: error: .*max_atempts")),
            qPrintable(run.err));
        QVERIFY(run.out.isEmpty());
    }

    void badFlagsAreOneLineAndAHint_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QString>("message");
        QTest::newRow("unknown command")
            << QStringList{"rnu"}
            << "there is no command 'rnu'\n  hint: did you mean 'halfopen run'?";
        QTest::newRow("unknown flag") << QStringList{"run", "--sed", "7"} << "--sed";
        QTest::newRow("seed is no number")
            << QStringList{"run", "good.yaml", "--seed", "x"} << "--seed";
        QTest::newRow("bad duration")
            << QStringList{"run", "good.yaml", "--duration", "soon"} << "--duration";
        QTest::newRow("no time at all")
            << QStringList{"run", "good.yaml", "--duration", "0s"} << "--duration";
        QTest::newRow("set without a value")
            << QStringList{"run", "good.yaml", "--set", "seed"} << "--set takes path=value";
        QTest::newRow("missing file") << QStringList{"run", "nowhere.yaml"} << "nowhere.yaml";
        QTest::newRow("unknown scenario")
            << QStringList{"run", "nowhere"} << "no shipped scenario 'nowhere'";
        QTest::newRow("check without a file") << QStringList{"check"} << "FILE is required";
        QTest::newRow("unknown topic")
            << QStringList{"help", "circuit_braker"} << "did you mean 'circuit_breaker'?";
    }
    void badFlagsAreOneLineAndAHint()
    {
        QFETCH(QStringList, arguments);
        QFETCH(QString, message);
        const Finished run = halfopen(arguments);
        QCOMPARE(run.status, 2);
        QVERIFY2(run.err.contains(message), qPrintable(run.err));
        QVERIFY2(run.err.count('\n') <= 4, qPrintable(run.err));
        QVERIFY(run.out.isEmpty());
    }

    // ---- check
    void checkJudgesExpectations()
    {
        QCOMPARE(halfopen({"check", "good.yaml"}).status, 0);
        const Finished missed = halfopen({"check", "good.yaml", "missed.yaml"});
        QCOMPARE(missed.status, 1);
        QVERIFY(missed.out.contains("PASS good.yaml"));
        QVERIFY(missed.out.contains("FAIL missed.yaml"));
        QVERIFY(missed.out.contains("(nobody notices)"));
        QVERIFY(missed.out.contains("2 scenarios, 3 expectations: 2 met, 1 missed"));
        const Finished broken = halfopen({"check", "missed.yaml", "broken.yaml"});
        QCOMPARE(broken.status, 2);
        QVERIFY(broken.err.contains("broken.yaml:5:"));
        QVERIFY(broken.out.contains("FAIL missed.yaml")); // the good ones are judged all the same
    }

    void checkWritesJunit()
    {
        QCOMPARE(
            halfopen({"check", "missed.yaml", "broken.yaml", "--junit", "junit.xml", "-j", "2"})
                .status,
            2);
        QXmlStreamReader xml(read("junit.xml"));
        int cases = 0, failures = 0, errors = 0;
        while (!xml.atEnd()) {
            if (xml.readNext() != QXmlStreamReader::StartElement)
                continue;
            cases += xml.name() == QLatin1String("testcase");
            failures += xml.name() == QLatin1String("failure");
            errors += xml.name() == QLatin1String("error");
        }
        QVERIFY2(!xml.hasError(), qPrintable(xml.errorString()));
        QCOMPARE(cases, 3);
        QCOMPARE(failures, 1);
        QCOMPARE(errors, 1);
    }

    /// What cannot be judged fails a check, and text, JSON, JUnit and help say that it was not missed.
    void whatWasNotReachedFailsACheckAndIsNamed()
    {
        QFile file(m_folder.filePath("behind.yaml"));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(QByteArray(kGood) + "  - { goodput: \">= 1%\", from: 7s }\n");
        file.close();
        const Finished text = halfopen({"check", "behind.yaml", "--junit", "behind.xml"});
        QCOMPARE(text.status, 1);
        QVERIFY2(text.out.contains("not reached: goodput from 7s on, expected >= 1%: the run ended at 6s"), qPrintable(text.out));
        QVERIFY2(text.out.contains("1 met, 0 missed, 1 not reached, which fails a check"), qPrintable(text.out));
        const Json json = Json::parse(halfopen({"check", "behind.yaml", "--json"}).out.toStdString());
        QCOMPARE(json[0]["expectations"][0]["verdict"].get<std::string>(), std::string("met"));
        QCOMPARE(json[0]["expectations"][1]["verdict"].get<std::string>(), std::string("not_reached"));
        const QString junit = read("behind.xml");
        QVERIFY2(junit.contains("failures=\"0\" errors=\"1\"") && junit.contains("<error type=\"not_reached\""), qPrintable(junit));
        QVERIFY(halfopen({"check", "--help"}).out.contains("not reached"));
    }

    void threadsDoNotChangeTheResult()
    {
        const QStringList files{"good.yaml", "missed.yaml", "good.yaml", "missed.yaml"};
        QCOMPARE(halfopen(QStringList{"check", "--json", "-j", "1"} + files).out,
                 halfopen(QStringList{"check", "--json", "-j", "4"} + files).out);
    }

    void aFolderIsEveryScenarioInIt()
    {
        QDir(m_folder.path()).mkdir("folder");
        write("folder/a.yaml", kGood);
        write("folder/b.yaml", kGood);
        write("folder/notes.txt", "nothing");
        QVERIFY(halfopen({"check", "folder"}).out.contains("2 scenarios, 2 expectations: 2 met"));
    }

    // ---- list, help, version
    void listShowsTheScenariosOfTheFolder()
    {
        QDir(m_folder.path()).mkdir("shipped");
        write("shipped/one.yaml", kGood);
        write("shipped/two.yaml", "halfopen: 1\n");
        const Finished list =
            halfopen({"list"}, {{"HALFOPEN_SCENARIOS", m_folder.path() + "/shipped"}});
        QCOMPARE(list.status, 0);
        QVERIFY2(list.out.contains("one\n  ") && list.out.contains("does the breaker trip?"),
                 qPrintable(list.out));
        QVERIFY(list.out.contains("two\n  (does not load"));
        const Finished json =
            halfopen({"list", "--json"}, {{"HALFOPEN_SCENARIOS", m_folder.path() + "/shipped"}});
        COMPARE_JSON(Json::parse(json.out.toStdString())[0]["name"], "one");
        // A shipped scenario may be called by its name.
        QCOMPARE(
            halfopen({"run", "one"}, {{"HALFOPEN_SCENARIOS", m_folder.path() + "/shipped"}}).status,
            0);
        QCOMPARE(halfopen({"list"}, {{"HALFOPEN_SCENARIOS", "/nowhere"}}).status, 2);
    }

    void helpExplainsEveryTopicItLists()
    {
        const Finished all = halfopen({"help"});
        QCOMPARE(all.status, 0);
        int topics = 0;
        const QRegularExpression topic("^  ([a-z_0-9]+)$", QRegularExpression::MultilineOption);
        for (auto match = topic.globalMatch(all.out); match.hasNext(); ++topics) {
            const QString name = match.next().captured(1);
            const Finished page = halfopen({"help", name});
            QVERIFY2(page.status == 0 && page.out.size() > 40, qPrintable(name));
        }
        QVERIFY(topics > 20);
        const QString breaker = halfopen({"help", "circuit_breaker"}).out;
        QVERIFY2(breaker.contains("recovery_timeout\n      a duration") &&
                     breaker.contains("default 1m."),
                 qPrintable(breaker));
        QVERIFY(halfopen({"help", "gobreaker"}).out.contains("max_requests"));
        QVERIFY(halfopen({"help", "service"}).out.contains("\n  endpoints\n"));
        QVERIFY(halfopen({"help", "endpoint"}).out.contains("\n  service_time\n"));
        // A word with two meanings gets both pages.
        const QString error = halfopen({"help", "error"}).out;
        QVERIFY2(error.contains("probability") && error.contains("metric of an expectation"),
                 qPrintable(error));
    }

    /// What stands in a scenario can be asked for by the word that stands there.
    void helpExplainsWhatStandsInAScenario()
    {
        for (const auto &[word, says] : std::vector<std::pair<QString, QString>>{{"pool", "pool.max_wait"},
                                                                                {"worker", "worker.visibility_timeout"},
                                                                                {"pause", "pause.every"},
                                                                                {"slowdown", "slowdown.factor"},
                                                                                {"clients", "worker.workers"},
                                                                                {"services", "queue_discipline"},
                                                                                {"faults", "black_hole"},
                                                                                {"kinds", "black_hole"},
                                                                                {"policies", "bulkhead"},
                                                                                {"calls", "priority"},
                                                                                {"service", "service_time"},
                                                                                {"expect", "why"},
                                                                                {"arrivals", "closed_loop"},
                                                                                {"window", "window.minimum_calls"},
                                                                                {"queue_discipline", "a setting of service"},
                                                                                {"pool.size", "a setting of call"},
                                                                                {"max_hedges", "a setting of hedge"}}) {
            const Finished page = halfopen({"help", word});
            QVERIFY2(page.status == 0 && page.out.contains(says), qPrintable(word + ": " + page.out + page.err));
        }
        QVERIFY(halfopen({"help", "queue_disciplin"}).err.contains("did you mean 'queue_discipline'?"));
    }

    void schemaIsTheOneOfTheScenarioLanguage()
    {
        const Finished schema = halfopen({"schema"});
        QCOMPARE(schema.status, 0);
        COMPARE_JSON(Json::parse(schema.out.toStdString())["$schema"],
                     "http://json-schema.org/draft-07/schema#");
    }

    void everyCommandHasHelpWithExamples()
    {
        for (const QString command : {"run", "check", "explain", "compare", "sweep", "stability", "list", "help",
                                      "schema", "bench"}) {
            const Finished help = halfopen({command, "--help"});
            QCOMPARE(help.status, 0);
            QVERIFY2(help.out.contains("Examples:"), qPrintable(command));
        }
        QCOMPARE(halfopen({}).status, 2);
        QVERIFY(QRegularExpression("^halfopen [0-9]+\\.[0-9]+\\.[0-9]+\n$")
                    .match(halfopen({"--version"}).out)
                    .hasMatch());
    }

    void benchPrintsItsKeys()
    {
        const Finished bench = halfopen({"bench", "--quick", "--repetitions", "2", "--json"});
        QCOMPARE(bench.status, 0);
        const Json json = Json::parse(bench.out.toStdString());
        for (const char *key : {"rs1.calls_per_s", "rs1.ns_per_call", "rs1.ns_per_event",
                                "rs1.bytes_in_flight", "rs1.fingerprint", "rs2.ns_per_event",
                                "rs2.fingerprint", "machine.cpu", "machine.compiler", "machine.event_list_ns", "scaling.two_cores", "scaling.machine",
                                "rs1.scaling_all_cores"})
            QVERIFY2(json.contains(key), key);
        QVERIFY(json["scaling.machine"].is_null()); // not measured when it must be quick
        QVERIFY(json["rs1.calls_per_s"] > 0);
        QVERIFY(json["rs1.repeatable"]);
    }

    // ---- terminal
    void withoutUtf8TheOutputIsAscii()
    {
        const Finished run = halfopen({"run", "good.yaml"}, {{"LC_ALL", "C"}});
        for (const QChar c : run.out)
            QVERIFY(c == '\n' || (c.unicode() >= 0x20 && c.unicode() < 0x7f));
    }

    void widthIsObeyed()
    {
        for (const QString &line :
             halfopen({"run", "good.yaml"}, {{"COLUMNS", "60"}}).out.split('\n'))
            QVERIFY2(line.size() <= 60, qPrintable(line));
    }

private:
    const QString kProgram = HALFOPEN_BINARY_DIR "/bin/halfopen";
    QTemporaryDir m_folder;

    void write(const QString &name, const QString &text)
    {
        QFile file(m_folder.filePath(name));
        QVERIFY(file.open(QFile::WriteOnly));
        file.write(text.toUtf8());
    }
    QString read(const QString &name)
    {
        QFile file(m_folder.filePath(name));
        return file.open(QFile::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
    }
    void prepare(QProcess &process, const QMap<QString, QString> &variables = {})
    {
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert("LC_ALL", "C.UTF-8");
        environment.remove("COLUMNS");
        for (auto it = variables.begin(); it != variables.end(); ++it)
            environment.insert(it.key(), it.value());
        process.setProcessEnvironment(environment);
        process.setWorkingDirectory(m_folder.path());
    }
    Finished halfopen(const QStringList &arguments, const QMap<QString, QString> &variables = {})
    {
        QProcess process;
        prepare(process, variables);
        process.start(kProgram, arguments);
        if (!process.waitForFinished(120'000)) {
            process.kill();
            process.waitForFinished();
            return {};
        }
        return {process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1,
                QString::fromUtf8(process.readAllStandardOutput()),
                QString::fromUtf8(process.readAllStandardError())};
    }
    static QString fingerprint(const QString &json)
    {
        return QString::fromStdString(
            Json::parse(json.toStdString())["fingerprint"].get<std::string>());
    }
};

QTEST_GUILESS_MAIN(TestCli)
#include "tst_cli.moc"
