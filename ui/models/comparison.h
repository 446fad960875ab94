// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/record_slices.h"

#include <QString>

#include <optional>
#include <vector>

namespace halfopen {

/// One figure of two runs.
struct ComparisonRow {
    /// What the difference means for the one who waits for an answer; for many figures nothing.
    enum class Meaning { None, Better, Worse };
    QString figure;     ///< "p99 of good calls"
    QString present;    ///< of the present run, with its unit
    QString other;
    QString difference; ///< present less other, signed; empty when they are equal or cannot be subtracted
    Meaning meaning = Meaning::None;
    bool isHeading = false; ///< only `figure` is set
};

/// What differs between two runs: their settings, then their figures over the same stretch of time, then the breakers
/// and services. Runs of different worlds are compared by what has the same name in both.
struct Comparison {
    TimeRange range; ///< what the figures are about
    std::vector<ComparisonRow> rows;
};

/// \a range: the selection; without one, all that both runs have played.
Comparison compareRuns(const RunRecord &present, const RunRecord &other, std::optional<TimeRange> range);

} // namespace halfopen
