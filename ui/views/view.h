// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/instant.h"
#include "core/scenario/loader.h"
#include "core/scenario/scenario.h"
#include "ui/models/record_ptr.h"

#include <QKeyEvent>
#include <QString>
#include <QWidget>

#include <cstddef>
#include <memory>
#include <optional>
#include <vector>

namespace halfopen {

class TimeAxisModel;
class TuningModel;

/// One view of a run: a widget that reads snapshots and draws them. It holds no lab logic, and it
/// knows neither the window nor the other views; they meet in the shared TimeAxisModel.
class View : public QWidget {
    Q_OBJECT
public:
    explicit View(QWidget *parent = nullptr) : QWidget(parent) {}

    /// A newer snapshot of the run, or of another run; null shows the empty state. Cheap: the view
    /// keeps the pointer and draws at the next screen refresh.
    virtual void setRecord(RecordPtr record) = 0;
    /// The run to compare with, drawn dashed behind the present one; null = none. Views without a
    /// sensible picture of two runs ignore it.
    virtual void setGhost(RecordPtr record) { Q_UNUSED(record) }
    /// Shows the transition with this index into RunRecord::transitions, picked in another view.
    /// Does not emit.
    virtual void showTransition(std::size_t index) { Q_UNUSED(index) }
    /// The transition that was picked is no longer, in another view. Does not emit.
    virtual void dropTransition() {}
    /// Whether something is picked that Escape lets go of, wherever in the view the focus is.
    virtual bool holdsSomething() const { return false; }
    /// Lets go of it.
    virtual void letGo() {}
    /// The moment of the run that is pinned, by a click or from afar; none while nothing is, or what is has no moment.
    virtual std::optional<Instant> pinnedMoment() const { return std::nullopt; }

    /// Turns to the edge of this name (EdgeInfo::name), or with an empty name back to all. Does not emit.
    virtual void showEdge(const QString &name) { Q_UNUSED(name) }
    /// Turns to the sampled call with this key (CallTrace::call), if it shows single calls. Does not emit.
    virtual bool showCall(quint64 call) 
    {
        Q_UNUSED(call)
        return false;
    }
    /// What the view draws, of the whole run, as a table (see models/record_csv.h); empty without a run.
    virtual QString csv() const { return {}; }
    /// Why csv() is empty, for a message.
    virtual QString nothingToExport() const { return tr("there is nothing to write before the scenario runs"); }

    /// The settings of the open scenario, for views that run studies of their own. Called once, before all else.
    virtual void setTuning(TuningModel *tuning) { Q_UNUSED(tuning) }
    /// Takes the setting with this path (TuningModel::Row::path) as the one to vary; false from a view that varies none.
    virtual bool studySetting(const QString &path)
    {
        Q_UNUSED(path)
        return false;
    }
    /// Whether the scenarios of runPicked() have all that they are in their texts, so that their runs can be kept.
    virtual bool hasWholeTexts() const { return true; }

signals:
    /// The user wants to see the run of \a scenario, a variant of the open one. \a what: the variant in words;
    /// \a settings: those of its values that are settings and can be adopted.
    void runPicked(std::shared_ptr<const halfopen::Scenario> scenario, const QString &what,
                   const std::vector<halfopen::Override> &settings);
    /// The user wants \a settings to be those of the open scenario.
    void settingsAdopted(const std::vector<halfopen::Override> &settings);
    /// The values at the cursor, to stand in the head of the view; empty when there are none to tell.
    void readingChanged(const QString &text);
    /// It has an answer to show that takes its usual height.
    void roomWanted();
    /// The user picked RunRecord::transitions[index].
    void transitionPicked(std::size_t index);
    /// The user let go of the transition that was picked.
    void transitionDropped();
    /// The user picked the sampled call with this key (CallTrace::call).
    void callPicked(quint64 call);
    /// The user picked the edge of this name (EdgeInfo::name); empty = no longer one of them.
    void edgePicked(const QString &name);
    /// The button of the empty state was pressed: run the scenario.
    void emptyActionRequested();

protected:
    /// A key that the focused control had no use for.
    void keyPressEvent(QKeyEvent *event) override
    {
        if (event->key() == Qt::Key_Escape && event->modifiers() == Qt::NoModifier && holdsSomething())
            letGo();
        else
            QWidget::keyPressEvent(event);
    }
};

/// Where the window puts a view.
enum class ViewPlace {
    Track, ///< over the time axis, below the other tracks
    Side,  ///< a dock of its own at the side
    Page,  ///< the whole centre, instead of the tracks: a view of many runs
};

/// A row of the table of views.
struct ViewType {
    const char *id;    ///< for saved layouts: never changes, never shown
    const char *title; ///< English; shown through viewTitle()
    View *(*create)(TimeAxisModel *axis, QWidget *parent);
    bool startsFolded = false; ///< of a track: only its head is shown until the user opens it
    ViewPlace place = ViewPlace::Track;
    int height = 0; ///< of a track that is opened, head included, in logical pixels; 0 = as most tracks
};

/// The translated title.
QString viewTitle(const ViewType &type);

} // namespace halfopen
