// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scenario/loader.h"
#include "simulators/simulation.h"
#include "simulators/vocabulary.h"

#include <QObject>
#include <QTest>

using namespace halfopen;

/// The determinism contract: the same scenario and seed give the same fingerprint whatever compiled the engine. These numbers
/// guard sameness, never correctness; a change that is meant to alter a run changes them and says why.
class TestFingerprints : public QObject {
    Q_OBJECT
private slots:
    void scenarioGivesItsFingerprint_data();
    void scenarioGivesItsFingerprint();
};

void TestFingerprints::scenarioGivesItsFingerprint_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<int>("seconds");
    QTest::addColumn<quint64>("fingerprint");
    QTest::newRow("rs1") << "bench/rs1.yaml" << 120 << quint64(0x92919ebe7bb04907);
    QTest::newRow("rs2") << "bench/rs2.yaml" << 60 << quint64(0x3801dd834051c7c7);
    QTest::newRow("retry storm") << "retry_storm.yaml" << 180 << quint64(0x7128c377bc445996);
    QTest::newRow("recorded brown-out") << "incidents/recorded-brownout.yaml" << 140 << quint64(0x5d6970e511bcc89f);
    QTest::newRow("fleet") << "fleet_of_breakers_never_trips.yaml" << 60 << quint64(0x9ddedf287ed085fb);
    QTest::newRow("slowdown") << "services/more_threads_less_throughput.yaml" << 120 << quint64(0x567f78fcc361e518);
    QTest::newRow("deadlines") << "services/deadlines_travel.yaml" << 180 << quint64(0xf6530e74f4b0be88);
    QTest::newRow("workers") << "services/outage_eats_the_deliveries.yaml" << 300 << quint64(0x76b0e78322b22a29);
    QTest::newRow("pauses") << "services/pauses_make_the_tail.yaml" << 600 << quint64(0x1ff3fd94ce957b16);
    QTest::newRow("endpoints") << "services/slow_endpoint_starves_the_fast.yaml" << 120 << quint64(0xf9c9cd8a6a6e5519);
    QTest::newRow("pools") << "services/pool_moves_the_queue.yaml" << 300 << quint64(0x7c40393eb1f30810);
}

void TestFingerprints::scenarioGivesItsFingerprint()
{
    QFETCH(QString, file);
    QFETCH(int, seconds);
    QFETCH(quint64, fingerprint);
    const std::string path = HALFOPEN_SOURCE_DIR "/scenarios/" + file.toStdString();
    const LoadResult loaded = loadScenarioFile(path, standardVocabulary());
    QVERIFY(loaded.ok());
    RunOptions options;
    options.duration = std::chrono::seconds(seconds);
    Simulation sim(loaded.scenario, options);
    sim.runToEnd();
    const RunRecord record = sim.snapshot();
    QVERIFY(record.end == RunEnd::Finished);
    QCOMPARE(QString::number(record.fingerprint, 16), QString::number(fingerprint, 16));
}

QTEST_GUILESS_MAIN(TestFingerprints)
#include "tst_fingerprints.moc"
