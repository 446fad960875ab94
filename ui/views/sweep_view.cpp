// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/sweep_view.h"

#include "ui/format.h"
#include "ui/models/measured_text.h"
#include "ui/models/study_picture.h"
#include "ui/models/study_positions.h"
#include "ui/models/text_change.h"
#include "ui/models/tuning_model.h"
#include "ui/theme.h"
#include "ui/views/study_axis_editor.h"
#include "ui/views/study_chart.h"

#include <QCheckBox>
#include <QComboBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QStandardItemModel>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace halfopen {

namespace {

constexpr int kRunsEach = 3;
constexpr int kRunsEachMax = 100;
constexpr int kDrawingPaceMs = 200; ///< while results come

} // namespace

SweepView::SweepView(QWidget *parent) : StudyView(parent)
{
    m_first = new StudyAxisEditor(tr("Vary"));
    m_second = new StudyAxisEditor(tr("and"));
    controls()->addWidget(m_first);
    controls()->addWidget(m_second);
    buildMetricLine();
    build(tr("Sweep"), tr("Results of the sweep"));
    setAccessibleName(tr("Sweep"));
    for (StudyAxisEditor *axis : {m_first, m_second}) {
        connect(axis, &StudyAxisEditor::changed, this, &SweepView::showPlan);
        connect(axis, &StudyAxisEditor::submitted, this, [this] {
            if (!isRunning())
                start();
        });
    }
    connect(m_runs, &QSpinBox::valueChanged, this, &SweepView::showPlan);
    connect(m_metric, &QComboBox::currentIndexChanged, this, &SweepView::showResults);
    connect(m_other, &QComboBox::currentIndexChanged, this, &SweepView::showResults);
    connect(m_pareto, &QCheckBox::toggled, this, [this](bool on) {
        m_other->setEnabled(on);
        showResults();
    });
    connect(&m_model, &SweepModel::changed, this, &SweepView::showResults);
    m_pace.setSingleShot(true);
    m_pace.setInterval(kDrawingPaceMs);
    connect(&m_pace, &QTimer::timeout, this, &SweepView::drawResults);
    reset();
}

void SweepView::buildMetricLine()
{
    auto *show = new QLabel(tr("Show"));
    m_metric = searchableCombo(tr("Metric"));
    show->setBuddy(m_metric);
    alignCaptions({m_first->caption(), m_second->caption(), show});
    m_pareto = new QCheckBox(tr("against"));
    m_pareto->setToolTip(tr("Draws two metrics of every combination against each other, and the front that no other beats in both"));
    m_pareto->setAccessibleName(tr("Two metrics against each other"));
    m_other = searchableCombo(tr("Other metric"));
    m_other->setEnabled(false);
    m_runs = new QSpinBox;
    m_runs->setRange(1, kRunsEachMax);
    m_runs->setValue(kRunsEach);
    m_runs->setAccessibleName(tr("Runs of each combination"));
    m_runs->setToolTip(tr("Runs of each combination, each with a seed of its own: from two on there are confidence intervals"));
    startLine()->addWidget(show);
    startLine()->addWidget(m_metric, 1);
    startLine()->addWidget(m_pareto);
    startLine()->addWidget(m_other, 1);
    startLine()->addWidget(new QLabel(tr("runs each")));
    startLine()->addWidget(m_runs);
}

void SweepView::setTuning(TuningModel *tuning)
{
    m_tuning = tuning;
    connect(tuning, &TuningModel::rowsReset, this, &SweepView::reset);
    connect(tuning, &TuningModel::scenarioChanged, this, [this] {
        offer();
        drawResults(); // with what is in force now
    });
    connect(tuning, &TuningModel::rowChanged, this, &SweepView::followTuning);
    reset();
}

void SweepView::reset()
{
    m_model.clear();
    m_isOther = true;
    offer();
}

/// Of a world of 200 services there are thousands of things to choose from: behind another page they wait until it is shown.
void SweepView::offer(bool isWanted)
{
    m_isOld = !isWanted && parentWidget() && isHidden();
    if (m_isOld)
        return;
    const bool isOther = m_isOther;
    fillChoices();
    if (!isOther)
        return;
    const std::string path = m_tuning && m_tuning->scenario() ? m_tuning->scenario()->path : std::string();
    if (path == m_path)
        return; // the same file, read again
    m_path = path;
    m_first->propose();
    m_second->propose();
    showPlan();
}

/// What can be varied and shown; a choice that is still there stays, with its values.
void SweepView::fillChoices()
{
    const std::vector<StudyParameter> parameters = m_tuning ? studyParameters(*m_tuning) : std::vector<StudyParameter>();
    const std::optional<StudyParameter> chosen = m_first->parameter();
    m_first->setParameters(parameters);
    m_second->setParameters(parameters, tr("nothing else"));
    // A choice that was made in another scenario may mean nothing in this one.
    const std::optional<StudyParameter> now = m_first->parameter();
    const bool isThere = chosen && now && chosen->path == now->path;
    const bool isOther = std::exchange(m_isOther, false);
    const bool isKept = isThere && (!isOther || !now->isTunable || isInForce(*m_tuning, now->path));
    if (m_tuning && !isKept)
        m_first->choose(defaultStudyPath(*m_tuning));
    const std::vector<Measured> all = m_tuning && m_tuning->scenario() ? everyMeasured(*m_tuning->scenario()) : std::vector<Measured>();
    for (auto [combo, standard] : {std::pair(m_metric, "goodput"), std::pair(m_other, "p99")}) {
        const QSignalBlocker quiet(combo);
        const QString before = combo->currentData().toString();
        combo->clear();
        // All at once: a world of 200 services has thousands of figures, and each one added would be told to the box and its completer.
        QList<QStandardItem *> items;
        for (const Measured &one : all) {
            auto *item = new QStandardItem(measuredLabel(one));
            item->setData(QString::fromStdString(one.name), Qt::UserRole);
            item->setToolTip(measuredHelp(one));
            items += item;
        }
        static_cast<QStandardItemModel *>(combo->model())->invisibleRootItem()->appendRows(items); // its own model is of that kind
        const int kept = combo->findData(before);
        combo->setCurrentIndex(kept >= 0 ? kept : std::max(0, combo->findData(QLatin1String(standard))));
        combo->lineEdit()->setCursorPosition(0);
    }
    if (!m_model.hasPlan()) // what was computed stays: the note says what has changed since
        chart()->setEmpty(parameters.empty()
                          ? tr("This scenario has nothing to vary: add a policy, or open another one.")
                          : tr("Choose what to vary and press Sweep: all combinations run behind the window and are drawn "
                               "here as they come. Then click at one to open its run."));
    showPlan();
}

/// A setting was changed: what is in force now is marked in the chart, and proposals are made around it.
void SweepView::followTuning()
{
    if (!isVisible())
        return; // when it is shown
    const std::vector<StudyParameter> parameters = studyParameters(*m_tuning);
    m_first->setParameters(parameters);
    m_second->setParameters(parameters, tr("nothing else"));
    drawResults();
}

bool SweepView::studySetting(const QString &path)
{
    if (m_isOld)
        offer(true);
    if (m_tuning)
        m_first->setParameters(studyParameters(*m_tuning)); // as they are now
    if (!m_first->choose(path))
        return false;
    m_first->combo()->setFocus();
    return true;
}

void SweepView::showPlan()
{
    if (isRunning())
        return;
    const Result<StudyAxis> first = m_first->axis();
    const bool isTwo = m_second->parameter().has_value();
    const Result<StudyAxis> second = isTwo ? m_second->axis() : Result<StudyAxis>(StudyAxis());
    QString problem;
    std::size_t runs = 0;
    if (!first)
        problem = QString::fromStdString(first.error().message);
    else if (!second)
        problem = QString::fromStdString(second.error().message);
    else if (isTwo && first->path == second->path)
        problem = tr("Both are the same: choose two different ones.");
    else
        runs = first->values.size() * (isTwo ? second->values.size() : 1) * std::size_t(m_runs->value());
    if (runs > SweepModel::kRunsMax)
        problem = tr("These are %1 runs, and %2 are the limit: choose fewer steps or runs.")
                      .arg(formatCount(runs), formatCount(SweepModel::kRunsMax));
    const QString age = ageText();
    if (!problem.isEmpty())
        setNote(problem, true);
    else if (m_model.hasPlan() && m_model.runsDone() < m_model.runsTotal())
        setNote(tr("Cancelled after %1 of %2 runs: what was computed stays.").arg(m_model.runsDone()).arg(m_model.runsTotal()), false);
    else if (!age.isEmpty())
        setNote(age, false);
    else
        setNote(runsText(runs), false);
    showState(problem.isEmpty() && runs > 0, m_model.runsDone(), m_model.runsTotal());
}

/// How the scenario differs from the one that was swept; empty when it does not.
QString SweepView::ageText() const
{
    if (!m_model.hasPlan() || !m_tuning || !m_tuning->scenario())
        return {};
    const std::shared_ptr<const Scenario> now = m_tuning->tunedScenario();
    if (differOnlyIn(*m_planned, *now))
        return {};
    // Every combination sets what is varied: of that the results do not depend on what the scenario has.
    if (!differOnlyIn(*m_planned, *now, m_model.valuesAt(0)))
        return tr("The scenario has changed since this sweep.");
    const QStringList values = present();
    std::size_t point = 0, step = 1;
    for (std::size_t a = 0; a < m_model.plan().axes.size(); ++a) {
        QStringList swept;
        for (const std::string &value : m_model.plan().axes[a].values)
            swept += QString::fromStdString(value);
        const std::optional<std::size_t> at = placeIn(swept, values.value(qsizetype(a)));
        if (!at)
            return tr("Only what this sweep varies has changed since: its results hold.");
        point += *at * step;
        step *= m_model.plan().axes[a].values.size();
    }
    return tr("The scenario now has the values of one combination of this sweep, %1. All its results hold: it varies just these settings.")
        .arg(m_model.textAt(point));
}

void SweepView::start()
{
    if (!m_tuning || !m_tuning->scenario())
        return;
    if (m_isOld)
        offer(true);
    Result<StudyAxis> first = m_first->axis();
    if (!first)
        return showPlan();
    SweepPlan plan;
    plan.base = m_tuning->scenario();
    plan.changes = m_tuning->textOverrides();
    m_planned = m_tuning->tunedScenario();
    plan.axes.push_back(std::move(*first));
    if (m_second->parameter()) {
        Result<StudyAxis> second = m_second->axis();
        if (!second || second->path == plan.axes[0].path)
            return showPlan();
        plan.axes.push_back(std::move(*second));
    }
    std::size_t runs = std::size_t(m_runs->value());
    for (const StudyAxis &axis : plan.axes)
        runs *= axis.values.size();
    if (runs > SweepModel::kRunsMax)
        return showPlan(); // which says so: Enter asks no button whether it may
    for (int i = 0; i < m_runs->value(); ++i)
        plan.seeds.push_back(plan.base->seed + std::uint64_t(i));
    chart()->setSelected(std::nullopt);
    m_model.start(std::move(plan));
}

std::size_t SweepView::measured(const QComboBox *combo) const
{
    return m_model.find(combo->currentData().toString());
}

bool SweepView::event(QEvent *event)
{
    if (event->type() == QEvent::ShowToParent && m_isOld)
        offer(true);
    return StudyView::event(event);
}

void SweepView::showEvent(QShowEvent *event)
{
    StudyView::showEvent(event);
    if (m_tuning)
        followTuning();
}

QStringList SweepView::present() const
{
    QStringList values;
    for (const StudyAxis &axis : m_model.plan().axes)
        values += m_tuning ? presentValue(*m_tuning, axis.path) : QString();
    return values;
}

void SweepView::drawResults()
{
    if (!m_model.hasPlan() || !isVisible())
        return; // when it is shown
    m_pace.stop();
    const std::size_t shown = measured(m_metric), other = measured(m_other), all = m_model.measured().size();
    if (shown >= all || (m_pareto->isChecked() && other >= all))
        chart()->setEmpty(tr("This was not measured in the sweep: the scenario has changed since. Sweep again to see it."));
    else if (m_pareto->isChecked())
        chart()->setPicture(sweepScatter(m_model, shown, other));
    else if (m_model.plan().axes.size() > 1)
        chart()->setPicture(sweepGrid(m_model, shown, present()));
    else
        chart()->setPicture(sweepLine(m_model, shown, present()));
}

void SweepView::showResults()
{
    if (!m_model.isRunning())
        drawResults();
    else if (!m_pace.isActive())
        m_pace.start();
    showState(true, m_model.runsDone(), m_model.runsTotal());
    showPlan();
}

std::shared_ptr<const Scenario> SweepView::scenarioOf(std::size_t point) const
{
    return point < m_model.points().size() ? m_model.points()[point].scenario : nullptr;
}

QString SweepView::textOf(std::size_t point) const
{
    return m_model.textAt(point);
}

std::vector<Override> SweepView::settingsOf(std::size_t point) const
{
    return m_model.valuesAt(point);
}

View *createSweepView(TimeAxisModel *, QWidget *parent)
{
    return new SweepView(parent);
}

} // namespace halfopen
