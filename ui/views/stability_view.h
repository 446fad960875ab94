// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/stability_model.h"
#include "ui/views/study_view.h"

class QLineEdit;

namespace halfopen {

class StudyAxisEditor;

/// Load times length of a trigger: where the world comes back after the trigger is over, how fast, and where it stays
/// down.
class StabilityView : public StudyView {
    Q_OBJECT
public:
    explicit StabilityView(QWidget *parent = nullptr);

    void setTuning(TuningModel *tuning) override;
    QString csv() const override { return m_model.csv(); }
    std::shared_ptr<const Scenario> figureScenario() const override { return m_model.hasPlan() ? m_planned : nullptr; }

    StabilityModel *model() { return &m_model; }
    StudyAxisEditor *load() const { return m_load; }
    StudyAxisEditor *trigger() const { return m_trigger; }
    QLineEdit *settle() const { return m_settle; }

protected:
    bool isRunning() const override { return m_model.isRunning(); }
    void start() override;
    void cancel() override { m_model.cancel(); }
    std::shared_ptr<const Scenario> scenarioOf(std::size_t point) const override;
    QString textOf(std::size_t point) const override { return m_model.textAt(point); }
    std::vector<Override> settingsOf(std::size_t point) const override;
    QString whatIsAdopted() const override;
    bool hasWholeTexts() const override { return false; } // the trigger is not in them

private:
    void reset();
    void fillAxes();
    void followTuning();
    std::vector<StudyParameter> loads() const;
    /// The load and the length of the trigger that are in force now.
    QStringList present() const;
    /// Index of the trigger of the map in the scenario as it is now; none when it is no longer there.
    std::optional<std::size_t> triggerNow() const;
    void showEvent(QShowEvent *event) override;
    void drawResults();
    void showPlan();
    void showResults();
    /// The plan that the controls say, or what is wrong with them.
    Result<StabilityPlan> plan() const;

    TuningModel *m_tuning = nullptr;
    StudyAxisEditor *m_load = nullptr;
    StudyAxisEditor *m_trigger = nullptr;
    QLineEdit *m_settle = nullptr;
    StabilityModel m_model;
    std::shared_ptr<const Scenario> m_planned; ///< what the map was begun with
    std::string m_path;    ///< of the scenario that the ranges are for
};

View *createStabilityView(TimeAxisModel *axis, QWidget *parent);

} // namespace halfopen
