// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What-if: each change of a setting runs the whole scenario again at once. The run's thread drops what it was at, so the
// latest change wins; the views draw the new run as far as it has come, over the ghost of the one before.
#include "core/run/run_record.h"
#include "simulators/simulation.h"
#include "ui/main_window.h"
#include "ui/what_if_bar.h"

#include <QAction>

#include <algorithm>
#include <utility>

namespace halfopen {

namespace {

/// Changes closer than this, to the one before or to what it brought, are one gesture: a drag of a slider is compared with the run before the drag.
constexpr qint64 kGesturePauseMs = 1000;

bool areSame(const std::vector<Override> &a, const std::vector<Override> &b)
{
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                      [](const Override &one, const Override &other) { return one.path == other.path && one.value == other.value; });
}

} // namespace

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
    if (areSame(m_tuning.overrides(), m_startedWith))
        m_controller.seekTime(m_controller.endTime());
    else
        countEarlierChanges();
}

void MainWindow::countEarlierChanges()
{
    const RecordPtr record = m_controller.record();
    if (record && record == m_whole && record->changes.empty()) {
        onWhatIfChange();
        return;
    }
    m_whatIf.begin();
    m_wayBack.reset();
    const std::vector<Override> without = m_startedWith;
    m_isRerun = true;
    m_controller.start(record && record->scenario ? record->scenario : m_tuning.scenario(), RunOptions{}, false);
    m_isRerun = false;
    m_startedWith = without;
    m_runsBase = true;
    m_controller.seekTime(Instant(m_tuning.scenario()->duration));
}

void MainWindow::onWhatIfChange()
{
    if (m_runsBase)
        return; // the run after it takes all changes there are by then
    if (!m_whatIfBase || !m_sinceChange.isValid() || m_sinceChange.elapsed() > kGesturePauseMs)
        m_whatIfBase = m_whole;
    m_sinceChange.start();
    m_whatIfDelay.start();
}

void MainWindow::runWhatIf()
{
    if (!m_whatIfBase) { // the first change of a scenario that has not run to its end: the run without it is to be seen, too
        countEarlierChanges();
        return;
    }
    if (m_ghost != m_whatIfBase) {
        setGhost(m_whatIfBase);
        m_isGhostOfWhatIf = true;
    }
    m_whatIf.begin();
    m_wayBack.reset();
    m_isRerun = true; // zoom, selection and cursor stay, too
    m_controller.start(m_tuning.tunedScenario(), RunOptions{}, false);
    m_isRerun = false;
    m_controller.seekTime(Instant(m_tuning.scenario()->duration));
}

void MainWindow::takeWholeRun(const RecordPtr &record)
{
    if (m_whole == record)
        return;
    m_whole = record;
    if (std::exchange(m_runsBase, false)) {
        m_sinceChange.invalidate();
        onWhatIfChange();
        return;
    }
    if (m_sinceChange.isValid() && m_whatIf.isComputing())
        m_sinceChange.restart(); // a hand that waits for the picture is not at rest
    if (m_do.whatIf->isChecked() && m_whatIf.isComputing())
        m_whatIf.compare(record, m_whatIfBase);
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
    m_whatIfBase = nullptr;
    m_runsBase = false;
    m_sinceChange.invalidate();
}

} // namespace halfopen
