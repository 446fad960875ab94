// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The window's dealings with the text that is edited, and with what is not saved yet.
#include "core/scenario/loader.h"
#include "ui/format.h"
#include "ui/main_window.h"
#include "ui/message_bar.h"
#include "ui/notices.h"
#include "ui/scenario/scenario_panel.h"
#include "ui/scenario/text_editor.h"
#include "ui/scenario/text_panel.h"
#include "ui/theme.h"

#include <QAction>
#include <QCloseEvent>
#include <QCryptographicHash>
#include <QDockWidget>
#include <QFileInfo>
#include <QLocale>
#include <QSet>
#include <QUndoStack>

#include <algorithm>
#include <cstdlib>
#include <utility>

namespace halfopen {
namespace {

constexpr double kReadableWidth = 440; ///< of a text, in logical pixels
constexpr std::chrono::milliseconds kFormPause{100}; ///< the text follows a dragged slider at a reader's pace
const QString kDismissedKey = QStringLiteral("drafts/dismissed");

/// Tells one draft from all others, and from what it was before it was typed on.
QString noteOf(const DraftStore::Kept &kept)
{
    QByteArray all = kept.text.toUtf8();
    for (const Override &setting : kept.overdue.settings)
        all += QByteArray::fromStdString('\n' + setting.path + '=' + setting.value);
    const QByteArray text = QCryptographicHash::hash(all, QCryptographicHash::Sha1).toHex();
    return QFileInfo(kept.file).fileName() + QLatin1Char(' ') + QString::fromLatin1(text);
}

} // namespace

void MainWindow::buildText()
{
    m_textPanel = new TextPanel(&m_draft);
    m_textDock = addDock(QStringLiteral("text"), tr("Text"), Qt::LeftDockWidgetArea, m_textPanel);
    // A click at its tab, too; from then on the user's widths count.
    connect(this, &QMainWindow::tabifiedDockWidgetActivated, this, [this](const QDockWidget *dock) {
        if (dock == m_textDock && isVisible() && !std::exchange(m_hasTextRoom, true))
            QTimer::singleShot(0, this, &MainWindow::giveTextRoom); // once the docks know their sizes
    });
}

void MainWindow::connectText()
{
    m_codeDelay.setSingleShot(true);
    m_codeDelay.setInterval(kFormPause);
    connect(&m_codeDelay, &QTimer::timeout, this, &MainWindow::showCode);
    connect(&m_draft, &ScenarioDraft::opened, this, [this] { m_keptPath.clear(); }); // it waits to be brought back
    connect(&m_draft, &ScenarioDraft::accepted, this, &MainWindow::onTextAccepted);
    connect(&m_draft, &ScenarioDraft::textChanged, this, &MainWindow::onTextChanged);
    m_textPanel->editor()->setFormHasStep([this](bool isUndo) { return m_tuning.hasOwnStep(isUndo); });
    connect(&m_draft, &ScenarioDraft::stateChanged, this, &MainWindow::showOverdue);
    connect(&m_drafts, &DraftStore::failed, this, [this](const QString &message) {
        m_message->showMessage(MessageBar::Kind::Problem,
                               tr("Unsaved changes cannot be kept for the case of a crash: %1").arg(message));
        m_message->setSubject(kAboutDrafts);
    });
    connect(&m_drafts, &DraftStore::recovered, this, [this] { m_message->dismissAbout(kAboutDrafts); });
    connect(m_message, &MessageBar::changed, this, [this] {
        if (std::exchange(m_closesWhenWritten, false)) // nothing says so any more, and nothing cancels it
            keepDropped();
    });
    connect(&m_draft, &ScenarioDraft::problemsChanged, this, [this] {
        if (m_draft.problems().empty())
            m_message->dismissAbout(kAboutWarning);
    });
}

void MainWindow::editText()
{
    bringUp(m_textDock);
    giveTextRoom();
    m_textPanel->editor()->setFocus();
}

/// A readable width from the centre, as far as that can spare it: the settings keep theirs.
void MainWindow::giveTextRoom()
{
    if (!m_textDock->isVisible() || m_textDock->isFloating() || dockWidgetArea(m_textDock) != Qt::LeftDockWidgetArea)
        return;
    // A dock that stood behind another tab has no width of its own yet, but its column has.
    int column = 0;
    for (QDockWidget *dock : allDocks()) {
        const bool isInside = dock->isVisible() && !dock->isFloating() && rect().intersects(QRect(dock->mapTo(this, QPoint()), dock->size()));
        if (isInside && dockWidgetArea(dock) == Qt::LeftDockWidgetArea)
            column = std::max(column, dock->width());
    }
    const int spare = centralWidget()->width() - centralWidget()->minimumSizeHint().width();
    const int width = std::min(Theme::px(kReadableWidth), column + std::max(0, spare));
    if (width <= column)
        return;
    const bool hasTuning = m_tuningDock->isVisible() && !m_tuningDock->isFloating();
    if (hasTuning)
        resizeDocks({m_textDock, m_tuningDock}, {width, m_tuningDock->width()}, Qt::Horizontal);
    else
        resizeDocks({m_textDock}, {width}, Qt::Horizontal);
}

void MainWindow::showCode()
{
    if (!m_document.isOpen() || m_draft.path() != m_document.path())
        return;
    m_draft.follow(m_tuning.tunedScenario());
    // A text that cannot be read, or not yet, has no place for them.
    const bool wasOverdue = std::exchange(m_isOverdue, !overdueSettings().settings.empty());
    if (m_isOverdue || (wasOverdue && m_draft.isModified()))
        keepDraft();
    showOverdue();
    renewQuestion();
}

void MainWindow::showOverdue()
{
    constexpr std::size_t kNamedMost = 3;
    const std::vector<Override> settings = overdueSettings().settings;
    QStringList names;
    for (const Override &setting : settings) {
        if (names.size() == qsizetype(kNamedMost))
            break;
        const std::optional<int> row = m_tuning.find(QString::fromStdString(setting.path));
        names += settingLabel(row ? m_tuning.row(*row).field->key : std::string_view(setting.path)) + QLatin1Char(' ') + QString::fromStdString(setting.value);
    }
    if (settings.size() > kNamedMost)
        names += tr("%1 more").arg(settings.size() - kNamedMost);
    m_textPanel->setOverdue(names.join(QStringLiteral(", ")));
}

DraftStore::Overdue MainWindow::overdueSettings() const
{
    const std::shared_ptr<const Scenario> before = m_draft.before();
    const bool isBehind = m_draft.state() == ScenarioDraft::State::Waiting || m_draft.state() == ScenarioDraft::State::Broken;
    if (!isBehind || !before || !m_document.isOpen() || m_draft.path() != m_document.path())
        return {};
    std::vector<Override> settings = m_tuning.overridesAgainst(*before);
    if (settings.empty())
        return {};
    return {QString::fromStdString(before->text), std::move(settings)};
}

void MainWindow::keepDraft()
{
    m_keptPath = m_draft.path();
    m_drafts.keep(m_keptPath, m_draft.text(), overdueSettings());
}

void MainWindow::onTextChanged()
{
    // Saved under another name, in whose folder the text names its recordings differently: for a moment it looks changed.
    if (!m_keptPath.isEmpty() && m_keptPath != m_draft.path())
        m_drafts.forget(std::exchange(m_keptPath, QString()));
    if (m_draft.isModified()) {
        keepDraft();
    } else if (!m_keptPath.isEmpty()) {
        m_drafts.forget(std::exchange(m_keptPath, QString()));
    }
    m_dropsChanges = false;
    showTitle();
}

void MainWindow::onTextAccepted(const std::shared_ptr<const Scenario> &scenario, const TextChange &change)
{
    if (m_draft.path() != m_document.path() || !m_draft.before()) { // a file that could not be opened has been mended
        forgetOpening();
        m_keepsTuned = m_draft.path() == m_document.path();
        m_document.adopt(m_draft.path(), scenario);
        return;
    }
    const std::shared_ptr<const Scenario> before = m_draft.before();
    if (change.sameShape && before && m_tuning.scenario() && haveSameShape(*m_tuning.scenario(), *scenario))
        m_tuning.setText(scenario, *before);
    else
        m_tuning.setScenario(scenario);
    const std::shared_ptr<const Scenario> tuned = m_tuning.tunedScenario();
    m_scenarioPanel->updateScenario(tuned);
    m_draft.follow(tuned);
    const bool isWhatIf = m_do.whatIf->isChecked();
    switch (change.kind) {
    case TextChange::Kind::Words:
        break;
    case TextChange::Kind::Settings:
        m_textPanel->setOutcome(isWhatIf         ? tr("In effect: the scenario ran again with it.")
                                : !isRunOver()   ? tr("In effect from now on.")
                                : isForNextRun() ? tr("Read: takes effect in the next run.")
                                                 : tr("In effect."));
        break;
    case TextChange::Kind::World:
        if (isWhatIf) {
            onWhatIfChange();
            m_textPanel->setOutcome(tr("In effect: the scenario ran again with it."));
        } else {
            runAgainToPresent();
        }
        break;
    }
    showTitle();
}

void MainWindow::runAgainToPresent()
{
    // A run that is on its way back already is as good as there.
    const bool wasMoving = m_wayBack ? m_wayBack->plays : m_controller.isMoving();
    const Instant was = m_wayBack ? m_wayBack->to : m_controller.now();
    const Instant at = std::min(was, Instant(m_tuning.scenario()->duration));
    setGhost(nullptr); // of another world
    dropGoal();
    m_verifying.reset();
    m_controller.start(m_tuning.tunedScenario(), RunOptions{}, at == Instant() && wasMoving);
    if (at == Instant()) {
        m_textPanel->setOutcome(tr("In effect."));
        return;
    }
    m_controller.seekTime(at);
    m_wayBack = {at, wasMoving};
    m_textPanel->setOutcome(
        tr("In effect: more than settings changed, so the scenario ran again from the beginning to %1.")
            .arg(formatInstant(at)));
}

Result<std::string> MainWindow::textToSave()
{
    // What was typed last may not have been read yet.
    if (!m_draft.readNow())
        return failure(tr("the text has problems, see below it; it is kept until they are mended").toStdString());
    if (std::string problem = m_tuning.textProblem(); !problem.empty())
        return failure(std::move(problem));
    if (m_draft.path() != m_document.path())
        return failure(tr("the text is that of %1, and another file is open").arg(QFileInfo(m_draft.path()).fileName()).toStdString());
    showCode();
    return m_draft.text().toStdString();
}

void MainWindow::forgetOpening()
{
    m_keepsTuned = false;
    m_reopened.reset();
    m_ghostWhenOpened.reset();
    keepDropped();
}

void MainWindow::keepDropped()
{
    if (std::exchange(m_dropsChanges, false) && m_draft.isModified())
        onTextChanged();
}

bool MainWindow::isUnsaved() const
{
    return m_tuning.changedCount() > 0 || m_draft.isModified();
}

int MainWindow::editedLines() const
{
    if (!m_draft.isModified())
        return 0;
    std::vector<Override> ofForm;
    if (m_draft.path() == m_document.path()) {
        ofForm = m_tuning.overrides();
        const std::vector<Override> overdue = overdueSettings().settings; // not in the text yet
        std::erase_if(ofForm, [&overdue](const Override &one) {
            const auto isSame = [&one](const Override &other) { return other.path == one.path; };
            return std::any_of(overdue.begin(), overdue.end(), isSame);
        });
    }
    const Result<std::string> edited = editScenarioText(m_draft.textOnDisk().toStdString(), ofForm);
    const QString expected = edited ? QString::fromStdString(*edited) : m_draft.textOnDisk();
    QHash<QString, int> lines; // how often more than expected
    for (const QString &line : m_draft.text().split(QLatin1Char('\n')))
        ++lines[line];
    for (const QString &line : expected.split(QLatin1Char('\n')))
        --lines[line];
    int added = 0, removed = 0;
    for (const int count : std::as_const(lines))
        (count > 0 ? added : removed) += std::abs(count);
    return std::max({added, removed, m_draft.text() != expected ? 1 : 0}); // moved ones are edited, too
}

QString MainWindow::unsavedText(const QString &next) const
{
    QStringList changes;
    if (const int count = m_tuning.changedCount(); count > 0) {
        QString settings = count == 1 ? tr("1 setting changed") : tr("%1 settings changed").arg(count);
        if (m_draft.path() != m_document.path()) // a file that could not be opened is being mended
            settings += QStringLiteral(" (%1)").arg(QFileInfo(m_document.path()).fileName());
        changes += settings;
    }
    if (const int count = editedLines(); count > 0)
        changes += count == 1 ? tr("1 line of the text edited") : tr("%1 lines of the text edited").arg(count);
    const QString file = QFileInfo(m_draft.path()).fileName();
    return tr("%1 has changes that are not saved: %2.").arg(file, changes.join(QStringLiteral(", "))) + QLatin1Char(' ') + next;
}

void MainWindow::renewQuestion()
{
    // While the pause of the form runs, the text has its settings in a moment: the question is renewed then.
    if (!m_message->isAbout(kAboutUnsaved) || m_codeDelay.isActive())
        return;
    const QString now = unsavedText(m_questionNext);
    m_message->amend(now + m_message->text().mid(m_question.size()));
    m_question = now;
}

bool MainWindow::settleChanges(const QString &next, const QString &keepText, std::function<void()> then)
{
    if (m_closesWhenWritten)
        m_message->dismiss(); // the user goes on
    m_codeDelay.stop();
    showCode();
    const bool isSettled = !isUnsaved() || m_dropsChanges;
    if (isSettled) {
        then();
        return true;
    }
    m_questionNext = next;
    m_question = unsavedText(next);
    m_message->showMessage(MessageBar::Kind::Info, m_question);
    m_message->setSubject(kAboutUnsaved);
    m_message->setDismissal(tr("Cancel"));
    m_message->addAction(tr("Save"), [this, then] {
        if (save())
            then();
    });
    m_message->addAction(keepText, [this, then] {
        if (keepNowOrTell(then))
            then();
    });
    m_message->addAction(tr("Discard"), [this, then] {
        m_drafts.forget(m_draft.path());
        m_dropsChanges = true;
        then();
    });
    return false;
}

bool MainWindow::keepNowOrTell(const std::function<void()> &then)
{
    if (m_draft.isModified())
        keepDraft(); // an earlier try may have failed
    const Result<void> kept = m_drafts.flush(m_draft.path());
    if (kept)
        return true;
    m_message->showMessage(MessageBar::Kind::Problem,
                           tr("The changes to %1 cannot be kept: %2. They are only in this window.")
                               .arg(QFileInfo(m_draft.path()).fileName(), QString::fromStdString(kept.error().message)));
    m_message->setDismissal(tr("Cancel"));
    m_message->addAction(tr("Save as…"), [this, then] {
        if (saveAs())
            then();
    });
    m_message->addAction(tr("Discard"), [this, then] {
        m_drafts.forget(m_draft.path());
        m_dropsChanges = true;
        then();
    });
    return false;
}

void MainWindow::closeAnyway()
{
    m_mayClose = true;
    close();
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    const QString next = tr("What should happen to them before the lab closes? Closing again keeps them for the next start.");
    const bool waits = m_closesWhenWritten;
    if (waits && m_codeDelay.isActive()) { // what was tuned a moment ago, while it waited
        m_codeDelay.stop();
        showCode();
    }
    const bool wasAsked = waits || (m_message->isAbout(kAboutUnsaved) && m_message->text().startsWith(unsavedText(next)));
    if (!m_mayClose && !wasAsked
        && !settleChanges(next, tr("Keep them and close"), [this] { closeAnyway(); })) {
        event->ignore();
        return;
    }
    // What is not saved and cannot be kept either would be gone.
    if (isUnsaved() && !m_dropsChanges && !keepNowOrTell([this] { closeAnyway(); })) {
        m_mayClose = false;
        event->ignore();
        return;
    }
    if (m_writing > 0 && !waits) { // whether it was written is told
        m_mayClose = false;
        m_message->showMessage(MessageBar::Kind::Info,
                               tr("A file is still being written. The lab closes when it is; closing again does not wait."));
        m_message->setDismissal(tr("Cancel"));
        m_closesWhenWritten = true;
        event->ignore();
        return;
    }
    m_closesWhenWritten = false;
    m_isClosed = true;
    m_controller.pause();
    m_do.presentation->setChecked(false); // the layout to come back to is the one before it
    saveLayout();
    (void)m_drafts.flush(); // what is not wanted any more is removed
    m_mayClose = false;
    event->accept();
}

bool MainWindow::restoreWaiting()
{
    if (!m_restoreWhenOpened || m_restoreWhenOpened->path != m_draft.path())
        return false;
    restore(*std::exchange(m_restoreWhenOpened, std::nullopt));
    return true;
}

std::vector<DraftStore::Kept> MainWindow::keptChanges()
{
    (void)m_drafts.flush(); // what was changed a moment ago may wait to be written; a failure is told by itself
    return m_drafts.kept(m_draft.isModified() ? m_draft.path() : QString());
}

/// Changes that the user has been told of and has left for later: one note a line, see noteOf().
QSet<QString> MainWindow::dismissedChanges() const
{
    const QStringList lines = QString::fromUtf8(m_settings->bytes(kDismissedKey)).split(QLatin1Char('\n'), Qt::SkipEmptyParts);
    return {lines.begin(), lines.end()};
}

/// Not to be told of again before their file is opened. What is gone meanwhile needs no such note any more.
void MainWindow::dismissChanges(const DraftStore::Kept &dismissed)
{
    const QSet<QString> before = dismissedChanges();
    QStringList lines{noteOf(dismissed)};
    for (const DraftStore::Kept &kept : m_drafts.kept()) {
        if (const QString note = noteOf(kept); before.contains(note) && !lines.contains(note))
            lines += note;
    }
    m_settings->setBytes(kDismissedKey, lines.join(QLatin1Char('\n')).toUtf8());
}

void MainWindow::offerKept(bool isAsked)
{
    std::vector<DraftStore::Kept> all = keptChanges();
    if (!isAsked) {
        std::erase_if(all, [this, dismissed = dismissedChanges()](const DraftStore::Kept &kept) {
            return kept.path != m_draft.path() && dismissed.contains(noteOf(kept));
        });
    }
    if (all.empty())
        return;
    // First what belongs to the open file.
    const auto own = std::find_if(all.begin(), all.end(), [this](const auto &kept) { return kept.path == m_draft.path(); });
    const DraftStore::Kept kept = own == all.end() ? all.front() : *own;
    const QString when = QLocale().toString(kept.when.toLocalTime(), QLocale::ShortFormat);
    m_message->showMessage(MessageBar::Kind::Info, tr("Changes to %1 of %2 were not saved and are kept.")
                                                       .arg(QFileInfo(kept.path).fileName(), when));
    m_message->addAction(tr("Bring them back"), [this, kept] {
        if (kept.path == m_draft.path()) {
            restore(kept);
            return;
        }
        m_restoreWhenOpened = kept;
        openScenario(kept.path);
    });
    m_message->addAction(tr("Discard them"), [this, kept, isAsked] {
        DraftStore::discard(kept);
        offerKept(isAsked);
    });
    m_message->setDismissal({}, [this, kept] { dismissChanges(kept); });
}

void MainWindow::restore(const DraftStore::Kept &kept)
{
    m_drafts.takeOver(kept);
    const auto put = [this](const QString &text) {
        m_textPanel->editor()->replaceText(text);
        m_draft.type(text);
    };
    if (!kept.overdue.settings.empty() && kept.overdue.base != m_draft.text()) { // the settings are those of this one
        put(kept.overdue.base);
        (void)m_draft.readNow();
    }
    put(kept.text);
    const bool isWhole = m_tuning.editAll(kept.overdue.settings, tr("what was kept")).has_value();
    for (const Override &setting : isWhole ? std::vector<Override>() : kept.overdue.settings) {
        if (const auto row = m_tuning.find(QString::fromStdString(setting.path)))
            (void)m_tuning.edit(*row, QString::fromStdString(setting.value)); // no longer legal: what is in force stays
    }
    editText();
}

} // namespace halfopen
