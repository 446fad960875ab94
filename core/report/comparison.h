// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/policies/dialects/carry_over.h"
#include "core/report/recovery.h"
#include "core/report/text_table.h"
#include "core/report/told.h"
#include "core/run/run_record.h"

#include <array>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace halfopen::report {

/// A figure by which runs are compared. NaN = nothing was measured.
struct ComparedFigure {
    enum class Unit : std::uint8_t { Share, Seconds, Count, Ratio } unit;
    const char *key;   ///< "p99_s", as in JSON
    const char *title; ///< of a column
    int rank;          ///< columns of the greatest rank leave a narrow table first, where it cannot go on below
    double (*measure)(const RunRecord &record, const std::vector<Disturbance> &disturbances);
    bool isInSteps = false; ///< known in steps only, as Disturbance::recovery: printed with two digits at most
};
std::span<const ComparedFigure> comparedFigures();
/// What it is of, for tell().
Quantity quantityOf(const ComparedFigure &figure);
/// Of one run: a count is whole; a time in steps has two digits.
std::string formatFigure(const ComparedFigure &figure, double value);

/// One of the things compared: a name, its scenario, and its figures for each seed.
struct ComparedVariant {
    std::string name;
    std::shared_ptr<const Scenario> scenario;
    std::vector<CarriedSetting> carried; ///< for a dialect: what its settings are made of
    std::optional<RunRecord> first;      ///< the whole run of the first seed; others keep only figures
    std::vector<std::vector<double>> figures; ///< [seed][figure]; empty for a seed that was not run
    std::vector<Disturbance> firstDisturbances;
    std::string problem; ///< why a run ended early, or empty
    std::vector<Duration> recoveryStep; ///< by seed: the widest step in which a time to recover of that run is known; 0 without one
};

struct Comparison {
    std::vector<ComparedVariant> variants; ///< the first is what the others are compared with
    std::vector<std::uint64_t> seeds;
    bool isComplete = true; ///< false after Ctrl-C: some seeds are missing
};

/// Mean and half the width of its 95 % confidence interval (Student's t; NaN for fewer than two values) over those of the
/// values that are finite. Values that agree to 12 digits have no spread.
struct Estimate {
    double mean = 0;
    double halfWidth = 0;
    std::size_t count = 0;
    /// The interval does not hold 0.
    bool isClear() const { return count >= 2 && (mean > halfWidth || mean < -halfWidth); }
};
Estimate estimate(std::span<const double> values);
/// The two-sided 95 % point of Student's t.
double studentT95(std::size_t degreesOfFreedom);

/// The widest step in which a time to recover is known in any run of any of the variants; 0 without one.
Duration recoveryStep(const Comparison &comparison);
/// What stands in the tables of every program: a mean with its interval, and a difference, to the place that they are known to.
Told toldFigure(const Comparison &comparison, const ComparedFigure &figure, const Estimate &mean);
Told toldDifference(const Comparison &comparison, const ComparedFigure &figure, const Estimate &difference);
/// The same as text and as HTML: "-" where nothing was measured; a difference that is clear has a " *".
std::string figureText(const Comparison &comparison, const ComparedFigure &figure, const Estimate &mean);
std::string differenceText(const Comparison &comparison, const ComparedFigure &figure, const Estimate &difference);
/// Whether a difference is there: its interval does not hold 0, also as it is told, and it is no less than the step in which the
/// figure is known.
bool isClearDifference(const Comparison &comparison, const ComparedFigure &figure, const Estimate &difference);
/// The same of any difference, by what it is told as and the step in which it is known; 0 = exactly.
bool isClearDifference(const Estimate &difference, const Told &told, Duration step);

/// The variants in which nothing disturbed the first run, so that nothing could be detected and nothing recovered from, by why.
struct Undisturbed {
    std::vector<std::string> withoutFault; ///< no fault is declared; what goes wrong lies in the world or in its recording
    std::vector<std::string> faultTooLate; ///< every fault begins behind the end of the run
};
Undisturbed undisturbed(const Comparison &comparison);
/// The same in sentences, none where every run was disturbed.
std::vector<std::string> undisturbedSentences(const Comparison &comparison);

Estimate figureOf(const ComparedVariant &variant, std::size_t figure);
/// \a variant minus \a base, seed by seed: both met the same chance, so their difference varies less than either.
Estimate differenceOf(const ComparedVariant &variant, const ComparedVariant &base, std::size_t figure);

std::string comparisonText(const Comparison &comparison, const TextStyle &style);
std::string comparisonJson(const Comparison &comparison);
/// One page that needs nothing else: tables, and the runs of the first seed over one another.
std::string comparisonPage(const Comparison &comparison, const std::string &date);

} // namespace halfopen::report
