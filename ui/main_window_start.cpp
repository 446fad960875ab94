// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the window begins with: as it was left.
#include "ui/main_window.h"
#include "ui/message_bar.h"
#include "ui/scenario/scenario_files.h"

#include <QAction>
#include <QDir>
#include <QFileInfo>

#include <utility>

namespace halfopen {

namespace {

constexpr double kFirstSpeed = 10; // a scenario of three minutes shows itself in 18 s

} // namespace

void MainWindow::startUp(const QString &file, bool playing, std::optional<Speed> speed)
{
    m_controller.setSpeed(speed.value_or(m_settings->speed().value_or(Speed{kFirstSpeed})));
    m_do.whatIf->setChecked(m_settings->isWhatIf());
    // From here on: what the command line asks for is for this time only.
    connect(&m_controller, &RunController::speedChanged, this, [this] { m_settings->setSpeed(m_controller.speed()); });
    connect(m_do.whatIf, &QAction::toggled, this, [this](bool on) { m_settings->setWhatIf(on); });
    if (file.isEmpty())
        openLastScenario(playing);
    else
        openScenario(file, playing);
}

void MainWindow::openLastScenario(bool playing)
{
    const QString last = m_settings->opensLastFile() ? m_settings->lastFile() : QString();
    if (!last.isEmpty() && QFileInfo(last).isFile()) {
        openScenario(last, playing);
        return;
    }
    m_missingFile = last;
    if (!openDefaultScenario(playing))
        m_missingFile.clear(); // that there is nothing at all to open is said instead
}

/// A text whose file is gone, as a kept run has it, cannot be opened by its name again.
void MainWindow::rememberFile()
{
    m_settings->addRecentFile(m_document.path());
    if (QFileInfo(m_document.path()).isFile())
        m_settings->setLastFile(m_document.path());
}

void MainWindow::tellMissing()
{
    const QString missing = std::exchange(m_missingFile, QString());
    if (missing.isEmpty() || QFileInfo(m_document.path()) != QFileInfo(defaultScenarioFile()))
        return;
    // What may stand there comes again with its file, or by the button.
    m_message->showMessage(MessageBar::Kind::Problem,
                           tr("%1, which was open last, is not there any more. This is the scenario that the lab begins with.")
                               .arg(QDir::toNativeSeparators(missing)));
    m_message->addAction(tr("Open another one…"), [this] { chooseFile(); });
    if (!keptChanges().empty())
        m_message->addAction(tr("Show what is kept"), [this] { offerKept(true); });
}

} // namespace halfopen
