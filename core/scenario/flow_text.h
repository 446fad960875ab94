// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/scenario/yaml_tree.h"

#include <string>
#include <string_view>

namespace halfopen {

/// The node as one line of YAML, for display: "{ lognormal: { p50: 12ms, p99: 60ms } }". Scalars
/// are as they are.
std::string flowText(const YamlNode &node);

/// The same as valid YAML that reads back to the same node wherever it is put: scalars get quotes
/// where they need them.
std::string flowYaml(const YamlNode &node);

/// A scalar that reads back to the same text, inside brackets too.
std::string scalarYaml(std::string_view text);

} // namespace halfopen
