// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/run/expectations.h"
#include "core/scenario/known_parts.h"
#include "core/scenario/problems.h"
#include "core/scenario/scenario.h"
#include "core/scenario/yaml_tree.h"

#include <optional>
#include <string>
#include <vector>

namespace halfopen {

/// Reads one line of `expect`, for example `{ goodput: ">= 95%", from: 100s }`. Empty after an
/// error was reported.
std::optional<ExpectationSpec> readExpectation(const YamlNode &node, Problems &problems);

/// What \a metric can be measured of in \a scenario, whose edges have those names (see edgeNames()), and what that is in words.
struct MeasuredThings {
    std::string kind; ///< "client, service or edge"
    std::vector<std::string> names;
};
MeasuredThings measuredThings(const Metric &metric, const Scenario &scenario, const std::vector<std::string> &edges);

/// Whether `of` names something that the metric can be measured of.
void checkExpectation(const ExpectationSpec &expectation, const YamlNode &node,
                      const Scenario &scenario, const KnownParts &known, const std::vector<std::string> &edges,
                      Problems &problems);

} // namespace halfopen
