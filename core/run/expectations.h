// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/run/run_record.h"

#include <string>
#include <string_view>
#include <vector>

namespace halfopen {

/// One metric that `expect` may name: the single list for the loader, the help page and the evaluation.
struct Metric {
    std::string_view key;  ///< "goodput", "p99", "amplification", "trips", ...
    enum class Unit { Share, Seconds, Count, PerSecond, Ratio } unit;
    std::string_view help;
    bool ofBreaker = false; ///< `of` names a stack; otherwise a client, service edge or service
};
const std::vector<Metric> &metrics();
const Metric *findMetric(std::string_view key);

struct ExpectationResult {
    ExpectationSpec expectation;
    bool met = false;
    double got = 0;          ///< NaN when there was nothing to measure (then not met)
    std::string gotText;     ///< "93.2 %"
    std::string sentence;    ///< "goodput 93.2 % of web from 100 s on, expected >= 95%"
};

/// Evaluates every expectation of the record's scenario. `from`/`to` are cut to whole buckets.
std::vector<ExpectationResult> evaluateExpectations(const RunRecord &record);

} // namespace halfopen
