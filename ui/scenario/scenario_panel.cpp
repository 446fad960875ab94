// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/scenario/scenario_panel.h"

#include "core/run/run_record.h"
#include "ui/scenario/code_view.h"
#include "ui/scenario/scenario_summary.h"
#include "ui/theme.h"

#include <QEvent>
#include <QFileInfo>
#include <QLabel>
#include <QListWidget>
#include <QSplitter>
#include <QTabWidget>
#include <QTextBrowser>
#include <QVBoxLayout>

#include <algorithm>

namespace halfopen {

ScenarioPanel::ScenarioPanel(QWidget *parent) : QWidget(parent)
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    m_tabs = new QTabWidget;
    m_tabs->setDocumentMode(true);
    m_summary = new QTextBrowser;
    m_summary->setFrameShape(QFrame::NoFrame);
    m_summary->setOpenLinks(false);
    m_summary->setAccessibleName(tr("Scenario in words"));
    m_summary->document()->setDocumentMargin(Theme::padding());
    m_tabs->addTab(m_summary, tr("Summary"));

    auto *splitter = new QSplitter(Qt::Vertical);
    m_code = new CodeView;
    splitter->addWidget(m_code);
    m_problemArea = new QWidget;
    auto *problems = new QVBoxLayout(m_problemArea);
    problems->setContentsMargins(0, 0, 0, 0);
    problems->setSpacing(0);
    m_problemTitle = new QLabel;
    m_problemTitle->setMargin(Theme::px(6));
    m_problems = new QListWidget;
    m_problems->setFont(Theme::monoFont());
    m_problems->setWordWrap(false);
    m_problems->setFrameShape(QFrame::NoFrame);
    m_problems->setAccessibleName(tr("Problems of the scenario; Enter jumps to the line"));
    problems->addWidget(m_problemTitle);
    problems->addWidget(m_problems, 1);
    splitter->addWidget(m_problemArea);
    splitter->setStretchFactor(0, 2);
    splitter->setStretchFactor(1, 1);
    splitter->setChildrenCollapsible(false);
    m_problemArea->hide();
    m_tabs->addTab(splitter, tr("Text"));
    layout->addWidget(m_tabs);

    const auto jump = [this](QListWidgetItem *item) { jumpToProblem(m_problems->row(item)); };
    connect(m_problems, &QListWidget::itemClicked, this, jump);
    connect(m_problems, &QListWidget::itemActivated, this, jump);
    setScenario(nullptr);
}

void ScenarioPanel::setScenario(std::shared_ptr<const Scenario> scenario)
{
    m_scenario = std::move(scenario);
    m_results.clear();
    m_diagnostics.clear();
    fillProblems();
    m_code->setDiagnostics({});
    m_code->setCode(m_scenario ? QString::fromStdString(m_scenario->text) : QString());
    showSummary();
}

void ScenarioPanel::setCode(const QString &text)
{
    if (!hasProblems())
        m_code->setCode(text);
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

void ScenarioPanel::showProblems(const QString &text, std::vector<Diagnostic> diagnostics)
{
    m_diagnostics = std::move(diagnostics);
    if (!hasProblems()) {
        setScenario(m_scenario);
        return;
    }
    m_code->setCode(text);
    m_code->setDiagnostics(m_diagnostics);
    fillProblems();
    m_tabs->setCurrentIndex(1);
    const auto first = std::find_if(m_diagnostics.begin(), m_diagnostics.end(),
                                    [](const Diagnostic &d) { return d.place.line > 0; });
    if (first != m_diagnostics.end())
        m_code->jumpTo(first->place.line, first->place.column);
}

void ScenarioPanel::fillProblems()
{
    m_problems->clear();
    for (Diagnostic diagnostic : m_diagnostics) {
        const QString whole = QString::fromStdString(diagnostic.text()).trimmed();
        // The file's name is enough beside its text: a long folder would push the message out of sight.
        diagnostic.path = QFileInfo(QString::fromStdString(diagnostic.path)).fileName().toStdString();
        m_problems->addItem(QString::fromStdString(diagnostic.text()).trimmed());
        m_problems->item(m_problems->count() - 1)->setToolTip(whole);
    }
    const int count = int(m_diagnostics.size());
    m_problemTitle->setText(count == 1 ? tr("1 problem. Enter or click jumps to the line.")
                                       : tr("%1 problems. Enter or click jumps to the line.").arg(count));
    m_problemArea->setVisible(hasProblems());
}

void ScenarioPanel::jumpToProblem(int row)
{
    if (row < 0 || row >= int(m_diagnostics.size()))
        return;
    const SourcePlace place = m_diagnostics[std::size_t(row)].place;
    if (place.line > 0)
        m_code->jumpTo(place.line, place.column);
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
