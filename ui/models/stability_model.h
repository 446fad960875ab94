// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/instant.h"
#include "core/scenario/loader.h"
#include "core/scenario/scenario.h"
#include "simulators/study/background_work.h"
#include "simulators/study/stability.h"
#include "ui/models/study_parameters.h"

#include <QObject>
#include <QString>
#include <QTimer>

#include <cstdint>
#include <memory>
#include <vector>

namespace halfopen {

/// What a stability map runs: every load with every length of one fault of the scenario, the trigger.
struct StabilityPlan {
    std::shared_ptr<const Scenario> base; ///< as its text has it
    std::vector<Override> changes;        ///< of settings, in force in every run
    StudyAxis load;                       ///< rows; mostly a rate of calls, but any parameter will do
    std::size_t fault = 0;                ///< index into Scenario::faults
    std::vector<std::string> triggerTexts; ///< columns: "5s", "20s"
    std::vector<Duration> triggers;       ///< the same, read
    Duration settle = std::chrono::seconds(60); ///< how long to wait for the recovery
    std::uint64_t seed = 1;
};
/// Reads texts such as "5s" as lengths of time, each longer than 0.
Result<std::vector<Duration>> triggerLengths(const std::vector<std::string> &texts);

struct StabilityPoint {
    StabilityCell cell;
    std::shared_ptr<const Scenario> scenario; ///< with its load and nothing but its trigger; null until it was run
    QString problem;                          ///< why this load is not legal, or empty
};

/// A stability map that is computed behind the window, on all cores, coarse grid first. What was computed stays when
/// it is cancelled.
class StabilityModel : public QObject {
    Q_OBJECT
public:
    explicit StabilityModel(QObject *parent = nullptr);
    ~StabilityModel() override;

    void start(StabilityPlan plan);
    void cancel();
    void clear();

    bool isRunning() const { return m_timer.isActive(); }
    bool hasPlan() const { return m_plan.base != nullptr; }
    std::size_t runsDone() const { return m_runsDone; }
    std::size_t runsTotal() const { return m_points.size(); }

    const StabilityPlan &plan() const { return m_plan; }
    std::size_t columns() const { return m_plan.triggers.size(); }
    std::size_t rows() const { return m_plan.load.values.size(); }
    /// Row by row: index = row * columns() + column.
    const std::vector<StabilityPoint> &points() const { return m_points; }
    std::vector<Override> valuesAt(std::size_t point) const;
    /// "web calls per second 900/s, trigger 20s".
    QString textAt(std::size_t point) const;
    /// One line per cell, as `halfopen stability --csv` writes it.
    QString csv() const;

signals:
    void changed();
    void finished();

private:
    struct Inbox;
    void poll();
    bool take();

    StabilityPlan m_plan;
    std::vector<StabilityPoint> m_points;
    std::size_t m_runsDone = 0;
    QTimer m_timer;
    std::shared_ptr<Inbox> m_inbox;
    BackgroundWork m_work; ///< last: its threads end before anything else goes
};

} // namespace halfopen
