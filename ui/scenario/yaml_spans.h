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

/// With how many spaces the line behind \a line begins, as a person would go on: at the same depth (below the dash in a list),
/// deeper behind a key without a value and inside of brackets that are still open, and back at the line's own depth once a
/// bracket is closed.
std::size_t indentAfter(std::string_view line);

} // namespace halfopen
