// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The centre's pages: the run, and the views that study many runs. What the window does with what they find.
#include "simulators/simulation.h"
#include "ui/main_window.h"
#include "ui/message_bar.h"
#include "ui/tracks_area.h"
#include "ui/views/registry.h"

#include <QAction>
#include <QActionGroup>
#include <QMenu>
#include <QSignalBlocker>
#include <QStackedWidget>
#include <QTabBar>
#include <QVBoxLayout>

#include <algorithm>

namespace halfopen {

namespace {

constexpr int kPagesBefore = 1; ///< in the stack, before the run: the page without a scenario

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
        connect(action, &QAction::triggered, this, [this, i] { showPage(i); });
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
    if (index > 0)
        m_pageViews[std::size_t(index) - 1]->setFocus();
}

void MainWindow::openVariant(const std::shared_ptr<const Scenario> &scenario, const QString &what,
                             const std::vector<Override> &settings, View *from)
{
    m_axis.setCursor(std::nullopt);
    m_axis.clearSelection();
    m_axis.showAll();
    m_wayBack.reset();
    forgetWhatIf(); // what it says is of a change before
    m_adoption.clear();
    if (settings.empty())
        setGhost(nullptr); // of another world: load and trigger are no settings
    m_controller.start(scenario, RunOptions{}, false);
    m_startedWith = m_tuning.overridesWith(settings);
    m_isKept = m_isKept || !from->hasWholeTexts(); // the library could not run it again
    m_controller.seekTime(Instant(scenario->duration));
    showPage(0);
    m_tracks->setFocus();
    m_variantText = tr("This is the run with %1.").arg(what);
    m_message->showMessage(MessageBar::Kind::Info, m_variantText);
    const int back = pageOf(from);
    if (!settings.empty())
        m_message->addAction(tr("Adopt these values"), [this, settings] { adoptSettings(settings, true); });
    m_message->addAction(tr("Back to %1").arg(m_pageTabs->tabText(back)), [this, back] { showPage(back); });
}

/// "Max attempts 2, After 100ms": what is adopted, which need not be all that a variant differs in.
QString MainWindow::settingsText(const std::vector<Override> &settings) const
{
    QStringList parts;
    for (const Override &setting : settings) {
        const std::optional<int> row = m_tuning.find(QString::fromStdString(setting.path));
        const QString name = row ? settingLabel(m_tuning.row(*row).field->key) : QString::fromStdString(setting.path);
        parts += QStringLiteral("%1 %2").arg(name, QString::fromStdString(setting.value));
    }
    return parts.join(QStringLiteral(", "));
}

void MainWindow::adoptSettings(const std::vector<Override> &settings, bool isShown)
{
    const QString what = settingsText(settings);
    const std::shared_ptr<const Scenario> before = m_tuning.tunedScenario();
    m_isAdopting = isShown; // the run on screen has them; any other one is told like of each change of the form
    const Result<void> done = m_tuning.editAll(settings, tr("adopt %1").arg(what));
    m_isAdopting = false;
    if (!done) {
        m_message->showMessage(MessageBar::Kind::Problem,
                               tr("Not adopted: %1").arg(QString::fromStdString(done.error().message)));
        return;
    }
    m_adoptedText = m_adoptedWhat = tr("Adopted: %1.").arg(what);
    m_message->showMessage(MessageBar::Kind::Info, m_adoptedText);
    m_message->addAction(tr("Undo"), [this, isShown] {
        m_isAdopting = isShown;
        m_tuning.undoStack()->undo();
        m_isAdopting = false;
    });
    m_adoption.compareSettings(m_tuning.tunedScenario(), before);
    if (!isShown && m_do.whatIf->isChecked())
        return; // they run already
    m_message->addAction(tr("Run with them"), [this] {
        showPage(0);
        start(false);
        m_controller.seekTime(Instant(m_tuning.scenario()->duration));
    });
}

void MainWindow::tellAdoption()
{
    if (m_adoptedText.isEmpty() || m_message->text() != m_adoptedText)
        return; // something else is said by now
    if (const std::size_t pairs = m_adoption.pairs(); pairs > 1 && pairs < 1 + WhatIf::kReplications)
        return; // one word more for each seed would be noise
    QString more;
    if (m_adoption.hasComparison()) {
        const QString what = m_adoption.whatDiffers(WhatIf::Which::Clear);
        const QString of = m_adoption.pairs() > 1 ? tr("means of %1 seeds").arg(m_adoption.pairs()) : tr("this seed only");
        more = m_adoption.differences().empty() ? tr("Nothing differs from the settings before.")
            : what.isEmpty()                    ? tr("Nothing differs clearly from the settings before (%1).").arg(of)
                                                : tr("Against the settings before: %1 (%2).").arg(what, of);
    } else if (m_adoption.isComputing()) {
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
