// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/scenario/yaml_tree.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace halfopen {

/// One thing that is wrong with a text as YAML.
struct YamlProblem {
    SourcePlace place;
    std::string message;
    std::string hint;
};

struct YamlText {
    std::optional<YamlNode> root; ///< empty when the text could not be parsed to its end
    std::vector<YamlProblem> problems;
};

/// Largest tree that is built; aliases count as often as they are used.
inline constexpr std::size_t kYamlNodesMax = 200'000;

/// Parses one YAML document. Never throws. Finds what the library lets pass in silence: duplicate
/// keys, keys that are no plain text, tags, a second document, control characters and broken UTF-8.
/// Columns count code points from 1, so that they are what editors show.
YamlText readYaml(std::string_view text);

} // namespace halfopen
