// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/report/junit_report.h"
#include "core/run/expectations.h"
#include "core/run/run_record.h"

#include <string>
#include <vector>

namespace halfopen::report {

/// The whole-run figures, breaker transitions and expectations of a run as JSON, in the form that
/// resources/schema/run.schema.json describes. Times end in `_ms` or `_s`, shares are 0..1, a
/// figure that could not be measured is null. The same run gives the same text, byte for byte.
std::string jsonReport(const RunRecord &record, const std::vector<ExpectationResult> &expectations);

/// What `halfopen check --json` prints: one entry per scenario, with its expectations.
std::string jsonReport(const std::vector<CheckedScenario> &checked);

/// "consecutive_failures", "failure_rate", ...: the JSON word for a reason.
std::string_view reasonKindName(TransitionReason::Kind kind);

} // namespace halfopen::report
