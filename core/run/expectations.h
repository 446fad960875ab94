// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/run/run_record.h"

#include <string>
#include <string_view>
#include <vector>

namespace halfopen {

/// One metric that `expect` may name: the single list for the loader, the help page and the
/// evaluation.
struct Metric {
    std::string_view key; ///< "goodput", "p99", "amplification", "trips", ...
    enum class Unit { Share, Seconds, Count, PerSecond, Ratio } unit;
    std::string_view help;
    bool ofBreaker = false; ///< `of` names a stack or is left out
    bool ofService = false; ///< `of` names a service and must be given
    // Otherwise `of` names a client, a service (all calls made to it), an endpoint (those that name it), an edge
    // "web -> orders", or is left out.
};
const std::vector<Metric> &metrics();
const Metric *findMetric(std::string_view key);
/// A value of \a metric for a person: "93.2 %", "412 ms", "18 /s", "2.1 x"; "nothing measured" for
/// NaN.
std::string formatMetric(const Metric &metric, double value);

/// \a metric of a whole run or, as \a where says, of a part of it: `of`, `from` and `to` are used, cut to whole buckets.
/// NaN when there was nothing to measure.
double measure(const RunRecord &record, const Metric &metric, const ExpectationSpec &where = {});

struct ExpectationResult {
    ExpectationSpec expectation;
    bool met = false;     ///< never where it was not reached
    bool reached = true;  ///< false where it is of a time behind the end of the run, as with `--duration 30s`: nothing was missed then
    double got = 0;       ///< NaN when there was nothing to measure (then not met)
    std::string gotText;  ///< "93.2 %"
    std::string sentence; ///< "goodput 93.2 % of web from 100 s on, expected >= 95%"
};

/// Evaluates every expectation of the record's scenario. `from`/`to` are cut to whole buckets.
std::vector<ExpectationResult> evaluateExpectations(const RunRecord &record);

} // namespace halfopen
