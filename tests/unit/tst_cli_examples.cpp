// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The examples of the help pages run: on small worlds with the names of the shipped ones.
#include "app/commands/command.h"
#include "tests/support/program.h"

#include <QObject>
#include <QRegularExpression>
#include <QTest>

using namespace halfopen;
using namespace halfopen::test;

namespace {

constexpr const char *kRetryStorm = R"yaml(# Question: a small retry_storm
halfopen: 1
name: retry_storm
duration: 50s
services:
  orders-db: { instances: 1, workers: 8, queue: 50, service_time: 5ms }
  orders:    { instances: 2, workers: 16, queue: 50, service_time: 2ms, calls: [ { to: orders-db, policies: db_client } ] }
clients:
  web: { processes: 2, arrivals: { poisson: 100/s }, calls: [ { to: orders, policies: edge } ] }
policies:
  edge: [ { timeout: 3s } ]
  db_client:
    - retry: { max_attempts: 3 }
    - circuit_breaker: { failure_rate_threshold: 50%, window: { kind: time, size: 5s, minimum_calls: 20 }, recovery_timeout: 5s }
    - timeout: 250ms
faults:
  - { on: orders-db, from: 5s, for: 5s, latency: { add: 400ms } }
)yaml";

/// The words of a line as a shell would have them; only double quotes are used in the examples.
QStringList wordsOf(const QString &line)
{
    return QProcess::splitCommand(line);
}

/// "  halfopen explain ..." lines, continued ones joined.
QStringList examplesIn(std::string_view details)
{
    QStringList examples;
    bool inExamples = false, continued = false;
    for (QString line : QString::fromUtf8(details.data(), static_cast<qsizetype>(details.size())).split('\n')) {
        inExamples = inExamples || line.startsWith("Examples:");
        if (!inExamples || line.startsWith("Examples:"))
            continue;
        line = line.trimmed();
        const bool goesOn = line.endsWith('\\');
        if (goesOn)
            line.chop(1);
        if (continued)
            examples.back() += line;
        else if (line.startsWith("halfopen "))
            examples << line;
        continued = goesOn;
    }
    return examples;
}

} // namespace

class TestCliExamples : public QObject {
    Q_OBJECT
private slots:
    void initTestCase()
    {
        QVERIFY2(QFile::exists(kPath), "build the target halfopen first");
        for (const char *name : {"retry_storm.yaml", "before.yaml", "after.yaml"})
            m_program.write(name, kRetryStorm);
        m_program.write("fleet_of_breakers_never_trips.yaml", QString(kRetryStorm).replace("db_client", "of_many"));
        m_program.setVariable("HALFOPEN_SCENARIOS", m_program.folder());
    }

    void theyRun_data()
    {
        QTest::addColumn<QString>("example");
        for (const Command &command : commands())
            for (const std::string_view name : {"explain", "compare", "sweep", "stability"})
                if (command.name == name)
                    for (const QString &example : examplesIn(command.details))
                        QTest::newRow(qPrintable(example)) << example;
    }
    void theyRun()
    {
        QFETCH(QString, example);
        QStringList words = wordsOf(example.section(" > ", 0, 0));
        words.removeFirst();
        // The fleet of this small world has two processes, not forty.
        words.replaceInStrings(QRegularExpression("^17$"), "1");
        const Program::Finished run = m_program.run(words);
        QVERIFY2(run.status == 0, qPrintable(run.err));
        QVERIFY(run.out.size() > 100);
    }

    void everyCommandHasSome()
    {
        for (const Command &command : commands())
            QVERIFY2(!examplesIn(command.details).isEmpty(), std::string(command.name).c_str());
    }

private:
    const QString kPath = HALFOPEN_BINARY_DIR "/bin/halfopen";
    Program m_program{kPath};
};

QTEST_GUILESS_MAIN(TestCliExamples)
#include "tst_cli_examples.moc"
