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
    /// From its end to the time by which goodput is known to be back, before the next disturbance: above kRecovered of what
    /// it was before the first disturbance, and staying there. Never 0, because a record holds counts per column of time
    /// and not each call; empty = it does not come back.
    std::optional<Duration> recovery;
    /// How precisely that is known: goodput came back between `recovery - resolution` and `recovery`. The width of a column
    /// of time; less where the disturbance ended within a column; more where no call came for a while, because only the first one tells. (In a column that counts as good up to 5 % of the calls
    /// may be bad, so a twentieth of a column more is possible.)
    Duration resolution{};
};

/// Share of the goodput of undisturbed traffic that counts as recovered.
inline constexpr double kRecovered = 0.95;

/// The disturbances that began before the record's end, in order of time. Whether goodput is back is judged over columns of
/// a second at least, wide enough for about a hundred calls, so that one bad call is no outage; when it came back is then
/// read from the buckets of the record inside them, as fine as about a hundred calls allow.
std::vector<Disturbance> disturbances(const RunRecord &record);

/// The last digit that may be printed of what is known in steps of \a step: 100 ms for 0.1 s to 0.9 s.
Duration lastDigit(Duration step);
/// What is known in steps of \a step is known to this much: \a step, rounded up to its lastDigit().
Duration knownTo(Duration step);
/// \a time, which is a multiple of \a digit, without further digits: "5.3 s", "300 ms", "1 min 12 s".
std::string formatSteps(Duration time, Duration digit);
/// The widest step in which a time to recover of \a all is known; 0 without one.
Duration widestResolution(const std::vector<Disturbance> &all);
/// "within 200 ms", "5.3 s": no more digits than \a resolution allows, and never below \a recovery. As tellInSteps() has it.
std::string formatRecovery(Duration recovery, Duration resolution);

} // namespace halfopen::report
