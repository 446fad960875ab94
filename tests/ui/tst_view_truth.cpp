// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/comparison.h"
#include "core/run/run_record.h"
#include "simulators/explained_moment.h"
#include "simulators/simulation.h"
#include "tests/support/lab_window.h"
#include "tests/support/synthetic_run.h"
#include "tests/support/scenario_text.h"
#include "tests/support/tuned_scenario.h"
#include "ui/compare/compare_panel.h"
#include "ui/compare/variant.h"
#include "ui/format.h"
#include "ui/main_window.h"
#include "ui/models/chart_summary.h"
#include "ui/models/time_axis_model.h"
#include "ui/models/breaker_timeline.h"
#include "ui/models/call_story.h"
#include "ui/models/topology.h"
#include "ui/models/tuning_model.h"
#include "ui/theme.h"
#include "ui/tracks_area.h"
#include "ui/tuning/setting_row.h"
#include "ui/views/breaker_chart.h"
#include "ui/views/distribution_panel.h"
#include "ui/views/elided_label.h"
#include "ui/views/key_strip.h"
#include "ui/views/latency_chart.h"
#include "ui/views/legend_panel.h"
#include "ui/views/moment_panel.h"
#include "ui/views/registry.h"
#include "ui/views/stability_view.h"
#include "ui/views/study_axis_editor.h"
#include "ui/views/study_chart.h"
#include "ui/views/sweep_view.h"
#include "ui/views/time_chart.h"
#include "ui/views/topology_chart.h"
#include "ui/views/transition_panel.h"

#include <QAbstractItemView>
#include <QAction>
#include <QApplication>
#include <QCheckBox>
#include <QElapsedTimer>
#include <QFile>
#include <QImage>
#include <QLabel>
#include <QChart>
#include <QLineSeries>
#include <QListWidget>
#include <QPushButton>
#include <QRegularExpression>
#include <QScreen>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTableWidget>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

#include <algorithm>
#include <map>
#include <memory>
#include <set>
#include <tuple>

using namespace halfopen;
using namespace std::chrono_literals;

namespace {

std::shared_ptr<const Scenario> scenarioOf(const QByteArray &text)
{
    return test::loaded(text.toStdString());
}

RecordPtr runOf(const QByteArray &text)
{
    Simulation simulation(scenarioOf(text));
    simulation.runToEnd();
    return std::make_shared<const RunRecord>(simulation.snapshot());
}

QByteArray with(const char *before, const char *after)
{
    QByteArray text(test::kTunedScenario);
    const QByteArray changed = QByteArray(text).replace(before, after);
    if (changed == text)
        qFatal("nothing to replace");
    return changed;
}

/// One view of a run, shown.
struct Shown {
    TimeAxisModel axis;
    std::unique_ptr<View> view;

    explicit Shown(const char *id, const RecordPtr &record = nullptr, QSize size = {1000, 280})
    {
        for (const ViewType &type : viewTypes()) {
            if (QLatin1String(type.id) == QLatin1String(id))
                view.reset(type.create(&axis, nullptr));
        }
        view->resize(size);
        view->show();
        if (record)
            axis.setRun(record->duration, record->now);
        view->setRecord(record);
        if (!QTest::qWaitForWindowExposed(view.get()))
            qFatal("not shown");
        test::waitUntilDrawn();
    }
    template <typename T> T *find() const { return view->findChild<T *>(); }
    QStringList texts() const
    {
        QStringList all;
        for (const QLabel *label : view->findChildren<QLabel *>())
            all += label->text();
        return all;
    }
};

void moveTo(QWidget *widget, QPoint at)
{
    QMouseEvent move(QEvent::MouseMove, at, widget->mapToGlobal(at), Qt::NoButton, Qt::NoButton, {});
    QApplication::sendEvent(widget, &move);
}

/// The lab with a small scenario, run to its end.
struct Lab {
    QTemporaryDir folder;
    std::unique_ptr<MainWindow> window;

    Lab()
    {
        const QString path = folder.filePath("tuned.yaml");
        window = test::shownWindow(folder, simulationEngines(), {1600, 1200});
        if (!window->openScenario(test::writeFile(path, test::kTunedScenario)))
            qFatal("not opened");
        if (QTest::qWaitFor([this] { return window->controller()->hasRun(); }, 20000))
            window->controller()->seekTime(Instant(60s));
        if (!QTest::qWaitFor([this] { return isWhole(); }, 60000))
            qFatal("not run");
    }
    bool isWhole() const
    {
        const RecordPtr record = window->controller()->record();
        return record && record->end == RunEnd::Finished;
    }
    View *view(const QString &id) const
    {
        for (Track *track : window->tracks()->tracks()) {
            if (track->id() == id)
                return track->view();
        }
        return window->page(id);
    }
};

/// Eight breakers of one fleet, all OPEN from 2 s and HALF_OPEN from 4 s on.
RecordPtr halfOpenFleet()
{
    auto record = std::make_shared<RunRecord>();
    record->duration = 10s;
    record->bucketWidth = 1s;
    record->now = Instant(10s);
    record->events = 1;
    record->edges = {{"web -> db", "web", "db", "", 0, 8}};
    record->edgeTotals.resize(1);
    for (std::uint32_t i = 0; i < 8; ++i) {
        BreakerInfo info;
        info.name = "edge.1[" + std::to_string(i) + "]";
        info.process = i;
        record->breakers.push_back(info);
    }
    for (const auto &[at, from, to] : {std::tuple(Instant(2s), BreakerState::Closed, BreakerState::Open),
                                       std::tuple(Instant(4s), BreakerState::Open, BreakerState::HalfOpen)}) {
        for (std::uint32_t i = 0; i < 8; ++i)
            record->transitions.append({at, i, from, to, {}});
    }
    return record;
}

} // namespace

/// What the views show is what is there: of the run on screen, of the range that is named, and not by colour alone.
class TestViewTruth : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() { QVERIFY(applyTheme(*qApp, ThemeKind::Light)); }

    // ---- another run while the pointer rests in a chart

    void thePointerOnACallOfARunThatIsReplaced()
    {
        const RecordPtr many = runOf(test::kTunedScenario), none = runOf(with("poisson: 200/s", "poisson: 0.2/s"));
        QVERIFY(many->calls.size() > 4 * std::max<std::size_t>(1, none->calls.size()));
        Shown calls("calls", many);
        auto *chart = calls.find<TimeChart>();
        const std::size_t last = many->calls.size() - 1;
        calls.axis.setVisibleRange({many->calls[last].start - Duration(50ms), many->calls[last].end + Duration(50ms)});
        test::waitUntilDrawn();
        // Wherever its lane is: the pointer goes down the plot at its middle until a box tells a call.
        const auto x = int(chart->timeAxis().toPixel(many->calls[last].start + (many->calls[last].end - many->calls[last].start) / 2));
        moveTo(chart, {x, int(chart->plotRect().top()) + 7});
        for (int i = 0; i < 4; ++i) {
            test::waitUntilDrawn(); // longer than a frame: the next wish to draw is met at once
            calls.view->setRecord(i % 2 == 0 ? none : many);
            QTest::mouseClick(chart, Qt::LeftButton, {}, {x, int(chart->plotRect().top()) + 7}); // nothing was painted since
        }
        test::waitUntilDrawn();
        QCOMPARE(calls.find<TimeChart>()->record(), many);
    }

    void thePointerOnAMemberOfAFleetThatIsReplaced()
    {
        const RecordPtr six = runOf(with("processes: 2", "processes: 6")), one = runOf(with("processes: 2", "processes: 1"));
        QCOMPARE(six->breakers.size(), std::size_t(6));
        Shown breakers("breakers", six, {1000, 400});
        auto *chart = breakers.find<BreakerChart>();
        QTest::keyClick(chart, Qt::Key_Return); // opens the fleet
        test::waitUntilDrawn();
        const auto members = int(chart->plotRect().top()) + 18 + 18 + 8;
        for (const int row : {5, 3, 0}) {
            moveTo(chart, {int(chart->plotRect().center().x()), members + row * 14 + 7});
            for (const RecordPtr &record : {one, six, RecordPtr(), six, one, six}) {
                test::waitUntilDrawn();
                breakers.view->setRecord(record);
            }
        }
        test::waitUntilDrawn();
        QCOMPARE(chart->timeline().groups().size(), std::size_t(1));
    }

    /// Opened fleets are those of the run on screen: a fleet of another world at the same place was not opened by anybody.
    void anOpenedFleetIsForgottenWithItsWorld()
    {
        const RecordPtr six = runOf(with("processes: 2", "processes: 6")), one = runOf(with("processes: 2", "processes: 1"));
        Shown breakers("breakers", six, {1000, 400});
        auto *chart = breakers.find<BreakerChart>();
        const auto darkInMargin = [&] { // names of members stand in the left margin
            const QImage image = chart->grab().toImage();
            int dark = 0;
            for (int y = int(chart->plotRect().top()) + 44; y < int(chart->plotRect().top()) + 128; ++y) {
                for (int x = 2; x < int(chart->plotRect().left()); ++x) // the focus has a frame
                    dark += image.pixelColor(x, y).lightness() < 140;
            }
            return dark;
        };
        QCOMPARE(darkInMargin(), 0);
        QTest::keyClick(chart, Qt::Key_Return);
        test::waitUntilDrawn();
        QVERIFY(darkInMargin() > 0);
        breakers.view->setRecord(one); // no fleet
        test::waitUntilDrawn();
        QTest::keyClick(chart, Qt::Key_Return); // there is nothing to open
        breakers.view->setRecord(six);
        test::waitUntilDrawn();
        QCOMPARE(darkInMargin(), 0);
        QTest::keyClick(chart, Qt::Key_Return);
        test::waitUntilDrawn();
        QVERIFY(darkInMargin() > 0); // the first press opens
    }

    // ---- the axis of the outcomes

    /// A column of several buckets is drawn as their mean: the busiest of them, which nobody sees, makes no axis.
    void theOutcomesFillTheirAxis()
    {
        const RecordPtr record = runOf("halfopen: 1\nname: long\nduration: 20m\n"
                                       "services: { db: { workers: 90, service_time: 5ms } }\n"
                                       "clients: { web: { arrivals: { poisson: 20/s }, calls: [ { to: db } ] } }\n");
        Shown outcomes("outcomes", record);
        auto *chart = outcomes.find<TimeChart>();
        const QImage picture = chart->grab().toImage();
        const double ratio = picture.devicePixelRatio();
        const QRectF plot = chart->plotRect();
        const QRgb good = Theme::of(chart).outcome(OutcomeKind::Success).rgb();
        double top = plot.bottom();
        for (int y = int(plot.top() * ratio); y < int(plot.bottom() * ratio) && top == plot.bottom(); ++y)
            for (int x = int(plot.left() * ratio); x < int(plot.right() * ratio); ++x)
                if (picture.pixel(x, y) == good)
                    top = y / ratio;
        // A quarter for the axis, and some for calls that were begun before they ended and for the room of the faults' strip.
        const double empty = (top - plot.top()) / plot.height();
        QVERIFY2(empty < 0.4, qPrintable(QString::number(empty)));
    }

    // ---- Escape

    void escapeUnpinsACallBeforeItClearsTheSelection()
    {
        const RecordPtr record = runOf(test::kTunedScenario);
        Shown calls("calls", record);
        auto *chart = calls.find<TimeChart>();
        auto *story = calls.view->findChild<QLabel *>("call_story");
        QVERIFY(calls.view->showCall(record->calls[5].call));
        test::waitUntilDrawn();
        QVERIFY(story->isVisible());
        calls.axis.setSelection({Instant(1s), Instant(2s)});
        QTest::keyClick(chart, Qt::Key_Escape);
        QVERIFY(!story->isVisible());
        QVERIFY(calls.axis.selection());
        QTest::keyClick(chart, Qt::Key_Escape);
        QVERIFY(!calls.axis.selection());
        // From a control beside the chart, too.
        QVERIFY(calls.view->showCall(record->calls[5].call));
        calls.find<QCheckBox>()->setFocus();
        QTest::keyClick(calls.find<QCheckBox>(), Qt::Key_Escape);
        QVERIFY(!story->isVisible());
    }

    void escapeUnpinsATransitionInEveryView()
    {
        Lab lab;
        QVERIFY(!lab.window->controller()->record()->transitions.empty());
        lab.window->tracks()->setTrackShown("events", true);
        auto *chart = lab.window->findChild<BreakerChart *>();
        auto *events = lab.view("events");
        test::waitUntilDrawn();
        chart->setFocus();
        QTest::keyClick(chart, Qt::Key_Comma);
        QVERIFY(chart->pinned());
        auto *table = events->findChild<QAbstractItemView *>();
        QVERIFY(table->currentIndex().isValid());
        QTest::keyClick(chart, Qt::Key_Escape);
        QVERIFY(!chart->pinned());
        QVERIFY(!table->currentIndex().isValid());
    }

    void escapeUnpinsWhatWasPinnedFromAfar()
    {
        Lab lab;
        QVERIFY(!lab.window->controller()->record()->transitions.empty());
        auto *chart = lab.window->findChild<BreakerChart *>();
        auto *box = lab.view("latency")->findChild<QCheckBox *>();
        box->setFocus();
        QTest::keyClick(box, Qt::Key_Comma);
        QVERIFY(chart->pinned());
        const auto *reason = lab.view("breakers")->findChild<TransitionPanel *>();
        QTRY_VERIFY(reason->findChild<QWidget *>("fact")); // it is to be read
        lab.window->timeAxis()->setSelection({Instant(1s), Instant(2s)});
        QTest::keyClick(box, Qt::Key_Escape);
        QVERIFY(!chart->pinned());
        QVERIFY(lab.window->timeAxis()->selection());
        QTest::keyClick(box, Qt::Key_Escape);
        QVERIFY(!lab.window->timeAxis()->selection());
    }

    /// OPEN counts nothing and HALF_OPEN only its trials: the counts that tripped the breaker are no part of what it decides there.
    void theReasonShowsOnlyWhatDecided()
    {
        const RecordPtr record = runOf(test::kTunedScenario);
        TransitionPanel panel;
        const auto factsOf = [&](BreakerState from, BreakerState to) {
            std::map<QString, QString> facts;
            for (std::size_t i = 0; i < record->transitions.size(); ++i) {
                if (record->transitions[i].from != from || record->transitions[i].to != to)
                    continue;
                panel.showTransition(record, i);
                for (const QWidget *fact : panel.findChildren<QWidget *>("fact")) {
                    const auto labels = fact->findChildren<QLabel *>();
                    facts[labels.at(0)->text()] = labels.at(1)->text();
                }
                break;
            }
            return facts;
        };
        auto facts = factsOf(BreakerState::Closed, BreakerState::Open);
        QVERIFY(facts.contains("Calls in the window") && !facts.contains("Threshold") && !facts.contains("Failures in a row"));
        QCOMPARE(facts["Failure-rate threshold"].remove(QChar(0xa0)).remove(' '), QString("50.0%"));
        QVERIFY(facts.contains("of them failed") && !facts.contains("of them slow")); // nothing says when a call is slow: none is counted
        facts = factsOf(BreakerState::Open, BreakerState::HalfOpen);
        QCOMPARE(facts["Recovery timeout"].replace(QChar(0xa0), ' '), QString("5 s"));
        QVERIFY(facts["Open for"].startsWith("5"));
        QCOMPARE(facts.size(), std::size_t(2));
        facts = factsOf(BreakerState::HalfOpen, BreakerState::Closed);
        QCOMPARE(facts["Trial calls"], facts["Trial calls wanted"]);
        QVERIFY(facts["of them failed"].startsWith("0 (0"));
        QCOMPARE(facts.size(), std::size_t(3));
    }

    /// A moment takes the place of a transition, here and elsewhere.
    void aMomentReplacesAPinnedTransition()
    {
        const RecordPtr record = runOf(test::kTunedScenario);
        QVERIFY(!record->transitions.empty());
        Shown breakers("breakers", record);
        auto *panel = breakers.find<TransitionPanel>();
        breakers.view->showTransition(0);
        QTRY_VERIFY(panel->isVisible());
        QSignalSpy dropped(breakers.view.get(), &View::transitionDropped);
        breakers.axis.setCursor(record->transitions[0].at + Duration(1s));
        QTest::keyClick(breakers.find<BreakerChart>(), Qt::Key_E);
        QCOMPARE(dropped.size(), 1);
        QTRY_VERIFY(breakers.find<MomentPanel>()->isVisible());
        QVERIFY(!panel->isVisible());
    }

    /// What the resting pointer asks goes with the pointer; what was clicked stays until Escape.
    void aMomentUnderThePointerGoesWithIt()
    {
        const RecordPtr record = runOf(test::kTunedScenario);
        Shown breakers("breakers", record);
        auto *chart = breakers.find<BreakerChart>();
        auto *answer = breakers.find<MomentPanel>();
        const QPoint band(int(chart->timeAxis().toPixel(Instant(30s))), int(chart->plotRect().top()) + 26);
        const auto leave = [](QWidget *widget) {
            QEvent event(QEvent::Leave);
            QApplication::sendEvent(widget, &event);
        };
        moveTo(chart, band);
        QTRY_VERIFY_WITH_TIMEOUT(answer->isVisible(), 60000);
        QVERIFY(!chart->holdsSomething()); // Escape is not used up by it
        QVERIFY(!breakers.view->holdsSomething());
        // It may be read, and scrolled: the way to it leads out of the chart.
        leave(chart);
        QEnterEvent enter({5, 5}, {5, 5}, answer->mapToGlobal(QPointF(5, 5)));
        QApplication::sendEvent(answer->parentWidget(), &enter);
        QTest::qWait(400);
        QVERIFY(answer->isVisible());
        leave(answer->parentWidget());
        QTRY_VERIFY(!answer->isVisible());
        // Out of the chart for good.
        moveTo(chart, band);
        QTRY_VERIFY_WITH_TIMEOUT(answer->isVisible(), 60000);
        leave(chart);
        QTRY_VERIFY(!answer->isVisible());
        // Clicked.
        moveTo(chart, band);
        QTest::mouseClick(chart, Qt::LeftButton, {}, band);
        QTRY_VERIFY_WITH_TIMEOUT(answer->isVisible(), 60000);
        leave(chart);
        QTest::qWait(400);
        QVERIFY(answer->isVisible());
        QVERIFY(chart->holdsSomething());
        QTest::keyClick(chart, Qt::Key_Escape);
        QTRY_VERIFY(!answer->isVisible());
        QVERIFY(!chart->holdsSomething());
    }

    void escapeAndFollowWorkFromTheControlsOfAView()
    {
        Lab lab;
        auto *box = lab.view("latency")->findChild<QCheckBox *>();
        QVERIFY(box->isVisible());
        box->setFocus();
        lab.window->timeAxis()->setSelection({Instant(1s), Instant(2s)});
        QTest::keyClick(box, Qt::Key_Escape);
        QVERIFY(!lab.window->timeAxis()->selection());
        const bool before = lab.window->timeAxis()->isFollowing();
        QTest::keyClick(box, Qt::Key_F);
        QVERIFY(lab.window->timeAxis()->isFollowing() != before);
    }

    // ---- what the figures are about

    void theTopologySaysNowWhereTheCursorIsInTheFuture()
    {
        auto record = test::syntheticRun({.played = 90s, .callsPerBucket = 30});
        Shown topology("topology", record);
        const auto caption = [&] { return topology.find<ElidedLabel>()->text(); };
        topology.axis.setCursor(Instant(30s));
        QVERIFY2(caption().contains("30"), qPrintable(caption()));
        topology.axis.setCursor(record->now);
        QCOMPARE(caption(), QString("Now"));
        topology.axis.setCursor(Instant(160s));
        QCOMPARE(caption(), QString("Now"));
    }

    /// The fault lasts from 20 s to 25 s; at the end all is well again.
    void aSelectionHasTheWorstStateAndEveryFaultInIt()
    {
        const auto record = runOf(with("recovery_timeout: 5s", "recovery_timeout: 1s"));
        BreakerTimeline breakers;
        breakers.update(record);
        const auto opened = std::find_if(record->transitions.begin(), record->transitions.end(),
                                         [](const BreakerTransition &t) { return t.to == BreakerState::Open; });
        QVERIFY(opened != record->transitions.end());
        const TimeRange whole{Instant(1s), Instant(59s)};
        const Topology atEnd = topologyAt(*record, breakers, whole);
        QCOMPARE(int(atEnd.edges[0].state), int(BreakerState::Closed));
        QVERIFY(std::all_of(atEnd.nodes.begin(), atEnd.nodes.end(), [](const TopologyNode &n) { return n.faults.isEmpty(); }));
        Shown topology("topology", record, {420, 420});
        auto *chart = topology.find<TopologyChart>();
        topology.axis.setSelection(whole);
        QTRY_VERIFY2(chart->spoken().contains("OPEN"), qPrintable(chart->spoken()));
        const Topology throughout = topologyAt(*record, breakers, whole, TopologyStates::Throughout);
        QCOMPARE(int(throughout.edges[0].state), int(BreakerState::Open));
        QCOMPARE(throughout.edges[0].open, 2u); // both had opened at some time
        QCOMPARE(throughout.edges[0].halfOpen, 0u);
        const auto db = std::find_if(throughout.nodes.begin(), throughout.nodes.end(), [](const TopologyNode &n) { return n.name == "db"; });
        QCOMPARE(db->faults.size(), 1);
        topology.axis.setSelection({Instant(1s), Instant(15s)}); // before all of it
        QTRY_VERIFY2(!chart->spoken().contains("OPEN"), qPrintable(chart->spoken()));
    }

    void sumsOverWholeBucketsSayOfWhich()
    {
        const RecordPtr record = runOf(test::kTunedScenario);
        const Duration bucket = record->bucketWidth;
        for (const char *id : {"outcomes", "latency", "retries"}) {
            Shown shown(id, record);
            const auto told = [&] {
                test::waitUntilDrawn();
                const QWidget *side = QLatin1String(id) == QLatin1String("outcomes") ? static_cast<QWidget *>(shown.find<LegendPanel>())
                                                                                   : shown.find<DistributionPanel>();
                return side->accessibleDescription();
            };
            const Instant from = Instant() + 70 * bucket;
            const QString range = formatRange(from, from + bucket);
            shown.axis.setSelection({from + bucket / 4, from + bucket / 2});
            QVERIFY2(told().contains(range), qPrintable(told()));
            shown.axis.setSelection({from, from + bucket}); // as asked
            QVERIFY2(!told().contains(range), qPrintable(told()));
        }
    }

    void theOnlyBucketInViewHasLevelLines()
    {
        const RecordPtr record = runOf(test::kTunedScenario);
        Shown latency("latency", record);
        const Instant from = Instant() + 70 * record->bucketWidth;
        latency.axis.setVisibleRange({from + record->bucketWidth / 4, from + record->bucketWidth / 2});
        test::waitUntilDrawn();
        int lines = 0;
        for (QAbstractSeries *series : latency.find<LatencyChart>()->chart()->series()) {
            auto *line = qobject_cast<QLineSeries *>(series);
            if (!line || line->count() == 0)
                continue;
            ++lines;
            QCOMPARE(line->count(), 2);
            QVERIFY(line->at(0).x() <= (from + record->bucketWidth / 4).seconds());
            QVERIFY(line->at(1).x() >= (from + record->bucketWidth / 2).seconds());
            QCOMPARE(line->at(0).y(), line->at(1).y());
        }
        QCOMPARE(lines, 4);
    }

    // ---- the ghost

    void theGhostHasAKeyAndAValue()
    {
        const RecordPtr record = runOf(test::kTunedScenario), ghost = runOf(with("poisson: 200/s", "poisson: 100/s"));
        Shown outcomes("outcomes", record);
        auto *legend = outcomes.find<LegendPanel>();
        QVERIFY(!legend->accessibleDescription().contains("ghost"));
        outcomes.view->setGhost(ghost);
        outcomes.axis.setSelection({Instant(2s), Instant(18s)});
        test::waitUntilDrawn();
        // A hundred calls a second, and all of them are good before the fault.
        QVERIFY2(legend->accessibleDescription().contains("ghost: good calls"), qPrintable(legend->accessibleDescription()));
        outcomes.axis.setCursor(Instant(10s));
        test::waitUntilDrawn();
        const QString spoken = outcomes.find<TimeChart>()->spoken();
        QVERIFY2(spoken.contains("ghost: good calls"), qPrintable(spoken));
        Shown latency("latency", record);
        latency.view->setGhost(ghost);
        test::waitUntilDrawn();
        QVERIFY2(latency.find<KeyStrip>()->accessibleDescription().contains("ghost"), qPrintable(latency.find<KeyStrip>()->accessibleDescription()));
        QString reading;
        connect(latency.find<LatencyChart>(), &LatencyChart::readingChanged, this, [&reading](const QString &text) { reading = text; });
        latency.axis.setCursor(Instant(10s));
        QTRY_VERIFY2(reading.contains("ghost p99"), qPrintable(reading));
    }

    // ---- comparing variants

    void figuresOfAnotherScenarioGoWithIt()
    {
        std::shared_ptr<const Scenario> open = scenarioOf(test::kTunedScenario);
        ComparePanel panel([&open] { return open; });
        panel.resize(1000, 300);
        panel.show();
        QVERIFY(QTest::qWaitForWindowExposed(&panel));
        panel.setSource(ComparePanel::Source::Orders);
        panel.seeds()->setValue(2);
        panel.runButton()->click();
        QTRY_VERIFY_WITH_TIMEOUT(!panel.runner().isBusy(), 60000);
        QTRY_VERIFY(panel.figures()->isVisible());
        panel.renew(); // a setting was changed
        QVERIFY(panel.figures()->isVisible());
        open = scenarioOf(with("name: tuned", "name: other"));
        panel.takeScenario();
        QVERIFY(!panel.figures()->isVisible());
        panel.seeds()->setValue(1000);
        panel.runButton()->click();
        QVERIFY(panel.runner().isBusy());
        panel.takeScenario();
        QVERIFY(!panel.runner().isBusy());
        QVERIFY(!panel.figures()->isVisible());
    }

    void aStoppedComparisonIsCalledPartial()
    {
        const auto open = scenarioOf(test::kTunedScenario);
        ComparePanel panel([open] { return open; });
        panel.resize(1000, 300);
        panel.show();
        QVERIFY(QTest::qWaitForWindowExposed(&panel));
        panel.setSource(ComparePanel::Source::Orders);
        panel.seeds()->setValue(1000);
        const auto isTold = [&] {
            const auto labels = panel.findChildren<QLabel *>();
            return std::any_of(labels.begin(), labels.end(), [](const QLabel *label) {
                return label->isVisible() && label->text().contains("of 3000 runs");
            });
        };
        panel.runButton()->click();
        QTRY_VERIFY_WITH_TIMEOUT(panel.runner().done() >= 3, 60000);
        QVERIFY(!isTold());
        panel.runButton()->click();
        QVERIFY(!panel.runner().isBusy());
        QVERIFY(isTold());
        panel.seeds()->setValue(1);
        panel.runButton()->click();
        QTRY_VERIFY_WITH_TIMEOUT(!panel.runner().isBusy(), 60000);
        QVERIFY(!isTold());
    }

    void linesThatAreLeftOutAreCounted()
    {
        QByteArray a(test::kTunedScenario), b(test::kTunedScenario);
        for (int i = 0; i < 50; ++i) {
            a.replace("clients:\n", QStringLiteral("  a%1: { instances: 1, workers: %2, service_time: 10ms }\nclients:\n").arg(i).arg(i + 1).toUtf8());
            b.replace("clients:\n", QStringLiteral("  a%1: { instances: 1, workers: %2, service_time: 10ms }\nclients:\n").arg(i).arg(i + 2).toUtf8());
        }
        RunSource one, two;
        one.name = "one";
        two.name = "two";
        one.text = a.toStdString();
        two.text = b.toStdString();
        const auto rows = differencesOf(keptVariants({one, two}));
        QVERIFY(rows.size() > 60);
        QCOMPARE(rows.back().what, QString("and 40 more lines that differ")); // 50 in each text, 60 are shown
    }

    void aValueAndItsHalfWidthEndAtTheSamePlace()
    {
        const auto open = scenarioOf(test::kTunedScenario);
        ComparePanel panel([open] { return open; });
        panel.resize(1000, 300);
        panel.show();
        QVERIFY(QTest::qWaitForWindowExposed(&panel));
        panel.setSource(ComparePanel::Source::Orders);
        panel.seeds()->setValue(3);
        panel.runButton()->click();
        QTRY_VERIFY_WITH_TIMEOUT(!panel.runner().isBusy(), 60000);
        QTRY_COMPARE(panel.figures()->rowCount(), 3);
        const auto all = report::comparedFigures();
        static const QRegularExpression number("[0-9][0-9,]*(\\.[0-9]+)?");
        int counted = 0;
        for (std::size_t f = 0; f < all.size(); ++f) {
            for (int row = 0; row < 3; ++row) {
                const QString text = panel.figures()->item(row, int(f))->text();
                // A value and its half width end at the same place: the second digit of the half width, and for a mean of
                // counts never behind the first decimal.
                const bool isCount = all[f].unit == report::ComparedFigure::Unit::Count;
                for (const QString &line : text.split('\n')) {
                    std::set<qsizetype> digits;
                    for (auto it = number.globalMatch(line); it.hasNext();) {
                        const QRegularExpressionMatch match = it.next();
                        if (match.captured() != "0") // exactly nothing has no digits
                            digits.insert(std::max<qsizetype>(0, match.captured(1).size() - 1));
                    }
                    QVERIFY2(digits.size() <= 1, qPrintable(QString(all[f].title) + ": " + text));
                    QVERIFY2(!isCount || digits.empty() || *digits.begin() <= 1, qPrintable(QString(all[f].title) + ": " + text));
                }
                if (isCount)
                    counted += row > 0 && text.contains('\n') && text.contains(QChar(0xb1));
            }
        }
        QVERIFY(counted > 0);
    }

    // ---- what if

    /// The run of a point that was adopted is the run of the settings: nothing has to be run again.
    void anAdoptedPointIsTheRunOfTheSettings()
    {
        Lab lab;
        auto *tuning = lab.window->tuning();
        QVERIFY(tuning->edit(*tuning->find("policies.edge.2.after"), "300ms"));
        View *sweep = lab.view("sweep");
        const std::vector<Override> settings{{"policies.edge.0.max_attempts", "2"}};
        auto variant = std::make_shared<Scenario>(*scenarioOf(with("max_attempts: 4", "max_attempts: 2").replace("timeout: 250ms", "timeout: 300ms")));
        emit sweep->runPicked(variant, "2 attempts", settings);
        QTRY_VERIFY_WITH_TIMEOUT(lab.isWhole() && lab.window->controller()->record()->scenario == variant, 30000);
        const RecordPtr picked = lab.window->controller()->record();
        QCOMPARE(picked->scenario, std::shared_ptr<const Scenario>(variant));
        for (QPushButton *button : lab.window->findChildren<QPushButton *>()) {
            if (button->text() == "Adopt these values" && button->isVisible())
                QTest::mouseClick(button, Qt::LeftButton);
        }
        QCOMPARE(tuning->changedCount(), 2);
        lab.window->findChild<QAction *>("what_if")->trigger();
        QTest::qWait(300);
        QCOMPARE(lab.window->controller()->record(), picked);
        tuning->resetAll();
    }

    // ---- the panel of settings

    void theHelpOfASettingStaysOnTheScreen()
    {
        TuningModel model;
        model.setScenario(scenarioOf(test::kTunedScenario));
        SettingRow row(&model, *model.find("policies.edge.0.max_attempts"));
        row.resize(120, 80); // narrower than its help
        const QRect screen = QGuiApplication::primaryScreen()->availableGeometry();
        for (const QPoint corner : {screen.topLeft(), QPoint(screen.left(), screen.bottom() - 60), QPoint(screen.right() - 100, screen.bottom() - 60)}) {
            row.move(corner);
            row.show();
            QVERIFY(QTest::qWaitForWindowExposed(&row));
            QLabel *help = nullptr;
            for (QToolButton *button : row.findChildren<QToolButton *>()) {
                if (button->isVisible() && button->accessibleName().contains("help", Qt::CaseInsensitive))
                    button->click();
            }
            for (QLabel *label : row.findChildren<QLabel *>()) {
                if (label->windowFlags().testFlag(Qt::Popup) && label->isVisible())
                    help = label;
            }
            QVERIFY(help);
            // The offscreen platform moves each window by the frame of 2 pixels that it has there.
            QVERIFY2(screen.adjusted(-2, -2, 2, 2).contains(help->geometry()), qPrintable(QString("%1 %2").arg(help->x()).arg(help->y())));
            help->close();
            test::waitUntilDrawn();
        }
    }

    // ---- fleets

    void halfOpenMembersOfAFleetAreNotToldByColourAlone()
    {
        Shown breakers("breakers", halfOpenFleet());
        auto *chart = breakers.find<BreakerChart>();
        const QImage image = chart->grab().toImage();
        const auto coloursAt = [&](Instant at) { // in the band, without its edges
            std::set<QRgb> colours;
            const int x = int(chart->timeAxis().toPixel(at)), top = int(chart->plotRect().top()) + 18;
            for (int dx = 0; dx < 12; ++dx) {
                for (int y = top + 4; y < top + 14; ++y)
                    colours.insert(image.pixel(x + dx, y));
            }
            return colours.size();
        };
        QCOMPARE(coloursAt(Instant(3s)), std::size_t(1)); // OPEN: filled
        QVERIFY(coloursAt(Instant(7s)) > 1);              // HALF_OPEN: hatched
    }

    /// A member that never changed its state has all transitions of the others behind it.
    void theStatesOfALargeFleetAreThoseOfTheMoment()
    {
        constexpr std::uint32_t kMembers = 4000;
        const auto shown = std::make_shared<ExplainedMoment>();
        ExplainedMoment &moment = *shown;
        moment.record.edges = {{"web -> db", "web", "db", "", 0, kMembers}};
        for (std::uint32_t i = 0; i < kMembers; ++i) {
            BreakerInfo info;
            info.name = "edge.1[" + std::to_string(i) + "]";
            info.process = i;
            moment.record.breakers.push_back(info);
        }
        for (int i = 0; i < 50'000; ++i)
            moment.record.transitions.append({Instant(Duration(i)), 0, i % 2 == 0 ? BreakerState::Closed : BreakerState::Open,
                                              i % 2 == 0 ? BreakerState::Open : BreakerState::Closed, {}});
        moment.record.now = Instant(Duration(49'998)); // before the last one
        moment.layer.record = &moment.record;
        moment.layer.breaker = 1;
        moment.layer.ended = &moment.ended;
        moment.layer.refused = &moment.refused;
        moment.layer.stays = &moment.stays;
        MomentPanel panel;
        QElapsedTimer clock;
        clock.start();
        panel.showMoment(shown);
        const auto took = clock.elapsed();
        QStringList texts;
        for (const QLabel *label : panel.findChildren<QLabel *>())
            texts += label->text();
        const QString all = texts.join('\n');
        QVERIFY2(all.contains(formatCount(kMembers - 1) + " CLOSED, 1 OPEN"), qPrintable(all));
        qInfo("the states of %u members with 50,000 transitions behind them: %lld ms", kMembers, static_cast<long long>(took));
    }

    void anEjectedInstanceIsNotCalledOpen()
    {
        QFile file(QStringLiteral(HALFOPEN_SOURCE_DIR "/scenarios/patterns/outlier_ejection_removes_the_bad_one.yaml"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const RecordPtr record = runOf(file.readAll());
        const auto ejected = std::find_if(record->transitions.begin(), record->transitions.end(),
                                          [](const BreakerTransition &t) { return t.to == BreakerState::Open; });
        QVERIFY(ejected != record->transitions.end());
        Shown breakers("breakers", record);
        breakers.axis.setCursor(ejected->at + Duration(1ms));
        test::waitUntilDrawn();
        const QString spoken = breakers.find<BreakerChart>()->spoken();
        QVERIFY2(spoken.contains("of 20 ejected"), qPrintable(spoken));
        QVERIFY2(!spoken.contains("of 20 open"), qPrintable(spoken));
        QVERIFY2(breakers.texts().join(' ').contains("20 of them judge instances of a service (OPEN = ejected): "), qPrintable(breakers.texts().join(' ')));
    }

    void aWorldWithoutBreakersHasNoneOpen()
    {
        const RecordPtr record = runOf("halfopen: 1\nduration: 5s\nservices: { db: { workers: 2, service_time: 5ms } }\n"
                                       "clients: { web: { arrivals: { constant: 10/s }, calls: [ { to: db } ] } }\n");
        Shown breakers("breakers", record);
        const QString all = breakers.texts().join('\n');
        QVERIFY2(!all.contains("0 of 0"), qPrintable(all));
        QVERIFY2(all.contains("This scenario has no circuit breaker."), qPrintable(all));
    }

    void failedAndSlowCallsOfAWindowAreBothSeen()
    {
        WindowBar bar;
        bar.resize(200, bar.height());
        bar.setShares({.failed = 0.5, .slow = 0.5});
        const QImage image = bar.grab().toImage();
        const Theme &theme = Theme::of(&bar);
        int failed = 0, slow = 0;
        for (int y = 0; y < image.height(); ++y) {
            failed += image.pixelColor(50, y) == theme.error;
            bool isSlow = false;
            for (int x = 40; x < 60; ++x)
                isSlow = isSlow || image.pixelColor(x, y) == theme.timeout;
            slow += isSlow;
        }
        QCOMPARE(failed, 5);
        QVERIFY2(slow >= 4, qPrintable(QString::number(slow)));
    }

    void eachShareOfAWindowHasItsOwnThreshold()
    {
        WindowBar bar;
        bar.resize(200, bar.height());
        bar.setShares({.failed = 0.1, .slow = 0.5955, .failedThreshold = 0.5, .slowThreshold = 0.6});
        const QImage image = bar.grab().toImage();
        const Theme &theme = Theme::of(&bar);
        // Each stands out at its side, with its name beyond.
        const int name = QFontMetrics(Theme::axisFont()).height();
        const int above = name + 2, below = bar.height() - name - 3;
        const auto isNamed = [&](int from, int to) {
            int letters = 0;
            for (int y = from; y < to; ++y)
                for (int x = 0; x < image.width(); ++x)
                    letters += image.pixelColor(x, y) == theme.text;
            return letters > 40;
        };
        QVERIFY(isNamed(0, name));
        QVERIFY(isNamed(bar.height() - name, bar.height()));
        QCOMPARE(image.pixelColor(100, above), theme.text);
        QCOMPARE(image.pixelColor(120, below), theme.text);
        QVERIFY(image.pixelColor(120, above) != theme.text);
        QVERIFY(image.pixelColor(100, below) != theme.text);
        QVERIFY2(bar.toolTip().contains("Failure-rate threshold: 50.0") && bar.toolTip().contains("Slow-call-rate threshold: 60.0"), qPrintable(bar.toolTip()));
    }

    void namesOfTheComparisonGetTheRoomOfItsNumbers()
    {
        const RecordPtr record = runOf(test::kTunedScenario), ghost = runOf(with("failure_rate_threshold: 50%", "failure_rate_threshold: 60%"));
        Shown shown("comparison", record, {560, 400});
        shown.view->setGhost(ghost);
        auto *table = shown.find<QTableWidget>();
        QTRY_VERIFY(table->rowCount() > 3);
        test::waitUntilDrawn();
        int settings = 0;
        for (int row = 0; row < table->rowCount(); ++row) {
            const QTableWidgetItem *name = table->item(row, 0);
            QCOMPARE(name->toolTip(), name->text());
            if (!name->text().startsWith("policies."))
                continue;
            ++settings;
            const int wanted = QFontMetrics(name->font()).horizontalAdvance(name->text()) + 6;
            QVERIFY2(table->columnWidth(0) >= wanted, qPrintable(QString("%1: %2 of %3").arg(name->text()).arg(table->columnWidth(0)).arg(wanted)));
        }
        QVERIFY(settings > 0);
    }

    /// Of one breaker "0 of 1" says less than its state.
    void oneBreakerIsToldByItsState()
    {
        Simulation simulation(scenarioOf(with("processes: 2, ", "")));
        simulation.runUntil(Instant(23s));
        const auto record = std::make_shared<const RunRecord>(simulation.snapshot());
        QCOMPARE(record->breakers.size(), std::size_t(1));
        const QString state = breakerStateLabel(record->stateAt(0, record->now));
        const Shown shown("breakers", record);
        const QString all = shown.texts().join('\n');
        QVERIFY2(all.contains("The breaker is " + state + " now, "), qPrintable(all));
        QVERIFY2(breakersInWords(*record).startsWith("Breaker edge.1: " + state + ", "), qPrintable(breakersInWords(*record)));
    }

    // ---- folded tracks

    void aHiddenComparisonIsFilledWhenItIsShown()
    {
        const RecordPtr record = runOf(test::kTunedScenario), ghost = runOf(with("poisson: 200/s", "poisson: 100/s"));
        Shown shown("comparison", record);
        auto *table = shown.find<QTableWidget>();
        shown.view->hide();
        shown.view->setGhost(ghost);
        QTest::qWait(800);
        QCOMPARE(table->rowCount(), 0);
        shown.view->show();
        QTRY_VERIFY(table->rowCount() > 3);
    }

    // ---- studies

    void whatAStudyDrewStaysWhileTheTextIsTyped()
    {
        Lab lab;
        auto *sweep = qobject_cast<SweepView *>(lab.view("sweep"));
        lab.window->showPage(1);
        sweep->firstAxis()->setRange("1", "2", 2);
        sweep->runsEach()->setValue(1);
        sweep->startButton()->click();
        QTRY_VERIFY_WITH_TIMEOUT(!sweep->model()->isRunning(), 60000);
        QVERIFY(sweep->chart()->placeOf(0));
        // A comment is typed: the same scenario with another text.
        auto *tuning = lab.window->tuning();
        const auto before = tuning->scenario();
        auto typed = std::make_shared<Scenario>(*scenarioOf(with("# a comment to keep", "# another comment")));
        typed->path = before->path;
        tuning->setText(typed, *before);
        QVERIFY(sweep->model()->hasPlan());
        QVERIFY(sweep->chart()->placeOf(0));
        auto *stability = qobject_cast<StabilityView *>(lab.view("stability"));
        lab.window->showPage(2);
        stability->load()->setRange("100/s", "200/s", 2);
        stability->trigger()->setRange("1s", "2s", 2);
        stability->startButton()->click();
        QTRY_VERIFY_WITH_TIMEOUT(!stability->model()->isRunning(), 60000);
        QVERIFY(stability->chart()->placeOf(0));
        tuning->setText(before, *typed);
        QVERIFY(stability->chart()->placeOf(0));
    }

    void rangesOfAStudyAreThoseOfTheScenario()
    {
        TuningModel model;
        auto one = std::make_shared<Scenario>(*scenarioOf(test::kTunedScenario));
        one->path = "one.yaml";
        auto again = std::make_shared<Scenario>(*one);
        auto other = std::make_shared<Scenario>(*one);
        other->path = "other.yaml";
        model.setScenario(one);
        SweepView sweep;
        StabilityView stability;
        sweep.setTuning(&model);
        stability.setTuning(&model);
        QVERIFY(sweep.firstAxis()->choose("policies.edge.0.max_attempts"));
        const auto proposed = sweep.firstAxis()->axis()->values;
        sweep.firstAxis()->setRange("7", "9", 3);
        const auto lengths = stability.trigger()->axis()->values;
        stability.trigger()->setRange("3s", "4s", 2);
        model.setScenario(again); // read again
        QCOMPARE(sweep.firstAxis()->axis()->values, (std::vector<std::string>{"7", "8", "9"}));
        QCOMPARE(stability.trigger()->axis()->values, (std::vector<std::string>{"3s", "4s"}));
        model.setScenario(other);
        QCOMPARE(sweep.firstAxis()->axis()->values, proposed);
        QCOMPARE(stability.trigger()->axis()->values, lengths);
    }

    void aTriggerIsTheSameFaultWhereverItStands()
    {
        const QByteArray faults = "  - { on: db, from: 20s, for: 5s, latency: { add: 400ms } }\n";
        const QByteArray more = "  - { on: db, from: 40s, for: 1s, error: { probability: 50% } }\n";
        TuningModel model;
        auto one = std::make_shared<Scenario>(*scenarioOf(with(faults, faults + more)));
        one->path = "one.yaml";
        model.setScenario(one);
        StabilityView stability;
        stability.setTuning(&model);
        const QString chosen = stability.trigger()->parameter()->label;
        QVERIFY2(chosen.contains("latency"), qPrintable(chosen));
        auto swapped = std::make_shared<Scenario>(*scenarioOf(with(faults, more + faults)));
        swapped->path = "one.yaml";
        model.setScenario(swapped);
        QCOMPARE(stability.trigger()->parameter()->label, chosen);
    }

    void enterDoesNotBeginMoreRunsThanTheLimit()
    {
        TuningModel model;
        model.setScenario(scenarioOf(test::kTunedScenario));
        SweepView sweep;
        sweep.setTuning(&model);
        QVERIFY(sweep.firstAxis()->choose("policies.edge.1.recovery_timeout"));
        sweep.firstAxis()->setRange("1s", "60s", 200);
        QVERIFY(sweep.secondAxis()->choose("policies.edge.2.after"));
        sweep.secondAxis()->setRange("10ms", "1s", 200);
        sweep.runsEach()->setValue(1); // 40,000
        QVERIFY(!sweep.startButton()->isEnabled());
        emit sweep.firstAxis()->submitted(); // Enter in one of its fields
        QVERIFY(!sweep.model()->isRunning());
        QVERIFY(!sweep.model()->hasPlan());
    }

    void theOnlyPointIsNotTheBest()
    {
        SweepModel model;
        SweepPlan plan;
        plan.base = scenarioOf(test::kTunedScenario);
        plan.axes = {StudyAxis{"policies.edge.0.max_attempts", "Max attempts", true, {"1"}}};
        plan.seeds = {7};
        model.start(plan);
        QTRY_VERIFY_WITH_TIMEOUT(!model.isRunning(), 30000);
        QVERIFY(!model.best(model.find("goodput")));
        plan.axes[0].values = {"1", "1", "1"}; // the same three times
        model.start(plan);
        QTRY_VERIFY_WITH_TIMEOUT(!model.isRunning(), 30000);
        QVERIFY(!model.best(model.find("goodput")));
        plan.axes[0].values = {"1", "3"};
        model.start(plan);
        QTRY_VERIFY_WITH_TIMEOUT(!model.isRunning(), 30000);
        QVERIFY(model.best(model.find("goodput")));
    }

    void aHiddenSweepIsDrawnWhenItIsShown()
    {
        TuningModel model;
        model.setScenario(scenarioOf(test::kTunedScenario));
        SweepView sweep;
        sweep.resize(900, 500);
        sweep.setTuning(&model);
        QVERIFY(sweep.firstAxis()->choose("policies.edge.0.max_attempts"));
        sweep.firstAxis()->setRange("1", "2", 2);
        sweep.runsEach()->setValue(1);
        sweep.startButton()->click();
        QTRY_VERIFY_WITH_TIMEOUT(!sweep.model()->isRunning(), 30000);
        QVERIFY(!sweep.chart()->placeOf(1)); // nobody looks
        sweep.show();
        QVERIFY(QTest::qWaitForWindowExposed(&sweep));
        QVERIFY(sweep.chart()->placeOf(1));
    }

    void aMetricThatWasNotMeasuredIsNotAnother()
    {
        SweepModel model;
        SweepPlan plan;
        plan.base = scenarioOf(test::kTunedScenario);
        plan.axes = {StudyAxis{"policies.edge.0.max_attempts", "Max attempts", true, {"1"}}};
        plan.seeds = {7};
        model.start(plan);
        QTRY_VERIFY_WITH_TIMEOUT(!model.isRunning(), 30000);
        QVERIFY(model.find("goodput") < model.measured().size());
        QCOMPARE(model.find("no such figure"), model.measured().size());
        QVERIFY(!model.best(model.find("no such figure")));
    }

    /// The first click opens the run and shows its page; the second must not press what lies there.
    void theSecondHalfOfADoubleClickPressesNothing()
    {
        Lab lab;
        auto *sweep = qobject_cast<SweepView *>(lab.view("sweep"));
        lab.window->showPage(1);
        sweep->firstAxis()->setRange("1", "2", 2);
        sweep->runsEach()->setValue(1);
        sweep->startButton()->click();
        QTRY_VERIFY_WITH_TIMEOUT(!sweep->model()->isRunning(), 60000);
        QPushButton other("what lies there");
        other.show();
        QVERIFY(QTest::qWaitForWindowExposed(&other));
        int presses = 0;
        connect(&other, &QPushButton::clicked, this, [&presses] { ++presses; });
        const auto secondHalf = [&other] {
            const QPointF at(5, 5), global = other.mapToGlobal(at);
            QMouseEvent again(QEvent::MouseButtonDblClick, at, global, Qt::LeftButton, Qt::LeftButton, {});
            QMouseEvent release(QEvent::MouseButtonRelease, at, global, Qt::LeftButton, Qt::NoButton, {});
            QApplication::sendEvent(&other, &again);
            QApplication::sendEvent(&other, &release);
        };
        QTest::mouseClick(sweep->chart(), Qt::LeftButton, {}, sweep->chart()->placeOf(1).value());
        QCOMPARE(lab.window->shownPage(), 0);
        secondHalf();
        QCOMPARE(presses, 0);
        QTest::qWait(QApplication::doubleClickInterval() + 50);
        secondHalf(); // by itself it is a click
        QCOMPARE(presses, 1);
    }

    // ---- names

    void buttonsOfTracksSayOfWhich()
    {
        Lab lab;
        std::set<QString> names;
        int buttons = 0;
        for (Track *track : lab.window->tracks()->tracks()) {
            for (QToolButton *button : track->findChildren<QToolButton *>()) {
                if (button->text() != "Pin" && button->text() != "×")
                    continue;
                ++buttons;
                names.insert(button->accessibleName());
                QVERIFY2(button->accessibleName().contains(track->title()), qPrintable(button->accessibleName()));
            }
        }
        QVERIFY(buttons >= 10);
        QCOMPARE(names.size(), std::size_t(buttons));
    }

    void keysAndDistributionsSayWhatTheyAreOf()
    {
        const RecordPtr record = runOf(test::kTunedScenario);
        Shown latency("latency", record), retries("retries", record);
        QVERIFY(latency.find<DistributionPanel>()->accessibleName() != retries.find<DistributionPanel>()->accessibleName());
        QVERIFY(latency.find<KeyStrip>()->accessibleDescription().contains("p99.9"));
        VariantsChart chart;
        chart.setRuns({{"one", record}});
        QVERIFY2(chart.accessibleDescription().contains("/s"), qPrintable(chart.accessibleDescription()));
        TransitionPanel panel;
        std::size_t sampled = 0; // whose call is in the sample
        while (sampled < record->transitions.size()
               && !(record->transitions[sampled].reason.hasDecidingCall && sampledCall(*record, record->transitions[sampled].reason.decidingCall)))
            ++sampled;
        QVERIFY(sampled < record->transitions.size());
        panel.showTransition(record, sampled);
        for (const QPushButton *button : panel.findChildren<QPushButton *>()) {
            if (button->text().startsWith("Show call"))
                QCOMPARE(button->accessibleName(), button->text());
        }
    }
};

QTEST_MAIN(TestViewTruth)
#include "tst_view_truth.moc"
