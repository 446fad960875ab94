// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "simulators/simulation.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

namespace halfopen {

/// The key of a call that is named by a number: the key itself, or, below 2^40, the how manieth call of a client, counted from 0 (of a
/// client of users: calls begun before by this user, times the users, plus the user). \a edge names the client's edge and may be empty
/// where one client calls. The error says what to give.
Result<std::uint64_t> callKey(const RunRecord &plan, std::uint64_t number, std::string_view edge);

/// Runs \a scenario until the call with this key has ended, or to the end. `calls` of the record holds it, or nothing where no such call
/// ended. \a stop is asked every few milliseconds; null when it said so.
std::unique_ptr<const RunRecord> followCall(std::shared_ptr<const Scenario> scenario, std::uint64_t key, RunOptions options,
                                            const std::function<bool()> &stop = {});

/// How far a run is made again to follow a call in it.
struct FollowedRun {
    std::vector<ParameterChange> changes; ///< made again in their time, in order of it
    Instant until = Instant::never();     ///< the run is not asked what comes after it
    /// Told every few milliseconds how far it has come.
    std::function<void(Instant)> reached = {};
};
/// The same of a run with settings that were changed on the way, and no further than \a run says: then `calls` holds nothing where
/// the call had not ended by then.
std::unique_ptr<const RunRecord> followCall(std::shared_ptr<const Scenario> scenario, std::uint64_t key, RunOptions options,
                                            const FollowedRun &run, const std::function<bool()> &stop);

} // namespace halfopen
