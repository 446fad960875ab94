// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/stability_view.h"

#include "core/scenario/vocabulary.h"
#include "ui/format.h"
#include "ui/models/study_picture.h"
#include "ui/models/text_change.h"
#include "ui/models/tuning_model.h"
#include "ui/theme.h"
#include "ui/views/study_axis_editor.h"
#include "ui/views/study_chart.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace halfopen {

namespace {

constexpr int kLoads = 5;
constexpr int kTriggers = 6;
constexpr std::size_t kCellsMax = 10'000;

QString ofFault(const FaultSpec &fault)
{
    const std::string_view key = fault.type->key();
    return StabilityView::tr("%1 › %2 at %3")
        .arg(QString::fromStdString(fault.on), QString::fromUtf8(key.data(), qsizetype(key.size())), formatInstant(Instant(fault.from)));
}

/// Which fault it is, wherever it stands in the list: on what, of what kind, from when, and the how-manieth of those.
QString faultKey(const Scenario &scenario, std::size_t index)
{
    const FaultSpec &own = scenario.faults[index];
    const auto isAlike = [&own](const FaultSpec &other) {
        return other.on == own.on && other.type == own.type && other.from == own.from;
    };
    const auto end = scenario.faults.begin() + static_cast<std::ptrdiff_t>(index);
    const std::string_view kind = own.type->key();
    return QStringLiteral("%1/%2/%3/%4")
        .arg(QString::fromStdString(own.on), QString::fromUtf8(kind.data(), qsizetype(kind.size())))
        .arg(own.from.count())
        .arg(std::count_if(scenario.faults.begin(), end, isAlike));
}

std::string pathOf(const TuningModel *tuning)
{
    return tuning && tuning->scenario() ? tuning->scenario()->path : std::string();
}

} // namespace

StabilityView::StabilityView(QWidget *parent) : StudyView(parent)
{
    m_load = new StudyAxisEditor(tr("Load"));
    m_trigger = new StudyAxisEditor(tr("Trigger"));
    controls()->addWidget(m_load);
    controls()->addWidget(m_trigger);
    auto *label = new QLabel(tr("then wait for the recovery"));
    m_settle = new QLineEdit(QStringLiteral("60s"));
    m_settle->setFixedWidth(Theme::px(68));
    m_settle->setAccessibleName(tr("How long to wait for the recovery"));
    label->setBuddy(m_settle);
    auto *below = new QLabel; // the captions
    alignCaptions({m_load->caption(), m_trigger->caption(), below});
    startLine()->addWidget(below);
    startLine()->addWidget(label);
    startLine()->addWidget(m_settle);
    startLine()->addStretch(1);
    build(tr("Draw the map"), tr("Stability map"));
    setAccessibleName(tr("Stability map"));
    for (StudyAxisEditor *axis : {m_load, m_trigger}) {
        connect(axis, &StudyAxisEditor::changed, this, &StabilityView::showPlan);
        connect(axis, &StudyAxisEditor::submitted, this, [this] {
            if (!isRunning())
                start();
        });
    }
    connect(m_settle, &QLineEdit::textEdited, this, &StabilityView::showPlan);
    connect(m_settle, &QLineEdit::returnPressed, this, [this] {
        if (!isRunning())
            start();
    });
    connect(&m_model, &StabilityModel::changed, this, &StabilityView::showResults);
    reset();
}

void StabilityView::setTuning(TuningModel *tuning)
{
    m_tuning = tuning;
    connect(tuning, &TuningModel::rowsReset, this, &StabilityView::reset);
    connect(tuning, &TuningModel::scenarioChanged, this, [this] {
        m_path = pathOf(m_tuning); // saved under another name it is the same scenario
        fillAxes();
        drawResults(); // with what is in force now
    });
    connect(tuning, &TuningModel::rowChanged, this, &StabilityView::followTuning);
    reset();
}

void StabilityView::reset()
{
    m_model.clear();
    fillAxes();
    const std::string path = pathOf(m_tuning);
    if (path == m_path)
        return; // the same file, read again
    m_path = path;
    for (StudyAxisEditor *axis : {m_load, m_trigger}) // what was chosen for another scenario is no choice for this one
        axis->chooseFirst();
    showPlan();
}

std::vector<StudyParameter> StabilityView::loads() const
{
    std::vector<StudyParameter> loads = m_tuning ? studyParameters(*m_tuning) : std::vector<StudyParameter>();
    // How often calls come is what one asks about first.
    std::stable_partition(loads.begin(), loads.end(), [](const StudyParameter &one) {
        return one.path.startsWith(QLatin1String("clients."))
            && (one.path.contains(QLatin1String(".arrivals.")) || one.path.endsWith(QLatin1String(".mean_rate")));
    });
    for (StudyParameter &load : loads)
        load.steps = std::min(load.steps, kLoads);
    return loads;
}

/// A setting was changed: what is in force now is marked in the map, and proposals are made around it.
void StabilityView::followTuning()
{
    if (!isVisible())
        return; // when it is shown
    m_load->setParameters(loads());
    drawResults();
}

/// What can be chosen; a choice that is still there stays, with its values.
void StabilityView::fillAxes()
{
    m_load->setParameters(loads());
    std::vector<StudyParameter> triggers;
    const std::shared_ptr<const Scenario> scenario = m_tuning ? m_tuning->scenario() : nullptr;
    if (scenario) {
        for (std::size_t i = 0; i < scenario->faults.size(); ++i) {
            StudyParameter trigger;
            trigger.path = faultKey(*scenario, i);
            trigger.label = trigger.brief = ofFault(scenario->faults[i]);
            trigger.help = tr("Of the scenario's faults only this one acts, once, and lasts as long as the column says.");
            trigger.from = QStringLiteral("1s");
            trigger.to = QStringLiteral("60s");
            trigger.inRatios = true;
            trigger.steps = kTriggers;
            triggers.push_back(trigger);
        }
    }
    const bool hasTrigger = !triggers.empty();
    m_trigger->setParameters(std::move(triggers));
    if (!m_model.hasPlan()) // a map that is there stays: the note says what has changed since
        chart()->setEmpty(hasTrigger
                          ? tr("Press Draw the map: each load meets the trigger for each length, and the map shows where the "
                               "world comes back afterwards, how fast, and where it stays down.")
                          : tr("A stability map needs something to go wrong: add a fault below faults: in the scenario, and "
                               "it can be the trigger."));
    showPlan();
}

Result<StabilityPlan> StabilityView::plan() const
{
    if (!m_tuning || !m_tuning->scenario())
        return failure("");
    if (m_tuning->scenario()->faults.empty())
        return failure(tr("The scenario has no fault that could be the trigger.").toStdString());
    Result<StudyAxis> load = m_load->axis();
    if (!load)
        return tl::unexpected<Error>(load.error());
    Result<StudyAxis> trigger = m_trigger->axis();
    if (!trigger)
        return tl::unexpected<Error>(trigger.error());
    Result<std::vector<Duration>> lengths = triggerLengths(trigger->values);
    if (!lengths)
        return tl::unexpected<Error>(lengths.error());
    const Result<std::vector<Duration>> settle = triggerLengths({m_settle->text().trimmed().toStdString()});
    if (!settle)
        return tl::unexpected<Error>(settle.error());
    StabilityPlan plan;
    plan.base = m_tuning->scenario();
    plan.changes = m_tuning->textOverrides();
    plan.load = std::move(*load);
    while (plan.fault < plan.base->faults.size() && faultKey(*plan.base, plan.fault) != trigger->path)
        ++plan.fault;
    if (plan.fault >= plan.base->faults.size())
        return failure(tr("The fault that was the trigger is no longer there: choose another one.").toStdString());
    plan.triggerTexts = std::move(trigger->values);
    plan.triggers = std::move(*lengths);
    plan.settle = settle->front();
    plan.seed = plan.base->seed;
    if (plan.load.values.size() * plan.triggers.size() > kCellsMax)
        return failure(tr("These are more than %1 runs: choose fewer steps.").arg(formatCount(kCellsMax)).toStdString());
    return plan;
}

void StabilityView::showPlan()
{
    if (isRunning())
        return;
    const Result<StabilityPlan> now = plan();
    if (!now)
        setNote(QString::fromStdString(now.error().message), true);
    else if (m_model.hasPlan() && m_model.runsDone() < m_model.runsTotal())
        setNote(tr("Cancelled after %1 of %2 runs: what was computed stays.").arg(m_model.runsDone()).arg(m_model.runsTotal()), false);
    else if (m_model.hasPlan() && !differOnlyIn(*m_planned, *m_tuning->tunedScenario()))
        setNote(differOnlyIn(*m_planned, *m_tuning->tunedScenario(), settingsOf(0))
                    ? tr("Only the load and the length of the trigger have changed since this map, and it varies just these: it holds.")
                    : tr("The scenario has changed since this map."),
                false);
    else
        setNote(runsText(now->load.values.size() * now->triggers.size()), false);
    showState(now.has_value(), m_model.runsDone(), m_model.runsTotal());
}

void StabilityView::start()
{
    Result<StabilityPlan> now = plan();
    if (!now)
        return showPlan();
    chart()->setSelected(std::nullopt);
    m_planned = m_tuning->tunedScenario();
    m_model.start(std::move(*now));
}

void StabilityView::showEvent(QShowEvent *event)
{
    StudyView::showEvent(event);
    if (m_tuning)
        followTuning();
}

void StabilityView::drawResults()
{
    if (m_model.hasPlan() && isVisible()) // else when it is shown
        chart()->setPicture(stabilityGrid(m_model, present()));
}

QStringList StabilityView::present() const
{
    const StabilityPlan &plan = m_model.plan();
    const std::optional<std::size_t> trigger = triggerNow();
    return {m_tuning ? presentValue(*m_tuning, plan.load.path) : QString(),
            trigger ? lengthInText(m_tuning->scenario()->faults[*trigger].length) : QString()};
}

/// Where it stands now in the scenario: faults may have been added before it since.
std::optional<std::size_t> StabilityView::triggerNow() const
{
    if (!m_tuning || !m_tuning->scenario() || !m_model.hasPlan())
        return std::nullopt;
    const StabilityPlan &plan = m_model.plan();
    const QString trigger = faultKey(*plan.base, plan.fault);
    const Scenario &scenario = *m_tuning->scenario();
    for (std::size_t i = 0; i < scenario.faults.size(); ++i)
        if (faultKey(scenario, i) == trigger)
            return i;
    return std::nullopt;
}

void StabilityView::showResults()
{
    drawResults();
    showState(true, m_model.runsDone(), m_model.runsTotal());
    showPlan();
}

std::shared_ptr<const Scenario> StabilityView::scenarioOf(std::size_t point) const
{
    return point < m_model.points().size() ? m_model.points()[point].scenario : nullptr;
}

std::vector<Override> StabilityView::settingsOf(std::size_t point) const
{
    if (!m_tuning || !m_tuning->scenario() || !m_model.hasPlan())
        return {};
    std::vector<Override> settings = m_model.valuesAt(point);
    if (const std::optional<std::size_t> trigger = triggerNow())
        settings.push_back({"faults." + std::to_string(*trigger) + ".for", m_model.plan().triggerTexts[point % m_model.columns()]});
    return settings;
}

QString StabilityView::whatIsAdopted() const
{
    return tr("Puts the load and the length of the trigger in the scenario, where the other faults stay as they are; undo takes them back");
}

View *createStabilityView(TimeAxisModel *, QWidget *parent)
{
    return new StabilityView(parent);
}

} // namespace halfopen
