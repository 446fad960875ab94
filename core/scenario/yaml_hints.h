// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/scenario/yaml_reader.h"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace halfopen {

/// What is wrong with a text that is no YAML, as one would mend it. The library says where it could not go on, which is often
/// a line or more behind the slip: without its ':' a key reads on into the next line. So the lines above are looked at, too.
/// \a message is the library's, \a mark its place, in bytes from the start of \a text. Places count code points from 1.
YamlProblem explainYaml(const std::string &message, std::size_t mark, std::string_view text);

/// The same for what the library takes without a word or would stumble over: control characters, line ends of the old Mac,
/// UTF-16, broken UTF-8. Empty if the text is clean.
std::optional<YamlProblem> unreadableBytes(std::string_view text);

} // namespace halfopen
