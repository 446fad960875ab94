// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/scenario/problems.h"
#include "core/scenario/scenario.h"
#include "core/scenario/yaml_tree.h"

#include <optional>

namespace halfopen {

/// Reads one line of `expect`, for example `{ goodput: ">= 95%", from: 100s }`. Empty after an
/// error was reported.
std::optional<ExpectationSpec> readExpectation(const YamlNode &node, Problems &problems);

/// Whether `of` names something that the metric can be measured of.
void checkExpectation(const ExpectationSpec &expectation, const YamlNode &node,
                      const Scenario &scenario, Problems &problems);

} // namespace halfopen
