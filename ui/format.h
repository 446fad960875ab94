// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/instant.h"
#include "core/policies/outcome.h"
#include "core/policies/policy_event.h"

#include <QString>

#include <cstdint>

namespace halfopen {

// The only place that rounds and prints units. Three significant digits, a true minus sign, a
// no-break space between number and unit, decimal and group signs of the user's locale.

/// A plain number with 3 significant digits: "0.0125", "12.4", "1,240". Never in exponent form
/// below 1e15.
QString formatNumber(double value);
/// A count, exact, with group signs: "12,345".
QString formatCount(std::uint64_t count);
/// A count for tight places: "980", "12.3 k", "4.56 M".
QString formatCountShort(std::uint64_t count);
/// "1 call", "12,345 calls".
QString formatCalls(std::uint64_t count);
/// "1 retry", "12 retries".
QString formatRetries(std::uint64_t count);
/// "1 transition", "12 transitions".
QString formatTransitions(std::uint64_t count);
/// A quantile of latencies: as formatDuration(), or a dash for 0, which only calls have that were refused before they were sent.
QString formatLatency(Duration d);
/// "0 ms", "850 µs", "12.4 ms", "1.25 s", "1 min 20 s", "2 h 5 min". Below 1 µs in ns.
QString formatDuration(Duration d);
/// Time since the run's start, with the resolution that \a step asks for: "12.4 s", "1 min 20 s",
/// "1 min 20.25 s".
QString formatInstant(Instant t, Duration step = std::chrono::milliseconds(1));
/// "20 s to 1 min 5 s"
QString formatRange(Instant from, Instant to);
/// "900 /s", "12.4 k/s"
QString formatRate(double perSecond);
/// \a share in [0, 1] as "52.4 %". Never "100.0 %" or "0.0 %" when it is not quite: "> 99.9 %", "<
/// 0.1 %".
QString formatShare(double share);
/// The same for tight places, two digits: "100 %", "52 %", "3.4 %", "> 99 %", "< 0.1 %".
QString formatShareShort(double share);
/// The same for the ticks of an axis, without trailing zeros: "100 %", "0.1 %".
QString formatShareTick(double share);

/// Words for a person, translated: "success", "breaker open", ...
QString outcomeLabel(OutcomeKind kind);
/// The states' names stay as they are everywhere: "CLOSED", "HALF_OPEN".
QString breakerStateLabel(BreakerState state);

} // namespace halfopen
