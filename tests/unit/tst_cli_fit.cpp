// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later

// halfopen fit: percentiles or a recording in, a service time for a scenario out.
#include "tests/support/program.h"

#include <QObject>
#include <QTest>
#include <cmath>

using namespace halfopen::test;

class TestCliFit : public QObject {
    Q_OBJECT
private slots:
    void printsWhatAScenarioCanUse()
    {
        const auto ran = m_program.run({"fit", "p50=16.78347ms", "p95=47.43865ms", "p99=66.38352ms"}); // Erlang of 2 stages
        QCOMPARE(ran.status, 0);
        QVERIFY2(ran.out.endsWith("service_time: { gamma: { shape: 2, mean: 20ms } }\n"), qPrintable(ran.out));
        m_program.write("s.yaml", "halfopen: 1\nduration: 60s\nservices: { db: { workers: unlimited, "
                                      + ran.out.section('\n', -2, -2) + " } }\nclients: { web: { arrivals: { constant: 500/s }, calls: [ db ] } }\n");
        const auto run = m_program.run({"run", "--json", "s.yaml"});
        QCOMPARE(run.status, 0);
        const auto service = run.json()["services"]["db"]["service_ms"];
        QVERIFY(std::abs(service["mean"].get<double>() - 20) < 0.5);
        QVERIFY(std::abs(service["p95"].get<double>() - 47.4) < 1.5);
    }

    void takesThePercentilesOfARecording()
    {
        QString lines;
        for (int i = 0; i < 400; ++i) // 1 to 400 ms, in a wild order; every fifth failed and does not count
            lines += QString("{\"ts\": %1, \"duration_ms\": %2, \"outcome\": \"%3\"}\n")
                         .arg(i * 0.1).arg(1 + i * 37 % 400).arg(i * 37 % 400 % 5 == 4 ? "error" : "ok");
        m_program.write("calls.jsonl", lines);
        const auto ran = m_program.run({"fit", "--json", "calls.jsonl"});
        QCOMPARE(ran.status, 0);
        const auto json = ran.json();
        // Of the 320 good ones (4 in each 5 ms) the median is number 160: 199 ms.
        QCOMPARE(json["measured_ms"]["p50"].get<double>(), 199.0);
        QVERIFY(json["families"].size() >= 3);
        QVERIFY(json["families"][0]["misfit"].get<double>() <= json["families"][1]["misfit"].get<double>());
    }

    void saysWhatIsWrong_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QString>("message");
        QTest::newRow("one percentile") << QStringList{"p50=12ms"} << "at least two percentiles";
        QTest::newRow("no percentile") << QStringList{"median=12ms", "p99=1s"} << "'median' is no percentile";
        QTest::newRow("no time") << QStringList{"p50=12", "p99=1s"} << "p50=12";
        QTest::newRow("falling") << QStringList{"p50=12ms", "p99=1ms"} << "must rise";
        QTest::newRow("no file") << QStringList{"nowhere.jsonl"} << "nowhere.jsonl";
        QTest::newRow("two files") << QStringList{"a.jsonl", "b.jsonl"} << "neither pNN=TIME nor the only argument";
    }
    void saysWhatIsWrong()
    {
        QFETCH(QStringList, arguments);
        QFETCH(QString, message);
        const auto ran = m_program.run(QStringList{"fit"} + arguments);
        QCOMPARE(ran.status, 2);
        QVERIFY2(ran.err.contains(message), qPrintable(ran.err));
    }

private:
    const QString kPath = HALFOPEN_BINARY_DIR "/bin/halfopen";
    Program m_program{kPath};
};

QTEST_GUILESS_MAIN(TestCliFit)
#include "tst_cli_fit.moc"
