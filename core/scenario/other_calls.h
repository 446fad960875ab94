// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/policies/registry.h"
#include "core/scenario/scenario.h"

#include <cstdint>
#include <string_view>
#include <vector>

namespace halfopen {

/// A call that a layer of a stack makes in the name of one that failed.
struct LayerOtherCall {
    std::uint32_t layer = 0; ///< outermost = 0
    OtherCall call;
};
/// Those of the layers of the stack \a stack, outermost first. Empty for a name that is no stack.
std::vector<LayerOtherCall> otherCallsOfLayers(const Scenario &scenario, std::string_view stack);

/// Every call that a call through the stack \a stack may lead to instead of its own: those of its layers, and those of the stacks of
/// these calls. Each stack once, so that it ends in any case. Empty for a name that is no stack.
std::vector<OtherCall> otherCallsOf(const Scenario &scenario, std::string_view stack);

/// How many edges a call through \a stack may open for the calls that stand in for it, at most about \a limit. Only for stacks that do
/// not lead back to themselves.
std::int64_t otherEdgesOf(const Scenario &scenario, std::string_view stack, std::int64_t limit);

/// Whether a call through \a stack may lead to another one through it, without end.
bool leadsBackTo(const Scenario &scenario, std::string_view stack);

} // namespace halfopen
