// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/main_window.h"

#include "ui/message_bar.h"
#include "ui/models/core_message.h"
#include "ui/notices.h"
#include "ui/scenario/scenario_panel.h"
#include "ui/theme.h"
#include "ui/tracks_area.h"
#include "ui/transport_bar.h"
#include "ui/tuning/tuning_panel.h"
#include "ui/views/registry.h"
#include "ui/views/spoken_chart.h"
#include "ui/what_if_bar.h"

#include <QAction>
#include <QApplication>
#include <QDockWidget>
#include <QLabel>
#include <QPushButton>
#include <QScreen>
#include <QStackedWidget>
#include <QToolBar>
#include <QUndoStack>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace halfopen {
namespace {

/// Raise it when docks or tool bars change so much that an old state would do harm.
constexpr int kLayoutVersion = 4;
const QString kGeometryKey = QStringLiteral("layout/geometry");
const QString kStateKey = QStringLiteral("layout/state");
const QString kTracksKey = QStringLiteral("layout/tracks");

} // namespace

MainWindow::MainWindow(EngineFactory engines, std::unique_ptr<LabSettings> settings, QWidget *parent)
    : QMainWindow(parent),
      m_settings(std::move(settings)),
      m_drafts(m_settings->folder() + QStringLiteral("/drafts")),
      m_controller(engines)
{
    m_writers.setMaxThreadCount(1); // one file after the other
    installSpokenCharts();
    setObjectName(QStringLiteral("main_window"));
    setAcceptDrops(true);
    setDockOptions(QMainWindow::AnimatedDocks | QMainWindow::AllowNestedDocks | QMainWindow::AllowTabbedDocks);
    buildActions();
    buildCentre();
    buildDocks();
    buildLibrary(std::move(engines));
    buildCompare();
    buildTransport();
    buildHelp();
    buildMenus();
    connectRun();
    connectDocument();
    connectText();
    fitScreen();
    arrangeDocks();
    restoreLayout();
    // What lies below the charts, tables mostly, gets the width of the settings, too: they can scroll.
    setCorner(Qt::BottomRightCorner, Qt::BottomDockWidgetArea);
    showState();
    showTitle();
    qApp->installEventFilter(this);
    connect(qApp, &QApplication::focusChanged, this, [this](QWidget *, QWidget *now) { followFocus(now); });
}

MainWindow::~MainWindow()
{
    disconnect(qApp, nullptr, this, nullptr);
    qApp->removeEventFilter(this);
    disconnect(&m_controller, nullptr, this, nullptr);
    // It tells once more when it goes, and by then there is nobody to show it.
    disconnect(m_tuning.undoStack(), nullptr, this, nullptr);
    if (m_keepDelay.isActive())
        keepNow();
    // The views hold pointers to members of this window, so they go first.
    delete takeCentralWidget();
    for (QDockWidget *dock : allDocks())
        delete dock;
    delete m_transport;
}

void MainWindow::buildCentre()
{
    auto *centre = new QWidget;
    auto *layout = new QVBoxLayout(centre);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    m_message = new MessageBar;
    layout->addWidget(m_message);
    m_pages = new QStackedWidget;
    buildPages(layout);
    layout->addWidget(m_pages, 1);

    std::vector<ViewType> trackTypes;
    for (const ViewType &type : viewTypes()) {
        if (type.place == ViewPlace::Track)
            trackTypes.push_back(type);
    }
    m_tracks = new TracksArea(trackTypes, &m_axis);
    m_pages->addWidget(buildEmptyPage());
    auto *run = new QWidget;
    auto *runLayout = new QVBoxLayout(run);
    runLayout->setContentsMargins(0, 0, 0, 0);
    runLayout->setSpacing(0);
    m_whatIfBar = buildWhatIfBar();
    runLayout->addWidget(m_whatIfBar);
    runLayout->addWidget(buildVariantBar());
    runLayout->addWidget(m_tracks, 1);
    m_pages->addWidget(run);
    for (View *view : m_pageViews)
        m_pages->addWidget(view);
    for (Track *track : m_tracks->tracks())
        connectView(track->view());
    setCentralWidget(centre);
}

QWidget *MainWindow::buildEmptyPage()
{
    auto *page = new QWidget;
    auto *layout = new QVBoxLayout(page);
    layout->setSpacing(Theme::padding());
    layout->addStretch(1);
    auto *sentence = new QLabel(tr("A scenario runs here: its calls, its breakers and its queues over one time axis."));
    sentence->setAlignment(Qt::AlignCenter);
    sentence->setWordWrap(true);
    layout->addWidget(sentence);
    auto *openDefault = new QPushButton(tr("Open the retry storm"));
    openDefault->setObjectName(QStringLiteral("open_default"));
    openDefault->setDefault(true);
    layout->addWidget(openDefault, 0, Qt::AlignHCenter);
    auto *hint = new QLabel(tr("or drop a scenario file here"));
    hint->setAlignment(Qt::AlignCenter);
    hint->setForegroundRole(QPalette::PlaceholderText);
    layout->addWidget(hint);
    layout->addStretch(1);
    connect(openDefault, &QPushButton::clicked, this, [this] { openDefaultScenario(); });
    return page;
}

QDockWidget *MainWindow::addDock(const QString &name, const QString &title, Qt::DockWidgetArea area, QWidget *widget)
{
    auto *dock = new QDockWidget(title);
    dock->setObjectName(name);
    dock->setFont(Theme::bodyFont()); // the height of its title follows it
    dock->setWidget(widget);
    addDockWidget(area, dock);
    followDocking(dock);
    followHiding(dock);
    return dock;
}

/// A panel that is made to float or docked again is the one that is worked with: it comes to the front and keeps the focus,
/// which would else go to some control of the window, and so would what is typed next.
void MainWindow::followDocking(QDockWidget *dock)
{
    connect(dock, &QDockWidget::topLevelChanged, this, [this, dock](bool isFloating) {
        if (!isVisible() || m_arrangesDocks)
            return;
        const QPointer<QWidget> focus = m_dockFocus.value(dock);
        QTimer::singleShot(0, dock, [this, dock, isFloating, focus] { // once it has its place
            if (dock->isFloating() != isFloating || !dock->toggleViewAction()->isChecked())
                return;
            if (!isFloating)
                dock->raise();
            if (!isFloating || QGuiApplication::mouseButtons() == Qt::NoButton) // else it is being dragged
                dock->activateWindow();
            if (focus && dock->isAncestorOf(focus) && focus->isVisible() && focus->isEnabled())
                focus->setFocus();
            else
                focusInto(dock);
        });
    });
}

/// What cannot be seen takes no keys: a panel that is closed, or goes behind another tab, leaves the focus to the charts, where
/// the keys of the window act.
void MainWindow::followHiding(QDockWidget *dock)
{
    connect(dock, &QDockWidget::visibilityChanged, this, [this, dock](bool isShown) {
        const QWidget *focus = QApplication::focusWidget();
        if (!isShown && dock->isHidden())
            m_beforeKey.remove(dock); // closed: whatever opens it next
        if (isShown || !isVisible() || isMinimized() || !focus || !dock->isAncestorOf(focus))
            return;
        if (dock->isFloating())
            activateWindow();
        focusCentre();
    });
}

void MainWindow::focusCentre()
{
    m_pages->currentWidget()->setFocus(Qt::OtherFocusReason);
}

/// Who picks the tab of another panel has left the one with the focus, even where both can be seen.
void MainWindow::leaveForTab(const QString &title)
{
    const QWidget *focus = QApplication::focusWidget();
    for (const QDockWidget *dock : allDocks()) {
        if (focus && dock->isAncestorOf(focus) && dock->windowTitle() != title)
            focusCentre();
    }
}

void MainWindow::followFocus(QWidget *now)
{
    if (!now)
        return;
    m_pressedDisabled = nullptr;
    for (QDockWidget *dock : allDocks()) {
        if (dock->isAncestorOf(now))
            m_dockFocus[dock] = now;
    }
}

void MainWindow::bringUp(QDockWidget *dock)
{
    dock->show();
    dock->raise();
    if (dock->isFloating())
        dock->activateWindow(); // else what is typed next would still go to the main window
}

bool MainWindow::isInFront(const QDockWidget *dock) const
{
    return dock->isVisible() && (dock->isFloating() || rect().intersects(QRect(dock->mapTo(this, QPoint()), dock->size())));
}

/// The key of a panel: \a open brings it up, with the focus in it. Pressed again, where the focus is inside, it puts away
/// what it has brought, also when the focus has been elsewhere since.
void MainWindow::toggleByKey(QDockWidget *dock, const std::function<void()> &open)
{
    QWidget *focus = QApplication::focusWidget();
    if (focus && dock->isAncestorOf(focus) && isInFront(dock)) {
        putAway(dock);
        return;
    }
    const bool isByKey = isInFront(dock) && wasOpenedByKey(dock);
    BeforeKey before = isByKey ? m_beforeKey.value(dock) : BeforeKey{dock->isHidden(), {}, {}};
    before.focus = focus;
    for (QDockWidget *other : allDocks()) {
        if (!isInFront(dock) && other != dock && !other->isFloating() && isInFront(other) && dockWidgetArea(other) == dockWidgetArea(dock))
            before.inFront.emplace_back(other);
    }
    m_beforeKey[dock] = before;
    open();
    focus = QApplication::focusWidget();
    if (!focus || !dock->isAncestorOf(focus))
        focusInto(dock); // what it has for it takes no focus now
}

bool MainWindow::wasOpenedByKey(QDockWidget *dock) const
{
    const auto before = m_beforeKey.constFind(dock);
    return before != m_beforeKey.constEnd() && (before->wasHidden || !before->inFront.empty());
}

void MainWindow::putAway(QDockWidget *dock)
{
    const BeforeKey before = m_beforeKey.take(dock); // of one that was opened otherwise: it was hidden
    if (before.wasHidden)
        dock->hide();
    for (const QPointer<QDockWidget> &other : before.inFront) {
        if (other && other->isVisible())
            other->raise();
    }
    QWidget *back = before.focus && before.focus->isVisible() ? before.focus.data() : m_pages->currentWidget();
    back->activateWindow();
    back->setFocus();
}

void MainWindow::buildDocks()
{
    setCorner(Qt::BottomLeftCorner, Qt::LeftDockWidgetArea);
    setCorner(Qt::BottomRightCorner, Qt::RightDockWidgetArea);
    m_scenarioPanel = new ScenarioPanel;
    m_scenarioDock = addDock(QStringLiteral("scenario"), tr("Scenario"), Qt::LeftDockWidgetArea, m_scenarioPanel);
    buildText();
    m_tuningPanel = new TuningPanel(&m_tuning);
    m_tuningPanel->setModes(m_do.fromNowOn, m_do.whatIf);
    connect(m_tuningPanel, &TuningPanel::studyRequested, this, &MainWindow::studySetting);
    connect(m_tuningPanel, &TuningPanel::helpRequested, this, &MainWindow::showHelp);
    connect(m_tuningPanel, &TuningPanel::valueEntered, this, [this] {
        activateWindow(); // the panel may float
        focusCentre();
    });
    m_tuningDock = addDock(QStringLiteral("tuning"), tr("Tuning"), Qt::RightDockWidgetArea, m_tuningPanel);
    // A click at its title or at an empty place in it means its undo from there on.
    m_tuningDock->setFocusPolicy(Qt::ClickFocus);
    for (const ViewType &type : viewTypes()) {
        if (type.place != ViewPlace::Side)
            continue;
        View *view = type.create(&m_axis, nullptr);
        m_sideDocks.push_back(addDock(QString::fromLatin1(type.id), viewTitle(type), Qt::LeftDockWidgetArea, view));
        m_sideViews.push_back(view);
        connectView(view);
    }
}

void MainWindow::buildTransport()
{
    m_transport = new TransportBar(&m_controller, &m_axis,
                                   {m_do.restart, m_do.playPause, m_do.step, m_do.nextTransition, m_do.whatIf});
    auto *bar = new QToolBar(tr("Transport"));
    bar->setObjectName(QStringLiteral("transport"));
    bar->setMovable(false);
    bar->setContextMenuPolicy(Qt::PreventContextMenu);
    bar->toggleViewAction()->setVisible(false);
    bar->addWidget(m_transport);
    addToolBar(Qt::BottomToolBarArea, bar);
}

void MainWindow::fitScreen()
{
    // A lab bench wants room: all of a small screen, most of a large one.
    const QSize room = screen()->availableSize();
    if (room.width() <= 1440 || room.height() <= 900)
        setWindowState(Qt::WindowMaximized);
    resize(std::min(1920, room.width() * 9 / 10), std::min(1200, room.height() * 9 / 10));
}

void MainWindow::arrangeDocks()
{
    resizeDocks({m_scenarioDock, m_tuningDock}, {Theme::px(260), Theme::px(300)}, Qt::Horizontal);
    // The world above, its file below.
    for (QDockWidget *dock : m_sideDocks) {
        splitDockWidget(dock, m_scenarioDock, Qt::Vertical);
        resizeDocks({dock, m_scenarioDock}, {Theme::px(340), Theme::px(360)}, Qt::Vertical);
    }
    tabifyDockWidget(m_scenarioDock, m_textDock);
    tabifyDockWidget(m_scenarioDock, m_libraryDock);
    m_scenarioDock->raise();
    placeHelp();
}

void MainWindow::connectView(View *view)
{
    view->setTuning(&m_tuning);
    connect(view, &View::settingsAdopted, this,
            [this, view](const std::vector<Override> &settings) { adoptSettings(settings, false, view); });
    connect(view, &View::runPicked, this,
            [this, view](const std::shared_ptr<const Scenario> &scenario, const QString &what,
                         const std::vector<Override> &settings) { openVariant(scenario, what, settings, view); });
    connect(view, &View::emptyActionRequested, this, &MainWindow::togglePlay);
    connect(view, &View::edgePicked, this, [this, view](const QString &name) {
        for (View *other : allViews()) {
            if (other != view)
                other->showEdge(name);
        }
    });
    connect(view, &View::callPicked, this, &MainWindow::showCall);
    connect(view, &View::transitionDropped, this, [this, view] {
        for (View *other : allViews()) {
            if (other != view)
                other->dropTransition();
        }
    });
    connect(view, &View::transitionPicked, this, [this, view](std::size_t index) { showTransition(index, view); });
}

void MainWindow::connectRun()
{
    connect(&m_controller, &RunController::recordChanged, this, &MainWindow::showRecord);
    connect(&m_controller, &RunController::stateChanged, this, &MainWindow::showState);
    // A way back may be over between two looks at the run: its state is the same then, and only its time is another.
    connect(&m_controller, &RunController::progressed, this, [this] {
        const bool isThere = m_wayBack && !m_controller.isMoving() && m_controller.now() >= m_wayBack->to;
        if (isThere && std::exchange(m_wayBack, std::nullopt)->plays)
            m_controller.play();
        showSoughtTransition();
    });
    connect(&m_controller, &RunController::runStarted, this, [this] {
        m_keepDelay.stop();
        m_isPreview = m_isRerun;
        m_verifying.reset();
        m_isKept = false;
        m_isLimitTold = false;
        m_startedWith = m_tuning.overrides();
        if (!m_variantText.isEmpty() && m_message->text() == m_variantText)
            m_message->dismiss();
        m_variantText.clear();
        m_variant.reset();
        showVariantState();
        m_begunWith = m_inForce = m_tuning.valuesWith({});
        m_message->dismissAbout(kAboutNextRun); // this is it
        m_message->dismissAbout(kAboutRun);
        m_runsBase = false;
        m_beforeVariant.reset();
        if (!m_isRerun) { // else the run before stays until there is something of the new one
            m_whole = nullptr; // of another world, for all that is known
            showRecord(nullptr);
        }
    });
    connect(&m_controller, &RunController::changeRefused, this,
            [this](const QString &path, const QString &valueText, const QString &message) {
                takeRefusal(path, valueText);
                m_tuningPanel->showRefusal(path, coreMessage(message.toStdString()));
            });
    connect(&m_controller, &RunController::runFailed, this, [this](const QString &message) {
        giveUpWhatIf();
        m_message->showMessage(MessageBar::Kind::Problem, tr("The run could not begin: %1").arg(message));
        m_message->setSubject(kAboutRun);
    });
    m_whatIfDelay.setSingleShot(true);
    m_whatIfDelay.setInterval(0);
    connect(&m_whatIfDelay, &QTimer::timeout, this, &MainWindow::runWhatIf);
    connect(&m_tuning, &TuningModel::changeRequested, this, &MainWindow::onChangeRequested);
    connect(&m_tuning, &TuningModel::changedCountChanged, this, &MainWindow::showTitle);
    connect(&m_tuning, &TuningModel::scenarioChanged, this, &MainWindow::showOtherWorld);
    // Its buttons mean the settings as they were adopted.
    connect(m_tuning.undoStack(), &QUndoStack::indexChanged, this, [this] {
        if (!m_adoptedText.isEmpty() && m_message->text() == m_adoptedText)
            m_message->dismiss();
        m_adoptedText.clear();
        m_adoption.clear();
    });
    connect(&m_adoption, &WhatIf::changed, this, &MainWindow::tellAdoption);
    connect(&m_whatIf, &WhatIf::changed, this, &MainWindow::tellAdoption); // which may say it already
    // Nobody waits any more for what they do: no run goes on for it.
    connect(m_message, &MessageBar::changed, this, [this] {
        if (m_adoptedText.isEmpty() || m_message->text() == m_adoptedText)
            return;
        m_adoptedText.clear();
        m_adoption.clear();
    });
}

void MainWindow::connectDocument()
{
    m_openingDelay.setSingleShot(true);
    m_openingDelay.setInterval(Theme::kLoadingShownAfter);
    connect(&m_openingDelay, &QTimer::timeout, this, &MainWindow::showOpening);
    connect(&m_document, &ScenarioDocument::openingChanged, this, &MainWindow::onOpeningChanged);
    connect(&m_document, &ScenarioDocument::opened, this, &MainWindow::onOpened);
    connect(&m_document, &ScenarioDocument::failed, this, &MainWindow::onFailed);
    connect(&m_document, &ScenarioDocument::saved, this, &MainWindow::onSaved);
    connect(&m_document, &ScenarioDocument::changedOnDisk, this, &MainWindow::onChangedOnDisk);
}

std::vector<QDockWidget *> MainWindow::allDocks() const
{
    std::vector<QDockWidget *> docks = m_sideDocks;
    docks.insert(docks.end(), {m_scenarioDock, m_textDock, m_libraryDock, m_compareDock, m_tuningDock, m_helpDock});
    return docks;
}

std::vector<View *> MainWindow::allViews() const
{
    std::vector<View *> views = m_sideViews;
    views.insert(views.end(), m_pageViews.begin(), m_pageViews.end());
    for (Track *track : m_tracks->tracks())
        views.push_back(track->view());
    return views;
}

void MainWindow::restoreLayout()
{
    // Each of these refuses what it cannot read and then changes nothing.
    restoreGeometry(m_settings->bytes(kGeometryKey));
    restoreDocks(m_settings->bytes(kStateKey));
    m_tracks->restoreLayout(m_settings->bytes(kTracksKey));
    restoreHelp();
}

void MainWindow::saveLayout()
{
    const bool isOnItsWay = m_comesBack.isActive(); // then it has not its own sizes yet
    m_settings->setBytes(kGeometryKey, isOnItsWay ? m_beforePresenting.geometry : saveGeometry());
    m_settings->setBytes(kStateKey, isOnItsWay ? m_beforePresenting.docks : dockLayout());
    m_settings->setBytes(kTracksKey, isOnItsWay ? m_beforePresenting.tracks : m_tracks->saveLayout());
    saveHelp();
}

QByteArray MainWindow::dockLayout() const
{
    return saveState(kLayoutVersion);
}

void MainWindow::restoreDocks(const QByteArray &layout)
{
    restoreState(layout, kLayoutVersion);
}

void MainWindow::resetLayout()
{
    m_arrangesDocks = true; // all of them come back, and which stands in front is settled here
    for (QDockWidget *dock : allDocks()) {
        dock->setFloating(false);
        addDockWidget(dock == m_tuningDock || dock == m_helpDock ? Qt::RightDockWidgetArea
                      : dock == m_compareDock ? Qt::BottomDockWidgetArea
                                              : Qt::LeftDockWidgetArea,
                      dock);
        dock->setVisible(dock != m_compareDock && dock != m_helpDock);
    }
    m_helpRoom.reset();
    arrangeDocks();
    m_tracks->resetLayout();
    m_arrangesDocks = false;
}

} // namespace halfopen
