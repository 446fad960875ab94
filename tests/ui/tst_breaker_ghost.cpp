// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/run_record.h"
#include "ui/models/time_axis_model.h"
#include "ui/theme.h"
#include "ui/views/breaker_chart.h"
#include "ui/views/chart_paint.h"
#include "ui/views/elided_label.h"
#include "ui/views/readout_box.h"
#include "ui/views/registry.h"
#include "ui/views/view.h"

#include <QApplication>
#include <QImage>
#include <QMouseEvent>
#include <QRegularExpression>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>

#include <cmath>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

using namespace halfopen;
using namespace std::chrono_literals;

namespace {

struct Change {
    Duration at;
    std::uint32_t breaker;
    BreakerState from, to;
};

constexpr BreakerState kClosed = BreakerState::Closed;
constexpr BreakerState kOpen = BreakerState::Open;
constexpr BreakerState kHalfOpen = BreakerState::HalfOpen;

/// A run of \a processes, as long as told, each with a breaker, which change as they are told; nothing else happens in it.
RecordPtr runOf(std::uint32_t processes, const std::vector<Change> &changes, const std::string &stack = "edge",
                Duration length = 10s)
{
    auto record = std::make_shared<RunRecord>();
    record->duration = length;
    record->bucketWidth = 1s;
    record->now = Instant(length);
    record->events = 1;
    record->end = RunEnd::Finished;
    record->edges = {{"web -> db", "web", "db", "", 0, processes}};
    record->edgeTotals.resize(1);
    for (std::uint32_t i = 0; i < processes; ++i) {
        BreakerInfo info;
        info.name = stack + ".1" + (processes > 1 ? "[" + std::to_string(i) + "]" : "");
        info.layer = 1;
        info.process = i;
        record->breakers.push_back(info);
    }
    for (const Change &change : changes)
        record->transitions.append({Instant(change.at), change.breaker, change.from, change.to, {}});
    return record;
}

/// The breaker view of a run, shown.
struct Shown {
    TimeAxisModel axis;
    std::unique_ptr<View> view;
    BreakerChart *chart = nullptr;

    explicit Shown(const RecordPtr &record, const RecordPtr &ghost = nullptr)
    {
        for (const ViewType &type : viewTypes()) {
            if (QLatin1String(type.id) == QLatin1String("breakers"))
                view.reset(type.create(&axis, nullptr));
        }
        chart = view->findChild<BreakerChart *>();
        view->resize(1000, 340);
        view->show();
        axis.setRun(record->duration, record->now);
        view->setRecord(record);
        view->setGhost(ghost);
        if (!QTest::qWaitForWindowExposed(view.get()))
            qFatal("not shown");
        QTest::qWait(60); // drawn
    }
    void wait() const { QTest::qWait(60); }
    int pixelOf(Duration at) const { return int(std::lround(chart->timeAxis().toPixel(Instant(at)))); }
    void pointAt(QPointF at) const
    {
        QMouseEvent move(QEvent::MouseMove, at, chart->mapToGlobal(at), Qt::NoButton, Qt::NoButton, {});
        QApplication::sendEvent(chart, &move);
        wait();
    }
    QString said() const
    {
        const auto *box = view->findChild<ReadoutBox *>();
        return box && box->isVisible() ? box->accessibleDescription() : QString();
    }
};

/// From the first to behind the last pixel of line \a y of the plot that has the hue of \a colour; grid, text and panel have none.
std::optional<std::pair<int, int>> stretchOf(const Shown &shown, int y, const QColor &colour)
{
    const QImage image = shown.chart->grab().toImage();
    const QRectF plot = shown.chart->plotRect();
    std::optional<std::pair<int, int>> found;
    for (int x = int(plot.left()); x < int(plot.right()); ++x) {
        const QColor pixel = image.pixelColor(x, y);
        const int apart = std::abs(pixel.hue() - colour.hue());
        if (pixel.saturation() < 60 || std::min(apart, 360 - apart) > 12)
            continue;
        found = found ? std::pair(found->first, x + 1) : std::pair(x, x + 1);
    }
    return found;
}

int inked(const Shown &shown, const QRect &where)
{
    const QImage image = shown.chart->grab().toImage();
    int n = 0;
    for (int y = where.top(); y <= where.bottom(); ++y) {
        for (int x = where.left(); x <= where.right(); ++x)
            n += image.pixelColor(x, y) != Theme::current().panel;
    }
    return n;
}

} // namespace

/// The run before stands as a ghost below the bands of the breakers: with its own exact edges, and not by colour alone.
class TestBreakerGhost : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() { QVERIFY(applyTheme(*qApp, ThemeKind::Light)); }

    void itsEdgesAreThoseOfTheRunBefore()
    {
        const RecordPtr now = runOf(1, {{2s, 0, kClosed, kOpen}, {4s, 0, kOpen, kClosed}});
        const RecordPtr before = runOf(1, {{3s, 0, kClosed, kOpen}, {6500ms, 0, kOpen, kClosed}});
        Shown shown(now, before);
        const std::optional<QRectF> ghost = shown.chart->ghostBand(0);
        QVERIFY(ghost);
        const QColor open = Theme::light().breakerState(kOpen);
        const auto there = stretchOf(shown, int(ghost->top()), open);
        QVERIFY(there);
        QCOMPARE(there->first, shown.pixelOf(3s));
        QCOMPARE(there->second, shown.pixelOf(6500ms));
        // And the run itself keeps its own.
        const auto real = stretchOf(shown, int(ghost->top()) - 4, open);
        QVERIFY(real);
        QCOMPARE(real->first, shown.pixelOf(2s));
        QCOMPARE(real->second, shown.pixelOf(4s));
        // Closed, it is a dashed line in the middle: some of it, not all.
        const int middle = int(std::lround(ghost->center().y()));
        const int dashes = inked(shown, QRect(shown.pixelOf(7s), middle, 64, 1));
        QVERIFY2(dashes >= 28 && dashes <= 40, qPrintable(QString::number(dashes)));
    }

    void aGhostThatWasOpenForAMomentIsSeen()
    {
        const RecordPtr now = runOf(1, {});
        Shown shown(now, runOf(1, {{5s, 0, kClosed, kOpen}, {5s + 1ms, 0, kOpen, kHalfOpen}, {5s + 2ms, 0, kHalfOpen, kClosed}}));
        const auto there = stretchOf(shown, int(shown.chart->ghostBand(0)->top()), Theme::light().breakerState(kOpen));
        QVERIFY(there);
        QVERIFY(std::abs(there->first - shown.pixelOf(5s)) <= 1);
    }

    void itIsToldInWords()
    {
        const RecordPtr now = runOf(1, {});
        Shown shown(now, runOf(1, {{2s, 0, kClosed, kOpen}, {8s, 0, kOpen, kHalfOpen}}));
        const QRectF ghost = *shown.chart->ghostBand(0);
        // Its name in the margin.
        const QRect margin(4, int(ghost.top()), int(shown.chart->plotRect().left()) - 12, int(ghost.height()));
        QVERIFY(inked(shown, margin) > 20);
        // Under the pointer: its own state, how long it lasted, and nothing of the run's.
        shown.pointAt({double(shown.pixelOf(5s)), ghost.center().y()});
        QTRY_VERIFY2(shown.said().contains("ghost: OPEN"), qPrintable(shown.said()));
        QVERIFY2(shown.said().contains("6"), qPrintable(shown.said())); // 6 s
        QVERIFY2(!shown.said().contains("CLOSED"), qPrintable(shown.said()));
        // How much of that is before the cursor, when it is in all, and what a ghost is.
        const QString said = shown.said().replace(QChar(0xa0), QLatin1Char(' '));
        QVERIFY2(said.contains(QRegularExpression("up to the cursor (2\\.9\\d*|3(\\.0\\d*)?) s")), qPrintable(said));
        QVERIFY2(said.contains("in all 6 s (2 s to 8 s)"), qPrintable(said));
        QVERIFY2(said.contains("Ghost, drawn pale: the run that this one is compared with."), qPrintable(said));
        // On the band itself: both.
        shown.pointAt({double(shown.pixelOf(5s)), ghost.top() - 8});
        QTRY_VERIFY2(shown.said().contains("CLOSED") && shown.said().contains("ghost"), qPrintable(shown.said()));
        QVERIFY2(shown.said().contains("OPEN"), qPrintable(shown.said()));
        // Without a pointer, in the line of values at the cursor.
        QEvent leave(QEvent::Leave);
        QApplication::sendEvent(shown.chart, &leave);
        shown.axis.setCursor(Instant(9s));
        shown.wait();
        const QString spoken = shown.chart->spoken();
        QVERIFY2(spoken.contains("CLOSED (ghost: HALF_OPEN)"), qPrintable(spoken));
        shown.view->setGhost(nullptr);
        shown.wait();
        QVERIFY(!shown.chart->spoken().contains("ghost"));
        QCOMPARE(inked(shown, margin), 0);
    }

    /// The run before knows no reasons that could be told of its edges, and no question about the run is meant there.
    void aLongStayHasTheDigitsOfItsEnds()
    {
        Shown shown(runOf(1, {{63503ms, 0, kClosed, kOpen}, {64s, 0, kOpen, kHalfOpen}}, "edge", 80s));
        const QRectF plot = shown.chart->plotRect();
        shown.pointAt({plot.left() + 60, plot.top() + 27});
        QTRY_VERIFY2(shown.said().contains("CLOSED"), qPrintable(shown.said()));
        const QString said = shown.said().replace(QChar(0xa0), QLatin1Char(' '));
        QVERIFY2(said.contains("in all 1 min 3.503 s (0 s to 1 min 3.503 s)"), qPrintable(said));
    }

    void aClickOnItAsksNothing()
    {
        Shown shown(runOf(1, {{4s, 0, kClosed, kOpen}}), runOf(1, {{4s, 0, kClosed, kOpen}}));
        const QRectF ghost = *shown.chart->ghostBand(0);
        QSignalSpy picked(shown.chart, &BreakerChart::picked), asked(shown.chart, &BreakerChart::momentPicked);
        QTest::mouseClick(shown.chart, Qt::LeftButton, {}, QPoint(shown.pixelOf(4s), int(ghost.center().y())));
        QTest::mouseClick(shown.chart, Qt::LeftButton, {}, QPoint(shown.pixelOf(8s), int(ghost.center().y())));
        QCOMPARE(picked.size() + asked.size(), 0);
        QTest::mouseClick(shown.chart, Qt::LeftButton, {}, QPoint(shown.pixelOf(4s), int(ghost.top()) - 8));
        QCOMPARE(picked.size(), 1);
    }

    void aFoldedFleetCountsItsGhost()
    {
        const RecordPtr now = runOf(8, {});
        Shown shown(now, runOf(8, {{2s, 1, kClosed, kOpen}, {2s, 5, kClosed, kOpen}, {4s, 5, kOpen, kClosed}, {6s, 1, kOpen, kHalfOpen}}));
        const QRectF ghost = *shown.chart->ghostBand(0);
        const QColor open = Theme::light().breakerState(kOpen);
        // Two of eight take a quarter of the height until 4 s; one of them at least two pixels until 6 s.
        const int bottom = int(ghost.bottom()) - 1;
        const auto any = stretchOf(shown, bottom, open);
        QVERIFY(any);
        QCOMPARE(any->first, shown.pixelOf(2s));
        QVERIFY2(std::abs(any->second - shown.pixelOf(6s)) <= 1, qPrintable(QString::number(any->second))); // the instant shares its pixel
        const auto two = stretchOf(shown, int(ghost.bottom()) - int(std::lround(ghost.height() / 4)), open);
        QVERIFY(two);
        QVERIFY2(std::abs(two->second - shown.pixelOf(4s)) <= 1, qPrintable(QString::number(two->second)));
        shown.pointAt({double(shown.pixelOf(3s)), ghost.center().y()});
        QTRY_VERIFY2(shown.said().contains("ghost: 2 of 8 open"), qPrintable(shown.said()));
        shown.pointAt({double(shown.pixelOf(3s)), ghost.top() - 8});
        QTRY_VERIFY2(shown.said().contains("0 of 8 open") && shown.said().contains("2 of 8 open"), qPrintable(shown.said()));
    }

    /// Each member is compared with the same process, also when the fleet has another size.
    void membersOfAnOpenedFleetHaveTheGhostOfTheirProcess()
    {
        const RecordPtr now = runOf(6, {});
        Shown shown(now, runOf(3, {{2s, 2, kClosed, kOpen}, {7s, 2, kOpen, kClosed}}));
        QTest::keyClick(shown.chart, Qt::Key_Return);
        shown.wait();
        const QColor open = Theme::light().breakerState(kOpen);
        for (const std::uint32_t member : {0u, 1u, 2u}) {
            const std::optional<QRectF> ghost = shown.chart->ghostBand(member);
            QVERIFY(ghost);
            const auto there = stretchOf(shown, int(ghost->top()), open);
            QCOMPARE(there.has_value(), member == 2);
            if (there) {
                QCOMPARE(there->first, shown.pixelOf(2s));
                QCOMPARE(there->second, shown.pixelOf(7s));
            }
        }
        for (const std::uint32_t member : {3u, 4u, 5u})
            QVERIFY(!shown.chart->ghostBand(member));
    }

    void withoutAGhostTheRowsAreAsBefore()
    {
        const RecordPtr now = runOf(1, {{2s, 0, kClosed, kOpen}});
        Shown shown(now);
        const int height = shown.chart->heightOfRows();
        QVERIFY(!shown.chart->ghostBand(0));
        shown.view->setGhost(now);
        QVERIFY(shown.chart->heightOfRows() > height);
        shown.view->setGhost(runOf(1, {}, "another"));
        QVERIFY(!shown.chart->ghostBand(0)); // no such breaker
        QCOMPARE(shown.chart->heightOfRows(), height);
        shown.view->setGhost(nullptr);
        QCOMPARE(shown.chart->heightOfRows(), height);
    }

    /// Before a row has to be scrolled for, the ghosts become thinner and lose the names of their states.
    void ghostsBecomeThinBeforeARowIsHidden()
    {
        auto four = std::make_shared<RunRecord>(*runOf(1, {{2s, 0, kClosed, kOpen}}));
        for (std::uint32_t edge = 1; edge < 4; ++edge) {
            const std::string name = "db" + std::to_string(edge);
            four->edges.push_back({"web -> " + name, "web", name, "", 0, 1});
            four->breakers.push_back(four->breakers[0]);
            four->breakers.back().edge = edge;
        }
        four->edgeTotals.resize(4);
        Shown shown(four, four);
        BreakerChart *chart = shown.chart;
        const auto *bar = chart->findChild<QScrollBar *>();
        const auto setChartHeight = [&](int height) {
            shown.view->resize(shown.view->width(), shown.view->height() + height - chart->height());
            shown.wait();
            QCOMPARE(chart->height(), height);
        };
        const int all = chart->heightOfRows();
        setChartHeight(all);
        const double full = chart->ghostBand(3)->height();
        QVERIFY(!bar->isVisible());
        setChartHeight(all - 24);
        QCOMPARE(chart->heightOfRows(), all); // what it would like to have
        QVERIFY(chart->ghostBand(3)->height() < full);
        QVERIFY(!bar->isVisible());
        QVERIFY(chart->ghostBand(3)->bottom() <= chart->plotRect().bottom());
        setChartHeight(all);
        QCOMPARE(chart->ghostBand(3)->height(), full);
        setChartHeight(all - 100);
        QVERIFY(bar->isVisible());
    }

    /// Runs and ghosts come and go in any order while the pointer rests.
    void anotherWorldUnderThePointer()
    {
        const RecordPtr six = runOf(6, {{2s, 5, kClosed, kOpen}}), one = runOf(1, {{3s, 0, kClosed, kOpen}}), none = runOf(0, {});
        Shown shown(six, six);
        QTest::keyClick(shown.chart, Qt::Key_Return);
        shown.wait();
        shown.pointAt({double(shown.pixelOf(5s)), shown.chart->ghostBand(5)->center().y()});
        for (const RecordPtr &record : {one, six, none, RecordPtr(), six}) {
            for (const RecordPtr &ghost : {six, none, one, RecordPtr(), six}) {
                shown.view->setGhost(ghost);
                shown.view->setRecord(record);
                QTest::qWait(20);
                shown.view->setGhost(one);
                QTest::qWait(20);
                (void)shown.chart->spoken();
            }
        }
        QCOMPARE(shown.chart->record(), six);
        QCOMPARE(shown.chart->ghost(), one);
        QVERIFY(shown.chart->ghostBand(0));
    }
};

QTEST_MAIN(TestBreakerGhost)
#include "tst_breaker_ghost.moc"
