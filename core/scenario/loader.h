// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/scenario/diagnostic.h"
#include "core/scenario/scenario.h"
#include "core/scenario/vocabulary.h"

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace halfopen {

/// "--set policies.db_client.1.max_attempts=5": a path into the scenario's tree and the YAML text
/// to put there.
struct Override {
    std::string path;
    std::string value;
};

struct LoadResult {
    std::shared_ptr<const Scenario> scenario; ///< null if there is any error
    std::vector<Diagnostic> diagnostics; ///< every problem of the file at once, in order of place
    bool ok() const { return scenario != nullptr; }
};

/// Reads a scenario from text. \a path is used in messages and to find files named in the scenario
/// (relative to it). Never throws. Text over 1 MB is refused.
LoadResult loadScenarioText(std::string_view text, const std::filesystem::path &path,
                            const Vocabulary &vocabulary,
                            const std::vector<Override> &overrides = {});
/// Reads a file; a missing or unreadable file is a diagnostic like any other.
LoadResult loadScenarioFile(const std::filesystem::path &path, const Vocabulary &vocabulary,
                            const std::vector<Override> &overrides = {});

/// \a text with \a changes put in place, everything else (comments, order, layout) kept. A changed
/// key that the text does not have is added to its map, in the style of that map. The result loads
/// again to a scenario with exactly these settings: the edit is read back and compared before it is
/// given out. The error names the change that cannot be made in the text. \a vocabulary resolves
/// shorthands
/// ("timeout: 250ms"); without it the policies of the table are known, but no faults.
Result<std::string> editScenarioText(std::string_view text, const std::vector<Override> &changes,
                                     const Vocabulary &vocabulary);
Result<std::string> editScenarioText(std::string_view text, const std::vector<Override> &changes);

} // namespace halfopen
