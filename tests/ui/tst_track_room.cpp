// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/run_record.h"
#include "core/scenario/loader.h"
#include "simulators/simulation.h"
#include "simulators/vocabulary.h"
#include "tests/support/tuned_scenario.h"
#include "ui/help/help_panel.h"
#include "ui/models/time_axis_model.h"
#include "ui/theme.h"
#include "ui/tracks_area.h"
#include "ui/views/breaker_chart.h"
#include "ui/views/distribution_panel.h"
#include "ui/views/elided_label.h"
#include "ui/views/latency_chart.h"
#include "ui/views/legend_panel.h"
#include "ui/views/readout_box.h"
#include "ui/views/registry.h"
#include "ui/views/time_chart.h"
#include "ui/views/view.h"

#include <QAbstractScrollArea>
#include <QApplication>
#include <QCheckBox>
#include <QImage>
#include <QLabel>
#include <QMouseEvent>
#include <QScrollBar>
#include <QSplitter>
#include <QTest>
#include <QTextBrowser>

#include <algorithm>
#include <memory>
#include <vector>

using namespace halfopen;
using namespace std::chrono_literals;

namespace {

RecordPtr theRun()
{
    static const RecordPtr run = [] {
        const LoadResult loaded = loadScenarioText(test::kTunedScenario, "tuned.yaml", standardVocabulary());
        if (!loaded.ok())
            qFatal("%s", loaded.diagnostics.front().text().c_str());
        Simulation simulation(loaded.scenario);
        simulation.runToEnd();
        return std::make_shared<const RunRecord>(simulation.snapshot());
    }();
    return run;
}

void settle()
{
    for (int i = 0; i < 4; ++i)
        QTest::qWait(30);
}

/// The tracks of the lab, as high as they are in a window of 1200 lines.
struct Tracks {
    TimeAxisModel axis;
    std::unique_ptr<TracksArea> area;

    Tracks()
    {
        static const std::vector<ViewType> types = [] {
            std::vector<ViewType> all;
            for (const ViewType &type : viewTypes())
                if (type.place == ViewPlace::Track)
                    all.push_back(type);
            return all;
        }();
        area = std::make_unique<TracksArea>(types, &axis);
        area->resize(900, 1000);
        area->show();
        if (!QTest::qWaitForWindowExposed(area.get()))
            qFatal("not shown");
        axis.setRun(theRun()->duration, theRun()->now);
        area->setRecord(theRun());
        settle();
    }
    Track *track(const char *id) const { return area->find(id); }
    void foldAllBut(const char *id) const
    {
        for (Track *one : area->tracks())
            if (one->id() != QLatin1String(id))
                one->setExpanded(false);
        settle();
    }
    /// Between the lowest track and the end of the area.
    int freeBelow() const
    {
        int bottom = 0;
        for (const Track *one : area->tracks())
            if (!one->isHidden())
                bottom = std::max(bottom, one->mapTo(area.get(), QPoint(0, one->height())).y());
        return area->height() - bottom;
    }
};

/// One view with the run, of this size since it was made or since \a before.
struct Shown {
    TimeAxisModel axis;
    std::unique_ptr<View> view;

    Shown(const ViewType &type, QSize size, QSize before = {})
    {
        view.reset(type.create(&axis, nullptr));
        view->resize(before.isEmpty() ? size : before);
        view->show();
        axis.setRun(theRun()->duration, theRun()->now);
        view->setRecord(theRun());
        if (!QTest::qWaitForWindowExposed(view.get()))
            qFatal("not shown");
        settle();
    }
    void resizeTo(QSize size)
    {
        // As a hand on the handle does it: in small steps, with frames in between.
        const QSize from = view->size();
        for (int step = 1; step <= 6; ++step) {
            view->resize(from + (size - from) * step / 6);
            QTest::qWait(8);
        }
        settle();
    }
};

/// Those of the deciding call come when the run was made again.
void waitForSteps(const Shown &shown)
{
    const auto *steps = shown.view->findChild<QLabel *>("followed_call");
    if (steps && steps->isVisibleTo(shown.view.get()))
        QTRY_VERIFY_WITH_TIMEOUT(steps->text().contains("<table"), 30000);
    settle();
}

const ViewType &typeOf(const char *id)
{
    for (const ViewType &type : viewTypes())
        if (QLatin1String(type.id) == QLatin1String(id))
            return type;
    qFatal("no view %s", id);
}

} // namespace

/// Where the room of the centre goes, and that what is drawn fits the room that it has.
class TestTrackRoom : public QObject {
    Q_OBJECT
private slots:
    /// The values at the cursor stand in the heads of the tracks, whole ones only, and all of them where there is room.
    void readingsAtTheCursorAreNotCut()
    {
        Tracks tracks;
        tracks.area->resize(695, 800); // what a window of 1280 points leaves for them
        settle();
        tracks.axis.setCursor(Instant(5s));
        settle();
        for (const char *id : {"outcomes", "breakers", "retries", "latency"}) {
            Track *track = tracks.area->find(id);
            QVERIFY2(track, id);
            ElidedLabel *reading = nullptr;
            for (ElidedLabel *label : track->findChildren<ElidedLabel *>())
                reading = label->text().startsWith(QString("5\u00a0s")) ? label : reading;
            QVERIFY2(reading, id);
            QCOMPARE(reading->shown(), reading->text());
            for (int width = reading->width(); width > 0; width -= 10) {
                reading->resize(width, reading->height());
                const QString shown = reading->shown();
                const bool isOfWholeValues = shown.isEmpty() || shown == reading->text()
                    || (shown.endsWith(QChar(0x2026)) && reading->text().startsWith(shown.chopped(1))
                        && shown.chopped(1).endsWith("   "));
                QVERIFY2(isOfWholeValues, qPrintable(shown));
            }
        }
        ElidedLabel caption;
        caption.setText("Latency of calls, start to end", "Start to end");
        caption.resize(100, 20);
        QCOMPARE(caption.shown(), QString("Start to end"));
        QCOMPARE(caption.text(), QString("Latency of calls, start to end"));
    }

    void initTestCase() { QVERIFY(applyTheme(*qApp, ThemeKind::Light)); }

    void theOnlyOpenTrackTakesAllRoom_data()
    {
        QTest::addColumn<QString>("id");
        for (const ViewType &type : viewTypes())
            if (type.place == ViewPlace::Track)
                QTest::newRow(type.id) << QString(type.id);
    }
    void theOnlyOpenTrackTakesAllRoom()
    {
        QFETCH(QString, id);
        const QByteArray name = id.toLatin1();
        Tracks tracks; // the others are folded first ...
        tracks.foldAllBut(name);
        tracks.track(name)->setExpanded(true);
        settle();
        QVERIFY2(tracks.freeBelow() < 12, qPrintable(QString::number(tracks.freeBelow())));
        const int height = tracks.track(name)->height();
        QVERIFY2(height > 600, qPrintable(QString::number(height)));
        tracks.track(name)->setExpanded(false); // ... with none open in between ...
        settle();
        tracks.track(name)->setExpanded(true);
        settle();
        QCOMPARE(tracks.track(name)->height(), height);
        Tracks others; // ... or while it is open
        others.track(name)->setExpanded(true);
        settle();
        others.foldAllBut(name);
        QCOMPARE(others.track(name)->height(), height);
        // Closed ones leave their room, too.
        for (Track *one : others.area->tracks())
            if (one != others.track(name))
                others.area->setTrackShown(one->id(), false);
        settle();
        QVERIFY2(others.freeBelow() < 12, qPrintable(QString::number(others.freeBelow())));
    }

    void itsRoomIsRemembered()
    {
        Tracks tracks;
        tracks.foldAllBut("none");
        tracks.track("calls")->setExpanded(true);
        settle();
        const int height = tracks.track("calls")->height();
        const QByteArray layout = tracks.area->saveLayout();
        Tracks later;
        QVERIFY(later.area->restoreLayout(layout));
        settle();
        QVERIFY(later.track("calls")->isExpanded());
        QVERIFY(!later.track("outcomes")->isExpanded());
        QCOMPARE(later.track("calls")->height(), height);
        // And it follows the window.
        later.area->resize(900, 800);
        settle();
        QVERIFY2(later.freeBelow() < 12, qPrintable(QString::number(later.freeBelow())));
    }

    /// Each view looks as if it had always had the size that it has been dragged to.
    void whatIsDrawnFollowsAHandleThatIsDragged_data()
    {
        QTest::addColumn<QString>("id");
        QTest::addColumn<QSize>("from");
        QTest::addColumn<QSize>("to");
        for (const ViewType &type : viewTypes()) {
            if (type.place == ViewPlace::Page)
                continue;
            QTest::addRow("%s wider", type.id) << QString(type.id) << QSize(560, 260) << QSize(980, 260);
            QTest::addRow("%s narrower", type.id) << QString(type.id) << QSize(980, 260) << QSize(560, 260);
            QTest::addRow("%s higher", type.id) << QString(type.id) << QSize(700, 220) << QSize(700, 640);
            QTest::addRow("%s lower", type.id) << QString(type.id) << QSize(700, 640) << QSize(700, 220);
        }
    }
    void whatIsDrawnFollowsAHandleThatIsDragged()
    {
        QFETCH(QString, id);
        QFETCH(QSize, from);
        QFETCH(QSize, to);
        const auto prepare = [](Shown &shown) {
            for (QCheckBox *box : shown.view->findChildren<QCheckBox *>())
                if (box->text() == "Heat map")
                    box->setChecked(true);
            shown.view->showTransition(0);
            settle();
            waitForSteps(shown);
        };
        Shown dragged(typeOf(id.toLatin1()), to, from), made(typeOf(id.toLatin1()), to);
        prepare(dragged);
        prepare(made);
        dragged.resizeTo(to);
        for (const Shown *one : {&dragged, &made})
            for (QAbstractScrollArea *area : one->view->findChildren<QAbstractScrollArea *>())
                area->verticalScrollBar()->setValue(0); // a list stays where it was
        if (QWidget *focus = QApplication::focusWidget())
            focus->clearFocus();
        settle();
        const QImage there = dragged.view->grab().toImage(), wanted = made.view->grab().toImage();
        if (there != wanted) {
            const QString folder = qEnvironmentVariable("HALFOPEN_PICTURES");
            if (!folder.isEmpty()) {
                (void)there.save(folder + "/" + QTest::currentDataTag() + "-there.png");
                (void)wanted.save(folder + "/" + QTest::currentDataTag() + "-wanted.png");
            }
        }
        QCOMPARE(there.size(), wanted.size());
        QVERIFY(there == wanted);
    }

    /// A setting that was changed while the run played is marked in each picture over time, and told where the mark is.
    void aChangedSettingIsMarkedInEachChart_data()
    {
        QTest::addColumn<QString>("id");
        for (const char *id : {"outcomes", "breakers", "retries", "latency", "calls"})
            QTest::newRow(id) << QString(id);
    }
    void aChangedSettingIsMarkedInEachChart()
    {
        QFETCH(QString, id);
        auto changed = std::make_shared<RunRecord>(*theRun());
        changed->changes.append({Instant(30s), "policies.edge.0.max_attempts", "4", "2"});
        Shown shown(typeOf(id.toLatin1()), QSize(900, 280));
        shown.view->setRecord(changed);
        settle();
        QWidget *chart = nullptr;
        QRectF plot;
        if (auto *own = shown.view->findChild<TimeChart *>()) {
            chart = own;
            plot = own->plotRect();
        } else if (auto *latency = shown.view->findChild<LatencyChart *>()) {
            chart = latency->viewport();
            plot = latency->plotRect();
        }
        QVERIFY(chart);
        const int x = int(std::lround(TimeAxis(shown.axis.visibleRange(), plot.left(), plot.width()).toPixel(Instant(30s))));
        const QImage image = shown.view->grab().toImage();
        const QPoint origin = chart->mapTo(shown.view.get(), QPoint());
        int marked = 0, lowest = 0, first = 0;
        for (int y = int(plot.top()); y < int(plot.bottom()); ++y) {
            if (image.pixelColor(origin + QPoint(x, y)) != Theme::of(chart).accent)
                continue;
            first = first > 0 ? first : y;
            lowest = y;
            ++marked;
        }
        QVERIFY2(marked > plot.height() / 3, qPrintable(QString::number(marked)));
        QVERIFY(lowest > plot.bottom() - 6);
        const auto told = [&] {
            for (const ReadoutBox *box : shown.view->findChildren<ReadoutBox *>())
                if (box->isVisible())
                    return box->accessibleDescription();
            return QString();
        };
        // Outcomes has its faults above the marks.
        int wedge = 0;
        for (int y = int(plot.top()); y < int(plot.bottom()) && wedge == 0; ++y)
            if (image.pixelColor(origin + QPoint(x + 2, y)) == Theme::of(chart).accent)
                wedge = y;
        QVERIFY(wedge > 0);
        QTest::mouseMove(chart, QPoint(x + 40, int(plot.center().y())));
        QTest::mouseMove(chart, QPoint(x, wedge));
        QTRY_VERIFY2(told().contains("max_attempts"), qPrintable(told()));
        QTest::mouseMove(chart, QPoint(x, int(plot.bottom()) - 4));
        QTRY_VERIFY2(!told().contains("max_attempts"), qPrintable(told()));
    }

    /// What stands in the pane after a click is not told once more by a box over it, until the pointer asks for something else.
    void aClickPutsTheReadoutAway()
    {
        Shown shown(typeOf("breakers"), QSize(900, 280));
        auto *chart = shown.view->findChild<BreakerChart *>();
        const auto isTold = [&] {
            const auto boxes = shown.view->findChildren<ReadoutBox *>();
            return std::any_of(boxes.begin(), boxes.end(), [](const ReadoutBox *box) { return box->isVisible(); });
        };
        const auto &transition = *theRun()->transitions.begin();
        const int y = int(chart->plotRect().top()) + 27; // in the band below the first title
        for (const Instant at : {transition.at, Instant(10s)}) { // an edge, and a moment between two
            const QPoint there(int(std::lround(chart->timeAxis().toPixel(at))), y);
            QTest::mouseMove(chart, there + QPoint(30, 0));
            QTest::mouseMove(chart, there);
            QTRY_VERIFY(isTold());
            QTest::mouseClick(chart, Qt::LeftButton, {}, there);
            QTRY_VERIFY(!isTold());
            QTest::mouseMove(chart, there + QPoint(4, 2)); // a hand is never still
            settle();
            QVERIFY(!isTold());
            QTest::mouseMove(chart, there + QPoint(60, 2));
            QTRY_VERIFY(isTold());
        }
    }

    /// Calls that were refused end at once. On a logarithmic axis there is no place for them, so that they are told.
    void callsThatTookNoTimeAreTold()
    {
        Histogram some;
        some.record(0, 1234);
        some.record(20'000'000, 50);
        DistributionPanel panel;
        const ValueAxis axis(1e6, 1e9, 8, 100, ValueAxis::Scale::Logarithmic);
        panel.setContents({"Visible: 1,284 calls", axis, {{Qt::red, "bad", some}}, {}});
        QVERIFY2(panel.accessibleDescription().contains("1,234 at 0"), qPrintable(panel.accessibleDescription()));
        const auto texts = [&] { // at the lower end, where no bar is
            panel.resize(220, 140);
            const QImage image = panel.grab().toImage();
            int letters = 0;
            for (int y = 90; y < 108; ++y)
                for (int x = 120; x < 220; ++x)
                    letters += image.pixelColor(x, y) == Theme::of(&panel).secondary;
            return letters;
        };
        QVERIFY(texts() > 10);
        some.record(900'000, 6); // it takes time, and is not in the picture either
        panel.setContents({"Visible: 1,290 calls", axis, {{Qt::red, "bad", some}}, {}});
        QVERIFY2(panel.accessibleDescription().contains("1,240 below 1"), qPrintable(panel.accessibleDescription()));
        Histogram slow;
        slow.record(20'000'000, 50);
        panel.setContents({"Visible: 50 calls", axis, {{Qt::red, "bad", slow}}, {}});
        QCOMPARE(panel.accessibleDescription(), QString("Visible: 50 calls"));
        QCOMPARE(texts(), 0);
    }

    /// Even where the column has to scroll, each track has the room that it is made for when it is opened.
    void aTrackThatIsOpenedHasItsRoom_data()
    {
        QTest::addColumn<QString>("id");
        QTest::addColumn<int>("least");
        QTest::newRow("outcomes") << "outcomes" << 150;
        QTest::newRow("calls") << "calls" << 240;
        QTest::newRow("breakers") << "breakers" << 150;
        QTest::newRow("events") << "events" << 150;
    }
    void aTrackThatIsOpenedHasItsRoom()
    {
        QFETCH(QString, id);
        QFETCH(int, least);
        const QByteArray name = id.toLatin1();
        Tracks tracks;
        tracks.area->resize(900, 520);
        settle();
        tracks.track(name)->setExpanded(false);
        settle();
        tracks.track(name)->setExpanded(true);
        settle();
        QVERIFY2(tracks.track(name)->height() >= least, qPrintable(QString::number(tracks.track(name)->height())));
        for (const Track *one : tracks.area->tracks())
            QVERIFY2(!one->isExpanded() || one->height() >= 150, qPrintable(one->id()));
    }

    /// Those that are open from the start are in view together in the smallest window that is looked at.
    void theTracksThatAreOpenAtFirstAreInViewTogether()
    {
        Tracks tracks;
        tracks.area->resize(690, 700);
        settle();
        for (const QByteArray name : {"outcomes", "breakers", "retries", "latency"})
            QVERIFY2(tracks.track(name)->geometry().bottom() < tracks.area->height(), name);
    }

    /// The first answer makes the track higher, and no other: those above stay, those below go down. A second moves nothing.
    void anAnswerMakesItsTrackHigherOnce()
    {
        Tracks tracks;
        tracks.area->resize(690, 700);
        settle();
        const auto heights = [&] {
            QList<int> all;
            for (const Track *one : tracks.area->tracks())
                all += one->height();
            return all;
        };
        QList<int> wanted = heights();
        wanted[1] = tracks.track("breakers")->usualHeight();
        QVERIFY(wanted != heights());
        const int top = tracks.track("breakers")->mapTo(tracks.area.get(), QPoint()).y();
        emit tracks.track("breakers")->view()->roomWanted();
        settle();
        QCOMPARE(heights(), wanted);
        QCOMPARE(tracks.track("breakers")->mapTo(tracks.area.get(), QPoint()).y(), top);
        emit tracks.track("breakers")->view()->roomWanted();
        settle();
        QCOMPARE(heights(), wanted);
    }

    /// The outcomes of a storm, the ghost and the figures of retries: each row is seen whole. More have a bar to scroll with.
    void theLegendOfOutcomesIsSeenWhole()
    {
        Tracks tracks;
        tracks.area->resize(900, 900);
        settle();
        auto *legend = tracks.track("outcomes")->view()->findChild<LegendPanel *>();
        QVERIFY(legend);
        std::vector<LegendPanel::Row> rows(10, {LegendPanel::Swatch::Fill, Qt::red, Qt::SolidPattern, "error", "12", "1 %"});
        rows[6].startsGroup = true;
        legend->setContents("Visible: 120 calls", rows);
        settle();
        auto *scrolled = qobject_cast<QAbstractScrollArea *>(legend->parentWidget()->parentWidget());
        QVERIFY(scrolled);
        QCOMPARE(scrolled->verticalScrollBar()->maximum(), 0);
        QCOMPARE(legend->visibleRegion().boundingRect(), legend->rect());
        rows.resize(30, rows.front());
        legend->setContents("Visible: 120 calls", rows);
        settle();
        QVERIFY(scrolled->verticalScrollBar()->isVisible());
    }

    /// A breaker that refuses makes less than one attempt of each call: the row stays where it was.
    void theAttemptsOfAServiceStayInTheLegend()
    {
        const LoadResult loaded = loadScenarioText(R"(halfopen: 1
seed: 3
duration: 40s
services:
  db: { workers: 4, queue: 8, service_time: 10ms }
  orders: { workers: 50, queue: 50, service_time: 1ms, calls: [ { to: db, policies: inner } ] }
clients:
  web: { arrivals: { constant: 100/s }, calls: [ { to: orders } ] }
policies:
  inner:
    - retry: { max_attempts: 2, initial_delay: 20ms }
    - circuit_breaker: { failure_rate_threshold: 50%, window: { kind: count, size: 20, minimum_calls: 10 }, recovery_timeout: 60s }
faults:
  - { on: db, from: 5s, for: 5s, error: { probability: 100% } }
)",
                                                    "inner.yaml", standardVocabulary());
        QVERIFY2(loaded.ok(), loaded.ok() ? "" : loaded.diagnostics.front().text().c_str());
        Simulation simulation(loaded.scenario);
        simulation.runToEnd();
        const auto record = std::make_shared<const RunRecord>(simulation.snapshot());
        Shown shown(typeOf("outcomes"), QSize(900, 280));
        shown.axis.setRun(record->duration, record->now);
        shown.view->setRecord(record);
        settle();
        const QString said = shown.view->findChild<LegendPanel *>()->accessibleDescription();
        QVERIFY2(said.contains(QStringLiteral("on orders → db 0.")), qPrintable(said));
    }

    /// The topics stand beside the page: what is dragged between them makes the page narrower, but not the panel.
    void aHelpPageFitsWhatTheTopicsLeaveIt()
    {
        HelpPanel help("en");
        help.resize(1200, 700);
        help.show();
        QVERIFY(QTest::qWaitForWindowExposed(&help));
        QVERIFY(help.showPlace("outlier_ejection"));
        settle();
        auto *splitter = help.findChild<QSplitter *>();
        QCOMPARE(splitter->orientation(), Qt::Horizontal);
        QCOMPARE(help.page()->horizontalScrollBar()->maximum(), 0);
        const QString wide = help.page()->toPlainText();
        QWidget *handle = splitter->handle(1);
        const QPoint middle = handle->rect().center();
        QTest::mousePress(handle, Qt::LeftButton, {}, middle);
        for (const int by : {100, 200, 300, 400, 500}) {
            const QPoint at = handle->mapFromGlobal(splitter->mapToGlobal(QPoint(240 + by, 300)));
            QMouseEvent move(QEvent::MouseMove, at, handle->mapToGlobal(at), Qt::NoButton, Qt::LeftButton, {});
            QApplication::sendEvent(handle, &move);
        }
        QTest::mouseRelease(handle, Qt::LeftButton, {}, middle);
        settle();
        QVERIFY2(help.page()->width() < 520, qPrintable(QString::number(help.page()->width())));
        QCOMPARE(help.page()->horizontalScrollBar()->maximum(), 0);
        QVERIFY(help.page()->toPlainText() != wide); // its example has no room in one line
    }
};

QTEST_MAIN(TestTrackRoom)
#include "tst_track_room.moc"
