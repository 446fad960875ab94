// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/console/flags.h"
#include "core/report/output_file.h"

#include <functional>
#include <utility>
#include <vector>

namespace halfopen {

/// Where the result of a study goes: stdout as text, as JSON or as CSV, and files of the latter two.
class StudyOutput {
public:
    /// How to write the result.
    struct Writers {
        std::function<std::string()> text, json, csv;
    };

    /// Opens the files that the flags name, so that a bad path is known before an hour of work.
    static Result<StudyOutput> open(const OptionalValueFlag &json, const OptionalValueFlag &csv);
    /// Prints and writes everything. The exit status: kExitInterrupted unless \a isComplete.
    int finish(const Writers &writers, bool isComplete);

private:
    std::vector<std::pair<report::OutputFile, bool>> m_files; ///< true = CSV
    bool m_printsJson = false;
    bool m_printsCsv = false;
};

} // namespace halfopen
