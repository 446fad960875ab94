// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/time_axis_model.h"

#include <QObject>
#include <QSignalSpy>
#include <QTest>

using namespace halfopen;
using namespace std::chrono_literals;

class TestTimeAxisModel : public QObject {
    Q_OBJECT
private slots:
    void showsTheWholeRunAtFirst()
    {
        TimeAxisModel axis;
        axis.setRun(180s, Instant(5s));
        QCOMPARE(axis.visibleRange(), (TimeRange{Instant(), Instant(180s)}));
        axis.setRun(180s, Instant(200s)); // a run that drains goes on for a while
        QCOMPARE(axis.visibleRange(), (TimeRange{Instant(), Instant(200s)}));
    }

    void zoomKeepsTheInstantUnderThePointer()
    {
        TimeAxisModel axis;
        axis.setRun(100s, Instant(100s));
        QSignalSpy ranges(&axis, &TimeAxisModel::visibleRangeChanged);
        axis.zoom(0.5, Instant(40s));
        QCOMPARE(axis.visibleRange(), (TimeRange{Instant(20s), Instant(70s)}));
        QCOMPARE(axis.mode(), TimeAxisModel::Mode::Manual);
        QCOMPARE(ranges.count(), 1);
        axis.zoom(4, Instant(40s));
        QCOMPARE(axis.mode(), TimeAxisModel::Mode::All);
    }

    void zoomAndPanStayWithinTheRun()
    {
        TimeAxisModel axis;
        axis.setRun(100s, Instant(100s));
        axis.setVisibleRange({Instant(10s), Instant(30s)});
        axis.pan(-5);
        QCOMPARE(axis.visibleRange(), (TimeRange{Instant(), Instant(20s)}));
        axis.pan(100);
        QCOMPARE(axis.visibleRange(), (TimeRange{Instant(80s), Instant(100s)}));
        for (int i = 0; i < 200; ++i)
            axis.zoom(0.5, Instant(90s));
        QVERIFY(axis.visibleRange().length() >= TimeAxisModel::kSmallestRange);
        QVERIFY(axis.visibleRange().contains(Instant(90s)));
    }

    void followingKeepsTheLengthAndEndsAtNow()
    {
        TimeAxisModel axis;
        axis.setRun(100s, Instant(40s));
        axis.setVisibleRange({Instant(10s), Instant(30s)});
        axis.setFollowing(true);
        QCOMPARE(axis.visibleRange(), (TimeRange{Instant(20s), Instant(40s)}));
        axis.setRun(100s, Instant(45s));
        QCOMPARE(axis.visibleRange(), (TimeRange{Instant(25s), Instant(45s)}));
    }

    void zoomingAndPanningEndFollowing()
    {
        TimeAxisModel axis;
        axis.setRun(100s, Instant(40s));
        axis.setVisibleRange({Instant(10s), Instant(30s)});
        axis.setFollowing(true);
        axis.pan(-0.5);
        QVERIFY(!axis.isFollowing());
        const TimeRange range = axis.visibleRange();
        axis.setRun(100s, Instant(60s));
        QCOMPARE(axis.visibleRange(), range);
    }

    void selectionIsOrderedClampedAndCleared()
    {
        TimeAxisModel axis;
        axis.setRun(100s, Instant(100s));
        QSignalSpy selections(&axis, &TimeAxisModel::selectionChanged);
        axis.setSelection({Instant(90s), Instant(500s)});
        QCOMPARE(*axis.selection(), (TimeRange{Instant(90s), Instant(100s)}));
        QCOMPARE(axis.focusRange(), *axis.selection());
        axis.setSelection({Instant(90s), Instant(100s)});
        QCOMPARE(selections.count(), 1); // nothing changed
        axis.clearSelection();
        QVERIFY(!axis.selection());
        QCOMPARE(axis.focusRange(), axis.visibleRange());
        QCOMPARE(selections.count(), 2);
    }

    void cursorTellsOnlyChanges()
    {
        TimeAxisModel axis;
        QSignalSpy cursors(&axis, &TimeAxisModel::cursorChanged);
        axis.setCursor(Instant(1s));
        axis.setCursor(Instant(1s));
        axis.setCursor(std::nullopt);
        QCOMPARE(cursors.count(), 2);
    }

    void aShorterRunBringsTheRangeBack()
    {
        TimeAxisModel axis;
        axis.setRun(100s, Instant(100s));
        axis.setVisibleRange({Instant(80s), Instant(95s)});
        axis.setRun(50s, Instant());
        QCOMPARE(axis.visibleRange(), (TimeRange{Instant(35s), Instant(50s)}));
    }
};

QTEST_GUILESS_MAIN(TestTimeAxisModel)
#include "tst_time_axis_model.moc"
