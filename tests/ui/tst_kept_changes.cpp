// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/run_record.h"
#include "tests/support/lab_window.h"
#include "tests/support/tuned_scenario.h"
#include "ui/library/library_panel.h"
#include "ui/library/run_library.h"
#include "ui/main_window.h"
#include "ui/message_bar.h"
#include "ui/models/measured_text.h"
#include "ui/scenario/text_editor.h"
#include "ui/scenario/text_panel.h"
#include "ui/theme.h"
#include "ui/translation.h"
#include "ui/tuning/setting_row.h"
#include "ui/tuning/tuning_panel.h"

#include <QAction>
#include <QApplication>
#include <QDir>
#include <QDockWidget>
#include <QFile>
#include <QLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

using namespace halfopen;
using namespace std::chrono_literals;

namespace {

const QString kAttempts = QStringLiteral("policies.edge.0.max_attempts");
const QString kRate = QStringLiteral("policies.edge.1.failure_rate_threshold");

QByteArray with(const char *before, const char *after)
{
    return QByteArray(test::kTunedScenario).replace(before, after);
}

} // namespace

/// What is not saved, what was refused and what came from the library: said where it is so, and only there.
class TestKeptChanges : public QObject {
    Q_OBJECT
private:
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<MainWindow> m_window;

    QString path(const QString &name) const { return m_folder->filePath(name); }
    QString write(const QString &name, const QByteArray &text) const { return test::writeFile(path(name), text); }
    void makeWindow()
    {
        m_window.reset();
        m_window = test::shownWindow(*m_folder, simulationEngines());
    }
    RecordPtr record() const { return m_window->controller()->record(); }
    QString message() const { return m_window->messageBar()->text(); }
    /// Opens \a file, and waits until all that belongs to it is said.
    void open(const QString &file)
    {
        m_window->openScenario(file);
        QTRY_VERIFY(m_window->document()->path() == file && !m_window->document()->isOpening());
        QTRY_VERIFY(record() != nullptr);
    }
    void type(const QByteArray &text)
    {
        m_window->textPanel()->editor()->replaceText(QString::fromUtf8(text));
        m_window->draft()->type(QString::fromUtf8(text));
        QVERIFY(m_window->draft()->readNow());
    }
    QStringList buttons() const
    {
        QStringList texts;
        for (const QPushButton *button : m_window->messageBar()->findChildren<QPushButton *>()) { // in the order of the Tab key
            if (!button->isHidden())
                texts += button->text();
        }
        return texts;
    }
    void press(const QString &text)
    {
        QVERIFY2(test::pressButton(m_window->messageBar(), text), qPrintable("no button " + text + " under: " + message()));
    }
    SettingRow *row(const QString &of) const { return m_window->tuningPanel()->row(of); }
    QLineEdit *line(const QString &of) const { return row(of)->findChild<QLineEdit *>(); }
    void refuse()
    {
        QLineEdit *edit = line(kRate);
        edit->setFocus();
        edit->selectAll();
        QTest::keyClicks(edit, "250%");
        QTest::keyClick(edit, Qt::Key_Return);
        QVERIFY(!row(kRate)->error().isEmpty());
        QCOMPARE(edit->text(), QString("250%"));
    }
    void isInForce(const char *after)
    {
        QVERIFY2(row(kRate)->error().isEmpty(), after);
        QVERIFY2(line(kRate)->text() == m_window->tuning()->valueText(*m_window->tuning()->find(kRate)), after);
    }

private slots:
    void initTestCase() { QVERIFY(applyTheme(*qApp, ThemeKind::Dark)); }
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        makeWindow();
    }
    void cleanup() { m_window.reset(); }

    /// The path of the recording is written in full there: the text on disk is not letter by letter the one that was typed.
    void whatWasSavedIntoAnotherFolderIsNotOfferedAsLost()
    {
        const QString incidents = QStringLiteral(HALFOPEN_SOURCE_DIR "/scenarios/incidents/");
        QVERIFY(QDir(m_folder->path()).mkpath("data"));
        const QString recording = QStringLiteral("data/recorded-brownout.jsonl.gz");
        QVERIFY(QFile::copy(incidents + recording, path(recording)));
        const QString file = path("recorded-brownout.yaml");
        QVERIFY(QFile::copy(incidents + "recorded-brownout.yaml", file));
        open(file);
        QVERIFY2(m_window->document()->path() == file, qPrintable(message()));
        QVERIFY(m_window->tuning()->edit(*m_window->tuning()->find("policies.api_client.0.max_attempts"), "3"));
        const QDir drafts(path("drafts"));
        QTRY_COMPARE_WITH_TIMEOUT(drafts.entryList(QDir::Files).size(), 1, 4000);
        QVERIFY(QDir(m_folder->path()).mkpath("out"));
        const QString target = path("out/tuned.yaml");
        const Result<void> saved = m_window->document()->save(target, m_window->draft()->text().toStdString());
        QVERIFY2(saved, saved ? "" : saved.error().message.c_str());
        QVERIFY(m_window->document()->textOnDisk().find(path(recording).toStdString()) != std::string::npos);
        QVERIFY(!m_window->isWindowModified());
        QTRY_COMPARE_WITH_TIMEOUT(drafts.entryList(QDir::Files).size(), 0, 4000);
        open(file);
        QVERIFY2(!message().contains("not saved"), qPrintable(message()));
    }

    void escapeGivesUpARefusedValue()
    {
        open(write("tuned.yaml", test::kTunedScenario));
        const QString value = m_window->tuning()->valueText(*m_window->tuning()->find(kRate));
        refuse();
        QVERIFY2(row(kRate)->error().endsWith("; " + value + " stays"), qPrintable(row(kRate)->error()));
        QTest::keyClick(line(kRate), Qt::Key_Escape);
        isInForce("Escape");
        QCOMPARE(line(kRate)->text(), value);
    }

    void whateverComesNextGivesUpARefusedValue()
    {
        const QString file = write("tuned.yaml", test::kTunedScenario);
        open(file);
        QVERIFY(m_window->tuning()->edit(*m_window->tuning()->find(kAttempts), "2"));
        refuse();
        m_window->tuning()->undoStack()->undo();
        isInForce("undo");
        refuse();
        m_window->tuning()->undoStack()->redo();
        isInForce("redo");
        refuse();
        QVERIFY(m_window->save());
        isInForce("saving");
        refuse();
        auto *filter = m_window->tuningPanel()->findChild<QLineEdit *>(QString(), Qt::FindDirectChildrenOnly);
        QVERIFY(filter);
        filter->setText("rate");
        isInForce("the filter");
        refuse();
        open(write("other.yaml", test::kTunedScenario));
        isInForce("another scenario");
    }

    void dismissedChangesAreOfferedWithTheirFileOnly()
    {
        const QString file = write("tuned.yaml", test::kTunedScenario);
        const QString other = write("other.yaml", with("name: tuned", "name: other"));
        open(file);
        type(with("seed: 7", "seed: 8"));
        m_window->openScenario(other);
        press("Keep them for later");
        QTRY_VERIFY2(message().contains("Changes to tuned.yaml"), qPrintable(message()));
        press("Dismiss");
        open(write("third.yaml", with("name: tuned", "name: third")));
        QVERIFY2(message().isEmpty(), qPrintable(message())); // it was said
        makeWindow(); // the next start
        open(other);
        QVERIFY2(!message().contains("not saved"), qPrintable(message()));
        for (int i = 0; i < 2; ++i) { // and again, each time
            open(file);
            QVERIFY2(message().contains("Changes to tuned.yaml"), qPrintable(message()));
            press("Dismiss");
            open(other);
            QVERIFY2(message().isEmpty(), qPrintable(message()));
        }
        open(file);
        press("Bring them back");
        QVERIFY(m_window->draft()->text().contains("seed: 8"));
        // Changed since: that is news.
        type(with("seed: 7", "seed: 9"));
        m_window->openScenario(other);
        press("Keep them for later");
        QTRY_VERIFY2(message().contains("Changes to tuned.yaml"), qPrintable(message()));
    }

    void theQuestionAboutChangesNamesItsWaysOut()
    {
        open(write("tuned.yaml", test::kTunedScenario));
        type(with("seed: 7", "seed: 8"));
        QVERIFY(!m_window->openScenario(write("other.yaml", test::kTunedScenario)));
        QCOMPARE(buttons(), QStringList({"Save", "Keep them for later", "Discard", "Cancel"}));
        press("Cancel");
        QVERIFY(message().isEmpty());
        QCOMPARE(m_window->document()->path(), path("tuned.yaml"));
        QVERIFY(m_window->draft()->isModified());
    }

    void aReopenedRunDoesNotPassForItsFile()
    {
        const QString file = write("tuned.yaml", test::kTunedScenario);
        open(file);
        m_window->controller()->seekTime(Instant(60s));
        QTRY_COMPARE_WITH_TIMEOUT(m_window->library()->runs().size(), std::size_t(1), 30000);
        const KeptRun run = m_window->library()->runs().front();
        type(with("seed: 7", "seed: 8"));
        QVERIFY(m_window->save());
        emit m_window->libraryPanel()->openRequested(run.id);
        QTRY_VERIFY2(message().contains("ran again as it was kept"), qPrintable(message()));
        const QString when = QLocale().toString(run.kept.toLocalTime(), "d MMM hh:mm");
        QCOMPARE(m_window->windowTitle(), QString("tuned.yaml[*] (kept run of %1) - Halfopen").arg(when));
        QVERIFY(m_window->isWindowModified()); // what is shown is not what the file holds
        QVERIFY(m_window->tuning()->edit(0, "5") && m_window->isWindowModified());
        m_window->tuning()->undoStack()->undo();
        QTRY_VERIFY(!m_window->draft()->isModified());
        QVERIFY(m_window->isWindowModified());
        const QString status = m_window->textPanel()->status();
        QVERIFY2(status.contains("kept run of " + when), qPrintable(status));
        open(file); // and the file is the file again
        QCOMPARE(m_window->windowTitle(), QString("tuned.yaml[*] - Halfopen"));
        QVERIFY(!m_window->isWindowModified());
        QVERIFY(!m_window->textPanel()->status().contains("kept run"));
    }

    void aPanelThatIsDockedAgainIsInFrontAndKeepsTheFocus()
    {
        open(write("tuned.yaml", test::kTunedScenario));
        auto *dock = m_window->findChild<QDockWidget *>("text");
        auto *library = m_window->findChild<QDockWidget *>("library");
        QVERIFY(dock && library);
        dock->raise();
        dock->setFloating(true);
        QVERIFY(QTest::qWaitForWindowExposed(dock));
        dock->activateWindow();
        TextEditor *editor = m_window->textPanel()->editor();
        editor->setFocus();
        QTRY_COMPARE(QApplication::focusWidget(), static_cast<QWidget *>(editor));
        library->raise();
        QCoreApplication::processEvents();
        dock->setFloating(false);
        QTRY_COMPARE(QApplication::focusWidget(), static_cast<QWidget *>(editor));
        QVERIFY(m_window->rect().contains(QRect(dock->mapTo(m_window.get(), QPoint()), dock->size())));
        QVERIFY(!editor->visibleRegion().isEmpty());
        test::waitUntilDrawn();
        QCOMPARE(QApplication::focusWidget(), static_cast<QWidget *>(editor)); // and it stays there
    }

    void germanSaysWhatIsMeantAndWithItsOwnComma()
    {
        m_window.reset();
        applyLanguage(*qApp, "de");
        makeWindow();
        const QString file = write("tuned.yaml", test::kTunedScenario);
        open(file);
        type(with("seed: 7", "seed: 8"));
        m_window->openScenario(write("other.yaml", test::kTunedScenario));
        const QStringList ways = buttons();
        press(ways.value(1));
        QTRY_VERIFY2(message().contains("wurden nicht gespeichert, sind aber aufbewahrt"), qPrintable(message()));
        m_window->controller()->seekTime(Instant(20s));
        QTRY_VERIFY(record() && record()->now >= Instant(20s));
        QStringList spoken;
        for (const QWidget *widget : m_window->findChildren<QWidget *>())
            spoken += widget->accessibleName() + ' ' + widget->accessibleDescription();
        Measured measured;
        measured.name = "p99_9";
        spoken += measuredLabel(measured);
        applyLanguage(*qApp, "en");
        QVERIFY2(!spoken.join('\n').contains("p99.9"), qPrintable(spoken.filter("p99.9").join('\n')));
        QVERIFY(spoken.last().contains("p99,9"));
        QCOMPARE(ways, QStringList({"Speichern", "Für später aufbewahren", "Verwerfen", "Abbrechen"}));
    }
};

QTEST_MAIN(TestKeptChanges)
#include "tst_kept_changes.moc"
