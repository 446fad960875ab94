// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The window's commands, their keys and menus.
#include "ui/command_palette.h"
#include "ui/compare/compare_panel.h"
#include "ui/help/help_panel.h"
#include "ui/help_dialogs.h"
#include "ui/icons.h"
#include "ui/library/library_panel.h"
#include "ui/main_window.h"
#include "ui/message_bar.h"
#include "ui/notices.h"
#include "ui/scenario/scenario_files.h"
#include "ui/scenario/scenario_menu.h"
#include "ui/time_scrubber.h"
#include "ui/tracks_area.h"
#include "ui/translation.h"
#include "ui/transport_bar.h"
#include "ui/tuning/tuning_panel.h"
#include "ui/views/time_navigator.h"
#include "ui/views/view.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QAbstractSlider>
#include <QAction>
#include <QActionGroup>
#include <QApplication>
#include <QComboBox>
#include <QDockWidget>
#include <QFileInfo>
#include <QKeyEvent>
#include <QLineEdit>
#include <QListView>
#include <QListWidget>
#include <QMenuBar>
#include <QMouseEvent>
#include <QShortcut>
#include <QTabBar>
#include <QUndoStack>

#include <algorithm>
#include <array>

namespace halfopen {
namespace {

template <typename T> bool isA(const QWidget *widget)
{
    return qobject_cast<const T *>(widget) != nullptr;
}

/// What a command does, for a list: the text of some changes with the state of the run.
QString commandName(const QAction &action)
{
    if (!action.whatsThis().isEmpty())
        return action.whatsThis();
    return action.text().remove(QLatin1Char('&')).remove(QChar(0x2026));
}

/// The commands of \a widget's own menu that have a key.
void addKeysOf(const QWidget &widget, ShortcutGroup &group)
{
    for (const QAction *action : widget.actions()) {
        if (!action->shortcuts().isEmpty())
            group.entries += {commandName(*action), action->shortcuts()};
    }
}

/// The view that \a widget is in, or null.
const View *viewOf(const QWidget *widget)
{
    for (; widget; widget = widget->parentWidget()) {
        if (const auto *view = qobject_cast<const View *>(widget))
            return view;
    }
    return nullptr;
}

bool isInHelp(const QWidget *widget)
{
    while (widget && !isA<HelpPanel>(widget))
        widget = widget->parentWidget();
    return widget != nullptr;
}

/// Also when it is in a dock that floats, which is a window of its own.
bool belongsTo(const QWidget *window, const QWidget *widget)
{
    while (widget && widget != window)
        widget = widget->parentWidget();
    return widget != nullptr;
}

/// True for a key that the focused control itself needs, so that no command of the window may take it: a check
/// box wants the space key, a slider the arrows, a chart its keys of navigation.
bool controlWants(const QWidget *focus, const QKeyEvent &key)
{
    if (!focus || (key.modifiers() & ~(Qt::ShiftModifier | Qt::KeypadModifier)))
        return false;
    const bool isList = isA<QComboBox>(focus) || isA<QAbstractItemView>(focus);
    switch (key.key()) {
    case Qt::Key_Space:
        return isList || isA<QAbstractButton>(focus);
    case Qt::Key_Left:
    case Qt::Key_Right:
    case Qt::Key_Home:
    case Qt::Key_End:
        return isList || isA<QAbstractSlider>(focus) || isA<QTabBar>(focus) || isA<TimeScrubber>(focus)
            || focus->inherits("QPlainTextEdit") || focus->inherits("QTextEdit") || viewOf(focus);
    case Qt::Key_Escape: { // clears what is picked in a view first, leaves the help
        const View *view = viewOf(focus);
        return (view && view->holdsSomething()) || isInHelp(focus);
    }
    case Qt::Key_F:
    case Qt::Key_W:
    case Qt::Key_S:
    case Qt::Key_A:
    case Qt::Key_D:
    case Qt::Key_R:
        return isList; // which looks for what is typed
    default:
        return false;
    }
}

} // namespace

bool MainWindow::isOwnWidget(const QObject *object) const
{
    const auto *widget = qobject_cast<const QWidget *>(object);
    return widget && isAncestorOf(widget);
}

bool MainWindow::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::ShortcutOverride && belongsTo(this, QApplication::focusWidget())
        && controlWants(QApplication::focusWidget(), *static_cast<QKeyEvent *>(event))) {
        event->accept();
        return true;
    }
    const bool isInput = event->type() == QEvent::MouseButtonPress || event->type() == QEvent::KeyPress;
    if (isInput && isOwnWidget(watched))
        m_comesBack.stop(); // from here on the window is as its user arranges it
    if (event->type() == QEvent::MouseButtonPress && watched->isWidgetType()) {
        auto *pressed = static_cast<QWidget *>(watched);
        const QPoint at = static_cast<QMouseEvent *>(event)->globalPosition().toPoint();
        // What is disabled passes the press on to what lies around it.
        const bool isPassedOn = m_pressedDisabled && at == m_pressedAt;
        if (!isPassedOn)
            m_pressedDisabled = !pressed->isEnabled() && belongsTo(this, pressed) ? pressed : nullptr;
        m_pressedAt = at;
        if (const auto *tabs = qobject_cast<const QTabBar *>(pressed))
            pickTab(*tabs, *static_cast<QMouseEvent *>(event));
    } else if (event->type() == QEvent::KeyPress && static_cast<QKeyEvent *>(event)->key() != Qt::Key_F1) {
        m_pressedDisabled = nullptr;
    }
    // A scenario may be dropped anywhere: a field of text would take the name of its file.
    const bool isDrag = event->type() == QEvent::DragEnter || event->type() == QEvent::DragMove || event->type() == QEvent::Drop;
    if (isDrag && watched != this && isOwnWidget(watched) && takeDrop(static_cast<QDropEvent *>(event)))
        return true;
    return QMainWindow::eventFilter(watched, event);
}

/// A click at a tab of the centre or of the panels. Tabs take no focus when they are clicked: it goes to what comes up, so that
/// no key meets what goes. Other buttons than the left one pick nothing.
void MainWindow::pickTab(const QTabBar &tabs, const QMouseEvent &press)
{
    const int tab = tabs.tabAt(press.position().toPoint());
    if (press.button() != Qt::LeftButton || tab < 0)
        return;
    if (&tabs == m_pageTabs) {
        showPage(tab); // before the tabs do it themselves
        focusCentre();
    } else if (tabs.parent() == this) { // the panels'
        leaveForTab(tabs.tabText(tab).remove(QLatin1Char('&')));
    }
}

QAction *MainWindow::addCommand(const QString &name, const QString &text, const QList<QKeySequence> &keys,
                                const QString &icon)
{
    auto *action = new QAction(text, this);
    action->setObjectName(name);
    action->setShortcuts(keys);
    if (!icon.isEmpty())
        action->setIcon(themedIcon(icon));
    addAction(action); // keys work whether or not a menu shows it
    return action;
}

void MainWindow::buildActions()
{
    using Key = QKeySequence;
    m_do.open = addCommand("open", tr("&Open…"), {Key::Open}, "open");
    m_do.openLast = addCommand("open_last", tr("Open the last scenario at s&tart"), {});
    m_do.openLast->setCheckable(true);
    m_do.openLast->setChecked(m_settings->opensLastFile());
    m_do.save = addCommand("save", tr("&Save"), {Key::Save}, "save");
    m_do.saveAs = addCommand("save_as", tr("Save &as scenario…"), {Key("Ctrl+Shift+S")});
    m_do.reload = addCommand("reload", tr("&Reload from disk"), {Key("F5")});
    m_do.quit = addCommand("quit", tr("&Quit"), {Key("Ctrl+Q")});
    m_do.undo = m_tuning.undoStack()->createUndoAction(this, tr("&Undo"));
    m_do.undo->setShortcuts({Key("Ctrl+Z")});
    m_do.undo->setIcon(themedIcon("undo"));
    m_do.redo = m_tuning.undoStack()->createRedoAction(this, tr("&Redo"));
    m_do.redo->setShortcuts({Key("Ctrl+Shift+Z"), Key("Ctrl+Y")});
    m_do.redo->setIcon(themedIcon("redo"));
    m_do.resetAll = addCommand("reset_all", tr("Reset &all settings"), {}, "reset");
    m_do.filter = addCommand("filter", tr("&Find a setting"), {Key::Find});
    m_do.editText = addCommand("edit_text", tr("Edit the &text"), {Key("F4")});
    m_do.playPause = addCommand("play_pause", tr("Play"), {Key("Space")}, "play");
    m_do.playPause->setWhatsThis(tr("Play and pause"));
    m_do.restart = addCommand("restart", tr("Start over"), {Key("Ctrl+R")}, "restart");
    m_do.step = addCommand("step", tr("Step one event"), {Key("Right"), Key("Ctrl+Right")}, "step");
    m_do.nextTransition = addCommand("next_transition", tr("Next transition"), {Key(".")}, "next_transition");
    m_do.previousTransition = addCommand("previous_transition", tr("Previous transition"), {Key(",")});
    m_do.toEnd = addCommand("to_end", tr("Run to the end"), {Key("Ctrl+E")});
    m_do.stop = addCommand("stop", tr("End the run here"), {});
    m_do.faster = addCommand("faster", tr("Faster"), {Key("]")}, "speed");
    m_do.slower = addCommand("slower", tr("Slower"), {Key("[")});
    m_do.realTime = addCommand("real_time", tr("Real time"), {Key("Ctrl+1")});
    m_do.fastest = addCommand("fastest", tr("As fast as possible"), {Key("Ctrl+0")});
    m_do.fromNowOn = addCommand("from_now_on", tr("Changes act from now on"), {});
    m_do.fromNowOn->setIconText(tr("From now on"));
    m_do.fromNowOn->setToolTip(tr("A change acts in the present run, from this moment on"));
    m_do.whatIf = addCommand("what_if", tr("Changes run it all again (what if)"), {Key("Ctrl+T")});
    m_do.whatIf->setIconText(tr("What if"));
    m_do.whatIf->setToolTip(tr("A change runs the whole scenario again, with the one before as the ghost behind it  (Ctrl+T)"));
    // One of the two is always on; its key or button pressed again changes over to the other one.
    auto *modes = new QActionGroup(this);
    modes->setExclusionPolicy(QActionGroup::ExclusionPolicy::ExclusiveOptional);
    for (QAction *action : {m_do.fromNowOn, m_do.whatIf}) {
        action->setCheckable(true);
        modes->addAction(action);
    }
    m_do.fromNowOn->setChecked(true);
    m_do.keepGhost = addCommand("keep_ghost", tr("Keep this run as the ghost"), {Key("Ctrl+K")});
    m_do.clearGhost = addCommand("clear_ghost", tr("Forget the ghost"), {Key("Ctrl+Shift+K")});
    m_do.zoomIn = addCommand("zoom_in", tr("Zoom in"), {Key("W"), Key("+")});
    m_do.zoomOut = addCommand("zoom_out", tr("Zoom out"), {Key("S"), Key("-")});
    m_do.earlier = addCommand("earlier", tr("Earlier"), {Key("A")});
    m_do.later = addCommand("later", tr("Later"), {Key("D")});
    m_do.zoomSelection = addCommand("zoom_selection", tr("Zoom to the selection"), {Key("R")});
    m_do.nextArea = addCommand("next_area", tr("Next area"), {Key("F6")});
    m_do.previousArea = addCommand("previous_area", tr("Previous area"), {Key("Shift+F6")});
    m_do.clear = addCommand("clear", tr("Clear selection and cursor"), {Key("Esc")});
    m_do.showAll = addCommand("show_all", tr("Show the whole run"), {Key("Home")});
    m_do.follow = addCommand("follow", tr("Follow the present"), {Key("F")});
    m_do.follow->setCheckable(true);
    m_do.presentation = addCommand("presentation", tr("&Presentation"), {Key("F11")});
    m_do.presentation->setCheckable(true);
    m_do.presentation->setToolTip(tr("Everything larger, the whole screen, no side panels  (F11)"));
    m_do.library = addCommand("library", tr("Run li&brary"), {Key("Ctrl+L")});
    m_do.compare = addCommand("compare", tr("&Compare variants over many seeds…"), {Key("Ctrl+M")});
    m_do.report = addCommand("report", tr("Run re&port…"), {Key("Ctrl+Shift+E")});
    m_do.palette = addCommand("palette", tr("&Commands…"), {Key("Ctrl+Shift+P")});
    m_do.resetLayout = addCommand("reset_layout", tr("Reset the layout"), {});
    m_do.shortcuts = addCommand("shortcuts", tr("&Keyboard shortcuts"), {Key("?")});
    m_do.help = addCommand("help", tr("&Help on what has the focus"), {Key("F1")});
    m_do.helpTopics = addCommand("help_topics", tr("&Topics of the help"), {Key("Ctrl+F1")});
    m_do.about = addCommand("about", tr("&About Halfopen"), {});

    connect(m_do.open, &QAction::triggered, this, &MainWindow::chooseFile);
    connect(m_do.openLast, &QAction::toggled, this, [this](bool on) { m_settings->setOpensLastFile(on); });
    connect(m_do.save, &QAction::triggered, this, &MainWindow::save);
    connect(m_do.saveAs, &QAction::triggered, this, &MainWindow::saveAs);
    connect(m_do.reload, &QAction::triggered, this, &MainWindow::reload);
    connect(m_do.quit, &QAction::triggered, this, &MainWindow::close);
    connect(m_do.resetAll, &QAction::triggered, &m_tuning, &TuningModel::resetAll);
    connect(&m_tuning, &TuningModel::changedCountChanged, m_do.resetAll, [this](int n) { m_do.resetAll->setEnabled(n > 0); });
    m_do.resetAll->setEnabled(false);
    connect(m_do.filter, &QAction::triggered, this, [this] {
        const auto open = [this] {
            bringUp(m_tuningDock);
            m_tuningPanel->filter()->setFocus();
            m_tuningPanel->filter()->selectAll();
        };
        // The line itself is part of a panel that may have been there before: then its key means the line alone.
        const bool isInside = m_tuningDock->isAncestorOf(QApplication::focusWidget());
        if (isInside && !(m_tuningPanel->filter()->hasFocus() && wasOpenedByKey(m_tuningDock)))
            open();
        else
            toggleByKey(m_tuningDock, open);
    });
    connect(m_do.editText, &QAction::triggered, this, [this] { toggleByKey(m_textDock, [this] { editText(); }); });
    connect(m_do.playPause, &QAction::triggered, this, &MainWindow::togglePlay);
    connect(m_do.restart, &QAction::triggered, this, &MainWindow::restart);
    connect(m_do.step, &QAction::triggered, this, [this] {
        dropGoal(); // the user has taken over
        m_controller.step();
    });
    connect(m_do.nextTransition, &QAction::triggered, this, &MainWindow::nextTransition);
    connect(m_do.previousTransition, &QAction::triggered, this, &MainWindow::previousTransition);
    connect(m_do.toEnd, &QAction::triggered, this, [this] {
        dropGoal();
        m_controller.seekTime(m_controller.endTime());
    });
    connect(m_do.stop, &QAction::triggered, this, [this] {
        dropGoal();
        m_controller.cancel();
    });
    connect(m_do.faster, &QAction::triggered, this, [this] { m_transport->changeSpeed(1); });
    connect(m_do.slower, &QAction::triggered, this, [this] { m_transport->changeSpeed(-1); });
    connect(m_do.realTime, &QAction::triggered, this, [this] { m_controller.setSpeed({1.0}); });
    connect(m_do.fastest, &QAction::triggered, this, [this] { m_controller.setSpeed(Speed::unlimited()); });
    connect(m_do.whatIf, &QAction::toggled, this, &MainWindow::setWhatIf);
    connect(m_do.whatIf, &QAction::toggled, this, [this](bool on) {
        if (!on)
            m_do.fromNowOn->setChecked(true);
    });
    connect(m_do.fromNowOn, &QAction::toggled, this, [this](bool on) {
        if (!on && !m_do.whatIf->isChecked())
            m_do.fromNowOn->setChecked(true); // it is no switch of its own
    });
    connect(m_do.keepGhost, &QAction::triggered, this, &MainWindow::keepGhost);
    connect(m_do.clearGhost, &QAction::triggered, this, &MainWindow::clearGhost);
    connect(m_do.zoomIn, &QAction::triggered, this, [this] { TimeNavigator::zoomByKey(m_axis, true); });
    connect(m_do.zoomOut, &QAction::triggered, this, [this] { TimeNavigator::zoomByKey(m_axis, false); });
    connect(m_do.earlier, &QAction::triggered, this, [this] { TimeNavigator::panByKey(m_axis, -1); });
    connect(m_do.later, &QAction::triggered, this, [this] { TimeNavigator::panByKey(m_axis, 1); });
    connect(m_do.zoomSelection, &QAction::triggered, &m_axis, &TimeAxisModel::showSelection);
    connect(m_do.nextArea, &QAction::triggered, this, [this] { focusArea(1); });
    connect(m_do.previousArea, &QAction::triggered, this, [this] { focusArea(-1); });
    connect(m_do.clear, &QAction::triggered, this, &MainWindow::clearMarks);
    connect(m_do.showAll, &QAction::triggered, &m_axis, &TimeAxisModel::showAll);
    connect(m_do.follow, &QAction::triggered, &m_axis, &TimeAxisModel::setFollowing);
    connect(&m_axis, &TimeAxisModel::modeChanged, this, [this] { m_do.follow->setChecked(m_axis.isFollowing()); });
    connect(m_do.presentation, &QAction::toggled, this, &MainWindow::setPresenting);
    connect(m_do.compare, &QAction::triggered, this, [this] { toggleByKey(m_compareDock, [this] { showCompare(); }); });
    connect(m_do.library, &QAction::triggered, this, [this] { toggleByKey(m_libraryDock, [this] { showLibrary(); }); });
    connect(m_do.report, &QAction::triggered, this, &MainWindow::exportReport);
    connect(m_do.palette, &QAction::triggered, this, &MainWindow::showPalette);
    connect(m_do.resetLayout, &QAction::triggered, this, &MainWindow::resetLayout);
    connect(m_do.shortcuts, &QAction::triggered, this, &MainWindow::showShortcuts);
    connect(m_do.help, &QAction::triggered, this, &MainWindow::showHelpOnFocus);
    connect(m_do.helpTopics, &QAction::triggered, this, &MainWindow::searchHelp);
    connect(m_do.about, &QAction::triggered, this, &MainWindow::showAbout);
}

void MainWindow::buildMenus()
{
    QMenu *file = menuBar()->addMenu(tr("&File"));
    file->addAction(m_do.open);
    m_recent = file->addMenu(tr("Open re&cent"));
    m_recent->setToolTipsVisible(true);
    connect(m_recent, &QMenu::aboutToShow, this, &MainWindow::fillRecentFiles);
    file->addAction(m_do.openLast);
    QMenu *examples = file->addMenu(tr("Scenarios of the &lab"));
    examples->setToolTipsVisible(true);
    connect(examples, &QMenu::aboutToShow, this, [this, examples] { fillExamples(examples); });
    file->addActions({m_do.library, m_do.reload});
    file->addSeparator();
    file->addActions({m_do.save, m_do.saveAs});
    file->addSeparator();
    file->addAction(m_do.report);
    QMenu *exports = file->addMenu(tr("&Export a view"));
    connect(exports, &QMenu::aboutToShow, this, [this, exports] { fillExports(exports); });
    file->addSeparator();
    file->addAction(m_do.quit);

    QMenu *edit = menuBar()->addMenu(tr("&Edit"));
    edit->addActions({m_do.undo, m_do.redo, m_do.undoDelete});
    edit->addSeparator();
    edit->addActions({m_do.editText, m_do.resetAll, m_do.filter});

    buildViewMenu();

    QMenu *run = menuBar()->addMenu(tr("&Run"));
    run->addActions({m_do.playPause, m_do.step, m_do.nextTransition, m_do.previousTransition, m_do.toEnd, m_do.stop,
                     m_do.restart});
    run->addSeparator();
    run->addActions({m_do.fromNowOn, m_do.whatIf, m_do.keepGhost, m_do.clearGhost, m_do.compare});
    run->addSeparator();
    run->addActions({m_do.faster, m_do.slower, m_do.realTime, m_do.fastest});

    QMenu *help = menuBar()->addMenu(tr("&Help"));
    help->addActions({m_do.help, m_do.helpTopics, m_do.palette, m_do.shortcuts});
    help->addSeparator();
    help->addAction(m_do.about);
}

void MainWindow::buildViewMenu()
{
    QMenu *view = menuBar()->addMenu(tr("&View"));
    buildPageMenu(view);
    for (Track *track : m_tracks->tracks()) {
        QAction *action = view->addAction(track->title());
        action->setCheckable(true);
        action->setChecked(true);
        connect(action, &QAction::toggled, m_tracks,
                [this, id = track->id()](bool shown) { m_tracks->setTrackShown(id, shown); });
        connect(m_tracks, &TracksArea::trackShownChanged, action, [action, id = track->id()](const QString &changed, bool shown) {
            if (changed == id)
                action->setChecked(shown);
        });
    }
    view->addSeparator();
    for (QDockWidget *dock : allDocks()) {
        view->addAction(dock->toggleViewAction());
        connect(dock->toggleViewAction(), &QAction::triggered, this, [this, dock](bool isShown) {
            if (isShown)
                bringUp(dock);
        });
    }
    view->addSeparator();
    view->addActions({m_do.follow, m_do.zoomIn, m_do.zoomOut, m_do.earlier, m_do.later, m_do.zoomSelection, m_do.showAll,
                      m_do.clear});
    view->addSeparator();
    view->addActions({m_do.nextArea, m_do.previousArea});
    view->addSeparator();
    buildThemeMenu(view);
    buildLanguageMenu(view);
    view->addActions({m_do.presentation, m_do.resetLayout});
}

void MainWindow::buildThemeMenu(QMenu *into)
{
    QMenu *menu = into->addMenu(themedIcon("theme"), tr("&Theme"));
    m_themes = new QActionGroup(this);
    const std::array choices{std::pair(ThemeKind::System, tr("As the system")), std::pair(ThemeKind::Light, tr("Light")),
                             std::pair(ThemeKind::Dark, tr("Dark"))};
    for (const auto &[kind, text] : choices) {
        QAction *action = menu->addAction(text);
        action->setCheckable(true);
        action->setData(int(kind));
        action->setChecked(kind == m_settings->theme());
        m_themes->addAction(action);
    }
    connect(m_themes, &QActionGroup::triggered, this, [this](const QAction *action) {
        const auto kind = ThemeKind(action->data().toInt());
        m_settings->setTheme(kind);
        useTheme(kind);
    });
}

void MainWindow::buildLanguageMenu(QMenu *into)
{
    QMenu *menu = into->addMenu(tr("&Language"));
    auto *choices = new QActionGroup(this);
    const QString before = m_settings->language();
    for (const Language &language : languages()) {
        QAction *action = menu->addAction(language.name);
        action->setCheckable(true);
        action->setChecked(language.code == m_settings->language());
        choices->addAction(action);
        connect(action, &QAction::triggered, this, [this, before, code = language.code] {
            m_settings->setLanguage(code);
            m_message->dismissAbout(kAboutLanguage);
            if (code == before)
                return; // as it is
            m_message->showMessage(MessageBar::Kind::Info, tr("The language changes at the next start."));
            m_message->setSubject(kAboutLanguage);
        });
    }
}

void MainWindow::useTheme(ThemeKind kind)
{
    (void)applyTheme(*qApp, kind, themeScale()); // fonts were found at the start, so this cannot fail now
    for (QAction *action : m_themes->actions())
        action->setChecked(action->data().toInt() == int(kind));
}

void MainWindow::fillRecentFiles()
{
    m_recent->clear();
    for (const QString &file : m_settings->recentFiles()) {
        QAction *action = m_recent->addAction(QFileInfo(file).fileName());
        action->setToolTip(file);
        connect(action, &QAction::triggered, this, [this, file] { openScenario(file); });
    }
    if (m_recent->isEmpty()) {
        m_recent->addAction(tr("none yet"))->setEnabled(false);
        return;
    }
    m_recent->addSeparator();
    connect(m_recent->addAction(tr("Forget them")), &QAction::triggered, this, [this] { m_settings->clearRecentFiles(); });
}

/// One menu for each folder; what lies in none comes first.
void MainWindow::fillExamples(QMenu *menu)
{
    fillScenarioMenu(menu, shippedFolder(), [this](const QString &path) { openScenario(path); }, {QStringLiteral("bench")});
}

void MainWindow::showPalette()
{
    std::vector<PaletteEntry> entries = paletteEntries(menuBar());
    addHelpTo(entries);
    auto *palette = new CommandPalette(std::move(entries), this);
    const QPoint middle = mapToGlobal(QPoint(width() / 2, height() / 8));
    palette->move(middle - QPoint(palette->width() / 2, 0));
    connect(new QShortcut(m_do.palette->shortcut(), palette), &QShortcut::activated, palette, &QWidget::close);
    palette->show();
}

void MainWindow::focusArea(int direction)
{
    // In reading order; an area that is hidden or behind another tab is left out.
    std::vector<QWidget *> areas;
    for (QDockWidget *dock : allDocks())
        areas.push_back(dock);
    areas.insert(std::find(areas.begin(), areas.end(), m_tuningDock), centralWidget());
    areas.push_back(m_transport);
    std::erase_if(areas, [this](const QWidget *area) {
        if (!area->isVisible() || area->isWindow())
            return !area->isVisible();
        // A dock behind another tab counts as visible, but lies outside of the window.
        return !rect().intersects(QRect(area->mapTo(this, QPoint()), area->size()));
    });
    if (areas.empty())
        return;
    const QWidget *focus = QApplication::focusWidget();
    const auto here = std::find_if(areas.begin(), areas.end(), [&](const QWidget *area) {
        return focus && area->isAncestorOf(focus);
    });
    const auto count = std::ptrdiff_t(areas.size());
    const std::ptrdiff_t from = here == areas.end() ? (direction > 0 ? -1 : 0) : here - areas.begin();
    for (std::ptrdiff_t i = 1; i <= count; ++i) { // an area may have nothing that takes the focus
        if (focusInto(areas[std::size_t(((from + i * direction) % count + count) % count)]))
            return;
    }
}

bool MainWindow::focusInto(const QWidget *area)
{
    for (QWidget *each = area->nextInFocusChain(); each != area; each = each->nextInFocusChain()) {
        if (area->isAncestorOf(each) && (each->focusPolicy() & Qt::TabFocus) && each->isVisible() && each->isEnabled()
            && !each->focusProxy()) {
            each->setFocus(Qt::TabFocusReason);
            return true;
        }
    }
    return false;
}

void MainWindow::showShortcuts()
{
    QList<ShortcutGroup> groups;
    for (const QAction *top : menuBar()->actions()) {
        ShortcutGroup group{top->text().remove(QLatin1Char('&')), {}};
        for (const QAction *action : top->menu()->actions()) {
            if (!action->shortcuts().isEmpty())
                group.entries += {commandName(*action), action->shortcuts()};
        }
        if (!group.entries.isEmpty())
            groups += group;
    }
    ShortcutGroup library{tr("In the run library"), {{tr("From the search into the list, and back"), {Qt::Key_Down, Qt::Key_Up}}, {tr("Open"), {Qt::Key_Return}}}};
    addKeysOf(*m_libraryPanel->list(), library);
    ShortcutGroup variants{tr("In the list of variants"), {}};
    for (const QListWidget *list : m_comparePanel->findChildren<QListWidget *>())
        addKeysOf(*list, variants);
    groups += {library, variants};
    halfopen::showShortcuts(groups, m_do.shortcuts->shortcut(), this);
}

void MainWindow::showAbout()
{
    halfopen::showAbout(this);
}

} // namespace halfopen
