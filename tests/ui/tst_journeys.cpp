// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/run_record.h"
#include "simulators/vocabulary.h"
#include "tests/support/file_dialog_answer.h"
#include "tests/support/tuned_scenario.h"
#include "ui/compare/compare_panel.h"
#include "ui/format.h"
#include "ui/main_window.h"
#include "ui/message_bar.h"
#include "ui/models/call_story.h"
#include "ui/models/reason_text.h"
#include "ui/scenario/scenario_files.h"
#include "ui/scenario/text_editor.h"
#include "ui/scenario/text_panel.h"
#include "ui/theme.h"
#include "ui/tracks_area.h"
#include "ui/tuning/setting_row.h"
#include "ui/tuning/tuning_panel.h"
#include "ui/views/breaker_chart.h"
#include "ui/views/moment_panel.h"
#include "ui/views/study_axis_editor.h"
#include "ui/views/study_chart.h"
#include "ui/views/sweep_view.h"
#include "ui/views/transition_panel.h"
#include "ui/views/view.h"
#include "ui/what_if_bar.h"

#include <QAction>
#include <QApplication>
#include <QAbstractItemView>
#include <QComboBox>
#include <QCompleter>
#include <QDir>
#include <QDockWidget>
#include <QDropEvent>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QMenu>
#include <QMenuBar>
#include <QMimeData>
#include <QObject>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QSpinBox>
#include <QTabBar>
#include <QTableWidget>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>
#include <QWheelEvent>

#include <sys/resource.h>

#include <algorithm>
#include <csignal>
#include <functional>
#include <memory>

using namespace halfopen;
using namespace std::chrono_literals;

namespace {

const QString kScenarios = QStringLiteral(HALFOPEN_SOURCE_DIR "/scenarios");
const QString kRecovery = QStringLiteral("policies.edge.1.recovery_timeout");
const QString kAttempts = QStringLiteral("policies.edge.0.max_attempts");

void write(const QString &path, const QByteArray &text)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(text);
}

QByteArray read(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// The share of calls that ended well, over the clients' first edge.
double goodputOf(const RunRecord &run)
{
    double good = 0, ended = 0;
    for (std::size_t k = 0; k < kOutcomeKinds; ++k) {
        ended += double(run.edgeTotals[0].ended[k]);
        good += isGood(static_cast<OutcomeKind>(k)) ? double(run.edgeTotals[0].ended[k]) : 0;
    }
    return good / ended;
}

/// All that \a widget says, one label per line.
QString textsIn(const QWidget *widget)
{
    QStringList texts;
    for (const QLabel *label : widget->findChildren<QLabel *>())
        if (!label->isHidden())
            texts += label->text();
    return texts.join(QLatin1Char('\n'));
}

} // namespace

/// What people come to the lab for, from the first click to the last, on the real window and the real engine. Only what a
/// mouse and a keyboard can do is done; the objects behind are only asked.
class TestJourneys : public QObject {
    Q_OBJECT
private:
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<MainWindow> m_window;

    RecordPtr record() const { return m_window->controller()->record(); }
    bool isFinished() const { return record() && record()->end == RunEnd::Finished; }
    void click(QWidget *widget)
    {
        QVERIFY2(widget && widget->isVisible() && widget->isEnabled(), widget ? qPrintable(widget->objectName()) : "none");
        QTest::mouseClick(widget, Qt::LeftButton);
    }
    void key(int key, Qt::KeyboardModifiers modifiers = {})
    {
        QWidget *focus = QApplication::focusWidget();
        QTest::keyClick(focus ? focus : m_window.get(), Qt::Key(key), modifiers);
    }
    QAbstractButton *button(const QWidget *in, const QString &text) const
    {
        for (QAbstractButton *one : in->findChildren<QAbstractButton *>())
            if (one->text() == text && one->isVisible())
                return one;
        return nullptr;
    }
    /// Opens a menu of the menu bar and below it, and clicks at the last of \a path.
    void choose(const QStringList &path)
    {
        QMenu *menu = nullptr;
        QList<QAction *> actions = m_window->menuBar()->actions();
        for (int depth = 0; depth < path.size(); ++depth) {
            const auto found = std::find_if(actions.begin(), actions.end(),
                                            [&](const QAction *action) { return action->text().remove('&') == path[depth]; });
            QVERIFY2(found != actions.end(), qPrintable(path[depth] + " is not in the menu"));
            if (QMenu *below = (*found)->menu()) {
                below->popup(m_window->mapToGlobal(QPoint(20 * depth, 20)));
                QVERIFY(QTest::qWaitForWindowExposed(below));
                menu = below;
                actions = below->actions();
            } else {
                QTest::mouseClick(menu, Qt::LeftButton, {}, menu->actionGeometry(*found).center());
            }
        }
        while (QWidget *popup = QApplication::activePopupWidget()) // the menus above it, which were opened by themselves here
            popup->close();
        m_window->activateWindow();
    }
    void openFile(const QString &path)
    {
        QVERIFY(m_window->openScenario(path));
        QTRY_VERIFY(record());
        m_window->activateWindow();
    }
    void openTuned()
    {
        write(m_folder->filePath("tuned.yaml"), test::kTunedScenario);
        openFile(m_folder->filePath("tuned.yaml"));
    }
    void runToEnd()
    {
        QTest::keyClick(m_window.get(), Qt::Key_E, Qt::ControlModifier);
        QTRY_VERIFY_WITH_TIMEOUT(isFinished(), 60000);
    }
    Track *track(const QString &id) const { return m_window->tracks()->find(id); }
    BreakerChart *breakers() const { return track("breakers")->view()->findChild<BreakerChart *>(); }
    /// Types a value into its field of the tuning panel.
    void tune(const QString &path, const QString &value)
    {
        SettingRow *row = m_window->tuningPanel()->row(path);
        QVERIFY(row);
        auto *line = row->findChild<QLineEdit *>();
        QVERIFY(line);
        line->setFocus();
        line->selectAll();
        QTest::keyClicks(line, value);
        QTest::keyClick(line, Qt::Key_Return);
    }
    /// Types into a box that searches as one types.
    void search(QComboBox *box, const QString &words)
    {
        box->lineEdit()->setFocus();
        box->lineEdit()->selectAll();
        QTest::keyClicks(box->lineEdit(), words);
        QAbstractItemView *found = box->completer()->popup();
        QTRY_VERIFY(found->isVisible());
        QCOMPARE(found->model()->rowCount(), 1);
        QVERIFY(found->width() >= found->sizeHintForColumn(0)); // nothing of it is cut off
        QTest::keyClick(found, Qt::Key_Down);
        QTest::keyClick(found, Qt::Key_Return);
    }
    std::string settingOf(const Scenario &scenario, std::size_t layer, std::string_view name) const
    {
        const PolicySpec &policy = scenario.stacks[0].layers[layer];
        const Field &field = *policy.settings.schema().find(name);
        return formatValue(field, policy.settings.get(field));
    }
    std::uint64_t tripsOf(const RunRecord &run) const
    {
        return std::uint64_t(std::count_if(run.transitions.begin(), run.transitions.end(),
                                           [](const BreakerTransition &t) { return t.to == BreakerState::Open; }));
    }

private slots:
    void initTestCase()
    {
        QCoreApplication::setAttribute(Qt::AA_DontUseNativeDialogs);
        QVERIFY(applyTheme(*qApp, ThemeKind::Dark));
        qputenv("HALFOPEN_SCENARIOS", kScenarios.toLocal8Bit());
    }
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_window = std::make_unique<MainWindow>(simulationEngines(),
                                                std::make_unique<LabSettings>(m_folder->filePath("settings.ini")));
        m_window->showNormal();
        m_window->resize(1280, 800);
        QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    }
    void cleanup() { m_window.reset(); }

    /// 1. Why did the breaker trip, and why not a moment before?
    void anIncidentIsOpenedAndTheTripExplained()
    {
        choose({"File", "Scenarios of the lab", "Incidents", "recorded-brownout"});
        QTRY_VERIFY_WITH_TIMEOUT(record(), 30000);
        runToEnd();
        BreakerChart *chart = breakers();
        QVERIFY(chart && chart->isVisible());
        const auto trip = std::find_if(record()->transitions.begin(), record()->transitions.end(),
                                       [](const BreakerTransition &t) { return t.to == BreakerState::Open; });
        QVERIFY(trip != record()->transitions.end());
        const double y = chart->plotRect().top() + 27; // in the band below the first title
        const auto places = [this] {
            QList<QRect> all;
            for (const Track *one : m_window->tracks()->tracks())
                all += QRect(one->mapTo(m_window.get(), QPoint()), one->size());
            return all;
        };
        const auto numberOf = [this](const QString &id) {
            const auto &all = m_window->tracks()->tracks();
            return std::find(all.begin(), all.end(), m_window->tracks()->find(id)) - all.begin();
        };
        const QList<QRect> placesBefore = places();
        QTest::mouseClick(chart, Qt::LeftButton, {}, QPoint(int(std::lround(chart->timeAxis().toPixel(trip->at))), int(y)));
        auto *panel = track("breakers")->view()->findChild<TransitionPanel *>();
        QTRY_VERIFY(panel->isVisible());
        const QString said = textsIn(panel);
        // What the head of the file claims: within six seconds of 59 s, on slow calls.
        QVERIFY2(said.contains("CLOSED → OPEN"), qPrintable(said));
        QVERIFY2(said.contains("slow", Qt::CaseInsensitive) && said.contains(QStringLiteral("60\u00a0%")), qPrintable(said));
        QVERIFY(trip->at > Instant(59s) && trip->at < Instant(65s));
        QVERIFY2(said.contains(formatCount(trip->reason.windowCalls)), qPrintable(said));
        QCOMPARE(m_window->timeAxis()->cursor()->ns(), trip->at.ns()); // all views are there
        // What decided is to be read at once, and so is the way out; what comes after can be scrolled to.
        QTest::qWait(50);
        const auto endOf = [panel](const QWidget *part) { return part->mapTo(panel, QPoint(0, part->height())).y(); };
        for (const QWidget *part : std::initializer_list<QWidget *>{panel->findChild<WindowBar *>(), button(panel, "Unpin")})
            QTRY_VERIFY2(part->isVisible() && endOf(part) <= panel->height(),
                         qPrintable(QString("down to %1 in a pane of %2 px").arg(endOf(part)).arg(panel->height())));
        // And nothing is cut at its right.
        for (const QScrollArea *area : panel->findChildren<QScrollArea *>())
            QVERIFY2(!area->isVisible() || area->widget()->width() <= area->viewport()->width(),
                     qPrintable(QString("%1 of %2 px").arg(area->viewport()->width()).arg(area->widget()->width())));
        for (const QScrollArea *area : panel->findChildren<QScrollArea *>())
            QVERIFY(!area->isVisible() || area->verticalScrollBar()->maximum() == 0 || area->verticalScrollBar()->isVisible());
        // The track may grow downwards to hold the reason, once; what was clicked stays under the pointer.
        const QList<QRect> placesAfter = places();
        for (qsizetype i = 0; i <= numberOf("breakers"); ++i)
            QCOMPARE(placesAfter[i].topLeft(), placesBefore[i].topLeft());
        // And not yet at 30 s: the windows were healthy.
        const QPoint calm(int(chart->timeAxis().toPixel(Instant(30s))), int(y));
        QTest::mouseClick(chart, Qt::LeftButton, {}, calm);
        auto *moment = track("breakers")->view()->findChild<MomentPanel *>();
        QTRY_VERIFY_WITH_TIMEOUT(moment->isVisible() && textsIn(moment).contains("Why it has not tripped"), 60000);
        for (const QScrollArea *area : moment->findChildren<QScrollArea *>())
            QVERIFY(area->widget()->width() <= area->viewport()->width());
        QVERIFY2(textsIn(moment).contains("not OPEN"), qPrintable(textsIn(moment)));
        QCOMPARE(places(), placesAfter);
        click(button(track("breakers")->view(), "Unpin"));
        QVERIFY(!moment->isVisible());
        QCOMPARE(places(), placesAfter);
    }

    void aCallHasAShortNameInAllThatIsSaidOfIt()
    {
        QCOMPARE(callName(1204), QString("1,204"));
        QCOMPARE(callName(11184675263770163887u), QString("…163887"));
        openFile(kScenarios + "/retry_storm.yaml");
        runToEnd();
        const TransitionReason &reason = (*record()->transitions.begin()).reason;
        QVERIFY(reason.hasDecidingCall && reason.decidingCall > 1'000'000'000);
        const QString text = reasonText(reason);
        QVERIFY2(text.contains("call …") && !text.contains(QString::number(reason.decidingCall)), qPrintable(text));
    }

    /// 2. Tune it away, and keep the values: this breaker stays open long after the fault has gone.
    void whatIfTunesTheOutageAwayAndTheValuesAreSaved()
    {
        write(m_folder->filePath("slow.yaml"), QByteArray(test::kTunedScenario).replace("recovery_timeout: 5s", "recovery_timeout: 30s"));
        openFile(m_folder->filePath("slow.yaml"));
        click(button(m_window->tuningPanel(), "What if"));
        QTRY_VERIFY_WITH_TIMEOUT(isFinished(), 30000);
        const RecordPtr before = record();
        tune(kRecovery, "5s");
        QTRY_VERIFY_WITH_TIMEOUT(isFinished() && record() != before && m_window->whatIf().hasComparison(), 30000);
        QVERIFY(record()->changes.empty());
        QVERIFY(goodputOf(*record()) > goodputOf(*before) + 0.2);
        QCOMPARE(m_window->ghost(), before);
        QCOMPARE(breakers()->ghost(), before);
        QVERIFY(breakers()->ghostBand(0));
        auto *bar = m_window->findChild<WhatIfBar *>();
        QTRY_VERIFY2(bar->isVisible() && bar->text().contains("goodput") && bar->text().contains("better"), qPrintable(bar->text()));
        // Kept under a name of its own; comments and layout stay.
        const QString file = m_folder->filePath("calm.yaml");
        test::answerFileDialog(this, file);
        QTest::keyClick(m_window.get(), Qt::Key_S, Qt::ControlModifier | Qt::ShiftModifier);
        QTRY_VERIFY(QFile::exists(file));
        // The window names the file that is open now; the scenario in it is called what it was.
        QTRY_COMPARE(m_window->windowTitle(), QString("calm.yaml[*] (tuned) - Halfopen"));
        const QByteArray text = read(file);
        QVERIFY2(text.contains("recovery_timeout: 5s") && text.contains("# a comment to keep"), text.constData());
        const LoadResult loaded = loadScenarioText(text.toStdString(), "calm.yaml", standardVocabulary());
        QVERIFY(loaded.ok());
        QCOMPARE(settingOf(*loaded.scenario, 1, "recovery_timeout"), std::string("5s"));
        QVERIFY(!m_window->isWindowModified());
    }

    /// What was changed before What if was chosen counts, and is compared with the run without it.
    void changesBeforeWhatIfCount()
    {
        openTuned();
        tune(kAttempts, "1");
        click(button(m_window->tuningPanel(), "What if"));
        QTRY_VERIFY_WITH_TIMEOUT(m_window->whatIf().hasComparison() && isFinished(), 30000);
        QVERIFY(record()->changes.empty());
        QCOMPARE(settingOf(*record()->scenario, 0, "max_attempts"), std::string("1"));
        QVERIFY(m_window->ghost());
        QCOMPARE(settingOf(*m_window->ghost()->scenario, 0, "max_attempts"), std::string("4"));
        QVERIFY(m_window->ghost()->changes.empty());
        QCOMPARE(m_window->ghost()->end, RunEnd::Finished);
        m_window->tuning()->resetAll();
    }

    void changesAfterTheEndOfARunCountInWhatIf()
    {
        openTuned();
        runToEnd();
        const RecordPtr before = record();
        tune(kAttempts, "1");
        QCOMPARE(record(), before); // it acts in the next run
        QVERIFY(m_window->messageBar()->text().contains("next one"));
        click(button(m_window->tuningPanel(), "What if"));
        QTRY_VERIFY_WITH_TIMEOUT(isFinished() && record() != before, 30000);
        QCOMPARE(settingOf(*record()->scenario, 0, "max_attempts"), std::string("1"));
        QCOMPARE(m_window->ghost(), before);
        QVERIFY(!m_window->messageBar()->text().contains("next one")); // this is it
        m_window->tuning()->resetAll();
    }

    void changesInTheMiddleOfARunCountFromItsBeginning()
    {
        openTuned();
        m_window->controller()->seekTime(Instant(10s));
        QTRY_VERIFY(record() && record()->now >= Instant(10s));
        tune(kAttempts, "2");
        QTRY_COMPARE(record()->changes.size(), std::size_t(1));
        QTest::keyClick(m_window.get(), Qt::Key_T, Qt::ControlModifier);
        QTRY_VERIFY_WITH_TIMEOUT(m_window->whatIf().hasComparison() && isFinished(), 30000);
        QVERIFY(record()->changes.empty());
        QCOMPARE(settingOf(*record()->scenario, 0, "max_attempts"), std::string("2"));
        QCOMPARE(settingOf(*m_window->ghost()->scenario, 0, "max_attempts"), std::string("4"));
        m_window->tuning()->resetAll();
    }

    /// 3. Two dialects under the same chance.
    void twoDialectsAreCompared()
    {
        openTuned();
        QTest::keyClick(m_window.get(), Qt::Key_M, Qt::ControlModifier);
        ComparePanel *panel = m_window->comparePanel();
        QTRY_VERIFY(panel->isVisible());
        QVERIFY(!panel->figures()->isVisible()); // in its place stands what will be there
        QListWidget *list = panel->variantList();
        QTRY_VERIFY(list->count() > 3);
        for (int i = 0; i < list->count(); ++i) {
            if (list->item(i)->text() == "as it is" || list->item(i)->text() == "gobreaker" || !list->item(i)->checkState())
                continue;
            list->setFocus();
            list->setCurrentRow(i);
            QTest::keyClick(list, Qt::Key_Space); // no tick any more
            QCOMPARE(list->item(i)->checkState(), Qt::Unchecked);
        }
        panel->seeds()->setFocus();
        panel->seeds()->selectAll();
        QTest::keyClicks(panel->seeds(), "3");
        click(panel->runButton());
        QTRY_VERIFY_WITH_TIMEOUT(!panel->runner().isBusy() && panel->figures()->rowCount() == 2, 60000);
        QVERIFY(panel->figures()->isVisible());
        QCOMPARE(panel->figures()->verticalHeaderItem(1)->text(), QString("gobreaker"));
        QVERIFY2(panel->figures()->item(1, 0)->text().contains("pt"), qPrintable(panel->figures()->item(1, 0)->text()));
        QStringList differs;
        for (int row = 0; row < panel->differences()->rowCount(); ++row)
            differs += panel->differences()->item(row, 2)->text();
        QVERIFY2(differs.join(' ').contains("gobreaker"), qPrintable(differs.join(' ')));
    }

    /// The recorded incident with its breaker, against the same recording without it.
    void aRunIsComparedWithTheRecordedIncident()
    {
        choose({"File", "Scenarios of the lab", "Incidents", "recorded-brownout"});
        QTRY_VERIFY_WITH_TIMEOUT(record(), 30000);
        auto *mode = m_window->tuningPanel()->row("policies.api_client.1.mode")->findChild<QComboBox *>();
        QVERIFY(mode);
        mode->setFocus();
        const int looksOn = mode->findText("metrics_only");
        QVERIFY(looksOn >= 0);
        for (int i = mode->currentIndex(); i < looksOn; ++i)
            QTest::keyClick(mode, Qt::Key_Down);
        QCOMPARE(mode->currentText(), QString("metrics_only"));
        QTest::keyClick(m_window.get(), Qt::Key_R, Qt::ControlModifier);
        QTRY_VERIFY(record() && record()->end == RunEnd::Running);
        runToEnd(); // the recording as it was: nobody refuses
        QCOMPARE(tripsOf(*record()), std::uint64_t(0));
        QTest::keyClick(m_window.get(), Qt::Key_K, Qt::ControlModifier);
        const RecordPtr recorded = m_window->ghost();
        QCOMPARE(recorded, record());
        QTest::keyClick(m_window.get(), Qt::Key_Z, Qt::ControlModifier); // the breaker again
        QTest::keyClick(m_window.get(), Qt::Key_R, Qt::ControlModifier);
        QTRY_VERIFY(record() && record() != recorded);
        runToEnd();
        QVERIFY(tripsOf(*record()) > 0);
        click(track("comparison")->findChild<QToolButton *>()); // unfolds it
        auto *table = track("comparison")->findChild<QTableWidget *>();
        const auto cell = [&](const QStringList &figures, int column) {
            for (int row = 0; row < table->rowCount(); ++row)
                if (table->item(row, 0) && figures.contains(table->item(row, 0)->text()))
                    return table->item(row, column)->text();
            return QString();
        };
        const QStringList goodput{"good calls", "goodput"}, trips{"breaker trips", "trips"};
        QVERIFY(goodputOf(*record()) < goodputOf(*recorded)); // what the head of the file says: it refuses nearly everything
        QTRY_COMPARE(cell(goodput, 1), formatShare(goodputOf(*record())));
        QCOMPARE(cell(goodput, 2), formatShare(goodputOf(*recorded)));
        QCOMPARE(cell(trips, 2), QString("0"));
    }

    /// 4. Two settings at once, and the best cell becomes the scenario.
    void twoSettingsAreSweptAndACellAdopted()
    {
        openTuned();
        auto *tabs = m_window->findChild<QTabBar *>("pages");
        QTest::mouseClick(tabs, Qt::LeftButton, {}, tabs->tabRect(1).center());
        auto *sweep = qobject_cast<SweepView *>(m_window->page("sweep"));
        QTRY_VERIFY(sweep->isVisible());
        auto *first = sweep->firstAxis(), *second = sweep->secondAxis();
        search(first->findChild<QComboBox *>(), "max attempts");
        QCOMPARE(first->parameter()->path, kAttempts);
        search(second->findChild<QComboBox *>(), "recovery timeout");
        QVERIFY(second->parameter() && second->parameter()->path.endsWith("recovery_timeout"));
        for (StudyAxisEditor *axis : {first, second}) {
            auto *steps = axis->findChild<QSpinBox *>();
            steps->setFocus();
            steps->selectAll();
            QTest::keyClicks(steps, "3");
            QTest::keyClick(steps, Qt::Key_Tab);
        }
        sweep->runsEach()->setValue(1);
        QVERIFY2(sweep->note().startsWith("9 runs"), qPrintable(sweep->note()));
        click(sweep->startButton());
        QTRY_VERIFY_WITH_TIMEOUT(!sweep->model()->isRunning(), 60000);
        StudyChart *chart = sweep->chart();
        QTest::mouseClick(chart, Qt::LeftButton, {}, chart->placeOf(5).value());
        QCOMPARE(m_window->shownPage(), 0);
        QTRY_VERIFY_WITH_TIMEOUT(isFinished(), 30000);
        const std::string attempts = settingOf(*record()->scenario, 0, "max_attempts");
        const std::string recovery = settingOf(*record()->scenario, 1, "recovery_timeout");
        QVERIFY(attempts != "4");
        click(button(m_window->messageBar(), "Adopt these values"));
        const auto tuned = m_window->tuning()->tunedScenario();
        QCOMPARE(settingOf(*tuned, 0, "max_attempts"), attempts);
        QCOMPARE(settingOf(*tuned, 1, "recovery_timeout"), recovery);
        QTRY_VERIFY(m_window->textPanel()->editor()->text().contains(QString("max_attempts: %1").arg(QString::fromStdString(attempts))));
        m_window->tuning()->resetAll();
    }

    /// 5. The text is broken and mended, and nothing is lost on the way.
    void aBrokenTextIsMended()
    {
        openTuned();
        const int tuningBefore = m_window->tuningPanel()->width();
        QTest::keyClick(m_window.get(), Qt::Key_F4);
        TextPanel *panel = m_window->textPanel();
        TextEditor *editor = panel->editor();
        QTRY_VERIFY(editor->isVisible());
        QTest::qWait(50);
        QVERIFY2(m_window->tuningPanel()->width() >= tuningBefore - 1,
                 qPrintable(QString("%1 < %2").arg(m_window->tuningPanel()->width()).arg(tuningBefore)));
        QVERIFY2(panel->width() > 220, qPrintable(QString("%1, the centre %2, at least %3").arg(panel->width())
                     .arg(m_window->centralWidget()->width()).arg(m_window->centralWidget()->minimumSizeHint().width())));
        editor->jumpTo(6, 1);
        QTest::keyClick(editor, Qt::Key_End);
        QTest::keyClicks(editor, " junk: [");
        QTRY_VERIFY(panel->problemList()->isVisible() && panel->problemList()->count() > 0);
        QVERIFY2(panel->problemList()->item(0)->text().contains("tuned.yaml:"), qPrintable(panel->problemList()->item(0)->text()));
        QVERIFY(record()); // the last scenario stays in effect
        QTest::mouseClick(panel->problemList()->viewport(), Qt::LeftButton, {},
                          panel->problemList()->visualItemRect(panel->problemList()->item(0)).center());
        QVERIFY(editor->currentLine() >= 5);
        editor->setFocus();
        for (int i = 0; i < 12 && editor->text() != QString(test::kTunedScenario); ++i)
            QTest::keyClick(editor, Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(editor->text(), QString(test::kTunedScenario));
        QTRY_VERIFY(!panel->problemList()->isVisible());
        QTRY_VERIFY2(panel->status().startsWith("In effect"), qPrintable(panel->status()));
        QVERIFY(!m_window->isWindowModified());
    }

    /// Where unsaved changes are kept cannot be written to: the window says so and stays.
    void nothingIsLostWhenChangesCannotBeKept()
    {
        write(m_folder->filePath("drafts"), "a file where the folder should be");
        openTuned();
        tune(kAttempts, "6");
        QVERIFY(!m_window->close());
        click(button(m_window->messageBar(), "Keep them and close"));
        QVERIFY(m_window->isVisible());
        QVERIFY2(m_window->messageBar()->text().contains("cannot be kept"), qPrintable(m_window->messageBar()->text()));
        QVERIFY(!m_window->close()); // asked again
        QVERIFY(!m_window->close()); // and the second time tried to keep them
        QVERIFY(m_window->isVisible());
        QVERIFY(m_window->textPanel()->editor()->text().contains("max_attempts: 6"));
        QVERIFY(button(m_window->messageBar(), "Save as…")); // elsewhere there may be room
        click(button(m_window->messageBar(), "Discard"));
        QTRY_VERIFY(!m_window->isVisible());
    }

    void aFullDiskLeavesTheOldFile()
    {
        openTuned();
        tune(kAttempts, "6");
        // A limit to the size of files fails writing as a full disk does, only with other words.
        rlimit before{};
        QCOMPARE(getrlimit(RLIMIT_FSIZE, &before), 0);
        std::signal(SIGXFSZ, SIG_IGN);
        const rlimit little{100, before.rlim_max};
        QCOMPARE(setrlimit(RLIMIT_FSIZE, &little), 0);
        QTest::keyClick(m_window.get(), Qt::Key_S, Qt::ControlModifier);
        const QString said = m_window->messageBar()->text();
        const Result<void> small = writeFileAtomically(m_folder->filePath("small"), "no more than the limit");
        QCOMPARE(setrlimit(RLIMIT_FSIZE, &before), 0);
        QVERIFY2(said.startsWith("Not saved"), qPrintable(said));
        QCOMPARE(read(m_folder->filePath("tuned.yaml")), QByteArray(test::kTunedScenario));
        QVERIFY(small.has_value());
        QVERIFY(m_window->isWindowModified());
        QTest::keyClick(m_window.get(), Qt::Key_S, Qt::ControlModifier); // there is room again
        QVERIFY(read(m_folder->filePath("tuned.yaml")).contains("max_attempts: 6"));
        QCOMPARE(QDir(m_folder->path()).entryList({"tuned.yaml*"}).size(), 1); // nothing half written lies about
    }

    void theWheelScrollsPastTheBoxesAmongTheTracks()
    {
        openTuned();
        runToEnd();
        auto *box = track("latency")->view()->findChild<QComboBox *>();
        QVERIFY(box && box->isVisible() && box->count() > 1);
        box->setFocus();
        const int chosen = box->currentIndex();
        QWheelEvent wheel(box->rect().center(), box->mapToGlobal(box->rect().center()), {}, QPoint(0, -120), Qt::NoButton, {},
                          Qt::NoScrollPhase, false);
        QApplication::sendEvent(box, &wheel);
        QCOMPARE(box->currentIndex(), chosen);
        QVERIFY(!wheel.isAccepted());
    }

    void theMenuOffersWhatAsksAQuestion()
    {
        auto *file = m_window->menuBar()->actions().front()->menu();
        emit file->aboutToShow();
        QMenu *examples = nullptr;
        for (QAction *action : file->actions())
            if (action->menu() && action->text().remove('&') == "Scenarios of the lab")
                examples = action->menu();
        QVERIFY(examples);
        emit examples->aboutToShow();
        int offered = 0;
        const std::function<void(const QMenu *)> count = [&](const QMenu *menu) {
            for (const QAction *action : menu->actions()) {
                if (action->menu()) {
                    count(action->menu());
                } else if (!action->isSeparator()) {
                    ++offered;
                    QVERIFY2(!action->statusTip().isEmpty(), qPrintable(action->text()));
                }
            }
        };
        count(examples);
        int there = 0; // counted by another route
        for (const QString &folder : {QString(), QString("/faults"), QString("/incidents"), QString("/patterns"), QString("/queues"),
                                      QString("/services")})
            there += int(QDir(kScenarios + folder).entryList({"*.yaml"}, QDir::Files).size());
        QCOMPARE(offered, there);
    }

    void aFolderCanBeDroppedAnywhere()
    {
        const auto drop = [this](QWidget *on, const QString &path) {
            QMimeData data;
            data.setUrls({QUrl::fromLocalFile(path)});
            QDragEnterEvent enter(QPoint(5, 5), Qt::CopyAction, &data, Qt::LeftButton, {});
            QApplication::sendEvent(on, &enter);
            QVERIFY(enter.isAccepted());
            QDropEvent event(QPointF(5, 5), Qt::CopyAction, &data, Qt::LeftButton, {});
            QApplication::sendEvent(on, &event);
        };
        QDir(m_folder->path()).mkpath("one/empty");
        drop(m_window.get(), m_folder->filePath("one/empty"));
        QTRY_VERIFY2(m_window->messageBar()->text().contains("no scenario"), qPrintable(m_window->messageBar()->text()));
        write(m_folder->filePath("one/a.yaml"), test::kTunedScenario);
        drop(m_window->tuningPanel()->filter(), m_folder->filePath("one")); // a line of text takes no file's name
        QTRY_COMPARE(m_window->document()->path(), m_folder->filePath("one/a.yaml"));
        QCOMPARE(m_window->tuningPanel()->filter()->text(), QString());
        QDir(m_folder->path()).mkpath("one/more");
        write(m_folder->filePath("one/more/b.yaml"), test::kTunedScenario);
        drop(m_window->textPanel()->editor(), m_folder->filePath("one"));
        QTRY_VERIFY(m_window->findChild<QMenu *>("dropped_folder"));
        auto *menu = m_window->findChild<QMenu *>("dropped_folder");
        QCOMPARE(menu->actions().size(), 3); // a, a line, and the folder below
        QCOMPARE(menu->actions().last()->menu()->actions().front()->text(), QString("b"));
        menu->actions().last()->menu()->actions().front()->trigger();
        QTRY_COMPARE(m_window->document()->path(), m_folder->filePath("one/more/b.yaml"));
        menu->close();
    }
};

QTEST_MAIN(TestJourneys)
#include "tst_journeys.moc"
