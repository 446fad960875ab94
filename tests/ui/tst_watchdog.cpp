// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/run_record.h"
#include "ui/main_window.h"
#include "ui/theme.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QFile>
#include <QObject>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>

#include <algorithm>
#include <memory>
#include <vector>

using namespace halfopen;

namespace {

/// Ten million calls in one minute of virtual time, in a fleet whose breakers trip all the time.
constexpr char kBusyScenario[] = R"(halfopen: 1
name: busy
seed: 3
duration: 60s
services:
  db: { instances: 10, workers: 100, queue: 50, service_time: { lognormal: { p50: 4ms, p99: 20ms } }, error_rate: 30% }
clients:
  web: { processes: 40, arrivals: { poisson: 167000/s }, calls: [ { to: db, policies: edge } ] }
policies:
  edge:
    - retry: { max_attempts: 3, initial_delay: 10ms }
    - circuit_breaker: { failure_rate_threshold: 30%, recovery_timeout: 1s }
    - timeout: 100ms
)";

} // namespace

/// The whole window with every view and the real engine, as fast as possible.
class TestWatchdog : public QObject {
    Q_OBJECT
private slots:
    void theWindowAnswersWhileABigRunPlays()
    {
        QVERIFY(applyTheme(*qApp, ThemeKind::Dark));
        QTemporaryDir folder;
        const QString path = folder.filePath("busy.yaml");
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(kBusyScenario);
        file.close();
        MainWindow window(simulationEngines(), std::make_unique<LabSettings>(folder.filePath("settings.ini")));
        window.show();
        QVERIFY(QTest::qWaitForWindowActive(&window));
        window.controller()->setSpeed(Speed::unlimited());
        QVERIFY(window.openScenario(path, true));
        QTRY_VERIFY(window.controller()->record() && window.controller()->record()->events > 0);

        std::vector<double> gaps;
        QElapsedTimer clock;
        QTimer beat;
        beat.setTimerType(Qt::PreciseTimer);
        connect(&beat, &QTimer::timeout, this, [&] {
            if (clock.isValid())
                gaps.push_back(double(clock.nsecsElapsed()) * 1e-6);
            clock.start();
        });
        beat.start(4);
        QElapsedTimer watch;
        watch.start();
        const std::uint64_t before = window.controller()->record()->edgeTotals[0].offered;
        QTest::qWait(4000);
        beat.stop();
        const double calls = double(window.controller()->record()->edgeTotals[0].offered - before);
        const double seconds = double(watch.elapsed()) * 1e-3;
        std::sort(gaps.begin(), gaps.end());
        QVERIFY(gaps.size() > 20);
        qInfo("%.2f M calls per minute of real time, %zu transitions; event loop gap p50 %.1f ms, p99 %.1f ms, "
              "longest %.1f ms", calls / seconds * 60e-6, window.controller()->record()->transitions.size(),
              gaps[gaps.size() / 2], gaps[gaps.size() * 99 / 100], gaps.back());
        QVERIFY2(window.controller()->record()->transitions.size() > 10, "a calm run would prove nothing");
        // On a free machine 50 ms is the aim; here other programs share the cores, and the bound proves the design:
        // a window that waited for the run would stand still for seconds.
        QVERIFY2(gaps.back() < 1000, "the window stood still");
    }
};

QTEST_MAIN(TestWatchdog)
#include "tst_watchdog.moc"
