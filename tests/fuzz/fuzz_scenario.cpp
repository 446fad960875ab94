// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Throws mutated texts at the scenario reader (libFuzzer, clang). Build and run, with the shipped
// scenarios as seeds:
//   cmake -S . -B build/fuzz -DCMAKE_CXX_COMPILER=clang++ -DHALFOPEN_FUZZ=ON -DHALFOPEN_DESKTOP=OFF
//   cmake --build build/fuzz --target fuzz_scenario
//   build/fuzz/bin/fuzz_scenario -max_len=4000 -max_total_time=60 build/fuzz scenarios
#include "core/base/check.h"
#include "core/scenario/loader.h"
#include "simulators/vocabulary.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

using namespace halfopen;

namespace {

/// Every text is a scenario or has a reason why not, and every diagnostic can be printed.
bool loads(std::string_view text, const std::vector<Override> &overrides = {})
{
    const LoadResult result = loadScenarioText(text, "fuzz.yaml", standardVocabulary(), overrides);
    HALFOPEN_CHECK(result.ok() || !result.diagnostics.empty());
    for (const Diagnostic &diagnostic : result.diagnostics) {
        HALFOPEN_CHECK(!diagnostic.message.empty());
        HALFOPEN_CHECK(!diagnostic.text().empty());
        HALFOPEN_CHECK(!result.ok() || diagnostic.severity == Diagnostic::Severity::Warning);
    }
    return result.ok();
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    // Behind the first zero byte stand a path and a value, so that overrides and edits are met,
    // too.
    const std::string_view input(reinterpret_cast<const char *>(data), size);
    const std::size_t cut = input.find('\0');
    const std::string_view text = input.substr(0, cut);
    loads(text);
    std::string_view rest = cut == std::string_view::npos ? "policies.db_client.1.max_attempts=5"
                                                          : input.substr(cut + 1);
    const std::size_t equals = rest.find('=');
    if (equals == std::string_view::npos)
        return 0;
    const std::vector<Override> changes{
        {std::string(rest.substr(0, equals)), std::string(rest.substr(equals + 1))}};
    const bool overrideLoads = loads(text, changes);
    if (const Result<std::string> edited = editScenarioText(text, changes, standardVocabulary()))
        HALFOPEN_CHECK(loads(*edited) == overrideLoads);
    return 0;
}
