// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scenario/loader.h"
#include "simulators/simulation.h"
#include "simulators/study/background_work.h"
#include "simulators/vocabulary.h"

#include <QObject>
#include <QTest>

#include <numeric>
#include <thread>

using namespace halfopen;
using namespace std::chrono_literals;

namespace {

struct Cell {
    std::shared_ptr<const Scenario> scenario;
    std::uint64_t seed = 0;
};

/// The fingerprint of every cell, each run by whichever of the threads is free.
std::vector<std::uint64_t> fingerprints(const std::vector<Cell> &cells, unsigned threads)
{
    std::vector<std::uint64_t> found(cells.size());
    std::vector<std::size_t> order(cells.size());
    std::iota(order.begin(), order.end(), std::size_t(0));
    BackgroundWork work;
    work.start(order, [&](std::size_t index, const std::stop_token &) {
        RunOptions options;
        options.seed = cells[index].seed;
        options.duration = std::min(Duration(20s), cells[index].scenario->duration);
        Simulation simulation(cells[index].scenario, options);
        simulation.runToEnd();
        found[index] = simulation.snapshot().fingerprint;
    }, threads);
    while (work.isRunning())
        std::this_thread::sleep_for(1ms);
    return found;
}

} // namespace

/// Cells of a sweep and replications share nothing: on two threads each has the fingerprint that it has on one.
class TestTwoThreads : public QObject {
    Q_OBJECT
private slots:
    void everyCellHasItsFingerprint()
    {
        std::vector<Cell> cells;
        for (const char *file : {"retry_storm.yaml", "fleet_of_breakers_never_trips.yaml", "services/pool_moves_the_queue.yaml",
                                 "services/outage_eats_the_deliveries.yaml", "incidents/recorded-brownout.yaml"}) {
            const LoadResult loaded = loadScenarioFile(std::string(HALFOPEN_SOURCE_DIR "/scenarios/") + file, standardVocabulary());
            QVERIFY2(loaded.ok(), file);
            for (std::uint64_t seed = 1; seed <= 4; ++seed)
                cells.push_back({loaded.scenario, seed});
        }
        const std::vector<std::uint64_t> one = fingerprints(cells, 1);
        QCOMPARE(fingerprints(cells, 2), one);
        QCOMPARE(fingerprints(cells, 5), one); // more than there are cores
        for (std::size_t i = 1; i < one.size(); ++i)
            QVERIFY(one[i] != one[i - 1]); // they are different runs
    }
};

QTEST_GUILESS_MAIN(TestTwoThreads)
#include "tst_two_threads.moc"
