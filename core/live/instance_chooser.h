// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <functional>
#include <span>

namespace halfopen::live {

/// What is known when an attempt is about to leave for one of the instances of a dependency.
struct InstanceChoice {
    std::span<const std::uint32_t> usable;   ///< the instances that no policy passes over, ascending; at least one
    std::span<const std::uint32_t> underWay; ///< attempts under way, by instance: all instances, also those passed over
    std::uint64_t key = 0;                   ///< what the call's draws depend on
    std::uint64_t attempt = 0;               ///< number of the attempt among all of the stack
};

/// A load balancer: gives one of the instances, as a rule one of `usable`.
using InstanceChooser = std::function<std::uint32_t(const InstanceChoice &)>;

/// One after the other; those that are passed over are left out.
InstanceChooser roundRobin();
/// The one with the fewest attempts under way; of equals the next one in turn, so that a quiet stack asks all of them.
InstanceChooser leastBusy();

} // namespace halfopen::live
