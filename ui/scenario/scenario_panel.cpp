// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/scenario/scenario_panel.h"

#include "core/run/run_record.h"
#include "ui/scenario/scenario_summary.h"
#include "ui/theme.h"

#include <QEvent>
#include <QTextBrowser>
#include <QVBoxLayout>

#include <utility>

namespace halfopen {

ScenarioPanel::ScenarioPanel(QWidget *parent) : QWidget(parent)
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    m_summary = new QTextBrowser;
    m_summary->setFrameShape(QFrame::NoFrame);
    m_summary->setOpenLinks(false);
    m_summary->setAccessibleName(tr("Scenario in words"));
    m_summary->document()->setDocumentMargin(Theme::padding());
    layout->addWidget(m_summary);
    setScenario(nullptr);
}

void ScenarioPanel::setScenario(std::shared_ptr<const Scenario> scenario)
{
    m_scenario = std::move(scenario);
    m_results.clear();
    showSummary();
}

void ScenarioPanel::setRecord(const RecordPtr &record, bool moving)
{
    std::vector<ExpectationResult> results;
    if (record && !moving && record->scenario && record->end != RunEnd::Running)
        results = evaluateExpectations(*record);
    const bool changed = results.empty() != m_results.empty() || !results.empty();
    m_results = std::move(results);
    if (changed)
        showSummary();
}

void ScenarioPanel::showSummary()
{
    if (m_scenario)
        m_summary->setHtml(scenarioSummary(*m_scenario, m_results, Theme::of(this)));
    else
        m_summary->setHtml(tr("Here will stand what the scenario asks, and whether its expectations are met."));
}

void ScenarioPanel::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && m_summary)
        showSummary();
}

} // namespace halfopen
