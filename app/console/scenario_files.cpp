// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/scenario_files.h"

#include "app/console/diagnostics.h"
#include "app/console/terminal.h"
#include "simulators/vocabulary.h"

#include <cstdio>

namespace halfopen {

namespace fs = std::filesystem;

Result<std::vector<Override>> parseOverrides(const std::vector<std::string> &texts)
{
    std::vector<Override> overrides;
    for (const std::string &text : texts) {
        const std::size_t equals = text.find('=');
        if (equals == 0 || equals == std::string::npos)
            return failure(
                "--set takes path=value, for example policies.db_client.1.max_attempts=5; got '" +
                text + "'");
        overrides.push_back({.path = text.substr(0, equals), .value = text.substr(equals + 1)});
    }
    return overrides;
}

std::shared_ptr<const Scenario> loadForUser(const fs::path &path,
                                            const std::vector<Override> &overrides)
{
    LoadResult loaded = loadScenarioFile(path, standardVocabulary(), overrides);
    std::fputs(diagnosticsText(loaded.diagnostics).c_str(), stderr);
    return loaded.scenario;
}

} // namespace halfopen
