// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/tuning_model.h"

#include "core/policies/registry.h"
#include "core/scenario/none_value.h"
#include "ui/models/schema_text.h"
#include "ui/models/text_change.h"

#include <QUndoCommand>

#include <algorithm>
#include <utility>

namespace halfopen {
namespace {

QString text(const Field &field, const Value &value)
{
    return QString::fromStdString(formatValue(field, value));
}

} // namespace

/// One step of undo: some rows, in an order in which each step on the way is legal too.
class ChangeSettings final : public QUndoCommand {
public:
    ChangeSettings(TuningModel &model, std::vector<TuningModel::Step> steps, const QString &text, int gesture)
        : QUndoCommand(text), m_model(model), m_steps(std::move(steps)), m_gesture(gesture)
    {
    }
    void redo() override
    {
        for (const TuningModel::Step &step : m_steps)
            m_model.apply(step.row, step.after);
    }
    void undo() override
    {
        for (auto step = m_steps.rbegin(); step != m_steps.rend(); ++step)
            m_model.apply(step->row, step->before);
    }
    int id() const override { return m_gesture == 0 ? -1 : 1; }
    bool mergeWith(const QUndoCommand *other) override
    {
        const auto *next = static_cast<const ChangeSettings *>(other);
        if (next->m_gesture != m_gesture || next->m_steps[0].row != m_steps[0].row)
            return false;
        m_steps[0].after = next->m_steps[0].after;
        setText(next->text());
        setObsolete(m_steps[0].before == m_steps[0].after);
        return true;
    }

private:
    TuningModel &m_model;
    std::vector<TuningModel::Step> m_steps; ///< never empty
    int m_gesture = 0;
};

TuningModel::TuningModel(QObject *parent) : QObject(parent) {}

TuningModel::~TuningModel() = default;

void TuningModel::setScenario(std::shared_ptr<const Scenario> scenario)
{
    m_undo.clear();
    m_scenario = std::move(scenario);
    m_layers.clear();
    m_settings.clear();
    m_rows.clear();
    const std::size_t stacks = m_scenario ? m_scenario->stacks.size() : 0;
    for (std::size_t s = 0; s < stacks; ++s) {
        const PolicyStackSpec &stack = m_scenario->stacks[s];
        for (std::size_t l = 0; l < stack.layers.size(); ++l) {
            const Settings &settings = stack.layers[l].settings;
            const Schema &schema = settings.schema();
            Layer layer{s, l, &schema, int(m_rows.size()), int(schema.fields.size())};
            const QString prefix = QStringLiteral("policies.%1.%2.").arg(QString::fromStdString(stack.name)).arg(l);
            for (const Field &field : schema.fields) {
                const Value value = settings.get(field);
                m_rows.push_back({prefix + QString::fromUtf8(field.key.data(), qsizetype(field.key.size())), &field,
                                  int(m_layers.size()), value, value, value});
            }
            m_layers.push_back(layer);
            m_settings.push_back(settings);
        }
    }
    emit rowsReset();
    emit scenarioChanged();
    emit changedCountChanged(0);
}

std::optional<int> TuningModel::find(const QString &path) const
{
    const auto found = std::find_if(m_rows.begin(), m_rows.end(), [&](const Row &row) { return row.path == path; });
    return found == m_rows.end() ? std::nullopt : std::optional<int>(int(found - m_rows.begin()));
}

QString TuningModel::valueText(int index) const
{
    return text(*row(index).field, row(index).value);
}

QString TuningModel::fileText(int index) const
{
    return text(*row(index).field, row(index).fileValue);
}

QString TuningModel::defaultText(int index) const
{
    return text(*row(index).field, row(index).field->standard);
}

QString TuningModel::noneText(int index) const
{
    const Layer &layer = m_layers[static_cast<std::size_t>(row(index).layer)];
    const std::string_view means = noneMeans(*layer.schema, *row(index).field);
    if (means.empty())
        return {};
    // The one that is off altogether as soon as another is given.
    if (row(index).field->key == "failure_threshold")
        for (int other = layer.rowFirst; other < layer.rowFirst + layer.rowCount; ++other)
            if (row(other).field->key == "failure_rate_threshold" && !std::holds_alternative<std::monostate>(row(other).value))
                return {};
    return layer.schema->find(means) ? settingLabel(means) : schemaText(means);
}

QString TuningModel::rangeText(int index) const
{
    return schemaRange(describeRange(*row(index).field));
}

bool TuningModel::isChanged(int index) const
{
    return row(index).value != row(index).fileValue;
}

bool TuningModel::canCompareDialects(int index) const
{
    const Layer &layer = m_layers[static_cast<std::size_t>(row(index).layer)];
    return m_scenario->stacks[layer.stack].layers[layer.layer].type->key() == "circuit_breaker";
}

int TuningModel::changedCount() const
{
    return int(std::count_if(m_rows.begin(), m_rows.end(), [](const Row &r) { return r.value != r.fileValue; }));
}

std::string TuningModel::conflictWith(int index, const Value &value) const
{
    const Settings &settings = m_settings[static_cast<std::size_t>(row(index).layer)];
    if (!settings.schema().conflict)
        return {};
    Settings changed = settings;
    changed.set(*row(index).field, value);
    return settings.schema().conflict(changed.config());
}

Result<void> TuningModel::edit(int index, const QString &text, int gesture)
{
    const Row &edited = row(index);
    const Result<Value> value = parseValue(*edited.field, text.trimmed().toStdString());
    if (!value)
        return tl::unexpected<Error>(value.error());
    if (*value == edited.value)
        return {};
    std::vector<Step> steps;
    if (std::string conflict = conflictWith(index, *value); !conflict.empty()) {
        const std::optional<Step> first = stepThatAllows(index, *value);
        if (!first)
            return failure(std::move(conflict));
        steps.push_back(*first);
    }
    steps.push_back({index, edited.value, *value});
    const bool single = steps.size() == 1;
    push(std::move(steps), tr("%1 to %2").arg(settingLabel(edited.field->key), text), single ? gesture : 0);
    return {};
}

std::optional<TuningModel::Step> TuningModel::stepThatAllows(int index, const Value &value) const
{
    // A number of calls in the way of "window.kind: time": without the size the kind can change, and a form that
    // changes one field at a time would have no other way there.
    const std::string_view key = row(index).field->key;
    const std::string_view section = key.substr(0, key.rfind('.') + 1);
    if (section.empty())
        return std::nullopt;
    const Layer &layer = m_layers[static_cast<std::size_t>(row(index).layer)];
    const Settings &settings = m_settings[static_cast<std::size_t>(row(index).layer)];
    for (int other = layer.rowFirst; other < layer.rowFirst + layer.rowCount; ++other) {
        const Field &field = *row(other).field;
        if (other == index || !field.optional || !field.key.starts_with(section) || row(other).value == Value{})
            continue;
        Settings changed = settings;
        changed.set(field, Value{});
        const bool firstIsLegal = changed.schema().conflict(changed.config()).empty();
        changed.set(*row(index).field, value);
        if (firstIsLegal && changed.schema().conflict(changed.config()).empty())
            return Step{other, row(other).value, Value{}};
    }
    return std::nullopt;
}

Result<void> TuningModel::reset(int index)
{
    const Row &changed = row(index);
    if (!isChanged(index))
        return {};
    std::string conflict = conflictWith(index, changed.fileValue);
    if (!conflict.empty())
        return failure(std::move(conflict));
    push({{index, changed.value, changed.fileValue}}, tr("reset %1").arg(settingLabel(changed.field->key)), 0);
    return {};
}

void TuningModel::resetAll()
{
    std::vector<Step> steps;
    for (int i = 0; i < int(m_rows.size()); ++i) {
        if (isChanged(i))
            steps.push_back({i, row(i).value, row(i).fileValue});
    }
    if (!steps.empty())
        push(inLegalOrder(std::move(steps)), tr("reset all settings"), 0);
}

std::vector<TuningModel::Step> TuningModel::inLegalOrder(std::vector<Step> left) const
{
    // A rule between two fields may forbid one order of the steps, but not all of them: the values at their end
    // are legal together. So: whatever can go goes, until nothing is left.
    std::vector<Settings> settings = m_settings;
    std::vector<Step> steps;
    bool force = false;
    while (!left.empty()) {
        const std::size_t before = left.size();
        std::erase_if(left, [&](const Step &step) {
            Settings &layer = settings[static_cast<std::size_t>(row(step.row).layer)];
            Settings changed = layer;
            changed.set(*row(step.row).field, step.after);
            if (!force && changed.schema().conflict && !changed.schema().conflict(changed.config()).empty())
                return false;
            layer = std::move(changed);
            steps.push_back(step);
            return true;
        });
        force = left.size() == before; // two fields that can only go together
    }
    return steps;
}

void TuningModel::setText(std::shared_ptr<const Scenario> scenario, const Scenario &before)
{
    m_scenario = std::move(scenario);
    std::vector<Step> steps;
    for (int i = 0; i < int(m_rows.size()); ++i) {
        Row &kept = m_rows[static_cast<std::size_t>(i)];
        const Layer &layer = m_layers[static_cast<std::size_t>(kept.layer)];
        const auto valueIn = [&](const Scenario &of) {
            return of.stacks[layer.stack].layers[layer.layer].settings.get(*kept.field);
        };
        kept.textValue = valueIn(*m_scenario);
        const Value then = valueIn(before);
        if (kept.textValue != then && kept.value == then)
            steps.push_back({i, kept.value, kept.textValue});
    }
    if (!steps.empty())
        push(inLegalOrder(std::move(steps)), tr("the text"), 0);
    emit scenarioChanged();
}

Result<void> TuningModel::editAll(const std::vector<Override> &changes, const QString &text)
{
    std::vector<Step> wanted;
    std::vector<Settings> settings = m_settings;
    for (const Override &change : changes) {
        const std::optional<int> index = find(QString::fromStdString(change.path));
        if (!index)
            return failure(tr("%1 is no setting of this scenario").arg(QString::fromStdString(change.path)).toStdString());
        const Result<Value> value = parseValue(*row(*index).field, change.value);
        if (!value)
            return tl::unexpected<Error>(value.error());
        settings[static_cast<std::size_t>(row(*index).layer)].set(*row(*index).field, *value);
        if (*value != row(*index).value)
            wanted.push_back({*index, row(*index).value, *value});
    }
    for (const Settings &layer : settings) {
        if (!layer.schema().conflict)
            continue;
        if (std::string conflict = layer.schema().conflict(layer.config()); !conflict.empty())
            return failure(std::move(conflict));
    }
    if (!wanted.empty())
        push(inLegalOrder(std::move(wanted)), text, 0);
    return {};
}

void TuningModel::push(std::vector<Step> steps, const QString &text, int gesture)
{
    m_undo.push(new ChangeSettings(*this, std::move(steps), text, gesture));
}

void TuningModel::apply(int index, const Value &value)
{
    Row &changed = m_rows[static_cast<std::size_t>(index)];
    if (changed.value == value)
        return;
    const int countBefore = changedCount();
    changed.value = value;
    m_settings[static_cast<std::size_t>(changed.layer)].set(*changed.field, value);
    emit rowChanged(index);
    if (changedCount() != countBefore)
        emit changedCountChanged(changedCount());
    emit changeRequested(changed.path, valueText(index));
}

std::vector<Override> TuningModel::overrides() const
{
    std::vector<Override> changes;
    for (int i = 0; i < int(m_rows.size()); ++i) {
        if (isChanged(i))
            changes.push_back({row(i).path.toStdString(), formatValue(*row(i).field, row(i).value)});
    }
    return changes;
}

std::vector<Override> TuningModel::overridesWith(const std::vector<Override> &settings) const
{
    const std::vector<Value> values = valuesWith(settings);
    std::vector<Override> others;
    for (const Override &setting : settings) {
        const std::optional<int> index = find(QString::fromStdString(setting.path));
        if (!index || !parseValue(*row(*index).field, setting.value))
            others.push_back(setting);
    }
    std::vector<Override> changes;
    for (std::size_t i = 0; i < m_rows.size(); ++i) {
        if (values[i] != m_rows[i].fileValue)
            changes.push_back({m_rows[i].path.toStdString(), formatValue(*m_rows[i].field, values[i])});
    }
    changes.insert(changes.end(), others.begin(), others.end());
    return changes;
}

std::vector<Value> TuningModel::valuesWith(const std::vector<Override> &settings) const
{
    std::vector<Value> values;
    for (const Row &one : m_rows)
        values.push_back(one.value);
    for (const Override &setting : settings) {
        const std::optional<int> index = find(QString::fromStdString(setting.path));
        if (!index)
            continue;
        if (const Result<Value> value = parseValue(*row(*index).field, setting.value))
            values[static_cast<std::size_t>(*index)] = *value;
    }
    return values;
}

std::vector<Override> TuningModel::overridesAgainst(const Scenario &other) const
{
    if (!m_scenario || !haveSameShape(*m_scenario, other))
        return {};
    std::vector<Override> changes;
    for (const Row &tuned : m_rows) {
        const Layer &layer = m_layers[static_cast<std::size_t>(tuned.layer)];
        if (tuned.value != other.stacks[layer.stack].layers[layer.layer].settings.get(*tuned.field))
            changes.push_back({tuned.path.toStdString(), formatValue(*tuned.field, tuned.value)});
    }
    return changes;
}

std::shared_ptr<const Scenario> TuningModel::tunedScenario() const
{
    if (!m_scenario)
        return m_scenario;
    const std::vector<Override> changes = textOverrides();
    if (changes.empty())
        return m_scenario;
    auto tuned = std::make_shared<Scenario>(*m_scenario);
    for (std::size_t i = 0; i < m_layers.size(); ++i)
        tuned->stacks[m_layers[i].stack].layers[m_layers[i].layer].settings = m_settings[i];
    if (Result<std::string> edited = editScenarioText(m_scenario->text, changes))
        tuned->text = std::move(*edited);
    return tuned;
}

std::vector<Override> TuningModel::textOverrides() const
{
    std::vector<Override> changes;
    for (const Row &tuned : m_rows) {
        if (tuned.value != tuned.textValue)
            changes.push_back({tuned.path.toStdString(), formatValue(*tuned.field, tuned.value)});
    }
    return changes;
}

std::string TuningModel::textProblem() const
{
    const std::vector<Override> changes = textOverrides();
    if (!m_scenario || changes.empty())
        return {};
    const Result<std::string> edited = editScenarioText(m_scenario->text, changes);
    return edited ? std::string() : edited.error().message;
}

void TuningModel::setSaved(std::shared_ptr<const Scenario> saved)
{
    m_scenario = std::move(saved);
    for (int i = 0; i < int(m_rows.size()); ++i) {
        Row &kept = m_rows[static_cast<std::size_t>(i)];
        const bool wasChanged = isChanged(i);
        const Layer &layer = m_layers[static_cast<std::size_t>(kept.layer)];
        kept.fileValue = m_scenario->stacks[layer.stack].layers[layer.layer].settings.get(*kept.field);
        kept.textValue = kept.fileValue;
        if (wasChanged || isChanged(i))
            emit rowChanged(i);
    }
    emit scenarioChanged();
    emit changedCountChanged(changedCount());
}

QString settingLabel(std::string_view key)
{
    QString label = QString::fromUtf8(key.data(), qsizetype(key.size()));
    label.replace(QLatin1Char('_'), QLatin1Char(' ')).replace(QLatin1Char('.'), QLatin1Char(' '));
    if (!label.isEmpty())
        label[0] = label[0].toUpper();
    return label;
}

bool TuningModel::hasOwnStep(bool isUndo) const
{
    return (isUndo ? m_undo.canUndo() : m_undo.canRedo()) && (isUndo ? m_undo.undoText() : m_undo.redoText()) != tr("the text");
}

} // namespace halfopen
