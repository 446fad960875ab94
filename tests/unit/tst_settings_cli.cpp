// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Runs the real program with an environment and a settings file of its own.
#include <QDir>
#include <QFile>
#include <QObject>
#include <QProcess>
#include <QProcessEnvironment>
#include <QTemporaryDir>
#include <QTest>
#include <nlohmann/json.hpp>

using Json = nlohmann::json;

namespace {

constexpr const char *kProgram = HALFOPEN_BINARY_DIR "/bin/halfopen";
constexpr const char *kScenario = R"yaml(halfopen: 1
name: small
duration: 2s
services: { db: { workers: 20, service_time: 10ms, error_rate: 30% } }
clients: { web: { arrivals: { poisson: 100/s }, calls: [ { to: db, policies: client } ] } }
policies: { client: [ retry: { initial_delay: 20ms } ] }
expect: [ { goodput: ">= 1%", why: "always" } ]
)yaml";

struct Finished {
    int status = -1;
    QString out;
    QString err;
};

} // namespace

class TestSettingsCli : public QObject {
    Q_OBJECT

    Finished halfopen(const QStringList &arguments, const QMap<QString, QString> &variables = {})
    {
        QProcessEnvironment environment;
        environment.insert("PATH", qEnvironmentVariable("PATH"));
        environment.insert("LC_ALL", "C.UTF-8");
        environment.insert("COLUMNS", "400");
        environment.insert("XDG_CONFIG_HOME", m_folder.path());
        for (auto it = variables.begin(); it != variables.end(); ++it)
            environment.insert(it.key(), it.value());
        QProcess process;
        process.setProcessEnvironment(environment);
        process.setWorkingDirectory(m_folder.path());
        process.start(kProgram, arguments);
        if (!process.waitForFinished(60'000))
            return {};
        return {process.exitCode(), QString::fromUtf8(process.readAllStandardOutput()),
                QString::fromUtf8(process.readAllStandardError())};
    }
    void write(const QString &name, const QString &text)
    {
        QFile file(m_folder.filePath(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(text.toUtf8());
    }

    QTemporaryDir m_folder;

private slots:
    void initTestCase()
    {
        QVERIFY2(QFile::exists(kProgram), "build the target halfopen first");
        write("small.yaml", kScenario);
        write("mine.yaml", "defaults:\n  retry: { max_attempts: 6 }\n");
        write("bad.yaml", "defaults:\n  retry: { max_attempts: 600 }\n");
    }

    void settingsSaysWhereEachValueComesFrom()
    {
        const Finished plain = halfopen({"settings", "--json"});
        QCOMPARE(plain.status, 0);
        const Json all = Json::parse(plain.out.toStdString());
        for (const Json &one : all["settings"])
            QCOMPARE(one["from"].get<std::string>(), std::string("built_in"));
        QCOMPARE(halfopen({"settings", "--changed"}).out, QString("every default is built in\n"));

        const Finished changed = halfopen({"settings", "--json", "--changed", "--settings", "mine.yaml"},
                                          {{"CIRCUIT_BREAKER_RECOVERY_TIMEOUT", "5"}});
        const Json json = Json::parse(changed.out.toStdString());
        QCOMPARE(json["settings_file"].get<std::string>(), std::string("mine.yaml"));
        QCOMPARE(json["settings"].size(), std::size_t(2));
        const Json breaker = json["settings"][0];
        QCOMPARE(breaker["key"].get<std::string>(), std::string("recovery_timeout"));
        QCOMPARE(breaker["value"].get<std::string>(), std::string("5s"));
        QCOMPARE(breaker["built_in"].get<std::string>(), std::string("1m"));
        QCOMPARE(breaker["from"].get<std::string>(), std::string("environment"));
        QCOMPARE(breaker["where"].get<std::string>(), std::string("CIRCUIT_BREAKER_RECOVERY_TIMEOUT"));
        QCOMPARE(json["settings"][1]["where"].get<std::string>(), std::string("mine.yaml:2"));
        QVERIFY(halfopen({"settings"}, {{"RETRY_MAX_ATTEMPTS", "5"}}).out.contains("RETRY_MAX_ATTEMPTS"));
        // Without any setting five failures in a row open a breaker; with a failure rate among the defaults they do not.
        const QString builtIn = halfopen({"settings"}).out.simplified();
        QVERIFY2(builtIn.contains("failure_threshold none (then 5) failure_rate_threshold none window.kind"), qPrintable(builtIn));
        QVERIFY(builtIn.contains("half_open_max_calls none (then success_threshold)"));
        write("rate.yaml", "defaults:\n  circuit_breaker: { failure_rate_threshold: 50% }\n");
        const QString byRate = halfopen({"settings", "--settings", "rate.yaml"}).out.simplified();
        QVERIFY2(byRate.contains("failure_threshold none built in failure_rate_threshold 50%"), qPrintable(byRate));
        QVERIFY(!halfopen({"settings", "--json"}).out.contains("(then")); // there it can be read back
    }

    void aRunTellsWhatCameFromOutside()
    {
        const Json own = Json::parse(halfopen({"run", "small.yaml", "--json"}).out.toStdString());
        QVERIFY(own["settings"].empty());
        const Json other =
            Json::parse(halfopen({"run", "small.yaml", "--json"}, {{"RETRY_MAX_ATTEMPTS", "1"}}).out.toStdString());
        QVERIFY(own["fingerprint"] != other["fingerprint"]);
        QCOMPARE(other["settings"].dump(),
                 std::string(R"([{"built_in":"3","from":"RETRY_MAX_ATTEMPTS","path":"policies.client.0.max_attempts","value":"1"}])"));
        QCOMPARE(other["clients"]["web"]["retries"].get<int>(), 0);
        // What the scenario says itself wins, and nothing is reported.
        const Json set = Json::parse(halfopen({"run", "small.yaml", "--json", "--set", "policies.client.0.max_attempts=3"},
                                              {{"RETRY_MAX_ATTEMPTS", "1"}})
                                         .out.toStdString());
        QCOMPARE(set["fingerprint"].dump(), own["fingerprint"].dump());
        QVERIFY(set["settings"].empty());

        const QString line = "not the scenario's own: policies.client.0.max_attempts is 1 (built in 3, from RETRY_MAX_ATTEMPTS)\n";
        QVERIFY(halfopen({"check", "small.yaml"}, {{"RETRY_MAX_ATTEMPTS", "1"}}).out.contains(line));
        QVERIFY(halfopen({"run", "small.yaml"}, {{"RETRY_MAX_ATTEMPTS", "1"}}).out.contains(line));
        QVERIFY(!halfopen({"check", "small.yaml"}).out.contains("not the scenario's own"));
        QVERIFY(halfopen({"check", "small.yaml", "--settings", "mine.yaml"}).out.contains("is 6 (built in 3, from mine.yaml:2)"));
    }

    void badDefaultsAreRefusedByName()
    {
        const Finished variable = halfopen({"run", "small.yaml"}, {{"RETRY_MAX_ATTEMPTS", "lots"}});
        QCOMPARE(variable.status, 2);
        QVERIFY2(variable.err.contains("RETRY_MAX_ATTEMPTS is 'lots', expected a whole number, 1 to 100"), qPrintable(variable.err));
        QVERIFY(variable.out.isEmpty());
        const Finished file = halfopen({"settings", "--settings", "bad.yaml"});
        QCOMPARE(file.status, 2);
        QVERIFY2(file.err.contains("bad.yaml:2:26: error: 'max_attempts' is 600, expected 1 to 100"), qPrintable(file.err));
        const Finished missing = halfopen({"settings", "--settings", "none.yaml"});
        QCOMPARE(missing.status, 2);
        QVERIFY(missing.err.contains("none.yaml: the settings cannot be read: No such file or directory"));
        QCOMPARE(halfopen({"help", "retry"}, {{"RETRY_MAX_ATTEMPTS", "lots"}}).status, 0); // help must always work
    }

    void theStandardFileIsRead()
    {
        QVERIFY(QDir(m_folder.path()).mkpath("halfopen"));
        write("halfopen/settings.yaml", "defaults:\n  retry: { max_attempts: 2 }\n");
        const Json json = Json::parse(halfopen({"run", "small.yaml", "--json"}).out.toStdString());
        QVERIFY(QFile::remove(m_folder.filePath("halfopen/settings.yaml")));
        QCOMPARE(json["settings"].size(), std::size_t(1));
        QVERIFY(QString::fromStdString(json["settings"][0]["from"].get<std::string>()).endsWith("halfopen/settings.yaml:2"));
    }
};

QTEST_GUILESS_MAIN(TestSettingsCli)
#include "tst_settings_cli.moc"
