// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/sweep_model.h"
#include "ui/views/study_view.h"

#include <QTimer>

class QCheckBox;
class QComboBox;
class QSpinBox;

namespace halfopen {

class StudyAxisEditor;

/// One or two parameters are varied, and a metric of every combination is drawn: a line with its band, a heatmap, or
/// two metrics against each other.
class SweepView : public StudyView {
    Q_OBJECT
public:
    explicit SweepView(QWidget *parent = nullptr);

    void setTuning(TuningModel *tuning) override;
    bool studySetting(const QString &path) override;
    QString csv() const override { return m_model.csv(); }
    std::shared_ptr<const Scenario> figureScenario() const override { return m_model.hasPlan() ? m_planned : nullptr; }

    SweepModel *model() { return &m_model; }
    StudyAxisEditor *firstAxis() const { return m_first; }
    StudyAxisEditor *secondAxis() const { return m_second; }
    QComboBox *metric() const { return m_metric; }
    QComboBox *otherMetric() const { return m_other; }
    QCheckBox *pareto() const { return m_pareto; }
    QSpinBox *runsEach() const { return m_runs; }

protected:
    bool isRunning() const override { return m_model.isRunning(); }
    void start() override;
    void cancel() override { m_model.cancel(); }
    std::shared_ptr<const Scenario> scenarioOf(std::size_t point) const override;
    QString textOf(std::size_t point) const override;
    std::vector<Override> settingsOf(std::size_t point) const override;

private:
    void buildMetricLine();
    void reset();
    void offer(bool isWanted = false);
    void fillChoices();
    void followTuning();
    void showPlan();
    QString ageText() const;
    void showResults();
    bool event(QEvent *event) override;
    void showEvent(QShowEvent *event) override;
    void drawResults();
    /// What is in force now of what the sweep varied.
    QStringList present() const;
    /// Index into the model's measured(), or its size.
    std::size_t measured(const QComboBox *combo) const;

    TuningModel *m_tuning = nullptr;
    StudyAxisEditor *m_first = nullptr;
    StudyAxisEditor *m_second = nullptr;
    QComboBox *m_metric = nullptr;
    QCheckBox *m_pareto = nullptr;
    QComboBox *m_other = nullptr;
    QSpinBox *m_runs = nullptr;
    bool m_isOld = false;   ///< what is offered is of another scenario, or of none
    bool m_isOther = false; ///< the settings are those of another scenario
    SweepModel m_model;
    std::shared_ptr<const Scenario> m_planned; ///< what the sweep was begun with
    std::string m_path;    ///< of the scenario that the ranges are for
    QTimer m_pace;         ///< results come faster than they can be looked at
};

View *createSweepView(TimeAxisModel *axis, QWidget *parent);

} // namespace halfopen
