// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/fake_engine.h"
#include "tests/support/lab_window.h"
#include "tests/support/tuned_scenario.h"
#include "ui/command_palette.h"
#include "ui/main_window.h"
#include "ui/run_engine.h"
#include "ui/scenario/text_editor.h"
#include "ui/scenario/text_panel.h"
#include "ui/steady_label.h"
#include "ui/theme.h"
#include "ui/tracks_area.h"
#include "ui/tuning/layer_group.h"
#include "ui/tuning/tuning_panel.h"
#include "ui/views/elided_label.h"
#include "ui/views/spoken_chart.h"
#include "ui/views/topology_chart.h"
#include "ui/views/view.h"
#include "ui/wrapped_text.h"

#include <QAccessible>
#include <QAction>
#include <QApplication>
#include <QDialog>
#include <QDir>
#include <QDockWidget>
#include <QFile>
#include <QHash>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QMenuBar>
#include <QRegularExpression>
#include <QSet>
#include <QSlider>
#include <QTemporaryDir>
#include <QTest>

#include <memory>
#include <set>

using namespace halfopen;
using namespace halfopen::test;
using namespace std::chrono_literals;

namespace {

QString describe(const QWidget *widget)
{
    QStringList chain;
    for (; widget; widget = widget->parentWidget())
        chain.prepend(QString::fromLatin1(widget->metaObject()->className())
                      + (widget->objectName().isEmpty() ? QString() : QLatin1Char('#') + widget->objectName()));
    return chain.mid(std::max(qsizetype(0), chain.size() - 4)).join(QStringLiteral(" > "));
}

/// Qt's own helpers inside of a control, which stand for nothing of their own.
bool isInnerPart(const QWidget *widget)
{
    return widget->objectName().startsWith(QLatin1String("qt_")) || widget->focusProxy();
}

std::vector<QWidget *> focusable(QWidget *window)
{
    std::vector<QWidget *> all;
    for (QWidget *each : window->findChildren<QWidget *>()) {
        if (each->focusPolicy() != Qt::NoFocus && each->isVisible() && each->window() == window && !isInnerPart(each))
            all.push_back(each);
    }
    return all;
}

} // namespace

/// What a screen reader and a keyboard find in the window.
class TestAccessibility : public QObject {
    Q_OBJECT
private:
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<MainWindow> m_window;

    /// The first window that has no good name or role for something, or empty.
    static QString firstNameless(QWidget *window)
    {
        static const std::set<int> senseless{QAccessible::NoRole, QAccessible::Client, QAccessible::Pane, QAccessible::Grouping};
        QStringList bad;
        for (QWidget *each : focusable(window)) {
            QAccessibleInterface *interface = QAccessible::queryAccessibleInterface(each);
            if (!interface)
                bad += "no interface: " + describe(each);
            else if (interface->text(QAccessible::Name).trimmed().isEmpty())
                bad += "no name: " + describe(each);
            else if (senseless.count(interface->role()))
                bad += QStringLiteral("role %1: %2").arg(interface->role()).arg(describe(each));
        }
        return bad.join(QLatin1Char('\n'));
    }

    /// What can be focused by Tab but is not when one goes on from anywhere; one per line.
    QString missedByTheTabKey()
    {
        std::set<QWidget *> wanted;
        for (QWidget *each : focusable(m_window.get())) {
            if (each->focusPolicy() & Qt::TabFocus && each->isEnabled() && !each->visibleRegion().isEmpty())
                wanted.insert(each);
        }
        if (wanted.size() <= 30)
            return QStringLiteral("only %1 to reach").arg(wanted.size());
        m_window->activateWindow();
        (*wanted.begin())->setFocus();
        std::set<QWidget *> reached;
        for (int i = 0; i < 2000; ++i) {
            QWidget *focus = QApplication::focusWidget();
            if (!focus)
                break;
            reached.insert(focus);
            if (qobject_cast<TextEditor *>(focus))
                QTest::keyClick(focus, Qt::Key_Tab, Qt::ControlModifier); // Tab alone is a part of the text
            else
                QTest::keyClick(focus, Qt::Key_Tab);
            if (i > 20 && QApplication::focusWidget() == *wanted.begin())
                break;
        }
        QStringList missed;
        for (QWidget *each : wanted) {
            if (!reached.count(each) && each->isVisible() && each->isEnabled())
                missed += describe(each);
        }
        return missed.join('\n');
    }

private slots:
    void initTestCase()
    {
        QVERIFY(applyTheme(*qApp, ThemeKind::Dark));
        QAccessible::setActive(true);
    }
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        const QString path = m_folder->filePath("tuned.yaml");
        writeFile(path, kTunedScenario);
        m_window = shownWindow(*m_folder, simulationEngines(), {1600, 1200});
        QVERIFY(m_window->openScenario(path));
        QTRY_VERIFY(m_window->controller()->record());
        m_window->controller()->seekTime(Instant(30s));
        QTRY_VERIFY(m_window->controller()->record() && m_window->controller()->record()->now == Instant(30s));
        for (Track *track : m_window->tracks()->tracks())
            track->setExpanded(true);
    }
    void cleanup() { m_window.reset(); }

    void everythingThatTakesTheFocusHasANameAndARole()
    {
        QCOMPARE(firstNameless(m_window.get()), QString());
        for (QDockWidget *dock : m_window->findChildren<QDockWidget *>()) { // those behind a tab, too
            dock->raise();
            QTest::qWait(10);
            QVERIFY2(firstNameless(m_window.get()).isEmpty(), qPrintable(dock->windowTitle() + '\n' + firstNameless(m_window.get())));
        }
    }

    void dialogsToo()
    {
        for (const char *name : {"shortcuts", "about", "palette"}) {
            m_window->findChild<QAction *>(name)->trigger();
            QTest::qWait(20);
        }
        const QList<QDialog *> dialogs = m_window->findChildren<QDialog *>();
        QCOMPARE(dialogs.size(), 3);
        for (QDialog *dialog : dialogs)
            QVERIFY2(firstNameless(dialog).isEmpty(), qPrintable(dialog->objectName() + '\n' + firstNameless(dialog)));
    }

    void theHelpToo()
    {
        m_window->showHelp("retry");
        m_window->findChild<QAction *>("help_topics")->trigger();
        QTest::qWait(20);
        QCOMPARE(firstNameless(m_window.get()), QString());
        QCOMPARE(missedByTheTabKey(), QString());
    }

    void theTabKeyReachesEverything()
    {
        QCOMPARE(missedByTheTabKey(), QString());
        for (int page = 1; page <= 2; ++page) { // those of many runs
            m_window->showPage(page);
            QTest::qWait(10);
            QCOMPARE(missedByTheTabKey(), QString());
        }
    }

    void theTabKeyReachesEverythingBeforeTheRun()
    {
        m_window->restart();
        QTRY_COMPARE(m_window->controller()->now().ns(), Instant().ns());
        QTRY_VERIFY(!m_window->findChild<TopologyChart *>()->isVisible()); // the views are empty
        QCOMPARE(missedByTheTabKey(), QString());
        for (Track *track : m_window->tracks()->tracks()) {
            track->view()->setFocus();
            QVERIFY2(track->view()->isAncestorOf(QApplication::focusWidget()), qPrintable(track->id()));
        }
    }

    void tabGoesFromTheFilterToTheSettings()
    {
        auto *panel = m_window->findChild<TuningPanel *>();
        panel->filter()->setFocus();
        QTest::keyClick(panel->filter(), Qt::Key_Tab);
        const auto group = [] {
            const QWidget *focus = QApplication::focusWidget();
            while (focus && !qobject_cast<const LayerGroup *>(focus))
                focus = focus->parentWidget();
            return focus;
        };
        QCOMPARE(group(), panel->findChildren<LayerGroup *>().constFirst());
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Backtab);
        QCOMPARE(QApplication::focusWidget(), panel->filter());
    }

    void theKeysOfTheWindowActWithASliderClicked()
    {
        auto *slider = m_window->findChild<TuningPanel *>()->findChild<QSlider *>();
        QTest::mouseClick(slider, Qt::LeftButton);
        QCOMPARE(QApplication::focusWidget(), slider);
        const Duration before = m_window->timeAxis()->visibleRange().length();
        QTest::keyClick(slider, Qt::Key_W);
        QVERIFY(m_window->timeAxis()->visibleRange().length() < before);
        QVERIFY(!m_window->controller()->isMoving());
        QTest::keyClick(slider, Qt::Key_Space);
        QTRY_VERIFY(m_window->controller()->isMoving());
        QTest::keyClick(slider, Qt::Key_Space);
        QTRY_VERIFY(!m_window->controller()->isMoving());
    }

    void f6GoesFromAreaToArea()
    {
        std::set<QWidget *> areas;
        QStringList way;
        for (int i = 0; i < 10; ++i) {
            QTest::keyClick(m_window.get(), Qt::Key_F6);
            QWidget *focus = QApplication::focusWidget();
            QVERIFY(focus);
            QWidget *area = focus;
            while (area->parentWidget() && area->parentWidget() != m_window.get())
                area = area->parentWidget();
            areas.insert(area);
            way += describe(focus);
        }
        QVERIFY2(areas.size() >= 5, qPrintable(way.join('\n'))); // topology, scenario, centre, tuning, transport
        m_window->findChild<QAction *>("edit_text")->trigger();
        QVERIFY(m_window->textPanel()->editor()->hasFocus());
        QTest::keyClick(m_window->textPanel()->editor(), Qt::Key_F6);
        QVERIFY(QApplication::focusWidget() && !m_window->textPanel()->isAncestorOf(QApplication::focusWidget()));
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_F6, Qt::ShiftModifier);
        QVERIFY(m_window->textPanel()->isAncestorOf(QApplication::focusWidget()));
    }

    void chartsSayWhatTheyShow()
    {
        int charts = 0;
        QString all;
        for (QWidget *each : m_window->findChildren<QWidget *>()) {
            if (!dynamic_cast<SpokenChart *>(each) || !each->isVisible())
                continue;
            ++charts;
            QAccessibleInterface *interface = QAccessible::queryAccessibleInterface(each);
            QVERIFY(interface);
            const QString spoken = interface->text(QAccessible::Value);
            QVERIFY2(!spoken.isEmpty(), qPrintable(describe(each)));
            QVERIFY(interface->text(QAccessible::Description).contains(spoken));
            all += spoken + '\n';
        }
        QVERIFY(charts >= 6);
        all.replace(QChar(0xA0), ' ');
        // 200 calls a second for 30 s.
        QVERIFY2(all.contains("30 s of 1 min"), qPrintable(all));
        QVERIFY2(all.contains("calls ended: success"), qPrintable(all));
        QVERIFY2(all.contains("p99.9"), qPrintable(all));
        QVERIFY2(all.contains("breakers"), qPrintable(all));
    }

    /// What is drawn without a QLabel is heard as one.
    void textsThatChangeAllTheTimeAreTexts()
    {
        QStringList heard;
        for (const SteadyLabel *label : m_window->findChildren<SteadyLabel *>()) {
            QAccessibleInterface *interface = QAccessible::queryAccessibleInterface(const_cast<SteadyLabel *>(label));
            QVERIFY(interface);
            QCOMPARE(interface->role(), QAccessible::StaticText);
            QVERIFY(!interface->text(QAccessible::Name).isEmpty());
            QCOMPARE(interface->text(QAccessible::Description), label->text());
            heard += label->text();
        }
        QVERIFY(heard.size() >= 2);
        QVERIFY2(heard.join(QLatin1Char(' ')).replace(QChar(0xA0), QLatin1Char(' ')).contains("30 s / 1 min"), qPrintable(heard.join(QLatin1Char(' '))));
        const QList<ElidedLabel *> captions = m_window->findChildren<ElidedLabel *>();
        QVERIFY(captions.size() >= 3);
        for (ElidedLabel *caption : captions) {
            QAccessibleInterface *interface = QAccessible::queryAccessibleInterface(caption);
            QVERIFY(interface);
            QCOMPARE(interface->role(), QAccessible::StaticText);
            QCOMPARE(interface->text(QAccessible::Name), caption->text());
        }
        WrappedText text;
        text.setHtml("<b>p99</b> 12 ms &middot; worse");
        QAccessibleInterface *interface = QAccessible::queryAccessibleInterface(&text);
        QVERIFY(interface);
        QCOMPARE(interface->role(), QAccessible::StaticText);
        QCOMPARE(interface->text(QAccessible::Name), QString::fromUtf8("p99 12 ms · worse"));
    }

    void everyCommandWithAKeyIsInTheListOfKeys()
    {
        m_window->findChild<QAction *>("shortcuts")->trigger();
        auto *dialog = m_window->findChild<QDialog *>("shortcuts_dialog");
        QVERIFY(dialog);
        QString shown;
        for (const QLabel *label : dialog->findChildren<QLabel *>())
            shown += label->text();
        for (const QAction *action : m_window->actions()) {
            for (const QKeySequence &key : action->shortcuts()) {
                const QString text = "<b>" + key.toString(QKeySequence::NativeText).toHtmlEscaped() + "</b>";
                QVERIFY2(shown.contains(text), qPrintable(action->text() + ' ' + text));
            }
        }
    }

    /// What the views and the time bar take themselves, read from their own lines.
    void everyKeyOfAViewIsInTheListOfKeys()
    {
        m_window->findChild<QAction *>("shortcuts")->trigger();
        auto *dialog = m_window->findChild<QDialog *>("shortcuts_dialog");
        QVERIFY(dialog);
        QString shown;
        for (const QLabel *label : dialog->findChildren<QLabel *>())
            shown += label->text();
        QStringList files{QStringLiteral(HALFOPEN_SOURCE_DIR "/ui/time_scrubber.cpp")};
        const QDir views(QStringLiteral(HALFOPEN_SOURCE_DIR "/ui/views"));
        for (const QString &name : views.entryList({"*.cpp"}))
            files += views.filePath(name);
        static const QRegularExpression taken("(?:case |== )Qt::Key_(\\w+)");
        const QHash<QString, QString> names{{"Comma", ","}, {"Period", "."}, {"Plus", "+"}, {"Minus", "-"}, {"Equal", "+"}, {"Escape", "Esc"},
                                            {"Enter", "Return"}, {"PageUp", "PgUp"}, {"PageDown", "PgDown"}};
        QSet<QString> found;
        for (const QString &path : files) {
            QFile file(path);
            QVERIFY(file.open(QIODevice::ReadOnly));
            auto matches = taken.globalMatch(QString::fromUtf8(file.readAll()));
            while (matches.hasNext()) {
                const QString key = matches.next().captured(1);
                found.insert(key);
                const QString text = "<b>" + names.value(key, key) + "</b>";
                QVERIFY2(shown.contains(text), qPrintable(path + ": " + key));
            }
        }
        QVERIFY(found.contains("E") && found.contains("PageUp") && found.size() > 15);
    }

    void everyCommandIsInAMenuAndNoKeyIsTakenTwice()
    {
        std::set<const QAction *> inMenus;
        std::vector<const QMenu *> menus;
        for (const QAction *top : m_window->menuBar()->actions())
            menus.push_back(top->menu());
        while (!menus.empty()) {
            const QMenu *menu = menus.back();
            menus.pop_back();
            for (const QAction *action : menu->actions()) {
                inMenus.insert(action);
                if (action->menu())
                    menus.push_back(action->menu());
            }
        }
        std::set<QString> keys;
        for (const QAction *action : m_window->actions()) {
            QVERIFY2(inMenus.count(action), qPrintable(action->text()));
            for (const QKeySequence &key : action->shortcuts())
                QVERIFY2(keys.insert(key.toString()).second, qPrintable(key.toString()));
        }
    }

    void theLettersZoomAndPanWhereverTheFocusIs()
    {
        if (QWidget *focus = QApplication::focusWidget())
            focus->clearFocus();
        const TimeRange before = m_window->timeAxis()->visibleRange();
        QTest::keyClick(m_window.get(), Qt::Key_W);
        const TimeRange zoomed = m_window->timeAxis()->visibleRange();
        QVERIFY(zoomed.length() < before.length());
        QTest::keyClick(m_window.get(), Qt::Key_A);
        QVERIFY(m_window->timeAxis()->visibleRange().from <= zoomed.from);
        QTest::keyClick(m_window.get(), Qt::Key_D);
        QTest::keyClick(m_window.get(), Qt::Key_S);
        QCOMPARE(m_window->timeAxis()->visibleRange().length().count(), before.length().count());
        // A line takes the letters itself.
        m_window->findChild<QAction *>("edit_text")->trigger();
        QTest::keyClick(m_window->textPanel()->editor(), Qt::Key_W);
        QVERIFY(m_window->textPanel()->editor()->text().startsWith('w'));
        QCOMPARE(m_window->timeAxis()->visibleRange().length().count(), before.length().count());
    }
};

QTEST_MAIN(TestAccessibility)
#include "tst_accessibility.moc"
