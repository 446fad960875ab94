// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/run_record.h"
#include "core/scenario/loader.h"
#include "simulators/simulation.h"
#include "simulators/vocabulary.h"
#include "tests/support/lab_window.h"
#include "tests/support/tuned_scenario.h"
#include "ui/compare/compare_panel.h"
#include "ui/help/help_panel.h"
#include "ui/library/library_panel.h"
#include "ui/main_window.h"
#include "ui/message_bar.h"
#include "ui/scenario/scenario_document.h"
#include "ui/scenario/text_editor.h"
#include "ui/scenario/text_panel.h"
#include "ui/theme.h"
#include "ui/tuning/setting_row.h"
#include "ui/tuning/tuning_panel.h"

#include <QAbstractTextDocumentLayout>
#include <QAction>
#include <QApplication>
#include <QDialog>
#include <QDir>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QMenu>
#include <QPushButton>
#include <QShortcut>
#include <QTemporaryDir>
#include <QTest>
#include <QTextBlock>
#include <QTextCursor>
#include <QTextDocument>
#include <QTextTable>
#include <QUndoStack>

#include <memory>
#include <set>

using namespace halfopen;
using namespace halfopen::test;

namespace {

const QString kAttempts = QStringLiteral("policies.edge.0.max_attempts");

RecordPtr runOf(std::uint64_t seed)
{
    const LoadResult loaded = loadScenarioText(kTunedScenario, "tuned.yaml", standardVocabulary());
    if (!loaded.ok())
        qFatal("%s", loaded.diagnostics.front().text().c_str());
    RunOptions options;
    options.seed = seed;
    Simulation simulation(loaded.scenario, options);
    simulation.runToEnd();
    return std::make_shared<const RunRecord>(simulation.snapshot());
}

QString keyText(const QKeySequence &key)
{
    return QStringLiteral("<b>%1</b>").arg(key.toString(QKeySequence::NativeText).toHtmlEscaped());
}

} // namespace

/// What Ctrl+Z takes back in the library and in the text, what is said of it, and that the keys are listed.
class TestUndoAndKeys : public QObject {
    Q_OBJECT
private:
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<MainWindow> m_window;
    QString m_file;

    void makeWindow() { m_window = shownWindow(*m_folder, simulationEngines()); }
    void open()
    {
        QVERIFY(m_window->openScenario(m_file));
        QTRY_VERIFY(m_window->controller()->record() != nullptr);
    }
    QAction *command(const char *name) const { return m_window->findChild<QAction *>(name); }
    QString message() const { return m_window->messageBar()->text(); }
    void tune(const char *value) { QVERIFY(m_window->tuning()->edit(*m_window->tuning()->find(kAttempts), value)); }
    QString value() const { return m_window->tuning()->valueText(*m_window->tuning()->find(kAttempts)); }
    // ---- the library
    LibraryPanel *panel() const { return m_window->libraryPanel(); }
    QListView *list() const { return panel()->list(); }
    std::size_t kept() const { return m_window->library()->runs().size(); }
    int row() const { return list()->currentIndex().row(); }
    void keepThree()
    {
        open();
        for (const std::uint64_t seed : {1, 2, 3})
            m_window->library()->keep(runOf(seed), {});
        QTRY_COMPARE(kept(), std::size_t(3));
        command("library")->trigger();
        QTRY_VERIFY(list()->isVisible());
        list()->setFocus();
        QTRY_VERIFY(list()->hasFocus());
        list()->setCurrentIndex(list()->model()->index(0, 0));
    }
    static void undo() { QTest::keyClick(QApplication::focusWidget(), Qt::Key_Z, Qt::ControlModifier); }
    // ---- the text
    TextEditor *editor() const { return m_window->textPanel()->editor(); }
    QString text() const { return editor()->text(); }
    QString status() const { return m_window->textPanel()->status(); }
    ScenarioDraft::State state() const { return m_window->draft()->state(); }
    static QString with(const char *before, const char *after) { return QString::fromUtf8(QByteArray(kTunedScenario).replace(before, after)); }
    void typeBehind(const QString &after, const QString &typed, int erase = 0)
    {
        if (!editor()->isVisible())
            command("edit_text")->trigger();
        editor()->setFocus();
        const QByteArray before = text().left(text().indexOf(after) + after.size()).toUtf8();
        editor()->SendScintilla(QsciScintilla::SCI_GOTOPOS, static_cast<unsigned long>(before.size()));
        for (int i = 0; i < erase; ++i)
            QTest::keyClick(editor(), Qt::Key_Backspace);
        QTest::keyClicks(editor(), typed);
    }
    /// The text is broken, and Max attempts has been changed since then.
    void breakAndTune()
    {
        open();
        typeBehind("recovery", "x");
        QTRY_COMPARE(state(), ScenarioDraft::State::Broken);
        tune("3");
        QTRY_VERIFY2(status().contains("Max attempts 3"), qPrintable(status()));
    }
    void mend()
    {
        typeBehind("recoveryx", "", 1);
        QTRY_COMPARE(text(), with("max_attempts: 4", "max_attempts: 3"));
        QCOMPARE(value(), QString("3"));
    }
    void leave()
    {
        m_window->tuning()->resetAll();
        (void)m_window->draft()->readNow();
    }
    // ---- the list of keys
    QDialog *keysDialog() const
    {
        command("shortcuts")->trigger();
        return m_window->findChild<QDialog *>("shortcuts_dialog");
    }

private slots:
    void initTestCase() { QVERIFY(applyTheme(*qApp, ThemeKind::Dark)); }
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_file = m_folder->filePath("tuned.yaml");
        writeFile(m_file, kTunedScenario);
        makeWindow();
    }
    void cleanup() { m_window.reset(); }

    void undoInTheLibraryBringsBackOneDeletionAfterTheOther()
    {
        keepThree();
        tune("6");
        const int steps = m_window->tuning()->undoStack()->index();
        for (const QAction *action : list()->actions())
            QVERIFY(action->text() != "Delete" || !action->autoRepeat()); // a key that is held deletes one
        QTest::keyClick(list(), Qt::Key_Delete);
        QTest::keyClick(list(), Qt::Key_Delete); // of what has taken its place
        QCOMPARE(kept(), std::size_t(1));
        QVERIFY2(message().startsWith("2 runs were deleted"), qPrintable(message()));
        QDialog *keys = keysDialog();
        QVERIFY(keys);
        for (const QLabel *label : keys->findChildren<QLabel *>())
            QVERIFY(!label->text().contains("Undo delete of")); // what the key means, not what it would do now
        delete keys;
        list()->setFocus();
        QTRY_VERIFY(list()->hasFocus());
        m_window->messageBar()->showMessage(MessageBar::Kind::Info, "something else"); // takes the button away
        QCOMPARE(command("undo_delete")->text(), QString("Undo delete of 1 run"));
        QVERIFY(command("undo_delete")->isEnabled());
        undo();
        QCOMPARE(kept(), std::size_t(2));
        undo();
        QCOMPARE(kept(), std::size_t(3));
        QCOMPARE(m_window->tuning()->undoStack()->index(), steps);
        QCOMPARE(value(), QString("6"));
        QVERIFY(!command("undo_delete")->isEnabled());
        m_window->messageBar()->setFocus();
        leave();
    }

    /// Nothing was deleted, and the menu says that a setting can be taken back: the key does so, from the list and from the search.
    void undoInTheLibraryIsTheWindowsWhereNothingWasDeleted()
    {
        keepThree();
        for (QWidget *focus : std::initializer_list<QWidget *>{list(), panel()->search()}) {
            tune("6");
            focus->setFocus();
            QTRY_VERIFY(focus->hasFocus());
            QVERIFY(command("undo_delete") && !command("undo_delete")->isEnabled());
            undo();
            QCOMPARE(value(), QString("4"));
        }
        panel()->search()->setFocus();
        tune("6");
        QTest::keyClicks(panel()->search(), "x");
        undo(); // of what was typed, as in any field
        QCOMPARE(panel()->search()->text(), QString());
        QCOMPARE(value(), QString("6"));
        leave();
    }

    void whatIsDeletedStaysOnOfferInTheMenus()
    {
        keepThree();
        list()->selectAll();
        QVERIFY(pressButton(panel(), "Delete"));
        QCOMPARE(kept(), std::size_t(0));
        QVERIFY(panel()->isAncestorOf(QApplication::focusWidget())); // so that its key is at hand
        QCOMPARE(command("undo_delete")->text(), QString("Undo delete of 3 runs"));
        bool isInList = false;
        for (const QAction *action : list()->actions())
            isInList = isInList || (action->text() == "Undo delete of 3 runs" && action->isEnabled());
        QVERIFY(isInList);
        undo();
        QCOMPARE(kept(), std::size_t(3));
        QCOMPARE(message(), QString()); // is not so any more
        QCOMPARE(panel()->selected().size(), std::size_t(3));
    }

    void theMessageBringsBackAllThatItNames()
    {
        keepThree();
        QTest::keyClick(list(), Qt::Key_Delete);
        QTest::keyClick(list(), Qt::Key_Delete);
        QVERIFY(pressButton(m_window->messageBar(), "Undo"));
        QCOMPARE(kept(), std::size_t(3));
        list()->setCurrentIndex(list()->model()->index(0, 0));
        QTest::keyClick(list(), Qt::Key_Delete);
        QVERIFY2(message().startsWith("1 run was"), qPrintable(message())); // the others are back
        QTest::keyClick(panel()->search(), Qt::Key_Z, Qt::ControlModifier); // nothing was typed there
        QCOMPARE(kept(), std::size_t(3));
    }

    void theArrowsLeadFromTheSearchIntoTheListAndBack()
    {
        keepThree();
        panel()->search()->setFocus();
        QTest::keyClick(panel()->search(), Qt::Key_Down);
        QVERIFY(list()->hasFocus());
        QCOMPARE(row(), 0);
        QCOMPARE(panel()->selected().size(), std::size_t(1));
        QTest::keyClick(list(), Qt::Key_Down);
        QCOMPARE(row(), 1);
        QTest::keyClick(list(), Qt::Key_Up);
        QCOMPARE(row(), 0);
        QVERIFY(list()->hasFocus());
        QTest::keyClick(list(), Qt::Key_Up);
        QVERIFY(panel()->search()->hasFocus());
        panel()->search()->setText("nothing of the kind");
        QTest::keyClick(panel()->search(), Qt::Key_Down); // nowhere to go
        QVERIFY(panel()->search()->hasFocus());
    }

    void aWordWithItsMarkInTheNotesIsFound()
    {
        KeptRun run;
        run.notes = "#candidate for Monday";
        run.tags = {"slow"};
        QVERIFY(fitsQuery(run, {"#candidate"}));
        QVERIFY(fitsQuery(run, {"#Cand", "#slow"}));
        QVERIFY(!fitsQuery(run, {"#monday"})); // a word of the notes without it
    }

    void undoInTheMendedTextTakesTheMendingBack()
    {
        breakAndTune();
        const QString broken = text();
        const int steps = m_window->tuning()->undoStack()->index();
        mend();
        undo();
        QCOMPARE(text(), broken);
        QVERIFY2(!status().contains("came from the settings"), qPrintable(status()));
        QTRY_COMPARE(state(), ScenarioDraft::State::Broken);
        QCOMPARE(value(), QString("3")); // the form's own, which waits again
        QCOMPARE(m_window->tuning()->undoStack()->index(), steps);
        QVERIFY2(status().contains("Max attempts 3"), qPrintable(status()));
        mend();
        QTRY_COMPARE(state(), ScenarioDraft::State::Read);
        undo();
        QCOMPARE(text(), broken);
        QTest::keyClick(editor(), Qt::Key_Y, Qt::ControlModifier);
        QCOMPARE(text(), with("max_attempts: 4", "max_attempts: 3"));
        QTRY_COMPARE(state(), ScenarioDraft::State::Read);
        QCOMPARE(value(), QString("3"));
        QVERIFY2(!status().contains("Max attempts"), qPrintable(status()));
        tune("5"); // newer than what was typed
        QTRY_COMPARE(text(), with("max_attempts: 4", "max_attempts: 5"));
        undo();
        QCOMPARE(text(), with("max_attempts: 4", "max_attempts: 5"));
        QVERIFY2(status().contains("came from the settings"), qPrintable(status()));
        leave();
    }

    /// The form takes back what came into the text with the mending: no undo of the text makes it again.
    void undoInTheFormIsNotUndoneByTheText()
    {
        breakAndTune();
        const QString broken = text();
        mend();
        m_window->tuning()->undoStack()->undo();
        QTRY_COMPARE(text(), QString(kTunedScenario));
        editor()->setFocus();
        undo();
        QCOMPARE(text(), broken);
        QTRY_COMPARE(state(), ScenarioDraft::State::Broken);
        QCOMPARE(value(), QString("4"));
        QVERIFY2(!status().contains("Max attempts"), qPrintable(status()));
        m_window->tuning()->undoStack()->redo(); // the form's own, and it waits
        QTRY_VERIFY2(status().contains("Max attempts 3"), qPrintable(status()));
        QTest::keyClick(editor(), Qt::Key_Y, Qt::ControlModifier);
        QTRY_COMPARE(text(), with("max_attempts: 4", "max_attempts: 3"));
        QCOMPARE(value(), QString("3"));
        // With more typed behind the mending the form's change is not the text's to make again, and this is said.
        typeBehind("# a comment", " of mine");
        const QString typed = text();
        QVERIFY(m_window->draft()->readNow());
        m_window->tuning()->undoStack()->undo();
        QTRY_VERIFY(text() != typed);
        const QString taken = text();
        editor()->setFocus();
        undo();
        QCOMPARE(text(), taken);
        QVERIFY(m_window->draft()->readNow());
        QCOMPARE(value(), QString("4"));
        QVERIFY2(status().contains("taken back in the settings"), qPrintable(status()));
        m_window->tuning()->undoStack()->redo();
        QTRY_COMPARE(text(), typed);
        undo();
        QCOMPARE(text(), with("max_attempts: 4", "max_attempts: 3"));
        leave();
    }

    void undoTakesTheMendingBackAfterANewStart()
    {
        breakAndTune();
        const QString broken = text();
        QVERIFY(!m_window->close());
        QVERIFY(pressButton(m_window->messageBar(), "Keep them and close"));
        QTRY_VERIFY(!m_window->isVisible());
        m_window.reset();
        makeWindow();
        open();
        QTRY_VERIFY2(message().contains("not saved and are kept"), qPrintable(message()));
        QVERIFY(pressButton(m_window->messageBar(), "Bring them back"));
        QCOMPARE(text(), broken);
        QCOMPARE(value(), QString("3"));
        QTRY_COMPARE(state(), ScenarioDraft::State::Broken);
        QTRY_VERIFY2(status().contains("Max attempts 3"), qPrintable(status()));
        mend();
        undo();
        QCOMPARE(text(), broken);
        QTRY_COMPARE(state(), ScenarioDraft::State::Broken);
        QCOMPARE(value(), QString("3"));
        mend();
        leave();
    }

    void savedIsSaidUntilTheNextChange()
    {
        open();
        typeBehind("# a comment", " of mine");
        QVERIFY(m_window->save());
        QCOMPARE(message(), "Saved: " + QDir::toNativeSeparators(m_file));
        QTest::qWait(250); // for what follows a save
        QVERIFY(message().startsWith("Saved"));
        tune("6");
        QCOMPARE(message(), QString());
        const QString other = m_folder->filePath("other.yaml");
        QVERIFY(m_window->saveTo(other));
        QCOMPARE(message(), "Saved as " + QDir::toNativeSeparators(other)); // no word on files that it does not name
        typeBehind("seed: 7", "1");
        QCOMPARE(message(), QString());
        leave();
    }

    void wholePathsAreSaid()
    {
        const QString incidents = QStringLiteral(HALFOPEN_SOURCE_DIR "/scenarios/incidents/");
        const QString recording = QStringLiteral("data/recorded-brownout.jsonl.gz");
        m_file = m_folder->filePath("recorded-brownout.yaml");
        QVERIFY(QDir(m_folder->path()).mkpath("data") && QDir(m_folder->path()).mkpath("out"));
        QVERIFY(QFile::copy(incidents + recording, m_folder->filePath(recording)));
        QVERIFY(QFile::copy(incidents + "recorded-brownout.yaml", m_file));
        open();
        QVERIFY2(m_window->saveTo(m_file), qPrintable(message()));
        QVERIFY2(!message().contains("whole paths"), qPrintable(message()));
        QVERIFY2(m_window->saveTo(m_folder->filePath("out/mine.yaml")), qPrintable(message()));
        QVERIFY(m_window->document()->textOnDisk().find(m_folder->filePath(recording).toStdString()) != std::string::npos);
        QVERIFY2(message().startsWith("Saved as") && message().contains("whole paths"), qPrintable(message()));
    }

    /// Every action and shortcut of the window and of what is in it, other windows' own apart.
    void everyKeyIsInTheListOfKeysUnderItsPanel()
    {
        QDialog *dialog = keysDialog();
        QVERIFY(dialog);
        QString shown;
        for (const QLabel *label : dialog->findChildren<QLabel *>())
            shown += label->text();
        const auto section = [&shown](const QString &title) {
            const qsizetype from = shown.indexOf(title + "</span>");
            const qsizetype next = shown.indexOf("colspan", from + 1);
            return from < 0 ? QString() : shown.mid(from, next < 0 ? -1 : next - from);
        };
        QVERIFY(section("In the run library").contains("<b>F2</b>"));
        QVERIFY(section("In the run library").contains("<b>Del</b>"));
        int found = 0;
        const auto check = [&](const QObject *owner, const QKeySequence &key) {
            if (key.isEmpty())
                return;
            QString place = shown;
            for (const QObject *at = owner; at; at = at->parent()) {
                if (qobject_cast<const QDialog *>(at))
                    return; // closes it again, scrolls it
                place = qobject_cast<const LibraryPanel *>(at) ? section("In the run library")
                    : qobject_cast<const ComparePanel *>(at)   ? section("In the list of variants")
                    : qobject_cast<const HelpPanel *>(at)      ? section("In the help")
                                                               : place;
            }
            ++found;
            QVERIFY2(place.contains(keyText(key)), qPrintable(QString(owner->metaObject()->className()) + ' ' + owner->objectName() + ' ' + key.toString()));
        };
        for (const QAction *action : m_window->findChildren<QAction *>())
            for (const QKeySequence &key : action->shortcuts())
                check(action, key);
        for (const QShortcut *shortcut : m_window->findChildren<QShortcut *>())
            check(shortcut, shortcut->key());
        QVERIFY2(found > 40, qPrintable(QString::number(found)));
    }

    void theKeysOfAColumnBeginBelowEachOther()
    {
        QDialog *dialog = keysDialog();
        QVERIFY(dialog);
        int columns = 0;
        for (const QLabel *label : dialog->findChildren<QLabel *>()) {
            if (!label->text().contains("<table"))
                continue;
            ++columns;
            QTextDocument document;
            document.setDefaultFont(label->font());
            document.setHtml(label->text());
            document.setTextWidth(label->width());
            std::set<int> begins;
            int rows = 0;
            for (QTextFrame *frame : document.rootFrame()->childFrames()) {
                const auto *table = qobject_cast<QTextTable *>(frame);
                for (int i = 0; table && i < table->rows(); ++i) {
                    const QTextTableCell cell = table->cellAt(i, 1);
                    if (cell.columnSpan() > 1)
                        continue; // a title
                    ++rows;
                    begins.insert(qRound(document.documentLayout()->blockBoundingRect(cell.firstCursorPosition().block()).x()));
                }
            }
            QVERIFY(rows > 15);
            QCOMPARE(begins.size(), std::size_t(1));
        }
        QCOMPARE(columns, 2);
    }

    void aDefaultIsNeverSaidWithoutOne()
    {
        writeFile(m_file, with("    - retry: {", "    - fallback: { work: 20ms }\n    - retry: {").toUtf8());
        QVERIFY(m_window->openScenario(m_file));
        QTRY_VERIFY2(m_window->tuning()->find("policies.edge.0.to"), qPrintable(message()));
        int rows = 0;
        for (const SettingRow *row : m_window->tuningPanel()->findChildren<SettingRow *>()) {
            const auto *label = row->findChild<QLabel *>("default");
            QVERIFY(label);
            ++rows;
            QVERIFY2(label->text().trimmed() != "default", qPrintable(m_window->tuning()->row(row->index()).path));
        }
        QVERIFY(rows > 10);
    }
};

QTEST_MAIN(TestUndoAndKeys)
#include "tst_undo_and_keys.moc"
