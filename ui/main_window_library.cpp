// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the window does with the run library: keeps what has ended, opens and compares what was kept.
#include "core/run/run_record.h"
#include "simulators/simulation.h"
#include "ui/compare/compare_panel.h"
#include "ui/format.h"
#include "ui/library/library_panel.h"
#include "ui/library/run_replayer.h"
#include "ui/main_window.h"
#include "ui/models/file_difference.h"
#include "ui/message_bar.h"
#include "ui/notices.h"
#include "ui/scenario/scenario_document.h"
#include "ui/theme.h"
#include "ui/tracks_area.h"

#include <QAction>
#include <QDockWidget>
#include <QLineEdit>
#include <QPushButton>

#include <algorithm>
#include <chrono>
#include <memory>
#include <utility>

namespace halfopen {

namespace {

/// A run in What if that stands this long is one that the user has looked at.
constexpr std::chrono::milliseconds kLookedAt{1500};
const QString kDetailsKey = QStringLiteral("library/details");
const QByteArray kShown = QByteArrayLiteral("shown");
const QString kUntaggedMaxKey = QStringLiteral("library/untagged_max");

QString fingerprintText(std::uint64_t fingerprint)
{
    return QStringLiteral("0x%1").arg(fingerprint, 16, 16, QLatin1Char('0'));
}

std::int64_t untaggedOf(const RunLibrary &library)
{
    return std::count_if(library.runs().begin(), library.runs().end(),
                         [](const KeptRun &run) { return run.tags.isEmpty() && run.notes.isEmpty(); });
}

/// In a list of them the runs are told from each other by what was set and changed, or by their seed; by the names of their scenarios
/// only where these differ.
void nameByDifferences(std::vector<RunSource> &sources, const RunLibrary &library)
{
    constexpr qsizetype kLettersMost = 48;
    const bool isOneScenario = std::all_of(sources.begin(), sources.end(), [&](const RunSource &one) { return one.name == sources.front().name; });
    for (RunSource &source : sources) {
        const KeptRun *run = library.find(source.id);
        if (!run)
            continue;
        const QString changes = changesText(*run);
        const QString differences = changes.isEmpty() ? differencesText(*run) : changes;
        const QString whole = isOneScenario ? differences : QStringLiteral("%1: %2").arg(source.name, differences);
        source.name = whole.size() > kLettersMost ? whole.left(kLettersMost - 1) + QChar(0x2026) : whole;
    }
}

} // namespace

void MainWindow::buildLibrary(EngineFactory engines)
{
    m_library = new RunLibrary(m_settings->libraryFile(), this);
    const int untaggedMax = m_settings->bytes(kUntaggedMaxKey).toInt();
    if (untaggedMax > 0)
        m_library->setUntaggedMax(untaggedMax);
    m_keepDelay.setSingleShot(true);
    m_keepDelay.setInterval(kLookedAt);
    connect(&m_keepDelay, &QTimer::timeout, this, &MainWindow::keepNow);
    m_replayer = new RunReplayer(std::move(engines), this);
    m_libraryPanel = new LibraryPanel(m_library);
    m_libraryDock = addDock(QStringLiteral("library"), tr("Run library"), Qt::LeftDockWidgetArea, m_libraryPanel);
    connect(m_library, &RunLibrary::stateChanged, this, &MainWindow::showLibraryState);
    connect(m_library, &RunLibrary::kept, this, [this] { m_message->dismissAbout(kAboutUntagged); }); // that was the next run
    connect(m_library, &RunLibrary::failed, this,
            [this](const QString &message) { m_message->showMessage(MessageBar::Kind::Problem, message); });
    connect(m_libraryPanel, &LibraryPanel::openRequested, this, [this](qint64 id) {
        m_library->fetch(id, [this](const RunSource &source) { openKept(source, std::nullopt); });
    });
    connect(m_libraryPanel, &LibraryPanel::compareRequested, this, &MainWindow::compareKept);
    connect(m_libraryPanel, &LibraryPanel::compareWithPresentRequested, this, [this](qint64 id) {
        m_library->fetch(id, [this](const RunSource &source) { m_replayer->start(source); });
    });
    connectDeleting();
    const QByteArray details = m_settings->bytes(kDetailsKey);
    if (!details.isEmpty())
        m_libraryPanel->setDetailsShown(details == kShown);
    connect(m_libraryPanel, &LibraryPanel::detailsChosen, this,
            [this](bool shown) { m_settings->setBytes(kDetailsKey, shown ? kShown : QByteArrayLiteral("hidden")); });
    connect(m_libraryPanel, &LibraryPanel::untaggedMaxChosen, this, [this](int count) {
        m_settings->setBytes(kUntaggedMaxKey, QByteArray::number(count));
        m_library->setUntaggedMax(count);
        const std::int64_t untagged = untaggedOf(*m_library);
        m_message->dismissAbout(kAboutUntagged); // said of the number before
        if (untagged > count) {
            m_message->showMessage(MessageBar::Kind::Info,
                                   tr("The next run that is kept leaves %1 of %2 runs without tags and notes: give a tag to what "
                                      "is to stay.")
                                       .arg(formatCount(std::uint64_t(count)), formatCount(std::uint64_t(untagged))));
            m_message->setSubject(kAboutUntagged);
        }
    });
    connect(m_libraryPanel, &LibraryPanel::runRequested, this, [this] {
        if (!m_document.isOpen() || !m_controller.hasRun())
            openDefaultScenario(true);
        else
            m_controller.seekTime(m_controller.endTime());
    });
    connect(m_replayer, &RunReplayer::finished, this, [this](const RunSource &, const RecordPtr &record) {
        setGhost(record);
        m_tracks->reveal(QStringLiteral("comparison"));
        const QString other = otherScenarioText();
        if (other.isEmpty() || m_verifying) // the run on screen is on its way: it is said with what it is
            return;
        if (m_message->isAbout(kAboutRun))
            return m_message->amend(m_message->text() + QLatin1Char(' ') + other);
        m_message->showMessage(MessageBar::Kind::Info, other);
        m_message->setSubject(kAboutRun);
    });
    connect(m_replayer, &RunReplayer::failed, this, [this](const RunSource &source, const QString &message) {
        m_message->showMessage(MessageBar::Kind::Problem,
                               tr("%1 could not be run again to compare with: %2.").arg(source.name, message));
    });
}

/// What is deleted can be brought back from the message, and for as long as the window is open from the menu.
void MainWindow::connectDeleting()
{
    m_do.undoDelete = new QAction(m_libraryPanel->undoDeleteText(), this);
    m_do.undoDelete->setObjectName(QStringLiteral("undo_delete"));
    m_do.undoDelete->setEnabled(false);
    connect(m_do.undoDelete, &QAction::triggered, m_libraryPanel, &LibraryPanel::undoDelete);
    connect(m_library, &RunLibrary::reset, m_do.undoDelete, [this] {
        m_do.undoDelete->setText(m_libraryPanel->undoDeleteText());
        m_do.undoDelete->setEnabled(!m_library->removedLast().empty());
    });
    connect(m_libraryPanel, &LibraryPanel::broughtBack, this, [this] { m_message->dismissAbout(kAboutDeleted); });
    connect(m_libraryPanel, &LibraryPanel::removed, this, [this, told = std::vector<qint64>()](const std::vector<qint64> &ids) mutable {
        if (!m_message->isAbout(kAboutDeleted))
            told.clear();
        told.insert(told.end(), ids.begin(), ids.end()); // one message and one button for all that went while it stands
        m_message->showMessage(MessageBar::Kind::Info, told.size() == 1
                                   ? tr("1 run was deleted from the library.")
                                   : tr("%1 runs were deleted from the library.").arg(formatCount(told.size())));
        m_message->setSubject(kAboutDeleted);
        m_message->addAction(tr("Undo"), [this, all = told] {
            m_library->restore(all);
            m_libraryPanel->select(all);
        });
    });
}

void MainWindow::showLibraryState()
{
    if (m_library->state() != RunLibrary::State::Unusable)
        return m_message->dismissAbout(kAboutLibrary);
    m_message->showMessage(MessageBar::Kind::Problem,
                           tr("Runs are not kept: %1. Everything else works.").arg(m_library->problem().message));
    m_message->setSubject(kAboutLibrary);
    if (m_library->problem().kind == StoreError::Kind::Damaged)
        m_message->addAction(tr("Set it aside"), [this] { m_library->setAside(); });
    else
        m_message->addAction(tr("Try again"), [this] { m_library->open(); });
}

void MainWindow::buildCompare()
{
    m_comparePanel = new ComparePanel([this] { return m_document.isOpen() ? m_tuning.tunedScenario() : nullptr; });
    m_compareDock = addDock(QStringLiteral("compare"), tr("Compare variants"), Qt::BottomDockWidgetArea, m_comparePanel);
    m_compareDock->hide();
    connect(&m_document, &ScenarioDocument::opened, m_comparePanel, &ComparePanel::takeScenario);
    connect(&m_tuning, &TuningModel::changedCountChanged, m_comparePanel, &ComparePanel::renew);
    connect(&m_tuning, &TuningModel::rowChanged, m_comparePanel, &ComparePanel::tellAge);
    connect(&m_tuning, &TuningModel::scenarioChanged, m_comparePanel, &ComparePanel::renew);
    connect(&m_tuning, &TuningModel::comparisonRequested, this, [this](const QString &dialect) {
        m_comparePanel->offerDialect(dialect);
        showCompare();
    });
}

void MainWindow::showCompare()
{
    bringUp(m_compareDock);
    constexpr double kReadableHeight = 300;
    if (!m_compareDock->isFloating() && m_compareDock->height() < Theme::px(kReadableHeight))
        resizeDocks({m_compareDock}, {Theme::px(kReadableHeight)}, Qt::Vertical);
    m_comparePanel->runButton()->setFocus();
}

/// Two runs over each other in the tracks; more of them over their figures. Either way the panel that compares over many
/// seeds has them ready.
void MainWindow::compareKept(const std::vector<qint64> &ids)
{
    const auto sources = std::make_shared<std::vector<RunSource>>();
    for (const qint64 id : ids) {
        m_library->fetch(id, [this, sources, count = ids.size()](const RunSource &source) {
            sources->push_back(source);
            if (sources->size() < count)
                return;
            std::vector<RunSource> named = *sources;
            nameByDifferences(named, *m_library);
            m_comparePanel->compareKept(named, count > 2);
            if (count > 2)
                showCompare();
            else
                openKept(sources->front(), sources->back());
        });
    }
}

void MainWindow::showLibrary()
{
    bringUp(m_libraryDock);
    m_libraryPanel->search()->setFocus();
    m_libraryPanel->search()->selectAll();
}

/// Opens the text of a kept run and runs it with its seed and changes to its end. \a ghost is run in the background and
/// then drawn behind it.
void MainWindow::openKept(const RunSource &source, std::optional<RunSource> ghost)
{
    QString next = tr("What should happen to them before the kept run of %1 is opened?").arg(source.name);
    if (ghost && ghost->name == source.name)
        next = tr("What should happen to them before two kept runs of %1 are compared?").arg(source.name);
    else if (ghost)
        next = tr("What should happen to them before kept runs of %1 and %2 are compared?").arg(source.name, ghost->name);
    settleChanges(next, tr("Keep them for later"), [this, source, ghost = std::move(ghost)] {
        m_playWhenOpened = false;
        m_keepsTuned = false;
        m_replayer->cancel();
        m_reopened = source;
        m_ghostWhenOpened = ghost;
        m_document.openText(source.path, source.text);
    });
}

QDateTime MainWindow::keptAt(qint64 id) const
{
    const std::vector<KeptRun> &runs = m_library->runs();
    const auto run = std::find_if(runs.begin(), runs.end(), [id](const KeptRun &one) { return one.id == id; });
    return run == runs.end() ? QDateTime::currentDateTimeUtc() : run->kept;
}

/// The text of a kept run is open: the run begins.
void MainWindow::replayKept()
{
    dropGoal();
    m_axis.setCursor(std::nullopt);
    m_axis.clearSelection();
    m_axis.showAll();
    const RunSource source = *std::exchange(m_reopened, std::nullopt);
    RunOptions options;
    options.seed = source.seed;
    m_controller.start(m_tuning.tunedScenario(), options, false, source.changes);
    m_verifying = source; // the begin of any other run forgets it
    m_controller.seekTime(source.end == RunEnd::Cancelled ? Instant(source.played) : Instant(m_tuning.scenario()->duration));
    if (const std::optional<RunSource> ghost = std::exchange(m_ghostWhenOpened, std::nullopt))
        m_replayer->start(*ghost);
}

QString MainWindow::otherScenarioText() const
{
    const RecordPtr record = m_controller.record();
    if (!record || !m_ghost || !record->scenario || !m_ghost->scenario || record->scenario->name == m_ghost->scenario->name)
        return {};
    return tr("Two different scenarios are compared: the ghost is a run of %1, and this is one of %2.")
        .arg(QString::fromStdString(m_ghost->scenario->name), QString::fromStdString(record->scenario->name));
}

/// Keeps the run of \a record once when it is over; one that was opened from the library is held against what was kept, and
/// is the same when nothing differs: it stays where it is, with its own time.
void MainWindow::keepRun(const RecordPtr &record)
{
    if (m_verifying && record->end != RunEnd::Running) {
        m_isKept = verifyKept(*record) || m_isKept;
    } else if (m_verifying && m_verifying->end == RunEnd::Cancelled && record->now >= Instant(m_verifying->played)) {
        m_controller.cancel(); // where it was ended then; the record of its end comes next
        return;
    }
    if (record->end == RunEnd::Running || m_isKept)
        return;
    m_isKept = true;
    if (m_isPreview)
        m_keepDelay.start();
    else
        keepNow();
}

void MainWindow::keepNow()
{
    m_keepDelay.stop();
    const RecordPtr record = m_controller.record();
    if (!record || !record->scenario)
        return;
    std::vector<Override> tuned = m_startedWith;
    // The load of a cell, or what a kept run was tuned with that is open again: in the text, and no change of the form.
    for (const FileDifference &one : differencesFrom(m_document.fileScenario().get(), m_document.fileText(), *record->scenario)) {
        const bool isKnown = std::any_of(tuned.begin(), tuned.end(), [&one](const Override &other) { return other.path == one.path; });
        if (!isKnown)
            tuned.push_back({one.path, one.kind == FileDifference::Kind::Value ? one.now.toStdString() : tr("other than in the file").toStdString()});
    }
    m_library->keep(record, std::move(tuned));
}

bool MainWindow::verifyKept(const RunRecord &record)
{
    const RunSource source = *std::exchange(m_verifying, std::nullopt);
    if (record.fingerprint == source.fingerprint) {
        m_message->showMessage(MessageBar::Kind::Info,
                               (tr("%1 ran again as it was kept: fingerprint %2.")
                                    .arg(source.name, fingerprintText(source.fingerprint))
                                + QLatin1Char(' ') + otherScenarioText())
                                   .trimmed());
        m_message->setSubject(kAboutRun);
        return m_library->find(source.id) != nullptr;
    }
    const QString version = QString::fromStdString(record.version);
    const QString why = version != source.version
        ? tr("It was kept by version %1, and this is version %2.").arg(source.version, version)
        : tr("A file that it names, or your defaults for what it leaves open, may have changed since.");
    m_message->showMessage(MessageBar::Kind::Problem,
                           tr("%1 is not the run that was kept: fingerprint %2 instead of %3. %4")
                               .arg(source.name, fingerprintText(record.fingerprint), fingerprintText(source.fingerprint), why));
    m_message->setSubject(kAboutRun);
    return false;
}

} // namespace halfopen
