// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/run/expectations.h"
#include "core/scenario/scenario.h"
#include "ui/models/record_ptr.h"

#include <QString>
#include <QTimer>
#include <QWidget>

#include <memory>
#include <vector>

class QTextBrowser;

namespace halfopen {

/// The scenario in words: what it asks, what is in it, and whether its expectations are met.
class ScenarioPanel : public QWidget {
    Q_OBJECT
public:
    explicit ScenarioPanel(QWidget *parent = nullptr);

    /// Another scenario: no verdict stays. Null shows the empty state.
    void setScenario(std::shared_ptr<const Scenario> scenario);
    /// The open scenario in another version: verdicts stay as long as the same is expected.
    void updateScenario(std::shared_ptr<const Scenario> scenario);
    /// Judges the expectations when the run stands still; while it moves they are open.
    void setRecord(const RecordPtr &record, bool moving);

protected:
    void changeEvent(QEvent *event) override;

private:
    /// Soon, and once for all that comes until then: laying the text out takes as long as drawing all charts.
    void showSummarySoon() { m_soon.start(); }
    void showSummary();

    std::shared_ptr<const Scenario> m_scenario;
    std::vector<ExpectationResult> m_results;
    RecordPtr m_judged; ///< what they are of
    QTextBrowser *m_summary = nullptr;
    QString m_shown;
    QTimer m_soon;
};

} // namespace halfopen
