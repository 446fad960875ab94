// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/run/run_record.h"

#include <optional>
#include <string>
#include <vector>

namespace halfopen::report {

/// A time during which something was wrong: fault windows that overlap or follow within a second are one.
struct Disturbance {
    Instant from;
    Instant to;
    /// From its beginning to the first breaker that opens, before the next disturbance; empty if none does.
    std::optional<Duration> detection;
    /// From its end to the end of the last column of time, before the next disturbance, whose goodput share is below
    /// kRecovered of what it was before the first disturbance. 0 = at once; empty = it does not come back.
    std::optional<Duration> recovery;
};

/// Share of the goodput of undisturbed traffic that counts as recovered.
inline constexpr double kRecovered = 0.95;

/// The disturbances that began before the record's end, in order of time. Columns of time are at least a second and
/// wide enough for about a hundred calls, so that one bad call is no outage.
std::vector<Disturbance> disturbances(const RunRecord &record);

} // namespace halfopen::report
