// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/scenario/scenario.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace halfopen {

/// A scenario with more edges is refused; readers that look at one which may still be refused stop there.
inline constexpr std::int64_t kEdgesMax = 4096;

/// One way that calls go in a world: from a client or a service to a service, or instead of such a call when it has failed.
struct WorldEdge {
    std::string name;       ///< no two edges have the same: "web -> orders", "web -> orders (fallback)", "a -> b (2)"
    std::string commonName; ///< without the number that tells it from its likes; random numbers come from it
    std::string from;
    std::string to;
    std::string endpoint{}; ///< that its calls name
    std::string stack; ///< "" = no policies
    std::int64_t processes = 1;
    std::optional<std::uint32_t> client;  ///< whose call it is: of a client ...
    std::optional<std::uint32_t> service; ///< ... or of a service; neither: of a policy
    std::size_t call = 0;                 ///< which of its calls
    std::optional<std::uint32_t> insteadOf; ///< of the edges: what it stands in for
    std::uint32_t layer = 0;                ///< of that edge's stack, whose policy makes this call
};

/// "web -> orders", "web -> orders/checkout"; with " (fallback)" behind it for a call that stands in for another.
std::string commonEdgeName(std::string_view from, std::string_view to, bool isFallback, std::string_view endpoint = {});

/// Every edge of \a scenario, in the order of the record: those of the clients, of the services, and then what their policies call
/// instead, and theirs. At most about \a limit, because stacks that stand in for themselves have no end; the loader refuses those.
std::vector<WorldEdge> worldEdges(const Scenario &scenario, std::size_t limit);

/// Every name that calls can be measured by: of each edge, what several of them have in common, and "orders/checkout" of those
/// that name an endpoint.
std::vector<std::string> edgeNames(const std::vector<WorldEdge> &edges);

} // namespace halfopen
