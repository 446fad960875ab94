// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/policies/explanation.h"
#include "core/policies/watched_policy.h"
#include "core/report/text_table.h"
#include "core/run/run_record.h"

#include <deque>
#include <string>
#include <string_view>

namespace halfopen::report {

/// One breaker at one instant: what it says about itself, what the record knows of its past, and the
/// calls that ended in its layer.
struct ExplainedBreaker {
    const RunRecord *record = nullptr; ///< up to the instant
    std::uint32_t breaker = 0;         ///< index into RunRecord::breakers
    std::string_view dialect;
    Explanation explanation;
    const std::deque<WatchedCall> *calls = nullptr; ///< oldest first
};

/// The calls of the layer that ended in the span that the breaker's window covers.
struct WindowCalls {
    Instant from;
    Instant to;
    OutcomeCounts ended{}; ///< by outcome, refusals of the layer itself left out
    std::uint64_t refused = 0;
    std::uint64_t all() const;
};
WindowCalls windowCalls(const ExplainedBreaker &explained);

/// Since when the breaker is in its state: its last change of state, or the beginning.
Instant inStateSince(const ExplainedBreaker &explained);

std::string explainText(const ExplainedBreaker &explained, const TextStyle &style);
std::string explainJson(const ExplainedBreaker &explained);

} // namespace halfopen::report
