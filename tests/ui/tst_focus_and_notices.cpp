// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/run_record.h"
#include "tests/support/fake_engine.h"
#include "tests/support/lab_window.h"
#include "tests/support/tuned_scenario.h"
#include "ui/message_bar.h"
#include "ui/scenario/text_editor.h"
#include "ui/scenario/text_panel.h"
#include "ui/steady_label.h"
#include "ui/theme.h"
#include "ui/tracks_area.h"
#include "ui/translation.h"
#include "ui/tuning/setting_row.h"
#include "ui/tuning/tuning_panel.h"
#include "ui/views/view.h"

#include <QAction>
#include <QActionGroup>
#include <QApplication>
#include <QDialog>
#include <QDir>
#include <QDockWidget>
#include <QLineEdit>
#include <QScrollArea>
#include <QScrollBar>
#include <QTabBar>
#include <QTemporaryDir>
#include <QTest>
#include <QUndoStack>

#include <memory>

using namespace halfopen;
using namespace std::chrono_literals;
using State = RunController::State;

namespace {

const QString kAttempts = QStringLiteral("policies.edge.0.max_attempts");

} // namespace

/// Where the keys go, and how long the message bar says what it says.
class TestFocusAndNotices : public QObject {
    Q_OBJECT
private:
    std::unique_ptr<QTemporaryDir> m_folder;
    std::shared_ptr<test::FakeWorld> m_world;
    std::unique_ptr<MainWindow> m_window;

    void open()
    {
        QVERIFY(m_window->openScenario(test::writeFile(m_folder->filePath("tuned.yaml"), test::kTunedScenario)));
        QTRY_VERIFY(m_window->controller()->record() != nullptr);
    }
    QString message() const { return m_window->messageBar()->text(); }
    void command(const char *name) { m_window->findChild<QAction *>(name)->trigger(); }
    QTabBar *pageTabs() const { return m_window->findChild<QTabBar *>("pages"); }
    void click(QTabBar *tabs, int tab, Qt::MouseButton button)
    {
        QTest::mouseClick(tabs, button, {}, tabs->tabRect(tab).center());
        QCoreApplication::processEvents();
    }
    /// The tabs of the panels at one side that has \a title, and its place there.
    std::pair<QTabBar *, int> dockTab(const QString &title) const
    {
        for (QTabBar *tabs : m_window->findChildren<QTabBar *>()) {
            for (int i = 0; i < tabs->count(); ++i)
                if (tabs != pageTabs() && tabs->isVisible() && tabs->tabText(i).remove(QLatin1Char('&')) == title)
                    return {tabs, i};
        }
        return {nullptr, -1};
    }
    bool isFocusIn(const QWidget *area) const
    {
        const QWidget *focus = QApplication::focusWidget();
        return focus && focus->isVisible() && (focus == area || area->isAncestorOf(focus));
    }
    /// The page "Run", which is around the charts.
    bool isFocusInRun() const
    {
        const QWidget *focus = QApplication::focusWidget();
        return isFocusIn(m_window->tracks()) || (focus && focus == m_window->tracks()->parentWidget());
    }
    void tune(const char *value) { QVERIFY(m_window->tuning()->edit(*m_window->tuning()->find(kAttempts), value)); }
    void runToEnd()
    {
        command("to_end");
        QTRY_COMPARE(m_window->controller()->state(), State::Finished);
    }
    TextEditor *editor() const { return m_window->textPanel()->editor(); }
    QString text() const { return editor()->text(); }
    static QString with(const char *before, const char *after)
    {
        return QString::fromUtf8(QByteArray(test::kTunedScenario).replace(before, after));
    }
    void typeBehind(const QString &after, const QString &typed)
    {
        editor()->setFocus();
        const QByteArray before = text().left(text().indexOf(after) + after.size()).toUtf8();
        editor()->SendScintilla(QsciScintilla::SCI_GOTOPOS, static_cast<unsigned long>(before.size()));
        QTest::keyClicks(editor(), typed);
    }
    void undoInText() { QTest::keyClick(editor(), Qt::Key_Z, Qt::ControlModifier); }
    void redoInText() { QTest::keyClick(editor(), Qt::Key_Y, Qt::ControlModifier); }

private slots:
    void initTestCase() { QVERIFY(applyTheme(*qApp, ThemeKind::Dark)); }
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_world = std::make_shared<test::FakeWorld>();
        m_window = test::shownWindow(*m_folder, test::fakeEngines(m_world));
    }
    void cleanup() { m_window.reset(); }

    // ---- where the keys go

    void aClickedPageHasTheKeys()
    {
        open();
        View *sweep = m_window->page("sweep");
        QVERIFY(sweep);
        click(pageTabs(), 1, Qt::LeftButton);
        QCOMPARE(m_window->shownPage(), 1);
        QVERIFY(isFocusIn(sweep));
        click(pageTabs(), 0, Qt::LeftButton);
        QCOMPARE(m_window->shownPage(), 0);
        QVERIFY2(isFocusInRun(), qPrintable(QApplication::focusWidget() ? QApplication::focusWidget()->metaObject()->className() : "nowhere"));
        QTest::keyClick(m_window->windowHandle(), Qt::Key_Space);
        QTRY_COMPARE(m_window->controller()->state(), State::Playing);
    }

    void otherButtonsPickNoTab()
    {
        open();
        QLineEdit *filter = m_window->tuningPanel()->filter();
        filter->setFocus();
        QTRY_VERIFY(filter->hasFocus());
        for (const Qt::MouseButton button : {Qt::RightButton, Qt::MiddleButton}) {
            click(pageTabs(), 0, button);
            click(pageTabs(), 1, button);
            QCOMPARE(m_window->shownPage(), 0);
            QVERIFY(filter->hasFocus());
            const auto [tabs, tab] = dockTab("Text");
            QVERIFY(tabs);
            click(tabs, tab, button);
            QVERIFY(filter->hasFocus());
        }
        const auto [tabs, tab] = dockTab("Text"); // the left one does
        click(tabs, tab, Qt::LeftButton);
        QVERIFY(!filter->hasFocus());
    }

    void theArrowKeysGoFromPageToPage()
    {
        open();
        pageTabs()->setFocus(Qt::TabFocusReason);
        for (int page = 1; page < pageTabs()->count(); ++page) {
            QTest::keyClick(m_window->windowHandle(), Qt::Key_Right);
            QCOMPARE(m_window->shownPage(), page);
            QVERIFY(pageTabs()->hasFocus());
        }
        QTest::keyClick(m_window->windowHandle(), Qt::Key_Left);
        QCOMPARE(m_window->shownPage(), pageTabs()->count() - 2);
        // The keys of the pages themselves lead into them.
        QTest::keyClick(m_window->windowHandle(), Qt::Key_2, Qt::AltModifier);
        QVERIFY(isFocusIn(m_window->page("sweep")));
    }

    void aFloatingPanelIsActivatedByItsKey_data()
    {
        QTest::addColumn<QString>("dock");
        QTest::addColumn<QString>("name");
        QTest::newRow("text") << "text" << "edit_text";
        QTest::newRow("library") << "library" << "library";
        QTest::newRow("compare") << "compare" << "compare";
        QTest::newRow("help") << "help" << "help_topics";
    }
    void aFloatingPanelIsActivatedByItsKey()
    {
        QFETCH(QString, dock);
        QFETCH(QString, name);
        open();
        auto *panel = m_window->findChild<QDockWidget *>(dock);
        QVERIFY(panel);
        panel->show();
        panel->setFloating(true);
        QVERIFY(QTest::qWaitForWindowExposed(panel));
        test::waitUntilDrawn();
        m_window->activateWindow();
        m_window->tracks()->setFocus();
        QTRY_COMPARE(QApplication::activeWindow(), static_cast<QWidget *>(m_window.get()));
        command(name.toUtf8().constData());
        QTRY_COMPARE(QApplication::activeWindow(), static_cast<QWidget *>(panel));
        QVERIFY(isFocusIn(panel));
    }

    void aPanelThatFloatsHasTheKeysAlsoWhenItsLastFieldIsGone()
    {
        open();
        auto *dock = m_window->findChild<QDockWidget *>("tuning");
        QLineEdit *line = m_window->tuningPanel()->row("policies.edge.1.failure_rate_threshold")->findChild<QLineEdit *>();
        line->setFocus();
        QTRY_VERIFY(line->hasFocus());
        m_window->tracks()->setFocus();
        QVERIFY(m_window->tuning()->edit(*m_window->tuning()->find("policies.edge.1.failure_rate_threshold"), "none")); // takes no keys now
        QVERIFY(!line->isEnabled());
        dock->setFloating(true);
        QVERIFY(QTest::qWaitForWindowExposed(dock));
        test::waitUntilDrawn();
        QTRY_VERIFY2(isFocusIn(dock), qPrintable(QApplication::focusWidget() ? QApplication::focusWidget()->metaObject()->className() : "nowhere"));
        m_window->tuning()->resetAll();
    }

    void theListOfKeysScrollsByKeys()
    {
        open();
        command("shortcuts");
        auto *dialog = m_window->findChild<QDialog *>("shortcuts_dialog");
        QVERIFY(dialog && QTest::qWaitForWindowActive(dialog));
        dialog->resize(dialog->width(), dialog->minimumSizeHint().height());
        test::waitUntilDrawn();
        const QScrollBar *bar = dialog->findChild<QScrollArea *>()->verticalScrollBar();
        QVERIFY(bar->maximum() > 2 * bar->pageStep());
        const auto after = [dialog, bar](Qt::Key key) {
            QTest::keyClick(dialog->windowHandle(), key);
            return bar->value();
        };
        QCOMPARE(after(Qt::Key_Down), bar->singleStep());
        QCOMPARE(after(Qt::Key_Up), 0);
        QCOMPARE(after(Qt::Key_PageDown), bar->pageStep());
        QCOMPARE(after(Qt::Key_PageUp), 0);
        QCOMPARE(after(Qt::Key_End), bar->maximum());
        QCOMPARE(after(Qt::Key_Home), 0);
    }

    void aClickAtThePanelOfTheSettingsMeansTheirUndo()
    {
        open();
        command("edit_text");
        auto *dock = m_window->findChild<QDockWidget *>("tuning");
        TuningPanel *panel = m_window->tuningPanel();
        const QPoint inTheTitle(dock->width() / 2, panel->geometry().top() / 2);
        using Place = std::pair<QWidget *, QPoint>;
        for (const auto &[where, at] : {Place(panel, {1, 1}), Place(dock, inTheTitle)}) {
            tune("6");
            typeBehind("# a comment", " of mine");
            QVERIFY(editor()->hasFocus());
            QTest::mouseClick(where, Qt::LeftButton, {}, at);
            QVERIFY(isFocusIn(dock));
            QTest::keyClick(QApplication::focusWidget(), Qt::Key_Z, Qt::ControlModifier);
            QCOMPARE(m_window->tuning()->valueText(*m_window->tuning()->find(kAttempts)), QString("4"));
            QVERIFY2(text().contains("# a comment of mine"), qPrintable(text()));
            command("filter"); // the panel stays, and its line has the focus
            QVERIFY(m_window->tuningPanel()->filter()->hasFocus());
            editor()->setFocus();
            for (int i = 0; i < 20 && m_window->draft()->isModified(); ++i)
                undoInText();
            QVERIFY(m_window->draft()->readNow());
        }
        QVERIFY(!m_window->draft()->isModified());
    }

    // ---- undo

    void undoInTheTextTakesBackOnlyWhatWasTyped()
    {
        open();
        command("edit_text");
        typeBehind("# a comment", " of mine");
        tune("6");
        const QString both = with("# a comment", "# a comment of mine").replace("max_attempts: 4", "max_attempts: 6");
        QTRY_COMPARE(text(), both);
        const int steps = m_window->tuning()->undoStack()->index();
        undoInText(); // the form's change comes first, and is not the text's to take back
        QCOMPARE(text(), both);
        QTest::keyClick(editor(), Qt::Key_Backspace, Qt::AltModifier); // the other key that editors have for it
        QCOMPARE(text(), both);
        QCOMPARE(m_window->tuning()->undoStack()->index(), steps);
        undoInText();
        QVERIFY2(m_window->textPanel()->status().contains("came from the settings"), qPrintable(m_window->textPanel()->status()));
        typeBehind("seed: 7", "1");
        undoInText(); // what was typed since then is
        QCOMPARE(text(), both);
        QTRY_COMPARE(m_window->draft()->state(), ScenarioDraft::State::Read);
        QCOMPARE(m_window->tuning()->valueText(*m_window->tuning()->find(kAttempts)), QString("6"));
        m_window->tuning()->undoStack()->undo(); // the form takes back its own, and nothing lies between any more
        QTRY_COMPARE(text(), with("# a comment", "# a comment of mine"));
        undoInText();
        QCOMPARE(text(), QString(test::kTunedScenario));
        QTest::keyClick(editor(), Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
        QCOMPARE(text(), with("# a comment", "# a comment of mine"));
        m_window->draft()->readNow();
    }

    void redoInTheTextMakesOnlyWhatWasTyped()
    {
        open();
        command("edit_text");
        tune("6");
        QTRY_COMPARE(text(), with("max_attempts: 4", "max_attempts: 6"));
        m_window->tuning()->undoStack()->undo();
        QTRY_COMPARE(text(), QString(test::kTunedScenario));
        redoInText();
        QCOMPARE(text(), QString(test::kTunedScenario));
        QVERIFY2(m_window->textPanel()->status().contains("Redo there"), qPrintable(m_window->textPanel()->status()));
        m_window->tuning()->undoStack()->redo();
        QTRY_COMPARE(text(), with("max_attempts: 4", "max_attempts: 6"));
        m_window->tuning()->resetAll();
        QTRY_COMPARE(m_window->draft()->isModified(), false);
    }

    /// Another shape of the policies makes another form, which knows nothing of the steps before.
    void undoInTheTextGoesOnWhereTheFormHasNothingToTakeBack()
    {
        open();
        command("edit_text");
        typeBehind("# a comment", " of mine");
        tune("6");
        const QString both = with("# a comment", "# a comment of mine").replace("max_attempts: 4", "max_attempts: 6");
        QTRY_COMPARE(text(), both);
        typeBehind("- timeout: 250ms", "");
        editor()->SendScintilla(QsciScintilla::SCI_REPLACESEL, "\n    - bulkhead: 5"); // as it is pasted
        QVERIFY2(m_window->draft()->readNow(), qPrintable(text()));
        QVERIFY(!m_window->tuning()->undoStack()->canUndo());
        QVERIFY(text() != both);
        for (int i = 0; i < 5 && text() != both; ++i)
            undoInText();
        QCOMPARE(text(), both);
        QVERIFY(m_window->draft()->readNow());
        undoInText();
        QCOMPARE(text(), with("# a comment", "# a comment of mine"));
        QVERIFY(m_window->draft()->readNow());
        QCOMPARE(m_window->tuning()->valueText(*m_window->tuning()->find(kAttempts)), QString("4"));
        undoInText();
        QCOMPARE(text(), QString(test::kTunedScenario));
        redoInText();
        redoInText();
        QCOMPARE(text(), both);
        QVERIFY(m_window->draft()->readNow());
        QCOMPARE(m_window->tuning()->valueText(*m_window->tuning()->find(kAttempts)), QString("6"));
        undoInText();
        undoInText();
        QVERIFY(m_window->draft()->readNow());
    }

    void aDraggedSliderIsOneChangeToTheText()
    {
        open();
        command("edit_text");
        typeBehind("# a comment", " of mine");
        const int gesture = m_window->tuning()->newGesture();
        for (const char *value : {"5", "6", "7"}) {
            QVERIFY(m_window->tuning()->edit(*m_window->tuning()->find(kAttempts), value, gesture));
            QTRY_VERIFY(text().contains(QString("max_attempts: %1").arg(value)));
        }
        m_window->tuning()->undoStack()->undo();
        QTRY_COMPARE(text(), with("# a comment", "# a comment of mine"));
        undoInText();
        QCOMPARE(text(), QString(test::kTunedScenario));
        m_window->draft()->readNow();
    }

    // ---- what is no longer so is not said

    void aChangeThatIsUndoneActsInNoNextRun()
    {
        open();
        runToEnd();
        tune("6");
        QVERIFY(message().contains("next one"));
        tune("7");
        QVERIFY(message().contains("next one"));
        m_window->tuning()->undoStack()->undo();
        QVERIFY(message().contains("next one"));
        m_window->tuning()->undoStack()->undo();
        QCOMPARE(message(), QString());
        tune("6");
        QVERIFY(message().contains("next one"));
        command("restart");
        QTRY_COMPARE(message(), QString());
        m_window->tuning()->resetAll();
    }

    /// Undoing what acted in the run is a change for the next one.
    void takingBackWhatActedInTheRunIsAChange()
    {
        open();
        m_window->controller()->seekTime(Instant(10s));
        QTRY_COMPARE(m_window->controller()->now().ns(), Instant(10s).ns());
        tune("6");
        QCOMPARE(message(), QString());
        runToEnd();
        m_window->tuning()->undoStack()->undo();
        QVERIFY(message().contains("next one"));
        m_window->tuning()->undoStack()->redo();
        QCOMPARE(message(), QString());
        m_window->tuning()->resetAll();
    }

    /// What the run did not take it does not have.
    void aRefusedChangeActsInTheNextRun()
    {
        m_world->refuse = kAttempts.toStdString();
        open();
        m_window->controller()->seekTime(Instant(10s));
        QTRY_COMPARE(m_window->controller()->now().ns(), Instant(10s).ns());
        tune("6");
        QTRY_VERIFY(!m_window->tuningPanel()->row(kAttempts)->error().isEmpty());
        // Another one is accepted, which says nothing of the six attempts.
        QVERIFY(m_window->tuning()->edit(*m_window->tuning()->find("policies.edge.2.after"), "300ms"));
        QTRY_VERIFY(!m_window->controller()->record()->changes.empty());
        runToEnd();
        m_window->tuning()->undoStack()->undo();
        QVERIFY(message().contains("next one"));
        m_window->tuning()->undoStack()->redo();
        QVERIFY2(message().contains("next one"), qPrintable(message())); // of the six attempts
        QVERIFY(m_window->tuning()->edit(*m_window->tuning()->find("policies.edge.2.after"), "200ms"));
        QVERIFY(message().contains("next one"));
        m_window->tuning()->undoStack()->undo();
        QVERIFY2(message().contains("next one"), qPrintable(message())); // of the six attempts
        m_window->tuning()->undoStack()->undo();
        QVERIFY(message().contains("next one"));
        m_window->tuning()->undoStack()->undo();
        QVERIFY(message().contains("next one")); // four attempts are in force, but so are the 300 ms
        QVERIFY(m_window->tuning()->edit(*m_window->tuning()->find("policies.edge.2.after"), "300ms"));
        QCOMPARE(message(), QString());
    }

    void aTextWithWhatTheRunHadActsInNoNextRun()
    {
        open();
        runToEnd();
        command("edit_text");
        const auto read = [this](const char *before, const char *after) {
            const QString typed = text().replace(before, after);
            editor()->replaceText(typed);
            m_window->draft()->type(typed);
            return m_window->draft()->readNow() ? m_window->textPanel()->status() : QString();
        };
        QVERIFY2(read("max_attempts: 4", "max_attempts: 5").startsWith("Read: takes effect in the next run."),
                 qPrintable(text()));
        QVERIFY(message().contains("next one"));
        QVERIFY(read("# a comment", "# another comment").contains("Not saved."));
        const QString status = read("max_attempts: 5", "max_attempts: 4");
        QVERIFY2(status.startsWith("In effect."), qPrintable(status));
        QCOMPARE(message(), QString());
        QVERIFY(read("# another comment", "# a comment").startsWith("In effect."));
    }

    /// Of a length that is no whole second, too.
    void aFinishedRunHasReachedItsLength()
    {
        m_world->length = 131'700ms;
        open();
        runToEnd();
        QStringList times;
        for (const SteadyLabel *label : m_window->findChildren<SteadyLabel *>())
            times += label->text();
        const QString end = QString("2\u00a0min\u00a011.7\u00a0s");
        QVERIFY2(times.contains(end + " / " + end), qPrintable(times.join(", ")));
    }

    void theQuestionAboutChangesSaysWhichAndWhatFollows()
    {
        open();
        command("edit_text");
        const QString other = test::writeFile(m_folder->filePath("other.yaml"), test::kTunedScenario);
        tune("6");
        QVERIFY(!m_window->openScenario(other));
        QCOMPARE(message(), QString("tuned.yaml has changes that are not saved: 1 setting changed. "
                                    "What should happen to them before other.yaml is opened?"));
        QVERIFY(m_window->tuning()->edit(*m_window->tuning()->find("policies.edge.2.after"), "200ms"));
        typeBehind("# a comment", " of mine");
        QVERIFY(m_window->draft()->readNow());
        QVERIFY(!m_window->close());
        QCOMPARE(message(), QString("tuned.yaml has changes that are not saved: 2 settings changed, 1 line of the text edited. "
                                    "What should happen to them before the lab closes? "
                                    "Closing again keeps them for the next start."));
        m_window->tuning()->resetAll();
        typeBehind("# Question: is the form right?", " Or wrong?");
        QVERIFY(m_window->draft()->readNow());
        QVERIFY(!m_window->openScenario(other));
        QCOMPARE(message(), QString("tuned.yaml has changes that are not saved: 2 lines of the text edited. "
                                    "What should happen to them before other.yaml is opened?"));
    }

    void theQuestionAboutChangesGoesWithThem()
    {
        open();
        tune("6");
        QVERIFY(!m_window->close());
        QVERIFY(message().contains("not saved: 1 setting changed."));
        // While it stands it counts what is changed further.
        QVERIFY(m_window->tuning()->edit(*m_window->tuning()->find("policies.edge.2.after"), "200ms"));
        QTRY_VERIFY2(message().contains("not saved: 2 settings changed. What should happen"), qPrintable(message()));
        m_window->tuning()->undoStack()->undo();
        QTRY_VERIFY2(message().contains("not saved: 1 setting changed. What should happen"), qPrintable(message()));
        m_window->tuning()->undoStack()->undo();
        QTRY_COMPARE(message(), QString());
    }

    void anotherRunEndsWhatWasSaidOfTheOneBefore()
    {
        m_world->failToStart = true;
        m_window->openScenario(test::writeFile(m_folder->filePath("tuned.yaml"), test::kTunedScenario));
        QTRY_VERIFY2(message().contains("could not begin"), qPrintable(message()));
        m_world->failToStart = false;
        command("restart");
        QTRY_VERIFY(m_window->controller()->record() != nullptr);
        QCOMPARE(message(), QString());
    }

    void theLanguageThatIsSpokenNeedsNoNextStart()
    {
        QAction *german = nullptr, *asNow = nullptr;
        for (QAction *action : m_window->findChildren<QAction *>()) {
            german = action->text() == "Deutsch" ? action : german;
        }
        for (QAction *action : german->actionGroup()->actions())
            asNow = action->isChecked() ? action : asNow;
        QVERIFY(german && asNow && german != asNow);
        german->trigger();
        QVERIFY(message().contains("next start"));
        asNow->trigger();
        QCOMPARE(message(), QString());
    }

    void changesThatCanBeKeptAgainAreNoProblem()
    {
        const QString drafts = m_folder->filePath("drafts");
        test::writeFile(drafts, "a file where the folder should be");
        open();
        tune("6");
        QTRY_VERIFY_WITH_TIMEOUT(message().contains("cannot be kept"), 4000);
        QVERIFY(QFile::remove(drafts));
        tune("5");
        QTRY_COMPARE_WITH_TIMEOUT(message(), QString(), 4000);
        m_window->tuning()->resetAll();
    }
};

QTEST_MAIN(TestFocusAndNotices)
#include "tst_focus_and_notices.moc"
