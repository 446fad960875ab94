// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/run_record.h"
#include "tests/support/cut_widgets.h"
#include "tests/support/lab_window.h"
#include "ui/library/library_panel.h"
#include "ui/library/run_library.h"
#include "ui/main_window.h"
#include "ui/models/tuning_model.h"
#include "ui/theme.h"
#include "ui/tracks_area.h"
#include "ui/translation.h"
#include "ui/tuning/tuning_panel.h"
#include "ui/views/breaker_chart.h"
#include "ui/views/latency_chart.h"
#include "ui/views/moment_panel.h"
#include "ui/views/stability_view.h"
#include "ui/views/study_axis_editor.h"
#include "ui/views/study_chart.h"
#include "ui/views/sweep_view.h"
#include "ui/views/view.h"

#include <QAction>
#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QDir>
#include <QDockWidget>
#include <QFile>
#include <QLineEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <memory>

using namespace halfopen;
using namespace std::chrono_literals;

namespace {

/// The smallest window that the lab promises to be whole in.
constexpr QSize kSmallest(1280, 800);
/// What a text needs to be read, in logical pixels: some fifty letters.
constexpr int kReadableText = 390;

QString listOf(const QStringList &cut)
{
    return QStringLiteral("%1 cut:\n").arg(cut.size()) + cut.join(QLatin1Char('\n'));
}

} // namespace

/// That nothing is cut off, in the smallest window, in each language, whatever is open beside the charts. With
/// HALFOPEN_PICTURES=folder in the environment every place is drawn into that folder, to be looked at.
class TestLayouts : public QObject {
    Q_OBJECT
private:
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<MainWindow> m_window;
    QString m_language;
    QString m_pictures = qEnvironmentVariable("HALFOPEN_PICTURES");

    void makeWindow(const QString &language)
    {
        m_language = language;
        applyLanguage(*qApp, language);
        m_window = test::shownWindow(*m_folder, simulationEngines(), kSmallest);
        command("reset_layout"); // the first one was that of the test's screen
        settle();
    }
    /// The retry storm; \a calls per second, of 800, for what runs it many times.
    void openAndRun(int calls = 800)
    {
        QFile shipped(QStringLiteral(HALFOPEN_SOURCE_DIR "/scenarios/retry_storm.yaml"));
        QVERIFY(shipped.open(QIODevice::ReadOnly));
        const QByteArray text = shipped.readAll();
        QVERIFY(text.contains("poisson: 800/s"));
        const QString copy = test::writeFile(m_folder->filePath("retry_storm.yaml"),
                                             QByteArray(text).replace("poisson: 800/s", "poisson: " + QByteArray::number(calls) + "/s"));
        QVERIFY(m_window->openScenario(copy));
        QTRY_VERIFY(m_window->document()->path() == copy && record());
        runToEnd();
    }
    void runToEnd()
    {
        m_window->controller()->seekTime(Instant(record()->duration));
        QTRY_VERIFY_WITH_TIMEOUT(record() && record()->end == RunEnd::Finished, 60000);
        settle();
    }
    RecordPtr record() const { return m_window->controller()->record(); }
    QDockWidget *dock(const char *name) const { return m_window->findChild<QDockWidget *>(name); }
    Track *track(const QString &id) const { return m_window->tracks()->find(id); }
    void command(const char *name) { m_window->findChild<QAction *>(name)->trigger(); }
    void settle() { test::waitUntilDrawn(); }
    void picture(const QString &name)
    {
        if (m_pictures.isEmpty())
            return;
        const QString theme = Theme::of(m_window.get()).dark ? QStringLiteral("dark") : QStringLiteral("light");
        QDir().mkpath(m_pictures);
        const QString file = QStringLiteral("%1/%2-%3-%4.png").arg(m_pictures, name, m_language, theme);
        QVERIFY(m_window->grab().save(file));
    }
    /// That nothing is cut now, wherever the tracks are scrolled to.
    void check(const QString &where)
    {
        settle();
        picture(where);
        QVERIFY2(m_window->width() <= kSmallest.width() && m_window->height() <= kSmallest.height(),
                 qPrintable(QString("%1: the window is %2x%3").arg(where).arg(m_window->width()).arg(m_window->height())));
        QStringList cut;
        // A scroll bar that has just come moves what is beside it.
        QTRY_VERIFY2_WITH_TIMEOUT((cut = test::cutIn(m_window.get())).isEmpty(), qPrintable(where + ": " + listOf(cut)), 2000);
    }
    void unfoldAll()
    {
        for (Track *one : m_window->tracks()->tracks())
            one->setExpanded(true);
    }
    void askWhyNotYet()
    {
        auto *chart = track("breakers")->view()->findChild<BreakerChart *>();
        m_window->timeAxis()->setCursor(Instant(50s));
        QTest::keyClick(chart, Qt::Key_E);
        QTRY_VERIFY_WITH_TIMEOUT(m_window->findChild<MomentPanel *>()->isVisible(), 60000);
    }
    /// A change in What if, run to its end over the ghost of the run before.
    void changeInWhatIf()
    {
        m_window->findChild<QAction *>("what_if")->setChecked(true);
        const RecordPtr before = record();
        QVERIFY(m_window->tuning()->edit(*m_window->tuning()->find("policies.db_client.0.max_attempts"), "5"));
        QTRY_VERIFY_WITH_TIMEOUT(record() != before && record() && record()->end == RunEnd::Finished && m_window->ghost(), 60000);
        QTRY_VERIFY_WITH_TIMEOUT(!m_window->whatIf().isComputing(), 60000);
    }

    static void languagesAsData()
    {
        QTest::addColumn<QString>("language");
        for (const Language &language : languages()) {
            if (!language.code.isEmpty())
                QTest::newRow(qPrintable(language.code)) << language.code;
        }
    }

private slots:
    void initTestCase()
    {
        const bool isLight = qEnvironmentVariable("HALFOPEN_PICTURES_THEME") == QLatin1String("light");
        QVERIFY(applyTheme(*qApp, isLight ? ThemeKind::Light : ThemeKind::Dark));
    }
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }
    void cleanup()
    {
        if (m_window)
            m_window->tuning()->resetAll();
        m_window.reset();
        applyLanguage(*qApp, QStringLiteral("en"));
    }

    /// Every combination of what can be open, over a ghost: nothing gives way by being cut.
    void everyCombinationOfDocksIsWhole_data() { languagesAsData(); }
    void everyCombinationOfDocksIsWhole()
    {
        QFETCH(QString, language);
        makeWindow(language);
        openAndRun();
        changeInWhatIf();
        for (const QString &left : {QStringLiteral("scenario"), QStringLiteral("text"), QStringLiteral("library")}) {
            for (const bool hasTuning : {true, false}) {
                for (const bool hasCompare : {false, true}) {
                    for (const bool hasCall : {false, true}) {
                        for (const bool hasMoment : {false, true}) {
                            dock("tuning")->setVisible(hasTuning);
                            dock("compare")->setVisible(hasCompare);
                            // The key of a panel that has the focus would put it away.
                            if (left == QLatin1String("text") && dock("text")->widget()->visibleRegion().isEmpty())
                                command("edit_text");
                            else
                                dock(qPrintable(left))->raise();
                            track("calls")->setExpanded(hasCall);
                            if (hasCall)
                                emit track("breakers")->view()->callPicked(record()->calls[0].call);
                            if (hasMoment)
                                askWhyNotYet();
                            else
                                track("breakers")->view()->letGo();
                            check(QStringLiteral("docks-%1%2%3%4%5").arg(left)
                                      .arg(hasTuning ? "-tuning" : "", hasCompare ? "-compare" : "", hasCall ? "-call" : "",
                                           hasMoment ? "-moment" : ""));
                            if (QTest::currentTestFailed())
                                return;
                        }
                    }
                }
            }
        }
    }

    /// The text beside the settings that it is about: both can be read, and stay so when a ghost comes.
    void theTextHasRoomBesideTheSettings_data() { languagesAsData(); }
    void theTextHasRoomBesideTheSettings()
    {
        QFETCH(QString, language);
        makeWindow(language);
        openAndRun();
        command("edit_text");
        settle();
        QVERIFY2(dock("text")->width() >= kReadableText, qPrintable(QString::number(dock("text")->width())));
        const int tuning = dock("tuning")->width();
        QVERIFY2(tuning >= 290, qPrintable(QString::number(tuning)));
        const int text = dock("text")->width();
        changeInWhatIf();
        check("text-beside-tuning");
        QCOMPARE(dock("text")->width(), text); // nothing moves under the pointer
        QCOMPARE(dock("tuning")->width(), tuning);
    }

    /// Every track in every of its modes.
    void everyTrackIsWhole_data() { languagesAsData(); }
    void everyTrackIsWhole()
    {
        QFETCH(QString, language);
        makeWindow(language);
        check("empty");
        openAndRun();
        check("start");
        unfoldAll();
        command("keep_ghost");
        for (Track *one : m_window->tracks()->tracks()) {
            m_window->tracks()->reveal(one->id());
            check("track-" + one->id());
        }
        const View *latency = track("latency")->view();
        m_window->tracks()->reveal("latency");
        latency->findChild<QCheckBox *>()->setChecked(true);
        check("latency-heatmap");
        latency->findChild<QComboBox *>()->setCurrentIndex(1);
        check("latency-ccdf");
        m_window->timeAxis()->setSelection({Instant(40s), Instant(60s)});
        m_window->timeAxis()->setCursor(Instant(50s));
        check("selection");
        m_window->timeAxis()->clearSelection();
    }

    /// The pages of many runs, empty and with results.
    void everyStudyIsWhole_data() { languagesAsData(); }
    void everyStudyIsWhole()
    {
        QFETCH(QString, language);
        makeWindow(language);
        openAndRun(160);
        m_window->showPage(1);
        check("sweep-empty");
        auto *sweep = qobject_cast<SweepView *>(m_window->page("sweep"));
        QVERIFY(sweep->firstAxis()->choose("policies.db_client.0.max_attempts"));
        sweep->firstAxis()->setRange("1", "4", 4);
        sweep->runsEach()->setValue(2);
        QTest::mouseClick(sweep->startButton(), Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(!sweep->model()->isRunning(), 110000);
        check("sweep-line");
        QVERIFY(sweep->secondAxis()->choose("policies.db_client.2.after"));
        sweep->secondAxis()->setRange("100ms", "400ms", 3);
        sweep->runsEach()->setValue(1);
        QTest::mouseClick(sweep->startButton(), Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(!sweep->model()->isRunning(), 110000);
        sweep->chart()->setSelected(1);
        check("sweep-grid");
        sweep->findChild<QCheckBox *>()->setChecked(true);
        check("sweep-pareto");
        m_window->showPage(2);
        check("stability-empty");
        auto *stability = qobject_cast<StabilityView *>(m_window->page("stability"));
        stability->load()->setRange("120/s", "200/s", 3);
        stability->trigger()->setRange("2s", "20s", 3);
        stability->settle()->setText("20s");
        QTest::mouseClick(stability->startButton(), Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(!stability->model()->isRunning(), 110000);
        check("stability-map");
        command("edit_text");
        check("stability-text");
        m_window->showPage(1);
        check("sweep-text");
    }
};

QTEST_MAIN(TestLayouts)
#include "tst_layouts.moc"
