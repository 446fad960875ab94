// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/run_record.h"
#include "ui/help/help_panel.h"
#include "ui/main_window.h"
#include "ui/theme.h"
#include "ui/tracks_area.h"
#include "ui/tuning/layer_group.h"
#include "ui/tuning/setting_row.h"
#include "ui/views/view.h"

#include <QAction>
#include <QApplication>
#include <QCheckBox>
#include <QElapsedTimer>
#include <QEvent>
#include <QFile>
#include <QLineEdit>
#include <QObject>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>

#include <algorithm>
#include <ctime>
#include <functional>
#include <memory>
#include <string>
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

/// A chain of calls through ten services, twenty times, each edge with a breaker and a timeout of its own.
std::string worldOf200()
{
    std::string services, clients, stacks;
    const auto callTo = [](int service) {
        const std::string number = std::to_string(service);
        return "calls: [ { to: service" + number + ", policies: edge" + number + " } ]";
    };
    for (int i = 0; i < 200; ++i) {
        if (i % 10 == 0)
            clients += "  client" + std::to_string(i) + ": { arrivals: { poisson: 20/s }, " + callTo(i) + " }\n";
        services += "  service" + std::to_string(i) + ": { workers: 20, queue: 50, service_time: { exponential: 1ms }" +
                    (i % 10 == 9 ? std::string() : ", " + callTo(i + 1)) + " }\n";
        stacks += "  edge" + std::to_string(i) + ":\n" +
                  "    - circuit_breaker: { failure_rate_threshold: 40%, recovery_timeout: 2s }\n    - timeout: 200ms\n";
    }
    return "halfopen: 1\nname: large\nseed: 1\nduration: 60s\nservices:\n" + services + "clients:\n" + clients +
           "policies:\n" + stacks + "faults:\n  - { on: service5, from: 10s, for: 10s, error: { probability: 80% } }\n";
}

} // namespace

/// The whole window with every view and the real engine, as fast as possible.
/// How often something was painted.
class PaintCounter : public QObject {
public:
    PaintCounter() { qApp->installEventFilter(this); }
    int paints = 0;
    bool eventFilter(QObject *, QEvent *event) override
    {
        paints += event->type() == QEvent::Paint;
        return false;
    }
};

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

        // To the end of its ten million calls.
        gaps.clear();
        clock.invalidate();
        beat.start(4);
        QTRY_VERIFY_WITH_TIMEOUT(window.controller()->state() == RunController::State::Finished, 240000);
        beat.stop();
        const RecordPtr record = window.controller()->record();
        QVERIFY(record->edgeTotals[0].offered > 9'900'000);
        if (!gaps.empty()) {
            std::sort(gaps.begin(), gaps.end());
            qInfo("until the end of %.1f M calls: event loop gap p99 %.1f ms, longest %.1f ms; the aim is 50 ms",
                  double(record->edgeTotals[0].offered) * 1e-6, gaps[gaps.size() * 99 / 100], gaps.back());
            QVERIFY2(gaps.back() < 2000, "the window stood still");
        }
        measureFrames(window, record);
        measureHelp(window);
    }

    /// A large world is opened and run: its form is not made in one go, and only as far as somebody wants to see it.
    void aWorldOf200ServicesOpensInPieces()
    {
        QVERIFY(applyTheme(*qApp, ThemeKind::Dark));
        QTemporaryDir folder;
        const QString path = folder.filePath("large.yaml");
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(QByteArray::fromStdString(worldOf200()));
        file.close();
        MainWindow window(simulationEngines(), std::make_unique<LabSettings>(folder.filePath("settings.ini")));
        window.show();
        QVERIFY(QTest::qWaitForWindowActive(&window));
        QTest::qWait(200);
        // The window's thread alone counts, not what other programs take: the processor time from turn to turn of its
        // event loop.
        double last = threadMilliseconds();
        std::vector<double> turns;
        QTimer turn;
        connect(&turn, &QTimer::timeout, this, [&] {
            const double now = threadMilliseconds();
            turns.push_back(now - last);
            last = now;
        });
        turn.start(0);
        QVERIFY(window.openScenario(path, true));
        QTRY_VERIFY_WITH_TIMEOUT(window.controller()->record() && window.controller()->record()->edges.size() == 200, 20000);
        QTRY_COMPARE_WITH_TIMEOUT(window.findChildren<LayerGroup *>().size(), 400, 20000);
        QVERIFY2(turns.size() > 2, "the window did not answer in between");
        turn.stop();
        QCOMPARE(window.findChildren<SettingRow *>().size(), 0);
        std::sort(turns.begin(), turns.end(), std::greater<>());
        qInfo("the longest turns of the event loop: %.1f, %.1f, %.1f ms; the aim is 50 ms", turns[0], turns[1], turns[2]);
    }

private:
    /// The help is opened while the window shows a big run: the first page, another one, and a search with its first hit.
    static void measureHelp(MainWindow &window)
    {
        std::vector<double> longest;
        const auto step = [&longest](const char *what, const std::function<void()> &change) {
            const double before = threadMilliseconds();
            change();
            QCoreApplication::processEvents();
            longest.push_back(threadMilliseconds() - before);
            qInfo("help, %s: %.1f ms; the aim is 50 ms", what, longest.back());
        };
        HelpPanel *help = window.helpPanel();
        step("first page", [&] { window.showHelp("views#breakers"); });
        step("another page", [&] { window.showHelp("circuit_breaker#window.size"); });
        step("search", [&] { window.findChild<QAction *>("help_topics")->trigger(); });
        step("words", [&] { help->searchLine()->setText("retry budget"); });
        step("first hit", [&] { QTest::keyClick(help->searchLine(), Qt::Key_Return); });
        QCOMPARE(help->place(), QString("retry_budget"));
        QVERIFY2(*std::max_element(longest.begin(), longest.end()) < 1000, "the help held the window up");
    }
    /// Processor time of the window's thread for one more snapshot of the run, drawn in every view: what other programs
    /// take does not count.
    static double frameOf(const std::function<void()> &change)
    {
        const double before = threadMilliseconds();
        change();
        QElapsedTimer clock;
        clock.start();
        while (clock.elapsed() < 60) // the views draw at the next refresh of the screen
            QCoreApplication::processEvents(QEventLoop::AllEvents, 5);
        return threadMilliseconds() - before;
    }
    static double threadMilliseconds()
    {
        timespec now{};
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
        return double(now.tv_sec) * 1e3 + double(now.tv_nsec) * 1e-6;
    }
    static void report(const char *what, std::vector<double> frames)
    {
        std::sort(frames.begin(), frames.end());
        qInfo("%s: p50 %.1f ms, p95 %.1f ms, longest %.1f ms; the aim is 16 ms", what, frames[frames.size() / 2],
              frames[frames.size() * 95 / 100], frames.back());
    }
    void measureFrames(MainWindow &window, const RecordPtr &record)
    {
        window.resize(1920, 1200);
        for (Track *track : window.tracks()->tracks())
            track->setExpanded(true);
        for (QCheckBox *box : window.tracks()->findChildren<QCheckBox *>())
            box->setChecked(true); // the heat map, too
        QTest::qWait(500);
        const double idle = frameOf([] {});
        constexpr int kFrames = 40;
        std::vector<double> played, moved;
        const PaintCounter counter;
        const auto play = [&] { emit window.controller()->recordChanged(std::make_shared<const RunRecord>(*record)); };
        for (int i = 0; i < kFrames; ++i)
            played.push_back(frameOf(play) - idle);
        const TimeRange whole{Instant(), Instant(std::chrono::seconds(60))};
        for (int i = 0; i < kFrames; ++i) {
            const Duration cut = std::chrono::milliseconds(200 * (i + 1));
            moved.push_back(frameOf([&] { window.timeAxis()->setVisibleRange({whole.from + cut, whole.to - cut}); }) - idle);
        }
        report("a snapshot of ten million calls in every view", played);
        report("all views at another range of time", moved);
        int drawn = 0; // a view without a size would cost nothing
        for (Track *track : window.tracks()->tracks())
            drawn += track->view()->isVisible() && track->view()->height() > 60 ? 1 : 0;
        QVERIFY(drawn >= 6);
        std::nth_element(played.begin(), played.begin() + kFrames / 2, played.end());
        QVERIFY2(counter.paints >= kFrames, "hardly anything was drawn");
        QVERIFY2(played[kFrames / 2] < 2000 && moved[0] < 2000, "far from any screen refresh");
    }
};

QTEST_MAIN(TestWatchdog)
#include "tst_watchdog.moc"
