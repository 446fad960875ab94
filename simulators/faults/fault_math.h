// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/instant.h"
#include "core/base/random.h"
#include "core/base/units.h"
#include "core/scenario/vocabulary.h"

#include <cstdint>

namespace halfopen {

/// Whether a fault that has this \a probability at full strength hits at this draw.
inline bool isHit(double probability, const FaultDraw &draw)
{
    return chance(draw.bits, Probability(probability * draw.strength).threshold());
}

/// A second, unrelated draw for the same decision.
inline std::uint64_t otherBits(const FaultDraw &draw)
{
    return mix64(draw.bits ^ 0x5851f42d4c957f2du);
}

/// \a time >= 0 at this strength, to the nearest ns.
inline Duration atStrength(Duration time, double strength)
{
    return strength >= 1 ? time : Duration(static_cast<std::int64_t>(static_cast<double>(time.count()) * strength + 0.5));
}

/// Stages of a fault that decides at one of them only.
template <FaultStage Stage> unsigned decidesOnly(const void *)
{
    return Stage;
}

} // namespace halfopen
