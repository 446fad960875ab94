// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/fake_engine.h"
#include "tests/support/tuned_scenario.h"
#include "ui/command_palette.h"
#include "ui/main_window.h"
#include "ui/message_bar.h"
#include "ui/scenario/text_editor.h"
#include "ui/scenario/text_panel.h"
#include "ui/theme.h"
#include "ui/time_scrubber.h"
#include "ui/tracks_area.h"
#include "ui/transport_bar.h"
#include "ui/tuning/setting_row.h"
#include "ui/tuning/tuning_panel.h"
#include "ui/views/breaker_chart.h"
#include "ui/views/transition_panel.h"

#include <QApplication>
#include <QCheckBox>
#include <QDialog>
#include <QDir>
#include <QDockWidget>
#include <QDragEnterEvent>
#include <QFile>
#include <QHelpEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QMimeData>
#include <QObject>
#include <QPushButton>
#include <QRegularExpression>
#include <QScrollArea>
#include <QScrollBar>
#include <QSignalSpy>
#include <QSlider>
#include <QTemporaryDir>
#include <QTest>
#include <QToolTip>
#include <QUrl>

#include <algorithm>
#include <memory>

#include <sys/stat.h>

using namespace halfopen;
using namespace halfopen::test;
using namespace std::chrono_literals;
using State = RunController::State;

namespace {

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

} // namespace

/// The window over a scripted run: driven by keys and mouse as a user does it.
class TestMainWindow : public QObject {
    Q_OBJECT
private:
    std::unique_ptr<QTemporaryDir> m_folder;
    std::shared_ptr<FakeWorld> m_world;
    std::unique_ptr<MainWindow> m_window;
    QString m_file;

    std::unique_ptr<LabSettings> settings() const
    {
        return std::make_unique<LabSettings>(m_folder->filePath("settings.ini"));
    }
    void makeWindow()
    {
        m_window = std::make_unique<MainWindow>(fakeEngines(m_world), settings());
        m_window->showNormal();
        m_window->resize(1280, 800);
        QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    }
    void open()
    {
        QVERIFY(m_window->openScenario(m_file));
        QTRY_VERIFY(m_window->controller()->record());
    }
    void press(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier)
    {
        QWidget *focus = QApplication::focusWidget();
        QTest::keyClick(focus ? focus : m_window.get(), key, modifiers);
    }
    /// Where keys go when nothing in particular has been chosen.
    void focusNothing()
    {
        if (QWidget *focus = QApplication::focusWidget())
            focus->clearFocus();
    }
    State state() const { return m_window->controller()->state(); }
    Instant now() const { return m_window->controller()->now(); }
    void press(const QString &text)
    {
        for (QPushButton *button : m_window->messageBar()->findChildren<QPushButton *>()) {
            if (button->text() == text && button->isVisible()) {
                QTest::mouseClick(button, Qt::LeftButton);
                return;
            }
        }
        QFAIL(qPrintable("no button " + text));
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
    void cleanup()
    {
        m_window.reset();
        QCOMPARE(m_world->alive.load(), 0);
    }

    void theFilterOfTheFormGoesWithItsScenario()
    {
        open();
        QLineEdit *filter = m_window->tuningPanel()->filter();
        filter->setText("jitter");
        write(m_file, QByteArray(kTunedScenario).replace("max_attempts: 4", "max_attempts: 3"));
        press(Qt::Key_F5);
        QTRY_COMPARE(m_window->tuning()->valueText(*m_window->tuning()->find(kAttempts)), QString("3"));
        QCOMPARE(filter->text(), QString("jitter"));
        QVERIFY(m_window->tuningPanel()->row(kAttempts)->isHidden());
        const QString other = m_folder->filePath("other.yaml");
        write(other, kTunedScenario);
        QVERIFY(m_window->openScenario(other));
        QTRY_COMPARE(m_window->document()->path(), other);
        QTRY_COMPARE(filter->text(), QString());
        QVERIFY(!m_window->tuningPanel()->row(kAttempts)->isHidden());
    }

    void anotherScenarioIsShownFromItsFirstTrackOn()
    {
        open();
        m_window->resize(900, 420);
        auto *bar = m_window->tracks()->findChild<QScrollArea *>()->verticalScrollBar();
        QTRY_VERIFY(bar->maximum() > 100);
        bar->setValue(100);
        const QString other = m_folder->filePath("other.yaml");
        write(other, kTunedScenario);
        QVERIFY(m_window->openScenario(other));
        QTRY_COMPARE(m_window->document()->path(), other);
        QTRY_COMPARE(bar->value(), 0);
    }

    void anEmptyWindowOffersTheDefaultScenario()
    {
        write(m_folder->filePath("retry_storm.yaml"), kTunedScenario);
        qputenv("HALFOPEN_SCENARIOS", m_folder->path().toLocal8Bit());
        auto *button = m_window->findChild<QPushButton *>("open_default");
        QVERIFY(button && button->isVisible());
        QTest::mouseClick(button, Qt::LeftButton);
        QTRY_VERIFY(m_window->document()->isOpen());
        QVERIFY(!button->isVisible());
        qunsetenv("HALFOPEN_SCENARIOS");
    }

    void openingShowsTheScenarioPausedAtItsBeginning()
    {
        open();
        QTRY_COMPARE(state(), State::Paused);
        QCOMPARE(now().ns(), 0);
        QCOMPARE(m_window->windowTitle(), QString("tuned.yaml[*] - Halfopen")); // its scenario has the same name
        QVERIFY(!m_window->isWindowModified());
        QVERIFY(m_window->tuning()->find(kAttempts));
        QCOMPARE(m_window->textPanel()->editor()->text(), QString(kTunedScenario));
        QCOMPARE(settings()->recentFiles(), QStringList{m_file});
    }

    void theSpaceKeyPlaysAndPauses()
    {
        open();
        press(Qt::Key_Space);
        QTRY_COMPARE(state(), State::Playing);
        QTRY_VERIFY(now() > Instant());
        press(Qt::Key_Space);
        QTRY_COMPARE(state(), State::Paused);
    }

    void stepTransitionAndRestartHaveKeys()
    {
        open();
        focusNothing();
        press(Qt::Key_Right);
        QTRY_COMPARE(now().ns(), Instant(1ms).ns());
        press(Qt::Key_Period);
        QTRY_COMPARE(now().ns(), Instant(7s).ns());
        press(Qt::Key_Period);
        QTRY_COMPARE(now().ns(), Instant(14s).ns());
        QTRY_COMPARE(m_window->controller()->record()->transitions.size(), std::size_t(2));
        press(Qt::Key_Comma); // back in what was recorded, from the one it stopped at: only the cursor moves
        QCOMPARE(m_window->timeAxis()->cursor()->ns(), Instant(7s).ns());
        QCOMPARE(now().ns(), Instant(14s).ns());
        press(Qt::Key_Period); // and forward again before the run goes on
        QCOMPARE(m_window->timeAxis()->cursor()->ns(), Instant(14s).ns());
        press(Qt::Key_Escape); // the pin of its reason
        QVERIFY(m_window->timeAxis()->cursor());
        press(Qt::Key_Escape);
        QVERIFY(!m_window->timeAxis()->cursor());
        press(Qt::Key_R, Qt::ControlModifier);
        QTRY_COMPARE(now().ns(), 0);
        QCOMPARE(m_world->made.load(), 2);
        QTRY_COMPARE(state(), State::Paused);
    }

    void theRunStopsAtANewTransitionAndTellsWhyItHappened()
    {
        open();
        focusNothing();
        auto *chart = m_window->findChild<BreakerChart *>();
        const auto pinned = [chart] { return chart->pinned(); };
        press(Qt::Key_Period);
        QTRY_COMPARE(pinned(), std::optional<std::size_t>(0));
        QCOMPARE(now(), Instant(7s));
        const auto labels = m_window->findChild<TransitionPanel *>()->findChildren<QLabel *>();
        QVERIFY(std::any_of(labels.begin(), labels.end(), [](const QLabel *label) {
            return label->isVisible() && label->text().replace(QChar(0xa0), ' ').endsWith(", at 7 s");
        }));
        QVERIFY(!m_window->timeAxis()->cursor()); // it is the present
        press(Qt::Key_Period);
        QTRY_COMPARE(pinned(), std::optional<std::size_t>(1));
        QCOMPARE(now(), Instant(14s));
        press(Qt::Key_Comma);
        QCOMPARE(pinned(), std::optional<std::size_t>(0));
        press(Qt::Key_E, Qt::ControlModifier); // who goes to the end goes past them
        QTRY_COMPARE(state(), State::Finished);
        QTRY_COMPARE(m_window->controller()->record()->end, RunEnd::Finished);
        QCOMPARE(pinned(), std::optional<std::size_t>(0));
    }

    void aReasonStaysWhereNoTransitionFollows()
    {
        m_world->length = 10s; // with the only one at 7 s
        open();
        focusNothing();
        auto *chart = m_window->findChild<BreakerChart *>();
        press(Qt::Key_Period);
        QTRY_COMPARE(chart->pinned(), std::optional<std::size_t>(0));
        press(Qt::Key_Period);
        QTRY_COMPARE(state(), State::Finished);
        QCOMPARE(chart->pinned(), std::optional<std::size_t>(0));
    }

    void theBracketsChangeTheSpeed()
    {
        open();
        press(Qt::Key_BracketRight);
        QCOMPARE(*m_window->controller()->speed().factor, 2.0);
        press(Qt::Key_BracketLeft);
        press(Qt::Key_BracketLeft);
        QCOMPARE(*m_window->controller()->speed().factor, 0.5);
        for (int i = 0; i < 20; ++i)
            press(Qt::Key_BracketRight);
        QVERIFY(!m_window->controller()->speed().factor); // as fast as possible
        auto *slider = m_window->transportBar()->findChild<QSlider *>();
        QCOMPARE(slider->value(), slider->maximum());
    }

    void aFocusedControlKeepsItsOwnKeys()
    {
        open();
        auto *check = m_window->tuningPanel()->row("policies.edge.1.failure_rate_threshold")->findChild<QCheckBox *>();
        check->setFocus();
        press(Qt::Key_Space);
        QVERIFY(!check->isChecked());
        QTest::qWait(50);
        QCOMPARE(state(), State::Paused);
        auto *slider = m_window->tuningPanel()->row(kAttempts)->findChild<QSlider *>();
        slider->setFocus();
        press(Qt::Key_Right);
        QTest::qWait(50);
        QCOMPARE(now().ns(), 0); // no step of the run
        auto *line = m_window->tuningPanel()->filter();
        line->setFocus();
        QTest::keyClicks(line, "a. ,[]?");
        QCOMPARE(line->text(), QString("a. ,[]?"));
    }

    void theSpaceKeyPlaysAfterAValueWasEntered()
    {
        open();
        auto *line = m_window->tuningPanel()->row(kAttempts)->findChild<QLineEdit *>();
        line->setFocus();
        line->selectAll();
        QTest::keyClicks(line, "6");
        QTest::keyClick(line, Qt::Key_Return);
        QCOMPARE(line->text(), QString("6"));
        QTest::keyClick(line, Qt::Key_Space);
        QTRY_COMPARE(state(), State::Playing);
        QCOMPARE(line->text(), QString("6"));
    }

    void aChangeReachesTheRunAtThePresentMoment()
    {
        open();
        m_window->controller()->seekTime(Instant(5s));
        QTRY_COMPARE(now().ns(), Instant(5s).ns());
        QVERIFY(m_window->tuning()->edit(*m_window->tuning()->find(kAttempts), "6"));
        QTRY_COMPARE(m_window->controller()->record()->changes.size(), std::size_t(1));
        QCOMPARE(m_window->controller()->record()->changes[0].at.ns(), Instant(5s).ns());
        QVERIFY(m_window->isWindowModified());
        QTRY_VERIFY(m_window->textPanel()->editor()->text().contains("max_attempts: 6"));
        press(Qt::Key_Z, Qt::ControlModifier);
        QTRY_COMPARE(m_window->controller()->record()->changes.size(), std::size_t(2));
        QCOMPARE(QString::fromStdString(m_window->controller()->record()->changes[1].after), QString("4"));
        QTRY_VERIFY(!m_window->isWindowModified());
        press(Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
        QVERIFY(m_window->isWindowModified());
    }

    void aRefusedChangeIsShownAtItsRow()
    {
        m_world->refuse = kAttempts.toStdString();
        open();
        QVERIFY(m_window->tuning()->edit(*m_window->tuning()->find(kAttempts), "6"));
        QTRY_COMPARE(m_window->tuningPanel()->row(kAttempts)->error(), "'" + kAttempts + "' is not liked");
    }

    void savingWritesTheValueAndKeepsTheComments()
    {
        open();
        QVERIFY(m_window->tuning()->edit(*m_window->tuning()->find(kAttempts), "6"));
        press(Qt::Key_S, Qt::ControlModifier);
        QCOMPARE(read(m_file), QByteArray(kTunedScenario).replace("max_attempts: 4", "max_attempts: 6"));
        QVERIFY(!m_window->isWindowModified());
        QTest::qWait(400); // our own writing is not reported as somebody else's
        QVERIFY(!m_window->messageBar()->text().contains("another program"));
    }

    void aFileThatCannotBeWrittenLosesNothing()
    {
        open();
        QVERIFY(m_window->tuning()->edit(*m_window->tuning()->find(kAttempts), "6"));
        const auto saved = m_window->document()->save("/nowhere/at/all.yaml", m_window->tuning()->overrides());
        QVERIFY(!saved);
        QVERIFY(saved.error().message.find("/nowhere/at/all.yaml") != std::string::npos);
        QCOMPARE(m_window->document()->path(), m_file);
        QVERIFY(m_window->isWindowModified());
    }

    void anothersChangesAreNotOverwritten()
    {
        open();
        QVERIFY(m_window->tuning()->edit(*m_window->tuning()->find(kAttempts), "6"));
        const QByteArray theirs = QByteArray(kTunedScenario).replace("seed: 7", "seed: 8");
        write(m_file, theirs);
        QVERIFY(!m_window->save());
        QCOMPARE(read(m_file), theirs);
        QVERIFY(m_window->messageBar()->text().contains("another program"));
        QVERIFY(m_window->isWindowModified());
    }

    void closingAsksAboutUnsavedSettings()
    {
        open();
        QVERIFY(m_window->tuning()->edit(*m_window->tuning()->find(kAttempts), "6"));
        QVERIFY(!m_window->close());
        QVERIFY(m_window->isVisible());
        QVERIFY(m_window->messageBar()->text().startsWith("tuned.yaml has changes"));
        press("Save");
        QVERIFY(read(m_file).contains("max_attempts: 6"));
        QTRY_VERIFY(!m_window->isVisible());
    }

    void aBadScenarioShowsAllProblemsAndTheOldOneGoesOn()
    {
        open();
        press(Qt::Key_Space);
        QTRY_COMPARE(state(), State::Playing);
        const QString bad = m_folder->filePath("bad.yaml");
        write(bad, QByteArray(kTunedScenario).replace("max_attempts: 4", "max_attempst: 4").replace("50%", "150%"));
        QVERIFY(m_window->openScenario(bad));
        QTRY_VERIFY(m_window->messageBar()->text().contains("bad.yaml"));
        QCOMPARE(state(), State::Playing);
        QCOMPARE(m_world->made.load(), 1);
        auto *list = m_window->textPanel()->problemList();
        QVERIFY(list->count() >= 2);
        QVERIFY(list->item(0)->text().contains("bad.yaml:"));
        TextEditor *code = m_window->textPanel()->editor();
        QVERIFY(code->text().contains("max_attempst"));
        QTest::mouseClick(list->viewport(), Qt::LeftButton, {}, list->visualItemRect(list->item(1)).center());
        const int line = code->currentLine();
        QVERIFY(list->item(1)->text().contains(QStringLiteral(":%1:").arg(line)));
        press("Show the open scenario");
        QCOMPARE(code->text(), QString(kTunedScenario));
    }

    /// A file that takes long: its reading is a pipe that nobody writes to yet.
    void aSlowFileShowsThatItIsReadAndCanBeGivenUp()
    {
        open();
        const QString slow = m_folder->filePath("slow.yaml");
        QCOMPARE(mkfifo(qPrintable(slow), 0600), 0);
        QVERIFY(m_window->openScenario(slow));
        QVERIFY(m_window->document()->isOpening());
        press(Qt::Key_Space); // the window does not wait
        QTRY_COMPARE(state(), State::Playing);
        QTRY_COMPARE(m_window->messageBar()->text(), QString("Reading slow.yaml…"));
        press("Cancel");
        QVERIFY(!m_window->document()->isOpening());
        QCOMPARE(m_window->messageBar()->text(), QString());
        write(slow, kTunedScenario); // the reader goes on, and its result is dropped
        QTest::qWait(50);
        QCOMPARE(m_window->document()->path(), m_file);
        QCOMPARE(state(), State::Playing);
    }

    void aMissingFileIsAProblemLikeAnyOther()
    {
        QVERIFY(m_window->openScenario(m_folder->filePath("none.yaml")));
        QTRY_VERIFY(m_window->messageBar()->text().contains("none.yaml was not opened"));
        QVERIFY(m_window->textPanel()->problemList()->count() >= 1);
    }

    void theTimeBarTellsATimeToTheMillisecond()
    {
        open();
        auto *scrubber = m_window->findChild<TimeScrubber *>();
        for (int x = 30; x < 60; ++x) { // hardly a pixel lies on a round time
            QHelpEvent help(QEvent::ToolTip, QPoint(x, scrubber->height() / 2), scrubber->mapToGlobal(QPoint(x, 0)));
            QApplication::sendEvent(scrubber, &help);
            const QString told = QToolTip::text().section('\n', 0, 0);
            QVERIFY2(told.contains(QRegularExpression("^\\d+(\\.\\d{1,3})?\\x{a0}m?s$")), qPrintable(told));
        }
        QToolTip::hideText();
    }

    void aFileChangedOnDiskIsOfferedAndKeepsTunedSettings()
    {
        open();
        QVERIFY(m_window->tuning()->edit(*m_window->tuning()->find(kAttempts), "6"));
        write(m_file, QByteArray(kTunedScenario).replace("initial_delay: 50ms", "initial_delay: 70ms"));
        QTRY_VERIFY(m_window->messageBar()->text().contains("another program"));
        press("Reload");
        QTRY_COMPARE(m_window->tuning()->valueText(*m_window->tuning()->find("policies.edge.0.initial_delay")), QString("70ms"));
        QCOMPARE(m_window->tuning()->valueText(*m_window->tuning()->find(kAttempts)), QString("6"));
    }

    void aDroppedScenarioIsOpened()
    {
        QMimeData data;
        data.setUrls({QUrl::fromLocalFile(m_file)});
        QDragEnterEvent enter(QPoint(50, 50), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(m_window.get(), &enter);
        QVERIFY(enter.isAccepted());
        QDropEvent drop(QPointF(50, 50), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(m_window.get(), &drop);
        QTRY_COMPARE(m_window->document()->path(), m_file);
        QMimeData other;
        other.setUrls({QUrl::fromLocalFile(m_folder->filePath("picture.png"))});
        QDragEnterEvent no(QPoint(50, 50), Qt::CopyAction, &other, Qt::LeftButton, Qt::NoModifier);
        no.ignore();
        QApplication::sendEvent(m_window.get(), &no);
        QVERIFY(!no.isAccepted());
    }

    void theScrubberLooksBackAndRunsOn()
    {
        open();
        m_window->controller()->seekTime(Instant(50s));
        QTRY_COMPARE(now().ns(), Instant(50s).ns());
        QTRY_COMPARE(m_window->controller()->record()->now.ns(), Instant(50s).ns());
        auto *scrubber = m_window->findChild<TimeScrubber *>();
        // The bar is narrow in a small window: the click goes to the pixel that stands for the time.
        const auto clickAt = [&](Instant at) {
            int x = 0;
            while (x < scrubber->width() - 1 && scrubber->instantAt(x) < at)
                ++x;
            QTest::mouseClick(scrubber, Qt::LeftButton, {}, QPoint(x, scrubber->height() / 2));
            return scrubber->instantAt(x);
        };
        const Instant back = clickAt(Instant(25s));
        QVERIFY(m_window->timeAxis()->cursor());
        QCOMPARE(m_window->timeAxis()->cursor()->ns(), back.ns());
        QCOMPARE(now().ns(), Instant(50s).ns());
        const Instant onwards = clickAt(Instant(75s));
        QVERIFY(onwards > Instant(50s));
        QTRY_COMPARE(now().ns(), onwards.ns());
        QTRY_COMPARE(state(), State::Paused);
    }

    /// Not from the end, and not from wherever the pointer lies: from what is pinned.
    void theNextTransitionCountsFromThePinnedOne()
    {
        m_world->length = 60s; // a transition every 7 s
        open();
        press(Qt::Key_E, Qt::ControlModifier);
        QTRY_COMPARE(state(), State::Finished);
        QTRY_VERIFY(m_window->controller()->record()->transitions.size() >= 8);
        focusNothing();
        const auto cursor = [this] { return m_window->timeAxis()->cursor(); };
        for (int i = 0; i < 5; ++i) // from the end back to the fourth
            press(Qt::Key_Comma);
        QCOMPARE(cursor(), std::optional(Instant(28s)));
        m_window->timeAxis()->setCursor(std::nullopt); // the pointer leaves the charts: the reason stays pinned
        press(Qt::Key_Period);
        QCOMPARE(cursor(), std::optional(Instant(35s)));
        m_window->timeAxis()->setCursor(Instant(50s)); // and lies somewhere else
        press(Qt::Key_Comma);
        QCOMPARE(cursor(), std::optional(Instant(28s)));
        m_window->timeAxis()->setCursor(std::nullopt);
        press(Qt::Key_Comma);
        QCOMPARE(cursor(), std::optional(Instant(21s)));
        for (int i = 0; i < 6; ++i) // past the last one: that stays to be read
            press(Qt::Key_Period);
        QCOMPARE(cursor(), std::optional(Instant(56s)));
        QCOMPARE(state(), State::Finished);
    }

    void aFinishedRunPlaysAgainWithTheTunedSettings()
    {
        open();
        press(Qt::Key_E, Qt::ControlModifier);
        QTRY_COMPARE(state(), State::Finished);
        QVERIFY(m_window->tuning()->edit(*m_window->tuning()->find(kAttempts), "6"));
        QVERIFY(m_window->messageBar()->text().contains("next one"));
        press("Run again");
        QTRY_COMPARE(m_world->made.load(), 2);
        QTRY_VERIFY(m_window->controller()->record());
        const Settings &retry = m_window->controller()->record()->scenario->stacks[0].layers[0].settings;
        const Field &field = *retry.schema().find("max_attempts");
        QCOMPARE(QString::fromStdString(formatValue(field, retry.get(field))), QString("6"));
        QCOMPARE(m_window->controller()->record()->changes.size(), std::size_t(0));
    }

    void whatIfRunsItAllAgainAndKeepsTheRunBeforeAsAGhost()
    {
        m_world->length = 60s; // as the scenario says
        open();
        press(Qt::Key_T, Qt::ControlModifier);
        QTRY_COMPARE(state(), State::Finished);
        QTRY_VERIFY(m_window->controller()->record()->end == RunEnd::Finished);
        const RecordPtr before = m_window->controller()->record();
        const int row = *m_window->tuning()->find(kAttempts);
        for (const char *value : {"5", "6", "7"}) // as a drag does
            QVERIFY(m_window->tuning()->edit(row, value));
        QTRY_COMPARE(m_world->made.load(), 2); // one run for the three
        QTRY_VERIFY(m_window->controller()->record() && m_window->controller()->record() != before);
        QTRY_COMPARE(state(), State::Finished);
        QCOMPARE(m_window->ghost(), before);
        QVERIFY(m_window->controller()->record()->changes.empty());
        press(Qt::Key_K, Qt::ControlModifier | Qt::ShiftModifier);
        QVERIFY(!m_window->ghost());
    }

    void theLayoutIsRememberedAndADamagedOneIgnored()
    {
        auto *dock = m_window->findChild<QDockWidget *>("tuning");
        QVERIFY(dock->isVisible());
        dock->hide();
        QVERIFY(m_window->close());
        m_window.reset();
        makeWindow();
        QVERIFY(!m_window->findChild<QDockWidget *>("tuning")->isVisible());
        m_window.reset();
        auto damaged = settings();
        damaged->setBytes("layout/state", "rubbish");
        damaged->setBytes("layout/geometry", QByteArray(5000, 'x'));
        damaged->setBytes("layout/tracks", QByteArray::fromHex("48545231ffffffff"));
        damaged.reset();
        makeWindow();
        QVERIFY(m_window->findChild<QDockWidget *>("tuning")->isVisible());
        QVERIFY(m_window->width() > 400);
    }

    void bothThemesCanBeChosenWhileItRuns()
    {
        open();
        press(Qt::Key_Space);
        m_window->useTheme(ThemeKind::Light);
        QVERIFY(!Theme::current().dark);
        m_window->useTheme(ThemeKind::Dark);
        QVERIFY(Theme::current().dark);
        QTRY_COMPARE(state(), State::Playing);
    }

    void closingWhileItPlaysIsClean()
    {
        m_world->length = 1000h;
        m_world->transitionEvery = 1h;
        open();
        m_window->controller()->setSpeed(Speed::unlimited());
        press(Qt::Key_Space);
        QTRY_VERIFY(now() > Instant());
        QVERIFY(m_window->close());
        m_window.reset(); // cleanup() sees that the run is gone
    }

    void thePaletteFindsAndGivesACommand()
    {
        open();
        press(Qt::Key_P, Qt::ControlModifier | Qt::ShiftModifier);
        auto *palette = m_window->findChild<CommandPalette *>();
        QVERIFY(palette && QTest::qWaitForWindowActive(palette));
        QVERIFY(palette->list()->count() > 20);
        QTest::keyClicks(palette->line(), "the end to");
        QVERIFY(palette->list()->item(0)->text().contains("Run to the end"));
        QTest::keyClick(palette->line(), Qt::Key_Return);
        QTRY_COMPARE(state(), State::Finished);
        QTRY_VERIFY(!m_window->findChild<CommandPalette *>());
    }

    void paletteFits_data()
    {
        QTest::addColumn<QString>("query");
        QTest::addColumn<bool>("fits");
        QTest::newRow("empty") << "" << true;
        QTest::newRow("a beginning") << "step" << true;
        QTest::newRow("words in any order") << "event run" << true;
        QTest::newRow("any case") << "STEP ONE" << true;
        QTest::newRow("a word too many") << "step two" << false;
    }
    void paletteFits()
    {
        QFETCH(QString, query);
        QTEST(paletteFit(query, QStringLiteral("Run › Step one event")).has_value(), "fits");
    }

    void aWordsBeginningFitsBetterThanItsMiddle()
    {
        QVERIFY(*paletteFit("end", "Run › Run to the end") < *paletteFit("end", "View › Blending"));
    }

    void presentingHidesTheSidesAndComesBack()
    {
        open();
        auto *tuning = m_window->findChild<QDockWidget *>("tuning");
        const int before = Theme::bodyFont().pixelSize();
        press(Qt::Key_F11);
        QVERIFY(!tuning->isVisible());
        QVERIFY(m_window->isFullScreen());
        QVERIFY(Theme::bodyFont().pixelSize() > before);
        press(Qt::Key_F11);
        QTRY_VERIFY(tuning->isVisible());
        QVERIFY(!m_window->isFullScreen());
        QCOMPARE(Theme::bodyFont().pixelSize(), before);
    }

    void theShortcutListNamesTheKeys()
    {
        QTest::keyClick(m_window.get(), Qt::Key_Question);
        auto *dialog = m_window->findChild<QDialog *>("shortcuts_dialog");
        QVERIFY(dialog && dialog->isVisible());
        QString all;
        for (const QLabel *label : dialog->findChildren<QLabel *>())
            all += label->text();
        for (const char *part : {"Space", "Ctrl+R", "Next transition", "Ctrl+Shift+Z", "Zoom to the selection"})
            QVERIFY2(all.contains(part), part);
    }
};

QTEST_MAIN(TestMainWindow)
#include "tst_main_window.moc"
