// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/scenario/scenario.h"

namespace halfopen::verify {

// How long a run of a case may be. Beyond it a case is not understood, with both numbers said: it
// would take hours, or more time than an event can hold (2^56 ns, see event_queue.h), and no part
// of it would give what the case expects.

/// Simulated seconds, so that what begins at the end can still end: 694 days, and an event holds
/// 833.
inline constexpr double kMostSeconds = 6e7;
inline constexpr double kMostCalls = 1e9; ///< in all replications: minutes of work
/// In one run that keeps each call in memory: 24 bytes each.
inline constexpr double kMostLoggedCalls = 1e8;

/// Throws NotUnderstood if \a calls, of all replications together, are more than kMostCalls.
void needRunnable(double calls);
/// Throws NotUnderstood if \a scenario is longer than kMostSeconds or if its clients make too many
/// calls by \a end.
void needRunnable(const Scenario &scenario, Duration end, double mostCalls = kMostCalls);
/// How long \a calls take at \a perSecond, both above 0. Throws NotUnderstood if that is longer
/// than two thirds of kMostSeconds.
Duration timeOfCalls(double calls, double perSecond);

} // namespace halfopen::verify
