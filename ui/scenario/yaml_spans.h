// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>
#include <vector>

namespace halfopen {

/// What a piece of a scenario's text is, for its colour. It does not judge anything.
enum class YamlPart : unsigned char { Plain, Key, Number, Text, Comment, Mark };

struct YamlSpan {
    YamlPart part;
    std::size_t length; ///< in bytes, at least 1
};

/// The pieces of one \a line (without its line break), which they fill completely. A quoted text ends with its line.
std::vector<YamlSpan> yamlSpans(std::string_view line);

} // namespace halfopen
