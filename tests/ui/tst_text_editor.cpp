// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/fake_engine.h"
#include "tests/support/tuned_scenario.h"
#include "ui/main_window.h"
#include "ui/message_bar.h"
#include "ui/scenario/completion_popup.h"
#include "ui/scenario/text_editor.h"
#include "ui/scenario/text_panel.h"
#include "ui/theme.h"

#include <QApplication>
#include <QDir>
#include <QFile>
#include <QFontInfo>
#include <QHelpEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>
#include <QTextBlock>
#include <QTextDocument>
#include <QToolTip>

#include <cstdlib>
#include <memory>

#include <sys/wait.h>
#include <unistd.h>

using namespace halfopen;
using namespace halfopen::test;
using namespace std::chrono_literals;
using State = RunController::State;

namespace {

const QString kAttempts = QStringLiteral("policies.edge.0.max_attempts");

QString with(const char *before, const char *after)
{
    return QString::fromUtf8(QByteArray(kTunedScenario).replace(before, after));
}

} // namespace

/// Text and form of one scenario, over a scripted run.
class TestTextEditor : public QObject {
    Q_OBJECT
private:
    std::unique_ptr<QTemporaryDir> m_folder;
    std::shared_ptr<FakeWorld> m_world;
    std::unique_ptr<MainWindow> m_window;
    QString m_file;

    void write(const QString &path, const QString &text)
    {
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(text.toUtf8());
    }
    QString read(const QString &path)
    {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
    }
    void makeWindow()
    {
        m_window = std::make_unique<MainWindow>(fakeEngines(m_world),
                                                std::make_unique<LabSettings>(m_folder->filePath("settings.ini")));
        m_window->showNormal();
        m_window->resize(1280, 800);
        QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    }
    void open()
    {
        QVERIFY(m_window->openScenario(m_file));
        QTRY_VERIFY(m_window->controller()->record());
    }
    TextEditor *editor() { return m_window->textPanel()->editor(); }
    QString text() { return editor()->text(); }
    QString value(const QString &path = kAttempts)
    {
        return m_window->tuning()->valueText(*m_window->tuning()->find(path));
    }
    /// As a user does it: puts the cursor behind \a after and types.
    void typeBehind(const QString &after, const QString &typed, int erase = 0)
    {
        if (!editor()->hasFocus()) // pressed again it would be put away
            QTest::keyClick(m_window.get(), Qt::Key_F4);
        QTRY_VERIFY(editor()->hasFocus());
        const QByteArray before = text().left(text().indexOf(after) + after.size()).toUtf8();
        editor()->SendScintilla(QsciScintilla::SCI_GOTOPOS, static_cast<unsigned long>(before.size()));
        for (int i = 0; i < erase; ++i)
            QTest::keyClick(editor(), Qt::Key_Backspace);
        QTest::keyClicks(editor(), typed);
    }
    void press(const QString &button)
    {
        for (QPushButton *each : m_window->messageBar()->findChildren<QPushButton *>()) {
            if (each->text() == button && each->isVisible()) {
                QTest::mouseClick(each, Qt::LeftButton);
                return;
            }
        }
        QFAIL(qPrintable("no button " + button + " under: " + m_window->messageBar()->text()));
    }
    void seek(Instant to)
    {
        m_window->controller()->seekTime(to);
        QTRY_COMPARE(m_window->controller()->now().ns(), to.ns());
    }

private slots:
    void initTestCase() { QVERIFY(applyTheme(*qApp, ThemeKind::Dark)); }
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_world = std::make_shared<FakeWorld>();
        m_file = m_folder->filePath("tuned.yaml");
        write(m_file, kTunedScenario);
        makeWindow();
    }
    void cleanup() { m_window.reset(); }

    /// A text of a megabyte would stop the window for half a second.
    void theLinesOfALongTextAreBrokenInPieces()
    {
        TextEditor editor;
        editor.resize(300, 300);
        editor.show();
        QVERIFY(QTest::qWaitForWindowExposed(&editor));
        constexpr unsigned long kLines = 5000;
        QString text;
        for (unsigned long i = 0; i < kLines; ++i)
            text += QStringLiteral("# a line that is far too long for a window as narrow as this one is, number %1\n").arg(i);
        editor.openText(text);
        const auto lastOnScreen = [&editor] { return editor.SendScintilla(QsciScintilla::SCI_VISIBLEFROMDOCLINE, kLines); };
        QVERIFY(lastOnScreen() < long(2 * kLines)); // most of them are not broken yet
        QTRY_VERIFY(lastOnScreen() >= long(2 * kLines));
        QCOMPARE(editor.text(), text);
    }

    void aChangeOfTheFormLeavesTheSquigglesWhereTheyAre()
    {
        TextEditor editor;
        editor.openText("a: 1\nb: 2\n");
        editor.SendScintilla(QsciScintilla::SCI_GOTOPOS, 4UL);
        editor.SendScintilla(QsciScintilla::SCI_REPLACESEL, "\nwarned: 3");
        Diagnostic warning;
        warning.severity = Diagnostic::Severity::Warning;
        warning.place = {2, 1};
        warning.message = "odd";
        editor.setDiagnostics({warning});
        const auto isMarked = [&editor](long at) {
            return editor.SendScintilla(QsciScintilla::SCI_INDICATORALLONFOR, static_cast<unsigned long>(at)) != 0;
        };
        QVERIFY(isMarked(6) && !isMarked(0));
        editor.showForm("a: 11\nwarned: 3\nb: 2\n");
        QCOMPARE(editor.text(), QString("a: 11\nwarned: 3\nb: 2\n"));
        QVERIFY(isMarked(7) && !isMarked(0));
    }

    void returnInAListGoesOnAtTheListsDepth()
    {
        TextEditor editor;
        editor.openText("policies:\n  edge:\n    - timeout: 1s\n");
        editor.show();
        editor.setFocus();
        editor.jumpTo(3, 18); // behind "1s"
        QTest::keyClick(&editor, Qt::Key_Return);
        QTest::keyClicks(&editor, "- x");
        QCOMPARE(editor.text(), QString("policies:\n  edge:\n    - timeout: 1s\n    - x\n"));
        editor.jumpTo(2, 8);
        QTest::keyClick(&editor, Qt::Key_Return);
        QTest::keyClicks(&editor, "y");
        QCOMPARE(editor.text(), QString("policies:\n  edge:\n    y\n    - timeout: 1s\n    - x\n"));
        editor.undo();
        editor.undo();
        QCOMPARE(editor.text(), QString("policies:\n  edge:\n    - timeout: 1s\n    - x\n"));
    }

    void aTypedSettingActsInTheRunThatIsUnderWay()
    {
        open();
        seek(Instant(5s));
        typeBehind("max_attempts: 4", "7", 1);
        QTRY_COMPARE(value(), QString("7"));
        QTRY_COMPARE(m_window->controller()->record()->changes.size(), std::size_t(1));
        QCOMPARE(m_window->controller()->record()->changes[0].at.ns(), Instant(5s).ns());
        QCOMPARE(m_world->made.load(), 1);
        QVERIFY(m_window->isWindowModified());
        QVERIFY2(m_window->textPanel()->status().contains("from now on"), qPrintable(m_window->textPanel()->status()));
        QCOMPARE(text(), with("max_attempts: 4", "max_attempts: 7"));
    }

    void aTypedWorldRunsAgainToWhereItWas()
    {
        open();
        seek(Instant(5s));
        typeBehind("workers: 8", "9", 1);
        QTRY_COMPARE(m_world->made.load(), 2);
        QTRY_COMPARE(m_window->controller()->now().ns(), Instant(5s).ns());
        QTRY_COMPARE(m_window->controller()->state(), State::Paused);
        QTRY_VERIFY(m_window->controller()->record());
        QCOMPARE(m_window->controller()->record()->scenario->services[0].workers, 9);
        QVERIFY(m_window->textPanel()->status().contains("ran again from the beginning"));
    }

    void aWorldTypedWhileItPlaysGoesOnPlaying()
    {
        m_world->length = 1000s;
        open();
        seek(Instant(5s));
        m_window->togglePlay();
        QTRY_COMPARE(m_window->controller()->state(), State::Playing);
        typeBehind("workers: 8", "9", 1);
        QTRY_COMPARE(m_world->made.load(), 2);
        QTRY_COMPARE(m_window->controller()->state(), State::Playing);
        QVERIFY(m_window->controller()->now() >= Instant(5s));
    }

    void aBrokenTextIsMarkedAndTheRunGoesOn()
    {
        open();
        m_window->togglePlay();
        typeBehind("max_attempts", "x");
        auto *list = m_window->textPanel()->problemList();
        QTRY_COMPARE(list->count(), 1);
        QVERIFY(list->isVisible());
        QCOMPARE(m_window->controller()->state(), State::Playing);
        const int line = text().left(text().indexOf("max_attemptsx")).count('\n') + 1;
        QVERIFY(editor()->problemsOf(line).contains("max_attemptsx"));
        QVERIFY(editor()->problemsOf(line).contains("did you mean 'max_attempts'"));
        const long at = text().indexOf("max_attemptsx");
        QVERIFY(editor()->SendScintilla(QsciScintilla::SCI_INDICATORALLONFOR, static_cast<unsigned long>(at)) & (1 << 8));
        QVERIFY(!(editor()->SendScintilla(QsciScintilla::SCI_INDICATORALLONFOR, static_cast<unsigned long>(at - 3)) & (1 << 8)));
        editor()->setCursorPosition(0, 0);
        QTest::mouseClick(list->viewport(), Qt::LeftButton, {}, list->visualItemRect(list->item(0)).center());
        QCOMPARE(editor()->currentLine(), line);
        typeBehind("max_attemptsx", "", 1);
        QTRY_COMPARE(list->count(), 0);
        QCOMPARE(text(), QString(kTunedScenario));
        QTRY_VERIFY(!m_window->isWindowModified());
        QCOMPARE(m_world->made.load(), 1);
    }

    void aChangeInTheFormChangesThatValueInTheText()
    {
        open();
        editor()->setCursorPosition(4, 3);
        QVERIFY(m_window->tuning()->edit(*m_window->tuning()->find(kAttempts), "6"));
        QTRY_COMPARE(text(), with("max_attempts: 4", "max_attempts: 6"));
        int line = 0;
        int index = 0;
        editor()->getCursorPosition(&line, &index);
        QCOMPARE(line, 4);
        QCOMPARE(index, 3);
    }

    void theTextsUndoTakesTheFormAlong()
    {
        open();
        typeBehind("max_attempts: 4", "7", 1);
        QTRY_COMPARE(value(), QString("7"));
        QTest::keyClick(editor(), Qt::Key_Z, Qt::ControlModifier); // the digit, and what was erased for it
        if (text() != QString(kTunedScenario))
            QTest::keyClick(editor(), Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(text(), QString(kTunedScenario));
        QTRY_COMPARE(value(), QString("4"));
    }

    void theFormsUndoTakesTheTextAlong()
    {
        open();
        typeBehind("max_attempts: 4", "7", 1);
        QTRY_COMPARE(value(), QString("7"));
        m_window->tuning()->undoStack()->undo();
        QTRY_COMPARE(text(), QString(kTunedScenario));
        QCOMPARE(value(), QString("4"));
    }

    void aFormChangeDuringABreakComesIntoTheMendedText()
    {
        open();
        typeBehind("seed: 7", "x");
        QTRY_COMPARE(m_window->draft()->state(), ScenarioDraft::State::Broken);
        QVERIFY(m_window->tuning()->edit(*m_window->tuning()->find(kAttempts), "6"));
        QTest::qWait(150);
        QCOMPARE(text(), with("seed: 7", "seed: 7x"));
        typeBehind("seed: 7x", "", 1);
        QTRY_COMPARE(text(), with("max_attempts: 4", "max_attempts: 6"));
        QCOMPARE(value(), QString("6"));
    }

    void savingWritesTheTypedTextAndABrokenOneIsKept()
    {
        open();
        typeBehind("# a comment", " of mine");
        QVERIFY(m_window->save());
        QCOMPARE(read(m_file), with("# a comment", "# a comment of mine"));
        QVERIFY(!m_window->isWindowModified());
        typeBehind("seed: 7", "x");
        QVERIFY(!m_window->save());
        QVERIFY(m_window->messageBar()->text().contains("problems"));
        QCOMPARE(read(m_file), with("# a comment", "# a comment of mine"));
        QCOMPARE(text(), with("# a comment", "# a comment of mine").replace("seed: 7", "seed: 7x"));
    }

    void aFileThatCannotBeOpenedIsMendedInPlace()
    {
        open();
        const QString bad = m_folder->filePath("bad.yaml");
        write(bad, with("seed: 7", "sed: 7"));
        QVERIFY(m_window->openScenario(bad));
        QTRY_COMPARE(m_window->draft()->state(), ScenarioDraft::State::Broken);
        QCOMPARE(m_window->document()->path(), m_file);
        typeBehind("se", "e");
        QTRY_COMPARE(m_window->document()->path(), bad);
        QCOMPARE(text(), QString(kTunedScenario));
        QVERIFY(editor()->hasFocus());
        QVERIFY(m_window->isWindowModified());
        QVERIFY(m_window->save());
        QCOMPARE(read(bad), QString(kTunedScenario));
    }

    /// The program is killed: nothing of it runs any more.
    void whatWasTypedComesBackAfterACrash()
    {
        open();
        typeBehind("# a comment", " of mine");
        const QDir drafts(m_folder->filePath("drafts"));
        QTRY_COMPARE_WITH_TIMEOUT(drafts.entryList(QDir::Files).size(), 1, 2000);
        const pid_t child = fork();
        if (child == 0)
            _exit(0);
        waitpid(child, nullptr, 0);
        const QString ours = drafts.entryList(QDir::Files)[0];
        QVERIFY(QFile::copy(drafts.filePath(ours), drafts.filePath(QString(ours).replace(QString::number(getpid()), QString::number(child)))));
        QVERIFY(!m_window->close());
        press("Discard");
        QTRY_VERIFY(!m_window->isVisible());
        m_window.reset();
        QCOMPARE(drafts.entryList(QDir::Files).size(), 1);

        makeWindow();
        open();
        QTRY_VERIFY(m_window->messageBar()->text().contains("were not saved and are kept"));
        QCOMPARE(text(), QString(kTunedScenario));
        press("Bring them back");
        QCOMPARE(text(), with("# a comment", "# a comment of mine"));
        QTRY_COMPARE(m_window->draft()->state(), ScenarioDraft::State::Read);
        QVERIFY(m_window->save());
        QTRY_COMPARE(drafts.entryList(QDir::Files).size(), 0);
        QCOMPARE(read(m_file), with("# a comment", "# a comment of mine"));
    }

    /// Neither what was typed nor what the form could not put into it is lost.
    void aBrokenTextAndTheFormsChangesComeBackAfterACrash()
    {
        open();
        typeBehind("workers: 8", "0"); // another world that could be read, and is not saved
        QTRY_COMPARE(m_window->draft()->state(), ScenarioDraft::State::Read);
        QTRY_VERIFY(m_window->tuning()->scenario()->services.front().workers == 80);
        typeBehind("seed: 7", "x");
        QTRY_COMPARE(m_window->draft()->state(), ScenarioDraft::State::Broken);
        const QString broken = text();
        QVERIFY(m_window->tuning()->edit(*m_window->tuning()->find(kAttempts), "6"));
        const QDir drafts(m_folder->filePath("drafts"));
        QTRY_VERIFY_WITH_TIMEOUT(drafts.entryList(QDir::Files).size() == 1 && read(drafts.filePath(drafts.entryList(QDir::Files)[0])).contains("max_attempts\": \"6"),
                                 4000);
        const pid_t child = fork();
        if (child == 0)
            _exit(0);
        waitpid(child, nullptr, 0);
        const QString ours = drafts.entryList(QDir::Files)[0];
        QVERIFY(QFile::copy(drafts.filePath(ours), drafts.filePath(QString(ours).replace(QString::number(getpid()), QString::number(child)))));
        QVERIFY(!m_window->close());
        press("Discard");
        QTRY_VERIFY(!m_window->isVisible());
        m_window.reset();

        makeWindow();
        open();
        QTRY_VERIFY(m_window->messageBar()->text().contains("were not saved and are kept"));
        QCOMPARE(value(), QString("4"));
        press("Bring them back");
        QCOMPARE(text(), broken);
        QCOMPARE(value(), QString("6"));
        QVERIFY(m_window->tuning()->scenario()->services.front().workers == 80);
        QTRY_COMPARE(m_window->draft()->state(), ScenarioDraft::State::Broken);
        typeBehind("seed: 7x", "", 1); // mended, both are in the text
        QTRY_VERIFY(text().contains("max_attempts: 6") && text().contains("workers: 80") && text().contains("seed: 7\n"));
        QCOMPARE(value(), QString("6"));
    }

    void closingTwiceKeepsTheTextForTheNextStart()
    {
        open();
        typeBehind("seed: 7", "x");
        QVERIFY(!m_window->close());
        QVERIFY(m_window->messageBar()->text().contains("Closing again keeps them"));
        QVERIFY(m_window->close());
        m_window.reset();
        makeWindow();
        const QString other = m_folder->filePath("other.yaml");
        write(other, kTunedScenario);
        QVERIFY(m_window->openScenario(other)); // another file is opened: the kept one is offered all the same
        QTRY_VERIFY(m_window->messageBar()->text().contains("Changes to tuned.yaml"));
        press("Bring them back");
        QTRY_COMPARE(m_window->document()->path(), m_file);
        QTRY_COMPARE(text(), with("seed: 7", "seed: 7x"));
        QCOMPARE(read(m_file), QString(kTunedScenario));
    }

    void aFileThatCannotBeOpenedIsToldBeforeWhatIsKept()
    {
        open();
        typeBehind("seed: 7", "x");
        QVERIFY(!m_window->close());
        QVERIFY(m_window->close());
        m_window.reset();
        makeWindow();
        QVERIFY(m_window->openScenario(m_folder->filePath("none.yaml")));
        QTRY_VERIFY(m_window->messageBar()->text().contains("none.yaml was not opened"));
        press("Show what is kept");
        QVERIFY(m_window->messageBar()->text().contains("Changes to tuned.yaml"));
        press("Bring them back");
        QTRY_COMPARE(m_window->document()->path(), m_file);
        QTRY_COMPARE(text(), with("seed: 7", "seed: 7x"));
    }

    void aProblemSaysWhatIsWrongFirstAndWholly()
    {
        TextPanel *panel = m_window->textPanel();
        open();
        typeBehind("max_attempts", "x");
        QTRY_COMPARE(m_window->draft()->state(), ScenarioDraft::State::Broken);
        QListWidget *list = panel->problemList();
        QVERIFY2(list->item(0)->text().startsWith("unknown"), qPrintable(list->item(0)->text()));
        QVERIFY(list->item(0)->text().contains(QRegularExpression("\ntuned\\.yaml:\\d+:\\d+$")));
        // The tool tip has the line and its caret, of one width, and does not lie over what says that it is not in effect.
        QTextDocument tip;
        tip.setHtml(list->item(0)->toolTip());
        bool hasCaret = false;
        for (QTextBlock block = tip.begin(); block.isValid(); block = block.next()) {
            if (!block.text().endsWith("^"))
                continue;
            const QString line = block.previous().text();
            QVERIFY2(line.mid(block.text().size() - 1).startsWith("max_attemptsx"), qPrintable(line + '\n' + block.text()));
            QVERIFY(QFontInfo(block.begin().fragment().charFormat().font()).fixedPitch());
            hasCaret = true;
        }
        QVERIFY2(hasCaret, qPrintable(tip.toPlainText()));
        QHelpEvent help(QEvent::ToolTip, list->visualItemRect(list->item(0)).center(), {});
        QApplication::sendEvent(list->viewport(), &help);
        QVERIFY(QToolTip::isVisible());
        for (const QLabel *label : panel->findChildren<QLabel *>()) {
            const QRect own(label->mapToGlobal(QPoint()), label->size());
            for (const QWidget *widget : QApplication::topLevelWidgets()) {
                const bool isTip = widget->inherits("QTipLabel") && widget->isVisible();
                QVERIFY(!isTip || label->text() != panel->status() || !widget->geometry().intersects(own));
            }
        }
        QToolTip::hideText();
        list->item(0)->setToolTip("<p>" + QString("a long message of many short words ").repeated(20) + "</p>");
        for (const int left : {0, 200, 400, 600}) { // wherever there is room beside the panel or is none
            m_window->move(left, 0);
            QApplication::sendEvent(list->viewport(), &help);
            QTRY_VERIFY(QToolTip::isVisible());
            const QRect problem = list->visualItemRect(list->item(0));
            const QRect own(list->viewport()->mapToGlobal(problem.topLeft()), problem.size());
            for (const QWidget *widget : QApplication::topLevelWidgets()) {
                if (widget->inherits("QTipLabel") && widget->isVisible())
                    QVERIFY2(!widget->geometry().intersects(own), qPrintable(QString::number(left)));
            }
            QToolTip::hideText();
        }
        const auto height = [list] { return list->visualItemRect(list->item(0)).height(); };
        list->setFixedWidth(600);
        QCoreApplication::processEvents();
        const int wide = height();
        list->setFixedWidth(160);
        QTRY_VERIFY(height() > wide); // wrapped
        QVERIFY(list->visualItemRect(list->item(0)).width() <= list->viewport()->width());
    }

    void theLineThatIsTypedStaysInSightWhenProblemsAppear()
    {
        open();
        QTest::keyClick(m_window.get(), Qt::Key_F4);
        TextEditor *code = editor();
        code->SendScintilla(QsciScintilla::SCI_DOCUMENTEND);
        static_cast<QsciScintilla *>(code)->insert(QString("# a line\n").repeated(80));
        code->SendScintilla(QsciScintilla::SCI_DOCUMENTEND);
        QTest::keyClicks(code, "wrong");
        QTRY_COMPARE(m_window->draft()->state(), ScenarioDraft::State::Broken);
        QTRY_VERIFY(m_window->textPanel()->problemList()->isVisible());
        QCoreApplication::processEvents();
        const long line = code->SendScintilla(QsciScintilla::SCI_VISIBLEFROMDOCLINE, static_cast<unsigned long>(code->currentLine() - 1))
            - code->SendScintilla(QsciScintilla::SCI_GETFIRSTVISIBLELINE);
        QVERIFY2(line >= 0 && line < code->SendScintilla(QsciScintilla::SCI_LINESONSCREEN), qPrintable(QString::number(line)));
    }

    void openingAnotherFileAsksInTheBar()
    {
        open();
        typeBehind("seed: 7", "7", 0);
        const QString other = m_folder->filePath("other.yaml");
        write(other, kTunedScenario);
        QVERIFY(!m_window->openScenario(other));
        QCOMPARE(m_window->document()->path(), m_file);
        press("Save");
        QTRY_COMPARE(m_window->document()->path(), other);
        QCOMPARE(read(m_file), with("seed: 7", "seed: 77"));
    }

    void wordsAreFound()
    {
        open();
        QTest::keyClick(m_window.get(), Qt::Key_F4);
        QTRY_VERIFY(editor()->hasFocus());
        QTest::keyClick(editor(), Qt::Key_F, Qt::ControlModifier);
        QLineEdit *line = m_window->textPanel()->findLine();
        QVERIFY(line->hasFocus());
        QTest::keyClicks(line, "delay");
        QCOMPARE(editor()->selectedText(), QString("delay"));
        int first = 0;
        int index = 0;
        editor()->getCursorPosition(&first, &index);
        QTest::keyClick(line, Qt::Key_Return);
        int line2 = 0;
        int index2 = 0;
        editor()->getCursorPosition(&line2, &index2);
        QCOMPARE(line2, first);
        QVERIFY(index2 > index);
        QTest::keyClick(line, Qt::Key_Escape);
        QVERIFY(editor()->hasFocus());
        QVERIFY(!line->isVisible());
    }

    void wordsAreCompletedWhileTyping()
    {
        open();
        CompletionPopup *popup = editor()->popup();
        typeBehind("max_delay: 2s", ", jit");
        QVERIFY(popup->isVisible());
        QCOMPARE(popup->list()->count(), 1);
        QCOMPARE(popup->list()->item(0)->text(), QString("jitter"));
        QVERIFY(popup->list()->item(0)->data(Qt::UserRole).toString().contains("default full"));
        QTest::keyClick(editor(), Qt::Key_Return);
        QVERIFY(!popup->isVisible());
        QVERIFY(text().contains("max_delay: 2s, jitter:  }"));
        QTest::keyClick(editor(), Qt::Key_Space, Qt::ControlModifier);
        QVERIFY(popup->isVisible());
        QTest::keyClick(editor(), Qt::Key_Down);
        QCOMPARE(popup->list()->currentRow(), 1);
        QTest::keyClick(editor(), Qt::Key_Escape);
        QVERIFY(!popup->isVisible());
        QTest::keyClicks(editor(), "none");
        QTRY_COMPARE(value("policies.edge.0.jitter"), QString("none"));
        for (const char *undone : {"max_delay: 2s, jitter:  }", "max_delay: 2s, jit }", "max_delay: 2s }"}) { // what was typed,
            QTest::keyClick(editor(), Qt::Key_Z, Qt::ControlModifier);                          // completed and typed
            QVERIFY2(text().contains(undone), qPrintable(text()));
        }
        QTRY_COMPARE(value("policies.edge.0.jitter"), QString("full"));
    }

    void aKeyGoesFromProblemToProblem()
    {
        open();
        m_window->draft()->type(with("max_attempts", "max_attempst").replace("recovery_timeout", "recovery_timeot"));
        editor()->replaceText(m_window->draft()->text());
        QTRY_COMPARE(m_window->textPanel()->problemList()->count(), 2);
        const int first = text().left(text().indexOf("max_attempst")).count('\n') + 1;
        const int second = text().left(text().indexOf("recovery_timeot")).count('\n') + 1;
        editor()->setCursorPosition(0, 0);
        for (const int line : {first, second, first}) { // around the end
            QTest::keyClick(editor(), Qt::Key_F8);
            QCOMPARE(editor()->currentLine(), line);
        }
        QTest::keyClick(editor(), Qt::Key_F8, Qt::ShiftModifier);
        QCOMPARE(editor()->currentLine(), second);
    }

    void theTextIsReadablyLarge()
    {
        // Both the letters and the lines; Scintilla rounds what is above and below the base line one by one.
        const QFontMetrics metrics(Theme::monoFont());
        const QByteArray letters(40, 'm');
        const long width = editor()->SendScintilla(QsciScintilla::SCI_TEXTWIDTH, 0UL, letters.constData());
        QVERIFY2(std::abs(width - metrics.horizontalAdvance(letters)) <= 1, qPrintable(QString::number(width)));
        QVERIFY2(std::abs(editor()->textHeight(0) - metrics.height()) <= 1, qPrintable(QString::number(editor()->textHeight(0))));
        // Braces that match are text as well.
        for (const int style : {QsciScintilla::STYLE_BRACELIGHT, QsciScintilla::STYLE_BRACEBAD})
            QCOMPARE(editor()->SendScintilla(QsciScintilla::SCI_TEXTWIDTH, static_cast<unsigned long>(style), letters.constData()), width);
    }

    void sectionsCanBeFolded()
    {
        open();
        const int policies = int(text().left(text().indexOf("policies:\n")).count('\n'));
        QVERIFY(editor()->SendScintilla(QsciScintilla::SCI_GETFOLDLEVEL, static_cast<unsigned long>(policies))
                & QsciScintilla::SC_FOLDLEVELHEADERFLAG);
        editor()->foldLine(policies);
        QVERIFY(!editor()->SendScintilla(QsciScintilla::SCI_GETLINEVISIBLE, static_cast<unsigned long>(policies + 2)));
        QVERIFY(editor()->SendScintilla(QsciScintilla::SCI_GETLINEVISIBLE, static_cast<unsigned long>(policies + 5)));
        editor()->jumpTo(policies + 3, 1); // a jump opens what is folded
        QVERIFY(editor()->SendScintilla(QsciScintilla::SCI_GETLINEVISIBLE, static_cast<unsigned long>(policies + 2)));
    }
};

QTEST_MAIN(TestTextEditor)
#include "tst_text_editor.moc"
