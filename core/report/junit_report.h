// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/run/expectations.h"

#include <string>
#include <string_view>
#include <vector>

namespace halfopen::report {

/// One scenario that was checked: the expectations, or why it could not run.
struct CheckedScenario {
    std::string name; ///< of the scenario, or its path when it did not load
    std::string path;
    double seconds = 0; ///< processor time taken
    std::uint64_t seed = 0;
    std::uint64_t fingerprint = 0;
    std::vector<ExpectationResult> results;
    std::vector<AppliedDefault> defaults; ///< settings that the user's own defaults changed
    std::string error; ///< the loader's text, or why the run ended early; empty when all went well
};

/// "goodput of web from 1 min to 2 min": what an expectation looks at.
std::string expectationSubject(const ExpectationSpec &expectation);
/// "goodput of web from 1 min >= 95%": names one expectation in reports, without its result.
std::string expectationTitle(const ExpectationSpec &expectation);

/// "met", "missed" or "not_reached": of a time behind the end of the run, so that it could not be judged. The last two fail a check.
std::string_view verdictWord(const ExpectationResult &result);

/// JUnit XML as CI servers read it: one `testsuite` per scenario, one `testcase` per expectation.
/// An expectation that is missed is a `failure` whose text says got, expected and why. What could not be judged is an `error`,
/// JUnit's word for that: an expectation that was not reached (its `type` says so), or a scenario that did not load or run. It is
/// not `skipped`: a server would take that for passed, while the exit status says that the check fails. Layout: the XSD of the
/// Jenkins xUnit plug-in (junit-10).
std::string junitReport(const std::vector<CheckedScenario> &checked);

} // namespace halfopen::report
