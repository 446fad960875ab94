// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/scenario/scenario_panel.h"

#include "core/run/run_record.h"
#include "ui/scenario/scenario_summary.h"
#include "ui/theme.h"

#include <QEvent>
#include <QTextBrowser>
#include <QVBoxLayout>

#include <algorithm>
#include <chrono>
#include <utility>

namespace halfopen {

namespace {

constexpr std::chrono::milliseconds kSoon{60};

} // namespace

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
    m_soon.setSingleShot(true);
    m_soon.setInterval(kSoon);
    connect(&m_soon, &QTimer::timeout, this, &ScenarioPanel::showSummary);
    setScenario(nullptr);
}

namespace {

/// The verdicts on the expectations of \a a hold for those of \a b.
bool expectTheSame(const Scenario *a, const Scenario *b)
{
    if (!a || !b)
        return false;
    return std::equal(a->expectations.begin(), a->expectations.end(), b->expectations.begin(), b->expectations.end(),
                      [](const ExpectationSpec &x, const ExpectationSpec &y) {
                          return x.metric == y.metric && x.comparison == y.comparison && x.value == y.value && x.of == y.of
                              && x.from == y.from && x.to == y.to;
                      });
}

} // namespace

void ScenarioPanel::setScenario(std::shared_ptr<const Scenario> scenario)
{
    m_results.clear();
    m_judged = nullptr;
    m_scenario = std::move(scenario);
    if (m_scenario && isVisible())
        showSummarySoon(); // a large world takes a while, and there is more to do when it is opened
    else
        showSummary();
}

void ScenarioPanel::updateScenario(std::shared_ptr<const Scenario> scenario)
{
    if (!expectTheSame(m_scenario.get(), scenario.get())) {
        m_results.clear();
        m_judged = nullptr;
    }
    m_scenario = std::move(scenario);
    showSummary();
}

void ScenarioPanel::setRecord(const RecordPtr &record, bool moving)
{
    const bool isOver = record && !moving && record->scenario && record->end != RunEnd::Running;
    if (isOver && record == m_judged)
        return; // the window tells of the record and of the state, and both come at the end
    std::vector<ExpectationResult> results;
    if (isOver)
        results = evaluateExpectations(*record);
    m_judged = isOver ? record : nullptr;
    const bool changed = results.empty() != m_results.empty() || !results.empty();
    m_results = std::move(results);
    if (changed && !m_soon.isActive())
        showSummarySoon();
}

void ScenarioPanel::showSummary()
{
    m_soon.stop();
    const QString text = m_scenario ? scenarioSummary(*m_scenario, m_results, Theme::of(this))
                                    : tr("Here will stand what the scenario asks, and whether its expectations are met.");
    if (m_shown == text)
        return;
    m_shown = text;
    m_summary->setHtml(text);
}

void ScenarioPanel::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && m_summary)
        showSummary();
}

} // namespace halfopen
