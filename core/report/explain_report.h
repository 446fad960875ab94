// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/policies/explanation.h"
#include "core/policies/watched_policy.h"
#include "core/report/text_table.h"
#include "core/run/run_record.h"

#include <deque>
#include <optional>
#include <string>
#include <string_view>

namespace halfopen::report {

/// One layer of a policy stack in one process at one instant: what it says about itself, what the record knows of its
/// past (of a breaker), and the calls that ended in it.
struct ExplainedLayer {
    const RunRecord *record = nullptr; ///< up to the instant
    std::uint32_t edge = 0;
    std::uint32_t layer = 0; ///< outermost = 0
    std::uint32_t process = 0;
    std::optional<std::uint32_t> breaker; ///< index into RunRecord::breakers, of a breaker
    std::string_view policy;  ///< "circuit_breaker"
    std::string_view dialect;
    Explanation explanation;
    const std::deque<WatchedCall> *calls = nullptr; ///< oldest first
};

/// The calls of the layer that ended in the span that the breaker's window covers; of another policy, in the last 10 s.
struct WindowCalls {
    Instant from;
    Instant to;
    OutcomeCounts ended{}; ///< by outcome, refusals of the layer itself left out
    std::uint64_t refused = 0;
    std::uint64_t late = 0; ///< of the ended: admitted in an earlier stay. Dialects differ on whether these count
    std::uint64_t all() const;
};
WindowCalls windowCalls(const ExplainedLayer &explained);

/// Since when the breaker is in its state: its last change of state, or the beginning.
Instant inStateSince(const ExplainedLayer &explained);

std::string explainText(const ExplainedLayer &explained, const TextStyle &style);
std::string explainJson(const ExplainedLayer &explained);

} // namespace halfopen::report
