// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/scenario/scenario.h"

#include <string>
#include <string_view>

namespace halfopen {

/// One problem of a scenario file.
struct Diagnostic {
    enum class Severity { Error, Warning } severity = Severity::Error;
    std::string path;    ///< as the user named the file
    SourcePlace place;   ///< 0:0 when there is none (a missing file, an override)
    std::string message; ///< "'failure_rate_threshold' is 150%, expected 0% to 100%"
    std::string sourceLine;
    std::string hint; ///< "did you mean 'max_attempts'?", or empty
    /// What a reader may want to treat apart from the rest.
    enum class Kind {
        General,
        BehindTheEnd, ///< something of the scenario begins only after the run has ended
    } kind = Kind::General;

    /// "file:line:column: error: message", then the source line, a caret and the hint. Safe to print: control characters become
    /// '?', and of a long line only the part around the place is shown.
    std::string text() const;
};

} // namespace halfopen
