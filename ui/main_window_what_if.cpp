// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What-if: each change of a setting runs the whole scenario again at once. The run's thread drops what it was at, so the
// latest change wins; the views draw the new run as far as it has come, over the ghost of the one before.
#include "core/run/run_record.h"
#include "simulators/simulation.h"
#include "ui/format.h"
#include "ui/main_window.h"
#include "ui/what_if_bar.h"

#include <QAction>

#include <algorithm>
#include <utility>

namespace halfopen {

namespace {

/// Changes closer than this, to the one before or to what it brought, are one gesture: a drag of a slider is compared with the run before the drag.
constexpr qint64 kGesturePauseMs = 1000;
const QString kBaseKey = QStringLiteral("what_if/compared_with");
const QByteArray kOfFile = QByteArrayLiteral("file");

bool areSame(const std::vector<Override> &a, const std::vector<Override> &b)
{
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                      [](const Override &one, const Override &other) { return one.path == other.path && one.value == other.value; });
}

} // namespace

WhatIfBar *MainWindow::buildWhatIfBar()
{
    m_whatIf.setBase(m_settings->bytes(kBaseKey) == kOfFile ? WhatIf::Base::File : WhatIf::Base::LastChange);
    auto *bar = new WhatIfBar(&m_whatIf);
    bar->hide();
    connect(bar, &WhatIfBar::baseChosen, this, &MainWindow::compareWith);
    return bar;
}

void MainWindow::setWhatIf(bool on)
{
    m_whatIfDelay.stop();
    forgetWhatIf();
    m_whatIfBar->setVisible(on);
    if (!on && m_isGhostOfWhatIf)
        setGhost(nullptr); // the line that says of which run it is goes, too
    if (!on || !m_controller.hasRun())
        return;
    // From here on whole runs are compared: the present one goes to its end, unless it is not that of the settings.
    if (m_whatIf.base() == WhatIf::Base::File && !m_beforeVariant)
        countEarlierChanges(); // all there are
    else if (m_beforeVariant ? m_beforeVariant->scenario->text == m_tuning.tunedScenario()->text : areSame(m_tuning.overrides(), m_startedWith))
        m_controller.seekTime(m_controller.endTime());
    else
        countEarlierChanges();
}

void MainWindow::countEarlierChanges()
{
    const RecordPtr record = m_controller.record();
    const bool isOfFile = m_whatIf.base() == WhatIf::Base::File;
    const std::shared_ptr<const Scenario> file = m_document.fileScenario();
    if (isOfFile ? m_fileRun || !file : record && record == m_whole && record->changes.empty()) {
        onWhatIfChange();
        return;
    }
    const std::shared_ptr<const Scenario> of = record && record->scenario ? record->scenario : m_tuning.scenario();
    const FormBefore before = isOfFile ? FormBefore{file, {}} : m_beforeVariant.value_or(FormBefore{of, m_startedWith});
    m_dropsPlayed = !isOfFile && !m_beforeVariant && record && !record->changes.empty();
    m_dropsVariant = !isOfFile && m_beforeVariant;
    m_whatIf.begin();
    dropGoal();
    m_isRerun = true;
    m_controller.start(before.scenario, RunOptions{}, false);
    m_isRerun = false;
    m_startedWith = before.tuned;
    m_runsBase = true;
    m_controller.seekTime(Instant(before.scenario->duration));
}

void MainWindow::onWhatIfChange()
{
    if (m_runsBase)
        return; // the run after it takes all changes there are by then
    if (!m_whatIfBase || !m_sinceChange.isValid() || m_sinceChange.elapsed() > kGesturePauseMs)
        m_whatIfBase = m_whole && m_whole->changes.empty() ? m_whole : nullptr; // else there would be two differences
    m_sinceChange.start();
    m_whatIfDelay.start();
}

void MainWindow::runWhatIf()
{
    const RecordPtr base = whatIfBase();
    const bool hasNone = m_whatIf.base() == WhatIf::Base::File && !m_document.fileScenario(); // and will have none
    if (!base && !hasNone) { // the first change of a scenario that has not run to its end: the run without it is to be seen, too
        countEarlierChanges();
        return;
    }
    if (m_ghost != base && (base || m_isGhostOfWhatIf)) {
        setGhost(base);
        m_isGhostOfWhatIf = base != nullptr;
    }
    dropGoal();
    m_isRerun = true; // zoom, selection and cursor stay, too
    m_controller.start(m_tuning.tunedScenario(), RunOptions{}, false);
    m_isRerun = false;
    m_controller.seekTime(Instant(m_tuning.scenario()->duration));
    m_whatIf.begin(); // while it runs already
}

void MainWindow::takeWholeRun(const RecordPtr &record)
{
    if (m_whole == record || m_beforeVariant)
        return;
    m_whole = record;
    if (isOfFile(*record))
        m_fileRun = record;
    if (m_runsBase && m_whatIf.base() == WhatIf::Base::File) { // no gesture: the run before the last change stays what it was
        m_runsBase = false;
        m_whatIfDelay.start();
        return;
    }
    if (std::exchange(m_runsBase, false)) {
        m_bareBase = std::exchange(m_dropsPlayed, false) ? record : nullptr;
        m_unseenBase = std::exchange(m_dropsVariant, false) ? record : nullptr;
        m_sinceChange.invalidate();
        onWhatIfChange();
        return;
    }
    if (m_sinceChange.isValid() && m_whatIf.isComputing())
        m_sinceChange.restart(); // a hand that waits for the picture is not at rest
    if (!m_do.whatIf->isChecked() || !m_whatIf.isComputing())
        return;
    const RecordPtr base = whatIfBase();
    if (!base && m_whatIf.base() == WhatIf::Base::File && !m_document.fileScenario())
        m_whatIf.refuse(tr("The file as it is saved is no scenario: there is nothing to compare with."));
    else if (base && base->duration != record->duration) // trips and times of both would be counted over different lengths
        m_whatIf.refuse(tr("This run lasts %1 and the one to compare it with %2: their figures are not compared.")
                            .arg(formatDuration(record->duration), formatDuration(base->duration)));
    else
        m_whatIf.compare(record, base, !base                 ? WhatIf::Origin::Shown
                                       : base == m_bareBase   ? WhatIf::Origin::Bare
                                       : base == m_unseenBase ? WhatIf::Origin::Unseen
                                                              : WhatIf::Origin::Shown);
}

void MainWindow::compareWith(WhatIf::Base base)
{
    m_settings->setBytes(kBaseKey, base == WhatIf::Base::File ? kOfFile : QByteArrayLiteral("last_change"));
    m_whatIf.setBase(base);
    compareAnew();
}

bool MainWindow::isOfFile(const RunRecord &record) const
{
    const std::shared_ptr<const Scenario> file = m_document.fileScenario();
    return file && record.scenario && record.scenario->text == file->text && record.seed == file->seed && record.changes.empty();
}

void MainWindow::compareAnew()
{
    if (!m_do.whatIf->isChecked() || !m_controller.hasRun() || m_runsBase || m_beforeVariant)
        return;
    const RecordPtr present = m_controller.record();
    if (present && present == m_whole && isOfFile(*present))
        m_fileRun = present;
    if (present && present == m_whole && whatIfBase()) { // both are there
        setGhost(whatIfBase());
        m_isGhostOfWhatIf = true;
        m_whatIf.begin();
        m_whole = nullptr; // to be taken once more
        takeWholeRun(present);
    } else if (m_whatIf.base() == WhatIf::Base::File) {
        m_whatIf.clear();
        m_whatIfDelay.start();
    } else if (!m_whatIf.isComputing() || !whatIfBase()) {
        m_whatIf.clear(); // nothing was changed yet
        if (m_isGhostOfWhatIf)
            setGhost(nullptr);
    } else if (m_ghost != whatIfBase()) { // the run under way will be compared with that one
        setGhost(whatIfBase());
        m_isGhostOfWhatIf = true;
    }
}

void MainWindow::holdAgainstForm()
{
    const RecordPtr record = m_controller.record();
    const std::shared_ptr<const Scenario> form = m_tuning.tunedScenario();
    const bool isSame = record && record->scenario && record->scenario->text == form->text && record->changes.empty();
    m_beforeVariant.reset();
    if (!isSame) { // or only written in another way: one more run is no harm
        m_beforeVariant = FormBefore{form, m_tuning.overrides()};
        m_whole = nullptr;
    } else if (record->end == RunEnd::Finished) {
        takeWholeRun(record);
    }
}

void MainWindow::tellGhostKept()
{
    if (!m_do.whatIf->isChecked() || m_runsBase) // the run under way is the next ghost
        return;
    m_whatIfBase = nullptr; // a gesture that was compared with another run is over
    m_sinceChange.invalidate();
    const bool isWhole = m_ghost == m_whole && m_ghost->changes.empty();
    m_whatIf.refuse(m_whatIf.base() == WhatIf::Base::File
                        ? tr("This run is the ghost now, until the next change: that is compared with the file as it is saved.")
                        : isWhole ? tr("This run is the ghost now; the next change is compared with it.")
                                  : tr("This run is the ghost now, until the next change."));
}

void MainWindow::giveUpWhatIf()
{
    const bool wasBase = std::exchange(m_runsBase, false);
    if (wasBase || m_whatIf.isComputing())
        m_whatIf.clear(); // what it says is of the change before
}

void MainWindow::forgetWhatIf()
{
    m_whatIf.clear();
    m_whatIfBase = m_bareBase = m_unseenBase = nullptr;
    m_runsBase = m_dropsPlayed = m_dropsVariant = false;
    m_sinceChange.invalidate();
}

} // namespace halfopen
