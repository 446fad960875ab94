// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scenario/loader.h"
#include "simulators/vocabulary.h"
#include "tests/support/synthetic_run.h"
#include "tests/support/tuned_scenario.h"
#include "ui/format.h"
#include "ui/models/time_axis_model.h"
#include "ui/models/tuning_model.h"
#include "ui/theme.h"
#include "ui/views/breaker_chart.h"
#include "ui/views/frame_clock.h"
#include "ui/views/latency_chart.h"
#include "ui/views/readout_box.h"
#include "ui/views/registry.h"
#include "ui/views/study_chart.h"
#include "ui/views/study_view.h"
#include "ui/views/time_chart.h"

#include <QApplication>
#include <QImage>
#include <QLabel>
#include <QLineSeries>
#include <QObject>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QVBoxLayout>
#include <QWheelEvent>

#include <cmath>
#include <memory>
#include <set>

using namespace halfopen;
using namespace std::chrono_literals;

namespace {

/// All views over each other in one window, as docks of equal width are.
struct Board {
    TimeAxisModel axis;
    QWidget window;
    std::vector<View *> views;

    explicit Board(const RecordPtr &record)
    {
        auto *layout = new QVBoxLayout(&window);
        layout->setContentsMargins(0, 0, 0, 0);
        for (const ViewType &type : viewTypes()) {
            views.push_back(type.create(&axis, &window));
            views.back()->setMinimumHeight(230); // whatever the others would like to have
            layout->addWidget(views.back());
            views.back()->setRecord(record);
        }
        if (record)
            axis.setRun(record->duration, record->now);
        window.resize(1000, 230 * static_cast<int>(views.size()));
        window.show();
    }
    BreakerChart *breakers() const { return window.findChild<BreakerChart *>(); }
    View *viewOf(QWidget *chart) const
    {
        for (View *view : views) {
            if (view->isAncestorOf(chart))
                return view;
        }
        return nullptr;
    }
    /// What the box at the pointer says.
    QString said() const
    {
        const auto *box = window.findChild<ReadoutBox *>();
        return box ? box->accessibleDescription() : QString();
    }
};

int pixelsOfColour(const QImage &image, const QRect &where, const QColor &colour)
{
    int n = 0;
    for (int y = where.top(); y <= where.bottom(); ++y) {
        for (int x = where.left(); x <= where.right(); ++x)
            n += image.pixelColor(x, y) == colour ? 1 : 0;
    }
    return n;
}

void drag(QWidget *widget, QPoint from, QPoint to, Qt::KeyboardModifiers modifiers = {},
          Qt::MouseButton button = Qt::LeftButton)
{
    QTest::mousePress(widget, button, modifiers, from);
    QMouseEvent move(QEvent::MouseMove, to, widget->mapToGlobal(to), Qt::NoButton, button,
                     modifiers);
    QApplication::sendEvent(widget, &move);
    QTest::mouseRelease(widget, button, modifiers, to);
}

} // namespace

class TestViews : public QObject {
    Q_OBJECT
private slots:
    void initTestCase()
    {
        auto &app = *qobject_cast<QApplication *>(QApplication::instance());
        QVERIFY(applyTheme(app, ThemeKind::Light).has_value());
        m_record = test::syntheticRun({.callsPerBucket = 30});
    }

    void idsAndTitlesAreUnique()
    {
        std::set<QString> ids;
        std::set<QString> titles;
        for (const ViewType &type : viewTypes()) {
            ids.insert(QString::fromLatin1(type.id));
            titles.insert(viewTitle(type));
        }
        QCOMPARE(ids.size(), viewTypes().size());
        QCOMPARE(titles.size(), viewTypes().size());
    }

    void allPlotsLineUpToThePixel()
    {
        Board board(m_record);
        QVERIFY(QTest::qWaitForWindowExposed(&board.window));
        QTRY_VERIFY(board.window.findChild<LatencyChart *>()->chart()->series().size() >= 4);
        std::set<std::pair<int, int>> edges; // left and right of the plots, in the window
        const auto add = [&](const QWidget *chart, const QRectF &plot) {
            const QPoint left = chart->mapTo(&board.window, plot.topLeft().toPoint());
            edges.insert({left.x(), left.x() + static_cast<int>(plot.width())});
        };
        int charts = 0;
        for (const TimeChart *chart : board.window.findChildren<TimeChart *>()) {
            add(chart, chart->plotRect());
            ++charts;
        }
        auto *latency = board.window.findChild<LatencyChart *>();
        add(latency->viewport(), latency->chart()->plotArea());
        QVERIFY(charts >= 3);
        QCOMPARE(edges.size(), std::size_t(1));
    }

    /// Qt Charts puts a point where the axis shared by all charts puts its time.
    void theQtChartMapsTimeAsTheOthersDo()
    {
        Board board(m_record);
        QVERIFY(QTest::qWaitForWindowExposed(&board.window));
        board.axis.setVisibleRange({Instant(30s), Instant(90s)});
        auto *latency = board.window.findChild<LatencyChart *>();
        QTRY_VERIFY(!latency->chart()->series().isEmpty());
        QTRY_COMPARE(latency->chart()->plotArea(), latency->plotRect());
        const TimeAxis axis({Instant(30s), Instant(90s)}, latency->plotRect().left(),
                            latency->plotRect().width());
        auto *series = qobject_cast<QLineSeries *>(latency->chart()->series().front());
        QVERIFY(series && series->count() > 100);
        for (const int i : {0, 50, 100}) {
            const QPointF point = series->at(i);
            const Instant at(Duration(std::llround(point.x() * 1e9)));
            // Qt Charts takes a new range over with its next frame.
            QTRY_VERIFY2(std::abs(latency->chart()->mapToPosition(point, series).x() -
                                  axis.toPixel(at)) < 0.01,
                         qPrintable(QStringLiteral("%1 and %2")
                                        .arg(latency->chart()->mapToPosition(point, series).x())
                                        .arg(axis.toPixel(at))));
            const QPointF pixel = latency->chart()->mapToPosition(point, series);
            QVERIFY(std::abs(pixel.y() - latency->valueAxis().toPixel(point.y())) < 0.01);
        }
    }

    void draggingSelectsInEveryChart()
    {
        Board board(m_record);
        QVERIFY(QTest::qWaitForWindowExposed(&board.window));
        QList<QWidget *> targets;
        for (TimeChart *chart : board.window.findChildren<TimeChart *>())
            targets << chart;
        targets << board.window.findChild<LatencyChart *>()->viewport();
        const QRectF plot = board.breakers()->plotRect();
        const TimeAxis axis = board.breakers()->timeAxis();
        for (QWidget *target : targets) {
            board.axis.clearSelection();
            const int x0 = static_cast<int>(plot.left()) + 200;
            const int x1 = static_cast<int>(plot.left()) + 100; // to the left
            drag(target, {x0, 40}, {x1, 40});
            QVERIFY(board.axis.selection());
            QCOMPARE(*board.axis.selection(), (TimeRange{axis.toInstant(x1), axis.toInstant(x0)}));
            QTest::keyClick(target, Qt::Key_Escape);
            QVERIFY(!board.axis.selection());
        }
    }

    void wheelZoomsAroundThePointer()
    {
        Board board(m_record);
        QVERIFY(QTest::qWaitForWindowExposed(&board.window));
        TimeChart *chart = board.breakers();
        const QPointF at(chart->plotRect().left() + 150, 40);
        const Instant under = chart->timeAxis().toInstant(at.x());
        QWheelEvent wheel(at, chart->mapToGlobal(at), {}, {0, 120}, Qt::NoButton, Qt::NoModifier,
                          Qt::NoScrollPhase, false);
        QApplication::sendEvent(chart, &wheel);
        QCOMPARE(board.axis.visibleRange().length(), Duration(144s)); // 0.8 of 180 s
        QVERIFY(std::abs(chart->timeAxis().toPixel(under) - at.x()) < 0.01);
    }

    void shiftDragAndMiddleDragPan()
    {
        Board board(m_record);
        QVERIFY(QTest::qWaitForWindowExposed(&board.window));
        TimeChart *chart = board.breakers();
        const int left = static_cast<int>(chart->plotRect().left());
        const double width = chart->plotRect().width();
        const TimeRange start{Instant(60s), Instant(100s)};
        const std::pair<Qt::KeyboardModifiers, Qt::MouseButton> ways[] = {
            {Qt::ShiftModifier, Qt::LeftButton}, {Qt::NoModifier, Qt::MiddleButton}};
        for (const auto &[modifiers, button] : ways) {
            board.axis.setVisibleRange(start);
            drag(chart, {left + 200, 40}, {left + 100, 40}, modifiers, button);
            const double moved = toSeconds(board.axis.visibleRange().from - start.from);
            QVERIFY(std::abs(moved - 40 * 100 / width) < 1e-6);
            QCOMPARE(board.axis.visibleRange().length(), start.length());
            QVERIFY(!board.axis.selection());
        }
    }

    void keysMoveTheAxis()
    {
        Board board(m_record);
        QVERIFY(QTest::qWaitForWindowExposed(&board.window));
        TimeChart *chart = board.breakers();
        QTest::keyClick(chart, Qt::Key_W);
        QCOMPARE(board.axis.visibleRange().length(), Duration(126s)); // 0.7 of 180 s
        const Instant from = board.axis.visibleRange().from;
        QTest::keyClick(chart, Qt::Key_D);
        QVERIFY(board.axis.visibleRange().from > from);
        QTest::keyClick(chart, Qt::Key_A);
        QCOMPARE(board.axis.visibleRange().from, from);
        QTest::keyClick(chart, Qt::Key_F);
        QVERIFY(board.axis.isFollowing());
        QCOMPARE(board.axis.visibleRange().to, m_record->now);
        QTest::keyClick(chart, Qt::Key_Home);
        QCOMPARE(board.axis.mode(), TimeAxisModel::Mode::All);
        QTest::keyClick(chart, Qt::Key_Right);
        QVERIFY(board.axis.cursor());
        QTest::keyClick(chart, Qt::Key_Right, Qt::ShiftModifier);
        QVERIFY(board.axis.selection());
    }

    void fullStopAndCommaGoThroughTheTransitions()
    {
        Board board(m_record);
        QVERIFY(QTest::qWaitForWindowExposed(&board.window));
        BreakerChart *chart = board.breakers();
        QSignalSpy picked(board.viewOf(chart), &View::transitionPicked);
        for (std::size_t i = 0; i < 3; ++i) {
            QTest::keyClick(chart, Qt::Key_Period);
            QCOMPARE(picked.takeFirst().at(0).value<std::size_t>(), i);
            QCOMPARE(board.axis.cursor(), std::optional(m_record->transitions[i].at));
        }
        QTest::keyClick(chart, Qt::Key_Comma);
        QCOMPARE(picked.takeFirst().at(0).value<std::size_t>(), std::size_t(1));
    }

    void jumpingBringsTheTransitionIntoView()
    {
        Board board(m_record);
        QVERIFY(QTest::qWaitForWindowExposed(&board.window));
        board.axis.setVisibleRange({Instant(1s), Instant(2s)});
        QTest::keyClick(board.breakers(), Qt::Key_Period);
        QVERIFY(board.axis.visibleRange().contains(m_record->transitions[0].at));
        QCOMPARE(board.axis.visibleRange().length(), Duration(1s));
    }

    void clickingAnEdgePinsItsReason()
    {
        Board board(m_record);
        QVERIFY(QTest::qWaitForWindowExposed(&board.window));
        BreakerChart *chart = board.breakers();
        QSignalSpy picked(board.viewOf(chart), &View::transitionPicked);
        // The first row is db_client.2, which trips at 62.31 s; its band lies below its title.
        const int x = static_cast<int>(std::lround(chart->timeAxis().toPixel(Instant(62310ms))));
        const int y = static_cast<int>(chart->plotRect().top()) + 26;
        QTest::mouseClick(chart, Qt::LeftButton, {}, {x, y});
        QCOMPARE(picked.count(), 1);
        const auto index = picked.at(0).at(0).value<std::size_t>();
        QCOMPARE(m_record->transitions[index].breaker, 0u);
        QCOMPARE(m_record->transitions[index].to, BreakerState::Open);
        QCOMPARE(chart->pinned(), std::optional(index));
        // 11 of 21 calls are 52.4 %.
        const auto labels = board.viewOf(chart)->findChildren<QLabel *>();
        QVERIFY(std::any_of(labels.begin(), labels.end(), [](const QLabel *label) {
            return label->isVisible() &&
                   label->text() == QStringLiteral("11 (") + formatShare(11.0 / 21) + ")";
        }));
        QTest::keyClick(chart, Qt::Key_Escape); // the cursor
        QTest::keyClick(chart, Qt::Key_Escape); // the pin
        QVERIFY(!chart->pinned());
    }

    void aPinnedReasonShowsTheStepsOfTheDecidingCall()
    {
        Board board(m_record);
        QVERIFY(QTest::qWaitForWindowExposed(&board.window));
        View *view = board.viewOf(board.breakers());
        const auto shown = [view](const QString &text) {
            const auto labels = view->findChildren<QLabel *>();
            return std::any_of(labels.begin(), labels.end(), [&text](const QLabel *label) {
                return label->text().startsWith(text);
            });
        };
        view->showTransition(0); // its call is in the sample
        QVERIFY(shown("+" + formatDuration(0ms) + "  attempt 1 sent"));
        QVERIFY(shown("+" + formatDuration(250ms)));
        QVERIFY(!shown("Its steps are not"));
        view->showTransition(1); // of another breaker, whose call is not
        QVERIFY(shown("Its steps are not"));
        QVERIFY(!shown("+" + formatDuration(0ms)));
    }

    /// batch.1, the second row, is OPEN from 30 s for 5 ms: at 180 s in about 700 pixels a 50th of
    /// a pixel.
    void anOpenOfFiveMillisecondsIsDrawn()
    {
        Board board(m_record);
        QVERIFY(QTest::qWaitForWindowExposed(&board.window));
        BreakerChart *chart = board.breakers();
        const QImage image = chart->grab().toImage();
        const int x = static_cast<int>(std::lround(chart->timeAxis().toPixel(Instant(30s))));
        const int top = static_cast<int>(chart->plotRect().top()) + 44; // of the second row
        const QRect around(x - 3, top, 7, 44);
        const int red = pixelsOfColour(image, around, Theme::light().error);
        QCOMPARE(red, 18); // one pixel wide, as high as the band
    }

    void emptyViewsSayWhatWillBeHereAndOfferTheRun()
    {
        Board board(nullptr);
        QVERIFY(QTest::qWaitForWindowExposed(&board.window));
        for (std::size_t v = 0; v < board.views.size(); ++v) {
            View *view = board.views[v];
            if (viewTypes()[v].place == ViewPlace::Page)
                continue; // of many runs: see the next test
            QSignalSpy asked(view, &View::emptyActionRequested);
            QPushButton *visible = nullptr;
            for (QPushButton *button : view->findChildren<QPushButton *>())
                visible = button->isVisible() ? button : visible;
            QVERIFY(visible);
            QTest::mouseClick(visible, Qt::LeftButton);
            QCOMPARE(asked.count(), 1);
        }
    }

    /// A view of many runs does not offer one run: it offers its study, as soon as there is a scenario to study.
    void emptyPagesSayWhatWillBeHereAndOfferTheStudy()
    {
        const LoadResult loaded = loadScenarioText(test::kTunedScenario, "tuned.yaml", standardVocabulary());
        QVERIFY(loaded.ok());
        int pages = 0;
        for (const ViewType &type : viewTypes()) {
            if (type.place != ViewPlace::Page)
                continue;
            ++pages;
            TuningModel tuning;
            TimeAxisModel axis;
            std::unique_ptr<View> view(type.create(&axis, nullptr));
            auto *study = qobject_cast<StudyView *>(view.get());
            QVERIFY2(study, type.id);
            view->setTuning(&tuning);
            view->show();
            QVERIFY(QTest::qWaitForWindowExposed(view.get()));
            QVERIFY2(study->startButton()->isVisible() && !study->startButton()->isEnabled(), type.id);
            QVERIFY2(view->csv().isEmpty(), type.id);
            tuning.setScenario(loaded.scenario);
            const QString sentence = study->chart()->accessibleDescription();
            QVERIFY2(sentence.contains(study->startButton()->text()), qPrintable(sentence));
            QVERIFY2(study->startButton()->isEnabled(), qPrintable(study->note()));
            QTest::mouseClick(study->startButton(), Qt::LeftButton);
            QTRY_VERIFY2(!view->csv().isEmpty(), type.id);
            QTest::mouseClick(study->startButton(), Qt::LeftButton); // it cancels while the study runs
        }
        QVERIFY(pages >= 2);
    }

    /// Five at once in a strip of at most three rows: pointing at it names every one, with its times.
    void everyOverlappingFaultIsNamed()
    {
        RunRecord faulty = *m_record;
        faulty.faultWindows.clear();
        for (int i = 0; i < 5; ++i)
            faulty.faultWindows.push_back({Instant(std::chrono::seconds(20 + i)), Instant(std::chrono::seconds(80 - i)), 0,
                                           "fault number " + std::to_string(i)});
        const auto record = std::make_shared<const RunRecord>(std::move(faulty));
        Board board(record);
        pointAtFaults(board, *record, 50.0);
        QTRY_VERIFY2(board.said().contains("5 faults"), qPrintable(board.said()));
        for (int i = 0; i < 5; ++i)
            QVERIFY2(board.said().contains(QStringLiteral("fault number %1 %2").arg(i).arg(formatRange(Instant(std::chrono::seconds(20 + i)), Instant(std::chrono::seconds(80 - i))))),
                     qPrintable(board.said()));
    }

    /// Of a shared row all count that lie over each other, also one after another.
    void faultsThatHideEachOtherInAChainAreAllNamed()
    {
        RunRecord faulty = *m_record;
        faulty.faultWindows.clear();
        const std::pair<int, int> times[] = {{10, 90}, {11, 90}, {12, 40}, {30, 60}, {50, 80}}; // the last three share a row
        for (const auto &[from, to] : times)
            faulty.faultWindows.push_back({Instant(std::chrono::seconds(from)), Instant(std::chrono::seconds(to)), 0, "from " + std::to_string(from)});
        const auto record = std::make_shared<const RunRecord>(std::move(faulty));
        Board board(record);
        pointAtFaults(board, *record, 20.0);
        QTRY_VERIFY2(board.said().contains("5 faults"), qPrintable(board.said()));
        QVERIFY2(board.said().contains("from 50"), qPrintable(board.said()));
    }

    void everyViewSurvivesEverySnapshotOfARun()
    {
        Board board(nullptr);
        QVERIFY(QTest::qWaitForWindowExposed(&board.window));
        for (const int played : {0, 1, 30, 64, 180}) {
            const RecordPtr record = test::syntheticRun(
                {.played = std::chrono::seconds(played), .callsPerBucket = 10, .retries = 100});
            board.axis.setRun(record->duration, record->now);
            for (View *view : board.views) {
                view->setRecord(record);
                view->setGhost(m_record);
                QVERIFY(!view->grab().isNull());
            }
        }
        for (View *view : board.views) {
            view->setGhost(nullptr);
            view->setRecord(nullptr);
            QVERIFY(!view->grab().isNull());
        }
    }

    void controlsHaveNames()
    {
        Board board(m_record);
        for (View *view : board.views) {
            for (QWidget *widget : view->findChildren<QWidget *>()) {
                if (widget->focusPolicy() == Qt::NoFocus ||
                    !qobject_cast<QAbstractButton *>(widget))
                    continue;
                const auto *button = qobject_cast<QAbstractButton *>(widget);
                QVERIFY2(!button->text().isEmpty() || !button->accessibleName().isEmpty(),
                         widget->metaObject()->className());
            }
            for (TimeChart *chart : view->findChildren<TimeChart *>()) {
                QVERIFY(!chart->accessibleName().isEmpty());
                QVERIFY(!chart->accessibleDescription().isEmpty());
            }
        }
    }

    void manyWishesAreOneFrame()
    {
        FrameClock clock;
        QSignalSpy frames(&clock, &FrameClock::draw);
        clock.started();
        for (int i = 0; i < 1000; ++i)
            clock.request();
        QTRY_VERIFY(frames.count() >= 1);
        QTest::qWait(50);
        QCOMPARE(frames.count(), 1);
    }

private:
    /// Moves the pointer to the strip of the faults, at \a seconds of the run.
    static void pointAtFaults(Board &board, const RunRecord &record, double seconds)
    {
        QVERIFY(QTest::qWaitForWindowExposed(&board.window));
        TimeChart *chart = nullptr;
        for (TimeChart *one : board.window.findChildren<TimeChart *>())
            if (one->accessibleName() == "Outcomes over time")
                chart = one;
        QVERIFY(chart);
        QTest::qWait(100); // drawn
        const QRectF plot = chart->plotRect();
        QTest::mouseMove(chart, QPointF(plot.left() + plot.width() * seconds / toSeconds(record.duration), plot.top() + 4).toPoint());
    }

    RecordPtr m_record;
};

QTEST_MAIN(TestViews)
#include "tst_views.moc"
