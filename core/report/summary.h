// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/report/text_table.h"
#include "core/run/expectations.h"
#include "core/run/run_record.h"

#include <string>
#include <vector>

namespace halfopen::report {

/// A run as a person reads it in a terminal: clients, outcomes, services, breakers with the reason
/// of each change, expectations, and what is needed to repeat it. Long lists and fleets are folded,
/// with a count of what is not shown.
std::string summary(const RunRecord &record, const std::vector<ExpectationResult> &expectations,
                    const TextStyle &style);

/// "not the scenario's own: policies.client.0.max_attempts is 5 (built in 3, from RETRY_MAX_ATTEMPTS)", all of them.
std::string defaultsSentence(const std::vector<AppliedDefault> &defaults);

/// One line per expectation, met or not, with what was got and why it was asked.
std::string expectationLines(const std::vector<ExpectationResult> &expectations,
                             const TextStyle &style);

} // namespace halfopen::report
