// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/run_record.h"
#include "tests/support/file_dialog_answer.h"
#include "tests/support/lab_window.h"
#include "tests/support/tuned_scenario.h"
#include "ui/message_bar.h"
#include "ui/theme.h"

#include <QAction>
#include <QApplication>
#include <QDir>
#include <QSemaphore>
#include <QTemporaryDir>
#include <QTest>
#include <QThreadPool>

#include <memory>
#include <vector>

using namespace halfopen;

namespace {

const QString kAttempts = QStringLiteral("policies.edge.0.max_attempts");

} // namespace

/// Closing the window while a file is being written, and while changes are not saved.
class TestClosing : public QObject {
    Q_OBJECT
private:
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<MainWindow> m_window;
    std::vector<std::shared_ptr<QSemaphore>> m_gates;

    QString path(const QString &name) const { return m_folder->filePath(name); }
    QString message() const { return m_window->messageBar()->text(); }
    void open()
    {
        const QString file = path("tuned.yaml");
        if (!QFile::exists(file))
            test::writeFile(file, test::kTunedScenario);
        QVERIFY(m_window->openScenario(file));
        QTRY_VERIFY(m_window->controller()->record());
    }
    void tune(const char *value) { QVERIFY(m_window->tuning()->edit(*m_window->tuning()->find(kAttempts), value)); }
    QString tuned() const { return m_window->tuning()->valueText(*m_window->tuning()->find(kAttempts)); }
    void press(const QString &text)
    {
        QVERIFY2(test::pressButton(m_window->messageBar(), text), qPrintable("no button " + text + " under: " + message()));
    }
    /// What is exported from now on is written once letWrite() was called as often as this.
    void holdWriting()
    {
        auto gate = std::make_shared<QSemaphore>();
        m_gates.push_back(gate);
        auto *writers = m_window->findChild<QThreadPool *>();
        writers->setMaxThreadCount(1);
        writers->start([gate] { gate->acquire(); });
    }
    void letWrite()
    {
        m_gates.front()->release();
        m_gates.erase(m_gates.begin());
    }
    void exportReport(const QString &file)
    {
        test::answerFileDialog(this, file);
        m_window->findChild<QAction *>("report")->trigger();
    }
    void restart()
    {
        m_window.reset();
        m_window = test::shownWindow(*m_folder, simulationEngines());
    }
    bool waitsForTheFile() const { return message().startsWith("A file is still being written."); }

private slots:
    void initTestCase()
    {
        QCoreApplication::setAttribute(Qt::AA_DontUseNativeDialogs);
        QVERIFY(applyTheme(*qApp, ThemeKind::Dark));
    }
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        restart();
    }
    void cleanup()
    {
        while (!m_gates.empty())
            letWrite();
        m_window.reset();
    }

    /// The window stays until the file is there; one that could not be written is told in it.
    void closingWaitsForWhatIsBeingWritten()
    {
        open();
        const QString file = path("report.html");
        for (const bool isWritten : {false, true}) {
            holdWriting();
            exportReport(isWritten ? file : path("report.pdf")); // of which there is none
            QVERIFY(!m_window->close());
            QVERIFY2(waitsForTheFile(), qPrintable(message()));
            letWrite();
            if (isWritten) {
                QTRY_VERIFY2(!m_window->isVisible(), qPrintable(message()));
                QVERIFY(QFileInfo(file).size() > 0);
            } else {
                QTRY_VERIFY2(message().contains("Not exported"), qPrintable(message()));
                QVERIFY(m_window->isVisible());
            }
        }
    }

    /// It asks about the changes, then it waits for the file, and the third time it closes and keeps the changes.
    void closingAgainDoesNotWait()
    {
        open();
        tune("3");
        holdWriting();
        exportReport(path("report.html"));
        QVERIFY(!m_window->close());
        QVERIFY2(message().contains("not saved: 1 setting changed."), qPrintable(message()));
        QVERIFY(!m_window->close());
        QVERIFY2(waitsForTheFile(), qPrintable(message()));
        QVERIFY2(m_window->close(), qPrintable(message()));
        letWrite();
        restart();
        open();
        QTRY_VERIFY2(message().contains("not saved and are kept"), qPrintable(message()));
        press("Bring them back");
        QTRY_COMPARE(tuned(), QString("3"));
        m_window->tuning()->resetAll();
    }

    void aClosingThatIsCalledOffStaysSo_data()
    {
        QTest::addColumn<QString>("by");
        for (const char *by : {"Cancel", "saving", "opening", "a question"})
            QTest::newRow(by) << by;
    }

    /// The window does not close by itself once nothing on it says so any more.
    void aClosingThatIsCalledOffStaysSo()
    {
        QFETCH(QString, by);
        open();
        tune("3");
        holdWriting();
        exportReport(path("report.html"));
        QVERIFY(!m_window->close());
        press("Keep them and close");
        QVERIFY2(waitsForTheFile(), qPrintable(message()));
        const QString other = test::writeFile(path("other.yaml"), test::kTunedScenario);
        if (by == "Cancel") {
            press("Cancel");
        } else if (by == "saving") {
            QVERIFY(m_window->save());
        } else if (by == "opening") {
            m_window->tuning()->resetAll();
            QVERIFY(m_window->openScenario(other));
            QTRY_COMPARE(m_window->document()->path(), other);
        } else {
            QVERIFY(!m_window->openScenario(other));
            press("Cancel");
        }
        QVERIFY2(!waitsForTheFile(), qPrintable(message()));
        letWrite();
        QTRY_VERIFY2(message().contains("Exported as"), qPrintable(message()));
        QVERIFY(m_window->isVisible());
        m_window->tuning()->resetAll();
    }

    /// The first of two that is there neither closes the window nor takes away what calls that off.
    void closingWaitsForTheLastFile()
    {
        open();
        holdWriting();
        exportReport(path("one.html"));
        holdWriting();
        exportReport(path("two.html"));
        QVERIFY(!m_window->close());
        letWrite();
        QTRY_VERIFY2(message().contains("one.html"), qPrintable(message()));
        QVERIFY2(waitsForTheFile(), qPrintable(message()));
        QVERIFY(m_window->messageBar()->offers("Cancel"));
        QVERIFY(m_window->isVisible());
        letWrite();
        QTRY_VERIFY2(!m_window->isVisible(), qPrintable(message()));
        QVERIFY(QFileInfo(path("two.html")).size() > 0);
    }

    void changesThatWereGivenUpForAClosingAreKeptWithoutIt_data()
    {
        QTest::addColumn<QString>("by");
        for (const char *by : {"Cancel", "a file that was not written", "opening"})
            QTest::newRow(by) << by;
    }

    void changesThatWereGivenUpForAClosingAreKeptWithoutIt()
    {
        QFETCH(QString, by);
        open();
        tune("3");
        holdWriting();
        exportReport(path("report.pdf")); // of which there is none
        QVERIFY(!m_window->close());
        press("Discard");
        QVERIFY2(waitsForTheFile(), qPrintable(message()));
        const QDir drafts(path("drafts"));
        QTRY_COMPARE(drafts.entryList(QDir::Files).size(), 0);
        const QString other = test::writeFile(path("other.yaml"), test::kTunedScenario);
        if (by == "Cancel") {
            press("Cancel");
        } else if (by == "opening") {
            QVERIFY(!m_window->openScenario(other));
            QVERIFY2(message().contains("before other.yaml is opened"), qPrintable(message()));
        } else {
            letWrite();
            QTRY_VERIFY2(message().contains("Not exported"), qPrintable(message()));
        }
        QTRY_COMPARE(drafts.entryList(QDir::Files).size(), 1);
        QVERIFY(!m_window->close());
        QVERIFY2(message().contains("not saved: 1 setting changed."), qPrintable(message()));
        QVERIFY2(message().contains("before the lab closes?"), qPrintable(message()));
        m_window->tuning()->resetAll();
    }

    /// Given up was what there was then.
    void whatIsChangedWhileTheWindowWaitsIsKept()
    {
        open();
        tune("3");
        holdWriting();
        exportReport(path("report.html"));
        QVERIFY(!m_window->close());
        press("Discard");
        QVERIFY2(waitsForTheFile(), qPrintable(message()));
        tune("5");
        QVERIFY2(m_window->close(), qPrintable(message()));
        letWrite();
        restart();
        open();
        QTRY_VERIFY2(message().contains("not saved and are kept"), qPrintable(message()));
        press("Bring them back");
        QTRY_COMPARE(tuned(), QString("5"));
        m_window->tuning()->resetAll();
    }
};

QTEST_MAIN(TestClosing)
#include "tst_closing.moc"
