// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/run/expectations.h"
#include "core/run/run_record.h"

#include <string>
#include <vector>

namespace halfopen::report {

struct HtmlOptions {
    std::string date; ///< when the report is made, as it shall be printed; empty = not printed
    std::vector<std::string> tuned{}; ///< "policies.edge.0.max_attempts: 2": in what the run is not what its file says
    std::string fileNote{}; ///< a sentence when that file is not what it was held against; empty = not printed
};

/// A run as one HTML file that needs nothing else: no network, no other file. Light and dark, on
/// screen and on paper. Holds the scenario, the seed and the fingerprint, so that a reader can
/// repeat the run. Every name from the scenario is escaped.
std::string htmlReport(const RunRecord &record, const std::vector<ExpectationResult> &expectations,
                       const HtmlOptions &options = {});

} // namespace halfopen::report
