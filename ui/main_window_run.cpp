// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The window's dealings with the run and with the scenario file.
#include "core/run/run_record.h"
#include "simulators/simulation.h"
#include "ui/icons.h"
#include "ui/library/library_panel.h"
#include "ui/library/run_replayer.h"
#include "ui/main_window.h"
#include "ui/message_bar.h"
#include "ui/models/core_message.h"
#include "ui/notices.h"
#include "ui/scenario/scenario_files.h"
#include "ui/scenario/scenario_menu.h"
#include "ui/scenario/scenario_panel.h"
#include "ui/scenario/text_panel.h"
#include "ui/theme.h"
#include "ui/tracks_area.h"
#include "ui/views/view.h"

#include <QAction>
#include <QApplication>
#include <QCursor>
#include <QDir>
#include <QDockWidget>
#include <QDragEnterEvent>
#include <QFileDialog>
#include <QFileInfo>
#include <QLocale>
#include <QMenu>
#include <QMimeData>
#include <QPushButton>
#include <QStackedWidget>
#include <QUrl>

#include <algorithm>
#include <utility>

namespace halfopen {
namespace {

/// The local scenario file or folder that is being dragged, or empty.
QString draggedScenario(const QMimeData *data)
{
    if (!data)
        return {};
    for (const QUrl &url : data->urls()) {
        const QString file = url.toLocalFile();
        if (!file.isEmpty() && (isScenarioFile(file) || QFileInfo(file).isDir()))
            return file;
    }
    return {};
}

/// Without what is a matter of spelling: "Retry-storm" and "retry_storm" are one name.
QString plainName(const QString &name)
{
    return name.toLower().replace(QLatin1Char('-'), QLatin1Char('_')).replace(QLatin1Char(' '), QLatin1Char('_'));
}

/// Index of the first transition later than \a at.
std::size_t firstAfter(const RunRecord &record, Instant at)
{
    std::size_t low = 0;
    std::size_t high = record.transitions.size();
    while (low < high) {
        const std::size_t middle = low + (high - low) / 2;
        if (record.transitions[middle].at <= at)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

} // namespace

bool MainWindow::openScenario(const QString &path, bool playing)
{
    const QString next = tr("What should happen to them before %1 is opened?").arg(QFileInfo(path).fileName());
    return settleChanges(next, tr("Keep them for later"), [this, path, playing] {
        m_playWhenOpened = playing;
        m_keepsTuned = false;
        m_reopened.reset();
        m_ghostWhenOpened.reset();
        m_replayer->cancel(); // its run would come to be the ghost of another scenario
        m_document.open(path);
    });
}

bool MainWindow::openDefaultScenario(bool playing)
{
    const QString file = defaultScenarioFile();
    if (!file.isEmpty())
        return openScenario(file, playing);
    m_message->showMessage(MessageBar::Kind::Problem,
                           tr("The scenarios that ship with the lab were not found. Set HALFOPEN_SCENARIOS to their "
                              "folder, or open a file."));
    return false;
}

void MainWindow::onOpened(std::shared_ptr<const Scenario> scenario, const std::vector<Diagnostic> &warnings)
{
    m_message->dismiss();
    m_whatIfDelay.stop();
    setGhost(nullptr); // of another world
    forgetWhatIf();
    m_adoptedText.clear();
    m_adoption.clear();
    m_whole = m_fileRun = nullptr;
    m_openedRunOf = m_reopened ? keptAt(m_reopened->id) : QDateTime();
    // As they are now: settings may have been tuned while the file was read.
    const std::vector<Override> tuned = std::exchange(m_keepsTuned, false) ? m_tuning.overrides() : std::vector<Override>();
    m_tuning.setScenario(scenario);
    m_scenarioPanel->setScenario(scenario);
    if (m_draft.path() != m_document.path()) // else it is read again, and one goes on to look at the same
        m_tracks->scrollToTop();
    m_draft.open(m_document.path(), QString::fromStdString(m_document.textOnDisk()), scenario, warnings);
    rememberFile();
    showPage(0);
    // Else the focus goes on to some button, and the space key would press that instead of playing.
    if (!m_textPanel->isAncestorOf(QApplication::focusWidget()))
        m_tracks->setFocus();
    // After a reload, settings that were tuned by hand are kept where the new file still has them.
    m_isAdopting = true; // the run that is about to begin has them
    for (const Override &change : tuned) {
        if (const auto row = m_tuning.find(QString::fromStdString(change.path)))
            (void)m_tuning.edit(*row, QString::fromStdString(change.value)); // no longer legal: the file's value stands
    }
    m_isAdopting = false;
    showTitle();
    if (m_reopened)
        replayKept();
    else
        start(m_playWhenOpened);
    if (!warnings.empty()) {
        m_message->showMessage(MessageBar::Kind::Info, QString::fromStdString(warnings.front().text()).trimmed());
        m_message->setSubject(kAboutWarning);
    }
    if (!restoreWaiting())
        offerKept();
    tellMissing();
    // Opening has taken the place of what was said at the start.
    if (!std::exchange(m_wasOpened, true) && m_message->text().isEmpty())
        showLibraryState();
}

void MainWindow::onFailed(const QString &path, const QString &text, const std::vector<Diagnostic> &problems)
{
    forgetOpening();
    m_missingFile.clear();
    m_draft.open(path, text, nullptr, problems);
    editText();
    const QString file = QFileInfo(path).fileName();
    const QString kept = m_document.isOpen()
        ? tr("%1 stays open.").arg(QString::fromStdString(m_document.scenario()->name))
        : QString();
    m_message->showMessage(MessageBar::Kind::Problem,
                           tr("%1 was not opened: %2. %3")
                               .arg(file, problems.size() == 1 ? tr("1 problem") : tr("%1 problems").arg(problems.size()),
                                    kept)
                               .trimmed());
    m_message->addAction(tr("Try again"), [this, path] { openScenario(path, m_playWhenOpened); });
    if (m_document.isOpen()) {
        m_message->addAction(tr("Show the open scenario"), [this] {
            const auto tuned = m_tuning.tunedScenario();
            m_draft.open(m_document.path(), QString::fromStdString(m_document.textOnDisk()), m_document.scenario(), {});
            m_draft.follow(tuned);
        });
    }
    // What went wrong stays to be read; what is kept is one step away.
    if (!restoreWaiting() && !keptChanges().empty())
        m_message->addAction(tr("Show what is kept"), [this] { offerKept(true); });
}

void MainWindow::onChangedOnDisk()
{
    m_message->showMessage(MessageBar::Kind::Info,
                           tr("%1 was changed by another program.").arg(QFileInfo(m_document.path()).fileName()));
    m_message->addAction(tr("Reload"), [this] { reload(); });
}

void MainWindow::reload()
{
    if (!m_document.isOpen())
        return;
    const auto reload = [this] {
        m_reopened.reset();
        m_playWhenOpened = m_controller.isMoving();
        m_document.reload();
    };
    // Settings that were tuned in the form stay tuned; what was typed in the text would be lost.
    const bool wasTyped = m_draft.state() != ScenarioDraft::State::Read || m_tuning.scenario() != m_document.scenario();
    if (wasTyped) {
        m_keepsTuned = false;
        settleChanges(tr("What should happen to them before the file is read again?"), tr("Keep them for later"), reload);
    } else {
        m_keepsTuned = true;
        reload();
    }
}

void MainWindow::onOpeningChanged()
{
    if (m_document.isOpening()) {
        m_openingDelay.start();
        return;
    }
    m_openingDelay.stop();
    if (m_codeDelay.isActive()) { // what was tuned a moment ago is kept with the file that it belongs to
        m_codeDelay.stop();
        showCode();
    }
    if (m_opensVisibly)
        m_message->dismiss();
    m_opensVisibly = false;
}

void MainWindow::showOpening()
{
    m_opensVisibly = true;
    m_message->showBusy(tr("Reading %1…").arg(QFileInfo(m_document.openingPath()).fileName()), tr("Cancel"),
                        [this] {
                            m_document.cancelOpening();
                            forgetOpening();
                        });
}

void MainWindow::onSaved(std::shared_ptr<const Scenario> scenario)
{
    m_fileRun = nullptr;
    m_tuning.setSaved(scenario);
    m_scenarioPanel->updateScenario(scenario);
    m_draft.saved(m_document.path(), QString::fromStdString(scenario->text));
    m_draft.follow(scenario);
    rememberFile();
    showTitle();
    if (m_whatIf.base() == WhatIf::Base::File)
        compareAnew(); // what it says is of the file as it was
}

void MainWindow::start(bool playing)
{
    dropGoal();
    m_axis.setCursor(std::nullopt);
    m_axis.clearSelection();
    m_axis.showAll();
    m_verifying.reset();
    const bool wasVariant = m_variant.has_value();
    m_controller.start(m_tuning.tunedScenario(), RunOptions{}, playing);
    if (!wasVariant || !m_isGhostOfWhatIf)
        return;
    // The line says what the ghost is as soon as there is something to compare it with.
    if (m_whatIf.base() == WhatIf::Base::LastChange)
        m_whatIfBase = m_ghost;
    m_whatIf.begin();
}

void MainWindow::restart()
{
    if (m_document.isOpen())
        start(m_controller.isMoving() || m_controller.state() == RunController::State::Finished);
}

void MainWindow::togglePlay()
{
    dropGoal();
    if (m_controller.isMoving())
        m_controller.pause();
    else if (m_controller.state() == RunController::State::Finished)
        start(true);
    else if (m_controller.hasRun())
        m_controller.play();
    else if (m_document.isOpen())
        start(true);
    else
        openDefaultScenario(true);
}

void MainWindow::showRecord(const RecordPtr &record)
{
    if (record)
        m_axis.setRun(record->duration, record->now);
    // Before its first event a run has nothing to show: the views say what will be there, with a button to begin.
    const bool hasBegun = record && (record->events > 0 || record->now > Instant());
    const RecordPtr shown = hasBegun ? record : nullptr;
    m_tracks->setRecord(shown);
    for (View *view : m_sideViews)
        view->setRecord(shown);
    m_scenarioPanel->setRecord(record, m_controller.isMoving());
    if (record && record->end == RunEnd::Finished)
        takeWholeRun(record);
    else if (record && record->end != RunEnd::Running)
        giveUpWhatIf(); // ended before its time
    if (record)
        keepRun(record);
    if (record && record->end == RunEnd::LimitReached && !std::exchange(m_isLimitTold, true)) {
        m_message->showMessage(MessageBar::Kind::Problem, coreMessage(record->endMessage));
        m_message->setSubject(kAboutRun);
    }
    if (m_variant && record && std::exchange(m_variant->changes, record->changes.size()) != record->changes.size())
        m_variantDelay.start();
}

void MainWindow::showState()
{
    const bool open = m_document.isOpen();
    const bool moving = m_controller.isMoving();
    const bool finished = m_controller.state() == RunController::State::Finished;
    m_do.playPause->setIcon(themedIcon(moving ? QStringLiteral("pause") : QStringLiteral("play")));
    m_do.playPause->setText(moving ? tr("Pause") : finished ? tr("Run again") : tr("Play"));
    m_do.playPause->setEnabled(open);
    m_do.restart->setEnabled(open);
    m_do.step->setEnabled(open && !finished);
    m_do.keepGhost->setEnabled(m_controller.hasRun());
    m_do.report->setEnabled(m_controller.hasRun());
    m_do.clearGhost->setEnabled(m_ghost != nullptr);
    m_do.nextTransition->setEnabled(open);
    m_do.previousTransition->setEnabled(open);
    m_do.toEnd->setEnabled(open && !finished);
    m_do.stop->setEnabled(open && !finished && m_controller.hasRun());
    for (QAction *action : {m_do.save, m_do.saveAs, m_do.reload})
        action->setEnabled(open);
    m_scenarioPanel->setRecord(m_controller.record(), moving);
    m_libraryPanel->setHasRun(m_controller.hasRun());
}

void MainWindow::onChangeRequested(const QString &path, const QString &valueText)
{
    m_codeDelay.start();
    m_verifying.reset(); // from here on it is another run
    if (m_isAdopting)
        return;
    if (m_do.whatIf->isChecked()) {
        onWhatIfChange();
        return;
    }
    if (m_controller.state() != RunController::State::Finished) {
        m_controller.change(path, valueText);
        const std::vector<Value> values = m_tuning.valuesWith({});
        const std::optional<int> row = m_tuning.find(path);
        if (row && m_inForce.size() == values.size())
            m_inForce[std::size_t(*row)] = values[std::size_t(*row)]; // of the others some may have been refused
        else
            m_inForce = values;
        return;
    }
    tellTooLate();
}

void MainWindow::setGhost(const RecordPtr &record)
{
    m_ghost = record;
    m_isGhostOfWhatIf = false;
    if (!m_whatIf.hasComparison() && !m_whatIf.isComputing())
        m_whatIf.clear(); // what it says of the ghost
    m_tracks->setGhost(record);
    for (View *view : m_sideViews)
        view->setGhost(record);
    m_do.clearGhost->setEnabled(record != nullptr);
}

void MainWindow::keepGhost()
{
    const RecordPtr record = m_controller.record();
    if (!record)
        return;
    setGhost(record);
    tellGhostKept();
}

void MainWindow::clearGhost()
{
    setGhost(nullptr);
}

std::optional<Instant> MainWindow::lookedAt() const
{
    // What is pinned is what is read; the pointer may lie anywhere by then.
    for (const View *view : allViews())
        if (const std::optional<Instant> pinned = view->pinnedMoment())
            return pinned;
    return m_axis.cursor();
}

void MainWindow::nextTransition()
{
    const RecordPtr record = m_controller.record();
    if (!record)
        return;
    const Instant from = lookedAt().value_or(record->now);
    if (const std::size_t next = firstAfter(*record, from); next < record->transitions.size()) {
        showTransition(next, nullptr);
    } else if (m_controller.state() != RunController::State::Finished) { // else the last one stays to be read
        m_axis.setCursor(std::nullopt); // from now on one looks at the present
        dropGoal();
        m_soughtTransition = record->transitions.size();
        m_controller.seekTransition();
    }
}

void MainWindow::showSoughtTransition()
{
    const RecordPtr record = m_controller.record();
    if (!m_soughtTransition || m_controller.isMoving() || !record || *m_soughtTransition >= record->transitions.size())
        return; // without another one what is pinned stays to be read
    for (View *view : allViews())
        if (view->pinnedMoment())
            view->letGo();
    showTransition(*std::exchange(m_soughtTransition, std::nullopt), nullptr);
    m_axis.setCursor(std::nullopt); // it is the present
}

void MainWindow::dropGoal()
{
    m_wayBack.reset();
    m_soughtTransition.reset();
}

void MainWindow::previousTransition()
{
    const RecordPtr record = m_controller.record();
    if (!record)
        return;
    const Instant from = lookedAt().value_or(record->now + Duration(1));
    // The first that is not before `from`, less one.
    const std::size_t before = from > Instant() ? firstAfter(*record, from - Duration(1)) : 0;
    if (before > 0)
        showTransition(before - 1, nullptr);
}

void MainWindow::showTransition(std::size_t index, View *except)
{
    const RecordPtr record = m_controller.record();
    if (!record || index >= record->transitions.size())
        return;
    const Instant at = record->transitions[index].at;
    const TimeRange visible = m_axis.visibleRange();
    if (!visible.contains(at)) {
        const Duration half = visible.length() / 2;
        const Instant from = at - std::min(half, at.sinceStart());
        m_axis.setVisibleRange({from, from + visible.length()});
    }
    m_axis.setCursor(at);
    for (View *view : allViews()) {
        if (view != except)
            view->showTransition(index);
    }
}

void MainWindow::showCall(quint64 call)
{
    for (Track *track : m_tracks->tracks()) {
        if (!track->view()->showCall(call))
            continue;
        m_tracks->setTrackShown(track->id(), true);
        track->setExpanded(true);
    }
}

void MainWindow::clearMarks()
{
    // A pin goes first, wherever the focus is: also one that was set from afar.
    bool wasHeld = false;
    for (View *view : allViews()) {
        const bool isAway = !view->isVisible() && std::find(m_pageViews.begin(), m_pageViews.end(), view) != m_pageViews.end();
        if (view->holdsSomething() && !isAway) {
            view->letGo();
            wasHeld = true;
        }
    }
    if (wasHeld)
        return;
    m_axis.clearSelection();
    m_axis.setCursor(std::nullopt);
    m_message->giveUp();
}

void MainWindow::showTitle()
{
    // A kept run of another text has nothing to be saved, and still is not what the file holds.
    setWindowModified(isUnsaved() || (m_document.isOpen() && m_document.differsFromFile()));
    if (!isUnsaved())
        m_message->dismissAbout(kAboutUnsaved); // undone meanwhile: nothing is left to be asked about
    else
        m_message->dismissAbout(kAboutSaved);
    if (m_message->isAbout(kAboutUnsaved))
        QTimer::singleShot(0, this, &MainWindow::renewQuestion); // what follows from the change comes first
    if (m_document.isOpen()) {
        // The file, because it is what is saved; its scenario's name, as the text has it now, where that says something else.
        const QFileInfo file(m_document.path());
        const std::shared_ptr<const Scenario> &scenario = m_tuning.scenario() ? m_tuning.scenario() : m_document.scenario();
        const QString name = QString::fromStdString(scenario->name);
        QStringList notes;
        if (plainName(name) != plainName(file.completeBaseName()))
            notes += name;
        const QString origin = originText();
        if (!origin.isEmpty())
            notes += tr("kept run of %1").arg(origin);
        m_textPanel->setOrigin(m_draft.path() == m_document.path() ? origin : QString());
        setWindowTitle(notes.isEmpty() ? tr("%1[*] - Halfopen").arg(file.fileName())
                                       : tr("%1[*] (%2) - Halfopen").arg(file.fileName(), notes.join(QStringLiteral(", "))));
    } else {
        setWindowTitle(tr("Halfopen"));
    }
    setWindowFilePath(m_document.path());
}

QString MainWindow::originText() const
{
    if (!m_document.differsFromFile() || !m_openedRunOf.isValid())
        return {};
    return QLocale().toString(m_openedRunOf.toLocalTime(), QStringLiteral("d MMM hh:mm"));
}

void MainWindow::chooseFile()
{
    const QString folder = m_document.isOpen() ? QFileInfo(m_document.path()).absolutePath() : shippedFolder();
    const QString file = QFileDialog::getOpenFileName(this, tr("Open a scenario"), folder,
                                                      tr("Scenarios (*.yaml *.yml);;All files (*)"));
    if (!file.isEmpty())
        openScenario(file);
}

bool MainWindow::saveTo(const QString &path)
{
    const bool isSameFile = QFileInfo(path).absoluteFilePath() == m_document.path();
    std::string wanted;
    Result<void> saved = textToSave().and_then([&](const std::string &text) {
        wanted = text;
        return m_document.save(path, text);
    });
    if (saved) {
        const QString name = QDir::toNativeSeparators(path);
        QString said = isSameFile ? tr("Saved: %1").arg(name) : tr("Saved as %1").arg(name);
        if (m_document.textOnDisk() != wanted)
            said += QLatin1Char('\n') + tr("In another folder, it names the files that it reads by their whole paths now.");
        m_message->showMessage(MessageBar::Kind::Info, said);
        m_message->setSubject(kAboutSaved);
        return true;
    }
    m_message->showMessage(MessageBar::Kind::Problem,
                           tr("Not saved: %1").arg(QString::fromStdString(saved.error().message)));
    m_message->addAction(tr("Save as…"), [this] { saveAs(); });
    return false;
}

bool MainWindow::isShipped() const
{
    const QString folder = QFileInfo(shippedFolder()).canonicalFilePath();
    return !folder.isEmpty() && QFileInfo(m_document.path()).canonicalFilePath().startsWith(folder + QLatin1Char('/'));
}

bool MainWindow::save()
{
    if (!m_document.isOpen())
        return false;
    // What was typed last is read first: mending a broken file makes that the one to be saved.
    const bool isRead = m_draft.readNow();
    // A scenario that ships with the lab stays as it is: a tuned one gets a name of its own.
    // What came from the library does not take the place of what its file holds now.
    if (isRead && (isShipped() || m_document.differsFromFile()))
        return saveAs();
    return saveTo(m_document.path());
}

bool MainWindow::saveAs()
{
    if (!m_document.isOpen())
        return false;
    (void)m_draft.readNow(); // as in save()
    const QString before = m_document.path();
    QString proposal = before;
    if (isShipped()) { // beside it, so that files it names are found
        const QFileInfo info(proposal);
        proposal = info.absoluteDir().filePath(info.completeBaseName() + QStringLiteral("-tuned.yaml"));
    }
    const QString file = QFileDialog::getSaveFileName(this, tr("Save as scenario"), proposal,
                                                      tr("Scenarios (*.yaml *.yml)"));
    if (file.isEmpty())
        return false;
    if (m_document.path() == before)
        return saveTo(file);
    m_message->showMessage(MessageBar::Kind::Problem,
                           tr("Not saved: %1 was opened meanwhile").arg(QFileInfo(m_document.path()).fileName()));
    return false;
}

void MainWindow::dragEnterEvent(QDragEnterEvent *event)
{
    takeDrop(event);
}

void MainWindow::dropEvent(QDropEvent *event)
{
    takeDrop(event);
}

bool MainWindow::takeDrop(QDropEvent *event)
{
    const QString path = draggedScenario(event->mimeData());
    if (path.isEmpty())
        return false;
    event->acceptProposedAction();
    if (event->type() != QEvent::Drop)
        return true;
    // After the drop has ended: opening may ask a question, and the program that the file comes from waits.
    QMetaObject::invokeMethod(this, [this, path] {
        if (QFileInfo(path).isDir())
            offerFolder(path);
        else
            openScenario(path);
    }, Qt::QueuedConnection);
    return true;
}

/// One scenario is opened; several are offered where the pointer is.
void MainWindow::offerFolder(const QString &folder)
{
    const QStringList files = scenarioFilesIn(folder);
    const QString name = QDir::toNativeSeparators(folder);
    if (files.isEmpty()) {
        m_message->showMessage(MessageBar::Kind::Problem, tr("There is no scenario (*.yaml, *.yml) in %1.").arg(name));
        return;
    }
    if (files.size() == 1) {
        openScenario(files.front());
        return;
    }
    auto *menu = new QMenu(this);
    menu->setObjectName(QStringLiteral("dropped_folder"));
    connect(menu, &QMenu::aboutToHide, menu, &QObject::deleteLater); // after what was chosen in it is done
    fillScenarioMenu(menu, folder, [this](const QString &path) { openScenario(path); });
    menu->popup(QCursor::pos());
}

} // namespace halfopen
