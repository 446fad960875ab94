// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/run_record.h"
#include "simulators/simulation.h"
#include "tests/support/lab_window.h"
#include "tests/support/tuned_scenario.h"
#include "ui/compare/compare_panel.h"
#include "ui/library/library_panel.h"
#include "ui/main_window.h"
#include "ui/message_bar.h"
#include "ui/scenario/scenario_document.h"
#include "ui/theme.h"
#include "ui/tracks_area.h"
#include "ui/transport_bar.h"
#include "ui/views/view.h"

#include <QAction>
#include <QApplication>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QListWidget>
#include <QMenu>
#include <QObject>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTableWidget>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

#include <memory>

using namespace halfopen;
using namespace halfopen::test;
using namespace std::chrono_literals;
using State = RunController::State;

namespace {

const QString kAttempts = QStringLiteral("policies.edge.0.max_attempts");
const QString kRecovery = QStringLiteral("policies.edge.1.recovery_timeout");

} // namespace

/// The window with real runs and its library, as a user goes through it.
class TestLibraryWindow : public QObject {
    Q_OBJECT
private:
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<MainWindow> m_window;
    QString m_file;

    void makeWindow() { m_window = shownWindow(*m_folder, simulationEngines()); }
    void open()
    {
        QVERIFY(m_window->openScenario(m_file));
        QTRY_VERIFY(record() != nullptr);
    }
    RecordPtr record() const { return m_window->controller()->record(); }
    void playTo(Instant at)
    {
        m_window->controller()->seekTime(at);
        QTRY_VERIFY(record() && record()->now >= at && !m_window->controller()->isMoving());
    }
    void runToEnd()
    {
        playTo(Instant(60s));
        QTRY_COMPARE(m_window->controller()->state(), State::Finished);
    }
    /// From the beginning; what the run before left behind must not be taken for its own.
    void restart()
    {
        m_window->restart();
        QTRY_VERIFY(record() && record()->end == RunEnd::Running);
    }
    void set(const QString &path, const QString &value)
    {
        const auto row = m_window->tuning()->find(path);
        QVERIFY(row);
        QVERIFY(m_window->tuning()->edit(*row, value));
    }
    const std::vector<KeptRun> &kept() const { return m_window->library()->runs(); }
    LibraryPanel *panel() const { return m_window->libraryPanel(); }
    void press(QWidget *in, const QString &text)
    {
        for (QPushButton *button : in->findChildren<QPushButton *>()) {
            if (button->text() == text && !button->isHidden()) {
                button->click();
                return;
            }
        }
        QFAIL(qPrintable("no button " + text));
    }
    QString message() const { return m_window->messageBar()->text(); }

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

    void aFinishedRunIsKeptAndAPausedOneIsNot()
    {
        open();
        playTo(Instant(10s));
        m_window->library()->flush();
        QTest::qWait(50);
        QVERIFY(kept().empty());
        runToEnd();
        QTRY_COMPARE(kept().size(), std::size_t(1));
        QCOMPARE(kept().front().fingerprint, record()->fingerprint);
        QCOMPARE(kept().front().path, m_file);
    }

    void aTunedRunOpensAgainAndIsTheSame()
    {
        open();
        set(kRecovery, "2s"); // before it begins: part of the text
        restart();
        playTo(Instant(21s));
        set(kAttempts, "1"); // while it plays: an input
        QTRY_VERIFY(record() && record()->changes.size() == 1);
        runToEnd();
        QTRY_COMPARE(kept().size(), std::size_t(1));
        const std::uint64_t fingerprint = kept().front().fingerprint;
        QCOMPARE(kept().front().changes.size(), 1);
        QVERIFY(kept().front().tuned.contains(kRecovery + ": 2s"));

        m_window->tuning()->resetAll();
        restart();
        runToEnd();
        QTRY_COMPARE(kept().size(), std::size_t(2));
        QVERIFY(kept().front().fingerprint != fingerprint);

        panel()->select({kept().back().id});
        press(panel(), "Open");
        QTRY_VERIFY2(message().contains("ran again as it was kept"), qPrintable(message()));
        QCOMPARE(record()->fingerprint, fingerprint);
        QCOMPARE(record()->changes.size(), std::size_t(1));
        QCOMPARE(m_window->tuning()->valueText(*m_window->tuning()->find(kRecovery)), QString("2s"));
        m_window->library()->flush();
        QCOMPARE(kept().size(), std::size_t(2)); // the same run, where it was
        QCOMPARE(kept().back().fingerprint, fingerprint);
        // The file is not touched, and not taken for what is open.
        QFile file(m_file);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(file.readAll(), QByteArray(kTunedScenario));
        QVERIFY(m_window->document()->differsFromFile());
    }

    /// The text that is open is that of the run then. What is said of the file is of the file.
    void aKeptRunThatIsOpenAgainIsNotTheFile()
    {
        open();
        set(kRecovery, "2s");
        restart();
        runToEnd();
        QTRY_COMPARE(kept().size(), std::size_t(1));
        m_window->tuning()->resetAll();
        panel()->select({kept().front().id});
        press(panel(), "Open");
        QTRY_VERIFY2(message().contains("ran again as it was kept"), qPrintable(message()));
        set(kAttempts, "1");
        restart();
        runToEnd();
        QTRY_COMPARE(kept().size(), std::size_t(2));
        QVERIFY2(kept().front().tuned.contains(kRecovery + ": 2s"), qPrintable(kept().front().tuned.join('|')));
        QVERIFY(kept().front().tuned.contains(kAttempts + ": 1"));

        m_window->findChild<QToolButton *>("what_if_base")->menu()->actions()[1]->trigger();
        m_window->findChild<QAction *>("what_if")->trigger();
        QTRY_VERIFY_WITH_TIMEOUT(m_window->whatIf().hasComparison(), 20000);
        QCOMPARE(QString::fromStdString(m_window->ghost()->scenario->text), QString(kTunedScenario));
        m_window->tuning()->resetAll();
    }

    /// What was changed while it played has no part in the runs of What if: the difference is that of the change alone, and the line
    /// says that the run it is compared with is not the one that was on screen.
    void aChangeOverAKeptRunIsComparedWithoutWhatWasPlayed()
    {
        open();
        playTo(Instant(10s));
        set(kAttempts, "1");
        QTRY_VERIFY(record() && record()->changes.size() == 1);
        runToEnd();
        QTRY_COMPARE(kept().size(), std::size_t(1));
        m_window->tuning()->resetAll();
        panel()->select({kept().front().id});
        press(panel(), "Open");
        QTRY_VERIFY2(message().contains("ran again as it was kept"), qPrintable(message()));
        QCOMPARE(record()->changes.size(), std::size_t(1));
        m_window->findChild<QAction *>("what_if")->trigger();
        set(kRecovery, "2s");
        QTRY_VERIFY_WITH_TIMEOUT(m_window->whatIf().hasComparison(), 20000);
        QVERIFY(m_window->ghost() && m_window->ghost()->changes.empty() && record()->changes.empty());
        QCOMPARE(QString::fromStdString(m_window->ghost()->scenario->text), QString(kTunedScenario));
        QVERIFY2(m_window->whatIf().sentence().contains("this run without what was changed while it played"), qPrintable(m_window->whatIf().sentence()));
        QTRY_VERIFY_WITH_TIMEOUT(m_window->whatIf().pairs() > 1, 20000); // other seeds can be run of both
        QTest::qWait(1100); // a change of its own
        set(kRecovery, "3s");
        QTRY_VERIFY_WITH_TIMEOUT(!m_window->whatIf().isComputing() && !m_window->whatIf().sentence().contains("while it played"), 20000);
        QVERIFY2(m_window->whatIf().sentence().contains("the run before this change"), qPrintable(m_window->whatIf().sentence()));
        m_window->tuning()->resetAll();
    }

    void aFileThatIsNoScenarioIsNotComparedWith()
    {
        open();
        runToEnd();
        QTRY_COMPARE(kept().size(), std::size_t(1));
        writeFile(m_file, "name: [");
        panel()->select({kept().front().id});
        press(panel(), "Open");
        QTRY_VERIFY2(message().contains("ran again as it was kept"), qPrintable(message()));
        m_window->findChild<QToolButton *>("what_if_base")->menu()->actions()[1]->trigger();
        m_window->findChild<QAction *>("what_if")->trigger();
        set(kAttempts, "1");
        QTRY_COMPARE_WITH_TIMEOUT(m_window->whatIf().sentence(), QString("The file as it is saved is no scenario: there is nothing to compare with."), 20000);
        QVERIFY(!m_window->ghost() && !m_window->whatIf().isComputing());
        QCOMPARE(record()->end, RunEnd::Finished);
        m_window->tuning()->resetAll();
    }

    void aRunThatWasEndedByHandEndsThereAgain()
    {
        open();
        playTo(Instant(30s));
        m_window->controller()->cancel();
        QTRY_COMPARE(kept().size(), std::size_t(1));
        QCOMPARE(kept().front().end, RunEnd::Cancelled);
        QCOMPARE(kept().front().played, Duration(30s));
        panel()->select({kept().front().id});
        press(panel(), "Open");
        QTRY_VERIFY2(message().contains("ran again as it was kept"), qPrintable(message()));
        QCOMPARE(record()->now.ns(), Instant(30s).ns());
    }

    void twoRunsAreCompared()
    {
        open();
        runToEnd();
        QTRY_COMPARE(kept().size(), std::size_t(1));
        set(kAttempts, "1");
        restart();
        runToEnd();
        QTRY_COMPARE(kept().size(), std::size_t(2));
        m_window->tuning()->resetAll();
        const std::uint64_t newest = kept()[0].fingerprint, older = kept()[1].fingerprint;
        QVERIFY(newest != older);
        panel()->select({kept()[0].id, kept()[1].id});
        press(panel(), "Compare");
        QTRY_VERIFY_WITH_TIMEOUT(m_window->ghost() && m_window->ghost()->fingerprint == older, 10000);
        // Until the run has begun anew, the state is that of the one before.
        QTRY_VERIFY_WITH_TIMEOUT(record() && m_window->controller()->state() == State::Finished, 10000);
        QCOMPARE(record()->fingerprint, newest);
        QVERIFY(m_window->ghost());
        QCOMPARE(m_window->ghost()->fingerprint, older);
        // Where more seeds are run of them they have names that say which is which.
        const QListWidget *variants = m_window->comparePanel()->variantList();
        QTRY_COMPARE(variants->count(), 2);
        QCOMPARE(variants->item(0)->text(), QString("Max attempts 1"));
        QCOMPARE(variants->item(1)->text(), QString("seed 7"));
        Track *track = m_window->tracks()->find("comparison");
        QVERIFY(track->isExpanded());
        auto *table = track->view()->findChild<QTableWidget *>();
        QTRY_VERIFY(table->rowCount() > 5);
        QStringList settings;
        for (int row = 0; row < table->rowCount(); ++row)
            settings += table->item(row, 0)->text();
        QVERIFY2(settings.contains(kAttempts), qPrintable(settings.join(", ")));
    }

    void runsOfDifferentScenariosAreComparedWithAWord()
    {
        open();
        runToEnd();
        QTRY_COMPARE(kept().size(), std::size_t(1));
        m_file = writeFile(m_folder->filePath("other.yaml"), QByteArray(kTunedScenario).replace("name: tuned", "name: other"));
        open();
        QTRY_COMPARE(m_window->document()->path(), m_file);
        QTRY_VERIFY(record() && record()->scenario->name == "other");
        runToEnd();
        QTRY_COMPARE(kept().size(), std::size_t(2));
        set(kAttempts, "1");
        panel()->select({kept()[0].id, kept()[1].id});
        press(panel(), "Compare");
        QTRY_COMPARE(message(), QString("other.yaml has changes that are not saved: 1 setting changed. "
                                        "What should happen to them before kept runs of other and tuned are compared?"));
        press(m_window->messageBar(), "Discard");
        QTRY_VERIFY_WITH_TIMEOUT(m_window->ghost() && m_window->ghost()->scenario->name == "tuned", 10000);
        const QString word = "Two different scenarios are compared: the ghost is a run of tuned, and this is one of other.";
        QTRY_VERIFY2_WITH_TIMEOUT(message().contains(word), qPrintable(message()), 10000);
        QTRY_VERIFY2(message().contains("ran again as it was kept"), qPrintable(message()));
        QCOMPARE(message().count("Two different"), 1);
        auto *table = m_window->tracks()->find("comparison")->view()->findChild<QTableWidget *>();
        QTRY_VERIFY(table->rowCount() > 5);
        QCOMPARE(table->item(1, 0)->text(), QString("scenario"));
        QCOMPARE(table->item(1, 1)->text(), QString("other"));
        QCOMPARE(table->item(1, 2)->text(), QString("tuned"));
        m_window->findChild<QAction *>("compare")->trigger();
        QTRY_COMPARE(m_window->comparePanel()->variantList()->count(), 2);
        QVERIFY2(m_window->comparePanel()->note()->text().contains("different scenarios: other, tuned"),
                 qPrintable(m_window->comparePanel()->note()->text()));
    }

    void notesTagsAndDeletingWorkInTheList()
    {
        open();
        runToEnd();
        QTRY_COMPARE(kept().size(), std::size_t(1));
        const qint64 id = kept().front().id;
        panel()->select({id});
        panel()->tags()->setFocus();
        QTest::keyClicks(panel()->tags(), "base #slow");
        QCOMPARE(kept().front().tags, (QStringList{"base", "slow"}));
        panel()->notes()->insertPlainText("Look at t = 20 s");
        QCOMPARE(kept().front().notes, QString("Look at t = 20 s"));
        panel()->search()->setText("#slo");
        QCOMPARE(panel()->list()->model()->rowCount(), 1);
        panel()->search()->setText("nothing of the kind");
        QCOMPARE(panel()->list()->model()->rowCount(), 0);
        panel()->search()->clear();
        for (const QAction *action : panel()->list()->actions()) // held, it would go on with the next run
            QVERIFY(action->text() != "Delete" || !action->autoRepeat());
        panel()->select({id});
        press(panel(), "Delete");
        QVERIFY(kept().empty());
        press(m_window->messageBar(), "Undo");
        QCOMPARE(kept().size(), std::size_t(1));
        QCOMPARE(kept().front().notes, QString("Look at t = 20 s"));
        m_window.reset();
        makeWindow(); // another day
        QTRY_COMPARE(kept().size(), std::size_t(1));
        QCOMPARE(kept().front().tags, (QStringList{"base", "slow"}));
        QCOMPARE(kept().front().notes, QString("Look at t = 20 s"));
    }

    /// In the layout that the lab begins with.
    void sixRunsAreInSightInASmallWindow()
    {
        open();
        for (std::uint64_t seed = 1; seed <= 8; ++seed) {
            RunOptions options;
            options.seed = seed;
            Simulation simulation(record()->scenario, options);
            simulation.runToEnd();
            m_window->library()->keep(std::make_shared<const RunRecord>(simulation.snapshot()), {});
        }
        QTRY_COMPARE(kept().size(), std::size_t(8));
        m_window->findChild<QAction *>("library")->trigger();
        waitUntilDrawn();
        const auto inSight = [this] {
            int rows = 0;
            const QListView *list = panel()->list();
            for (int row = 0; row < list->model()->rowCount(); ++row) {
                const QRect rect = list->visualRect(list->model()->index(row, 0));
                rows += rect.top() >= 0 && rect.bottom() < list->viewport()->height() ? 1 : 0;
            }
            return rows;
        };
        QVERIFY2(inSight() >= 6, qPrintable(QString::number(inSight())));
        // Figures, tags and notes are one key away, and stay where they were put.
        QVERIFY(!panel()->notes()->isVisible());
        panel()->list()->setFocus();
        QVERIFY2(panel()->minimumSizeHint().width() <= 260, qPrintable(QString::number(panel()->minimumSizeHint().width()))); // else the charts pay for it
        // What takes the place of a deleted run is chosen: the keys go on there.
        panel()->select({kept()[1].id});
        const qint64 next = kept()[2].id;
        QTest::keyClick(panel()->list(), Qt::Key_Delete);
        QCOMPARE(kept().size(), std::size_t(7));
        QCOMPARE(panel()->selected(), std::vector<qint64>{next});
        press(m_window->messageBar(), "Undo");
        QCOMPARE(kept().size(), std::size_t(8));
        panel()->select({kept()[2].id});
        QTest::keyClick(panel()->list(), Qt::Key_F2);
        QVERIFY(panel()->notes()->isVisible() && panel()->notes()->hasFocus());
        QVERIFY(panel()->detailsButton()->isChecked());
        m_window.reset();
        makeWindow();
        QTRY_COMPARE(kept().size(), std::size_t(8));
        m_window->findChild<QAction *>("library")->trigger();
        waitUntilDrawn();
        QVERIFY(panel()->notes()->isVisible());
        panel()->detailsButton()->click();
        waitUntilDrawn();
        QVERIFY(!panel()->notes()->isVisible());
        QVERIFY2(inSight() >= 6, qPrintable(QString::number(inSight())));
    }

    void withoutALibraryTheLabGoesOn()
    {
        m_window.reset();
        QFile damaged(m_folder->filePath("runs.sqlite"));
        QVERIFY(damaged.open(QIODevice::WriteOnly | QIODevice::Truncate));
        damaged.write(QByteArray(5000, 'x'));
        damaged.close();
        QFile::remove(m_folder->filePath("runs.sqlite-wal"));
        makeWindow();
        QTRY_VERIFY2(message().contains("Runs are not kept"), qPrintable(message()));
        QVERIFY(message().contains("damaged"));
        open();
        runToEnd();
        QVERIFY(record()->events > 0);
    }

    void settingsTunedWhileTheFileIsReadAgainStayTuned()
    {
        open();
        writeFile(m_file, QByteArray(kTunedScenario).replace("initial_delay: 50ms", "initial_delay: 70ms"));
        m_window->findChild<QAction *>("reload")->trigger();
        QVERIFY(m_window->document()->isOpening());
        set(kAttempts, "6"); // before the file is there
        QTRY_COMPARE(m_window->tuning()->valueText(*m_window->tuning()->find("policies.edge.0.initial_delay")), QString("70ms"));
        QCOMPARE(m_window->tuning()->valueText(*m_window->tuning()->find(kAttempts)), QString("6"));
    }

    void settingsTunedWhileAnotherFileIsReadCanBeBroughtBack()
    {
        open();
        const QString other = m_folder->filePath("other.yaml");
        writeFile(other, QByteArray(kTunedScenario).replace("name: tuned", "name: other"));
        QVERIFY(m_window->openScenario(other));
        QVERIFY(m_window->document()->isOpening());
        set(kAttempts, "6"); // before the other file is there
        QTRY_VERIFY2(message().contains("tuned.yaml"), qPrintable(message()));
        press(m_window->messageBar(), "Bring them back");
        QTRY_COMPARE(m_window->document()->path(), m_file);
        QTRY_COMPARE(m_window->tuning()->valueText(*m_window->tuning()->find(kAttempts)), QString("6"));
    }

    void aDragInWhatIfKeepsWhatItBeganWithAndItsLastRun()
    {
        open();
        m_window->findChild<QAction *>("what_if")->setChecked(true);
        QTRY_COMPARE(kept().size(), std::size_t(1)); // the run to compare with
        for (const char *attempts : {"2", "3", "5"}) {
            set(kAttempts, attempts);
            QTRY_COMPARE(m_window->controller()->state(), State::Finished);
            QTest::qWait(300); // the drag goes on
        }
        QTRY_COMPARE_WITH_TIMEOUT(kept().size(), std::size_t(2), 5000);
        QCOMPARE(kept().front().tuned, QStringList{kAttempts + ": 5"});
    }

    void everyControlOfThePanelHasAName()
    {
        open();
        runToEnd();
        QTRY_COMPARE(kept().size(), std::size_t(1));
        panel()->select({kept().front().id});
        for (QWidget *widget : panel()->findChildren<QWidget *>()) {
            if (widget->focusPolicy() == Qt::NoFocus || widget->isHidden() || widget->objectName().startsWith("qt_")
                || qobject_cast<QLabel *>(widget)) // its text is its name
                continue;
            const auto *button = qobject_cast<QAbstractButton *>(widget);
            QVERIFY2(!widget->accessibleName().isEmpty() || (button && !button->text().isEmpty()),
                     widget->metaObject()->className());
        }
    }
};

QTEST_MAIN(TestLibraryWindow)
#include "tst_library_window.moc"
