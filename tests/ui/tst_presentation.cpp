// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/run_record.h"
#include "tests/support/lab_window.h"
#include "tests/support/tuned_scenario.h"
#include "ui/main_window.h"
#include "ui/models/time_axis_model.h"
#include "ui/steady_label.h"
#include "ui/theme.h"
#include "ui/time_scrubber.h"
#include "ui/tracks_area.h"
#include "ui/transport_bar.h"
#include "ui/views/readout_box.h"
#include "ui/views/time_chart.h"
#include "ui/views/view.h"

#include <QAction>
#include <QApplication>
#include <QComboBox>
#include <QDockWidget>
#include <QScrollArea>
#include <QScrollBar>
#include <QSplitter>
#include <QTest>
#include <QToolButton>
#include <QWheelEvent>

#include <algorithm>
#include <memory>

using namespace halfopen;
using namespace std::chrono_literals;

namespace {

/// The wheel one step over the middle of \a widget; negative = towards the user.
void turn(QWidget *widget, int steps, Qt::KeyboardModifiers modifiers = Qt::NoModifier)
{
    const QPointF at = QRectF(widget->rect()).center();
    QWheelEvent wheel(at, widget->mapToGlobal(at), {}, {0, steps * 120}, Qt::NoButton, modifiers, Qt::NoScrollPhase, false);
    QApplication::sendEvent(widget, &wheel);
}

/// A turn of the wheel has ended by then.
void letTheWheelRest()
{
    QTest::qWait(350);
}

} // namespace

/// That a presentation leaves nothing behind, and what the wheel is for in the column of tracks.
class TestPresentation : public QObject {
    Q_OBJECT
private:
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<MainWindow> m_window;

    RecordPtr record() const { return m_window->controller()->record(); }
    void makeWindow() { m_window = test::shownWindow(*m_folder, simulationEngines(), {1280, 800}); }
    void present(bool on)
    {
        m_window->findChild<QAction *>("presentation")->setChecked(on);
        test::waitUntilDrawn();
    }
    QScrollBar *column() const { return m_window->tracks()->findChild<QScrollArea *>()->verticalScrollBar(); }
    TimeChart *chart(const char *track) const { return m_window->tracks()->find(track)->view()->findChild<TimeChart *>(); }
    SteadyLabel *measured() const
    {
        for (SteadyLabel *label : m_window->findChildren<SteadyLabel *>())
            if (label->accessibleName() == QLatin1String("Measured speed"))
                return label;
        return nullptr;
    }
    /// Where everything stands that the user has arranged, and how high the controls are.
    QStringList arrangement() const
    {
        QStringList all{QString("window %1x%2").arg(m_window->width()).arg(m_window->height())};
        QList<QDockWidget *> docks = m_window->findChildren<QDockWidget *>(); // in the order of their last coming to the front
        std::sort(docks.begin(), docks.end(), [](auto *a, auto *b) { return a->objectName() < b->objectName(); });
        for (const QDockWidget *dock : docks)
            if (dock->isVisible() && !dock->visibleRegion().isEmpty()) // not behind another tab, where it is placed when it comes to the front
                all += QString("dock %1 %2x%3").arg(dock->objectName()).arg(dock->width()).arg(dock->height());
        for (const QComboBox *combo : m_window->findChildren<QComboBox *>())
            if (combo->isVisible())
                all += QString("combo %1 %2").arg(combo->accessibleName()).arg(combo->height());
        for (const Track *track : m_window->tracks()->tracks())
            all += QString("track %1 %2").arg(track->id()).arg(track->height());
        for (const QToolButton *button : m_window->findChild<TransportBar *>()->findChildren<QToolButton *>())
            all += QString("button %1 %2x%3").arg(button->accessibleName()).arg(button->width()).arg(button->height());
        all += QString("column at %1").arg(column()->value());
        all += QString("time bar %1").arg(m_window->findChild<TimeScrubber *>()->width());
        all += QString("%1 %2").arg(measured()->text(), measured()->isVisible() ? "is shown" : "is hidden");
        return all;
    }
    /// What stands otherwise than \a before, one per line.
    QString otherThan(const QStringList &before) const
    {
        const QStringList now = arrangement();
        QStringList other;
        for (qsizetype i = 0; i < std::max(now.size(), before.size()); ++i)
            if (now.value(i) != before.value(i))
                other += now.value(i) + " instead of " + before.value(i);
        return other.join('\n');
    }
    bool isReadoutShown() const
    {
        const QList<ReadoutBox *> boxes = m_window->findChildren<ReadoutBox *>();
        return std::any_of(boxes.begin(), boxes.end(), [](const ReadoutBox *box) { return box->isVisible(); });
    }
    /// The pointer over the middle of the outcomes, and what is told there.
    void pointAtTheOutcomes()
    {
        const QPoint middle = chart("outcomes")->rect().center();
        QTest::mouseMove(chart("outcomes"), middle - QPoint(5, 0));
        QTest::mouseMove(chart("outcomes"), middle);
        QTRY_VERIFY(isReadoutShown());
    }

private slots:
    void initTestCase() { QVERIFY(applyTheme(*qApp, ThemeKind::Light)); }
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        makeWindow();
        QVERIFY(m_window->openScenario(test::writeFile(m_folder->filePath("tuned.yaml"), test::kTunedScenario)));
        QTRY_VERIFY(record() != nullptr);
        m_window->controller()->seekTime(Instant(60s));
        QTRY_VERIFY_WITH_TIMEOUT(record() && record()->end == RunEnd::Finished, 60000);
        for (Track *track : m_window->tracks()->tracks())
            track->setExpanded(true);
        test::waitUntilDrawn();
    }
    void cleanup()
    {
        m_window.reset();
        m_folder.reset();
    }

    void leavingAPresentationGivesEverythingBack()
    {
        auto *tuning = m_window->findChild<QDockWidget *>("tuning");
        m_window->resizeDocks({tuning}, {404}, Qt::Horizontal);
        test::waitUntilDrawn();
        const QStringList before = arrangement();
        const int letters = Theme::bodyFont().pixelSize();
        for (int round = 0; round < 3; ++round) {
            present(true);
            QVERIFY(Theme::bodyFont().pixelSize() > letters);
            QVERIFY(!tuning->isVisible());
            present(false);
            QTRY_VERIFY2_WITH_TIMEOUT(otherThan(before).isEmpty(),
                                      qPrintable(QString("round %1:\n").arg(round) + otherThan(before)), 3000);
        }
    }

    void leavingAPresentationKeepsThePanelsBesideTheText()
    {
        auto *text = m_window->findChild<QDockWidget *>("text"), *tuning = m_window->findChild<QDockWidget *>("tuning");
        m_window->findChild<QAction *>("edit_text")->trigger();
        QTRY_VERIFY(text->isVisible());
        test::waitUntilDrawn(); // the text has taken a width of its own
        // Nearly all that they can have.
        const int sides = m_window->width() - m_window->centralWidget()->minimumSizeHint().width() - 20;
        m_window->resizeDocks({text, tuning}, {sides - 300, 300}, Qt::Horizontal);
        test::waitUntilDrawn();
        QCOMPARE(tuning->width(), 300);
        const QStringList before = arrangement();
        const auto leastOfPages = [this] { // of those that are hidden now
            return m_window->page("sweep")->minimumSizeHint().expandedTo(m_window->page("stability")->minimumSizeHint());
        };
        const QSize least = leastOfPages();
        for (int round = 0; round < 2; ++round) {
            present(true);
            QVERIFY(!text->isVisible());
            const QSize larger = leastOfPages(); // asked in the large letters, too
            QVERIFY(larger.width() > least.width());
            present(false);
            QCOMPARE(leastOfPages(), least);
            QTRY_VERIFY2_WITH_TIMEOUT(otherThan(before).isEmpty(),
                                      qPrintable(QString("round %1:\n").arg(round) + otherThan(before)), 3000);
        }
    }

    /// On a busy machine the window has its size of before much later than it is asked, and on the way there another one.
    void aWindowThatComesBackLateGetsEverythingBack()
    {
        m_window->showMaximized();
        QTRY_VERIFY(m_window->isMaximized());
        const QSize whole(1280, 776), onTheWay(1000, 650);
        QTRY_VERIFY((m_window->resize(whole), m_window->size() == whole));
        auto *scenario = m_window->findChild<QDockWidget *>("scenario"), *tuning = m_window->findChild<QDockWidget *>("tuning");
        m_window->resizeDocks({scenario, tuning}, {260, 300}, Qt::Horizontal);
        test::waitUntilDrawn();
        const QStringList before = arrangement();
        present(true);
        present(false);
        m_window->resize(onTheWay);
        QTest::qWait(1300);
        m_window->resize(onTheWay); // a manager that gives no other yet
        test::waitUntilDrawn();
        m_window->resize(whole);
        QTRY_VERIFY2_WITH_TIMEOUT(otherThan(before).isEmpty(), qPrintable(otherThan(before)), 3000);
    }

    void closingWhilePresentingKeepsTheLayoutOfBefore()
    {
        auto *tuning = m_window->findChild<QDockWidget *>("tuning");
        m_window->resizeDocks({tuning}, {404}, Qt::Horizontal);
        test::waitUntilDrawn();
        const auto kept = [this](const char *key) { return LabSettings(m_folder->filePath("settings.ini")).bytes(QLatin1String(key)); };
        const QByteArray docks = m_window->saveState(4); // the version of the layout
        const QByteArray geometry = m_window->saveGeometry();
        present(true);
        QVERIFY(m_window->close());
        QCOMPARE(kept("layout/state").toHex(), docks.toHex());
        QCOMPARE(kept("layout/geometry").toHex(), geometry.toHex());
    }

    void theTimeBarIsLongEnoughInAPresentation()
    {
        present(true);
        const int bar = m_window->findChild<TimeScrubber *>()->width();
        QVERIFY2(bar >= Theme::px(240) - 2 || !measured()->isVisible(), qPrintable(QString("%1, and %2 px for the speed").arg(bar).arg(measured()->width())));
        present(false);
        QTRY_VERIFY(measured()->isVisible());
        QCOMPARE(measured()->text(), QStringLiteral("finished"));
    }

    // ---- the wheel

    void theWheelScrollsTheColumnWhenTheWholeRunIsInView()
    {
        QVERIFY(column()->maximum() > 0);
        column()->setValue(0);
        letTheWheelRest();
        const TimeRange all = m_window->timeAxis()->visibleRange();
        QCOMPARE(all, m_window->timeAxis()->wholeRun());
        turn(chart("outcomes"), -1);
        const int once = column()->value();
        QVERIFY(once > 0);
        turn(chart("outcomes"), -1);
        QVERIFY(column()->value() > once);
        letTheWheelRest();
        turn(chart("outcomes"), 1);
        QCOMPARE(column()->value(), once);
        QCOMPARE(m_window->timeAxis()->visibleRange(), all);
    }

    void theWheelZoomsInAtTheTopOfTheColumnAndWithControlAnywhere()
    {
        column()->setValue(0);
        letTheWheelRest();
        turn(chart("outcomes"), 1);
        QVERIFY(m_window->timeAxis()->visibleRange() != m_window->timeAxis()->wholeRun());
        m_window->timeAxis()->showAll();
        column()->setValue(column()->maximum() / 2);
        letTheWheelRest();
        turn(chart("outcomes"), 1, Qt::ControlModifier);
        QVERIFY(m_window->timeAxis()->visibleRange() != m_window->timeAxis()->wholeRun());
        QCOMPARE(column()->value(), column()->maximum() / 2);
        // Out again, and on, in one turn: it does not become a scroll.
        for (int i = 0; i < 4; ++i)
            turn(chart("outcomes"), -1);
        QCOMPARE(m_window->timeAxis()->visibleRange(), m_window->timeAxis()->wholeRun());
        QCOMPARE(column()->value(), column()->maximum() / 2);
    }

    void aScrollThatBeganOverAHeadingGoesOnOverAChart()
    {
        column()->setValue(0);
        m_window->timeAxis()->setVisibleRange({Instant(10s), Instant(20s)});
        letTheWheelRest();
        // A heading leaves the wheel to what is around it; an event that is made here is not passed on.
        turn(m_window->tracks()->findChild<QScrollArea *>()->viewport(), -1);
        const int once = column()->value();
        QVERIFY(once > 0);
        turn(chart("outcomes"), -1);
        QVERIFY(column()->value() > once);
        QCOMPARE(m_window->timeAxis()->visibleRange().length(), Duration(10s));
        letTheWheelRest();
        const int before = column()->value();
        turn(chart("outcomes"), -1); // another turn: it zooms, as there is something to zoom out to
        QCOMPARE(column()->value(), before);
        QVERIFY(m_window->timeAxis()->visibleRange().length() > Duration(10s));
    }

    void aReadoutGoesWithWhatScrollsAway()
    {
        column()->setValue(0);
        letTheWheelRest();
        pointAtTheOutcomes();
        QVERIFY(isReadoutShown());
        turn(chart("outcomes"), -1);
        QVERIFY(column()->value() > 0);
        QVERIFY(!isReadoutShown());
        QTest::qWait(100); // nor does the next frame bring it back
        QVERIFY(!isReadoutShown());
    }

    /// What stays where it is keeps what is told of it.
    void aReadoutOfAPinnedTrackStays()
    {
        m_window->tracks()->find("outcomes")->setPinned(true);
        test::waitUntilDrawn();
        pointAtTheOutcomes();
        QVERIFY(isReadoutShown());
        QVERIFY(column()->maximum() > 0);
        column()->setValue(column()->maximum() / 2);
        QVERIFY(isReadoutShown());
        QTest::qWait(100);
        QVERIFY(isReadoutShown());
    }
};

QTEST_MAIN(TestPresentation)

#include "tst_presentation.moc"
