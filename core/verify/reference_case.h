// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <filesystem>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

namespace halfopen::verify {

using Json = nlohmann::json;

/// How far a measured value may lie from the expected one.
struct Tolerance {
    enum class Kind { Absolute, Relative, EachAbsolute, Equal } kind = Kind::Absolute;
    double value = 0;
    /// One standard error of the estimator at the stated run length, where the tolerance is statistical.
    std::optional<double> sigma;
};

/// One value that a case must give.
struct Check {
    std::string metric; ///< "latency_p99_s": its name and its unit
    std::string unit;
    std::string definition; ///< in words
    Json expected; ///< a number, a list of numbers, a flag or a word
    Tolerance tolerance;
};

/// One case of the reference format: a model in words and numbers, how long to run it, and what must come out.
struct ReferenceCase {
    std::string file; ///< its name without the folder
    std::string id;
    std::string title;
    Json model;
    Json run;
    std::vector<Check> checks;
};

/// Reads a file of reference cases, plain or gzip. A file of the set's contents ("files" and no list of cases) has none.
/// The error names the file, the case and the key.
Result<std::vector<ReferenceCase>> readReferenceFile(const std::filesystem::path &path);

/// What comparing one check gave.
struct Judgement {
    bool passed = false;
    std::string difference; ///< in words, when there is none in numbers; empty if passed
};

/// Whether \a measured meets \a check. A statistical tolerance is for the run length of the case; \a lengthShare in
/// (0, 1] is the share of it that was run, and widens it by 1/sqrt(share).
Judgement judge(const Check &check, const Json &measured, double lengthShare);
/// The tolerance used, as judge() uses it: in units of the value (relative ones too).
double allowedDifference(const Check &check, double lengthShare);

} // namespace halfopen::verify
