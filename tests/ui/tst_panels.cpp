// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/run_record.h"
#include "core/scenario/loader.h"
#include "simulators/vocabulary.h"
#include "tests/support/lab_window.h"
#include "tests/support/tuned_scenario.h"
#include "ui/command_palette.h"
#include "ui/compare/compare_panel.h"
#include "ui/compare/variant.h"
#include "ui/help/help_panel.h"
#include "ui/library/library_panel.h"
#include "ui/library/run_delegate.h"
#include "ui/library/run_library.h"
#include "ui/message_bar.h"
#include "ui/scenario/text_editor.h"
#include "ui/scenario/text_panel.h"
#include "ui/theme.h"
#include "ui/tracks_area.h"
#include "ui/translation.h"
#include "ui/tuning/setting_editor.h"
#include "ui/tuning/setting_row.h"
#include "ui/tuning/tuning_panel.h"
#include "ui/views/breaker_chart.h"
#include "ui/views/moment_panel.h"
#include "ui/views/readout_box.h"
#include "ui/views/text_cache.h"
#include "ui/views/view.h"

#include <QAction>
#include <QDialog>
#include <QDockWidget>
#include <QImage>
#include <QKeyEvent>
#include <QLineEdit>
#include <QListView>
#include <QListWidget>
#include <QMenu>
#include <QMenuBar>
#include <QMouseEvent>
#include <QPainter>
#include <QPlainTextEdit>
#include <QRegularExpression>
#include <QScrollBar>
#include <QSet>
#include <QTextBrowser>
#include <QToolButton>

#include <limits>

using namespace halfopen;
using namespace halfopen::test;
using namespace std::chrono_literals;

namespace {

const QString kAttempts = QStringLiteral("policies.edge.0.max_attempts");

QByteArray with(const char *before, const char *after)
{
    return QByteArray(kTunedScenario).replace(before, after);
}

void moveTo(QWidget *widget, QPoint at)
{
    QMouseEvent move(QEvent::MouseMove, at, widget->mapToGlobal(at), Qt::NoButton, Qt::NoButton, {});
    QApplication::sendEvent(widget, &move);
}

void leave(QWidget *widget)
{
    QEvent event(QEvent::Leave);
    QApplication::sendEvent(widget, &event);
}

} // namespace

/// The panels of the window under the hand: what a key, a click or the pointer does to them, and what it leaves alone.
class TestPanels : public QObject {
    Q_OBJECT
private:
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<MainWindow> m_window;

    QString path(const QString &name) const { return m_folder->filePath(name); }
    void open()
    {
        QVERIFY(m_window->openScenario(writeFile(path("tuned.yaml"), kTunedScenario)));
        QTRY_VERIFY(record() != nullptr);
        waitUntilDrawn();
    }
    void runToEnd()
    {
        m_window->controller()->seekTime(Instant(60s));
        QTRY_VERIFY_WITH_TIMEOUT(record() && record()->end == RunEnd::Finished, 60000);
    }
    void restartAndRun()
    {
        m_window->restart();
        QTRY_VERIFY(record() && record()->end == RunEnd::Running);
        runToEnd();
    }
    RecordPtr record() const { return m_window->controller()->record(); }
    QString message() const { return m_window->messageBar()->text(); }
    HelpPanel *help() const { return m_window->helpPanel(); }
    LibraryPanel *library() const { return m_window->libraryPanel(); }
    const std::vector<KeptRun> &kept() const { return m_window->library()->runs(); }
    SettingRow *row(const QString &of) const { return m_window->tuningPanel()->row(of); }
    QDockWidget *dock(const char *name) const { return m_window->findChild<QDockWidget *>(QString::fromLatin1(name)); }
    /// And not behind another tab, which Qt calls visible, too.
    bool isInFront(const char *name) const
    {
        return dock(name)->isVisible() && m_window->rect().contains(QRect(dock(name)->mapTo(m_window.get(), QPoint()), dock(name)->size()).center());
    }
    void press(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier)
    {
        QWidget *focus = QApplication::focusWidget();
        QTest::keyClick(focus ? focus : m_window.get(), key, modifiers);
        waitUntilDrawn();
    }
    /// Reads a scenario with twelve runs into the library.
    void keepRuns(int count)
    {
        open();
        for (int i = 0; i < count; ++i) {
            QVERIFY(m_window->tuning()->edit(*m_window->tuning()->find(kAttempts), QString::number(i + 1)));
            restartAndRun();
            QTRY_COMPARE_WITH_TIMEOUT(kept().size(), std::size_t(i + 1), 10000);
        }
        m_window->tuning()->resetAll();
        m_window->findChild<QAction *>("library")->trigger();
        waitUntilDrawn();
    }

private slots:
    void initTestCase() { QVERIFY(applyTheme(*qApp, ThemeKind::Dark)); }
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_window = shownWindow(*m_folder, simulationEngines());
    }
    void cleanup()
    {
        m_window->tuning()->resetAll();
        m_window.reset();
    }

    // ---- the help

    void theFirstHelpStandsAtItsSetting_data()
    {
        QTest::addColumn<QSize>("size");
        QTest::newRow("small") << QSize(1280, 800);
        QTest::newRow("large") << QSize(1900, 1000);
    }
    /// Its dock gets its width only after the page was put at its place.
    void theFirstHelpStandsAtItsSetting()
    {
        QFETCH(QSize, size);
        m_window->resize(size);
        open();
        SettingRow *far = row("policies.edge.1.window.minimum_calls"); // with a screenful of other settings behind it
        far->editor()->focusTarget()->setFocus();
        press(Qt::Key_F1);
        QCOMPARE(help()->place(), far->property("help_place").toString());
        const QTextBrowser *page = help()->page();
        QVERIFY2(page->verticalScrollBar()->value() > page->viewport()->height() / 2, "the page is too short to tell");
        const int top = page->cursorRect(page->textCursor()).top();
        QVERIFY2(top >= 0 && top < page->viewport()->height() / 4, qPrintable(QString("%1 of %2").arg(top).arg(page->viewport()->height())));
    }

    /// A page that gets wider is shorter at once, and what lay far down then lies behind its end.
    void aPageThatGetsAnotherWidthStaysAtItsPlace()
    {
        HelpPanel panel(QStringLiteral("en"));
        panel.resize(240, 500);
        panel.show();
        QVERIFY(QTest::qWaitForWindowExposed(&panel));
        QVERIFY(panel.showPlace("circuit_breaker#window.size"));
        const auto top = [&panel] { return panel.page()->cursorRect(panel.page()->textCursor()).top(); };
        for (const int width : {680, 260, 420, 300, 690}) {
            panel.resize(width, 500);
            waitUntilDrawn();
            QVERIFY2(top() >= 0 && top() < 130, qPrintable(QString("%1 wide: at %2").arg(width).arg(top())));
        }
        panel.page()->verticalScrollBar()->setValue(panel.page()->verticalScrollBar()->maximum() / 3); // the reader goes on
        const int mine = panel.page()->verticalScrollBar()->value();
        panel.resize(250, 500);
        waitUntilDrawn();
        QVERIFY(top() > 130 || top() < 0); // and is not brought back
        QVERIFY(panel.page()->verticalScrollBar()->value() > mine);
    }

    void f1OnADisabledFieldOpensItsHelp()
    {
        open();
        SettingRow *off = nullptr;
        for (int i = 0; i < int(m_window->tuning()->rows().size()) && !off; ++i) {
            SettingRow *one = row(m_window->tuning()->row(i).path);
            if (!one->editor()->focusTarget()->isEnabled() && !one->editor()->visibleRegion().isEmpty())
                off = one;
        }
        QVERIFY(off);
        SettingRow *other = row(kAttempts);
        other->editor()->focusTarget()->setFocus();
        QTest::mouseClick(off->editor(), Qt::LeftButton);
        press(Qt::Key_F1);
        QCOMPARE(help()->place(), off->property("help_place").toString());
        press(Qt::Key_Escape);
        other->editor()->focusTarget()->setFocus(); // what has the focus counts again
        press(Qt::Key_F1);
        QCOMPARE(help()->place(), other->property("help_place").toString());
    }

    // ---- keys that open something

    void theKeyOfAPanelPutsItAwayAgain_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<int>("key");
        QTest::addColumn<Qt::KeyboardModifiers>("modifiers");
        QTest::newRow("compare") << "compare" << int(Qt::Key_M) << Qt::KeyboardModifiers(Qt::ControlModifier);
        QTest::newRow("library") << "library" << int(Qt::Key_L) << Qt::KeyboardModifiers(Qt::ControlModifier);
        QTest::newRow("text") << "text" << int(Qt::Key_F4) << Qt::KeyboardModifiers();
        QTest::newRow("help") << "help" << int(Qt::Key_F1) << Qt::KeyboardModifiers();
        QTest::newRow("topics") << "help" << int(Qt::Key_F1) << Qt::KeyboardModifiers(Qt::ControlModifier);
    }
    void theKeyOfAPanelPutsItAwayAgain()
    {
        QFETCH(QString, name);
        QFETCH(int, key);
        QFETCH(Qt::KeyboardModifiers, modifiers);
        open();
        const QByteArray panel = name.toLatin1();
        // Once from the form, and once from the text, which takes keys of its own.
        for (const bool fromText : {false, true}) {
            if (fromText && name == "text")
                break;
            QWidget *before = row(kAttempts)->editor()->focusTarget();
            if (fromText) {
                press(Qt::Key_F4);
                before = m_window->textPanel()->editor();
            }
            before->setFocus();
            QVERIFY(!isInFront(panel));
            for (int i = 0; i < 2; ++i) {
                press(Qt::Key(key), modifiers);
                QVERIFY(isInFront(panel));
                QVERIFY(dock(panel)->isAncestorOf(QApplication::focusWidget()));
                press(Qt::Key(key), modifiers);
                QVERIFY(!isInFront(panel));
                QCOMPARE(QApplication::focusWidget(), before);
                QVERIFY(fromText ? isInFront("text") : isInFront("scenario")); // what stood there
            }
        }
    }

    /// Whoever has worked elsewhere meanwhile comes back by the key first, and then puts the panel away.
    void aKeyPutsAwayWhatItHasOpenedLater()
    {
        open();
        press(Qt::Key_M, Qt::ControlModifier);
        QVERIFY(isInFront("compare"));
        m_window->tracks()->setFocus();
        const QWidget *before = QApplication::focusWidget();
        QVERIFY(before && !dock("compare")->isAncestorOf(before));
        press(Qt::Key_M, Qt::ControlModifier);
        QVERIFY(dock("compare")->isAncestorOf(QApplication::focusWidget()));
        press(Qt::Key_M, Qt::ControlModifier);
        QVERIFY(!isInFront("compare"));
        QCOMPARE(static_cast<const QWidget *>(QApplication::focusWidget()), before);
        // Closed and opened in another way, it is not the key's any more.
        press(Qt::Key_M, Qt::ControlModifier);
        dock("compare")->close();
        m_window->tracks()->setFocus();
        dock("compare")->show();
        waitUntilDrawn();
        press(Qt::Key_M, Qt::ControlModifier);
        press(Qt::Key_M, Qt::ControlModifier);
        QVERIFY(isInFront("compare"));
    }

    /// A panel that was there before its key was pressed only gives the focus back.
    void aKeyPutsAwayOnlyWhatItHasOpened()
    {
        open();
        dock("library")->raise();
        waitUntilDrawn();
        QWidget *before = row(kAttempts)->editor()->focusTarget();
        before->setFocus();
        press(Qt::Key_L, Qt::ControlModifier);
        QVERIFY(library()->search()->hasFocus());
        press(Qt::Key_L, Qt::ControlModifier);
        QVERIFY(isInFront("library"));
        QCOMPARE(QApplication::focusWidget(), before);
    }

    void dialogsAndLinesCloseByTheirKey()
    {
        open();
        m_window->tracks()->setFocus();
        press(Qt::Key_Question);
        auto *shortcuts = m_window->findChild<QDialog *>("shortcuts_dialog");
        QVERIFY(shortcuts && QTest::qWaitForWindowActive(shortcuts));
        QTest::keyClick(QApplication::focusWidget() ? QApplication::focusWidget() : shortcuts, Qt::Key_Question);
        QTRY_VERIFY(!m_window->findChild<QDialog *>("shortcuts_dialog"));
        m_window->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
        press(Qt::Key_P, Qt::ControlModifier | Qt::ShiftModifier);
        auto *palette = m_window->findChild<CommandPalette *>();
        QVERIFY(palette && QTest::qWaitForWindowActive(palette));
        QTest::keyClick(palette->line(), Qt::Key_P, Qt::ControlModifier | Qt::ShiftModifier);
        QTRY_VERIFY(!m_window->findChild<CommandPalette *>());
        m_window->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
        press(Qt::Key_F4);
        press(Qt::Key_F, Qt::ControlModifier);
        QVERIFY(m_window->textPanel()->findLine()->hasFocus());
        press(Qt::Key_F, Qt::ControlModifier);
        QVERIFY(!m_window->textPanel()->findLine()->isVisible());
        QVERIFY(m_window->textPanel()->editor()->hasFocus());
    }

    void noMenuSaysTheSameTwice()
    {
        open();
        runToEnd();
        for (const QAction *top : m_window->menuBar()->actions()) {
            QSet<QString> seen;
            for (const QAction *action : top->menu()->actions()) {
                if (action->isSeparator())
                    continue;
                QVERIFY2(!seen.contains(action->text()), qPrintable(top->text() + ": " + action->text()));
                seen.insert(action->text());
            }
        }
    }

    // ---- focus and filter

    void aPanelThatFloatsKeepsTheFocus()
    {
        open();
        press(Qt::Key_F4);
        TextEditor *editor = m_window->textPanel()->editor();
        QVERIFY(editor->hasFocus());
        dock("text")->setFloating(true);
        QVERIFY(QTest::qWaitForWindowExposed(dock("text")));
        waitUntilDrawn();
        QTRY_COMPARE(QApplication::focusWidget(), static_cast<QWidget *>(editor));
        dock("text")->setFloating(false);
        waitUntilDrawn();
        QTRY_COMPARE(QApplication::focusWidget(), static_cast<QWidget *>(editor));
    }

    void anEmptiedFilterHasNothingToClear()
    {
        open();
        QLineEdit *filter = m_window->tuningPanel()->filter();
        auto *clear = filter->findChild<QToolButton *>();
        QVERIFY(clear);
        const auto opacity = [clear] { return clear->property("opacity").toReal(); };
        filter->setText("rate");
        QTRY_COMPARE(opacity(), 1.0);
        QVERIFY(m_window->openScenario(writeFile(path("other.yaml"), with("name: tuned", "name: other"))));
        QTRY_VERIFY(filter->text().isEmpty());
        QTRY_COMPARE(opacity(), 0.0);
    }

    void aNewNameOfTheFileLeavesTheFilter()
    {
        open();
        QLineEdit *filter = m_window->tuningPanel()->filter();
        filter->setText("rate");
        QVERIFY(m_window->document()->save(path("saved.yaml"), m_window->draft()->text().toStdString()));
        QCOMPARE(m_window->document()->path(), path("saved.yaml"));
        const QString more = QString::fromUtf8(with("    - timeout: 250ms\n", "    - timeout: 250ms\n    - bulkhead: { max_concurrent: 50 }\n"));
        m_window->textPanel()->editor()->replaceText(more);
        m_window->draft()->type(more);
        QVERIFY(m_window->draft()->readNow());
        QVERIFY(row("policies.edge.3.max_concurrent")); // other rows
        QCOMPARE(filter->text(), QString("rate"));
        QVERIFY(m_window->save());
    }

    // ---- the library

    void noRowMovesWhenOneIsChosen()
    {
        keepRuns(6);
        QListView *list = library()->list();
        list->scrollToBottom();
        waitUntilDrawn();
        const QModelIndex low = list->model()->index(list->model()->rowCount() - 1, 0);
        QVERIFY(list->viewport()->rect().intersects(list->visualRect(low)));
        const QSize size = list->size();
        const QRect place = list->visualRect(low);
        library()->select({low.data(RunListModel::IdRole).toLongLong()});
        waitUntilDrawn();
        QCOMPARE(list->size(), size);
        QVERIFY(list->viewport()->rect().intersects(place));
        list->clearSelection();
        waitUntilDrawn();
        QCOMPARE(list->size(), size);
        QVERIFY(!library()->tags()->isEnabled() && !library()->notes()->isEnabled()); // of which run?
    }

    void aReopenedRunKeepsItsTimeAndPlace()
    {
        keepRuns(6);
        const KeptRun oldest = kept().back();
        library()->select({oldest.id});
        emit library()->openRequested(oldest.id);
        QTRY_VERIFY2_WITH_TIMEOUT(message().contains("ran again as it was kept"), qPrintable(message()), 30000);
        m_window->library()->flush();
        waitUntilDrawn();
        QCOMPARE(kept().size(), std::size_t(6));
        QCOMPARE(kept().back().id, oldest.id);
        QCOMPARE(kept().back().kept, oldest.kept);
        QCOMPARE(library()->selected(), std::vector<qint64>{oldest.id});
        const QListView *list = library()->list();
        const QModelIndex chosen = list->selectionModel()->selectedRows().front();
        QVERIFY(list->viewport()->rect().contains(list->visualRect(chosen).center()));
        // The next new run comes above it, and does not push it out.
        m_window->tuning()->resetAll();
        QVERIFY(m_window->tuning()->edit(*m_window->tuning()->find("policies.edge.2.after"), "300ms"));
        restartAndRun();
        QTRY_COMPARE_WITH_TIMEOUT(kept().size(), std::size_t(7), 10000);
        waitUntilDrawn();
        QVERIFY(list->viewport()->rect().contains(list->visualRect(list->selectionModel()->selectedRows().front()).center()));
    }

    void aRowSaysWhatTellsItsRunFromOthers()
    {
        KeptRun run;
        run.seed = 7;
        QCOMPARE(differencesText(run), QString("seed 7"));
        run.tuned = QStringList{"policies.edge.0.max_attempts: 5", "policies.edge.1.window.size: 50", "services.db.workers: 4"};
        run.changes = QStringList{QString::fromUtf8("12.4 s policies.edge.1.recovery_timeout: 5s → 2s")};
        QCOMPARE(differencesText(run), QString::fromUtf8("Db workers 4, Max attempts 5, Window size 50, 12.4 s Recovery timeout 5s → 2s · seed 7"));
        // In a narrow row the names give way, never the values; what has no room at all is counted.
        const QFont font = Theme::axisFont();
        const QString whole = changesLine(changesOf(run), font, 1e4);
        QCOMPARE(whole, changesText(run));
        run.changes.clear();
        const std::vector<RunChange> three = changesOf(run);
        for (double width = textWidth(changesLine(three, font, 1e4), font); width > 60; width -= 7) {
            const QString line = changesLine(three, font, width);
            QVERIFY2(textWidth(line, font) <= width, qPrintable(line));
            const int shown = int(line.count(QLatin1String(", "))) + 1;
            QVERIFY2(line.contains(QRegularExpression(" 4\\b")), qPrintable(line));
            QVERIFY2(shown < 2 || line.contains(QRegularExpression(" 5\\b")), qPrintable(line));
            QVERIFY2(shown < 3 ? line.endsWith(QString("+%1").arg(3 - shown)) : line.endsWith(" 50"), qPrintable(line));
        }
        const std::vector<RunChange> one{{"Failure rate threshold", "95%"}};
        QVERIFY2(changesLine(one, font, 130).endsWith(" 95%"), qPrintable(changesLine(one, font, 130)));
        keepRuns(2);
        QSet<QString> told;
        for (int i = 0; i < 2; ++i)
            told.insert(library()->list()->model()->index(i, 0).data(Qt::AccessibleTextRole).toString().section("; ", 1));
        QCOMPARE(told.size(), qsizetype(2));
    }

    void twoRunsOfAnotherSeedNeverLookAlike_data()
    {
        QTest::addColumn<QStringList>("tuned");
        QTest::addColumn<QString>("notes");
        QTest::newRow("of the file") << QStringList() << QString();
        QTest::newRow("changed") << QStringList{"policies.edge.0.max_attempts: 5"} << QString();
        QTest::newRow("of the file, with notes") << QStringList() << "look at t = 20 s";
        QTest::newRow("changed, with notes") << QStringList{"policies.edge.0.max_attempts: 5"} << "look at t = 20 s";
    }
    void twoRunsOfAnotherSeedNeverLookAlike()
    {
        QFETCH(QStringList, tuned);
        QFETCH(QString, notes);
        KeptRun run;
        run.name = "retry_storm";
        run.kept = QDateTime::currentDateTimeUtc().addDays(-40);
        run.tuned = tuned;
        run.notes = notes;
        run.goodput = 0.982;
        run.p99 = Duration(340ms);
        run.trips = 7;
        QListWidget list;
        list.addItem(QString());
        const auto picture = [&](std::uint64_t seed, int width) {
            run.seed = seed;
            list.item(0)->setData(RunListModel::RunRole, QVariant::fromValue(run));
            list.item(0)->setData(RunListModel::HasChangesRole, !tuned.isEmpty());
            QStyleOptionViewItem option;
            option.initFrom(&list);
            const RunDelegate delegate;
            option.rect = QRect(0, 0, width, delegate.sizeHint(option, list.model()->index(0, 0)).height());
            QImage image(option.rect.size(), QImage::Format_RGB32);
            QPainter painter(&image);
            delegate.paint(&painter, option, list.model()->index(0, 0));
            return image;
        };
        for (int width = 180; width <= 400; width += 20) {
            QVERIFY2(picture(1, width) != picture(2, width), qPrintable(QString::number(width)));
            const auto most = std::numeric_limits<std::uint64_t>::max();
            QVERIFY2(picture(most, width) != picture(most - 1, width), qPrintable(QString::number(width)));
            QCOMPARE(picture(1, width), picture(1, width));
        }
    }

    /// A row has room for two changes or three: the ones that all listed runs share are not these.
    void aRowBeginsWithWhatNotAllRunsHave()
    {
        open();
        const auto set = [this](const char *path, const char *value) {
            QVERIFY(m_window->tuning()->edit(*m_window->tuning()->find(path), value));
        };
        const auto line = [this](int row) {
            const QModelIndex index = library()->list()->model()->index(row, 0);
            return changesText(index.data(RunListModel::RunRole).value<KeptRun>());
        };
        set("policies.edge.0.max_attempts", "3");
        set("policies.edge.0.initial_delay", "60ms");
        set("policies.edge.1.recovery_timeout", "4s");
        restartAndRun();
        QTRY_COMPARE_WITH_TIMEOUT(kept().size(), std::size_t(1), 10000);
        QVERIFY2(line(0).startsWith("Max attempts 3, "), qPrintable(line(0))); // of one run, in the order of the form
        set("policies.edge.2.after", "300ms");
        restartAndRun();
        QTRY_COMPARE_WITH_TIMEOUT(kept().size(), std::size_t(2), 10000);
        QCOMPARE(line(0), QString("After 300ms, Max attempts 3, Initial delay 60ms, Recovery timeout 4s"));
        QCOMPARE(line(1), QString("Max attempts 3, Initial delay 60ms, Recovery timeout 4s"));
        set("policies.edge.1.recovery_timeout", "6s");
        restartAndRun();
        QTRY_COMPARE_WITH_TIMEOUT(kept().size(), std::size_t(3), 10000);
        QVERIFY2(line(0).startsWith("Recovery timeout 6s, After 300ms, Max attempts"), qPrintable(line(0)));
        QVERIFY2(line(2).startsWith("Recovery timeout 4s, Max attempts"), qPrintable(line(2))); // not in all of them any more
    }

    // ---- the pointer that lies still

    /// The box at the pointer is of the place that the pointer has put the cursor to, and of no other.
    void steppingTakesAwayWhatThePointerHasAsked()
    {
        open();
        runToEnd();
        m_window->tracks()->reveal("breakers");
        auto *chart = m_window->findChild<BreakerChart *>();
        QVERIFY(record()->transitions.size() > 2);
        waitUntilDrawn();
        const auto isBoxShown = [this] {
            const auto boxes = m_window->findChildren<ReadoutBox *>();
            return std::any_of(boxes.begin(), boxes.end(), [](const ReadoutBox *box) { return box->isVisible(); });
        };
        moveTo(chart, {int(chart->timeAxis().toPixel(record()->transitions[1].at)), int(chart->plotRect().top()) + 26});
        QTRY_VERIFY(isBoxShown());
        for (const Qt::Key key : {Qt::Key_Period, Qt::Key_Period, Qt::Key_Comma}) {
            press(key);
            QTRY_VERIFY(!isBoxShown());
        }
        moveTo(chart, {int(chart->timeAxis().toPixel(Instant(10s))), int(chart->plotRect().top()) + 26}); // and the pointer asks again
        QTRY_VERIFY(isBoxShown());
        leave(chart);
        QTRY_VERIFY(!isBoxShown());
    }

    /// On its way to another chart the pointer puts the cursor elsewhere: the answer here is of no interest then.
    void theAnswerToARestingPointerGoesWhenThePointerIsInAnotherChart()
    {
        open();
        runToEnd();
        m_window->resize(1600, 1000);
        m_window->tracks()->reveal("breakers");
        waitUntilDrawn();
        auto *chart = m_window->findChild<BreakerChart *>();
        auto *answer = m_window->findChild<MomentPanel *>();
        moveTo(chart, {int(chart->timeAxis().toPixel(Instant(30s))), int(chart->plotRect().top()) + 26});
        QTRY_VERIFY_WITH_TIMEOUT(answer->isVisible(), 60000);
        leave(chart);
        m_window->timeAxis()->setCursor(Instant(12s));
        QTRY_VERIFY(!answer->isVisible());
        QTest::qWait(700); // twice as long as a pointer has to rest
        QVERIFY(!answer->isVisible()); // nothing was asked here
    }

    // ---- before a room

    void presentingEnlargesTheTitlesOfPanels()
    {
        open();
        /// The height of the letters in the title of a dock, which stand above its contents.
        const auto letters = [](const QDockWidget *dock) {
            const QImage image = const_cast<QDockWidget *>(dock)->grab(QRect(0, 0, dock->width() / 2, dock->widget()->y())).toImage();
            const QColor ground = image.pixelColor(image.width() - 1, image.height() / 2);
            int top = image.height(), bottom = 0;
            for (int y = 0; y < image.height(); ++y) {
                for (int x = 0; x < image.width(); ++x) {
                    if (std::abs(image.pixelColor(x, y).lightness() - ground.lightness()) > 60) {
                        top = std::min(top, y);
                        bottom = std::max(bottom, y + 1);
                    }
                }
            }
            return bottom - top;
        };
        const int before = letters(dock("topology"));
        const int bar = dock("topology")->widget()->y();
        QVERIFY2(before > 5, qPrintable(QString::number(before)));
        m_window->findChild<QAction *>("presentation")->setChecked(true);
        waitUntilDrawn();
        const double scale = double(QApplication::font().pixelSize()) / 13;
        QVERIFY(scale >= 1.19);
        for (const char *name : {"topology", "compare"}) {
            dock(name)->show();
            waitUntilDrawn();
            QVERIFY2(letters(dock(name)) >= before * (scale - 0.1), qPrintable(QString("%1: %2 instead of %3").arg(name).arg(letters(dock(name))).arg(before)));
            QVERIFY2(dock(name)->widget()->y() > bar, qPrintable(QString::number(dock(name)->widget()->y())));
        }
        m_window->findChild<QAction *>("presentation")->setChecked(false);
        waitUntilDrawn();
        QCOMPARE(letters(dock("topology")), before);
    }

    // ---- what nobody waits for

    void dismissedAdoptionIsComparedNoLonger()
    {
        open();
        runToEnd();
        emit m_window->page("sweep")->settingsAdopted({{kAttempts.toStdString(), "2"}});
        QVERIFY2(message().startsWith("Adopted"), qPrintable(message()));
        QVERIFY(m_window->adoption().isComputing());
        QVERIFY(pressButton(m_window->messageBar(), "Dismiss"));
        QVERIFY(!m_window->adoption().isComputing());
        QVERIFY(!m_window->adoption().hasComparison());
        // The same when there is something else to say.
        emit m_window->page("sweep")->settingsAdopted({{kAttempts.toStdString(), "3"}});
        QVERIFY(m_window->adoption().isComputing());
        m_window->messageBar()->showMessage(MessageBar::Kind::Info, "something else");
        QVERIFY(!m_window->adoption().isComputing());
    }

    /// A line of the text is there or not; "true" is a value of a setting.
    void whatDiffersHasOneWordForTrue()
    {
        applyLanguage(*qApp, "de");
        const auto scenario = [](const QByteArray &text) {
            return loadScenarioText(text.toStdString(), "tuned.yaml", standardVocabulary()).scenario;
        };
        const Variants variants{{"a", scenario(kTunedScenario), {}, {}, {}}, {"b", scenario(with("processes: 2", "processes: 3")), {}, {}, {}}};
        QStringList values;
        for (const DifferenceRow &one : differencesOf(variants))
            values += one.values;
        applyLanguage(*qApp, "en");
        QVERIFY(!values.isEmpty());
        QVERIFY2(values.contains(QString(QChar(0x2713))) && !values.contains("ja") && !values.contains("yes"), qPrintable(values.join('|')));
    }
};

QTEST_MAIN(TestPanels)
#include "tst_panels.moc"
