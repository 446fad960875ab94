// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/scenario/scenario.h"

#include <optional>
#include <string>

namespace halfopen {

/// Whether the rate of \a arrivals changes: steps, a ramp, a wave, bursts.
bool hasShape(const ArrivalSpec &arrivals);

/// The mean rate per second of Poisson or constant arrivals: over one period where they have one, else over \a length from their
/// beginning.
double meanRateOf(const ArrivalSpec &arrivals, Duration length);

/// Multiplies every rate so that meanRateOf() becomes \a rate >= 0. Says what stands against it, or nothing.
std::optional<std::string> scaleToMean(ArrivalSpec &arrivals, double rate, Duration length);

} // namespace halfopen
