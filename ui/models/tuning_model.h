// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/scenario/loader.h"
#include "core/scenario/scenario.h"

#include <QObject>
#include <QString>
#include <QUndoStack>

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace halfopen {

/// Every policy setting of a scenario as a list of rows that can be changed, undone and saved.
///
/// Knows no policy: all it says comes from the schemas. It holds four values per row: the schema's default, the
/// scenario file's, the one of the text that the present scenario was read from, and the present one. It does not know
/// the run: whoever drives one connects changeRequested().
class TuningModel : public QObject {
    Q_OBJECT
public:
    /// One layer of one stack; its rows lie together.
    struct Layer {
        std::size_t stack = 0;   ///< index into Scenario::stacks
        std::size_t layer = 0;   ///< index into PolicyStackSpec::layers, 0 = outermost
        const Schema *schema = nullptr;
        int rowFirst = 0;
        int rowCount = 0;
    };
    struct Row {
        QString path;            ///< "policies.db_client.1.max_attempts", as Simulation::change() takes it
        const Field *field = nullptr;
        int layer = 0;           ///< index into layers()
        Value fileValue;         ///< as the scenario file has it
        Value textValue;         ///< as scenario() has it; another than the file's once the text was edited by hand
        Value value;             ///< now
    };

    explicit TuningModel(QObject *parent = nullptr);
    ~TuningModel() override;

    /// Shows the settings of \a scenario and forgets changes and undo steps; null = nothing to tune.
    void setScenario(std::shared_ptr<const Scenario> scenario);
    std::shared_ptr<const Scenario> scenario() const { return m_scenario; }

    const std::vector<Layer> &layers() const { return m_layers; }
    const std::vector<Row> &rows() const { return m_rows; }
    const Row &row(int index) const { return m_rows[static_cast<std::size_t>(index)]; }
    /// The row of a path, or none.
    std::optional<int> find(const QString &path) const;

    QString valueText(int row) const;
    /// What is in force where the row's value is none: a value, or the name of the setting whose value it takes. Empty
    /// where none means that there is no such limit or rule; see noneMeans(). Depends on other rows of the layer.
    QString noneText(int row) const;
    QString fileText(int row) const;
    /// The schema's default as text; "none" when the setting is off by default.
    QString defaultText(int row) const;
    /// "0 ms to 1 h", or empty.
    QString rangeText(int row) const;
    bool isChanged(int row) const;
    /// Whether the row's policy can be carried over into other dialects by meaning, to be compared.
    bool canCompareDialects(int row) const;
    int changedCount() const;

    /// Sets a row from \a text, as an undo step. A text out of range, or one that a rule between fields forbids,
    /// changes nothing and comes back as the loader's own sentence. (When only an optional setting of the same
    /// section stands in the way, it is switched off in the same undo step.) Edits of one row with the same \a gesture
    /// (not 0) are one undo step: a drag of a slider.
    Result<void> edit(int row, const QString &text, int gesture = 0);
    /// Sets several rows from texts, as one undo step called \a text; all of them or none. Overrides of paths that are
    /// no rows are an error, like values that are not legal together.
    Result<void> editAll(const std::vector<Override> &changes, const QString &text);
    /// Back to the scenario file's value, as an undo step. An error if a rule between fields forbids it.
    Result<void> reset(int row);
    /// All rows back, as one undo step.
    void resetAll();
    /// A number for edit() that no gesture before has.
    int newGesture() { return ++m_gestures; }

    QUndoStack *undoStack() { return &m_undo; }
    /// Whether the next step of undo (or redo) is one of the form's own and not what it read from the text.
    bool hasOwnStep(bool isUndo) const;

    /// What differs from the file, for saving.
    std::vector<Override> overrides() const;
    /// What overrides() would be with \a settings in force, too: in the order of the rows and in their words. Settings that
    /// are no rows, or have no legal value, follow as they are.
    std::vector<Override> overridesWith(const std::vector<Override> &settings) const;
    /// The value of each row, with \a settings in force, too; what overridesWith() leaves as it is changes nothing here.
    std::vector<Value> valuesWith(const std::vector<Override> &settings) const;
    /// What differs from \a other, if that has the same rows; else nothing.
    std::vector<Override> overridesAgainst(const Scenario &other) const;
    /// What differs from the text of scenario().
    std::vector<Override> textOverrides() const;
    /// The scenario with the present values, its text edited to match. scenario() itself when nothing is changed.
    std::shared_ptr<const Scenario> tunedScenario() const;
    /// The text was edited by hand: \a scenario, of the same shape, is what tunedScenario() builds on from now on. Settings
    /// that it changes against \a before follow as one undo step, except those that the form has changed since \a before.
    void setText(std::shared_ptr<const Scenario> scenario, const Scenario &before);
    /// Why tunedScenario() cannot have its values in its text, or nothing: a text that has no place for one of them.
    std::string textProblem() const;
    /// The present values were saved: \a saved, of the same shape, is the file now. Undo steps stay.
    void setSaved(std::shared_ptr<const Scenario> saved);

signals:
    /// Other rows than before.
    void rowsReset();
    /// scenario() is another: what is not in the rows (clients, services, faults) may have changed, too.
    void scenarioChanged();
    /// A row's value or its mark changed.
    void rowChanged(int row);
    void changedCountChanged(int count);
    /// The present run should take this over from now on.
    void changeRequested(const QString &path, const QString &valueText);
    /// The scenario is to be compared with itself in \a dialect, into which no setting leads.
    void comparisonRequested(const QString &dialect);

private:
    friend class ChangeSettings;
    struct Step {
        int row;
        Value before;
        Value after;
    };

    void apply(int row, const Value &value);
    std::string conflictWith(int row, const Value &value) const;
    /// An optional setting beside \a row that, switched off first, makes \a value legal.
    std::optional<Step> stepThatAllows(int row, const Value &value) const;
    void push(std::vector<Step> steps, const QString &text, int gesture);
    std::vector<Step> inLegalOrder(std::vector<Step> steps) const;

    std::shared_ptr<const Scenario> m_scenario;
    std::vector<Layer> m_layers;
    std::vector<Settings> m_settings; ///< one per layer, present values
    std::vector<Row> m_rows;
    QUndoStack m_undo;
    int m_gestures = 0;
};

/// "slow_call.rate_threshold" -> "Slow call rate threshold".
QString settingLabel(std::string_view key);

} // namespace halfopen
