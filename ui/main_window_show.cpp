// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the window does with what is on screen: writes it to files, and shows it to a room.
#include "ui/main_window.h"
#include "ui/message_bar.h"
#include "ui/notices.h"
#include "ui/run_export.h"
#include "ui/theme.h"
#include "ui/tracks_area.h"
#include "ui/views/figure.h"
#include "ui/views/view.h"

#include <QAction>
#include <QActionGroup>
#include <QApplication>
#include <QCoreApplication>
#include <QDir>
#include <QDockWidget>
#include <QFileDialog>
#include <QFileInfo>
#include <QLayout>
#include <QMenu>
#include <QResizeEvent>
#include <QScreen>
#include <QTabBar>
#include <QTimer>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <memory>

namespace halfopen {

namespace {

constexpr double kPresentationScale = 1.6; // at most
constexpr double kPresentationScaleLeast = 1.2;
constexpr std::chrono::milliseconds kComesBackWithin{1000}; ///< after a presentation; window managers have animations
constexpr int kComesBackTries = 3; ///< then this is the size that it has from now on

/// Also of layouts inside of layouts: they are told by the one around them when that is laid out, and on a hidden page it is
/// not.
void forgetSizes(QLayout *layout)
{
    for (int i = 0; i < layout->count(); ++i) {
        QLayoutItem *item = layout->itemAt(i);
        if (QLayout *inner = item->layout())
            forgetSizes(inner);
        else
            item->invalidate();
    }
    layout->invalidate();
}

} // namespace

void MainWindow::fillExports(QMenu *menu)
{
    menu->clear();
    const auto add = [&](View *view, const QString &title) {
        QAction *action = menu->addAction(tr("%1…").arg(title));
        const bool isPage = pageOf(view) > 0; // of many runs: one run alone puts nothing there
        action->setEnabled(isPage ? !view->csv().isEmpty() : m_controller.hasRun()); // a folded or hidden one is opened for its picture
        connect(action, &QAction::triggered, this, [this, view, title] { exportViewAs(view, title); });
    };
    for (Track *track : m_tracks->tracks())
        add(track->view(), track->title());
    for (std::size_t i = 0; i < m_pageViews.size(); ++i)
        add(m_pageViews[i], m_pageTabs->tabText(int(i) + 1));
    for (std::size_t i = 0; i < m_sideViews.size(); ++i)
        add(m_sideViews[i], m_sideDocks[i]->windowTitle());
}

/// A folder that the user may write to, and a name that says what it is.
static QString proposedFile(const QString &scenarioPath, const QString &what, const QString &end)
{
    const QFileInfo scenario(scenarioPath);
    const QString name = scenario.completeBaseName() + QLatin1Char('-') + what.toLower() + end;
    const bool mayWrite = QFileInfo(scenario.absolutePath()).isWritable();
    return QDir(mayWrite ? scenario.absolutePath() : QDir::homePath()).filePath(name);
}

FigureHead MainWindow::headOf(View *view, const QString &title) const
{
    const auto *source = dynamic_cast<const FigureSource *>(view);
    const std::shared_ptr<const Scenario> studied = source ? source->figureScenario() : nullptr;
    FigureHead head = studied ? figureHead(title, *studied, fileAsRead()) : figureHead(title, m_controller.record(), fileAsRead());
    const QAction *theme = m_themes ? m_themes->checkedAction() : nullptr;
    head.isDark = theme && ThemeKind(theme->data().toInt()) == ThemeKind::Dark;
    return head;
}

FileAsRead MainWindow::fileAsRead() const
{
    return {m_document.path(), m_document.fileText()};
}

void MainWindow::exportViewAs(View *view, const QString &title)
{
    const QString picture = tr("Picture (*.png)");
    const QString drawing = tr("Drawing (*.svg)");
    const QString table = tr("Table of the whole run (*.csv)");
    QString chosen = picture;
    QString file = QFileDialog::getSaveFileName(this, tr("Export %1").arg(title),
                                                proposedFile(m_document.path(), title, QStringLiteral(".png")),
                                                QStringList{picture, drawing, table}.join(QStringLiteral(";;")), &chosen);
    if (file.isEmpty())
        return;
    // The kind chosen in the list counts when the name has kept the end that was proposed, or has none.
    const QString end = chosen == drawing ? QStringLiteral(".svg")
        : chosen == table                 ? QStringLiteral(".csv")
                                          : QStringLiteral(".png");
    if (end != QLatin1String(".png") && file.endsWith(QLatin1String(".png")))
        file.chop(4);
    if (QFileInfo(file).suffix().isEmpty())
        file += end;
    // A view that is folded away has no size to be drawn in.
    Track *track = nullptr;
    for (Track *one : m_tracks->tracks())
        track = one->view() == view && !view->isVisible() ? one : track;
    if (file.endsWith(QLatin1String(".csv"), Qt::CaseInsensitive))
        track = nullptr; // a table needs no room
    const bool wasShown = track && !track->isHidden();
    const bool wasExpanded = track && track->isExpanded();
    if (track) {
        m_tracks->setTrackShown(track->id(), true);
        track->setExpanded(true);
        QApplication::processEvents(QEventLoop::ExcludeUserInputEvents); // the layout, and what the view draws from
    }
    writeBehind(file, drawForExport(view, file, headOf(view, title)));
    if (track) {
        track->setExpanded(wasExpanded);
        m_tracks->setTrackShown(track->id(), wasShown);
    }
}

/// A file is written on another thread, and the message says when it is there.
void MainWindow::writeBehind(const QString &file, std::function<Result<void>()> write)
{
    const auto isOver = std::make_shared<bool>(false); // looked at by this thread only
    const auto tell = [this](MessageBar::Kind kind, const QString &text) {
        const bool stillCloses = m_closesWhenWritten && kind == MessageBar::Kind::Info;
        if (stillCloses || m_message->isAbout(kAboutUnsaved)) // whose answers stay
            m_message->amend(m_message->text() + QLatin1Char(' ') + text);
        else
            m_message->showMessage(kind, text);
    };
    const QString name = QDir::toNativeSeparators(file);
    ++m_writing;
    m_writers.start([this, isOver, tell, name, write = std::move(write)] {
        const auto written = write();
        if (!written && m_isClosed)
            std::fprintf(stderr, "halfopen-lab: %s\n",
                         qPrintable(tr("Not exported: %1").arg(QString::fromStdString(written.error().message))));
        QMetaObject::invokeMethod(
            this,
            [this, isOver, tell, name, written] {
                *isOver = true;
                --m_writing;
                if (written)
                    tell(MessageBar::Kind::Info, tr("Exported as %1").arg(name));
                else
                    tell(MessageBar::Kind::Problem,
                         tr("Not exported: %1").arg(QString::fromStdString(written.error().message)));
                if (m_writing == 0 && m_closesWhenWritten)
                    closeAnyway();
            },
            Qt::QueuedConnection);
    });
    QTimer::singleShot(Theme::kLoadingShownAfter, this, [this, isOver, name] {
        if (!*isOver && !m_closesWhenWritten && !m_message->isAbout(kAboutUnsaved))
            m_message->showMessage(MessageBar::Kind::Info, tr("Writing %1…").arg(name));
    });
}

void MainWindow::exportReport()
{
    QString file = QFileDialog::getSaveFileName(
        this, tr("Export the run's report"), proposedFile(m_document.path(), tr("report"), QStringLiteral(".html")),
        tr("Page that needs nothing else (*.html);;Figures (*.json)"));
    if (file.isEmpty())
        return;
    if (QFileInfo(file).suffix().isEmpty())
        file += QStringLiteral(".html");
    writeBehind(file, [record = m_controller.record(), file, known = fileAsRead()] { return exportRun(record, file, known); });
}

void MainWindow::setPresenting(bool on)
{
    const ThemeKind kind = Theme::current().dark ? ThemeKind::Dark : ThemeKind::Light;
    if (on) {
        if (!m_comesBack.isActive()) // else the one before is not over, and what was kept for it still holds
            m_beforePresenting = {saveGeometry(), dockLayout(), m_tracks->saveLayout(), m_tracks->saveHeights(), size(), isMaximized()};
        m_comesBack.stop();
        m_scenarioDock->hide();
        m_textDock->hide();
        m_libraryDock->hide();
        m_compareDock->hide();
        m_tuningDock->hide();
        m_helpDock->hide();
        // A window wider than the screen would show less, not more.
        const double room = screen()->geometry().width() / std::max(1.0, double(minimumSizeHint().width()));
        const double scale = std::clamp(room, kPresentationScaleLeast, kPresentationScale);
        m_widgetScale.remember(this);
        (void)applyTheme(*qApp, kind, scale); // fonts were found at the start, so this cannot fail now
        m_widgetScale.enlarge(scale);
        m_tracks->updateHeights();
        showFullScreen();
        return;
    }
    m_widgetScale.beforeBack();
    (void)applyTheme(*qApp, kind, 1.0);
    m_widgetScale.giveBack();
    m_tracks->updateHeights();
    m_comesBack.setSingleShot(true);
    m_comesBack.start(kComesBackWithin);
    if (m_beforePresenting.wasMaximized)
        showMaximized();
    else
        showNormal();
    // Most window managers give a window its size from before the full screen back by themselves, and some do not.
    const auto bringBack = [this] {
        if (!isMaximized() && !isFullScreen())
            resize(m_beforePresenting.size);
        bringBackLayout();
    };
    bringBack();
    m_comesBack.disconnect(this);
    connect(&m_comesBack, &QTimer::timeout, this, [this, bringBack, triesLeft = kComesBackTries]() mutable {
        if (size() == m_beforePresenting.size) { // it was arranged when it got that, if not too early for what is in it
            if (dockLayout() != m_beforePresenting.docks)
                bringBackLayout();
            return;
        }
        bringBack();
        if (--triesLeft > 0) // a busy machine may take longer
            m_comesBack.start(kComesBackWithin);
    });
}

/// The docks and tracks get the sizes of before. A window manager may give the window its own size later than it is asked, and
/// what was arranged in another size does not find back by itself.
void MainWindow::bringBackLayout()
{
    // What the widgets need now, not what they needed in the larger letters.
    const QList<QWidget *> inside = centralWidget()->findChildren<QWidget *>();
    for (auto widget = inside.crbegin(); widget != inside.crend(); ++widget) {
        if ((*widget)->layout())
            forgetSizes((*widget)->layout());
    }
    centralWidget()->updateGeometry();
    QCoreApplication::sendPostedEvents(nullptr, QEvent::LayoutRequest);
    m_arrangesDocks = true;
    restoreDocks(m_beforePresenting.docks);
    m_arrangesDocks = false;
    QCoreApplication::sendPostedEvents(nullptr, QEvent::LayoutRequest);
    m_tracks->restoreHeights(m_beforePresenting.trackHeights);
}

void MainWindow::resizeEvent(QResizeEvent *event)
{
    QMainWindow::resizeEvent(event);
    if (m_comesBack.isActive() && event->size() == m_beforePresenting.size)
        QMetaObject::invokeMethod(this, &MainWindow::bringBackLayout, Qt::QueuedConnection);
}

} // namespace halfopen
