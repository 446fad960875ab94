// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/run/expectations.h"
#include "core/scenario/diagnostic.h"
#include "core/scenario/scenario.h"
#include "ui/models/record_ptr.h"

#include <QString>
#include <QWidget>

#include <memory>
#include <vector>

class QLabel;
class QListWidget;
class QTabWidget;
class QTextBrowser;

namespace halfopen {

class CodeView;

/// The scenario in words, as text, and what is wrong with a file that could not be opened.
class ScenarioPanel : public QWidget {
    Q_OBJECT
public:
    explicit ScenarioPanel(QWidget *parent = nullptr);

    /// Null shows the empty state.
    void setScenario(std::shared_ptr<const Scenario> scenario);
    /// Other text for the same scenario: settings were changed.
    void setCode(const QString &text);
    /// Judges the expectations when the run stands still; while it moves they are open.
    void setRecord(const RecordPtr &record, bool moving);
    /// Shows \a text with its problems; the scenario itself stays what it was. No problems = back to its own text.
    void showProblems(const QString &text, std::vector<Diagnostic> diagnostics);
    bool hasProblems() const { return !m_diagnostics.empty(); }

    QListWidget *problemList() const { return m_problems; }
    CodeView *codeView() const { return m_code; }

protected:
    void changeEvent(QEvent *event) override;

private:
    void jumpToProblem(int row);
    void fillProblems();
    void showSummary();

    std::shared_ptr<const Scenario> m_scenario;
    std::vector<Diagnostic> m_diagnostics;
    std::vector<ExpectationResult> m_results;
    QTabWidget *m_tabs = nullptr;
    QTextBrowser *m_summary = nullptr;
    CodeView *m_code = nullptr;
    QWidget *m_problemArea = nullptr;
    QLabel *m_problemTitle = nullptr;
    QListWidget *m_problems = nullptr;
};

} // namespace halfopen
