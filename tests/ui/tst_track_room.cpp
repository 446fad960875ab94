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
#include "ui/views/registry.h"
#include "ui/views/view.h"

#include <QAbstractScrollArea>
#include <QApplication>
#include <QCheckBox>
#include <QImage>
#include <QLabel>
#include <QMouseEvent>
#include <QScrollBar>
#include <QSignalSpy>
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
            QTest::addRow("%s higher", type.id) << QString(type.id) << QSize(700, 220) << QSize(700, 520);
            QTest::addRow("%s lower", type.id) << QString(type.id) << QSize(700, 520) << QSize(700, 220);
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

    /// In another width a pinned reason has other lines, so it needs another height; a height that is dragged is the user's.
    void aPinnedReasonAsksForRoomInEachWidth()
    {
        Shown shown(typeOf("breakers"), QSize(980, 400));
        QSignalSpy room(shown.view.get(), &View::roomWanted);
        shown.view->showTransition(0);
        QTRY_VERIFY(!room.empty());
        waitForSteps(shown);
        const int wide = room.last()[0].toInt();
        room.clear();
        shown.resizeTo(QSize(980, 300));
        QVERIFY(room.empty());
        shown.resizeTo(QSize(560, 300));
        QTRY_VERIFY(!room.empty());
        QVERIFY2(room.last()[0].toInt() > wide, qPrintable(QString("%1 after %2").arg(room.last()[0].toInt()).arg(wide)));
        room.clear();
        shown.resizeTo(QSize(980, 300));
        QTRY_VERIFY(!room.empty());
        QCOMPARE(room.last()[0].toInt(), wide);
    }

    /// The topics stand beside the page: what is dragged between them makes the page narrower, but not the panel.
    void aHelpPageFitsWhatTheTopicsLeaveIt()
    {
        HelpPanel help("en");
        help.resize(1200, 700);
        help.show();
        QVERIFY(QTest::qWaitForWindowExposed(&help));
        QVERIFY(help.showPlace("adaptive_concurrency"));
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
        QVERIFY(help.page()->toPlainText() != wide); // its table has no room
    }
};

QTEST_MAIN(TestTrackRoom)
#include "tst_track_room.moc"
