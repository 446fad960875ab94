// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <filesystem>
#include <string>
#include <string_view>

namespace halfopen {

/// The scenario \a text with each file that it names (`recorded`, the `trace` of a `fit`) and that counts from \a folder, the scenario's
/// own, named by its whole path: such a text finds its files from any other folder. Everything else, comments and layout included,
/// stays as it is. The values are found in the parsed tree, and the edited text is read back and compared before it is given out.
/// The error says which name cannot be edited in place.
Result<std::string> withWholeFileNames(std::string_view text, const std::filesystem::path &folder);

} // namespace halfopen
