// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/report/comparison.h"
#include "core/scenario/loader.h"
#include "core/scenario/scenario.h"
#include "simulators/study/background_work.h"
#include "simulators/study/best_point.h"
#include "simulators/study/measured.h"
#include "ui/models/study_parameters.h"

#include <QObject>
#include <QString>
#include <QTimer>

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

namespace halfopen {

/// What a sweep runs: every combination of the axes' values, each with every seed.
struct SweepPlan {
    std::shared_ptr<const Scenario> base; ///< as its text has it
    std::vector<Override> changes;        ///< of settings, in force in every run
    std::vector<StudyAxis> axes;          ///< one or two; the first is drawn along x
    std::vector<std::uint64_t> seeds;     ///< at least one
};

/// One combination of values.
struct SweepPoint {
    std::shared_ptr<const Scenario> scenario; ///< null until its first run
    std::vector<std::vector<double>> bySeed;  ///< [seed][measured]; empty where not run
    std::vector<Duration> steps;              ///< [measured]: the widest in which it is known of any of the runs; empty before the first
    QString problem;                          ///< why these values together are not legal, or empty

    bool hasRun() const;
    /// Mean over the seeds that were run, and half the width of its 95 % confidence interval.
    report::Estimate of(std::size_t measured) const;
    Duration step(std::size_t measured) const { return steps.empty() ? Duration(0) : steps[measured]; }
};

/// The best combination, and what its figure was with the seeds by which it was chosen.
struct SweepBest : BestPoint {
    report::Estimate value;

    /// No other may be as good.
    bool isClear() const { return isNoiseKnown && asGood == 0; }
};

/// A sweep that goes on behind the window, on all cores, coarse grid first; every run is measured in every way there
/// is, so that another metric needs no other run. What was computed stays when it is cancelled.
class SweepModel : public QObject {
    Q_OBJECT
public:
    static constexpr std::size_t kRunsMax = 20'000;

    explicit SweepModel(QObject *parent = nullptr);
    ~SweepModel() override;

    /// Drops what was there and begins. \a plan has one or two axes of at least one value.
    void start(SweepPlan plan);
    void cancel();
    /// Forgets all.
    void clear();

    bool isRunning() const { return m_timer.isActive(); }
    bool hasPlan() const { return m_plan.base != nullptr; }
    std::size_t runsDone() const { return m_runsDone; }
    std::size_t runsTotal() const { return m_points.size() * m_plan.seeds.size(); }

    const SweepPlan &plan() const { return m_plan; }
    std::size_t columns() const { return hasPlan() ? m_plan.axes[0].values.size() : 0; }
    std::size_t rows() const { return m_plan.axes.size() > 1 ? m_plan.axes[1].values.size() : 1; }
    /// Row by row: index = row * columns() + column.
    const std::vector<SweepPoint> &points() const { return m_points; }
    const std::vector<Measured> &measured() const { return m_measured; }
    /// Index into measured(), or its size when it was not measured.
    std::size_t find(const QString &name) const;
    /// The axes' values at a point.
    std::vector<Override> valuesAt(std::size_t point) const;
    /// "Max attempts 4, Initial delay 50ms".
    QString textAt(std::size_t point) const;
    /// The best point by bestPoint(), over the seeds that ran at every point that has begun; none when there is no better, or when
    /// none that has run is worse.
    std::optional<SweepBest> best(std::size_t measured) const;

    /// One line per combination, one column per metric (and half width with several seeds), plain numbers.
    QString csv() const;

signals:
    /// There is something new: results, or the state.
    void changed();
    /// All is done, or cancel() has stopped it.
    void finished();

private:
    struct Inbox;
    void poll();
    bool take();

    SweepPlan m_plan;
    std::vector<Measured> m_measured;
    std::vector<SweepPoint> m_points;
    std::size_t m_runsDone = 0;
    QTimer m_timer;
    std::shared_ptr<Inbox> m_inbox;
    BackgroundWork m_work; ///< last: its threads end before anything else goes
};

} // namespace halfopen
