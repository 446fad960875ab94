// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/run_record.h"
#include "tests/support/lab_window.h"
#include "tests/support/tuned_scenario.h"
#include "ui/library/library_panel.h"
#include "ui/main_window.h"
#include "ui/message_bar.h"
#include "ui/scenario/scenario_panel.h"
#include "ui/scenario/text_editor.h"
#include "ui/scenario/text_panel.h"
#include "ui/theme.h"
#include "ui/tracks_area.h"
#include "ui/tuning/setting_row.h"
#include "ui/tuning/tuning_panel.h"
#include "ui/views/stability_view.h"
#include "ui/views/study_axis_editor.h"
#include "ui/views/study_chart.h"
#include "ui/views/sweep_view.h"
#include "ui/views/view.h"

#include <QAction>
#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QDockWidget>
#include <QDir>
#include <QFile>
#include <QLineEdit>
#include <QMenu>
#include <QMenuBar>
#include <QPushButton>
#include <QSpinBox>
#include <QTabBar>
#include <QTemporaryDir>
#include <QTest>
#include <QTextBrowser>

#include <algorithm>
#include <memory>

#include <sys/stat.h>

using namespace halfopen;
using namespace std::chrono_literals;

namespace {

const QString kAttempts = QStringLiteral("policies.edge.0.max_attempts");

QByteArray with(const char *before, const char *after)
{
    return QByteArray(test::kTunedScenario).replace(before, after);
}

/// A second client beside the first: one edge more, before the others.
QByteArray withAnotherClient()
{
    return with("clients:\n", "clients:\n  app: { processes: 1, arrivals: { poisson: 50/s }, calls: [ { to: db, policies: edge } ] }\n");
}

QByteArray read(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

/// The window where two things meet that rarely do: two files, two worlds, two runs.
class TestWindowEdges : public QObject {
    Q_OBJECT
private:
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<MainWindow> m_window;

    QString path(const QString &name) const { return m_folder->filePath(name); }
    QString write(const QString &name, const QByteArray &text) const { return test::writeFile(path(name), text); }
    void makeWindow() { m_window = test::shownWindow(*m_folder, simulationEngines()); }
    void open(const QByteArray &text = test::kTunedScenario)
    {
        QVERIFY(m_window->openScenario(write("tuned.yaml", text)));
        QTRY_VERIFY(record() != nullptr);
    }
    RecordPtr record() const { return m_window->controller()->record(); }
    QString message() const { return m_window->messageBar()->text(); }
    SweepView *sweep() const { return qobject_cast<SweepView *>(m_window->page("sweep")); }
    StabilityView *stability() const { return qobject_cast<StabilityView *>(m_window->page("stability")); }
    void type(const QByteArray &text)
    {
        m_window->textPanel()->editor()->replaceText(QString::fromUtf8(text));
        m_window->draft()->type(QString::fromUtf8(text));
    }
    void runToEnd()
    {
        m_window->controller()->seekTime(Instant(60s));
        QTRY_VERIFY_WITH_TIMEOUT(record() && record()->end == RunEnd::Finished, 30000);
    }
    void command(const char *name)
    {
        auto *action = m_window->findChild<QAction *>(name);
        QVERIFY2(action, name);
        action->trigger();
    }
    void press(const QString &text)
    {
        QVERIFY2(test::pressButton(m_window->messageBar(), text), qPrintable("no button " + text + " under: " + message()));
    }
    /// Of a panel or a page, as the mouse does it.
    void clickTab(const QString &title)
    {
        for (QTabBar *tabs : m_window->findChildren<QTabBar *>()) {
            for (int i = 0; i < tabs->count(); ++i) {
                if (tabs->isVisible() && tabs->tabText(i).remove(QLatin1Char('&')) == title)
                    return QTest::mouseClick(tabs, Qt::LeftButton, {}, tabs->tabRect(i).center());
            }
        }
        QFAIL(qPrintable("no tab " + title));
    }
    void runSweep()
    {
        m_window->showPage(1);
        sweep()->firstAxis()->choose(kAttempts);
        sweep()->firstAxis()->setRange("1", "3", 3);
        sweep()->runsEach()->setValue(1);
        QTest::mouseClick(sweep()->startButton(), Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(!sweep()->model()->isRunning(), 60000);
    }
    /// Pretends that its settings are as they are in the file, so that closing asks nothing.
    void settle() { m_window->tuning()->resetAll(); }

private slots:
    void initTestCase() { QVERIFY(applyTheme(*qApp, ThemeKind::Dark)); }
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        makeWindow();
    }
    void cleanup() { m_window.reset(); }

    void savingAMendedFileNeverTouchesTheOneThatWasOpen()
    {
        open();
        const QString broken = write("broken.yaml", with("max_attempts: 4", "max_attempst: 4"));
        QVERIFY(m_window->openScenario(broken));
        QTRY_COMPARE(m_window->draft()->path(), broken);
        const QByteArray mended = with("max_attempts: 4", "max_attempts: 2");
        type(mended);
        QCOMPARE(m_window->draft()->state(), ScenarioDraft::State::Waiting);
        command("save"); // before the pause after which it is read
        QCOMPARE(read(path("tuned.yaml")), QByteArray(test::kTunedScenario));
        QCOMPARE(read(broken), mended);
        QCOMPARE(m_window->document()->path(), broken);
    }

    void aFileBrokenByAnotherProgramIsMendedHereAndSaved()
    {
        open();
        QByteArray broken = with("max_attempts: 4", "max_attempst: 4");
        broken.replace("# a comment to keep", "# gr\xfc\xdf"); // not UTF-8: another program's letters
        write("tuned.yaml", broken);
        QTRY_VERIFY2(message().contains("another program"), qPrintable(message()));
        press("Reload");
        QTRY_COMPARE(m_window->draft()->state(), ScenarioDraft::State::Broken);
        type(with("max_attempts: 4", "max_attempts: 3"));
        command("save");
        QVERIFY2(message().startsWith("Saved"), qPrintable(message()));
        QCOMPARE(read(path("tuned.yaml")), with("max_attempts: 4", "max_attempts: 3"));
    }

    void discardingAndThenCancellingKeepsTheChanges()
    {
        open();
        type(with("seed: 7", "seed: 8"));
        QVERIFY(m_window->draft()->readNow());
        const QString slow = path("slow.yaml");
        QCOMPARE(mkfifo(qPrintable(slow), 0600), 0); // nobody writes to it yet
        QVERIFY(!m_window->openScenario(slow));
        press("Discard");
        QTRY_COMPARE(message(), QString("Reading slow.yaml…"));
        press("Cancel");
        write("slow.yaml", test::kTunedScenario); // the reader goes on, and its result is dropped
        QVERIFY(!m_window->openScenario(write("other.yaml", test::kTunedScenario)));
        QVERIFY2(message().contains("not saved"), qPrintable(message())); // it asks again
    }

    void aClientMoreInWhatIfIsDrawnBesideTheGhostOfTheWorldBefore()
    {
        open();
        for (Track *track : m_window->tracks()->tracks())
            track->setExpanded(true);
        command("what_if");
        QTRY_VERIFY_WITH_TIMEOUT(record() && record()->end == RunEnd::Finished, 30000);
        test::waitUntilDrawn();
        const RecordPtr before = record();
        for (const QByteArray &text : {withAnotherClient(), QByteArray(test::kTunedScenario)}) { // an edge more, and back
            type(text);
            QVERIFY(m_window->draft()->readNow());
            QTRY_VERIFY_WITH_TIMEOUT(record() && record() != before && record()->end == RunEnd::Finished
                                         && QByteArray::fromStdString(record()->scenario->text) == text,
                                     30000);
            test::waitUntilDrawn();
            QVERIFY(m_window->ghost());
        }
        QCOMPARE(record()->edges.size(), std::size_t(1));
    }

    void aTriggerThatTheTextDeletesIsNoLongerOffered()
    {
        open();
        m_window->showPage(2);
        QCOMPARE(stability()->trigger()->combo()->count(), 1);
        stability()->load()->setRange("100/s", "150/s", 2);
        const QByteArray text(test::kTunedScenario);
        type(text.left(text.indexOf("faults:")));
        QVERIFY(m_window->draft()->readNow());
        QCOMPARE(stability()->trigger()->combo()->count(), 0);
        QVERIFY2(stability()->note().contains("no fault"), qPrintable(stability()->note()));
        QVERIFY(!stability()->startButton()->isEnabled());
        type(with("faults:\n", "faults:\n  - { on: db, from: 5s, for: 1s, error: { probability: 50% } }\n"));
        QVERIFY(m_window->draft()->readNow());
        QCOMPARE(stability()->trigger()->combo()->count(), 2);
    }

    void aMapSaysThatTheScenarioIsAnotherSince()
    {
        open();
        m_window->showPage(2);
        stability()->load()->setRange("100/s", "150/s", 2);
        stability()->trigger()->setRange("1s", "2s", 2);
        stability()->settle()->setText("5s");
        QTest::mouseClick(stability()->startButton(), Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(!stability()->model()->isRunning(), 60000);
        QVERIFY2(!stability()->note().contains("changed since"), qPrintable(stability()->note()));
        QVERIFY(m_window->tuning()->edit(*m_window->tuning()->find(kAttempts), "2"));
        QVERIFY2(stability()->note().contains("changed since"), qPrintable(stability()->note()));
        m_window->tuning()->resetAll();
        QVERIFY2(!stability()->note().contains("changed since"), qPrintable(stability()->note()));
    }

    void closingAfterAdoptedValuesIsClean()
    {
        open();
        runSweep();
        QTest::mouseClick(sweep()->chart(), Qt::LeftButton, {}, sweep()->chart()->placeOf(1).value());
        QTRY_VERIFY_WITH_TIMEOUT(record() && record()->end == RunEnd::Finished, 20000);
        QTRY_COMPARE(m_window->library()->runs().size(), std::size_t(1));
        m_window->library()->setNotes(m_window->library()->runs().front().id, "why?");
        press("Adopt these values");
        QVERIFY(m_window->tuning()->undoStack()->count() > 0);
        m_window.reset(); // the undo stack tells once more when it goes
        makeWindow();
        QTRY_COMPARE(m_window->library()->runs().size(), std::size_t(1));
        QCOMPARE(m_window->library()->runs().front().notes, QString("why?"));
    }

    void theRunOfACellOpensFromTheLibraryAsItWas()
    {
        open();
        runSweep();
        QTest::mouseClick(sweep()->chart(), Qt::LeftButton, {}, sweep()->chart()->placeOf(0).value()); // one attempt
        QTRY_VERIFY_WITH_TIMEOUT(record() && record()->end == RunEnd::Finished, 20000);
        const std::uint64_t fingerprint = record()->fingerprint;
        QVERIFY(record()->scenario->text.find("max_attempts: 1") != std::string::npos);
        QTRY_COMPARE(m_window->library()->runs().size(), std::size_t(1));
        QCOMPARE(m_window->library()->runs().front().tuned, QStringList{kAttempts + ": 1"});
        emit m_window->libraryPanel()->openRequested(m_window->library()->runs().front().id);
        QTRY_VERIFY2(message().contains("ran again as it was kept"), qPrintable(message()));
        QCOMPARE(record()->fingerprint, fingerprint);
    }

    void theRunOfAMapIsNotKept()
    {
        open();
        m_window->showPage(2);
        stability()->load()->setRange("100/s", "150/s", 2);
        stability()->trigger()->setRange("1s", "2s", 2);
        stability()->settle()->setText("5s");
        QTest::mouseClick(stability()->startButton(), Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(!stability()->model()->isRunning(), 60000);
        QTest::mouseClick(stability()->chart(), Qt::LeftButton, {}, stability()->chart()->placeOf(0).value());
        QTRY_VERIFY_WITH_TIMEOUT(record() && record()->end == RunEnd::Finished, 20000);
        m_window->library()->flush();
        QTest::qWait(20);
        QCOMPARE(m_window->library()->runs().size(), std::size_t(0)); // its trigger is in no text
    }

    void adoptingNamesWhatIsAdoptedAndTellsTheRunOnScreen()
    {
        open();
        m_window->showPage(1);
        sweep()->firstAxis()->choose(kAttempts);
        sweep()->firstAxis()->setRange("1", "2", 2);
        QVERIFY(sweep()->secondAxis()->choose("services.db.workers"));
        sweep()->secondAxis()->setRange("4", "8", 2);
        sweep()->runsEach()->setValue(1);
        QTest::mouseClick(sweep()->startButton(), Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(!sweep()->model()->isRunning(), 60000);
        sweep()->chart()->setFocus();
        QTest::keyClick(sweep()->chart(), Qt::Key_Right);
        QCOMPARE(sweep()->chart()->selected(), std::optional<std::size_t>(0));
        m_window->controller()->seekTime(Instant(5s));
        QTRY_COMPARE(m_window->controller()->now().ns(), Instant(5s).ns());
        QTest::mouseClick(sweep()->adoptButton(), Qt::LeftButton);
        QVERIFY2(message().startsWith("Adopted: Max attempts 1, db workers 4."), qPrintable(message()));
        // Workers are no setting of the form: both stand in the text, and another world is run.
        QTRY_VERIFY2(m_window->draft()->text().contains("workers: 4") && m_window->draft()->text().contains("max_attempts: 1"),
                     qPrintable(m_window->draft()->text()));
        QTRY_VERIFY(record() && record()->scenario->services.front().workers == 4);
        settle();
    }

    void aCommentLeavesTheVerdicts()
    {
        open(QByteArray(test::kTunedScenario) + "expect:\n  - { goodput: \">= 1%\" }\n");
        runToEnd();
        const auto *page = m_window->scenarioPanel()->findChild<QTextBrowser *>();
        QTRY_VERIFY2(page->toPlainText().contains(QChar(0x2713)), qPrintable(page->toPlainText()));
        type(with("# a comment to keep", "# another one") + "expect:\n  - { goodput: \">= 1%\" }\n");
        QVERIFY(m_window->draft()->readNow());
        QVERIFY(page->toPlainText().contains(QChar(0x2713)));
        type(with("# a comment to keep", "# another one") + "expect:\n  - { goodput: \">= 99%\" }\n");
        QVERIFY(m_window->draft()->readNow());
        QVERIFY(!page->toPlainText().contains(QChar(0x2713))); // that was asked of no run yet
    }

    void anotherScenarioWithTheSameExpectationsHasNoVerdictYet()
    {
        const QByteArray expect = "expect:\n  - { goodput: \">= 1%\" }\n";
        open(QByteArray(test::kTunedScenario) + expect);
        runToEnd();
        ScenarioPanel panel;
        panel.setScenario(record()->scenario);
        panel.setRecord(record(), false);
        const auto *page = panel.findChild<QTextBrowser *>();
        QTRY_VERIFY(page->toPlainText().contains(QChar(0x2713)));
        panel.updateScenario(std::make_shared<Scenario>(*record()->scenario)); // a comment was added
        QVERIFY(page->toPlainText().contains(QChar(0x2713)));
        panel.setScenario(std::make_shared<Scenario>(*record()->scenario)); // opened
        QVERIFY(!page->toPlainText().contains(QChar(0x2713)));
    }

    void theTitleFollowsTheText()
    {
        open();
        type(with("name: tuned", "name: renamed"));
        QVERIFY(m_window->draft()->readNow());
        QVERIFY2(m_window->windowTitle().startsWith("tuned.yaml") && m_window->windowTitle().contains("(renamed)"),
                 qPrintable(m_window->windowTitle()));
    }

    /// The file that is open is named until the next one is read, and it stays when that one is none.
    void theTitleIsOfTheOpenFileWhileAnotherIsRead()
    {
        open();
        const QString before = m_window->windowTitle();
        QVERIFY(before.startsWith("tuned.yaml"));
        const QString next = test::writeFile(path("next.yaml"), QByteArray(test::kTunedScenario).replace("name: tuned", "name: next"));
        QVERIFY(m_window->openScenario(next));
        QVERIFY(m_window->document()->isOpening());
        QCOMPARE(m_window->windowTitle(), before);
        QTRY_COMPARE(m_window->windowTitle(), QString("next.yaml[*] - Halfopen"));
        QVERIFY(m_window->openScenario(test::writeFile(path("broken.yaml"), "halfopen: 1\nname: [")));
        QTRY_VERIFY(!m_window->document()->isOpening());
        QCOMPARE(m_window->windowTitle(), QString("next.yaml[*] - Halfopen"));
    }

    void aControlInAFloatingDockKeepsItsKeys()
    {
        open();
        auto *dock = m_window->findChild<QDockWidget *>("tuning");
        dock->setFloating(true);
        QVERIFY(QTest::qWaitForWindowExposed(dock));
        auto *check = m_window->tuningPanel()->row("policies.edge.1.failure_rate_threshold")->findChild<QCheckBox *>();
        dock->activateWindow();
        check->setFocus();
        QTRY_COMPARE(QApplication::focusWidget(), static_cast<QWidget *>(check));
        QKeyEvent asked(QEvent::ShortcutOverride, Qt::Key_Space, Qt::NoModifier);
        asked.ignore();
        QApplication::sendEvent(check, &asked);
        QVERIFY(asked.isAccepted()); // the window's command does not take it
    }

    void keysGoToNoHiddenText_data()
    {
        QTest::addColumn<QString>("tab");
        QTest::newRow("another panel in its place") << "Scenario";
        QTest::newRow("a panel elsewhere") << "Help";
        QTest::newRow("a page") << "Run";
        QTest::newRow("closed") << "";
    }
    void keysGoToNoHiddenText()
    {
        QFETCH(QString, tab);
        open();
        command("help_topics"); // beside the tuning, as a tab
        auto *text = m_window->findChild<QDockWidget *>("text");
        m_window->findChild<QDockWidget *>("tuning")->raise();
        text->raise();
        TextEditor *editor = m_window->textPanel()->editor();
        m_window->activateWindow();
        editor->setFocus();
        QTRY_VERIFY(editor->hasFocus());
        const QString before = editor->text();
        if (tab.isEmpty())
            text->close();
        else
            clickTab(tab);
        test::waitUntilDrawn();
        for (const Qt::Key key : {Qt::Key_BracketRight, Qt::Key_Period, Qt::Key_Comma, Qt::Key_X})
            QTest::keyClick(m_window->windowHandle(), key);
        QCOMPARE(m_window->controller()->state(), RunController::State::Paused);
        QTest::keyClick(m_window->windowHandle(), Qt::Key_Space);
        QTRY_COMPARE(m_window->controller()->state(), RunController::State::Playing);
        QCOMPARE(editor->text(), before);
        QVERIFY(m_window->centralWidget()->isAncestorOf(QApplication::focusWidget()));
    }

    void theTabOfThePanelWithTheFocusLeavesItThere()
    {
        open();
        m_window->findChild<QDockWidget *>("text")->raise();
        TextEditor *editor = m_window->textPanel()->editor();
        editor->setFocus();
        QTRY_VERIFY(editor->hasFocus());
        clickTab("Text");
        QVERIFY(editor->hasFocus());
    }

    void returnInAFieldGivesTheKeysBack()
    {
        open();
        SettingRow *row = m_window->tuningPanel()->row(kAttempts);
        auto *line = row->findChild<QLineEdit *>();
        line->setFocus();
        QTRY_VERIFY(line->hasFocus());
        line->selectAll();
        const auto press = [this](Qt::Key key) { QTest::keyClick(m_window->windowHandle(), key); };
        press(Qt::Key_X); // no value: it stays, to be mended
        press(Qt::Key_Return);
        QVERIFY(!row->error().isEmpty());
        QVERIFY(line->hasFocus());
        line->selectAll();
        press(Qt::Key_6);
        press(Qt::Key_Return);
        QCOMPARE(line->text(), QString("6"));
        QVERIFY(m_window->centralWidget()->isAncestorOf(QApplication::focusWidget()));
        press(Qt::Key_Comma);
        press(Qt::Key_Period);
        press(Qt::Key_BracketRight);
        QCOMPARE(line->text(), QString("6"));
        press(Qt::Key_Space);
        QTRY_COMPARE(m_window->controller()->state(), RunController::State::Playing);
        QCOMPARE(line->text(), QString("6"));
        line->setFocus(); // nothing typed yet: no number has such a letter
        press(Qt::Key_Comma);
        QCOMPARE(line->text(), QString("6"));
        settle();
    }

    void theScenariosOfTheLabLieInTheirFolders()
    {
        QDir(m_folder->path()).mkpath("lab/some_topic");
        QDir(m_folder->path()).mkpath("lab/empty");
        write("lab/first.yaml", test::kTunedScenario);
        const QString below = write("lab/some_topic/a_second.yaml", test::kTunedScenario);
        qputenv("HALFOPEN_SCENARIOS", path("lab").toLocal8Bit());
        QMenu *lab = nullptr;
        for (QMenu *menu : m_window->menuBar()->findChildren<QMenu *>()) {
            if (menu->title().contains("of the &lab"))
                lab = menu;
        }
        QVERIFY(lab);
        QList<QAction *> offered;
        for (int i = 0; i < 2; ++i) { // and the same when it is opened again
            emit lab->aboutToShow();
            offered = lab->actions();
            offered.removeIf([](const QAction *action) { return action->isSeparator(); });
            QCOMPARE(offered.size(), 2);
            QCOMPARE(offered[0]->text(), QString("first"));
            QCOMPARE(offered[1]->text(), QString("some topic"));
            QCOMPARE(offered[1]->menu()->actions().size(), 1);
            QCOMPARE(lab->findChildren<QMenu *>(QString(), Qt::FindDirectChildrenOnly).size(), 1); // none is left over
        }
        QAction *second = offered[1]->menu()->actions()[0];
        QCOMPARE(second->text(), QString("a second"));
        QVERIFY2(second->toolTip().contains("is the form right?"), qPrintable(second->toolTip())); // what the scenario asks
        second->trigger();
        QTRY_COMPARE(m_window->document()->path(), below);
        qunsetenv("HALFOPEN_SCENARIOS");
    }

    void presentingHidesTheTextAndEnlargesItsLetters()
    {
        open();
        auto *editor = m_window->textPanel()->editor();
        auto *dock = m_window->findChild<QDockWidget *>("text");
        dock->show();
        const auto letters = [editor] { return editor->SendScintilla(QsciScintilla::SCI_STYLEGETSIZEFRACTIONAL, 0ul); };
        const long before = letters();
        m_window->findChild<QAction *>("presentation")->setChecked(true);
        QVERIFY(!dock->isVisible());
        QTRY_VERIFY2(letters() > before, qPrintable(QString("%1, was %2").arg(letters()).arg(before)));
        m_window->findChild<QAction *>("presentation")->setChecked(false);
        QTRY_COMPARE(letters(), before);
    }

    void steppingEndsTheWayBack()
    {
        open();
        m_window->controller()->seekTime(Instant(20s));
        QTRY_COMPARE(m_window->controller()->now().ns(), Instant(20s).ns());
        m_window->controller()->setSpeed({1.0});
        m_window->togglePlay();
        QTRY_VERIFY(m_window->controller()->isMoving());
        type(with("200/s", "210/s"));
        QVERIFY(m_window->draft()->readNow()); // runs again to where it was, and would then play on
        command("step");
        QTRY_VERIFY(!m_window->controller()->isMoving());
        QTest::qWait(100);
        QVERIFY(!m_window->controller()->isMoving());
    }
};

QTEST_MAIN(TestWindowEdges)
#include "tst_window_edges.moc"
