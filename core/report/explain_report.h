// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/policies/explanation.h"
#include "core/policies/watched_policy.h"
#include "core/report/text_table.h"
#include "core/run/run_record.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

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
    const WatchedCalls *ended = nullptr;
    const WatchedCalls *refused = nullptr;
    const std::vector<WatchedStay> *stays = nullptr; ///< of a breaker, the first at 0
};

/// The calls of the layer that ended in the span that the breaker's window covers; of another policy, in the last 10 s. Counted in the
/// log of what was seen beside the policy, by the rules that Explanation::intake names.
struct WindowCalls {
    Instant from;
    Instant to;
    OutcomeCounts ended{};     ///< by outcome: those that the window takes in
    OutcomeCounts uncounted{}; ///< in the same span, but of a kind or from a time that the window takes no notice of
    std::uint64_t refused = 0; ///< by the layer itself
    std::uint64_t late = 0;    ///< of `ended` and `uncounted`: admitted in an earlier stay
    bool isCut = false;        ///< the log of ends does not reach back to the window's beginning: `from` is where it begins
    bool isRefusedCut = false; ///< the log of refusals does not: `refused` is the least
    std::uint64_t all() const; ///< of `ended`
};
WindowCalls windowCalls(const ExplainedLayer &explained);

/// Since when the breaker is in its state: its last change of state, or the beginning.
Instant inStateSince(const ExplainedLayer &explained);

std::string explainText(const ExplainedLayer &explained, const TextStyle &style);
std::string explainJson(const ExplainedLayer &explained);

} // namespace halfopen::report
