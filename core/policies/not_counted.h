// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <limits>
#include <optional>

namespace halfopen {

/// What TransitionReason::windowFailures and windowSlow hold where the policy does not count such calls: then there is no number to
/// show, and 0 would be a wrong one.
inline constexpr std::uint32_t kNotCounted = std::numeric_limits<std::uint32_t>::max();

/// The number, or nothing where it is not counted.
constexpr std::optional<std::uint32_t> counted(std::uint32_t count)
{
    return count == kNotCounted ? std::nullopt : std::optional(count);
}

} // namespace halfopen
