// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The centre's pages: the run, and the views that study many runs. What the window does with what they find.
#include "core/scenario/loader.h"
#include "simulators/simulation.h"
#include "simulators/vocabulary.h"
#include "ui/main_window.h"
#include "ui/message_bar.h"
#include "ui/models/core_message.h"
#include "ui/models/file_difference.h"
#include "ui/models/study_parameters.h"
#include "ui/models/text_change.h"
#include "ui/scenario/text_editor.h"
#include "ui/scenario/text_panel.h"
#include "ui/tracks_area.h"
#include "ui/tuning/tuning_panel.h"
#include "ui/views/registry.h"

#include <QAction>
#include <QActionGroup>
#include <QMenu>
#include <QSignalBlocker>
#include <QStackedWidget>
#include <QTabBar>
#include <QUndoCommand>
#include <QVBoxLayout>

#include <algorithm>
#include <functional>
#include <utility>

namespace halfopen {

namespace {

constexpr qsizetype kNamedMost = 6; ///< of other settings, in a message
constexpr int kPagesBefore = 1; ///< in the stack, before the run: the page without a scenario

/// A change of the text among the form's undo steps. It has been made when it is pushed.
class TextStep final : public QUndoCommand {
public:
    explicit TextStep(std::function<void(bool isUndo)> put) : m_put(std::move(put)) {}
    void undo() override { m_put(true); }
    void redo() override
    {
        if (!std::exchange(m_isMade, false))
            m_put(false);
    }

private:
    std::function<void(bool)> m_put;
    bool m_isMade = true;
};

} // namespace

void MainWindow::buildPages(QVBoxLayout *layout)
{
    m_pageTabs = new QTabBar;
    m_pageTabs->setObjectName(QStringLiteral("pages"));
    m_pageTabs->setDrawBase(false);
    m_pageTabs->setExpanding(false);
    m_pageTabs->setAccessibleName(tr("What the centre shows"));
    m_pageTabs->addTab(tr("Run"));
    for (const ViewType &type : viewTypes()) {
        if (type.place != ViewPlace::Page)
            continue;
        View *view = type.create(&m_axis, nullptr);
        view->setObjectName(QString::fromLatin1(type.id));
        m_pageTabs->addTab(viewTitle(type));
        m_pageViews.push_back(view);
        connectView(view);
    }
    m_pageTabs->hide(); // until there is a scenario
    layout->addWidget(m_pageTabs);
    connect(m_pageTabs, &QTabBar::currentChanged, this, &MainWindow::showPage);
}

void MainWindow::buildPageMenu(QMenu *menu)
{
    auto *group = new QActionGroup(this);
    for (int i = 0; i < m_pageTabs->count(); ++i) {
        QAction *action = addCommand(QStringLiteral("page_%1").arg(i), m_pageTabs->tabText(i),
                                     {QKeySequence(QStringLiteral("Alt+%1").arg(i + 1))});
        action->setCheckable(true);
        action->setChecked(i == 0);
        action->setEnabled(false);
        group->addAction(action);
        menu->addAction(action);
        m_pageTabs->setTabToolTip(i, action->shortcut().toString(QKeySequence::NativeText));
        connect(action, &QAction::triggered, this, [this, i] {
            showPage(i);
            focusCentre();
        });
        m_pageActions.push_back(action);
    }
    menu->addSeparator();
}

View *MainWindow::page(const QString &id) const
{
    const auto found = std::find_if(m_pageViews.begin(), m_pageViews.end(),
                                    [&](const View *view) { return view->objectName() == id; });
    return found == m_pageViews.end() ? nullptr : *found;
}

int MainWindow::pageOf(const View *view) const
{
    const auto found = std::find(m_pageViews.begin(), m_pageViews.end(), view);
    return found == m_pageViews.end() ? 0 : int(found - m_pageViews.begin()) + 1;
}

int MainWindow::shownPage() const
{
    return std::max(0, m_pages->currentIndex() - kPagesBefore);
}

void MainWindow::showPage(int index)
{
    if (!m_document.isOpen())
        return;
    m_pageTabs->show();
    m_pages->setCurrentIndex(index + kPagesBefore);
    const QSignalBlocker quiet(m_pageTabs);
    m_pageTabs->setCurrentIndex(index);
    for (QAction *action : m_pageActions)
        action->setEnabled(true);
    m_pageActions[std::size_t(index)]->setChecked(true);
    if (index > 0 && !m_pageTabs->hasFocus()) // whoever goes from tab to tab by the arrow keys goes on there
        m_pageViews[std::size_t(index) - 1]->setFocus();
    tellAdoption(); // another page, with or without the line of What if
}

void MainWindow::openVariant(const std::shared_ptr<const Scenario> &scenario, const QString &what,
                             const std::vector<Override> &settings, View *from)
{
    m_axis.setCursor(std::nullopt);
    m_axis.clearSelection();
    m_axis.showAll();
    dropGoal();
    forgetWhatIf(); // what it says is of a change before
    m_adoption.clear();
    if (settings.empty() || !areRows(settings))
        setGhost(nullptr); // of another world: load and trigger are no settings
    else if (m_isGhostOfWhatIf)
        m_whatIf.refuse(
            m_whatIf.base() == WhatIf::Base::File
                ? tr("A run of a study is shown, which is not compared. The ghost is the run of the file.")
                : tr("A run of a study is shown, which is not compared. The ghost is the run before the last change."));
    m_controller.start(scenario, RunOptions{}, false);
    m_beforeVariant = FormBefore{m_tuning.tunedScenario(), m_tuning.overrides()};
    std::vector<Override> rows = settings; // the others are in the variant's text
    std::erase_if(rows, [this](const Override &one) { return !areRows({one}); });
    if (haveSameShape(*m_beforeVariant->scenario, *scenario)) // with what was set when the study began, too
        rows = settingsThatDiffer(*m_beforeVariant->scenario, *scenario);
    m_startedWith = m_tuning.overridesWith(rows);
    m_begunWith = m_inForce = m_tuning.valuesWith(rows);
    m_isKept = m_isKept || !from->hasWholeTexts(); // the library could not run it again
    m_controller.seekTime(Instant(scenario->duration));
    showPage(0);
    m_tracks->setFocus();
    m_variant = ShownVariant{scenario, what, settings, from, studiedBy(from)};
    m_variantText = variantText();
    m_message->showMessage(MessageBar::Kind::Info, m_variantText);
    const int back = pageOf(from);
    if (!settings.empty())
        m_message->addAction(tr("Adopt these values"), [this, settings, from] { adoptSettings(settings, true, from); });
    m_message->addAction(tr("Back to %1").arg(m_pageTabs->tabText(back)), [this, back] { showPage(back); });
    showVariantState();
}

/// "Max attempts 2, After 100ms": what is adopted, which need not be all that a variant differs in.
QString MainWindow::settingsText(const std::vector<Override> &settings) const
{
    QStringList parts;
    const std::vector<StudyParameter> known = areRows(settings) ? std::vector<StudyParameter>() : studyParameters(m_tuning);
    for (const Override &setting : settings) {
        const QString path = QString::fromStdString(setting.path);
        const std::optional<int> row = m_tuning.find(path);
        const auto one = std::find_if(known.begin(), known.end(), [&path](const StudyParameter &other) { return other.path == path; });
        const QString name = row                                           ? settingLabel(m_tuning.row(*row).field->key)
            : one != known.end()                                           ? one->brief
            : path.startsWith(QLatin1String("faults.")) && path.endsWith(QLatin1String(".for")) ? tr("length of the fault")
                                                                           : path;
        parts += QStringLiteral("%1 %2").arg(name, QString::fromStdString(setting.value));
    }
    return parts.join(QStringLiteral(", "));
}

void MainWindow::showOtherWorld()
{
    QStringList parts, lines;
    if (m_document.isOpen() && m_tuning.scenario()) {
        for (const FileDifference &one : worldDifferences(m_document.fileText(), m_tuning.scenario()->text)) {
            parts += differenceText(one);
            lines += one.file.isEmpty() ? differenceText(one) : tr("%1 instead of %2").arg(differenceText(one), one.file);
        }
    }
    if (parts.isEmpty())
        return m_tuningPanel->setOtherWorld({}, {});
    lines += tr("Not in the file: undo takes adopted values back, and the text shows all of it.");
    m_tuningPanel->setOtherWorld(tr("Not the file's world: %1").arg(firstOf(parts)), lines.join(QLatin1Char('\n')));
}

bool MainWindow::areRows(const std::vector<Override> &settings) const
{
    return std::all_of(settings.begin(), settings.end(),
                       [this](const Override &one) { return m_tuning.find(QString::fromStdString(one.path)).has_value(); });
}

bool MainWindow::replaceDraft(const QString &from, const QString &to)
{
    m_codeDelay.stop();
    showCode();
    if (m_draft.text() != from || m_draft.path() != m_document.path())
        return false;
    m_textPanel->editor()->showForm(to);
    m_draft.type(to);
    return m_draft.readNow();
}

Result<void> MainWindow::adoptInText(const std::vector<Override> &settings, const QString &what)
{
    if (!m_draft.readNow())
        return failure(tr("the text has problems, see below it").toStdString());
    std::vector<Override> rows, world;
    for (const Override &one : settings)
        (areRows({one}) ? rows : world).push_back(one);
    if (const auto legal = studyScenario(*m_tuning.tunedScenario(), settings); !legal)
        return tl::unexpected<Error>(legal.error());
    QUndoStack *steps = m_tuning.undoStack();
    steps->beginMacro(tr("adopt %1").arg(what));
    Result<void> done = rows.empty() ? Result<void>() : m_tuning.editAll(rows, tr("adopt %1").arg(what));
    m_codeDelay.stop();
    showCode(); // with the form's values
    const QString before = m_draft.text();
    const Result<std::string> edited = done ? editScenarioText(before.toStdString(), world, standardVocabulary())
                                            : Result<std::string>(tl::unexpected<Error>(done.error()));
    if (!edited)
        done = tl::unexpected<Error>(edited.error());
    const QString after = edited ? QString::fromStdString(*edited) : before;
    if (done && after != before) {
        if (replaceDraft(before, after))
            steps->push(new TextStep([this, before, after](bool isUndo) {
                if (!replaceDraft(isUndo ? after : before, isUndo ? before : after))
                    m_message->showMessage(MessageBar::Kind::Info, tr("The text has changed since then, so it stays as it is."));
            }));
        else
            done = failure(tr("the text could not take them").toStdString());
    }
    steps->endMacro();
    if (!done)
        steps->undo(); // all of them or none
    return done;
}

void MainWindow::adoptSettings(const std::vector<Override> &settings, bool isShown, const View *from)
{
    const QString what = settingsText(settings);
    const QStringList left = sinceStudy(isShown && m_variant ? m_variant->studied : studiedBy(from), settings); // it is what the study varies that one has chosen
    const std::shared_ptr<const Scenario> before = m_tuning.tunedScenario();
    const bool isWorld = !areRows(settings);
    // The run on screen has them, or another world is run anyway; else it is told like of each change of the form. What if runs both
    // the settings before and these, to say what they change.
    const auto isHeld = [this, isShown, isWorld] { return isShown && !isWorld && !m_do.whatIf->isChecked(); };
    m_isAdopting = isHeld() || isWorld;
    const Result<void> done = isWorld ? adoptInText(settings, what) : m_tuning.editAll(settings, tr("adopt %1").arg(what));
    m_isAdopting = false;
    if (done && isHeld())
        holdAgainstForm();
    if (!done) {
        m_message->showMessage(MessageBar::Kind::Problem,
                               tr("Not adopted: %1").arg(coreMessage(done.error().message)));
        return;
    }
    m_adoptedWhat = tr("Adopted: %1.").arg(what);
    if (!left.isEmpty())
        m_adoptedWhat += QLatin1Char(' ') + tr("Not adopted: %1. So the next run is another one than that of the study.").arg(firstOf(left, kNamedMost));
    m_adoptedText = m_adoptedWhat;
    m_message->showMessage(MessageBar::Kind::Info, m_adoptedText);
    m_message->addAction(tr("Undo"), [this, isHeld, isWorld] {
        m_isAdopting = isHeld() || isWorld;
        m_tuning.undoStack()->undo();
        m_isAdopting = false;
        if (isHeld())
            holdAgainstForm();
        showVariantState();
    });
    showVariantState();
    if (!isComparedByWhatIf())
        m_adoption.compareSettings(m_tuning.tunedScenario(), before);
    if (!m_do.whatIf->isChecked() && (!isHeld() || m_beforeVariant))
        offerRun(); // else they run already, or theirs is the run on screen
}

bool MainWindow::isComparedByWhatIf() const
{
    return m_do.whatIf->isChecked() && m_whatIf.base() == WhatIf::Base::LastChange;
}

void MainWindow::tellAdoption()
{
    if (m_adoptedText.isEmpty() || m_message->text() != m_adoptedText)
        return; // something else is said by now
    const WhatIf &found = isComparedByWhatIf() ? m_whatIf : m_adoption;
    // While What if computes, what it has is of the change before.
    const bool isFound = found.hasComparison() && !(isComparedByWhatIf() && found.isComputing());
    if (shownPage() == 0 && isComparedByWhatIf() && (found.isComputing() || isFound)) { // its line says the same
        m_adoptedText = m_adoptedWhat;
        m_message->amend(m_adoptedText);
        return;
    }
    if (const std::size_t pairs = found.pairs(); isFound && pairs > 1 && pairs < 1 + WhatIf::kReplications)
        return; // one word more for each seed would be noise
    QString more;
    if (isFound) {
        const QString what = found.whatDiffers(WhatIf::Which::Clear);
        const QString of = found.pairs() > 1 ? tr("means of %1 seeds").arg(found.pairs()) : tr("this seed only");
        more = found.differences().empty() ? tr("The result is the same as with the settings before.")
            : what.isEmpty()                    ? tr("The result does not differ clearly from the one with the settings before (%1).").arg(of)
                                                : tr("Against the settings before: %1 (%2).").arg(what, of);
    } else if (found.isComputing()) {
        more = tr("Comparing with the settings before…");
    }
    m_adoptedText = more.isEmpty() ? m_adoptedWhat : m_adoptedWhat + QLatin1Char(' ') + more;
    m_message->amend(m_adoptedText);
}

void MainWindow::studySetting(const QString &path)
{
    for (View *view : m_pageViews) {
        if (!view->studySetting(path))
            continue;
        showPage(pageOf(view));
        view->studySetting(path); // shown now, it takes the focus
        return;
    }
}

} // namespace halfopen
