// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The help beside the work: the page for what has the focus, and the way back to it.
#include "ui/command_palette.h"
#include "ui/help/help_panel.h"
#include "ui/help/help_property.h"
#include "ui/main_window.h"
#include "ui/message_bar.h"
#include "ui/models/help_place.h"
#include "ui/scenario/scenario_files.h"
#include "ui/scenario/text_editor.h"
#include "ui/theme.h"
#include "ui/tracks_area.h"
#include "ui/translation.h"
#include "ui/transport_bar.h"
#include "ui/views/view.h"
#include "ui/what_if_bar.h"

#include <QAction>
#include <QApplication>
#include <QCursor>
#include <QDockWidget>
#include <QLineEdit>
#include <QListWidget>
#include <QTextBrowser>

#include <algorithm>
#include <optional>
#include <utility>

namespace halfopen {
namespace {

constexpr double kReadableWidth = 420; ///< of a page, in logical pixels
constexpr double kRoomForBoth = 1700;  ///< a window as wide as this has the help beside the settings
const QString kLayoutKey = QStringLiteral("layout/help");

QDockWidget *dockOf(QWidget *widget)
{
    while (widget && !qobject_cast<QDockWidget *>(widget))
        widget = widget->parentWidget();
    return qobject_cast<QDockWidget *>(widget);
}

} // namespace

void MainWindow::buildHelp()
{
    m_helpPanel = new HelpPanel(shownLanguage());
    m_helpDock = addDock(QStringLiteral("help"), tr("Help"), Qt::RightDockWidgetArea, m_helpPanel);
    m_helpDock->hide();
    connect(m_helpDock, &QDockWidget::visibilityChanged, this, &MainWindow::takeHelpRoom, Qt::QueuedConnection);
    connect(m_helpPanel, &HelpPanel::left, this, &MainWindow::leaveHelp);
    connect(m_helpPanel, &HelpPanel::scenarioRequested, this, [this](const QString &name) {
        const Result<QString> file = fileOfScenario(name);
        if (file)
            openScenario(*file);
        else
            m_message->showMessage(MessageBar::Kind::Problem, QString::fromStdString(file.error().message));
    });
    const auto belongsTo = [](QWidget *widget, const QString &place) { widget->setProperty(kHelpProperty, place); };
    for (Track *track : m_tracks->tracks())
        belongsTo(track, QStringLiteral("views#") + track->id());
    for (View *view : m_pageViews)
        belongsTo(view, QStringLiteral("views#") + view->objectName());
    for (QDockWidget *dock : allDocks()) // named as their sections are
        belongsTo(dock, QStringLiteral("views#") + dock->objectName());
    belongsTo(m_transport, QStringLiteral("views#transport"));
    belongsTo(m_whatIfBar, QStringLiteral("views#what_if"));
}

HelpPanel *MainWindow::helpPanel() const
{
    return m_helpPanel;
}

void MainWindow::placeHelp()
{
    if (width() >= Theme::px(kRoomForBoth))
        splitDockWidget(m_tuningDock, m_helpDock, Qt::Horizontal);
    else
        tabifyDockWidget(m_tuningDock, m_helpDock);
    m_tuningDock->raise();
}

void MainWindow::restoreHelp()
{
    m_helpPanel->restoreLayout(m_settings->bytes(kLayoutKey));
}

void MainWindow::saveHelp()
{
    m_settings->setBytes(kLayoutKey, m_helpPanel->saveLayout());
}

/// The place of the help for \a widget: its own, or that of the nearest one around it that has one.
QString MainWindow::helpPlaceFor(QWidget *widget) const
{
    for (; widget && widget != this; widget = widget->parentWidget()) {
        if (const auto *editor = qobject_cast<TextEditor *>(widget)) {
            const QByteArray text = editor->text().toUtf8();
            const long at = editor->SendScintilla(QsciScintilla::SCI_GETCURRENTPOS);
            const QString place = helpPlaceAt(m_helpPanel->library(), {text.constData(), std::size_t(text.size())}, std::size_t(at));
            if (!place.isEmpty())
                return place;
        }
        if (const QString place = widget->property(kHelpProperty).toString(); !place.isEmpty())
            return place;
    }
    return {};
}

void MainWindow::showHelpOnFocus()
{
    QWidget *focus = QApplication::focusWidget();
    if (focus && m_helpPanel->isAncestorOf(focus)) {
        closeHelp();
        return;
    }
    // What takes neither focus nor keys was clicked: that is asked for.
    QString place = m_pressedDisabled && m_pressedDisabled->isVisible() && !m_pressedDisabled->isEnabled() ? helpPlaceFor(m_pressedDisabled)
                                                                                                          : QString();
    if (place.isEmpty())
        place = helpPlaceFor(focus);
    if (place.isEmpty()) // nothing of its own has the focus: what the pointer is at
        place = helpPlaceFor(QApplication::widgetAt(QCursor::pos()));
    showHelp(place);
}

void MainWindow::showHelp(const QString &place)
{
    openHelp();
    if (!m_helpPanel->showPlace(place))
        m_helpPanel->showPlace(QString());
    m_helpPanel->page()->setFocus(Qt::OtherFocusReason);
}

void MainWindow::searchHelp()
{
    if (m_helpPanel->searchLine()->hasFocus()) {
        closeHelp();
        return;
    }
    openHelp();
    if (m_helpPanel->place().isEmpty())
        m_helpPanel->showPlace(QString());
    m_helpPanel->startSearch();
}

void MainWindow::openHelp()
{
    QWidget *focus = QApplication::focusWidget();
    if (!focus || !m_helpPanel->isAncestorOf(focus)) {
        m_beforeHelp = focus;
        m_dockBeforeHelp = nullptr;
        m_wasHelpHidden = m_helpDock->isHidden();
        for (QDockWidget *dock : tabifiedDockWidgets(m_helpDock))
            if (isInFront(dock))
                m_dockBeforeHelp = dock;
        // While it is hidden it stands in no tabs: what stands where it will.
        if (m_helpDock->isHidden() && isInFront(m_tuningDock))
            m_dockBeforeHelp = m_tuningDock;
    }
    bringUp(m_helpDock);
    giveHelpRoom();
}

/// A readable width from the centre, as far as that can spare it, for as long as the help is in front.
void MainWindow::giveHelpRoom()
{
    if (m_helpDock->isFloating() || dockWidgetArea(m_helpDock) != Qt::RightDockWidgetArea || m_helpRoom)
        return;
    const bool isTab = tabifiedDockWidgets(m_helpDock).contains(m_tuningDock);
    const int column = (isTab || !m_helpDock->isVisible() ? m_tuningDock : m_helpDock)->width();
    const int spare = centralWidget()->width() - centralWidget()->minimumSizeHint().width();
    const int width = std::min(Theme::px(kReadableWidth), column + std::max(0, spare));
    if (width <= column)
        return;
    resizeDocks({m_helpDock}, {width}, Qt::Horizontal);
    m_helpRoom = {column, width};
}

/// The column is as wide as it was, unless the user has made it another width meanwhile.
void MainWindow::takeHelpRoom()
{
    if (m_do.presentation->isChecked() || isInFront(m_helpDock) || !m_helpRoom)
        return;
    const HelpRoom room = *std::exchange(m_helpRoom, std::nullopt);
    if (m_tuningDock->isVisible() && m_tuningDock->width() == room.with)
        resizeDocks({m_tuningDock}, {room.without}, Qt::Horizontal);
}

/// Its key pressed again: it is gone, if it was before.
void MainWindow::closeHelp()
{
    leaveHelp();
    if (m_wasHelpHidden)
        m_helpDock->hide();
}

void MainWindow::leaveHelp()
{
    if (m_dockBeforeHelp && tabifiedDockWidgets(m_helpDock).contains(m_dockBeforeHelp))
        m_dockBeforeHelp->raise();
    if (!m_beforeHelp) {
        m_helpPanel->page()->clearFocus();
        m_helpPanel->searchLine()->clearFocus();
        m_helpPanel->list()->clearFocus();
        return;
    }
    if (QDockWidget *dock = dockOf(m_beforeHelp)) {
        if (!dock->toggleViewAction()->isChecked())
            return m_helpPanel->page()->clearFocus(); // it was closed meanwhile, and stays so
        dock->raise();
    }
    m_beforeHelp->setFocus(Qt::OtherFocusReason);
}

void MainWindow::addHelpTo(std::vector<PaletteEntry> &entries)
{
    if (m_helpActions.empty()) {
        for (const HelpTopic &topic : m_helpPanel->library().topics()) {
            auto *action = new QAction(this);
            action->setText(topic.title.compare(topic.word, Qt::CaseInsensitive) == 0
                                ? tr("Help: %1").arg(topic.word)
                                : tr("Help: %1 (%2)").arg(topic.word, topic.title));
            connect(action, &QAction::triggered, this, [this, word = topic.word] { showHelp(word); });
            m_helpActions.push_back(action);
        }
    }
    for (QAction *action : m_helpActions)
        entries.push_back({action->text(), {}, action, true});
}

} // namespace halfopen
