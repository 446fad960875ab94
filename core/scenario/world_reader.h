// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/quantile_fit.h"
#include "core/scenario/problems.h"
#include "core/scenario/scenario.h"
#include "core/scenario/vocabulary.h"
#include "core/scenario/yaml_tree.h"

#include <filesystem>
#include <optional>

namespace halfopen {

/// Interprets the tree \a root as a scenario, reporting every problem. What it returns is complete,
/// but only valid when no error was reported and checkWorld() reports none. \a path is where
/// relative file names begin.
Scenario readWorld(const YamlNode &root, const std::filesystem::path &path,
                   const Vocabulary &vocabulary, Problems &problems);

/// The rules between the parts: names that must exist, no cycles of calls, instances in range.
void checkWorld(const Scenario &scenario, const YamlNode &root, Problems &problems);

/// Reads one service time, for example `{ lognormal: { p50: 12ms, p99: 60ms } }`. Zero after an
/// error was reported.
Distribution readDistribution(const YamlNode &node, Problems &problems);

/// The fit of a service time that is `{ fit: ... }`, or nothing. Its problems were reported by readDistribution().
std::optional<QuantileFit> readFit(const YamlNode &node, Problems &problems);

} // namespace halfopen
