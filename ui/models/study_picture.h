// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/study_positions.h"

#include <QString>
#include <QStringList>

#include <cstddef>
#include <optional>
#include <utility>
#include <vector>

namespace halfopen {

class SweepModel;
struct SweepBest;
class StabilityModel;

// What a study's chart shows, as values: the models say what, the chart says where and in which colours.

/// Labels of a value axis.
struct StudyScale {
    QString title;
    double low = 0;
    double high = 1;
    std::vector<std::pair<double, QString>> ticks;
};

struct StudyCell {
    enum class Kind {
        Waiting, ///< not run yet
        Value,   ///< `share` says where on the ramp
        Nothing, ///< run, and there was nothing to measure
        Bad,     ///< stays down
        Warning, ///< says nothing about the question
        Problem, ///< these values are not legal together
    } kind = Kind::Waiting;
    double share = 0; ///< 0..1
    QString text;     ///< in the cell, where there is room
    QString detail;   ///< in full, beside the chart
};

/// A heatmap: row 0 at the bottom.
struct StudyGrid {
    QString xTitle, yTitle;
    QStringList xLabels, yLabels;
    std::vector<StudyCell> cells; ///< row by row
    std::optional<std::size_t> best;
    bool isBestClear = false;            ///< no other is within the noise
    std::optional<double> xNow, yNow;    ///< the values in force, as shares of the axes
    QString rampTitle;         ///< "p99"
    QString rampLow, rampHigh; ///< what the ends of the ramp stand for; empty = no ramp
    QString lowMeans, highMeans; ///< "good", "bad": which end of the ramp one wants; empty = neither
};

/// A line with a band of confidence.
struct StudyLine {
    struct Point {
        bool isKnown = false;
        double mean = 0;
        double low = 0, high = 0; ///< of the 95 % interval; mean when there is none
        QString detail;
        QString text; ///< the mean, short
    };
    QString xTitle;
    QStringList xLabels;
    StudyPositions x;
    QString now; ///< words for StudyPositions::present
    StudyScale y;
    std::vector<Point> points;
    std::optional<std::size_t> best;
    QString bestText; ///< "best: 96.1 %", or what the noise leaves to say
};

/// Two metrics of every combination against each other; those that no other beats in both are the front.
struct StudyScatter {
    struct Point {
        std::size_t index = 0; ///< of the combination
        double x = 0, y = 0;
        bool isFront = false;
        QString detail;
    };
    StudyScale x, y;
    std::vector<Point> points; ///< only those that were run
    QString xBetter, yBetter;  ///< "less is better"
};

/// \a present: for each axis the value in force, or empty; a missing one counts as empty.
StudyGrid sweepGrid(const SweepModel &model, std::size_t measured, const QStringList &present = {});
StudyLine sweepLine(const SweepModel &model, std::size_t measured, const QStringList &present = {});
StudyScatter sweepScatter(const SweepModel &model, std::size_t measuredX, std::size_t measuredY);
/// \a present: the load and the length of the trigger that are in force.
StudyGrid stabilityGrid(const StabilityModel &model, const QStringList &present = {});

/// "best: 96.1 %" where no other is within the noise, else "96.1 %, within noise of 3 others". The figure is that of the seeds by
/// which the point was chosen, and says so where the point was run with more.
QString bestText(const SweepModel &model, std::size_t measured, const SweepBest &best);
/// "1 run", "21 runs".
QString runsText(std::size_t runs);
/// "Max attempts 4: goodput 93.2 % ± 0.4 %, 3 runs", or the loader's words for values that are not legal.
QString sweepDetail(const SweepModel &model, std::size_t measured, std::size_t point);
QString stabilityDetail(const StabilityModel &model, std::size_t point);

} // namespace halfopen
